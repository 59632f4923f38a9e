/* Links between code lists. */
#include "transforms/normalise/links.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"
#include "core/table_rows.h"

#include <string.h>

static const char *const classifications[] = {"utdanningsgruppe", "helsemod", "styrk08",
                                              "aarsverk_14533",   "pai",      NULL};
static const char *const bases[] = {"sett", "husket", NULL};

static gboolean set_wrong(const char *file, gsize row, const char *column, const char *text,
                          const char *wanted, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "config/%s: row %" G_GSIZE_FORMAT ": %s \"%s\": want %s", file, row + 2,
                        column, text, wanted);
}

/* ---- Professions ------------------------------------------------------------------------------ */

enum { PROFESJON, KLASSIFIKASJON, KODE, GRUNNLAG, N_LINK };
static const char *const link_columns[N_LINK] = {"profesjon", "klassifikasjon", "kode", "grunnlag"};

static gboolean find_links(const SpTable *links, gsize columns[N_LINK], GError **error)
{
    return sp_table_need_all(links, link_columns, N_LINK, SP_COLUMN_CODE, columns, error);
}

static gboolean check_link(const SpTable *links, const gsize columns[N_LINK], gsize row,
                           const SpTableIndex *known, GHashTable *seen, GError **error)
{
    static const char file[] = "profesjon_lenker.csv";
    const char *texts[N_LINK];
    gsize found = 0;
    for (gsize i = 0; i < N_LINK; i++) {
        texts[i] = sp_table_code(links, row, columns[i]);
    }
    if (!sp_table_index_find(known, &texts[PROFESJON], &found)) {
        return set_wrong(file, row, "profesjon", texts[PROFESJON],
                         "an id of config/profesjoner.csv", error);
    }
    if (!g_strv_contains(classifications, texts[KLASSIFIKASJON])) {
        return set_wrong(file, row, "klassifikasjon", texts[KLASSIFIKASJON],
                         "utdanningsgruppe, helsemod, styrk08, aarsverk_14533 or pai", error);
    }
    if (*texts[KODE] == '\0') {
        return set_wrong(file, row, "kode", "", "a code", error);
    }
    if (!g_strv_contains(bases, texts[GRUNNLAG])) {
        return set_wrong(file, row, "grunnlag", texts[GRUNNLAG], "sett or husket", error);
    }
    if (!g_hash_table_add(
            seen, g_strjoin("\x1f", texts[PROFESJON], texts[KLASSIFIKASJON], texts[KODE], NULL))) {
        return set_wrong(file, row, "kode", texts[KODE], "each link once", error);
    }
    return TRUE;
}

gboolean sp_links_check(const SpTable *links, const SpTable *professions, GError **error)
{
    gsize columns[N_LINK];
    gsize id = 0;
    if (!find_links(links, columns, error) ||
        !sp_table_need(professions, "profesjon", SP_COLUMN_CODE, &id, error)) {
        return FALSE;
    }
    g_autoptr(SpTableIndex) known = sp_table_index_new(professions, &id, 1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < sp_table_n_rows(links); row++) {
        if (!check_link(links, columns, row, known, seen, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

GPtrArray *sp_links_professions(const SpTable *links, const char *classification, const char *code)
{
    gsize columns[N_LINK];
    GPtrArray *found = g_ptr_array_new();
    if (!find_links(links, columns, NULL)) {
        return found;
    }
    for (gsize row = 0; row < sp_table_n_rows(links); row++) {
        if (strcmp(sp_table_code(links, row, columns[KLASSIFIKASJON]), classification) == 0 &&
            strcmp(sp_table_code(links, row, columns[KODE]), code) == 0) {
            g_ptr_array_add(found, (gpointer)sp_table_code(links, row, columns[PROFESJON]));
        }
    }
    return found;
}

static guint note_column(const SpTable *links, const SpTable *facts, gsize column,
                         const char *classification, SpQuality *quality)
{
    const SpCodes *codes = sp_table_codes(facts, column);
    g_autofree gboolean *is_used = sp_table_used_codes(facts, column);
    guint n = 0;
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        g_autoptr(GPtrArray) found =
            is_used[i] ? sp_links_professions(links, classification, code) : NULL;
        if (found != NULL && found->len == 0) {
            g_autofree char *subject =
                g_strdup_printf("%s %s", sp_table_column(facts, column)->name, code);
            sp_quality_note(quality, "unlinked_code", subject, 0,
                            "no profession has this code of %s; add it to "
                            "config/profesjon_lenker.csv, to annet if it is none of ours",
                            classification);
            n++;
        }
    }
    return n;
}

guint sp_links_note_unknown(const SpTable *links, const SpTable *facts, SpQuality *quality)
{
    guint n = 0;
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        const SpColumn *is = sp_table_column(facts, column);
        if (is->kind == SP_COLUMN_CODE && is->is_key && is->classification != NULL &&
            g_strv_contains(classifications, is->classification)) {
            n += note_column(links, facts, column, is->classification, quality);
        }
    }
    return n;
}

/* ---- Services --------------------------------------------------------------------------------- */

enum { TJENESTE, GRUPPE, FUNKSJON, FRA, TIL, BASIS, N_SERVICE };
static const char *const service_columns[N_SERVICE] = {"kode", "gruppe", "funksjon",
                                                       "fra",  "til",    "grunnlag"};
static const char service_file[] = "tjenester.csv";

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
        return set_wrong(service_file, row, "fra", first_text, "a year, or nothing", error);
    }
    return (parse_year(last_text, G_MAXINT, &last) && last >= first) ||
           set_wrong(service_file, row, "til", last_text, "a year not before fra, or nothing",
                     error);
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
            return set_wrong(service_file, row, "gruppe",
                             sp_table_code(services, row, columns[GRUPPE]),
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
        return set_wrong(service_file, row, "kode", texts[TJENESTE], "one to three digits", error);
    }
    if (*texts[GRUPPE] == '\0') {
        return set_wrong(service_file, row, "gruppe", "", "a group", error);
    }
    if (*texts[FUNKSJON] != '\0' && !is_digits(texts[FUNKSJON], 3, 3)) {
        return set_wrong(service_file, row, "funksjon", texts[FUNKSJON], "three digits, or nothing",
                         error);
    }
    if (!g_strv_contains(bases, texts[BASIS])) {
        return set_wrong(service_file, row, "grunnlag", texts[BASIS], "sett or husket", error);
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
