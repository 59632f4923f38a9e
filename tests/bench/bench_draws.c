/* The benchmark's model through our engine, from the inputs that model.py wrote.
 *
 *   bench_draws FOLDER THREADS [without]
 *
 * Expected paths by cause are cohorts of 60 ages x 2 sexes, aged once; making them is part of the
 * time. `without` leaves out the quantiles: the linker puts __wrap_sp_quantiles in their place. */
#include "core/normal.h"
#include "core/quantile.h"
#include "transforms/project/draws/lanes.h"
#include "transforms/project/draws/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum {
    AGES = 60,
    SEXES = 2,
    COHORTS = AGES * SEXES,
    DAYS = 26,
    PROFESSIONS = 20,
    SERVICES = 6,
    AREAS = 3,
    BANDS = 12,
    FYLKER = 15,
    KOSTRA_GROUPS = 17,
    CENTRALITIES = 7,
    ABOVE = FYLKER + KOSTRA_GROUPS + CENTRALITIES + 1,
    MOST_THREADS = 16,
};

/* As in model.py. */
static const double band_step = 0.01, share_slope = 0.003, share_step = 0.005;
static gboolean has_quantiles = TRUE;

/* The names are the linker's (ld --wrap).
 * NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming) */
void __real_sp_quantiles(gsize n, float values[], gsize n_shares, const double shares[],
                         double quantiles[]);
void __wrap_sp_quantiles(gsize n, float values[], gsize n_shares, const double shares[],
                         double quantiles[]);

void __wrap_sp_quantiles(gsize n, float values[], gsize n_shares, const double shares[],
                         double quantiles[])
{
    if (has_quantiles) {
        __real_sp_quantiles(n, values, n_shares, shares, quantiles);
    }
}
/* NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming) */

typedef struct {
    const char *folder;
    gsize n_kommuner, n_draws, small;
    double *base, *graduates, *foreign, *quits, *hours, *people, *band_need, *need;
    SpNormals normals;
    float *normal[MOST_THREADS], *walk[MOST_THREADS];
    SpDemandPaths demand;
    SpSupplyPaths supply;
} Bench;

static double *read_doubles(const Bench *bench, const char *name, gsize n)
{
    g_autofree char *path = g_strdup_printf("%s/%s.bin", bench->folder, name);
    FILE *file = fopen(path, "rb");
    double *numbers = g_new(double, n);
    if (file == NULL || fread(numbers, sizeof *numbers, n, file) != n) {
        g_error("%s: not %zu numbers; run model.py inputs first", path, n);
    }
    (void)fclose(file);
    return numbers;
}

static void read_inputs(Bench *bench)
{
    g_autofree char *path = g_strdup_printf("%s/sizes.txt", bench->folder);
    g_autofree char *text = NULL;
    char *rest = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_error("%s is not there; run model.py inputs first", path);
    }
    bench->n_kommuner = g_ascii_strtoull(text, &rest, 10);
    bench->n_draws = g_ascii_strtoull(rest, &rest, 10);
    bench->small = g_ascii_strtoull(rest, NULL, 10);
    gsize cells = bench->n_kommuner * PROFESSIONS * COHORTS;
    bench->base = read_doubles(bench, "base", cells);
    bench->graduates = read_doubles(bench, "graduates", cells);
    bench->foreign = read_doubles(bench, "foreign", cells);
    bench->quits = read_doubles(bench, "quits", COHORTS);
    bench->hours = read_doubles(bench, "hours", (gsize)PROFESSIONS * COHORTS);
    bench->people = read_doubles(bench, "people", bench->n_kommuner * DAYS * BANDS);
    bench->band_need = read_doubles(bench, "band_need", (gsize)SERVICES * BANDS);
    bench->need = read_doubles(bench, "need", bench->n_kommuner * SERVICES * PROFESSIONS * DAYS);
}

static char **codes(const char *prefix, gsize n)
{
    char **names = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        names[i] = g_strdup_printf("%s%04zu", prefix, i);
    }
    return names;
}

