# Half the time of compiling a source goes into the same standard headers. They are compiled once a target; sources still
# include what they use (CHOKEPOINT_PRECOMPILE=OFF shows what is missing), and a test compiles each header alone.
option(CHOKEPOINT_PRECOMPILE "Compile the standard library's headers once a target" ON)

# chokepoint_precompile(TARGET [HEADER...]): further headers that nearly every source of the target includes.
function(chokepoint_precompile target)
  if(CHOKEPOINT_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <charconv> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string> <string_view>
      <unordered_map> <utility> <variant> <vector> ${ARGN})
  endif()
endfunction()
