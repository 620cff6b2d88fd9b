# Rules of the house that no compiler sees: who may include whom, headers that stand alone, no type names in C++.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)

foreach(rule IN ITEMS layering type_names)
  add_test(NAME ${rule} COMMAND ${CHOKEPOINT_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_${rule}.py ${CMAKE_SOURCE_DIR})
  add_test(NAME ${rule}_checker COMMAND ${CHOKEPOINT_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_${rule}.py --self-test)
  set_tests_properties(${rule} ${rule}_checker PROPERTIES LABELS layering TIMEOUT 60)
endforeach()

# Every public header as a translation unit of its own, twice, with the standard library and the project alone (and
# Boost's headers, which one of them shows the graph to). It is built by its test, so that a header that does not compile is a failed test and not a failed build.
file(GLOB_RECURSE public_headers RELATIVE ${CMAKE_SOURCE_DIR}/include CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/include/chokepoint/*.hpp)
set(header_sources "")
foreach(header IN LISTS public_headers)
  string(MAKE_C_IDENTIFIER ${header} name)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/headers/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n#include \"${header}\"\n" @ONLY)
  list(APPEND header_sources ${source})
endforeach()
add_library(chokepoint_headers OBJECT EXCLUDE_FROM_ALL ${header_sources})
target_include_directories(chokepoint_headers PRIVATE ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(chokepoint_headers PRIVATE chokepoint_boost_graph)
chokepoint_warnings(chokepoint_headers)
target_compile_options(chokepoint_headers PRIVATE -O0 -g0)
add_test(NAME headers_compile_alone COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target chokepoint_headers)
set_tests_properties(headers_compile_alone PROPERTIES LABELS layering TIMEOUT 600 RESOURCE_LOCK build_folder)
