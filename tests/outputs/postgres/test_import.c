/* What is imported: every cell as it stands in the files, each figure once, and nothing by
 * halves. */
#include "tests/check.h"
#include "tests/outputs/package.h"
#include "tests/outputs/postgres/editions.h"
#include "tests/outputs/postgres/server.h"

#include "core/io/csv.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/number.h"
#include "outputs/views.h"

enum { MAX_SIZE = 1 << 24 };

static Server *server;

static int start(void **state)
{
    (void)state;
    server = server_new("test_outputs_postgres_import");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    g_clear_pointer(&server, server_free);
    return 0;
}

/* A root with the first edition, and the form of a schema of its own. */
typedef struct {
    char *root, *folder, *steps;
    SpPortalForm form;
} World;

static World *world_new(const char *schema)
{
    World *world = g_new0(World, 1);
    world->root = g_dir_make_tmp("sp-portal-XXXXXX", NULL);
    world->folder = edition_make(world->root, FIRST);
    world->steps = g_build_filename(SP_SOURCE_FOLDER, "config", "portal", NULL);
    world->form = (SpPortalForm){.place = {"eier", server->service_file, server->pass_file},
                                 .schema = schema,
                                 .steps_folder = world->steps};
    return world;
}

static void world_free(World *world)
{
    sp_test_folder_remove(world->root);
    g_free(world->folder);
    g_free(world->steps);
    g_free(world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

#define WORLD(name)                                                                                \
    if (server == NULL) {                                                                          \
        skip();                                                                                    \
    }                                                                                              \
    g_autoptr(World) world = world_new(name)

static gboolean import(const World *world, GError **error)
{
    static const SpPortalTold told = {.edition = FIRST, .state = "current"};
    g_autofree char *left = NULL;
    g_autoptr(SpPortal) portal = sp_portal_open(&world->form, error);
    return portal != NULL && sp_portal_follow(portal, &told, 1, world->folder, &left, error) &&
           left == NULL;
}

static void import_well(const World *world)
{
    g_autoptr(GError) error = NULL;
    (void)import(world, &error);
    assert_no_error(error);
}

/* ---- cells ---- */

/* Rows of a file beside rows of a view in the same order. */
typedef struct {
    SpSink sink;
    const char *table;
    const json_t *fields;
    SpAnswer *answer;
    gsize row;
} Beside;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    const Beside *beside = (const Beside *)sink;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        assert_string_equal(names[i], json_string_value(json_object_get(
                                          json_array_get(beside->fields, i), "name")));
    }
    return TRUE;
}

static void check_cell(const Beside *beside, gsize column, SpField field, gboolean is_number)
{
    const char *cell = sp_answer_text(beside->answer, beside->row, column);
    double want = 0.0;
    double got = 0.0;
    if (is_number && field.size == 0) {
        assert_null(cell);
        return;
    }
    assert_non_null(cell);
    if (!is_number) {
        assert_int_equal(strlen(cell), field.size);
        assert_memory_equal(cell, field.text, field.size);
        return;
    }
    assert_true(sp_number_parse(field.text, field.size, sp_number_plain, &want));
    assert_true(sp_number_parse(cell, strlen(cell), sp_number_plain, &got));
    assert_memory_equal(&want, &got, sizeof(double));
}

static gboolean check_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                          GError **error)
{
    Beside *beside = (Beside *)sink;
    (void)number;
    (void)error;
    assert_true(beside->row < sp_answer_n_rows(beside->answer));
    for (gsize i = 0; i < n; i++) {
        const char *type =
            json_string_value(json_object_get(json_array_get(beside->fields, i), "type"));
        check_cell(beside, i, fields[i], strcmp(type, "number") == 0);
    }
    beside->row++;
    return TRUE;
}

