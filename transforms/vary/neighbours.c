/* Neighbours of kommuner, read and checked. */
#include "transforms/vary/neighbours.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

typedef struct {
    const char *from;
    const char *to;
} Pair;

struct SpNeighbours {
    GArray *pairs; /* Pair, both ways, in the order of the list */
};

static gboolean check_row(const SpTable *list, const SpTableIndex *index, const gsize column[2],
                          gsize row, GError **error)
{
    const char *from = sp_table_code(list, row, column[0]);
    const char *to = sp_table_code(list, row, column[1]);
    const char *there[] = {from, to};
    const char *back[] = {to, from};
    gsize found = 0;
    const char *wrong = NULL;
    if (strcmp(from, to) == 0) {
        wrong = "is no neighbour of itself; drop the row";
    } else if (sp_table_index_find(index, there, &found) && found != row) {
        wrong = "stands twice; drop one row";
    } else if (!sp_table_index_find(index, back, &found)) {
        wrong = "has no row the other way; add it, or drop this one";
    }
    return wrong == NULL ||
           sp_error_set(error, SP_ERROR_CONFIG, "%s: row %" G_GSIZE_FORMAT ": %s,%s %s",
                        sp_table_name(list), row + 1, from, to, wrong);
}

static void tell_alone(const SpNeighbours *neighbours, const GPtrArray *kommuner,
                       SpQuality *quality)
{
    for (guint i = 0; i < kommuner->len; i++) {
        const char *kommune = g_ptr_array_index(kommuner, i);
        g_autoptr(GPtrArray) of = sp_neighbours_of(neighbours, kommune);
        if (of->len == 0) {
            sp_quality_note(quality, "neighbours_unknown", kommune, 0,
                            "no row of the list of neighbours holds it and another kommune of the "
                            "division: it takes no part in Moran's I and has no krympet_lokal; add "
                            "its borders to config/naboer.csv");
        }
    }
}

SpNeighbours *sp_neighbours_new(const SpTable *list, const GPtrArray *kommuner, SpQuality *quality,
                                GError **error)
{
    static const char *const names[] = {"from", "to"};
    gsize column[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(list, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, column, error)) {
        return NULL;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(list, column, G_N_ELEMENTS(names));
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < kommuner->len; i++) {
        g_hash_table_add(known, g_ptr_array_index(kommuner, i));
    }
    g_autoptr(SpNeighbours) neighbours = g_new0(SpNeighbours, 1);
    neighbours->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        const Pair pair = {sp_table_code(list, row, column[0]),
                           sp_table_code(list, row, column[1])};
        if (!check_row(list, index, column, row, error)) {
            return NULL;
        }
        if (g_hash_table_contains(known, pair.from) && g_hash_table_contains(known, pair.to)) {
            g_array_append_val(neighbours->pairs, pair);
        }
    }
    tell_alone(neighbours, kommuner, quality);
    return g_steal_pointer(&neighbours);
}

void sp_neighbours_free(SpNeighbours *neighbours)
{
    if (neighbours != NULL) {
        g_array_unref(neighbours->pairs);
        g_free(neighbours);
    }
}

/* Kommune -> its number among those that enter, or that of the host it is counted with. */
static GHashTable *numbers_of(const SpAreas *areas)
{
    GHashTable *number = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize k = 0; k < areas->n; k++) {
        g_hash_table_insert(number, (char *)areas->kommune[areas->row[k]], GSIZE_TO_POINTER(k));
    }
    for (gsize row = 0; row < areas->n_rows; row++) {
        gpointer host = NULL;
        if (!g_hash_table_contains(number, areas->kommune[row]) &&
            g_hash_table_lookup_extended(number, areas->vertskommune[row], NULL, &host)) {
            g_hash_table_insert(number, (char *)areas->kommune[row], host);
        }
    }
    return number;
}

SpLink *sp_neighbours_links(const SpNeighbours *neighbours, const SpAreas *areas, gsize *n_links)
{
    g_autoptr(GHashTable) number = numbers_of(areas);
    SpLink *links = g_new(SpLink, neighbours->pairs->len + 1);
    *n_links = 0;
    for (guint i = 0; i < neighbours->pairs->len; i++) {
        const Pair *pair = &g_array_index(neighbours->pairs, Pair, i);
        gpointer from = NULL;
        gpointer to = NULL;
        if (g_hash_table_lookup_extended(number, pair->from, NULL, &from) &&
            g_hash_table_lookup_extended(number, pair->to, NULL, &to)) {
            links[(*n_links)++] = (SpLink){GPOINTER_TO_UINT(from), GPOINTER_TO_UINT(to)};
        }
    }
    *n_links = sp_links_tidy(*n_links, links);
    return links;
}

GPtrArray *sp_neighbours_of(const SpNeighbours *neighbours, const char *kommune)
{
    GPtrArray *of = g_ptr_array_new();
    for (guint i = 0; i < neighbours->pairs->len; i++) {
        const Pair *pair = &g_array_index(neighbours->pairs, Pair, i);
        if (strcmp(pair->from, kommune) == 0) {
            g_ptr_array_add(of, (char *)pair->to);
        }
    }
    return of;
}
