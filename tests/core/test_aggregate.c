#include "core/aggregate.h"

#include "tests/core/rows.h"

static const char *const kommuner[] = {"0301", "1103", "1106"};
static const char *const names[] = {"lnr", "kommune", "timer", "annet"};

static const SpAggregateKey keys[] = {
    {.column = "kommune",
     .classification = "kommune@2024-01-01",
     .codes = kommuner,
     .n_codes = G_N_ELEMENTS(kommuner)},
};
static const SpAggregateMeasure measures[] = {
    {.name = "rader", .kind = SP_AGGREGATE_COUNT, .unit = "rows"},
    {.name = "timer",
     .kind = SP_AGGREGATE_SUM,
     .column = "timer",
     .unit = "hours",
     .decimal = ',',
     .decimals = 2},
    {.name = "brukere", .kind = SP_AGGREGATE_DISTINCT, .column = "lnr", .unit = "persons"},
    {.name = "minst", .kind = SP_AGGREGATE_MIN, .column = "timer", .decimal = ',', .decimals = 2},
    {.name = "mest", .kind = SP_AGGREGATE_MAX, .column = "timer", .decimal = ',', .decimals = 2},
};
static const SpAggregateLevelKey own_code_and_all[] = {{.all = NULL}, {.all = "0"}};

static const SpAggregateSpec spec = {
    .name = "brukere",
    .keys = keys,
    .n_keys = G_N_ELEMENTS(keys),
    .levels = own_code_and_all,
    .n_levels = G_N_ELEMENTS(own_code_and_all),
    .measures = measures,
    .n_measures = G_N_ELEMENTS(measures),
    .origin = "iplos: extract.csv",
};

/* Rows are fields with a semicolon between them, numbered from 2 as behind a header. */
static void feed(SpAggregate *aggregate, gsize n, const char *const rows[])
{
    SpSink *sink = sp_aggregate_sink(aggregate);
    for (gsize i = 0; i < n; i++) {
        g_auto(GStrv) texts = g_strsplit(rows[i], ";", -1);
        SpField fields[8];
        gsize n_fields = g_strv_length(texts);
        assert_in_range(n_fields, 0, G_N_ELEMENTS(fields));
        for (gsize k = 0; k < n_fields; k++) {
            fields[k] = (SpField){texts[k], strlen(texts[k])};
        }
        assert_true(sink->row(sink, i + 2, fields, n_fields, NULL));
    }
}
#define FEED(aggregate, ...)                                                                       \
    feed(aggregate, G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})),                            \
         (const char *const[]){__VA_ARGS__})

static SpAggregate *new_begun(const SpAggregateSpec *of, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    SpAggregate *aggregate = sp_aggregate_new(of, quality, &error);
    assert_no_error(error);
    SpSink *sink = sp_aggregate_sink(aggregate);
    assert_true(sink->begin(sink, names, G_N_ELEMENTS(names), NULL));
    return aggregate;
}

static void assert_table(const SpAggregate *aggregate, gsize n, const char *const rows[])
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = sp_aggregate_table(aggregate, &error);
    assert_no_error(error);
    check_rows(table, n, rows);
}
#define ASSERT_TABLE(aggregate, ...)                                                               \
    assert_table(aggregate, G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})),                    \
                 (const char *const[]){__VA_ARGS__})

static void person_counts_once_a_cell_and_once_in_the_country(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    FEED(aggregate, "p1;0301;1,5;", "p1;0301;2;", "p1;1103;4,25;", "p2;1103;0;");
    /* Two persons in the country, though the kommuner have one and two. */
    ASSERT_TABLE(aggregate, "0 4 7.75 2 - 4.25", "0301 2 3.5 1 1.5 2", "1103 2 4.25 2 - 4.25");
}