/* `sql` gives the columns of the view in the order of the file. */
static char *select_of(const json_t *resource)
{
    const json_t *schema = json_object_get(resource, "schema");
    GString *sql = g_string_new("SELECT ");
    size_t i = 0;
    json_t *part = NULL;
    json_array_foreach(json_object_get(schema, "fields"), i, part)
    {
        g_string_append_printf(sql, "%s\"%s\"", i > 0 ? ", " : "",
                               json_string_value(json_object_get(part, "name")));
    }
    g_string_append_printf(sql, " FROM cells.\"current_%s\" ORDER BY ",
                           json_string_value(json_object_get(resource, "name")));
    json_array_foreach(json_object_get(schema, "primaryKey"), i, part)
    {
        g_string_append_printf(sql, "%s\"%s\" COLLATE \"C\"", i > 0 ? ", " : "",
                               json_string_value(part));
    }
    return g_string_free(sql, FALSE);
}

static void check_table(const char *package, const json_t *resource)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sql = select_of(resource);
    g_autoptr(SpPostgres) session = server_open(server, "eier");
    g_autoptr(SpAnswer) answer = sp_postgres_ask(session, sql, NULL, 0, &error);
    assert_no_error(error);
    Beside beside = {.sink = {.begin = begin, .row = check_row},
                     .table = json_string_value(json_object_get(resource, "name")),
                     .fields = json_object_get(json_object_get(resource, "schema"), "fields"),
                     .answer = answer};
    gsize size = 0;
    g_autofree char *path =
        g_build_filename(package, json_string_value(json_object_get(resource, "path")), NULL);
    g_autofree char *text = sp_file_read(path, MAX_SIZE, &size, &error);
    const SpCsvForm form = {
        .origin = path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    assert_true(sp_csv_parse(text, size, &form, &beside.sink, &error));
    assert_true(beside.row > 0);
    assert_int_equal(beside.row, sp_answer_n_rows(answer));
}

static void every_cell_of_the_files_is_in_the_database_once(void **state)
{
    (void)state;
    WORLD("cells");
    size_t i = 0;
    json_t *resource = NULL;
    g_autoptr(GError) error = NULL;
    import_well(world);
    g_autofree char *package = g_build_filename(world->folder, "fylke-15-moere-og-romsdal", NULL);
    g_autofree char *path = g_build_filename(package, "datapackage.json", NULL);
    g_autoptr(json_t) descriptor = sp_json_read(path, MAX_SIZE, &error);
    assert_no_error(error);
    json_array_foreach(json_object_get(descriptor, "resources"), i, resource)
    {
        check_table(package, resource);
    }
    assert_int_equal(i, 4);
}

static void words_of_codes_are_there_in_three_languages(void **state)
{
    (void)state;
    WORLD("words");
    import_well(world);
    g_autofree char *both =
        server_ask(server, "SELECT nb, nn, en FROM words.current_kode_kjonn WHERE kode = '1'");
    assert_string_equal(both, "Menn|Menn|Men\n");
    g_autofree char *packages =
        server_ask(server, "SELECT navn, spraak FROM words.current_pakke ORDER BY navn");
    assert_string_equal(packages, "fylke-15-moere-og-romsdal|nn\nfylke-50-troendelag|nb\n");
    /* Every code of a column has its words: `kolonne` says where. */
    g_autofree char *lost = server_ask(
        server,
        "SELECT count(*) FROM words.current_befolkning x LEFT JOIN words.current_kode_alder "
        "k ON k.kode = x.alder WHERE k.kode IS NULL");
    assert_string_equal(lost, "0\n");
    g_autofree char *told = server_ask(
        server, "SELECT col_description('words.current_befolkning'::regclass, attnum) FROM "
                "pg_attribute WHERE attrelid = 'words.current_befolkning'::regclass AND attname = "
                "'innbyggere'");
    assert_string_equal(told, "Innbyggere (personer)\n");
}

static void notices_stand_beside_the_edition_and_its_figures(void **state)
{
    (void)state;
    WORLD("notices");
    import_well(world);
    g_autofree char *current =
        server_ask(server, "SELECT utgave, dag, merknad, pakker FROM notices.current");
    assert_string_equal(current, FIRST "|2026-02-25|SYNTETISKE DATA · Ikkje for publisering|2\n");
    g_autofree char *view =
        server_ask(server, "SELECT DISTINCT merknad, utgave FROM notices.v_befolkning");
    assert_string_equal(view, "SYNTETISKE DATA · Ikkje for publisering|" FIRST "\n");
}

