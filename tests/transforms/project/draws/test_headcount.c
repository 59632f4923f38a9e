/* Few persons of a profession in a labour market: who leaves and who comes is chance. */
#include "made_up.h"

enum { N_DRAWS = 4000, N_DAYS = 6, LAST = N_DAYS - 1, PERSONS = 20 };

/* Two kommuner, each with a market of twenty persons of whom one leaves and one comes in a year. */
static void init(MadeUp *of, Kept *kept)
{
    made_up_init(of, (MadeUpSize){2, 1, 1, 1, 2, 1, N_DAYS, N_DRAWS});
    made_up_steady(of);
    for (gsize market = 0; market < 2; market++) {
        double *work = sp_supply_work(&of->supply, 0, market);
        work[market] = 1;
        work[1 - market] = 0;
        for (gsize day = 0; day < N_DAYS; day++) {
            sp_supply_at(&of->supply, of->supply.persons, market, 0, SP_CAUSE_BASE)[day] = PERSONS;
            sp_supply_at(&of->supply, of->supply.aarsverk, market, 0, SP_CAUSE_MOVES)[day] = 0;
        }
    }
    for (gsize day = 1; day < N_DAYS; day++) {
        double *inflow = &of->supply.inflow[day];
        of->supply.exit_rate[day] = 0.05;
        inflow[(gsize)SP_CAUSE_GRADUATES * N_DAYS] = 2; /* in the country */
        inflow[(gsize)SP_CAUSE_FOREIGN * N_DAYS] = 0;
    }
    kept_init(kept, of);
}

/* In a year two of twenty move: a relative variance of 2 / 20^2. Markets are independent, and the
 * country of both varies half as much; the mean is the path's. */
static void few_persons_are_more_or_fewer_by_chance(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    init(&of, &kept);
    sp_draws_results_free(made_up_run(&of, 2));
    const float *first = kept_at(&kept, 1, 0, 0, LAST), *second = kept_at(&kept, 1, 1, 0, LAST);
    float together[N_DRAWS];
    double sd = sqrt(LAST * log(1 + 2.0 / (PERSONS * PERSONS))), mean = 0;
    double path = 50 * pow(0.97, LAST) + 2.5 * LAST;
    for (gsize i = 0; i < N_DRAWS; i++) {
        together[i] = first[i] + second[i];
        mean += (double)first[i] / N_DRAWS;
    }
    assert_near(log_sd(N_DRAWS, first), sd, sd_error(sd, N_DRAWS));
    assert_near(log_sd(N_DRAWS, second), sd, sd_error(sd, N_DRAWS));
    assert_near(log_sd(N_DRAWS, together), sd / sqrt(2), 0.02 * sd + sd_error(sd, N_DRAWS));
    assert_near(mean / path, 1, 4 * sd / sqrt(N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* What the kommune's årsverk are told to change by has its people's chance in it: those who are
 * there vary as told, and what the need has for itself is the rest. */
static void chance_of_persons_is_part_of_what_is_told(void **state)
{
    (void)state;
    static const double told = 0.1; /* log, root of years: more than chance alone makes */
    MadeUp of;
    Kept kept;
    init(&of, &kept);
    for (gsize i = 0; i < (gsize)2 * N_DAYS; i++) {
        of.demand.staff_sd[i] = told * sqrt((double)(i % N_DAYS));
    }
    made_up_others(&of, 1e-6);
    sp_draws_results_free(made_up_run(&of, 2));
    /* Of two alike each is held against the mean of both: their difference is what is told. */
    const float *first = kept_at(&kept, 1, 0, 0, LAST), *second = kept_at(&kept, 1, 1, 0, LAST);
    float ratio[N_DRAWS];
    for (gsize i = 0; i < N_DRAWS; i++) {
        ratio[i] = first[i] / second[i];
    }
    double sd = sqrt(2) * told * sqrt(LAST);
    assert_near(log_sd(N_DRAWS, ratio), sd, 0.05 * sd + sd_error(sd, N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_persons_are_more_or_fewer_by_chance),
        cmocka_unit_test(chance_of_persons_is_part_of_what_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