static SpDrift *drifts(gsize n, double slope_sd, double step_sd)
{
    SpDrift *of = g_new(SpDrift, n);
    for (gsize i = 0; i < n; i++) {
        of[i] = (SpDrift){
            .variance = slope_sd * slope_sd, .innovation = step_sd * step_sd, .damping = 1};
    }
    return of;
}

static double *filled(gsize n, double value)
{
    double *numbers = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        numbers[i] = value;
    }
    return numbers;
}

static void age(const double quits[COHORTS], const double inflow[COHORTS], double stock[COHORTS])
{
    for (gsize i = COHORTS; i-- > 0;) {
        gboolean is_youngest = i % AGES == 0;
        stock[i] = (is_youngest ? 0 : stock[i - 1] * (1 - quits[i - 1])) + inflow[i];
    }
}

static double total(const double stock[COHORTS], const double weight[COHORTS])
{
    double sum = 0;
    for (gsize i = 0; i < COHORTS; i++) {
        sum += stock[i] * weight[i];
    }
    return sum;
}

/* A kommune is its own labour market here. Exits of the country: those of the base's årsverk. */
static void make_supply(Bench *bench)
{
    static const double nobody[COHORTS];
    SpSupplyPaths *supply = &bench->supply;
    gsize n = bench->n_kommuner;
    g_autofree double *left = filled((gsize)PROFESSIONS * DAYS, 0);
    g_autofree double *here = filled((gsize)PROFESSIONS * DAYS, 0);
    for (gsize u = 0; u < n; u++) {
        for (gsize g = 0; g < PROFESSIONS; g++) {
            gsize from = (u * PROFESSIONS + g) * COHORTS;
            const double *hours = &bench->hours[g * COHORTS];
            double stock[3][COHORTS];
            const double *inflow[3] = {nobody, &bench->graduates[from], &bench->foreign[from]};
            memset(stock, 0, sizeof stock);
            memcpy(stock[0], &bench->base[from], sizeof stock[0]);
            for (gsize day = 0; day < DAYS; day++) {
                for (int cause = 0; cause <= SP_CAUSE_FOREIGN; cause++) {
                    sp_supply_at(supply, supply->aarsverk, u, g, (SpSupplyCause)cause)[day] =
                        total(stock[cause], hours);
                }
                for (gsize i = 0; day + 1 < DAYS && i < COHORTS; i++) {
                    gboolean is_oldest = i % AGES == AGES - 1;
                    double next = is_oldest ? 0 : hours[i + 1];
                    left[g * DAYS + day + 1] += stock[0][i] * bench->quits[i] * next;
                    here[g * DAYS + day + 1] += stock[0][i] * next;
                }
                for (int cause = 0; cause <= SP_CAUSE_FOREIGN; cause++) {
                    age(bench->quits, inflow[cause], stock[cause]);
                }
            }
            sp_supply_work(supply, g, u)[u] = 1;
        }
    }
    for (gsize i = 0; i < (gsize)PROFESSIONS * DAYS; i++) {
        gsize first = i / DAYS * SP_N_CAUSES * DAYS + i % DAYS;
        supply->exit_rate[i] = here[i] > 0 ? left[i] / here[i] : 0;
        supply->inflow[first + (gsize)SP_CAUSE_GRADUATES * DAYS] = i % DAYS > 0;
        supply->inflow[first + (gsize)SP_CAUSE_FOREIGN * DAYS] = i % DAYS > 0;
    }
}

