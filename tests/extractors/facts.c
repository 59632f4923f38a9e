/* Bytes to facts. */
#include "tests/extractors/facts.h"

#include "core/builder.h"
#include "core/io/csv.h"
#include "extractors/extractor.h"
#include "tests/check.h"
#include "tests/extractors/record.h"
#include "transforms/normalise/codes.h"

SpLayout *facts_layout(const char *name)
{
    gsize size = 0;
    g_autofree char *file = g_strdup_printf("%s.ini", name);
    g_autofree char *text = record_read(&size, SP_SOURCE_FOLDER, "config", "layouts", file, NULL);
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse(name, text, &error);
    assert_no_error(error);
    return layout;
}

/* A code list as a table: only the columns from and to. */
typedef struct {
    SpSink sink;
    SpTable *table;
} List;

static gboolean list_begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)sink;
    (void)error;
    assert_true(n >= 2);
    assert_string_equal(names[0], "from");
    assert_string_equal(names[1], "to");
    return TRUE;
}

static gboolean list_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    (void)number;
    (void)n;
    (void)error;
    List *list = (List *)sink;
    gsize row = sp_table_add_row(list->table);
    for (gsize i = 0; i < 2; i++) {
        g_autofree char *code = g_strndup(fields[i].text, fields[i].size);
        sp_table_set_code(list->table, row, i, code);
    }
    return TRUE;
}

static SpTable *read_list(const char *name)
{
    static const SpColumn columns[] = {{.name = "from", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "to", .kind = SP_COLUMN_CODE}};
    gsize size = 0;
    g_autofree char *file = g_strdup_printf("%s.csv", name);
    g_autofree char *bytes = record_read(&size, SP_SOURCE_FOLDER, "config", "codes", file, NULL);
    List list = {{.begin = list_begin, .row = list_row},
                 sp_table_new(name, columns, G_N_ELEMENTS(columns))};
    const SpCsvForm form = {
        .origin = file, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    g_autoptr(GError) error = NULL;
    sp_csv_parse(bytes, size, &form, &list.sink, &error);
    assert_no_error(error);
    return list.table;
}

SpTables *facts_maps(const SpLayout *layout)
{
    SpTables *maps = sp_tables_new();
    g_autoptr(GPtrArray) names = sp_layout_code_lists(layout);
    for (guint i = 0; i < names->len; i++) {
        sp_tables_add(maps, read_list(names->pdata[i]));
    }
    return maps;
}

SpTable *facts_parse(const char *source, const char *name, const char *bytes, gsize size,
                     SpQuality *quality, GError **error)
{
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpLayout) layout = facts_layout(name);
    g_autoptr(SpTables) maps = facts_maps(layout);
    g_autoptr(SpSettings) settings = record_settings(extractor, "");
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, name);
    g_autofree char *updated = NULL;
    if (!extractor->parse(bytes, size, name, layout, settings, sp_builder_sink(builder), &updated,
                          error)) {
        return NULL;
    }
    sp_builder_note(builder, quality);
    g_autoptr(SpTable) raw = sp_builder_steal(builder, error);
    return raw != NULL ? sp_normalise_codes(raw, layout, maps, quality, error) : NULL;
}

SpTable *facts_of(const char *source, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *table = facts_parse(source, name, text, strlen(text), quality, &error);
    assert_no_error(error);
    return table;
}

void facts_check_refused(const char *source, const char *name, const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = facts_parse(source, name, text, strlen(text), quality, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_DATA, part);
}
