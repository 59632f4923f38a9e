/* Demographic demand: by hand and against the worked example. */
#include "fixture.h"

#include "transforms/project/demand.h"
#include "transforms/project/use.h"

static SpTable *make_population(void)
{
    SpTable *table = fixture_folkemengde();
    sp_table_set_name(table, "framskriving_befolkning");
    return table;
}

static SpTable *make_regions(void)
{
    SpTable *table = fixture_region();
    fixture_add_region(table, "1101", "11", "S4");
    fixture_add_region(table, "1103", "11", "S1");
    fixture_add_region(table, "1505", "15", "S3");
    return table;
}

static SpTable *make_demand(const SpTable *population, const SpTable *regions, const SpTable *use)
{
    g_autoptr(GError) error = NULL;
    SpTable *table = sp_demand_table(population, regions, use, &error);
    assert_no_error(error);
    return table;
}

/* measure 3 is brukere, 4 is indeks. */
static SpReal figure(const SpTable *table, const char *region, const char *tjeneste, int year,
                     gsize measure)
{
    char period[16];
    g_snprintf(period, sizeof period, "%d-01-01", year);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), region) == 0 &&
            strcmp(sp_table_code(table, row, 1), tjeneste) == 0 &&
            strcmp(sp_table_code(table, row, 2), period) == 0) {
            return sp_table_real(table, row, measure);
        }
    }
    fail_msg("no row %s %s %d", region, tjeneste, year);
    return sp_real_none(SP_MISSING);
}

/* 100 x .02 + 50 x .3 = 17 users, then 120 x .02 + 60 x .3 = 20.4: index 1.2. */
static void users_and_index_follow_by_hand(void **state)
{
    (void)state;
    g_autoptr(SpTable) population = make_population();
    g_autoptr(SpTable) regions = make_regions();
    g_autoptr(SpTable) use = fixture_bruk();
    fixture_add_persons(population, "1101", SP_MEN, 30, 2024, sp_real(100));
    fixture_add_persons(population, "1101", SP_WOMEN, 84, 2024, sp_real(50));
    fixture_add_persons(population, "1101", SP_MEN, 30, 2025, sp_real(120));
    fixture_add_persons(population, "1101", SP_WOMEN, 84, 2025, sp_real(60));
    fixture_add_use(use, "hjemmetjeneste", "0", "000", "066", 0.02);
    fixture_add_use(use, "hjemmetjeneste", "1", "067", "105", 0.2);
    fixture_add_use(use, "hjemmetjeneste", "2", "067", "105", 0.3);
    g_autoptr(SpTable) table = make_demand(population, regions, use);
    assert_near(figure(table, "1101", "hjemmetjeneste", 2024, 3).value, 17, 1e-12);
    assert_near(figure(table, "1101", "hjemmetjeneste", 2025, 3).value, 20.4, 1e-12);
    assert_near(figure(table, "1101", "hjemmetjeneste", 2025, 4).value, 1.2, 1e-12);
    assert_near(figure(table, "1101", "hjemmetjeneste", 2024, 4).value, 1.0, 0);
    assert_int_equal(figure(table, "1101", "hjemmetjeneste", 2025, 4).flags, SP_FLAG_MODELLED);
    assert_string_equal(sp_demand_base(population), "2024-01-01");
}

/* The worked example of projections.md §12: keys demand.index.demographic.*, users2024 over pop2024
 * as use. */
