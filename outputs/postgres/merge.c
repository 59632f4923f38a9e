/* Many files of one table, read side by side: their rows are in the order of the key, so the
 * lowest of those that are at hand is the next. */
#include "outputs/postgres/merge.h"

#include "core/error.h"
#include "outputs/postgres/rows.h"

#include <string.h>

/* What every row of a file says of the edition (docs/packages.md), in the package's language. */
#define NOTICE "merknad"

/* One package's rows. */
typedef struct {
    SpRows *rows;
    const SpPortalPart *part;
    const SpField *fields; /* the row at hand; NULL after the last */
} Stream;

typedef struct {
    const SpPortalTable *table;
    const char **names; /* of the columns, borrowed texts */
    gsize *key;         /* [n_key] */
    gsize n_key;
    SpRowsForm form; /* the same for those who read */
    Stream *streams; /* [n] */
    gsize n;
    /* The key of the row before: texts one after the other, and its fields [columns]. */
    GString *last;
    SpField *before;
} Merge;

static void merge_free(Merge *merge)
{
    for (gsize i = 0; i < merge->n; i++) {
        sp_rows_free(merge->streams[i].rows);
    }
    g_free(merge->streams);
    g_free(merge->names);
    g_free(merge->key);
    g_string_free(merge->last, TRUE);
    g_free(merge->before);
    g_free(merge);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Merge, merge_free)

static gboolean is_notice(const SpPortalTable *table, gsize column)
{
    return !table->is_definition && strcmp(sp_portal_column(table, column)->name, NOTICE) == 0;
}

/* Without a key every column is one, but for the notice. */
static gsize find_key(const SpPortalTable *table, gsize key[])
{
    gsize n = 0;
    for (gsize i = 0; i < table->key->len; i++) {
        key[n++] = g_array_index(table->key, gsize, i);
    }
    for (gsize i = 0; table->key->len == 0 && i < table->columns->len; i++) {
        if (!is_notice(table, i)) {
            key[n++] = i;
        }
    }
    return n;
}

static Merge *merge_new(const SpPortalTable *table)
{
    Merge *merge = g_new0(Merge, 1);
    const gsize n = table->columns->len;
    merge->table = table;
    merge->names = g_new0(const char *, n);
    merge->key = g_new(gsize, n);
    merge->n_key = find_key(table, merge->key);
    merge->streams = g_new0(Stream, table->parts->len);
    merge->last = g_string_new(NULL);
    merge->before = g_new0(SpField, n);
    for (gsize i = 0; i < n; i++) {
        merge->names[i] = sp_portal_column(table, i)->name;
    }
    merge->form = (SpRowsForm){merge->names, n, merge->key, merge->n_key};
    return merge;
}

/* By bytes, as files are sorted; NULL before the empty text. */
static int compare_fields(const SpField *a, const SpField *b)
{
    if (a->text == NULL || b->text == NULL) {
        return (a->text != NULL) - (b->text != NULL);
    }
    const int order = memcmp(a->text, b->text, MIN(a->size, b->size));
    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static int compare_keys(const Merge *merge, const SpField a[], const SpField b[])
{
    int order = 0;
    for (gsize i = 0; i < merge->n_key && order == 0; i++) {
        order = compare_fields(&a[merge->key[i]], &b[merge->key[i]]);
    }
    return order;
}

/* "region=50 period=2026-01-01" */
static char *describe_key(const Merge *merge, const SpField fields[])
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < merge->n_key; i++) {
        const SpField *field = &fields[merge->key[i]];
        g_string_append_printf(text, "%s%s=%.*s", i > 0 ? " " : "", merge->names[merge->key[i]],
                               (int)field->size, field->text != NULL ? field->text : "");
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Keeps the key of the row at hand, which goes with the next step. */
static void keep_key(Merge *merge, const Stream *stream)
{
    g_string_truncate(merge->last, 0);
    for (gsize i = 0; i < merge->n_key; i++) {
        const SpField *field = &stream->fields[merge->key[i]];
        merge->before[merge->key[i]] = *field;
        g_string_append_len(merge->last, field->text, (gssize)field->size);
    }
    gsize start = 0;
    for (gsize i = 0; i < merge->n_key; i++) {
        SpField *field = &merge->before[merge->key[i]];
        field->text = field->text != NULL ? merge->last->str + start : NULL;
        start += field->size;
    }
}

/* Steps a stream, whose keys must rise. */
static gboolean step(Merge *merge, Stream *stream, GError **error)
{
    const gboolean is_first = stream->fields == NULL;
    if (!is_first) {
        keep_key(merge, stream);
    }
    if (!sp_rows_next(stream->rows, &stream->fields, error)) {
        return FALSE;
    }
    if (is_first || stream->fields == NULL ||
        compare_keys(merge, merge->before, stream->fields) < 0) {
        return TRUE;
    }
    g_autofree char *key = describe_key(merge, stream->fields);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: %s: %s stands twice, or out of the order of the key",
                        sp_rows_origin(stream->rows), merge->table->name, key);
}

