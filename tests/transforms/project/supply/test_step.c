/* A year of the stock: who changes profession, and where. */
#include "tests/check.h"

#include "transforms/project/supply/step.h"

enum { FROM, TO, N_PROFESSIONS, N_MARKETS = 3, YEAR = 2026, AGE = 11 };

/* Nurses and midwives in three regions: everybody is a man of one age, and nobody leaves. */
typedef struct {
    SpEducation education;
    SpInflow inflow;
    SpSupplyYear year;
    SpSupplyStock *stock;
    double wanted[SP_N_STOCK], nobody[N_PROFESSIONS * SP_N_STOCK];
    double before[N_PROFESSIONS], left[N_PROFESSIONS];
    double came[N_PROFESSIONS * SP_N_CAUSES], changed[1];
} Case;

static guint part_of[N_PROFESSIONS] = {FROM, TO};

static void case_init(Case *self, const double persons[N_MARKETS], const double place[],
                      double wanted)
{
    const SpTransition way = {.from = FROM, .to = TO, .leaves = TRUE};
    *self = (Case){.stock = sp_supply_stock_new(N_PROFESSIONS, N_MARKETS)};
    self->education = (SpEducation){.n = N_PROFESSIONS,
                                    .part_of = part_of,
                                    .transitions = g_array_new(FALSE, FALSE, sizeof way)};
    g_array_append_val(self->education.transitions, way);
    self->inflow = (SpInflow){.first = YEAR,
                              .n = 1,
                              .graduates = self->nobody,
                              .foreign = self->nobody,
                              .transitions = self->wanted};
    self->year = (SpSupplyYear){.education = &self->education,
                                .inflow = &self->inflow,
                                .place = place,
                                .exit = self->nobody,
                                .gain = self->nobody,
                                .year = YEAR,
                                .day = -1};
    self->wanted[AGE] = wanted;
    for (gsize market = 0; market < N_MARKETS; market++) {
        sp_supply_stock_at(self->stock, FROM, market, SP_CAUSE_BASE)[AGE - 1] = persons[market];
    }
}

static void case_clear(Case *self)
{
    g_array_unref(self->education.transitions);
    sp_supply_stock_free(self->stock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static void step(Case *self)
{
    const SpSupplyFlows flows = {self->before, self->left, self->came, self->changed};
    sp_supply_step(&self->year, self->stock, &flows);
}

static void assert_entered(const Case *self, const double wanted[N_MARKETS])
{
    for (gsize market = 0; market < N_MARKETS; market++) {
        double came = sp_supply_stock_at(self->stock, TO, market, SP_CAUSE_TRANSFERS)[AGE];
        double went = sp_supply_stock_at(self->stock, FROM, market, SP_CAUSE_TRANSFERS)[AGE];
        assert_near(came, wanted[market], 1e-12);
        assert_near(went, -wanted[market], 1e-12);
    }
}

static const double newcomers[N_PROFESSIONS * N_MARKETS] = {0, 0, 0, 0.6, 0.3, 0.1};

static void who_changes_comes_where_newcomers_live(void **state)
{
    (void)state;
    g_auto(Case) self;
    case_init(&self, (const double[]){100, 100, 100}, newcomers, 12);
    step(&self);
    assert_entered(&self, (const double[]){7.2, 3.6, 1.2});
    assert_near(self.changed[0], 12, 1e-12);
}

/* Two nurses give one; the 6.2 who are left come from rooms of 50 - 3.6 and 25 - 1.2. */
static void what_a_small_region_cannot_give_others_give(void **state)
{
    (void)state;
    g_auto(Case) self;
    case_init(&self, (const double[]){2, 100, 50}, newcomers, 12);
    step(&self);
    assert_entered(&self, (const double[]){1, 3.6 + 6.2 * 46.4 / 70.2, 1.2 + 6.2 * 23.8 / 70.2});
    assert_near(self.changed[0], 12, 1e-12);
    assert_near(self.came[TO * SP_N_CAUSES + SP_CAUSE_TRANSFERS], 12, 1e-12);
    assert_near(self.came[FROM * SP_N_CAUSES + SP_CAUSE_TRANSFERS], -12, 1e-12);
}

static void where_no_newcomer_lives_candidates_still_give(void **state)
{
    (void)state;
    static const double elsewhere[N_PROFESSIONS * N_MARKETS] = {0, 0, 0, 1, 0, 0};
    g_auto(Case) self;
    case_init(&self, (const double[]){0, 30, 10}, elsewhere, 4);
    step(&self);
    assert_entered(&self, (const double[]){0, 3, 1});
}

static void nobody_gives_more_than_half(void **state)
{
    (void)state;
    g_auto(Case) self;
    case_init(&self, (const double[]){2, 100, 50}, newcomers, 200);
    step(&self);
    assert_entered(&self, (const double[]){1, 50, 25});
    assert_near(self.changed[0], 76, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_changes_comes_where_newcomers_live),
        cmocka_unit_test(what_a_small_region_cannot_give_others_give),
        cmocka_unit_test(where_no_newcomer_lives_candidates_still_give),
        cmocka_unit_test(nobody_gives_more_than_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
