# The package file, so that find_package(chokepoint) gives chokepoint::chokepoint, and the data under share/. The
# library, the headers and the program are installed where they are built.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/chokepoint)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/chokepoint-config.cmake.in
  ${CMAKE_BINARY_DIR}/chokepoint-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/chokepoint-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT chokepoint-targets NAMESPACE chokepoint:: DESTINATION ${package_dir})
install(FILES ${CMAKE_BINARY_DIR}/chokepoint-config.cmake ${CMAKE_BINARY_DIR}/chokepoint-config-version.cmake
  DESTINATION ${package_dir})

file(GLOB json_schemas CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/schema/*.schema.json)
install(FILES ${CMAKE_SOURCE_DIR}/data/ontology.json DESTINATION ${CMAKE_INSTALL_DATADIR}/chokepoint)
install(FILES ${json_schemas} DESTINATION ${CMAKE_INSTALL_DATADIR}/chokepoint/schema)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# chokepoint(1) is the list of commands and what all of them share; each command has a page of its own.
set(man_page ${CMAKE_BINARY_DIR}/share/man/man1/chokepoint.1)
add_custom_command(OUTPUT ${man_page}
  COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:chokepoint_cli> -DVERSION=${PROJECT_VERSION} -DLOWDOWN=${CHOKEPOINT_LOWDOWN}
          -DCOMMON=${CMAKE_SOURCE_DIR}/tools/chokepoint/manual/common.md -DOUTPUT=${man_page}
          -P ${CMAKE_CURRENT_LIST_DIR}/make_man_page.cmake
  DEPENDS chokepoint_cli ${CMAKE_CURRENT_LIST_DIR}/make_man_page.cmake ${CMAKE_SOURCE_DIR}/tools/chokepoint/manual/common.md
  COMMENT "Writing the manual page" VERBATIM)
add_custom_target(chokepoint_man ALL DEPENDS ${man_page})
install(FILES ${man_page} ${CHOKEPOINT_MAN_PAGES} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