static void counts_and_sums_are_additive_persons_are_not(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    g_autoptr(SpTable) table = sp_aggregate_table(aggregate, NULL);
    assert_int_equal(sp_table_n_rows(table), 0);
    assert_true(sp_table_column(table, 1)->is_additive);
    assert_true(sp_table_column(table, 2)->is_additive);
    assert_false(sp_table_column(table, 3)->is_additive);
    assert_false(sp_table_column(table, 4)->is_additive);
    assert_false(sp_table_column(table, 5)->is_additive);
    assert_string_equal(sp_table_column(table, 3)->unit, "persons");
    assert_string_equal(sp_table_column(table, 0)->classification, "kommune@2024-01-01");
    assert_true(sp_table_column(table, 0)->is_key);
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE);
}

static void sums_are_exact_where_doubles_are_not(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    /* Added as doubles, 0,01 would vanish beside the large numbers. */
    FEED(aggregate, "p;0301;9999999999999999,00;", "p;0301;0,01;", "p;0301;-9999999999999999,00;");
    g_autoptr(SpTable) table = sp_aggregate_table(aggregate, NULL);
    assert_near(sp_table_real(table, 0, 2).value, 0.01, 0);
}

static void sum_beyond_64_bits_is_an_error_never_a_wrap(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < 10; i++) {
        FEED(aggregate, "p;0301;9999999999999999,99;");
    }
    assert_null(sp_aggregate_table(aggregate, &error));
    assert_error(
        error, SP_ERROR_DATA,
        "iplos: extract.csv: the sum of column \"timer\" with 2 decimals is beyond 64 bits");
    FEED(aggregate, "p;0301;-9999999999999999,99;");
    g_autoptr(SpTable) table =
        sp_aggregate_table(aggregate, NULL); /* it fits again, and is right */
    assert_near(sp_table_real(table, 0, 2).value, 9 * 9999999999999999.99, 0);
}

static void groups_of_codes_are_levels_and_the_ungrouped_do_not_count(void **state)
{
    (void)state;
    g_autoptr(GHashTable) fylker = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(fylker, (gpointer) "1103", (gpointer) "11");
    g_hash_table_insert(fylker, (gpointer) "1106", (gpointer) "11");
    const SpAggregateLevelKey levels[] = {{.all = NULL}, {.groups = fylker}};
    SpAggregateSpec grouped = spec;
    grouped.levels = levels;
    grouped.n_measures = 3;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&grouped, quality);
    FEED(aggregate, "p1;1103;1;", "p1;1106;2;", "p2;1106;4;", "p3;0301;8;");
    ASSERT_TABLE(aggregate, "0301 1 8 1", "11 3 7 2", "1103 1 1 1", "1106 2 6 2");
}

static void invalid_rows_are_left_out_and_noted_without_content(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    FEED(aggregate, "p1;0301;1;", "secret7;9999;1;", ";0301;1;", "secret7;0301;1.5;",
         "secret7;0301;1,555;", "secret7;0301", "secret7;0301;1;;;", "secret7;;1;",
         "secret7;0301;;");
    ASSERT_TABLE(aggregate, "0 1 1 1 1 1", "0301 1 1 1 1 1");
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 2);
    assert_int_equal(sp_quality_count(quality, "empty_person"), 1);
    assert_int_equal(sp_quality_count(quality, "not_a_number"), 3);
    assert_int_equal(sp_quality_count(quality, "field_count"), 2);
    g_autoptr(SpTable) report = sp_quality_table(quality);
    for (gsize row = 0; row < sp_table_n_rows(report); row++) {
        for (gsize column = 0; column < 4; column++) {
            assert_null(strstr(sp_table_code(report, row, column), "secret7"));
            assert_null(strstr(sp_table_code(report, row, column), "9999"));
            assert_null(strstr(sp_table_code(report, row, column), "1,555"));
        }
    }
}

static void finding_names_column_and_first_row(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    FEED(aggregate, "p1;0301;1;", "p1;9999;1;", "p1;8888;1;");
    g_autoptr(SpTable) report = sp_quality_table(quality);
    assert_int_equal(sp_table_n_rows(report), 1);
    assert_string_equal(sp_table_code(report, 0, sp_table_find(report, "subject")),
                        "iplos: extract.csv: column kommune");
    assert_string_equal(sp_table_code(report, 0, sp_table_find(report, "row")), "3");
    assert_near(sp_table_real(report, 0, sp_table_find(report, "n")).value, 2, 0);
}

