/* Demand of a small country: by hand, and what must always hold. */
#include "country.h"

#include "core/table_rows.h"
#include "transforms/project/demand/parts.h"
#include "transforms/project/project.h"

#include <math.h>

static double national(const SpDemandPaths *paths, SpNeed basis, const char *profession, gsize day)
{
    double sum = 0;
    for (guint i = 0; i < N; i++) {
        sum += small_need(paths, basis, kommuner[i], profession, day);
    }
    return sum;
}

/* The sum of the newest year's årsverk: 10 sizes of nurses (wave by kommune), and so on. */
static void base_is_reproduced_in_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.01);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    double nurses = 0, workers = 0;
    for (guint i = 0; i < N; i++) {
        double wave = 1 + 0.02 * ((BASE - 1 + (int)i) % 3);
        nurses += 40 * (i + 1.0) * wave + (i + 1.0);
        workers += 70 * (i + 1.0) * (1 + 0.1 * i);
    }
    /* Figures have three decimals. */
    assert_near(national(paths, SP_NEED_TODAY, "SYK", 0), nurses, 0.01);
    assert_near(national(paths, SP_NEED_TODAY, "HFA", 0), workers, 0.01);
    assert_near(national(paths, SP_NEED_EQUAL, "SYK", 0), nurses, 0.01);
    assert_near(national(paths, SP_NEED_EQUAL, "HFA", 0), workers, 0.01);
}

static void both_bases_have_the_same_sum_every_day(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    for (gsize day = 0; day < paths->n_days; day++) {
        double today = 0, equal = 0;
        for (gsize g = 0; g < paths->n_professions; g++) {
            today += national(paths, SP_NEED_TODAY, paths->professions[g], day);
            equal += national(paths, SP_NEED_EQUAL, paths->professions[g], day);
        }
        assert_near(today / equal, 1.0, 1e-12);
    }
}

static void country_that_stands_still_needs_the_same(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    for (guint i = 0; i < N; i++) {
        for (gsize day = 1; day < paths->n_days; day++) {
            for (gsize g = 0; g < paths->n_professions; g++) {
                assert_near(
                    small_need(paths, SP_NEED_TODAY, kommuner[i], paths->professions[g], day),
                    small_need(paths, SP_NEED_TODAY, kommuner[i], paths->professions[g], 0), 1e-7);
            }
        }
    }
}

static void nothing_is_negative_or_no_number(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize n_users = SP_N_NEEDS * paths->n_kommuner * paths->n_services * paths->n_days;
    for (gsize i = 0; i < n_users * paths->n_professions; i++) {
        assert_true(isfinite(paths->need[i]) && paths->need[i] >= 0.0);
    }
    for (gsize i = 0; i < n_users; i++) {
        assert_true(isfinite(paths->users[i]) && paths->users[i] >= 0.0);
    }
    for (gsize i = 0; i < n_users / SP_N_NEEDS; i++) {
        assert_true(isfinite(paths->use_sd[i]) && paths->use_sd[i] >= 0.0);
    }
}

static void parts_sum_to_the_change(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    options.standard_growth = 0.005;
    options.old_use_fall = 0.01;
    g_autoptr(SpDemandPaths) paths = small_model(in, &options);
    gsize last = paths->n_days - 1;
    for (gsize basis = 0; basis < SP_N_NEEDS; basis++) {
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            for (gsize g = 0; g < paths->n_professions; g++) {
                double part[SP_N_NEED_PARTS], sum = 0, change = 0;
                sp_demand_parts(paths, (SpNeed)basis, u, g, last, part);
                for (gsize i = 0; i < SP_N_NEED_PARTS; i++) {
                    sum += part[i];
                }
                for (gsize k = 0; k < paths->n_services; k++) {
                    const double *need = sp_demand_need(paths, (SpNeed)basis, u, k, g);
                    change += need[last] - need[0];
                }
                assert_near(sum, change, 1e-9);
            }
        }
    }
    double part[SP_N_NEED_PARTS];
    sp_demand_parts(paths, SP_NEED_TODAY, 3, small_find(paths->professions, "SYK"), last, part);
    assert_true(part[SP_NEED_PART_POPULATION] > 0); /* more people, and older */
    assert_true(part[SP_NEED_PART_USE] < 0);        /* who use less */
}

