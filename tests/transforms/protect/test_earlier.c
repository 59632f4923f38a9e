/* What earlier editions show is known: on made-up tables, held against a dense elimination of what
 * is shown and what was. */
#include "tests/transforms/protect/made_up_facts.h"

#include "core/table_rows.h"
#include "transforms/protect/earlier.h"

enum { COUNT = 4, PART = 6 };

static const char *const both[] = {"fin", "grov"};

/* ---- earlier editions ---- */

/* Of a table those rows that an edition shows, some of them as they are: the others are hidden. */
static SpTable *edition_of(const SpTable *table, guint64 seed, double share, double least)
{
    const SpRandom random = sp_random_seed(seed);
    SpTable *edition = sp_table_copy(table);
    g_autofree char *name = sp_earlier_name(sp_table_name(table), "2025");
    sp_table_set_name(edition, name);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const gboolean is_shown = sp_random_uniform(random, row) < share &&
                                  sp_table_real(table, row, COUNT).value >= least;
        for (gsize column = COUNT; !is_shown && column <= PART; column++) {
            sp_table_set_real(edition, row, column, sp_real_none(SP_SUPPRESSED));
        }
    }
    return edition;
}

static SpTables *editions_of(const Facts *facts, guint64 seed, double share, double least)
{
    SpTables *editions = sp_tables_new();
    sp_tables_add(editions, edition_of(facts->fine, seed, share, least));
    sp_tables_add(editions, edition_of(facts->coarse, seed + 1000, share, least));
    return editions;
}

/* What came out, as an edition. */
static SpTables *editions_from(const SpTables *out)
{
    SpTables *editions = sp_tables_new();
    for (gsize t = 0; t < 2; t++) {
        SpTable *table = sp_table_copy(sp_tables_find(out, both[t]));
        g_autofree char *name = sp_earlier_name(both[t], "2025");
        sp_table_set_name(table, name);
        sp_tables_add(editions, table);
    }
    return editions;
}

static SpTables *shown_quietly(const Facts *facts, const SpTables *more)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    return shown_after(facts, "1", nobody, more, quality);
}

/* ---- rows ---- */

/* The number of a row's keys in another table, or SP_NO_COLUMN. */
static gsize find_row(const SpTable *in, const SpTable *table, gsize row)
{
    static const gsize keys[] = {0, 1, 2, 3};
    const char *codes[G_N_ELEMENTS(keys)];
    gsize found = SP_NO_COLUMN;
    g_autoptr(SpTableIndex) index = sp_table_index_new(in, keys, G_N_ELEMENTS(keys));
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        codes[i] = sp_table_code(table, row, keys[i]);
    }
    return sp_table_index_find(index, codes, &found) ? found : SP_NO_COLUMN;
}

typedef struct {
    gboolean *is_told;  /* [rows of both tables] it is in the new edition */
    gboolean *is_shown; /* with its figure */
    gboolean *was_shown;
    gboolean *is_given; /* it was shown, or is 0, which is shown always */
    gboolean *is_known; /* given or shown */
} Seen;

static void seen_clear(Seen *seen)
{
    g_free(seen->is_told);
    g_free(seen->is_shown);
    g_free(seen->was_shown);
    g_free(seen->is_given);
    g_free(seen->is_known);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Seen, seen_clear)

static gboolean shows(const SpTable *in, const SpTable *table, gsize row, gsize column)
{
    const gsize at = find_row(in, table, row);
    return at != SP_NO_COLUMN && sp_real_is_number(sp_table_real(in, at, column));
}

static gboolean is_zero(const SpTable *table, gsize row, gsize column)
{
    return sp_table_real(table, row, column).status == SP_ZERO;
}