static void make_paths(Bench *bench)
{
    gsize n = bench->n_kommuner, local = n * AREAS * DAYS;
    SpDemandPaths *demand = &bench->demand;
    *demand = (SpDemandPaths){
        .n_kommuner = n,
        .n_services = SERVICES,
        .n_areas = AREAS,
        .n_professions = PROFESSIONS,
        .n_days = DAYS,
        .kommuner = codes("", n),
        .services = codes("k", SERVICES),
        .areas = codes("a", AREAS),
        .professions = codes("g", PROFESSIONS),
        .area_of = g_new0(guint, SERVICES),
        .need = g_new(double, n *SERVICES *PROFESSIONS *DAYS),
        .groups.n_groups = BANDS,
        .need_drift = drifts(AREAS, 0.0035, 0.01),
        .share_drift = drifts((gsize)AREAS * PROFESSIONS, share_slope, share_step),
        .band_persons = bench->people,
        .band_need = g_new(double, (gsize)SERVICES *DAYS *BANDS),
        .staff_sd = g_new(double, local),
        .share_sd = filled(local * PROFESSIONS, 0.15),
        .count_variance = filled(n * AREAS * PROFESSIONS, 0.02),
    };
    memcpy(demand->need, bench->need, n * SERVICES * PROFESSIONS * DAYS * sizeof(double));
    for (gsize k = 0; k < SERVICES; k++) {
        demand->area_of[k] = (guint)(k % AREAS);
        for (gsize day = 0; day < DAYS; day++) {
            memcpy(&demand->band_need[(k * DAYS + day) * BANDS], &bench->band_need[k * BANDS],
                   BANDS * sizeof(double));
        }
    }
    for (gsize i = 0; i < local; i++) {
        demand->staff_sd[i] = 0.12 + 0.01 * (double)(i % DAYS);
    }
    bench->supply = (SpSupplyPaths){
        .n_kommuner = n,
        .n_labour_markets = n,
        .n_professions = PROFESSIONS,
        .n_days = DAYS,
        .kommuner = demand->kommuner,
        .labour_markets = demand->kommuner,
        .professions = demand->professions,
        .aarsverk = g_new0(double, n *PROFESSIONS *SP_N_CAUSES *DAYS),
        .persons = filled(n * PROFESSIONS * SP_N_CAUSES * DAYS, 1000),
        /* Kommuner are a small part of who employs them: NumPy's do not take from each other. */
        .aarsverk_all = filled((gsize)PROFESSIONS * SP_N_CAUSES * DAYS, 1e9),
        .work = g_new0(double, PROFESSIONS *n *n),
        .exit_rate = g_new0(double, (gsize)PROFESSIONS *DAYS),
        .inflow = g_new0(double, (gsize)PROFESSIONS *SP_N_CAUSES *DAYS),
        .graduates_sd = filled(PROFESSIONS, 0.1),
        .exit_sd = filled(PROFESSIONS, 0.2),
        .unexplained = filled(PROFESSIONS, 0.005),
        .ageing_persons = filled((gsize)PROFESSIONS * DAYS, 1000),
        .is_from_stock = g_new0(gboolean, PROFESSIONS),
    };
    make_supply(bench);
}

/* Bands of people walk by themselves, as in model.py. */
static void draw_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    Bench *bench = data;
    gsize n = bench->n_draws;
    SpRandom key = sp_random_numbered(sp_random_seed(7), kommune);
    for (gsize band = 0; band < BANDS; band++) {
        SpRandom of_band = sp_random_numbered(key, band);
        float *walk = bench->walk[thread];
        sp_lanes_fill(0, n, walk);
        for (gsize day = 0; day < DAYS; day++) {
            float *to = &persons[(band * DAYS + day) * n];
            if (day > 0) {
                sp_normals_draw(&bench->normals, sp_random_numbered(of_band, day), 0, n,
                                bench->normal[thread]);
                sp_lanes_add((float)band_step, bench->normal[thread], n, walk);
            }
            sp_lanes_exp(walk, 0, n, to);
            sp_lanes_scale((float)bench->people[(kommune * DAYS + day) * BANDS + band], n, to);
        }
    }
}

static gsize region_of(gsize u, gsize n_kommuner, gsize level)
{
    switch (level) {
    case 0:
        return u * FYLKER / n_kommuner;
    case 1:
        return FYLKER + u % KOSTRA_GROUPS;
    case 2:
        return FYLKER + KOSTRA_GROUPS + u % CENTRALITIES;
    default:
        return ABOVE - 1;
    }
}

