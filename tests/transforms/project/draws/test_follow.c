/* What follows the people of a draw, on both sides. */
#include "made_up.h"

#include "core/normal.h"

enum { N_DRAWS = 4000, N_DAYS = 6, LAST = N_DAYS - 1 };

/* One kommune with one of everything. */
static const MadeUpSize one = {1, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS};

/* Half of the first band, once the base day is over. */
static void half_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    const MadeUp *of = data;
    gsize n = of->size.n_days * of->size.n_draws;
    made_up_people(data, thread, kommune, persons);
    for (gsize i = of->size.n_draws; i < n; i++) {
        persons[i] *= 0.5F;
    }
}

/* People of a draw over those expected, weighed by what each band takes. */
static void need_follows_people(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.plan.people = half_people;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double first = 1000 * 0.01, second = 1100 * 0.03;
    double want = 10 * pow(1.02, LAST) * (first / 2 + second) / (first + second);
    assert_near(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED)[3], want, 1e-4);
    made_up_clear(&of);
}

/* Expected people times 1 + 2 % a year of a normal number: one for each kommune. */
typedef struct {
    const MadeUp *of;
    SpNormals normals;
} Crowd;

static void crowd_normal(const Crowd *crowd, gsize kommune, float normal[])
{
    sp_normals_draw(&crowd->normals, sp_random_numbered(sp_random_seed(99), kommune), 0,
                    crowd->of->size.n_draws, normal);
}

static void crowd_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    const Crowd *crowd = data;
    gsize n = crowd->of->size.n_draws, n_days = crowd->of->size.n_days;
    g_autofree float *normal = g_new(float, n);
    made_up_people((gpointer)crowd->of, thread, kommune, persons);
    crowd_normal(crowd, kommune, normal);
    for (gsize i = 0; i < MADE_UP_BANDS * n_days * n; i++) {
        persons[i] *= 1.0F + 0.02F * (float)(i / n % n_days) * normal[i % n];
    }
}

static double correlation(gsize n, const float a[], const float b[])
{
    double sums[5] = {0};
    for (gsize i = 0; i < n; i++) {
        double x = (double)a[i], y = (double)b[i];
        sums[0] += x;
        sums[1] += y;
        sums[2] += x * x;
        sums[3] += y * y;
        sums[4] += x * y;
    }
    double m = (double)n;
    return (sums[4] - sums[0] * sums[1] / m) /
           sqrt((sums[2] - sums[0] * sums[0] / m) * (sums[3] - sums[1] * sums[1] / m));
}

/* One of everything, its people drawn by the crowd; `crowd` is borrowed by `of`. */
static void crowd_init(Crowd *crowd, MadeUp *of, Kept *kept)
{
    made_up_init(of, one);
    kept_init(kept, of);
    *crowd = (Crowd){.of = of};
    sp_normals_init(&crowd->normals);
    of->plan.people = crowd_people;
    of->plan.people_data = crowd;
}

/* Foreign inflow of a year has sd .3 of which 60 % of the variance follows people: one year on
 * supply goes with people by the root of that, and spreads no more than it would without. */
