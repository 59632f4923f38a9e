/* A search from a cell through the relations that bear on it. */
#include "transforms/protect/sacrifice.h"

#include <math.h>

enum { MOST_CELLS = 100 }; /* hidden ones that a search goes through */

/* What a relation by itself leaves a part. */
static double room_in(const SpRoom *room, guint32 number, guint32 part)
{
    const SpRelation *relation = sp_relation(room->relations, number);
    const SpSaid *said = &room->said[number];
    double least = 0.0;
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        least += room->low[room->relations->part[i]];
    }
    const double rest = said->adds ? said->beside - (least - room->low[part]) : 0.0;
    return room->high[relation->whole] + MIN(rest, 0.0);
}

/* What its parts by themselves leave a whole. */
static double room_of(const SpRoom *room, guint32 number)
{
    const SpRelation *relation = sp_relation(room->relations, number);
    double most = 0.0;
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        most += room->high[room->relations->part[i]];
    }
    return most - room->said[number].beside;
}

typedef struct {
    const SpSacrifice *sacrifice;
    GArray *waiting; /* guint32: hidden cells that are held down */
    guint32 best;
    double least;       /* smaller parts give too little room */
    gboolean is_helped; /* one of those beside was hidden in this round: its bounds are to come */
} Search;

static gboolean is_waiting(const Search *search, guint32 cell)
{
    for (guint i = 0; i < search->waiting->len; i++) {
        if (g_array_index(search->waiting, guint32, i) == cell) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The cell that is wanted less, of two that are alike the first. */
static void suggest(Search *search, guint32 cell)
{
    const SpRoom *room = search->sacrifice->room;
    const SpCells *cells = search->sacrifice->cells;
    const guint32 best = search->best;
    if (room->is_known[cell] && room->value[cell] > 0.0 &&
        (best == SP_NO_CELL || sp_cells_is_wanted_less(cells, room->value, cell, best) ||
         (cell < best && !sp_cells_is_wanted_less(cells, room->value, best, cell)))) {
        search->best = cell;
    }
}

/* A cell beside: a shown one may be hidden, a hidden one may be held down itself. Of parts those
 * that give enough room by themselves. */
static void meet(Search *search, guint32 cell, gboolean is_part)
{
    const SpSacrifice *sacrifice = search->sacrifice;
    const SpRoom *room = sacrifice->room;
    const gboolean is_hidden = sp_cells_reason(sacrifice->cells, cell) != SP_SHOWN;
    if (sp_cells_is_published(sacrifice->cells, cell)) {
        return; /* to hide it would help nobody */
    }
    search->is_helped = search->is_helped || sacrifice->is_fresh[cell];
    if (!is_hidden && (!is_part || room->value[cell] > search->least)) {
        suggest(search, cell);
    } else if (is_hidden && isfinite(room->high[cell]) && !is_waiting(search, cell)) {
        g_array_append_val(search->waiting, cell);
    }
}

static void meet_parts(Search *search, guint32 number)
{
    const SpRoom *room = search->sacrifice->room;
    const SpRelation *relation = sp_relation(room->relations, number);
    for (guint32 i = relation->first; room->said[number].adds && i < sp_relation_end(relation);
         i++) {
        meet(search, room->relations->part[i], TRUE);
    }
}

/* Where persons are in several parts the whole is no less than the largest of them. */
static void meet_largest(Search *search, guint32 number)
{
    const SpRoom *room = search->sacrifice->room;
    const SpRelation *relation = sp_relation(room->relations, number);
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        const guint32 part = room->relations->part[i];
        if (room->low[part] >= room->low[relation->whole]) {
            meet(search, part, TRUE);
        }
    }
}

/* The relations that leave a cell no more than `most`; `looks_up`: or no less than it may be. */
static void look_round(Search *search, guint32 cell, double most, gboolean looks_up)
{
    const SpRoom *room = search->sacrifice->room;
    const SpRelations *relations = room->relations;
    for (guint32 k = relations->first_in[cell]; k < relations->first_in[cell + 1]; k++) {
        const guint32 number = relations->in[k];
        if (room_in(room, number, cell) <= most) {
            meet(search, sp_relation(relations, number)->whole, FALSE);
            meet_parts(search, number);
        }
    }
    for (guint32 k = relations->first_of[cell]; k < relations->first_of[cell + 1]; k++) {
        if (!room->said[k].adds && looks_up) {
            meet_largest(search, k);
        } else if (room->said[k].adds && room->said[k].is_whole && room_of(room, k) <= most) {
            meet_parts(search, k);
        }
    }
}

/* How far a search goes. */
typedef struct {
    double least;      /* smaller parts are not hidden */
    gboolean goes_far; /* through all relations, not only those that hold cells down */
} Reach;

static guint32 search_near(const SpSacrifice *sacrifice, guint32 cell, const Reach *reach,
                           gboolean *is_helped)
{
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint32));
    Search search = {sacrifice, waiting, SP_NO_CELL, reach->least, FALSE};
    g_array_append_val(waiting, cell);
    for (guint i = 0;
         search.best == SP_NO_CELL && !search.is_helped && i < waiting->len && i < MOST_CELLS;
         i++) {
        const guint32 of = g_array_index(waiting, guint32, i);
        const double high = sacrifice->room->high[of];
        const double most = i == 0 ? high : MAX(high, sacrifice->width);
        look_round(&search, of, reach->goes_far ? (double)INFINITY : most,
                   i == 0 || reach->goes_far);
    }
    *is_helped = search.is_helped;
    return search.is_helped ? SP_NO_CELL : search.best;
}

/* First what gives enough room by itself. */
guint32 sp_sacrifice_near(const SpSacrifice *sacrifice, guint32 cell, gboolean *is_helped)
{
    const Reach reaches[] = {{sacrifice->width, FALSE}, {0.0, FALSE}, {0.0, TRUE}};
    guint32 more = SP_NO_CELL;
    *is_helped = FALSE;
    for (gsize i = 0; more == SP_NO_CELL && !*is_helped && i < G_N_ELEMENTS(reaches); i++) {
        more = search_near(sacrifice, cell, &reaches[i], is_helped);
    }
    return more;
}

static guint32 search_among(const SpSacrifice *sacrifice, const GArray *numbers, double least,
                            gboolean *is_helped)
{
    const SpRelations *relations = sacrifice->room->relations;
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint32));
    Search search = {sacrifice, waiting, SP_NO_CELL, least, FALSE};
    for (guint i = 0; i < numbers->len; i++) {
        const SpRelation *relation = sp_relation(relations, g_array_index(numbers, guint32, i));
        meet(&search, relation->whole, FALSE);
        for (guint32 k = relation->first; k < sp_relation_end(relation); k++) {
            meet(&search, relations->part[k], TRUE);
        }
    }
    *is_helped = search.is_helped;
    return search.is_helped ? SP_NO_CELL : search.best;
}

guint32 sp_sacrifice_among(const SpSacrifice *sacrifice, const GArray *numbers, guint32 cell,
                           gboolean *is_helped)
{
    guint32 more = search_among(sacrifice, numbers, sacrifice->width, is_helped);
    if (more == SP_NO_CELL && !*is_helped) {
        more = search_among(sacrifice, numbers, 0.0, is_helped);
    }
    return more != SP_NO_CELL || *is_helped ? more : sp_sacrifice_near(sacrifice, cell, is_helped);
}
