# cmake -DPROGRAM= -DVERSION= -DLOWDOWN= -DCOMMON=common.md -DOUTPUT= -P make_man_page.cmake
# chokepoint(1): the program's own list of commands, and the manual's page on what they share.
execute_process(COMMAND ${CMAKE_COMMAND} -E env COLUMNS=100 ${PROGRAM} --help
  OUTPUT_VARIABLE all COMMAND_ERROR_IS_FATAL ANY)
# Roff: backslashes, and lines that begin with a dot or an apostrophe, mean something; hyphens are minus signs.
string(REPLACE "\\" "\\e" all "${all}")
string(REPLACE "-" "\\-" all "${all}")
string(REGEX REPLACE "\n([.'])" "\n\\\\&\\1" all "\n${all}")
execute_process(COMMAND ${LOWDOWN} -Tman --nroff-nolinks ${COMMON} OUTPUT_VARIABLE common COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${OUTPUT} ".TH CHOKEPOINT 1 \"\" \"chokepoint ${VERSION}\"
.SH NAME
chokepoint \\- finds and explains chokepoints in sourced graphs of actors, policies and supply chains
.SH SYNOPSIS
.B chokepoint
[\\fIglobal options\\fR] \\fIcommand\\fR [\\fIarguments\\fR]
.SH DESCRIPTION
Keeps sourced, dated facts in one SQLite file and answers what depends on what, which failures stop something and what
a policy changes, with the evidence for every hop. Without a database of your own the curated one is asked. Each command
has a page of its own, such as chokepoint\\-depends(1); \\fIchokepoint help depends\\fR prints the same.
.SH OVERVIEW
.nf${all}.fi
${common}.SH ENVIRONMENT
.TP
CHOKEPOINT_DB
the database to use when \\-\\-db does not say
.TP
CHOKEPOINT_DATA
the folder of curated.db, where it does not lie beside the program
.TP
NO_COLOR
no colour
.TP
COLUMNS
how wide answers may be, where it is no terminal or a narrower one is wanted
.SH FILES
share/chokepoint/curated.db, ontology.json and schema/ below the folder of installation
")
