/* Tables of SSB through both versions and all formats, in one answer or several. */
#include "core/io/pace.h"
#include "tests/upstream/dataset.h"

/* 5 regions, 2 sexes, 3 ages, 4 years, with codes outside their lifetime: 120 cells. */
#define QUERY                                                                                      \
    "table = 07459\nquery = Region=0,0301,4601,1507,1508 Kjonn=1,2 Alder=000,050,105+ "            \
    "ContentsCode=Personer1 Tid=2019,2020,2023,2024\n"

static const SpFetchContext plain = {.base_folder = "/"};

static SpFetched *fetch(const FakeUpstream *fake, const char *below, const char *lines)
{
    g_autoptr(GError) error = NULL;
    SpFetched *fetched = dataset_fetch(fake, "ssb", below, lines, &plain, &error);
    assert_no_error(error);
    return fetched;
}

/* The same question to one server; `form` are the lines that say how. */
static char *cells(const FakeUpstream *fake, const char *form)
{
    g_autofree char *lines = g_strconcat(QUERY, form, NULL);
    gboolean is_v1 = strstr(form, "v1") != NULL;
    g_autoptr(SpFetched) fetched = fetch(fake, is_v1 ? FAKE_SSB1 : FAKE_SSB2, lines);
    return dataset_cells("ssb", fetched);
}

static guint count_lines(const char *text)
{
    guint n = 1;
    for (const char *c = text; *c != '\0'; c++) {
        n += *c == '\n';
    }
    return n;
}

static void every_version_and_format_gives_the_same_table(void **state)
{
    (void)state;
    static const char *const forms[] = {"format = csv", "format = px", "api = v1",
                                        "api = v1\nformat = csv", "api = v1\nformat = px"};
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autofree char *wanted = cells(fake, "");
    assert_int_equal(count_lines(wanted), 120);
    assert_non_null(strstr(wanted, ":  ."));
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *got = cells(fake, forms[i]);
        if (strcmp(got, wanted) != 0) {
            fail_msg("%s gives other cells:\n%.400s\nwant\n%.400s", forms[i], got, wanted);
        }
    }
}

/* Every sign of SSB, and decimals, in every form: users by kommune have ":", ".." and ".". */
static void signs_are_the_same_in_every_format(void **state)
{
    (void)state;
    static const char lines[] =
        "table = 12292\nquery = KOKkommuneregion0000=* ContentsCode=* Tid=top(1)\n";
    static const char *const forms[] = {"format = csv", "format = px"};
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) first = fetch(fake, FAKE_SSB2, lines);
    g_autofree char *wanted = dataset_cells("ssb", first);
    assert_non_null(strstr(wanted, ":  :"));
    assert_non_null(strstr(wanted, ":  .."));
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *both = g_strconcat(lines, forms[i], NULL);
        g_autoptr(SpFetched) fetched = fetch(fake, FAKE_SSB2, both);
        g_autofree char *got = dataset_cells("ssb", fetched);
        assert_true(strcmp(got, wanted) == 0);
    }
}

/* The limit lowered, so that the question takes several answers: nothing is lost or doubled. */
static void split_question_gives_the_same_table(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "",         "format = csv",           "format = px",
        "api = v1", "api = v1\nformat = csv", "api = v1\nformat = px"};
    static const gint64 limits[] = {119, 50, 7, 2};
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_rate2(fake, 0, 60);
    g_autofree char *wanted = cells(fake, "");
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(limits); j++) {
            fake_upstream_set_max_cells(fake, limits[j]);
            g_autofree char *got = cells(fake, forms[i]);
            if (strcmp(got, wanted) != 0) {
                fail_msg("\"%s\" with a limit of %d gives other cells", forms[i], (int)limits[j]);
            }
        }
    }
    assert_int_equal(fake_upstream_count(fake, "Too many"), 0);
}

static void answers_of_a_split_question_are_kept_as_they_came(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_max_cells(fake, 60);
    g_autoptr(SpFetched) fetched = fetch(fake, FAKE_SSB2, QUERY);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    assert_string_equal(fetched->suffix, "json-seq");
    assert_int_equal(bytes[0], 0x1e);
    assert_int_equal(bytes[1], '{');
    assert_int_equal(bytes[size - 1], '\n');
    /* metadata before and after, /config, and three answers of 2, 2 and 1 regions */
    assert_int_equal(fake_upstream_count(fake, "/metadata"), 2);
    assert_int_equal(fake_upstream_count(fake, "/config"), 1);
    assert_int_equal(fake_upstream_count(fake, "/data"), 3);
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = dataset_read("ssb", fetched, &updated);
    assert_string_equal(updated, "2026-02-25T07:00:00Z");
    assert_int_equal(record->n_rows, 120);
}

/* Half an answer, an answer twice, an answer less: none of them is a table. */
static void damaged_sequences_are_refused(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    fake_upstream_set_max_cells(fake, 60);
    g_autoptr(SpFetched) fetched = fetch(fake, FAKE_SSB2, QUERY);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    const char *second = memchr(bytes + 1, 0x1e, size - 1);
    gsize first_size = (gsize)(second - bytes);
    const char *third = memchr(second + 1, 0x1e, size - first_size - 1);
    gsize two_size = (gsize)(third - bytes);
    g_autofree char *twice = g_malloc(size + first_size);
    memcpy(twice, bytes, size);
    memcpy(twice + size, bytes, first_size);
    const struct {
        const char *bytes;
        gsize size;
        const char *part;
    } cases[] = {
        {bytes, size - 1, "cut short"},
        {bytes, first_size + 1, "cut short"},
        {twice, size + first_size, "have cells in common"},
        {bytes, two_size - 40, "cut short"},
    };
    g_autoptr(SpSettings) settings = record_settings(sp_extractors_find("ssb"), "url = a");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Record) record = record_new();
        g_autofree char *updated = NULL;
        assert_false(sp_extractors_find("ssb")->parse(
            &(SpDocument){cases[i].bytes, cases[i].size, "a.json-seq", NULL, settings},
            &record->sink, &updated, &error));
        assert_error(error, SP_ERROR_DATA, cases[i].part);
        assert_null(updated);
    }
}

