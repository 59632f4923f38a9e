/* What is told of regions beside their kommuner. */
#include "made_up.h"

enum { N_DAYS = 3, LAST = N_DAYS - 1, N_DRAWS = 200, KOMMUNER = 5, COUNTRY = KOMMUNER + 2 };

/* The first of two fylker is one kommune, as Oslo is, and is asked about in both places: one
 * cell. */
static void a_region_of_one_kommune_has_its_figures(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){KOMMUNER, 2, 1, 2, 2, 2, N_DAYS, N_DRAWS});
    made_up_shake(&of);
    for (gsize i = 0; i < (gsize)KOMMUNER * 2; i++) {
        of.demand.count_variance[i] = 0.05;
    }
    of.regions[0].n_members = 1;
    of.professions[0].supply_factor = of.professions[1].supply_factor = 0.8;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 2);
    for (gsize g = 0; g < 2; g++) {
        for (gsize day = 0; day < N_DAYS; day++) {
            for (SpDrawn measure = SP_DRAWN_NEED; measure <= SP_DRAWN_GAP; measure++) {
                assert_memory_equal(sp_drawn(results, KOMMUNER, g, day, measure),
                                    sp_drawn(results, 0, g, day, measure),
                                    SP_N_DRAWN_FIGURES * sizeof(double));
            }
            assert_int_equal(results->short_draws[((gsize)KOMMUNER * 2 + g) * N_DAYS + day],
                             results->short_draws[g * N_DAYS + day]);
        }
    }
    made_up_clear(&of);
}

/* Each of the kommuner lacks seven tenths of an årsverk of the first profession, as where the law
 * asks a little more of each than there is: less than matters anywhere, and more in all than of the
 * second. One kommune lacks two of that, and it leads, until what the country lacks of the first is
 * measured. */
static void the_sum_of_what_matters_nowhere_leads_nothing(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){KOMMUNER, 1, 1, 2, 1, 2, N_DAYS, 16});
    double measured[(KOMMUNER + 3) * 2] = {0};
    for (gsize g = 0; g < 2; g++) {
        double *work = sp_supply_work(&of.supply, g, 0), all = 0;
        for (gsize u = 0; u < KOMMUNER; u++) {
            double need = *sp_demand_need(&of.demand, SP_NEED_TODAY, u, 0, g);
            work[u] = need - (g == 0 ? 0.7 : u == 0 ? 2 : 0);
            all += work[u];
        }
        for (gsize u = 0; u < KOMMUNER; u++) {
            work[u] /= all;
        }
        of.professions[g].supply_factor = all / (50 * (1 + (double)g));
    }
    of.plan.shortage = measured;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    const guint *leads = &results->largest_draws[(gsize)(COUNTRY - KOMMUNER) * 2 * N_DAYS];
    assert_near(sp_drawn(results, COUNTRY, 0, 0, SP_DRAWN_GAP)[3], 3.5, 1e-4);
    assert_near(sp_drawn(results, COUNTRY, 1, 0, SP_DRAWN_GAP)[3], 2, 1e-4);
    assert_int_equal(leads[0], 0);
    assert_int_equal(leads[N_DAYS], 0); /* two of 120: not relevant in the country */
    const guint *first = &results->largest_draws[0];
    assert_int_equal(first[0], 0);
    measured[(gsize)COUNTRY * 2] = 20;
    g_autoptr(SpDrawsResults) counted = made_up_run(&of, 1);
    assert_int_equal(counted->largest_draws[(gsize)(COUNTRY - KOMMUNER) * 2 * N_DAYS], 16);
    made_up_clear(&of);
}

/* The law asks for .2 of a profession that the first kommune has .05 of, and the second .25; what
 * is there varies and is counted, and no future needs less than the law asks for. */
static void no_future_needs_less_than_the_law_asks_for(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){2, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS});
    of.demand.by_law = made_up_numbers(&of, (gsize)2 * N_DAYS);
    of.demand.least = made_up_numbers(&of, (gsize)2 * N_DAYS);
    for (gsize cell = 0; cell < (gsize)2 * N_DAYS; cell++) {
        gsize u = cell / N_DAYS, day = cell % N_DAYS;
        of.demand.count_variance[u] = 1;
        of.demand.staff_sd[cell] = 0.3;
        of.demand.least[cell] = 0.2;
        of.demand.by_law[cell] = u == 0 ? 0.15 : 0;
        ((double *)(gpointer)sp_demand_need(&of.demand, SP_NEED_TODAY, u, 0, 0))[day] =
            u == 0 ? 0.2 : 0.25;
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    for (gsize u = 0; u < 2; u++) {
        for (gsize day = 0; day < N_DAYS; day++) {
            assert_true(sp_drawn(results, u, 0, day, SP_DRAWN_NEED)[0] >= 0.2 - 1e-6);
        }
    }
    /* .05 is a person of .7 in one of fourteen counts. */
    const double *duty = sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED);
    const double *enough = sp_drawn(results, 1, 0, LAST, SP_DRAWN_NEED);
    assert_near(duty[3], 0.2, 1e-6);
    assert_near(duty[SP_N_QUANTILES - 1], 0.7, 0.1);
    assert_near(enough[0], 0.2, 1e-6);
    assert_true(enough[SP_N_QUANTILES - 1] >= 0.7 - 1e-6);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_region_of_one_kommune_has_its_figures),
        cmocka_unit_test(the_sum_of_what_matters_nowhere_leads_nothing),
        cmocka_unit_test(no_future_needs_less_than_the_law_asks_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
