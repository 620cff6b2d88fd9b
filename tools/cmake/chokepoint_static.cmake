# Whether the program is linked statically. Half the time of a short question goes into finding and joining shared
# libraries; a static, position-independent program starts at once, runs on any Linux of its processor, and still has its
# addresses shuffled. Sanitizers need the shared form. Where something is missing the program is linked as usual.
set(CHOKEPOINT_LINKS_STATIC OFF)
if(CHOKEPOINT_STATIC AND NOT CHOKEPOINT_SANITIZE AND NOT CHOKEPOINT_FUZZ)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
  set(CMAKE_REQUIRED_LIBRARIES libsqlite3.a libexpat.a libutf8proc.a libxxhash.a libminizip.a libz.a m)
  list(TRANSFORM CMAKE_REQUIRED_LIBRARIES REPLACE "^lib(.*\\.a)$" "-l:lib\\1")
  check_cxx_source_compiles("#include <iostream>\nint main() { std::cout << 1; }" CHOKEPOINT_CAN_LINK_STATIC)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  unset(CMAKE_REQUIRED_LIBRARIES)
  if(CHOKEPOINT_CAN_LINK_STATIC)
    set(CHOKEPOINT_LINKS_STATIC ON)
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a ${CMAKE_FIND_LIBRARY_SUFFIXES})
  else()
    message(STATUS "The program is linked with shared libraries, since a static one cannot be had")
  endif()
endif()
# A build folder that found the other form before looks again.
set(other_form "\\.a$")
if(CHOKEPOINT_LINKS_STATIC)
  set(other_form "\\.so$")
endif()
foreach(found IN ITEMS SQLite3_LIBRARY EXPAT_LIBRARY pkgcfg_lib_UTF8PROC_utf8proc pkgcfg_lib_XXHASH_xxhash
    pkgcfg_lib_MINIZIP_minizip pkgcfg_lib_MINIZIP_z ZLIB_LIBRARY_RELEASE ZLIB_LIBRARY)
  if("${${found}}" MATCHES "${other_form}")
    unset(${found} CACHE)
  endif()
endforeach()

# chokepoint_link_program(TARGET): says so to the linker.
function(chokepoint_link_program target)
  if(CHOKEPOINT_LINKS_STATIC)
    # SQLite could load extensions, which a static program cannot and which it never does here. Without the C library's
    # loader the linker has nothing to warn of; told to be silent (--no-warnings), it would link what is undefined, too.
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tools/cmake/static_loader.cpp)
    target_link_options(${target} PRIVATE -static-pie -Wl,--wrap=dlopen,--wrap=dlsym,--wrap=dlclose,--wrap=dlerror)
  endif()
endfunction()
