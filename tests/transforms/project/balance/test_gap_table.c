/* The tables of gap and base-year balance. */
#include "tests/core/rows.h"

#include "transforms/project/balance/gap_table.h"

#define COLUMNS "region:key yrke:key period:key aarsverk:other"

typedef struct {
    SpTable *demand, *supply;
    SpTables *others;
    SpShortage *shortage;
    SpQuality *quality;
    SpGapInput input;
} Case;

static void case_init(Case *self, SpTable *demand, SpTable *supply)
{
    g_autoptr(GError) error = NULL;
    *self = (Case){
        .demand = demand, .supply = supply, .others = sp_tables_new(), .quality = sp_quality_new()};
    self->shortage =
        sp_shortage_new(self->others, SP_BASE_GAP_NONE, "2026-01-01", self->quality, &error);
    assert_no_error(error);
    self->input =
        (SpGapInput){.demand = demand, .supply = supply, .shortage = self->shortage, .alarm = 1.1};
}

static void case_clear(Case *self)
{
    sp_table_free(self->demand);
    sp_table_free(self->supply);
    sp_tables_free(self->others);
    sp_shortage_free(self->shortage);
    sp_quality_free(self->quality);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static SpTable *gap_of(Case *self)
{
    g_autoptr(GError) error = NULL;
    SpTable *table = sp_gap_table(&self->input, self->quality, &error);
    assert_no_error(error);
    return table;
}

/* The country's supply is 80 for a demand of 100: everybody's supply is scaled by 1.25. */
static void supply_is_scaled_by_the_countrys_factor(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self,
              TABLE("framskriving_etterspoersel", COLUMNS, "0 sykepleier 2026-01-01 100",
                    "0 sykepleier 2027-01-01 110", "1103 sykepleier 2026-01-01 40",
                    "1103 sykepleier 2027-01-01 45"),
              TABLE("framskriving_tilbud", COLUMNS, "0 sykepleier 2026-01-01 80",
                    "0 sykepleier 2027-01-01 84", "1103 sykepleier 2026-01-01 36",
                    "1103 sykepleier 2027-01-01 32"));
    g_autoptr(SpTable) table = gap_of(&self);
    assert_rows(table, "0 sykepleier 2026-01-01 100/m 100/m . -/m -/m",
                "0 sykepleier 2027-01-01 110/m 105/m . 5/m 0.0454545455/m",
                "1103 sykepleier 2026-01-01 40/m 45/m . -5/m -0.125/m",
                "1103 sykepleier 2027-01-01 45/m 40/m . 5/m 0.111111111/m");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) balance = sp_balance_table(&self.input, &error);
    assert_no_error(error);
    assert_rows(balance, "sykepleier 2026-01-01 100/m 80/m 1.25/m -/m");
}

static void an_observed_base_is_not_scaled(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self, TABLE("framskriving_etterspoersel", COLUMNS, "0 lege 2026-01-01 100"),
              TABLE("framskriving_tilbud", COLUMNS, "0 lege 2026-01-01 80"));
    self.input.base = SP_BASE_OBSERVED;
    g_autoptr(SpTable) table = gap_of(&self);
    assert_rows(table, "0 lege 2026-01-01 100/m 80/m . 20/m 0.2/m");
}

static void a_profession_without_supply_is_missing_and_told(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(
        &self,
        TABLE("framskriving_etterspoersel", COLUMNS, "0 jordmor 2026-01-01 9",
              "0 lege 2026-01-01 100"),
        TABLE("framskriving_tilbud", COLUMNS, "0 jordmor 2026-01-01 -", "0 lege 2026-01-01 100"));
    g_autoptr(SpTable) table = gap_of(&self);
    assert_rows(table, "0 jordmor 2026-01-01 9/m ../m . ../m ../m",
                "0 lege 2026-01-01 100/m 100/m . -/m -/m");
    assert_int_equal(sp_quality_count(self.quality, "no_supply"), 1);
}

