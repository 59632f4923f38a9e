/** Codes as the cells of a CSV for Excel. */
#ifndef SP_OUTPUTS_EXCELCSV_LABELS_H
#define SP_OUTPUTS_EXCELCSV_LABELS_H

#include "outputs/words.h"

/**
 * The cells of a code column's codes, by their numbers [sp_codes_size], quoted (cell.h); "" for
 * one that no row has. Words, and before them the code where readers know it too: of regions
 * ("0301 Oslo"), and of lists whose codes are numbers of two digits or more ("232 Helsestasjon").
 * The code stands behind words that two codes share. So no two codes of a column are the same cell.
 * NULL-terminated, g_strfreev.
 */
char **sp_excel_labels(const SpWords *words, const SpTable *table, gsize column);

/** A heading as a cell. g_free. */
char *sp_excel_heading(const SpWords *words, const char *heading);

#endif