static SpTable *reversed(const SpTable *table)
{
    gsize n = sp_table_n_rows(table);
    g_autofree gsize *rows = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        rows[i] = n - 1 - i;
    }
    return sp_table_copy_rows(table, NULL, rows, n);
}

static void order_of_rows_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {
        "folkemengde", "framskriving_befolkning", "brukere", "stab", "region", "struktur"};
    g_autoptr(SpTables) in = country_by_rule(0.01);
    g_autoptr(SpDemandPaths) one = small_model(in, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        replace(in, reversed(sp_tables_find(in, names[i])));
    }
    g_autoptr(SpDemandPaths) two = small_model(in, NULL);
    gsize n = SP_N_NEEDS * one->n_kommuner * one->n_services * one->n_professions * one->n_days;
    for (gsize i = 0; i < n; i++) {
        assert_near(one->need[i], two->need[i], 1e-9);
    }
}

/* What stands after the base day is not read. */
static void later_figures_change_nothing(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.01);
    g_autoptr(SpDemandPaths) before = small_model(in, NULL);
    SpTable *facts = sp_tables_find(in, "folkemengde"), *users = sp_tables_find(in, "brukere");
    SpTable *staff = sp_tables_find(in, "stab");
    for (int year = BASE; year < BASE + 3; year++) {
        char text[16];
        fixture_add_persons(facts, "1101", SP_MEN, 85, year, sp_real(99999));
        gsize row = sp_table_add_row(users);
        g_snprintf(text, sizeof text, "%d-12-31", year);
        sp_table_set_code(users, row, 0, "1101");
        sp_table_set_code(users, row, 1, text);
        sp_table_set_real(users, row, 2, sp_real(99999));
        sp_table_set_real(users, row, 3, sp_real(99999));
        row = sp_table_add_row(staff);
        g_snprintf(text, sizeof text, "%d", year);
        sp_table_set_code(staff, row, 0, "1101");
        sp_table_set_code(staff, row, 1, "omsorg");
        sp_table_set_code(staff, row, 2, "SYK");
        sp_table_set_code(staff, row, 3, text);
        sp_table_set_real(staff, row, 4, sp_real(99999));
    }
    g_autoptr(SpDemandPaths) after = small_model(in, NULL);
    gsize n = SP_N_NEEDS * before->n_kommuner * before->n_services * before->n_days;
    assert_memory_equal(before->users, after->users, n * sizeof(double));
    assert_memory_equal(before->need, after->need, n * before->n_professions * sizeof(double));
}

/* 1101 has no HSY: the country's level speaks for it, and the law for a least. */
/* 1103 has other ages than 1101 on every day but the last. */
static void same_people_have_the_same_equal_need(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    SpTable *people = sp_tables_find(in, "framskriving_befolkning");
    g_autoptr(SpTable) before = sp_table_copy(people);
    static const gsize keys[] = {0, 1, 2, 3};
    g_autofree char *last_day = g_strdup_printf("%d-01-01", LAST);
    g_autoptr(SpTableIndex) rows = sp_table_index_new(before, keys, G_N_ELEMENTS(keys));
    gsize persons = sp_table_find(people, "innbyggere");
    for (gsize row = 0; row < sp_table_n_rows(people); row++) {
        const char *cell[G_N_ELEMENTS(keys)];
        gsize from = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
            cell[i] = sp_table_code(before, row, keys[i]);
        }
        if (strcmp(cell[sp_table_find(people, "period")], last_day) == 0 &&
            strcmp(cell[sp_table_find(people, "region")], "1103") == 0) {
            cell[sp_table_find(people, "region")] = "1101";
            assert_true(sp_table_index_find(rows, cell, &from));
            sp_table_set_real(people, row, persons, sp_table_real(before, from, persons));
        }
    }
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize one = small_find(paths->kommuner, "1101"), other = small_find(paths->kommuner, "1103");
    gsize last = paths->n_days - 1;
    for (gsize k = 0; k < paths->n_services; k++) {
        const double *users = sp_demand_users(paths, SP_NEED_EQUAL, one, k);
        assert_near(sp_demand_users(paths, SP_NEED_EQUAL, other, k)[last] / users[last], 1, 1e-12);
        assert_true(users[0] < 0.9 * sp_demand_users(paths, SP_NEED_EQUAL, other, k)[0]);
    }
    for (gsize g = 0; g < paths->n_professions; g++) {
        double need = small_need(paths, SP_NEED_EQUAL, "1101", paths->professions[g], last);
        assert_near(small_need(paths, SP_NEED_EQUAL, "1103", paths->professions[g], last) / need, 1,
                    1e-9);
    }
}

