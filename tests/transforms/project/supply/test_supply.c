/* The expected path of a made-up country: what must hold whatever the numbers are. */
#include "made.h"

static void the_base_is_what_was_counted(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    assert_int_equal(paths->base, LAND_BASE);
    assert_int_equal(paths->n_days, LAND_DAYS);
    assert_int_equal(paths->n_labour_markets, 3);
    assert_int_equal(paths->n_professions, G_N_ELEMENTS(land_professions));
    for (gsize i = 2; i < G_N_ELEMENTS(land_professions); i++) {
        const char *yrke = land_professions[i].yrke;
        double wanted = counted(in, yrke);
        assert_near(country(paths, paths->aarsverk, number_of(paths, yrke), 0), wanted,
                    1e-9 * wanted);
    }
    /* Special nurses are nurses. */
    double nurses = counted(in, "sykepleier") + counted(in, "spesialsykepleier");
    gsize nurse = number_of(paths, "sykepleier"), special = number_of(paths, "spesialsykepleier");
    assert_near(country(paths, paths->aarsverk, nurse, 0), nurses, 1e-9 * nurses);
    assert_int_equal(paths->part_of[special], nurse);
    assert_int_equal(paths->part_of[nurse], nurse);
}

static void stocks_balance_and_nobody_is_negative(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    for (gsize g = 0; g < paths->n_professions; g++) {
        for (gsize day = 1; day < paths->n_days; day++) {
            double before = country(paths, paths->persons, g, day - 1);
            double after = country(paths, paths->persons, g, day), came = 0.0;
            for (gsize c = 0; c < SP_N_CAUSES; c++) {
                came += paths->inflow[(g * SP_N_CAUSES + c) * paths->n_days + day];
            }
            double left = before * paths->exit_rate[g * paths->n_days + day];
            /* Who is missing then grew too old: those of 75, not more than a thirtieth here. */
            double too_old = before - left + came - after;
            assert_true(too_old >= -1e-9 * before && too_old < before / 30);
            for (gsize l = 0; l < paths->n_labour_markets; l++) {
                double here = 0.0;
                for (gsize c = 0; c < SP_N_CAUSES; c++) {
                    here += sp_supply_at(paths, paths->persons, l, g, (SpSupplyCause)c)[day];
                }
                assert_true(here >= 0.0);
            }
        }
    }
}

/* Nobody above 74: then stocks balance to the last digit. */
static void a_stock_without_the_oldest_balances_exactly(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *young = land_empty_personnel();
    const SpTable *all = sp_tables_find(in, "helsepersonell");
    for (gsize row = 0; row < sp_table_n_rows(all); row++) {
        const char *codes[6];
        for (gsize i = 0; i < 6; i++) {
            codes[i] = sp_table_code(all, row, i);
        }
        if (strcmp(codes[3], "055-059") < 0) {
            land_add_personnel(young, codes, sp_table_real(all, row, 6).value,
                               sp_table_real(all, row, 7).value);
        }
    }
    land_replace(in, "helsepersonell", young);
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    for (gsize g = 0; g < paths->n_professions; g++) {
        for (gsize day = 1; day < paths->n_days; day++) {
            double before = country(paths, paths->persons, g, day - 1), came = 0.0;
            for (gsize c = 0; c < SP_N_CAUSES; c++) {
                came += paths->inflow[(g * SP_N_CAUSES + c) * paths->n_days + day];
            }
            double after = before * (1 - paths->exit_rate[g * paths->n_days + day]) + came;
            assert_near(country(paths, paths->persons, g, day), after, 1e-9 * before);
        }
    }
}

static void moves_sum_to_nothing_and_go_where_people_go(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    gsize nurse = number_of(paths, "sykepleier");
    double sum = 0.0;
    for (gsize l = 0; l < 3; l++) {
        sum += sp_supply_at(paths, paths->persons, l, nurse, SP_CAUSE_MOVES)[5];
    }
    assert_near(sum, 0, 1e-7);
    assert_string_equal(paths->labour_markets[2], "B1");
    assert_true(sp_supply_at(paths, paths->persons, 2, nurse, SP_CAUSE_MOVES)[5] > 10);
    static const char *const still[][2] = {{"internal_moves", "no"}, {NULL, NULL}};
    g_autoptr(SpSupplyPaths) none = make(in, still, NULL);
    assert_near(sp_supply_at(none, none->persons, 2, nurse, SP_CAUSE_MOVES)[5], 0, 0);
    assert_near(country(none, none->persons, nurse, 5), country(paths, paths->persons, nurse, 5),
                1e-6);
}