static void embedded_nul_makes_no_valid_code_and_no_person(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    SpSink *sink = sp_aggregate_sink(aggregate);
    const SpField code[] = {{"p1", 2}, {"0301\0x", 6}, {"1", 1}, {"", 0}};
    const SpField person[] = {{"p1\0x", 4}, {"0301", 4}, {"1", 1}, {"", 0}};
    assert_true(sink->row(sink, 2, code, G_N_ELEMENTS(code), NULL));
    assert_true(sink->row(sink, 3, person, G_N_ELEMENTS(person), NULL));
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 1);
    assert_int_equal(sp_quality_count(quality, "empty_person"), 1);
    g_autoptr(SpTable) table = sp_aggregate_table(aggregate, NULL);
    assert_int_equal(sp_table_n_rows(table), 0);
}

static void open_key_takes_any_text_but_the_empty_one(void **state)
{
    (void)state;
    const SpAggregateKey open_keys[] = {{.column = "kommune"}};
    SpAggregateSpec open = spec;
    open.keys = open_keys;
    open.n_levels = 1;
    open.n_measures = 1;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&open, quality);
    FEED(aggregate, "p1;Våler;1;", "p1;x;1;", "p1;;1;", "p1;x;ikke et tall;");
    ASSERT_TABLE(aggregate, "Våler 1", "x 2");
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 1);
}

static void partial_results_in_any_order_give_the_same_table(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) whole = new_begun(&spec, quality);
    g_autoptr(SpAggregate) a = new_begun(&spec, quality);
    g_autoptr(SpAggregate) b = new_begun(&spec, quality);
    g_autoptr(SpAggregate) ab = new_begun(&spec, quality);
    g_autoptr(SpAggregate) ba = new_begun(&spec, quality);
    FEED(whole, "p1;0301;1,5;", "p2;1103;3;", "p3;1103;-7;", "p1;1103;0,25;", "p3;1103;1;",
         "p4;1106;2;");
    FEED(a, "p1;0301;1,5;", "p2;1103;3;", "p3;1103;-7;");
    FEED(b, "p4;1106;2;", "p3;1103;1;", "p1;1103;0,25;");
    sp_aggregate_merge(ab, a);
    sp_aggregate_merge(ab, b);
    sp_aggregate_merge(ba, b);
    sp_aggregate_merge(ba, a);
    ASSERT_TABLE(whole, "0 6 0.75 4 -7 3", "0301 1 1.5 1 1.5 1.5", "1103 4 -2.75 3 -7 3",
                 "1106 1 2 1 2 2");
    ASSERT_TABLE(ab, "0 6 0.75 4 -7 3", "0301 1 1.5 1 1.5 1.5", "1103 4 -2.75 3 -7 3",
                 "1106 1 2 1 2 2");
    ASSERT_TABLE(ba, "0 6 0.75 4 -7 3", "0301 1 1.5 1 1.5 1.5", "1103 4 -2.75 3 -7 3",
                 "1106 1 2 1 2 2");
}

static void person_in_both_parts_counts_once_after_merging(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) a = new_begun(&spec, quality);
    g_autoptr(SpAggregate) b = new_begun(&spec, quality);
    FEED(a, "p1;0301;1;");
    FEED(b, "p1;0301;1;");
    sp_aggregate_merge(a, b);
    FEED(a, "p1;0301;1;", "p2;0301;1;");
    ASSERT_TABLE(a, "0 4 4 2 1 1", "0301 4 4 2 1 1");
}

static void second_file_may_order_its_columns_otherwise(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    SpSink *sink = sp_aggregate_sink(aggregate);
    FEED(aggregate, "p1;0301;1;");
    assert_true(sink->begin(sink, (const char *const[]){"timer", "kommune", "lnr"}, 3, NULL));
    FEED(aggregate, "2;0301;p1");
    ASSERT_TABLE(aggregate, "0 2 3 1 1 2", "0301 2 3 1 1 2");
}