static Seen seen_of(const Facts *facts, const SpTables *out, const SpTables *editions, gsize column)
{
    const SpTable *const truth[] = {facts->fine, facts->coarse};
    const gsize n_rows = sp_table_n_rows(truth[0]) + sp_table_n_rows(truth[1]);
    Seen seen = {g_new0(gboolean, n_rows), g_new0(gboolean, n_rows), g_new0(gboolean, n_rows),
                 g_new0(gboolean, n_rows), g_new0(gboolean, n_rows)};
    gsize n = 0;
    for (gsize t = 0; t < 2; t++) {
        for (gsize row = 0; row < sp_table_n_rows(truth[t]); row++, n++) {
            const SpTable *now = sp_tables_find(out, both[t]);
            seen.is_told[n] = find_row(now, truth[t], row) != SP_NO_COLUMN;
            seen.is_shown[n] = shows(now, truth[t], row, column);
            seen.was_shown[n] = shows(sp_tables_at(editions, t), truth[t], row, column);
            seen.is_given[n] =
                seen.was_shown[n] || (seen.is_shown[n] && is_zero(truth[t], row, column));
            seen.is_known[n] = seen.is_shown[n] || seen.was_shown[n];
        }
    }
    return seen;
}

static gboolean * not(const gboolean is[], gsize n)
{
    gboolean *is_not = g_new(gboolean, n + 1);
    for (gsize i = 0; i < n; i++) {
        is_not[i] = !is[i];
    }
    return is_not;
}

/* Nothing hidden follows, but for what earlier editions alone give away. Returns how many figures
 * are hidden; *n_lost are those given away. */
static gsize check_nothing_follows(const Facts *facts, const SpTables *out,
                                   const SpTables *editions, gsize column, gsize *n_lost)
{
    g_autoptr(SpDesign) design = design_of(facts);
    g_auto(Seen) seen = seen_of(facts, out, editions, column);
    g_autofree gboolean *unknown = not(seen.is_known, design->n_cells);
    g_autofree gboolean *not_given = not(seen.is_given, design->n_cells);
    gsize n = 0;
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        if (!seen.is_told[cell] || seen.is_shown[cell]) {
            continue;
        }
        const gboolean is_lost = made_up_follows(design, not_given, cell);
        assert_true(is_lost || !made_up_follows(design, unknown, cell));
        *n_lost += is_lost ? 1 : 0;
        n++;
    }
    return n;
}

/* How many rows of a layer the finding known_before tells of. */
static gsize n_told(SpQuality *quality, const char *layer)
{
    g_autoptr(SpTable) table = sp_quality_table(quality);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), "known_before") == 0 &&
            strcmp(sp_table_code(table, row, 1), layer) == 0) {
            return (gsize)g_ascii_strtoull(sp_table_code(table, row, 2), NULL, 10);
        }
    }
    return 0;
}

/* ---- claims ---- */

/* By more rules, or none: NULL. */
static void check_comes_out_the_same(const Facts *facts, const SpTable *rules)
{
    g_autoptr(SpTables) more = sp_tables_new();
    if (rules != NULL) {
        sp_tables_add(more, sp_table_copy(rules));
    }
    g_autoptr(SpTables) once = shown_quietly(facts, more);
    g_autoptr(SpTables) editions = editions_from(once);
    if (rules != NULL) {
        sp_tables_add(editions, sp_table_copy(rules));
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) again = shown_after(facts, "1", nobody, editions, quality);
    for (gsize i = 0; i < sp_tables_size(once); i++) {
        made_up_assert_same(sp_tables_at(once, i), sp_tables_at(again, i));
    }
    assert_int_equal(sp_quality_count(quality, "known_before"), 0);
}

static void what_is_published_already_comes_out_the_same(void **state)
{
    (void)state;
    for (guint64 seed = 1; seed <= 40; seed++) {
        g_auto(Facts) facts = facts_of(seed, 3.0 + 5.0 * (double)(seed % 7));
        check_comes_out_the_same(&facts, NULL);
    }
}

