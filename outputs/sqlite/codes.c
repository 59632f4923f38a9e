/* Tables of codes. */
#include "outputs/sqlite/codes.h"

#include "core/period.h"
#include "core/regions.h"
#include "core/table_rows.h"

#include <string.h>

enum { WORDS = 1 + 2 * SP_BASE_LANGUAGES, MAX_MORE = 7 };

/* One table of codes. */
typedef struct {
    char *name;
    GHashTable *codes; /* code -> the first column (SpColumn) that has it, both borrowed */
} List;

/* Columns of config/indicators.csv, and the names that readers see. */
static const char *const indicator_facts[][2] = {{"theme", "tema"},
                                                 {"unit", "enhet"},
                                                 {"per", "per"},
                                                 {"numerator", "teller"},
                                                 {"denominator", "nevner"},
                                                 {"source", "kilde"},
                                                 {"definition_ref", "definisjon"}};

static const char *const kinds[] = {
    [SP_REGION_KOMMUNE] = "kommune",
    [SP_REGION_FYLKE] = "fylke",
    [SP_REGION_COUNTRY] = "landet",
    [SP_REGION_COUNTRY_WITHOUT_OSLO] = "landet uten Oslo",
    [SP_REGION_KOSTRA_GROUP] = "kostragruppe",
    [SP_REGION_CENTRALITY] = "sentralitet",
    [SP_REGION_OTHER] = "annet",
};

static gboolean has_measures(const SpTable *table)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            return TRUE;
        }
    }
    return FALSE;
}

char *sp_base_code_table(const SpTable *table, gsize column)
{
    const SpColumn *info = sp_table_column(table, column);
    if (info->kind != SP_COLUMN_CODE || sp_words_is_notice(info) ||
        sp_words_is_indicator_list(info) || !has_measures(table)) {
        return NULL;
    }
    if (sp_words_is_indicator(info)) {
        return g_strdup("indikator");
    }
    return g_strconcat("kode_", sp_words_is_period(info) ? "period" : info->name, NULL);
}

static void free_list(gpointer data)
{
    List *list = data;
    g_free(list->name);
    g_hash_table_unref(list->codes);
    g_free(list);
}

static List *need_list(GPtrArray *lists, const char *name)
{
    for (guint i = 0; i < lists->len; i++) {
        List *list = lists->pdata[i];
        if (strcmp(list->name, name) == 0) {
            return list;
        }
    }
    List *list = g_new0(List, 1);
    list->name = g_strdup(name);
    list->codes = g_hash_table_new(g_str_hash, g_str_equal);
    g_ptr_array_add(lists, list);
    return list;
}

static void gather(GPtrArray *lists, const SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        g_autofree char *name = sp_base_code_table(table, column);
        if (name == NULL) {
            continue;
        }
        const List *list = need_list(lists, name);
        const SpCodes *codes = sp_table_codes(table, column);
        g_autofree gboolean *is_used = sp_table_used_codes(table, column);
        for (guint32 i = 0; i < sp_codes_size(codes); i++) {
            gpointer code = (gpointer)sp_codes_text(codes, i);
            if (is_used[i] && !g_hash_table_contains(list->codes, code)) {
                g_hash_table_insert(list->codes, code, (gpointer)sp_table_column(table, column));
            }
        }
    }
}

/* What a code has besides its words: cells [n], "" for none; they live as long as `held`. */
typedef struct {
    const char *names[MAX_MORE];
    const char *cells[MAX_MORE];
    gsize n;
    char held[3][SP_DAY_SIZE];
} More;

static void add_more(More *more, const char *name, const char *cell)
{
    more->names[more->n] = name;
    more->cells[more->n++] = cell;
}

static void tell_region(More *more, const char *code)
{
    const SpRegionKind kind = sp_region_kind(code);
    const gboolean has_fylke = kind == SP_REGION_KOMMUNE || kind == SP_REGION_FYLKE;
    g_strlcpy(more->held[0], code, 3); /* the first two digits */
    add_more(more, "slag", kinds[kind]);
    add_more(more, "fylke", has_fylke ? more->held[0] : NULL);
}

