/* The first page of a package, and of a kommune. */
#include "outputs/html/fillers.h"

#include "outputs/alphabet.h"
#include "outputs/forklaring.h"
#include "outputs/html/section.h"
#include "outputs/unwanted.h"

#include <string.h>

/* ---- key figures ---- */

/* Places of the regions beside each other: the page's own, the package's, the country. */
static guint regions_of(const SpPage *page, guint regions[3])
{
    const SpOverview *overview = page->voice->overview;
    guint n = 0;
    if (page->kommune != NULL) {
        regions[n++] = page->kommune->place;
    }
    for (guint i = 0; i < overview->n_regions - page->site->kommuner->len; i++) {
        regions[n++] = i;
    }
    return n;
}

static void add_overview_line(const SpPage *page, xmlNode *body, const SpOverviewLine *line,
                              const guint regions[], guint n)
{
    gsize table = sp_site_table(page->site, sp_table_name(line->table));
    const SpTheme *theme = sp_section_theme(page, table);
    g_autofree char *anchor = sp_section_anchor(line->table);
    xmlNode *element = sp_element_add(body, "tr", NULL);
    xmlNode *name = sp_lay_name(element, NULL);
    if (theme != NULL) {
        g_autofree char *target = g_strconcat(theme->file, "#", anchor, NULL);
        sp_page_link(page, name, target, line->label);
    } else {
        sp_element_text(name, line->label);
    }
    sp_lay_words(element, line->period);
    for (guint i = 0; i < n; i++) {
        SpReal real;
        if (sp_overview_figure(line, regions[i], &real)) {
            sp_lay_figure(element, real, line->form);
        } else {
            sp_element_add(element, "td", NULL);
        }
    }
}

void sp_fill_overview(SpPage *page, xmlNode *node)
{
    const SpOverview *overview = page->voice->overview;
    guint regions[3];
    guint n = regions_of(page, regions);
    if (overview->lines->len == 0) {
        sp_page_drop(node);
        return;
    }
    const char *title = sp_page_text(page, "page.overview");
    (void)sp_lay_section(node, "noekkeltall", title);
    sp_element_add(node, "p", sp_page_text(page, "page.overview_note"));
    g_autofree char *legend = sp_overview_legend(page->voice->words, overview, regions, n);
    sp_lay_legend(node, legend);
    xmlNode *table = sp_lay_frame(node, page->voice->words, title);
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, sp_page_text(page, "page.figure"), FALSE);
    (void)sp_lay_heading(line, sp_page_text(page, "page.time"), FALSE);
    for (guint i = 0; i < n; i++) {
        (void)sp_lay_heading(line, overview->names[regions[i]], TRUE);
    }
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (guint i = 0; i < overview->lines->len; i++) {
        add_overview_line(page, body, &g_array_index(overview->lines, SpOverviewLine, i), regions,
                          n);
    }
}

/* ---- kommuner ---- */

static void add_kommune_line(const SpPage *page, xmlNode *body, const SpKommune *kommune)
{
    const SpOverview *overview = page->voice->overview;
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_page_link(page, sp_lay_name(line, NULL), kommune->file, overview->names[kommune->place]);
    for (guint i = 0; i < overview->lines->len; i++) {
        const SpOverviewLine *figure = &g_array_index(overview->lines, SpOverviewLine, i);
        SpReal real;
        if (figure->is_brief && sp_overview_figure(figure, kommune->place, &real)) {
            sp_lay_figure(line, real, figure->form);
        } else if (figure->is_brief) {
            sp_element_add(line, "td", NULL);
        }
    }
}

static gint by_name(gconstpointer a, gconstpointer b, gpointer data)
{
    const SpOverview *overview = data;
    const SpKommune *const *one = a;
    const SpKommune *const *other = b;
    return sp_alphabet_compare(overview->names[(*one)->place], overview->names[(*other)->place]);
}

