# The pictures of exports/: `cmake --build BUILD --target gallery` remakes them, the test says which are out of date.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
set(make_gallery ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tests/exports/make_gallery.py --program $<TARGET_FILE:chokepoint_cli>)
add_custom_target(gallery COMMAND ${make_gallery} DEPENDS chokepoint_cli chokepoint_curated VERBATIM)
add_test(NAME exports.gallery COMMAND ${make_gallery} --check)
set_tests_properties(exports.gallery PROPERTIES LABELS golden TIMEOUT 300 SKIP_RETURN_CODE 77)

# Other programs' readers of the same graph: counts, types, labels, Chinese text, parallel edges.
find_package(Boost QUIET COMPONENTS graph)
set(boost_reader "")
if(TARGET Boost::graph)
  add_executable(boost_graphml_reader ${CMAKE_SOURCE_DIR}/tests/exports/boost_graphml_reader.cpp)
  target_link_libraries(boost_graphml_reader PRIVATE Boost::graph)
  set(boost_reader --boost $<TARGET_FILE:boost_graphml_reader>)
endif()
add_test(NAME exports.readers COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tests/exports/readers_test.py
  --program $<TARGET_FILE:chokepoint_cli> --explorer ${CMAKE_SOURCE_DIR}/tools/explorer ${boost_reader})
set_tests_properties(exports.readers PROPERTIES LABELS golden TIMEOUT 300)
