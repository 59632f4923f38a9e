/* What a source changed, told against the snapshot and the period before. */
#include "transforms/normalise/controls/drift.h"

#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/normalise/controls/pairs.h"

#include <string.h>

enum {
    MIN_COPIED = 3, /* fewer different equal figures than this are chance in a small kommune */
    MIN_LARGE = 5,  /* a smaller figure may well be the same, or 0, a year later */
};

static gboolean has_numbers(const SpTable *table, gsize column)
{
    const SpReal *reals = sp_table_reals_const(table, column);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (sp_real_is_number(reals[row])) {
            return TRUE;
        }
    }
    return FALSE;
}

static void compare_columns(const SpTable *from, const SpTable *to, const char *kind,
                            SpJudge *judge)
{
    for (gsize column = 0; column < sp_table_n_columns(from); column++) {
        const char *name = sp_table_column(from, column)->name;
        if (sp_table_find(to, name) == SP_NO_COLUMN) {
            sp_quality_note(judge->quality, kind, name, 0, "the other snapshot has it not");
        }
    }
}

/* Set of the codes that stand in a column; borrowed from its dictionary. */
static GHashTable *codes_of(const SpTable *table, gsize column)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        if (is_used[i]) {
            g_hash_table_add(set, (gpointer)sp_codes_text(codes, i));
        }
    }
    return set;
}

/* Notes each code of `from` that `to` has not; returns how many. */
static guint note_codes(const char *column, GHashTable *from, GHashTable *to, const char *kind,
                        const char *text, SpJudge *judge)
{
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(from), (GCompareFunc)strcmp);
    guint n = 0;
    for (GList *at = codes; at != NULL; at = at->next) {
        if (!g_hash_table_contains(to, at->data)) {
            g_autofree char *subject = g_strdup_printf("%s %s", column, (const char *)at->data);
            sp_quality_note(judge->quality, kind, subject, 0, "%s", text);
            n++;
        }
    }
    return n;
}

static void compare_codes(const SpTable *now, const SpTable *before, const SpLimits *limits,
                          SpJudge *judge)
{
    for (gsize column = 0; column < sp_table_n_columns(now); column++) {
        const char *name = sp_table_column(now, column)->name;
        gsize other = sp_table_find(before, name);
        if (!sp_pairs_is_key(now, column) || other == SP_NO_COLUMN || strcmp(name, "region") == 0) {
            continue;
        }
        g_autoptr(GHashTable) own = codes_of(now, column);
        g_autoptr(GHashTable) old = codes_of(before, other);
        (void)note_codes(name, own, old, "code_appeared", "not in the snapshot before", judge);
        guint n = note_codes(name, old, own, "code_vanished",
                             "in the snapshot before and not in this", judge);
        (void)sp_judge_share(judge, "codes_vanished", name,
                             (SpShare){n, g_hash_table_size(old), "codes are no longer there"},
                             limits);
    }
}

/* Kommuner of a table that one would look for in the next. Of a person-level one only those with a
 * figure of at least MIN_LARGE: the one employee of a kommune may have left. */
static GHashTable *kommuner_to_expect(const SpTable *table, gsize region)
{
    gboolean is_persons = (sp_table_marks(table) & SP_MARK_SENSITIVE) != 0;
    GHashTable *kommuner = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, region);
        gboolean is_large = !is_persons;
        for (gsize i = 0; !is_large && i < sp_table_n_columns(table); i++) {
            is_large = sp_table_column(table, i)->kind == SP_COLUMN_MEASURE &&
                       sp_table_real(table, row, i).status == SP_PRESENT &&
                       sp_table_real(table, row, i).value >= MIN_LARGE;
        }
        if (is_large && sp_region_kind(code) == SP_REGION_KOMMUNE) {
            g_hash_table_add(kommuner, (gpointer)code);
        }
    }
    return kommuner;
}

/* Kommuner of `before` without any row in `now`, each noted; and how many there were. */
static void compare_kommuner(const SpTable *now, const SpTable *before, const char *kind,
                             const char *text, const SpLimits *limits, SpJudge *judge)
{
    gsize own = sp_table_find(now, "region");
    gsize old = sp_table_find(before, "region");
    if (own == SP_NO_COLUMN || old == SP_NO_COLUMN) {
        return;
    }
    g_autoptr(GHashTable) here = codes_of(now, own);
    g_autoptr(GHashTable) there = kommuner_to_expect(before, old);
    guint n = note_codes("region", there, here, kind, text, judge);
    g_autofree char *whole = g_strdup_printf("kommuner: %s", text);
    (void)sp_judge_share(judge, kind, "kommuner", (SpShare){n, g_hash_table_size(there), whole},
                         limits);
}