/* Need of 26 to a supply of 30 is no balance of the same people; 28 to 30 may be. */
static void sources_that_count_others_are_told(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self,
              TABLE("framskriving_etterspoersel", COLUMNS, "0 jordmor 2026-01-01 26",
                    "0 lege 2026-01-01 28", "0 radiograf 2026-01-01 ."),
              TABLE("framskriving_tilbud", COLUMNS, "0 jordmor 2026-01-01 30",
                    "0 lege 2026-01-01 30", "0 radiograf 2026-01-01 -"));
    g_autoptr(SpTable) table = gap_of(&self);
    assert_int_equal(sp_table_n_rows(table), 3);
    assert_int_equal(sp_quality_count(self.quality, "unlike_sources"), 1);
    assert_int_equal(sp_quality_count(self.quality, "no_need"), 1);
    assert_int_equal(sp_quality_count(self.quality, "no_supply"), 0);
}

/* 12 of the country's 100 are what the law adds in kommuner that have fewer: 88 is balanced. */
static void what_the_law_adds_stays_a_shortage(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self,
              TABLE("framskriving_etterspoersel",
                    "region:key yrke:key period:key aarsverk:other lovkrav:other",
                    "0 jordmor 2026-01-01 100 12", "1103 jordmor 2026-01-01 20 12"),
              TABLE("framskriving_tilbud", COLUMNS, "0 jordmor 2026-01-01 80",
                    "1103 jordmor 2026-01-01 5"));
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = gap_of(&self);
    g_autoptr(SpTable) balance = sp_balance_table(&self.input, &error);
    assert_rows(table, "0 jordmor 2026-01-01 100/m 88/m . 12/m 0.12/m",
                "1103 jordmor 2026-01-01 20/m 5.5/m . 14.5/m 0.725/m");
    assert_rows(balance, "jordmor 2026-01-01 88/m 80/m 1.1/m -/m");
    assert_int_equal(sp_quality_count(self.quality, "unlike_sources"), 0);
}

/* A quarter of the need is what supply's own register has beyond the other areas. */
static void a_source_of_both_sides_is_told(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(
        &self,
        TABLE("framskriving_etterspoersel",
              "region:key yrke:key period:key aarsverk:other lovkrav:other rest:other",
              "0 jordmor 2026-01-01 100 12 25", "0 lege 2026-01-01 10 0 0"),
        TABLE("framskriving_tilbud", COLUMNS, "0 jordmor 2026-01-01 80", "0 lege 2026-01-01 10"));
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) balance = sp_balance_table(&self.input, &error);
    assert_rows(balance, "jordmor 2026-01-01 88/m 80/m 1.1/m 0.25/m",
                "lege 2026-01-01 10/m 10/m 1/m -/m");
}

static void supply_that_ends_before_demand_is_missing_and_told(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self,
              TABLE("framskriving_etterspoersel", COLUMNS, "0 lege 2026-01-01 10",
                    "0 lege 2027-01-01 11"),
              TABLE("framskriving_tilbud", COLUMNS, "0 lege 2026-01-01 10"));
    g_autoptr(SpTable) table = gap_of(&self);
    assert_rows(table, "0 lege 2026-01-01 10/m 10/m . -/m -/m",
                "0 lege 2027-01-01 11/m ../m . ../m ../m");
    assert_int_equal(sp_quality_count(self.quality, "short_supply"), 1);
}

