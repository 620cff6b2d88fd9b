# cmake -DPROGRAM= -DVERSION= -DLANGUAGE=en -DLOWDOWN= -DCOMMON=common.md -DOUTPUT= -P make_man_page.cmake
# chokepoint(1): the program's own list of commands, and the manual's page on what they share.
execute_process(COMMAND ${CMAKE_COMMAND} -E env COLUMNS=100 ${PROGRAM} --lang ${LANGUAGE} --help
  OUTPUT_VARIABLE all COMMAND_ERROR_IS_FATAL ANY)
# Roff: backslashes, and lines that begin with a dot or an apostrophe, mean something; hyphens are minus signs.
string(REPLACE "\\" "\\e" all "${all}")
string(REPLACE "-" "\\-" all "${all}")
string(REGEX REPLACE "\n([.'])" "\n\\\\&\\1" all "\n${all}")
execute_process(COMMAND ${LOWDOWN} -Tman --nroff-nolinks ${COMMON} OUTPUT_VARIABLE common COMMAND_ERROR_IS_FATAL ANY)
if(LANGUAGE STREQUAL zh)
  file(WRITE ${OUTPUT} ".TH CHOKEPOINT 1 \"\" \"chokepoint ${VERSION}\"
.mso zh.tmac
.ad l
.nh
.SH 名称
chokepoint \\- 在有来源的行为体、政策与供应链图中寻找并解释卡点
.SH 概要
.B chokepoint
[\\fI全局选项\\fR] \\fI命令\\fR [\\fI参数\\fR]
.SH 说明
把有来源、有日期的事实存于一个 SQLite 文件，并回答什么依赖什么、失去什么会使某物中断、一项政策改变什么，每一跳都附证据。没有您自己的数据库时，问的是内置数据库。每个命令各有手册页，如 chokepoint\\-depends(1)；\\fIchokepoint help depends\\fR 打印同样的内容。
.SH 总览
.nf${all}.fi
${common}.SH 环境变量
.TP
CHOKEPOINT_DB
未给 \\-\\-db 时所用的数据库
.TP
CHOKEPOINT_DATA
curated.db 所在的文件夹，若它不在程序旁边
.TP
NO_COLOR
不用颜色
.TP
COLUMNS
答案的宽度，用于没有终端或想要较窄时
.SH 文件
安装文件夹之下的 share/chokepoint/curated.db、ontology.json 与 schema/
")
  return()
endif()
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
