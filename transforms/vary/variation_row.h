/** All measures of how much kommuner differ in one indicator and period: a row of table
 * `variasjon`. */
#ifndef SP_TRANSFORMS_VARY_VARIATION_ROW_H
#define SP_TRANSFORMS_VARY_VARIATION_ROW_H

#include "core/random.h"
#include "transforms/vary/areas.h"
#include "transforms/vary/borrow.h"
#include "transforms/vary/control.h"
#include "transforms/vary/model/fit.h"
#include "transforms/vary/neighbours.h"

/** The measure columns, in the order of the table. Each that has an interval has its lower and
 * upper limit behind it (LOW and HIGH). */
typedef enum {
    SP_VARY_N_KOMMUNER,
    SP_VARY_N_UTELATT,
    SP_VARY_SD, /* headline, and the next; by likelihood */
    SP_VARY_MEDIAN_RATIO = SP_VARY_SD + 3,
    SP_VARY_EQ = SP_VARY_MEDIAN_RATIO + 3,
    SP_VARY_FT2,
    SP_VARY_FT3,
    SP_VARY_CV, /* the next eight in the order of SpBootMeasure */
    SP_VARY_CV_WEIGHTED = SP_VARY_CV + 3,
    SP_VARY_GINI = SP_VARY_CV_WEIGHTED + 3,
    SP_VARY_GINI_WEIGHTED = SP_VARY_GINI + 3,
    SP_VARY_THEIL = SP_VARY_GINI_WEIGHTED + 3,
    SP_VARY_MLD = SP_VARY_THEIL + 3,
    SP_VARY_SCV = SP_VARY_MLD + 3,
    SP_VARY_MARSHALL_A = SP_VARY_SCV + 3,
    SP_VARY_MARSHALL_B = SP_VARY_MARSHALL_A + 3,
    SP_VARY_SCV_LEFT_OUT,
    SP_VARY_CHI2,
    SP_VARY_CHI2_DF,
    SP_VARY_CHI2_P,
    SP_VARY_POTTHOFF,
    SP_VARY_POTTHOFF_Z,
    SP_VARY_GAMMA_VARIANCE,
    SP_VARY_CENTRE,
    SP_VARY_SD_OD,
    SP_VARY_OUTSIDE_998,
    SP_VARY_OUTSIDE_998_OD,
    SP_VARY_THEIL_BETWEEN, /* one a split */
    SP_VARY_MLD_BETWEEN = SP_VARY_THEIL_BETWEEN + 3,
    SP_VARY_MORAN = SP_VARY_MLD_BETWEEN + 3,
    SP_VARY_MORAN_EXPECTED,
    SP_VARY_MORAN_Z,
    SP_VARY_MORAN_P,
    SP_VARY_MORAN_EB,
    SP_VARY_N_MEASURES
} SpVaryMeasure;

/** What Theil's T and the mean log deviation are split by: these attributes of table region. */
enum { SP_VARY_FYLKE, SP_VARY_KOSTRA, SP_VARY_CENTRALITY, SP_VARY_N_SPLITS };
extern const char *const sp_vary_splits[SP_VARY_N_SPLITS];

typedef struct {
    gsize n_kommuner;                        /* of the division */
    const SpGroups *split[SP_VARY_N_SPLITS]; /* NULL: not known, and what rests on it missing */
    const SpNeighbours *neighbours;
    double scv_minimum_expected;
    guint scv_minimum_kommuner;      /* of fewer that expect so many the SCV is missing */
    guint headline_minimum_kommuner; /* of fewer the headline is missing */
    guint replicates;                /* of the bootstrap; 0: its intervals are missing */
    SpRandom random;                 /* of the run: indicator and period are named below it */
} SpVariationRowForm;

typedef struct {
    SpReal measure[SP_VARY_N_MEASURES];
    gboolean is_scv_refused, is_headline_refused; /* of too few kommuner */
    gsize n_small; /* kommuner in the chi-square whose count has a variance below one; its
                      probability is missing where they are more than half */
    SpFit fit;     /* of the headline; good where it is not asked for, or is refused */
} SpVariationRow;

/** An empty table `variasjon`. */
SpTable *sp_variation_row_table(void);

/**
 * Measures of the kommuner that enter. Those that the indicator forbids are not applicable: what
 * rests on chance without chance, the SCV of årsverk, Potthoff-Whittinghill and the gamma's
 * variance of all but counts of persons, and Moran's I of distances. Quotients of shares,
 * inequality and the bootstrap need values of 0 or more: missing where one is below.
 *
 *   lenders, controlled  by sp_borrow and sp_control
 *
 * Depends on its arguments alone, so that rows may be made on any thread.
 */
void sp_variation_row_make(const SpAreas *areas, const SpVariationRowForm *form,
                           const SpLenders *lenders, const SpControlled *controlled,
                           SpVariationRow *row);

/** Appends it to a table by sp_variation_row_table. */
void sp_variation_row_add(SpTable *table, const SpAreas *areas, const SpVariationRow *row);

#endif
