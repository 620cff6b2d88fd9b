# Most of the time of compiling goes into the same headers and templates again and again. A fresh build compiles the
# sources of a target in batches; names inside a module are therefore unique, also those that no header shows. The dev
# preset compiles each source by itself, so that an edit of one is built in seconds.
option(CHOKEPOINT_UNITY "Compile the sources of a target in batches" ON)

function(chokepoint_unity target)
  if(CHOKEPOINT_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 20)
  endif()
endfunction()
