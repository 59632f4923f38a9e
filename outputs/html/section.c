/* A section of the report. */
#include "outputs/html/section.h"

#include "outputs/forklaring.h"
#include "outputs/html/parts.h"

#include <string.h>

enum {
    MAX_PERIODS = 8,   /* what an upright page holds */
    MIN_BYTES = 40000, /* a part as light as this is never left out for its weight */
    MAX_OPEN = 120     /* lines of a part of a long table that is not folded away */
};

typedef struct {
    const SpGrid *grid;
    const char *caption;
    SpPageLimits *limits;
    gboolean is_cut;   /* some periods are not shown */
    gboolean is_short; /* some rows are not shown */
} Section;

char *sp_section_anchor(const SpTable *table)
{
    return g_strconcat("tabell-", sp_table_name(table), NULL);
}

static void add_view(Section *section, xmlNode *parent, const GArray *rows, guint measure,
                     const char *caption, gsize hidden)
{
    g_auto(SpGridView) view;
    sp_grid_view_init(&view, section->grid, rows, measure, MAX_PERIODS);
    sp_lay_table(parent, &view, caption, hidden);
    section->is_cut = section->is_cut || view.is_cut;
}

static void add_table(Section *section, xmlNode *parent, const GArray *rows, const char *caption,
                      gsize hidden)
{
    add_view(section, parent, rows, SP_GRID_ALL, caption, hidden);
}

/* A table a part, each folded away or not. */
static void add_parts(Section *section, xmlNode *parent, GPtrArray *parts, gsize hidden,
                      gboolean is_folded)
{
    for (guint i = 0; i < parts->len; i++) {
        const SpPart *part = g_ptr_array_index(parts, i);
        g_autofree char *caption = g_strdup_printf("%s: %s", part->title, section->caption);
        xmlNode *place = parent;
        if (is_folded) {
            place = sp_element_add(parent, "details", NULL);
            sp_element_add(place, "summary", part->title);
        }
        add_table(section, place, part->rows, caption, hidden);
    }
}

static void add_circle(Section *section, xmlNode *parent, const GArray *rows, const char *heading)
{
    const SpGrid *grid = section->grid;
    if (rows->len == 0) {
        return;
    }
    if (heading != NULL) {
        sp_element_add(parent, "h3", heading);
    }
    if (sp_grid_count(grid, rows) <= MIN(section->limits->max_rows, MAX_OPEN)) {
        add_table(section, parent, rows, section->caption, SP_NO_COLUMN);
        return;
    }
    g_autoptr(GPtrArray) parts = sp_parts_by_column(grid, rows, grid->region);
    add_parts(section, parent, parts, grid->region, TRUE);
}

/* Where a part is built beside the page, to be weighed. */
static xmlNode *new_box(xmlNode *parent)
{
    return xmlNewDocNode(parent->doc, NULL, (const xmlChar *)"div", NULL);
}

static gsize bytes_of(xmlNode *node)
{
    xmlBuffer *buffer = xmlBufferCreate();
    (void)xmlNodeDump(buffer, node->doc, node, 0, 0);
    gsize size = (gsize)xmlBufferLength(buffer);
    xmlBufferFree(buffer);
    return size;
}

/* What was built beside the page goes into it as far as the page can bear it. */
static gboolean move_if_light(Section *section, xmlNode *parent, xmlNode *box)
{
    gsize bytes = bytes_of(box);
    gboolean is_light = bytes <= MAX(section->limits->max_bytes, MIN_BYTES);
    section->is_short = section->is_short || !is_light;
    if (is_light) {
        section->limits->max_bytes -= MIN(bytes, section->limits->max_bytes);
        for (xmlNode *child = box->children, *next = NULL; child != NULL; child = next) {
            next = child->next;
            xmlUnlinkNode(child);
            xmlAddChild(parent, child);
        }
    }
    xmlFreeNode(box);
    return is_light;
}

static gboolean is_too_long(Section *section, const GArray *rows, gsize max_lines)
{
    gboolean is_long = sp_grid_count(section->grid, rows) > max_lines;
    section->is_short = section->is_short || is_long;
    return is_long;
}

static void add_indicators(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    if (is_too_long(section, rows, section->limits->max_details)) {
        return;
    }
    xmlNode *box = new_box(parent);
    g_autoptr(GPtrArray) parts = sp_parts_by_column(grid, rows, grid->indicator);
    add_parts(section, box, parts, grid->indicator, sp_grid_count(grid, rows) > MAX_OPEN);
    (void)move_if_light(section, parent, box);
}

/* A circle as far as the page can bear it. */
static void add_outer(Section *section, xmlNode *parent, const GArray *rows, const char *heading,
                      gsize max_lines)
{
    if (rows->len > 0 && !is_too_long(section, rows, max_lines)) {
        xmlNode *box = new_box(parent);
        add_circle(section, box, rows, heading);
        (void)move_if_light(section, parent, box);
    }
}

/* Kommuner of the whole country are too many to stand one by one: a table for each fylke. */
static void add_kommuner(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    const SpWords *words = grid->words;
    gsize max_lines = section->limits->max_kommuner;
    if (strcmp(sp_words_package(words)->region, "0") != 0) {
        add_outer(section, parent, rows, sp_words_text(words, "page.kommuner"), max_lines);
    } else if (rows->len > 0 && !is_too_long(section, rows, max_lines)) {
        xmlNode *box = new_box(parent);
        g_autoptr(GPtrArray) parts = sp_parts_by_fylke(grid, rows);
        sp_element_add(box, "h3", sp_words_text(words, "page.kommuner_by_fylke"));
        add_parts(section, box, parts, SP_NO_COLUMN, TRUE);
        (void)move_if_light(section, parent, box);
    }
}