static SpDrawsResults *run(Bench *bench, guint n_threads)
{
    gsize n = bench->n_kommuner;
    char **above = codes("", ABOVE);
    SpRegionGroup regions[ABOVE];
    SpDrawsProfession professions[PROFESSIONS];
    g_autofree guint *members = g_new(guint, ABOVE * n), *fylke_of = g_new(guint, n);
    for (gsize i = 0; i < ABOVE; i++) {
        regions[i] = (SpRegionGroup){.code = above[i], .members = &members[i * n]};
    }
    for (gsize i = 0; i < 4 * n; i++) {
        SpRegionGroup *region = &regions[region_of(i / 4, n, i % 4)];
        members[(gsize)(region - regions) * n + region->n_members++] = (guint)(i / 4);
        fylke_of[i / 4] = (guint)region_of(i / 4, n, 0);
    }
    for (gsize g = 0; g < PROFESSIONS; g++) {
        professions[g] = (SpDrawsProfession){
            .id = bench->demand.professions[g], .demand = g, .supply = g, .supply_factor = 1};
    }
    const SpDrawsPlan plan = {
        .n_kommuner = n,
        .n_days = DAYS,
        .n_draws = bench->n_draws,
        .kommuner = (const char *const *)bench->demand.kommuner,
        .demand = &bench->demand,
        .supply = &bench->supply,
        .professions = professions,
        .n_professions = PROFESSIONS,
        .regions = regions,
        .n_regions = ABOVE,
        .fylke_of = fylke_of,
        .fylker = (const char *const *)above,
        .n_fylker = FYLKER,
        .people = draw_people,
        .people_data = bench,
        .random = sp_random_seed(1),
        .sizes = {.areas_shared = 0.5,
                  .fylke_shared = 0.15,
                  .participation = {{0.006, 0.9}, 0.5},
                  .exits = {{0, 0.8}, 0.5},
                  .graduates = {{0, 0.8}, 0.3},
                  .foreign = {{0.25, 0.8}, 0.7},
                  .moves = {0.15, 0.9},
                  .market = {0, 1},
                  .fylke = {0.004, 1},
                  .kommune = {0.015, 1},
                  .staying = 0.88,
                  .aarsverk_per_person = 0.7},
    };
    SpDrawsResults *results = sp_draws_run(&plan, n_threads, NULL);
    g_strfreev(above);
    return results;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / G_USEC_PER_SEC;
}

static void print_quantiles(const char *name, const double figures[])
{
    printf(", \"%s\": [%.9g, %.9g, %.9g]", name, figures[1], figures[3], figures[5]);
}

int main(int argc, char **argv)
{
    Bench bench = {0};
    if (argc < 3) {
        (void)fprintf(stderr, "usage: bench_draws FOLDER THREADS [without]\n");
        return 64;
    }
    bench.folder = argv[1];
    guint n_threads = CLAMP((guint)g_ascii_strtoull(argv[2], NULL, 10), 1U, (guint)MOST_THREADS);
    has_quantiles = argc < 4;
    read_inputs(&bench);
    gint64 began = g_get_monotonic_time();
    sp_normals_init(&bench.normals);
    for (guint i = 0; i < n_threads; i++) {
        bench.normal[i] = g_new(float, bench.n_draws);
        bench.walk[i] = g_new(float, bench.n_draws);
    }
    make_paths(&bench);
    g_autoptr(SpDrawsResults) results = run(&bench, n_threads);
    double seconds = (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC;
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    gsize country = results->n_kommuner + ABOVE - 1, biggest = 0;
    for (gsize g = 1; g < PROFESSIONS; g++) {
        if (sp_drawn(results, country, g, 0, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN] >
            sp_drawn(results, country, biggest, 0, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN]) {
            biggest = g;
        }
    }
    printf("{\"seconds\": %.3f, \"cpu\": %.3f, \"peak_mib\": %.0f, \"profession\": %zu", seconds,
           seconds_of(used.ru_utime) + seconds_of(used.ru_stime), (double)used.ru_maxrss / 1024,
           biggest);
    print_quantiles("need", sp_drawn(results, country, biggest, DAYS - 1, SP_DRAWN_NEED));
    print_quantiles("supply", sp_drawn(results, country, biggest, DAYS - 1, SP_DRAWN_SUPPLY));
    gsize small = bench.small;
    print_quantiles("small_need", sp_drawn(results, small, biggest, DAYS - 1, SP_DRAWN_NEED));
    print_quantiles("small_supply", sp_drawn(results, small, biggest, DAYS - 1, SP_DRAWN_SUPPLY));
    printf("}\n");
    return 0;
}
