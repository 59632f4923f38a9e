/* Rules that a layer asks for beside those of its measures: golden sets 25 and 26 by way of config,
 * zeros, floors, and what is refused. */
#include "tests/transforms/protect/made_up_facts.h"
#include "tests/transforms/vary/golden.h"

/* Rows of four fields with a slash between them. */
static SpTable *rules_of(const char *const rows[])
{
    SpTable *table =
        table_of("skjermingsregler",
                 "layer:attribute rule:attribute column:attribute settings:attribute", 0, NULL);
    for (; *rows != NULL; rows++) {
        g_auto(GStrv) fields = g_strsplit(*rows, "/", 4);
        const gsize row = sp_table_add_row(table);
        for (gsize i = 0; i < 4; i++) {
            sp_table_set_code(table, row, i, fields[i]);
        }
    }
    return table;
}

#define RULES(...) rules_of((const char *const[]){__VA_ARGS__, NULL})

static const char *const layer_columns =
    "table:attribute layer:attribute measure:attribute rule:attribute of:attribute";
static const char *const structure_columns =
    "tabell:key kolonne:key hel:key del:key personer:attribute";

/* How many cells the report has under the columns from one to another. */
static double n_hidden_by(const SpTables *out, const char *layer, const char *from, const char *to)
{
    const SpTable *report = sp_tables_find(out, SP_TABLE_HIDDEN);
    double n = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(report); row++) {
        for (gsize i = sp_table_find(report, from); i <= sp_table_find(report, to); i++) {
            n += strcmp(sp_table_code(report, row, 1), layer) == 0
                     ? sp_table_real(report, row, i).value
                     : 0.0;
        }
    }
    return n;
}

/* ---- golden set 25 ---- */

/* A municipality of the set as one of a fylke that is all of them. */
static char *kommune_of(const char *text)
{
    return strcmp(text, "Total") == 0 || strcmp(text, "0") == 0
               ? g_strdup("11")
               : g_strdup_printf("11%02d", atoi(*text == 'k' ? text + 1 : text + 2));
}

static SpTable *one_fylke(void)
{
    SpTable *table = TABLE("region", "region:key slag:attribute fylke:attribute", "11 fylke 11");
    for (int i = 1; i <= 7; i++) {
        g_autofree char *code = g_strdup_printf("11%02d", i);
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, code);
        sp_table_set_code(table, row, 1, "kommune");
        sp_table_set_code(table, row, 2, "11");
    }
    return table;
}

static void directly_disclosed_cells_are_those_of_golden_set_25(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) wanted = golden_read(shared, "25_direct_disclosure/expected.csv");
    SpTable *facts = table_of("skader", "region:key inj:key period:key personer:sum", 0, NULL);
    sp_table_set_marks(facts, SP_MARK_SENSITIVE);
    double n_primary = 0.0;
    for (guint i = 1; i < wanted->len; i++) {
        g_autofree char *kommune = kommune_of(golden_text(wanted, i, 0));
        const gsize row = sp_table_add_row(facts);
        sp_table_set_code(facts, row, 0, kommune);
        sp_table_set_code(facts, row, 1, golden_text(wanted, i, 1));
        sp_table_set_code(facts, row, 2, "2025");
        sp_table_set_real(facts, row, 3, sp_real(golden_number(wanted, i, 2)));
        n_primary += strcmp(golden_text(wanted, i, 5), "TRUE") == 0 ? 1.0 : 0.0;
    }
    SpTable *const tables[] = {
        facts,
        TABLE("sammenheng", structure_columns, "skader inj Total light sum",
              "skader inj Total none sum", "skader inj Total serious sum",
              "skader inj Total unknown sum"),
        one_fylke(),
        TABLE("skjermingslag", layer_columns, "skader skadde personer few _"),
        owners(nobody),
        RULES("skadde/direct/region/coalition=1", "skadde/direct/inj/coalition=1"),
        NULL};
    g_autoptr(SpTables) out = shown_of(tables, 1, NO_THRESHOLD, &error);
    assert_no_error(error);
    const SpTable *seen = sp_tables_find(out, "skader");
    for (guint i = 1; i < wanted->len; i++) {
        if (strcmp(golden_text(wanted, i, 5), "TRUE") == 0) {
            assert_int_equal(sp_table_real(seen, i - 1, 3).status, SP_SUPPRESSED);
        }
    }
    assert_near(n_hidden_by(out, "skadde", "skjult_rest", "skjult_rest"), n_primary, 0.0);
    assert_near(n_hidden_by(out, "skadde", "skjult_faa", "skjult_eier"), 0.0, 0.0);
}

