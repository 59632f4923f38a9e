/* The worked example of projections.md §12, through the functions that the stage uses. */
#include "small.h"

#include "transforms/project/demand/healthy.h"
#include "transforms/project/demand/parts.h"
#include "transforms/project/demand/work.h"

#include <math.h>

static const char *const services[] = {"hjemme", "inst", "hstj"};
static const char *const professions[] = {"SYK", "HFA", "HSY", "UFA"};
static const struct {
    const char *name, *from, *to;
    guint age; /* the band's people stand at this one age */
} bands[] = {{"0-66", "000", "066", 30}, {"67-79", "067", "079", 70}, {"80+", "080", "105", 85}};

enum { BASE = 2024, LAST = 2027 };

/* Keys to texts of a file of the worked example. */
static GHashTable *read_keys(const char *shared, const char *path)
{
    GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, path);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        g_hash_table_insert(keys, g_strdup(row[0]), g_strdup(row[1]));
    }
    return keys;
}

static double input(GHashTable *keys, const char *format, ...) G_GNUC_PRINTF(2, 3);
static double input(GHashTable *keys, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *key = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return fixture_number(g_hash_table_lookup(keys, key));
}

static double input_or(GHashTable *keys, const char *key)
{
    return g_hash_table_contains(keys, key) ? input(keys, "%s", key) : 0.0;
}

/* Checks every key of a prefix against what `find` computes; the number of them. */
static guint check_keys(const char *shared, const char *prefix, gpointer data,
                        gboolean (*find)(const char *key, gpointer data, double *value))
{
    guint n = 0;
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/testvector.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        double value;
        if (!g_str_has_prefix(row[0], prefix)) {
            continue;
        }
        if (!find(row[0], data, &value)) {
            fail_msg("%s is computed by nothing", row[0]);
        }
        if (fabs(value - fixture_number(row[1])) > fixture_number(row[2])) {
            fail_msg("%s: want %s, got %.17g", row[0], row[1], value);
        }
        n++;
    }
    return n;
}

/* One kommune whose use and staff are those of the example; days between base and last have the
   base's people, for nothing is asked of them. */
static SpTables *example(GHashTable *keys, const char *alternative)
{
    static const char *const rows[] = {"hjemme omsorg 254 brukere _ _ _ _ ja ja _",
                                       "inst omsorg 253 brukere _ _ _ _ ja ja _",
                                       "hstj helse 232 brukere _ _ _ _ nei nei _", NULL};
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _",
                                          "helse 1 stab aarsverk yrke _ omraade=helse _", NULL};
    static const char *const no_floors[] = {NULL};
    SpTables *in = sp_tables_new();
    SpTable *population = fixture_folkemengde(), *region = fixture_region();
    SpTable *use = fixture_bruk();
    sp_table_set_name(population, "framskriving_befolkning");
    fixture_add_region(region, "1101", "11", "S4");
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        char letter = "MK"[sex];
        for (gsize band = 0; band < G_N_ELEMENTS(bands); band++) {
            const char *name = bands[band].name;
            double base = input(keys, "demand.pop2024.%c.%s", letter, name);
            for (int year = BASE; year <= LAST; year++) {
                double persons =
                    year == LAST ? input(keys, "demand.pop2027.%c.%s", letter, name) : base;
                fixture_add_persons(population, "1101", sex, bands[band].age, year,
                                    sp_real(persons));
            }
            for (gsize k = 0; k < G_N_ELEMENTS(services); k++) {
                fixture_add_use(
                    use, services[k], sex == SP_MEN ? "1" : "2", bands[band].from, bands[band].to,
                    input(keys, "demand.users2024.%s.%c.%s", services[k], letter, name) / base);
            }
        }
    }
    g_autoptr(GPtrArray) structure = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) staff = g_ptr_array_new_with_free_func(g_free);
    for (gsize g = 0; g < G_N_ELEMENTS(professions); g++) {
        double area[2] = {0};
        for (gsize k = 0; k < G_N_ELEMENTS(services); k++) {
            double aarsverk = input(keys, "demand.fte2024.%s.%s", services[k], professions[g]);
            g_autofree char *shift = g_strdup_printf("alt.%s.comp_shift_per_year.%s.%s",
                                                     alternative, services[k], professions[g]);
            area[k == 2] += aarsverk;
            if (aarsverk > 0) {
                g_ptr_array_add(structure,
                                g_strdup_printf("%s %s %.17g %.17g 100", services[k],
                                                professions[g], aarsverk, input_or(keys, shift)));
            }
        }
        g_ptr_array_add(staff,
                        g_strdup_printf("1101 omsorg %s 2023 %.17g", professions[g], area[0]));
        g_ptr_array_add(staff,
                        g_strdup_printf("1101 helse %s 2023 %.17g", professions[g], area[1]));
    }
    g_ptr_array_add(structure, NULL);
    g_ptr_array_add(staff, NULL);
    sp_tables_add(in, population);
    sp_tables_add(in, region);
    sp_tables_add(in, use);
    sp_tables_add(in, small_services(rows));
    sp_tables_add(in, small_structure((const char *const *)structure->pdata));
    sp_tables_add(in, small_sources(sources));
    sp_tables_add(in, small_floors(no_floors));
    sp_tables_add(in, small_growth());
    sp_tables_add(in, small_staff((const char *const *)staff->pdata));
    return in;
}

