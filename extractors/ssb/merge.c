/* Merging by boxes: an answer is the product of its codes, so whether answers overlap or leave
 * holes shows in the codes alone and no cell need be remembered. */
#include "extractors/ssb/merge.h"

#include "core/error.h"

#include <string.h>

/* The codes of one answer, variable by variable. */
typedef struct {
    GHashTable **codes; /* [n_keys] sets of char* */
    guint64 n_rows;
} Box;

struct SpSsbMerge {
    SpSink sink; /* first: a pointer to it is one to this */
    SpSink *to;
    char *origin;
    char **names;
    gsize n_names;
    gsize *keys; /* [n_keys] places of key columns */
    gsize n_keys;
    GPtrArray *boxes; /* Box*; the last is the answer in hand */
    GString **last;   /* [n_keys] the code of the row before: rows of a cube mostly repeat it */
    guint64 n_rows;
};

static Box *box_new(gsize n_keys)
{
    Box *box = g_new0(Box, 1);
    box->codes = g_new0(GHashTable *, n_keys + 1);
    for (gsize i = 0; i < n_keys; i++) {
        box->codes[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    return box;
}

static void box_free(gpointer data)
{
    Box *box = data;
    for (gsize i = 0; box->codes[i] != NULL; i++) {
        g_hash_table_unref(box->codes[i]);
    }
    g_free(box->codes);
    g_free(box);
}

static gboolean is_figure(const char *name)
{
    return strcmp(name, "value") == 0 || strcmp(name, "status") == 0;
}

static gboolean begin_first(SpSsbMerge *merge, const char *const names[], gsize n, GError **error)
{
    merge->names = g_new0(char *, n + 1);
    merge->keys = g_new0(gsize, n);
    merge->last = g_new0(GString *, n);
    merge->n_names = n;
    for (gsize i = 0; i < n; i++) {
        merge->names[i] = g_strdup(names[i]);
        if (!is_figure(names[i])) {
            merge->last[merge->n_keys] = g_string_new(NULL);
            merge->keys[merge->n_keys++] = i;
        }
    }
    return merge->to->begin(merge->to, names, n, error);
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpSsbMerge *merge = (SpSsbMerge *)sink;
    if (merge->names == NULL) {
        if (!begin_first(merge, names, n, error)) {
            return FALSE;
        }
    } else {
        gboolean is_same = n == merge->n_names;
        for (gsize i = 0; is_same && i < n; i++) {
            is_same = strcmp(names[i], merge->names[i]) == 0;
        }
        if (!is_same) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: answer %u has other variables than the first; the table "
                                "changed meanwhile: fetch it again",
                                merge->origin, merge->boxes->len + 1);
        }
    }
    for (gsize i = 0; i < merge->n_keys; i++) {
        g_string_truncate(merge->last[i], 0);
    }
    g_ptr_array_add(merge->boxes, box_new(merge->n_keys));
    return TRUE;
}

static void note_code(SpSsbMerge *merge, Box *box, gsize i, const SpField *field)
{
    GString *last = merge->last[i];
    if (g_hash_table_size(box->codes[i]) > 0 && last->len == field->size &&
        memcmp(last->str, field->text, field->size) == 0) {
        return;
    }
    g_string_truncate(last, 0);
    g_string_append_len(last, field->text, (gssize)field->size);
    if (!g_hash_table_contains(box->codes[i], last->str)) {
        g_hash_table_add(box->codes[i], g_strdup(last->str));
    }
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)number;
    SpSsbMerge *merge = (SpSsbMerge *)sink;
    Box *box = g_ptr_array_index(merge->boxes, merge->boxes->len - 1);
    for (gsize i = 0; i < merge->n_keys; i++) {
        note_code(merge, box, i, &fields[merge->keys[i]]);
    }
    box->n_rows++;
    merge->n_rows++;
    return merge->to->row(merge->to, merge->n_rows, fields, n, error);
}