static void worked_example_is_reproduced(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    static const struct {
        const char *name, *from, *to;
        guint age; /* the band's people stand at this one age */
    } bands[] = {
        {"0-66", "000", "066", 30}, {"67-79", "067", "079", 70}, {"80+", "080", "105", 85}};
    static const char *const services[] = {"hjemme", "inst", "hstj"};
    g_autoptr(GHashTable) in = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) inputs = fixture_rows(shared, "helsemod/testvector_inputs.csv");
    for (guint i = 0; i < inputs->len; i++) {
        char **row = inputs->pdata[i];
        g_hash_table_insert(in, row[0], row[1]);
    }
    g_autoptr(SpTable) population = make_population();
    g_autoptr(SpTable) regions = make_regions();
    g_autoptr(SpTable) use = fixture_bruk();
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (gsize band = 0; band < G_N_ELEMENTS(bands); band++) {
            double persons[2];
            for (int i = 0; i < 2; i++) {
                g_autofree char *key = g_strdup_printf("demand.pop%d.%c.%s", i == 0 ? 2024 : 2027,
                                                       "MK"[sex], bands[band].name);
                persons[i] = fixture_number(g_hash_table_lookup(in, key));
                fixture_add_persons(population, "1101", sex, bands[band].age, i == 0 ? 2024 : 2027,
                                    sp_real(persons[i]));
            }
            for (gsize i = 0; i < G_N_ELEMENTS(services); i++) {
                g_autofree char *key = g_strdup_printf("demand.users2024.%s.%c.%s", services[i],
                                                       "MK"[sex], bands[band].name);
                fixture_add_use(use, services[i], sex == SP_MEN ? "1" : "2", bands[band].from,
                                bands[band].to,
                                fixture_number(g_hash_table_lookup(in, key)) / persons[0]);
            }
        }
    }
    g_autoptr(SpTable) table = make_demand(population, regions, use);
    g_autoptr(GPtrArray) wanted = fixture_rows(shared, "helsemod/testvector.csv");
    guint n_checked = 0;
    for (guint i = 0; i < wanted->len; i++) {
        char **row = wanted->pdata[i];
        for (gsize k = 0; k < G_N_ELEMENTS(services); k++) {
            g_autofree char *key = g_strdup_printf("demand.index.demographic.%s.2027", services[k]);
            if (strcmp(row[0], key) == 0) {
                assert_near(figure(table, "1101", services[k], 2027, 4).value,
                            fixture_number(row[1]), fixture_number(row[2]));
                n_checked++;
            }
        }
    }
    assert_int_equal(n_checked, 3);
}

static void regions_above_are_computed_from_summed_users(void **state)
{
    (void)state;
    g_autoptr(SpTable) population = make_population();
    g_autoptr(SpTable) regions = make_regions();
    g_autoptr(SpTable) use = fixture_bruk();
    const char *const codes[] = {"1103", "1505", "1101"};
    for (guint i = 0; i < 3; i++) {
        fixture_add_persons(population, codes[i], SP_MEN, 90, 2024, sp_real(10.0 * (i + 1)));
        fixture_add_persons(population, codes[i], SP_MEN, 90, 2025, sp_real(20.0 * (i + 2)));
    }
    /* A region above that is in the population already must not count twice. */
    fixture_add_persons(population, "11", SP_MEN, 90, 2024, sp_real(1e6));
    fixture_add_use(use, "institusjon", "0", "080", "105", 0.5);
    g_autoptr(SpTable) table = make_demand(population, regions, use);
    assert_near(figure(table, "11", "institusjon", 2024, 3).value, 20, 1e-12);
    assert_near(figure(table, "11", "institusjon", 2025, 4).value, (40.0 + 80) / (10 + 30), 1e-12);
    assert_near(figure(table, "0", "institusjon", 2025, 3).value, 90, 1e-12);
    assert_near(figure(table, "0", "institusjon", 2025, 4).value, 3.0, 1e-12);
    assert_int_equal(sp_table_n_rows(table), (3 + 2 + 1) * 2);
    assert_string_equal(sp_table_code(table, 0, 0), "0");
}