static SpTable *of_period(const SpTable *table, const char *period)
{
    return sp_table_filter_codes(table, sp_table_find(table, "period"), &period, 1);
}

void sp_drift_newest(const SpTable *table, const char **newest, const char **before)
{
    gsize column = sp_table_find(table, "period");
    *newest = NULL;
    *before = NULL;
    if (column == SP_NO_COLUMN) {
        return;
    }
    SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        if (is_used[i] && (*newest == NULL || strcmp(code, *newest) > 0)) {
            *before = *newest;
            *newest = code;
        } else if (is_used[i] && (*before == NULL || strcmp(code, *before) > 0)) {
            *before = code;
        }
    }
}

/* The newest period that both have; NULL without one. */
static const char *newest_of_both(const SpTable *now, const SpTable *before)
{
    gsize own = sp_table_find(now, "period");
    gsize old = sp_table_find(before, "period");
    const char *newest = NULL;
    if (own == SP_NO_COLUMN || old == SP_NO_COLUMN) {
        return NULL;
    }
    g_autoptr(GHashTable) here = codes_of(now, own);
    g_autoptr(GHashTable) there = codes_of(before, old);
    GHashTableIter iter;
    gpointer code = NULL;
    g_hash_table_iter_init(&iter, here);
    while (g_hash_table_iter_next(&iter, &code, NULL)) {
        if (g_hash_table_contains(there, code) && (newest == NULL || strcmp(code, newest) > 0)) {
            newest = code;
        }
    }
    return newest;
}

static void judge_measure(const SpPairs *pairs, const char *measure, const SpDriftLimits *limits,
                          SpJudge *judge)
{
    SpChanges changes = sp_pairs_changes(pairs, measure, limits->factor, 0.0);
    if (has_numbers(pairs->before, sp_table_find(pairs->before, measure)) &&
        !has_numbers(pairs->now, sp_table_find(pairs->now, measure))) {
        sp_quality_note(judge->quality, "measure_vanished", measure, 0,
                        "the snapshot before had numbers, this one has none");
    }
    (void)sp_judge_share(judge, "level_break", measure,
                         (SpShare){changes.n_breaks, changes.n_cells,
                                   "figures changed by an order since the snapshot before"},
                         &limits->level);
    (void)sp_judge_share(
        judge, "zero_was_figure", measure,
        (SpShare){changes.n_zeros, changes.n_figures, "figures of the snapshot before are 0 now"},
        &limits->zeros);
    (void)sp_judge_share(judge, "revised", measure,
                         (SpShare){changes.n_revised, changes.n_cells,
                                   "figures are revised since the snapshot before"},
                         &limits->revised);
}

static void judge_totals(const SpTable *now, const SpTable *before, const char *kind,
                         gboolean is_by_period, const SpLimits *limits, SpJudge *judge)
{
    g_auto(SpPairs) pairs;
    sp_pairs_init(&pairs, now, before, is_by_period);
    for (gsize column = 0; column < sp_table_n_columns(now); column++) {
        const SpColumn *is = sp_table_column(now, column);
        double own = 0.0;
        double old = 0.0;
        if (sp_pairs_has_measure(&pairs, column) && is->is_additive) {
            sp_pairs_sums(&pairs, is->name, &own, &old);
            (void)sp_judge_change(judge, kind, is->name, old, own, limits);
        }
    }
}

void sp_drift_snapshots(const SpTable *now, const SpTable *before, const SpDriftLimits *limits,
                        SpJudge *judge)
{
    g_auto(SpPairs) pairs;
    sp_pairs_init(&pairs, now, before, TRUE);
    compare_columns(now, before, "column_appeared", judge);
    compare_columns(before, now, "column_vanished", judge);
    compare_codes(now, before, &limits->codes, judge);
    for (gsize column = 0; column < sp_table_n_columns(now); column++) {
        if (sp_pairs_has_measure(&pairs, column)) {
            judge_measure(&pairs, sp_table_column(now, column)->name, limits, judge);
        }
    }
    const char *newest = newest_of_both(now, before);
    if (newest != NULL) {
        g_autoptr(SpTable) own = of_period(now, newest);
        g_autoptr(SpTable) old = of_period(before, newest);
        compare_kommuner(own, old, "kommune_vanished", "in the snapshot before and not in this",
                         &limits->kommuner, judge);
        judge_totals(own, old, "total_changed", TRUE, &limits->total, judge);
    }
}

/* Figures of a kommune that are large enough to tell something and present in both periods. One
 * person's figure stands at every level of a table, so what counts is how many different ones there
 * are. */
