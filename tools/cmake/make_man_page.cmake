# cmake -DPROGRAM= -DVERSION= -DCOMMANDS="a b" -DOUTPUT= -P make_man_page.cmake
# The manual page is the program's own help, so that the two cannot differ; only what no --help says is written here.
function(help_text result)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env COLUMNS=100 ${PROGRAM} ${ARGN} --help
    OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  # Roff: backslashes, and lines that begin with a dot or an apostrophe, mean something; hyphens are minus signs.
  string(REPLACE "\\" "\\e" text "${text}")
  string(REPLACE "-" "\\-" text "${text}")
  string(REGEX REPLACE "\n([.'])" "\n\\\\&\\1" text "\n${text}")
  set(${result} ".nf${text}.fi\n" PARENT_SCOPE)
endfunction()

help_text(all)
set(page ".TH CHOKEPOINT 1 \"\" \"chokepoint ${VERSION}\"
.SH NAME
chokepoint \\- finds and explains chokepoints in sourced graphs of actors, policies and supply chains
.SH SYNOPSIS
.B chokepoint
[\\fIglobal options\\fR] \\fIcommand\\fR [\\fIarguments\\fR]
.SH DESCRIPTION
Keeps sourced, dated facts in one SQLite file and answers what depends on what, which failures stop something and what
a policy changes, with the evidence for every hop. Without a database of your own the curated one is asked.
.SH OVERVIEW
${all}")
string(REPLACE " " ";" commands "${COMMANDS}")
foreach(command IN LISTS commands)
  string(TOUPPER ${command} title)
  help_text(text ${command})
  string(APPEND page ".SH ${title}\n${text}")
endforeach()
string(APPEND page ".SH EXIT STATUS
0 done; 1 a negative answer; 2 wrong usage, an ambiguous name, an existing output without \\-\\-force; 3 bad data or a
foreign, future or damaged database; 4 a node or file that is not there; 5 reading or writing failed, the database is
locked or the disk is full; 130 interrupted.
.SH ENVIRONMENT
.TP
CHOKEPOINT_DB
the database to use when \\-\\-db does not say
.TP
CHOKEPOINT_DATA
the folder of curated.db, where it does not lie beside the program
.TP
NO_COLOR
no colour
.SH FILES
share/chokepoint/curated.db, ontology.json and schema/ below the folder of installation
")
file(WRITE ${OUTPUT} "${page}")
