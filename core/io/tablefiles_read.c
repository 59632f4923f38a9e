/* Tables from disk. The contract is in tablefiles.h. */
#include "core/io/tablefiles.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles_descriptor.h"
#include "core/io/tablefiles_rows.h"
#include "core/number.h"

#include <string.h>
#include <unistd.h>

/* Far above a national night's, far below what would exhaust the machine. */
static const gsize max_descriptor_size = 64UL * 1024 * 1024;

/* Of one column of the table. */
typedef struct {
    const SpColumn *column;
    SpCodes *codes;
    guint32 number; /* of the row before: sorted rows repeat themselves */
    const char *text;
    gsize size;
} Input;

/* What is looked for where no rows are wanted. */
typedef struct {
    SpStatus status;
    gboolean is_found;
} Look;

typedef struct {
    SpSink sink;
    const char *path;
    Look *look; /* NULL: the table gets the rows */
    SpTable *table;
    GPtrArray *names; /* const char*, of the columns of the file */
    Input *inputs;    /* [columns of the table] */
} TableSink;

static gboolean refuse_cell(const TableSink *sink, guint64 number, const char *column,
                            const char *want, SpField got, GError **error)
{
    return sp_error_set(
        error, SP_ERROR_DATA, "%s: row %" G_GUINT64_FORMAT ": column %s: want %s, got \"%.*s\"; %s",
        sink->path, number, column, want, (int)MIN(got.size, 60), got.text, SP_DESCRIPTOR_REMEDY);
}

static gboolean begin(SpSink *base, const char *const names[], gsize n, GError **error)
{
    TableSink *sink = (TableSink *)base;
    gboolean agrees = n == sink->names->len;
    for (gsize i = 0; agrees && i < n; i++) {
        agrees = strcmp(names[i], g_ptr_array_index(sink->names, i)) == 0;
    }
    return agrees ||
           sp_error_set(error, SP_ERROR_DATA, "%s: row 1: its columns are not those of %s; %s",
                        sink->path, SP_TABLES_DESCRIPTOR, SP_DESCRIPTOR_REMEDY);
}

static int compare_fields(const char *a, gsize a_size, SpField b)
{
    int order = memcmp(a, b.text, MIN(a_size, b.size));
    return order != 0 ? order : (a_size > b.size) - (a_size < b.size);
}

/* Takes a code and tells how it compares with that of the row before. */
static int take_code(Input *input, SpField field)
{
    int order = input->text == NULL ? -1 : compare_fields(input->text, input->size, field);
    if (order != 0) {
        input->number = sp_codes_add_sized(input->codes, field.text, field.size);
        input->text = sp_codes_text(input->codes, input->number);
        input->size = field.size;
    }
    return order;
}

/* What a text of a few letters is to the parsers that want it with a NUL; longer ones are none of
 * theirs. */
static const char *short_text(SpField field, char buffer[SP_FLAGS_TEXT_SIZE])
{
    gsize size = MIN(field.size, SP_FLAGS_TEXT_SIZE - 1);
    memcpy(buffer, field.text, size);
    buffer[size] = '\0';
    return field.size < SP_FLAGS_TEXT_SIZE ? buffer : "?";
}

/* fields [3]: value, status, flags. */
static gboolean take_real(const TableSink *sink, guint64 number, const char *column,
                          const SpField fields[], SpReal *real, GError **error)
{
    char buffer[SP_FLAGS_TEXT_SIZE];
    SpStatus status = SP_PRESENT;
    guint8 flags = 0;
    double value = 0;
    if (fields[1].size > 0 && !sp_status_find(short_text(fields[1], buffer), &status)) {
        return refuse_cell(sink, number, column, "a status sign", fields[1], error);
    }
    if (fields[2].size > 0 && !sp_flags_parse(short_text(fields[2], buffer), &flags)) {
        return refuse_cell(sink, number, column, "flags of p m c b s u r", fields[2], error);
    }
    if (status == SP_PRESENT) {
        if (!sp_number_parse(fields[0].text, fields[0].size, sp_number_plain, &value) ||
            value == 0) {
            return refuse_cell(sink, number, column, "a number other than 0 (its status is empty)",
                               fields[0], error);
        }
    } else if (status == SP_ZERO || status == SP_BELOW_UNIT) {
        /* Editions were published that have nothing where a figure is below the unit. */
        const gboolean may_be_empty = status == SP_BELOW_UNIT;
        if (!(fields[0].size == 1 && fields[0].text[0] == '0') &&
            !(fields[0].size == 0 && may_be_empty)) {
            return refuse_cell(sink, number, column, "0 (its status is \"-\" or \"0\")", fields[0],
                               error);
        }
    } else if (fields[0].size != 0) {
        return refuse_cell(sink, number, column, "no number (its status forbids one)", fields[0],
                           error);
    }
    *real = (SpReal){.value = value, .status = (guint8)status, .flags = flags};
    return TRUE;
}

