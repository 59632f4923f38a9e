/* The small package of the tests of formats. */
#include "tests/outputs/package.h"

#include "tests/check.h"

#include "core/io/csv.h"
#include "core/table_rows.h"

#include <locale.h>
#include <time.h>

const char *const sp_test_hostile[] = {
    "<script>alert(\"1\")</script>",
    "=cmd|' /C calc'!A0",
    "\"quoted\", with comma; and 'more' & &amp;",
    "two\nlines",
    "../../etc/passwd",
    "č đ ŋ š ŧ ž",
    "+47 22 00 00 00",
    "-1+1",
    "@SUM(A1)",
    "\ttab first",
    "control \x01 and \x7f",
    "_x0041_",
    "]]><!-- --> %s %n",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaa"
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    "bbbbbb"
    "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
    "cccccc",
    NULL,
};

/* A sink that makes a table of codes. */
typedef struct {
    SpSink sink;
    const char *name;
    SpTable *table;
} Reader;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Reader *reader = (Reader *)sink;
    g_autofree SpColumn *columns = g_new0(SpColumn, n);
    (void)error;
    for (gsize i = 0; i < n; i++) {
        columns[i] = (SpColumn){.name = names[i], .kind = SP_COLUMN_CODE};
    }
    reader->table = sp_table_new(reader->name, columns, n);
    return TRUE;
}

static gboolean take_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    Reader *reader = (Reader *)sink;
    gsize row = sp_table_add_row(reader->table);
    (void)number;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        g_autofree char *text = g_strndup(fields[i].text, fields[i].size);
        sp_table_set_code(reader->table, row, i, text);
    }
    return TRUE;
}

SpTable *sp_test_config_read(const char *name)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", name, NULL);
    g_autofree char *bytes = sp_file_read(path, 1 << 24, &size, &error);
    assert_no_error(error);
    Reader reader = {.sink = {.begin = begin, .row = take_row}, .name = "config"};
    const SpCsvForm form = {
        .origin = path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    gboolean is_good = sp_csv_parse(bytes, size, &form, &reader.sink, &error);
    assert_no_error(error);
    assert_true(is_good);
    return reader.table;
}

static void set_row(SpTable *table, const char *const codes[], gsize n)
{
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < n; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
}

static SpTable *regions_new(void)
{
    static const SpColumn columns[] = {{.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "navn", .kind = SP_COLUMN_CODE},
                                       {.name = "slag", .kind = SP_COLUMN_CODE}};
    const char *const rows[][3] = {{"0", "Hele landet", "landet"},
                                   {"50", "Trøndelag - Trööndelage", "fylke"},
                                   {"5001", "Trondheim - Tråante", "kommune"},
                                   {"5006", sp_test_hostile[0], "kommune"},
                                   {"5007", sp_test_hostile[1], "kommune"},
                                   {"5014", sp_test_hostile[5], "kommune"}};
    SpTable *table = sp_table_new("region", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        set_row(table, rows[i], 3);
    }
    return table;
}

