/* Sensitive facts as they may be seen: on made-up tables of all levels, held against a dense
 * elimination that knows no blocks, and against the rules read one by one. */
#include "tests/transforms/protect/made_up_facts.h"

#include "transforms/audit/attack.h"

static SpTables *shown(const Facts *facts, const char *threads, const char *owner)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    return shown_after(facts, threads, owner, NULL, quality);
}

/* ---- claims ---- */

/* How many figures of a measure are hidden; fails if one of them follows. */
static gsize check_nothing_follows(const Facts *facts, const SpTables *out, gsize column)
{
    g_autoptr(SpDesign) design = design_of(facts);
    g_autofree gboolean *is_hidden = hidden_of(out, column);
    gsize n = 0;
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        n += is_hidden[cell] ? 1 : 0;
        assert_false(is_hidden[cell] && made_up_follows(design, is_hidden, cell));
    }
    return n;
}

static void no_hidden_figure_follows_from_shown_ones(void **state)
{
    gsize n_hidden = 0;
    gsize n_parts = 0;
    gsize n_rows = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 24; seed++) {
        g_auto(Facts) facts = facts_of(seed, 4.0 + 8.0 * (double)(seed % 6));
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        n_hidden += check_nothing_follows(&facts, out, 4);
        n_parts += check_nothing_follows(&facts, out, 6);
        n_rows += sp_table_n_rows(facts.fine) + sp_table_n_rows(facts.coarse);
    }
    assert_in_range(n_hidden, 1000, n_rows - 1000);
    assert_in_range(n_parts, 1000, n_rows - 1000);
}

static void few_persons_are_hidden_with_all_of_their_row(void **state)
{
    g_auto(Facts) facts = facts_of(3, 9.0);
    g_autoptr(SpTables) out = shown(&facts, "1", nobody);
    const SpTable *table = sp_tables_find(out, "fin");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal truth = sp_table_real(facts.fine, row, 4);
        const gboolean is_hidden = sp_table_real(table, row, 4).status == SP_SUPPRESSED;
        assert_true(is_hidden || truth.value >= 5.0);
        assert_int_equal(sp_table_real(table, row, 5).status == SP_SUPPRESSED, is_hidden);
    }
}

/* Of a row that is shown, some: hidden where they, or the others, are few. */
static void parts_are_hidden_where_the_rest_is_few(void **state)
{
    g_auto(Facts) facts = facts_of(5, 12.0);
    gsize n_alone = 0;
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(facts.fine); row++) {
        const double whole = sp_table_real(facts.fine, row, 4).value;
        if (whole > 6.0) {
            sp_table_set_real(facts.fine, row, 6, sp_real(whole - 4.0));
        }
    }
    g_autoptr(SpTables) out = shown(&facts, "1", nobody);
    const SpTable *table = sp_tables_find(out, "fin");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal whole = sp_table_real(table, row, 4);
        const SpReal part = sp_table_real(table, row, 6);
        assert_true(part.status == SP_SUPPRESSED || part.status == SP_ZERO);
        n_alone += whole.status == SP_PRESENT && part.status == SP_SUPPRESSED ? 1 : 0;
    }
    assert_true(n_alone > 0);
}

static void an_owners_limit_hides_the_row(void **state)
{
    g_auto(Facts) facts = facts_of(7, 12.0);
    g_autoptr(SpTables) out = shown(&facts, "1", "fin aarsverk 10");
    const SpTable *table = sp_tables_find(out, "fin");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_true(sp_table_real(table, row, 4).status == SP_SUPPRESSED ||
                    sp_table_real(facts.fine, row, 5).value > 10.0);
    }
}

/* The hidden kommuner of a shown fylke come to 3 more than they are, at least: each is 1 or
 * more. */
