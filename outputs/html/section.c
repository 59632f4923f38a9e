/* A table's section of a theme's page. */
#include "outputs/html/section.h"

#include "outputs/forklaring.h"
#include "outputs/html/fillers.h"
#include "outputs/html/parts.h"

#include <string.h>

enum {
    MAX_PERIODS = 8, /* what an upright page holds */
    MAX_OPEN = 120,  /* lines of a part of a long table that is not folded away */
};

typedef struct {
    SpPage *page;
    const SpGrid *grid;
    const SpGrid *newest; /* the same table with the newest period alone */
    const char *caption;
    gboolean is_cut;     /* some periods are not shown */
    gboolean is_short;   /* some rows are not shown */
    gboolean is_on_side; /* and stand on the pages of kommuner */
} Section;

char *sp_section_anchor(const SpTable *table)
{
    return g_strconcat("tabell-", sp_table_name(table), NULL);
}

gboolean sp_section_add_rows(xmlNode *parent, const SpGrid *grid, const GArray *rows,
                             const char *caption, gsize hidden)
{
    g_auto(SpGridView) view;
    sp_grid_view_init(&view, grid, rows, SP_GRID_ALL, MAX_PERIODS);
    /* A line that nothing else names keeps its name. */
    gboolean has_names = grid->keys->len > 1 || view.has_measure_lines;
    sp_lay_table(parent, &view, caption, has_names ? hidden : SP_NO_COLUMN);
    return view.is_cut;
}

static void add_rows(Section *section, xmlNode *parent, const SpGrid *grid, const GArray *rows)
{
    gboolean is_cut = sp_section_add_rows(parent, grid, rows, section->caption, SP_NO_COLUMN);
    section->is_cut = section->is_cut || is_cut;
}

static xmlNode *fold(xmlNode *parent, const char *title)
{
    xmlNode *details = sp_element_add(parent, "details", NULL);
    sp_element_add(details, "summary", title);
    return details;
}

/* A table a part, each folded away or not. */
static void add_parts(Section *section, xmlNode *parent, GPtrArray *parts, gsize hidden,
                      gboolean is_folded)
{
    for (guint i = 0; i < parts->len; i++) {
        const SpPart *part = g_ptr_array_index(parts, i);
        g_autofree char *caption = g_strdup_printf("%s: %s", part->title, section->caption);
        xmlNode *place = is_folded ? fold(parent, part->title) : parent;
        gboolean is_cut = sp_section_add_rows(place, section->grid, part->rows, caption, hidden);
        section->is_cut = section->is_cut || is_cut;
    }
}

/* Of indicators that are too many: the newest figure of each, if no kommuner stand there; those
 * have pages of their own. */
static void add_newest(Section *section, xmlNode *parent)
{
    g_autoptr(GArray) rows = sp_grid_rows(section->newest, TRUE);
    if (section->grid->region == SP_NO_COLUMN &&
        sp_grid_count(section->newest, rows) <= section->page->site->max_details) {
        section->is_cut = TRUE;
        add_rows(section, parent, section->newest, rows);
        return;
    }
    section->is_short = TRUE;
    section->is_on_side =
        section->grid->region != SP_NO_COLUMN && section->page->site->kommuner->len > 0;
}

static void add_indicators(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    if (sp_grid_count(grid, rows) > section->page->site->max_details) {
        add_newest(section, parent);
    } else {
        g_autoptr(GPtrArray) parts = sp_parts_by_column(grid, rows, grid->indicator);
        add_parts(section, parent, parts, grid->indicator, sp_grid_count(grid, rows) > MAX_OPEN);
    }
}

static void add_own(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    if (rows->len == 0) {
        return;
    }
    if (sp_grid_count(grid, rows) <= MIN(section->page->site->max_rows, MAX_OPEN)) {
        add_rows(section, parent, grid, rows);
        return;
    }
    g_autoptr(GPtrArray) parts = sp_parts_by_column(grid, rows, grid->region);
    add_parts(section, parent, parts, grid->region, TRUE);
}

