/* The past as it was known. */
#include "transforms/project/backtest/asof.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"
#include "core/table_rows.h"

#include <string.h>

enum { NEW_YEAR = 101, YEAR = 10000 };

static gboolean is_geography(const char *table)
{
    return strcmp(table, "region") == 0 || strcmp(table, "kommune_endring") == 0;
}

/* What bands and series are called: no figures, and no business of a forecaster's. */
static gboolean is_list_of_words(const char *table)
{
    return strcmp(table, "aldersgrupper") == 0 || strcmp(table, "treffsikkerhet_serier") == 0;
}

static gboolean is_rule(const char *table)
{
    static const char *const rules[] = {
        "tjenester", "struktur", "bemanning_kilder", "lovkrav", "utvikling", "profesjoner", NULL};
    return g_strv_contains(rules, table);
}

SpTables *sp_as_of_rules(const SpTables *tables)
{
    SpTables *rules = sp_tables_new();
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        if (is_rule(sp_table_name(sp_tables_at(tables, i)))) {
            sp_tables_add(rules, sp_table_copy(sp_tables_at(tables, i)));
        }
    }
    return rules;
}

int sp_as_of_year(const char *period)
{
    SpPeriod parsed;
    if (!sp_period_parse(period, &parsed)) {
        return -1;
    }
    return sp_day_year(parsed.last) + (parsed.last % YEAR == NEW_YEAR ? 0 : 1);
}

/* What a table is dated by. */
typedef struct {
    gsize column;        /* SP_NO_COLUMN: the edition */
    gboolean is_edition; /* the column holds years of rounds */
} Dating;

static Dating dating_of(const SpTable *table)
{
    gsize edition = sp_table_find(table, "utgave");
    return edition != SP_NO_COLUMN ? (Dating){edition, TRUE}
                                   : (Dating){sp_table_find(table, "period"), FALSE};
}

static gboolean is_known(const char *code, gboolean is_edition, int base)
{
    gint64 year = 0;
    if (is_edition) {
        return sp_number_parse_int(code, strlen(code), &year) && year <= base;
    }
    int over = sp_as_of_year(code);
    return over >= 0 && over <= base;
}

/* An edition is a day, or a time that begins with one. */
static gboolean has_known_edition(const SpTable *table, int base)
{
    const char *edition = sp_table_edition(table);
    g_autofree char *day_text = g_strndup(edition == NULL ? "" : edition, strlen("2024-01-01"));
    SpDay day;
    return sp_day_parse(day_text, &day) && day <= base * YEAR + NEW_YEAR;
}

/* By number of the column's codes. g_free. */
static gboolean *known_codes(const SpTable *table, Dating dating, int base)
{
    const SpCodes *codes = sp_table_codes(table, dating.column);
    guint32 n = sp_codes_size(codes);
    gboolean *known = g_new(gboolean, n + 1);
    for (guint32 i = 0; i < n; i++) {
        known[i] = is_known(sp_codes_text(codes, i), dating.is_edition, base);
    }
    return known;
}

static gboolean check_table(const SpTable *table, int base, GError **error)
{
    Dating dating = dating_of(table);
    if (sp_table_n_rows(table) == 0 || is_geography(sp_table_name(table))) {
        return TRUE;
    }
    if (dating.column == SP_NO_COLUMN) {
        const char *edition = sp_table_edition(table);
        return has_known_edition(table, base) ||
               sp_error_set(error, SP_ERROR_DATA,
                            "%s: it has no period and its edition is %s, but the base is 1 January "
                            "%d; give it an edition that was out by then, or leave it out",
                            sp_table_name(table), edition == NULL ? "unknown" : edition, base);
    }
    g_autofree gboolean *known = known_codes(table, dating, base);
    const guint32 *number = sp_table_code_numbers_const(table, dating.column);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!known[number[row]]) {
            return sp_error_set(
                error, SP_ERROR_DATA,
                "%s: row %" G_GSIZE_FORMAT
                ": %s %s is newer than the base, 1 January %d; a back-test may not read it",
                sp_table_name(table), row + 1, dating.is_edition ? "round" : "period",
                sp_table_code(table, row, dating.column), base);
        }
    }
    return TRUE;
}

