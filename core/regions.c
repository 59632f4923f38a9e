/*
 * Kommuner over time. The changes are replayed from the known division, backwards to the first and
 * forwards to the last one; each replayed change closes and opens spans of validity, and each span
 * carries the name that the code had then. Nodes of KLASS are not needed: day and code say which
 * kommune is meant, also where a code was used anew.
 */
#include "core/regions.h"

#include "core/error.h"
#include "core/regions_history.h"

#include <string.h>

static int compare_changes(gconstpointer a, gconstpointer b)
{
    const SpRegionChange *one = a;
    const SpRegionChange *other = b;
    if (one->day != other->day) {
        return one->day < other->day ? -1 : 1;
    }
    int by_old = g_strcmp0(one->old_code, other->old_code);
    return by_old != 0 ? by_old : g_strcmp0(one->new_code, other->new_code);
}

static const char *keep(SpRegions *regions, const char *text)
{
    return g_string_chunk_insert_const(regions->strings, text);
}

static const char *keep_code(SpRegions *regions, const char *text)
{
    return text[0] == '\0' ? NULL : keep(regions, text);
}

static gboolean read_changes(SpRegions *regions, const SpTable *table, GError **error)
{
    static const char *const names[] = {"date", "old_code", "old_name", "new_code", "new_name"};
    gsize columns[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *date = sp_table_code(table, row, columns[0]);
        const char *old_code = sp_table_code(table, row, columns[1]);
        const char *new_code = sp_table_code(table, row, columns[3]);
        SpRegionChange change = {0};
        if (!sp_day_parse(date, &change.day)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "table %s: row %" G_GSIZE_FORMAT
                                ": date is \"%s\", want a day such as 2024-01-01; fetch the "
                                "changes again",
                                sp_table_name(table), row + 1, date);
        }
        if (strcmp(old_code, SP_REGION_UNKNOWN) == 0 || strcmp(new_code, SP_REGION_UNKNOWN) == 0) {
            continue;
        }
        change.old_code = keep_code(regions, old_code);
        change.old_name = keep(regions, sp_table_code(table, row, columns[2]));
        change.new_code = keep_code(regions, new_code);
        change.new_name = keep(regions, sp_table_code(table, row, columns[4]));
        g_array_append_val(regions->changes, change);
    }
    g_array_sort(regions->changes, compare_changes);
    return TRUE;
}

guint sp_region_changes_end_of_day(const GArray *changes, guint i)
{
    SpDay day = g_array_index(changes, SpRegionChange, i).day;
    while (i < changes->len && g_array_index(changes, SpRegionChange, i).day == day) {
        i++;
    }
    return i;
}

/** First change on the same day as change `i`. */
static guint start_of_day(const GArray *changes, guint i)
{
    SpDay day = g_array_index(changes, SpRegionChange, i).day;
    while (i > 0 && g_array_index(changes, SpRegionChange, i - 1).day == day) {
        i--;
    }
    return i;
}

guint sp_region_changes_first_after(const GArray *changes, SpDay day)
{
    guint i = 0;
    while (i < changes->len && g_array_index(changes, SpRegionChange, i).day <= day) {
        i++;
    }
    return i;
}

/** The division of one day as code -> name, both in the string chunk. */
static gboolean read_codes(SpRegions *regions, const SpTable *table, GHashTable *division,
                           GError **error)
{
    static const char *const names[] = {"code", "name"};
    gsize columns[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, columns[0]);
        if (strcmp(code, SP_REGION_UNKNOWN) == 0) {
            continue;
        }
        if (code[0] == '\0' || g_hash_table_contains(division, code)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "table %s: row %" G_GSIZE_FORMAT
                                ": code \"%s\" %s; fetch the codes of one day again",
                                sp_table_name(table), row + 1, code,
                                code[0] == '\0' ? "is empty" : "stands twice");
        }
        g_hash_table_insert(division, (gpointer)keep(regions, code),
                            (gpointer)keep(regions, sp_table_code(table, row, columns[1])));
    }
    if (g_hash_table_size(division) == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "table %s: no codes of kommuner; fetch them again",
                            sp_table_name(table));
    }
    return TRUE;
}

