/* All measures on counts that anybody brings. */
#include "transforms/vary/on_file.h"

#include "transforms/vary/shrink/gamma.h"
#include "transforms/vary/shrink/local.h"
#include "transforms/vary/shrink/marshall.h"
#include "transforms/vary/spread/inequality.h"
#include "transforms/vary/spread/measures.h"
#include "transforms/vary/spread/moran.h"

/* ---- the measures ---- */

/* The file with what is derived from it. */
typedef struct {
    const SpOnFile *file;
    double *ratio;  /* O / E */
    double *scaled; /* E scaled to the sum of O */
    double *one;    /* 1 for each area */
    double sum_observed;
    double sum_expected;
} Work;

static void work_init(Work *work, const SpOnFile *file)
{
    *work = (Work){.file = file,
                   .ratio = g_new(double, file->n),
                   .scaled = g_new(double, file->n),
                   .one = g_new(double, file->n)};
    for (gsize i = 0; i < file->n; i++) {
        work->sum_observed += file->observed[i];
        work->sum_expected += file->expected[i];
    }
    for (gsize i = 0; i < file->n; i++) {
        work->ratio[i] = file->observed[i] / file->expected[i];
        work->scaled[i] = file->expected[i] * (work->sum_observed / work->sum_expected);
        work->one[i] = 1.0;
    }
}

static void work_clear(Work *work)
{
    g_free(work->ratio);
    g_free(work->scaled);
    g_free(work->one);
}

static void add(SpListing *listing, const char *stat, SpReal figure)
{
    sp_listing_add(listing, stat, &figure);
}

/* Undefined where a part is, or the lower one is not above 0. */
static SpReal over(SpReal upper, SpReal lower)
{
    return sp_real_is_number(upper) && sp_real_is_number(lower) && lower.value > 0.0
               ? sp_real(upper.value / lower.value)
               : sp_real_none(SP_MISSING);
}

static void add_ratios(SpListing *listing, const Work *work)
{
    const gsize n = work->file->n;
    const SpReal cv = sp_measure_cv(n, work->ratio);
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += work->ratio[i];
    }
    const SpReal mean = n > 0 ? sp_real(sum / (double)n) : sp_real_none(SP_MISSING);
    add(listing, "k", sp_real((double)n));
    add(listing, "sum_observed", sp_real(work->sum_observed));
    add(listing, "sum_expected", sp_real(work->sum_expected));
    add(listing, "ratio_weighted_mean",
        over(sp_real(work->sum_observed), sp_real(work->sum_expected)));
    add(listing, "ratio_mean", mean);
    add(listing, "ratio_sd_n1", sp_real_is_number(cv) ? sp_real(cv.value * mean.value) : cv);
    add(listing, "cv_unweighted", cv);
    add(listing, "cv_weighted", sp_measure_cv_weighted(n, work->ratio, work->file->expected));
}

static void add_quotients(SpListing *listing, const Work *work)
{
    const gsize n = work->file->n;
    const SpReal q1 = sp_measure_quantile(n, work->ratio, 0.25);
    const SpReal q3 = sp_measure_quantile(n, work->ratio, 0.75);
    add(listing, "eq_max_min", sp_measure_quotient(n, work->ratio, 1));
    add(listing, "ft2_second", sp_measure_quotient(n, work->ratio, 2));
    add(listing, "ft3_third", sp_measure_quotient(n, work->ratio, 3));
    add(listing, "eq_p95_p5",
        over(sp_measure_quantile(n, work->ratio, 0.95), sp_measure_quantile(n, work->ratio, 0.05)));
    add(listing, "eq_p75_p25", over(q3, q1));
    add(listing, "iqr", n > 0 ? sp_real(q3.value - q1.value) : q1);
    add(listing, "median", sp_measure_quantile(n, work->ratio, 0.5));
    add(listing, "q1", q1);
    add(listing, "q3", q3);
}

