/* config/bruk.csv against the published figures it is made of: the derivation of
 * docs/methods/demand.md done once more. */
#include "demand/config.h"

#include "transforms/project/use.h"

/* Persons of an age band: the sum of a column over rows whose age is within it, and whose first
 * column is the year (NULL where all rows are of one year). */
static double people(const GPtrArray *rows, const char *year, gsize age_column, gsize column,
                     guint from, guint to)
{
    double sum = 0;
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        double age = fixture_number(row[age_column]);
        if ((year == NULL || strcmp(row[0], year) == 0) && age >= from && age <= to) {
            sum += fixture_number(row[column]);
        }
    }
    return sum;
}

/* Sum of a column of the panel in 2022 over kommuner that publish it, and also `other` (the same
 * column for no more than that). */
static double panel_sum(const GPtrArray *panel, gsize column, gsize other)
{
    double sum = 0;
    for (guint i = 0; i < panel->len; i++) {
        char **row = panel->pdata[i];
        if (strcmp(row[1], "2022") == 0 && *row[column] != '\0' && *row[other] != '\0') {
            sum += fixture_number(row[column]);
        }
    }
    return sum;
}

/* A key figure of the country in 2022, as a share. */
static double key_figure(const GPtrArray *rows, const char *name)
{
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[0], name) == 0 && strcmp(row[2], "Landet") == 0 &&
            strcmp(row[3], "2022") == 0) {
            return fixture_number(row[4]) / 100;
        }
    }
    fail_msg("no key figure \"%s\"", name);
    return 0;
}

enum { N_USE_BANDS = 5 };
static const guint use_first[N_USE_BANDS] = {0, 67, 80, 85, 90};
static const guint use_last[N_USE_BANDS] = {66, 79, 84, 89, 110};

/* An older table's users at 80-89 and 90+ by a rate that rises by the same percentage with each
 * year of age: users per inhabitant at 80-84, 85-89 and 90+ up to a common factor. */
static void shape_within_80(const GPtrArray *population, const char *year, double users_80_89,
                            double users_90, double shape[3])
{
    enum { FIRST = 80, LAST = 110 };
    double here[LAST - FIRST + 1], low = -1, high = 1;
    for (guint age = FIRST; age <= LAST; age++) {
        here[age - FIRST] = people(population, year, 1, 4, age, age);
    }
    for (guint round = 0; round < 100; round++) {
        double slope = (low + high) / 2, users[3] = {0}, all[3] = {0};
        for (guint age = FIRST; age <= LAST; age++) {
            gsize band = age < 85 ? 0 : age < 90 ? 1 : 2;
            all[band] += here[age - FIRST];
            users[band] += here[age - FIRST] * exp(slope * (age - FIRST));
        }
        for (gsize band = 0; band < 3; band++) {
            shape[band] = users[band] / all[band];
        }
        if (users[2] / (users[0] + users[1]) < users_90 / users_80_89) {
            low = slope;
        } else {
            high = slope;
        }
    }
}

/* What a service's rows must be, from users by 0-66, 67-79 and 80+ at the end of 2022. */
static void expect_use(const double users[3], const double shape[3], const GPtrArray *inhabitants,
                       double use[N_USE_BANDS])
{
    double old = 0;
    for (gsize band = 0; band < N_USE_BANDS; band++) {
        double here = people(inhabitants, NULL, 2, 3, use_first[band], use_last[band]);
        if (band < 2) {
            use[band] = users[band] / here;
        } else {
            old += shape[band - 2] * here;
        }
    }
    for (gsize band = 2; band < N_USE_BANDS; band++) {
        use[band] = shape[band - 2] * users[2] / old;
    }
}

/* The figures that were published, read once. */
typedef struct {
    GPtrArray *panel, *key_figures, *inhabitants, *deaths, *home, *institution;
} Published;

static Published *read_published(const char *shared)
{
    Published *published = g_new(Published, 1);
    *published = (Published){
        .panel = fixture_rows(shared, "ssb-panel-kommuner/panel_2015_2022.csv"),
        .key_figures = fixture_rows(
            shared, "kostra-helse-omsorg/kostra_noekkeltall_helse_omsorg_2020-2025.csv"),
        .inhabitants = fixture_rows(shared, "ssb-07459-folkemengde/folkemengde_2023.csv"),
        .deaths = fixture_rows(shared, "hmd-hfd-norge/dodelighet_1990_2023.csv"),
        .home = fixture_rows(shared, "helsemod/home_care_users_by_age.csv"),
        .institution = fixture_rows(shared, "helsemod/institution_residents_by_age.csv"),
    };
    return published;
}

static void free_published(Published *published)
{
    GPtrArray *all[] = {published->panel,  published->key_figures, published->inhabitants,
                        published->deaths, published->home,        published->institution};
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_ptr_array_unref(all[i]);
    }
    g_free(published);
}