static void suppressed_person_hides_the_region_and_those_above(void **state)
{
    (void)state;
    g_autoptr(SpTable) population = make_population();
    g_autoptr(SpTable) regions = make_regions();
    g_autoptr(SpTable) use = fixture_bruk();
    fixture_add_persons(population, "1101", SP_MEN, 90, 2024, sp_real_none(SP_SUPPRESSED));
    fixture_add_persons(population, "1101", SP_MEN, 90, 2025, sp_real(5));
    fixture_add_persons(population, "1505", SP_MEN, 90, 2024, sp_real(5));
    fixture_add_persons(population, "1505", SP_MEN, 90, 2025, sp_real(5));
    /* Children do not use the service: a hole there hides nothing. */
    fixture_add_persons(population, "1505", SP_MEN, 3, 2024, sp_real_none(SP_MISSING));
    fixture_add_use(use, "institusjon", "0", "080", "105", 0.5);
    g_autoptr(SpTable) table = make_demand(population, regions, use);
    assert_int_equal(figure(table, "1101", "institusjon", 2024, 3).status, SP_SUPPRESSED);
    assert_int_equal(figure(table, "1101", "institusjon", 2025, 4).status, SP_SUPPRESSED);
    assert_int_equal(figure(table, "11", "institusjon", 2024, 3).status, SP_SUPPRESSED);
    assert_int_equal(figure(table, "0", "institusjon", 2024, 3).status, SP_SUPPRESSED);
    assert_near(figure(table, "15", "institusjon", 2024, 3).value, 2.5, 0);
}

static void index_over_nobody_is_not_applicable(void **state)
{
    (void)state;
    g_autoptr(SpTable) population = make_population();
    g_autoptr(SpTable) regions = make_regions();
    g_autoptr(SpTable) use = fixture_bruk();
    fixture_add_persons(population, "1101", SP_MEN, 90, 2024, sp_real(0));
    fixture_add_persons(population, "1101", SP_MEN, 90, 2025, sp_real(2));
    fixture_add_use(use, "institusjon", "0", "080", "105", 0.5);
    g_autoptr(SpTable) table = make_demand(population, regions, use);
    assert_int_equal(figure(table, "1101", "institusjon", 2024, 3).status, SP_ZERO);
    assert_int_equal(figure(table, "1101", "institusjon", 2025, 4).status, SP_NOT_APPLICABLE);
}

static void assert_refused(SpTable *use, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_use_new(use, &error));
    assert_error(error, SP_ERROR_DATA, part);
    sp_table_free(use);
}

static SpTable *one_row(const char *kjonn, const char *from, const char *to, double use)
{
    SpTable *table = fixture_bruk();
    fixture_add_use(table, "institusjon", kjonn, from, to, use);
    return table;
}

static void wrong_use_is_refused_with_its_row(void **state)
{
    (void)state;
    assert_refused(fixture_bruk(), "no rows");
    assert_refused(one_row("3", "000", "066", 0.1), "row 1: kjonn");
    assert_refused(one_row("0", "067", "066", 0.1), "row 1: alder_fra");
    assert_refused(one_row("0", "67", "79", 0.1), "row 1: alder_fra");
    assert_refused(one_row("0", "000", "106", 0.1), "row 1: alder_fra");
    assert_refused(one_row("0", "000", "066", 14.6), "row 1: bruk");
    assert_refused(one_row("0", "000", "066", -0.1), "row 1: bruk");
    SpTable *missing = one_row("0", "000", "066", 0.1);
    sp_table_set_real(missing, 0, 5, sp_real_none(SP_MISSING));
    assert_refused(missing, "row 1: bruk");
    SpTable *twice = one_row("0", "000", "066", 0.1);
    fixture_add_use(twice, "institusjon", "2", "066", "070", 0.1);
    assert_refused(twice, "row 2: an age and sex");
    static const char *const keys[] = {"tjeneste", "kjonn", "alder_fra", "alder_til"};
    assert_refused(fixture_table("bruk", keys, 4, NULL, 0), "bruk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_and_index_follow_by_hand),
        cmocka_unit_test(worked_example_is_reproduced),
        cmocka_unit_test(regions_above_are_computed_from_summed_users),
        cmocka_unit_test(suppressed_person_hides_the_region_and_those_above),
        cmocka_unit_test(index_over_nobody_is_not_applicable),
        cmocka_unit_test(wrong_use_is_refused_with_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
