# Golden cases, one test per command (tests/golden/run.py says what a case is), the examples of every --help, and how
# the program behaves towards its surroundings (pipes, full disks, Ctrl-C).
# `tests/golden/run.py --program build/dev/bin/chokepoint --regenerate` writes what is expected anew.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
set(golden_dir ${CMAKE_CURRENT_SOURCE_DIR}/golden)

file(GLOB golden_cases RELATIVE ${golden_dir} CONFIGURE_DEPENDS ${golden_dir}/*/*/args)
set(golden_commands "")
foreach(case IN LISTS golden_cases)
  string(REGEX REPLACE "/.*" "" command ${case})
  list(APPEND golden_commands ${command})
endforeach()
list(REMOVE_DUPLICATES golden_commands)
foreach(command IN LISTS golden_commands)
  add_test(NAME golden.${command}
    COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/run.py --program $<TARGET_FILE:chokepoint_cli> ${command})
  set_tests_properties(golden.${command} PROPERTIES LABELS golden TIMEOUT 300)
endforeach()

get_property(commands GLOBAL PROPERTY CHOKEPOINT_COMMANDS)
string(REPLACE ";" " " commands "${commands}")
add_test(NAME golden.examples
  COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/examples.py --program $<TARGET_FILE:chokepoint_cli>
          --commands "${commands}")
add_test(NAME golden.surroundings
  COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/surroundings.py --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(golden.examples golden.surroundings PROPERTIES LABELS golden TIMEOUT 600)

# What `rank` says against other programs, and against a slow calculation from the export.
add_test(NAME golden.rank-peers
  COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/rank_peers_test.py --program $<TARGET_FILE:chokepoint_cli>
          --ontology ${CMAKE_SOURCE_DIR}/data/ontology.json)
set_tests_properties(golden.rank-peers PROPERTIES LABELS golden TIMEOUT 300 SKIP_RETURN_CODE 77)

# What an importer accepts can be read again; the long run is for a release.
foreach(volume IN ITEMS round-trip:60 round-trip-long:3000)
  string(REGEX MATCH "^[^:]+" name ${volume})
  string(REGEX MATCH "[0-9]+$" cases ${volume})
  add_test(NAME golden.${name}
    COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/import_round_trip_test.py --program $<TARGET_FILE:chokepoint_cli>
            --cases ${cases})
  set_tests_properties(golden.${name} PROPERTIES LABELS golden TIMEOUT 3600)
endforeach()
set_tests_properties(golden.round-trip-long PROPERTIES LABELS release)

# What is exported comes back, or the export says what stays behind: the curated data in every format, and odd records.
foreach(volume IN ITEMS export-round-trip:6 export-round-trip-long:300)
  string(REGEX MATCH "^[^:]+" name ${volume})
  string(REGEX MATCH "[0-9]+$" cases ${volume})
  add_test(NAME golden.${name}
    COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/export_round_trip_test.py --program $<TARGET_FILE:chokepoint_cli>
            --cases ${cases})
  set_tests_properties(golden.${name} PROPERTIES LABELS golden TIMEOUT 3600)
endforeach()
set_tests_properties(golden.export-round-trip-long PROPERTIES LABELS release)

# What `rank --by stops` counts, `whatif` must list as well.
add_test(NAME golden.rank-stops
  COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/rank_stops_check.py --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(golden.rank-stops PROPERTIES LABELS golden TIMEOUT 300)

# What `chokepoints` names, `whatif` must say as well.
add_test(NAME golden.cut-sets
  COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/cut_sets_check.py --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(golden.cut-sets PROPERTIES LABELS golden TIMEOUT 300)

# Long chains: as long as a program without optimisation bears.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(deep_nodes 1000000)
else()
  set(deep_nodes 40000)
endif()
add_test(NAME golden.deep
  COMMAND ${CHOKEPOINT_PYTHON} -B ${golden_dir}/deep_commands_test.py --program $<TARGET_FILE:chokepoint_cli>
          --nodes ${deep_nodes})
set_tests_properties(golden.deep PROPERTIES LABELS slow TIMEOUT 900)