/* ---- golden set 26 ---- */

#define FHI "teller=4 nevner=0 tolerance=6 weak_share=0.5 hidden_share=0.2"

static SpTable *profiles(const GPtrArray *wanted)
{
    SpTable *facts = table_of(
        "profil", "region:key period:key kjonn:key alder:key teller:sum nevner:sum", 0, NULL);
    sp_table_set_marks(facts, SP_MARK_SENSITIVE);
    for (guint i = 1; i < wanted->len; i++) {
        g_autofree char *kommune = kommune_of(golden_text(wanted, i, 0));
        const gsize row = sp_table_add_row(facts);
        sp_table_set_code(facts, row, 0, kommune);
        for (guint j = 1; j < 4; j++) {
            sp_table_set_code(facts, row, j, golden_text(wanted, i, j));
        }
        sp_table_set_real(facts, row, 4, sp_real(golden_number(wanted, i, 4)));
        sp_table_set_real(facts, row, 5, sp_real(golden_number(wanted, i, 5)));
    }
    return facts;
}

/* All that FHI hides is, by the rule it is hidden by; the Gauss method hides more. */
static void series_and_triangles_are_those_of_golden_set_26(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) wanted = golden_read(shared, "26_fhi_triangles/expected.csv");
    SpTable *const tables[] = {
        profiles(wanted),
        TABLE("sammenheng", structure_columns, "profil kjonn 0 1 sum", "profil kjonn 0 2 sum",
              "profil alder 0_120 0_66 sum", "profil alder 0_120 67_120 sum"),
        one_fylke(),
        TABLE("skjermingslag", layer_columns, "profil under nevner few _",
              "profil tilfeller teller part nevner"),
        owners(nobody),
        RULES("tilfeller/series/period/" FHI, "tilfeller/triangles/kjonn/limit=0 codes=0|2|1",
              "tilfeller/triangles/alder/limit=0 codes=0_120|67_120|0_66"),
        NULL};
    g_autoptr(SpTables) out = shown_of(tables, 1, LINEAR_ONLY, &error);
    assert_no_error(error);
    const SpTable *seen = sp_tables_find(out, "profil");
    double n_by_rule = 0.0;
    double n_neighbours = 0.0;
    for (guint i = 1; i < wanted->len; i++) {
        const gboolean is_some = golden_number(wanted, i, 4) > 0.0;
        const gboolean is_by_rule =
            golden_number(wanted, i, 6) > 0.0 || golden_number(wanted, i, 7) > 0.0;
        const gboolean is_private = golden_number(wanted, i, 8) > 0.0;
        n_by_rule += is_by_rule && is_some ? 1.0 : 0.0;
        n_neighbours += is_private && !is_by_rule && is_some ? 1.0 : 0.0;
        if (is_by_rule || is_private) {
            assert_int_equal(sp_table_real(seen, i - 1, 4).status, SP_SUPPRESSED);
        }
    }
    assert_near(n_hidden_by(out, "tilfeller", "skjult_faa", "skjult_hel"), n_by_rule, 0.0);
    assert_true(n_neighbours > 0.0 &&
                n_hidden_by(out, "tilfeller", "skjult_sum", "skjult_sum") >= n_neighbours);
}

/* ---- zeros ---- */

static SpTables *shown_with(const Facts *facts, SpTable *rules, SpTable *more, GError **error)
{
    SpTable *const tables[] = {sp_table_copy(facts->fine),
                               sp_table_copy(facts->coarse),
                               structure(),
                               regions(),
                               layers(),
                               owners(nobody),
                               rules,
                               more,
                               NULL};
    return shown_of(tables, 1, USUAL, error);
}

