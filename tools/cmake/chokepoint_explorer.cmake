# The explorer's page is put together at build time from tools/explorer/ and Cytoscape.js, which npm fetches
# (`npm ci --omit=dev --prefix tools/explorer`). Without it everything else is built, and `view` says what is missing.
# Graphology and Sigma.js, fetched with it, draw the map of graphs that are too large for Cytoscape.js; a page without
# them has no map.
# Sets CHOKEPOINT_EXPLORER_PAGE to the page, or to nothing.
set(explorer_dir ${CMAKE_SOURCE_DIR}/tools/explorer)
set(cytoscape ${explorer_dir}/node_modules/cytoscape/dist/cytoscape.min.js)
set(CHOKEPOINT_CYTOSCAPE "" CACHE FILEPATH "cytoscape.min.js, when it is not in tools/explorer/node_modules")
if(CHOKEPOINT_CYTOSCAPE)
  set(cytoscape ${CHOKEPOINT_CYTOSCAPE})
endif()
set(CHOKEPOINT_EXPLORER_PAGE "")
if(EXISTS ${cytoscape})
  set(CHOKEPOINT_EXPLORER_PAGE ${CMAKE_BINARY_DIR}/explorer/explorer.html)
  file(GLOB explorer_parts CONFIGURE_DEPENDS ${explorer_dir}/page.html ${explorer_dir}/*.css ${explorer_dir}/*.js)
  set(libraries ${cytoscape})
  foreach(library IN ITEMS graphology/dist/graphology.umd.min.js sigma/dist/sigma.min.js)
    if(EXISTS ${explorer_dir}/node_modules/${library})
      list(APPEND libraries ${explorer_dir}/node_modules/${library})
    endif()
  endforeach()
  set(make_page ${CMAKE_CURRENT_LIST_DIR}/make_explorer_page.cmake)
  add_custom_command(OUTPUT ${CHOKEPOINT_EXPLORER_PAGE}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${explorer_dir} "-DLIBRARIES=${libraries}" -DOUTPUT=${CHOKEPOINT_EXPLORER_PAGE} -P ${make_page}
    DEPENDS ${explorer_parts} ${libraries} ${make_page}
    COMMENT "Putting the explorer's page together" VERBATIM)
else()
  message(STATUS "No Cytoscape.js: `view` will not write pages. Run: npm ci --omit=dev --prefix tools/explorer")
endif()