static const char *const share_0_66 = "Andel brukere av hjemmetjenester 0-66 år";
static const char *const share_of_80 = "Andel innb. 80+ som bruker hjemmetjenester";

/* Columns of the panel. */
enum { HOME = 4, HOME_80 = 5, INSTITUTION = 7, INSTITUTION_80 = 8 };

static void expect_home(const Published *published, double use[N_USE_BANDS])
{
    double all = panel_sum(published->panel, HOME, HOME), shape[3];
    double old = all * panel_sum(published->panel, HOME_80, HOME) /
                 panel_sum(published->panel, HOME, HOME_80);
    double young = all * key_figure(published->key_figures, share_0_66);
    char **newest = published->home->pdata[published->home->len - 1];
    shape_within_80(published->deaths, newest[0], fixture_number(newest[4]),
                    fixture_number(newest[5]), shape);
    expect_use((const double[]){young, all - young - old, old}, shape, published->inhabitants, use);
}

/* No newer figure divides those below 80. */
static void expect_institution(const Published *published, double use[N_USE_BANDS])
{
    double all = panel_sum(published->panel, INSTITUTION, INSTITUTION), shape[3];
    double old = all * panel_sum(published->panel, INSTITUTION_80, INSTITUTION) /
                 panel_sum(published->panel, INSTITUTION, INSTITUTION_80);
    char **newest = published->institution->pdata[published->institution->len - 1];
    double below_67 = fixture_number(newest[2]), from_67 = fixture_number(newest[3]);
    double young = (all - old) * below_67 / (below_67 + from_67);
    shape_within_80(published->deaths, newest[0], fixture_number(newest[4]),
                    fixture_number(newest[5]), shape);
    expect_use((const double[]){young, all - young - old, old}, shape, published->inhabitants, use);
}

static void configured_use_is_made_of_published_figures(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    Published *published = read_published(shared);
    double want[2 * N_USE_BANDS];
    expect_home(published, want);
    expect_institution(published, want + N_USE_BANDS);
    g_autoptr(GPtrArray) rates = fixture_rows(SP_SOURCE_FOLDER, "config/bruk.csv");
    assert_int_equal(rates->len, 2 * N_USE_BANDS);
    for (guint i = 0; i < rates->len; i++) {
        char **row = rates->pdata[i];
        guint band = i % N_USE_BANDS;
        assert_string_equal(row[0], i < N_USE_BANDS ? "hjemmetjeneste" : "institusjon");
        assert_true(fixture_number(row[2]) == use_first[band]);
        assert_true(fixture_number(row[3]) == MIN(use_last[band], 105));
        assert_near(fixture_number(row[4]), want[i], 5.1e-8);
    }
    free_published(published);
}

/* What a reader can check without the derivation: the rates times the people of 1 January 2023. */
static void configured_use_gives_the_users_of_2022(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    Published *published = read_published(shared);
    g_autoptr(GPtrArray) rates = fixture_rows(SP_SOURCE_FOLDER, "config/bruk.csv");
    double users[2 * N_USE_BANDS] = {0}, sum[2] = {0};
    for (guint i = 0; i < rates->len; i++) {
        char **row = rates->pdata[i];
        guint band = i % N_USE_BANDS;
        users[i] = fixture_number(row[4]) *
                   people(published->inhabitants, NULL, 2, 3, use_first[band], use_last[band]);
        sum[i / N_USE_BANDS] += users[i];
    }
    print_message("users 2022: home services %.0f, institution %.0f\n", sum[0], sum[1]);
    assert_near(sum[0] / 216900, 1, 0.01);
    assert_near(sum[1] / 31188, 1, 0.01);
    /* Published to a tenth of a percent. The second is no input of the rates. */
    double old = users[2] + users[3] + users[4];
    assert_near(users[0] / sum[0], key_figure(published->key_figures, share_0_66), 0.0005);
    assert_near(old / people(published->inhabitants, NULL, 2, 3, 80, 105),
                key_figure(published->key_figures, share_of_80), 0.0005);
    free_published(published);
}

static void configured_use_is_accepted(void **state)
{
    (void)state;
    g_autoptr(SpTable) use = config_file("bruk");
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) uses = sp_use_new(use, &error);
    assert_no_error(error);
    assert_int_equal(uses->len, 2);
    const SpUse *home = &g_array_index(uses, SpUse, 0);
    assert_true(home->use[SP_WOMEN][105] > home->use[SP_WOMEN][85]);
    assert_true(home->use[SP_WOMEN][85] > home->use[SP_WOMEN][80]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(configured_use_is_made_of_published_figures),
        cmocka_unit_test(configured_use_gives_the_users_of_2022),
        cmocka_unit_test(configured_use_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
