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
        g_free(room->is_nothing);
        g_free(room);
    }
}

/* Readers have its figure. */
static gboolean is_seen(const SpRoom *room, const SpCells *cells, guint32 cell)
{
    return room->is_known[cell] && sp_cells_is_seen(cells, cell);
}

static void open_bounds(SpRoom *room, const SpCells *cells)
{
    for (guint i = 0; i < room->of_group->len; i++) {
        const guint32 cell = g_array_index(room->of_group, guint32, i);
        const double value = room->value[cell];
        const gboolean is_known = room->is_known[cell];
        const gboolean is_shown = is_seen(room, cells, cell);
        const gboolean is_some = is_known && value > 0.0 && !cells->hides_zeros && !room->is_amount;
        room->low[cell] = is_shown ? value : is_some ? 1.0 : 0.0;
        room->high[cell] = is_shown ? value : (double)INFINITY;
    }
}

/* ---- following sums ---- */

/* Relations that are to be looked at, each once, in a ring with room for all. */
typedef struct {
    SpRoom *room;
    guint32 *waiting;
    gboolean *is_waiting; /* [relations] */
    guint32 first;
    guint32 n;
} Queue;

static void put(Queue *queue, guint32 number)
{
    const guint32 size = sp_relations_size(queue->room->relations);
    if (!queue->is_waiting[number]) {
        queue->is_waiting[number] = TRUE;
        queue->waiting[(queue->first + queue->n++) % size] = number;
    }
}

static guint32 next_of(Queue *queue)
{
    const guint32 number = queue->waiting[queue->first];
    queue->first = (queue->first + 1) % sp_relations_size(queue->room->relations);
    queue->n--;
    queue->is_waiting[number] = FALSE;
    return number;
}

/* A bound of the cell came nearer. */
static void put_all_of(Queue *queue, guint32 cell)
{
    const SpRelations *relations = queue->room->relations;
    for (guint32 k = relations->first_in[cell]; k < relations->first_in[cell + 1]; k++) {
        put(queue, relations->in[k]);
    }
    for (guint32 k = relations->first_of[cell]; k < relations->first_of[cell + 1]; k++) {
        put(queue, k);
    }
}

/* No bound goes beyond the truth, though tables should differ by what somebody rounded. */
static void raise_low(Queue *queue, guint32 cell, double to)
{
    double *low = &queue->room->low[cell];
    const double bound = MIN(to, queue->room->value[cell]);
    if (bound > *low + nothing) {
        *low = bound;
        put_all_of(queue, cell);
    }
}

static void lower_high(Queue *queue, guint32 cell, double to)
{
    double *high = &queue->room->high[cell];
    const double bound = MAX(to, queue->room->value[cell]);
    if (bound < *high - nothing) {
        *high = bound;
        put_all_of(queue, cell);
    }
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
static void bound(Queue *queue, guint32 number)
{
    const SpRoom *room = queue->room;
    const SpRelation *relation = sp_relation(room->relations, number);
    const SpSaid *said = &room->said[number];
    const guint32 whole = relation->whole;
    const double beside = said->adds ? said->beside : 0.0;
    const Span span = span_of(room, relation);
    if (said->is_whole && span.n_open == 0) {
        lower_high(queue, whole, span.most - beside);
    }
    if (said->adds) {
        raise_low(queue, whole, span.least - beside);
    }
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        const guint32 part = room->relations->part[i];
        const double rest = said->adds ? beside - (span.least - room->low[part]) : 0.0;
        lower_high(queue, part, room->high[whole] + MIN(rest, 0.0));
        if (said->is_whole) {
            raise_low(queue, part, room->low[whole] + beside - most_beside(room, &span, part));
        }
        raise_low(queue, whole, room->low[part]);
    }
}

/* All relations wait. */
static Queue queue_of(SpRoom *room)
{
    const guint32 n = sp_relations_size(room->relations);
    Queue queue = {.room = room,
                   .waiting = g_new(guint32, (gsize)n + 1),
                   .is_waiting = g_new0(gboolean, (gsize)n + 1)};
    for (guint32 i = 0; i < n; i++) {
        put(&queue, i);
    }
    return queue;
}

static void queue_clear(Queue *queue)
{
    g_free(queue->waiting);
    g_free(queue->is_waiting);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Queue, queue_clear)

void sp_room_find(SpRoom *room, const SpCells *cells)
{
    const guint64 most = (guint64)sp_relations_size(room->relations) * MOST_ROUNDS;
    g_auto(Queue) queue = queue_of(room);
    g_clear_pointer(&room->is_nothing, g_free);
    open_bounds(room, cells);
    for (guint64 i = 0; queue.n > 0 && i < most; i++) {
        bound(&queue, next_of(&queue));
    }
}

/* ---- what is nothing ---- */

static void mark_nothing(Queue *queue, guint32 cell)
{
    gboolean *is_nothing = &queue->room->is_nothing[cell];
    /* In counts of persons by all that they have together parts may be more than the whole. */
    if (!*is_nothing && !(queue->room->value[cell] > 0.0)) {
        *is_nothing = TRUE;
        put_all_of(queue, cell);
    }
}

static void follow_nothing(Queue *queue, guint32 number)
{
    const SpRoom *room = queue->room;
    const SpRelation *relation = sp_relation(room->relations, number);
    gboolean are_nothing = room->said[number].is_whole;
    for (guint32 i = relation->first; i < sp_relation_end(relation); i++) {
        if (room->is_nothing[relation->whole]) {
            mark_nothing(queue, room->relations->part[i]);
        }
        are_nothing = are_nothing && room->is_nothing[room->relations->part[i]];
    }
    if (are_nothing) {
        mark_nothing(queue, relation->whole);
    }
}

static void find_nothing(SpRoom *room, const SpCells *cells)
{
    g_auto(Queue) queue = queue_of(room);
    room->is_nothing = g_new0(gboolean, room->relations->n_cells + 1);
    for (guint i = 0; i < room->of_group->len; i++) {
        const guint32 cell = g_array_index(room->of_group, guint32, i);
        room->is_nothing[cell] = is_seen(room, cells, cell) && !(room->value[cell] > 0.0);
    }
    while (queue.n > 0) {
        follow_nothing(&queue, next_of(&queue));
    }
}

gboolean sp_room_is_nothing(SpRoom *room, const SpCells *cells, guint32 cell)
{
    if (room->high[cell] > nothing) {
        return FALSE;
    }
    if (room->is_nothing == NULL) {
        find_nothing(room, cells);
    }
    return room->is_nothing[cell];
}
