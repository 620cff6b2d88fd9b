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
function(chokepoint_man_page man_page language folder man_folder)
  set(common ${CMAKE_SOURCE_DIR}/tools/chokepoint/${folder}/common.md)
  set(maker ${CMAKE_SOURCE_DIR}/tools/cmake/make_man_page.cmake)
  set(output ${CMAKE_BINARY_DIR}/share/man/${man_folder}/chokepoint.1)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:chokepoint_cli> -DVERSION=${PROJECT_VERSION} -DLANGUAGE=${language}
            -DLOWDOWN=${CHOKEPOINT_LOWDOWN} -DCOMMON=${common} -DOUTPUT=${output} -P ${maker}
    DEPENDS chokepoint_cli ${maker} ${common} COMMENT "Writing the manual page (${language})" VERBATIM)
  set(${man_page} ${output} PARENT_SCOPE)
endfunction()
chokepoint_man_page(man_page en manual man1)
chokepoint_man_page(man_page_zh zh manual/zh zh_CN/man1)
add_custom_target(chokepoint_man ALL DEPENDS ${man_page} ${man_page_zh})
install(FILES ${man_page} ${CHOKEPOINT_MAN_PAGES} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${man_page_zh} ${CHOKEPOINT_MAN_PAGES_ZH} DESTINATION ${CMAKE_INSTALL_MANDIR}/zh_CN/man1)
