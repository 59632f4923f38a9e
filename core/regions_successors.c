/* Where a kommune stands later: the changes between two days are followed, day by day, by the set
 * of its parts. */
#include "core/regions_history.h"

#include <string.h>

#include "core/error.h"

/** SP_ERROR_DATA for a code that was no kommune on a day, with the nearest day on which it was one.
 */
static void set_invalid(const SpRegions *regions, const char *code, SpDay day, GError **error)
{
    char on[SP_DAY_SIZE];
    sp_day_format(day, on);
    const GArray *spans = g_hash_table_lookup(regions->spans, code);
    SpDay nearest = 0;
    for (guint i = 0; spans != NULL && i < spans->len; i++) {
        const SpRegionSpan *span = &g_array_index(spans, SpRegionSpan, i);
        SpDay edge = day < span->first ? span->first : sp_day_before(span->until);
        if (nearest == 0 || sp_day_distance(day, edge) < sp_day_distance(day, nearest)) {
            nearest = edge;
        }
    }
    if (nearest == 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "\"%s\" is no kommune on any day; correct the code at its source", code);
        return;
    }
    char then[SP_DAY_SIZE];
    sp_error_set(error, SP_ERROR_DATA,
                 "\"%s\" is no kommune on %s, but was one on %s (%s); correct the code or say the "
                 "division in the layout",
                 code, on, sp_day_format(nearest, then), sp_regions_name(regions, code, nearest));
}

/** Puts a part into the set of parts; a code that is there already takes the later split. */
static void add_part(GHashTable *parts, const char *code, SpDay split_day)
{
    SpDay before = GPOINTER_TO_INT(g_hash_table_lookup(parts, code));
    g_hash_table_insert(parts, (gpointer)code, GINT_TO_POINTER(MAX(before, split_day)));
}

/** The parts after the changes [first, end) of one day; takes the parts before. */
static GHashTable *move_parts(GHashTable *before, const GArray *changes, guint first, guint end)
{
    GHashTable *after = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer code;
    gpointer split;
    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &code, &split)) {
        guint n_rows = 0;
        g_autoptr(GHashTable) targets = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = first; i < end; i++) {
            const SpRegionChange *change = &g_array_index(changes, SpRegionChange, i);
            if (g_strcmp0(change->old_code, code) == 0) {
                n_rows++;
                if (change->new_code != NULL) {
                    g_hash_table_add(targets, (gpointer)change->new_code);
                }
            }
        }
        if (n_rows == 0) {
            add_part(after, code, GPOINTER_TO_INT(split));
            continue;
        }
        SpDay day = g_array_index(changes, SpRegionChange, first).day;
        SpDay split_day = g_hash_table_size(targets) > 1 ? day : GPOINTER_TO_INT(split);
        GHashTableIter each;
        gpointer target;
        g_hash_table_iter_init(&each, targets);
        while (g_hash_table_iter_next(&each, &target, NULL)) {
            add_part(after, target, split_day);
        }
    }
    g_hash_table_unref(before);
    return after;
}

static int compare_successors(gconstpointer a, gconstpointer b)
{
    return strcmp(((const SpSuccessor *)a)->code, ((const SpSuccessor *)b)->code);
}

static GArray *list_parts(GHashTable *parts)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(SpSuccessor));
    GHashTableIter iter;
    gpointer code;
    gpointer split;
    g_hash_table_iter_init(&iter, parts);
    while (g_hash_table_iter_next(&iter, &code, &split)) {
        SpSuccessor successor = {code, g_hash_table_size(parts) > 1 ? GPOINTER_TO_INT(split) : 0};
        g_array_append_val(list, successor);
    }
    g_array_sort(list, compare_successors);
    return list;
}

GArray *sp_regions_successors(const SpRegions *regions, const char *code, SpDay from, SpDay to,
                              GError **error)
{
    char first_day[SP_DAY_SIZE];
    char last_day[SP_DAY_SIZE];
    if (to < from) {
        sp_error_set(
            error, SP_ERROR_DATA,
            "kommune \"%s\" of %s cannot be taken back to %s; regions are only followed forwards",
            code, sp_day_format(from, first_day), sp_day_format(to, last_day));
        return NULL;
    }
    gpointer kept = NULL;
    if (!g_hash_table_lookup_extended(regions->spans, code, &kept, NULL) ||
        !sp_regions_is_valid(regions, code, from)) {
        set_invalid(regions, code, from, error);
        return NULL;
    }
    GHashTable *parts = g_hash_table_new(g_str_hash, g_str_equal);
    add_part(parts, kept, 0);
    guint last = sp_region_changes_first_after(regions->changes, to);
    for (guint i = sp_region_changes_first_after(regions->changes, from); i < last;) {
        guint end = sp_region_changes_end_of_day(regions->changes, i);
        parts = move_parts(parts, regions->changes, i, end);
        i = end;
    }
    GArray *list = list_parts(parts);
    g_hash_table_unref(parts);
    if (list->len == 0) {
        g_array_unref(list);
        sp_error_set(error, SP_ERROR_DATA,
                     "kommune \"%s\" of %s ended before %s without a successor; choose an earlier "
                     "division or leave its figures out",
                     code, sp_day_format(from, first_day), sp_day_format(to, last_day));
        return NULL;
    }
    return list;
}
