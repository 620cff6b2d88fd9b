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
run(${WORK}/build/boost_consumer ${SOURCE}/tests/data/samples/dataset.json)

# The program finds the curated database beside itself, wherever it was moved.
set(ENV{CHOKEPOINT_DB})
set(ENV{CHOKEPOINT_DATA})
run(${WORK}/moved/bin/chokepoint stats)

file(STRINGS ${SOURCE}/tools/chokepoint/commands.def lines REGEX "^CHOKEPOINT_COMMAND")
file(READ ${WORK}/moved/share/man/man1/chokepoint.1 page)
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^CHOKEPOINT_COMMAND\\(([a-z_]+)\\).*" "\\1" command "${line}")
  string(TOUPPER ${command} title)
  if(NOT page MATCHES "\n.SH ${title}\n")
    message(FATAL_ERROR "the manual page lacks ${command}")
  endif()
endforeach()
