/* A section of the report. All text goes through libxml2's tree, never into a string of tags. */
#include "outputs/html/section.h"

#include "core/regions.h"
#include "outputs/html/grid.h"

#include <string.h>

xmlNode *sp_element_add(xmlNode *parent, const char *name, const char *text)
{
    xmlNode *element = xmlNewChild(parent, NULL, (const xmlChar *)name, NULL);
    if (text != NULL) {
        g_autofree char *clean = sp_words_clean(text);
        xmlAddChild(element, xmlNewDocText(parent->doc, (const xmlChar *)clean));
    }
    return element;
}

void sp_element_set(xmlNode *element, const char *attribute, const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    xmlSetProp(element, (const xmlChar *)attribute, (const xmlChar *)clean);
}

char *sp_section_anchor(const SpTable *table)
{
    return g_strconcat("tabell-", sp_table_name(table), NULL);
}

static void add_figure(xmlNode *line, SpReal real, SpFigureForm form)
{
    char buffer[SP_FIGURE_SIZE];
    char letters[SP_FLAGS_TEXT_SIZE];
    xmlNode *cell = sp_element_add(line, "td", sp_words_figure(real, form, buffer));
    sp_element_set(cell, "class", "n");
    if (sp_flags_format(real.flags, letters)[0] != '\0') {
        sp_element_add(cell, "sup", letters);
    }
}

static void add_heading(xmlNode *line, const char *text, gboolean is_figure)
{
    xmlNode *cell = sp_element_add(line, "th", text);
    sp_element_set(cell, "scope", "col");
    if (is_figure) {
        sp_element_set(cell, "class", "n");
    }
}

static void add_head(xmlNode *table, const SpGrid *grid, gboolean has_region)
{
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    for (guint i = 0; i < grid->codes->len; i++) {
        gsize column = g_array_index(grid->codes, gsize, i);
        if (column != grid->region || has_region) {
            g_autofree char *text =
                sp_words_column(grid->words, sp_table_column(grid->table, column));
            add_heading(line, text, FALSE);
        }
    }
    if (grid->period != SP_NO_COLUMN) {
        for (guint i = 0; i < grid->periods->len; i++) {
            g_autofree char *text =
                sp_words_code(grid->words, sp_table_column(grid->table, grid->period),
                              g_ptr_array_index(grid->periods, i));
            add_heading(line, text, TRUE);
        }
        return;
    }
    for (guint i = 0; i < grid->measures->len; i++) {
        gsize column = g_array_index(grid->measures, gsize, i);
        g_autofree char *text =
            sp_words_column_with_unit(grid->words, sp_table_column(grid->table, column));
        add_heading(line, text, TRUE);
    }
}

/* The code cells of a line; the first one names the line. */
static void add_codes(xmlNode *line, const SpGrid *grid, gsize row, gboolean has_region)
{
    gboolean is_first = TRUE;
    for (guint i = 0; i < grid->codes->len; i++) {
        gsize column = g_array_index(grid->codes, gsize, i);
        char **labels = g_ptr_array_index(grid->labels, i);
        if (column == grid->region && !has_region) {
            continue;
        }
        const char *text = labels[sp_table_code_numbers_const(grid->table, column)[row]];
        xmlNode *cell = sp_element_add(line, is_first ? "th" : "td", text);
        if (is_first) {
            sp_element_set(cell, "scope", "row");
        }
        is_first = FALSE;
    }
}

/* Figures of a line whose periods stand across: rows [from, to) of `rows`. */
static void add_across(xmlNode *line, const SpGrid *grid, const GArray *rows, guint from, guint to)
{
    gsize measure = g_array_index(grid->measures, gsize, 0);
    SpFigureForm form = sp_words_form(grid->words, sp_table_column(grid->table, measure)->unit);
    const guint32 *numbers = sp_table_code_numbers_const(grid->table, grid->period);
    for (guint place = 0; place < grid->periods->len; place++) {
        guint i = from;
        while (i < to && grid->places[numbers[g_array_index(rows, gsize, i)]] != (int)place) {
            i++;
        }
        if (i < to) {
            add_figure(line, sp_table_real(grid->table, g_array_index(rows, gsize, i), measure),
                       form);
        } else {
            sp_element_add(line, "td", NULL);
        }
    }
}

