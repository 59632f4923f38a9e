/* The profile of challenges, from small tables that stand already. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/profiles.h"

static const char period[] = "2022-12-31";

static Compared world(gboolean has_projection)
{
    Compared compared = compared_new(2);
    for (guint i = 0; i < 2; i++) {
        compared_add(&compared, "gamle", i, "2022-01-01", (Rate){sp_real(10.0), 100.0, 1.0});
        compared_add(&compared, "kroner", i, period, (Rate){sp_real(10.0), 100.0, 1.0});
        const gsize row =
            compared_add(&compared, "andel", i, period, (Rate){sp_real(10.0), 100.0, 1.0});
        compared_chance(&compared, row, 20.0, 16.0);
    }
    sp_tables_add(compared.in,
                  TABLE("sammenlikning",
                        "indikator:key region:key period:key verdi:other middel_naermeste:other",
                        "andel 1000 2022-12-31 0.1 0.2", "andel 1001 2022-12-31 0.3 0.2",
                        "gamle 1000 2022-01-01 0.1 0.1", "kroner 1000 2022-12-31 5 6"));
    sp_tables_add(compared.in, TABLE("plassering",
                                     "indikator:key region:key period:key signal:attribute "
                                     "vurdering:attribute verdi:other",
                                     "andel 1000 2021-12-31 over_95 gunstig 0.1",
                                     "andel 1000 2022-12-31 under_95 ugunstig 0.1"));
    sp_tables_add(compared.in,
                  TABLE("utvikling", "indikator:key region:key vurdering:attribute stigning:other",
                        "andel 1000 ned -0.02"));
    if (has_projection) {
        sp_tables_add(compared.in,
                      TABLE("framskriving_gap",
                            "region:key yrke:key period:key gap_andel:other gap:other "
                            "sannsynlighet_mangel:other",
                            "1000 lege 2026-01-01 0 0 0", "1000 lege 2034-01-01 0.1 1 0.4",
                            "1000 lege 2035-01-01 0.2 2 0.65", "1000 lege 2036-01-01 0.3 3 0.7",
                            "1000 jordmor 2035-01-01 0.9 0.2 0", "1000 tannlege 2035-01-01 .. .. .",
                            "10 lege 2035-01-01 0.1 9 0.5"));
    }
    return compared;
}

static SpTable *run(gboolean has_projection)
{
    g_auto(Compared) compared = world(has_projection);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_transform_challenges.run(compared.in, NULL, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, "utfordringer");
}

static void profile_holds_own_figure_comparators_signal_and_development(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run(TRUE);
    assert_near(TABLES_FIND(table, "verdi", "1000", "stabilitet", "andel", "tot").value, 0.1, 0.0);
    assert_near(TABLES_FIND(table, "middel_naermeste", "1000", "stabilitet", "andel", "tot").value,
                0.2, 0.0);
    assert_near(TABLES_FIND(table, "stigning", "1000", "stabilitet", "andel", "tot").value, -0.02,
                0.0);
    assert_string_equal(ATTRIBUTE(table, "signal", "1000", "stabilitet", "andel", "tot"),
                        "under_95");
    assert_string_equal(ATTRIBUTE(table, "vurdering", "1000", "stabilitet", "andel", "tot"),
                        "ugunstig");
    assert_string_equal(ATTRIBUTE(table, "utvikling", "1000", "stabilitet", "andel", "tot"), "ned");
}

/* Without a signal or a series of its own: empty, and missing. */
static void kommune_without_signal_has_its_profile_too(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run(TRUE);
    assert_near(TABLES_FIND(table, "verdi", "1001", "stabilitet", "andel", "tot").value, 0.3, 0.0);
    assert_string_equal(ATTRIBUTE(table, "signal", "1001", "stabilitet", "andel", "tot"), "");
    assert_int_equal(TABLES_FIND(table, "stigning", "1001", "stabilitet", "andel", "tot").status,
                     SP_MISSING);
}

static void shortage_is_that_of_ten_years_on(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run(TRUE);
    assert_near(TABLES_FIND(table, "verdi", "1000", "framskriving", "proj_gap_pct", "lege").value,
                0.2, 0.0);
    assert_near(
        TABLES_FIND(table, "sannsynlighet_mangel", "1000", "framskriving", "proj_gap_pct", "lege")
            .value,
        0.65, 0.0);
    assert_near(TABLES_FIND(table, "gap", "1000", "framskriving", "proj_gap_pct", "lege").value,
                2.0, 0.0);
    assert_string_equal(ATTRIBUTE(table, "period", "1000", "framskriving", "proj_gap_pct", "lege"),
                        "2035-01-01");
}

/* A kommune that needs a fifth of a midwife cannot lack one årsverk of midwives. */
static void profession_that_no_future_lacks_is_no_challenge(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run(TRUE);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *yrke = sp_table_code(table, row, sp_table_find(table, "yrke"));
        assert_true(strcmp(yrke, "tot") == 0 || strcmp(yrke, "lege") == 0);
    }
}

/* `kroner` has no good side and is no need; `gamle` is need, without a theme. */
static void only_what_may_be_a_challenge_is_told(void **state)
{
    (void)state;
    g_autoptr(SpTable) with = run(TRUE);
    g_autoptr(SpTable) without = run(FALSE);
    assert_int_equal(sp_table_n_rows(with), 4);
    assert_int_equal(sp_table_n_rows(without), 3);
    assert_near(TABLES_FIND(without, "verdi", "1000", "", "gamle", "tot").value, 0.1, 0.0);
}

static void each_figure_is_one_of_another_table(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"utfordringer stigning region=1000 tema=x indikator=andel yrke=tot",
         "utvikling stigning indikator=andel region=1000"},
        {"utfordringer verdi region=1000 tema=x indikator=proj_gap_pct yrke=lege",
         "framskriving_gap gap_andel yrke=lege region=1000"}};
    for (gsize k = 0; k < G_N_ELEMENTS(cells); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpCell) cell = sp_cell_parse(cells[k][0], &error);
        g_autoptr(SpExplanation) why = sp_explanation_new();
        sp_transform_challenges.explain(NULL, NULL, cell, why, &error);
        assert_no_error(error);
        assert_int_equal(why->inputs->len, 1);
        g_autofree char *input = sp_cell_format(g_ptr_array_index(why->inputs, 0));
        assert_string_equal(input, cells[k][1]);
        assert_true(why->is_injective);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profile_holds_own_figure_comparators_signal_and_development),
        cmocka_unit_test(kommune_without_signal_has_its_profile_too),
        cmocka_unit_test(shortage_is_that_of_ten_years_on),
        cmocka_unit_test(profession_that_no_future_lacks_is_no_challenge),
        cmocka_unit_test(only_what_may_be_a_challenge_is_told),
        cmocka_unit_test(each_figure_is_one_of_another_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
