/* What may not be seen of an indicator: the rules, and that nothing that is made knows it. */
#include "tests/core/rows.h"
#include "tests/transforms/vary/indicator.h"

#include "transforms/vary/hidden.h"

static const SpHiddenLimits limits = {5.0, 10.0};

typedef struct {
    SpStatus teller, nevner;
} Seen;

/* One kommune's figures under the rules. */
static Seen seen(SpFewRules rules, gboolean is_part, double teller, double nevner)
{
    SpFormula *const some = (SpFormula *)(gpointer) "formula"; /* only asked whether it is there */
    const SpIndicator indicator = {.is_part = is_part, .teller = some, .nevner = some};
    g_autoptr(SpFigures) figures = sp_figures_new("2024", 1);
    figures->teller[0] = sp_real(teller);
    figures->nevner[0] = sp_real(nevner);
    SpReal *const behind[SP_N_TWINS] = {NULL};
    (void)sp_figures_hide(&indicator, &limits, rules, behind, figures);
    return (Seen){figures->teller[0].status, figures->nevner[0].status};
}

static const SpFewRules of_persons = {SP_FEW_PERSONS, SP_FEW_NONE};
static const SpFewRules share = {SP_FEW_PERSONS, SP_FEW_PERSONS};
static const SpFewRules aarsverk = {SP_FEW_AARSVERK, SP_FEW_AARSVERK};

static void persons_are_hidden_from_one_to_the_threshold(void **state)
{
    (void)state;
    assert_int_equal(seen(of_persons, FALSE, 0, 900).teller, SP_ZERO);
    assert_int_equal(seen(of_persons, FALSE, 1, 900).teller, SP_SUPPRESSED);
    assert_int_equal(seen(of_persons, FALSE, 4, 900).teller, SP_SUPPRESSED);
    assert_int_equal(seen(of_persons, FALSE, 5, 900).teller, SP_PRESENT);
    assert_int_equal(seen(of_persons, FALSE, 4, 900).nevner,
                     SP_PRESENT); /* inhabitants are public */
}

/* Three who do not work full time are as few as three who do. */
static void the_rest_of_a_share_is_looked_at_too(void **state)
{
    (void)state;
    assert_int_equal(seen(share, TRUE, 27, 30).teller, SP_SUPPRESSED);
    assert_int_equal(seen(share, TRUE, 25, 30).teller, SP_PRESENT);
    assert_int_equal(seen(share, TRUE, 30, 30).teller, SP_PRESENT);
    assert_int_equal(seen(share, FALSE, 27, 30).teller, SP_PRESENT);
}

/* Limits of chance are made of the denominator alone. */
static void few_to_count_among_are_hidden_with_what_is_counted(void **state)
{
    const SpFewRules of_public = {SP_FEW_NONE, SP_FEW_PERSONS};
    (void)state;
    assert_int_equal(seen(share, TRUE, 0, 4).teller, SP_SUPPRESSED);
    assert_int_equal(seen(share, TRUE, 0, 4).nevner, SP_SUPPRESSED);
    assert_int_equal(seen(share, TRUE, 3, 30).nevner, SP_PRESENT);
    /* Grants that are public, over employees that are not: a division tells them. */
    assert_int_equal(seen(of_public, FALSE, 400000, 4).teller, SP_SUPPRESSED);
    assert_int_equal(seen(of_public, FALSE, 400000, 5).teller, SP_PRESENT);
}

static void ten_aarsverk_are_hidden_whatever_they_are_put_in(void **state)
{
    const SpFewRules mean_position = {SP_FEW_AARSVERK, SP_FEW_PERSONS};
    (void)state;
    assert_int_equal(seen(aarsverk, FALSE, 10, 900).teller, SP_SUPPRESSED);
    assert_int_equal(seen(aarsverk, FALSE, 10.5, 900).teller, SP_PRESENT);
    assert_int_equal(seen(aarsverk, TRUE, 12, 20).teller, SP_SUPPRESSED); /* the other 8 */
    assert_int_equal(seen(aarsverk, TRUE, 6, 10).nevner, SP_SUPPRESSED);
    assert_int_equal(seen(mean_position, FALSE, 9.1, 11).teller, SP_SUPPRESSED);
}

/* Thirteen persons of nine årsverk: KS hides the cell, so nothing of it is told. */
static void persons_of_few_aarsverk_are_hidden_with_them(void **state)
{
    SpReal few[] = {sp_real(9.0), sp_real(11.0)};
    SpReal all[] = {sp_real(30.0), sp_real(30.0)};
    SpReal *const behind[SP_N_TWINS] = {[SP_TELLER_WORK] = few, [SP_NEVNER_WORK] = all};
    SpFormula *const some = (SpFormula *)(gpointer) "formula";
    const SpIndicator indicator = {.teller = some, .nevner = some};
    g_autoptr(SpFigures) figures = sp_figures_new("2024", 2);
    (void)state;
    for (gsize i = 0; i < 2; i++) {
        figures->teller[i] = sp_real(13.0);
        figures->nevner[i] = sp_real(40.0);
    }
    assert_int_equal(sp_figures_hide(&indicator, &limits, share, behind, figures), 1);
    assert_int_equal(figures->teller[0].status, SP_SUPPRESSED);
    assert_int_equal(figures->teller[1].status, SP_PRESENT);
    assert_int_equal(figures->nevner[0].status, SP_PRESENT);
}

