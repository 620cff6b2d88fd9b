# Warnings and sanitizers for our own targets only; nothing leaks to users of the library.
function(chokepoint_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wold-style-cast -Wcast-align -Wunused -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough)
  # GCC 12 sees overlapping copies inside std::string where there are none (GCC bug 105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(CHOKEPOINT_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(CHOKEPOINT_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${CHOKEPOINT_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=${CHOKEPOINT_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
      target_compile_options(${target} PRIVATE -fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/tests/fuzz/ignorelist.txt)
    endif()
  endif()
endfunction()