static void header_without_a_needed_column_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) error2 = NULL;
    g_autoptr(SpAggregate) aggregate = sp_aggregate_new(&spec, quality, NULL);
    SpSink *sink = sp_aggregate_sink(aggregate);
    assert_false(sink->begin(sink, (const char *const[]){"lnr", "kommune"}, 2, &error));
    assert_error(error, SP_ERROR_DATA,
                 "iplos: extract.csv: column \"timer\" is not there; the columns are lnr, kommune");
    assert_false(
        sink->begin(sink, (const char *const[]){"lnr", "kommune", "timer", "lnr"}, 4, &error2));
    assert_error(error2, SP_ERROR_DATA, "column \"lnr\" stands more than once");
}

static void assert_contradiction(SpAggregateSpec wrong, const char *part)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_aggregate_new(&wrong, quality, &error));
    assert_error(error, SP_ERROR_BUG, part);
}

static void specification_that_contradicts_itself_is_refused(void **state)
{
    (void)state;
    const SpAggregateMeasure count_of_column[] = {
        {.name = "n", .kind = SP_AGGREGATE_COUNT, .column = "lnr"}};
    const SpAggregateMeasure no_decimal[] = {
        {.name = "n", .kind = SP_AGGREGATE_SUM, .column = "timer"}};
    const SpAggregateMeasure twice[] = {{.name = "n", .kind = SP_AGGREGATE_COUNT},
                                        {.name = "n", .kind = SP_AGGREGATE_COUNT}};
    const SpAggregateMeasure as_key[] = {{.name = "kommune", .kind = SP_AGGREGATE_COUNT}};
    g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
    const SpAggregateLevelKey both[] = {{.all = "0", .groups = groups}};
    SpAggregateSpec wrong = spec;
    wrong.n_levels = 0;
    assert_contradiction(wrong, "no level");
    wrong = spec;
    wrong.measures = count_of_column;
    wrong.n_measures = 1;
    assert_contradiction(wrong, "a count has no column");
    wrong.measures = no_decimal;
    assert_contradiction(wrong, "decimal sign");
    wrong.measures = as_key;
    assert_contradiction(wrong, "kommune is both key and measure");
    wrong.measures = twice;
    wrong.n_measures = 2;
    assert_contradiction(wrong, "measure n twice");
    wrong = spec;
    wrong.levels = both;
    wrong.n_levels = 1;
    assert_contradiction(wrong, "both groups kommune and sums it away");
}

static void levels_that_give_the_same_codes_are_a_bug(void **state)
{
    (void)state;
    const SpAggregateLevelKey same[] = {{.all = NULL}, {.all = "0301"}};
    SpAggregateSpec wrong = spec;
    wrong.levels = same;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpAggregate) aggregate = new_begun(&wrong, quality);
    FEED(aggregate, "p1;0301;1;");
    assert_null(sp_aggregate_table(aggregate, &error));
    assert_error(error, SP_ERROR_BUG, "two reporting levels give the same codes");
}