/* Each measure that can occur, of all regions, so that they can be compared. */
static void add_measure_tables(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    for (guint i = 0; i < grid->measures->len; i++) {
        if (!sp_grid_can_occur(grid, rows, i)) {
            continue;
        }
        const char *heading = grid->headings[g_array_index(grid->measures, gsize, i)];
        g_autofree char *caption = g_strdup_printf("%s: %s", heading, section->caption);
        xmlNode *details = sp_element_add(parent, "details", NULL);
        sp_element_add(details, "summary", heading);
        add_view(section, details, rows, i, caption, SP_NO_COLUMN);
    }
}

/* The rows of the circles up to `last`, in table order of each. */
static GArray *rows_to(GArray *const circles[], SpCircle last)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i <= (gsize)last; i++) {
        g_array_append_vals(rows, circles[i]->data, circles[i]->len);
    }
    return rows;
}

/* Fewer circles as long as the page cannot bear them; the fylker always stand. */
static void add_measures(Section *section, xmlNode *parent, GArray *const circles[])
{
    const gsize max_lines[SP_N_CIRCLES] = {[SP_CIRCLE_KOMMUNER] = section->limits->max_kommuner,
                                           [SP_CIRCLE_GROUPS] = section->limits->max_details};
    for (SpCircle last = SP_CIRCLE_GROUPS; last > SP_CIRCLE_FYLKER; last--) {
        g_autoptr(GArray) rows = rows_to(circles, last);
        if (!is_too_long(section, rows, max_lines[last])) {
            xmlNode *box = new_box(parent);
            add_measure_tables(section, box, rows);
            if (move_if_light(section, parent, box)) {
                return;
            }
        }
    }
    g_autoptr(GArray) rows = rows_to(circles, SP_CIRCLE_FYLKER);
    add_measure_tables(section, parent, rows);
}

/* The package's own region and the country stand first, then the circles around them. */
static void add_circles(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    const SpWords *words = grid->words;
    gsize max_lines = section->limits->max_details;
    GArray *circles[SP_N_CIRCLES];
    sp_parts_circles(grid, rows, circles);
    add_circle(section, parent, circles[SP_CIRCLE_OWN], NULL);
    if (grid->has_measure_lines) {
        add_measures(section, parent, circles);
    } else {
        add_outer(section, parent, circles[SP_CIRCLE_FYLKER], sp_words_text(words, "page.fylker"),
                  max_lines);
        add_kommuner(section, parent, circles[SP_CIRCLE_KOMMUNER]);
        add_outer(section, parent, circles[SP_CIRCLE_GROUPS], sp_words_text(words, "page.groups"),
                  max_lines);
    }
    for (gsize i = 0; i < SP_N_CIRCLES; i++) {
        g_array_unref(circles[i]);
    }
}

static void add_rows(Section *section, xmlNode *parent, const GArray *rows)
{
    const SpGrid *grid = section->grid;
    gsize max_rows = section->limits->max_rows;
    gsize n_lines = sp_grid_count(grid, rows);
    section->is_cut = rows->len < sp_table_n_rows(grid->table);
    if (grid->indicator != SP_NO_COLUMN) {
        add_indicators(section, parent, rows);
    } else if (n_lines <= (grid->region == SP_NO_COLUMN ? max_rows : MIN(max_rows, MAX_OPEN))) {
        add_table(section, parent, rows, section->caption, SP_NO_COLUMN);
    } else if (grid->region == SP_NO_COLUMN) {
        section->is_short = TRUE;
    } else {
        add_circles(section, parent, rows);
    }
}

/* Title of the table, and of its one measure when periods stand in the headings. */
static char *caption_of(const SpGrid *grid)
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

static void add_ways(xmlNode *section, const SpWords *words, const SpTable *table)
{
    g_autofree char *path = sp_words_data_path(table);
    g_autofree char *link =
        g_strdup_printf("%s (%s)", sp_words_text(words, "page.all_figures"), path);
    xmlNode *ways = sp_element_add(section, "p", NULL);
    sp_element_set(ways, "class", "ways");
    sp_element_link(ways, path, link);
    sp_element_text(ways, " · ");
    sp_element_link(ways, "#innhold", sp_words_text(words, "page.to_contents"));
}

void sp_section_fill(xmlNode *node, const SpWords *words, const SpTable *table,
                     SpPageLimits *limits)
{
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, words, table, SP_GRID_PAGE);
    g_autofree char *anchor = sp_section_anchor(table);
    g_autofree char *heading_id = g_strconcat(anchor, "-tittel", NULL);
    g_autofree char *caption = caption_of(&grid);
    g_autofree char *legend = sp_forklaring_legend(words, table);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, TRUE);
    Section section = {.grid = &grid, .caption = caption, .limits = limits};
    sp_element_set(node, "id", anchor);
    sp_element_set(node, "aria-labelledby", heading_id);
    xmlNode *last = sp_element_add(node, "h2", sp_words_table(words, table));
    sp_element_set(last, "id", heading_id);
    last = say(last, sp_words_find(words, "table.", sp_table_name(table), ".note"), NULL);
    add_rows(&section, node, rows);
    last = say(last, section.is_cut ? sp_words_text(words, "page.some_periods") : NULL, NULL);
    last = say(last, section.is_short ? sp_words_text(words, "page.too_long") : NULL, NULL);
    (void)say(last, legend, "legend");
    add_ways(node, words, table);
}
