#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "outputs/forklaring.h"

#include <sys/stat.h>
extern const SpOutput sp_output_datapackage;

typedef struct {
    SpTestPackage *package;
    char *folder;
    json_t *descriptor;
} State;

static int write_once(void **state)
{
    g_autoptr(GError) error = NULL;
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new("nb");
    made->folder = sp_test_write(&sp_output_datapackage, &made->package->package, NULL);
    g_autofree char *path = g_build_filename(made->folder, "datapackage.json", NULL);
    made->descriptor = sp_json_read(path, 1 << 24, &error);
    assert_no_error(error);
    *state = made;
    return 0;
}

static int clean(void **state)
{
    State *made = *state;
    json_decref(made->descriptor);
    sp_test_folder_remove(made->folder);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *resource(const State *made, const char *name)
{
    json_t *found = NULL;
    json_t *item = NULL;
    gsize i = 0;
    json_array_foreach(json_object_get(made->descriptor, "resources"), i, item)
    {
        if (strcmp(text_at(item, "name"), name) == 0) {
            found = item;
        }
    }
    assert_non_null(found);
    return found;
}

static json_t *field(const State *made, const char *table, const char *name)
{
    json_t *found = NULL;
    json_t *item = NULL;
    gsize i = 0;
    json_array_foreach(json_object_get(json_object_get(resource(made, table), "schema"), "fields"),
                       i, item)
    {
        if (strcmp(text_at(item, "name"), name) == 0) {
            found = item;
        }
    }
    assert_non_null(found);
    return found;
}

static void package_says_what_it_is(void **state)
{
    const State *made = *state;
    assert_string_equal(text_at(made->descriptor, "name"), "fylke-50-troendelag");
    assert_string_equal(text_at(made->descriptor, "title"),
                        "Statistikkpakke for helse- og omsorgstjenesten: Trøndelag");
    assert_string_equal(text_at(made->descriptor, "version"), "2026-02-25-1a2b3c4d");
    assert_string_equal(text_at(made->descriptor, "created"), "2026-02-25T00:00:00Z");
    assert_string_equal(text_at(made->descriptor, "sp:language"), "nb");
    assert_string_equal(text_at(made->descriptor, "profile"), "tabular-data-package");
}

static void titles_stand_in_three_languages(void **state)
{
    const State *made = *state;
    const json_t *table = resource(made, "befolkning");
    const json_t *column = field(made, "befolkning", "alder");
    assert_string_equal(text_at(made->descriptor, "sp:title_nb"),
                        text_at(made->descriptor, "title"));
    assert_string_equal(text_at(made->descriptor, "sp:title_nn"),
                        "Statistikkpakke for helse- og omsorgstenesta: Trøndelag");
    assert_string_equal(text_at(made->descriptor, "sp:title_en"),
                        "Statistics package for health and care services: Trøndelag");
    assert_string_equal(text_at(table, "sp:title_en"), "Population by sex and age");
    assert_string_equal(text_at(column, "sp:title_nb"), text_at(column, "title"));
    assert_string_equal(text_at(column, "sp:title_en"), "Age");
}

static void a_resource_has_the_sha256_of_its_file(void **state)
{
    const State *made = *state;
    char hex[SP_HASH_SIZE];
    g_autofree char *path = g_build_filename(made->folder, "data", "befolkning.csv", NULL);
    assert_true(sp_file_hash(path, hex, NULL));
    g_autofree char *wanted = g_strconcat("sha256:", hex, NULL);
    assert_string_equal(text_at(resource(made, "befolkning"), "hash"), wanted);
}

static void the_descriptor_names_its_form_by_both_standards(void **state)
{
    const State *made = *state;
    assert_string_equal(text_at(made->descriptor, "$schema"),
                        "https://datapackage.org/profiles/2.0/datapackage.json");
    assert_string_equal(text_at(made->descriptor, "profile"), "tabular-data-package");
    assert_string_equal(text_at(made->descriptor, "sp:schema"), SP_PACKAGE_VERSION);
    assert_null(json_object_get(made->descriptor, "sp:publicKey"));
}

static void notices_stand_in_package_and_every_resource(void **state)
{
    const State *made = *state;
    json_t *item = NULL;
    gsize i = 0;
    assert_non_null(strstr(text_at(made->descriptor, "description"), "SYNTETISKE DATA"));
    json_array_foreach(json_object_get(made->descriptor, "resources"), i, item)
    {
        assert_non_null(
            strstr(text_at(item, "description"), "SYNTETISKE DATA · Ikke for publisering"));
    }
    assert_int_equal(json_array_size(json_object_get(made->descriptor, "sp:notices")), 2);
}

static void licences_have_name_path_and_title(void **state)
{
    const State *made = *state;
    const json_t *licences = json_object_get(made->descriptor, "licenses");
    assert_int_equal(json_array_size(licences), 2);
    assert_string_equal(text_at(json_array_get(licences, 0), "name"), "NLOD-2.0");
    assert_string_equal(text_at(json_array_get(licences, 0), "path"),
                        "https://data.norge.no/nlod/no/2.0");
    assert_non_null(text_at(json_array_get(licences, 1), "title"));
}

static void each_resource_lies_in_data_with_title_and_key(void **state)
{
    const State *made = *state;
    const json_t *item = resource(made, "befolkning");
    g_autofree char *path = g_build_filename(made->folder, text_at(item, "path"), NULL);
    assert_string_equal(text_at(item, "path"), "data/befolkning.csv");
    assert_string_equal(text_at(item, "title"), "Folkemengde etter kjønn og alder");
    assert_int_equal(
        json_array_size(json_object_get(json_object_get(item, "schema"), "primaryKey")), 4);
    assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

static void fields_have_titles_and_units_in_words(void **state)
{
    const State *made = *state;
    assert_string_equal(text_at(field(made, "befolkning", "kjonn"), "title"), "Kjønn");
    assert_string_equal(text_at(field(made, "aarsverk", "sykepleier_aarsverk"), "title"),
                        "Sykepleierårsverk");
    assert_string_equal(text_at(field(made, "aarsverk", "sykepleier_aarsverk"), "description"),
                        "årsverk");
    assert_string_equal(text_at(field(made, "aarsverk", "sykepleier_aarsverk_status"), "title"),
                        "Sykepleierårsverk, tegn");
}

static void codes_of_a_field_are_explained_where_the_descriptor_says(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpWords) words = sp_words_new(&package->package, &error);
    sp_tables_add(package->tables, sp_forklaring_new(words));
    State made = {.package = package};
    made.folder = sp_test_write(&sp_output_datapackage, &package->package, NULL);
    g_autofree char *path = g_build_filename(made.folder, "datapackage.json", NULL);
    made.descriptor = sp_json_read(path, 1 << 24, &error);
    assert_no_error(error);
    g_autofree char *csv = sp_test_file(made.folder, "data/forklaring.csv", NULL);
    assert_string_equal(text_at(field(&made, "befolkning", "region"), "description"),
                        "Kodene er forklart i data/forklaring.csv (slag = region)");
    assert_null(text_at(field(&made, "befolkning", "period"), "description"));
    assert_has(csv, "\nregion,5001,Trondheim - Tråante");
    json_decref(made.descriptor);
    sp_test_folder_remove(made.folder);
}

static void folder_holds_one_descriptor_and_the_data_readable_by_all(void **state)
{
    const State *made = *state;
    g_auto(GStrv) files = sp_folder_walk(made->folder, NULL);
    g_autofree char *all = g_strjoinv(" ", files);
    assert_string_equal(all, "data/aarsverk.csv data/befolkning.csv "
                             "data/framskriving_befolkning_ettaarig.csv data/kilder.csv "
                             "datapackage.json");
    for (gsize i = 0; files[i] != NULL; i++) {
        g_autofree char *path = g_build_filename(made->folder, files[i], NULL);
        GStatBuf status;
        assert_int_equal(g_stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0644);
    }
}

static void statuses_and_flags_stand_beside_the_figures(void **state)
{
    const State *made = *state;
    g_autofree char *text = sp_test_file(made->folder, "data/aarsverk.csv", NULL);
    assert_non_null(strstr(text, "5001,2010,2359.34,,\n"));
    assert_non_null(strstr(text, "5001,2011,0,-,\n"));
    assert_non_null(strstr(text, "5001,2016,,:,\n"));
    assert_non_null(strstr(text, "5001,2017,-0.333333333,,p\n"));
    assert_non_null(strstr(text, "5001,2019,0.1,,cb\n"));
}

static void hostile_texts_come_back_unchanged_from_the_csv(void **state)
{
    const State *made = *state;
    g_autoptr(GError) error = NULL;
    /* The inner form that sp_tables_read wants: CSV beside its descriptor. */
    g_autofree char *copy = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    g_autoptr(SpTables) wanted = sp_tables_new();
    sp_tables_add(wanted, sp_table_copy(sp_tables_find(made->package->tables, "kilder")));
    assert_true(sp_tables_write(wanted, copy, "copy", 0644, &error));
    g_autofree char *ours = sp_test_file(made->folder, "data/kilder.csv", NULL);
    g_autofree char *theirs = sp_test_file(copy, "kilder.csv", NULL);
    assert_string_equal(ours, theirs);
    g_autoptr(SpTables) read = sp_tables_read(copy, NULL, &error);
    assert_no_error(error);
    const SpTable *table = sp_tables_find(read, "kilder");
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        assert_string_equal(sp_table_code(table, i, 1), sp_test_hostile[i]);
    }
    sp_test_folder_remove(g_steal_pointer(&copy));
}

