/* Demand of what ought not to come: an error that names the place, or a fall-back that is told. */
#include "country.h"

#include "transforms/project/demand/growth.h"
#include "transforms/project/project.h"

#include <math.h>

/* The model, its findings in `quality` (the caller's). */
static SpDemandPaths *model(const SpTables *in, SpQuality *quality)
{
    SpDemandOptions options;
    g_autoptr(GError) error = NULL;
    sp_demand_options_init(&options);
    SpDemandPaths *paths = sp_demand_model_new(in, &options, quality, &error);
    assert_no_error(error);
    return paths;
}

static void assert_fails(const SpTables *in, const char *told)
{
    SpDemandOptions options;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_demand_options_init(&options);
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &options, quality, &error);
    assert_null(paths);
    assert_has(error->message, told);
}

static void assert_all_finite(const SpDemandPaths *paths)
{
    gsize n = SP_N_NEEDS * paths->n_kommuner * paths->n_services * paths->n_days;
    for (gsize i = 0; i < n * paths->n_professions; i++) {
        assert_true(isfinite(paths->need[i]) && paths->need[i] >= 0.0);
    }
    for (gsize i = 0; i < n; i++) {
        assert_true(isfinite(paths->users[i]) && paths->users[i] >= 0.0);
    }
    for (gsize i = 0; i < n / SP_N_NEEDS; i++) {
        assert_true(isfinite(paths->use_sd[i]));
    }
}

static gboolean is_row_of(const SpTable *table, gsize row, const char *region, const char *period)
{
    return strcmp(sp_table_code(table, row, sp_table_find(table, "region")), region) == 0 &&
           g_str_has_prefix(sp_table_code(table, row, sp_table_find(table, "period")), period);
}

/* Rows of a region (and a period, "" for all) are not in the table any more. */
static void leave_out(SpTables *in, const char *name, const char *region, const char *period)
{
    const SpTable *table = sp_tables_find(in, name);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!is_row_of(table, row, region, period)) {
            g_array_append_val(rows, row);
        }
    }
    assert_true(rows->len < sp_table_n_rows(table));
    replace(in, sp_table_copy_rows(table, NULL, (const gsize *)(gpointer)rows->data, rows->len));
}

static void set_all(SpTables *in, const char *name, const char *period, double value)
{
    SpTable *table = sp_tables_find(in, name);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            gsize when = sp_table_find(table, "period");
            if (sp_table_column(table, column)->kind == SP_COLUMN_MEASURE &&
                g_str_has_prefix(sp_table_code(table, row, when), period)) {
                sp_table_set_real(table, row, column, sp_real(value));
            }
        }
    }
}

/* A sum without the old would look as if they had come since. */
static void past_without_an_age_is_as_no_past_of_that_day(void **state)
{
    (void)state;
    g_autoptr(SpTables) holed = country_by_rule(0.02);
    g_autoptr(SpTables) gone = country_by_rule(0.02);
    SpTable *people = sp_tables_find(holed, "folkemengde");
    gsize row = fixture_find(people, "1101", SP_WOMEN, 85, BASE - 2);
    sp_table_set_real(people, row, 4, sp_real_none(SP_MISSING));
    leave_out(gone, "folkemengde", "1101", "2022");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) one = model(holed, quality);
    g_autoptr(SpDemandPaths) other = model(gone, quality);
    gsize n = SP_N_NEEDS * one->n_kommuner * one->n_services * one->n_days;
    assert_memory_equal(one->users, other->users, n * sizeof(double));
    assert_all_finite(one);
}

static void day_without_people_is_an_error_and_not_no_need(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    for (guint i = 0; i < N; i++) {
        leave_out(in, "framskriving_befolkning", kommuner[i], "2027");
    }
    assert_fails(in, "framskriving_befolkning: nobody on 1 January 2027");
}

static void kommune_without_people_on_a_later_day_has_no_figure_there(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    leave_out(in, "framskriving_befolkning", "1103", "2027");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = model(in, quality);
    gsize k = small_find(paths->services, "inst"), u = small_find(paths->kommuner, "1103");
    const guint8 *status = &paths->user_status[(u * paths->n_services + k) * paths->n_days];
    assert_int_equal(status[2], SP_PRESENT);
    assert_int_equal(status[3], SP_MISSING);
}