/* All rows that are published as cells over all leaves, in which nobody may be. */
static SpDesign *design_of_seen(const SpTables *out)
{
    const SpTable *const both[] = {sp_tables_find(out, "fin"), sp_tables_find(out, "grov")};
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    guint32 cell = 0;
    for (gsize t = 0; t < 2; t++) {
        for (gsize row = 0; row < sp_table_n_rows(both[t]); row++, cell++) {
            for (guint32 leaf = 0; leaf < N_LEAVES; leaf++) {
                if (row_holds(both[t], row, leaf)) {
                    const SpDesignEntry entry = {leaf, cell, 1};
                    g_array_append_val(entries, entry);
                }
            }
        }
    }
    return sp_design_new(N_LEAVES, cell, (const SpDesignEntry *)(gpointer)entries->data,
                         entries->len);
}

static double truth_of(const Facts *facts, const SpTable *table, gsize row)
{
    double sum = 0.0;
    for (gsize leaf = 0; leaf < N_LEAVES; leaf++) {
        sum += row_holds(table, row, leaf) ? facts->leaf[leaf] : 0.0;
    }
    return sum;
}

/* Fails where a row says, or lets follow, that nobody is there. Returns how many rows are of
 * nobody. */
static gsize check_zeros(const Facts *facts, const SpTables *out)
{
    const SpTable *const both[] = {sp_tables_find(out, "fin"), sp_tables_find(out, "grov")};
    gsize n_zeros = 0;
    for (gsize t = 0; t < 2; t++) {
        for (gsize row = 0; row < sp_table_n_rows(both[t]); row++) {
            const double truth = truth_of(facts, both[t], row);
            const gboolean is_hidden = sp_table_real(both[t], row, 4).status == SP_SUPPRESSED;
            n_zeros += truth > 0.0 ? 0 : 1;
            assert_true(is_hidden || truth >= 5.0);
            for (gsize column = 5; is_hidden && column <= 6; column++) {
                assert_int_equal(sp_table_real(both[t], row, column).status, SP_SUPPRESSED);
            }
        }
    }
    g_autoptr(SpDesign) design = design_of_seen(out);
    g_autofree gboolean *is_hidden = hidden_of(out, 4);
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        assert_false(is_hidden[cell] && made_up_follows(design, is_hidden, cell));
    }
    return n_zeros;
}

/* 13 regions, 5 groups of professions, 4 ages and 3: every choice has its row. */
static void hidden_zeros_look_like_hidden_counts_and_do_not_follow(void **state)
{
    gsize n_zeros = 0;
    (void)state;
    for (guint64 seed = 71; seed <= 74; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 1.0 + 2.0 * (double)(seed % 3));
        g_autoptr(SpTables) out = shown_with(&facts, RULES("ansatte/zero//"), NULL, &error);
        assert_no_error(error);
        assert_int_equal(sp_table_n_rows(sp_tables_find(out, "fin")), 13 * 5 * 4);
        assert_int_equal(sp_table_n_rows(sp_tables_find(out, "grov")), 13 * 5 * 3);
        n_zeros += check_zeros(&facts, out);
    }
    assert_true(n_zeros > 100);
}

/* Of a kommune by profession and age at once nobody is told, zeros or not: they may be. */
static void zeros_that_are_not_told_may_be_anything(void **state)
{
    gsize n_zeros = 0;
    (void)state;
    for (guint64 seed = 75; seed <= 78; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 1.0 + (double)(seed % 3));
        SpTable *crossings = TABLE(
            "skjermingskryss", "table:attribute level:attribute columns:attribute",
            "fin kommune yrke", "fin kommune alder", "grov kommune yrke", "grov kommune alder");
        g_autoptr(SpTables) out = shown_with(&facts, RULES("ansatte/zero//"), crossings, &error);
        assert_no_error(error);
        /* Kommuner by 5 groups of professions, and by 3 ages for the 2 that are part of none. */
        assert_int_equal(sp_table_n_rows(sp_tables_find(out, "fin")), 9 * (5 + 2 * 3) + 4 * 5 * 4);
        n_zeros += check_zeros(&facts, out);
    }
    assert_true(n_zeros > 30);
}