static void sources_are_named_with_publisher_and_page(void **state)
{
    const State *made = *state;
    const json_t *first = json_array_get(json_object_get(made->descriptor, "sources"), 0);
    assert_string_equal(text_at(first, "title"), "SSB: <script>alert(\"1\")</script>");
    assert_string_equal(text_at(first, "path"), "https://www.ssb.no/");
}

static void a_table_names_its_own_sources_alone(void **state)
{
    const State *made = *state;
    const json_t *sources = json_object_get(resource(made, "befolkning"), "sources");
    assert_int_equal(json_array_size(sources), 1);
    const json_t *only = json_array_get(sources, 0);
    assert_string_equal(text_at(only, "title"), "SSB: <script>alert(\"1\")</script>");
    assert_string_equal(text_at(only, "path"), "https://www.ssb.no/");
    assert_null(json_object_get(resource(made, "kilder"), "sources"));
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const State *made = *state;
    sp_test_assert_same_again(&sp_output_datapackage, &made->package->package, made->folder);
}

static void package_without_sources_has_no_empty_list(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    sp_table_free(sp_tables_steal(package->tables, "kilder"));
    char *folder = sp_test_write(&sp_output_datapackage, &package->package, NULL);
    g_autofree char *text = sp_test_file(folder, "datapackage.json", NULL);
    assert_null(strstr(text, "\"sources\""));
    assert_non_null(strstr(text, "Ikkje for publisering"));
    sp_test_folder_remove(folder);
}

