# What stands between the program and its files: other writers, power cuts, damaged rows. A fiftieth of each runs always;
# the whole is labelled `release`: `ctest -L release`.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
set(store_program_dir ${CMAKE_CURRENT_SOURCE_DIR}/store_program)

# chokepoint_volume_test(NAME script SOME … ALL …): the script with the arguments of either volume.
function(chokepoint_volume_test name script)
  cmake_parse_arguments(TEST "" "" "SOME;ALL" ${ARGN})
  set(command ${CHOKEPOINT_PYTHON} -B ${store_program_dir}/${script})
  add_test(NAME store.${name} COMMAND ${command} --program $<TARGET_FILE:chokepoint_cli> ${TEST_SOME})
  set_tests_properties(store.${name} PROPERTIES LABELS regression TIMEOUT 600)
  add_test(NAME store.${name}.all COMMAND ${command} --program $<TARGET_FILE:chokepoint_cli> ${TEST_ALL})
  set_tests_properties(store.${name}.all PROPERTIES LABELS release TIMEOUT 14400)
endfunction()

chokepoint_volume_test(readers_beside_writer readers_beside_writer.py SOME --answers 200 ALL --answers 10000)
chokepoint_volume_test(damaged_rows damaged_rows.py SOME --share 1/50 ALL --share 1)

add_test(NAME store.endings COMMAND ${CHOKEPOINT_PYTHON} -B ${store_program_dir}/endings.py
  --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(store.endings PROPERTIES LABELS regression TIMEOUT 300)

# The program once more, linked so that its calls of the system can be noted. A sanitizer's own come first and would not
# be.
if(NOT CHOKEPOINT_SANITIZE)
  add_library(power_log SHARED ${store_program_dir}/power_log.cpp)
  target_link_libraries(power_log PRIVATE ${CMAKE_DL_LIBS})
  add_executable(chokepoint_noted $<TARGET_OBJECTS:chokepoint_cli>)
  target_link_libraries(chokepoint_noted PRIVATE chokepoint chokepoint_cli11 ${CHOKEPOINT_FMT})
  set(noted --noted-program $<TARGET_FILE:chokepoint_noted> --log-library $<TARGET_FILE:power_log>)
  chokepoint_volume_test(power_loss power_loss.py SOME ${noted} --images 24 ALL ${noted} --images 1200)
endif()
