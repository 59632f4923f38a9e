/* Why the gap is what it is: rows add up, and tell nothing that is hidden. */
#include "tests/core/rows.h"

#include "transforms/project/balance/causes.h"

#define KEYS "region:key yrke:key period:key "
#define GAP KEYS "etterspoersel:other tilbud:other startmangel:other gap:other"
#define NEED KEYS "befolkning:sum bruk:sum"
#define SUPPLY KEYS "aldring:sum utdannede:sum"
#define BALANCE "yrke:key faktor:other"

typedef struct {
    SpTable *gap, *balance, *need, *supply;
} Case;

static void case_clear(Case *self)
{
    sp_table_free(self->gap);
    sp_table_free(self->balance);
    sp_table_free(self->need);
    sp_table_free(self->supply);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static SpTable *made(const Case *self)
{
    g_autoptr(GError) error = NULL;
    const SpCausesInput input = {self->gap, self->balance, self->need, self->supply};
    SpTable *table = sp_causes_table(&input, &error);
    assert_no_error(error);
    return table;
}

/* 100 x 2 of supply are 200 in the base; 10 and 30 more of it are 20 and 60. */
static void parts_of_supply_are_scaled_and_each_row_adds_up(void **state)
{
    (void)state;
    g_auto(Case)
        self = {.gap = TABLE("framskriving_gap", GAP, "0 lege 2026-01-01 200/m 200/m . -/m",
                             "0 lege 2030-01-01 230/m 260/m . -30/m",
                             "0 lege 2031-01-01 250/m 280/m . -30/m"),
                .balance = TABLE("framskriving_balanse", BALANCE, "lege 2/m"),
                .need = TABLE("n", NEED, "0 lege 2030-01-01 40/m -10/m"),
                .supply = TABLE("s", SUPPLY, "0 lege 2030-01-01 -5/m 35/m")};
    sp_table_set_marks(self.gap, SP_MARK_SYNTHETIC);
    sp_table_set_marks(self.supply, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) table = made(&self);
    assert_rows(table, "0 lege 2030-01-01 200/m 40/m -10/m 230/m 200/m -10/m 70/m 260/m . -30/m");
    assert_int_equal(sp_table_marks(table), SP_MARK_SYNTHETIC | SP_MARK_SENSITIVE);
}

static void parts_never_tell_what_is_hidden_on_the_day_or_in_the_base(void **state)
{
    (void)state;
    g_auto(Case)
        self = {.gap = TABLE("framskriving_gap", GAP,
                             "1 lege 2026-01-01 : 10/m . :", "1 lege 2030-01-01 12/m 11/m . 1/m",
                             "2 lege 2026-01-01 9/m 10/m . -1/m", "2 lege 2030-01-01 : 11/m . :",
                             "3 lege 2026-01-01 9/m 10/m . -1/m", "3 lege 2030-01-01 12/m .. . .."),
                .balance = TABLE("framskriving_balanse", BALANCE, "lege 1/m"),
                .need = TABLE("n", NEED, "1 lege 2030-01-01 2/m 1/m", "2 lege 2030-01-01 2/m 1/m",
                              "3 lege 2030-01-01 2/m 1/m"),
                .supply = TABLE("s", SUPPLY, "1 lege 2030-01-01 1/m -/m",
                                "2 lege 2030-01-01 1/m -/m", "3 lege 2030-01-01 1/m -/m")};
    g_autoptr(SpTable) table = made(&self);
    assert_rows(table, "1 lege 2030-01-01 : : : 12/m 10/m 1/m -/m 11/m . 1/m",
                "2 lege 2030-01-01 9/m : : : 10/m 1/m -/m 11/m . :",
                "3 lege 2030-01-01 9/m 2/m 1/m 12/m 10/m .. .. .. . ..");
}

/* A profession without supply has need's parts, and none of supply. */
static void what_has_no_supply_has_no_parts_of_it(void **state)
{
    (void)state;
    g_auto(Case) self = {.gap = TABLE("framskriving_gap", GAP, "0 lege 2026-01-01 10/m .. . ..",
                                      "0 lege 2030-01-01 12/m .. . .."),
                         .balance = TABLE("framskriving_balanse", BALANCE, "lege .."),
                         .need = TABLE("n", NEED, "0 lege 2030-01-01 2/m -/m"),
                         .supply = TABLE("s", SUPPLY, "0 tannlege 2030-01-01 1/m -/m")};
    g_autoptr(SpTable) table = made(&self);
    assert_rows(table, "0 lege 2030-01-01 10/m 2/m -/m 12/m .. .. .. .. . ..");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_supply_are_scaled_and_each_row_adds_up),
        cmocka_unit_test(parts_never_tell_what_is_hidden_on_the_day_or_in_the_base),
        cmocka_unit_test(what_has_no_supply_has_no_parts_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
