/*
 * What others complained of with these sources (sources.md, section 16), each a test whose name
 * says what we do instead. All that touches fetching and reading:
 *
 *   1   here; waits that a clock can see: tests/core/io/test_pace.c
 *   2   here, and tests/core/io/test_pace.c
 *   3   here: of the fetch. The stage's part (the snapshot stays in use):
 *       tests/pipeline/test_bad_input.c
 *   4   here
 *   5   test_tables.c: split_question_gives_the_same_table, and tests/extractors/ssb/test_split.c
 *   6   here, and tests/extractors/ssb/test_query.c
 *   7   here
 *   8   here
 *   9   here
 *   10  here
 *   11  here
 *   12  here, tests/extractors/ssb/test_csv_answer.c and tests/extractors/klass/test_klass.c
 *   13  tests/extractors/ssb/test_csv_answer.c: both_dialects_give_the_same_figures
 *   14  here
 *   15-17  transforms: tests/transforms/normalise
 *   18  tests/extractors/klass/test_klass.c: codes_keep_leading_zeros_and_nulls_are_empty
 *   19  here
 *   20  here
 */
#include "core/io/pace.h"
#include "tests/upstream/dataset.h"

#define OSLO "table = 07459\nquery = Region=0301,4601 ContentsCode=Personer1 Tid=2019,2026\n"
#define MANY                                                                                       \
    "table = 07459\nquery = Region=0301,1103,1507,4601 Kjonn=1,2 Alder=000,001 "                   \
    "ContentsCode=Personer1 Tid=2019,2020,2021,2022\n"

/* A clock that jumps when it is slept on, so that a minute costs none. */
typedef struct {
    SpPaceClock clock;
    gint64 now_ms;
    gint64 slept_ms;
} Jump;

static gint64 jump_now(gpointer data)
{
    return ((Jump *)data)->now_ms;
}

static void jump_sleep(gint64 wait_ms, gpointer data)
{
    Jump *jump = data;
    jump->now_ms += wait_ms;
    jump->slept_ms += wait_ms;
}

static SpPace *pace_of(Jump *jump, gint64 max_wait_s)
{
    *jump = (Jump){.now_ms = 0};
    jump->clock = (SpPaceClock){jump_now, jump_sleep, jump};
    return sp_pace_new(&jump->clock, max_wait_s, "raise fetch.max_wait_s");
}

static const SpFetchContext plain = {.base_folder = "/"};

static SpFetched *fetch_at(const FakeUpstream *fake, const char *lines,
                           const SpFetchContext *context)
{
    g_autoptr(GError) error = NULL;
    SpFetched *fetched = dataset_fetch(fake, "ssb", FAKE_SSB2, lines, context, &error);
    assert_no_error(error);
    return fetched;
}

static void assert_refused(const FakeUpstream *fake, const char *below, const char *lines,
                           const SpFetchContext *context, SpErrorCode code, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = dataset_fetch(fake, "ssb", below, lines, context, &error);
    assert_null(fetched);
    if (!g_error_matches(error, SP_ERROR, (int)code) || strstr(error->message, part) == NULL) {
        fail_msg("error %d \"%s\", want %d with \"%s\"", error != NULL ? error->code : 0,
                 error != NULL ? error->message : "", (int)code, part);
    }
}

/* 1. Wherever in a batch the refusal comes, all parts come in the end and none twice. */
static void c01_refusal_in_the_middle_of_a_batch_is_waited_out(void **state)
{
    (void)state;
    static const char *const places[] = {"Region%5D=0301", "Region%5D=1103", "Region%5D=1507",
                                         "Region%5D=4601", "/metadata"};
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_rate2(fake, 0, 60);
    g_autoptr(SpFetched) whole = fetch_at(fake, MANY, &plain);
    g_autofree char *wanted = dataset_cells("ssb", whole);
    fake_upstream_set_max_cells(fake, 16);
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        Jump jump;
        g_autoptr(SpPace) pace = pace_of(&jump, 3600);
        const SpFetchContext at = {.base_folder = "/", .pace = pace};
        fake_upstream_heal(fake);
        fake_upstream_forget(fake);
        assert_true(fake_upstream_fault(fake, places[i], "429 retry-after=5 times=1", NULL));
        g_autoptr(SpFetched) fetched = fetch_at(fake, MANY, &at);
        g_autofree char *got = dataset_cells("ssb", fetched);
        assert_true(strcmp(got, wanted) == 0);
        assert_int_equal(jump.slept_ms, 5000);
        assert_int_equal(fake_upstream_count(fake, "/data"), i < 4 ? 5 : 4);
    }
}

