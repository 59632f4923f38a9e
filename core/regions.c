/*
 * Kommuner over time. The changes are replayed from the known division, backwards to the first and
 * forwards to the last one; each replayed change closes and opens spans of validity, and each span
 * carries the name that the code had then. Nodes of KLASS are not needed: day and code say which
 * kommune is meant, also where a code was used anew.
 */
#include "core/regions.h"

#include "core/error.h"

#include <string.h>

/** A code over one stretch of days with one name. */
typedef struct {
    const char *name;
    SpDay first; /* 0: since before the first change */
    SpDay until; /* excluded; G_MAXINT32: after the last change too */
} Span;

/** One row of the list of changes; strings lie in the string chunk, NULL: none. */
typedef struct {
    SpDay day;
    const char *old_code;
    const char *old_name;
    const char *new_code;
    const char *new_name;
} Change;

struct SpRegions {
    GStringChunk *strings;
    GHashTable *spans; /* code -> GArray* of Span */
    GArray *changes;   /* Change, by day, old and new code */
};

static int compare_codes(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int compare_changes(gconstpointer a, gconstpointer b)
{
    const Change *one = a;
    const Change *other = b;
    if (one->day != other->day) {
        return one->day < other->day ? -1 : 1;
    }
    int by_old = compare_codes(one->old_code, other->old_code);
    return by_old != 0 ? by_old : compare_codes(one->new_code, other->new_code);
}

static const char *keep(SpRegions *regions, const char *text)
{
    return g_string_chunk_insert_const(regions->strings, text);
}

static const char *keep_code(SpRegions *regions, const char *text)
{
    return text[0] == '\0' ? NULL : keep(regions, text);
}

/** The columns of one table by number. */
static gboolean need_columns(const SpTable *table, const char *const names[], gsize n,
                             gsize columns[], GError **error)
{
    for (gsize i = 0; i < n; i++) {
        if (!sp_table_need(table, names[i], SP_COLUMN_CODE, &columns[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_changes(SpRegions *regions, const SpTable *table, GError **error)
{
    static const char *const names[] = {"date", "old_code", "old_name", "new_code", "new_name"};
    gsize columns[G_N_ELEMENTS(names)];
    if (!need_columns(table, names, G_N_ELEMENTS(names), columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *date = sp_table_code(table, row, columns[0]);
        const char *old_code = sp_table_code(table, row, columns[1]);
        const char *new_code = sp_table_code(table, row, columns[3]);
        Change change = {0};
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

/** First change of a later day than that of change `i`. */
static guint end_of_day(const GArray *changes, guint i)
{
    SpDay day = g_array_index(changes, Change, i).day;
    while (i < changes->len && g_array_index(changes, Change, i).day == day) {
        i++;
    }
    return i;
}

/** First change on the same day as change `i`. */
static guint start_of_day(const GArray *changes, guint i)
{
    SpDay day = g_array_index(changes, Change, i).day;
    while (i > 0 && g_array_index(changes, Change, i - 1).day == day) {
        i--;
    }
    return i;
}

/** First change after a day: those of the day itself have taken place in its codes. */
static guint first_after(const GArray *changes, SpDay day)
{
    guint i = 0;
    while (i < changes->len && g_array_index(changes, Change, i).day <= day) {
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
    if (!need_columns(table, names, G_N_ELEMENTS(names), columns, error)) {
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
    SpDay day = g_array_index(changes, Change, first).day;
    g_autoptr(GHashTable) left = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = first; i < end; i++) {
        const Change *change = &g_array_index(changes, Change, i);
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
        const Change *change = &g_array_index(changes, Change, i);
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
        spans = g_array_new(FALSE, FALSE, sizeof(Span));
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
        Span *last = spans->len == 0 ? NULL : &g_array_index(spans, Span, spans->len - 1);
        if (last != NULL && last->until == first && strcmp(last->name, name) == 0) {
            last->until = until;
        } else {
            Span span = {name, first, until};
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
    guint n_until_known = first_after(changes, day);
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
        guint end = end_of_day(changes, first);
        SpDay until = g_array_index(changes, Change, first).day;
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

static const Span *find_span(const SpRegions *regions, const char *code, SpDay day)
{
    const GArray *spans = g_hash_table_lookup(regions->spans, code);
    for (guint i = 0; spans != NULL && i < spans->len; i++) {
        const Span *span = &g_array_index(spans, Span, i);
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
    regions->changes = g_array_new(FALSE, FALSE, sizeof(Change));
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
    const Span *span = find_span(regions, code, day);
    return span == NULL ? NULL : span->name;
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
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
    g_ptr_array_sort(codes, compare_texts);
    g_ptr_array_add(codes, NULL);
    return (const char **)g_ptr_array_free(codes, FALSE);
}

static gint64 days_between(SpDay a, SpDay b)
{
    GDate one;
    GDate other;
    g_date_clear(&one, 1);
    g_date_clear(&other, 1);
    g_date_set_dmy(&one, (GDateDay)(a % 100), (GDateMonth)(a / 100 % 100), (GDateYear)(a / 10000));
    g_date_set_dmy(&other, (GDateDay)(b % 100), (GDateMonth)(b / 100 % 100),
                   (GDateYear)(b / 10000));
    return ABS((gint64)g_date_days_between(&one, &other));
}

static SpDay day_before(SpDay day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                   (GDateYear)(day / 10000));
    g_date_subtract_days(&date, 1);
    return g_date_get_year(&date) * 10000 + (int)g_date_get_month(&date) * 100 +
           g_date_get_day(&date);
}

/** SP_ERROR_DATA for a code that was no kommune on a day, with the nearest day on which it was one.
 */
static void set_invalid(const SpRegions *regions, const char *code, SpDay day, GError **error)
{
    char on[SP_DAY_SIZE];
    sp_day_format(day, on);
    const GArray *spans = g_hash_table_lookup(regions->spans, code);
    SpDay nearest = 0;
    for (guint i = 0; spans != NULL && i < spans->len; i++) {
        const Span *span = &g_array_index(spans, Span, i);
        SpDay edge = day < span->first ? span->first : day_before(span->until);
        if (nearest == 0 || days_between(day, edge) < days_between(day, nearest)) {
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
            const Change *change = &g_array_index(changes, Change, i);
            if (compare_codes(change->old_code, code) == 0) {
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
        SpDay day = g_array_index(changes, Change, first).day;
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
    guint last = first_after(regions->changes, to);
    for (guint i = first_after(regions->changes, from); i < last;) {
        guint end = end_of_day(regions->changes, i);
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

static gboolean is_digits(const char *code, gsize n)
{
    return strlen(code) == n && strspn(code, "0123456789") == n;
}

SpRegionKind sp_region_kind(const char *code)
{
    if (is_digits(code, 4)) {
        return strcmp(code, SP_REGION_UNKNOWN) == 0 ? SP_REGION_OTHER : SP_REGION_KOMMUNE;
    }
    if (is_digits(code, 2)) {
        return SP_REGION_FYLKE;
    }
    if (strcmp(code, "0") == 0 || strcmp(code, "0k") == 0) {
        return SP_REGION_COUNTRY;
    }
    if (strcmp(code, "0u") == 0) {
        return SP_REGION_COUNTRY_WITHOUT_OSLO;
    }
    if (g_str_has_prefix(code, "EKG") && is_digits(code + 3, 2)) {
        return SP_REGION_KOSTRA_GROUP;
    }
    return code[0] == 'S' && is_digits(code + 1, 1) && code[1] >= '1' && code[1] <= '6'
               ? SP_REGION_CENTRALITY
               : SP_REGION_OTHER;
}
