/* Tables from disk. The contract is in tablefiles.h. */
#include "core/io/tablefiles.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/files.h"
#include "core/io/json.h"
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

typedef struct {
    SpSink sink;
    const char *path;
    SpTable *table;
    GPtrArray *names; /* const char*, of the columns of the file */
    Input *inputs;    /* [columns of the table] */
} TableSink;

static const char remedy[] = "the file was changed after it was written; run its stage again";

static gboolean refuse_cell(const TableSink *sink, guint64 number, const char *column,
                            const char *want, SpField got, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: row %" G_GUINT64_FORMAT ": column %s: want %s, got \"%.*s\"; %s",
                        sink->path, number, column, want, (int)MIN(got.size, 60), got.text, remedy);
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
                        sink->path, SP_TABLES_DESCRIPTOR, remedy);
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
                            remedy);
    }
    return TRUE;
}

static gboolean refuse_descriptor(const char *path, const char *resource, const char *what,
                                  GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: resource %s: %s; %s", path, resource, what,
                        remedy);
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static gboolean is_companion(const json_t *fields, gsize i, const char *measure, const char *kind)
{
    const json_t *field = json_array_get(fields, i);
    const char *name = text_at(field, "name");
    const char *suffix =
        strcmp(kind, "status") == 0 ? SP_TABLES_STATUS_SUFFIX : SP_TABLES_FLAGS_SUFFIX;
    return name != NULL && g_strcmp0(text_at(field, "sp:kind"), kind) == 0 &&
           g_str_has_prefix(name, measure) && strcmp(name + strlen(measure), suffix) == 0;
}

/* Columns (SpColumn, texts borrowed from the descriptor) of a schema; adds the names of the file's
 * columns to `names`. */
static GArray *read_fields(const json_t *schema, GPtrArray *names)
{
    const json_t *fields = json_object_get(schema, "fields");
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(SpColumn));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        const char *kind = text_at(field, "sp:kind");
        SpColumn column = {.name = text_at(field, "name")};
        if (!sp_table_is_column_name(column.name) ||
            !g_hash_table_add(seen, (gpointer)column.name)) {
            return NULL;
        }
        g_ptr_array_add(names, (gpointer)column.name);
        if (g_strcmp0(kind, "code") == 0) {
            column.kind = SP_COLUMN_CODE;
            column.classification = text_at(field, "sp:classification");
        } else if (g_strcmp0(kind, "measure") == 0 &&
                   is_companion(fields, i + 1, column.name, "status") &&
                   is_companion(fields, i + 2, column.name, "flags")) {
            column.kind = SP_COLUMN_MEASURE;
            column.unit = text_at(field, "sp:unit");
            column.is_additive = json_is_true(json_object_get(field, "sp:additive"));
            g_ptr_array_add(names, (gpointer)text_at(json_array_get(fields, i + 1), "name"));
            g_ptr_array_add(names, (gpointer)text_at(json_array_get(fields, i + 2), "name"));
            i += 2;
        } else {
            return NULL;
        }
        g_array_append_val(columns, column);
    }
    return columns->len > 0 ? g_steal_pointer(&columns) : NULL;
}

/* FALSE when the primary key names what is no code column. */
static gboolean read_keys(const json_t *schema, GArray *columns)
{
    const json_t *keys = json_object_get(schema, "primaryKey");
    for (gsize i = 0; i < json_array_size(keys); i++) {
        const char *key = json_string_value(json_array_get(keys, i));
        gboolean is_found = FALSE;
        for (guint j = 0; j < columns->len; j++) {
            SpColumn *column = &g_array_index(columns, SpColumn, j);
            if (column->kind == SP_COLUMN_CODE && g_strcmp0(column->name, key) == 0) {
                column->is_key = TRUE;
                is_found = TRUE;
            }
        }
        if (!is_found) {
            return FALSE;
        }
    }
    return TRUE;
}

