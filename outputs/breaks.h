/**
 * Known breaks of the series that a package shows: which period's figures are not comparable with
 * those before, and why, in the package's language (config/brudd.csv).
 */
#ifndef SP_OUTPUTS_BREAKS_H
#define SP_OUTPUTS_BREAKS_H

#include "outputs/words.h"

/** One break of a published table. */
typedef struct {
    char *period;  /* its code in the table */
    char *measure; /* name of the one that breaks; "" for all */
    char *where;   /* "2019", or "31.12.2019, Staffed housing" where one measure breaks */
    char *why;
} SpBreak;

/** The breaks (SpBreak*) that at least one figure of the table is flagged with, in the order of the
 * file. g_ptr_array_unref. */
GPtrArray *sp_breaks_of(const SpWords *words, const SpTable *table);

/** "b 2019: WHY · b 2024: WHY" of a published table; "" if no figure of it is flagged with a known
 * break. g_free. */
char *sp_breaks_text(const SpWords *words, const SpTable *table);

#endif
