# What `cmake --install` leaves behind serves a stranger: find_package, headers, library, program and data.
add_test(NAME install.consumer COMMAND ${CMAKE_COMMAND}
  -DBUILD=${CMAKE_BINARY_DIR} -DSOURCE=${CMAKE_SOURCE_DIR} -DWORK=${CMAKE_CURRENT_BINARY_DIR}/install_test
  -DCONFIG=$<CONFIG> -DCOMPILER=${CMAKE_CXX_COMPILER} -P ${CMAKE_CURRENT_LIST_DIR}/consumer/install_test.cmake)
set_tests_properties(install.consumer PROPERTIES LABELS slow TIMEOUT 300)

# What `cpack` makes serves whoever unpacks it.
find_program(CHOKEPOINT_DPKG_DEB dpkg-deb)
if(CHOKEPOINT_DPKG_DEB)
  add_test(NAME install.package COMMAND ${CMAKE_COMMAND} -DBUILD=${CMAKE_BINARY_DIR}
    -DWORK=${CMAKE_CURRENT_BINARY_DIR}/package_test -DDPKG_DEB=${CHOKEPOINT_DPKG_DEB} -DCMAKE_CPACK_COMMAND=${CMAKE_CPACK_COMMAND}
    -P ${CMAKE_CURRENT_LIST_DIR}/package/package_test.cmake)
  set_tests_properties(install.package PROPERTIES LABELS slow TIMEOUT 300)
endif()
