/* Bounds, sum by sum. */
#include "transforms/protect/room.h"

#include <math.h>

enum { MOST_ROUNDS = 50 };

/* Bounds that come nearer by less than this have come to rest. */
static const double nothing = 1e-6;

static SpSaid look_at(const SpRoom *room, const SpRelation *relation, double width)
{
    double all = 0.0;
    gboolean is_known = room->is_known[relation->whole];
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        const guint32 part = room->relations->part[i];
        all += room->value[part];
        is_known = is_known && room->is_known[part];
    }
    const double beside = all - room->value[relation->whole];
    const gboolean is_whole = relation->is_whole && is_known;
    return (SpSaid){is_whole, is_whole && fabs(beside) < width, beside};
}

SpRoom *sp_room_new(const SpRelations *relations, const SpCells *cells, const SpCount *counted,
                    const GArray *of_group, double width)
{
    const gsize n_cells = sp_cells_size(cells);
    const guint32 n = sp_relations_size(relations);
    const GArray *value = counted != NULL ? counted->value : cells->value;
    const GArray *is_known = counted != NULL ? counted->is_known : cells->is_known;
    SpRoom *room = g_new(SpRoom, 1);
    *room = (SpRoom){.relations = relations,
                     .of_group = of_group,
                     .value = (const double *)(gconstpointer)value->data,
                     .is_known = (const gboolean *)(gconstpointer)is_known->data,
                     .is_amount = counted != NULL && counted->is_amount,
                     .said = g_new(SpSaid, (gsize)n + 1),
                     .low = g_new(double, n_cells + 1),
                     .high = g_new(double, n_cells + 1)};
    for (guint32 i = 0; i < n; i++) {
        room->said[i] = look_at(room, sp_relation(relations, i), width);
    }
    return room;
}

void sp_room_free(SpRoom *room)
{
    if (room != NULL) {
        g_free(room->said);
        g_free(room->low);
        g_free(room->high);
        g_free(room);
    }
}

static void open_bounds(SpRoom *room, const SpCells *cells)
{
    for (guint i = 0; i < room->of_group->len; i++) {
        const guint32 cell = g_array_index(room->of_group, guint32, i);
        const double value = room->value[cell];
        const gboolean is_known = room->is_known[cell];
        const gboolean is_shown = is_known && (sp_cells_reason(cells, cell) == SP_SHOWN ||
                                               sp_cells_is_published(cells, cell));
        const gboolean is_some = is_known && value > 0.0 && !cells->hides_zeros && !room->is_amount;
        room->low[cell] = is_shown ? value : is_some ? 1.0 : 0.0;
        room->high[cell] = is_shown ? value : (double)INFINITY;
    }
}

/* No bound goes beyond the truth, though tables should differ by what somebody rounded. */
static gboolean raise_low(SpRoom *room, guint32 cell, double to)
{
    const double bound = MIN(to, room->value[cell]);
    if (bound > room->low[cell] + nothing) {
        room->low[cell] = bound;
        return TRUE;
    }
    return FALSE;
}

static gboolean lower_high(SpRoom *room, guint32 cell, double to)
{
    const double bound = MAX(to, room->value[cell]);
    if (bound < room->high[cell] - nothing) {
        room->high[cell] = bound;
        return TRUE;
    }
    return FALSE;
}

/* What the bounds of a sum's parts come to. */
typedef struct {
    double least;
    double most; /* of those that are bounded above */
    guint n_open;
} Span;

static Span span_of(const SpRoom *room, const SpRelation *relation)
{
    Span span = {0};
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        const double high = room->high[room->relations->part[i]];
        span.least += room->low[room->relations->part[i]];
        span.n_open += isinf(high) ? 1 : 0;
        span.most += isinf(high) ? 0.0 : high;
    }
    return span;
}

/* What the other parts may come to, INFINITY where one of them has no bound. */
static double most_beside(const SpRoom *room, const Span *span, guint32 part)
{
    const double high = room->high[part];
    if (isinf(high)) {
        return span->n_open == 1 ? span->most : (double)INFINITY;
    }
    return span->n_open == 0 ? span->most - high : (double)INFINITY;
}

/* Parts that come to their whole, or to no less where persons are in several of them; each is no
 * more than the whole. */
static gboolean bound(SpRoom *room, guint32 number)
{
    const SpRelation *relation = sp_relation(room->relations, number);
    const SpSaid *said = &room->said[number];
    const guint32 whole = relation->whole;
    const double beside = said->adds ? said->beside : 0.0;
    const Span span = span_of(room, relation);
    gboolean is_changed =
        said->is_whole && span.n_open == 0 && lower_high(room, whole, span.most - beside);
    is_changed = (said->adds && raise_low(room, whole, span.least - beside)) || is_changed;
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        const guint32 part = room->relations->part[i];
        const double rest = said->adds ? beside - (span.least - room->low[part]) : 0.0;
        is_changed = lower_high(room, part, room->high[whole] + MIN(rest, 0.0)) || is_changed;
        const double least = room->low[whole] + beside - most_beside(room, &span, part);
        is_changed = (said->is_whole && raise_low(room, part, least)) || is_changed;
        is_changed = raise_low(room, whole, room->low[part]) || is_changed;
    }
    return is_changed;
}

void sp_room_find(SpRoom *room, const SpCells *cells)
{
    const guint32 n = sp_relations_size(room->relations);
    gboolean is_changed = TRUE;
    open_bounds(room, cells);
    for (guint round = 0; is_changed && round < MOST_ROUNDS; round++) {
        is_changed = FALSE;
        for (guint32 i = 0; i < n; i++) {
            is_changed = bound(room, i) || is_changed;
        }
    }
}