typedef struct {
    guint n_figures;
    guint n_equal;
    GHashTable *values; /* double* of the newest period, each once */
} Copied;

static Copied *copied_new(void)
{
    Copied *copied = g_new0(Copied, 1);
    copied->values = g_hash_table_new_full(g_double_hash, g_double_equal, g_free, NULL);
    return copied;
}

static void copied_free(gpointer data)
{
    g_hash_table_unref(((Copied *)data)->values);
    g_free(data);
}

static void count_figure(Copied *copied, SpReal now, SpReal before)
{
    if (now.status == SP_PRESENT && before.status == SP_PRESENT &&
        MAX(now.value, before.value) >= MIN_LARGE) {
        copied->n_figures++;
        copied->n_equal += now.value == before.value ? 1 : 0;
        g_hash_table_add(copied->values, g_memdup2(&now.value, sizeof now.value));
    }
}

static void count_copied(const SpPairs *pairs, gsize region, GHashTable *kommuner)
{
    for (guint i = 0; i < pairs->pairs->len; i++) {
        SpPair pair = g_array_index(pairs->pairs, SpPair, i);
        if (pair.now == SP_NO_COLUMN || pair.before == SP_NO_COLUMN ||
            !sp_pairs_is_kommune(pairs->now, pair.now, region)) {
            continue;
        }
        gpointer code = (gpointer)sp_table_code(pairs->now, pair.now, region);
        Copied *copied = g_hash_table_lookup(kommuner, code);
        if (copied == NULL) {
            copied = copied_new();
            g_hash_table_insert(kommuner, code, copied);
        }
        for (gsize column = 0; column < sp_table_n_columns(pairs->now); column++) {
            if (sp_pairs_has_measure(pairs, column)) {
                count_figure(copied, sp_table_real(pairs->now, pair.now, column),
                             sp_table_real(pairs->before, pair.before, column));
            }
        }
    }
}

/* Last year's figures sent once more: each such kommune is named. */
static void judge_copied(const SpPairs *pairs, const char *before, const SpLimits *limits,
                         SpJudge *judge)
{
    gsize region = sp_table_find(pairs->now, "region");
    g_autoptr(GHashTable) kommuner =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, copied_free);
    count_copied(pairs, region, kommuner);
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(kommuner), (GCompareFunc)strcmp);
    guint n_copied = 0;
    guint n_compared = 0;
    for (GList *at = codes; at != NULL; at = at->next) {
        const Copied *copied = g_hash_table_lookup(kommuner, at->data);
        if (g_hash_table_size(copied->values) < MIN_COPIED) {
            continue;
        }
        n_compared++;
        if (copied->n_equal == copied->n_figures) {
            g_autofree char *subject = g_strdup_printf("region %s", (const char *)at->data);
            sp_quality_note(judge->quality, "copied", subject, 0,
                            "all %u figures equal those of %s", copied->n_figures, before);
            n_copied++;
        }
    }
    (void)sp_judge_share(
        judge, "copied", "kommuner",
        (SpShare){n_copied, n_compared, "kommuner repeat all figures of the period before"},
        limits);
}

static void judge_zeros(const SpPairs *pairs, const SpDriftLimits *limits, SpJudge *judge)
{
    for (gsize column = 0; column < sp_table_n_columns(pairs->now); column++) {
        const char *measure = sp_table_column(pairs->now, column)->name;
        if (sp_pairs_has_measure(pairs, column)) {
            SpChanges changes = sp_pairs_changes(pairs, measure, limits->factor, MIN_LARGE);
            (void)sp_judge_share(judge, "zero_after_figure", measure,
                                 (SpShare){changes.n_zeros, changes.n_figures,
                                           "figures of the period before are 0 in the newest"},
                                 &limits->zeros);
        }
    }
}

void sp_drift_periods(const SpTable *table, const SpDriftLimits *limits, SpJudge *judge)
{
    const char *newest = NULL;
    const char *before = NULL;
    sp_drift_newest(table, &newest, &before);
    if (before == NULL || sp_table_find(table, "region") == SP_NO_COLUMN) {
        return;
    }
    g_autoptr(SpTable) now = of_period(table, newest);
    g_autoptr(SpTable) old = of_period(table, before);
    g_auto(SpPairs) pairs;
    sp_pairs_init(&pairs, now, old, FALSE);
    judge_copied(&pairs, before, &limits->copied, judge);
    judge_zeros(&pairs, limits, judge);
    compare_kommuner(now, old, "kommune_without_newest", "in the period before, not in the newest",
                     &limits->kommuner, judge);
    judge_totals(now, old, "growth", FALSE, &limits->growth, judge);
}