static void kommuner_sum_to_the_nation(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    for (gsize g = 0; g < paths->n_professions; g++) {
        for (gsize day = 0; day < paths->n_days; day += 5) {
            double aarsverk[LAND_KOMMUNER], sum = 0.0;
            double wanted = country(paths, paths->aarsverk, g, day);
            sp_supply_workplace(paths, g, day, aarsverk);
            for (gsize u = 0; u < LAND_KOMMUNER; u++) {
                assert_true(aarsverk[u] >= 0.0);
                sum += aarsverk[u];
            }
            assert_near(sum, wanted, 1e-9 * wanted);
        }
    }
}

static void the_base_by_workplace_is_the_need_before_the_law(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    double aarsverk[LAND_KOMMUNER], sum = 0.0;
    static const double need[LAND_KOMMUNER] = {1100, 5600, 2900, 4200};
    sp_supply_workplace(paths, number_of(paths, "sykepleier"), 0, aarsverk);
    for (gsize u = 0; u < LAND_KOMMUNER; u++) {
        sum += aarsverk[u];
    }
    for (gsize u = 0; u < LAND_KOMMUNER; u++) {
        assert_near(aarsverk[u] / sum, need[u] / 13800, 1e-9);
    }
}

static void parts_add_up_everywhere(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    gsize all[LAND_KOMMUNER] = {0, 1, 2, 3};
    for (gsize g = 0; g < paths->n_professions; g++) {
        double aarsverk[LAND_KOMMUNER], parts[SP_N_SUPPLY_PARTS], nation[SP_N_SUPPLY_PARTS];
        sp_supply_workplace(paths, g, 7, aarsverk);
        for (gsize u = 0; u < LAND_KOMMUNER; u++) {
            double sum = 0.0;
            sp_supply_parts(paths, g, 7, &all[u], 1, parts);
            for (gsize i = 0; i < SP_N_SUPPLY_PARTS; i++) {
                sum += parts[i];
            }
            assert_near(sum, aarsverk[u], 1e-9 * MAX(1, aarsverk[u]));
            assert_true(parts[SP_SUPPLY_PART_EXITS] < 0.0);
            assert_true(parts[SP_SUPPLY_PART_BASE] > 0.0);
        }
        sp_supply_parts(paths, g, 7, all, LAND_KOMMUNER, parts);
        sp_supply_country_parts(paths, SP_SUPPLY_MUNICIPAL, g, 7, nation);
        for (gsize i = 0; i < SP_N_SUPPLY_PARTS; i++) {
            assert_near(parts[i], nation[i], 1e-7);
        }
        assert_near(nation[SP_SUPPLY_PART_MOVES], 0, nation[SP_SUPPLY_PART_BASE]);
    }
}

/* Whoever moves within the country comes from it: no part of what the country's sum is made of, and
 * no rest of rounding either. */
static void moves_within_the_country_are_nobody_of_it(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    double moved = 0;
    for (gsize g = 0; g < paths->n_professions; g++) {
        for (gsize day = 0; day < paths->n_days; day++) {
            double parts[SP_N_SUPPLY_PARTS];
            sp_supply_country_parts(paths, SP_SUPPLY_PERSONS, g, day, parts);
            assert_near(parts[SP_SUPPLY_PART_MOVES], 0, 0);
            moved += fabs(sp_supply_at(paths, paths->persons, 0, g, SP_CAUSE_MOVES)[day]);
        }
    }
    assert_true(moved > 0.1);
}

