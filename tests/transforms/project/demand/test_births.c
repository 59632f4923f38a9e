/* A service that follows births: those of the year that begins with the day, as they are projected,
 * and not those of the one year that ends with the base. */
#include "country.h"
#include "tests/transforms/project/population/country.h"

#include "transforms/project/demand/services.h"
#include "transforms/project/population/population.h"

#include <math.h>

/* ---- a small country ---- */

/* Ten births a year and size in every kommune, one tenth more in the second in the year before the
 * base alone. */
static SpTables *one_year_of_many_births(const char *driver)
{
    g_autofree char *row = g_strdup_printf("hstj helse 232 %s nei nei jordmor", driver);
    const char *const services[] = {"hjemme omsorg 254 brukere brukere hjemmebrukere _ _ ja ja _",
                                    "inst omsorg 253 brukere brukere instbrukere _ _ ja ja _", row,
                                    NULL};
    SpTables *in = country(0.0);
    replace(in, small_services(services));
    for (guint i = 0; i < N; i++) {
        for (int year = BASE - 4; year <= LAST; year++) {
            double born = 10.0 * (i + 1) * (i == 1 && year == BASE ? 1.1 : 1.0);
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                SpTable *people =
                    sp_tables_find(in, year < BASE ? "folkemengde" : "framskriving_befolkning");
                fixture_add_persons(people, kommuner[i], sex, 0, year, sp_real(born));
            }
        }
    }
    return in;
}

static double growth_of_first_year(const char *driver)
{
    g_autoptr(SpTables) in = one_year_of_many_births(driver);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    return small_need(paths, SP_NEED_TODAY, kommuner[1], "HSY", 1) /
           small_need(paths, SP_NEED_TODAY, kommuner[1], "HSY", 0);
}

static void births_of_one_year_are_no_need_of_the_next(void **state)
{
    (void)state;
    assert_near(growth_of_first_year("foedte _ _ _ _"), 1, 1e-9);
    /* Children of the base day as the driver took 6 % of its need away a year on. */
    assert_true(growth_of_first_year("personer _ _ _ 000-000:1") < 0.95);
}

static void the_births_of_a_year_are_followed_from_its_beginning(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = one_year_of_many_births("foedte _ _ _ _");
    SpTable *people = sp_tables_find(in, "framskriving_befolkning");
    for (guint i = 0; i < N; i++) {
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            gsize row = fixture_find(people, kommuner[i], sex, 0, BASE + 2);
            sp_table_set_real(people, row, 4, sp_real(12.0 * (i + 1)));
        }
    }
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize k = small_find(paths->services, "hstj"), u = small_find(paths->kommuner, kommuner[2]);
    const double *index = &paths->constant_use[(u * paths->n_services + k) * paths->n_days];
    assert_near(index[0], 1, 1e-12);
    assert_near(index[1], 1.2, 1e-12); /* those who are 0 at the end of the year */
    assert_near(index[2], 1, 1e-12);
    assert_near(index[paths->n_days - 1], 1, 1e-12);
    /* The first day cannot be told where the births that it is told of are hidden. */
    sp_table_set_real(people, fixture_find(people, kommuner[2], 0, 0, BASE + 1), 4,
                      sp_real_none(SP_SUPPRESSED));
    g_autoptr(SpDemandPaths) hidden = small_model(in, NULL);
    assert_int_equal(hidden->user_status[(u * paths->n_services + k) * paths->n_days],
                     SP_SUPPRESSED);
}

static void midwives_follow_births(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    static const char *const shares[] = {"bruk", NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) services = config_table("framskriving/tjenester.csv", "tjenester", none);
    g_autoptr(SpTable) use = config_table("bruk.csv", "bruk", shares);
    g_autoptr(GArray) found = sp_services_new(services, use, &error);
    assert_no_error(error);
    const SpService *midwives =
        &g_array_index(found, SpService, sp_services_find(found, "jordmortjeneste"));
    assert_true(midwives->is_births);
    assert_near(midwives->use[SP_WOMEN][0], 1, 0);
    assert_near(midwives->use[SP_WOMEN][1], 0, 0);
}

/* ---- the real one ---- */

enum { DAY, THREE, FIVE, PROJECTED, N_DRIVERS };
static const char *const driver_names[N_DRIVERS] = {
    "aged 0 on the base day", "mean of the newest three", "mean of the newest five",
    "projected for the year that begins"};
