/* Who is counted: wholes with their parts, areas that share a source, years too thin to tell, the
 * law. */
#include "country.h"

static double country_need(const SpDemandPaths *paths, SpNeed basis, const char *profession,
                           gsize day)
{
    double sum = 0;
    for (guint i = 0; i < N; i++) {
        sum += small_need(paths, basis, kommuner[i], profession, day);
    }
    return sum;
}

/* SSP 4 i (i + 1) sums to 80; nurses besides as country.h has them. */
static void a_whole_counts_its_parts_people(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_with_parts();
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    double nurses = 80;
    for (guint i = 0; i < N; i++) {
        double wave = 1 + 0.02 * ((BASE - 1 + (int)i) % 3);
        nurses += 40 * (i + 1.0) * wave + (i + 1.0);
    }
    for (int basis = 0; basis < SP_N_NEEDS; basis++) {
        assert_near(country_need(paths, (SpNeed)basis, "SYK", 0), nurses, 0.01);
        assert_near(country_need(paths, (SpNeed)basis, "SSP", 0), 80, 0.01);
    }
    gsize whole = small_find(paths->professions, "SYK");
    assert_int_equal(paths->part_of[small_find(paths->professions, "SSP")], whole);
    assert_true(sp_demand_is_whole(paths, whole));
}

static void a_part_is_never_more_than_its_whole(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_with_parts();
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize whole = small_find(paths->professions, "SYK"),
          part = small_find(paths->professions, "SSP");
    for (gsize u = 0; u < N; u++) {
        for (gsize k = 0; k < paths->n_services; k++) {
            for (gsize t = 0; t < paths->n_days; t++) {
                assert_true(sp_demand_need(paths, SP_NEED_TODAY, u, k, part)[t] <=
                            sp_demand_need(paths, SP_NEED_TODAY, u, k, whole)[t] * (1 + 1e-12));
            }
        }
    }
    /* Kommune 0 has none of them, kommune 3 most for its nurses. */
    assert_true(small_need(paths, SP_NEED_TODAY, "1506", "SSP", 0) /
                    small_need(paths, SP_NEED_TODAY, "1506", "SYK", 0) >
                2 * small_need(paths, SP_NEED_TODAY, "1101", "SSP", 0) /
                    small_need(paths, SP_NEED_TODAY, "1101", "SYK", 0));
}

/* Another table counts SSP, hidden in all kommuner but the largest. Its whole is read where there
 * are none, so there is no need of them: not that table's, with nobody where it hides. */
static void a_part_is_read_where_its_whole_is(void **state)
{
    (void)state;
    static const char *const measures[] = {"aarsverk", NULL};
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _",
                                          "omsorg 2 annen aarsverk yrke _ _ _", NULL};
    static const char *const rows[] = {
        "1101 SSP 2023 :", "1103 SSP 2023 :", "1505 SSP 2023 :", "1506 SSP 2023 48", NULL};
    g_autoptr(SpTables) in = country_with_parts();
    SpTable *staff = sp_tables_find(in, "stab");
    for (gsize row = 0; row < sp_table_n_rows(staff); row++) {
        if (strcmp(sp_table_code(staff, row, 2), "SSP") == 0) {
            sp_table_set_code(staff, row, 2, "annet");
        }
    }
    replace(in, small_sources(sources));
    sp_tables_add(in, small_table("annen", "region yrke period aarsverk", measures, rows));
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    assert_false(paths->is_observed[small_find(paths->professions, "SSP")]);
    assert_near(country_need(paths, SP_NEED_TODAY, "SSP", 0), 0, 0);
    assert_true(country_need(paths, SP_NEED_TODAY, "SYK", 0) > 400);
}

/* Wholes and others add up to the area; what is within another is not added. */
static void sums_over_professions_count_nobody_twice(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_with_parts();
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    for (gsize t = 0; t < paths->n_days; t++) {
        double today = 0, equal = 0;
        for (gsize g = 0; g < paths->n_professions; g++) {
            if (sp_demand_is_whole(paths, g)) {
                today += country_need(paths, SP_NEED_TODAY, paths->professions[g], t);
                equal += country_need(paths, SP_NEED_EQUAL, paths->professions[g], t);
            }
        }
        assert_near(today / equal, 1.0, 1e-12);
    }
}