/* The package's licences are the publisher's; its source lends this table's figures. */
static void a_table_has_the_terms_of_its_own_sources(void **state)
{
    const State *made = *state;
    const json_t *terms = json_object_get(resource(made, "befolkning"), "licenses");
    assert_int_equal(json_array_size(terms), 1);
    assert_string_equal(text_at(json_array_get(terms, 0), "name"), "CC-BY-4.0");
    assert_null(json_object_get(resource(made, "aarsverk"), "licenses"));
}

static void what_is_lent_by_agreement_is_told_in_its_words(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *sources = sp_tables_find(package->tables, "kilder");
    sp_table_set_code(sources, 0, sp_table_find(sources, "lisens"), "Etter avtale med KS");
    char *folder = sp_test_write(&sp_output_datapackage, &package->package, NULL);
    gsize size = 0;
    g_autofree char *text = sp_test_file(folder, "datapackage.json", &size);
    g_autoptr(json_t) descriptor = json_loads(text, 0, NULL);
    const State made = {.descriptor = descriptor};
    const json_t *terms =
        json_array_get(json_object_get(resource(&made, "befolkning"), "licenses"), 0);
    assert_string_equal(text_at(terms, "title"), "Etter avtale med KS");
    assert_string_equal(text_at(terms, "path"), "https://www.ssb.no/");
    assert_null(text_at(terms, "name"));
    sp_test_folder_remove(folder);
}

