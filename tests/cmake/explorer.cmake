# The explorer's page in a headless browser, and what it says beside what the program says. Without Node, Chromium or
# the parts that npm fetches a test says what is missing and counts as skipped.
find_program(CHOKEPOINT_NODE NAMES node)
set(explorer_tests ${CMAKE_SOURCE_DIR}/tests/explorer)
if(CHOKEPOINT_NODE)
  foreach(test IN ITEMS explorer access sizes)
    set(name explorer)
    if(NOT test STREQUAL "explorer")
      set(name explorer.${test})
    endif()
    add_test(NAME ${name} COMMAND ${CHOKEPOINT_NODE} ${explorer_tests}/${test}_test.mjs $<TARGET_FILE:chokepoint_cli>
      ${CMAKE_SOURCE_DIR}/tools/explorer)
    set_tests_properties(${name} PROPERTIES LABELS golden TIMEOUT 600 SKIP_RETURN_CODE 77)
  endforeach()
  add_test(NAME explorer.answers COMMAND ${CHOKEPOINT_PYTHON} -B ${explorer_tests}/page_answers_test.py
    --program $<TARGET_FILE:chokepoint_cli> --explorer ${CMAKE_SOURCE_DIR}/tools/explorer --node ${CHOKEPOINT_NODE})
  set_tests_properties(explorer.answers PROPERTIES LABELS golden TIMEOUT 600 SKIP_RETURN_CODE 77)
else()
  message(STATUS "No node: the explorer's page is not tested (Debian: nodejs)")
endif()
