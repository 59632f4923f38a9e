/* Elements and tables. All text goes through libxml2's tree, never into a string of tags. */
#include "outputs/html/lay.h"

void sp_element_text(xmlNode *element, const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    xmlAddChild(element, xmlNewDocText(element->doc, (const xmlChar *)clean));
}

xmlNode *sp_element_add(xmlNode *parent, const char *name, const char *text)
{
    xmlNode *element = xmlNewChild(parent, NULL, (const xmlChar *)name, NULL);
    if (text != NULL) {
        sp_element_text(element, text);
    }
    return element;
}

void sp_element_set(xmlNode *element, const char *attribute, const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    xmlSetProp(element, (const xmlChar *)attribute, (const xmlChar *)clean);
}

xmlNode *sp_element_link(xmlNode *parent, const char *target, const char *text)
{
    xmlNode *link = sp_element_add(parent, "a", text);
    sp_element_set(link, "href", target);
    return link;
}

xmlNode *sp_lay_section(xmlNode *section, const char *anchor, const char *title)
{
    g_autofree char *id = g_strconcat(anchor, "-tittel", NULL);
    xmlNode *heading = sp_element_add(section, "h2", title);
    sp_element_set(section, "id", anchor);
    sp_element_set(section, "aria-labelledby", id);
    sp_element_set(heading, "id", id);
    return heading;
}

void sp_lay_legend(xmlNode *parent, const char *legend)
{
    if (legend[0] != '\0') {
        sp_element_set(sp_element_add(parent, "p", legend), "class", "legend");
    }
}

xmlNode *sp_lay_frame(xmlNode *parent, const SpWords *words, const char *caption)
{
    const char *notices = sp_words_notices(words);
    g_autofree char *whole = g_strconcat(caption, notices[0] != '\0' ? " · " : "", notices, NULL);
    xmlNode *frame = sp_element_add(parent, "div", NULL);
    sp_element_set(frame, "class", "frame");
    sp_element_set(frame, "role", "group");
    sp_element_set(frame, "tabindex", "0");
    sp_element_set(frame, "aria-label", caption);
    xmlNode *table = sp_element_add(frame, "table", NULL);
    sp_element_add(table, "caption", whole);
    return table;
}

void sp_lay_set_origin(xmlNode *table, const SpTable *of)
{
    sp_element_set(table, "data-tabell", sp_table_name(of));
}

xmlNode *sp_lay_heading(xmlNode *line, const char *text, gboolean is_figure)
{
    xmlNode *cell = sp_element_add(line, "th", text);
    sp_element_set(cell, "scope", "col");
    if (is_figure) {
        sp_element_set(cell, "class", "n");
    }
    return cell;
}

xmlNode *sp_lay_name(xmlNode *line, const char *text)
{
    xmlNode *cell = sp_element_add(line, "th", text);
    sp_element_set(cell, "scope", "row");
    return cell;
}

void sp_lay_words(xmlNode *line, const char *text)
{
    sp_element_set(sp_element_add(line, "td", text), "class", "t");
}

void sp_lay_flags(xmlNode *cell, guint flags)
{
    char letters[SP_FLAGS_TEXT_SIZE];
    if (sp_flags_format(flags, letters)[0] != '\0') {
        sp_element_add(cell, "sup", letters);
    }
}

/* A cell has no class of its own if it holds a figure: a page has tens of thousands of them. */
void sp_lay_figure(xmlNode *line, SpReal real, SpFigureForm form)
{
    char buffer[SP_FIGURE_SIZE];
    sp_lay_flags(sp_element_add(line, "td", sp_words_figure(real, form, buffer)), real.flags);
}

static gsize column_at(const GArray *columns, guint i)
{
    return g_array_index(columns, gsize, i);
}

guint8 sp_lay_common_flags(const SpReal reals[], gsize n)
{
    guint common = n > 0 ? G_MAXUINT8 : 0;
    for (gsize i = 0; i < n; i++) {
        common &= reals[i].flags;
    }
    return (guint8)common;
}

/* Of each column of figures; of a single line they stand in its cells. g_free. */
static guint8 *flags_of(const SpGridView *view)
{
    guint n = sp_grid_n_figures(view);
    guint8 *flags = g_new0(guint8, (gsize)n + 1);
    g_autofree SpReal *reals = g_new0(SpReal, (gsize)view->lines->len + 1);
    for (guint place = 0; view->lines->len > 1 && place < n; place++) {
        gsize n_reals = 0;
        for (guint i = 0; i < view->lines->len; i++) {
            SpFigureForm form;
            const SpGridLine *line = &g_array_index(view->lines, SpGridLine, i);
            n_reals += sp_grid_figure(view, line, place, &reals[n_reals], &form) ? 1 : 0;
        }
        flags[place] = sp_lay_common_flags(reals, n_reals);
    }
    return flags;
}

static void add_head(xmlNode *table, const SpGridView *view, gsize hidden, const guint8 *flags)
{
    const SpGrid *grid = view->grid;
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    for (guint i = 0; i < grid->keys->len; i++) {
        if (column_at(grid->keys, i) != hidden) {
            (void)sp_lay_heading(line, grid->headings[column_at(grid->keys, i)], FALSE);
        }
    }
    if (view->has_measure_lines) {
        (void)sp_lay_heading(line, sp_words_text(grid->words, "page.measure"), FALSE);
    }
    for (guint place = 0; place < sp_grid_n_figures(view); place++) {
        g_autofree char *heading = sp_grid_heading(view, place);
        sp_lay_flags(sp_lay_heading(line, heading, TRUE), flags[place]);
    }
    for (guint i = 0; i < view->attributes->len; i++) {
        (void)sp_lay_heading(line, grid->headings[column_at(view->attributes, i)], FALSE);
    }
}

static const char *label(const SpGrid *grid, gsize row, gsize column)
{
    return grid->labels[column][sp_table_code_numbers_const(grid->table, column)[row]];
}

static void add_line(xmlNode *body, const SpGridView *view, const SpGridLine *line, gsize hidden,
                     const guint8 *flags)
{
    const SpGrid *grid = view->grid;
    gsize row = sp_grid_row(view, line);
    xmlNode *element = sp_element_add(body, "tr", NULL);
    for (guint i = 0; i < grid->keys->len; i++) {
        if (column_at(grid->keys, i) != hidden) {
            sp_lay_name(element, label(grid, row, column_at(grid->keys, i)));
        }
    }
    if (view->has_measure_lines) {
        sp_lay_name(element, grid->headings[column_at(grid->measures, line->measure)]);
    }
    for (guint place = 0; place < sp_grid_n_figures(view); place++) {
        SpReal real;
        SpFigureForm form;
        if (sp_grid_figure(view, line, place, &real, &form)) {
            real.flags &= (guint8)~flags[place];
            sp_lay_figure(element, real, form);
        } else {
            sp_element_add(element, "td", NULL);
        }
    }
    for (guint i = 0; i < view->attributes->len; i++) {
        sp_lay_words(element, label(grid, row, column_at(view->attributes, i)));
    }
}

void sp_lay_table(xmlNode *parent, const SpGridView *view, const char *caption, gsize hidden)
{
    xmlNode *table = sp_lay_frame(parent, view->grid->words, caption);
    sp_lay_set_origin(table, view->grid->table);
    g_autofree guint8 *flags = flags_of(view);
    add_head(table, view, hidden, flags);
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (guint i = 0; i < view->lines->len; i++) {
        add_line(body, view, &g_array_index(view->lines, SpGridLine, i), hidden, flags);
    }
}
