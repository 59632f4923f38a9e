/** An independent count of rows about persons, to hold a table against: every combination of codes
 * that a row has, with its persons as bits and its amounts as whole numbers. */
#ifndef SP_TESTS_EXTRACTORS_RECOUNT_H
#define SP_TESTS_EXTRACTORS_RECOUNT_H

#include "core/regions.h"
#include "tests/extractors/lists.h"

enum { RECOUNT_DIMENSIONS = 6, RECOUNT_CODES = 6, RECOUNT_AMOUNTS = 2 };

/** The codes that a row counts under in one dimension; the rest NULL. "1806/" is a part of a
 * kommune that was divided: how many persons of the cell are in it cannot be told. */
typedef struct {
    const char *codes[RECOUNT_CODES];
} RecountCodes;

typedef struct Recount Recount;

Recount *recount_new(gsize n_persons, gsize n_dimensions);
void recount_free(Recount *recount);
/** One row. `amounts` [RECOUNT_AMOUNTS]. */
void recount_add(Recount *recount, const RecountCodes dimensions[], gsize person,
                 const gint64 amounts[]);

/** A measure of the table; NULL: none. */
typedef struct {
    const char *dimensions[RECOUNT_DIMENSIONS];
    const char *persons;
    const char *rows;
    const char *amounts[RECOUNT_AMOUNTS];
    double scale; /* amounts are divided by it */
} RecountForm;

/** Fails unless the table has exactly the cells that were counted, with these figures; those with a
 * part of a divided kommune must be without persons. */
void recount_check(const Recount *recount, const SpTable *table, const RecountForm *form);

/** Reads a whole file by a layout of config and counts it on the kommuner of 2024. */
SpTable *recount_table(const char *extractor, const char *layout, const char *settings,
                       const SpRegions *regions, const char *text, guint64 *n_left_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Recount, recount_free)

#endif
