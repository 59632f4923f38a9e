/* Unknown figures less their lower bounds are the programme's variables. */
#include "transforms/protect/together.h"

#include "transforms/lp.h"

#include <math.h>

enum {
    MOST_FIGURES = 120, /* of a programme */
    FEW_FIGURES = 10,   /* of a sum that is near */
};

/* The solver's answers are right to less than this. */
static const double nothing = 1e-6;

struct SpTogether {
    const SpRoom *room;
    guint32 *place_of; /* [cells] of unknown figures its place in `cells`, and 1; 0: not in */
    gboolean *is_near; /* [relations] */
    GArray *cells;     /* guint32: the first columns; gaps of inequalities come after */
    GArray *near;      /* guint32: relations of these figures alone */
    GArray *entries;   /* SpLpEntry */
    GArray *sums;      /* double [rows] */
    GArray *row_of;    /* guint32 [rows] the relation that a row is of */
    guint32 n_columns;
};

SpTogether *sp_together_new(const SpRoom *room)
{
    const gsize n_relations = sp_relations_size(room->relations);
    SpTogether *together = g_new(SpTogether, 1);
    *together = (SpTogether){.room = room,
                             .place_of = g_new0(guint32, room->relations->n_cells + 1),
                             .is_near = g_new0(gboolean, n_relations + 1),
                             .cells = g_array_new(FALSE, FALSE, sizeof(guint32)),
                             .near = g_array_new(FALSE, FALSE, sizeof(guint32)),
                             .entries = g_array_new(FALSE, FALSE, sizeof(SpLpEntry)),
                             .sums = g_array_new(FALSE, FALSE, sizeof(double)),
                             .row_of = g_array_new(FALSE, FALSE, sizeof(guint32))};
    return together;
}

void sp_together_free(SpTogether *together)
{
    if (together != NULL) {
        g_free(together->place_of);
        g_free(together->is_near);
        g_array_unref(together->cells);
        g_array_unref(together->near);
        g_array_unref(together->entries);
        g_array_unref(together->sums);
        g_array_unref(together->row_of);
        g_free(together);
    }
}

/* ---- what is near ---- */

static gboolean is_open(const SpTogether *together, guint32 cell)
{
    return together->room->low[cell] < together->room->high[cell];
}

static gboolean is_new(const SpTogether *together, guint32 cell)
{
    return is_open(together, cell) && together->place_of[cell] == 0;
}

static void add_cell(SpTogether *together, guint32 cell)
{
    if (is_new(together, cell)) {
        g_array_append_val(together->cells, cell);
        together->place_of[cell] = together->cells->len;
    }
}

static guint count_new(const SpTogether *together, const SpRelation *relation)
{
    const guint32 *part = together->room->relations->part;
    guint n = is_new(together, relation->whole) ? 1 : 0;
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        n += is_new(together, part[i]) ? 1 : 0;
    }
    return n;
}

/* Which relations are taken. */
typedef struct {
    guint most_new;    /* those with no more new figures */
    gboolean is_whole; /* those alone of which all parts are told */
} Pass;

static gboolean is_of(const SpTogether *together, guint32 number, const Pass *pass)
{
    const guint left = MOST_FIGURES - together->cells->len;
    return !together->is_near[number] &&
           (together->room->said[number].is_whole || !pass->is_whole) &&
           count_new(together, sp_relation(together->room->relations, number)) <=
               MIN(pass->most_new, left);
}

static void take(SpTogether *together, guint32 number, const Pass *pass)
{
    const SpRelation *relation = sp_relation(together->room->relations, number);
    if (!is_of(together, number, pass)) {
        return;
    }
    together->is_near[number] = TRUE;
    g_array_append_val(together->near, number);
    add_cell(together, relation->whole);
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        add_cell(together, together->room->relations->part[i]);
    }
}

static void forget(SpTogether *together)
{
    for (guint i = 0; i < together->cells->len; i++) {
        together->place_of[g_array_index(together->cells, guint32, i)] = 0;
    }
    for (guint i = 0; i < together->near->len; i++) {
        together->is_near[g_array_index(together->near, guint32, i)] = FALSE;
    }
    g_array_set_size(together->cells, 0);
    g_array_set_size(together->near, 0);
}

/* The relations of the cell, then those of its neighbours, and so on. */
static void spread(SpTogether *together, const Pass *pass)
{
    const SpRelations *relations = together->room->relations;
    for (guint i = 0; i < together->cells->len; i++) {
        const guint32 next = g_array_index(together->cells, guint32, i);
        for (guint32 k = relations->first_in[next]; k < relations->first_in[next + 1]; k++) {
            take(together, relations->in[k], pass);
        }
        for (guint32 k = relations->first_of[next]; k < relations->first_of[next + 1]; k++) {
            take(together, k, pass);
        }
    }
}