static void licence_without_texts_is_a_config_error(void **state)
{
    const State *made = *state;
    g_autoptr(GError) error = sp_test_write_fails(&sp_output_datapackage, &made->package->package,
                                                  "package.licences=MIT");
    assert_error(error, SP_ERROR_CONFIG, "licence.MIT");
}

/* What bears a notice bears it in its rows: without any, a CSV would not say it. */
static void a_table_without_rows_is_no_file_where_a_notice_is_due(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    const SpColumn columns[] = {{.name = "region", .is_key = TRUE},
                                {.name = "aarsverk", .kind = SP_COLUMN_MEASURE}};
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    sp_tables_add(made->tables, sp_table_new("brukere", columns, G_N_ELEMENTS(columns)));
    g_autofree char *marked = sp_test_write(&sp_output_datapackage, &made->package, NULL);
    made->package.notices = none;
    g_autofree char *plain = sp_test_write(&sp_output_datapackage, &made->package, NULL);
    g_autofree char *without = g_build_filename(marked, "data", "brukere.csv", NULL);
    g_autofree char *header = g_build_filename(plain, "data", "brukere.csv", NULL);
    g_autofree char *descriptor = sp_test_file(marked, "datapackage.json", NULL);
    assert_false(g_file_test(without, G_FILE_TEST_EXISTS));
    assert_null(strstr(descriptor, "data/brukere.csv"));
    assert_true(g_file_test(header, G_FILE_TEST_EXISTS));
    sp_test_folder_remove(g_strdup(marked));
    sp_test_folder_remove(g_strdup(plain));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(package_says_what_it_is),
        cmocka_unit_test(titles_stand_in_three_languages),
        cmocka_unit_test(a_resource_has_the_sha256_of_its_file),
        cmocka_unit_test(the_descriptor_names_its_form_by_both_standards),
        cmocka_unit_test(notices_stand_in_package_and_every_resource),
        cmocka_unit_test(licences_have_name_path_and_title),
        cmocka_unit_test(each_resource_lies_in_data_with_title_and_key),
        cmocka_unit_test(fields_have_titles_and_units_in_words),
        cmocka_unit_test(codes_of_a_field_are_explained_where_the_descriptor_says),
        cmocka_unit_test(folder_holds_one_descriptor_and_the_data_readable_by_all),
        cmocka_unit_test(statuses_and_flags_stand_beside_the_figures),
        cmocka_unit_test(hostile_texts_come_back_unchanged_from_the_csv),
        cmocka_unit_test(sources_are_named_with_publisher_and_page),
        cmocka_unit_test(a_table_names_its_own_sources_alone),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
        cmocka_unit_test(package_without_sources_has_no_empty_list),
        cmocka_unit_test(a_table_has_the_terms_of_its_own_sources),
        cmocka_unit_test(what_is_lent_by_agreement_is_told_in_its_words),
        cmocka_unit_test(licence_without_texts_is_a_config_error),
        cmocka_unit_test(a_table_without_rows_is_no_file_where_a_notice_is_due),
    };
    return cmocka_run_group_tests(tests, write_once, clean);
}
