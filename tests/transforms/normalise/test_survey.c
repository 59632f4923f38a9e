/* Sheets from kommuner: districts summed, sums over what is there, groups, answers
 * counted with those who kept silent. */
#include "tests/transforms/normalise/facts.h"

#include "core/table_rows.h"
#include "transforms/normalise/answers.h"
#include "transforms/normalise/levels.h"
#include "transforms/normalise/parts.h"

#define REGION "[column k]\nas = region\nrole = region\n"
#define PERIOD "[column y]\nas = period\nrole = period\n"

static SpLayout *layout_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("proeve", text, &error);
    assert_no_error(error);
    return layout;
}

static const char *const by_district =
    "[table]\nname = t\n" REGION PERIOD "[column b]\nas = bydel\nrole = part\nmap = bydel\n"
    "[column n]\nrole = measure\nadditive = yes\n";
#define DISTRICTS "region:key period:key bydel:key flagg:attribute n:sum andel:other"

/* Takes `facts`. */
static SpTable *parts_of(SpTable *facts, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) taken = facts;
    g_autoptr(SpLayout) layout = layout_of(by_district);
    g_autoptr(SpTables) maps = sp_tables_new();
    sp_tables_add(maps, TABLE("bydel", "from:key to:attribute region:attribute", "1 030101 0301",
                              "01 030101 0301", "2 030102 0301"));
    return sp_normalise_parts(taken, layout, maps, quality, error);
}

static void districts_are_summed_to_their_kommune(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        parts_of(TABLE("t", DISTRICTS, "0301 2024 030101 a 5 1", "0301 2024 030102 a 6/c 1",
                       "1103 2024 _ b 7 1", "0301 2023 030101 a 1 1", "0301 2023 030102 b : 1"),
                 quality, &error);
    assert_no_error(error);
    assert_rows(table, "0301 2023 _ : ..", "0301 2024 a 11/c ..", "1103 2024 b 7 1");
}

static void a_kommune_without_one_of_its_districts_is_missing(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        parts_of(TABLE("t", DISTRICTS, "0301 2024 030101 a 5 1"), quality, &error);
    assert_no_error(error);
    assert_rows(table, "0301 2024 a .. ..");
    assert_true(
        has_finding(quality, "part_missing", "region=0301 period=2024", "1 of 2 parts have a row"));
}

static void the_whole_counts_and_its_districts_do_not_count_again(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = parts_of(TABLE("t", DISTRICTS, "0301 2024 _ x 12 1",
                                              "0301 2024 030101 a 5 1", "0301 2024 030102 a 6 1"),
                                        quality, &error);
    assert_no_error(error);
    assert_rows(table, "0301 2024 x 12 1");
    assert_true(has_finding(quality, "parts_beside_whole", "region=0301 period=2024", "2 for"));
    assert_true(has_finding(quality, "parts_differ", "region=0301 period=2024", "are 11, the"));
}

static void a_district_under_another_kommune_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        parts_of(TABLE("t", DISTRICTS, "1103 2024 030101 a 5 1"), quality, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_DATA, "part 030101 stands under region 1103");
}

static const char *const by_area =
    "[table]\nname = t\n" REGION PERIOD "[column f]\nas = funksjon\nrole = code\n"
    "levels = self, group=omraader\n"
    "[column n]\nrole = measure\nadditive = yes\n";

/* Home care is care too; a group is the sum of the members that there are, and 202 is in none. */
static void groups_may_overlap_and_stand_beside_their_codes(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(by_area);
    g_autoptr(SpTables) maps = sp_tables_new();
    sp_tables_add(maps, TABLE("omraader", "from:key to:key", "253 omsorg", "254 omsorg",
                              "254 hjemme", "257 omsorg", "257 hjemme"));
    g_autoptr(SpTable) source =
        TABLE("t", "region:key period:key funksjon:key n:sum", "0301 2023 253 1", "0301 2023 254 2",
              "0301 2024 253 :", "0301 2024 257 4", "1103 2024 202 8");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = sp_normalise_levels(source, layout, maps, &error);
    assert_no_error(error);
    assert_rows(table, "0301 2023 253 1", "0301 2023 254 2", "0301 2023 hjemme 2",
                "0301 2023 omsorg 3", "0301 2024 253 :", "0301 2024 257 4", "0301 2024 hjemme 4",
                "0301 2024 omsorg :", "1103 2024 202 8");
}

static void a_group_that_is_not_listed_or_is_a_code_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(by_area);
    g_autoptr(SpTables) maps = sp_tables_new();
    g_autoptr(SpTable) source = TABLE("t", "region:key period:key funksjon:key n:sum",
                                      "0301 2024 253 1", "0301 2024 254 2");
    g_autoptr(GError) error = NULL;
    assert_null(sp_normalise_levels(source, layout, maps, &error));
    assert_non_null(strstr(error->message, "omraader"));
    g_clear_error(&error);
    sp_tables_add(maps, TABLE("omraader", "from:key to:key", "253 254"));
    assert_null(sp_normalise_levels(source, layout, maps, &error));
    assert_error(error, SP_ERROR_DATA, "funksjon=254");
}

