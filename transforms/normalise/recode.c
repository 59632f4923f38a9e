/* From the source's codes to ours, a dictionary at a time. */
#include "transforms/normalise/recode.h"

#include <string.h>

#include "core/code_form.h"
#include "core/error.h"
#include "core/number.h"
#include "core/period.h"

enum { TOP_AGE = 105, EXCERPT_CHARS = 40, TOLD_CODES = 12 };

/* Why rows of a code are counted: a code is left out in all its rows or in none. */
enum { WHY_UNKNOWN, WHY_LEFT_OUT };

#define NOT_SEEN G_MAXUINT32
#define UNKNOWN (G_MAXUINT32 - 1)
#define LEFT_OUT (G_MAXUINT32 - 2) /* by the layout's unmapped */

struct SpRecode {
    const SpLayoutColumn *column;
    SpCodes *from; /* of the raw column */
    const guint32 *numbers;
    SpCodeList *map; /* NULL if the layout names no code list */
    const guint32
        *periods;    /* [rows] of the raw table's period; NULL: the list is asked for no year */
    int *years;      /* [n_periods] */
    gsize n_periods; /* 1 without periods */
    SpCodes *codes;
    guint32 *to;   /* [size of from][n_periods] number in codes, NOT_SEEN, UNKNOWN or LEFT_OUT */
    gsize *n_rows; /* [size of from] rows that are unknown or left out */
    gsize *first;  /* [size of from] the first of them */
    guint8 *why;   /* [size of from] */
};

static void make_room(SpRecode *recode, gsize n_periods)
{
    gsize n = sp_codes_size(recode->from) * n_periods;
    g_free(recode->to);
    recode->n_periods = n_periods;
    recode->to = g_new(guint32, n + 1);
    for (gsize i = 0; i < n; i++) {
        recode->to[i] = NOT_SEEN;
    }
}

SpRecode *sp_recode_new(const SpLayoutColumn *column, const SpTable *raw, const SpTables *maps,
                        GError **error)
{
    g_autoptr(SpRecode) recode = g_new0(SpRecode, 1);
    gsize at;
    if (!sp_table_need(raw, column->name, SP_COLUMN_CODE, &at, error)) {
        return NULL;
    }
    recode->column = column;
    recode->from = sp_codes_ref(sp_table_codes(raw, at));
    recode->numbers = sp_table_code_numbers_const(raw, at);
    recode->codes = sp_codes_new();
    if (column->map != NULL) {
        recode->map = sp_code_list_new(maps, column->map, NULL, 0, error);
        if (recode->map == NULL) {
            return NULL;
        }
    }
    gsize n = sp_codes_size(recode->from);
    recode->n_rows = g_new0(gsize, n + 1);
    recode->first = g_new0(gsize, n + 1);
    recode->why = g_new0(guint8, n + 1);
    make_room(recode, 1);
    return g_steal_pointer(&recode);
}

void sp_recode_free(SpRecode *recode)
{
    if (recode == NULL) {
        return;
    }
    g_clear_pointer(&recode->from, sp_codes_unref);
    g_clear_pointer(&recode->codes, sp_codes_unref);
    g_clear_pointer(&recode->map, sp_code_list_free);
    g_free(recode->years);
    g_free(recode->to);
    g_free(recode->n_rows);
    g_free(recode->first);
    g_free(recode->why);
    g_free(recode);
}

static gboolean parse_years(const char *text, gsize size, gint64 *years)
{
    return size >= 1 && size <= 3 && g_ascii_isdigit(text[0]) &&
           sp_number_parse_int(text, size, years);
}

/* "5" is 005 and "67-79" the band 067-079. An open age is its own when it is the highest ("105+"),
 * else the band up to it. */
static char *age_code(const char *code)
{
    gint64 first;
    gint64 last = TOP_AGE;
    gsize size = strspn(code, "0123456789");
    const char *rest = code + size;
    if (!parse_years(code, size, &first)) {
        return NULL;
    }
    if (rest[0] == '\0' || (strcmp(rest, "+") == 0 && first >= 100)) {
        return g_strdup_printf("%03d", (int)first);
    }
    gboolean is_band = rest[0] == '-' && parse_years(rest + 1, strlen(rest + 1), &last);
    if ((is_band || strcmp(rest, "+") == 0) && first <= last) {
        return g_strdup_printf("%03d-%03d", (int)first, (int)last);
    }
    return NULL;
}

