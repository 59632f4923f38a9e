/* The measures of spread/ on the kommuner of one indicator and period. */
#include "transforms/vary/variation_row.h"

#include "transforms/vary/columns.h"
#include "transforms/vary/spread/bootstrap.h"
#include "transforms/vary/spread/headline.h"
#include "transforms/vary/spread/inequality.h"
#include "transforms/vary/spread/measures.h"
#include "transforms/vary/spread/moran.h"

#include <math.h>

enum { LOW = 1, HIGH = 2 };

const char *const sp_vary_splits[SP_VARY_N_SPLITS] = {"fylke", "kostragruppe", "sentralitet"};

#define PLAIN(text)                                                                                \
    {                                                                                              \
        .name = (text), .kind = SP_COLUMN_MEASURE                                                  \
    }
#define RATIO(text)                                                                                \
    {                                                                                              \
        .name = (text), .kind = SP_COLUMN_MEASURE, .unit = "ratio"                                 \
    }
#define COUNT(text)                                                                                \
    {                                                                                              \
        .name = (text), .kind = SP_COLUMN_MEASURE, .unit = "kommuner"                              \
    }
#define PLAIN_INTERVAL(text) PLAIN(text), PLAIN(text "_nedre"), PLAIN(text "_oevre")
#define RATIO_INTERVAL(text) RATIO(text), RATIO(text "_nedre"), RATIO(text "_oevre")

/* In the order of SpVaryMeasure, behind the keys. */
enum { N_KEYS = 2 };
static const SpColumn columns[] = {
    SP_VARY_INDIKATOR,
    SP_VARY_PERIOD,
    COUNT("n_kommuner"),
    COUNT("n_utelatt"),
    PLAIN_INTERVAL("sd_mellom"),
    RATIO_INTERVAL("medianforhold"),
    RATIO("eq"),
    RATIO("ft2"),
    RATIO("ft3"),
    RATIO_INTERVAL("cv"),
    RATIO_INTERVAL("cv_vektet"),
    PLAIN_INTERVAL("gini"),
    PLAIN_INTERVAL("gini_vektet"),
    PLAIN_INTERVAL("theil"),
    PLAIN_INTERVAL("mld"),
    PLAIN_INTERVAL("scv"),
    PLAIN_INTERVAL("marshall_a"),
    RATIO("marshall_b"),
    RATIO("scv_andel_utelatt"),
    PLAIN("kji2"),
    PLAIN("kji2_frihetsgrader"),
    PLAIN("kji2_p"),
    PLAIN("potthoff"),
    PLAIN("potthoff_z"),
    PLAIN("gamma_varians"),
    RATIO("senter_od"),
    PLAIN("sd_od"),
    RATIO("andel_utenfor_998"),
    RATIO("andel_utenfor_998_od"),
    PLAIN("theil_fylke"),
    PLAIN("theil_kostragruppe"),
    PLAIN("theil_sentralitet"),
    PLAIN("mld_fylke"),
    PLAIN("mld_kostragruppe"),
    PLAIN("mld_sentralitet"),
    PLAIN("moran"),
    PLAIN("moran_forventet"),
    PLAIN("moran_z"),
    PLAIN("moran_p"),
    PLAIN("moran_eb"),
};
G_STATIC_ASSERT(G_N_ELEMENTS(columns) == (gsize)N_KEYS + SP_VARY_N_MEASURES);

SpTable *sp_variation_row_table(void)
{
    return sp_table_new("variasjon", columns, G_N_ELEMENTS(columns));
}

static void set_interval(SpVariationRow *row, SpVaryMeasure first, SpReal value, SpReal low,
                         SpReal high)
{
    row->measure[first] = value;
    row->measure[first + LOW] = low;
    row->measure[first + HIGH] = high;
}