static void add_lines(xmlNode *table, const SpGrid *grid, const GArray *rows, gboolean has_region)
{
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (guint from = 0, to = 0; from < rows->len; from = to) {
        gsize row = g_array_index(rows, gsize, from);
        xmlNode *line = sp_element_add(body, "tr", NULL);
        for (to = from + 1;
             to < rows->len && sp_grid_is_same(grid, row, g_array_index(rows, gsize, to));) {
            to++;
        }
        add_codes(line, grid, row, has_region);
        if (grid->period != SP_NO_COLUMN) {
            add_across(line, grid, rows, from, to);
            continue;
        }
        for (guint i = 0; i < grid->measures->len; i++) {
            gsize column = g_array_index(grid->measures, gsize, i);
            add_figure(line, sp_table_real(grid->table, row, column),
                       sp_words_form(grid->words, sp_table_column(grid->table, column)->unit));
        }
    }
}

/* A wide table scrolls in a frame of its own, which the keyboard can reach; the page itself stays
 * as narrow as a phone. */
static void add_table(xmlNode *parent, const SpGrid *grid, const GArray *rows, const char *caption,
                      gboolean has_region)
{
    xmlNode *frame = sp_element_add(parent, "div", NULL);
    sp_element_set(frame, "class", "frame");
    sp_element_set(frame, "role", "group");
    sp_element_set(frame, "tabindex", "0");
    sp_element_set(frame, "aria-label", caption);
    xmlNode *table = sp_element_add(frame, "table", NULL);
    sp_element_add(table, "caption", caption);
    add_head(table, grid, has_region);
    add_lines(table, grid, rows, has_region);
}

/* Title of the table, and of its one measure when periods stand in the headings. */
static char *caption_of(const SpGrid *grid)
{
    const char *title = sp_words_table(grid->words, grid->table);
    if (grid->period == SP_NO_COLUMN) {
        return g_strdup(title);
    }
    gsize measure = g_array_index(grid->measures, gsize, 0);
    g_autofree char *column =
        sp_words_column_with_unit(grid->words, sp_table_column(grid->table, measure));
    return g_strdup_printf("%s. %s", title, column);
}

/* Codes without rows have no array; g_array_unref would complain of that. */
static void free_part(gpointer rows)
{
    if (rows != NULL) {
        g_array_unref(rows);
    }
}

/* Rows by code number of the region: GArray of gsize each, NULL for codes without rows and for
 * regions above kommuner, whose rows all go into `upper`. */
static GPtrArray *part_rows(const SpGrid *grid, GArray *upper)
{
    const SpCodes *codes = sp_table_codes(grid->table, grid->region);
    const guint32 *numbers = sp_table_code_numbers_const(grid->table, grid->region);
    GPtrArray *parts = g_ptr_array_new_with_free_func(free_part);
    g_ptr_array_set_size(parts, (int)sp_codes_size(codes));
    for (gsize row = 0; row < sp_table_n_rows(grid->table); row++) {
        GArray **part = (GArray **)&g_ptr_array_index(parts, numbers[row]);
        if (sp_region_kind(sp_codes_text(codes, numbers[row])) != SP_REGION_KOMMUNE) {
            g_array_append_val(upper, row);
            continue;
        }
        if (*part == NULL) {
            *part = g_array_new(FALSE, FALSE, sizeof(gsize));
        }
        g_array_append_val(*part, row);
    }
    return parts;
}

