/* Sums of published cells, by cell. */
#include "transforms/protect/relations.h"

#include <string.h>

/* A part, before those of one sum are put together: sums are known by their whole, their column and
 * which of the column's sums they are. */
typedef struct {
    guint32 whole;
    guint32 column;
    guint32 number;
    guint32 part; /* SP_NO_CELL: nobody is told of it */
} Link;

/* The sums of the cells of a group that one of the column's sums makes. */
static void add_links(const SpCells *cells, const GArray *of_group, gsize column, guint number,
                      GArray *links)
{
    const SpNestingSum *nested = cells->nesting[column]->sums->pdata[number];
    g_autofree guint32 *tuple = g_new(guint32, cells->n_columns + 1);
    for (guint i = 0; i < of_group->len; i++) {
        const guint32 whole = g_array_index(of_group, guint32, i);
        const guint32 *from = sp_tuples_at(cells->tuples, whole);
        if (from[column + 1] != nested->whole) {
            continue;
        }
        memcpy(tuple, from, (cells->n_columns + 1) * sizeof(guint32));
        for (guint j = 0; j < nested->parts->len; j++) {
            Link link = {whole, (guint32)column, number, SP_NO_CELL};
            guint32 part = 0;
            tuple[column + 1] = g_array_index(nested->parts, guint32, j);
            const gboolean is_there = sp_tuples_find(cells->tuples, tuple, &part);
            /* Of a part that is not told nobody knows that it is 0. */
            if (is_there || !sp_cells_tell(cells, tuple)) {
                link.part = is_there ? part : SP_NO_CELL;
                g_array_append_val(links, link);
            }
        }
    }
}

static gboolean are_of_one_sum(const Link *a, const Link *b)
{
    return a->whole == b->whole && a->column == b->column && a->number == b->number;
}

static int compare_numbers(guint32 a, guint32 b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

static int compare_links(const void *a, const void *b)
{
    const Link *first = a;
    const Link *second = b;
    int order = compare_numbers(first->whole, second->whole);
    order = order != 0 ? order : compare_numbers(first->column, second->column);
    order = order != 0 ? order : compare_numbers(first->number, second->number);
    return order != 0 ? order : compare_numbers(first->part, second->part);
}

static void put_together(SpRelations *relations, const GArray *links)
{
    guint32 n_parts = 0;
    relations->part = g_new0(guint32, links->len + 1);
    for (guint i = 0; i < links->len; i++) {
        const Link *link = &g_array_index(links, Link, i);
        if (i == 0 || !are_of_one_sum(link - 1, link)) {
            const SpRelation relation = {link->whole, n_parts, TRUE};
            g_array_append_val(relations->all, relation);
        }
        if (link->part == SP_NO_CELL) {
            g_array_index(relations->all, SpRelation, relations->all->len - 1).is_whole = FALSE;
        } else {
            relations->part[n_parts++] = link->part;
        }
    }
    const SpRelation end = {.first = n_parts};
    g_array_append_val(relations->all, end);
}

static void find_wholes(SpRelations *relations, gsize n_cells)
{
    const guint32 n = sp_relations_size(relations);
    guint32 i = 0;
    relations->first_of = g_new(guint32, n_cells + 1);
    for (guint32 cell = 0; cell < n_cells; cell++) {
        while (i < n && sp_relation(relations, i)->whole < cell) {
            i++;
        }
        relations->first_of[cell] = i;
    }
    relations->first_of[n_cells] = n;
}

/* Of each cell those that it is part of. */
static void turn_round(SpRelations *relations, gsize n_cells)
{
    const guint32 n = sp_relations_size(relations);
    const guint32 n_parts = sp_relation(relations, n)->first;
    relations->first_in = g_new0(guint32, n_cells + 2);
    relations->in = g_new(guint32, (gsize)n_parts + 1);
    for (guint32 i = 0; i < n_parts; i++) {
        relations->first_in[relations->part[i] + 2]++;
    }
    for (gsize cell = 2; cell < n_cells + 2; cell++) {
        relations->first_in[cell] += relations->first_in[cell - 1];
    }
    for (guint32 i = 0; i < n; i++) {
        const SpRelation *relation = sp_relation(relations, i);
        for (guint32 k = relation->first; k < sp_relation_end(relation); k++) {
            relations->in[relations->first_in[relations->part[k] + 1]++] = i;
        }
    }
}

SpRelations *sp_relations_new(const SpCells *cells, const GArray *of_group)
{
    const gsize n_cells = sp_cells_size(cells);
    SpRelations *relations = g_new0(SpRelations, 1);
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(Link));
    relations->n_cells = n_cells;
    relations->all = g_array_new(FALSE, FALSE, sizeof(SpRelation));
    for (gsize column = 0; column < cells->n_columns; column++) {
        for (guint number = 0; number < cells->nesting[column]->sums->len; number++) {
            add_links(cells, of_group, column, number, links);
        }
    }
    g_array_sort(links, compare_links);
    put_together(relations, links);
    find_wholes(relations, n_cells);
    turn_round(relations, n_cells);
    return relations;
}

void sp_relations_free(SpRelations *relations)
{
    if (relations != NULL) {
        g_array_unref(relations->all);
        g_free(relations->part);
        g_free(relations->first_in);
        g_free(relations->in);
        g_free(relations->first_of);
        g_free(relations);
    }
}
