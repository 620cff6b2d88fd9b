# The curated datasets against their rules; needs nothing but Python.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)

add_test(NAME data.curated
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tests/data/curated_test.py ${CMAKE_SOURCE_DIR})
set_tests_properties(data.curated PROPERTIES LABELS data TIMEOUT 120)

# What the citations read against what the records say. The tests `self` show that the two scripts see mistakes.
add_test(NAME data.reads.self
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tools/check_reads.py --self-test)
add_test(NAME data.reads
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tools/check_reads.py ${CMAKE_SOURCE_DIR})
add_test(NAME data.review.self
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tools/review_curated.py --self-test)
set_tests_properties(data.reads.self data.reads data.review.self PROPERTIES LABELS data TIMEOUT 120)
