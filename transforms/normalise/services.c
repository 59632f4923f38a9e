/* Services, their groups and functions, over the years. */
#include "transforms/normalise/services.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"

#include <string.h>

#define FILE_NAME "tjenester.csv"

static const char *const bases[] = {"sett", "husket", NULL};

static gboolean set_wrong(gsize row, const char *column, const char *text, const char *wanted,
                          GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "config/%s: row %" G_GSIZE_FORMAT ": %s \"%s\": want %s", FILE_NAME,
                        row + 2, column, text, wanted);
}

enum { TJENESTE, GRUPPE, FUNKSJON, FRA, TIL, BASIS, N_SERVICE };
static const char *const service_columns[N_SERVICE] = {"kode", "gruppe", "funksjon",
                                                       "fra",  "til",    "grunnlag"};

/* A year or, if the text is empty, the fallback. */
static gboolean parse_year(const char *text, int fallback, int *year)
{
    gint64 value = 0;
    if (*text == '\0') {
        *year = fallback;
        return TRUE;
    }
    if (strlen(text) != 4 || !sp_number_parse_int(text, 4, &value) || value < 1000) {
        return FALSE;
    }
    *year = (int)value;
    return TRUE;
}

static gboolean is_digits(const char *text, gsize least, gsize most)
{
    gsize size = strlen(text);
    return size >= least && size <= most && strspn(text, "0123456789") == size;
}

static gboolean holds(const SpTable *table, gsize row, gsize from, gsize to, int year)
{
    int first = 0;
    int last = 0;
    return parse_year(sp_table_code(table, row, from), 0, &first) &&
           parse_year(sp_table_code(table, row, to), G_MAXINT, &last) && year >= first &&
           year <= last;
}

static gboolean check_years(const SpTable *table, gsize row, gsize from, gsize to, GError **error)
{
    int first = 0;
    int last = 0;
    const char *first_text = sp_table_code(table, row, from);
    const char *last_text = sp_table_code(table, row, to);
    if (!parse_year(first_text, 0, &first)) {
        return set_wrong(row, "fra", first_text, "a year, or nothing", error);
    }
    return (parse_year(last_text, G_MAXINT, &last) && last >= first) ||
           set_wrong(row, "til", last_text, "a year not before fra, or nothing", error);
}

/* Another row gives the service another group in a year that both hold for. */
static gboolean check_one_group(const SpTable *services, const gsize columns[N_SERVICE], gsize row,
                                GError **error)
{
    const char *code = sp_table_code(services, row, columns[TJENESTE]);
    int first = 0;
    (void)parse_year(sp_table_code(services, row, columns[FRA]), 0, &first);
    for (gsize other = 0; other < sp_table_n_rows(services); other++) {
        if (strcmp(sp_table_code(services, other, columns[TJENESTE]), code) == 0 &&
            strcmp(sp_table_code(services, other, columns[GRUPPE]),
                   sp_table_code(services, row, columns[GRUPPE])) != 0 &&
            holds(services, other, columns[FRA], columns[TIL], first)) {
            return set_wrong(row, "gruppe", sp_table_code(services, row, columns[GRUPPE]),
                             "one group a service and year", error);
        }
    }
    return TRUE;
}

static gboolean check_service(const SpTable *services, const gsize columns[N_SERVICE], gsize row,
                              GError **error)
{
    const char *texts[N_SERVICE];
    for (gsize i = 0; i < N_SERVICE; i++) {
        texts[i] = sp_table_code(services, row, columns[i]);
    }
    if (!is_digits(texts[TJENESTE], 1, 3)) {
        return set_wrong(row, "kode", texts[TJENESTE], "one to three digits", error);
    }
    if (*texts[GRUPPE] == '\0') {
        return set_wrong(row, "gruppe", "", "a group", error);
    }
    if (*texts[FUNKSJON] != '\0' && !is_digits(texts[FUNKSJON], 3, 3)) {
        return set_wrong(row, "funksjon", texts[FUNKSJON], "three digits, or nothing", error);
    }
    if (!g_strv_contains(bases, texts[BASIS])) {
        return set_wrong(row, "grunnlag", texts[BASIS], "sett or husket", error);
    }
    return check_years(services, row, columns[FRA], columns[TIL], error) &&
           check_one_group(services, columns, row, error);
}

gboolean sp_services_check(const SpTable *services, GError **error)
{
    gsize columns[N_SERVICE];
    if (!sp_table_need_all(services, service_columns, N_SERVICE, SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        if (!check_service(services, columns, row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

const char *sp_services_group(const SpTable *services, const char *code, int year)
{
    gsize columns[N_SERVICE];
    if (!sp_table_need_all(services, service_columns, N_SERVICE, SP_COLUMN_CODE, columns, NULL)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        if (strcmp(sp_table_code(services, row, columns[TJENESTE]), code) == 0 &&
            holds(services, row, columns[FRA], columns[TIL], year)) {
            return sp_table_code(services, row, columns[GRUPPE]);
        }
    }
    return NULL;
}

GPtrArray *sp_services_functions(const SpTable *areas, const char *area, int year)
{
    static const char *const names[] = {"omraade", "funksjon", "fra", "til"};
    gsize columns[G_N_ELEMENTS(names)];
    GPtrArray *functions = g_ptr_array_new();
    if (!sp_table_need_all(areas, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, NULL)) {
        return functions;
    }
    for (gsize row = 0; row < sp_table_n_rows(areas); row++) {
        if (strcmp(sp_table_code(areas, row, columns[0]), area) == 0 &&
            holds(areas, row, columns[2], columns[3], year)) {
            g_ptr_array_add(functions, (gpointer)sp_table_code(areas, row, columns[1]));
        }
    }
    g_ptr_array_sort(functions, sp_codes_compare);
    return functions;
}
