# What CONTRIBUTING says of adding things, done in a copy of the tree.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
add_test(NAME release.add_edge_field
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/release/add_edge_field_test.py
          --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(release.add_edge_field PROPERTIES LABELS release TIMEOUT 7200 PROCESSORS 2)