static void c01_refusal_that_says_how_long_is_obeyed(void **state)
{
    (void)state;
    Jump jump;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpPace) pace = pace_of(&jump, 3600);
    const SpFetchContext at = {.base_folder = "/", .pace = pace};
    assert_true(fake_upstream_fault(fake, "/data", "429 retry-after=17 times=2", NULL));
    g_autoptr(SpFetched) fetched = fetch_at(fake, OSLO, &at);
    assert_int_equal(jump.slept_ms, 34000);
    assert_non_null(fetched);
}

static void c01_refusal_without_a_word_waits_the_window(void **state)
{
    (void)state;
    Jump jump;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpPace) pace = pace_of(&jump, 3600);
    const SpFetchContext at = {.base_folder = "/", .pace = pace};
    assert_true(fake_upstream_fault(fake, "/data", "429 times=1", NULL));
    g_autoptr(SpFetched) fetched = fetch_at(fake, OSLO, &at);
    assert_int_equal(jump.slept_ms, 60000); /* the metadata told it: 40;w=60s */
    assert_non_null(fetched);
}

/* 2. Whatever the server says holds: in headers (v2), in ?config (v1). Nothing is refused. */
static void c02_limit_is_what_the_server_says(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_max_cells(fake, 16);
    fake_upstream_set_rate1(fake, 3, 1);
    for (int version = 1; version <= 2; version++) {
        g_autoptr(SpPace) pace = sp_pace_new(NULL, 60, "");
        const SpFetchContext at = {.base_folder = "/", .pace = pace};
        g_autoptr(GError) error = NULL;
        g_autofree char *lines = g_strconcat(MANY, version == 1 ? "api = v1" : "", NULL);
        fake_upstream_set_rate2(fake, 3, 1);
        fake_upstream_forget(fake);
        g_autoptr(SpFetched) fetched =
            dataset_fetch(fake, "ssb", version == 1 ? FAKE_SSB1 : FAKE_SSB2, lines, &at, &error);
        assert_no_error(error);
        assert_non_null(fetched);
        /* Four parts, and no request more: a refused one would have been sent again. */
        guint n = fake_upstream_count(fake, version == 1 ? "POST " : "/data");
        assert_int_equal(n, 4);
    }
}

/* 3. A source that fails is left alone after a few tries with waits between, and the run goes
 * on. */
static void c03_source_that_stays_away_is_given_up(void **state)
{
    (void)state;
    Jump jump;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpPace) pace = pace_of(&jump, 3600);
    const SpFetchContext at = {.base_folder = "/", .pace = pace};
    assert_true(fake_upstream_fault(fake, "", "503", NULL));
    assert_refused(fake, FAKE_SSB2, OSLO, &at, SP_ERROR_UNAVAILABLE, "status 503 (4 tries)");
    assert_int_equal(jump.slept_ms, 1000 + 2000 + 4000);
    assert_int_equal(fake_upstream_count(fake, ""), 4);
}

static void c03_no_server_is_waited_for_without_end(void **state)
{
    (void)state;
    Jump jump;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpPace) pace = pace_of(&jump, 100);
    const SpFetchContext at = {.base_folder = "/", .pace = pace};
    assert_true(fake_upstream_fault(fake, "/data", "429 retry-after=60", NULL));
    assert_refused(fake, FAKE_SSB2, OSLO, &at, SP_ERROR_TRY_LATER, "raise fetch.max_wait_s");
    assert_int_equal(jump.slept_ms, 60000);
}