/* Nobody of three gets a figure of their own: nearly all is the level of the kind. */
static void three_old_inhabitants_without_users_have_a_level_between(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.0);
    SpTable *people = sp_tables_find(in, "framskriving_befolkning");
    SpTable *users = sp_tables_find(in, "brukere"), *past = sp_tables_find(in, "folkemengde");
    for (int year = BASE - 4; year <= LAST; year++) {
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            SpTable *of = year < BASE ? past : people;
            sp_table_set_real(of, fixture_find(of, "1101", sex, 85, year), 4,
                              sp_real(sex == SP_MEN ? 1 : 2));
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(users); row++) {
        if (strcmp(sp_table_code(users, row, 0), "1101") == 0) {
            sp_table_set_real(users, row, 3, sp_real(0));
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = model(in, quality);
    assert_all_finite(paths);
    gsize k = small_find(paths->services, "inst"), u = small_find(paths->kommuner, "1101");
    double own = sp_demand_users(paths, SP_NEED_TODAY, u, k)[0];
    double equal = sp_demand_users(paths, SP_NEED_EQUAL, u, k)[0];
    assert_true(own > 0.0 && own < equal && equal < 3.0);
}

static void more_users_than_inhabitants_are_not_believed(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.0);
    g_autoptr(SpTables) without = country_by_rule(0.0);
    SpTable *users = sp_tables_find(in, "brukere"), *none = sp_tables_find(without, "brukere");
    for (gsize row = 0; row < sp_table_n_rows(users); row++) {
        if (is_row_of(users, row, "1505", "2023")) {
            sp_table_set_real(users, row, 2, sp_real(1e6));
            sp_table_set_real(none, row, 2, sp_real_none(SP_MISSING));
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = model(in, quality);
    assert_int_equal(sp_quality_count(quality, "use_above_one"), 1);
    g_autoptr(SpQuality) quiet = sp_quality_new();
    g_autoptr(SpDemandPaths) as_missing = model(without, quiet);
    assert_int_equal(sp_quality_count(quiet, "use_above_one"), 0);
    gsize n = SP_N_NEEDS * paths->n_kommuner * paths->n_services * paths->n_days;
    assert_memory_equal(paths->users, as_missing->users, n * sizeof(double));
}

static void rate_above_one_is_an_error_that_names_the_row(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    fixture_add_use(sp_tables_find(in, "bruk"), "inst", "0", "070", "079", 1.2);
    assert_fails(in, "bruk: row 4: bruk is not a number of users per inhabitant, 0 to 1");
}

static void kommune_without_staff_has_the_level_of_its_kind(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    leave_out(in, "stab", "1505", "");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = model(in, quality);
    assert_int_equal(sp_quality_count(quality, "no_own_staff"), 2); /* in both areas */
    assert_all_finite(paths);
    double own = small_need(paths, SP_NEED_TODAY, "1505", "HFA", 0);
    double equal = small_need(paths, SP_NEED_EQUAL, "1505", "HFA", 0);
    assert_true(own > equal / 2 && own < equal * 2);
}

/* Tables counted from positions have no row where there is nobody. */
static void profession_without_a_row_where_others_have_one_is_nobody(void **state)
{
    (void)state;
    g_autoptr(SpTables) zero = country(0.0);
    g_autoptr(SpTables) absent = country(0.0);
    const SpTable *staff = sp_tables_find(zero, "stab");
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(staff); row++) {
        gboolean is_gone = strcmp(sp_table_code(staff, row, 0), "1101") == 0 &&
                           strcmp(sp_table_code(staff, row, 2), "HSY") == 0;
        if (!is_gone) {
            g_array_append_val(rows, row);
        } else {
            assert_near(sp_table_real(staff, row, 4).value, 0, 0); /* as it stands in the other */
        }
    }
    replace(absent,
            sp_table_copy_rows(staff, NULL, (const gsize *)(gpointer)rows->data, rows->len));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) one = model(zero, quality);
    g_autoptr(SpDemandPaths) two = model(absent, quality);
    assert_int_equal(sp_quality_count(quality, "no_own_staff"), 0);
    gsize n = SP_N_NEEDS * one->n_kommuner * one->n_services * one->n_professions * one->n_days;
    assert_memory_equal(one->need, two->need, n * sizeof(double));
}

/* The last year of staff is 0 everywhere: the year before speaks, a year older. */
static void year_of_zeros_is_a_year_without_figures(void **state)
{
    (void)state;
    g_autoptr(SpTables) zeros = country(0.0);
    g_autoptr(SpTables) gone = country(0.0);
    set_all(zeros, "stab", "2023", 0);
    set_all(zeros, "brukere", "2023", 0);
    for (guint i = 0; i < N; i++) {
        leave_out(gone, "stab", kommuner[i], "2023");
        leave_out(gone, "brukere", kommuner[i], "2023");
    }
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(SpQuality) quiet = sp_quality_new();
    g_autoptr(SpDemandPaths) one = model(zeros, told);
    g_autoptr(SpDemandPaths) two = model(gone, quiet);
    assert_int_equal(sp_quality_count(told, "zero_year"), 4); /* two services, two areas */
    assert_int_equal(sp_quality_count(quiet, "zero_year"), 0);
    gsize n = SP_N_NEEDS * one->n_kommuner * one->n_services * one->n_professions * one->n_days;
    assert_memory_equal(one->need, two->need, n * sizeof(double));
    assert_true(small_need(one, SP_NEED_TODAY, "1101", "HFA", 0) > 1.0);
}

