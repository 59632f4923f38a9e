/* Measures of variation over the country, made up: 357 areas of the sizes that kommuner have.
 *
 *   bench_vary FOLDER INDICATORS     writes FOLDER/areas.csv for vary.R, and prints what it
 *                                    measured as `name,value`
 *
 * One unit is an indicator and period: the headline measure with its interval, and 1 000 bootstrap
 * replicates of the others. Seconds of processor time, but for `wall`, which is that of all units
 * on two threads. */
#include "transforms/vary/funnel/among.h"
#include "transforms/vary/model/shares.h"
#include "transforms/vary/spread/bootstrap.h"
#include "transforms/vary/spread/headline.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    AREAS = 357,
    COVARIATES = 8,
    REPLICATES = 1000,
    GLMS = 200,
    UNITS = 40,
    SHARES = 5,
    THREADS = 2
};

typedef struct {
    double observed[AREAS], expected[AREAS], ratio[AREAS], offset[AREAS];
    double x[AREAS * COVARIATES];
} Country;

static void make_country(Country *country, unsigned long seed)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed);
    for (int i = 0; i < AREAS; i++) {
        double effect = gsl_ran_gaussian(rng, 0.2);
        for (int j = 0; j < COVARIATES; j++) {
            country->x[i * COVARIATES + j] = gsl_ran_ugaussian(rng);
            effect += 0.05 * country->x[i * COVARIATES + j];
        }
        country->expected[i] = 60.0 * exp(1.2 * gsl_cdf_ugaussian_Pinv((i + 0.5) / AREAS));
        country->offset[i] = log(country->expected[i]);
        country->observed[i] = gsl_ran_poisson(rng, country->expected[i] * exp(effect));
        country->ratio[i] = country->observed[i] / country->expected[i];
    }
    gsl_rng_free(rng);
}

static void write_country(const Country *country, const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "areas.csv", NULL);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        g_error("%s cannot be written", path);
    }
    (void)fprintf(file, "observed,expected,x1,x2,x3,x4,x5,x6,x7,x8\n");
    for (int i = 0; i < AREAS; i++) {
        (void)fprintf(file, "%.0f,%.17g", country->observed[i], country->expected[i]);
        for (int j = 0; j < COVARIATES; j++) {
            (void)fprintf(file, ",%.17g", country->x[i * COVARIATES + j]);
        }
        (void)fprintf(file, "\n");
    }
    (void)fclose(file);
}

static double processor_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void time_glm(const Country *country)
{
    const SpGlmData data = {
        SP_GLM_POISSON, {AREAS, COVARIATES, country->x}, country->observed, NULL, country->offset};
    const double begun = processor_seconds();
    double slope = 0.0;
    for (int k = 0; k < GLMS; k++) {
        g_autoptr(SpGlm) glm = sp_glm_new(&data);
        slope = glm->coefficient[1];
    }
    printf("glm,%.9g\nslope,%.12g\n", (processor_seconds() - begun) / GLMS, slope);
}

static SpBootAreas boot_areas(const Country *country)
{
    return (SpBootAreas){AREAS,
                         country->ratio,
                         country->expected,
                         country->observed,
                         country->expected,
                         country->expected,
                         5.0};
}

/* Who stands out among kommuner: the common law, and each one's tail and four limits. */
static void tell_among(const Country *country)
{
    static const double tails[] = {0.001, 0.025, 0.975, 0.999};
    const SpAmongForm form = {.pulled_in = 0.1, .false_discovery = 0.05};
    const SpTypical common =
        sp_among_find(&(SpHeadlineAreas){AREAS, country->observed, country->expected, NULL}, &form);
    for (gsize i = 0; i < AREAS; i++) {
        const SpWide law = sp_among_law(&common, country->expected[i], 0.0);
        (void)sp_wide_tails(&law, country->observed[i]);
        for (gsize k = 0; k < G_N_ELEMENTS(tails); k++) {
            (void)sp_wide_limit(&law, tails[k]);
        }
    }
}

static void time_parts(const Country *country)
{
    const SpBootAreas areas = boot_areas(country);
    SpBootInterval interval[SP_BOOT_N];
    double begun = processor_seconds();
    for (int k = 0; k < UNITS; k++) {
        (void)sp_headline(&(SpHeadlineAreas){AREAS, country->observed, country->expected, NULL});
    }
    const SpHeadline headline =
        sp_headline(&(SpHeadlineAreas){AREAS, country->observed, country->expected, NULL});
    printf("headline,%.9g\nsd,%.9g\n", (processor_seconds() - begun) / (UNITS + 1),
           headline.sd.value);
    begun = processor_seconds();
    for (int k = 0; k < UNITS; k++) {
        sp_bootstrap(&areas, sp_random_seed((guint64)k), REPLICATES, interval);
    }
    const double drawn = processor_seconds() - begun;
    begun = processor_seconds();
    for (int k = 0; k < UNITS; k++) {
        tell_among(country);
    }
    printf("among,%.9g\n", (processor_seconds() - begun) / UNITS);
    printf("bootstrap,%.9g\nscv_low,%.9g\nscv_high,%.9g\n", drawn / UNITS,
           interval[SP_BOOT_SCV].low.value, interval[SP_BOOT_SCV].high.value);
    const SpSharesData data = {.family = SP_GLM_POISSON,
                               .n = AREAS,
                               .observed = country->observed,
                               .offset = country->offset,
                               .n_need = COVARIATES / 2,
                               .n_constraint = COVARIATES / 2,
                               .x = country->x};
    double unexplained = 0.0;
    begun = processor_seconds();
    for (int k = 0; k < SHARES; k++) {
        g_autoptr(SpShares) shares = sp_shares_new(&data);
        unexplained = shares->unexplained.value;
    }
    printf("shares,%.9g\nunexplained,%.9g\n", (processor_seconds() - begun) / SHARES, unexplained);
}

typedef struct {
    const Country *country;
    int first, n;
} Work;

static gpointer do_work(gpointer from)
{
    const Work *work = (const Work *)from;
    const SpBootAreas areas = boot_areas(work->country);
    for (int k = work->first; k < work->n; k += THREADS) {
        SpBootInterval interval[SP_BOOT_N];
        (void)sp_headline(
            &(SpHeadlineAreas){AREAS, work->country->observed, work->country->expected, NULL});
        sp_bootstrap(&areas, sp_random_seed((guint64)k), REPLICATES, interval);
        tell_among(work->country);
    }
    return NULL;
}

static void time_all(const Country *country, int n)
{
    GThread *threads[THREADS];
    Work work[THREADS];
    const gint64 begun = g_get_monotonic_time();
    const double processor = processor_seconds();
    for (int t = 0; t < THREADS; t++) {
        work[t] = (Work){country, t, n};
        threads[t] = g_thread_new("units", do_work, &work[t]);
    }
    for (int t = 0; t < THREADS; t++) {
        (void)g_thread_join(threads[t]);
    }
    printf("units,%d\nprocessor,%.6g\nwall,%.6g\n", n, processor_seconds() - processor,
           (double)(g_get_monotonic_time() - begun) / 1e6);
}

int main(int argc, char **argv)
{
    g_autofree Country *country = g_new(Country, 1);
    if (argc != 3) {
        g_printerr("usage: bench_vary FOLDER INDICATORS\n");
        return 64;
    }
    gsl_set_error_handler_off();
    make_country(country, 1);
    write_country(country, argv[1]);
    time_glm(country);
    time_parts(country);
    time_all(country, 10 * (int)g_ascii_strtoll(argv[2], NULL, 10));
    return 0;
}