static void c03_unchanged_table_is_not_downloaded(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) first = fetch_at(fake, OSLO, &plain);
    g_autoptr(Kept) kept = dataset_keep(first);
    const SpFetchContext at = {.base_folder = "/", .newest = &kept->newest};
    g_autoptr(SpFetched) second = fetch_at(fake, OSLO, &at);
    assert_int_equal(fake_upstream_count(fake, "/data"), 1);
    assert_true(g_bytes_equal(first->bytes, second->bytes));
    assert_string_equal(second->suffix, "json");
    assert_string_equal(second->updated, "2026-02-25T07:00:00Z");
    /* Another question is asked, though the table is the same. */
    g_autoptr(SpFetched) other =
        fetch_at(fake, "table = 07459\nquery = Region=0301 ContentsCode=Personer1 Tid=2026", &at);
    assert_int_equal(fake_upstream_count(fake, "/data"), 2);
    assert_false(g_bytes_equal(first->bytes, other->bytes));
    /* And so is a table that changed. */
    assert_true(fake_upstream_fault(fake, "", "updated-back=1", NULL));
    g_autoptr(SpFetched) changed = fetch_at(fake, OSLO, &at);
    assert_int_equal(fake_upstream_count(fake, "/data"), 3);
    assert_int_equal(changed->notes->len, 1);
}

static void going_back_in_time_is_told(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) first = fetch_at(fake, OSLO, &plain);
    assert_null(first->notes);
    g_autoptr(Kept) kept = dataset_keep(first);
    const SpFetchContext at = {.base_folder = "/", .newest = &kept->newest};
    assert_true(fake_upstream_fault(fake, "", "updated-back=365", NULL));
    g_autoptr(SpFetched) second = fetch_at(fake, OSLO, &at);
    assert_non_null(strstr(g_ptr_array_index(second->notes, 0),
                           "updated 2025-02-25T07:00:00Z, earlier than the newest snapshot "
                           "(2026-02-25T07:00:00Z)"));
}

/* The table changes between the parts: all are asked for once more, then it is for later. */
static void table_that_changes_between_its_parts_is_asked_for_again(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_max_cells(fake, 16);
    assert_true(fake_upstream_fault(fake, "/data", "updated-back=1 times=2", NULL));
    g_autoptr(SpFetched) fetched = fetch_at(fake, MANY, &plain);
    assert_int_equal(fake_upstream_count(fake, "/data"), 3 + 4);
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = dataset_read("ssb", fetched, &updated);
    assert_string_equal(updated, "2026-02-25T07:00:00Z");
    assert_int_equal(record->n_rows, 64);
    fake_upstream_heal(fake);
    assert_true(fake_upstream_fault(fake, "Region%5D=1507", "updated-back=1", NULL));
    assert_refused(fake, FAKE_SSB2, MANY, &plain, SP_ERROR_TRY_LATER, "changed twice");
}

/* 4. 403 in v1, 400 in v2: the size is known before, so neither comes; if it does it is told. */
static void c04_size_is_known_before_it_is_asked(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_max_cells(fake, 16);
    assert_refused(fake, FAKE_SSB2, MANY "max_cells = 1000", &plain, SP_ERROR_DATA,
                   "over the source's limit for one answer");
    assert_refused(fake, FAKE_SSB1, MANY "max_cells = 1000\napi = v1", &plain, SP_ERROR_DATA,
                   "over the source's limit for one answer");
    g_autoptr(SpFetched) fetched = fetch_at(fake, MANY, &plain);
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = dataset_read("ssb", fetched, &updated);
    assert_int_equal(record->n_rows, 64);
}

/* 6. The server ends with 500 and no body on a code given twice: neither "0301,0301" nor "*,0301"
 * is ever sent. */
