# Every fuzz target over its corpus, the samples of the formats and the JSON test suite, without a fuzzer.
include(${CMAKE_SOURCE_DIR}/tests/fuzz/targets.cmake)
foreach(target IN LISTS CHOKEPOINT_FUZZ_TARGETS)
  add_executable(replay_${target} ${CMAKE_SOURCE_DIR}/tests/fuzz/${target}.cpp ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
  target_include_directories(replay_${target} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/graph)
  target_link_libraries(replay_${target} PRIVATE chokepoint)
  chokepoint_warnings(replay_${target})
  add_test(NAME fuzz_replay.${target} COMMAND replay_${target}
    ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${target} ${CMAKE_SOURCE_DIR}/tests/data/samples
    ${CMAKE_SOURCE_DIR}/data/ontology.json ${CMAKE_SOURCE_DIR}/../shared/json_test_suite)
  set_tests_properties(fuzz_replay.${target} PROPERTIES LABELS regression TIMEOUT 300)
endforeach()