/* Without anybody observed the scaled E are all 0, and nothing rests on them. */
static void add_chance(SpListing *listing, const Work *work)
{
    const SpOnFile *file = work->file;
    const SpReal scv =
        sp_measure_scv(file->n, file->observed, file->expected, file->expected, 0.0).value;
    const SpChi2 plain =
        sp_measure_chi2(file->n, file->observed, file->expected, file->expected, FALSE);
    const SpChi2 scaled =
        sp_measure_chi2(file->n, file->observed, work->scaled, work->scaled, TRUE);
    const SpPotthoff potthoff = sp_measure_potthoff(file->n, file->observed, file->expected);
    add(listing, "scv_mcpherson", scv);
    add(listing, "scv_mcpherson_x100", sp_real_is_number(scv) ? sp_real(scv.value * 100.0) : scv);
    add(listing, "scv_rescaled",
        sp_measure_scv(file->n, file->observed, work->scaled, work->scaled, 0.0).value);
    add(listing, "chisq_lambda1", plain.value);
    add(listing, "chisq_lambda1_df", plain.df);
    add(listing, "chisq_lambda1_p", plain.p);
    add(listing, "chisq_rescaled", scaled.value);
    add(listing, "chisq_rescaled_df", scaled.df);
    add(listing, "chisq_rescaled_p", scaled.p);
    add(listing, "potthoff_whittinghill_T", potthoff.value);
    add(listing, "potthoff_whittinghill_mean", potthoff.mean);
    add(listing, "potthoff_whittinghill_var", potthoff.variance);
}

static void add_between(SpListing *listing, const Work *work)
{
    const SpOnFile *file = work->file;
    g_autofree SpReal *shrunk = g_new(SpReal, file->n);
    const SpMarshall marshall =
        sp_shrink_marshall(file->n, file->observed, file->expected, file->expected, shrunk);
    const SpGamma gamma = sp_shrink_gamma(file->n, file->observed, file->expected, shrunk);
    add(listing, "marshall_b", marshall.b);
    add(listing, "marshall_a_var", marshall.a);
    add(listing, "pg_eb_nu", gamma.nu);
    add(listing, "pg_eb_alpha", gamma.alpha);
    add(listing, "pg_eb_variance_nu_over_alpha2", gamma.variance);
}

static void add_inequality(SpListing *listing, const Work *work)
{
    const SpOnFile *file = work->file;
    const double *size = file->population != NULL ? file->population : file->expected;
    add(listing, "gini_ratio", sp_inequality_gini(file->n, work->ratio, work->one));
    add(listing, "gini_weighted_by_expected",
        sp_inequality_gini(file->n, file->observed, file->expected));
    add(listing, "theil_T_unweighted",
        sp_inequality_theil(file->n, work->ratio, work->one, NULL, 0).total);
    add(listing, "theil_T_weighted",
        sp_inequality_theil(file->n, file->observed, file->expected, NULL, 0).total);
    if (file->population != NULL) {
        add(listing, "gini_weighted_by_population",
            sp_inequality_gini(file->n, file->observed, file->population));
        add(listing, "theil_T_by_population",
            sp_inequality_theil(file->n, file->observed, file->population, NULL, 0).total);
    }
    if (file->group != NULL) {
        const SpInequality theil =
            sp_inequality_theil(file->n, file->observed, size, file->group, file->n_groups);
        const SpInequality mld =
            sp_inequality_mld(file->n, file->observed, size, file->group, file->n_groups);
        add(listing, "theil_T_between", theil.between);
        add(listing, "theil_T_within", theil.within);
        add(listing, "mld", mld.total);
        add(listing, "mld_between", mld.between);
        add(listing, "mld_within", mld.within);
    }
}

static void add_neighbours(SpListing *listing, const Work *work)
{
    const SpOnFile *file = work->file;
    const SpMoran moran = sp_moran(file->n, work->ratio, file->n_links, file->links);
    add(listing, "moran_I", moran.value);
    add(listing, "moran_expectation", moran.expectation);
    add(listing, "moran_variance_randomisation", moran.variance);
    add(listing, "moran_z", moran.z);
    add(listing, "moran_p_greater", moran.p_greater);
    add(listing, "ebi_moran",
        sp_moran_eb(file->n, file->observed, file->expected, file->n_links, file->links));
}

SpListing *sp_on_file_measures(const SpOnFile *file)
{
    static const char *const columns[] = {"value"};
    SpListing *listing = sp_listing_new("stat", columns, G_N_ELEMENTS(columns));
    Work work;
    work_init(&work, file);
    add_ratios(listing, &work);
    add_quotients(listing, &work);
    add_chance(listing, &work);
    add_between(listing, &work);
    add_inequality(listing, &work);
    if (file->links != NULL) {
        add_neighbours(listing, &work);
    }
    work_clear(&work);
    return listing;
}

