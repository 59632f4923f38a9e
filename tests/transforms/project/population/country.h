/** The country as table 07459 had it 2017-2026, on the kommuner of 2024, with the shared rates: for
 * tests that judge the projection on real figures. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_COUNTRY_H
#define SP_TESTS_TRANSFORMS_PROJECT_COUNTRY_H

#include "tests/transforms/project/fixture.h"

#include "core/table_rows.h"
#include "transforms/project/population/history.h"
#include "transforms/project/project.h"

/* Until 2019 men and women stand together. */
enum { COUNTRY_FIRST = 2017, COUNTRY_FIRST_APART = 2020, COUNTRY_LAST = 2026, COUNTRY_N = 355 };

/* Ålesund was divided in 2024: its parts have no history of their own and stay out of every
 * measure. */
static inline gboolean country_is_divided(const char *kommune)
{
    return strcmp(kommune, "1507") == 0 || strcmp(kommune, "1508") == 0 ||
           strcmp(kommune, "1580") == 0;
}

/* A step of a code: on `day` "old" became (part of) "new". */
typedef struct {
    char *day, *old_code, *new_code;
} CountryStep;

static inline void country_step_free(gpointer data)
{
    CountryStep *step = data;
    g_free(step->day);
    g_free(step->old_code);
    g_free(step->new_code);
    g_free(step);
}

/* KLASS's changes since 2017, by day: those that give an old code another one, and the splits. */
static inline GPtrArray *country_steps(const char *shared)
{
    GPtrArray *steps = g_ptr_array_new_with_free_func(country_step_free);
    g_autoptr(GPtrArray) rows =
        fixture_rows(shared, "ssb-klass-131-kommuner/kommune_endringer_1839_2024.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[0], "2017-01-01") > 0) {
            CountryStep *step = g_new(CountryStep, 1);
            *step = (CountryStep){g_strdup(row[0]), g_strdup(row[1]), g_strdup(row[3])};
            g_ptr_array_add(steps, step);
        }
    }
    return steps;
}

/* The code of 2024 of a kommune of 1 January `year`. What was divided on the way, and what got a
 * part of a divided one, has no history of its own before: NULL. */
static inline const char *country_new_code(const GPtrArray *steps, const char *code, int year)
{
    char from[16], day[16] = "";
    g_snprintf(from, sizeof from, "%d-01-01", year);
    for (guint i = 0; i < steps->len; i++) {
        const CountryStep *step = steps->pdata[i];
        if (strcmp(step->day, from) <= 0 || strcmp(step->day, day) == 0 ||
            strcmp(step->old_code, code) != 0) {
            continue;
        }
        for (guint k = 0; k < steps->len; k++) {
            const CountryStep *other = steps->pdata[k];
            if (strcmp(other->day, step->day) == 0 && strcmp(other->old_code, code) == 0 &&
                strcmp(other->new_code, step->new_code) != 0) {
                return NULL;
            }
        }
        g_strlcpy(day, step->day, sizeof day);
        code = step->new_code;
    }
    return code;
}

/* Codes of 2024 that on some day after `year` got a part of a divided kommune. */
static inline GHashTable *country_mixed(const GPtrArray *steps, int year)
{
    GHashTable *mixed = g_hash_table_new(g_str_hash, g_str_equal);
    char from[16];
    g_snprintf(from, sizeof from, "%d-01-01", year);
    for (guint i = 0; i < steps->len; i++) {
        const CountryStep *step = steps->pdata[i];
        guint n_parts = 0;
        for (guint k = 0; k < steps->len; k++) {
            const CountryStep *other = steps->pdata[k];
            n_parts +=
                strcmp(other->day, step->day) == 0 && strcmp(other->old_code, step->old_code) == 0;
        }
        int day_year = (int)fixture_number(
            (char[]){step->day[0], step->day[1], step->day[2], step->day[3], '\0'});
        const char *now = country_new_code(steps, step->new_code, day_year);
        if (n_parts > 1 && strcmp(step->day, from) > 0 && now != NULL) {
            g_hash_table_add(mixed, (gpointer)now);
        }
    }
    return mixed;
}

