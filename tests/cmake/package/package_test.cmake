# cmake -DBUILD= -DWORK= -DDPKG_DEB= -P package_test.cmake
# cpack makes a Debian package; unpacked anywhere, its program answers from the curated database in it.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
execute_process(COMMAND ${CMAKE_CPACK_COMMAND} --config ${BUILD}/CPackConfig.cmake -B ${WORK}/made
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB packages ${WORK}/made/*.deb)
list(LENGTH packages count)
if(NOT count EQUAL 1)
  message(FATAL_ERROR "cpack made ${count} packages")
endif()
execute_process(COMMAND ${DPKG_DEB} -x ${packages} ${WORK}/unpacked COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE ${WORK}/made)
set(ENV{CHOKEPOINT_DB})
set(ENV{CHOKEPOINT_DATA})
foreach(question IN ITEMS "depends;nvidia-h100" "help;depends" "--lang;zh;help;depends")
  execute_process(COMMAND ${WORK}/unpacked/usr/bin/chokepoint ${question}
    OUTPUT_VARIABLE answer COMMAND_ERROR_IS_FATAL ANY)
  if(NOT answer MATCHES "tsmc|TSMC|tree|需求组")
    message(FATAL_ERROR "${question} says:\n${answer}")
  endif()
endforeach()
# cpack packs manual pages.
foreach(pattern IN ITEMS share/man/man1/chokepoint-depends.1* share/man/zh_CN/man1/chokepoint-depends.1*
        share/chokepoint/curated.db include/chokepoint/query/depends.hpp)
  file(GLOB found ${WORK}/unpacked/usr/${pattern})
  if(NOT found)
    message(FATAL_ERROR "the package lacks ${pattern}")
  endif()
endforeach()