gboolean sp_as_of_check(const SpTables *tables, int base, GError **error)
{
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        if (!check_table(sp_tables_at(tables, i), base, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- cutting ---- */

/* Kommuner whose figures of the base day are modelled. Codes are borrowed. */
static GHashTable *divided_later(const SpTable *folkemengde, int base)
{
    GHashTable *divided = g_hash_table_new(g_str_hash, g_str_equal);
    gsize region = folkemengde == NULL ? SP_NO_COLUMN : sp_table_find(folkemengde, "region");
    gsize period = folkemengde == NULL ? SP_NO_COLUMN : sp_table_find(folkemengde, "period");
    gsize persons = folkemengde == NULL ? SP_NO_COLUMN : sp_table_find(folkemengde, "innbyggere");
    char day[SP_DAY_SIZE];
    guint32 base_day;
    sp_day_format(base * YEAR + NEW_YEAR, day);
    if (region == SP_NO_COLUMN || period == SP_NO_COLUMN || persons == SP_NO_COLUMN ||
        !sp_codes_find(sp_table_codes(folkemengde, period), day, &base_day)) {
        return divided;
    }
    const guint32 *when = sp_table_code_numbers_const(folkemengde, period);
    const SpReal *real = sp_table_reals_const(folkemengde, persons);
    for (gsize row = 0; row < sp_table_n_rows(folkemengde); row++) {
        if (when[row] == base_day && (real[row].flags & SP_FLAG_MODELLED) != 0) {
            g_hash_table_add(divided, (gpointer)sp_table_code(folkemengde, row, region));
        }
    }
    return divided;
}

typedef struct {
    const gboolean *known;   /* by number of the dating's codes; NULL: all */
    const gboolean *divided; /* by number of the regions' codes; NULL: none */
    const guint32 *when, *where;
} Keep;

static gboolean keep_row(const SpTable *table, gsize row, gpointer data)
{
    const Keep *keep = data;
    (void)table;
    return (keep->known == NULL || keep->known[keep->when[row]]) &&
           (keep->divided == NULL || !keep->divided[keep->where[row]]);
}

static SpTable *cut_table(const SpTable *table, int base, GHashTable *divided)
{
    Dating dating = dating_of(table);
    gsize region = sp_table_find(table, "region");
    g_autofree gboolean *known = NULL;
    g_autofree gboolean *is_divided = NULL;
    Keep keep = {.known = NULL};
    if (dating.column != SP_NO_COLUMN) {
        known = known_codes(table, dating, base);
        keep.known = known;
        keep.when = sp_table_code_numbers_const(table, dating.column);
    }
    if (region != SP_NO_COLUMN && g_hash_table_size(divided) > 0) {
        const SpCodes *codes = sp_table_codes(table, region);
        is_divided = g_new(gboolean, sp_codes_size(codes) + 1);
        for (guint32 i = 0; i < sp_codes_size(codes); i++) {
            is_divided[i] = g_hash_table_contains(divided, sp_codes_text(codes, i));
        }
        keep.divided = is_divided;
        keep.where = sp_table_code_numbers_const(table, region);
    }
    return sp_table_filter(table, keep_row, &keep);
}

SpTables *sp_as_of_cut(const SpTables *tables, int base, SpQuality *quality)
{
    SpTables *known = sp_tables_new();
    g_autoptr(GHashTable) divided = divided_later(sp_tables_find(tables, "folkemengde"), base);
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        if (is_list_of_words(sp_table_name(table)) || is_rule(sp_table_name(table))) {
            continue;
        }
        if (is_geography(sp_table_name(table))) {
            sp_tables_add(known, sp_table_copy(table));
        } else if (dating_of(table).column != SP_NO_COLUMN || has_known_edition(table, base)) {
            sp_tables_add(known, cut_table(table, base, divided));
        } else {
            sp_quality_note(quality, "backtest_withheld", sp_table_name(table), 0,
                            "it has no period, and no edition that was out on 1 January %d: the "
                            "back-test did not use it",
                            base);
        }
    }
    return known;
}

/* ---- divided kommuner ---- */

typedef struct {
    const char *day, *from, *to;
} Change;

static int by_day(const void *a, const void *b)
{
    return strcmp(((const Change *)a)->day, ((const Change *)b)->day);
}

static gboolean is_split(const GArray *changes, const Change *change)
{
    for (guint i = 0; i < changes->len; i++) {
        const Change *other = &g_array_index(changes, Change, i);
        if (strcmp(other->day, change->day) == 0 && strcmp(other->from, change->from) == 0 &&
            strcmp(other->to, change->to) != 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Parts of splits after `first_day`, and what they became later. */
static gboolean add_parts(const SpTable *table, const char *first_day, GHashTable *divided,
                          GError **error)
{
    static const char *const names[] = {"dato", "fra", "til"};
    gsize columns[G_N_ELEMENTS(names)];
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        Change change = {sp_table_code(table, row, columns[0]),
                         sp_table_code(table, row, columns[1]),
                         sp_table_code(table, row, columns[2])};
        if (strcmp(change.day, first_day) > 0 && *change.from != '\0' && *change.to != '\0') {
            g_array_append_val(changes, change);
        }
    }
    g_array_sort(changes, by_day);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        if (is_split(changes, change) || g_hash_table_contains(divided, change->from)) {
            g_hash_table_add(divided, (gpointer)change->to);
        }
    }
    return TRUE;
}

GHashTable *sp_divided_kommuner(const SpTable *folkemengde, const SpTable *changes, GError **error)
{
    gsize region, period, persons;
    if (!sp_table_need(folkemengde, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(folkemengde, "period", SP_COLUMN_CODE, &period, error) ||
        !sp_table_need(folkemengde, "innbyggere", SP_COLUMN_MEASURE, &persons, error)) {
        return NULL;
    }
    g_autoptr(GHashTable) divided = g_hash_table_new(g_str_hash, g_str_equal);
    const SpReal *real = sp_table_reals_const(folkemengde, persons);
    const char *first_day = NULL;
    for (gsize row = 0; row < sp_table_n_rows(folkemengde); row++) {
        const char *day = sp_table_code(folkemengde, row, period);
        if (first_day == NULL || strcmp(day, first_day) < 0) {
            first_day = day;
        }
        if ((real[row].flags & SP_FLAG_MODELLED) != 0) {
            g_hash_table_add(divided, (gpointer)sp_table_code(folkemengde, row, region));
        }
    }
    if (changes != NULL && first_day != NULL && !add_parts(changes, first_day, divided, error)) {
        return NULL;
    }
    return g_steal_pointer(&divided);
}
