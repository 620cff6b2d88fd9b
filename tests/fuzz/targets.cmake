# One source file each, with a corpus of that name.
set(CHOKEPOINT_FUZZ_TARGETS json_reader dates ontology dataset graph_file foreign_json graph_text workbook text_rows)