/* Against a plain count of the same rows, cell by cell. */
static void many_rows_agree_with_a_naive_count(void **state)
{
    (void)state;
    enum { N_PERSONS = 500, N_ROWS = 20000 };
    static gboolean is_seen[G_N_ELEMENTS(kommuner)][N_PERSONS];
    gint64 n_persons[G_N_ELEMENTS(kommuner)] = {0}, sums[G_N_ELEMENTS(kommuner)] = {0};
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&spec, quality);
    SpSink *sink = sp_aggregate_sink(aggregate);
    guint32 random = 7;
    for (guint64 i = 0; i < N_ROWS; i++) {
        random = random * 1664525 + 1013904223;
        gsize kommune = (random >> 8) % G_N_ELEMENTS(kommuner), person = (random >> 12) % N_PERSONS;
        gint64 amount = (random >> 10) % 1000;
        g_autofree char *lnr = g_strdup_printf("p%u", (guint)person);
        g_autofree char *timer =
            g_strdup_printf("%d,%02d", (int)(amount / 100), (int)(amount % 100));
        const SpField fields[] = {
            {lnr, strlen(lnr)}, {kommuner[kommune], 4}, {timer, strlen(timer)}, {"", 0}};
        assert_true(sink->row(sink, i + 2, fields, G_N_ELEMENTS(fields), NULL));
        n_persons[kommune] += !is_seen[kommune][person];
        is_seen[kommune][person] = TRUE;
        sums[kommune] += amount;
    }
    g_autoptr(SpTable) table = sp_aggregate_table(aggregate, NULL);
    assert_int_equal(sp_table_n_rows(table), 4);
    for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
        assert_string_equal(sp_table_code(table, i + 1, 0), kommuner[i]);
        assert_near(sp_table_real(table, i + 1, 2).value, (double)sums[i] / 100, 0);
        assert_near(sp_table_real(table, i + 1, 3).value, (double)n_persons[i], 0);
    }
    assert_near(sp_table_real(table, 0, 1).value, N_ROWS, 0);
}

/* 80.5 % + 33.33 % + 100 % are 2.1383 årsverk: no binary fraction is ever added. */
static void a_sum_is_divided_exactly(void **state)
{
    (void)state;
    static const SpAggregateMeasure shares[] = {{.name = "aarsverk",
                                                 .kind = SP_AGGREGATE_SUM,
                                                 .column = "timer",
                                                 .unit = "aarsverk",
                                                 .decimal = ',',
                                                 .decimals = 2,
                                                 .shift = 2}};
    SpAggregateSpec divided = spec;
    divided.measures = shares;
    divided.n_measures = G_N_ELEMENTS(shares);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpAggregate) aggregate = new_begun(&divided, quality);
    FEED(aggregate, "a;0301;80,5;x", "b;0301;33,33;x", "c;1103;100;x");
    ASSERT_TABLE(aggregate, "0 2.1383", "0301 1.1383", "1103 1");
}

static void a_division_beyond_nine_decimals_is_a_bug(void **state)
{
    (void)state;
    static const SpAggregateMeasure shares[] = {{.name = "aarsverk",
                                                 .kind = SP_AGGREGATE_SUM,
                                                 .column = "timer",
                                                 .decimal = ',',
                                                 .decimals = 8,
                                                 .shift = 2}};
    SpAggregateSpec divided = spec;
    divided.measures = shares;
    divided.n_measures = G_N_ELEMENTS(shares);
    g_autoptr(GError) error = NULL;
    assert_null(sp_aggregate_new(&divided, NULL, &error));
    assert_error(error, SP_ERROR_BUG, "0-9 decimals");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(person_counts_once_a_cell_and_once_in_the_country),
        cmocka_unit_test(counts_and_sums_are_additive_persons_are_not),
        cmocka_unit_test(sums_are_exact_where_doubles_are_not),
        cmocka_unit_test(sum_beyond_64_bits_is_an_error_never_a_wrap),
        cmocka_unit_test(groups_of_codes_are_levels_and_the_ungrouped_do_not_count),
        cmocka_unit_test(invalid_rows_are_left_out_and_noted_without_content),
        cmocka_unit_test(finding_names_column_and_first_row),
        cmocka_unit_test(embedded_nul_makes_no_valid_code_and_no_person),
        cmocka_unit_test(open_key_takes_any_text_but_the_empty_one),
        cmocka_unit_test(partial_results_in_any_order_give_the_same_table),
        cmocka_unit_test(person_in_both_parts_counts_once_after_merging),
        cmocka_unit_test(second_file_may_order_its_columns_otherwise),
        cmocka_unit_test(header_without_a_needed_column_is_an_error),
        cmocka_unit_test(specification_that_contradicts_itself_is_refused),
        cmocka_unit_test(levels_that_give_the_same_codes_are_a_bug),
        cmocka_unit_test(many_rows_agree_with_a_naive_count),
        cmocka_unit_test(a_sum_is_divided_exactly),
        cmocka_unit_test(a_division_beyond_nine_decimals_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
