# Memory follows the size of the input. A sanitizer's own memory would count, too.
if(NOT CHOKEPOINT_SANITIZE)
  find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
  find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
  add_test(NAME program.hostile_sizes
    COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/hostile_sizes.py
            --program $<TARGET_FILE:chokepoint_cli>)
  set_tests_properties(program.hostile_sizes PROPERTIES LABELS regression TIMEOUT 600)
endif()
