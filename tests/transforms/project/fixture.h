/** Tables as the projections take them: built row by row, or from the shared reference data. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_FIXTURE_H
#define SP_TESTS_TRANSFORMS_PROJECT_FIXTURE_H

#include "tests/check.h"

#include "core/config.h"
#include "core/number.h"
#include "core/table.h"
#include "transforms/project/population/rates.h"

/** Rows of a plain CSV file (no quotes) as GStrv, the header left out. */
static inline GPtrArray *fixture_rows(const char *folder, const char *path)
{
    g_autofree char *name = g_build_filename(folder, path, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    if (!g_file_get_contents(name, &text, &size, &error)) {
        fail_msg("%s", error->message);
    }
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    /* Line by line: splitting the whole at once takes minutes under the address sanitizer. */
    gboolean is_header = TRUE;
    for (char *line = text, *end; (end = memchr(line, '\n', size)) != NULL; line = end + 1) {
        *end = '\0';
        size -= (gsize)(end - line) + 1;
        if (!is_header) {
            g_ptr_array_add(rows, g_strsplit(line, ",", -1));
        }
        is_header = FALSE;
    }
    return rows;
}

/** Settings with the years that parts are told of ("2030, 2035") and no other. */
static inline SpSettings *fixture_chosen(const char *years)
{
    static const char *const keys[] = {"project.alternative_years"};
    g_autoptr(SpConfig) config = sp_config_new();
    g_autofree char *text = g_strdup_printf("[project]\nalternative_years = %s\n", years);
    g_autoptr(GError) error = NULL;
    assert_true(sp_config_add(config, "test.conf", text, &error));
    return sp_settings_new(config, NULL, keys, G_N_ELEMENTS(keys));
}

static inline double fixture_number(const char *text)
{
    double value = 0;
    if (text == NULL || !sp_number_parse(text, strlen(text), sp_number_plain, &value)) {
        fail_msg("\"%s\" is not a number", text == NULL ? "(nothing)" : text);
    }
    return value;
}

static inline SpTable *fixture_table(const char *name, const char *const keys[], gsize n_keys,
                                     const char *const measures[], gsize n_measures)
{
    SpTable *table = sp_table_new(name, NULL, 0);
    for (gsize i = 0; i < n_keys; i++) {
        sp_table_add_column(table,
                            &(SpColumn){.name = keys[i], .kind = SP_COLUMN_CODE, .is_key = TRUE});
    }
    for (gsize i = 0; i < n_measures; i++) {
        sp_table_add_column(table, &(SpColumn){.name = measures[i], .kind = SP_COLUMN_MEASURE});
    }
    return table;
}

/** Empty tables by docs/tables.md. */
static inline SpTable *fixture_folkemengde(void)
{
    static const char *const keys[] = {"region", "kjonn", "alder", "period"};
    static const char *const measures[] = {"innbyggere"};
    return fixture_table("folkemengde", keys, 4, measures, 1);
}

static inline SpTable *fixture_doedelighet(void)
{
    static const char *const keys[] = {"kjonn", "alder", "period"};
    static const char *const measures[] = {"middelfolkemengde", "doede", "doedsrate"};
    return fixture_table("doedelighet", keys, 3, measures, 3);
}

static inline SpTable *fixture_fruktbarhet(void)
{
    static const char *const keys[] = {"alder", "period"};
    static const char *const measures[] = {"fruktbarhetsrate"};
    return fixture_table("fruktbarhet", keys, 2, measures, 1);
}

static inline SpTable *fixture_region(void)
{
    static const char *const keys[] = {"region", "slag", "fylke", "sentralitet"};
    return fixture_table("region", keys, 4, NULL, 0);
}

static inline SpTable *fixture_bruk(void)
{
    static const char *const keys[] = {"tjeneste", "kjonn", "alder_fra", "alder_til", "kilde"};
    static const char *const measures[] = {"bruk"};
    return fixture_table("bruk", keys, 5, measures, 1);
}

static inline const char *fixture_age(guint age, char text[8])
{
    g_snprintf(text, 8, "%03u", age);
    return text;
}

/** kjonn by SP_MEN, SP_WOMEN. Returns the row. */
static inline gsize fixture_add_persons(SpTable *table, const char *region, guint sex, guint age,
                                        int year, SpReal persons)
{
    char code[8], period[16];
    gsize row = sp_table_add_row(table);
    g_snprintf(period, sizeof period, "%d-01-01", year);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, sex == SP_MEN ? "1" : "2");
    sp_table_set_code(table, row, 2, fixture_age(age, code));
    sp_table_set_code(table, row, 3, period);
    sp_table_set_real(table, row, 4, persons);
    return row;
}

typedef struct {
    double exposure, deaths, rate;
} FixtureDeaths;

