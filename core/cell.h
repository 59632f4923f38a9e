/**
 * The name of one figure, and what a transform says of where it comes from: lineage is evaluated on
 * demand and never stored per cell. `why`, the protection of derived figures and the audit rest on
 * it.
 */
#ifndef SP_CORE_CELL_H
#define SP_CORE_CELL_H

#include "core/table.h"

/**
 * A cell key: "table measure column=code column=code ...", parted by single blanks. A blank, a
 * percent sign or a control character inside a code is written %20, %25, ... as in a URL; the first
 * '=' parts column and code.
 */
typedef struct {
    char *table;
    char *measure;
    GPtrArray *columns; /* char*, names of key columns */
    GPtrArray *codes;   /* char*, same length; "*" in an input cell stands for every code */
} SpCell;

/** Of no key columns yet; the caller frees. */
SpCell *sp_cell_new(const char *table, const char *measure);
void sp_cell_free(SpCell *cell);
/** Adds a key column; returns the cell, for chaining. A column that is there already is a bug. */
SpCell *sp_cell_with(SpCell *cell, const char *column, const char *code);
/** The code of a key column, NULL if the cell has none. */
const char *sp_cell_code(const SpCell *cell, const char *column);
/** SP_ERROR_USAGE when the text is no cell key (a person wrote it); format gives the text back
 * (g_free). */
SpCell *sp_cell_parse(const char *text, GError **error);
char *sp_cell_format(const SpCell *cell);
/** What a cell key says of a row of a table: "region=5001 period=2025", "" of a table without key
 * columns. g_free. */
char *sp_cell_row_key(const SpTable *table, gsize row);
/**
 * The row of a table that the cell names; its own table and measure names are not looked at. The
 * cell names every key column of the table, and may name attributes too. SP_ERROR_NO_INPUT if there
 * is no such row or column, if a key column is left out or if a code is "*": the text says what the
 * table has.
 */
gboolean sp_cell_find_row(const SpCell *cell, const SpTable *table, gsize *row, GError **error);

/** The answer of `explain`: the cells a figure was made from, the settings that shaped it, and how,
 * in one sentence. */
typedef struct {
    GPtrArray *inputs;     /* SpCell* */
    GPtrArray *settings;   /* char* "section.key" */
    char *method;          /* e.g. "sum over alder", "docs/methods/population.md#mortality" */
    gboolean is_injective; /* the figure is a known function of one input cell: it inverts to it */
} SpExplanation;

/** Of nothing yet: its transform fills it. The caller frees. */
SpExplanation *sp_explanation_new(void);
void sp_explanation_free(SpExplanation *explanation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCell, sp_cell_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpExplanation, sp_explanation_free)

#endif
