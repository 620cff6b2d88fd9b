# What analysts ask is answered in one command; Chinese is Chinese; workbooks hold what the answers say; every format has
# what a terminal says.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
foreach(name IN ITEMS questions chinese workbook whole_answers)
  add_test(NAME program.${name}
    COMMAND ${CHOKEPOINT_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/program/${name}_test.py --program $<TARGET_FILE:chokepoint_cli>)
  set_tests_properties(program.${name} PROPERTIES LABELS golden TIMEOUT 900 SKIP_RETURN_CODE 77)
endforeach()
