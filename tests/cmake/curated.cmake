# The curated datasets against their rules; needs nothing but Python.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)

add_test(NAME data.curated
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tests/data/curated_test.py ${CMAKE_SOURCE_DIR})
set_tests_properties(data.curated PROPERTIES LABELS data TIMEOUT 120)
