/* The JSON-stat reader on the shared fixtures: every file is read with the sums of its README, or
 * refused with a clear reason. */
#include "extractors/ssb/jsonstat.h"

#include "core/number.h"
#include "tests/check.h"
#include "tests/extractors/record.h"

typedef struct {
    const char *path; /* below jsonstat/ */
    const char *part; /* of the error; NULL when the file is read */
    guint64 n_rows;
    double sum;
    const char *updated;
    const char *first; /* row */
} Fixture;

/* Sums by an independent reader (Python's json and fsum over `value`). */
static const Fixture fixtures[] = {
    {"minimal/minimal-dataset.json", NULL, 4, 10, NULL, "1: M|2020|1|"},
    {"minimal/rjstat-dataset.json", NULL, 1, 1, NULL, "1: testcategory|1|"},
    {"minimal/rjstat-dataset2.json", NULL, 1, 1, NULL, "1: testcategory|1|"},
    {"json-stat.org/order.json", "cell 1 is the text \"A1B1C1\", want a number", 0, 0, NULL, NULL},
    {"json-stat.org/us-gsp.json", NULL, 204, 17501197.76, "2013-10-03", "1: 2013|01|gsp|174400|"},
    {"json-stat.org/us-unr.json", NULL, 3220, 25527, "2013-04-19", NULL},
    {"scb/statswe-v1.json", NULL, 1120, 38425, "2015-11-25T19:36:00Z", NULL},
    {"ssb/ssb-07459-v1-response.json", NULL, 300, 58083, "2026-02-25T07:00:00Z", NULL},
    {"pxwebapi2/GetApiConfiguration.json", "JSON but not JSON-stat", 0, 0, NULL, NULL},
    {"pxwebapi2/ListAllTables.json", "JSON but not JSON-stat", 0, 0, NULL, NULL},
    {"pxwebapi2/TableById_tab004.json", "JSON but not JSON-stat", 0, 0, NULL, NULL},
    {"pxwebapi2/MetadataById_tab001_js2.json", "metadata, no figures", 0, 0, NULL, NULL},
    {"pxwebapi2/MetadataById_tab004_js2.json", "metadata, no figures", 0, 0, NULL, NULL},
    {"pxwebapi2/tab4_fewcells.px", "PX file", 0, 0, NULL, NULL},
};

static void check_fixture(const char *folder, const Fixture *fixture)
{
    gsize size = 0;
    g_autofree char *bytes = record_read(&size, folder, "jsonstat", fixture->path, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    sp_jsonstat_parse(bytes, size, fixture->path, &record->sink, &updated, &error);
    if (fixture->part != NULL) {
        assert_error(error, SP_ERROR_DATA, fixture->part);
        assert_error(error, SP_ERROR_DATA, fixture->path);
        return;
    }
    assert_no_error(error);
    assert_int_equal(record->n_rows, fixture->n_rows);
    assert_near(record->sum, fixture->sum, 1e-6);
    assert_int_equal(g_strcmp0(updated, fixture->updated), 0);
    if (fixture->first != NULL) {
        assert_string_equal(record_row(record, 0), fixture->first);
    }
}

static void every_fixture_is_read_or_refused_with_a_reason(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(fixtures); i++) {
        check_fixture(folder, &fixtures[i]);
    }
}

/* A file that is added to the fixtures must be given an expectation above. */
static void no_fixture_is_passed_over(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autofree char *root = g_build_filename(folder, "jsonstat", NULL);
    g_autoptr(GDir) groups = g_dir_open(root, 0, NULL);
    const char *group = NULL;
    gsize n = 0;
    while ((group = g_dir_read_name(groups)) != NULL) {
        g_autofree char *path = g_build_filename(root, group, NULL);
        g_autoptr(GDir) files = g_dir_open(path, 0, NULL);
        while (files != NULL && g_dir_read_name(files) != NULL) {
            n++;
        }
    }
    assert_int_equal(n, G_N_ELEMENTS(fixtures));
}

/* Figures by "FIRST-DIMENSION LAST-DIMENSION" and by last dimension alone. */
typedef struct {
    SpSink sink;
    gsize n_dimensions;
    guint64 n_rows;
    guint64 n_points; /* rows with the sign "." */
    GHashTable *sums; /* text -> double* */
} Tally;

static gboolean tally_begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)names;
    (void)error;
    ((Tally *)sink)->n_dimensions = n - 2;
    return TRUE;
}

