/* From the source's codes to ours, a dictionary at a time. */
#include "transforms/normalise/recode.h"

#include <string.h>

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"

enum { TOP_AGE = 105, EXCERPT_CHARS = 40 };

#define NOT_SEEN G_MAXUINT32
#define UNKNOWN (G_MAXUINT32 - 1)

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
    guint32 *to;   /* [size of from][n_periods] number in codes, NOT_SEEN or UNKNOWN */
    gsize *n_rows; /* [size of from] of unknown codes */
    gsize *first;  /* [size of from] their first row */
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
        recode->map = sp_code_list_new(maps, column->map, error);
        if (recode->map == NULL) {
            return NULL;
        }
    }
    gsize n = sp_codes_size(recode->from);
    recode->n_rows = g_new0(gsize, n + 1);
    recode->first = g_new0(gsize, n + 1);
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
    g_free(recode);
}

/* The code in the places of the form; NULL when one must be added to what is no whole number. */
char *sp_recode_form(const char *form, const char *code)
{
    GString *text = g_string_new(NULL);
    gint64 number;
    for (const char *c = form; *c != '\0'; c++) {
        if (g_str_has_prefix(c, "{}")) {
            g_string_append(text, code);
            c += strlen("{}") - 1;
        } else if (g_str_has_prefix(c, "{+1}")) {
            if (!sp_number_parse_int(code, strlen(code), &number)) {
                g_string_free(text, TRUE);
                return NULL;
            }
            g_string_append_printf(text, "%" G_GINT64_FORMAT, number + 1);
            c += strlen("{+1}") - 1;
        } else {
            g_string_append_c(text, *c);
        }
    }
    return g_string_free(text, FALSE);
}

/* What stands in the place of {} of a layout's `cut`; the text itself when it is of another form.
 * g_free. */
static char *cut_out(const char *cut, const char *text)
{
    const char *place = strstr(cut, "{}");
    gsize before = (gsize)(place - cut);
    const char *after = place + strlen("{}");
    gsize after_size = strcspn(after, "*");
    gboolean may_follow = after[after_size] == '*';
    gsize size = strlen(text);
    if (size <= before || strncmp(text, cut, before) != 0) {
        return g_strdup(text);
    }
    const char *code = text + before;
    g_autofree char *end_text = g_strndup(after, after_size);
    const char *end = may_follow
                          ? strstr(code, end_text)
                          : (g_str_has_suffix(code, end_text) ? text + size - after_size : NULL);
    return end != NULL && end > code ? g_strndup(code, (gsize)(end - code)) : g_strdup(text);
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

char *sp_recode_text(const SpLayoutColumn *column, const SpCodeList *list, const char *code,
                     int year)
{
    g_autofree char *formed = NULL;
    g_autofree char *cut = column->cut != NULL ? cut_out(column->cut, code) : NULL;
    SpPeriod period;
    code = cut != NULL ? cut : code;
    if (list != NULL && !(column->keeps_unmapped && !sp_code_list_knows(list, code))) {
        code = sp_code_list_find(list, code, year);
    }
    if (code == NULL || (code[0] == '\0' && column->is_key && !column->may_be_empty)) {
        return NULL;
    }
    formed = column->form != NULL ? sp_recode_form(column->form, code) : g_strdup(code);
    if (formed != NULL && column->role == SP_ROLE_AGE) {
        return age_code(formed);
    }
    if (formed != NULL && column->role == SP_ROLE_PERIOD && !sp_period_parse(formed, &period)) {
        return NULL;
    }
    return g_steal_pointer(&formed);
}

int sp_recode_year(const SpLayoutColumn *period, const char *code)
{
    g_autofree char *text =
        period->form != NULL ? sp_recode_form(period->form, code) : g_strdup(code);
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
        recode->years[i] = sp_recode_year(period, sp_codes_text(codes, i));
    }
}

gboolean sp_recode_row(SpRecode *recode, gsize row, guint32 *number)
{
    guint32 from = recode->numbers[row];
    guint32 period = recode->periods != NULL ? recode->periods[row] : 0;
    guint32 *to = &recode->to[from * recode->n_periods + period];
    if (*to == NOT_SEEN) {
        g_autofree char *text =
            sp_recode_text(recode->column, recode->map, sp_codes_text(recode->from, from),
                           recode->years != NULL ? recode->years[period] : 0);
        *to = text != NULL ? sp_codes_add(recode->codes, text) : UNKNOWN;
    }
    if (*to == UNKNOWN) {
        recode->first[from] = recode->n_rows[from] == 0 ? row : recode->first[from];
        recode->n_rows[from]++;
        return FALSE;
    }
    *number = *to;
    return TRUE;
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

void sp_recode_note(const SpRecode *recode, guint n_before, SpQuality *quality)
{
    const SpLayoutColumn *column = recode->column;
    for (guint32 i = 0; i < sp_codes_size(recode->from); i++) {
        const char *code = sp_codes_text(recode->from, i);
        if (recode->n_rows[i] == 0) {
            continue;
        }
        /* What stands in the column of a shifted file may be anything: no more of it than a code
         * could be. */
        g_autofree char *excerpt = g_utf8_strlen(code, -1) > EXCERPT_CHARS
                                       ? g_utf8_substring(code, 0, EXCERPT_CHARS)
                                       : g_strdup(code);
        g_autofree char *subject = g_strdup_printf("%s %s", column->name, excerpt);
        sp_quality_note(quality, "unknown_code", subject, recode->first[i] + n_before + 1,
                        "%" G_GSIZE_FORMAT " rows left out: \"%s\" is no code for %s%s%s%s",
                        recode->n_rows[i], excerpt, column->name,
                        recode->years != NULL ? " in their years" : "",
                        column->map != NULL ? "; add it to config/codes/" : "",
                        column->map != NULL ? column->map : "");
    }
}
