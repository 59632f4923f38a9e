/* The back-test on the real past: its figures are those that other programs and pages have. */
#include "past.h"

#include "transforms/project/backtest/backtest.h"

enum { KEYS = 7 };

/* Tables of a back-test, or its error. */
static SpTables *judge(const SpTables *in, const char *settings_text, GError **error)
{
    g_autoptr(SpConfig) config = sp_config_new();
    g_autofree char *text = g_strconcat("[project]\nhorizon = 2030\n", settings_text, NULL);
    assert_true(sp_config_add(config, "test", text, NULL));
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "project", sp_backtest_keys, SP_N_BACKTEST_KEYS);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(SpBacktestOptions) options;
    if (!sp_backtest_options_init(&options, in, settings, error) ||
        !sp_backtest(in, &options, out, quality, error)) {
        return NULL;
    }
    return g_steal_pointer(&out);
}

static SpTables *judged(const SpTables *in, const char *settings)
{
    g_autoptr(GError) error = NULL;
    SpTables *out = judge(in, settings, &error);
    assert_no_error(error);
    return out;
}

/* A figure of treffsikkerhet: "befolkning/framskriving/2024/2026/080-105/0/ingen". */
static double at(const SpTables *out, const char *key, const char *measure)
{
    const SpTable *table = sp_tables_find(out, "treffsikkerhet");
    g_auto(GStrv) words = g_strsplit(key, "/", -1);
    static const gsize columns[KEYS] = {0, 1, 2, 3, 4, 5, 6};
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, columns, KEYS);
    gsize row = 0;
    if (!sp_table_index_find(index, (const char *const *)words, &row)) {
        fail_msg("no row %s", key);
    }
    SpReal real = sp_table_real(table, row, sp_table_find(table, measure));
    if (!sp_real_is_number(real)) {
        fail_msg("%s of %s is no number", measure, key);
    }
    return real.value;
}

static const char *const bands[] = {"000-105", "067-079", "080-105", "090-105"};

/* A row of docs/methods/population.md, from our table: another program wrote the page. */
static void assert_errors_on_page(const SpTables *out, int base, const char *area, const char *name,
                                  const char *model, const char *title)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | %s | %s |", base, name, title);
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        g_autofree char *key = g_strdup_printf("befolkning/%s/%d/2026/%s/%s/ingen", model, base,
                                               bands[i], area);
        g_string_append_printf(line, " %.2f / %.2f |", at(out, key, "mape"), at(out, key, "wape"));
    }
    fixture_assert_on_page("population.md", line->str);
}

static void assert_coverage_on_page(const SpTables *out, int base)
{
    g_autofree char *begins = g_strdup_printf("| %d | all 355 |", base);
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        g_autofree char *key =
            g_strdup_printf("befolkning/framskriving/%d/2026/%s/0/ingen", base, bands[i]);
        g_autofree char *part = g_strdup_printf("%s %.0f / %.0f (", begins,
                                                100 * at(out, key, "dekning_80"),
                                                100 * at(out, key, "dekning_90"));
        if (i == 0) {
            fixture_assert_on_page("population.md", part);
        }
        print_message("%d %s %s\n", base, bands[i], part);
    }
}

static void population_is_judged_as_on_its_own_page(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const int bases[] = {2020, 2022, 2024};
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020, 2022, 2024\n");
    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        assert_errors_on_page(out, bases[i], "0", "all 355", "framskriving", "this model");
        assert_errors_on_page(out, bases[i], "0", "all 355", "overlevelse", "plain");
        assert_errors_on_page(out, bases[i], "40", "Telemark 17", "framskriving", "this model");
        assert_errors_on_page(out, bases[i], "40", "Telemark 17", "overlevelse", "plain");
        assert_coverage_on_page(out, bases[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(population_is_judged_as_on_its_own_page),
    };
    return cmocka_run_group_tests(tests, past_read, country_free);
}