/* An unknown mark is an error: it might be one that forbids publishing. */
static gboolean read_marks(const json_t *resource, guint *marks)
{
    const json_t *list = json_object_get(resource, "sp:marks");
    *marks = 0;
    for (gsize i = 0; i < json_array_size(list); i++) {
        const char *mark = json_string_value(json_array_get(list, i));
        if (g_strcmp0(mark, "sensitive") == 0) {
            *marks |= SP_MARK_SENSITIVE;
        } else if (g_strcmp0(mark, "synthetic") == 0) {
            *marks |= SP_MARK_SYNTHETIC;
        } else if (g_strcmp0(mark, "restricted") == 0) {
            *marks |= SP_MARK_RESTRICTED;
        } else {
            return FALSE;
        }
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
                             .table = sink->table,
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
} Reading;

static gboolean read_csv(const Reading *reading, const json_t *resource, SpTable *table,
                         GPtrArray *names, GError **error)
{
    const SpTree *tree = reading->tree;
    gsize size = 0;
    const json_t *wanted = json_object_get(resource, "bytes");
    const char *file = text_at(resource, "path");
    g_autofree char *path = sp_tree_path(tree, file);
    int fd = sp_tree_open(tree, file, &size, error);
    if (fd < 0) {
        return FALSE;
    }
    if (json_is_integer(wanted) && json_integer_value(wanted) != (json_int_t)size) {
        close(fd);
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: has %" G_GSIZE_FORMAT " bytes, want %" G_GINT64_FORMAT "; %s",
                            path, size, (gint64)json_integer_value(wanted), remedy);
    }
    gsize n = sp_table_n_columns(table);
    g_autofree Input *inputs = g_new0(Input, n);
    TableSink sink = {.sink = {.begin = begin, .row = take_row},
                      .path = path,
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

/* A stage's tables lie beside the descriptor, a package's in its folder data; nothing else is
 * followed. */
static gboolean is_path_of(const char *path, const char *name)
{
    g_autofree char *beside = g_strconcat(name, ".csv", NULL);
    g_autofree char *below = g_strconcat("data/", beside, NULL);
    return g_strcmp0(path, beside) == 0 || g_strcmp0(path, below) == 0;
}

static SpTable *read_table(const Reading *reading, const json_t *resource, const char *descriptor,
                           GError **error)
{
    const char *name = text_at(resource, "name");
    const json_t *schema = json_object_get(resource, "schema");
    const char *file = text_at(resource, "path");
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    guint marks = 0;
    if (!is_path_of(file, name)) {
        refuse_descriptor(descriptor, name, "its path is neither NAME.csv nor data/NAME.csv",
                          error);
        return NULL;
    }
    g_autoptr(GArray) columns = read_fields(schema, names);
    if (columns == NULL || !read_keys(schema, columns)) {
        refuse_descriptor(descriptor, name, "its fields are not those of a table", error);
        return NULL;
    }
    if (!read_marks(resource, &marks)) {
        refuse_descriptor(descriptor, name, "it bears a mark that is not known", error);
        return NULL;
    }
    g_autoptr(SpTable) table = sp_table_new(name, (const SpColumn *)columns->data, columns->len);
    sp_table_set_edition(table, text_at(resource, "sp:edition"));
    sp_table_set_marks(table, marks);
    if (!read_csv(reading, resource, table, names, error)) {
        return NULL;
    }
    sp_table_trim(table);
    return g_steal_pointer(&table);
}

/* Each has a name of a table, of its own; of `needed` (NULL: nothing) each is there. */
static gboolean check_names(const json_t *resources, const char *const *needed,
                            const char *descriptor, GError **error)
{
    g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) listed = g_string_new(NULL);
    for (gsize i = 0; i < json_array_size(resources); i++) {
        const char *name = text_at(json_array_get(resources, i), "name");
        if (!sp_table_is_column_name(name) || !g_hash_table_add(there, (gpointer)name)) {
            return refuse_descriptor(descriptor, name != NULL ? name : "without name",
                                     "its name is no table's or stands twice", error);
        }
        g_string_append_printf(listed, "%s%s", i > 0 ? ", " : "", name);
    }
    for (gsize i = 0; needed != NULL && needed[i] != NULL; i++) {
        if (!g_hash_table_contains(there, needed[i])) {
            return sp_error_set(error, SP_ERROR_NO_INPUT, "%s: has no table %s; it has: %s",
                                descriptor, needed[i], listed->str);
        }
    }
    return TRUE;
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
                            remedy);
    }
    if (!check_names(resources, reading->needed, descriptor, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < json_array_size(resources); i++) {
        const json_t *resource = json_array_get(resources, i);
        if (reading->names != NULL && !g_strv_contains(reading->names, text_at(resource, "name"))) {
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
