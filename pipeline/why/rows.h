/** Rows that cells name, of tables that do not change while they are asked. */
#ifndef SP_PIPELINE_WHY_ROWS_H
#define SP_PIPELINE_WHY_ROWS_H

#include "core/cell.h"

/** What is remembered of the tables that were asked. */
typedef struct SpWhyRows SpWhyRows;

SpWhyRows *sp_why_rows_new(void);
void sp_why_rows_free(SpWhyRows *rows);

/** The rows (gsize) of a table with the codes of the cell: "*", and a column that the cell does not
 * name, are any. None where the table has no such column or code. The caller unrefs. */
GArray *sp_why_rows_find(SpWhyRows *rows, const SpTable *table, const SpCell *cell);
/** The row of the same key in another table, by the key columns of that; FALSE when the cell lacks
 * one, or there is no such row. */
gboolean sp_why_rows_same(SpWhyRows *rows, const SpTable *table, const SpCell *cell, gsize *row);

/** The cell of a row: the key columns of its table. The caller frees. */
SpCell *sp_why_cell_of(const SpTable *table, const char *measure, gsize row);

#endif
