# What the pages say: their examples are asked, their links are followed, every command has a page, in Chinese, too.
find_program(CHOKEPOINT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(CHOKEPOINT_PYTHON NAMES python3 REQUIRED)
set(docs_dir ${CMAKE_CURRENT_SOURCE_DIR}/docs)

file(GLOB manual_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/chokepoint/manual/*.md
     ${CMAKE_SOURCE_DIR}/tools/chokepoint/manual/zh/*.md)
set(docs_semantics_pages ${CMAKE_SOURCE_DIR}/graph/SEMANTICS.md)
set(docs_examples_pages ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/data/FORMATS.md
    ${CMAKE_SOURCE_DIR}/CONTRIBUTING.md ${CMAKE_SOURCE_DIR}/data/profiles/README.md)
# Pages of the manual ask an invented graph, so that they stay right when the curated data grow.
set(docs_manual_pages --dataset ${CMAKE_CURRENT_SOURCE_DIR}/golden/inputs/supply.json ${manual_pages})
foreach(pages IN ITEMS semantics examples manual)
  add_test(NAME docs.${pages}
    COMMAND ${CHOKEPOINT_PYTHON} -B ${docs_dir}/semantics_examples_test.py --program $<TARGET_FILE:chokepoint_cli>
            ${docs_${pages}_pages})
  set_tests_properties(docs.${pages} PROPERTIES LABELS golden TIMEOUT 300)
endforeach()

add_test(NAME docs.manual_languages
  COMMAND ${CHOKEPOINT_PYTHON} -B ${docs_dir}/manual_languages_test.py --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(docs.manual_languages PROPERTIES LABELS golden TIMEOUT 120)

add_test(NAME docs.readme_counts
  COMMAND ${CHOKEPOINT_PYTHON} -B ${docs_dir}/readme_counts_test.py --program $<TARGET_FILE:chokepoint_cli>)
set_tests_properties(docs.readme_counts PROPERTIES LABELS golden TIMEOUT 60)

add_test(NAME docs.links COMMAND ${CHOKEPOINT_PYTHON} -B ${docs_dir}/links_test.py --root ${CMAKE_SOURCE_DIR})
set_tests_properties(docs.links PROPERTIES LABELS unit TIMEOUT 60)

add_test(NAME layering.class_names COMMAND ${CHOKEPOINT_PYTHON} -B ${docs_dir}/class_names.py ${CMAKE_SOURCE_DIR})
set_tests_properties(layering.class_names PROPERTIES LABELS layering TIMEOUT 60)
