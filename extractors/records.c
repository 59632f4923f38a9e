/* Flat JSON objects. */
#include "extractors/records.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

struct SpRecords {
    char *origin;
    GPtrArray *names;  /* char*, borrowed from `known` */
    GHashTable *known; /* name -> itself */
    GPtrArray *rows;   /* json_t* */
    GHashTable *seen;  /* text of a row -> its number from 1 */
};

SpRecords *sp_records_new(const char *origin)
{
    SpRecords *records = g_new0(SpRecords, 1);
    records->origin = g_strdup(origin);
    records->names = g_ptr_array_new();
    records->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    records->rows = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    records->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return records;
}

void sp_records_free(SpRecords *records)
{
    if (records == NULL) {
        return;
    }
    g_free(records->origin);
    g_ptr_array_unref(records->names);
    g_hash_table_unref(records->known);
    g_ptr_array_unref(records->rows);
    g_hash_table_unref(records->seen);
    g_free(records);
}

void sp_records_name(SpRecords *records, const char *name)
{
    if (!g_hash_table_contains(records->known, name)) {
        char *own = g_strdup(name);
        g_hash_table_add(records->known, own);
        g_ptr_array_add(records->names, own);
    }
}

char *sp_records_text(const json_t *value)
{
    char number[SP_NUMBER_SIZE];
    if (json_is_string(value)) {
        return g_strdup(json_string_value(value));
    }
    if (json_is_integer(value)) {
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    }
    if (json_is_real(value)) {
        sp_number_format(json_real_value(value), number);
        return g_strdup(number);
    }
    if (json_is_boolean(value)) {
        return g_strdup(json_is_true(value) ? "true" : "false");
    }
    return g_strdup("");
}

static gboolean set_wrong(const SpRecords *records, const char *part, gsize row, const char *what,
                          GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: %s, row %" G_GSIZE_FORMAT ": %s; look at the source, then fetch again",
                        records->origin, part, row, what);
}

/* The members in one text, to know the row by; NULL with an error. `row` counts in the part. */
static char *describe(SpRecords *records, const json_t *object, const char *part, gsize row,
                      GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)object, name, value)
    {
        if (json_is_object(value) || json_is_array(value)) {
            g_autofree char *what = g_strdup_printf(
                "member \"%.60s\" holds a list or an object, want a text or number", name);
            set_wrong(records, part, row, what, error);
            return NULL;
        }
        g_autofree char *member = sp_records_text(value);
        sp_records_name(records, name);
        g_string_append_printf(text, "%s\x1f%s\x1e", name, member);
    }
    if (records->names->len > SP_RECORDS_MAX_COLUMNS) {
        set_wrong(records, part, row, "more than 300 different members", error);
        return NULL;
    }
    return g_strdup(text->str);
}

static gboolean add_row(SpRecords *records, json_t *object, const char *part, gsize row,
                        GError **error)
{
    gpointer before = NULL;
    if (!json_is_object(object)) {
        return set_wrong(records, part, row, "not an object with members", error);
    }
    if (records->rows->len >= SP_RECORDS_MAX) {
        return set_wrong(records, part, row, "more than 5 000 000 rows in all", error);
    }
    g_autofree char *text = describe(records, object, part, row, error);
    if (text == NULL) {
        return FALSE;
    }
    if (g_hash_table_lookup_extended(records->seen, text, NULL, &before)) {
        g_autofree char *what =
            g_strdup_printf("the same as row %u of all, so parts overlap and others may be missing",
                            GPOINTER_TO_UINT(before));
        return set_wrong(records, part, row, what, error);
    }
    g_ptr_array_add(records->rows, json_incref(object));
    g_hash_table_insert(records->seen, g_steal_pointer(&text),
                        GUINT_TO_POINTER(records->rows->len));
    return TRUE;
}

gboolean sp_records_add(SpRecords *records, const json_t *array, const char *part, GError **error)
{
    if (!json_is_array(array)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s: want a list of rows, got something else; look at the source, "
                            "then fetch again",
                            records->origin, part);
    }
    for (gsize i = 0; i < json_array_size(array); i++) {
        if (!add_row(records, json_array_get(array, i), part, i + 1, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gsize sp_records_size(const SpRecords *records)
{
    return records->rows->len;
}

const json_t *sp_records_at(const SpRecords *records, gsize i)
{
    return records->rows->pdata[i];
}

gboolean sp_records_emit(const SpRecords *records, SpSink *sink, GError **error)
{
    guint n = records->names->len;
    if (n == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: no rows, so nothing tells which columns there are; look at the "
                            "source, or take the dataset out of fetch.datasets",
                            records->origin);
    }
    g_autofree SpField *fields = g_new0(SpField, (gsize)n + 1);
    if (!sink->begin(sink, (const char *const *)records->names->pdata, n, error)) {
        return FALSE;
    }
    for (guint row = 0; row < records->rows->len; row++) {
        g_auto(GStrv) texts = g_new0(char *, (gsize)n + 1);
        for (guint i = 0; i < n; i++) {
            texts[i] = sp_records_text(
                json_object_get(records->rows->pdata[row], records->names->pdata[i]));
            fields[i] = (SpField){texts[i], strlen(texts[i])};
        }
        if (!sink->row(sink, row + 1, fields, n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
