# What one command says, no other may deny: on random graphs the same facts are asked of all of them.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
set(consistency_test ${CMAKE_CURRENT_SOURCE_DIR}/program/consistency_test.py)
add_test(NAME program.consistency
  COMMAND ${CHOKEPOINT_PYTHON} -B ${consistency_test} --program $<TARGET_FILE:chokepoint_cli> --worlds 300)
set_tests_properties(program.consistency PROPERTIES LABELS golden TIMEOUT 1500 PROCESSORS 2)
add_test(NAME program.consistency_release
  COMMAND ${CHOKEPOINT_PYTHON} -B ${consistency_test} --program $<TARGET_FILE:chokepoint_cli> --worlds 3000 --first 1001)
set_tests_properties(program.consistency_release PROPERTIES LABELS release TIMEOUT 7200 PROCESSORS 2)

# Generics of 10^5 and 10^6 variants.
add_test(NAME program.linear_variants
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/linear_variants.py
          --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(program.linear_variants PROPERTIES LABELS release TIMEOUT 7200)

# Pictures: well-formed, framed, on paper, and saying what the answers say.
add_test(NAME program.pictures
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/pictures_test.py
          --program $<TARGET_FILE:chokepoint_cli> --worlds 25)
set_tests_properties(program.pictures PROPERTIES LABELS golden TIMEOUT 600)
# Kept counts equal counted ones, whoever edits the database.
add_test(NAME program.kept_counts
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/kept_counts.py
          --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(program.kept_counts PROPERTIES LABELS golden TIMEOUT 300)
add_test(NAME program.kept_counts_release
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/kept_counts.py
          --program $<TARGET_FILE:chokepoint_cli> --steps 3000 --seed 7)
set_tests_properties(program.kept_counts_release PROPERTIES LABELS release TIMEOUT 7200)
# Answers do not depend on how a database came to hold what it holds.
add_test(NAME program.second_day
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/second_day.py
          --program $<TARGET_FILE:chokepoint_cli> --sequences 16 --steps 5 --seed 2)
set_tests_properties(program.second_day PROPERTIES LABELS golden TIMEOUT 600)
add_test(NAME program.second_day_release
  COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/second_day.py
          --program $<TARGET_FILE:chokepoint_cli> --sequences 500 --steps 8 --seed 5)
set_tests_properties(program.second_day_release PROPERTIES LABELS release TIMEOUT 14400)
