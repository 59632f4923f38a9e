/* The house's own extractors against the fake: fetch and parse as the pipeline calls them. */
#include "extractors/extractor.h"

#include "tests/extractors/record.h"
#include "tests/upstream/client.h"

/* Fetches a dataset whose host is the fake's. */
static SpFetched *fetch(const FakeUpstream *fake, const char *source, const char *below,
                        const char *lines, GError **error)
{
    g_autofree char *text =
        g_strdup_printf("host = %s%s\n%s", fake_upstream_url(fake), below, lines);
    return record_fetch(sp_extractors_find(source), text, error);
}

/* And parses it. *updated: g_free. */
static Record *read_dataset(const FakeUpstream *fake, const char *source, const char *below,
                            const char *lines, char **updated)
{
    g_autoptr(GError) error = NULL;
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpFetched) fetched = fetch(fake, source, below, lines, &error);
    assert_no_error(error);
    assert_string_equal(fetched->suffix, "json");
    g_autoptr(SpSettings) settings = record_settings(extractor, lines);
    Record *record = record_new();
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    extractor->parse(&(SpDocument){bytes, size, "fake.json", NULL, settings}, &record->sink,
                     updated, &error);
    assert_no_error(error);
    return record;
}

static void assert_refused(const char *words, const char *source, const char *below,
                           const char *lines, SpErrorCode code, const char *part)
{
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(GError) error = NULL;
    assert_true(fake_upstream_fault(fake, "", words, NULL));
    g_autoptr(SpFetched) fetched = fetch(fake, source, below, lines, &error);
    assert_null(fetched);
    if (!g_error_matches(error, SP_ERROR, (int)code) || strstr(error->message, part) == NULL) {
        fail_msg("%s: error %d \"%s\", want %d with \"%s\"", words, error->code, error->message,
                 (int)code, part);
    }
}

#define OSLO "table = 07459\nquery = Region=0301,4601 ContentsCode=Personer1 Tid=2019,2026"

static void population_comes_with_its_signs(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = read_dataset(fake, "ssb", FAKE_SSB2, OSLO, &updated);
    assert_string_equal(updated, "2026-02-25T07:00:00Z");
    assert_string_equal(record->names, "Region|ContentsCode|Tid|value|status");
    assert_int_equal(record->n_rows, 4);
    assert_int_equal(record->n_empty, 1);
    assert_string_equal(record_row(record, 2), "3: 4601|Personer1|2019||.");
    assert_true(record->sum > 1e6);
}

static void kostra_table_comes_whole(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = read_dataset(
        fake, "ssb", FAKE_SSB2,
        "table = 14533\nquery = KOKkommuneregion0000=* KOKyrke0000=* ContentsCode=* Tid=top(2)",
        &updated);
    assert_int_equal(record->n_rows % 30, 0); /* 15 occupations, 2 years */
    assert_true(record->n_rows > 20000);
    assert_true(record->n_empty > 0);
}

static void long_query_is_posted_and_answered(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) klass =
        get_json(fake, FAKE_KLASS "classifications/131/codesAt?date=2016-01-01");
    g_autoptr(GString) lines =
        g_string_new("table = 07459\nquery = ContentsCode=Personer1 Tid=2016 Region=0");
    const json_t *codes = json_object_get(klass, "codes");
    for (gsize i = 0; i < json_array_size(codes); i++) {
        const char *code = text_at(json_array_get(codes, i), "code");
        if (strcmp(code, "9999") != 0) {
            g_string_append_printf(lines, ",%s", code);
        }
    }
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = read_dataset(fake, "ssb", FAKE_SSB2, lines->str, &updated);
    assert_int_equal(fake_upstream_count(fake, "POST /api/pxwebapi/v2/tables/07459/data"), 1);
    assert_int_equal(record->n_rows, 429);
    assert_int_equal(record->n_empty, 0);
    /* The country's row is the sum of the others. */
    g_autoptr(json_t) whole =
        get_json(fake, FAKE_SSB2 "tables/07459/data?valueCodes[ContentsCode]=Personer1"
                                 "&valueCodes[Tid]=2016&valueCodes[Region]=0");
    assert_near(record->sum, 2 * value_at(whole, 0), 0);
}

