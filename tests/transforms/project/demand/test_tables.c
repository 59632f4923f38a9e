/* Demand as a transform: its tables, and what explains their cells. */
#include "country.h"

#include "core/table_rows.h"
#include "transforms/project/demand/parts.h"
#include "transforms/project/project.h"

#include <math.h>

static SpTables *run(const SpTables *in)
{
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = fixture_chosen("2026, 2030");
    sp_transform_demand.run(in, settings, out, quality, &error);
    assert_no_error(error);
    return g_steal_pointer(&out);
}

static SpReal figure(const SpTables *out, const char *name, const char *measure, const char *cell)
{
    const SpTable *table = sp_tables_find(out, name);
    g_autofree char *text = g_strdup_printf("%s %s %s", name, measure, cell);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) key = sp_cell_parse(text, &error);
    gsize row = 0;
    assert_no_error(error);
    sp_cell_find_row(key, table, &row, &error);
    assert_no_error(error);
    return sp_table_real(table, row, sp_table_find(table, measure));
}

#define NEED "framskriving_etterspoersel"
#define PARTS "framskriving_etterspoersel_deler"
#define USERS "framskriving_behov"

static void regions_above_are_the_sums_of_kommuner(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.01);
    g_autoptr(SpTables) out = run(in);
    double sum[2] = {0};
    for (guint i = 0; i < N; i++) {
        g_autofree char *cell =
            g_strdup_printf("region=%s yrke=SYK period=2027-01-01", kommuner[i]);
        SpReal real = figure(out, NEED, "aarsverk", cell);
        assert_int_equal(real.flags, SP_FLAG_MODELLED);
        sum[0] += i < 2 ? real.value : 0;
        sum[1] += real.value;
    }
    assert_near(figure(out, NEED, "aarsverk", "region=11 yrke=SYK period=2027-01-01").value, sum[0],
                1e-9);
    assert_near(figure(out, NEED, "aarsverk", "region=0 yrke=SYK period=2027-01-01").value, sum[1],
                1e-9);
    double now = figure(out, USERS, "brukere", "region=15 tjeneste=inst period=2027-01-01").value;
    double base = figure(out, USERS, "brukere", "region=15 tjeneste=inst period=2024-01-01").value;
    assert_near(figure(out, USERS, "indeks", "region=15 tjeneste=inst period=2027-01-01").value,
                now / base, 1e-12);
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; i < sp_tables_size(out); i++) {
        g_autoptr(SpTable) copy = sp_table_copy(sp_tables_at(out, i));
        assert_true(sp_table_check_unique(copy, &error));
        for (gsize row = 0; row < sp_table_n_rows(copy); row += 7) {
            assert_string_equal(sp_table_code(copy, row, 0),
                                sp_table_code(sp_tables_at(out, i), row, 0)); /* sorted already */
        }
    }
}

#define PER_USER "framskriving_aarsverk_per_bruker"

/* Nurses and helsefagarbeidere of a fylke's two kommuner; SSP are nurses already. */
static double need_over_users(const SpDemandPaths *paths, const char *service, gsize t)
{
    gsize k = small_find(paths->services, service);
    double users = 0, need = 0;
    static const char *const professions[] = {"SYK", "HFA"};
    for (gsize u = 2; u < N; u++) {
        users += sp_demand_users(paths, SP_NEED_TODAY, u, k)[t];
        for (gsize i = 0; i < G_N_ELEMENTS(professions); i++) {
            gsize g = small_find(paths->professions, professions[i]);
            need += sp_demand_need(paths, SP_NEED_TODAY, u, k, g)[t];
        }
    }
    return need / users;
}