static SpDemandPaths *run_alternative(GHashTable *keys, const char *alternative)
{
    g_autoptr(SpTables) in = example(keys, alternative);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    /* The example's yearly factors of healthier ageing and families are one fall of old use. */
    options.old_use_fall = 1 - (1 - input(keys, "alt.%s.healthy", alternative)) *
                                   (1 - input(keys, "alt.%s.family", alternative));
    options.standard_growth = (1 + input(keys, "alt.%s.std", alternative)) /
                                  (1 + input(keys, "alt.%s.prod", alternative)) -
                              1;
    options.composition = SP_COMPOSITION_TREND;
    return small_model(in, &options);
}

typedef struct {
    GHashTable *paths; /* alternative -> SpDemandPaths */
    GHashTable *keys;
} Demand;

static const SpDemandPaths *path_of(Demand *demand, const char *alternative)
{
    SpDemandPaths *paths = g_hash_table_lookup(demand->paths, alternative);
    if (paths == NULL) {
        paths = run_alternative(demand->keys, alternative);
        g_hash_table_insert(demand->paths, g_strdup(alternative), paths);
    }
    return paths;
}

/* demand.base.SYK.2024 · demand.index.ALT.SERVICE.2027 · demand.fte.ALT.PROFESSION.2027 */
static gboolean find_demand(const char *key, gpointer data, double *value)
{
    g_auto(GStrv) parts = g_strsplit(key, ".", -1);
    if (strcmp(parts[1], "base") == 0) {
        *value = small_need(path_of(data, "demographic"), SP_NEED_TODAY, "1101", parts[2], 0);
        return TRUE;
    }
    const SpDemandPaths *paths = path_of(data, parts[2]);
    gsize day = (gsize)(LAST - BASE);
    if (strcmp(parts[1], "fte") == 0) {
        *value = small_need(paths, SP_NEED_TODAY, "1101", parts[3], day);
        return TRUE;
    }
    /* The index of a service is of its årsverk: users times årsverk per user. */
    double sums[2] = {0};
    for (gsize g = 0; g < paths->n_professions; g++) {
        const double *need =
            sp_demand_need(paths, SP_NEED_TODAY, 0, small_find(paths->services, parts[3]), g);
        sums[0] += need[0];
        sums[1] += need[day];
    }
    *value = sums[1] / sums[0];
    return strcmp(parts[1], "index") == 0;
}

