/* Fingerprints of the cells of made-up tables, by their meaning. */
#include "tests/transforms/protect/made_up.h"
#include "transforms/protect/fingerprint.h"
#include "transforms/protect/residue.h"

typedef struct {
    MadeUp made;
    SpElimination *elimination;
    SpFingerprints *fingerprints;
} Shown;

static void shown_init(Shown *shown, guint64 seed)
{
    *shown = (Shown){.made = made_up(seed, 8.0),
                     .elimination = sp_elimination_new(MADE_INNER),
                     .fingerprints = sp_fingerprints_new(MADE_INNER)};
}

static void shown_clear(Shown *shown)
{
    made_up_clear(&shown->made);
    sp_elimination_free(shown->elimination);
    sp_fingerprints_free(shown->fingerprints);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shown, shown_clear)

static SpSparse column_of(const SpDesign *design, guint32 cell)
{
    const gsize from = design->start[cell];
    SpSparse column = {.n = (guint32)(design->start[cell + 1] - from)};
    column.row = g_memdup2(design->inner + from, column.n * sizeof *column.row);
    column.value = g_new(guint64, column.n + 1);
    for (guint32 i = 0; i < column.n; i++) {
        column.value[i] = sp_residue_of(design->coef[from + i]);
    }
    return column;
}

static SpFingerprint fingerprint_of_cell(const Shown *shown, guint32 cell)
{
    SpSparse column = column_of(shown->made.design, cell);
    const SpFingerprint fingerprint = sp_fingerprint_of(shown->fingerprints, &column);
    sp_sparse_clear(&column);
    return fingerprint;
}

static SpFingerprint fingerprint_of_row(const Shown *shown, guint32 row)
{
    guint64 one = 1;
    const SpSparse column = {.n = 1, .row = &row, .value = &one};
    return sp_fingerprint_of(shown->fingerprints, &column);
}

static gboolean is_zero(SpFingerprint fingerprint)
{
    return fingerprint.of[0] == 0 && fingerprint.of[1] == 0;
}

/* NULL where the cell follows already. Pivots stand now here, now there. */
static const SpFingerprintChanges *show(Shown *shown, guint32 cell)
{
    SpSparse column = column_of(shown->made.design, cell);
    SpSparse rest = sp_elimination_reduce(shown->elimination, &column);
    const SpFingerprintChanges *changes = NULL;
    if (rest.n > 0) {
        const guint32 place = cell % rest.n;
        const guint32 row = rest.row[place];
        changes = sp_fingerprints_show(
            shown->fingerprints, sp_elimination_accept(shown->elimination, &rest, place), row);
    }
    sp_sparse_clear(&column);
    sp_sparse_clear(&rest);
    return changes;
}

/* All but every third cell and the small ones. */
static void show_some(Shown *shown, gboolean is_hidden[MADE_CELLS])
{
    for (guint32 i = 0; i < MADE_CELLS; i++) {
        is_hidden[i] = i % 3 == 0 || shown->made.is_primary[i];
        if (!is_hidden[i]) {
            (void)show(shown, i);
        }
    }
}

static void a_fingerprint_is_0_where_a_cell_follows_and_nowhere_else(void **state)
{
    gsize n_following = 0;
    gsize n_other = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 5; seed++) {
        g_auto(Shown) shown;
        gboolean is_hidden[MADE_CELLS];
        shown_init(&shown, seed);
        show_some(&shown, is_hidden);
        for (guint32 cell = 0; cell < MADE_CELLS; cell++) {
            const gboolean follows = made_up_follows(shown.made.design, is_hidden, cell);
            assert_int_equal(is_zero(fingerprint_of_cell(&shown, cell)), follows);
            n_following += is_hidden[cell] && follows ? 1 : 0;
            n_other += follows ? 0 : 1;
        }
    }
    assert_true(n_following > 10 && n_other > 10);
}

/* In the same ratio, then, as what is hidden beside it in a shown sum. */
static void one_hidden_figure_of_two_tells_the_other(void **state)
{
    const guint32 sum = MADE_CATEGORIES; /* of the first kommune, behind its categories */
    g_auto(Shown) shown;
    (void)state;
    shown_init(&shown, 1);
    (void)show(&shown, sum);
    (void)show(&shown, 2);
    (void)show(&shown, 3);
    const SpFingerprint one = fingerprint_of_cell(&shown, 0);
    const SpFingerprint other = fingerprint_of_cell(&shown, 1);
    const SpFingerprint elsewhere = fingerprint_of_cell(&shown, sum + 1);
    assert_false(is_zero(one));
    assert_true(sp_residue_multiply(one.of[0], other.of[1]) ==
                sp_residue_multiply(one.of[1], other.of[0]));
    assert_false(sp_residue_multiply(one.of[0], elsewhere.of[1]) ==
                 sp_residue_multiply(one.of[1], elsewhere.of[0]));
}

static void what_changes_is_told_row_by_row(void **state)
{
    g_auto(Shown) shown;
    gsize n_changes = 0;
    (void)state;
    shown_init(&shown, 2);
    for (guint32 cell = MADE_CELLS; cell-- > 0;) {
        SpFingerprint expected[MADE_INNER];
        for (guint32 row = 0; row < MADE_INNER; row++) {
            expected[row] = fingerprint_of_row(&shown, row);
        }
        const SpFingerprintChanges *changes = show(&shown, cell);
        for (guint32 i = 0; changes != NULL && i < changes->n; i++) {
            for (gsize j = 0; j < 2; j++) {
                guint64 *residue = &expected[changes->row[i]].of[j];
                *residue = sp_residue_subtract(*residue, changes->less[i].of[j]);
            }
            n_changes++;
        }
        for (guint32 row = 0; row < MADE_INNER; row++) {
            const SpFingerprint now = fingerprint_of_row(&shown, row);
            assert_memory_equal(&now, &expected[row], sizeof now);
        }
    }
    assert_true(n_changes > MADE_INNER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fingerprint_is_0_where_a_cell_follows_and_nowhere_else),
        cmocka_unit_test(one_hidden_figure_of_two_tells_the_other),
        cmocka_unit_test(what_changes_is_told_row_by_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