static gboolean take_row(SpSink *base, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    TableSink *sink = (TableSink *)base;
    (void)n; /* as in `begin`, which the CSV reader assures */
    gsize row = sp_table_add_row(sink->table);
    int order = 0; /* of the row before to this one, by the first key that differs */
    for (gsize i = 0; i < sp_table_n_columns(sink->table); i++) {
        Input *input = &sink->inputs[i];
        if (input->column->kind == SP_COLUMN_MEASURE) {
            SpReal real;
            if (!take_real(sink, number, input->column->name, fields, &real, error)) {
                return FALSE;
            }
            sp_table_reals(sink->table, i)[row] = real;
            fields += 3;
            continue;
        }
        int change = take_code(input, *fields++);
        sp_table_code_numbers(sink->table, i)[row] = input->number;
        if (order == 0 && input->column->is_key) {
            order = change;
        }
    }
    if (row > 0 && order >= 0) { /* a table without a key has one row */
        return sp_error_set(error, SP_ERROR_DATA, "%s: row %" G_GUINT64_FORMAT ": its key %s; %s",
                            sink->path, number,
                            order == 0 ? "repeats that of the row before"
                                       : "sorts before that of the row before",
                            SP_DESCRIPTOR_REMEDY);
    }
    return TRUE;
}

static gboolean look_at_row(SpSink *base, guint64 number, const SpField fields[], gsize n,
                            GError **error)
{
    TableSink *sink = (TableSink *)base;
    (void)n;
    for (gsize i = 0; i < sp_table_n_columns(sink->table); i++) {
        const SpColumn *column = sink->inputs[i].column;
        SpReal real = {0};
        if (column->kind != SP_COLUMN_MEASURE) {
            fields++;
            continue;
        }
        if (!take_real(sink, number, column->name, fields, &real, error)) {
            return FALSE;
        }
        sink->look->is_found = sink->look->is_found || real.status == sink->look->status;
        fields += 3;
    }
    return TRUE;
}

/* Fields of a row before those of the choice's column; SP_NO_COLUMN when the table has none. */
static gsize field_of_choice(const SpTable *table, const SpRowChoice *choice)
{
    const gsize column = choice != NULL ? sp_table_find(table, choice->column) : SP_NO_COLUMN;
    gsize field = 0;
    if (column == SP_NO_COLUMN || sp_table_column(table, column)->kind != SP_COLUMN_CODE) {
        return SP_NO_COLUMN;
    }
    for (gsize i = 0; i < column; i++) {
        field += sp_table_column(table, i)->kind == SP_COLUMN_MEASURE ? 3 : 1;
    }
    return field;
}

static gboolean read_rows(int fd, TableSink *sink, const SpRowChoice *choice, GError **error)
{
    const gsize field = field_of_choice(sink->table, choice);
    const SpCsvForm form = {
        .origin = sink->path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    g_autoptr(SpCsv) csv = sp_csv_open(&form, &sink->sink, error);
    const SpRowsFile file = {.fd = fd,
                             .path = sink->path,
                             .table = sink->look == NULL ? sink->table : NULL,
                             .sink = &sink->sink,
                             .n_fields = sink->names->len,
                             .csv = csv,
                             .choice = field != SP_NO_COLUMN ? choice : NULL,
                             .field = field};
    return csv != NULL && sp_rows_feed(&file, error) && sp_csv_close(g_steal_pointer(&csv), error);
}

/* Where tables are read from, and what of them. */
typedef struct {
    const SpTree *tree;
    const char *const *names;  /* of tables; NULL: all */
    const char *const *needed; /* of those that must be there; NULL: none */
    const SpRowChoice *choice; /* NULL: all rows */
    Look *look;                /* without a choice; NULL: rows are kept */
} Reading;

static gboolean read_csv(const Reading *reading, const json_t *resource, SpTable *table,
                         GPtrArray *names, GError **error)
{
    const SpTree *tree = reading->tree;
    gsize size = 0;
    const json_t *wanted = json_object_get(resource, "bytes");
    const char *file = json_string_value(json_object_get(resource, "path"));
    g_autofree char *path = sp_tree_path(tree, file);
    int fd = sp_tree_open(tree, file, &size, error);
    if (fd < 0) {
        return FALSE;
    }
    if (json_is_integer(wanted) && json_integer_value(wanted) != (json_int_t)size) {
        close(fd);
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: has %" G_GSIZE_FORMAT " bytes, want %" G_GINT64_FORMAT "; %s",
                            path, size, (gint64)json_integer_value(wanted), SP_DESCRIPTOR_REMEDY);
    }
    gsize n = sp_table_n_columns(table);
    g_autofree Input *inputs = g_new0(Input, n);
    TableSink sink = {
        .sink = {.begin = begin, .row = reading->look != NULL ? look_at_row : take_row},
        .path = path,
        .look = reading->look,
        .table = table,
        .names = names,
        .inputs = inputs};
    for (gsize i = 0; i < n; i++) {
        inputs[i].column = sp_table_column(table, i);
        if (inputs[i].column->kind == SP_COLUMN_CODE) {
            inputs[i].codes = sp_table_codes(table, i);
        }
    }
    gboolean is_read = read_rows(fd, &sink, reading->choice, error);
    close(fd);
    return is_read;
}