static void c06_no_code_is_sent_twice(void **state)
{
    (void)state;
    static const char *const regions[] = {"0301,0301", "*,0301", "03*,0301,K-1"};
    g_autoptr(FakeUpstream) fake = fake_start();
    for (gsize i = 0; i < 2; i++) {
        g_autofree char *lines = g_strdup_printf(
            "table = 07459\nquery = Region=%s ContentsCode=Personer1 Tid=2026", regions[i]);
        g_autoptr(SpFetched) fetched = fetch_at(fake, lines, &plain);
        g_autofree char *updated = NULL;
        g_autoptr(Record) record = dataset_read("ssb", fetched, &updated);
        assert_true(record->n_rows == (i == 0 ? 1 : record->n_rows));
    }
    g_autofree char *wrong = g_strdup_printf(
        "table = 07459\nquery = Region=%s ContentsCode=Personer1 Tid=2026", regions[2]);
    assert_refused(fake, FAKE_SSB2, wrong, &plain, SP_ERROR_DATA, "has no \"K-1\"");
    assert_int_equal(fake_upstream_count(fake, "/data"), 2);
}

/* 7. What would be a long address is a body. */
static void c07_long_questions_are_posted(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) fetched = fetch_at(
        fake, "table = 07459\nquery = Region=*,0301 ContentsCode=Personer1 Tid=2026", &plain);
    assert_non_null(fetched);
    assert_int_equal(fake_upstream_count(fake, "POST /api/pxwebapi/v2/tables/07459/data"), 1);
    assert_int_equal(fake_upstream_count(fake, "GET /api/pxwebapi/v2/tables/07459/data"), 0);
}

/* 8. Codes that are dead come with their sign, and codes are never put together by name. */
static void c08_dead_codes_keep_their_sign(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) fetched =
        fetch_at(fake, "table = 07459\nquery = Region=* ContentsCode=Personer1 Tid=2026", &plain);
    g_autofree char *cells = dataset_cells("ssb", fetched);
    assert_non_null(strstr(cells, "Region=0101 Tid=2026:  .\n"));
    assert_non_null(strstr(cells, "Region=3101 Tid=2026: "));
    assert_null(strstr(cells, "Region=3101 Tid=2026:  .\n"));
}

/* 9. A code list that is another table's is refused by name, not answered by a guess. */
static void c09_code_list_of_another_table_is_refused(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_refused(fake, FAKE_SSB2,
                   "table = 12292\nquery = KOKkommuneregion0000=*@agg_KommSummer ContentsCode=* "
                   "Tid=top(1)",
                   &plain, SP_ERROR_DATA, "Non-existent codelist");
}

/* 10. 12880 is a valid table of something else; its sum was taken for a population once. */
static void c10_wrong_table_is_known_by_its_title(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) metadata = get_json(fake, FAKE_SSB2 "tables/12880/metadata");
    const char *first = json_string_value(json_array_get(json_object_get(metadata, "id"), 0));
    g_autofree char *lines = g_strdup_printf(
        "table = 12880\nexpect = framskrevet folkemengde\nquery = %s=* ContentsCode=* Tid=*",
        first);
    assert_refused(fake, FAKE_SSB2, lines, &plain, SP_ERROR_DATA, "without \"framskrevet\"");
    assert_refused(fake, FAKE_SSB2, "table = 12880\nquery = Region=0 ContentsCode=* Tid=*", &plain,
                   SP_ERROR_DATA, "has no variable Region");
    assert_int_equal(fake_upstream_count(fake, "/data"), 0);
    g_autoptr(SpFetched) right = fetch_at(fake, OSLO "expect = 07459: Befolkning", &plain);
    assert_non_null(right);
}

/* 11. A table that is gone is told as such, whichever status the server gives. */
static void c11_dead_table_is_told(void **state)
{
    (void)state;
    static const char lines[] = "table = 13873\nquery = Region=0 ContentsCode=a Tid=2026\n";
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_refused(fake, FAKE_SSB2, lines, &plain, SP_ERROR_NO_INPUT, "Non-existent table");
    assert_true(fake_upstream_fault(fake, "", "missing-400", NULL));
    assert_refused(fake, FAKE_SSB2, lines, &plain, SP_ERROR_DATA, "Non-existent table");
    g_autofree char *v1 = g_strconcat(lines, "api = v1", NULL);
    assert_refused(fake, FAKE_SSB1, v1, &plain, SP_ERROR_DATA, "Parameter error");
}

