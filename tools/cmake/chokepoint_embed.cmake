# chokepoint_embed(<target> <header> <namespace> <folder> <file>...): compiles data files into the target, so that the
# binary stands alone. A file with an absolute path goes by its last part. The C++ side is `namespace::embedded(name)` and
# `namespace::embedded_names()`, which the header declares.
function(chokepoint_embed target header namespace folder)
  set(entries "")
  set(arrays "")
  set(index 0)
  foreach(name IN LISTS ARGN)
    set(path ${folder}/${name})
    if(IS_ABSOLUTE ${name})
      set(path ${name})
      get_filename_component(name ${name} NAME)
    endif()
    string(APPEND arrays "asm(\".section .rodata\\n.balign 16\\n${target}_embedded_${index}:\\n.incbin \\\"${path}\\\"\\n${target}_embedded_${index}_end:\\n.byte 0\\n.previous\\n\");\n"
      "extern \"C\" const char ${target}_embedded_${index}[];\nextern \"C\" const char ${target}_embedded_${index}_end[];\n")
    string(APPEND entries "  {\"${name}\", ${target}_embedded_${index}, ${target}_embedded_${index}_end},\n")
    list(APPEND paths ${path})
    math(EXPR index "${index} + 1")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT
"#include \"${header}\"
${arrays}
namespace ${namespace} {
namespace {
struct Entry { const char* name; const char* begin; const char* end; };
const Entry entries[] = {
${entries}};
}
std::optional<std::string_view> embedded(std::string_view name) {
  for (const Entry& entry : entries)
    if (name == entry.name) return std::string_view(entry.begin, static_cast<std::size_t>(entry.end - entry.begin));
  return std::nullopt;
}
std::vector<std::string_view> embedded_names() {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries) names.emplace_back(entry.name);
  return names;
}
}
" @ONLY)
  # In a batch of sources nobody would see that a data file changed.
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${paths}" SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${source})
endfunction()