static gboolean open_stream(Merge *merge, const SpPortalPart *part, GError **error)
{
    const SpPortalTable *table = merge->table;
    Stream *stream = &merge->streams[merge->n];
    stream->part = part;
    stream->rows = table->is_definition
                       ? sp_rows_of_table(part->path, table->name, &merge->form, error)
                       : sp_rows_of_file(part->path, &merge->form, error);
    merge->n += stream->rows != NULL ? 1 : 0;
    return stream->rows != NULL && step(merge, stream, error);
}

static char *text_of(SpField field)
{
    return field.text != NULL ? g_strndup(field.text, field.size) : g_strdup("NULL");
}

static gboolean refuse_difference(const Merge *merge, const Stream *a, const Stream *b,
                                  gsize column, GError **error)
{
    g_autofree char *key = describe_key(merge, a->fields);
    g_autofree char *one = text_of(a->fields[column]);
    g_autofree char *other = text_of(b->fields[column]);
    return sp_error_set(error, SP_ERROR_DATA,
                        "table %s: %s: %s is \"%s\" in %s and \"%s\" in %s; packages of one "
                        "edition must say the same: nothing was imported",
                        merge->table->name, key, merge->names[column], one, a->part->package, other,
                        b->part->package);
}

/* Notices are worded each in its language, but a row without one is not the same as one that has
 * it. */
static gboolean is_same(const SpPortalTable *table, gsize column, const SpField *a,
                        const SpField *b)
{
    return is_notice(table, column) ? (a->size == 0) == (b->size == 0) : compare_fields(a, b) == 0;
}

/* The rows of the key of `first` in other packages must be the same; all that have it step on. */
static gboolean pass_equals(Merge *merge, Stream *first, GError **error)
{
    for (Stream *other = first + 1; other < merge->streams + merge->n; other++) {
        if (other->fields == NULL || compare_keys(merge, first->fields, other->fields) != 0) {
            continue;
        }
        for (gsize i = 0; i < merge->table->columns->len; i++) {
            if (!is_same(merge->table, i, &first->fields[i], &other->fields[i])) {
                return refuse_difference(merge, first, other, i, error);
            }
        }
        if (!step(merge, other, error)) {
            return FALSE;
        }
    }
    return step(merge, first, error);
}

static Stream *find_lowest(const Merge *merge)
{
    Stream *lowest = NULL;
    for (gsize i = 0; i < merge->n; i++) {
        Stream *stream = &merge->streams[i];
        if (stream->fields != NULL &&
            (lowest == NULL || compare_keys(merge, stream->fields, lowest->fields) < 0)) {
            lowest = stream;
        }
    }
    return lowest;
}

/* One package after the other. */
static gboolean chain(Merge *merge, SpRowTaker take, gpointer data, GError **error)
{
    gboolean ok = TRUE;
    for (gsize i = 0; ok && i < merge->n; i++) {
        Stream *stream = &merge->streams[i];
        while (ok && stream->fields != NULL) {
            ok = take(stream->part->package, stream->fields, merge->table->columns->len, data,
                      error) &&
                 step(merge, stream, error);
        }
    }
    return ok;
}

gboolean sp_portal_merge(const SpPortalTable *table, SpRowTaker take, gpointer data, GError **error)
{
    g_autoptr(Merge) merge = merge_new(table);
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < table->parts->len; i++) {
        ok = open_stream(merge, table->parts->pdata[i], error);
    }
    if (ok && table->is_of_package) {
        return chain(merge, take, data, error);
    }
    for (Stream *lowest = ok ? find_lowest(merge) : NULL; ok && lowest != NULL;
         lowest = find_lowest(merge)) {
        ok = take(NULL, lowest->fields, table->columns->len, data, error) &&
             pass_equals(merge, lowest, error);
    }
    return ok;
}