static inline void country_add_day(SpTable *table, const char *shared, const GPtrArray *steps,
                                   int year)
{
    gboolean is_apart = year >= COUNTRY_FIRST_APART;
    g_autofree char *path = g_strdup_printf("ssb-07459-folkemengde/folkemengde_%d%s.csv", year,
                                            is_apart ? "" : "_begge_kjonn");
    g_autoptr(GPtrArray) rows = fixture_rows(shared, path);
    g_autoptr(GHashTable) mixed = country_mixed(steps, year);
    /* Persons by code of 2024, sex and age: kommuner that were joined add up. */
    g_autoptr(GHashTable) sums = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        const char *code = country_new_code(steps, row[0], year);
        if (code == NULL || country_is_divided(code) || g_hash_table_contains(mixed, code)) {
            continue;
        }
        SpPersons *sum = g_hash_table_lookup(sums, code);
        if (sum == NULL) {
            sum = g_new0(SpPersons, 1);
            g_hash_table_insert(sums, (gpointer)code, sum);
            g_ptr_array_add(order, (gpointer)code);
        }
        guint sex = is_apart && row[1][0] == '2' ? SP_WOMEN : SP_MEN;
        sum->count[sex][(guint)fixture_number(row[is_apart ? 2 : 1])] +=
            fixture_number(row[is_apart ? 3 : 2]);
    }
    for (guint i = 0; i < order->len; i++) {
        const SpPersons *sum = g_hash_table_lookup(sums, order->pdata[i]);
        for (guint sex = 0; sex < (is_apart ? 2U : 1U); sex++) {
            for (guint age = 0; age < SP_N_AGES; age++) {
                gsize row = fixture_add_persons(table, order->pdata[i], sex, age, year,
                                                sp_real(sum->count[sex][age]));
                if (!is_apart) {
                    sp_table_set_code(table, row, 1, "0");
                }
            }
        }
    }
}

static inline SpTable *country_population(const char *shared)
{
    SpTable *table = fixture_folkemengde();
    g_autoptr(GPtrArray) steps = country_steps(shared);
    for (int year = COUNTRY_FIRST; year <= COUNTRY_LAST; year++) {
        country_add_day(table, shared, steps, year);
    }
    return table;
}

static inline SpTable *country_regions(const char *shared)
{
    SpTable *table = fixture_region();
    g_autoptr(GPtrArray) rows =
        fixture_rows(shared, "kostra-grupper-sentralitet/kommune_kostragruppe_sentralitet.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        char fylke[3] = {row[0][0], row[0][1], '\0'};
        fixture_add_region(table, row[0], fylke, row[3]);
    }
    return table;
}

static inline int country_read(void **state)
{
    g_autofree char *shared = shared_folder();
    if (shared != NULL) {
        SpTables *in = sp_tables_new();
        sp_tables_add(in, country_population(shared));
        sp_tables_add(in, fixture_shared_deaths(shared));
        sp_tables_add(in, fixture_shared_births(shared));
        sp_tables_add(in, country_regions(shared));
        *state = in;
    }
    return 0;
}

static inline int country_free(void **state)
{
    g_clear_pointer((SpTables **)state, sp_tables_free);
    return 0;
}

static inline SpTable *country_project(const SpTables *in, const char *settings_text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_add(config, "test", settings_text, &error));
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "project", sp_transform_population.config_keys,
                        sp_transform_population.n_config_keys);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_transform_population.run(in, settings, out, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_quality_count(quality, "unsettled_estimate"), 0);
    return sp_tables_steal(out, "framskriving_befolkning");
}

/* Persons of each kommune in an age band on 1 January of a year: char* -> double*. */
static inline GHashTable *country_band(const SpTable *table, int year, guint from, guint to)
{
    GHashTable *sums = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autofree gint32 *ages = sp_ages_of_codes(sp_table_codes(table, 2), SP_N_AGES);
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(table, 3), TRUE);
    const guint32 *age = sp_table_code_numbers_const(table, 2);
    const guint32 *period = sp_table_code_numbers_const(table, 3);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (years[period[row]] == year && ages[age[row]] >= (gint32)from &&
            ages[age[row]] <= (gint32)to) {
            const char *region = sp_table_code(table, row, 0);
            double *sum = g_hash_table_lookup(sums, region);
            if (sum == NULL) {
                sum = g_new0(double, 1);
                g_hash_table_insert(sums, (gpointer)region, sum);
            }
            *sum += sp_table_real(table, row, 4).value;
        }
    }
    return sums;
}

#endif