static void tally_add(Tally *tally, const char *key, double value)
{
    double *sum = g_hash_table_lookup(tally->sums, key);
    if (sum == NULL) {
        sum = g_new0(double, 1);
        g_hash_table_insert(tally->sums, g_strdup(key), sum);
    }
    *sum += value;
}

static gboolean tally_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                          GError **error)
{
    (void)number;
    (void)n;
    (void)error;
    Tally *tally = (Tally *)sink;
    const SpField *first = &fields[0];
    const SpField *last = &fields[tally->n_dimensions - 1];
    const SpField *figure = &fields[tally->n_dimensions];
    const SpField *status = &fields[tally->n_dimensions + 1];
    tally->n_rows++;
    tally->n_points += status->size == 1 && *status->text == '.';
    double value = 0;
    if (figure->size > 0) {
        assert_true(sp_number_parse(figure->text, figure->size, sp_number_plain, &value));
    }
    char key[64];
    g_snprintf(key, sizeof key, "%.*s %.*s", (int)first->size, first->text, (int)last->size,
               last->text);
    tally_add(tally, key, value);
    tally_add(tally, strchr(key, ' ') + 1, value);
    return TRUE;
}

static double tally_sum(const Tally *tally, const char *key)
{
    const double *sum = g_hash_table_lookup(tally->sums, key);
    return sum != NULL ? *sum : -1;
}

static void tally_clear(Tally *tally)
{
    g_hash_table_unref(tally->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tally, tally_clear)

static Tally tally_file(const char *folder, const char *part, const char *name)
{
    gsize size = 0;
    g_autofree char *bytes = record_read(&size, folder, part, name, NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *updated = NULL;
    Tally tally = {.sink = {.begin = tally_begin, .row = tally_row}};
    tally.sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    sp_jsonstat_parse(bytes, size, name, &tally.sink, &updated, &error);
    assert_no_error(error);
    return tally;
}

/* jsonstat/README.md: both sexes, ages 80-104. */
static void kommuner_of_the_recorded_answer_have_their_published_sums(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(Tally) tally = tally_file(folder, "jsonstat/ssb", "ssb-07459-v1-response.json");
    assert_near(tally_sum(&tally, "0301 2017"), 20949, 0);
    assert_near(tally_sum(&tally, "0301 2024"), 22988, 0);
    assert_near(tally_sum(&tally, "1103 2017"), 4523, 0);
    assert_near(tally_sum(&tally, "1103 2024"), 5408, 0);
    assert_near(tally_sum(&tally, "1804 2017"), 1791, 0);
    assert_near(tally_sum(&tally, "1804 2024"), 2424, 0);
}

/* ssb-api-svar: an answer of PxWebApi v2 as served, order of the regions as in its index. */
static void recorded_answer_of_version_2_is_read(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(Tally) tally = tally_file(folder, "ssb-api-svar", "pxwebapi2_12134_jsonstat2.json");
    assert_near(tally_sum(&tally, "0301 2024"), 81240, 0);
    assert_near(tally_sum(&tally, "4601 2024"), 66605, 0);
    assert_near(tally_sum(&tally, "5001 2024"), 62853, 0);
}

/* real-extracts/README.md: population of the country, and cells of kommuner outside their lifetime.
 */
static void country_of_seven_years_has_its_published_population(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(Tally) tally = tally_file(folder, "real-extracts/ssb", "07459.json");
    assert_int_equal(tally.n_rows, 698964);
    assert_int_equal(tally.n_points, 170024);
    assert_near(tally_sum(&tally, "2020"), 5367580, 0);
    assert_near(tally_sum(&tally, "2021"), 5391369, 0);
    assert_near(tally_sum(&tally, "2022"), 5425270, 0);
    assert_near(tally_sum(&tally, "2023"), 5488984, 0);
    assert_near(tally_sum(&tally, "2024"), 5550203, 0);
    assert_near(tally_sum(&tally, "2025"), 5594340, 0);
    assert_near(tally_sum(&tally, "2026"), 5627400, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_is_read_or_refused_with_a_reason),
        cmocka_unit_test(no_fixture_is_passed_over),
        cmocka_unit_test(kommuner_of_the_recorded_answer_have_their_published_sums),
        cmocka_unit_test(recorded_answer_of_version_2_is_read),
        cmocka_unit_test(country_of_seven_years_has_its_published_population),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