/* A table with all health nurses where they live, 10 to each size; care has `care` of the 10. */
static SpTables *country_of_residents(double care)
{
    static const char *const measures[] = {"aarsverk", NULL};
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _",
                                          "helse 1 bosatt aarsverk yrke _ _ omsorg", NULL};
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    SpTables *in = country(0.0);
    SpTable *staff = sp_tables_find(in, "stab");
    for (guint i = 0; i < N; i++) {
        for (int year = BASE - 3; year < BASE; year++) {
            g_ptr_array_add(rows,
                            g_strdup_printf("%s HSY %d %.3f", kommuner[i], year, 10 * (i + 1.0)));
        }
    }
    g_ptr_array_add(rows, NULL);
    sp_tables_add(in, small_table("bosatt", "region yrke period aarsverk", measures,
                                  (const char *const *)rows->pdata));
    replace(in, small_sources(sources));
    for (gsize row = 0; row < sp_table_n_rows(staff); row++) {
        if (strcmp(sp_table_code(staff, row, 2), "HSY") == 0) {
            guint i = 0;
            while (strcmp(kommuner[i], sp_table_code(staff, row, 0)) != 0) {
                i++;
            }
            sp_table_set_code(staff, row, 1, "omsorg");
            sp_table_set_real(staff, row, 4, sp_real(care * (i + 1.0)));
        }
    }
    return in;
}

/* Of 100 residents care has 60: 40 are health's, each kommune's four tenths. HSY has no weight in
 * care here, so its need is health's alone. */
static void an_area_has_what_another_has_not(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_of_residents(6);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    assert_near(country_need(paths, SP_NEED_TODAY, "HSY", 0), 40, 1e-6);
    assert_near(small_need(paths, SP_NEED_TODAY, "1103", "HSY", 0), 8, 0.5);
}

/* Where no source parts what care has from the residents, all of them are health's: nobody is left
 * out, though care has a weight of them too, and the need is told to be of a source of all. */
static void whom_a_source_counts_in_all_areas_is_not_partly_counted(void **state)
{
    (void)state;
    static const char *const structure[] = {
        "hjemme SYK 0.625 0 0", "inst SYK 0.375 0 0", "hjemme HFA 0.6 0 0", "inst HFA 0.4 0 0",
        "hjemme HSY 1 0 0",     "hstj SYK 1 0 0",     "hstj HSY 1 0 0",     NULL};
    g_autoptr(SpTables) in = country_of_residents(0);
    replace(in, small_structure(structure));
    SpDemandOptions options;
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_demand_options_init(&options);
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &options, told, &error);
    assert_no_error(error);
    gsize g = small_find(paths->professions, "HSY"), helse = small_find(paths->areas, "helse");
    gsize omsorg = small_find(paths->areas, "omsorg");
    assert_near(country_need(paths, SP_NEED_TODAY, "HSY", 0), 100, 1e-6);
    assert_true(paths->is_rest[helse * paths->n_professions + g]);
    assert_false(paths->is_rest[omsorg * paths->n_professions + g]);
    g_autoptr(SpTable) findings = sp_quality_table(told);
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        assert_false(strcmp(sp_table_code(findings, row, 0), "partly_counted") == 0 &&
                     strcmp(sp_table_code(findings, row, 1), "HSY") == 0);
    }
}

/* The residents' table has the nurses whom care counts, and those who have specialised among them:
 * health has no rest of the whole, and so none of the part, which is no part left out. */
static void a_part_is_covered_where_its_whole_is(void **state)
{
    (void)state;
    static const char *const measures[] = {"aarsverk", NULL};
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _",
                                          "helse 1 bosatt aarsverk yrke _ _ omsorg", NULL};
    static const char *const structure[] = {
        "hjemme SYK 0.625 0 0", "inst SYK 0.375 0 0",   "hjemme HFA 0.6 0 0",
        "inst HFA 0.4 0 0",     "hjemme SSP 0.625 0 0", "inst SSP 0.375 0 0",
        "hstj SYK 1 0 0",       "hstj SSP 1 0 0",       NULL};
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(SpTables) in = country_with_parts();
    for (guint i = 0; i < N; i++) {
        g_ptr_array_add(rows, g_strdup_printf("%s SYK 2023 %.3f", kommuner[i], 40 * (i + 1.0)));
        g_ptr_array_add(rows, g_strdup_printf("%s SSP 2023 %.3f", kommuner[i], 4.0 * i * (i + 1)));
    }
    g_ptr_array_add(rows, NULL);
    sp_tables_add(in, small_table("bosatt", "region yrke period aarsverk", measures,
                                  (const char *const *)rows->pdata));
    replace(in, small_sources(sources));
    replace(in, small_structure(structure));
    SpDemandOptions options;
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_demand_options_init(&options);
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &options, told, &error);
    assert_no_error(error);
    assert_near(country_need(paths, SP_NEED_TODAY, "SSP", 0), 80, 0.01);
    assert_int_equal(sp_quality_count(told, "partly_counted"), 0);
}