static void sums_are_over_the_rows_there_are(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of("[table]\nname = t\n[column k]\nas = region\nrole = region\n"
                  "levels = kommune, fylke, landet\n[column t]\nas = tiltak\nrole = code\n"
                  "levels = self, all=alle\n");
    g_autoptr(SpTable) source =
        TABLE("t", "region:key tiltak:key kvalitet:attribute n:sum andel:other", "1103 a ja 4 1",
              "1103 b ja 1 1", "1106 a nei 2/p 1", "4601 a ja .. 1");
    g_autoptr(SpTables) maps = sp_tables_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = sp_normalise_levels(source, layout, maps, &error);
    assert_no_error(error);
    assert_rows(table, "0 a _ ../p ..", "0 alle _ ../p ..", "0 b ja 1 ..", "11 a _ 6/p ..",
                "11 alle _ 7/p ..", "11 b ja 1 ..", "1103 a ja 4 1", "1103 alle ja 5 ..",
                "1103 b ja 1 1", "1106 a nei 2/p 1", "1106 alle nei 2/p ..", "46 a ja .. ..",
                "46 alle ja .. ..", "4601 a ja .. 1", "4601 alle ja .. ..");
}

/* Rows that a source has for a fylke beside its kommuner would count twice. */
static void rows_of_a_fylke_count_only_where_there_are_no_kommuner(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of("[table]\nname = t\n[column k]\nas = region\n"
                                           "role = region\nlevels = fylke, landet\n");
    g_autoptr(SpTables) maps = sp_tables_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) fylker = TABLE("t", "region:key n:sum", "11 4", "46 1");
    g_autoptr(SpTable) alone = sp_normalise_levels(fylker, layout, maps, &error);
    assert_no_error(error);
    assert_rows(alone, "0 5", "11 4", "46 1");
    g_autoptr(SpTable) both = TABLE("t", "region:key n:sum", "11 4", "1103 3");
    g_autoptr(SpTable) kommuner = sp_normalise_levels(both, layout, maps, &error);
    assert_no_error(error);
    assert_rows(kommuner, "0 3", "11 3");
}

static const char *const survey =
    "[table]\nname = reform\n[answers]\nquestions = reformer\n" REGION PERIOD
    "[column r]\nas = reform\nrole = code\n[column p]\nas = plan\nrole = code\nkey = no\n";
#define ANSWERS "region:key reform:key period:key plan:attribute"
#define QUESTIONS                                                                                  \
    "reform:key fra:attribute til:attribute spoersmaal:key kolonne:attribute ja:attribute"

/* Takes `facts`. */
static SpTable *count_answers(SpTable *facts, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) taken = facts;
    g_autoptr(SpLayout) layout = layout_of(survey);
    g_autoptr(SpRegions) regions = small_regions();
    g_autoptr(SpTables) maps = sp_tables_new();
    sp_tables_add(maps,
                  TABLE("reformer", QUESTIONS, "gammel 2019H1 2023H2 plan plan vedtatt|prosess",
                        "ny 2024H1 _ plan plan vedtatt|prosess"));
    SpTable *table = sp_normalise_answers(taken, layout, maps, regions, quality, error);
    if (table != NULL) {
        sp_normalise_answer_shares(table, layout);
    }
    return table;
}

/* The seven kommuner of 2024 in the small KLASS (facts.h). */
static void a_kommune_without_a_row_has_not_answered(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        count_answers(TABLE("reform", ANSWERS, "0301 ny 2024H1 vedtatt", "1508 ny 2024H1 prosess",
                            "1580 ny 2024H1 nei", "3101 ny 2024H1 _"),
                      quality, &error);
    assert_no_error(error);
    assert_rows(table, "0301 ny plan 2024H1 1 1 - 1", "1508 ny plan 2024H1 1 1 - 1",
                "1580 ny plan 2024H1 - 1 - -", "1806 ny plan 2024H1 - 1 1 ..",
                "1875 ny plan 2024H1 - 1 1 ..", "3101 ny plan 2024H1 - 1 1 ..",
                "5001 ny plan 2024H1 - 1 1 ..");
}

/* Ålesund of 2023 is 1507; 1508 was no kommune then. */
static void the_denominator_is_the_division_of_the_period(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = count_answers(
        TABLE("reform", ANSWERS, "1507 gammel 2023H2 vedtatt", "1508 gammel 2023H2 vedtatt"),
        quality, &error);
    assert_no_error(error);
    assert_rows(table, "0301 gammel plan 2023H2 - 1 1 ..", "1507 gammel plan 2023H2 1 1 - 1",
                "1806 gammel plan 2023H2 - 1 1 ..", "1875 gammel plan 2023H2 - 1 1 ..",
                "3001 gammel plan 2023H2 - 1 1 ..", "5001 gammel plan 2023H2 - 1 1 ..");
    assert_true(has_finding(quality, "unknown_code", "region 1508", "no kommune in that period"));
}

static void a_reform_outside_its_time_is_a_finding(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = count_answers(
        TABLE("reform", ANSWERS, "0301 ny 2023H2 nei", "0301 ukjent 2024H1 nei"), quality, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_DATA, "no row is of a reform and period in the list");
    assert_true(has_finding(quality, "unknown_code", "period 2023H2", "outside the time"));
    assert_true(has_finding(quality, "unknown_code", "reform ukjent", "in no list of reforms"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(districts_are_summed_to_their_kommune),
        cmocka_unit_test(a_kommune_without_one_of_its_districts_is_missing),
        cmocka_unit_test(the_whole_counts_and_its_districts_do_not_count_again),
        cmocka_unit_test(a_district_under_another_kommune_is_refused),
        cmocka_unit_test(groups_may_overlap_and_stand_beside_their_codes),
        cmocka_unit_test(a_group_that_is_not_listed_or_is_a_code_is_refused),
        cmocka_unit_test(sums_are_over_the_rows_there_are),
        cmocka_unit_test(rows_of_a_fylke_count_only_where_there_are_no_kommuner),
        cmocka_unit_test(a_kommune_without_a_row_has_not_answered),
        cmocka_unit_test(the_denominator_is_the_division_of_the_period),
        cmocka_unit_test(a_reform_outside_its_time_is_a_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