static void later_graduates_add_the_same_for_each_doubling(void **state)
{
    (void)state;
    static const char *const twice[][2] = {{"inflow", "2, 2028"}, {NULL, NULL}};
    static const char *const thrice[][2] = {{"inflow", "3, 2028"}, {NULL, NULL}};
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) one = make(in, NULL, NULL);
    g_autoptr(SpSupplyPaths) two = make(in, twice, NULL);
    g_autoptr(SpSupplyPaths) three = make(in, thrice, NULL);
    gsize lege = number_of(one, "lege");
    for (gsize l = 0; l < one->n_labour_markets; l++) {
        for (gsize day = 0; day < LAND_DAYS; day++) {
            double figures[3];
            SpSupplyPaths *paths[3] = {one, two, three};
            for (gsize i = 0; i < 3; i++) {
                figures[i] = 0.0;
                for (gsize c = 0; c < SP_N_CAUSES; c++) {
                    figures[i] +=
                        sp_supply_at(paths[i], paths[i]->aarsverk, l, lege, (SpSupplyCause)c)[day];
                }
            }
            double added = figures[1] - figures[0];
            assert_near(figures[2] - figures[1], added, 1e-9 * figures[0]);
            /* Graduates of 2028 are counted on 1 January 2029. */
            if (day < 4) {
                assert_near(added, 0, 0);
            } else {
                assert_true(added > 0.0);
            }
        }
    }
}

static void who_changes_profession_leaves_one_and_enters_the_other(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    gsize day = 3, nurse = number_of(paths, "sykepleier"), midwife = number_of(paths, "jordmor");
    gsize worker = number_of(paths, "helsefagarbeider");
    gsize assistant = number_of(paths, "uten_helseutdanning");
    gsize special = number_of(paths, "spesialsykepleier");
#define CAME(g) paths->inflow[((g)*SP_N_CAUSES + SP_CAUSE_TRANSFERS) * paths->n_days + day]
    assert_near(CAME(midwife), 40, 1e-6);
    assert_near(CAME(nurse), -40, 1e-6);
    assert_near(CAME(special), 180, 1e-6);
    assert_near(CAME(worker), 270, 1e-6); /* nine of ten praksiskandidater were assistants */
    assert_near(CAME(assistant), -270, 1e-6);
    double graduates =
        paths->inflow[(worker * SP_N_CAUSES + SP_CAUSE_GRADUATES) * paths->n_days + day];
    assert_near(graduates, 600 + 100 + 30, 1e-6);
    static const char *const none[][2] = {{"further_education", "none"}, {NULL, NULL}};
    g_autoptr(SpSupplyPaths) stay = make(in, none, NULL);
    assert_near(stay->inflow[(midwife * SP_N_CAUSES + SP_CAUSE_TRANSFERS) * paths->n_days + day], 0,
                0);
#undef CAME
}

static void foreign_come_as_authorisations_grew(void **state)
{
    (void)state;
    static const char *const none[][2] = {{"foreign", "none"}, {NULL, NULL}};
    static const char *const twice[][2] = {{"foreign", "2"}, {NULL, NULL}};
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) recent = make(in, NULL, NULL);
    g_autoptr(SpSupplyPaths) nobody = make(in, none, NULL);
    g_autoptr(SpSupplyPaths) more = make(in, twice, NULL);
    gsize lege = number_of(recent, "lege");
    gsize at = (lege * SP_N_CAUSES + SP_CAUSE_FOREIGN) * recent->n_days + 2;
    /* 200 in two years, half of whom live here. */
    assert_near(recent->inflow[at], 50, 1e-9);
    assert_near(nobody->inflow[at], 0, 0);
    assert_near(more->inflow[at], 100, 1e-9);
}

/* In the region, of all the rows of a profession, one alone: `persons` of 70-75. */
static void leave_few(SpTables *in, const char *kommune, const char *yrke, double persons)
{
    SpTable *table = sp_tables_find(in, "helsepersonell");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), kommune) == 0 &&
            strcmp(sp_table_code(table, row, 1), yrke) == 0) {
            gboolean is_left = strcmp(sp_table_code(table, row, 2), "kommune") == 0 &&
                               strcmp(sp_table_code(table, row, 3), "070-075") == 0 &&
                               strcmp(sp_table_code(table, row, 4), "2") == 0;
            sp_table_set_real(table, row, 6, sp_real(is_left ? persons : 0));
            sp_table_set_real(table, row, 7, sp_real(is_left ? persons : 0));
        }
    }
}

/* Three midwives and three leger of 70-75 are all that a region of one kommune has. Midwives come
 * from the nurses, leger by what the stock tells: in ten years both are the share of the country's
 * that they were. Newcomers placed by where nurses or other academics live made them 25 times as
 * large a share. */