static gboolean has_value_below_zero(const SpAreas *areas)
{
    for (gsize k = 0; k < areas->n; k++) {
        if (areas->value[k] < 0.0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* In whole units as chance deals them out. */
static void set_headline(SpVariationRow *row, const SpAreas *areas, guint minimum_kommuner)
{
    g_autofree double *count = g_new(double, areas->n + 1);
    g_autofree double *expected = g_new(double, areas->n + 1);
    g_autofree double *whole = g_new(double, areas->n + 1);
    const gboolean is_part = areas->indicator->is_part;
    const SpReal none = sp_real_none(SP_MISSING);
    gsize n = 0;
    for (gsize k = 0; k < areas->n; k++) {
        const double unit = sp_areas_unit(areas, areas->row[k]);
        count[n] = areas->observed[k] / unit;
        expected[n] = areas->expected[k] / unit;
        whole[n] = areas->nevner[areas->row[k]].value / unit;
        n += sp_areas_is_possible(areas, k) ? 1 : 0;
    }
    row->is_headline_refused = n < minimum_kommuner;
    if (row->is_headline_refused) {
        set_interval(row, SP_VARY_SD, none, none, none);
        set_interval(row, SP_VARY_MEDIAN_RATIO, none, none, none);
        return;
    }
    const SpHeadline headline =
        sp_headline(&(SpHeadlineAreas){n, count, expected, is_part ? whole : NULL});
    row->fit = headline.fit;
    set_interval(row, SP_VARY_SD, headline.sd, headline.sd_low, headline.sd_high);
    set_interval(row, SP_VARY_MEDIAN_RATIO, headline.median_ratio, headline.median_ratio_low,
                 headline.median_ratio_high);
}

/* What a measure is of the kommuner themselves stands already, by the functions that are its
 * definition; here come the intervals. */
static void set_bootstrap(SpVariationRow *row, const SpAreas *areas, const SpVariationRowForm *form)
{
    SpBootInterval interval[SP_BOOT_N];
    const gboolean has_chance = areas->indicator->has_chance;
    const SpBootAreas from = {.n = areas->n,
                              .value = areas->value,
                              .weight = areas->weight,
                              .observed = has_chance ? areas->observed : NULL,
                              .expected = areas->expected,
                              .variance = areas->variance,
                              .scv_minimum = form->scv_minimum_expected};
    const SpRandom key =
        sp_random_named(sp_random_named(form->random, areas->indicator->id), areas->period);
    sp_bootstrap(&from, key, form->replicates, interval);
    for (int k = 0; k < SP_BOOT_N; k++) {
        SpReal *measure = &row->measure[SP_VARY_CV + 3 * k];
        if (sp_real_is_number(measure[0])) {
            measure[LOW] = interval[k].low;
            measure[HIGH] = interval[k].high;
        }
    }
}

static void set_quotients(SpVariationRow *row, const SpAreas *areas)
{
    static const SpVaryMeasure quotients[] = {SP_VARY_EQ, SP_VARY_FT2, SP_VARY_FT3};
    for (gsize i = 0; i < G_N_ELEMENTS(quotients); i++) {
        row->measure[quotients[i]] = sp_measure_quotient(areas->n, areas->value, i + 1);
    }
    row->measure[SP_VARY_CV] = sp_measure_cv(areas->n, areas->value);
    row->measure[SP_VARY_CV_WEIGHTED] =
        sp_measure_cv_weighted(areas->n, areas->value, areas->weight);
}

static void set_inequality(SpVariationRow *row, const SpAreas *areas,
                           const SpVariationRowForm *form)
{
    const gsize n = areas->n;
    g_autofree double *amount = g_new(double, n + 1);
    g_autofree double *one = g_new(double, n + 1);
    g_autofree guint *group = g_new(guint, n + 1);
    for (gsize k = 0; k < n; k++) {
        amount[k] = areas->value[k] * areas->weight[k];
        one[k] = 1.0;
    }
    row->measure[SP_VARY_GINI] = sp_inequality_gini(n, areas->value, one);
    row->measure[SP_VARY_GINI_WEIGHTED] = sp_inequality_gini(n, amount, areas->weight);
    row->measure[SP_VARY_THEIL] = sp_inequality_theil(n, amount, areas->weight, NULL, 0).total;
    row->measure[SP_VARY_MLD] = sp_inequality_mld(n, amount, areas->weight, NULL, 0).total;
    for (int s = 0; s < SP_VARY_N_SPLITS; s++) {
        const SpGroups *split = form->split[s];
        for (gsize k = 0; split != NULL && k < n; k++) {
            group[k] = sp_groups_of(split, areas->kommune[areas->row[k]]);
        }
        if (split != NULL) {
            const guint n_groups = sp_groups_size(split);
            row->measure[SP_VARY_THEIL_BETWEEN + s] =
                sp_inequality_theil(n, amount, areas->weight, group, n_groups).between;
            row->measure[SP_VARY_MLD_BETWEEN + s] =
                sp_inequality_mld(n, amount, areas->weight, group, n_groups).between;
        }
    }
}

/* Distances are alike among neighbours by construction, whoever they are. */
static void set_moran(SpVariationRow *row, const SpAreas *areas, const SpNeighbours *neighbours)
{
    gsize n_links = 0;
    if (areas->indicator->is_distance) {
        for (int m = SP_VARY_MORAN; m <= SP_VARY_MORAN_EB; m++) {
            row->measure[m] = sp_real_none(SP_NOT_APPLICABLE);
        }
        return;
    }
    g_autofree SpLink *links = sp_neighbours_links(neighbours, areas, &n_links);
    const SpMoran moran = sp_moran(areas->n, areas->value, n_links, links);
    row->measure[SP_VARY_MORAN] = moran.value;
    row->measure[SP_VARY_MORAN_EXPECTED] = moran.expectation;
    row->measure[SP_VARY_MORAN_Z] = moran.z;
    row->measure[SP_VARY_MORAN_P] = moran.p_greater;
    if (areas->indicator->has_chance) {
        row->measure[SP_VARY_MORAN_EB] =
            sp_moran_eb(areas->n, areas->observed, areas->expected, n_links, links);
    }
}

/* Where most counts are small the chi-square's distribution is another than its table's. */
static void set_chi2(SpVariationRow *row, const SpAreas *areas)
{
    const SpChi2 chi2 =
        sp_measure_chi2(areas->n, areas->observed, areas->expected, areas->variance, TRUE);
    const gboolean is_small = 2.0 * (double)chi2.n_small > chi2.df.value + 1.0;
    row->measure[SP_VARY_CHI2] = chi2.value;
    row->measure[SP_VARY_CHI2_DF] = chi2.df;
    row->measure[SP_VARY_CHI2_P] = is_small ? sp_real_none(SP_MISSING) : chi2.p;
    row->n_small = chi2.n_small;
}

static void set_tests(SpVariationRow *row, const SpAreas *areas, const SpVariationRowForm *form)
{
    set_chi2(row, areas);
    if (areas->indicator->kind != SP_KIND_AARSVERK) {
        const SpScv scv = sp_measure_scv(areas->n, areas->observed, areas->expected,
                                         areas->variance, form->scv_minimum_expected);
        const SpReal none = sp_real_none(SP_MISSING);
        row->is_scv_refused = scv.n_used < form->scv_minimum_kommuner;
        set_interval(row, SP_VARY_SCV, row->is_scv_refused ? none : scv.value, none, none);
        row->measure[SP_VARY_SCV_LEFT_OUT] = scv.share_left_out;
    }
    if (areas->indicator->kind == SP_KIND_COUNT_PERSONS) {
        const SpPotthoff potthoff = sp_measure_potthoff(areas->n, areas->observed, areas->expected);
        row->measure[SP_VARY_POTTHOFF] = potthoff.value;
        row->measure[SP_VARY_POTTHOFF_Z] =
            sp_real_is_number(potthoff.variance) && potthoff.variance.value > 0.0
                ? sp_real((potthoff.value.value - potthoff.mean.value) /
                          sqrt(potthoff.variance.value))
                : sp_real_none(SP_MISSING);
    }
}

/* Without chance what rests on it is not applicable, else missing until it is computed. */
static void clear(SpVariationRow *row, const SpAreas *areas)
{
    static const SpVaryMeasure plain_from = SP_VARY_EQ;
    static const SpVaryMeasure chance_from = SP_VARY_SCV;
    const gboolean has_chance = areas->indicator->has_chance;
    for (int m = 0; m < SP_VARY_N_MEASURES; m++) {
        const gboolean is_plain = (m >= (int)plain_from && m < (int)chance_from) ||
                                  (m >= SP_VARY_THEIL_BETWEEN && m < SP_VARY_MORAN_EB);
        row->measure[m] = sp_real_none(is_plain ? SP_MISSING : SP_NOT_APPLICABLE);
    }
    if (has_chance) {
        row->measure[SP_VARY_MORAN_EB] = sp_real_none(SP_MISSING);
    }
    row->is_scv_refused = FALSE;
    row->is_headline_refused = FALSE;
    row->n_small = 0;
    row->fit = SP_FIT_GOOD;
}

void sp_variation_row_make(const SpAreas *areas, const SpVariationRowForm *form,
                           const SpLenders *lenders, const SpControlled *controlled,
                           SpVariationRow *row)
{
    const SpReal none = sp_real_none(SP_MISSING);
    clear(row, areas);
    row->measure[SP_VARY_N_KOMMUNER] = sp_real((double)areas->n);
    row->measure[SP_VARY_N_UTELATT] = sp_real((double)(form->n_kommuner - areas->n));
    set_quotients(row, areas);
    set_moran(row, areas, form->neighbours);
    if (areas->indicator->has_chance) {
        set_headline(row, areas, form->headline_minimum_kommuner);
        set_tests(row, areas, form);
        set_interval(row, SP_VARY_MARSHALL_A, lenders->marshall.a, none, none);
    }
    row->measure[SP_VARY_MARSHALL_B] = lenders->marshall.b;
    row->measure[SP_VARY_GAMMA_VARIANCE] = lenders->gamma_variance;
    row->measure[SP_VARY_CENTRE] = controlled->centre;
    row->measure[SP_VARY_SD_OD] = controlled->sd;
    row->measure[SP_VARY_OUTSIDE_998] = controlled->outside_998;
    row->measure[SP_VARY_OUTSIDE_998_OD] = controlled->outside_998_od;
    if (!has_value_below_zero(areas)) {
        set_inequality(row, areas, form);
        if (form->replicates > 0) {
            set_bootstrap(row, areas, form);
        }
    }
}

void sp_variation_row_add(SpTable *table, const SpAreas *areas, const SpVariationRow *row)
{
    const gsize to = sp_table_add_row(table);
    sp_table_set_code(table, to, 0, areas->indicator->id);
    sp_table_set_code(table, to, 1, areas->period);
    for (gsize m = 0; m < SP_VARY_N_MEASURES; m++) {
        sp_table_set_real(table, to, N_KEYS + m, row->measure[m]);
    }
    sp_areas_flag(areas, table, to);
}
