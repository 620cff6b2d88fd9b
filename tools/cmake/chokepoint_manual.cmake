# The manual's pages (tools/chokepoint/manual/*.md, in Chinese manual/zh/*.md) as `chokepoint help` lays them out and as
# manual pages, by lowdown.
#
# Sets CHOKEPOINT_HELP_TEXTS, CHOKEPOINT_MAN_PAGES and CHOKEPOINT_MAN_PAGES_ZH, the files made at build time:
# help/NAME.txt and help/NAME.zh.txt, man1/chokepoint-NAME.1 and zh_CN/man1/chokepoint-NAME.1.
find_program(CHOKEPOINT_LOWDOWN lowdown REQUIRED)
set(CHOKEPOINT_HELP_TEXTS "")
set(manual_maker ${CMAKE_SOURCE_DIR}/tools/cmake/make_manual.cmake)

# chokepoint_manual_pages(<variable> <folder> <language> <suffix> <man folder>): the rules for the pages in a folder;
# the manual pages are listed in the variable.
macro(chokepoint_manual_pages man_pages folder language suffix man_folder)
  file(GLOB manual_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/chokepoint/${folder}/*.md)
  set(${man_pages} "")
  foreach(page IN LISTS manual_pages)
    get_filename_component(name ${page} NAME_WE)
    set(text ${CMAKE_BINARY_DIR}/help/${name}${suffix}.txt)
    set(man ${CMAKE_BINARY_DIR}/share/man/${man_folder}/chokepoint-${name}.1)
    add_custom_command(OUTPUT ${text} ${man}
      COMMAND ${CMAKE_COMMAND} -DLOWDOWN=${CHOKEPOINT_LOWDOWN} -DPAGE=${page} -DNAME=${name} -DLANGUAGE=${language}
              -DVERSION=${PROJECT_VERSION} -DTEXT=${text} -DMAN=${man} -P ${manual_maker}
      DEPENDS ${page} ${manual_maker} VERBATIM)
    list(APPEND CHOKEPOINT_HELP_TEXTS ${text})
    list(APPEND ${man_pages} ${man})
  endforeach()
endmacro()

chokepoint_manual_pages(CHOKEPOINT_MAN_PAGES manual en "" man1)
chokepoint_manual_pages(CHOKEPOINT_MAN_PAGES_ZH manual/zh zh .zh zh_CN/man1)
add_custom_target(chokepoint_manual ALL
  DEPENDS ${CHOKEPOINT_HELP_TEXTS} ${CHOKEPOINT_MAN_PAGES} ${CHOKEPOINT_MAN_PAGES_ZH})
