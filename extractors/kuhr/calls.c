/* Addresses of the calls. */
#include "extractors/kuhr/calls.h"

#include "core/error.h"
#include "core/io/http.h"
#include "core/number.h"
#include "extractors/selection.h"

#include <string.h>

enum { MAX_MONTHS = 13, MONTHS = 12, FIRST_YEAR = 2000, LAST_YEAR = 2100 };

static const struct {
    const char *name;
    const char *regions; /* the parameter that names regions; NULL: none */
    gboolean is_month;
} calls[] = {
    {"kommune/ar", "kommuner", FALSE}, {"kommune/maned", "kommuner", TRUE},
    {"fylke/ar", "fylker", FALSE},     {"fylke/maned", "fylker", TRUE},
    {"landet/ar", NULL, FALSE},        {"landet/maned", NULL, TRUE},
};

/* A year, or "2018-05" as months since year 0. */
static gboolean read_period(const char *text, gboolean is_month, gint64 *period)
{
    gint64 year = 0;
    gint64 month = 1;
    gsize size = strcspn(text, "-");
    if (!sp_number_parse_int(text, size, &year) || year < FIRST_YEAR || year > LAST_YEAR ||
        (text[size] == '-') != is_month) {
        return FALSE;
    }
    if (!is_month) {
        *period = year;
        return TRUE;
    }
    const char *rest = text + size + 1;
    if (strlen(rest) != 2 || !sp_number_parse_int(rest, 2, &month) || month < 1 || month > MONTHS) {
        return FALSE;
    }
    *period = year * MONTHS + month - 1;
    return TRUE;
}

static void add_list(GString *url, const char *name, const char *codes)
{
    g_auto(GStrv) list = sp_selection_list(codes != NULL ? codes : "");
    for (gsize i = 0; list[i] != NULL; i++) {
        g_autofree char *code = sp_http_escape(list[i]);
        if (i == 0) {
            g_string_append_printf(url, "&%s=", name);
        }
        g_string_append_printf(url, "%s%s", i > 0 ? "," : "", code);
    }
}

static void add_period(GString *url, const char *name, gint64 period, gboolean is_month)
{
    if (is_month) {
        g_string_append_printf(url, "&%smaned=%04d%02d", name, (int)(period / MONTHS),
                               (int)(period % MONTHS) + 1);
    } else {
        g_string_append_printf(url, "&%sar=%d", name, (int)period);
    }
}

GPtrArray *sp_kuhr_calls(const SpKuhrQuestion *question, GError **error)
{
    gsize call = 0;
    gint64 from = 0;
    gint64 to = 0;
    while (call < G_N_ELEMENTS(calls) && strcmp(calls[call].name, question->call) != 0) {
        call++;
    }
    if (call == G_N_ELEMENTS(calls)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "call = %s: want kommune, fylke or landet, then /ar or /maned",
                     question->call);
        return NULL;
    }
    gboolean is_month = calls[call].is_month;
    if (!read_period(question->from, is_month, &from) ||
        !read_period(question->to, is_month, &to) || from > to) {
        sp_error_set(error, SP_ERROR_CONFIG, "from = %s, to = %s: want %s, the first one first",
                     question->from, question->to,
                     is_month ? "months such as 2018-05" : "years such as 2018");
        return NULL;
    }
    if (calls[call].regions == NULL && question->regioner != NULL && *question->regioner != '\0') {
        sp_error_set(error, SP_ERROR_CONFIG, "regioner = %s: a call for landet takes no regions",
                     question->regioner);
        return NULL;
    }
    g_autofree char *area = sp_http_escape(question->fagomraade);
    GPtrArray *urls = g_ptr_array_new_with_free_func(g_free);
    gint64 step = is_month ? MAX_MONTHS : to - from + 1;
    for (gint64 first = from; first <= to; first += step) {
        g_autoptr(GString) url = g_string_new(question->host);
        g_string_append_printf(url, "%stakstbruk/%sagtakst/%s?fagomraade=%s",
                               g_str_has_suffix(question->host, "/") ? "" : "/",
                               question->is_csv ? "eksport/" : "", question->call, area);
        add_period(url, "fom", first, is_month);
        add_period(url, "tom", MIN(first + step - 1, to), is_month);
        add_list(url, "takstkoder", question->takstkoder);
        add_list(url, calls[call].regions != NULL ? calls[call].regions : "", question->regioner);
        add_list(url, "praksistyper", question->praksistyper);
        g_ptr_array_add(urls, g_strdup(url->str));
    }
    return urls;
}