/* region x kjonn x alder x three periods. */
static SpTable *population_new(const char *name, const char *const ages[2])
{
    static const SpColumn columns[] = {
        {.name = "region",
         .kind = SP_COLUMN_CODE,
         .is_key = TRUE,
         .classification = "kommune@2024-01-01"},
        {.name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kjonn"},
        {.name = "alder", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "alder"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons", .is_additive = TRUE}};
    static const char *const regions[] = {"0", "50", "5001", "5006", "5007", "5014"};
    static const char *const periods[] = {"2024-01-01", "2025-01-01", "2026-01-01"};
    SpTable *table = sp_table_new(name, columns, G_N_ELEMENTS(columns));
    double value = 12345.0;
    for (gsize i = 0; i < G_N_ELEMENTS(regions) * 2 * 2 * 3; i++) {
        const char *const codes[] = {regions[i / 12], i / 6 % 2 == 0 ? "1" : "2", ages[i / 3 % 2],
                                     periods[i % 3]};
        set_row(table, codes, 4);
        sp_table_set_real(table, i, 4, sp_real(value));
        value += 1017.0;
    }
    sp_table_set_edition(table, "2026-02-25");
    return table;
}

/* Every status and every flag once, and figures that are not whole. */
static SpTable *staff_new(void)
{
    static const SpColumn columns[] = {
        {.name = "region",
         .kind = SP_COLUMN_CODE,
         .is_key = TRUE,
         .classification = "kommune@2024-01-01"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "sykepleier_aarsverk",
         .kind = SP_COLUMN_MEASURE,
         .unit = "aarsverk",
         .is_additive = TRUE}};
    SpTable *table = sp_table_new("aarsverk", columns, G_N_ELEMENTS(columns));
    const SpReal figures[] = {sp_real(2359.34),
                              sp_real(0.0),
                              sp_real_none(SP_BELOW_UNIT),
                              sp_real_none(SP_NOT_APPLICABLE),
                              sp_real_none(SP_PENDING),
                              sp_real_none(SP_MISSING),
                              sp_real_none(SP_SUPPRESSED),
                              sp_real_flagged(-1.0 / 3.0, SP_FLAG_PROVISIONAL),
                              sp_real_flagged(1e9, SP_FLAG_MODELLED),
                              sp_real_flagged(0.1, SP_FLAG_CARRIED_OVER | SP_FLAG_BREAK_BEFORE),
                              sp_real_flagged(12.05, SP_FLAG_STALE)};
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        g_autofree char *period = g_strdup_printf("%d", 2010 + (int)i);
        const char *const codes[] = {"5001", period};
        set_row(table, codes, 2);
        sp_table_set_real(table, i, 2, figures[i]);
    }
    return table;
}

static SpTable *sources_new(void)
{
    static const SpColumn columns[] = {{.name = "kilde", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "tittel", .kind = SP_COLUMN_CODE},
                                       {.name = "utgiver", .kind = SP_COLUMN_CODE},
                                       {.name = "lisens", .kind = SP_COLUMN_CODE},
                                       {.name = "side", .kind = SP_COLUMN_CODE},
                                       {.name = "oppdatert", .kind = SP_COLUMN_CODE}};
    SpTable *table = sp_table_new("kilder", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        g_autofree char *id = g_strdup_printf("test/%02d", (int)i);
        const char *const codes[] = {id,          sp_test_hostile[i],    "SSB",
                                     "CC BY 4.0", "https://www.ssb.no/", "2026-02-25"};
        set_row(table, codes, 6);
    }
    return table;
}

static SpTable *origins_new(void)
{
    static const SpColumn columns[] = {{.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "kilde", .kind = SP_COLUMN_CODE, .is_key = TRUE}};
    SpTable *table = sp_table_new("opphav", columns, G_N_ELEMENTS(columns));
    const char *const codes[] = {"befolkning", "test/00"};
    set_row(table, codes, 2);
    return table;
}

SpTestPackage *sp_test_package_new(const char *language)
{
    static const char *const notices[] = {"notice.syntetisk", "notice.ikke_for_publisering", NULL};
    static const char *const assets[] = {SP_SOURCE_FOLDER "/config/html/stil.css",
                                         SP_SOURCE_FOLDER "/config/html/statpakke.js", NULL};
    static const char *const bands[] = {"067-079", "080-105"};
    static const char *const years[] = {"067", "105"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) texts = sp_test_config_read("texts.csv");
    SpTestPackage *made = g_new0(SpTestPackage, 1);
    made->texts = sp_texts_new(texts, &error);
    assert_no_error(error);
    made->catalogue = sp_test_config_read("tables.csv");
    made->units = sp_test_config_read("units.csv");
    made->indicators = sp_test_config_read("indicators.csv");
    made->file_types = sp_test_config_read("filtyper.csv");
    made->vocabulary = sp_test_config_read("dcat.csv");
    made->regions = regions_new();
    made->origins = origins_new();
    made->tables = sp_tables_new();
    sp_tables_add(made->tables, population_new("befolkning", bands));
    sp_tables_add(made->tables, staff_new());
    sp_tables_add(made->tables, population_new("framskriving_befolkning_ettaarig", years));
    sp_tables_add(made->tables, sources_new());
    made->package = (SpPackage){.name = "fylke-50-troendelag",
                                .region = "50",
                                .title = "Trøndelag",
                                .language = language,
                                .edition = "2026-02-25-1a2b3c4d",
                                .tables = made->tables,
                                .regions = made->regions,
                                .origins = made->origins,
                                .catalogue = made->catalogue,
                                .units = made->units,
                                .indicators = made->indicators,
                                .file_types = made->file_types,
                                .vocabulary = made->vocabulary,
                                .texts = made->texts,
                                .template_folder = SP_SOURCE_FOLDER "/config/html",
                                .assets = assets,
                                .notices = notices};
    return made;
}

void sp_test_package_free(SpTestPackage *package)
{
    if (package == NULL) {
        return;
    }
    sp_tables_free(package->tables);
    sp_table_free(package->regions);
    sp_table_free(package->origins);
    sp_table_free(package->catalogue);
    sp_table_free(package->units);
    sp_table_free(package->indicators);
    sp_table_free(package->file_types);
    sp_table_free(package->vocabulary);
    sp_texts_free(package->texts);
    g_free(package);
}

void sp_test_catalogue_set(SpTable *catalogue, const char *table, const char *column,
                           const char *text)
{
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, sp_table_find(catalogue, "name")), table) == 0) {
            sp_table_set_code(catalogue, row, sp_table_find(catalogue, column), text);
            return;
        }
    }
    fail_msg("the catalogue has no table %s", table);
}