/* ---- area by area ---- */

/* The columns of each choice of what the file has: groups count 1, neighbours 2. */
enum { N_FIXED = 5, N_MOST = N_FIXED + 2 };
static const char *const area_columns[4][N_MOST] = {
    {"observed", "expected", "raw", "marshall_global_eb", "poisson_gamma_eb"},
    {"observed", "expected", "raw", "marshall_global_eb", "poisson_gamma_eb", "marshall_group_eb"},
    {"observed", "expected", "raw", "marshall_global_eb", "poisson_gamma_eb",
     "marshall_neighbours_eb"},
    {"observed", "expected", "raw", "marshall_global_eb", "poisson_gamma_eb", "marshall_group_eb",
     "marshall_neighbours_eb"},
};

SpListing *sp_on_file_areas(const SpOnFile *file)
{
    const gsize n_groupings = file->group != NULL ? 1 : 0;
    const gsize n_maps = file->links != NULL ? 1 : 0;
    const SpCounts counts = {.n = file->n,
                             .observed = file->observed,
                             .expected = file->expected,
                             .variance = file->expected};
    g_autofree SpReal *global = g_new(SpReal, file->n);
    g_autofree SpReal *gamma = g_new(SpReal, file->n);
    g_autofree SpReal *group = g_new(SpReal, file->n);
    g_autofree SpReal *near = g_new(SpReal, file->n);
    SpListing *listing = sp_listing_new("area", area_columns[n_groupings + 2 * n_maps],
                                        N_FIXED + n_groupings + n_maps);
    (void)sp_shrink_marshall(file->n, file->observed, file->expected, file->expected, global);
    (void)sp_shrink_gamma(file->n, file->observed, file->expected, gamma);
    if (file->group != NULL) {
        sp_shrink_in_groups(&counts, file->group, file->n_groups, group);
    }
    if (file->links != NULL) {
        sp_shrink_among_neighbours(&counts, file->n_links, file->links, near);
    }
    for (gsize i = 0; i < file->n; i++) {
        SpReal figures[N_MOST] = {sp_real(file->observed[i]), sp_real(file->expected[i]),
                                  sp_real(file->observed[i] / file->expected[i]), global[i],
                                  gamma[i]};
        if (file->group != NULL) {
            figures[N_FIXED] = group[i];
        }
        if (file->links != NULL) {
            figures[N_FIXED + n_groupings] = near[i];
        }
        sp_listing_add(listing, file->area[i], figures);
    }
    return listing;
}

SpListing *sp_on_file_funnel(const SpOnFile *file, SpScale scale)
{
    static const char *const columns[] = {
        "numerator", "denominator", "target_transformed", "Y",
        "s",         "Uzscore",     "winsorised",         "Wuzscore",
        "phi",       "tau2",        "z_od_additive",      "z_od_multiplicative"};
    const double *size = scale == SP_SCALE_SHARE_ARCSINE ? file->population : file->expected;
    const SpDispersionForm form = {.scale = scale, .pulled_in = 0.1};
    g_autofree SpDispersed *areas = g_new(SpDispersed, file->n);
    SpListing *listing = sp_listing_new("area", columns, G_N_ELEMENTS(columns));
    const SpOverdispersion all = sp_overdispersion(&form, file->n, file->observed, size, areas);
    for (gsize i = 0; i < file->n; i++) {
        const SpDispersed *area = &areas[i];
        if (sp_real_is_number(area->z)) {
            const SpReal figures[G_N_ELEMENTS(columns)] = {sp_real(file->observed[i]),
                                                           sp_real(size[i]),
                                                           sp_real(all.target),
                                                           area->y,
                                                           area->s,
                                                           area->z,
                                                           sp_real(area->is_pulled_in),
                                                           area->z_pulled_in,
                                                           all.phi,
                                                           all.tau2,
                                                           area->z_additive,
                                                           area->z_multiplicative};
            sp_listing_add(listing, file->area[i], figures);
        }
    }
    return listing;
}