static void demand_keys_are_met(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GHashTable) keys = read_keys(shared, "helsemod/testvector_inputs.csv");
    g_autoptr(GHashTable) paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify)sp_demand_paths_free);
    Demand demand = {paths, keys};
    guint n = check_keys(shared, "demand.", &demand, find_demand);
    print_message("%u keys\n", n);
    assert_true(n >= 45);
}

/* healthy.equal_mort_age.82 and the use there. */
static gboolean find_healthy(const char *key, gpointer data, double *value)
{
    double base[SP_N_AGES] = {0}, use[SP_N_AGES] = {0};
    for (guint age = 80; age <= 83; age++) {
        base[age] = input(data, "healthy.q0.%u", age);
        use[age] = input(data, "healthy.u0.%u", age);
    }
    double age = sp_healthy_age(SP_N_AGES, base, input(data, "healthy.qt.82"), 82, 67);
    *value =
        strcmp(key, "healthy.equal_mort_age.82") == 0 ? age : sp_healthy_use(SP_N_AGES, use, age);
    return TRUE;
}

static void healthy_keys_are_met(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GHashTable) keys = read_keys(shared, "helsemod/testvector_inputs.csv");
    assert_int_equal(check_keys(shared, "healthy.", keys, find_healthy), 2);
}

/* Rogaland without Oslo: sums of a column in a year. */
static double rogaland(const char *shared, gsize column, int year)
{
    double sum = 0;
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/rogaland_oslo_2015_2020_2025.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if ((int)fixture_number(row[1]) == year && g_str_has_prefix(row[0], "11") &&
            *row[column] != '\0') {
            sum += fixture_number(row[column]);
        }
    }
    return sum;
}

static gboolean find_ratio(const char *key, gpointer data, double *value)
{
    int year = g_str_has_suffix(key, "2015") ? 2015 : 2025;
    *value =
        sp_real_rate(sp_real(rogaland(data, 4, year)), sp_real(rogaland(data, 5, year)), 1.0).value;
    return g_str_has_prefix(key, "ind.ratio_67_79_per_80p.");
}

static void ratio_keys_are_met(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    assert_int_equal(check_keys(shared, "ind.", shared, find_ratio), 2);
}

/* Slope of a level that is published of the first and the last of `years` + 1 years. */
static double published_slope(double before, double after, gsize years)
{
    g_autofree double *figure = g_new0(double, years + 1);
    g_autofree double *driver = g_new(double, years + 1);
    g_autofree gboolean *is_seen = g_new0(gboolean, years + 1);
    for (gsize year = 0; year <= years; year++) {
        driver[year] = 1;
    }
    figure[0] = before;
    figure[years] = after;
    is_seen[0] = is_seen[years] = TRUE;
    const SpDriftData past = {.n_kommuner = 1,
                              .n_years = years + 1,
                              .observed = figure,
                              .is_seen = is_seen,
                              .driver = driver};
    return sp_drift_seen(&past, 0.01).slope;
}

/* Published levels: employment 2017 and 2060 (Rapporter 2019/12), places with staff round the clock
   2017 and 2035. */
static gboolean find_growth(const char *key, gpointer data, double *value)
{
    (void)data;
    double slope = strcmp(key, "pub.growth.2017_2060_pct_per_year") == 0
                       ? published_slope(310000, 618000, 2060 - 2017)
                       : published_slope(65353, 87000, 2035 - 2017);
    *value = 100 * expm1(slope);
    return TRUE;
}

static void published_growth_keys_are_met(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    assert_int_equal(check_keys(shared, "pub.growth", NULL, find_growth), 1);
    assert_int_equal(check_keys(shared, "pub.hdop", NULL, find_growth), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(demand_keys_are_met),
        cmocka_unit_test(healthy_keys_are_met),
        cmocka_unit_test(ratio_keys_are_met),
        cmocka_unit_test(published_growth_keys_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
