/* Arrivals taken back, one fetch at a time. */
#include "pipeline/states.h"

#include "pipeline/deliveries.h"

#include <string.h>

void sp_standing_free(SpStanding *standing)
{
    if (standing != NULL) {
        sp_snapshot_free(standing->snapshot);
        g_free(standing);
    }
}

/* One delivery: its snapshots from the newest, and the one that the state at hand has of it. */
typedef struct {
    GPtrArray *snapshots; /* SpStanding*, owned */
    guint at;             /* all of them passed: left out */
    gboolean is_rejected; /* the newest */
} Part;

static void part_free(Part *part)
{
    g_ptr_array_unref(part->snapshots);
    g_free(part);
}

static void add(Part *part, SpSnapshot *snapshot)
{
    SpStanding *standing = g_new0(SpStanding, 1);
    standing->snapshot = snapshot;
    standing->first = G_MAXUINT;
    standing->last = G_MAXUINT;
    g_ptr_array_add(part->snapshots, standing);
}

static const SpSnapshot *snapshot_at(const Part *part, guint i)
{
    return ((const SpStanding *)part->snapshots->pdata[i])->snapshot;
}

/* The same bytes would be as good or as bad as they were. */
static gboolean has_bytes(const Part *part, const SpSnapshot *snapshot)
{
    for (guint i = 0; i < part->snapshots->len; i++) {
        if (strcmp(snapshot_at(part, i)->hash, snapshot->hash) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* With another pattern before, what was in a delivery's place may be of another one. */
static gboolean is_of_part(const SpInboxPattern *pattern, const SpSnapshot *snapshot)
{
    g_autofree char *part =
        pattern == NULL ? NULL : sp_inbox_pattern_part(pattern, sp_delivery_name(snapshot->url));
    return pattern == NULL || g_strcmp0(part, snapshot->part) == 0;
}

/* At most `n` older ones can be in a state. Takes the snapshot. */
static Part *read_part(const SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                       SpSnapshot *newest, guint n)
{
    Part *part = g_new0(Part, 1);
    part->snapshots = g_ptr_array_new_with_free_func((GDestroyNotify)sp_standing_free);
    part->is_rejected = sp_snapshot_is_rejected(context, dataset, newest);
    add(part, newest);
    g_autoptr(SpSnapshot) before = sp_snapshot_before(context, dataset, newest);
    while (before != NULL && part->snapshots->len <= n) {
        SpSnapshot *next = sp_snapshot_before(context, dataset, before);
        if (!sp_snapshot_is_rejected(context, dataset, before) && is_of_part(pattern, before) &&
            !has_bytes(part, before)) {
            add(part, g_steal_pointer(&before));
        }
        sp_snapshot_free(before);
        before = next;
    }
    return part;
}

/* The receipt of the snapshot that the state at hand has; "", before all, when it has none. */
static const char *received(const Part *part)
{
    return part->at < part->snapshots->len ? snapshot_at(part, part->at)->received : "";
}

static const char *last_received(const GPtrArray *parts)
{
    const char *last = "";
    for (guint i = 0; i < parts->len; i++) {
        last = strcmp(received(parts->pdata[i]), last) > 0 ? received(parts->pdata[i]) : last;
    }
    return last;
}

/* Deliveries whose newest was rejected go back if they are not the last to have come. TRUE if any
 * did and a state is left. */
static gboolean without_rejected(const GPtrArray *parts)
{
    g_autofree char *last = g_strdup(last_received(parts));
    gboolean is_any = FALSE;
    for (guint i = 0; i < parts->len; i++) {
        Part *part = parts->pdata[i];
        if (part->is_rejected && strcmp(received(part), last) < 0) {
            part->at++;
            is_any = TRUE;
        }
    }
    return is_any;
}

/* TRUE if a state is left. */
static gboolean before_last(const GPtrArray *parts)
{
    g_autofree char *last = g_strdup(last_received(parts));
    for (guint i = 0; i < parts->len; i++) {
        Part *part = parts->pdata[i];
        if (strcmp(received(part), last) == 0) {
            part->at++;
        }
    }
    return *last_received(parts) != '\0';
}

/* What is in the state at hand, and was in the one before it no longer. */
static void note_state(const GPtrArray *parts, guint state)
{
    for (guint i = 0; i < parts->len; i++) {
        Part *part = parts->pdata[i];
        for (guint k = 0; k < part->snapshots->len; k++) {
            SpStanding *standing = part->snapshots->pdata[k];
            if (k == part->at && standing->first == G_MAXUINT) {
                standing->first = state;
            } else if (k < part->at && standing->last == G_MAXUINT) {
                standing->last = state - 1;
            }
        }
    }
}

/* First the newest of each, then all that are in an older state. */
static GPtrArray *collect(const GPtrArray *parts)
{
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)sp_standing_free);
    for (guint i = 0; i < parts->len; i++) {
        g_ptr_array_add(list, g_ptr_array_steal_index(((Part *)parts->pdata[i])->snapshots, 0));
    }
    for (guint i = 0; i < parts->len; i++) {
        GPtrArray *own = ((Part *)parts->pdata[i])->snapshots;
        while (own->len > 0 && ((const SpStanding *)own->pdata[0])->first != G_MAXUINT) {
            g_ptr_array_add(list, g_ptr_array_steal_index(own, 0));
        }
    }
    return list;
}

GPtrArray *sp_states_list(const SpContext *context, const char *dataset, guint n, GError **error)
{
    g_autoptr(SpInboxPattern) pattern = NULL;
    g_autoptr(GPtrArray) newest = sp_deliveries_in_use(context, dataset, error);
    if (newest == NULL || !sp_deliveries_pattern(context, dataset, &pattern, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)part_free);
    while (newest->len > 0) {
        g_ptr_array_add(
            parts, read_part(context, dataset, pattern, g_ptr_array_steal_index(newest, 0), n));
    }
    note_state(parts, 0);
    guint state = 0;
    if (n > 0 && without_rejected(parts)) {
        note_state(parts, ++state);
    }
    while (state < n && before_last(parts)) {
        note_state(parts, ++state);
    }
    return collect(parts);
}