static void nobody_today_is_not_no_need(void **state)
{
    (void)state;
    static const char *const floors[] = {"HSY kommune 0.2 2018", "SYK innbygger 0.1 2018",
                                         "HFA kommune 9999 2099", NULL};
    g_autoptr(SpTables) in = country(0.0);
    g_autoptr(SpDemandPaths) free_of_law = small_model(in, NULL);
    double without = small_need(free_of_law, SP_NEED_TODAY, "1101", "HSY", 0);
    assert_true(without >= 0.0 && without < 0.2);
    assert_true(small_need(free_of_law, SP_NEED_EQUAL, "1101", "HSY", 0) > 1.5);
    replace(in, small_floors(floors));
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    assert_near(small_need(paths, SP_NEED_TODAY, "1101", "HSY", 0), 0.2, 1e-12);
    /* A tenth of an årsverk per inhabitant: 2 x 1 000 x (1 + .1 + .1 / 3) of them. */
    assert_near(small_need(paths, SP_NEED_TODAY, "1101", "SYK", 3), 0.1 * 2000 * (1 + .4 / 3),
                1e-9);
    /* A law of 2099 does not hold yet. */
    assert_near(small_need(paths, SP_NEED_TODAY, "1101", "HFA", 0),
                small_need(free_of_law, SP_NEED_TODAY, "1101", "HFA", 0), 1e-12);
}

/* 1101 has next to none of HSY: what its floor adds is the scenario's times 0.2 less those. */
static void scenario_asks_what_the_floor_is_worth(void **state)
{
    (void)state;
    static const char *const floors[] = {"HSY kommune 0.2 2018", NULL};
    static const double factor[] = {0, 1, 2.5};
    g_autoptr(SpTables) in = country(0.0);
    g_autoptr(SpDemandPaths) free_of_law = small_model(in, NULL);
    double without = small_need(free_of_law, SP_NEED_TODAY, "1101", "HSY", 0);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    replace(in, small_floors(floors));
    for (gsize i = 0; i < G_N_ELEMENTS(factor); i++) {
        options.law_floor = factor[i];
        g_autoptr(SpDemandPaths) paths = small_model(in, &options);
        gsize g = small_find(paths->professions, "HSY");
        assert_near(small_need(paths, SP_NEED_TODAY, "1101", "HSY", 0),
                    MAX(without, factor[i] * 0.2), 1e-12);
        assert_near(paths->least[g * paths->n_days], factor[i] * 0.2, 1e-15);
    }
}

/* 1101's HSY work at 1103: the two share them by their people, 1 000 to 2 000. */
static void host_area_shares_its_staff(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    static const char *const rows[] = {"1101 1103 jordmor 2020-01-01 _",
                                       "1505 1506 jordmor 2010-01-01 2015-12-31", NULL};
    g_autoptr(SpTables) in = country(0.0);
    sp_tables_add(
        in, small_table("vertskommune", "region vertskommune tjeneste period til", none, rows));
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize g = small_find(paths->professions, "HSY"), n_g = paths->n_professions;
    assert_true(paths->is_hosted[0 * n_g + g] && paths->is_hosted[1 * n_g + g]);
    assert_false(paths->is_hosted[2 * n_g + g] || paths->is_hosted[3 * n_g + g]);
    double one = small_need(paths, SP_NEED_TODAY, "1101", "HSY", 0);
    double two = small_need(paths, SP_NEED_TODAY, "1103", "HSY", 0);
    assert_near(two / one, 2.0, 0.02);
    assert_near(one + two, 4.0, 0.2);
}

