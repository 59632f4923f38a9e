/** The country's real past with users, nurses and SSB's round of 2024 for Telemark: what the
 * back-test is run on in tests; and the rules of demand. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_BACKTEST_PAST_H
#define SP_TESTS_TRANSFORMS_PROJECT_BACKTEST_PAST_H

#include "tests/transforms/project/demand/config.h"
#include "tests/transforms/project/population/country.h"

/** A configured list of words as the pipeline reads it: all columns are codes. */
static inline SpTable *past_configured(const char *path, const char *name)
{
    g_autofree char *file = g_build_filename(SP_SOURCE_FOLDER, "config", path, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(file, &text, NULL, &error)) {
        fail_msg("%s", error->message);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) names = g_strsplit(lines[0], ",", -1);
    SpTable *table = fixture_table(name, (const char *const *)names, g_strv_length(names), NULL, 0);
    for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, ",", -1);
        gsize row = sp_table_add_row(table);
        for (gsize i = 0; cells[i] != NULL; i++) {
            sp_table_set_code(table, row, i, cells[i]);
        }
    }
    return table;
}

/** One measure of the panel of kommuner, an empty field missing. 1508 and 1580 are left out. */
static inline SpTable *past_panel(const char *shared, const char *name, const char *const names[],
                                  const gsize columns[], gsize n)
{
    static const char *const keys[] = {"region", "period"};
    SpTable *table = fixture_table(name, keys, 2, names, n);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "ssb-panel-kommuner/panel_2015_2022.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **cells = rows->pdata[i];
        if (country_is_divided(cells[0])) {
            continue;
        }
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, cells[0]);
        sp_table_set_code(table, row, 1, cells[1]);
        for (gsize k = 0; k < n; k++) {
            const char *cell = cells[columns[k]];
            sp_table_set_real(table, row, 2 + k,
                              *cell == '\0' ? sp_real_none(SP_MISSING)
                                            : sp_real(fixture_number(cell)));
        }
    }
    return table;
}

static inline SpTable *past_round(const char *shared)
{
    static const char *const keys[] = {"region", "utgave", "alternativ", "alder", "period"};
    static const char *const measures[] = {"innbyggere"};
    static const struct {
        const char *from, *code;
    } ages[] = {{"0", "000-000"},  {"1", "001-005"},  {"6", "006-012"},  {"13", "013-015"},
                {"16", "016-019"}, {"20", "020-044"}, {"45", "045-066"}, {"67", "067-079"},
                {"80", "080-089"}, {"90", "090-105"}};
    SpTable *table = fixture_table("ssb_framskriving", keys, 5, measures, 1);
    g_autoptr(GPtrArray) rows =
        fixture_rows(shared, "ssb-framskriving-telemark/framskriving_2024.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **cells = rows->pdata[i], period[16];
        gsize row = sp_table_add_row(table);
        g_snprintf(period, sizeof period, "%s-01-01", cells[3]);
        sp_table_set_code(table, row, 0, cells[0]);
        sp_table_set_code(table, row, 1, "2024");
        sp_table_set_code(table, row, 2, cells[2]);
        for (gsize k = 0; k < G_N_ELEMENTS(ages); k++) {
            if (strcmp(ages[k].from, cells[4]) == 0) {
                sp_table_set_code(table, row, 3, ages[k].code);
            }
        }
        sp_table_set_code(table, row, 4, period);
        sp_table_set_real(table, row, 5, sp_real(fixture_number(cells[6])));
    }
    return table;
}

/** SpTables in `state`; NULL without the shared data. */
static inline int past_read(void **state)
{
    static const char *const users[] = {"hjemmetjenestebrukere", "hjemmetjenestebrukere_80p",
                                        "institusjon", "institusjon_80p"};
    static const char *const nurses[] = {"sykepleier_aarsverk"};
    static const gsize user_columns[] = {4, 5, 7, 8}, nurse_columns[] = {9};
    g_autofree char *shared = shared_folder();
    (void)country_read(state);
    if (shared != NULL) {
        SpTables *in = *state;
        sp_tables_add(in, past_panel(shared, "brukere", users, user_columns, 4));
        sp_tables_add(in, past_panel(shared, "aarsverk", nurses, nurse_columns, 1));
        sp_tables_add(in, past_round(shared));
        sp_tables_add(in, past_configured("aldersgrupper.csv", "aldersgrupper"));
        sp_tables_add(in,
                      past_configured("framskriving/treffsikkerhet.csv", "treffsikkerhet_serier"));
        config_add(in);
        config_add_use(in);
    }
    return 0;
}

#endif