/* The hidden kommuner of a shown fylke come to the width at least: each may be 0. */
static void a_hidden_zero_has_room(void **state)
{
    (void)state;
    for (guint64 seed = 81; seed <= 84; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 4.0);
        g_autoptr(SpTables) out = shown_with(&facts, RULES("ansatte/zero//"), NULL, &error);
        const SpTable *table = sp_tables_find(out, "fin");
        for (gsize whole = 0; whole < sp_table_n_rows(table); whole++) {
            double hidden = 0.0;
            gsize n_hidden = 0;
            for (gsize row = 0; row < sp_table_n_rows(table); row++) {
                const char *region = sp_table_code(table, row, 0);
                if (strcmp(sp_table_code(table, whole, 0), "50") != 0 || strlen(region) != 4 ||
                    !g_str_has_prefix(region, "50") ||
                    strcmp(sp_table_code(table, row, 1), sp_table_code(table, whole, 1)) != 0 ||
                    strcmp(sp_table_code(table, row, 2), sp_table_code(table, whole, 2)) != 0 ||
                    sp_table_real(table, row, 4).status != SP_SUPPRESSED) {
                    continue;
                }
                hidden += truth_of(&facts, table, row);
                n_hidden++;
            }
            assert_true(n_hidden == 0 || sp_table_real(table, whole, 4).status == SP_SUPPRESSED ||
                        hidden >= 4.0);
        }
    }
}

/* ---- floors ---- */

static void a_part_of_fewer_than_the_floor_is_hidden(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(Facts) facts = facts_of(91, 14.0);
    gsize n_between = 0;
    (void)state;
    g_autoptr(SpTables) out =
        shown_with(&facts, RULES("deltid/floor/personer/least=30"), NULL, &error);
    assert_no_error(error);
    const SpTable *table = sp_tables_find(out, "fin");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal part = sp_table_real(table, row, 6);
        const SpReal whole = sp_table_real(facts.fine, row, 4);
        assert_true(part.status == SP_SUPPRESSED || part.status == SP_ZERO || whole.value >= 30.0);
        n_between += part.status == SP_SUPPRESSED &&
                             sp_table_real(table, row, 4).status == SP_PRESENT && whole.value < 30.0
                         ? 1
                         : 0;
    }
    assert_true(n_between > 0);
}

/* ---- refusals ---- */

static void rules_that_do_not_fit_are_told(void **state)
{
    static const char *const cases[][2] = {
        {"ansatte/magic//", "rule is \"magic\""},
        {"ansatte/direct/yrke/", "it needs coalition=NUMBER"},
        {"ansatte/direct/yrke/coalition=many", "coalition is \"many\""},
        {"ansatte/direct/yrke/coalition=1 base=3", "it has no setting \"base\""},
        {"ansatte/direct//coalition=1", "it needs a column"},
        {"ansatte/zero/yrke/", "it wants no column"},
        {"ansatte/direct/period/coalition=1", "nothing is summed along \"period\""},
        {"ansatte/series/aar/" FHI, "no key \"aar\""},
        {"ansatte/triangles/yrke/limit=0", "it needs codes=A|B|C"},
        {"ansatte/triangles/yrke/limit=0 codes=tot|snekker", "no row has the yrke \"snekker\""},
        {"deltid/floor/innbyggere/least=20", "no measure \"innbyggere\""},
    };
    g_auto(Facts) facts = facts_of(92, 9.0);
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(shown_with(&facts, RULES(cases[i][0]), NULL, &error));
        assert_error(error, SP_ERROR_CONFIG, cases[i][1]);
        assert_has(error->message, "config/skjermingsregler.csv");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directly_disclosed_cells_are_those_of_golden_set_25),
        cmocka_unit_test(series_and_triangles_are_those_of_golden_set_26),
        cmocka_unit_test(hidden_zeros_look_like_hidden_counts_and_do_not_follow),
        cmocka_unit_test(zeros_that_are_not_told_may_be_anything),
        cmocka_unit_test(a_hidden_zero_has_room),
        cmocka_unit_test(a_part_of_fewer_than_the_floor_is_hidden),
        cmocka_unit_test(rules_that_do_not_fit_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