static void so_does_what_is_published_without_its_zeros(void **state)
{
    g_autoptr(SpTable) rules = TABLE(
        "skjermingsregler", "layer:attribute rule:attribute column:attribute settings:attribute",
        "ansatte zero _ _");
    (void)state;
    for (guint64 seed = 1; seed <= 8; seed++) {
        g_auto(Facts) facts = facts_of(seed, 2.0 + 4.0 * (double)(seed % 5));
        check_comes_out_the_same(&facts, rules);
    }
}

static gboolean has_parts_or_is_all(const SpTable *table, gsize row, gpointer data)
{
    (void)data;
    return strcmp(sp_table_code(table, row, 0), "1103") != 0 ||
           strcmp(sp_table_code(table, row, 1), "tot") == 0;
}

/* What no row makes up is known to nobody, though it is the sum of no unknown. */
static void so_does_a_kommune_that_is_told_in_sums_alone(void **state)
{
    (void)state;
    for (guint64 seed = 1; seed <= 12; seed++) {
        g_auto(Facts) facts = facts_of(seed, 3.0 + 5.0 * (double)(seed % 7));
        Facts less = {.fine = sp_table_filter(facts.fine, has_parts_or_is_all, NULL),
                      .coarse = sp_table_filter(facts.coarse, has_parts_or_is_all, NULL)};
        check_comes_out_the_same(&less, NULL);
        facts_clear(&less);
    }
}

/* The second night after editions that gave much away: what they told is told still. */
static void so_does_what_was_published_after_others(void **state)
{
    (void)state;
    for (guint64 seed = 1; seed <= 24; seed++) {
        g_auto(Facts) facts = facts_of(seed, 4.0 + 6.0 * (double)(seed % 5));
        g_autoptr(SpTables) editions =
            editions_of(&facts, seed, 0.1 + 0.1 * (double)(seed % 4), (double)(seed % 3) * 3.0);
        g_autoptr(SpTables) once = shown_quietly(&facts, editions);
        for (gsize t = 0; t < 2; t++) {
            SpTable *newer = sp_table_copy(sp_tables_find(once, both[t]));
            g_autofree char *name = sp_earlier_name(both[t], "2026");
            sp_table_set_name(newer, name);
            sp_tables_add(editions, newer);
        }
        g_autoptr(SpTables) again = shown_quietly(&facts, editions);
        for (gsize i = 0; i < sp_tables_size(once); i++) {
            made_up_assert_same(sp_tables_at(once, i), sp_tables_at(again, i));
        }
    }
}

/* Editions that show some of all rows, of any size: much is given away, and nothing else. */
static void nothing_follows_from_old_and_new_together(void **state)
{
    gsize n_hidden = 0;
    gsize n_lost = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 24; seed++) {
        g_auto(Facts) facts = facts_of(seed, 4.0 + 6.0 * (double)(seed % 5));
        g_autoptr(SpTables) editions =
            editions_of(&facts, seed, 0.1 + 0.1 * (double)(seed % 4), 0.0);
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(SpTables) out = shown_after(&facts, "1", nobody, editions, quality);
        gsize n_of_part = 0;
        gsize n_of_whole = 0;
        n_hidden += check_nothing_follows(&facts, out, editions, COUNT, &n_of_whole);
        n_hidden += check_nothing_follows(&facts, out, editions, PART, &n_of_part);
        assert_int_equal(n_told(quality, "ansatte"), n_of_whole);
        assert_int_equal(n_told(quality, "deltid"), n_of_part);
        n_lost += n_of_whole + n_of_part;
    }
    assert_in_range(n_lost, 500, n_hidden - 1000);
}

