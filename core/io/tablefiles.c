/* Tables to disk. Reading them back is in tablefiles_read.c. */
#include "core/io/tablefiles.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/number.h"
#include "core/table_rows.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <math.h>
#include <string.h>

/* A code as it stands in the file, with the delimiter or line end behind it; quoted once, written
 * for many rows. */
typedef struct {
    char *text; /* NULL until the first row that has it: a shared dictionary may hold many codes
                   that this table does not */
    gsize size;
} Rendered;

typedef struct {
    const SpColumn *column;
    char end; /* ',' or, in the last column, LF */
    const SpCodes *codes;
    const guint32 *numbers;
    Rendered *rendered;
    const SpReal *reals;
} Output;

static const char *const mark_names[] = {"sensitive", "synthetic",
                                         "restricted"}; /* SpMarks, bit by bit */

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : NULL;
}

/* json_object_set_new refuses NULL, which leaves out what a column does not have. */
static void set(json_t *object, const char *key, json_t *value)
{
    if (value != NULL) {
        json_object_set_new(object, key, value);
    }
}

static gboolean has_empty_code(const SpTable *table, gsize column)
{
    guint32 empty = 0;
    if (!sp_codes_find(sp_table_codes(table, column), "", &empty)) {
        return FALSE;
    }
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (numbers[row] == empty) {
            return TRUE;
        }
    }
    return FALSE;
}

static json_t *describe_code(const SpTable *table, gsize i)
{
    const SpColumn *column = sp_table_column(table, i);
    json_t *field = json_pack("{s:s, s:s}", "name", column->name, "type", "string");
    /* To Frictionless an empty text is no value, so a key that holds one cannot be required. */
    if (column->is_key && !has_empty_code(table, i)) {
        set(field, "constraints", json_pack("{s:b}", "required", TRUE));
    }
    set(field, "sp:kind", json_string("code"));
    set(field, "sp:classification", text_or_null(column->classification));
    return field;
}

static void describe_measure(json_t *fields, const SpColumn *column)
{
    g_autofree char *status = g_strconcat(column->name, SP_TABLES_STATUS_SUFFIX, NULL);
    g_autofree char *flags = g_strconcat(column->name, SP_TABLES_FLAGS_SUFFIX, NULL);
    json_t *figure =
        json_pack("{s:s, s:s, s:s}", "name", column->name, "type", "number", "sp:kind", "measure");
    set(figure, "sp:unit", text_or_null(column->unit));
    set(figure, "sp:additive", json_boolean(column->is_additive));
    json_array_append_new(fields, figure);
    json_array_append_new(fields, json_pack("{s:s, s:s, s:{s:[ssssss]}, s:s}", "name", status,
                                            "type", "string", "constraints", "enum", "-", "0", ".",
                                            "..", "...", ":", "sp:kind", "status"));
    json_array_append_new(fields, json_pack("{s:s, s:s, s:{s:s}, s:s}", "name", flags, "type",
                                            "string", "constraints", "pattern", "p?m?c?b?s?u?r?",
                                            "sp:kind", "flags"));
}

static json_t *describe_schema(const SpTable *table)
{
    json_t *fields = json_array();
    json_t *keys = json_array();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            describe_measure(fields, column);
            continue;
        }
        json_array_append_new(fields, describe_code(table, i));
        if (column->is_key) {
            json_array_append_new(keys, json_string(column->name));
        }
    }
    json_t *schema = json_pack("{s:o}", "fields", fields);
    if (json_array_size(keys) > 0) {
        json_object_set(schema, "primaryKey", keys); /* v1 forbids an empty one */
    }
    json_decref(keys);
    set(schema, "missingValues", json_pack("[s]", ""));
    return schema;
}

static json_t *describe(const SpTable *table, const char *file, gint64 size)
{
    json_t *marks = json_array();
    for (guint i = 0; i < G_N_ELEMENTS(mark_names); i++) {
        if (sp_table_marks(table) & 1U << i) {
            json_array_append_new(marks, json_string(mark_names[i]));
        }
    }
    json_t *resource = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:o}", "name", sp_table_name(table), "path", file,
        "profile", "tabular-data-resource", "format", "csv", "mediatype", "text/csv", "encoding",
        "utf-8", "bytes", (json_int_t)size, "schema", describe_schema(table));
    set(resource, "sp:edition", text_or_null(sp_table_edition(table)));
    set(resource, "sp:marks", marks);
    return resource;
}

/* The columns of the file, and that no two have one name: a measure m and a code m_status would. */
static gboolean write_header(const SpTable *table, SpWriter *writer, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        const char *const suffixes[] = {"", SP_TABLES_STATUS_SUFFIX, SP_TABLES_FLAGS_SUFFIX};
        gsize n = column->kind == SP_COLUMN_MEASURE ? G_N_ELEMENTS(suffixes) : 1;
        for (gsize j = 0; j < n; j++) {
            char *name = g_strconcat(column->name, suffixes[j], NULL);
            sp_writer_put_text(writer, i + j > 0 ? "," : "");
            sp_csv_put(writer, name, ',');
            if (!g_hash_table_add(names, name)) {
                return sp_error_set(error, SP_ERROR_BUG,
                                    "table %s: two columns of its file would be named \"%s\"",
                                    sp_table_name(table), name);
            }
        }
    }
    sp_writer_put_text(writer, "\n");
    return TRUE;
}