/* Sums within today's borders: the codes of the list, not of the table. */
static void code_list_is_counted_by_its_members(void **state)
{
    (void)state;
    static const char lines[] = "table = 07459\nquery = Region=*@agg_KommSummer ContentsCode=* "
                                "Tid=top(2)\n";
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpFetched) whole = fetch(fake, FAKE_SSB2, lines);
    g_autofree char *wanted = dataset_cells("ssb", whole);
    assert_true(count_lines(wanted) >= 2 * 357);
    assert_true(g_str_has_prefix(wanted, "ContentsCode=Personer1 Region=K-0301 Tid=2025: "));
    fake_upstream_set_max_cells(fake, 100);
    g_autoptr(SpFetched) parts = fetch(fake, FAKE_SSB2, lines);
    g_autofree char *got = dataset_cells("ssb", parts);
    assert_true(strcmp(got, wanted) == 0);
    /* v1 has no list of its members. */
    g_autoptr(GError) error = NULL;
    g_autofree char *in_v1 = g_strconcat(lines, "api = v1", NULL);
    assert_null(dataset_fetch(fake, "ssb", FAKE_SSB1, in_v1, &plain, &error));
    assert_error(error, SP_ERROR_CONFIG, "v1 takes the codes of a code list one by one");
    g_autoptr(SpFetched) listed = fetch(
        fake, FAKE_SSB1,
        "table = 07459\nquery = Region=K-0301,K-4601@agg_KommSummer ContentsCode=* Tid=top(2)\n"
        "api = v1");
    g_autofree char *two = dataset_cells("ssb", listed);
    assert_int_equal(count_lines(two), 4);
    assert_true(strncmp(two, wanted, strcspn(wanted, "\n")) == 0);
}

/* v1 has no from() and range(), and * in it is another filter: the codes are the same. */
static void expressions_mean_the_same_in_both_versions(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "Region=03??,1103 Tid=from(2024)",  "Region=0301 Tid=to(1988)",
        "Region=0301 Tid=range(2019,2021)", "Region=*01 Tid=2026",
        "Region=0301,* Tid=top(1)",         "Region=0301 Tid=bottom(2)",
        "Region=0301 Tid=top(2,3)",         "Region=top(2) Tid=top(1)"};
    g_autoptr(FakeUpstream) fake = fake_start();
    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autofree char *lines =
            g_strdup_printf("table = 07459\nquery = ContentsCode=Personer1 %s\n", queries[i]);
        g_autofree char *lines1 = g_strconcat(lines, "api = v1", NULL);
        g_autoptr(SpFetched) by2 = fetch(fake, FAKE_SSB2, lines);
        g_autoptr(SpFetched) by1 = fetch(fake, FAKE_SSB1, lines1);
        g_autofree char *cells2 = dataset_cells("ssb", by2);
        g_autofree char *cells1 = dataset_cells("ssb", by1);
        if (strcmp(cells1, cells2) != 0) {
            fail_msg("%s: v1 and v2 give other cells", queries[i]);
        }
    }
}

static void wrong_questions_are_told_before_they_are_asked(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        SpErrorCode code;
        const char *part;
    } cases[] = {
        {"Regio=0 ContentsCode=Personer1 Tid=2026", SP_ERROR_DATA, "has no variable Regio"},
        {"Region=9999x ContentsCode=Personer1 Tid=2026", SP_ERROR_DATA, "has no \"9999x\""},
        {"Region=0 ContentsCode=Personer1 Tid=from(1900)", SP_ERROR_DATA, "no \"from(1900)\""},
        {"Region=0 ContentsCode=Personer1 Tid=newest(1)", SP_ERROR_CONFIG, "is no expression"},
        {"Region=*@agg_Nei ContentsCode=Personer1 Tid=2026", SP_ERROR_NO_INPUT, "agg_Nei"},
    };
    g_autoptr(FakeUpstream) fake = fake_start();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *lines = g_strdup_printf("table = 07459\nquery = %s", cases[i].query);
        assert_null(dataset_fetch(fake, "ssb", FAKE_SSB2, lines, &plain, &error));
        if (!g_error_matches(error, SP_ERROR, (int)cases[i].code) ||
            strstr(error->message, cases[i].part) == NULL) {
            fail_msg("%s: %d \"%s\"", cases[i].query, error->code, error->message);
        }
    }
    assert_int_equal(fake_upstream_count(fake, "/data"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_version_and_format_gives_the_same_table),
        cmocka_unit_test(signs_are_the_same_in_every_format),
        cmocka_unit_test(split_question_gives_the_same_table),
        cmocka_unit_test(answers_of_a_split_question_are_kept_as_they_came),
        cmocka_unit_test(damaged_sequences_are_refused),
        cmocka_unit_test(code_list_is_counted_by_its_members),
        cmocka_unit_test(expressions_mean_the_same_in_both_versions),
        cmocka_unit_test(wrong_questions_are_told_before_they_are_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