static void aarsverk_per_user_are_told_of_regions_above(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_with_parts();
    g_autoptr(SpTables) out = run(in);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    const char *base = "region=15 tjeneste=inst period=2024-01-01";
    const char *later = "region=15 tjeneste=inst period=2030-01-01";
    double index = need_over_users(paths, "inst", 6) / need_over_users(paths, "inst", 0);
    assert_near(figure(out, PER_USER, "indeks", base).value, 1, 0);
    assert_near(figure(out, PER_USER, "indeks", later).value, index, 1e-12);
    assert_true(fabs(index - 1) > 0.001);
    const SpTable *table = sp_tables_find(out, PER_USER);
    assert_int_equal(sp_table_n_rows(table),
                     4 * 2 * 7); /* 0, 11, 15, S3; two services have users */
}

static void service_that_follows_persons_has_an_index_alone(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    g_autoptr(SpTables) out = run(in);
    const char *cell = "region=1101 tjeneste=hstj period=2026-01-01";
    assert_int_equal(figure(out, USERS, "brukere", cell).status, SP_NOT_APPLICABLE);
    assert_near(figure(out, USERS, "indeks", cell).value, 1.0, 1e-12);
}

static void profession_that_nobody_counts_does_not_exist(void **state)
{
    (void)state;
    static const char *const structure[] = {"hjemme SYK 1 0 0", "hjemme logoped 1 0 0",
                                            "hstj HSY 1 0 0", NULL};
    g_autoptr(SpTables) in = country(0.0);
    replace(in, small_structure(structure));
    g_autoptr(SpTables) out = run(in);
    assert_int_equal(
        figure(out, NEED, "aarsverk", "region=0 yrke=logoped period=2026-01-01").status,
        SP_NOT_APPLICABLE);
    assert_true(figure(out, NEED, "aarsverk", "region=0 yrke=SYK period=2026-01-01").value > 0);
}

static void suppressed_person_hides_the_region_and_those_above(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    SpTable *people = sp_tables_find(in, "framskriving_befolkning");
    sp_table_set_real(people, fixture_find(people, "1101", SP_MEN, 85, BASE), 4,
                      sp_real_none(SP_SUPPRESSED));
    /* The young do not use institutions: a hole there hides none of it. */
    sp_table_set_real(people, fixture_find(people, "1505", SP_MEN, 30, BASE), 4,
                      sp_real_none(SP_MISSING));
    g_autoptr(SpTables) out = run(in);
    static const char *const hidden[] = {"1101", "11", "0"};
    for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++) {
        g_autofree char *cell =
            g_strdup_printf("region=%s tjeneste=inst period=2024-01-01", hidden[i]);
        assert_int_equal(figure(out, USERS, "brukere", cell).status, SP_SUPPRESSED);
        g_autofree char *need = g_strdup_printf("region=%s yrke=HFA period=2024-01-01", hidden[i]);
        assert_int_equal(figure(out, NEED, "aarsverk", need).status, SP_SUPPRESSED);
    }
    const char *open = "region=1505 tjeneste=inst period=2024-01-01";
    assert_int_equal(figure(out, USERS, "brukere", open).status, SP_PRESENT);
}

/* Kommuner, those above them and a profession nobody counts: every row. */
static void parts_are_the_change_of_the_need(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    g_autoptr(SpTables) out = run(in);
    const SpTable *parts = sp_tables_find(out, PARTS);
    const SpTable *need = sp_tables_find(out, NEED);
    gsize n_days = 0, n_moved = 0;
    for (gsize row = 0; row < sp_table_n_rows(need); row++) {
        n_days += strcmp(sp_table_code(need, row, 2), "2026-01-01") == 0 ||
                  strcmp(sp_table_code(need, row, 2), "2030-01-01") == 0;
    }
    assert_int_equal(sp_table_n_rows(parts), n_days);
    for (gsize row = 0; row < sp_table_n_rows(parts); row++) {
        g_autofree char *key = g_strdup_printf("region=%s yrke=%s", sp_table_code(parts, row, 0),
                                               sp_table_code(parts, row, 1));
        g_autofree char *now = g_strdup_printf("%s period=%s", key, sp_table_code(parts, row, 2));
        g_autofree char *base = g_strdup_printf("%s period=%d-01-01", key, BASE);
        double change =
            figure(out, NEED, "aarsverk", now).value - figure(out, NEED, "aarsverk", base).value;
        double sum = 0;
        for (gsize i = 3; i < sp_table_n_columns(parts); i++) {
            sum += sp_table_real(parts, row, i).value;
            n_moved += fabs(sp_table_real(parts, row, i).value) > 1e-3;
        }
        assert_near(sum, change, 1e-9 * (1 + fabs(change)));
    }
    assert_true(n_moved > 0);
}

