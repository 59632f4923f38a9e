/* What may not be seen of an indicator: the rules, and that nothing that is made knows it. */
#include "tests/transforms/vary/indicator.h"

#include "transforms/vary/hidden.h"

static const SpHiddenLimits limits = {5.0, 10.0};

/* One kommune's figures under the rules. */
static SpStatus hidden_status(SpIndicatorKind kind, gboolean is_part, double teller, double nevner)
{
    SpFormula *const some = (SpFormula *)(gpointer) "formula"; /* only asked whether it is there */
    const SpIndicator indicator = {
        .kind = kind, .is_part = is_part, .teller = some, .nevner = some};
    g_autoptr(SpFigures) figures = sp_figures_new("2024", 1);
    figures->teller[0] = sp_real(teller);
    figures->nevner[0] = sp_real(nevner);
    (void)sp_figures_hide(&indicator, &limits, figures);
    assert_true(sp_real_is_number(figures->nevner[0]));
    return (SpStatus)figures->teller[0].status;
}

static void persons_are_hidden_from_one_to_the_threshold(void **state)
{
    (void)state;
    assert_int_equal(hidden_status(SP_KIND_COUNT_PERSONS, FALSE, 0, 900), SP_ZERO);
    assert_int_equal(hidden_status(SP_KIND_COUNT_PERSONS, FALSE, 1, 900), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_COUNT_PERSONS, FALSE, 4, 900), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_COUNT_PERSONS, FALSE, 5, 900), SP_PRESENT);
}

/* Three who do not work full time are as few as three who do. */
static void the_rest_of_a_share_is_looked_at_too(void **state)
{
    (void)state;
    assert_int_equal(hidden_status(SP_KIND_SHARE, TRUE, 27, 30), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_SHARE, TRUE, 25, 30), SP_PRESENT);
    assert_int_equal(hidden_status(SP_KIND_SHARE, TRUE, 30, 30), SP_PRESENT);
    assert_int_equal(hidden_status(SP_KIND_COUNT_PERSONS, FALSE, 27, 30), SP_PRESENT);
}

static void few_to_count_among_are_hidden_whatever_is_counted(void **state)
{
    (void)state;
    assert_int_equal(hidden_status(SP_KIND_SHARE, TRUE, 0, 4), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_MEAN, FALSE, 700, 4), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_AMOUNT, FALSE, 2.5, 900), SP_PRESENT);
}

static void ten_aarsverk_are_hidden_and_small_parts_of_more(void **state)
{
    (void)state;
    assert_int_equal(hidden_status(SP_KIND_AARSVERK, FALSE, 10, 900), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_AARSVERK, FALSE, 10.5, 900), SP_PRESENT);
    assert_int_equal(hidden_status(SP_KIND_AARSVERK, TRUE, 6, 10), SP_SUPPRESSED);
    assert_int_equal(hidden_status(SP_KIND_AARSVERK, TRUE, 6, 30), SP_PRESENT);
    assert_int_equal(hidden_status(SP_KIND_AARSVERK, TRUE, 3, 30), SP_SUPPRESSED);
}

/* ---- nothing that is made knows it ---- */

#define N_KOMMUNER 20

/* Users of home services per inhabitant by two bands of age, of a country in which kommune 3 has
 * `hidden` of them. */
static SpTable *values_of(double hidden, guint marks)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *users = tables_brukere();
    SpTable *persons = tables_folkemengde();
    for (int i = 0; i < N_KOMMUNER; i++) {
        g_autofree char *region = g_strdup_printf("11%02d", i + 1);
        const double all = i == 3 ? hidden : 40.0 + i;
        tables_add_brukere(users, region, "2023-12-31", sp_real(all),
                           sp_real(i == 3 ? hidden - 1.0 : 20.0 + i / 2));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_are_hidden_from_one_to_the_threshold),
        cmocka_unit_test(the_rest_of_a_share_is_looked_at_too),
        cmocka_unit_test(few_to_count_among_are_hidden_whatever_is_counted),
        cmocka_unit_test(ten_aarsverk_are_hidden_and_small_parts_of_more),
        cmocka_unit_test(what_is_made_is_the_same_whatever_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