static void a_hidden_base_hides_what_is_scaled_by_it(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(
        &self,
        TABLE("framskriving_etterspoersel", COLUMNS,
              "0 lege 2026-01-01 :", "1103 lege 2026-01-01 4"),
        TABLE("framskriving_tilbud", COLUMNS, "0 lege 2026-01-01 10", "1103 lege 2026-01-01 3"));
    g_autoptr(SpTable) table = gap_of(&self);
    assert_rows(table, "0 lege 2026-01-01 :/m :/m . :/m :/m",
                "1103 lege 2026-01-01 4/m :/m . :/m :/m");
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    g_auto(Case) one = {0};
    g_auto(Case) two = {0};
    case_init(&one,
              TABLE("d", COLUMNS, "0 lege 2026-01-01 10", "1101 lege 2026-01-01 4",
                    "1103 lege 2026-01-01 6"),
              TABLE("s", COLUMNS, "0 lege 2026-01-01 8", "1101 lege 2026-01-01 3",
                    "1103 lege 2026-01-01 5"));
    case_init(&two,
              TABLE("d", COLUMNS, "1103 lege 2026-01-01 6", "0 lege 2026-01-01 10",
                    "1101 lege 2026-01-01 4"),
              TABLE("s", COLUMNS, "1101 lege 2026-01-01 3", "1103 lege 2026-01-01 5",
                    "0 lege 2026-01-01 8"));
    g_autoptr(SpTable) a = gap_of(&one);
    g_autoptr(SpTable) b = gap_of(&two);
    assert_rows(a, "0 lege 2026-01-01 10/m 10/m . -/m -/m",
                "1101 lege 2026-01-01 4/m 3.75/m . 0.25/m 0.0625/m",
                "1103 lege 2026-01-01 6/m 6.25/m . -0.25/m -0.0416666667/m");
    assert_rows(b, "0 lege 2026-01-01 10/m 10/m . -/m -/m",
                "1101 lege 2026-01-01 4/m 3.75/m . 0.25/m 0.0625/m",
                "1103 lege 2026-01-01 6/m 6.25/m . -0.25/m -0.0416666667/m");
}

static void parts_of_a_cell_are_its_gap(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    g_autoptr(GError) error = NULL;
    case_init(&self,
              TABLE("d", COLUMNS, "0 lege 2026-01-01 10", "0 lege 2027-01-01 10",
                    "1101 lege 2026-01-01 4", "1101 lege 2027-01-01 7"),
              TABLE("s", COLUMNS, "0 lege 2026-01-01 8", "0 lege 2027-01-01 8",
                    "1101 lege 2026-01-01 2", "1101 lege 2027-01-01 1.6"));
    double parts[3];
    assert_true(sp_gap_cell_parts(&self.input, "1101", "lege", "2027-01-01", parts, &error));
    assert_near(parts[0], 1.5, 1e-12); /* 4 - 2 x 1.25 */
    assert_near(parts[1], 3, 1e-12);
    assert_near(parts[2], 0.5, 1e-12);
    assert_false(sp_gap_cell_parts(&self.input, "1103", "lege", "2027-01-01", parts, &error));
    assert_no_error(error);
}

static void a_table_without_rows_or_column_is_an_error(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) other = NULL;
    case_init(&self, TABLE("framskriving_etterspoersel", COLUMNS, "0 lege 2026-01-01 10"),
              sp_table_new("framskriving_tilbud", NULL, 0));
    assert_null(sp_gap_table(&self.input, self.quality, &error));
    assert_error(error, SP_ERROR_DATA, "framskriving_tilbud");
    g_autoptr(SpTable) empty = sp_table_copy_schema(self.demand, NULL);
    self.input.supply = empty;
    assert_null(sp_gap_table(&self.input, self.quality, &other));
    assert_error(other, SP_ERROR_DATA, "has no row");
}

static void a_gap_is_marked_as_what_it_is_made_from(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self, TABLE("d", COLUMNS, "0 lege 2026-01-01 10"),
              TABLE("s", COLUMNS, "0 lege 2026-01-01 10"));
    sp_table_set_marks(self.supply, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) table = gap_of(&self);
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(supply_is_scaled_by_the_countrys_factor),
        cmocka_unit_test(an_observed_base_is_not_scaled),
        cmocka_unit_test(a_profession_without_supply_is_missing_and_told),
        cmocka_unit_test(sources_that_count_others_are_told),
        cmocka_unit_test(what_the_law_adds_stays_a_shortage),
        cmocka_unit_test(a_source_of_both_sides_is_told),
        cmocka_unit_test(supply_that_ends_before_demand_is_missing_and_told),
        cmocka_unit_test(a_hidden_base_hides_what_is_scaled_by_it),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(parts_of_a_cell_are_its_gap),
        cmocka_unit_test(a_table_without_rows_or_column_is_an_error),
        cmocka_unit_test(a_gap_is_marked_as_what_it_is_made_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
