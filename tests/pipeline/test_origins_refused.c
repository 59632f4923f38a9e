/* Origins of results that are not as their units leave them: what is wrong is told of its input,
 * and no table silently loses a source. */
#include "tests/core/io/folder.h"
#include "tests/core/rows.h"

#include "core/io/tablefiles.h"
#include "pipeline/origins.h"

#define FACTS "normalise/befolkning"
#define MEASURED "vary/landet"

static SpTable *catalogue(void)
{
    return TABLE("tabeller", "name:key source:attribute", "befolkning folkemengde",
                 "ukjent finnes_ikke");
}

static void write_uses(const char *folder, SpTable *uses)
{
    g_autoptr(SpTables) tables = sp_tables_new();
    g_autoptr(GError) error = NULL;
    sp_tables_add(tables, uses);
    sp_tables_write(tables, folder, "befolkning", 0644, &error);
    assert_no_error(error);
}

/* The table of a unit with one input of a stage, which lies in `folder`. */
static SpTable *origins_of(const char *folder, const char *input_name, SpTable *list,
                           GError **error)
{
    g_autoptr(SpTable) owned = list;
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_input_free);
    SpInput *input = sp_input_new(SP_INPUT_STAGE, input_name);
    input->path = g_strdup(folder);
    g_ptr_array_add(inputs, input);
    const SpUnit unit = {.inputs = inputs};
    return sp_origins_table(&unit, owned, error);
}

static void source_that_no_input_has_gives_no_row(void **state)
{
    g_autoptr(GError) error = NULL;
    write_uses(*state,
               TABLE("kildebruk", "kilde:key tabell:attribute", "ssb/folkemengde folkemengde"));
    g_autoptr(SpTable) table = origins_of(*state, FACTS, catalogue(), &error);
    assert_no_error(error);
    assert_rows(table, "befolkning ssb/folkemengde");
}

static void unit_that_is_not_there_is_no_input(void **state)
{
    static const char *const names[] = {FACTS, MEASURED};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(origins_of(*state, names[i], catalogue(), &error));
        assert_error(error, SP_ERROR_NO_INPUT, names[i]);
    }
}

static void facts_that_do_not_say_what_made_them_are_no_input(void **state)
{
    g_autoptr(GError) error = NULL;
    write_uses(*state, TABLE("folkemengde", "region:key", "0301"));
    assert_null(origins_of(*state, FACTS, catalogue(), &error));
    assert_error(error, SP_ERROR_NO_INPUT, FACTS);
}

static void use_without_its_columns_is_damaged(void **state)
{
    static const char *const columns[] = {"kilde:key made:attribute", "from:key tabell:attribute"};
    static const char *const lacking[] = {"tabell", "kilde"};
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *folder = path_in(state, lacking[i]);
        assert_int_equal(g_mkdir(folder, 0755), 0);
        write_uses(folder, TABLE("kildebruk", columns[i], "ssb/folkemengde folkemengde"));
        assert_null(origins_of(folder, FACTS, catalogue(), &error));
        assert_error(error, SP_ERROR_DATA, lacking[i]);
        assert_has(error->message, FACTS);
    }
}

static void damaged_manifest_is_told_of_its_unit(void **state)
{
    g_autofree char *manifest = path_in(state, "manifest.json");
    g_autoptr(GError) error = NULL;
    put_text(manifest, "{\"stage\": \"vary\"}\n");
    assert_null(origins_of(*state, MEASURED, catalogue(), &error));
    assert_error(error, SP_ERROR_DATA, MEASURED);
}

static void catalogue_without_its_columns_is_refused(void **state)
{
    static const char *const columns[] = {"name:key made:attribute", "table:key source:attribute"};
    static const char *const lacking[] = {"source", "name"};
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(origins_of(*state, FACTS, TABLE("tabeller", columns[i], "a b"), &error));
        assert_error(error, SP_ERROR_DATA, lacking[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(source_that_no_input_has_gives_no_row),
        FOLDER_TEST(unit_that_is_not_there_is_no_input),
        FOLDER_TEST(facts_that_do_not_say_what_made_them_are_no_input),
        FOLDER_TEST(use_without_its_columns_is_damaged),
        FOLDER_TEST(damaged_manifest_is_told_of_its_unit),
        FOLDER_TEST(catalogue_without_its_columns_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
