/* Which of the cells that could be hidden for the sake of another are. */
#include "tests/transforms/protect/made_up_facts.h"

/* Two kommuner that are all of their fylke, and two professions that are all. One count is few. */
static SpTable *square(void)
{
    SpTable *table = TABLE("fin", "region:key yrke:key period:key personer:sum", "5001 lege 2025 2",
                           "5001 sykepleier 2025 30", "5001 tot 2025 32", "5006 lege 2025 10",
                           "5006 sykepleier 2025 40", "5006 tot 2025 50", "50 lege 2025 12",
                           "50 sykepleier 2025 70", "50 tot 2025 82", "0 lege 2025 12",
                           "0 sykepleier 2025 70", "0 tot 2025 82");
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

static SpTables *shown_square(SpTable *order, GError **error)
{
    SpTable *const tables[] = {
        square(),
        TABLE("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute",
              "fin yrke tot lege sum", "fin yrke tot sykepleier sum"),
        regions(),
        TABLE("skjermingslag",
              "table:attribute layer:attribute measure:attribute rule:attribute of:attribute",
              "fin ansatte personer few _"),
        owners(nobody),
        order,
        NULL};
    return shown_of(tables, 1, USUAL, error);
}

#define ORDER "layer:attribute column:attribute codes:attribute weight:attribute"

static char *hidden_cells(const SpTables *out)
{
    const SpTable *table = sp_tables_find(out, "fin");
    GString *text = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (sp_table_real(table, row, 3).status == SP_SUPPRESSED) {
            g_string_append_printf(text, "%s-%s ", sp_table_code(table, row, 0),
                                   sp_table_code(table, row, 1));
        }
    }
    return g_string_free(text, FALSE);
}

/* The larger totals come first, and all four counts that they are the sums of are hidden. */
static void by_figures_alone_the_smaller_goes_first(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = shown_square(NULL, &error);
    (void)state;
    assert_no_error(error);
    g_autofree char *hidden = hidden_cells(out);
    assert_string_equal(hidden, "5001-lege 5001-sykepleier 5006-lege 5006-sykepleier ");
}

/* Nurses are kept: physicians and the totals, which would tell of them, go. */
static void a_heavier_code_is_kept_before_larger_sums(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = shown_square(
        TABLE("skjermingsrekkefolge", ORDER, "ansatte yrke sykepleier 1", "another yrke tot 100"),
        &error);
    (void)state;
    assert_no_error(error);
    g_autofree char *hidden = hidden_cells(out);
    assert_string_equal(hidden, "5001-lege 5001-tot 5006-lege 5006-tot ");
}

/* Sums of all weigh as much as nurses, and of two of one weight the larger is kept. */
static void no_code_is_the_sum_of_all(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = shown_square(
        TABLE("skjermingsrekkefolge", ORDER, "ansatte yrke sykepleier 1", "ansatte yrke _ 1"),
        &error);
    (void)state;
    assert_no_error(error);
    g_autofree char *hidden = hidden_cells(out);
    assert_string_equal(hidden, "5001-lege 5001-sykepleier 5006-lege 5006-sykepleier ");
}

static gsize n_hidden_of(const Facts *facts, SpTable *order, const char *yrke)
{
    g_autoptr(GError) error = NULL;
    SpTable *const tables[] = {sp_table_copy(facts->fine),
                               sp_table_copy(facts->coarse),
                               structure(),
                               regions(),
                               layers(),
                               owners(nobody),
                               order,
                               NULL};
    g_autoptr(SpTables) out = shown_of(tables, 1, USUAL, &error);
    assert_no_error(error);
    g_autoptr(SpDesign) design = design_of(facts);
    g_autofree gboolean *is_hidden = hidden_of(out, 4);
    gsize n = 0;
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        assert_false(is_hidden[cell] && made_up_follows(design, is_hidden, cell));
        const gboolean is_fine = cell < sp_table_n_rows(facts->fine);
        const SpTable *table = is_fine ? facts->fine : facts->coarse;
        const gsize row = is_fine ? cell : cell - sp_table_n_rows(facts->fine);
        n += is_hidden[cell] && strcmp(sp_table_code(table, row, 1), yrke) == 0 ? 1 : 0;
    }
    return n;
}

static void what_is_kept_longer_is_hidden_less_and_nothing_follows(void **state)
{
    gsize by_figure = 0;
    gsize by_weight = 0;
    (void)state;
    for (guint64 seed = 61; seed <= 66; seed++) {
        g_auto(Facts) facts = facts_of(seed, 12.0);
        by_figure += n_hidden_of(&facts, NULL, "lege");
        by_weight += n_hidden_of(
            &facts,
            TABLE("skjermingsrekkefolge", ORDER, "ansatte yrke lege 2", "ansatte region fylke 1"),
            "lege");
    }
    assert_true(by_weight < by_figure);
}

static void unknown_columns_and_weights_are_told(void **state)
{
    static const char *const rows[][2] = {{"ansatte kjonn 1 1", "kjonn: its tables have no sums"},
                                          {"ansatte yrke tot much", "weight is \"much\""}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(shown_square(TABLE("skjermingsrekkefolge", ORDER, rows[i][0]), &error));
        assert_has(error->message, rows[i][1]);
        assert_int_equal(error->code, SP_ERROR_CONFIG);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_figures_alone_the_smaller_goes_first),
        cmocka_unit_test(a_heavier_code_is_kept_before_larger_sums),
        cmocka_unit_test(no_code_is_the_sum_of_all),
        cmocka_unit_test(what_is_kept_longer_is_hidden_less_and_nothing_follows),
        cmocka_unit_test(unknown_columns_and_weights_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