/* 12. Bytes decide, whatever the header says: marks, UTF-8 in the place of ISO-8859-1, gzip. */
static void c12_encodings_and_marks_are_seen_through(void **state)
{
    (void)state;
    static const char *const faults[] = {"bom", "charset", "gzip", "bom gzip"};
    static const char *const forms[] = {"", "format = csv"};
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) whole = fetch_at(fake, OSLO, &plain);
    g_autofree char *wanted = dataset_cells("ssb", whole);
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(forms); j++) {
            /* JSON that is not UTF-8, and a mark of UTF-8 before letters that are not. */
            gboolean is_broken = strcmp(faults[i], "charset") == 0
                                     ? j == 0
                                     : j == 1 && strstr(faults[i], "bom") != NULL;
            g_autofree char *lines = g_strconcat(OSLO, forms[j], NULL);
            fake_upstream_heal(fake);
            assert_true(fake_upstream_fault(fake, "/data", faults[i], NULL));
            if (is_broken) {
                assert_refused(fake, FAKE_SSB2, lines, &plain, SP_ERROR_DATA, "line ");
                continue;
            }
            g_autoptr(SpFetched) fetched = fetch_at(fake, lines, &plain);
            g_autofree char *got = dataset_cells("ssb", fetched);
            assert_true(strcmp(got, wanted) == 0);
        }
    }
}

/* 14. PX in the place of JSON, a page in the place of anything: told by name and never kept. PX in
 * the place of CSV has all that CSV has, and is read as what it is. */
static void c14_another_format_is_told(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_true(fake_upstream_fault(fake, "/data", "px", NULL));
    assert_refused(fake, FAKE_SSB2, OSLO, &plain, SP_ERROR_DATA, "a PX file and not JSON");
    g_autoptr(SpFetched) px = fetch_at(fake, OSLO "format = csv", &plain);
    g_autofree char *got = dataset_cells("ssb", px);
    fake_upstream_heal(fake);
    g_autoptr(SpFetched) json = fetch_at(fake, OSLO, &plain);
    g_autofree char *wanted = dataset_cells("ssb", json);
    assert_string_equal(got, wanted);
    fake_upstream_heal(fake);
    assert_true(fake_upstream_fault(fake, "/data", "html", NULL));
    assert_refused(fake, FAKE_SSB2, OSLO "format = csv", &plain, SP_ERROR_DATA, "an HTML page");
    assert_refused(fake, FAKE_SSB2, OSLO "format = px", &plain, SP_ERROR_DATA, "an HTML page");
}

/* 1.6. Half an hour before eight all figures are zeros or dots that are none. */
static void early_zeros_are_told_and_not_used(void **state)
{
    (void)state;
    static const char *const zeros[] = {"zeros=0", "zeros=."};
    static const char lines[] = "table = 07459\nquery = Region=0301,4601 Kjonn=1,2 "
                                "ContentsCode=Personer1 Tid=top(1)\n";
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) before = fetch_at(fake, lines, &plain);
    g_autoptr(Kept) kept = dataset_keep(before);
    kept->newest.question = NULL; /* a day ago: not the same question, so it is asked again */
    assert_true(fake_upstream_set_clock(fake, "2026-03-16T07:30:00"));
    for (gsize i = 0; i < G_N_ELEMENTS(zeros); i++) {
        /* 2026-03-16T06:30:00Z is 07:30 in Oslo, 08:15 there is 07:15Z. */
        SpFetchContext at = {.base_folder = "/", .newest = &kept->newest, .now = 1773642600};
        assert_true(fake_upstream_fault(fake, "/data", zeros[i], NULL));
        assert_refused(fake, FAKE_SSB2, lines, &at, SP_ERROR_TRY_LATER,
                       "4 of 4 figures of the newest snapshot are 0 or gone");
        at.now += 2700; /* three quarters of an hour */
        g_autoptr(SpFetched) later = fetch_at(fake, lines, &at);
        assert_non_null(later);
        at.now = 1773642600;
        at.newest = NULL;
        g_autoptr(SpFetched) first = fetch_at(fake, lines, &at);
        assert_non_null(first);
        fake_upstream_heal(fake);
        at.newest = &kept->newest;
        g_autoptr(SpFetched) good = fetch_at(fake, lines, &at);
        assert_non_null(good);
    }
}