/* Packages word it each in its language: that is no difference. */
static void every_row_says_the_notice_in_the_words_of_a_package(void **state)
{
    (void)state;
    WORLD("rows");
    import_well(world);
    g_autofree char *words =
        server_ask(server, "SELECT DISTINCT merknad FROM rows.current_befolkning");
    assert_string_equal(words, "Ikkje for publisering\n");
}

static void titles_in_another_language_stand_in_for_those_in_bokmaal(void **state)
{
    (void)state;
    WORLD("titles");
    static const char *const packages[] = {"fylke-15-moere-og-romsdal", "fylke-50-troendelag"};
    for (gsize i = 0; i < G_N_ELEMENTS(packages); i++) {
        g_autofree char *path =
            g_build_filename(world->folder, packages[i], "datapackage.json", NULL);
        g_autofree char *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_auto(GStrv) parts = g_strsplit(text, "sp:title_nb", -1);
        g_autofree char *other = g_strjoinv("sp:title_sv", parts);
        assert_true(g_file_set_contents(path, other, -1, NULL));
    }
    import_well(world);
    g_autofree char *told = server_ask(
        server, "SELECT count(*), count(*) FILTER (WHERE description LIKE '%(null)%') FROM "
                "pg_description d JOIN pg_class c ON c.oid = d.objoid WHERE c.relnamespace = "
                "'titles'::regnamespace AND c.relname = 'befolkning'");
    assert_string_not_equal(told, "0|0\n");
    assert_has(told, "|0\n");
}

/* The tables that a view reads, with columns of text. */
static char *tables_of(const SpView *view)
{
    GString *sql = g_string_new(
        "DROP SCHEMA IF EXISTS views CASCADE; CREATE SCHEMA views; SET search_path TO views; "
        "CREATE TABLE current_kode_period (kode text, nb text, aar bigint); "
        "CREATE TABLE current_kode_region (kode text, nb text, slag text); "
        "CREATE TABLE current_indikator (kode text, nb text, enhet text); ");
    static const char *const lists[] = {"yrke", "kjonn", "alder", "tjeneste"};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_string_append_printf(sql, "CREATE TABLE current_kode_%s (kode text, nb text); ",
                               lists[i]);
    }
    g_auto(GStrv) columns = g_strsplit(view->columns, " ", -1);
    g_string_append_printf(sql, "CREATE TABLE current_%s (", view->table);
    for (gsize i = 0; columns[i] != NULL; i++) {
        g_string_append_printf(sql, "%s%s text, %s_status text", i > 0 ? ", " : "", columns[i],
                               columns[i]);
    }
    g_string_append(sql, "); ");
    return g_string_free(sql, FALSE);
}

static void the_views_that_sqlite_has_are_read_by_postgresql_too(void **state)
{
    (void)state;
    if (server == NULL) {
        skip();
    }
    const SpViewWords words = {.language = "nb", .prefix = "current_", .columns = ""};
    for (gsize i = 0; i < sp_views_size(); i++) {
        g_autofree char *tables = tables_of(sp_views_at(i));
        g_autofree char *select = sp_view_sql(sp_views_at(i), &words);
        g_autofree char *sql = g_strconcat(tables, select, NULL);
        server_run(server, sql);
    }
}

/* ---- what is refused ---- */

static void assert_refused(const World *world, int code, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_false(import(world, &error));
    assert_error(error, code, part);
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM pg_namespace WHERE nspname = '%s'",
                                           world->form.schema);
    g_autofree char *there = server_ask(server, sql);
    assert_string_equal(there, "0\n");
}

static void packages_that_do_not_say_the_same_are_refused(void **state)
{
    (void)state;
    WORLD("differ");
    edition_alter(world->folder, "fylke-50-troendelag/data/kilder.csv", "test/05,č đ ŋ š ŧ ž",
                  "test/05,c d n s t z");
    assert_refused(world, SP_ERROR_DATA,
                   "table kilder: kilde=test/05: tittel is \"č đ ŋ š ŧ ž\" in "
                   "fylke-15-moere-og-romsdal and \"c d n s t z\" in fylke-50-troendelag");
}