static void few_persons_grow_as_the_country_does(void **state)
{
    (void)state;
    static const char *const few[] = {"jordmor", "lege"};
    g_autoptr(SpTables) in = land_new();
    leave_few(in, "1108", few[0], 3);
    leave_few(in, "1108", few[1], 3);
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    gsize market = 1; /* A2 */
    for (gsize i = 0; i < G_N_ELEMENTS(few); i++) {
        gsize g = number_of(paths, few[i]);
        double growth[2] = {0, 0};
        for (gsize day = 0; day < LAND_DAYS; day += LAND_DAYS - 1) {
            double here = 0.0;
            for (gsize c = 0; c < SP_N_CAUSES; c++) {
                here += sp_supply_at(paths, paths->persons, market, g, (SpSupplyCause)c)[day];
            }
            assert_near(here, day == 0 ? 3 : here, 1e-6);
            growth[day > 0] = here / country(paths, paths->persons, g, day);
        }
        assert_near(growth[1], growth[0], 0.1 * growth[0]);
    }
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpTables) turned = sp_tables_new();
    for (gsize i = sp_tables_size(in); i-- > 0;) {
        const SpTable *table = sp_tables_at(in, i);
        gsize n = sp_table_n_rows(table);
        g_autofree gsize *rows = g_new(gsize, n);
        for (gsize row = 0; row < n; row++) {
            rows[row] = n - 1 - row;
        }
        /* Files of settings keep their order: the first way into a profession is the main one. */
        gboolean is_file = strcmp(sp_table_name(table), "utdanning") == 0 ||
                           strcmp(sp_table_name(table), "overganger") == 0;
        sp_tables_add(turned,
                      is_file ? sp_table_copy(table) : sp_table_copy_rows(table, NULL, rows, n));
    }
    g_autoptr(SpSupplyPaths) one = make(in, NULL, NULL);
    g_autoptr(SpSupplyPaths) other = make(turned, NULL, NULL);
    for (gsize g = 0; g < one->n_professions; g++) {
        double a[LAND_KOMMUNER], b[LAND_KOMMUNER];
        assert_string_equal(one->professions[g], other->professions[g]);
        sp_supply_workplace(one, g, 8, a);
        sp_supply_workplace(other, g, 8, b);
        for (gsize u = 0; u < LAND_KOMMUNER; u++) {
            assert_near(a[u], b[u], 1e-8 * a[u]);
        }
    }
}

static void zero_stays_zero(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "helsepersonell");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), "lege") == 0 &&
            strcmp(sp_table_code(table, row, 2), "kommune") == 0) {
            sp_table_set_real(table, row, 6, sp_real(0));
            sp_table_set_real(table, row, 7, sp_real(0));
        }
    }
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    gsize lege = number_of(paths, "lege");
    for (gsize day = 0; day < LAND_DAYS; day++) {
        assert_near(country(paths, paths->aarsverk, lege, day), 0, 0);
        assert_true(country(paths, paths->persons, lege, day) > 0.0);
    }
}

/* A quarter more leave each year than the default says: what happens after is found. */
static void exits_of_the_past_go_on(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *old = land_personnel(2022, 2024);
    for (gsize row = 0; row < sp_table_n_rows(old); row++) {
        /* Assistants were more and more before: 6 % a year leave. */
        int back = 2024 - (int)fixture_number(sp_table_code(old, row, 5));
        double factor =
            strcmp(sp_table_code(old, row, 1), "uten_helseutdanning") == 0 ? pow(1.06, back) : 1;
        for (gsize m = 6; m < 8; m++) {
            sp_table_set_real(old, row, m, sp_real(sp_table_real(old, row, m).value * factor));
        }
    }
    g_autoptr(SpSupplyPaths) steady = make(in, NULL, NULL);
    land_replace(in, "helsepersonell", old);
    g_autoptr(SpSupplyPaths) falling = make(in, NULL, NULL);
    gsize at = number_of(steady, "uten_helseutdanning") * steady->n_days + 1;
    assert_true(falling->exit_rate[at] > steady->exit_rate[at] + 0.03);
}

/* Nurses of 50-61 were 1 and 3 % more each year than is explained: some goes on, apart from who
 * came and who left, and no more than was seen. */
