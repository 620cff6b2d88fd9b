# `cpack --config BUILD/CPackConfig.cmake`: a Debian package of what is installed: program, curated database, manual
# pages, library and headers. The program finds its database beside itself, so that the package also serves unpacked.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME chokepoint)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Finds and explains chokepoints in sourced graphs")
set(CPACK_PACKAGE_DESCRIPTION
  "Keeps sourced, dated facts about actors, policies and supply chains in one SQLite file and answers what depends on
what, which failures stop something and what a policy changes, with the evidence for every hop.")
set(CPACK_PACKAGE_CONTACT "The chokepoint authors <maintainers@chokepoint.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# A static program needs no other package; a shared one is asked what it needs.
if(NOT CHOKEPOINT_LINKS_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