/* A table with nothing but zeros for a profession does not count it: no need is made of the law's
 * floor alone. */
static void profession_with_zeros_alone_does_not_exist(void **state)
{
    (void)state;
    static const char *const floors[] = {"HSY kommune 0.2 2018", NULL};
    g_autoptr(SpTables) in = country(0.0);
    SpTable *staff = sp_tables_find(in, "stab");
    replace(in, small_floors(floors));
    for (gsize row = 0; row < sp_table_n_rows(staff); row++) {
        if (strcmp(sp_table_code(staff, row, 2), "HSY") == 0) {
            sp_table_set_real(staff, row, 4, sp_real(0));
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = model(in, quality);
    assert_false(paths->is_observed[small_find(paths->professions, "HSY")]);
    assert_near(small_need(paths, SP_NEED_TODAY, "1101", "HSY", 0), 0.0, 0);
}

/* Nobody counts nurses of health stations here: what is missing in their need is told. */
static void profession_that_one_area_does_not_count_is_told(void **state)
{
    (void)state;
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _", NULL};
    g_autoptr(SpTables) in = country(0.0);
    replace(in, small_sources(sources));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = model(in, quality);
    assert_int_equal(sp_quality_count(quality, "partly_counted"), 1);
    assert_int_equal(sp_quality_count(quality, "no_staff"), 1);
    assert_all_finite(paths);
}

/* What nobody reads of a row of shares, nobody has to write; of sums it decides the path. */
static void ageing_may_be_blank_for_shares_alone(void **state)
{
    (void)state;
    static const char *const measures[] = {"aldring", "aldring_sd", "beholdt"};
    g_autoptr(SpTables) in = small_inputs();
    SpTable *table = sp_tables_find(in, "utvikling");
    for (gsize row = sp_table_n_rows(table); row-- > 1;) {
        for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
            sp_table_set_real(table, row, sp_table_find(table, measures[i]),
                              sp_real_none(SP_MISSING));
        }
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) growth = sp_growth_new(table, &error);
        if (strcmp(sp_table_code(table, row, 0), "andel") == 0) {
            assert_no_error(error);
            assert_non_null(growth);
        } else {
            assert_error(error, SP_ERROR_DATA, "row 2: aldring is not a number from 0 to 1");
        }
    }
}

/* With the services, structure and sources of the configuration: dental care is fylkeskommunal and
 * no source counts it, so its professions have rows on every level and no figure. */
static void dental_professions_have_rows_without_a_figure(void **state)
{
    (void)state;
    static const char *const dental[] = {"tannlege", "tannpleier", "tannhelsesekretaer"};
    static const char *const regions[] = {"1101", "11", "0"};
    g_autoptr(SpTables) in = country(0.0);
    static const char *const own[] = {"tjenester", "struktur", "bemanning_kilder", "lovkrav",
                                      "utvikling"};
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        sp_table_free(sp_tables_steal(in, own[i]));
    }
    config_add(in);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = fixture_chosen("2030");
    sp_transform_demand.run(in, settings, out, quality, &error);
    assert_no_error(error);
    const SpTable *need = sp_tables_find(out, "framskriving_etterspoersel");
    gsize n_found = 0;
    for (gsize row = 0; row < sp_table_n_rows(need); row++) {
        for (gsize i = 0; i < G_N_ELEMENTS(dental) * G_N_ELEMENTS(regions); i++) {
            if (is_row_of(need, row, regions[i % 3], "2026") &&
                strcmp(sp_table_code(need, row, 1), dental[i / 3]) == 0) {
                n_found++;
                assert_int_equal(sp_table_real(need, row, 4).status, SP_NOT_APPLICABLE);
            }
        }
    }
    assert_int_equal(n_found, G_N_ELEMENTS(dental) * G_N_ELEMENTS(regions));
    assert_true(sp_quality_count(quality, "no_staff") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(past_without_an_age_is_as_no_past_of_that_day),
        cmocka_unit_test(day_without_people_is_an_error_and_not_no_need),
        cmocka_unit_test(kommune_without_people_on_a_later_day_has_no_figure_there),
        cmocka_unit_test(three_old_inhabitants_without_users_have_a_level_between),
        cmocka_unit_test(more_users_than_inhabitants_are_not_believed),
        cmocka_unit_test(rate_above_one_is_an_error_that_names_the_row),
        cmocka_unit_test(kommune_without_staff_has_the_level_of_its_kind),
        cmocka_unit_test(profession_without_a_row_where_others_have_one_is_nobody),
        cmocka_unit_test(year_of_zeros_is_a_year_without_figures),
        cmocka_unit_test(profession_with_zeros_alone_does_not_exist),
        cmocka_unit_test(profession_that_one_area_does_not_count_is_told),
        cmocka_unit_test(ageing_may_be_blank_for_shares_alone),
        cmocka_unit_test(dental_professions_have_rows_without_a_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
