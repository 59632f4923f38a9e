/* What the sender of a delivery is told of its rows. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/inspect.h"

static const char *const layout_text =
    "[file]\ndecimal = comma\n[table]\nname = t\nmerged = once\nrepeats = once\n"
    "[column Kommune]\nas = region\nrole = region\n"
    "[column År]\nas = period\nrole = period\n"
    "[column Gruppe]\nas = gruppe\nrole = code\nmap = gruppe\n"
    "[column Antall]\nas = antall\nrole = measure\nminimum = 0\n"
    "[filter Kommune]\nis = filled\n";

typedef struct {
    SpLayout *layout;
    SpTables *maps;
    SpRegions *regions;
    SpInspect *inspect;
} Fixture;

static int setup(void **state)
{
    static const char *const names[] = {"Kommune", "År", "Gruppe", "Antall", "Merknad"};
    Fixture *fixture = g_new0(Fixture, 1);
    g_autoptr(GError) error = NULL;
    fixture->layout = sp_layout_parse("proeve", layout_text, &error);
    assert_no_error(error);
    fixture->maps = sp_tables_new();
    sp_tables_add(fixture->maps, TABLE("gruppe", "from:key to:attribute", "Voksne v"));
    fixture->regions = small_regions();
    fixture->inspect = sp_inspect_new(fixture->layout, fixture->maps, fixture->regions);
    SpSink *sink = sp_inspect_sink(fixture->inspect);
    sink->sheet(sink, "Ark1", TRUE);
    assert_true(sink->begin(sink, names, G_N_ELEMENTS(names), NULL));
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_inspect_free(fixture->inspect);
    sp_regions_free(fixture->regions);
    sp_tables_free(fixture->maps);
    sp_layout_free(fixture->layout);
    g_free(fixture);
    return 0;
}

static void put(const Fixture *fixture, guint64 number, const char *line)
{
    g_auto(GStrv) cells = g_strsplit(line, "|", -1);
    SpField fields[5];
    assert_int_equal(g_strv_length(cells), 5);
    for (gsize i = 0; i < 5; i++) {
        fields[i] = (SpField){.text = cells[i], .size = strlen(cells[i])};
    }
    SpSink *sink = sp_inspect_sink(fixture->inspect);
    assert_true(sink->row(sink, number, fields, 5, NULL));
}

/* "rule:n sheet/row/column=found ..." of every rule that was broken. */
static char *told(const Fixture *fixture)
{
    GString *text = g_string_new(NULL);
    const GPtrArray *findings = sp_inspect_findings(fixture->inspect);
    for (guint i = 0; i < findings->len; i++) {
        const SpInspectFinding *finding = findings->pdata[i];
        if (finding->n == 0) {
            continue;
        }
        g_string_append_printf(text, "%s:%d", finding->rule, (int)finding->n);
        for (guint k = 0; k < finding->places->len; k++) {
            const SpInspectPlace *place = finding->places->pdata[k];
            g_string_append_printf(text, " %s/%d/%s=%s", place->sheet, (int)place->row,
                                   place->column != NULL ? place->column : "", place->found);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static void good_rows_break_no_rule(void **state)
{
    const Fixture *fixture = *state;
    put(fixture, 2, "0301|2024|Voksne|1,5|");
    put(fixture, 3, "1508|2024|Voksne|:|");
    put(fixture, 4, "|2024|Voksne|x|");
    g_autofree char *text = told(fixture);
    assert_string_equal(text, "");
    assert_int_equal(sp_inspect_n_rows(fixture->inspect), 2);
    assert_int_equal(sp_inspect_n_others(fixture->inspect), 1);
}

static void each_rule_is_told_with_its_place(void **state)
{
    const Fixture *fixture = *state;
    put(fixture, 2, "0301|2024|Voksne|1.5|");
    put(fixture, 3, "0301|2023|Barn|1|");
    put(fixture, 4, "1507|2024|Voksne|-1|");
    put(fixture, 5, "1508|snart|Voksne||");
    g_autofree char *text = told(fixture);
    assert_string_equal(text, "ikke_tall:1 Ark1/2/Antall=1.5\n"
                              "under_minimum:1 Ark1/4/Antall=-1\n"
                              "tomt_tall:1 Ark1/5/Antall=\n"
                              "ukjent_kode:1 Ark1/3/Gruppe=Barn\n"
                              "ukjent_kommune:1 Ark1/4/Kommune=1507\n"
                              "ukjent_periode:1 Ark1/5/År=snart\n");
}

static void a_row_again_is_told_from_one_that_contradicts(void **state)
{
    const Fixture *fixture = *state;
    put(fixture, 2, "0301|2024|Voksne|1|");
    put(fixture, 3, "0301|2024|Voksne|1|annen merknad");
    put(fixture, 4, "0301|2024|Voksne|2|");
    g_autofree char *text = told(fixture);
    assert_string_equal(text, "dobbel:1 Ark1/4/=0301 2024 v\ndobbel_lik:1 Ark1/3/=0301 2024 v\n");
}

static void a_row_again_is_its_own_rule_where_it_may_not_be(void **state)
{
    const Fixture *fixture = *state;
    fixture->layout->repeats = SP_SAME_ERROR;
    put(fixture, 2, "0301|2024|Voksne|1|");
    put(fixture, 3, "0301|2024|Voksne|1|");
    put(fixture, 4, "0301|2024|Voksne|2|");
    g_autofree char *text = told(fixture);
    assert_string_equal(text,
                        "dobbel:1 Ark1/4/=0301 2024 v\ndobbel_gjentatt:1 Ark1/3/=0301 2024 v\n");
}

static void many_of_a_kind_are_counted_and_some_are_shown(void **state)
{
    const Fixture *fixture = *state;
    for (guint64 row = 2; row < 502; row++) {
        put(fixture, row, "0301|2024|Barn|1|");
    }
    const SpInspectFinding *codes = sp_inspect_findings(fixture->inspect)->pdata[3];
    assert_int_equal(codes->n, 500);
    assert_int_equal(codes->places->len, SP_INSPECT_PLACES);
}

static void long_and_odd_texts_become_one_short_line(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *odd = g_strdup_printf("0301|2024|Voksne|a\n\xff%080d|", 7);
    put(fixture, 2, odd);
    const SpInspectFinding *numbers = sp_inspect_findings(fixture->inspect)->pdata[0];
    const SpInspectPlace *place = numbers->places->pdata[0];
    assert_true(g_utf8_validate(place->found, -1, NULL));
    assert_null(strchr(place->found, '\n'));
    assert_int_equal(g_utf8_strlen(place->found, -1), SP_INSPECT_TEXT + 1);
}

/* Seven kommuner in 2024 (facts.h); of 2023 the undivided Ålesund. */
static void the_silent_are_those_of_the_periods_division(void **state)
{
    const Fixture *fixture = *state;
    put(fixture, 2, "0301|2024|Voksne|1|");
    put(fixture, 3, "5001|2024|Voksne|1|");
    put(fixture, 4, "1507|2023|Voksne|1|");
    SpDay day = 0;
    g_autoptr(GPtrArray) silent = sp_inspect_silent(fixture->inspect, "2024", &day);
    assert_int_equal(day, 20241231);
    assert_int_equal(silent->len, 5);
    assert_string_equal(silent->pdata[0], "1508");
    /* A file about one fylke is not held to the whole country. */
    g_autoptr(GPtrArray) of_fylke = sp_inspect_silent(fixture->inspect, "2023", &day);
    assert_int_equal(of_fylke->len, 0);
}

/* National figures are nobody's to report, whatever the period. */
static void nobody_is_silent_in_national_figures(void **state)
{
    const Fixture *fixture = *state;
    SpDay day = 0;
    put(fixture, 2, "0|2024|Voksne|1|");
    assert_null(sp_inspect_silent(fixture->inspect, "2024", &day));
    put(fixture, 3, "5001|2023|Voksne|1|");
    g_autoptr(GPtrArray) silent = sp_inspect_silent(fixture->inspect, "2024", &day);
    assert_int_equal(silent->len, 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_rows_break_no_rule),
        TEST(each_rule_is_told_with_its_place),
        TEST(a_row_again_is_told_from_one_that_contradicts),
        TEST(a_row_again_is_its_own_rule_where_it_may_not_be),
        TEST(many_of_a_kind_are_counted_and_some_are_shown),
        TEST(long_and_odd_texts_become_one_short_line),
        TEST(the_silent_are_those_of_the_periods_division),
        TEST(nobody_is_silent_in_national_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
