/* Every choice of codes that has no row. */
#include "transforms/protect/zeros.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

#define REGION "region"

enum { MOST_ROWS = 20000000 };

typedef struct {
    const SpTable *table;
    SpTable *filled;
    GArray *keys;        /* gsize: columns */
    gboolean **chosen;   /* [keys] codes that are chosen one after another; NULL: those of a row */
    SpTableIndex *index; /* of the table's keys */
    guint32 *numbers;    /* [keys] of the choice in hand */
    gboolean *is_count;  /* [columns] 0 where nobody is, else not applicable */
} Filling;

static void filling_clear(Filling *filling)
{
    for (guint i = 0; i < filling->keys->len; i++) {
        g_free(filling->chosen[i]);
    }
    g_free(filling->chosen);
    g_free(filling->numbers);
    g_free(filling->is_count);
    g_array_unref(filling->keys);
    sp_table_index_free(filling->index);
    sp_table_free(filling->filled);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filling, filling_clear)

static gboolean is_summed(const SpTable *structure, const gsize at[2], const SpTable *table,
                          const char *column)
{
    for (gsize row = 0; row < sp_table_n_rows(structure); row++) {
        if (strcmp(sp_table_code(structure, row, at[0]), sp_table_name(table)) == 0 &&
            strcmp(sp_table_code(structure, row, at[1]), column) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_counted(const GPtrArray *layers, const SpTable *table, gsize column)
{
    for (guint i = 0; i < layers->len; i++) {
        const SpLayer *layer = layers->pdata[i];
        for (guint j = 0; j < layer->tables->len; j++) {
            const SpLayerTable *from = layer->tables->pdata[j];
            const SpLayerMeasure *first = &g_array_index(from->measures, SpLayerMeasure, 0);
            if (from->table == table && first->column == column) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static gboolean open_keys(Filling *filling, const SpTable *structure, GError **error)
{
    static const char *const names[] = {"tabell", "kolonne"};
    gsize at[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(structure, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    filling->chosen = g_new0(gboolean *, sp_table_n_columns(filling->table) + 1);
    for (gsize i = 0; i < sp_table_n_columns(filling->table); i++) {
        const SpColumn *column = sp_table_column(filling->table, i);
        if (column->kind != SP_COLUMN_CODE || !column->is_key) {
            continue;
        }
        if (strcmp(column->name, REGION) != 0 &&
            is_summed(structure, at, filling->table, column->name)) {
            filling->chosen[filling->keys->len] = sp_table_used_codes(filling->table, i);
        }
        g_array_append_val(filling->keys, i);
    }
    filling->numbers = g_new0(guint32, filling->keys->len + 1);
    filling->index = sp_table_index_new(
        filling->table, (const gsize *)(gpointer)filling->keys->data, filling->keys->len);
    return TRUE;
}

static gsize column_of(const Filling *filling, guint key)
{
    return g_array_index(filling->keys, gsize, key);
}

/* The codes that the table's dictionaries have under the numbers in hand. */
static void add_row(const Filling *filling)
{
    const gsize row = sp_table_add_row(filling->filled);
    for (guint i = 0; i < filling->keys->len; i++) {
        const gsize column = column_of(filling, i);
        sp_table_set_code(
            filling->filled, row, column,
            sp_codes_text(sp_table_codes(filling->table, column), filling->numbers[i]));
    }
    for (gsize i = 0; i < sp_table_n_columns(filling->filled); i++) {
        if (sp_table_column(filling->filled, i)->kind == SP_COLUMN_MEASURE) {
            sp_table_set_real(filling->filled, row, i,
                              sp_real_none(filling->is_count[i] ? SP_ZERO : SP_NOT_APPLICABLE));
        }
    }
}

static void choose(const Filling *filling, guint key)
{
    gsize row = 0;
    if (key == filling->keys->len) {
        if (!sp_table_index_find_numbers(filling->index, filling->numbers, &row)) {
            add_row(filling);
        }
        return;
    }
    const gboolean *chosen = filling->chosen[key];
    if (chosen == NULL) {
        choose(filling, key + 1);
        return;
    }
    const guint32 n = sp_codes_size(sp_table_codes(filling->table, column_of(filling, key)));
    for (guint32 code = 0; code < n; code++) {
        if (chosen[code]) {
            filling->numbers[key] = code;
            choose(filling, key + 1);
        }
    }
}

/* Takes the row's region and other keys in hand; of a key that is chosen nothing. */
static void take_place(const Filling *filling, gsize row)
{
    for (guint i = 0; i < filling->keys->len; i++) {
        if (filling->chosen[i] == NULL) {
            const gsize column = column_of(filling, i);
            filling->numbers[i] = sp_table_code_numbers_const(filling->table, column)[row];
        }
    }
}

static char *name_place(const Filling *filling)
{
    GString *name = g_string_new(NULL);
    for (guint i = 0; i < filling->keys->len; i++) {
        if (filling->chosen[i] == NULL) {
            g_string_append_printf(name, "%u ", filling->numbers[i]);
        }
    }
    return g_string_free(name, FALSE);
}

static gboolean is_too_large(const Filling *filling, gsize n_places)
{
    gdouble n = (gdouble)n_places;
    for (guint i = 0; i < filling->keys->len; i++) {
        guint n_chosen = 0;
        const guint32 n_codes =
            sp_codes_size(sp_table_codes(filling->table, column_of(filling, i)));
        for (guint32 code = 0; filling->chosen[i] != NULL && code < n_codes; code++) {
            n_chosen += filling->chosen[i][code] ? 1 : 0;
        }
        n *= filling->chosen[i] != NULL ? n_chosen : 1;
    }
    return n > (gdouble)MOST_ROWS;
}

/* Of each place its first row. */
static GArray *find_places(const Filling *filling)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(filling->table); row++) {
        take_place(filling, row);
        if (g_hash_table_add(seen, name_place(filling))) {
            g_array_append_val(places, row);
        }
    }
    return places;
}

SpTable *sp_zeros_fill(const SpTable *table, const GPtrArray *layers, const SpTable *structure,
                       GError **error)
{
    g_auto(Filling) filling = {.table = table,
                               .filled = sp_table_copy(table),
                               .keys = g_array_new(FALSE, FALSE, sizeof(gsize)),
                               .is_count = g_new0(gboolean, sp_table_n_columns(table) + 1)};
    if (!open_keys(&filling, structure, error)) {
        return NULL;
    }
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        filling.is_count[i] =
            sp_table_column(table, i)->is_additive || is_counted(layers, table, i);
    }
    g_autoptr(GArray) places = find_places(&filling);
    if (is_too_large(&filling, places->len)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "zeros of %s cannot be hidden: it would have more than %d rows",
                     sp_table_name(table), MOST_ROWS);
        return NULL;
    }
    for (guint i = 0; i < places->len; i++) {
        take_place(&filling, g_array_index(places, gsize, i));
        choose(&filling, 0);
    }
    return g_steal_pointer(&filling.filled);
}