static void constant_use_is_use_by_age_alone(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    options.ageing.kind = options.use_drift.kind = options.intensity_drift.kind = SP_SIZE_NONE;
    g_autoptr(SpDemandPaths) paths = small_model(in, &options);
    gsize k = small_find(paths->services, "inst"), last = paths->n_days - 1;
    /* Institution: those aged 85 alone, of kommune i: size x (0.1 + ...) / 3. */
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        double growth = 0.02, years = LAST - BASE;
        double index = (1 + growth * years) * (0.1 + growth * (double)(u + 1) * years) / 0.1;
        assert_near(paths->constant_use[(u * paths->n_services + k) * paths->n_days + last], index,
                    1e-12);
    }
    double sum[2] = {0};
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        const double *users = sp_demand_users(paths, SP_NEED_EQUAL, u, k);
        sum[0] += users[0];
        sum[1] += users[last];
    }
    double wanted[2] = {0};
    for (guint i = 0; i < N; i++) {
        wanted[0] += (i + 1) * 0.1;
        wanted[1] += (i + 1) * (1 + 0.12) * (0.1 + 0.12 * (i + 1));
    }
    assert_near(sum[1] / sum[0], wanted[1] / wanted[0], 1e-12);
}

static void drift_and_damping_follow_the_scenario(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    options.use_drift = (SpSize){SP_SIZE_NUMBER, -0.01};
    options.drift_damping = (SpSize){SP_SIZE_NUMBER, 0.5};
    options.intensity_drift = (SpSize){SP_SIZE_NUMBER, 0.03};
    g_autoptr(SpDemandPaths) paths = small_model(in, &options);
    gsize k = small_find(paths->services, "inst");
    const double *users = sp_demand_users(paths, SP_NEED_EQUAL, 0, k);
    assert_near(log(users[2] / users[0]), -0.01 * (0.5 + 0.25), 1e-9);
    /* Årsverk: both services drift in use, and årsverk per user on top. */
    double before = small_need(paths, SP_NEED_EQUAL, "1505", "HFA", 0);
    double after = small_need(paths, SP_NEED_EQUAL, "1505", "HFA", 2);
    assert_near(log(after / before), 0.02 * (0.5 + 0.25), 1e-9);
    assert_near(paths->need_drift[paths->area_of[k]].mean - paths->use_drift[k].mean, 0.03, 1e-12);
}

/* Årsverk of the area omsorg. */
static double area_need(const SpDemandPaths *paths, SpNeed basis, gsize u, gsize day)
{
    double sum = 0;
    for (gsize i = 0; i < 2 * paths->n_professions; i++) {
        gsize k = small_find(paths->services, i % 2 == 0 ? "hjemme" : "inst");
        sum += sp_demand_need(paths, basis, u, k, i / 2)[day];
    }
    return sum;
}

/* All the way to the group in a year: kommuner of a group are alike beside likt behov from then on
 * (where all of a change in ages shows, as it does there), and neither the base nor the country's
 * sum is another. */