static void hidden_parts_of_a_shown_sum_have_room(void **state)
{
    (void)state;
    for (guint64 seed = 21; seed <= 26; seed++) {
        g_auto(Facts) facts = facts_of(seed, 6.0);
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        const SpTable *table = sp_tables_find(out, "fin");
        for (gsize whole = 0; whole < sp_table_n_rows(table); whole++) {
            double rest = sp_table_real(table, whole, 4).value;
            gsize n_hidden = 0;
            for (gsize row = 0; row < sp_table_n_rows(table); row++) {
                const char *codes[4];
                const char *region = sp_table_code(table, row, 0);
                gsize place = 0;
                while (place < N_KOMMUNER && strcmp(kommuner[place], region) != 0) {
                    place++;
                }
                if (place == N_KOMMUNER ||
                    strcmp(sp_table_code(table, row, 1), sp_table_code(table, whole, 1)) != 0 ||
                    strcmp(sp_table_code(table, row, 2), sp_table_code(table, whole, 2)) != 0) {
                    continue;
                }
                above_region(place, codes);
                if (strcmp(codes[1], sp_table_code(table, whole, 0)) == 0) {
                    const SpReal part = sp_table_real(table, row, 4);
                    n_hidden += part.status == SP_SUPPRESSED ? 1 : 0;
                    rest -= part.value;
                }
            }
            if (sp_table_real(table, whole, 4).status == SP_PRESENT && n_hidden > 0) {
                assert_true(rest - (double)n_hidden + 1.0 >= 4.0);
            }
        }
    }
}

static gsize row_of(const SpTable *table, const char *region, gsize like)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), region) == 0 &&
            strcmp(sp_table_code(table, row, 1), sp_table_code(table, like, 1)) == 0 &&
            strcmp(sp_table_code(table, row, 2), sp_table_code(table, like, 2)) == 0) {
            return row;
        }
    }
    fail_msg("no row of %s", region);
    return 0;
}

/* Whole numbers in the place of årsverk, many times as many as persons: what hides those leaves
 * these room. A kommune of Rogaland, `nobodys`, has none; NULL: all have some. */
static void set_amounts(SpTable *table, const char *nobodys)
{
    static const char *const above[] = {"11", "0"};
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sp_table_set_real(table, row, 5, sp_real(30.0 * sp_table_real(table, row, 4).value));
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const double amount = sp_table_real(table, row, 5).value;
        if (nobodys == NULL || strcmp(sp_table_code(table, row, 0), nobodys) != 0) {
            continue;
        }
        for (gsize i = 0; i < G_N_ELEMENTS(above); i++) {
            const gsize whole = row_of(table, above[i], row);
            const double rest = sp_table_real(table, whole, 5).value - amount;
            sp_table_set_real(table, whole, 5, sp_real(rest));
        }
        sp_table_set_real(table, row, 5, sp_real(0.0));
    }
}

/* What is shown to be nothing has parts of nothing: no figure need be hidden for their sake, and
 * none would help. */
static void parts_of_nothing_have_no_room_made(void **state)
{
    gsize n_of_nothing = 0;
    (void)state;
    for (guint64 seed = 61; seed <= 66; seed++) {
        g_auto(Facts) facts = facts_of(seed, 12.0);
        g_auto(Facts) without = facts_of(seed, 12.0);
        set_amounts(facts.fine, NULL);
        set_amounts(facts.coarse, NULL);
        set_amounts(without.fine, "1101");
        set_amounts(without.coarse, "1101");
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        g_autoptr(SpTables) of_nothing = shown(&without, "1", nobody);
        g_autofree gboolean *is_hidden = hidden_of(out, 4);
        g_autofree gboolean *is_hidden_still = hidden_of(of_nothing, 4);
        const SpTable *table = sp_tables_find(of_nothing, "fin");
        const gsize n = sp_table_n_rows(facts.fine) + sp_table_n_rows(facts.coarse);
        gsize n_hidden = 0;
        gsize n_hidden_still = 0;
        for (gsize i = 0; i < n; i++) {
            n_hidden += is_hidden[i] ? 1 : 0;
            n_hidden_still += is_hidden_still[i] ? 1 : 0;
        }
        /* What is left of the amounts must have room still, here and there by another figure. */
        assert_true(n_hidden_still <= n_hidden + n / 8);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            n_of_nothing += strcmp(sp_table_code(table, row, 0), "1101") == 0 &&
                                    sp_table_real(table, row, 5).status == SP_SUPPRESSED
                                ? 1
                                : 0;
        }
    }
    assert_in_range(n_of_nothing, 20, 1000);
}

