/* What is told of one kommune. */
#include "outputs/html/fillers.h"

#include "outputs/html/section.h"

#include <string.h>

/* ---- facts ---- */

static void add_fact(xmlNode *list, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        sp_element_add(list, "dt", name);
        sp_element_add(list, "dd", text);
    }
}

static const SpColumn region_column = {
    .name = "region", .kind = SP_COLUMN_CODE, .classification = "kommune"};

/* The words of what the table of regions says of a kommune in a column. g_free. */
static char *find_attribute(const SpPage *page, const char *name)
{
    const SpTable *regions = page->voice->package.regions;
    gsize region = sp_table_find(regions, "region");
    gsize column = sp_table_find(regions, name);
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(regions); row++) {
        const char *code = sp_table_code(regions, row, column);
        if (code[0] != '\0' && strcmp(sp_table_code(regions, row, region), page->region) == 0) {
            return sp_words_code(page->voice->words, &region_column, code);
        }
    }
    return NULL;
}

/* Names of the kommuner that it is compared with. g_free. */
static char *comparators_of(const SpPage *page)
{
    const SpTable *table = sp_tables_find(page->voice->package.tables, "sammenlikningskommuner");
    gsize kind = table != NULL ? sp_table_find(table, "slag") : SP_NO_COLUMN;
    gsize other = table != NULL ? sp_table_find(table, "mot") : SP_NO_COLUMN;
    gsize place = table != NULL ? sp_site_table(page->site, sp_table_name(table)) : 0;
    const GArray *rows = kind != SP_NO_COLUMN && other != SP_NO_COLUMN
                             ? sp_site_rows(page->site, place, page->region)
                             : NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        if (strcmp(sp_table_code(table, row, kind), "naermeste") == 0) {
            g_autofree char *name =
                sp_words_code(page->voice->words, &region_column, sp_table_code(table, row, other));
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
        }
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

void sp_fill_facts(SpPage *page, xmlNode *node)
{
    g_autofree char *group = find_attribute(page, "kostragruppe");
    g_autofree char *centrality = find_attribute(page, "sentralitet");
    g_autofree char *comparators = comparators_of(page);
    add_fact(node, sp_page_text(page, "page.kommunenummer"), page->region);
    add_fact(node, sp_page_text(page, "page.kostragruppe"), group);
    add_fact(node, sp_page_text(page, "page.sentralitet"), centrality);
    add_fact(node, sp_page_text(page, "page.compared_with"), comparators);
}

/* ---- tables ---- */

static gboolean add_table(SpPage *page, xmlNode *node, gsize table)
{
    const GArray *rows = sp_site_rows(page->site, table, page->region);
    const SpGrid *grid = sp_site_grid(page->site, page->voice, table, FALSE);
    if (rows == NULL || rows->len == 0) {
        return FALSE;
    }
    g_autofree char *caption = sp_section_caption(grid);
    page->is_told[table] = TRUE;
    if (sp_grid_count(grid, rows) > page->site->max_rows) {
        sp_element_add(node, "p", sp_page_text(page, "page.too_long"));
        sp_section_add_ways(page, node, grid->table);
        return TRUE;
    }
    if (sp_section_add_rows(node, grid, rows, caption, grid->region)) {
        sp_element_add(node, "p", sp_page_text(page, "page.some_periods"));
    }
    sp_section_explain(page, node, table);
    return TRUE;
}

void sp_fill_table(SpPage *page, xmlNode *node)
{
    g_autofree char *name = sp_page_take(node, "table");
    gsize table = name != NULL ? sp_site_table(page->site, name) : SP_NO_COLUMN;
    if (table == SP_NO_COLUMN || sp_site_rows(page->site, table, page->region) == NULL) {
        sp_page_drop(node);
        return;
    }
    const SpTable *of = sp_tables_at(page->site->package->tables, table);
    xmlNode *heading = sp_lay_section(node, name, sp_words_table(page->voice->words, of));
    g_autofree char *note = sp_words_note(page->voice->words, of);
    if (note != NULL) {
        (void)sp_section_add_note(page, heading, note);
    }
    (void)add_table(page, node, table);
}

void sp_fill_all(SpPage *page, xmlNode *node)
{
    for (guint i = 0; i < page->site->themes->len; i++) {
        const SpTheme *theme = g_ptr_array_index(page->site->themes, i);
        xmlNode *heading = sp_element_add(node, "h3", sp_page_theme(page, theme));
        gboolean has_some = FALSE;
        for (guint j = 0; j < theme->tables->len; j++) {
            gsize table = g_array_index(theme->tables, gsize, j);
            const SpTable *of = sp_tables_at(page->site->package->tables, table);
            if (page->site->shows[table] != SP_SHOW_YES || page->is_told[table]) {
                continue;
            }
            xmlNode *details = sp_element_add(node, "details", NULL);
            sp_element_add(details, "summary", sp_words_table(page->voice->words, of));
            if (add_table(page, details, table)) {
                has_some = TRUE;
            } else {
                sp_page_drop(details);
            }
        }
        if (!has_some) {
            sp_page_drop(heading);
        }
    }
    sp_xml_freeze(node);
}
