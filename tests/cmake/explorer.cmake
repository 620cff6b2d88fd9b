# The explorer's page in a headless browser. Without Node, Chromium or playwright-core the test says what is missing
# and counts as skipped.
find_program(CHOKEPOINT_NODE NAMES node)
if(CHOKEPOINT_NODE)
  add_test(NAME explorer COMMAND ${CHOKEPOINT_NODE} ${CMAKE_SOURCE_DIR}/tests/explorer/explorer_test.mjs
    $<TARGET_FILE:chokepoint_cli> ${CMAKE_SOURCE_DIR}/tools/explorer)
  set_tests_properties(explorer PROPERTIES LABELS golden TIMEOUT 300 SKIP_RETURN_CODE 77)
else()
  message(STATUS "No node: the explorer's page is not tested (Debian: nodejs)")
endif()