/* Hidden in its own table for the sake of another cell: a rate would give it back. */
static void what_its_own_table_hides_is_hidden(void **state)
{
    SpReal tellers[] = {sp_real(60.0), sp_real_none(SP_SUPPRESSED), sp_real(60.0),
                        sp_real_none(SP_ZERO)}; /* of the last the row is not told */
    SpReal nevners[] = {sp_real(900.0), sp_real(900.0), sp_real_none(SP_SUPPRESSED),
                        sp_real(900.0)};
    SpReal *const behind[SP_N_TWINS] = {[SP_TELLER_SHOWN] = tellers, [SP_NEVNER_SHOWN] = nevners};
    SpFormula *const some = (SpFormula *)(gpointer) "formula";
    const SpIndicator indicator = {.teller = some, .nevner = some};
    g_autoptr(SpFigures) figures = sp_figures_new("2024", 4);
    (void)state;
    for (gsize i = 0; i < 4; i++) {
        figures->teller[i] = sp_real(60.0);
        figures->nevner[i] = sp_real(900.0);
    }
    assert_int_equal(sp_figures_hide(&indicator, &limits, share, behind, figures), 3);
    assert_int_equal(figures->teller[0].status, SP_PRESENT);
    assert_int_equal(figures->teller[1].status, SP_SUPPRESSED);
    assert_int_equal(figures->nevner[1].status, SP_PRESENT);
    assert_int_equal(figures->teller[2].status, SP_SUPPRESSED);
    assert_int_equal(figures->nevner[2].status, SP_SUPPRESSED);
    assert_int_equal(figures->teller[3].status, SP_SUPPRESSED);
}

/* The same through a formula, which counts persons alone: the register has their årsverk beside. */
static void a_formula_of_persons_is_held_against_their_aarsverk(void **state)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "personer", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE}};
    static const char *const kommuner[] = {"1101", "1102"};
    static const double work[] = {9.0, 11.0};
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *staff = sp_table_new("register", columns, G_N_ELEMENTS(columns));
    SpTable *inhabitants = tables_folkemengde();
    SpTable *catalogue = tables_indikator();
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
        const gsize row = sp_table_add_row(staff);
        sp_table_set_code(staff, row, 0, kommuner[i]);
        sp_table_set_code(staff, row, 1, "2023-12-31");
        sp_table_set_real(staff, row, 2, sp_real(13.0));
        sp_table_set_real(staff, row, 3, sp_real(work[i]));
        tables_add_population(inhabitants, kommuner[i], "2024-01-01", 500.0, 90.0);
    }
    sp_table_set_marks(staff, SP_MARK_SENSITIVE);
    sp_tables_add(in, staff);
    sp_tables_add(in, inhabitants);
    TABLES_ADD_INDICATOR(catalogue, "ansatte", "count_persons", "no", "no", "register.personer",
                         POPULATION, "1000", "", "");
    g_autoptr(SpTable) values = run_well(in, catalogue, quality);
    assert_int_equal(TABLES_FIND(values, "verdi", "ansatte", "1101", "2023-12-31").status,
                     SP_SUPPRESSED);
    assert_int_equal(TABLES_FIND(values, "verdi", "ansatte", "1102", "2023-12-31").status,
                     SP_PRESENT);
}

/* A register of 30 employed in 1101 and in the country, whose figure is hidden or not. */
static SpTable *employed(const char *name, gboolean is_hidden)
{
    SpTable *table = TABLE("register", "region:key period:key personer:other", "0 2023-12-31 30",
                           "1101 2023-12-31 30");
    if (is_hidden) {
        sp_table_set_real(table, 0, 2, sp_real_none(SP_SUPPRESSED));
    }
    sp_table_set_name(table, name);
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

/* Public users for each of those employed, which are not: the country's too. */
static SpTable *users_of_employed(gboolean is_hidden)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *users = tables_brukere();
    SpTable *catalogue = tables_indikator();
    tables_add_brukere(users, "0", "2023-12-31", sp_real(90.0), sp_real(9.0));
    tables_add_brukere(users, "1101", "2023-12-31", sp_real(90.0), sp_real(9.0));
    sp_tables_add(in, users);
    sp_tables_add(in, employed("register", FALSE));
    sp_tables_add(in, employed("vist_register", is_hidden));
    TABLES_ADD_INDICATOR(catalogue, "use", "count_persons", "no", "no",
                         "brukere.hjemmetjenestebrukere", "register.personer", "1", "", "");
    return run_well(in, catalogue, quality);
}