SpSsbMerge *sp_ssb_merge_new(SpSink *sink, const char *origin)
{
    SpSsbMerge *merge = g_new0(SpSsbMerge, 1);
    merge->sink = (SpSink){.begin = begin, .row = row};
    merge->to = sink;
    merge->origin = g_strdup(origin);
    merge->boxes = g_ptr_array_new_with_free_func(box_free);
    return merge;
}

void sp_ssb_merge_free(SpSsbMerge *merge)
{
    if (merge == NULL) {
        return;
    }
    for (gsize i = 0; i < merge->n_keys; i++) {
        g_string_free(merge->last[i], TRUE);
    }
    g_free(merge->last);
    g_free(merge->keys);
    g_strfreev(merge->names);
    g_ptr_array_unref(merge->boxes);
    g_free(merge->origin);
    g_free(merge);
}

SpSink *sp_ssb_merge_sink(SpSsbMerge *merge)
{
    return &merge->sink;
}

/* The number of cells that the codes make, G_MAXUINT64 when it is beyond that. */
static guint64 size_of(GHashTable *const codes[], gsize n_keys)
{
    guint64 n = 1;
    for (gsize i = 0; i < n_keys; i++) {
        if (!g_uint64_checked_mul(&n, n, g_hash_table_size(codes[i]))) {
            return G_MAXUINT64;
        }
    }
    return n;
}

gboolean sp_ssb_merge_end(SpSsbMerge *merge, GError **error)
{
    const Box *box = g_ptr_array_index(merge->boxes, merge->boxes->len - 1);
    guint64 n_cells = size_of(box->codes, merge->n_keys);
    return box->n_rows == n_cells ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: answer %u has %" G_GUINT64_FORMAT
                        " cells, its codes make %" G_GUINT64_FORMAT
                        "; it is not whole: fetch the dataset again",
                        merge->origin, merge->boxes->len, box->n_rows, n_cells);
}

static gboolean has_common_code(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer code = NULL;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &code, NULL)) {
        if (g_hash_table_contains(b, code)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Two boxes have a cell in common when they have a code in common in every variable. */
static gboolean overlap(const SpSsbMerge *merge, const Box *a, const Box *b)
{
    for (gsize i = 0; i < merge->n_keys; i++) {
        if (!has_common_code(a->codes[i], b->codes[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

static guint64 size_of_all(const SpSsbMerge *merge)
{
    Box *all = box_new(merge->n_keys);
    for (guint b = 0; b < merge->boxes->len; b++) {
        const Box *box = g_ptr_array_index(merge->boxes, b);
        for (gsize i = 0; i < merge->n_keys; i++) {
            GHashTableIter iter;
            gpointer code = NULL;
            g_hash_table_iter_init(&iter, box->codes[i]);
            while (g_hash_table_iter_next(&iter, &code, NULL)) {
                g_hash_table_add(all->codes[i], g_strdup(code));
            }
        }
    }
    guint64 n = size_of(all->codes, merge->n_keys);
    box_free(all);
    return n;
}

gboolean sp_ssb_merge_close(SpSsbMerge *merge, GError **error)
{
    for (guint a = 0; a < merge->boxes->len; a++) {
        for (guint b = 0; b < a; b++) {
            if (overlap(merge, g_ptr_array_index(merge->boxes, a),
                        g_ptr_array_index(merge->boxes, b))) {
                return sp_error_set(error, SP_ERROR_DATA,
                                    "%s: answers %u and %u have cells in common; fetch the dataset "
                                    "again",
                                    merge->origin, b + 1, a + 1);
            }
        }
    }
    guint64 n_cells = size_of_all(merge);
    return n_cells == merge->n_rows ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: %u answers have %" G_GUINT64_FORMAT
                        " cells together, their codes make "
                        "%" G_GUINT64_FORMAT "; fetch the dataset again",
                        merge->origin, merge->boxes->len, merge->n_rows, n_cells);
}