SpConfig *sp_test_config(const char *assignment)
{
    g_autoptr(GError) error = NULL;
    SpConfig *config = sp_config_new();
    static const char text[] =
        "[package]\nlicences = NLOD-2.0 CC-BY-4.0\nxlsx_max_rows = 100\nhtml_max_rows = 100\n"
        "html_max_details = 1000\njsonstat_max_emptiness = 20\n"
        "[publisher]\nname = Prøveetaten\nuri = https://data.example.no/prove\n"
        "contact_name = Statistikk\ncontact_email = post@example.no\n";
    sp_config_add(config, "test", text, &error);
    assert_no_error(error);
    if (assignment != NULL) {
        sp_config_set(config, "test", assignment, &error);
        assert_no_error(error);
    }
    return config;
}

static gboolean run(const SpOutput *output, const SpPackage *package, const char *assignment,
                    const char *folder, GError **error)
{
    g_autoptr(SpConfig) config = sp_test_config(assignment);
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "package", output->config_keys, output->n_config_keys);
    return output->write(package, settings, folder, error);
}

char *sp_test_write(const SpOutput *output, const SpPackage *package, const char *assignment)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    gboolean is_good = run(output, package, assignment, folder, &error);
    assert_no_error(error);
    assert_true(is_good);
    return folder;
}

SpTestWritten *sp_test_written_new(const SpOutput *output, SpTestPackage *package)
{
    SpTestWritten *made = g_new0(SpTestWritten, 1);
    made->package = package;
    made->folder = sp_test_write(output, &package->package, NULL);
    return made;
}

int sp_test_written_clean(void **state)
{
    SpTestWritten *made = *state;
    sp_test_folder_remove(made->folder);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

void sp_test_assert_same_again(const SpOutput *output, const SpPackage *package, const char *folder)
{
    g_setenv("TZ", "Pacific/Kiritimati", TRUE);
    tzset();
    /* Where the locale is installed its decimal comma must not get into a file. */
    setlocale(LC_ALL, "nb_NO.UTF-8");
    char *again = sp_test_write(output, package, NULL);
    setlocale(LC_ALL, "C");
    g_unsetenv("TZ");
    tzset();
    g_auto(GStrv) files = sp_folder_walk(again, NULL);
    assert_true(files[0] != NULL);
    for (char **file = files; *file != NULL; file++) {
        gsize size[2];
        g_autofree char *one = sp_test_file(folder, *file, &size[0]);
        g_autofree char *two = sp_test_file(again, *file, &size[1]);
        assert_int_equal(size[0], size[1]);
        assert_memory_equal(one, two, size[0]);
    }
    sp_test_folder_remove(again);
}

GError *sp_test_write_fails(const SpOutput *output, const SpPackage *package,
                            const char *assignment)
{
    GError *error = NULL;
    char *folder = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    assert_false(run(output, package, assignment, folder, &error));
    assert_non_null(error);
    sp_test_folder_remove(folder);
    return error;
}

void sp_test_folder_remove(char *folder)
{
    g_autoptr(GError) error = NULL;
    sp_folder_remove(folder, &error);
    assert_no_error(error);
    g_free(folder);
}

char *sp_test_file(const char *folder, const char *name, gsize *size)
{
    g_autoptr(GError) error = NULL;
    gsize n = 0;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *bytes = sp_file_read(path, 1 << 24, size != NULL ? size : &n, &error);
    assert_no_error(error);
    return bytes;
}
