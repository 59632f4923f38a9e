#include "core/texts.h"

#include "tests/core/rows.h"

static const char columns[] = "id:key nb:attribute nn:attribute en:attribute";

static void text_is_found_by_id_and_language(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("texts", columns, "unit.persons personer personar persons",
                                     "unit.aarsverk årsverk årsverk FTEs");
    g_autoptr(SpTexts) texts = sp_texts_new(table, NULL);
    assert_string_equal(sp_texts_find(texts, "unit.persons", "nb"), "personer");
    assert_string_equal(sp_texts_find(texts, "unit.persons", "nn"), "personar");
    assert_string_equal(sp_texts_find(texts, "unit.aarsverk", "en"), "FTEs");
}

static void empty_english_falls_back_to_nb(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("texts", columns, "unit.persons personer personar _");
    g_autoptr(SpTexts) texts = sp_texts_new(table, NULL);
    assert_string_equal(sp_texts_find(texts, "unit.persons", "en"), "personer");
    assert_string_equal(sp_texts_find(texts, "unit.persons", "se"), "personer");
}

static void hole_in_the_catalogue_shows_its_id(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("texts", columns, "unit.persons personer personar persons");
    g_autoptr(SpTexts) texts = sp_texts_new(table, NULL);
    assert_string_equal(sp_texts_find(texts, "unit.nothing", "nb"), "unit.nothing");
    assert_false(sp_texts_has(texts, "unit.nothing"));
    assert_true(sp_texts_has(texts, "unit.persons"));
}

static void texts_outlive_their_table(void **state)
{
    (void)state;
    SpTable *table = TABLE("texts", columns, "sign.a b c d");
    g_autoptr(SpTexts) texts = sp_texts_new(table, NULL);
    sp_table_free(table);
    assert_string_equal(sp_texts_find(texts, "sign.a", "en"), "d");
}

static void assert_refused(SpTable *table, const char *part)
{
    g_autoptr(SpTable) owned = table;
    g_autoptr(GError) error = NULL;
    assert_null(sp_texts_new(owned, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void faults_are_told_with_the_id(void **state)
{
    (void)state;
    assert_refused(TABLE("texts", columns, "a b c d", "a e f g"), "id \"a\" stands more than once");
    assert_refused(TABLE("texts", columns, "a b _ d"), "id \"a\" has no text in nn");
    assert_refused(TABLE("texts", columns, "a _ c d"), "id \"a\" has no text in nb");
    assert_refused(TABLE("texts", columns, "x b c d", "_ b c d"), "row 2 has no id");
    assert_refused(TABLE("texts", "id:key nb:attribute nn:attribute", "a b c"), "no column \"en\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_found_by_id_and_language),
        cmocka_unit_test(empty_english_falls_back_to_nb),
        cmocka_unit_test(hole_in_the_catalogue_shows_its_id),
        cmocka_unit_test(texts_outlive_their_table),
        cmocka_unit_test(faults_are_told_with_the_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
