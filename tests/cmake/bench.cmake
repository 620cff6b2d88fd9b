# The generator and the comparison on a tiny graph, so that neither rots; measuring is another matter (tests/bench).
add_executable(make_graph ${CMAKE_SOURCE_DIR}/tests/bench/make_graph.cpp)
chokepoint_warnings(make_graph)
add_executable(bench_cold ${CMAKE_SOURCE_DIR}/tests/bench/cold.cpp)
target_include_directories(bench_cold PRIVATE ${CMAKE_SOURCE_DIR}/graph)
target_link_libraries(bench_cold PRIVATE chokepoint)
chokepoint_link_program(bench_cold)
chokepoint_warnings(bench_cold)
add_test(NAME bench.smoke COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/tests/bench/compare.py
  --program $<TARGET_FILE:chokepoint_cli> --generator $<TARGET_FILE:make_graph> --sizes tiny --runs 1)
set_tests_properties(bench.smoke PROPERTIES LABELS slow TIMEOUT 300)
