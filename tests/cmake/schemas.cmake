# The JSON Schemas: valid samples pass, and for every keyword a bad record is refused.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)

add_test(NAME data.schemas COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_SOURCE_DIR}/tests/data/bad_records.py --check)
set_tests_properties(data.schemas PROPERTIES LABELS data TIMEOUT 120)

# The program's own answers against the schemas of the answers.
add_test(NAME golden.answer_schemas COMMAND ${CHOKEPOINT_PYTHON} -B
  ${CMAKE_SOURCE_DIR}/tests/golden/answer_schemas_test.py $<TARGET_FILE:chokepoint_cli> ${CMAKE_SOURCE_DIR})
set_tests_properties(golden.answer_schemas PROPERTIES LABELS golden TIMEOUT 300)
