# What CONTRIBUTING says of adding things, done in a copy of the tree.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
add_test(NAME release.add_edge_field
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/release/add_edge_field_test.py
          --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(release.add_edge_field PROPERTIES LABELS release TIMEOUT 7200 PROCESSORS 2)

# What an import keeps of files that other programs write here: networkx, igraph, Graphviz, LibreOffice … as far as they
# are installed; with --npm FOLDER by hand those of npm.
add_test(NAME release.real_tools
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/release/real_tools_test.py
          --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(release.real_tools PROPERTIES LABELS release TIMEOUT 600)

# Random tests with other numbers than their own.
add_test(NAME release.other_seeds
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/release/other_seeds_test.py
          $<TARGET_FILE:test_model> $<TARGET_FILE:test_snapshot> $<TARGET_FILE:test_algorithms>
          $<TARGET_FILE:test_analysis> $<TARGET_FILE:test_query> $<TARGET_FILE:test_store> $<TARGET_FILE:test_ingest>
          $<TARGET_FILE:test_export> $<TARGET_FILE:test_support>)
set_tests_properties(release.other_seeds PROPERTIES LABELS release TIMEOUT 14400)