static void more_than_is_explained_goes_on_as_such(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *old = land_personnel(2022, 2024);
    double persons = 0;
    for (gsize row = 0; row < sp_table_n_rows(old); row++) {
        const char *age = sp_table_code(old, row, 3), *year = sp_table_code(old, row, 5);
        if (strcmp(sp_table_code(old, row, 1), "sykepleier") != 0 || strcmp(age, "050") < 0 ||
            strcmp(age, "062") > 0) {
            continue;
        }
        double factor = strcmp(year, "2022") == 0 ? 0.96 : strcmp(year, "2023") == 0 ? 0.97 : 1;
        persons += factor < 1 ? 0 : sp_table_real(old, row, 6).value;
        for (gsize m = 6; m < 8; m++) {
            sp_table_set_real(old, row, m, sp_real(sp_table_real(old, row, m).value * factor));
        }
    }
    land_replace(in, "helsepersonell", old);
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    gsize g = number_of(paths, "sykepleier");
    double came = paths->inflow[(g * SP_N_CAUSES + SP_CAUSE_UNEXPLAINED) * paths->n_days + 1];
    double parts[SP_N_SUPPLY_PARTS];
    sp_supply_country_parts(paths, SP_SUPPLY_PERSONS, g, 1, parts);
    assert_near(parts[SP_SUPPLY_PART_UNEXPLAINED], came, 1e-9 * persons);
    assert_true(came > 0 && came < 0.03 * persons);
}

static double graduates_sd_of_workers(SpTables *in, const gsize rows[], gsize n)
{
    SpTable *routes = sp_tables_find(in, "utdanning");
    land_replace(in, "utdanning", sp_table_copy_rows(routes, NULL, rows, n));
    g_autoptr(SpSupplyPaths) paths = make(in, NULL, NULL);
    return paths->graduates_sd[number_of(paths, "helsefagarbeider")];
}

/* 600 apprentices, 100 adults and 30 private candidates who are new, of 5, 5 and 10 % each, beside
 * each other; a way by which nobody comes (`skole`, of 90 %) has no part in it, wherever its row
 * stands. */
static void ways_in_vary_by_how_many_come(void **state)
{
    (void)state;
    static const gsize in_order[] = {0, 1, 2, 3, 4, 5, 6}, turned[] = {6, 5, 4, 3, 2, 1, 0};
    double wanted = sqrt(30 * 30 + 5 * 5 + 3 * 3) / 730;
    for (gsize i = 0; i < 2; i++) {
        g_autoptr(SpTables) in = land_new();
        SpTable *routes = sp_tables_find(in, "utdanning");
        gsize row = sp_table_add_row(routes);
        for (gsize column = 0; column < sp_table_n_columns(routes); column++) {
            if (sp_table_column(routes, column)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(routes, row, column, sp_table_code(routes, 1, column));
            } else {
                sp_table_set_real(routes, row, column, sp_table_real(routes, 1, column));
            }
        }
        sp_table_set_code(routes, row, 1, "skole");
        sp_table_set_real(routes, row, sp_table_find(routes, "variasjon"), sp_real(0.9));
        assert_near(graduates_sd_of_workers(in, i == 0 ? in_order : turned, 7), wanted, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_is_what_was_counted),
        cmocka_unit_test(stocks_balance_and_nobody_is_negative),
        cmocka_unit_test(a_stock_without_the_oldest_balances_exactly),
        cmocka_unit_test(moves_sum_to_nothing_and_go_where_people_go),
        cmocka_unit_test(kommuner_sum_to_the_nation),
        cmocka_unit_test(the_base_by_workplace_is_the_need_before_the_law),
        cmocka_unit_test(parts_add_up_everywhere),
        cmocka_unit_test(moves_within_the_country_are_nobody_of_it),
        cmocka_unit_test(later_graduates_add_the_same_for_each_doubling),
        cmocka_unit_test(who_changes_profession_leaves_one_and_enters_the_other),
        cmocka_unit_test(foreign_come_as_authorisations_grew),
        cmocka_unit_test(few_persons_grow_as_the_country_does),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(zero_stays_zero),
        cmocka_unit_test(exits_of_the_past_go_on),
        cmocka_unit_test(more_than_is_explained_goes_on_as_such),
        cmocka_unit_test(ways_in_vary_by_how_many_come),
    };
    return cmocka_run_group_tests(tests, quiet, NULL);
}