/* The audit's attack, linear programmes and all, shares no code with what hides. */
static void the_attack_finds_nothing(void **state)
{
    static const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 1, .most_work = 10000000, .n_near = 10000, .few = 5.0};
    g_autoptr(SpTable) ratios =
        sp_table_new("avledet",
                     (const SpColumn[]){{.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                        {.name = "maal", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                        {.name = "teller", .kind = SP_COLUMN_CODE},
                                        {.name = "nevner", .kind = SP_COLUMN_CODE}},
                     4);
    g_autoptr(SpTable) same = TABLE("samme", "tabell:key med:key", "fin grov");
    gsize n_hidden = 0;
    (void)state;
    for (guint64 seed = 41; seed <= 52; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 4.0 + 6.0 * (double)(seed % 5));
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        g_autoptr(SpTables) seen = sp_tables_new();
        sp_tables_add(seen, sp_tables_steal(out, "fin"));
        sp_tables_add(seen, sp_tables_steal(out, "grov"));
        const SpAttackKnowledge knowledge = {
            .sammenheng = sp_tables_find(out, "sammenheng"), .avledet = ratios, .samme = same};
        g_autoptr(SpAttack) attack = sp_attack_new(seen, &knowledge, &options, &error);
        assert_no_error(error);
        if (attack->findings->len > 0) {
            const SpAttackFinding *first = attack->findings->pdata[0];
            fail_msg("seed %" G_GUINT64_FORMAT ": %s: %s", seed, first->cell, first->how);
        }
        n_hidden += attack->n_hidden;
    }
    assert_in_range(n_hidden, 1000, 100000);
}

static void threads_do_not_show(void **state)
{
    g_auto(Facts) facts = facts_of(9, 7.0);
    g_autoptr(SpTables) one = shown(&facts, "1", nobody);
    g_autoptr(SpTables) four = shown(&facts, "4", nobody);
    g_autofree gboolean *of_one = hidden_of(one, 4);
    g_autofree gboolean *of_four = hidden_of(four, 4);
    const gsize n = sp_table_n_rows(facts.fine) + sp_table_n_rows(facts.coarse);
    (void)state;
    assert_memory_equal(of_one, of_four, n * sizeof(gboolean));
}

/* The report's cells are those with somebody, and its reasons come to the hidden ones. */
static void what_is_hidden_is_counted_by_reason(void **state)
{
    g_auto(Facts) facts = facts_of(11, 7.0);
    g_autoptr(SpTables) out = shown(&facts, "1", nobody);
    const SpTable *report = sp_tables_find(out, SP_TABLE_HIDDEN);
    const SpTable *table = sp_tables_find(out, "fin");
    double n_cells = 0.0;
    double n_hidden = 0.0;
    double truly_hidden = 0.0;
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(report); row++) {
        if (strcmp(sp_table_code(report, row, 0), "fin") == 0 &&
            strcmp(sp_table_code(report, row, 1), "ansatte") == 0) {
            n_cells += sp_table_real(report, row, 3).value;
            for (gsize i = 4; i < sp_table_n_columns(report); i++) {
                n_hidden += sp_table_real(report, row, i).value;
            }
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        truly_hidden += sp_table_real(table, row, 4).status == SP_SUPPRESSED ? 1.0 : 0.0;
    }
    assert_near(n_cells, (double)sp_table_n_rows(table), 0);
    assert_near(n_hidden, truly_hidden, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hidden_figure_follows_from_shown_ones),
        cmocka_unit_test(few_persons_are_hidden_with_all_of_their_row),
        cmocka_unit_test(parts_are_hidden_where_the_rest_is_few),
        cmocka_unit_test(an_owners_limit_hides_the_row),
        cmocka_unit_test(hidden_parts_of_a_shown_sum_have_room),
        cmocka_unit_test(parts_of_nothing_have_no_room_made),
        cmocka_unit_test(the_attack_finds_nothing),
        cmocka_unit_test(threads_do_not_show),
        cmocka_unit_test(what_is_hidden_is_counted_by_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