#define AT_NEW_YEAR(source)                                                                        \
    "classification = " source "\ncall = correspondsAt\ntarget = 131\ndate = 2026-01-01"

/* 19. Accept is always sent and no suffix relied on; all three forms are read. */
static void c19_klass_is_asked_by_accept_and_read_in_every_form(void **state)
{
    (void)state;
    static const char *const forms[] = {"xml", "csv", "json"};
    static const char *const questions[] = {
        "classification = 131\ncall = codesAt\ndate = 2026-01-01",
        "classification = 104\ncall = codesAt\ndate = 2026-01-01",
        "classification = 131\ncall = codes\nfrom = 2014-01-01\nto = 2016-01-01",
        "classification = 131\ncall = changes\nfrom = 2013-01-01",
        AT_NEW_YEAR("112"),
        "classification = 112\ncall = corresponds\ntarget = 131\nfrom = 2026-01-01",
        AT_NEW_YEAR("128"),
        "call = correspondencetables\ntable = 2840",
    };
    g_autoptr(FakeUpstream) fake = fake_start();
    for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
        g_autofree char *wanted = NULL;
        for (gsize j = 0; j < G_N_ELEMENTS(forms); j++) {
            g_autoptr(GError) error = NULL;
            g_autofree char *lines = g_strdup_printf("%s\nformat = %s", questions[i], forms[j]);
            g_autoptr(SpFetched) fetched =
                dataset_fetch(fake, "klass", FAKE_KLASS, lines, &plain, &error);
            assert_no_error(error);
            assert_string_equal(fetched->suffix, forms[j]);
            g_autofree char *cells = dataset_cells("klass", fetched);
            assert_true(strlen(cells) > 500);
            if (wanted != NULL && strcmp(cells, wanted) != 0) {
                fail_msg("%s: %s gives other rows than xml", questions[i], forms[j]);
            }
            g_free(wanted);
            wanted = g_steal_pointer(&cells);
        }
    }
    assert_int_equal(fake_upstream_count(fake, ".json"), 0);
    assert_int_equal(fake_upstream_count(fake, ".csv"), 0);
}

/* 20. Hosts are settings, and a publisher that moves answers by a redirect that is followed. */
static void c20_host_that_moved_is_followed_and_told(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_true(fake_upstream_fault(fake, "/data", "redirect=http", NULL));
    g_autoptr(SpFetched) fetched = fetch_at(fake, OSLO, &plain);
    assert_non_null(strstr(fetched->url, "redirected=1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(c01_refusal_in_the_middle_of_a_batch_is_waited_out),
        cmocka_unit_test(c01_refusal_that_says_how_long_is_obeyed),
        cmocka_unit_test(c01_refusal_without_a_word_waits_the_window),
        cmocka_unit_test(c02_limit_is_what_the_server_says),
        cmocka_unit_test(c03_source_that_stays_away_is_given_up),
        cmocka_unit_test(c03_no_server_is_waited_for_without_end),
        cmocka_unit_test(c03_unchanged_table_is_not_downloaded),
        cmocka_unit_test(going_back_in_time_is_told),
        cmocka_unit_test(table_that_changes_between_its_parts_is_asked_for_again),
        cmocka_unit_test(c04_size_is_known_before_it_is_asked),
        cmocka_unit_test(c06_no_code_is_sent_twice),
        cmocka_unit_test(c07_long_questions_are_posted),
        cmocka_unit_test(c08_dead_codes_keep_their_sign),
        cmocka_unit_test(c09_code_list_of_another_table_is_refused),
        cmocka_unit_test(c10_wrong_table_is_known_by_its_title),
        cmocka_unit_test(c11_dead_table_is_told),
        cmocka_unit_test(c12_encodings_and_marks_are_seen_through),
        cmocka_unit_test(c14_another_format_is_told),
        cmocka_unit_test(early_zeros_are_told_and_not_used),
        cmocka_unit_test(c19_klass_is_asked_by_accept_and_read_in_every_form),
        cmocka_unit_test(c20_host_that_moved_is_followed_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