/* Cut, map and form: NULL when one of them does not know the text. g_free. */
static char *transform(const SpLayoutColumn *column, const SpCodeList *list, const char *text,
                       int year)
{
    g_auto(GStrv) parts = column->cut != NULL ? sp_cut_take(column->cut, text) : NULL;
    gboolean is_one = parts != NULL && g_strv_length(parts) == 1;
    /* No part is the region as a whole; and nothing was answered where an attribute is empty,
     * whatever list its other codes are in. */
    if (text[0] == '\0' &&
        (column->role == SP_ROLE_PART || (!column->is_key && column->map != NULL))) {
        return g_strdup("");
    }
    const char *code = is_one ? parts[0] : text;
    if (parts == NULL && column->cut != NULL && sp_cut_n_places(column->cut) > 1) {
        return NULL; /* the form wants parts that are not there */
    }
    if (list != NULL &&
        !(column->unmapped == SP_UNMAPPED_KEEP && !sp_code_list_knows(list, code))) {
        code = sp_code_list_find(list, code, year);
    }
    if (code == NULL || (code[0] == '\0' && column->is_key && !column->may_be_empty)) {
        return NULL;
    }
    return column->form != NULL ? sp_form_fill(column->form, code, (const char *const *)parts)
                                : g_strdup(code);
}

char *sp_recode_text(const SpLayoutColumn *column, const SpCodeList *list, const char *code,
                     int year)
{
    g_autofree char *formed = transform(column, list, code, year);
    SpPeriod period;
    if (formed != NULL && column->role == SP_ROLE_AGE) {
        return age_code(formed);
    }
    if (formed != NULL && column->role == SP_ROLE_PERIOD && !sp_period_parse(formed, &period)) {
        return NULL;
    }
    return g_steal_pointer(&formed);
}

/* The year that a code of a period column stands for: the first four digits of its text after `cut`
 * and `form`; 0 when it has none. */
static int year_of(const SpLayoutColumn *period, const char *code)
{
    g_autofree char *text = transform(period, NULL, code, 0);
    gint64 year = 0;
    return text != NULL && strlen(text) >= 4 && sp_number_parse_int(text, 4, &year) ? (int)year : 0;
}

void sp_recode_by_period(SpRecode *recode, const SpLayoutColumn *period, const SpTable *raw)
{
    gsize at = sp_table_find(raw, period->name);
    if (recode->map == NULL || !sp_code_list_has_years(recode->map) || at == SP_NO_COLUMN) {
        return;
    }
    const SpCodes *codes = sp_table_codes((SpTable *)raw, at);
    recode->periods = sp_table_code_numbers_const(raw, at);
    make_room(recode, sp_codes_size(codes));
    recode->years = g_new(int, recode->n_periods + 1);
    for (guint32 i = 0; i < recode->n_periods; i++) {
        recode->years[i] = year_of(period, sp_codes_text(codes, i));
    }
}

gboolean sp_recode_is_left_out(const SpLayoutColumn *column, const SpCodeList *list,
                               const char *text)
{
    if (column->unmapped != SP_UNMAPPED_LEAVE_OUT) {
        return FALSE;
    }
    g_auto(GStrv) parts = column->cut != NULL ? sp_cut_take(column->cut, text) : NULL;
    return !sp_code_list_knows(list, parts != NULL ? parts[0] : text);
}

/* What the code in a row becomes, decided when a row first has it. */
static guint32 decide(SpRecode *recode, gsize row)
{
    guint32 from = recode->numbers[row];
    guint32 period = recode->periods != NULL ? recode->periods[row] : 0;
    guint32 *to = &recode->to[from * recode->n_periods + period];
    if (*to == NOT_SEEN &&
        sp_recode_is_left_out(recode->column, recode->map, sp_codes_text(recode->from, from))) {
        *to = LEFT_OUT;
    } else if (*to == NOT_SEEN) {
        g_autofree char *text =
            sp_recode_text(recode->column, recode->map, sp_codes_text(recode->from, from),
                           recode->years != NULL ? recode->years[period] : 0);
        *to = text != NULL ? sp_codes_add(recode->codes, text) : UNKNOWN;
    }
    return *to;
}

