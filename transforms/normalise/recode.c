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
    SpCodes *codes;
    guint32 *to;   /* [size of from] number in codes, NOT_SEEN or UNKNOWN */
    gsize *n_rows; /* [size of from] of unknown codes */
    gsize *first;  /* [size of from] their first row */
};

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
    recode->to = g_new(guint32, n + 1);
    recode->n_rows = g_new0(gsize, n + 1);
    recode->first = g_new0(gsize, n + 1);
    for (gsize i = 0; i < n; i++) {
        recode->to[i] = NOT_SEEN;
    }
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
    g_free(recode->to);
    g_free(recode->n_rows);
    g_free(recode->first);
    g_free(recode);
}

/* The code in the places of the form; NULL when one must be added to what is no whole number. */
static char *fill_form(const char *form, const char *code)
{
    GString *text = g_string_new(NULL);
    gint64 number;
    for (const char *c = form; *c != '\0'; c++) {
        if (g_str_has_prefix(c, "{}")) {
            g_string_append(text, code);
            c += strlen("{}") - 1;
        } else if (c[0] == '{' && c[1] == '0') {
            /* "{04}": a code that a spreadsheet took for a number has lost its zeros. */
            gsize size = strlen(code);
            if (!sp_number_parse_int(code, size, &number) || number < 0) {
                g_string_free(text, TRUE);
                return NULL;
            }
            for (gsize digits = (gsize)(c[2] - '0'); size < digits; size++) {
                g_string_append_c(text, '0');
            }
            g_string_append(text, code);
            c += strlen("{04}") - 1;
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
    SpPeriod period;
    if (column->role == SP_ROLE_PART && code[0] == '\0') {
        return g_strdup(""); /* the region as a whole */
    }
    if (list != NULL) {
        code = sp_code_list_find(list, code, year);
    }
    if (code == NULL || (code[0] == '\0' && column->is_key)) {
        return NULL;
    }
    formed = column->form != NULL ? fill_form(column->form, code) : g_strdup(code);
    if (formed != NULL && column->role == SP_ROLE_AGE) {
        return age_code(formed);
    }
    if (formed != NULL && column->role == SP_ROLE_PERIOD && !sp_period_parse(formed, &period)) {
        return NULL;
    }
    return g_steal_pointer(&formed);
}

gboolean sp_recode_row(SpRecode *recode, gsize row, guint32 *number)
{
    guint32 from = recode->numbers[row];
    if (recode->to[from] == NOT_SEEN) {
        const char *code = sp_codes_text(recode->from, from);
        /* An attribute may be empty whatever list its other codes are in: nothing was answered. */
        gboolean is_open = code[0] == '\0' && !recode->column->is_key && recode->map != NULL;
        g_autofree char *text =
            is_open ? g_strdup("") : sp_recode_text(recode->column, recode->map, code, 0);
        recode->to[from] = text != NULL ? sp_codes_add(recode->codes, text) : UNKNOWN;
        recode->first[from] = row;
    }
    if (recode->to[from] == UNKNOWN) {
        recode->n_rows[from]++;
        return FALSE;
    }
    *number = recode->to[from];
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
        if (recode->to[i] != UNKNOWN) {
            continue;
        }
        /* What stands in the column of a shifted file may be anything: no more of it than a code
         * could be. */
        g_autofree char *excerpt = g_utf8_strlen(code, -1) > EXCERPT_CHARS
                                       ? g_utf8_substring(code, 0, EXCERPT_CHARS)
                                       : g_strdup(code);
        g_autofree char *subject = g_strdup_printf("%s %s", column->name, excerpt);
        sp_quality_note(quality, "unknown_code", subject, recode->first[i] + n_before + 1,
                        "%" G_GSIZE_FORMAT " rows left out: \"%s\" is no code for %s%s%s",
                        recode->n_rows[i], excerpt, column->name,
                        column->map != NULL ? "; add it to config/codes/" : "",
                        column->map != NULL ? column->map : "");
    }
}
