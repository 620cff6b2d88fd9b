# Every third-party library is Debian's package; header folders enter as SYSTEM so that their warnings stay theirs.
include(chokepoint_static)
find_package(SQLiteCpp REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(EXPAT REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 CONFIG QUIET)
find_package(PkgConfig REQUIRED)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(MINIZIP REQUIRED IMPORTED_TARGET minizip)

# Debian has {fmt} as a shared library and as headers: a static program takes the headers' code, compiled once into our
# library (see static_fmt.cpp).
set(CHOKEPOINT_FMT fmt::fmt)
if(CHOKEPOINT_LINKS_STATIC)
  set(CHOKEPOINT_FMT "")
endif()

# RapidJSON ships no target. Its assertion macro throws, so that a slip in our type checks is an
# error message and never undefined behaviour.
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h REQUIRED)
add_library(chokepoint_rapidjson INTERFACE)
target_include_directories(chokepoint_rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})
target_compile_definitions(chokepoint_rapidjson INTERFACE RAPIDJSON_HAS_STDSTRING=1)

add_library(chokepoint_boost_graph INTERFACE)
target_include_directories(chokepoint_boost_graph SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})

find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)
add_library(chokepoint_cli11 INTERFACE)
target_include_directories(chokepoint_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE_DIR})
