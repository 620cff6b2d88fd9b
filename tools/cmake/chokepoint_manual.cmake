# The manual's pages (tools/chokepoint/manual/*.md) as `chokepoint help` prints them and as manual pages, by lowdown.
#
# Sets CHOKEPOINT_HELP_TEXTS and CHOKEPOINT_MAN_PAGES, the files made at build time: help/NAME.txt, man1/chokepoint-NAME.1.
find_program(CHOKEPOINT_LOWDOWN lowdown REQUIRED)
file(GLOB manual_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/chokepoint/manual/*.md)
set(CHOKEPOINT_HELP_TEXTS "")
set(CHOKEPOINT_MAN_PAGES "")
set(manual_maker ${CMAKE_SOURCE_DIR}/tools/cmake/make_manual.cmake)
foreach(page IN LISTS manual_pages)
  get_filename_component(name ${page} NAME_WE)
  set(text ${CMAKE_BINARY_DIR}/help/${name}.txt)
  set(man ${CMAKE_BINARY_DIR}/share/man/man1/chokepoint-${name}.1)
  add_custom_command(OUTPUT ${text} ${man}
    COMMAND ${CMAKE_COMMAND} -DLOWDOWN=${CHOKEPOINT_LOWDOWN} -DPAGE=${page} -DNAME=${name} -DVERSION=${PROJECT_VERSION}
            -DTEXT=${text} -DMAN=${man} -P ${manual_maker}
    DEPENDS ${page} ${manual_maker} VERBATIM)
  list(APPEND CHOKEPOINT_HELP_TEXTS ${text})
  list(APPEND CHOKEPOINT_MAN_PAGES ${man})
endforeach()
add_custom_target(chokepoint_manual ALL DEPENDS ${CHOKEPOINT_HELP_TEXTS} ${CHOKEPOINT_MAN_PAGES})