static void tell_period(More *more, const char *code)
{
    SpPeriod period;
    const gboolean is_period = sp_period_parse(code, &period);
    if (is_period) {
        sp_day_format(period.first, more->held[1]);
        sp_day_format(period.last, more->held[2]);
        g_strlcpy(more->held[0], more->held[1], 5);
    }
    add_more(more, "aar", is_period ? more->held[0] : NULL);
    add_more(more, "foerste_dag", is_period ? more->held[1] : NULL);
    add_more(more, "siste_dag", is_period ? more->held[2] : NULL);
}

static void tell_indicator(More *more, const SpTable *indicators, const char *code)
{
    gsize id = indicators != NULL ? sp_table_find(indicators, "id") : SP_NO_COLUMN;
    gsize row = 0;
    while (id != SP_NO_COLUMN && row < sp_table_n_rows(indicators) &&
           strcmp(sp_table_code(indicators, row, id), code) != 0) {
        row++;
    }
    const gboolean is_found = id != SP_NO_COLUMN && row < sp_table_n_rows(indicators);
    for (gsize i = 0; i < G_N_ELEMENTS(indicator_facts); i++) {
        gsize column = is_found ? sp_table_find(indicators, indicator_facts[i][0]) : SP_NO_COLUMN;
        const char *cell = column != SP_NO_COLUMN ? sp_table_code(indicators, row, column) : "";
        add_more(more, indicator_facts[i][1], *cell != '\0' ? cell : NULL);
    }
}

static void tell(const SpBase *base, const List *list, const char *code, More *more)
{
    more->n = 0;
    if (strcmp(list->name, "kode_region") == 0) {
        tell_region(more, code);
    } else if (strcmp(list->name, "kode_period") == 0) {
        tell_period(more, code);
    } else if (strcmp(list->name, "indikator") == 0) {
        tell_indicator(more, base->package->indicators, code);
    }
}

static gboolean make_table(SpBase *base, const List *list, GError **error)
{
    More more;
    g_autoptr(GString) sql = g_string_new(NULL);
    tell(base, list, "", &more);
    g_string_append_printf(sql, "CREATE TABLE \"%s\" (kode TEXT NOT NULL PRIMARY KEY", list->name);
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        g_string_append_printf(sql, ", %s TEXT NOT NULL", sp_base_languages[i]);
    }
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        g_string_append_printf(sql, ", forklaring_%s TEXT", sp_base_languages[i]);
    }
    for (gsize i = 0; i < more.n; i++) {
        g_string_append_printf(sql, ", \"%s\" %s", more.names[i],
                               strcmp(more.names[i], "aar") == 0 ? "INTEGER" : "TEXT");
    }
    g_string_append(sql, ") STRICT, WITHOUT ROWID");
    return sp_database_run(base->database, sql->str, error);
}

static gboolean put_code(SpBase *base, const List *list, SpStatement *insert, const char *code,
                         GError **error)
{
    const SpColumn *column = g_hash_table_lookup(list->codes, code);
    const char *cells[WORDS + MAX_MORE] = {code};
    char *words[SP_BASE_LANGUAGES];
    More more;
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        words[i] = sp_words_code(base->words[i], column, code);
        cells[1 + i] = words[i];
        cells[1 + SP_BASE_LANGUAGES + i] = sp_words_code_note(base->words[i], column, code);
    }
    tell(base, list, code, &more);
    for (gsize i = 0; i < more.n; i++) {
        cells[WORDS + i] = more.cells[i];
    }
    gboolean ok = sp_base_put(insert, cells, WORDS + more.n, error);
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        g_free(words[i]);
    }
    return ok;
}

static gboolean put_list(SpBase *base, const List *list, GError **error)
{
    More more;
    guint n = 0;
    tell(base, list, "", &more);
    if (!make_table(base, list, error)) {
        return FALSE;
    }
    g_autoptr(SpStatement) insert = sp_base_insert(base, list->name, WORDS + more.n, error);
    g_autofree const char **codes = (const char **)g_hash_table_get_keys_as_array(list->codes, &n);
    qsort(codes, n, sizeof(char *), sp_codes_compare);
    gboolean ok = insert != NULL;
    for (guint i = 0; i < n && ok; i++) {
        ok = put_code(base, list, insert, codes[i], error);
    }
    return ok;
}

gboolean sp_base_put_codes(SpBase *base, GError **error)
{
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(free_list);
    for (gsize i = 0; i < sp_tables_size(base->package->tables); i++) {
        gather(lists, sp_tables_at(base->package->tables, i));
    }
    for (guint i = 0; i < lists->len; i++) {
        if (!put_list(base, lists->pdata[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}