static void put_code(const Output *output, gsize row, gboolean is_alone, SpWriter *writer)
{
    Rendered *rendered = &output->rendered[output->numbers[row]];
    if (rendered->text == NULL) {
        const char *text = sp_codes_text(output->codes, output->numbers[row]);
        /* An empty field alone in its row would be an empty line, which is no row. */
        g_autofree char *quoted =
            is_alone && *text == '\0' ? g_strdup("\"\"") : sp_csv_quote(text, ',');
        rendered->text = g_strdup_printf("%s%c", quoted, output->end);
        rendered->size = strlen(rendered->text);
    }
    sp_writer_put(writer, rendered->text, rendered->size);
}

/* FALSE for a present figure without a number. */
static gboolean put_real(SpReal real, char end, SpWriter *writer)
{
    char text[SP_NUMBER_SIZE + SP_FLAGS_TEXT_SIZE + 8];
    gsize size = 0;
    if (real.status == SP_PRESENT) {
        if (real.value == 0 || !isfinite(real.value)) {
            return FALSE;
        }
        size = sp_number_format(real.value, text);
    } else if (sp_real_is_number(real)) {
        text[size++] = '0';
    }
    text[size++] = ',';
    for (const char *sign = sp_status_sign((SpStatus)real.status); *sign != '\0'; sign++) {
        text[size++] = *sign;
    }
    text[size++] = ',';
    if (real.flags != 0) {
        char flags[SP_FLAGS_TEXT_SIZE];
        for (const char *letter = sp_flags_format(real.flags, flags); *letter != '\0'; letter++) {
            text[size++] = *letter;
        }
    }
    text[size++] = end;
    sp_writer_put(writer, text, size);
    return TRUE;
}

static gboolean write_rows(const SpTable *table, gsize n_columns, const Output outputs[],
                           SpWriter *writer, GError **error)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize i = 0; i < n_columns; i++) {
            const Output *output = &outputs[i];
            if (output->column->kind != SP_COLUMN_MEASURE) {
                put_code(output, row, n_columns == 1, writer);
            } else if (!put_real(output->reals[row], output->end, writer)) {
                return sp_error_set(error, SP_ERROR_BUG,
                                    "table %s: row %" G_GSIZE_FORMAT
                                    ": measure %s is present with the value %g; figures are made "
                                    "by sp_real",
                                    sp_table_name(table), row, output->column->name,
                                    output->reals[row].value);
            }
        }
    }
    return TRUE;
}

static Output *outputs_new(const SpTable *table, gsize n)
{
    Output *outputs = g_new0(Output, n);
    for (gsize i = 0; i < n; i++) {
        outputs[i].column = sp_table_column(table, i);
        outputs[i].end = i + 1 < n ? ',' : '\n';
        if (outputs[i].column->kind == SP_COLUMN_MEASURE) {
            outputs[i].reals = sp_table_reals_const(table, i);
            continue;
        }
        outputs[i].codes = sp_table_codes(table, i);
        outputs[i].numbers = sp_table_code_numbers_const(table, i);
        outputs[i].rendered = g_new0(Rendered, (gsize)sp_codes_size(outputs[i].codes) + 1);
    }
    return outputs;
}

static void outputs_free(Output outputs[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gsize n_codes = outputs[i].codes != NULL ? sp_codes_size(outputs[i].codes) : 0;
        for (gsize j = 0; j < n_codes; j++) {
            g_free(outputs[i].rendered[j].text);
        }
        g_free(outputs[i].rendered);
    }
    g_free(outputs);
}

static gboolean write_columns(const SpTable *table, SpWriter *writer, GError **error)
{
    gsize n = sp_table_n_columns(table);
    Output *outputs = outputs_new(table, n);
    gboolean ok =
        write_header(table, writer, error) && write_rows(table, n, outputs, writer, error);
    outputs_free(outputs, n);
    return ok;
}

/* The table's part of the descriptor, NULL with error. */
static json_t *write_table(SpTable *table, const char *folder, guint file_mode, GError **error)
{
    g_autoptr(GError) repeated = NULL;
    if (!sp_table_check_unique(table, &repeated)) {
        sp_error_set(error, SP_ERROR_BUG, "%s", repeated->message);
        return NULL;
    }
    g_autofree char *file = g_strconcat(sp_table_name(table), ".csv", NULL);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autoptr(SpWriter) writer = sp_writer_open(path, file_mode, error);
    if (writer == NULL || !write_columns(table, writer, error) ||
        !sp_writer_close(g_steal_pointer(&writer), error)) {
        return NULL;
    }
    GStatBuf status;
    if (g_stat(path, &status) != 0) {
        sp_error_set_errno(error, errno, "cannot look at %s", path);
        return NULL;
    }
    return describe(table, file, (gint64)status.st_size);
}

gboolean sp_tables_write(SpTables *tables, const char *folder, const char *name, guint file_mode,
                         GError **error)
{
    json_t *resources = json_array();
    g_autoptr(json_t) package = json_pack("{s:s, s:s, s:o}", "profile", "tabular-data-package",
                                          "name", name, "resources", resources);
    if (package == NULL) {
        return sp_error_set(error, SP_ERROR_BUG, "the name of the tables in %s is not UTF-8",
                            folder);
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        json_t *resource = write_table(sp_tables_at(tables, i), folder, file_mode, error);
        if (resource == NULL) {
            return FALSE;
        }
        json_array_append_new(resources, resource);
    }
    g_autofree char *text = sp_json_format(package);
    g_autofree char *path = g_build_filename(folder, SP_TABLES_DESCRIPTOR, NULL);
    return sp_file_write(path, text, strlen(text), file_mode, error);
}
