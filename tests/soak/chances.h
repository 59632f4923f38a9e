/** Whether relevant shortages came as often as was told: P(gap > the limit of balance/gap.h). */
#ifndef SP_TESTS_SOAK_CHANCES_H
#define SP_TESTS_SOAK_CHANCES_H

#include "claims.h"

/** Chances told from 0 to 1, ten and ten percentage points. */
enum { N_TOLD = 10 };

/** Who is told of, and how far ahead. */
typedef enum {
    OF_KOMMUNER,           /* one to five years on */
    OF_KOMMUNER_TEN_YEARS, /* ten years on */
    OF_REGIONS,            /* fylker and the country, one to five years on */
    OF_REGIONS_TEN_YEARS,
    N_CHANCE_CLASSES
} ChanceClass;

/** Of one past, or summed over pasts. */
typedef struct {
    double n[N_CHANCE_CLASSES][N_TOLD];    /* cells: region, profession, horizon */
    double told[N_CHANCE_CLASSES][N_TOLD]; /* sum of their chances */
    double came[N_CHANCE_CLASSES][N_TOLD]; /* how many had a shortage */
} Chances;

void chances_of(const Past *past, const Claims *claims, Chances *chances);

/**
 * Prints a table of docs/methods/uncertainty.md, and returns how many of its shares of what came
 * are further from what was told than `far` and two standard errors, by how pasts differ. Cells
 * of fewer than a twentieth of the pasts tell nothing and are passed over.
 */
guint chances_print(const Chances of[], gsize n_pasts, double far);

#endif
