/* Links between code lists: the files that ship, and what is wrong with others. */
#include "tests/transforms/normalise/facts.h"
#include "tests/transforms/vary/csvtable.h"

#include "core/table_rows.h"
#include "transforms/normalise/links.h"

static SpTable *config_file(const char *name)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", name, NULL);
    return csvtable_read(path, name, ',');
}

#define LINKS                                                                                      \
    "profesjon:attribute klassifikasjon:attribute kode:attribute grunnlag:attribute "              \
    "merknad:attribute"

static void the_links_that_ship_are_right(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) classifications = config_file("profesjon_klassifikasjoner.csv");
    g_autoptr(SpTable) professions = config_file("profesjoner.csv");
    g_autoptr(GError) error = NULL;
    assert_true(sp_links_check(links, classifications, professions, &error));
    assert_no_error(error);
}

/* Every STYRK-08 code is one of the register's own. */
static void occupations_are_in_the_register(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autofree char *path = g_build_filename(folder, "ssb-klass-yrke-naering", "styrk08.csv", NULL);
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) styrk = csvtable_read(path, "styrk08", ',');
    gsize code = sp_table_find(styrk, "code");
    g_autoptr(SpTableIndex) index = sp_table_index_new(styrk, &code, 1);
    guint n_checked = 0;
    for (gsize row = 0; row < sp_table_n_rows(links); row++) {
        const char *own = sp_table_code(links, row, 2);
        gsize at = 0;
        if (strcmp(sp_table_code(links, row, 1), "styrk08") != 0) {
            continue;
        }
        n_checked++;
        if (!sp_table_index_find(index, &own, &at)) {
            fail_msg("%s is not in STYRK-08", own);
        }
        assert_string_equal(sp_table_code(styrk, at, sp_table_find(styrk, "level")), "4");
    }
    assert_true(n_checked > 30);
}

/* HELSEMOD groups and PAI positions stand in two files each, which must agree. */
static void the_same_link_is_the_same_in_both_files(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) professions = config_file("profesjoner.csv");
    g_autoptr(SpTable) positions = config_file("codes/pai_stilling.csv");
    gsize helsemod = sp_table_find(professions, "helsemod");
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        const char *group = sp_table_code(professions, row, helsemod);
        g_autoptr(GPtrArray) of = sp_links_professions(links, "helsemod", group);
        if (*group != '\0' && !g_ptr_array_find_with_equal_func(
                                  of, sp_table_code(professions, row, 0), g_str_equal, NULL)) {
            fail_msg("%s is not linked to HELSEMOD %s", sp_table_code(professions, row, 0), group);
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(positions); row++) {
        const char *code = sp_table_code(positions, row, 0);
        g_autoptr(GPtrArray) of = sp_links_professions(links, "pai", code);
        if (of->len != 1 || strcmp(of->pdata[0], sp_table_code(positions, row, 1)) != 0) {
            fail_msg("position %s is not linked as config/codes/pai_stilling.csv has it", code);
        }
    }
}

/* Many to many: STYRK-08 2221 is two professions, and a helsefagarbeider has three educations. */
static void a_code_may_be_several_professions_and_a_profession_several_codes(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(GPtrArray) nurses = sp_links_professions(links, "styrk08", "2221");
    assert_int_equal(nurses->len, 2);
    assert_string_equal(nurses->pdata[0], "spesialsykepleier");
    assert_string_equal(nurses->pdata[1], "helsesykepleier");
    static const char *const groups[] = {"Helsefagarbeider", "Hjelpepleier", "Omsorgsarbeider"};
    for (gsize i = 0; i < G_N_ELEMENTS(groups); i++) {
        g_autoptr(GPtrArray) of = sp_links_professions(links, "utdanningsgruppe", groups[i]);
        assert_int_equal(of->len, 1);
        assert_string_equal(of->pdata[0], "helsefagarbeider");
    }
    g_autoptr(GPtrArray) none = sp_links_professions(links, "styrk08", "9999");
    assert_int_equal(none->len, 0);
}