static void convergence_takes_local_levels_to_their_group_after_the_base(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    options.ageing = (SpSize){SP_SIZE_NUMBER, 1.0};
    g_autoptr(SpDemandPaths) held = small_model(in, &options);
    options.convergence = 1.0;
    g_autoptr(SpDemandPaths) one_level = small_model(in, &options);
    double sums[2] = {0}, least = INFINITY, most = 0;
    double alike =
        area_need(one_level, SP_NEED_TODAY, 0, 2) / area_need(one_level, SP_NEED_EQUAL, 0, 2);
    for (gsize u = 0; u < N; u++) {
        double own = area_need(held, SP_NEED_TODAY, u, 2);
        double then = area_need(one_level, SP_NEED_TODAY, u, 2);
        double equal = area_need(one_level, SP_NEED_EQUAL, u, 2);
        assert_near(area_need(one_level, SP_NEED_TODAY, u, 0), area_need(held, SP_NEED_TODAY, u, 0),
                    1e-9);
        assert_near(then / equal, alike, 1e-9);
        least = fmin(least, own / equal);
        most = fmax(most, own / equal);
        sums[0] += own;
        sums[1] += then;
    }
    assert_near(sums[1] / sums[0], 1, 1e-12);
    assert_true(most / least > 1.05);
}

/* With families' 90 000 constant beside the services' 151 935, all growth falls on the services. */
static void families_that_give_no_more_leave_the_growth(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.02);
    SpDemandOptions options;
    sp_demand_options_init(&options);
    g_autoptr(SpDemandPaths) plain = small_model(in, &options);
    options.family_care = SP_FAMILY_CARE_CONSTANT;
    g_autoptr(SpDemandPaths) constant = small_model(in, &options);
    gsize last = plain->n_days - 1;
    double index =
        national(plain, SP_NEED_TODAY, "HFA", last) / national(plain, SP_NEED_TODAY, "HFA", 0);
    double wanted = ((151935.0 + 90000) * index - 90000) / 151935.0;
    double got = national(constant, SP_NEED_TODAY, "HFA", last) /
                 national(constant, SP_NEED_TODAY, "HFA", 0);
    assert_near(got, wanted, 0.01 * (wanted - 1)); /* professions' mix between services moves */
    /* Nobody at home does a health station's work. */
    assert_near(national(constant, SP_NEED_TODAY, "HSY", last),
                national(plain, SP_NEED_TODAY, "HSY", last), 1e-9);
}

static void bands_give_the_expected_users_and_need(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize n_b = paths->groups.n_groups, n_t = paths->n_days;
    for (gsize k = 0; k < paths->n_services; k++) {
        for (gsize t = 0; t < n_t; t++) {
            double users[2] = {0}, need[2] = {0};
            for (gsize u = 0; u < paths->n_kommuner; u++) {
                users[0] += sp_demand_users(paths, SP_NEED_TODAY, u, k)[t];
                for (gsize g = 0; g < paths->n_professions; g++) {
                    need[0] += sp_demand_need(paths, SP_NEED_TODAY, u, k, g)[t];
                }
                for (gsize b = 0; b < n_b; b++) {
                    double persons = paths->band_persons[(u * n_t + t) * n_b + b];
                    users[1] += persons * paths->band_use[(k * n_t + t) * n_b + b];
                    need[1] += persons * paths->band_need[(k * n_t + t) * n_b + b];
                }
            }
            assert_near(users[1] / users[0], 1.0, 1e-12);
            assert_near(need[1] / need[0], 1.0, 1e-12);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_is_reproduced_in_the_country),
        cmocka_unit_test(both_bases_have_the_same_sum_every_day),
        cmocka_unit_test(country_that_stands_still_needs_the_same),
        cmocka_unit_test(nothing_is_negative_or_no_number),
        cmocka_unit_test(parts_sum_to_the_change),
        cmocka_unit_test(order_of_rows_does_not_matter),
        cmocka_unit_test(later_figures_change_nothing),
        cmocka_unit_test(same_people_have_the_same_equal_need),
        cmocka_unit_test(nobody_today_is_not_no_need),
        cmocka_unit_test(scenario_asks_what_the_floor_is_worth),
        cmocka_unit_test(host_area_shares_its_staff),
        cmocka_unit_test(constant_use_is_use_by_age_alone),
        cmocka_unit_test(drift_and_damping_follow_the_scenario),
        cmocka_unit_test(convergence_takes_local_levels_to_their_group_after_the_base),
        cmocka_unit_test(families_that_give_no_more_leave_the_growth),
        cmocka_unit_test(bands_give_the_expected_users_and_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
