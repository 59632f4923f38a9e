/** The country as table 07459 had it 2020-2026, on the kommuner of 2024, with the shared rates: for
 * tests that judge the projection on real figures. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_COUNTRY_H
#define SP_TESTS_TRANSFORMS_PROJECT_COUNTRY_H

#include "tests/transforms/project/fixture.h"

#include "core/table_rows.h"
#include "transforms/project/project.h"

enum { COUNTRY_FIRST = 2020, COUNTRY_LAST = 2026, COUNTRY_N = 355 };

/* Ålesund was divided in 2024: its parts have no history of their own and stay out of every
 * measure. */
static inline gboolean country_is_divided(const char *kommune)
{
    return strcmp(kommune, "1507") == 0 || strcmp(kommune, "1508") == 0 ||
           strcmp(kommune, "1580") == 0;
}

/* Codes of 2020-2023 to those of 2024, from KLASS's changes of 1 January 2024. */
static inline GHashTable *country_new_codes(const char *shared)
{
    GHashTable *codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) rows =
        fixture_rows(shared, "ssb-klass-131-kommuner/kommune_endringer_1839_2024.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[0], "2024-01-01") == 0) {
            g_hash_table_insert(codes, g_strdup(row[1]), g_strdup(row[3]));
        }
    }
    return codes;
}

static inline SpTable *country_population(const char *shared)
{
    SpTable *table = fixture_folkemengde();
    g_autoptr(GHashTable) codes = country_new_codes(shared);
    for (int year = COUNTRY_FIRST; year <= COUNTRY_LAST; year++) {
        g_autofree char *path = g_strdup_printf("ssb-07459-folkemengde/folkemengde_%d.csv", year);
        g_autoptr(GPtrArray) rows = fixture_rows(shared, path);
        for (guint i = 0; i < rows->len; i++) {
            char **row = rows->pdata[i];
            const char *code = year < 2024 ? g_hash_table_lookup(codes, row[0]) : NULL;
            code = code == NULL ? row[0] : code;
            if (!country_is_divided(code)) {
                fixture_add_persons(table, code, row[1][0] == '1' ? SP_MEN : SP_WOMEN,
                                    (guint)fixture_number(row[2]), year,
                                    sp_real(fixture_number(row[3])));
            }
        }
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