/* Newest figures of a circle around the package's region, folded away. */
static void add_circle(Section *section, xmlNode *parent, SpCircle circle, const GArray *rows)
{
    static const char *const titles[SP_N_CIRCLES] = {[SP_CIRCLE_FYLKER] = "page.fylker",
                                                     [SP_CIRCLE_KOMMUNER] = "page.kommuner",
                                                     [SP_CIRCLE_GROUPS] = "page.groups"};
    gboolean is_on_side = circle == SP_CIRCLE_KOMMUNER && section->page->site->kommuner->len > 0;
    if (rows->len == 0) {
        return;
    }
    if (sp_grid_count(section->newest, rows) > section->page->site->max_details) {
        section->is_on_side = section->is_on_side || is_on_side;
        section->is_short = TRUE;
        return;
    }
    add_rows(section, fold(parent, sp_page_text(section->page, titles[circle])), section->newest,
             rows);
}

static void add_circles(Section *section, xmlNode *parent, const GArray *rows, gboolean is_own)
{
    GArray *circles[SP_N_CIRCLES];
    GArray *newest[SP_N_CIRCLES];
    g_autoptr(GArray) newest_rows = sp_grid_rows(section->newest, TRUE);
    sp_parts_circles(section->grid, rows, circles);
    sp_parts_circles(section->newest, newest_rows, newest);
    add_own(section, parent, circles[SP_CIRCLE_OWN]);
    for (SpCircle circle = SP_CIRCLE_FYLKER; circle < SP_N_CIRCLES; circle++) {
        if (!is_own) {
            add_circle(section, parent, circle, newest[circle]);
        } else if (newest[circle]->len > 0) {
            section->is_short = TRUE;
            section->is_on_side = section->is_on_side || circle == SP_CIRCLE_KOMMUNER;
        }
    }
    for (gsize i = 0; i < SP_N_CIRCLES; i++) {
        g_array_unref(circles[i]);
        g_array_unref(newest[i]);
    }
}

static void add_all(Section *section, xmlNode *parent)
{
    const SpGrid *grid = section->grid;
    const SpSite *site = section->page->site;
    g_autoptr(GArray) rows = sp_grid_rows(grid, TRUE);
    gsize n_lines = sp_grid_count(grid, rows);
    section->is_cut = rows->len < sp_table_n_rows(grid->table);
    if (grid->indicator != SP_NO_COLUMN) {
        add_indicators(section, parent, rows);
    } else if (n_lines <=
               (grid->region == SP_NO_COLUMN ? site->max_rows : MIN(site->max_rows, MAX_OPEN))) {
        add_rows(section, parent, grid, rows);
    } else if (grid->region == SP_NO_COLUMN) {
        section->is_short = TRUE;
    } else {
        add_circles(section, parent, rows,
                    sp_show_is_own(site->package->catalogue, grid->table, "html"));
    }
}

char *sp_section_caption(const SpGrid *grid)
{
    const char *title = sp_words_table(grid->words, grid->table);
    if (!grid->is_across || grid->has_measure_lines) {
        return g_strdup(title);
    }
    return g_strdup_printf("%s. %s", title,
                           grid->headings[g_array_index(grid->measures, gsize, 0)]);
}

/* A paragraph behind `node`, which is returned if there is nothing to say. */
static xmlNode *say(xmlNode *node, const char *text, const char *class_name)
{
    if (text == NULL || text[0] == '\0') {
        return node;
    }
    xmlNode *said = xmlNewDocNode(node->doc, NULL, (const xmlChar *)"p", NULL);
    if (class_name != NULL) {
        sp_element_set(said, "class", class_name);
    }
    sp_element_text(said, text);
    return xmlAddNextSibling(node, said);
}