/* The rules of today hold of what was shown, but for sums that are known. */
static void what_earlier_editions_show_is_taken_for_no_other(void **state)
{
    gsize n_instead = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 12; seed++) {
        g_auto(Facts) facts = facts_of(seed, 8.0);
        g_autoptr(SpTables) before = shown_quietly(&facts, NULL);
        g_autoptr(SpTables) editions = editions_of(&facts, seed, 0.3, 5.0);
        g_autoptr(SpTables) out = shown_quietly(&facts, editions);
        g_auto(Seen) then = seen_of(&facts, before, editions, COUNT);
        g_auto(Seen) now = seen_of(&facts, out, editions, COUNT);
        const gsize n = sp_table_n_rows(facts.fine) + sp_table_n_rows(facts.coarse);
        for (gsize row = 0; row < n; row++) {
            assert_true(now.is_shown[row] || !now.was_shown[row]);
            n_instead += then.is_shown[row] && !now.is_shown[row] ? 1 : 0;
        }
    }
    assert_true(n_instead > 0);
}

static void a_few_that_were_shown_are_hidden_and_told(void **state)
{
    g_auto(Facts) facts = facts_of(3, 9.0);
    g_autoptr(SpTables) editions = editions_of(&facts, 1, 1.0, 0.0);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = shown_after(&facts, "1", nobody, editions, quality);
    const SpTable *table = sp_tables_find(out, "fin");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal truth = sp_table_real(facts.fine, row, COUNT);
        assert_int_equal(sp_table_real(table, row, COUNT).status == SP_SUPPRESSED,
                         truth.value < 5.0);
    }
    assert_int_equal((gsize)sp_quality_count(quality, "known_before"), 2);
}

static void a_figure_that_was_revised_is_not_known(void **state)
{
    g_auto(Facts) facts = facts_of(5, 9.0);
    g_autoptr(SpTables) before = shown_quietly(&facts, NULL);
    g_autoptr(SpTables) editions = editions_of(&facts, 1, 1.0, 0.0);
    (void)state;
    for (gsize t = 0; t < 2; t++) {
        SpTable *edition = sp_tables_at(editions, t);
        for (gsize row = 0; row < sp_table_n_rows(edition); row++) {
            const double count = sp_table_real(edition, row, COUNT).value;
            const double part = sp_table_real(edition, row, PART).value;
            sp_table_set_real(edition, row, COUNT, sp_real(count + 1.0));
            sp_table_set_real(edition, row, PART, sp_real(part + 1.0));
        }
    }
    g_autoptr(SpTables) out = shown_quietly(&facts, editions);
    for (gsize i = 0; i < sp_tables_size(before); i++) {
        made_up_assert_same(sp_tables_at(before, i), sp_tables_at(out, i));
    }
}

/* An edition that shows all, of made-up sources: nothing of it is known of real ones. */
static void made_up_editions_tell_nothing_of_real_figures(void **state)
{
    g_auto(Facts) facts = facts_of(5, 9.0);
    g_autoptr(SpTables) before = shown_quietly(&facts, NULL);
    g_autoptr(SpTables) editions = editions_of(&facts, 1, 1.0, 0.0);
    (void)state;
    for (gsize t = 0; t < 2; t++) {
        sp_table_set_marks(sp_tables_at(editions, t), SP_MARK_SENSITIVE | SP_MARK_SYNTHETIC);
    }
    g_autoptr(SpTables) out = shown_quietly(&facts, editions);
    for (gsize i = 0; i < sp_tables_size(before); i++) {
        made_up_assert_same(sp_tables_at(before, i), sp_tables_at(out, i));
    }
}

/* Of two editions each tells: a figure that was revised and is as it was again is known. */
static void every_edition_counts(void **state)
{
    g_auto(Facts) facts = facts_of(7, 9.0);
    g_autoptr(SpTables) editions = editions_of(&facts, 1, 0.5, 5.0);
    g_autoptr(SpTables) one = shown_quietly(&facts, editions);
    SpTable *other = sp_table_copy(sp_tables_at(editions, 0));
    (void)state;
    sp_table_set_name(other, "fin@2026");
    for (gsize row = 0; row < sp_table_n_rows(other); row++) {
        sp_table_set_real(other, row, COUNT, sp_real(1000000.0));
    }
    sp_tables_add(editions, other);
    g_autoptr(SpTables) two = shown_quietly(&facts, editions);
    for (gsize t = 0; t < 2; t++) {
        made_up_assert_same(sp_tables_find(one, both[t]), sp_tables_find(two, both[t]));
    }
}

