/* Builders, one a layout, and where in their tables each delivery begins. */
#include "pipeline/gather.h"

#include "core/builder.h"
#include "core/error.h"

/* Between the parser and a builder: notes of each row of the table which of the source it is. */
typedef struct {
    SpSink sink;
    SpSink *inner;
    const SpBuilder *builder;
    GArray *places; /* SpPlaceOfRow */
    SpPlaceOfRow at;
} Clerk;

struct SpGather {
    GPtrArray *builders; /* SpBuilder* */
    GPtrArray *origins;  /* char*, one a delivery */
    GArray *starts;      /* gsize [deliveries][builders] */
    GPtrArray *clerks;   /* Clerk*, one a builder; none if no places are kept */
};

static gboolean clerk_begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Clerk *clerk = (Clerk *)sink;
    return clerk->inner->begin(clerk->inner, names, n, error);
}

static gboolean clerk_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                          GError **error)
{
    Clerk *clerk = (Clerk *)sink;
    if (!clerk->inner->row(clerk->inner, number, fields, n, error)) {
        return FALSE;
    }
    clerk->at.number = number;
    while (clerk->places->len < sp_builder_n_rows(clerk->builder)) {
        g_array_append_val(clerk->places, clerk->at);
    }
    return TRUE;
}

static void clerk_sheet(SpSink *sink, const char *name, gboolean is_read)
{
    Clerk *clerk = (Clerk *)sink;
    clerk->at.sheet = g_intern_string(name);
    if (clerk->inner->sheet != NULL) {
        clerk->inner->sheet(clerk->inner, name, is_read);
    }
}

static void clerk_free(gpointer data)
{
    g_array_unref(((Clerk *)data)->places);
    g_free(data);
}

SpGather *sp_gather_new(const GPtrArray *layouts, const char *origin)
{
    SpGather *gather = g_new0(SpGather, 1);
    gather->builders = g_ptr_array_new_with_free_func((GDestroyNotify)sp_builder_free);
    gather->origins = g_ptr_array_new_with_free_func(g_free);
    gather->starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    gather->clerks = g_ptr_array_new_with_free_func(clerk_free);
    for (guint i = 0; i < layouts->len; i++) {
        g_ptr_array_add(gather->builders, sp_builder_new(layouts->pdata[i], origin));
    }
    return gather;
}

void sp_gather_free(SpGather *gather)
{
    if (gather != NULL) {
        g_ptr_array_unref(gather->builders);
        g_ptr_array_unref(gather->origins);
        g_array_unref(gather->starts);
        g_ptr_array_unref(gather->clerks);
        g_free(gather);
    }
}

void sp_gather_keep_places(SpGather *gather)
{
    for (guint i = 0; i < gather->builders->len; i++) {
        Clerk *clerk = g_new0(Clerk, 1);
        clerk->sink = (SpSink){.begin = clerk_begin, .row = clerk_row, .sheet = clerk_sheet};
        clerk->inner = sp_builder_sink(gather->builders->pdata[i]);
        clerk->builder = gather->builders->pdata[i];
        clerk->places = g_array_new(FALSE, FALSE, sizeof(SpPlaceOfRow));
        g_ptr_array_add(gather->clerks, clerk);
    }
}

GArray *sp_gather_places(const SpGather *gather, guint layout)
{
    return g_array_ref(((Clerk *)gather->clerks->pdata[layout])->places);
}

GPtrArray *sp_gather_sinks(const SpGather *gather)
{
    GPtrArray *sinks = g_ptr_array_new();
    for (guint i = 0; i < gather->builders->len; i++) {
        g_ptr_array_add(sinks, gather->clerks->len > 0
                                   ? gather->clerks->pdata[i]
                                   : (gpointer)sp_builder_sink(gather->builders->pdata[i]));
    }
    return sinks;
}

void sp_gather_next(SpGather *gather, const char *origin)
{
    for (guint i = 0; i < gather->clerks->len; i++) {
        Clerk *clerk = gather->clerks->pdata[i];
        clerk->at = (SpPlaceOfRow){.delivery = gather->origins->len};
    }
    g_ptr_array_add(gather->origins, g_strdup(origin));
    for (guint i = 0; i < gather->builders->len; i++) {
        gsize start = sp_builder_n_rows(gather->builders->pdata[i]);
        g_array_append_val(gather->starts, start);
        sp_builder_next_file(gather->builders->pdata[i], origin);
    }
}

/* Which delivery a row of a builder's table is of. */
static guint delivery_of(const SpGather *gather, guint builder, gsize row)
{
    guint n_builders = gather->builders->len;
    guint i = gather->starts->len / n_builders - 1;
    while (i > 0 && g_array_index(gather->starts, gsize, i * n_builders + builder) > row) {
        i--;
    }
    return i;
}

/* "region=0301, aar=2024": the codes of a row's key, as the source has them. */
static char *describe_key(const SpTable *raw, gsize row, const GArray *keys)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < keys->len; i++) {
        gsize column = g_array_index(keys, gsize, i);
        g_string_append_printf(text, "%s%s=%s", i > 0 ? ", " : "",
                               sp_table_column(raw, column)->name, sp_table_code(raw, row, column));
    }
    return g_string_free(text, FALSE);
}

/* A row that came with two deliveries would be counted twice. (Within one delivery, and where codes
 * of the source become one of ours, normalise notices.) */
static gboolean check_repeats(const SpGather *gather, guint builder, const SpTable *raw,
                              GError **error)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < sp_table_n_columns(raw); i++) {
        const SpColumn *column = sp_table_column(raw, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_array_append_val(keys, i);
        }
    }
    g_autoptr(SpTuples) seen = sp_tuples_new(keys->len);
    g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(gsize)); /* row of each tuple */
    g_autofree guint32 *tuple = g_new(guint32, keys->len + 1);
    for (gsize row = 0; row < sp_table_n_rows(raw); row++) {
        for (guint i = 0; i < keys->len; i++) {
            tuple[i] = sp_table_code_numbers_const(raw, g_array_index(keys, gsize, i))[row];
        }
        guint32 number = sp_tuples_add(seen, tuple);
        if (number == first->len) {
            g_array_append_val(first, row);
            continue;
        }
        guint before = delivery_of(gather, builder, g_array_index(first, gsize, number));
        guint now = delivery_of(gather, builder, row);
        if (before != now) {
            g_autofree char *key = describe_key(raw, row, keys);
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s and %s both have %s; take it out of one of them, or name them "
                                "so that one replaces the other",
                                (const char *)gather->origins->pdata[before],
                                (const char *)gather->origins->pdata[now], key);
        }
    }
    return TRUE;
}

GPtrArray *sp_gather_steal(SpGather *gather, SpQuality *quality, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    for (guint i = 0; i < gather->builders->len; i++) {
        sp_builder_note(gather->builders->pdata[i], quality);
        SpTable *raw = sp_builder_steal(gather->builders->pdata[i], error);
        if (raw == NULL) {
            return NULL;
        }
        g_ptr_array_add(tables, raw);
        if (gather->origins->len > 1 && !check_repeats(gather, i, raw, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&tables);
}
