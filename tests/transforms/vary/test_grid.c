/* Formulas evaluated over tables of every kind of period. */
#include "tests/core/rows.h"
#include "tests/transforms/vary/tables.h"

#include "transforms/vary/grid.h"

/* Figures of kommuner beside a period; tables are given to it. */
typedef struct {
    SpTables *tables;
    SpFormula *formula;
    SpGrid *grid;
} Made;

static void made_clear(Made *made)
{
    g_clear_pointer(&made->grid, sp_grid_free);
    g_clear_pointer(&made->formula, sp_formula_free);
    g_clear_pointer(&made->tables, sp_tables_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Made, made_clear)

static Made try(const char *text, SpTable *one, SpTable *two, GError **error)
{
    Made made = {.tables = sp_tables_new(), .formula = sp_formula_parse(text, error)};
    assert_non_null(made.formula);
    sp_tables_add(made.tables, one);
    if (two != NULL) {
        sp_tables_add(made.tables, two);
    }
    made.grid = sp_grid_new(made.formula, made.tables, error);
    return made;
}

static Made make(const char *text, SpTable *one, SpTable *two)
{
    g_autoptr(GError) error = NULL;
    Made made = try(text, one, two, &error);
    assert_no_error(error);
    return made;
}

static void assert_refused(const char *text, SpTable *table, int code, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_auto(Made) made = try(text, table, NULL, &error);
    assert_null(made.grid);
    assert_error(error, code, part);
}

static SpReal pick(const Made *made, const char *region, const char *period)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    SpReal figure;
    g_ptr_array_add(regions, (char *)region);
    sp_grid_pick(made->grid, period, regions, &figure, &error);
    assert_no_error(error);
    return figure;
}

static void assert_periods(const Made *made, const char *wanted)
{
    const GPtrArray *periods = sp_grid_periods(made->grid);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < periods->len; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               (const char *)g_ptr_array_index(periods, i));
    }
    assert_string_equal(text->str, wanted);
}

static void ages_from_to_are_summed_over_both_sexes(void **state)
{
    (void)state;
    SpTable *table = tables_folkemengde();
    tables_add_population(table, "1508", "2023-01-01", 100.0, 20.0);
    tables_add_persons(table, "1508", "1", "080-105", "2023-01-01", 1000.0);
    g_auto(Made) made = make("folkemengde.innbyggere{alder=080..105}", table, NULL);
    assert_near(pick(&made, "1508", "2023-01-01").value, 20.0, 0.0);
}

static void listed_codes_are_summed(void **state)
{
    (void)state;
    g_auto(Made) made =
        make("verk.aarsverk{yrke=sykepleier|jordmor}",
             TABLE("verk", "region:key yrke:key period:key aarsverk:sum", "1508 jordmor 2022 1.5",
                   "1508 sykepleier 2022 10", "1508 tot 2022 30"),
             NULL);
    assert_near(pick(&made, "1508", "2022").value, 11.5, 0.0);
}

