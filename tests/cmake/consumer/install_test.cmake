# cmake -DBUILD= -DSOURCE= -DWORK= -DCONFIG= -DCOMPILER= -P install_test.cmake
# Installs into a fresh folder, moves that folder (an install must not remember where it was made), and builds, with
# nothing but find_package, a program that uses the library.
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/made --config "${CONFIG}")
file(RENAME ${WORK}/made ${WORK}/moved)
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/cmake/consumer -B ${WORK}/build -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/moved
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=${CONFIG})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer ${SOURCE}/tests/data/samples/dataset.json)
run(${WORK}/build/questions ${SOURCE}/tests/golden/inputs/supply.json)
run(${WORK}/build/boost_consumer ${SOURCE}/tests/data/samples/dataset.json)

# The program finds the curated database beside itself, wherever it was moved.
set(ENV{CHOKEPOINT_DB})
set(ENV{CHOKEPOINT_DATA})
run(${WORK}/moved/bin/chokepoint stats)

file(STRINGS ${SOURCE}/tools/chokepoint/commands.def lines REGEX "^CHOKEPOINT_COMMAND")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^CHOKEPOINT_COMMAND\\(([a-z_]+)\\).*" "\\1" command "${line}")
  file(READ ${WORK}/moved/share/man/man1/chokepoint-${command}.1 page)
  if(NOT page MATCHES "\n.SH NAME\nchokepoint.*${command} .*Exit code")
    message(FATAL_ERROR "the manual page of ${command} lacks its name or its exit code")
  endif()
  file(READ ${WORK}/moved/share/man/zh_CN/man1/chokepoint-${command}.1 page)
  if(NOT page MATCHES "\n.SH 名称\nchokepoint.*${command} .*退出码")
    message(FATAL_ERROR "the Chinese manual page of ${command} lacks its name or its exit code")
  endif()
endforeach()
file(READ ${WORK}/moved/share/man/man1/chokepoint.1 page)
if(NOT page MATCHES "chokepoints +Find" OR NOT page MATCHES "Naming a node")
  message(FATAL_ERROR "chokepoint.1 lacks the commands or what they share")
endif()
file(READ ${WORK}/moved/share/man/zh_CN/man1/chokepoint.1 page)
if(NOT page MATCHES "chokepoints +找出" OR NOT page MATCHES "如何指明节点")
  message(FATAL_ERROR "the Chinese chokepoint.1 lacks the commands or what they share")
endif()

# Who links the library gets what the questions need, and none of what presents their results.
file(GLOB_RECURSE headers RELATIVE ${WORK}/moved/include/chokepoint ${WORK}/moved/include/chokepoint/*.hpp)
if(NOT "${headers}" MATCHES "query/depends\\.hpp" OR "${headers}" MATCHES "present/|export/")
  message(FATAL_ERROR "installed headers: ${headers}")
endif()