/* 98 of 100 is what two registers differ by. */
static void a_rest_that_is_nothing_is_nobody(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_of_residents(9.8);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    assert_near(country_need(paths, SP_NEED_TODAY, "HSY", 0), 0, 0);
}

/* One small kommune alone has figures of the year after, with a quarter of the users: the country's
 * level is still that of the year before, as if the row were not there. */
static void a_year_that_few_report_does_not_tell_of_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTables) whole = country(0.0);
    g_autoptr(SpTables) thin = country(0.0);
    static const char *const tables[] = {"stab", "brukere"};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        for (int both = 0; both < 2; both++) {
            SpTables *in = both ? whole : thin;
            const SpTable *table = sp_tables_find(in, tables[i]);
            gsize period = sp_table_find(table, "period");
            g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
            for (gsize row = 0; row < sp_table_n_rows(table); row++) {
                gboolean is_last = g_str_has_prefix(sp_table_code(table, row, period), "2023");
                gboolean is_small = strcmp(sp_table_code(table, row, 0), "1101") == 0;
                if (!is_last || (!both && is_small)) {
                    g_array_append_val(rows, row);
                }
            }
            SpTable *kept =
                sp_table_copy_rows(table, NULL, (const gsize *)(gpointer)rows->data, rows->len);
            for (gsize row = 0; row < sp_table_n_rows(kept); row++) {
                if (g_str_has_prefix(sp_table_code(kept, row, period), "2023")) {
                    gsize last = sp_table_n_columns(kept) - 1;
                    SpReal real = sp_table_real(kept, row, last);
                    sp_table_set_real(kept, row, last, sp_real(real.value / 4));
                }
            }
            replace(in, kept);
        }
    }
    SpDemandOptions options;
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_demand_options_init(&options);
    g_autoptr(SpDemandPaths) one = sp_demand_model_new(thin, &options, told, &error);
    assert_no_error(error);
    g_autoptr(SpDemandPaths) two = small_model(whole, NULL);
    assert_int_equal(sp_quality_count(told, "thin_year"), 4); /* two services, two areas */
    assert_near(country_need(one, SP_NEED_TODAY, "HFA", 0),
                country_need(two, SP_NEED_TODAY, "HFA", 0), 1e-9);
    gsize n = SP_N_NEEDS * one->n_kommuner * one->n_services * one->n_days;
    for (gsize i = 0; i < n; i++) {
        assert_near(one->users[i], two->users[i], 1e-9);
    }
}

/* Kommune 0 has next to no health nurse; a day a week is 0.2. What is added is told, and is the
 * whole of what the country's need is more than without the law. */
static void what_the_law_adds_is_told(void **state)
{
    (void)state;
    static const char *const floors[] = {"HSY kommune 3 2018", NULL};
    g_autoptr(SpTables) in = country(0.0);
    g_autoptr(SpDemandPaths) before = small_model(in, NULL);
    replace(in, small_floors(floors));
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize g = small_find(paths->professions, "HSY");
    double added = 0;
    for (gsize u = 0; u < N; u++) {
        added += paths->by_law[(u * paths->n_professions + g) * paths->n_days];
    }
    assert_true(added > 1.0);
    assert_near(country_need(paths, SP_NEED_TODAY, "HSY", 0),
                country_need(before, SP_NEED_TODAY, "HSY", 0) + added, 1e-9);
    assert_near(small_need(paths, SP_NEED_TODAY, "1101", "HSY", 0), 3, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_counts_its_parts_people),
        cmocka_unit_test(a_part_is_never_more_than_its_whole),
        cmocka_unit_test(a_part_is_read_where_its_whole_is),
        cmocka_unit_test(sums_over_professions_count_nobody_twice),
        cmocka_unit_test(an_area_has_what_another_has_not),
        cmocka_unit_test(whom_a_source_counts_in_all_areas_is_not_partly_counted),
        cmocka_unit_test(a_part_is_covered_where_its_whole_is),
        cmocka_unit_test(a_rest_that_is_nothing_is_nobody),
        cmocka_unit_test(a_year_that_few_report_does_not_tell_of_the_country),
        cmocka_unit_test(what_the_law_adds_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