static void a_package_that_says_less_of_itself_is_refused(void **state)
{
    (void)state;
    WORLD("less");
    edition_alter(world->folder, "fylke-50-troendelag/datapackage.json", "\"SYNTETISKE DATA\",",
                  "");
    assert_refused(world, SP_ERROR_DATA, "has 1 notices");
}

static void a_row_without_the_notice_is_refused(void **state)
{
    (void)state;
    WORLD("silent");
    edition_alter(world->folder, "fylke-50-troendelag/data/aarsverk.csv", "Ikke for publisering",
                  "");
    assert_refused(world, SP_ERROR_DATA, "merknad is \"Ikkje for publisering\"");
}

static void rows_out_of_order_are_refused(void **state)
{
    (void)state;
    WORLD("disorder");
    edition_alter(world->folder, "fylke-50-troendelag/data/kilder.csv", "test/05,", "test/04,");
    assert_refused(world, SP_ERROR_DATA, "kilde=test/04 stands twice");
}

static void a_figure_that_is_no_number_is_refused(void **state)
{
    (void)state;
    WORLD("letters");
    static const char *const files[] = {"fylke-15-moere-og-romsdal/data/aarsverk.csv",
                                        "fylke-50-troendelag/data/aarsverk.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        edition_alter(world->folder, files[i], "-0.333333333", "-0.x33333333");
    }
    assert_refused(world, SP_ERROR_DATA, "double precision");
}

static void a_file_of_other_columns_is_refused(void **state)
{
    (void)state;
    WORLD("columns");
    edition_alter(world->folder, "fylke-50-troendelag/data/kilder.csv", "utgiver", "forlag");
    assert_refused(world, SP_ERROR_DATA, "not those of its descriptor");
}

static void an_edition_without_the_sqlite_copy_is_refused(void **state)
{
    (void)state;
    WORLD("copy");
    g_autofree char *copy =
        g_build_filename(world->folder, "fylke-50-troendelag", "statistikkpakke.sqlite", NULL);
    assert_int_equal(g_remove(copy), 0);
    assert_refused(world, SP_ERROR_CONFIG, "package.formats");
}

/* ---- where the database is ---- */

static void assert_not_open(const SpPostgresPlace *place, int code, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_postgres_open(place, &error));
    assert_error(error, code, part);
    assert_null(strstr(error->message, SERVER_PASSWORD));
}

static void what_is_wrong_with_the_way_there_is_told_by_its_kind(void **state)
{
    (void)state;
    WORLD("place");
    SpPostgresPlace place = world->form.place;
    place.service = "ingen";
    assert_not_open(&place, SP_ERROR_CONFIG, "\"ingen\" not found");
    g_autofree char *wrong = g_build_filename(world->root, "wrong", NULL);
    place.service = "eier";
    place.pass_file = wrong;
    assert_not_open(&place, SP_ERROR_NO_INPUT, "portal.pass_file");
    assert_true(g_file_set_contents(wrong, "*:*:*:*:feil\n", -1, NULL));
    assert_not_open(&place, SP_ERROR_PERMISSION, "authentication failed");
    server_stop(server);
    assert_not_open(&world->form.place, SP_ERROR_UNAVAILABLE, "eier");
    server_start(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_of_the_files_is_in_the_database_once),
        cmocka_unit_test(words_of_codes_are_there_in_three_languages),
        cmocka_unit_test(notices_stand_beside_the_edition_and_its_figures),
        cmocka_unit_test(every_row_says_the_notice_in_the_words_of_a_package),
        cmocka_unit_test(titles_in_another_language_stand_in_for_those_in_bokmaal),
        cmocka_unit_test(the_views_that_sqlite_has_are_read_by_postgresql_too),
        cmocka_unit_test(packages_that_do_not_say_the_same_are_refused),
        cmocka_unit_test(a_package_that_says_less_of_itself_is_refused),
        cmocka_unit_test(a_row_without_the_notice_is_refused),
        cmocka_unit_test(rows_out_of_order_are_refused),
        cmocka_unit_test(a_figure_that_is_no_number_is_refused),
        cmocka_unit_test(a_file_of_other_columns_is_refused),
        cmocka_unit_test(an_edition_without_the_sqlite_copy_is_refused),
        cmocka_unit_test(what_is_wrong_with_the_way_there_is_told_by_its_kind),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