static void kommune_without_a_row_is_missing_not_zero(void **state)
{
    (void)state;
    SpTable *table = tables_brukere();
    tables_add_brukere(table, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    tables_add_brukere(table, "1580", "2024-12-31", sp_real(5.0), sp_real(3.0));
    g_auto(Made) made = make("brukere.hjemmetjenestebrukere", table, NULL);
    assert_int_equal(pick(&made, "1580", "2022-12-31").status, SP_MISSING);
    assert_int_equal(pick(&made, "9999", "2022-12-31").status, SP_MISSING);
    assert_periods(&made, "2022-12-31 2024-12-31");
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    sp_grid_add_regions(made.grid, regions, seen);
    sp_grid_add_regions(made.grid, regions, seen);
    assert_int_equal(regions->len, 2);
}

/* 1511 delivered and has no user of service 03; 1580 did not deliver in 2022. */
static void or_0_is_for_kommuner_that_the_table_knows_in_the_period(void **state)
{
    (void)state;
    g_auto(Made) made =
        make("b.mottakere{tjeneste=03} or 0",
             TABLE("b", "region:key tjeneste:key period:key mottakere:other", "1508 03 2022 4",
                   "1511 15 2022 9", "1580 15 2023 9", "1515 15 2022 ."),
             NULL);
    assert_near(pick(&made, "1508", "2022").value, 4.0, 0.0);
    assert_int_equal(pick(&made, "1511", "2022").status, SP_ZERO);
    assert_int_equal(pick(&made, "1580", "2022").status, SP_MISSING);
    /* A figure that is not applicable tells nothing of who delivered. */
    assert_int_equal(pick(&made, "1515", "2022").status, SP_MISSING);
    /* In 2023 nobody has the service: that is 0 in all that delivered. */
    assert_int_equal(pick(&made, "1580", "2023").status, SP_ZERO);
    assert_periods(&made, "2022 2023");
}

static void terms_are_added_and_subtracted_across_tables(void **state)
{
    (void)state;
    g_auto(Made) made = make(
        "a.x + b.y - a.z",
        TABLE("a", "region:key period:key x:sum z:sum", "1508 2022 10 4/b",
              "1511 2022 10 :", "1580 2022 10 ."),
        TABLE("b", "region:key period:key y:other", "1508 2022 2.5", "1511 2022 1", "1580 2022 1"));
    assert_near(pick(&made, "1508", "2022").value, 8.5, 1e-15);
    assert_int_equal(pick(&made, "1508", "2022").flags, SP_FLAG_BREAK_BEFORE);
    assert_int_equal(pick(&made, "1511", "2022").status, SP_SUPPRESSED);
    assert_near(pick(&made, "1580", "2022").value, 11.0, 0.0);
}

static void next_january_follows_the_year_of_any_kind_of_period(void **state)
{
    (void)state;
    SpTable *table = tables_folkemengde();
    tables_add_persons(table, "1508", "1", "030", "2023-01-01", 7.0);
    g_auto(Made) made = make("folkemengde.innbyggere@+1", table, NULL);
    assert_near(pick(&made, "1508", "2022-12-31").value, 7.0, 0.0);
    assert_near(pick(&made, "1508", "2022").value, 7.0, 0.0);
    assert_near(pick(&made, "1508", "2022K3").value, 7.0, 0.0);
    assert_near(pick(&made, "1508", "2021-12-01--2022-12-01").value, 7.0, 0.0);
    assert_int_equal(pick(&made, "1508", "2023").status, SP_MISSING);
}

/* A source of quarters, one of a day in December, one of years: each beside a year. */
static void year_is_the_years_own_figure_or_its_last_day_or_all_its_quarters(void **state)
{
    (void)state;
    g_auto(Made) quarters = make("s.dager@year",
                                 TABLE("s", "region:key period:key dager:sum", "1508 2022K1 1",
                                       "1508 2022K2 2", "1508 2022K3 3", "1508 2022K4 4",
                                       "1508 2023K1 5", "1511 2022K1 1", "1511 2022K2 :"),
                                 NULL);
    assert_periods(&quarters, "2022");
    assert_near(pick(&quarters, "1508", "2022").value, 10.0, 0.0);
    assert_int_equal(pick(&quarters, "1511", "2022").status, SP_SUPPRESSED);
    /* Three quarters are no year. */
    assert_int_equal(pick(&quarters, "1508", "2023").status, SP_MISSING);
    g_auto(Made) days = make(
        "l.lister@year",
        TABLE("l", "region:key period:key lister:other", "1508 2022-06-30 6", "1508 2022-12-31 12"),
        NULL);
    assert_near(pick(&days, "1508", "2022").value, 12.0, 0.0);
    assert_periods(&days, "2022");
    g_auto(Made) years = make("p.plasser@year",
                              TABLE("p", "region:key period:key plasser:sum", "1508 2022 5"), NULL);
    assert_near(pick(&years, "1508", "2022-12-31").value, 5.0, 0.0);
}

static void quarters_of_what_does_not_add_up_make_no_year(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_auto(Made) made = make("s.pct@year",
                             TABLE("s", "region:key period:key pct:other", "1508 2022K1 1",
                                   "1508 2022K2 2", "1508 2022K3 3", "1508 2022K4 4"),
                             NULL);
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    SpReal figure;
    g_ptr_array_add(regions, (char *)"1508");
    assert_false(sp_grid_pick(made.grid, "2022", regions, &figure, &error));
    assert_error(error, SP_ERROR_CONFIG, "s.pct does not add up over the parts of 2022");
}

static void before_is_the_latest_date_at_or_before_the_last_day(void **state)
{
    (void)state;
    g_auto(Made) made = make("l.lister@before",
                             TABLE("l", "region:key period:key lister:other", "1508 2022-03-31 3",
                                   "1508 2022-09-30 9", "1508 2023-03-31 13"),
                             NULL);
    assert_near(pick(&made, "1508", "2022-09-30").value, 9.0, 0.0);
    assert_near(pick(&made, "1508", "2022K4").value, 9.0, 0.0);
    assert_near(pick(&made, "1508", "2022K2").value, 3.0, 0.0);
    assert_int_equal(pick(&made, "1508", "2021").status, SP_MISSING);
}

/* PAI's table has figures of a day and of the interval to the next in one. */
static void periods_of_the_other_kind_of_figure_are_none_of_the_indicators(void **state)
{
    (void)state;
    static const char *const columns = "region:key period:key personer:other sluttet:other";
    g_auto(Made) persons =
        make("p.personer",
             TABLE("p", columns, "1508 2022-12-01 9 .", "1508 2022-12-01--2023-12-01 . 2"), NULL);
    g_auto(Made) left =
        make("p.sluttet",
             TABLE("p", columns, "1508 2022-12-01 9 .", "1508 2022-12-01--2023-12-01 . 2"), NULL);
    assert_periods(&persons, "2022-12-01");
    assert_periods(&left, "2022-12-01--2023-12-01");
}

static void suppressed_part_suppresses_the_sum(void **state)
{
    (void)state;
    SpTable *table = tables_folkemengde();
    tables_add_population(table, "1508", "2023-01-01", 100.0, 20.0);
    sp_table_set_real(table, 0, 4, sp_real_none(SP_SUPPRESSED));
    g_auto(Made) made = make("folkemengde.innbyggere", table, NULL);
    assert_int_equal(pick(&made, "1508", "2023-01-01").status, SP_SUPPRESSED);
}

static void distinct_persons_are_never_summed(void **state)
{
    (void)state;
    SpTable *table = tables_brukere();
    tables_add_brukere(table, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    tables_add_brukere(table, "1508", "2022-12-31", sp_real(5.0), sp_real(3.0));
    assert_refused("brukere.hjemmetjenestebrukere", table, SP_ERROR_CONFIG,
                   "do not add up (region 1508, period 2022-12-31)");
}

static void total_beside_its_parts_is_not_counted_twice(void **state)
{
    (void)state;
    static const char *const columns = "region:key kjonn:key alder:key period:key innbyggere:sum";
    assert_refused("f.innbyggere", TABLE("f", columns, "1508 0 030 2023 3", "1508 1 030 2023 2"),
                   SP_ERROR_CONFIG, "the sum would hold kjonn 0 beside its parts");
    assert_refused("f.innbyggere{kjonn=1}",
                   TABLE("f", columns, "1508 1 000-105 2023 3", "1508 1 018-049 2023 2"),
                   SP_ERROR_CONFIG, "beside its parts; name the codes of alder");
    g_auto(Made) made = make("f.innbyggere{kjonn=0}",
                             TABLE("f", columns, "1508 0 030 2023 3", "1508 1 030 2023 2"), NULL);
    assert_near(pick(&made, "1508", "2023").value, 3.0, 0.0);
}

/* Groups stand beside professions, and nothing in the codes tells which is which. */
static void key_column_that_is_not_named_is_told(void **state)
{
    (void)state;
    assert_refused("v.aarsverk",
                   TABLE("v", "region:key yrke:key period:key aarsverk:sum",
                         "1508 hoeyskole 2022 3", "1508 sykepleier 2022 2"),
                   SP_ERROR_CONFIG, "table v has the key column yrke; add {yrke=");
}

static void measure_that_is_not_there_is_told(void **state)
{
    (void)state;
    assert_refused("brukere.bolig_heldoegn", tables_brukere(), SP_ERROR_DATA,
                   "formula brukere.bolig_heldoegn: ");
}

static void period_that_is_none_has_no_time(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_auto(Made) made = make("folkemengde.innbyggere@+1", tables_folkemengde(), NULL);
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    assert_false(sp_grid_pick(made.grid, "desember", regions, NULL, &error));
    assert_error(error, SP_ERROR_DATA, "period \"desember\" is none");
}

static void empty_table_gives_an_empty_grid(void **state)
{
    (void)state;
    g_auto(Made) made = make("brukere.hjemmetjenestebrukere", tables_brukere(), NULL);
    assert_periods(&made, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_from_to_are_summed_over_both_sexes),
        cmocka_unit_test(listed_codes_are_summed),
        cmocka_unit_test(kommune_without_a_row_is_missing_not_zero),
        cmocka_unit_test(or_0_is_for_kommuner_that_the_table_knows_in_the_period),
        cmocka_unit_test(terms_are_added_and_subtracted_across_tables),
        cmocka_unit_test(next_january_follows_the_year_of_any_kind_of_period),
        cmocka_unit_test(year_is_the_years_own_figure_or_its_last_day_or_all_its_quarters),
        cmocka_unit_test(quarters_of_what_does_not_add_up_make_no_year),
        cmocka_unit_test(before_is_the_latest_date_at_or_before_the_last_day),
        cmocka_unit_test(periods_of_the_other_kind_of_figure_are_none_of_the_indicators),
        cmocka_unit_test(suppressed_part_suppresses_the_sum),
        cmocka_unit_test(distinct_persons_are_never_summed),
        cmocka_unit_test(total_beside_its_parts_is_not_counted_twice),
        cmocka_unit_test(key_column_that_is_not_named_is_told),
        cmocka_unit_test(measure_that_is_not_there_is_told),
        cmocka_unit_test(period_that_is_none_has_no_time),
        cmocka_unit_test(empty_table_gives_an_empty_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
