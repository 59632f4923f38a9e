/* Lineage from the lists that name tables. */
#include "tests/core/rows.h"

#include "transforms/project/lineage.h"
#include "transforms/project/project.h"

static SpTables *facts(void)
{
    SpTables *in = sp_tables_new();
    sp_tables_add(in, TABLE("sektor", "tabell:key profesjon:key maal:attribute",
                            "egen lege legeaarsverk", "felles * aarsverk", "absent * aarsverk",
                            "felles lege aarsverk"));
    sp_tables_add(
        in, TABLE("egen", "region:key period:key legeaarsverk:sum annet:sum", "1101 2025 1 2"));
    sp_tables_add(in, TABLE("felles", "region:key navn:attribute aarsverk:sum", "1101 x 3"));
    return in;
}

static void assert_inputs(const SpExplanation *explanation, const char *wanted)
{
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < explanation->inputs->len; i++) {
        g_autofree char *text = sp_cell_format(explanation->inputs->pdata[i]);
        g_string_append_printf(found, "%s\n", text);
    }
    assert_string_equal(found->str, wanted);
}

static void a_list_names_the_tables_of_its_rows_once(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpExplanation) lege = sp_explanation_new();
    sp_project_add_listed(in, "sektor", "profesjon", "lege", lege);
    assert_inputs(lege, "egen legeaarsverk region=* period=*\nfelles aarsverk region=*\n");
    g_autoptr(SpExplanation) other = sp_explanation_new();
    sp_project_add_listed(in, "sektor", "profesjon", "jordmor", other);
    assert_inputs(other, "felles aarsverk region=*\n");
    g_autoptr(SpExplanation) none = sp_explanation_new();
    sp_project_add_listed(in, "overganger", NULL, NULL, none);
    assert_inputs(none, "");
}

static void a_list_without_measures_names_all_of_them(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    sp_tables_add(in, TABLE("utdanning", "profesjon:key tabell:attribute", "lege egen"));
    sp_project_add_listed(in, "utdanning", NULL, NULL, explanation);
    assert_inputs(explanation,
                  "egen legeaarsverk region=* period=*\negen annet region=* period=*\n");
}

/* ---- the back-test ---- */

static SpTables *past(void)
{
    SpTables *in = sp_tables_new();
    static const char *const of[] = {"folkemengde", "ssb_framskriving", "doedelighet",
                                     "bruk",        "brukere",          "aarsverk_utdanning"};
    for (gsize i = 0; i < G_N_ELEMENTS(of); i++) {
        sp_tables_add(in, TABLE(of[i], "period:key tall:sum", "2025 1"));
    }
    sp_tables_add(in, TABLE("tjenester", "tjeneste:key tabell:attribute maal:attribute",
                            "hjemmetjeneste brukere tall"));
    sp_tables_add(in,
                  TABLE("treffsikkerhet_serier",
                        "serie:key tabell:attribute maal:attribute enkel:attribute "
                        "kjede:attribute",
                        "befolkning folkemengde tall overlevelse _",
                        "brukere brukere tall per_innbygger befolkning=080-105~brukere",
                        "alle aarsverk_utdanning tall uendret befolkning=080-105~brukere~alle"));
    SpTable *list = sp_tables_find(in, "treffsikkerhet_serier");
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        g_autofree char *chain = g_strdup(sp_table_code(list, row, 4));
        sp_table_set_code(list, row, 4, g_strdelimit(chain, "~", ' '));
    }
    return in;
}

static void assert_backtest_reads(const char *cell, const char *const names[], gsize n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = past();
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_autofree char *text = g_strdup_printf("%s base=2022 maalaar=2023", cell);
    g_autoptr(SpCell) of = sp_cell_parse(text, &error);
    (void)sp_transform_backtest.explain(in, NULL, of, explanation, &error);
    assert_no_error(error);
    g_autoptr(GString) found = g_string_new(NULL);
    g_autoptr(GString) wanted = g_string_new(NULL);
    for (guint i = 0; i < explanation->inputs->len; i++) {
        g_string_append_printf(found, "%s ", ((SpCell *)explanation->inputs->pdata[i])->table);
    }
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(wanted, "%s ", names[i]);
    }
    assert_string_equal(found->str, wanted->str);
}
#define BACKTEST_READS(cell, ...)                                                                  \
    assert_backtest_reads(cell, (const char *const[]){__VA_ARGS__},                                \
                          G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})))

static void a_forecast_is_of_what_its_model_reads(void **state)
{
    (void)state;
    BACKTEST_READS("treffsikkerhet wape serie=befolkning modell=ssb", "folkemengde",
                   "ssb_framskriving");
    BACKTEST_READS("treffsikkerhet wape serie=befolkning modell=framskriving", "folkemengde",
                   "doedelighet");
    BACKTEST_READS("treffsikkerhet wape serie=brukere modell=uendret", "brukere");
    BACKTEST_READS("treffsikkerhet ferdighet_enkel serie=brukere modell=uendret", "brukere",
                   "folkemengde", "doedelighet");
    BACKTEST_READS("treffsikkerhet wape serie=alle modell=etterspoersel", "aarsverk_utdanning",
                   "folkemengde", "doedelighet", "bruk", "brukere");
    BACKTEST_READS("treffsikkerhet_deling bidrag serie=alle modell=uendret", "aarsverk_utdanning",
                   "folkemengde", "brukere", "doedelighet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_names_the_tables_of_its_rows_once),
        cmocka_unit_test(a_list_without_measures_names_all_of_them),
        cmocka_unit_test(a_forecast_is_of_what_its_model_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
