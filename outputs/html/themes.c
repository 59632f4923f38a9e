/* Pages of themes and of definitions. */
#include "outputs/html/fillers.h"

#include "outputs/forklaring.h"
#include "outputs/html/section.h"

#include <string.h>

/* A table without rows has a line in the contents, which says so, and nothing else. */
static gboolean is_shown(const SpPage *page, gsize table)
{
    return page->site->shows[table] == SP_SHOW_YES &&
           sp_table_n_rows(sp_tables_at(page->site->package->tables, table)) > 0;
}

static gboolean is_drawn(const SpPage *page, gsize table)
{
    for (guint i = 0; i < page->site->figures->len; i++) {
        const SpFigure *figure = g_ptr_array_index(page->site->figures, i);
        if (figure->table == sp_tables_at(page->site->package->tables, table)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void add_table_item(const SpPage *page, xmlNode *list, const SpTheme *theme, gsize place)
{
    const SpTable *table = sp_tables_at(page->site->package->tables, place);
    const char *title = sp_words_table(page->voice->words, table);
    xmlNode *item = sp_element_add(list, "li", NULL);
    if (is_shown(page, place) || is_drawn(page, place)) {
        g_autofree char *anchor = sp_section_anchor(table);
        g_autofree char *target = g_strconcat(theme->file, "#", anchor, NULL);
        sp_page_link(page, item, target, title);
        return;
    }
    sp_element_text(item, title);
    sp_element_text(item, ". ");
    if (sp_table_n_rows(table) == 0) {
        sp_element_text(item, sp_page_text(page, "page.no_rows"));
    } else if (page->site->shows[place] == SP_SHOW_DEFINITIONS) {
        sp_page_link(page, item, "definisjoner.html", sp_page_text(page, "page.definitions"));
    } else {
        gboolean is_in_book = page->site->sheets[place] != SP_SHOW_NO;
        g_autofree char *path = sp_words_data_path(table);
        sp_element_text(item, sp_page_text(page, is_in_book ? "page.in_book" : "page.only_csv"));
        sp_element_text(item, " ");
        sp_page_link(page, item, path, path);
    }
}

static void add_tables(const SpPage *page, xmlNode *node, const SpTheme *theme)
{
    xmlNode *list = sp_element_add(node, "ul", NULL);
    for (guint i = 0; i < theme->tables->len; i++) {
        add_table_item(page, list, theme, g_array_index(theme->tables, gsize, i));
    }
}

void sp_fill_contents(SpPage *page, xmlNode *node)
{
    for (guint i = 0; i < page->site->themes->len; i++) {
        const SpTheme *theme = g_ptr_array_index(page->site->themes, i);
        sp_page_link(page, sp_element_add(node, "h3", NULL), theme->file,
                     sp_page_theme(page, theme));
        add_tables(page, node, theme);
    }
}

void sp_fill_theme(SpPage *page, xmlNode *node)
{
    const char *note = sp_words_find(page->voice->words, "theme.", page->theme->id, ".note");
    if (note != NULL) {
        sp_element_add(node, "p", note);
    }
    xmlNode *contents = sp_element_add(node, "nav", NULL);
    sp_element_set(contents, "aria-label", sp_page_text(page, "page.contents"));
    add_tables(page, contents, page->theme);
    for (guint i = 0; i < page->theme->tables->len; i++) {
        gsize table = g_array_index(page->theme->tables, gsize, i);
        if (is_shown(page, table) || is_drawn(page, table)) {
            xmlNode *section = sp_element_add(node, "section", NULL);
            if (is_shown(page, table)) {
                sp_section_fill(page, section, table);
            } else {
                sp_section_fill_figures(page, section,
                                        sp_tables_at(page->site->package->tables, table));
            }
            sp_xml_freeze(section);
        }
    }
}

/* Tables of definitions; the explanation of signs is there also when the package does not publish
 * it as a table. */
void sp_fill_definitions(SpPage *page, xmlNode *node)
{
    const SpPackage *package = &page->voice->package;
    if (sp_tables_find(package->tables, SP_FORKLARING) == NULL) {
        g_autoptr(SpTable) explanation = sp_forklaring_new(page->voice->words);
        sp_section_fill_whole(page, sp_element_add(node, "section", NULL), explanation);
    }
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        if (page->site->shows[i] == SP_SHOW_DEFINITIONS && sp_table_n_rows(table) > 0) {
            sp_section_fill_whole(page, sp_element_add(node, "section", NULL), table);
        }
    }
}

/* The first rows of the table `endringer`: all of them are in the data file. */
void sp_fill_changes(SpPage *page, xmlNode *node)
{
    gsize place = sp_site_table(page->site, "endringer");
    const SpTable *table =
        place != SP_NO_COLUMN ? sp_tables_at(page->site->package->tables, place) : NULL;
    if (table == NULL) {
        sp_page_drop(node);
        return;
    }
    const SpGrid *grid = sp_site_grid(page->site, page->voice, place, FALSE);
    const char *note = sp_words_find(page->voice->words, "table.", sp_table_name(table), ".note");
    g_autoptr(GArray) rows = sp_grid_rows(grid, FALSE);
    gboolean is_short = rows->len > page->site->max_rows;
    if (note != NULL) {
        sp_element_add(node, "p", note);
    }
    if (rows->len == 0) {
        sp_element_add(node, "p", sp_page_text(page, "page.no_changes"));
        return;
    }
    g_array_set_size(rows, (guint)MIN(rows->len, page->site->max_rows));
    (void)sp_section_add_rows(node, grid, rows, sp_words_table(page->voice->words, table),
                              SP_NO_COLUMN);
    if (is_short) {
        sp_element_add(node, "p", sp_page_text(page, "page.too_long"));
    }
    sp_section_add_ways(page, node, table);
}
