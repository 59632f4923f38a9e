/** Published tables from the stages' tables: ages in bands, sums to fylke, country and groups. */
#ifndef SP_TRANSFORMS_PROTECT_ASSEMBLE_H
#define SP_TRANSFORMS_PROTECT_ASSEMBLE_H

#include "core/table.h"

/** How a published table is made from a stage's table: one row of config/tables.csv. */
typedef struct {
    const char *name;   /* of the published table */
    const char *source; /* of the stage's table */
    const char
        *bands; /* lists of age bands in config/aldersgrupper.csv, parted by '+'; "" keeps the
                * ages */
    const char
        *margins; /* "kjonn=0": keys that are summed away too, with the code for all; "region==0":
                    from there on only the rows of that code; parted by '+' */
    const char *columns; /* "region|period|indeks=ratio": the columns that are published, units
                            after '='; a measure behind '?' only if the source has it; "" for
                            all */
    gboolean
        rolls_up; /* sums for fylker, country, KOSTRA groups and centrality classes are added */
    gboolean has_own_wholes; /* rows above the kommuner are the source's own figures, and no sums:
                                rounded each for itself, or estimated for those that did not
                                report */
} SpPublished;

/**
 *   source   the stage's table
 *   bands    code columns liste, kode, fra, til: three-digit ages, both ends in
 *   regions  table `region`; read only when rolls_up
 * Measures of a table whose wholes are its source's own are not additive in the result: published
 * parts need not sum to them.
 *
 * Measures that do not add up are dropped by banding (core/table_group) and missing in the sums
 * (core/rollup). Keeps edition and marks. SP_ERROR_CONFIG when the list has no band or an age falls
 * in none; SP_ERROR_DATA from grouping, sums and a column that the source does not have.
 */
SpTable *sp_assemble(const SpTable *source, const SpPublished *published, const SpTable *bands,
                     const SpTable *regions, GError **error);

#endif
