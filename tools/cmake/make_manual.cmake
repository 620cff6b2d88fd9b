# cmake -DLOWDOWN= -DPAGE=page.md -DNAME=depends -DLANGUAGE=en -DVERSION= -DTEXT=out.txt -DMAN=out.1 -P make_manual.cmake
# One page of the manual as plain text and as a manual page. Its links lead to files of the source tree, which a reader
# of either does not have: their words stay.
function(convert result)
  execute_process(COMMAND ${LOWDOWN} ${ARGN} ${PAGE} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  # Comments are for those who write the page.
  string(REGEX REPLACE "[^\n]*<!(--|\\\\-\\\\-) [^\n]* (--|\\\\-\\\\-)>[^\n]*\n?" "" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# A line each for paragraphs, items of lists and rows of tables: lowdown breaks lines at spaces alone, which Chinese has
# not, and no table. The program wraps them (tools/chokepoint/manual_layout.hpp).
convert(text -Tterm --term-columns=9999 --term-width=9999 --term-no-ansi --term-nolinks)
# Headings are told by their place: the text under them is indented.
string(REGEX REPLACE "(^|\n)#+ " "\\1" text "${text}")
file(WRITE ${TEXT} "${text}")

# The sentence below the title says what the command is for.
file(READ ${PAGE} page)
string(REGEX REPLACE "^# [^\n]*\n\n(([^\n]+\n)+).*" "\\1" purpose "${page}")
string(REGEX REPLACE "\n" " " purpose "${purpose}")
string(REGEX REPLACE "([.:]|。|：).*" "" purpose "${purpose}")
string(REGEX REPLACE "[*`]" "" purpose "${purpose}")
string(REPLACE "-" "\\-" purpose "${purpose}")
string(STRIP "${purpose}" purpose)
convert(body -Tman --nroff-nolinks)
string(TOUPPER ${NAME} title)
string(REPLACE "-" "\\-" title "${title}")
set(name_heading NAME)
set(preamble "")
if(LANGUAGE STREQUAL zh)
  set(name_heading 名称)
  # Where groff may break a line of Chinese; without spaces to stretch, lines end where they do.
  set(preamble ".mso zh.tmac\n.ad l\n.nh\n")
endif()
file(WRITE ${MAN} ".TH CHOKEPOINT\\-${title} 1 \"\" \"chokepoint ${VERSION}\"
${preamble}.SH ${name_heading}
chokepoint\\-${NAME} \\- ${purpose}
${body}")
