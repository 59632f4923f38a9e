/* What indicators count: config/indicators.csv. */
#include "outputs/html/fillers.h"

#include "core/table_rows.h"

#include <string.h>

/* Columns of config/indicators.csv. */
typedef struct {
    const SpTable *table;
    gsize id, numerator, denominator;
} Definitions;

static gboolean find_definitions(const SpPage *page, Definitions *in)
{
    in->table = page->voice->package.indicators;
    if (in->table == NULL) {
        return FALSE;
    }
    in->id = sp_table_find(in->table, "id");
    in->numerator = sp_table_find(in->table, "numerator");
    in->denominator = sp_table_find(in->table, "denominator");
    return in->id != SP_NO_COLUMN && in->numerator != SP_NO_COLUMN &&
           in->denominator != SP_NO_COLUMN;
}

static char *anchor_of(const char *id)
{
    return g_strconcat("indikator-", id, NULL);
}

/* Those that stand in rows of the package's tables. */
static GHashTable *indicators_of(const SpPage *page)
{
    GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const SpTables *tables = page->voice->package.tables;
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            const SpColumn *info = sp_table_column(table, column);
            if (info->kind != SP_COLUMN_CODE || !sp_words_is_indicator(info)) {
                continue;
            }
            g_auto(GStrv) codes = sp_table_used_list(table, column, NULL, NULL);
            for (char **code = codes; *code != NULL; code++) {
                g_hash_table_add(found, g_strdup(*code));
            }
        }
    }
    return found;
}

/* The catalogue's own words, which are bokmål on every page. */
static void add_words(const SpPage *page, xmlNode *line, const char *text)
{
    sp_lay_words(line, text);
    if (strcmp(page->voice->package.language, "nb") != 0 && text[0] != '\0') {
        sp_element_set(line->last, "lang", "nb");
    }
}

static void add_line(const SpPage *page, xmlNode *body, const Definitions *in, gsize row)
{
    static const SpColumn column = {.name = "indikator", .kind = SP_COLUMN_CODE};
    const char *id = sp_table_code(in->table, row, in->id);
    g_autofree char *name = sp_words_code(page->voice->words, &column, id);
    g_autofree char *anchor = anchor_of(id);
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_element_set(line, "id", anchor);
    sp_lay_name(line, name);
    add_words(page, line, sp_table_code(in->table, row, in->numerator));
    add_words(page, line, sp_table_code(in->table, row, in->denominator));
}

void sp_fill_indicators(SpPage *page, xmlNode *node)
{
    static const char *const headings[] = {"page.indicator", "page.numerator", "page.denominator"};
    Definitions in;
    g_autoptr(GHashTable) used = indicators_of(page);
    xmlNode *body = NULL;
    for (gsize row = 0; find_definitions(page, &in) && row < sp_table_n_rows(in.table); row++) {
        if (!g_hash_table_contains(used, sp_table_code(in.table, row, in.id))) {
            continue;
        }
        if (body == NULL) {
            xmlNode *table = sp_lay_frame(node, page->voice->words,
                                          sp_page_text(page, "page.indicator_definitions"));
            xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
            for (gsize i = 0; i < G_N_ELEMENTS(headings); i++) {
                (void)sp_lay_heading(line, sp_page_text(page, headings[i]), FALSE);
            }
            body = sp_element_add(table, "tbody", NULL);
        }
        add_line(page, body, &in, row);
    }
    if (body == NULL) {
        sp_page_drop(node);
    }
}

void sp_lay_indicator(const SpPage *page, xmlNode *line, const char *id, const char *name)
{
    Definitions in;
    gsize row = 0;
    const gboolean has = find_definitions(page, &in);
    while (has && row < sp_table_n_rows(in.table) &&
           strcmp(sp_table_code(in.table, row, in.id), id) != 0) {
        row++;
    }
    if (!has || row == sp_table_n_rows(in.table)) {
        sp_lay_name(line, name);
        return;
    }
    g_autofree char *anchor = anchor_of(id);
    g_autofree char *target = g_strconcat("definisjoner.html#", anchor, NULL);
    sp_page_link(page, sp_lay_name(line, NULL), target, name);
}
