# Most of the time of compiling goes into the same headers and templates again and again. A fresh build compiles the
# sources of a target in batches; names inside a module are therefore unique, also those that no header shows. The dev
# preset compiles each source by itself, so that an edit of one is built in seconds.
option(CHOKEPOINT_UNITY "Compile the sources of a target in batches" ON)

# chokepoint_unity(TARGET): to be called behind chokepoint_warnings. What the compiler says of sources only because others
# stand before them, or (GCC 12) because it inlines across them, is left to the dev preset.
function(chokepoint_unity target)
  if(CHOKEPOINT_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 20)
    target_compile_options(${target} PRIVATE -Wno-shadow)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage -Wno-maybe-uninitialized -Wno-stringop-overflow)
    endif()
  endif()
endfunction()