static gboolean set_contradiction(SpDay day, const char *code, const char *what, GError **error)
{
    char on[SP_DAY_SIZE];
    return sp_error_set(error, SP_ERROR_DATA,
                        "kommuner: the changes of %s do not fit the codes: \"%s\" %s; fetch codes "
                        "and changes again, or changes "
                        "from a later day",
                        sp_day_format(day, on), code, what);
}

/**
 * Moves a division (code -> name) over the changes [first, end) of one day: the codes of the side
 * left go, those of the side entered come. All rows at once: a code may stand on both sides.
 */
static gboolean move_division(GHashTable *division, const GArray *changes, guint first, guint end,
                              gboolean is_backwards, GError **error)
{
    SpDay day = g_array_index(changes, SpRegionChange, first).day;
    g_autoptr(GHashTable) left = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = first; i < end; i++) {
        const SpRegionChange *change = &g_array_index(changes, SpRegionChange, i);
        const char *code = is_backwards ? change->new_code : change->old_code;
        if (code != NULL && g_hash_table_add(left, (gpointer)code) &&
            !g_hash_table_remove(division, code)) {
            return set_contradiction(
                day, code, is_backwards ? "is not there after them" : "is not there before them",
                error);
        }
    }
    g_autoptr(GHashTable) entered = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = first; i < end; i++) {
        const SpRegionChange *change = &g_array_index(changes, SpRegionChange, i);
        const char *code = is_backwards ? change->old_code : change->new_code;
        const char *name = is_backwards ? change->old_name : change->new_name;
        if (code == NULL || !g_hash_table_add(entered, (gpointer)code)) {
            continue;
        }
        if (!g_hash_table_insert(division, (gpointer)code, (gpointer)name)) {
            return set_contradiction(
                day, code, "is met twice: it is on both sides without a row of its own", error);
        }
    }
    return TRUE;
}

static GArray *find_or_add_spans(SpRegions *regions, const char *code)
{
    GArray *spans = g_hash_table_lookup(regions->spans, code);
    if (spans == NULL) {
        spans = g_array_new(FALSE, FALSE, sizeof(SpRegionSpan));
        g_hash_table_insert(regions->spans, (gpointer)code, spans);
    }
    return spans;
}

/** Adds a division that holds from `first` until `until`: a code that keeps its name gets a longer
 * span, others a new one. */
static void add_spans(SpRegions *regions, GHashTable *division, SpDay first, SpDay until)
{
    GHashTableIter iter;
    gpointer code;
    gpointer name;
    g_hash_table_iter_init(&iter, division);
    while (g_hash_table_iter_next(&iter, &code, &name)) {
        GArray *spans = find_or_add_spans(regions, code);
        SpRegionSpan *last =
            spans->len == 0 ? NULL : &g_array_index(spans, SpRegionSpan, spans->len - 1);
        if (last != NULL && last->until == first && strcmp(last->name, name) == 0) {
            last->until = until;
        } else {
            SpRegionSpan span = {name, first, until};
            g_array_append_val(spans, span);
        }
    }
}

static void copy_names(GHashTable *from, GHashTable *to)
{
    GHashTableIter iter;
    gpointer code;
    gpointer name;
    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &code, &name)) {
        g_hash_table_insert(to, code, name);
    }
}

/**
 * Undoes the changes up to the known day, then replays all of them, keeping each division as it
 * comes by. From the last change before the known day on, the names are the codes' own: KLASS may
 * change a name without a row in the list.
 */