static void add_details(xmlNode *section, const SpGrid *grid, GPtrArray *parts, const char *caption)
{
    const SpCodes *codes = sp_table_codes(grid->table, grid->region);
    const SpColumn *info = sp_table_column(grid->table, grid->region);
    g_autofree guint32 *ranks = sp_codes_ranks(codes);
    g_autofree guint32 *order = g_new(guint32, (gsize)parts->len + 1);
    for (guint i = 0; i < parts->len; i++) {
        order[ranks[i]] = i;
    }
    for (guint i = 0; i < parts->len; i++) {
        const GArray *rows = g_ptr_array_index(parts, order[i]);
        if (rows == NULL) {
            continue;
        }
        g_autofree char *name = sp_words_code(grid->words, info, sp_codes_text(codes, order[i]));
        g_autofree char *both = g_strdup_printf("%s: %s", name, caption);
        xmlNode *details = sp_element_add(section, "details", NULL);
        sp_element_add(details, "summary", name);
        add_table(details, grid, rows, both, FALSE);
    }
}

/* A table too long for the page: the regions above kommuner, then each kommune folded away, as far
 * as the page can bear. */
static void add_long(xmlNode *section, const SpGrid *grid, const char *caption, SpPageLimits limits)
{
    g_autoptr(GArray) upper = g_array_new(FALSE, FALSE, sizeof(gsize));
    if (grid->region == SP_NO_COLUMN) {
        sp_element_add(section, "p", sp_words_text(grid->words, "page.too_long"));
        return;
    }
    g_autoptr(GPtrArray) parts = part_rows(grid, upper);
    gsize n_upper = sp_grid_count(grid, upper);
    gsize n_details = 0;
    for (guint i = 0; i < parts->len; i++) {
        const GArray *rows = g_ptr_array_index(parts, i);
        n_details += rows != NULL ? sp_grid_count(grid, rows) : 0;
    }
    if (n_upper > 0 && n_upper <= limits.max_rows) {
        add_table(section, grid, upper, caption, TRUE);
    }
    if (n_upper > limits.max_rows || n_details > limits.max_details) {
        sp_element_add(section, "p", sp_words_text(grid->words, "page.too_long"));
    }
    if (n_details > 0 && n_details <= limits.max_details) {
        sp_element_add(section, "h3", sp_words_text(grid->words, "page.per_kommune"));
        add_details(section, grid, parts, caption);
    }
}

void sp_section_add(xmlNode *parent, const SpWords *words, const SpTable *table,
                    SpPageLimits limits)
{
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, words, table);
    g_autofree char *anchor = sp_section_anchor(table);
    g_autofree char *heading_id = g_strconcat(anchor, "-tittel", NULL);
    g_autofree char *path = sp_words_data_path(table);
    g_autofree char *caption = caption_of(&grid);
    g_autofree char *link =
        g_strdup_printf("%s (%s)", sp_words_text(words, "page.all_figures"), path);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    const char *note = sp_words_find(words, "table.", sp_table_name(table), ".note");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_array_append_val(rows, row);
    }
    xmlNode *section = sp_element_add(parent, "section", NULL);
    sp_element_set(section, "id", anchor);
    sp_element_set(section, "aria-labelledby", heading_id);
    sp_element_set(sp_element_add(section, "h2", sp_words_table(words, table)), "id", heading_id);
    if (note != NULL) {
        sp_element_add(section, "p", note);
    }
    if (grid.is_cut) {
        sp_element_add(section, "p", sp_words_text(words, "page.some_periods"));
    }
    if (rows->len == 0) {
        sp_element_add(section, "p", sp_words_text(words, "page.no_rows"));
    } else if (sp_grid_count(&grid, rows) <= limits.max_rows) {
        add_table(section, &grid, rows, caption, TRUE);
    } else {
        add_long(section, &grid, caption, limits);
    }
    sp_element_set(sp_element_add(sp_element_add(section, "p", NULL), "a", link), "href", path);
}
