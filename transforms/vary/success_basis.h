/** What could be told of who succeeds: table `lykkes_grunnlag` (docs/tables.md). */
#ifndef SP_TRANSFORMS_VARY_SUCCESS_BASIS_H
#define SP_TRANSFORMS_VARY_SUCCESS_BASIS_H

#include "transforms/vary/country.h"

/** How far an indicator came. */
typedef enum {
    SP_SUCCESS_NO_FIGURES, /* ingen_tall: it has no period */
    SP_SUCCESS_FEW,        /* faa_perioder: fewer earlier periods than must confirm */
    SP_SUCCESS_NO_MODEL,   /* ingen_modell: of the newest period */
    SP_SUCCESS_TESTED      /* ja */
} SpSuccessState;

/** Counts of kommuner are of what is tested alone. */
typedef struct {
    SpSuccessState state;
    const char *period; /* the newest, "" for none */
    gsize n_periods;    /* that share no data, the newest among them */
    gsize n_known;      /* kommuner with a figure and a prediction in the newest */
    gsize n_testable;   /* of them those with earlier periods enough to be confirmed */
    gsize n_found;      /* of those known: found in the newest */
    gsize n_confirmed;  /* of the found: the rows of lykkes */
} SpSuccessBasis;

/** An empty table. The caller frees. */
SpTable *sp_success_basis_table(const SpCountry *country);

/** Adds the row of an indicator; n_kommuner is of the country. Counts of one that is not tested are
 * not applicable. */
void sp_success_basis_add(SpTable *table, const char *indicator, const SpSuccessBasis *basis,
                          gsize n_kommuner);

#endif