void sp_fill_kommuner(SpPage *page, xmlNode *node)
{
    SpOverview *overview = page->voice->overview;
    if (page->site->kommuner->len == 0) {
        sp_page_drop(node);
        return;
    }
    g_autoptr(GPtrArray) kommuner = g_ptr_array_new();
    g_ptr_array_extend(kommuner, page->site->kommuner, NULL, NULL);
    g_ptr_array_sort_with_data(kommuner, by_name, overview);
    const char *title = sp_page_text(page, "page.find_kommune");
    (void)sp_lay_section(node, "kommuner", title);
    sp_element_add(node, "p", sp_page_text(page, "page.find_kommune_note"));
    xmlNode *table = sp_lay_frame(node, page->voice->words, title);
    sp_element_set(table, "class", "sortable");
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, sp_page_text(page, "page.kommune"), FALSE);
    for (guint i = 0; i < overview->lines->len; i++) {
        const SpOverviewLine *figure = &g_array_index(overview->lines, SpOverviewLine, i);
        if (figure->is_brief) {
            g_autofree char *heading = g_strdup_printf("%s, %s", figure->label, figure->period);
            (void)sp_lay_heading(line, heading, TRUE);
        }
    }
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (guint i = 0; i < kommuner->len; i++) {
        add_kommune_line(page, body, g_ptr_array_index(kommuner, i));
    }
}

/* ---- what stands out ---- */

/* Rows of the page's region, all of a package's own page. */
static GArray *rows_here(const SpPage *page, const SpTable *table)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize region = sp_table_find(table, "region");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (page->kommune == NULL || strcmp(sp_table_code(table, row, region), page->region) == 0) {
            g_array_append_val(rows, row);
        }
    }
    return rows;
}

static void add_unwanted(const SpPage *page, xmlNode *node, const SpTable *unwanted,
                         const GArray *rows)
{
    g_auto(SpGrid) grid;
    g_auto(SpGridView) view;
    g_autofree char *legend = sp_forklaring_legend(page->voice->words, unwanted);
    sp_grid_init(&grid, page->voice->words, unwanted, SP_GRID_PAGE);
    sp_grid_view_init(&view, &grid, rows, SP_GRID_ALL, 0);
    sp_lay_legend(node, legend);
    sp_lay_table(node, &view, sp_page_text(page, "page.unwanted"), SP_NO_COLUMN);
}

void sp_fill_unwanted(SpPage *page, xmlNode *node)
{
    g_autoptr(SpTable) unwanted = sp_unwanted_new(page->voice->words);
    if (unwanted == NULL) {
        sp_page_drop(node);
        return;
    }
    const gboolean is_own = page->kommune != NULL;
    g_autoptr(GArray) rows = rows_here(page, unwanted);
    (void)sp_lay_section(node, "uoensket", sp_page_text(page, "page.unwanted"));
    sp_element_add(node, "p",
                   sp_page_text(page, is_own ? "page.unwanted_note_own" : "page.unwanted_note"));
    if (rows->len > 0) {
        add_unwanted(page, node, unwanted, rows);
    } else {
        sp_element_add(
            node, "p",
            sp_page_text(page, is_own ? "page.unwanted_none_own" : "page.unwanted_none"));
    }
    sp_section_add_ways(page, node, unwanted);
}

/* ---- key sentences ---- */

void sp_fill_sentences(SpPage *page, xmlNode *node)
{
    const SpTable *table = sp_tables_find(page->voice->package.tables, "noekkelsetninger");
    gsize text = table != NULL ? sp_table_find(table, "tekst") : SP_NO_COLUMN;
    gsize about = table != NULL ? sp_table_find(table, "tabell") : SP_NO_COLUMN;
    if (text == SP_NO_COLUMN || about == SP_NO_COLUMN || sp_table_n_rows(table) == 0) {
        sp_page_drop(node);
        return;
    }
    (void)sp_lay_section(node, "kort", sp_page_text(page, "page.sentences"));
    xmlNode *list = sp_element_add(node, "ul", NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        xmlNode *item = sp_element_add(list, "li", NULL);
        const char *name = sp_table_code(table, row, about);
        gsize place = sp_site_table(page->site, name);
        const SpTheme *theme = place != SP_NO_COLUMN ? sp_section_theme(page, place) : NULL;
        sp_element_text(item, sp_table_code(table, row, text));
        if (theme != NULL) {
            g_autofree char *target = g_strdup_printf("%s#tabell-%s", theme->file, name);
            sp_element_text(item, " ");
            sp_page_link(page, item, target, sp_page_text(page, "page.see_figures"));
        }
    }
}
