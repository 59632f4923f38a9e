/* Several answers as one table, and Oslo's clock, which tells when they may be asked for. */
#include "extractors/ssb/merge.h"
#include "extractors/ssb/oslo.h"
#include "extractors/ssb/unsettled.h"

#include "tests/check.h"
#include "tests/extractors/record.h"

/* An answer of words "REGION/YEAR" into the merge. */
static gboolean put(SpSsbMerge *merge, const char *names, const char *cells, GError **error)
{
    SpSink *sink = sp_ssb_merge_sink(merge);
    g_auto(GStrv) columns = g_strsplit(names, " ", -1);
    g_auto(GStrv) words = g_strsplit(cells, " ", -1);
    if (!sink->begin(sink, (const char *const *)columns, g_strv_length(columns), error)) {
        return FALSE;
    }
    for (char **word = words; *word != NULL; word++) {
        g_auto(GStrv) codes = g_strsplit(*word, "/", 2);
        const SpField fields[] = {
            {codes[0], strlen(codes[0])}, {codes[1], strlen(codes[1])}, {"1", 1}, {"", 0}};
        if (!sink->row(sink, 1, fields, G_N_ELEMENTS(fields), error)) {
            return FALSE;
        }
    }
    return sp_ssb_merge_end(merge, error);
}

#define NAMES "region tid value status"

/* Merges up to four answers; the error, NULL if there is none. */
static GError *merge_all(Record *record, const char *const answers[], gsize n)
{
    GError *error = NULL;
    g_autoptr(SpSsbMerge) merge = sp_ssb_merge_new(&record->sink, "a.json-seq");
    for (gsize i = 0; i < n; i++) {
        if (!put(merge, NAMES, answers[i], &error)) {
            return error;
        }
    }
    (void)sp_ssb_merge_close(merge, &error);
    return error;
}

static void assert_refused(const char *const answers[], gsize n, const char *part)
{
    g_autoptr(Record) record = record_new();
    g_autoptr(GError) error = merge_all(record, answers, n);
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "a.json-seq: ");
}

static void parts_become_one_table_numbered_through(void **state)
{
    (void)state;
    static const char *const answers[] = {"1/a 1/b", "2/a 2/b", "3/a", "3/b"};
    g_autoptr(Record) record = record_new();
    g_autoptr(GError) error = merge_all(record, answers, G_N_ELEMENTS(answers));
    assert_no_error(error);
    assert_int_equal(record->n_begins, 1);
    assert_int_equal(record->n_rows, 6);
    assert_string_equal(record_row(record, 5), "6: 3|b|1|");
}

static void holes_and_overlaps_are_refused(void **state)
{
    (void)state;
    assert_refused((const char *const[]){"1/a 1/b", "2/a"}, 2,
                   "2 answers have 3 cells together, their codes make 4");
    assert_refused((const char *const[]){"1/a 1/b", "2/a 2/b", "1/b"}, 3,
                   "answers 1 and 3 have cells in common");
    assert_refused((const char *const[]){"1/a 1/b 2/a", "2/b"}, 2,
                   "answer 1 has 3 cells, its codes make 4");
    assert_refused((const char *const[]){"1/a 1/a", "2/b"}, 2, "answer 1 has 2 cells");
}

static void other_columns_are_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    g_autoptr(SpSsbMerge) merge = sp_ssb_merge_new(&record->sink, "a");
    assert_true(put(merge, NAMES, "1/a", NULL));
    assert_false(put(merge, "region aar value status", "2/a", &error));
    assert_error(error, SP_ERROR_DATA, "answer 2 has other variables than the first");
}

/* Summer time 2026: 29 March to 25 October, 01:00 UTC. */
static void oslo_has_summer_time(void **state)
{
    (void)state;
    const gint64 spring = 1774746000; /* 2026-03-29T01:00:00Z */
    const gint64 autumn = 1792890000; /* 2026-10-25T01:00:00Z */
    assert_int_equal(sp_oslo_offset(spring - 1), 3600);
    assert_int_equal(sp_oslo_offset(spring), 7200);
    assert_int_equal(sp_oslo_offset(autumn - 1), 7200);
    assert_int_equal(sp_oslo_offset(autumn), 3600);
    assert_int_equal(sp_oslo_minutes(spring - 1), 2 * 60 - 1);
    assert_int_equal(sp_oslo_minutes(spring), 3 * 60);
    static const char *const pairs[][2] = {{"20260225 08:00", "2026-02-25T07:00:00Z"},
                                           {"20260702 08:00", "2026-07-02T06:00:00Z"},
                                           {"20260101 00:30", "2025-12-31T23:30:00Z"}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *utc = sp_oslo_to_utc(pairs[i][0]);
        assert_string_equal(utc, pairs[i][1]);
    }
    assert_null(sp_oslo_to_utc("2026"));
    assert_null(sp_oslo_to_utc("20261301 08:00"));
    assert_null(sp_oslo_to_utc("2026-02-25 08:00"));
}

#define CUBE(values)                                                                               \
    "{\"class\":\"dataset\",\"id\":[\"Tid\"],\"size\":[4],\"dimension\":{\"Tid\":{\"category\":{"  \
    "\"index\":[\"1\",\"2\",\"3\",\"4\"]}}},\"value\":" values "}"

/* Only cells that both have, and only figures that were not 0, are counted. */
static void vanished_figures_are_counted_cell_by_cell(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    static const char before_text[] = CUBE("[5,0,7,null]");
    static const char after_text[] = "CHARSET=\"ANSI\";STUB=\"a\";VARIABLECODE(\"a\")=\"Tid\";"
                                     "VALUES(\"a\")=\"9\",\"3\",\"2\",\"1\";DATA=8 \".\" 0 "
                                     "6;";
    g_autoptr(GBytes) before = g_bytes_new_static(before_text, strlen(before_text));
    g_autoptr(GBytes) after = g_bytes_new_static(after_text, strlen(after_text));
    SpSsbVanished vanished;
    assert_true(sp_ssb_count_vanished(before, after, &vanished, &error));
    assert_int_equal(vanished.n_figures, 2);
    assert_int_equal(vanished.n_vanished, 1);
    assert_true(sp_ssb_count_vanished(before, before, &vanished, &error));
    assert_int_equal(vanished.n_vanished, 0);
}

static void hours_and_share_must_be_such(void **state)
{
    (void)state;
    static const char *const wrong[] = {"unsettled_hours = 5-8", "unsettled_hours = 05:00-24:00",
                                        "unsettled_hours = 05:00", "max_vanished_share = 2",
                                        "max_vanished_share = half"};
    static const char *const keys[] = {SP_SSB_UNSETTLED_KEYS};
    const SpFetchContext context = {.now = 1};
    SpFetched fetched = {.url = (char *)"a"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strdup_printf("[fetch]\n%s\n", wrong[i]);
        g_autoptr(SpConfig) config = sp_config_new();
        assert_true(sp_config_add(config, "a.conf", text, NULL));
        g_autoptr(SpSettings) settings = sp_settings_new(config, NULL, keys, G_N_ELEMENTS(keys));
        assert_false(sp_ssb_check_settled(settings, &context, &fetched, &error));
        assert_error(error, SP_ERROR_CONFIG, i < 3 ? "unsettled_hours" : "max_vanished_share");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_become_one_table_numbered_through),
        cmocka_unit_test(holes_and_overlaps_are_refused),
        cmocka_unit_test(other_columns_are_refused),
        cmocka_unit_test(oslo_has_summer_time),
        cmocka_unit_test(vanished_figures_are_counted_cell_by_cell),
        cmocka_unit_test(hours_and_share_must_be_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