void sp_section_add_ways(const SpPage *page, xmlNode *section, const SpTable *table)
{
    g_autofree char *path = sp_words_data_path(table);
    g_autofree char *link =
        g_strdup_printf("%s (%s)", sp_page_text(page, "page.all_figures"), path);
    xmlNode *ways = sp_element_add(section, "p", NULL);
    sp_element_set(ways, "class", "ways");
    sp_page_link(page, ways, path, link);
}

xmlNode *sp_section_add_note(const SpPage *page, xmlNode *heading, const char *note)
{
    const char *rest = NULL;
    g_autofree char *lead = sp_words_lead(note, &rest);
    xmlNode *last = say(heading, lead, NULL);
    if (rest[0] == '\0') {
        return last;
    }
    xmlNode *details = xmlNewDocNode(heading->doc, NULL, (const xmlChar *)"details", NULL);
    sp_element_add(details, "summary", sp_page_text(page, "page.more_on_figures"));
    sp_element_add(details, "p", rest);
    return xmlAddNextSibling(last, details);
}

static xmlNode *add_heading(const SpPage *page, xmlNode *node, const SpTable *table)
{
    g_autofree char *anchor = sp_section_anchor(table);
    g_autofree char *note = sp_words_note(page->voice->words, table);
    xmlNode *heading = sp_lay_section(node, anchor, sp_words_table(page->voice->words, table));
    return note != NULL ? sp_section_add_note(page, heading, note) : heading;
}

void sp_section_fill(SpPage *page, xmlNode *node, gsize table)
{
    const SpGrid *grid = sp_site_grid(page->site, page->voice, table, FALSE);
    g_autofree char *caption = sp_section_caption(grid);
    g_autofree char *legend = sp_forklaring_legend(page->voice->words, grid->table);
    Section section = {.page = page, .grid = grid, .caption = caption};
    section.newest = sp_site_grid(page->site, page->voice, table, TRUE);
    xmlNode *last = add_heading(page, node, grid->table);
    sp_fill_figures_of(page, node, grid->table);
    add_all(&section, node);
    last = say(last, section.is_cut ? sp_page_text(page, "page.some_periods") : NULL, NULL);
    last = say(last, section.is_on_side ? sp_page_text(page, "page.on_kommune_pages") : NULL, NULL);
    last = say(last,
               section.is_short && !section.is_on_side ? sp_page_text(page, "page.too_long") : NULL,
               NULL);
    (void)say(last, legend, "legend");
    sp_section_add_ways(page, node, grid->table);
}

void sp_section_fill_figures(SpPage *page, xmlNode *node, const SpTable *table)
{
    (void)add_heading(page, node, table);
    sp_fill_figures_of(page, node, table);
    sp_section_add_ways(page, node, table);
}

void sp_section_fill_whole(SpPage *page, xmlNode *node, const SpTable *table)
{
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, page->voice->words, table, SP_GRID_PAGE);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
    g_autofree char *caption = sp_section_caption(&grid);
    (void)add_heading(page, node, table);
    (void)sp_section_add_rows(node, &grid, rows, caption, SP_NO_COLUMN);
    sp_section_add_ways(page, node, table);
}

const SpTheme *sp_section_theme(const SpPage *page, gsize table)
{
    return page->site->shows[table] == SP_SHOW_YES ? sp_site_theme(page->site, table) : NULL;
}

void sp_section_explain(const SpPage *page, xmlNode *node, gsize table)
{
    const SpTheme *theme = sp_section_theme(page, table);
    const SpTable *of = sp_tables_at(page->site->package->tables, table);
    if (theme != NULL) {
        g_autofree char *anchor = sp_section_anchor(of);
        g_autofree char *target = g_strconcat(theme->file, "#", anchor, NULL);
        xmlNode *ways = sp_element_add(node, "p", NULL);
        sp_element_set(ways, "class", "ways");
        sp_page_link(page, ways, target, sp_page_text(page, "page.what_it_means"));
    }
}