static void refusals_of_ssb_are_told(void **state)
{
    (void)state;
    assert_refused("404", "ssb", FAKE_SSB2, OSLO, SP_ERROR_NO_INPUT, "status 404");
    assert_refused("html", "ssb", FAKE_SSB2, OSLO, SP_ERROR_DATA, "an HTML page and not JSON");
    assert_refused("px", "ssb", FAKE_SSB2, OSLO, SP_ERROR_DATA, "a PX file and not JSON");
    assert_refused("empty", "ssb", FAKE_SSB2, OSLO, SP_ERROR_DATA, "nothing in it");
    assert_refused("vanish=4601", "ssb", FAKE_SSB2, OSLO, SP_ERROR_DATA, "Region has no \"4601\"");
    assert_refused("grow", "ssb", FAKE_SSB2, OSLO, SP_ERROR_DATA, "wants a choice of Opphold");
    assert_refused("429 retry-after=3600", "ssb", FAKE_SSB2, OSLO, SP_ERROR_TRY_LATER,
                   "asking to wait 3600 s");
    assert_refused("missing-400", "ssb", FAKE_SSB2,
                   "table = 13873\nquery = Region=0 ContentsCode=a Tid=2026", SP_ERROR_DATA,
                   "Non-existent table");
}

static void one_failure_is_survived(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autofree char *updated = NULL;
    assert_true(fake_upstream_fault(fake, "/data", "503 times=1", NULL));
    assert_true(fake_upstream_fault(fake, "", "bom gzip", NULL));
    g_autoptr(Record) record = read_dataset(fake, "ssb", FAKE_SSB2, OSLO, &updated);
    assert_int_equal(record->n_rows, 4);
    assert_int_equal(fake_upstream_count(fake, "/data"), 2);
}

static void codes_and_changes_of_klass_are_read(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autofree char *updated = NULL;
    g_autoptr(Record) codes =
        read_dataset(fake, "klass", FAKE_KLASS,
                     "classification = 131\ncall = codesAt\ndate = 2026-01-01", &updated);
    assert_int_equal(codes->n_rows, 358);
    assert_string_equal(record_row(codes, 0), "1: 0301||1|Oslo - Oslove|||||");
    g_autoptr(Record) changes =
        read_dataset(fake, "klass", FAKE_KLASS,
                     "classification = 131\ncall = changes\nfrom = 2013-01-01", &updated);
    assert_true(changes->n_rows > 500);
    g_autoptr(Record) history = read_dataset(
        fake, "klass", FAKE_KLASS,
        "classification = 131\ncall = codes\nfrom = 2014-01-01\nto = 2016-01-01", &updated);
    assert_true(history->n_rows > 428);
}

static void refusals_of_klass_are_told(void **state)
{
    (void)state;
    const char *lines = "classification = 131\ncall = codesAt\ndate = 2026-01-01";
    assert_refused("html", "klass", FAKE_KLASS, lines, SP_ERROR_DATA, "an HTML page");
    assert_refused("404", "klass", FAKE_KLASS, lines, SP_ERROR_NO_INPUT, "status 404");
    assert_refused("times=1", "klass", FAKE_KLASS,
                   "classification = 99999\ncall = codesAt\ndate = 2026-01-01", SP_ERROR_NO_INPUT,
                   "Classification not found");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(population_comes_with_its_signs),
        cmocka_unit_test(kostra_table_comes_whole),
        cmocka_unit_test(long_query_is_posted_and_answered),
        cmocka_unit_test(refusals_of_ssb_are_told),
        cmocka_unit_test(one_failure_is_survived),
        cmocka_unit_test(codes_and_changes_of_klass_are_read),
        cmocka_unit_test(refusals_of_klass_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
