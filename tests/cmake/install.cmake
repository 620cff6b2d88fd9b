# What `cmake --install` leaves behind serves a stranger: find_package, headers, library, program and data.
add_test(NAME install.consumer COMMAND ${CMAKE_COMMAND}
  -DBUILD=${CMAKE_BINARY_DIR} -DSOURCE=${CMAKE_SOURCE_DIR} -DWORK=${CMAKE_CURRENT_BINARY_DIR}/install_test
  -DCONFIG=$<CONFIG> -DCOMPILER=${CMAKE_CXX_COMPILER} -P ${CMAKE_CURRENT_LIST_DIR}/consumer/install_test.cmake)
set_tests_properties(install.consumer PROPERTIES LABELS slow TIMEOUT 300)