static void the_countrys_figure_is_hidden_where_its_own_table_hides_it(void **state)
{
    (void)state;
    g_autoptr(SpTable) shown = users_of_employed(FALSE);
    g_autoptr(SpTable) hidden = users_of_employed(TRUE);
    assert_near(TABLES_FIND(shown, "verdi", "use", "0", "2023-12-31").value, 3.0, 1e-12);
    assert_near(TABLES_FIND(hidden, "verdi", "use", "1101", "2023-12-31").value, 3.0, 1e-12);
    assert_int_equal(sp_table_n_rows(shown), 2);
    assert_int_equal(sp_table_n_rows(hidden), 1); /* no row of the country */
}

/* ---- nothing that is made knows it ---- */

#define N_KOMMUNER 20

/* Users of home services per inhabitant by two bands of age, of a country in which kommune 3, or
 * the first `n_hidden`, have `hidden` of them. */
static SpTable *values_with(double hidden, guint marks, int n_hidden)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *users = tables_brukere();
    SpTable *persons = tables_folkemengde();
    for (int i = 0; i < N_KOMMUNER; i++) {
        g_autofree char *region = g_strdup_printf("11%02d", i + 1);
        const gboolean is_few = i == 3 || i < n_hidden;
        const double all = is_few ? hidden : 40.0 + i;
        tables_add_brukere(users, region, "2023-12-31", sp_real(all),
                           sp_real(is_few ? hidden - 1.0 : 20.0 + i / 2));
        tables_add_population(persons, region, "2024-01-01", 500.0 + 10 * i, 90.0 + i);
    }
    sp_table_set_marks(users, marks);
    sp_tables_add(in, users);
    sp_tables_add(in, persons);
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "use", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere", POPULATION, "1000",
                         "brukere.hjemmetjenestebrukere_80p; brukere.hjemmetjenestebrukere - "
                         "brukere.hjemmetjenestebrukere_80p",
                         "folkemengde.innbyggere{alder=080..105}@+1; "
                         "folkemengde.innbyggere{alder=000..079}@+1");
    return run_well(in, catalogue, quality);
}

static SpTable *values_of(double hidden, guint marks)
{
    return values_with(hidden, marks, 0);
}

static gboolean are_equal(const SpTable *one, const SpTable *other)
{
    gboolean is_equal = sp_table_n_rows(one) == sp_table_n_rows(other);
    for (gsize row = 0; is_equal && row < sp_table_n_rows(one); row++) {
        for (gsize i = 0; is_equal && i < sp_table_n_columns(one); i++) {
            if (sp_table_column(one, i)->kind == SP_COLUMN_CODE) {
                is_equal = strcmp(sp_table_code(one, row, i), sp_table_code(other, row, i)) == 0;
                continue;
            }
            const SpReal a = sp_table_real(one, row, i);
            const SpReal b = sp_table_real(other, row, i);
            is_equal = a.status == b.status && a.flags == b.flags &&
                       memcmp(&a.value, &b.value, sizeof a.value) == 0;
        }
    }
    return is_equal;
}

/* Tables of variation, comparison and development are made of this one and public ones alone: what
 * is not in it is in none of them. */
static void what_is_made_is_the_same_whatever_is_hidden(void **state)
{
    (void)state;
    g_autoptr(SpTable) two = values_of(2.0, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) four = values_of(4.0, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) open_two = values_of(2.0, 0);
    g_autoptr(SpTable) open_four = values_of(4.0, 0);
    assert_true(are_equal(two, four));
    assert_false(are_equal(open_two, open_four));
    assert_int_equal(TABLES_FIND(two, "verdi", "use", "1104", "2023-12-31").status, SP_SUPPRESSED);
    assert_int_equal(TABLES_FIND(two, "teller", "use", "1104", "2023-12-31").status, SP_SUPPRESSED);
    assert_true(sp_real_is_number(TABLES_FIND(two, "forventet", "use", "1104", "2023-12-31")));
    assert_true(sp_real_is_number(TABLES_FIND(two, "verdi", "use", "1105", "2023-12-31")));
}

/* Of 19 kommuner hidden two in three would have most of what is expected. */
static void nothing_is_expected_where_most_is_hidden(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = values_with(4.0, SP_MARK_SENSITIVE, 14);
    const SpReal expected = TABLES_FIND(table, "forventet", "use", "1120", "2023-12-31");
    assert_int_equal(expected.status, SP_MISSING);
    assert_true(sp_real_is_number(TABLES_FIND(table, "verdi", "use", "1120", "2023-12-31")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_are_hidden_from_one_to_the_threshold),
        cmocka_unit_test(the_rest_of_a_share_is_looked_at_too),
        cmocka_unit_test(few_to_count_among_are_hidden_with_what_is_counted),
        cmocka_unit_test(ten_aarsverk_are_hidden_whatever_they_are_put_in),
        cmocka_unit_test(persons_of_few_aarsverk_are_hidden_with_them),
        cmocka_unit_test(what_its_own_table_hides_is_hidden),
        cmocka_unit_test(a_formula_of_persons_is_held_against_their_aarsverk),
        cmocka_unit_test(the_countrys_figure_is_hidden_where_its_own_table_hides_it),
        cmocka_unit_test(what_is_made_is_the_same_whatever_is_hidden),
        cmocka_unit_test(nothing_is_expected_where_most_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