static gboolean replay(SpRegions *regions, GHashTable *known, SpDay day, GError **error)
{
    const GArray *changes = regions->changes;
    guint n_until_known = sp_region_changes_first_after(changes, day);
    g_autoptr(GHashTable) division = g_hash_table_new(g_str_hash, g_str_equal);
    copy_names(known, division);
    for (guint end = n_until_known; end > 0;) {
        guint first = start_of_day(changes, end - 1);
        if (!move_division(division, changes, first, end, TRUE, error)) {
            return FALSE;
        }
        end = first;
    }
    SpDay since = 0;
    for (guint first = 0; first < changes->len;) {
        guint end = sp_region_changes_end_of_day(changes, first);
        SpDay until = g_array_index(changes, SpRegionChange, first).day;
        add_spans(regions, division, since, until);
        if (!move_division(division, changes, first, end, FALSE, error)) {
            return FALSE;
        }
        if (end == n_until_known) {
            copy_names(known, division);
        }
        since = until;
        first = end;
    }
    add_spans(regions, division, since, G_MAXINT32);
    return TRUE;
}

static const SpRegionSpan *find_span(const SpRegions *regions, const char *code, SpDay day)
{
    const GArray *spans = g_hash_table_lookup(regions->spans, code);
    for (guint i = 0; spans != NULL && i < spans->len; i++) {
        const SpRegionSpan *span = &g_array_index(spans, SpRegionSpan, i);
        if (span->first <= day && day < span->until) {
            return span;
        }
    }
    return NULL;
}

void sp_regions_free(SpRegions *regions)
{
    if (regions == NULL) {
        return;
    }
    g_hash_table_unref(regions->spans);
    g_array_unref(regions->changes);
    g_string_chunk_free(regions->strings);
    g_free(regions);
}

static gboolean read_all(SpRegions *regions, const SpTable *codes, SpDay day,
                         const SpTable *changes, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    return read_changes(regions, changes, error) && read_codes(regions, codes, known, error) &&
           replay(regions, known, day, error);
}

SpRegions *sp_regions_new(const SpTable *codes, SpDay day, const SpTable *changes, GError **error)
{
    SpRegions *regions = g_new0(SpRegions, 1);
    regions->strings = g_string_chunk_new(4096);
    regions->spans =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    regions->changes = g_array_new(FALSE, FALSE, sizeof(SpRegionChange));
    if (!read_all(regions, codes, day, changes, error)) {
        sp_regions_free(regions);
        return NULL;
    }
    return regions;
}

gboolean sp_regions_is_valid(const SpRegions *regions, const char *code, SpDay day)
{
    return find_span(regions, code, day) != NULL;
}

gboolean sp_regions_is_known(const SpRegions *regions, const char *code)
{
    return g_hash_table_contains(regions->spans, code);
}

const char *sp_regions_name(const SpRegions *regions, const char *code, SpDay day)
{
    const SpRegionSpan *span = find_span(regions, code, day);
    return span == NULL ? NULL : span->name;
}

const char **sp_regions_at(const SpRegions *regions, SpDay day)
{
    GPtrArray *codes = g_ptr_array_new();
    GHashTableIter iter;
    gpointer code;
    g_hash_table_iter_init(&iter, regions->spans);
    while (g_hash_table_iter_next(&iter, &code, NULL)) {
        if (find_span(regions, code, day) != NULL) {
            g_ptr_array_add(codes, code);
        }
    }
    g_ptr_array_sort(codes, sp_codes_compare);
    g_ptr_array_add(codes, NULL);
    return (const char **)g_ptr_array_free(codes, FALSE);
}

GArray *sp_regions_split_days(const SpRegions *regions)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(SpDay));
    for (guint i = 1; i < regions->changes->len; i++) {
        const SpRegionChange *before = &g_array_index(regions->changes, SpRegionChange, i - 1);
        const SpRegionChange *change = &g_array_index(regions->changes, SpRegionChange, i);
        gboolean is_split = change->old_code != NULL && change->day == before->day &&
                            g_strcmp0(change->old_code, before->old_code) == 0 &&
                            change->new_code != NULL && before->new_code != NULL &&
                            strcmp(change->new_code, before->new_code) != 0;
        if (is_split &&
            (days->len == 0 || g_array_index(days, SpDay, days->len - 1) != change->day)) {
            g_array_append_val(days, change->day);
        }
    }
    return days;
}