static void count(SpRecode *recode, gsize row, guint8 why)
{
    guint32 from = recode->numbers[row];
    recode->first[from] = recode->n_rows[from] == 0 ? row : recode->first[from];
    recode->n_rows[from]++;
    recode->why[from] = why;
}

gboolean sp_recode_leaves_out(SpRecode *recode, gsize row)
{
    if (decide(recode, row) != LEFT_OUT) {
        return FALSE;
    }
    count(recode, row, WHY_LEFT_OUT);
    return TRUE;
}

gboolean sp_recode_row(SpRecode *recode, gsize row, guint32 *number)
{
    *number = decide(recode, row);
    if (*number == UNKNOWN) {
        count(recode, row, WHY_UNKNOWN);
        return FALSE;
    }
    return TRUE;
}

guint32 sp_recode_source(const SpRecode *recode, gsize row)
{
    return recode->numbers[row];
}

SpCodes *sp_recode_codes(const SpRecode *recode)
{
    return recode->codes;
}

SpColumn sp_recode_column(const SpRecode *recode)
{
    const SpLayoutColumn *column = recode->column;
    const char *classification = column->classification;
    if (classification == NULL && column->role == SP_ROLE_PERIOD) {
        classification = "period";
    } else if (classification == NULL && column->role == SP_ROLE_AGE) {
        classification = "alder";
    } else if (classification == NULL && column->role == SP_ROLE_REGION) {
        classification = "kommune";
    }
    return (SpColumn){.name = column->name,
                      .kind = SP_COLUMN_CODE,
                      .is_key = column->is_key,
                      .classification = classification};
}

/* What stands in the column of a shifted file may be anything: no more of it than a code could be.
 * g_free. */
static char *excerpt(const char *code)
{
    return g_utf8_strlen(code, -1) > EXCERPT_CHARS ? g_utf8_substring(code, 0, EXCERPT_CHARS)
                                                   : g_strdup(code);
}

/* One finding for all codes that the layout leaves out, with the first of them. */
static void note_left_out(const SpRecode *recode, guint n_before, guint n_each, SpQuality *quality)
{
    gsize n_codes = 0;
    gsize n_rows = 0;
    gsize first = 0;
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint32 i = 0; i < sp_codes_size(recode->from); i++) {
        if (recode->n_rows[i] > 0 && recode->why[i] == WHY_LEFT_OUT) {
            first = n_codes == 0 ? recode->first[i] : first;
            n_rows += recode->n_rows[i];
            if (n_codes++ < TOLD_CODES) {
                g_autofree char *code = excerpt(sp_codes_text(recode->from, i));
                g_string_append_printf(codes, "%s%s", codes->len > 0 ? ", " : "", code);
            }
        }
    }
    if (n_codes > 0) {
        sp_quality_note(quality, "left_out", recode->column->name, first / n_each + n_before + 1,
                        "%" G_GSIZE_FORMAT " rows of %" G_GSIZE_FORMAT
                        " codes left out, as the layout says: %s%s",
                        n_rows, n_codes, codes->str, n_codes > TOLD_CODES ? " ..." : "");
    }
}

void sp_recode_note(const SpRecode *recode, guint n_before, guint n_each, SpQuality *quality)
{
    const SpLayoutColumn *column = recode->column;
    note_left_out(recode, n_before, n_each, quality);
    for (guint32 i = 0; i < sp_codes_size(recode->from); i++) {
        const char *code = sp_codes_text(recode->from, i);
        if (recode->n_rows[i] == 0 || recode->why[i] != WHY_UNKNOWN) {
            continue;
        }
        g_autofree char *told = excerpt(code);
        g_autofree char *subject = g_strdup_printf("%s %s", column->name, told);
        sp_quality_note(quality, "unknown_code", subject, recode->first[i] / n_each + n_before + 1,
                        "%" G_GSIZE_FORMAT " rows left out: \"%s\" is no code for %s%s%s%s",
                        recode->n_rows[i], told, column->name,
                        recode->years != NULL ? " in their years" : "",
                        column->map != NULL ? "; add it to config/codes/" : "",
                        column->map != NULL ? column->map : "");
    }
}