static void those_from_abroad_come_with_people(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    Crowd crowd;
    crowd_init(&crowd, &of, &kept);
    of.plan.sizes.foreign = (SpSharedWalk){{0.3, 0.5}, 1};
    of.plan.sizes.foreign_people = 0.6;
    sp_draws_results_free(made_up_run(&of, 1));
    g_autofree float *normal = g_new(float, N_DRAWS), *came = g_new(float, N_DRAWS);
    crowd_normal(&crowd, 0, normal);
    for (gsize i = 0; i < N_DRAWS; i++) {
        /* 50 of the base less 3 %, 2 graduates and half an årsverk from abroad. */
        came[i] = (kept_at(&kept, 1, 0, 0, 1)[i] - 50.5F) / 0.5F;
    }
    assert_near(log_sd(N_DRAWS, came), 0.3, sd_error(0.3, N_DRAWS));
    for (gsize i = 0; i < N_DRAWS; i++) {
        came[i] = (float)log((double)came[i]);
    }
    assert_near(correlation(N_DRAWS, came, normal), sqrt(0.6), 4 * 0.4 / sqrt(N_DRAWS));
    /* The need of the same future is people's: so both sides move together. */
    assert_true(correlation(N_DRAWS, kept_at(&kept, 0, 0, 0, 1), kept_at(&kept, 1, 0, 0, 1)) > 0.7);
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Two labour markets alike, each of one kommune: staff go where people are more than expected, and
 * the country has as many. log S1 / S2 = sd (2 sqrt(b) z + sqrt(1 - b)(w1 - w2)), z of the
 * difference. */
static void staff_go_where_people_go(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, (MadeUpSize){2, 1, 1, 1, 2, 1, N_DAYS, N_DRAWS});
    kept_init(&kept, &of);
    for (gsize market = 0; market < 2; market++) {
        sp_supply_work(&of.supply, 0, market)[market] = 1;
        sp_supply_work(&of.supply, 0, market)[1 - market] = 0;
        memset(sp_supply_at(&of.supply, of.supply.aarsverk, market, 0, SP_CAUSE_MOVES), 0,
               N_DAYS * sizeof(double));
    }
    Crowd crowd = {.of = &of};
    sp_normals_init(&crowd.normals);
    of.plan.people = crowd_people;
    of.plan.people_data = &crowd;
    of.plan.sizes.market = (SpWalk){0.02, 1};
    of.plan.sizes.market_people = 0.5;
    sp_draws_results_free(made_up_run(&of, 1));
    g_autofree float *first = g_new(float, N_DRAWS), *second = g_new(float, N_DRAWS);
    g_autofree float *ratio = g_new(float, N_DRAWS);
    crowd_normal(&crowd, 0, first);
    crowd_normal(&crowd, 1, second);
    for (gsize i = 0; i < N_DRAWS; i++) {
        first[i] -= second[i];
        ratio[i] = kept_at(&kept, 1, 0, 0, LAST)[i] / kept_at(&kept, 1, 1, 0, LAST)[i];
        assert_near((double)kept_at(&kept, 1, 2, 0, LAST)[i],
                    (double)kept_at(&kept, 1, 2, 0, LAST)[0], 1e-3);
    }
    double sd = 0.02 * sqrt(LAST) * sqrt(4 * 0.5 + 2 * 0.5);
    assert_near(log_sd(N_DRAWS, ratio), sd, sd_error(sd, N_DRAWS));
    for (gsize i = 0; i < N_DRAWS; i++) {
        ratio[i] = (float)log((double)ratio[i]);
    }
    assert_near(correlation(N_DRAWS, ratio, first), 2 * sqrt(0.5) / sqrt(3),
                4 * (1.0 / 3) / sqrt(N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Graduates of the day are those admitted three years before, and as many more as people were. */
static void admissions_follow_people_where_capacity_does(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    Crowd crowd;
    crowd_init(&crowd, &of, &kept);
    of.plan.capacity_follows = TRUE;
    sp_draws_results_free(made_up_run(&of, 1));
    g_autofree float *normal = g_new(float, N_DRAWS);
    crowd_normal(&crowd, 0, normal);
    double rest = 50 * pow(0.97, LAST) + 0.5 * LAST;
    for (gsize i = 0; i < N_DRAWS; i++) {
        double each = 0.02 * (double)normal[i], years = 3 + exp(each) + exp(2 * each);
        assert_near((double)kept_at(&kept, 1, 0, 0, LAST)[i], rest + 2 * years, 1e-3);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(need_follows_people),
        cmocka_unit_test(those_from_abroad_come_with_people),
        cmocka_unit_test(staff_go_where_people_go),
        cmocka_unit_test(admissions_follow_people_where_capacity_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