enum { FIRST_BASE = 2021, LAST_BASE = 2025, MOST_YEARS = 3 };

static double newborn(const SpPersons *persons)
{
    return persons->count[SP_MEN][0] + persons->count[SP_WOMEN][0];
}

/* Those aged 0 in the history of a model's region; men and women are together before 2020. */
static double born_before(const SpHistory *history, gsize region, int year)
{
    gsize at = region * history->n_days + (gsize)(year - history->first_year);
    return history->is_together[at] ? history->together[at][0] : newborn(&history->persons[at]);
}

/* [N_DRIVERS][n_regions] of a base. */
static void find_drivers(const SpTables *in, int base, SpPopulationModel **model, double **drivers)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options;
    sp_population_options_init(&options, base, base + 1);
    *model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    const SpHistory *history = (*model)->history;
    gsize n = history->n_regions;
    g_autofree SpPersons *persons = g_new(SpPersons, n * 2);
    sp_population_project(*model, 2, persons, quality);
    *drivers = g_new0(double, N_DRIVERS *n);
    for (gsize u = 0; u < n; u++) {
        double sum = 0;
        for (int back = 0; back < 5 && base - back >= history->first_year; back++) {
            sum += born_before(history, u, base - back);
            if (back == 0) {
                (*drivers)[DAY * n + u] = sum;
            } else if (back == 2) {
                (*drivers)[THREE * n + u] = sum / 3;
            }
            (*drivers)[FIVE * n + u] = sum / (back + 1);
        }
        (*drivers)[PROJECTED * n + u] = newborn(&persons[u * 2 + 1]);
    }
}

/* Errors of kommuner in percent, and theirs over all births: both of what each is of the country's,
 * which a driver is brought to. */
typedef struct {
    double share, missed, births;
    guint n;
} Score;

static void judge(const SpTables *in, int base, Score scores[N_DRIVERS])
{
    g_autoptr(SpPopulationModel) model = NULL;
    g_autofree double *drivers = NULL;
    find_drivers(in, base, &model, &drivers);
    gsize n = model->history->n_regions;
    for (int year = base + 1; year <= MIN(base + MOST_YEARS, COUNTRY_LAST); year++) {
        g_autoptr(GHashTable) facts = country_band(sp_tables_find(in, "folkemengde"), year, 0, 0);
        for (gsize d = 0; d < N_DRIVERS; d++) {
            double all = 0, born = 0;
            for (gsize u = 0; u < n; u++) {
                all += drivers[d * n + u];
                born += *(double *)g_hash_table_lookup(facts, model->history->codes[u]);
            }
            for (gsize u = 0; u < n; u++) {
                double fact = *(double *)g_hash_table_lookup(facts, model->history->codes[u]);
                double missed = fabs(drivers[d * n + u] * born / all - fact);
                scores[d].missed += missed;
                scores[d].births += fact;
                scores[d].share += fact > 0 ? missed / fact : 0;
                scores[d].n += fact > 0;
            }
        }
    }
}

static void projected_births_tell_best_of_those_to_come(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    Score scores[N_DRIVERS] = {{0}};
    double mape[N_DRIVERS], wape[N_DRIVERS];
    for (int base = FIRST_BASE; base <= LAST_BASE; base++) {
        judge(*state, base, scores);
    }
    for (gsize d = 0; d < N_DRIVERS; d++) {
        wape[d] = 100 * scores[d].missed / scores[d].births;
        mape[d] = 100 * scores[d].share / scores[d].n;
        g_autofree char *line =
            g_strdup_printf("| %s | %.2f | %.2f |", driver_names[d], mape[d], wape[d]);
        print_message("%s\n", line);
        fixture_assert_on_page("demand.md", line);
    }
    for (gsize d = 0; d < PROJECTED; d++) {
        assert_true(mape[PROJECTED] < mape[d] && wape[PROJECTED] <= wape[d]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(births_of_one_year_are_no_need_of_the_next),
        cmocka_unit_test(the_births_of_a_year_are_followed_from_its_beginning),
        cmocka_unit_test(midwives_follow_births),
        cmocka_unit_test(projected_births_tell_best_of_those_to_come),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