/* First sums of few, which bind closer than those of a fylke's kommuner; those with parts that
 * nobody is told of bind least. */
static void gather(SpTogether *together, guint32 cell)
{
    static const Pass passes[] = {{FEW_FIGURES, TRUE}, {MOST_FIGURES, TRUE}, {MOST_FIGURES, FALSE}};
    forget(together);
    add_cell(together, cell);
    for (gsize i = 0; i < G_N_ELEMENTS(passes); i++) {
        spread(together, &passes[i]);
    }
}

/* ---- the programme ---- */

static void add_entry(SpTogether *together, guint32 column, double coef)
{
    const SpLpEntry entry = {together->sums->len, column, coef};
    g_array_append_val(together->entries, entry);
}

/* A figure in the row in hand; what it takes from the row's sum. */
static double add_figure(SpTogether *together, guint32 cell, double coef)
{
    const guint32 place = together->place_of[cell];
    if (place > 0) {
        add_entry(together, place - 1, coef);
    }
    return coef * together->room->low[cell];
}

/* The row is a sum, or no less than it. */
static void end_row(SpTogether *together, guint32 number, double sum, gboolean is_least)
{
    if (is_least) {
        add_entry(together, together->n_columns++, -1.0);
    }
    g_array_append_val(together->sums, sum);
    g_array_append_val(together->row_of, number);
}

static void add_sum(SpTogether *together, guint32 number)
{
    const SpRelation *relation = sp_relation(together->room->relations, number);
    const SpSaid *said = &together->room->said[number];
    double sum = said->adds ? said->beside : 0.0;
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        sum -= add_figure(together, together->room->relations->part[i], 1.0);
    }
    sum -= add_figure(together, relation->whole, -1.0);
    end_row(together, number, sum, !said->adds);
}

/* No part is more than the whole; where one of the two is known, the bounds say so. */
static void add_parts(SpTogether *together, guint32 number)
{
    const SpRelation *relation = sp_relation(together->room->relations, number);
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        const guint32 part = together->room->relations->part[i];
        if (is_open(together, part) && is_open(together, relation->whole)) {
            double sum = -add_figure(together, relation->whole, 1.0);
            sum -= add_figure(together, part, -1.0);
            end_row(together, number, sum, TRUE);
        }
    }
}

static SpLp *make(SpTogether *together)
{
    const SpRoom *room = together->room;
    g_array_set_size(together->entries, 0);
    g_array_set_size(together->sums, 0);
    g_array_set_size(together->row_of, 0);
    together->n_columns = together->cells->len;
    for (guint i = 0; i < together->near->len; i++) {
        const guint32 number = g_array_index(together->near, guint32, i);
        if (room->said[number].is_whole) {
            add_sum(together, number);
        }
        if (room->said[number].beside > 0.0 || !room->said[number].adds) {
            add_parts(together, number);
        }
    }
    SpLp *lp = sp_lp_new(together->sums->len, together->n_columns,
                         (const SpLpEntry *)(gpointer)together->entries->data,
                         together->entries->len, (const double *)(gpointer)together->sums->data);
    for (guint i = 0; i < together->cells->len; i++) {
        const guint32 cell = g_array_index(together->cells, guint32, i);
        sp_lp_set_most(lp, i, room->high[cell] - room->low[cell]);
    }
    return lp;
}

/* Of the first cell; what is known without it where the solver gave up. */
static double extreme(const SpTogether *together, SpLp *lp, gboolean is_most, double otherwise,
                      GArray *binds)
{
    const guint32 column = 0;
    const double one = 1.0;
    g_autofree gboolean *does_bind = g_new0(gboolean, together->sums->len + 1);
    const SpLpExtreme found = sp_lp_extreme(lp, 1, &column, &one, is_most, does_bind);
    if (!found.is_good || !isfinite(found.value)) {
        return otherwise;
    }
    for (guint row = 0; row < together->row_of->len; row++) {
        if (does_bind[row]) {
            g_array_append_val(binds, g_array_index(together->row_of, guint32, row));
        }
    }
    return found.value;
}

SpLimits sp_together_ask(SpTogether *together, guint32 cell, double enough, GArray *binds)
{
    const SpRoom *room = together->room;
    const double low = room->low[cell];
    const double high = MIN(room->high[cell], enough);
    if (!is_open(together, cell) || !(low < high)) {
        return (SpLimits){low, room->high[cell]};
    }
    gather(together, cell);
    g_autoptr(SpLp) lp = make(together);
    sp_lp_set_most(lp, 0, high - low);
    const double most = extreme(together, lp, TRUE, high - low, binds);
    if (low + most + nothing >= enough) {
        return (SpLimits){room->value[cell], enough};
    }
    const double least = extreme(together, lp, FALSE, 0.0, binds);
    return (SpLimits){low + ceil(least - nothing), low + floor(most + nothing)};
}