/* Rows of more columns at once than are told today are in no table, and known all the same. */
static void rows_that_are_told_no_more_are_known(void **state)
{
    gsize n_hidden = 0;
    gsize n_lost = 0;
    gsize n_gone = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 12; seed++) {
        g_auto(Facts) facts = facts_of(seed, 14.0);
        g_autoptr(SpTables) editions = editions_of(&facts, seed, 0.3, 5.0);
        sp_tables_add(editions, TABLE("skjermingskryss", "table:key level:key columns:key",
                                      "fin kommune yrke", "fin kommune alder", "grov kommune yrke",
                                      "grov kommune alder"));
        g_autoptr(SpTables) out = shown_quietly(&facts, editions);
        n_hidden += check_nothing_follows(&facts, out, editions, COUNT, &n_lost);
        n_gone += sp_table_n_rows(facts.fine) - sp_table_n_rows(sp_tables_find(out, "fin"));
    }
    assert_true(n_gone > 500);
    assert_in_range(n_hidden, 100, 10000);
    assert_in_range(n_lost, 1, n_hidden - 50);
}

static void an_edition_with_other_columns_tells_nothing_and_is_told_of(void **state)
{
    static const char *const fewer[] = {"region", "yrke", "period", "personer"};
    g_auto(Facts) facts = facts_of(9, 9.0);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) before = shown_quietly(&facts, NULL);
    g_autoptr(SpTables) editions = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *edition = sp_table_select(facts.fine, fewer, G_N_ELEMENTS(fewer), &error);
    (void)state;
    assert_no_error(error);
    sp_table_set_name(edition, "fin@2020");
    sp_tables_add(editions, edition);
    g_autoptr(SpTables) out = shown_after(&facts, "1", nobody, editions, quality);
    for (gsize i = 0; i < sp_tables_size(before); i++) {
        made_up_assert_same(sp_tables_at(before, i), sp_tables_at(out, i));
    }
    assert_int_equal((gsize)sp_quality_count(quality, "earlier_unlike"), 2);
}

static void threads_do_not_show(void **state)
{
    g_auto(Facts) facts = facts_of(11, 9.0);
    g_autoptr(SpTables) editions = editions_of(&facts, 1, 0.3, 0.0);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) one = shown_after(&facts, "1", nobody, editions, quality);
    g_autoptr(SpTables) four = shown_after(&facts, "4", nobody, editions, quality);
    (void)state;
    for (gsize i = 0; i < sp_tables_size(one); i++) {
        made_up_assert_same(sp_tables_at(one, i), sp_tables_at(four, i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_published_already_comes_out_the_same),
        cmocka_unit_test(so_does_what_is_published_without_its_zeros),
        cmocka_unit_test(so_does_a_kommune_that_is_told_in_sums_alone),
        cmocka_unit_test(so_does_what_was_published_after_others),
        cmocka_unit_test(nothing_follows_from_old_and_new_together),
        cmocka_unit_test(what_earlier_editions_show_is_taken_for_no_other),
        cmocka_unit_test(a_few_that_were_shown_are_hidden_and_told),
        cmocka_unit_test(a_figure_that_was_revised_is_not_known),
        cmocka_unit_test(made_up_editions_tell_nothing_of_real_figures),
        cmocka_unit_test(every_edition_counts),
        cmocka_unit_test(rows_that_are_told_no_more_are_known),
        cmocka_unit_test(an_edition_with_other_columns_tells_nothing_and_is_told_of),
        cmocka_unit_test(threads_do_not_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