static SpTable *read_table(const Reading *reading, const json_t *resource, const char *descriptor,
                           GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(SpTable) table = sp_descriptor_table(resource, descriptor, names, error);
    if (table == NULL || !read_csv(reading, resource, table, names, error)) {
        return NULL;
    }
    sp_table_trim(table);
    return g_steal_pointer(&table);
}

static gboolean read_each(const Reading *reading, SpTableTaker take, gpointer data, GError **error)
{
    const SpTree *tree = reading->tree;
    gsize size = 0;
    g_autofree char *descriptor = sp_tree_path(tree, SP_TABLES_DESCRIPTOR);
    g_autofree char *text =
        sp_tree_read(tree, SP_TABLES_DESCRIPTOR, max_descriptor_size, &size, error);
    g_autoptr(json_t) package = text == NULL ? NULL : sp_json_parse(text, size, descriptor, error);
    if (package == NULL) {
        return FALSE;
    }
    const json_t *resources = json_object_get(package, "resources");
    if (!json_is_array(resources)) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: has no list of resources; %s", descriptor,
                            SP_DESCRIPTOR_REMEDY);
    }
    if (!sp_descriptor_check(resources, reading->needed, descriptor, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < json_array_size(resources); i++) {
        const json_t *resource = json_array_get(resources, i);
        const char *name = json_string_value(json_object_get(resource, "name"));
        if (reading->names != NULL && !g_strv_contains(reading->names, name)) {
            continue;
        }
        SpTable *table = read_table(reading, resource, descriptor, error);
        if (table == NULL || !take(table, data, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean collect(SpTable *table, gpointer data, GError **error)
{
    (void)error;
    sp_tables_add(data, table);
    return TRUE;
}

static SpTables *read_all(const Reading *reading, GError **error)
{
    g_autoptr(SpTables) tables = sp_tables_new();
    return read_each(reading, collect, tables, error) ? g_steal_pointer(&tables) : NULL;
}

SpTables *sp_tables_read_tree(const SpTree *tree, GError **error)
{
    return read_all(&(Reading){.tree = tree}, error);
}

SpTables *sp_tables_read(const char *folder, const char *const *names, GError **error)
{
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    return read_all(&(Reading){.tree = tree, .names = names, .needed = names}, error);
}

SpTables *sp_tables_read_any(const char *folder, const char *const *names, GError **error)
{
    return sp_tables_read_chosen(folder, names, NULL, error);
}

SpTables *sp_tables_read_chosen(const char *folder, const char *const *names,
                                const SpRowChoice *choice, GError **error)
{
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    return read_all(&(Reading){.tree = tree, .names = names, .choice = choice}, error);
}

gboolean sp_tables_read_each(const char *folder, const char *const *names, SpTableTaker take,
                             gpointer data, GError **error)
{
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    return read_each(&(Reading){.tree = tree, .names = names}, take, data, error);
}

static gboolean drop(SpTable *table, gpointer data, GError **error)
{
    (void)data;
    (void)error;
    sp_table_free(table);
    return TRUE;
}

gboolean sp_tables_has_status(const char *folder, const char *name, SpStatus status, gboolean *has,
                              GError **error)
{
    const char *const names[] = {name, NULL};
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    Look look = {.status = status};
    const Reading reading = {.tree = tree, .names = names, .needed = names, .look = &look};
    const gboolean is_read = read_each(&reading, drop, NULL, error);
    *has = is_read && look.is_found;
    return is_read;
}