static inline void fixture_add_deaths(SpTable *table, guint sex, guint age, int year,
                                      FixtureDeaths told)
{
    char code[8], period[16];
    gsize row = sp_table_add_row(table);
    g_snprintf(period, sizeof period, "%d", year);
    sp_table_set_code(table, row, 0, sex == SP_MEN ? "1" : "2");
    sp_table_set_code(table, row, 1, fixture_age(age, code));
    sp_table_set_code(table, row, 2, period);
    sp_table_set_real(table, row, 3, sp_real(told.exposure));
    sp_table_set_real(table, row, 4, sp_real(told.deaths));
    sp_table_set_real(table, row, 5, sp_real(told.rate));
}

static inline void fixture_add_births(SpTable *table, guint age, int year, double rate)
{
    char code[8], period[16];
    gsize row = sp_table_add_row(table);
    g_snprintf(period, sizeof period, "%d", year);
    sp_table_set_code(table, row, 0, fixture_age(age, code));
    sp_table_set_code(table, row, 1, period);
    sp_table_set_real(table, row, 2, sp_real(rate));
}

static inline void fixture_add_region(SpTable *table, const char *region, const char *fylke,
                                      const char *centrality)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, "kommune");
    sp_table_set_code(table, row, 2, fylke);
    sp_table_set_code(table, row, 3, centrality);
}

static inline void fixture_add_use(SpTable *table, const char *tjeneste, const char *kjonn,
                                   const char *from, const char *to, double use)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, tjeneste);
    sp_table_set_code(table, row, 1, kjonn);
    sp_table_set_code(table, row, 2, from);
    sp_table_set_code(table, row, 3, to);
    sp_table_set_real(table, row, 5, sp_real(use));
}

/** A mortality that rises by age and falls `decline` a year, from `first` to `last`; the whole
 * table. */
static inline SpTable *fixture_smooth_deaths(int first, int last, double decline)
{
    SpTable *table = fixture_doedelighet();
    for (int year = first; year <= last; year++) {
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            for (guint age = 0; age < SP_N_RATE_AGES; age++) {
                double rate = (sex == SP_MEN ? 4e-5 : 3e-5) * exp(0.095 * age) *
                              exp(-decline * (year - first));
                fixture_add_deaths(table, sex, age, year, (FixtureDeaths){1e5, 1e5 * rate, rate});
            }
        }
    }
    return table;
}

/** Births per woman at ages 20-39, `rate` in each year from `first` to `last`. */
static inline SpTable *fixture_flat_births(int first, int last, double rate)
{
    SpTable *table = fixture_fruktbarhet();
    for (int year = first; year <= last; year++) {
        for (guint age = 20; age < 40; age++) {
            fixture_add_births(table, age, year, rate);
        }
    }
    return table;
}

/** Every sex and age of a kommune on a day: `size` persons at each age below 90, then a tenth of
 * that. */
static inline void fixture_add_kommune(SpTable *table, const char *region, int year, double size)
{
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            fixture_add_persons(table, region, sex, age, year,
                                sp_real(age < 90 ? size : size / 10));
        }
    }
}

/** The row of a person cell; kjonn by SP_MEN, SP_WOMEN. Fails if it is not there. */
static inline gsize fixture_find(const SpTable *table, const char *region, guint sex, guint age,
                                 int year)
{
    char code[8], period[16];
    fixture_age(age, code);
    g_snprintf(period, sizeof period, "%d-01-01", year);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 2), code) == 0 &&
            strcmp(sp_table_code(table, row, 0), region) == 0 &&
            strcmp(sp_table_code(table, row, 1), sex == SP_MEN ? "1" : "2") == 0 &&
            strcmp(sp_table_code(table, row, 3), period) == 0) {
            return row;
        }
    }
    fail_msg("no row %s %u %u %d", region, sex, age, year);
    return 0;
}

/** The shared mortality and fertility as our tables. */
static inline SpTable *fixture_shared_deaths(const char *shared)
{
    SpTable *table = fixture_doedelighet();
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "hmd-hfd-norge/dodelighet_1990_2023.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        fixture_add_deaths(table, strcmp(row[3], "Male") == 0 ? SP_MEN : SP_WOMEN,
                           (guint)fixture_number(row[1]), (int)fixture_number(row[0]),
                           (FixtureDeaths){fixture_number(row[4]), fixture_number(row[5]),
                                           fixture_number(row[6])});
    }
    return table;
}

static inline SpTable *fixture_shared_births(const char *shared)
{
    SpTable *table = fixture_fruktbarhet();
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "hmd-hfd-norge/fruktbarhet_1990_2022.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        fixture_add_births(table, (guint)fixture_number(row[1]), (int)fixture_number(row[0]),
                           fixture_number(row[3]));
    }
    return table;
}

/** Fails unless a line stands on a page of docs/methods as it is: the page's figures are those of
 * the tests. */
static inline void fixture_assert_on_page(const char *name, const char *line)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "docs", "methods", name, NULL);
    g_autofree char *page = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &page, NULL, &error)) {
        fail_msg("%s", error->message);
    }
    if (strstr(page, line) == NULL) {
        fail_msg("docs/methods/%s does not say\n%s", name, line);
    }
}

#endif