/* Every code that SSB 14533 has is linked, and what is none of ours is so in as many words. */
static void every_code_of_14533_is_linked(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) codes = config_file("codes/yrke.csv");
    for (gsize row = 0; row < sp_table_n_rows(codes); row++) {
        g_autoptr(GPtrArray) of =
            sp_links_professions(links, "aarsverk_14533", sp_table_code(codes, row, 0));
        if (of->len == 0) {
            fail_msg("%s is not linked", sp_table_code(codes, row, 0));
        }
    }
    g_autoptr(GPtrArray) kitchen = sp_links_professions(links, "aarsverk_14533", "07c");
    assert_string_equal(kitchen->pdata[0], "annet");
}

static void a_code_without_a_link_is_told(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) classifications = config_file("profesjon_klassifikasjoner.csv");
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpColumn columns[] = {
        {.name = "region", .is_key = TRUE},
        {.name = "yrke", .is_key = TRUE, .classification = "aarsverk_14533"},
        {.name = "kjonn", .is_key = TRUE, .classification = "kjonn"}};
    g_autoptr(SpTable) facts = sp_table_new("t", columns, 3);
    static const char *const codes[] = {"01", "10", "tot", "10"};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        sp_table_add_row(facts);
        sp_table_set_code(facts, i, 1, codes[i]);
        sp_table_set_code(facts, i, 2, "7");
    }
    assert_int_equal(sp_links_note_unknown(links, classifications, facts, quality), 1);
    assert_true(has_finding(quality, "unlinked_code", "yrke 10", "aarsverk_14533"));
}

/* What the links may name is the file's to say, and nothing else is looked at. */
static void only_columns_of_the_classifications_that_are_told_are_looked_at(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) others = TABLE("k", "klassifikasjon:attribute", "styrk08");
    g_autoptr(SpTable) more = TABLE("k", "klassifikasjon:attribute", "styrk08", "hudo");
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpColumn column = {.name = "yrke", .is_key = TRUE, .classification = "hudo"};
    g_autoptr(SpTable) facts = sp_table_new("t", &column, 1);
    sp_table_add_row(facts);
    sp_table_set_code(facts, 0, 0, "10");
    assert_int_equal(sp_links_note_unknown(links, others, facts, quality), 0);
    assert_int_equal(sp_links_note_unknown(links, more, facts, quality), 1);
}

static void links_that_are_wrong_are_refused_by_row(void **state)
{
    (void)state;
    g_autoptr(SpTable) professions = TABLE("p", "profesjon:attribute", "sykepleier");
    g_autoptr(SpTable) classifications = TABLE("k", "klassifikasjon:attribute", "styrk08", "pai");
    static const char *const bad[][2] = {
        {"sjukepleier styrk08 2223 sett _", "row 3: profesjon \"sjukepleier\""},
        {"sykepleier styrk98 2223 sett _", "row 3: klassifikasjon"},
        {"sykepleier styrk08 _ sett _", "row 3: kode"},
        {"sykepleier styrk08 2224 gjettet _", "row 3: grunnlag"},
        {"sykepleier styrk08 2223 husket _", "row 3: kode \"2223\": want each link once"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(SpTable) links = TABLE("l", LINKS, "sykepleier styrk08 2223 sett _", bad[i][0]);
        g_autoptr(GError) error = NULL;
        assert_false(sp_links_check(links, classifications, professions, &error));
        assert_error(error, SP_ERROR_CONFIG, bad[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_links_that_ship_are_right),
        cmocka_unit_test(occupations_are_in_the_register),
        cmocka_unit_test(the_same_link_is_the_same_in_both_files),
        cmocka_unit_test(a_code_may_be_several_professions_and_a_profession_several_codes),
        cmocka_unit_test(every_code_of_14533_is_linked),
        cmocka_unit_test(a_code_without_a_link_is_told),
        cmocka_unit_test(only_columns_of_the_classifications_that_are_told_are_looked_at),
        cmocka_unit_test(links_that_are_wrong_are_refused_by_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
