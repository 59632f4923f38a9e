/* Rows parted by region, fylke or indicator. */
#include "outputs/html/parts.h"

#include "core/regions.h"

#include <string.h>

enum { FYLKE_LENGTH = 2 };

static void free_part(gpointer data)
{
    SpPart *part = data;
    g_free(part->title);
    g_array_unref(part->rows);
    g_free(part);
}

/* The codes of `column`, cut to `length` characters, part the rows. */
static GPtrArray *part_by(const SpGrid *grid, const GArray *rows, gsize column, gsize length)
{
    const SpColumn *info = sp_table_column(grid->table, column);
    GPtrArray *parts = g_ptr_array_new_with_free_func(free_part);
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        const char *whole = sp_table_code(grid->table, row, column);
        g_autofree char *code = g_strndup(whole, MIN(strlen(whole), length));
        SpPart *part = g_hash_table_lookup(found, code);
        if (part == NULL) {
            part = g_new0(SpPart, 1);
            part->title = sp_words_code(grid->words, info, code);
            part->rows = g_array_new(FALSE, FALSE, sizeof(gsize));
            g_ptr_array_add(parts, part);
            g_hash_table_insert(found, g_steal_pointer(&code), part);
        }
        g_array_append_val(part->rows, row);
    }
    return parts;
}

GPtrArray *sp_parts_by_column(const SpGrid *grid, const GArray *rows, gsize column)
{
    return part_by(grid, rows, column, G_MAXSIZE);
}

GPtrArray *sp_parts_by_fylke(const SpGrid *grid, const GArray *rows)
{
    return part_by(grid, rows, grid->region, FYLKE_LENGTH);
}

static SpCircle circle_of(const SpGrid *grid, const char *code)
{
    const char *own = sp_words_package(grid->words)->region;
    switch (sp_region_kind(code)) {
    case SP_REGION_KOMMUNE:
        return SP_CIRCLE_KOMMUNER;
    case SP_REGION_FYLKE:
        return strcmp(code, own) == 0 ? SP_CIRCLE_OWN : SP_CIRCLE_FYLKER;
    case SP_REGION_COUNTRY:
        return SP_CIRCLE_OWN;
    case SP_REGION_COUNTRY_WITHOUT_OSLO:
    case SP_REGION_KOSTRA_GROUP:
    case SP_REGION_CENTRALITY:
    case SP_REGION_OTHER:
    default:
        return SP_CIRCLE_GROUPS;
    }
}

void sp_parts_circles(const SpGrid *grid, const GArray *rows, GArray *circles[SP_N_CIRCLES])
{
    const char *own = sp_words_package(grid->words)->region;
    g_autoptr(GArray) country = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < SP_N_CIRCLES; i++) {
        circles[i] = g_array_new(FALSE, FALSE, sizeof(gsize));
    }
    for (guint i = 0; i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        const char *code = sp_table_code(grid->table, row, grid->region);
        SpCircle circle = circle_of(grid, code);
        gboolean is_last = circle == SP_CIRCLE_OWN && strcmp(code, own) != 0;
        g_array_append_val(is_last ? country : circles[circle], row);
    }
    if (country->len > 0) {
        g_array_append_vals(circles[SP_CIRCLE_OWN], country->data, country->len);
    }
}