static void a_hidden_need_has_no_parts(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    SpTable *people = sp_tables_find(in, "framskriving_befolkning");
    sp_table_set_real(people, fixture_find(people, "1101", SP_MEN, 85, BASE), 4,
                      sp_real_none(SP_SUPPRESSED));
    g_autoptr(SpTables) out = run(in);
    const char *day = "yrke=HFA period=2026-01-01";
    static const struct {
        const char *region;
        gboolean is_hidden;
    } cases[] = {{"1101", TRUE}, {"11", TRUE}, {"0", TRUE}, {"1505", FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *cell = g_strdup_printf("region=%s %s", cases[i].region, day);
        SpReal part = figure(out, PARTS, "befolkning", cell);
        assert_int_equal(part.status == SP_SUPPRESSED, cases[i].is_hidden);
    }
}

static void explanation_tells_parts_that_add_up(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    g_autoptr(SpTables) out = run(in);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell =
        sp_cell_parse(NEED " aarsverk region=15 yrke=SYK period=2030-01-01", &error);
    g_autoptr(SpExplanation) why = sp_explanation_new();
    sp_transform_demand.explain(in, NULL, cell, why, &error);
    assert_no_error(error);
    double sum = 0;
    g_auto(GStrv) words = g_strsplit(why->method, " ", -1);
    for (gsize i = 1, n = 0; words[i] != NULL; i++) {
        if ((*words[i] == '+' || *words[i] == '-') && words[i][1] != '\0') {
            g_autofree char *number = g_strdup(*words[i] == '+' ? words[i] + 1 : words[i]);
            g_strdelimit(number, ",", '\0');
            sum += fixture_number(number);
            assert_true(++n <= SP_N_NEED_PARTS);
        }
    }
    double change = figure(out, NEED, "aarsverk", "region=15 yrke=SYK period=2030-01-01").value -
                    figure(out, NEED, "aarsverk", "region=15 yrke=SYK period=2024-01-01").value;
    assert_true(fabs(change) > 1);
    assert_near(sum, change, 0.021); /* four figures of two decimals */
}

/* Every measure that the tables have can be asked where it comes from. */
static void every_measure_of_need_is_explained(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_by_rule(0.02);
    g_autoptr(SpTables) out = run(in);
    const SpTable *need = sp_tables_find(out, NEED);
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(need); i++) {
        const SpColumn *column = sp_table_column(need, i);
        g_autoptr(GError) error = NULL;
        g_autoptr(SpExplanation) why = sp_explanation_new();
        g_autoptr(SpCell) cell = sp_cell_with(sp_cell_new(NEED, column->name), "region", "15");
        sp_cell_with(sp_cell_with(cell, "yrke", "SYK"), "period", "2030-01-01");
        if (column->kind == SP_COLUMN_MEASURE) {
            sp_transform_demand.explain(in, NULL, cell, why, &error);
            assert_no_error(error);
            assert_true(why->inputs->len > 0);
            n++;
        }
    }
    assert_int_equal(n, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_above_are_the_sums_of_kommuner),
        cmocka_unit_test(aarsverk_per_user_are_told_of_regions_above),
        cmocka_unit_test(service_that_follows_persons_has_an_index_alone),
        cmocka_unit_test(profession_that_nobody_counts_does_not_exist),
        cmocka_unit_test(suppressed_person_hides_the_region_and_those_above),
        cmocka_unit_test(parts_are_the_change_of_the_need),
        cmocka_unit_test(a_hidden_need_has_no_parts),
        cmocka_unit_test(explanation_tells_parts_that_add_up),
        cmocka_unit_test(every_measure_of_need_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
