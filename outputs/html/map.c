/*
 * A map of the package's kommuner, shaded by one of the figures of their list (fill="map"
 * table="NAME" measure="NAME" limits="0.2 0.4"). Each leads to the kommune's page; the list beside
 * it says the same in words.
 */
#include "outputs/html/fillers.h"

#include "core/number.h"

#include <stdio.h>
#include <string.h>

enum { MAX_CLASSES = 6, NUMBER_SIZE = 64 };

static const gint64 margin = 8;

/* What the borders cover, in steps of the map. */
typedef struct {
    gint64 left;
    gint64 top;
    gint64 right;
    gint64 bottom;
} Box;

static gint64 read_number(const char **at)
{
    gint64 value = 0;
    gsize length = strspn(*at + (**at == '-' ? 1 : 0), "0123456789") + (**at == '-' ? 1 : 0);
    (void)sp_number_parse_int(*at, length, &value);
    *at += length;
    return value;
}

/* A path is "M" with a point, then "l" with steps from point to point, "z". */
static void widen(Box *box, const char *path)
{
    gint64 point[2] = {0, 0};
    gboolean is_step = FALSE;
    gsize axis = 0;
    for (const char *at = path; *at != '\0';) {
        if (strchr("Mlz ", *at) != NULL) {
            is_step = *at == 'l' || (*at == ' ' && is_step);
            at++;
            continue;
        }
        if (*at != '-' && !g_ascii_isdigit(*at)) {
            return;
        }
        gint64 value = read_number(&at);
        point[axis] = is_step ? point[axis] + value : value;
        axis = 1 - axis;
        if (axis == 0) {
            box->left = MIN(box->left, point[0]);
            box->right = MAX(box->right, point[0]);
            box->top = MIN(box->top, point[1]);
            box->bottom = MAX(box->bottom, point[1]);
        }
    }
}

/* Limits between classes, rising [n]. */
static guint read_limits(const char *text, double limits[MAX_CLASSES])
{
    g_auto(GStrv) parts = g_strsplit(text != NULL ? text : "", " ", -1);
    guint n = 0;
    for (char **part = parts; *part != NULL && n < MAX_CLASSES - 1; part++) {
        if (sp_number_parse(*part, strlen(*part), sp_number_plain, &limits[n])) {
            n++;
        }
    }
    return n;
}

typedef struct {
    SpPage *page;
    const SpOverviewLine *line;
    const SpTable *borders;
    double limits[MAX_CLASSES];
    guint n_limits;
    Box box;
} Map;

static const SpOverviewLine *find_line(const SpPage *page, const char *table, const char *measure)
{
    const GArray *lines = page->voice->overview->lines;
    for (guint i = 0; table != NULL && measure != NULL && i < lines->len; i++) {
        const SpOverviewLine *line = &g_array_index(lines, SpOverviewLine, i);
        if (line->is_brief && strcmp(sp_table_name(line->table), table) == 0 &&
            strcmp(sp_table_column(line->table, line->measure)->name, measure) == 0) {
            return line;
        }
    }
    return NULL;
}

static const char *path_of(const Map *map, const char *kommune)
{
    for (gsize row = 0; row < sp_table_n_rows(map->borders); row++) {
        if (strcmp(sp_table_code(map->borders, row, 0), kommune) == 0) {
            return sp_table_code(map->borders, row, 1);
        }
    }
    return NULL;
}

/* Class of a figure; MAX_CLASSES for none. */
static guint class_of(const Map *map, const SpKommune *kommune)
{
    SpReal real;
    guint class = 0;
    if (!sp_overview_figure(map->line, kommune->place, &real) || !sp_real_is_number(real)) {
        return MAX_CLASSES;
    }
    while (class < map->n_limits && real.value >= map->limits[class]) {
        class ++;
    }
    return class;
}

static void set_class(xmlNode *node, guint class)
{
    char name[NUMBER_SIZE];
    (void)snprintf(name, sizeof name, class == MAX_CLASSES ? "kx" : "k%u", class);
    sp_element_set(node, "class", name);
}

static void add_kommune(const Map *map, xmlNode *svg, const SpKommune *kommune)
{
    const char *path = path_of(map, kommune->code);
    const char *name = map->page->voice->overview->names[kommune->place];
    char figure[SP_FIGURE_SIZE];
    SpReal real = sp_real_none(SP_MISSING);
    if (path == NULL) {
        return;
    }
    (void)sp_overview_figure(map->line, kommune->place, &real);
    g_autofree char *told =
        g_strdup_printf("%s: %s", name, sp_words_figure(real, map->line->form, figure));
    xmlNode *link = sp_page_link(map->page, svg, kommune->file, NULL);
    sp_element_set(link, "tabindex", "-1");
    xmlNode *shape = sp_element_add(link, "path", NULL);
    sp_element_set(shape, "d", path);
    set_class(shape, class_of(map, kommune));
    sp_element_add(shape, "title", told);
}

/* "under 20 %", "20 % til 40 %", "80 % eller mer". g_free. */
static char *word_class(const Map *map, guint class)
{
    char low[SP_FIGURE_SIZE];
    char high[SP_FIGURE_SIZE];
    SpFigureForm form = map->line->form;
    form.decimals = 0;
    sp_words_figure(sp_real(map->limits[class > 0 ? class - 1 : 0]), form, low);
    sp_words_figure(sp_real(map->limits[MIN(class, map->n_limits - 1)]), form, high);
    if (class == 0) {
        return g_strdup_printf("%s %s", sp_page_text(map->page, "page.below"), high);
    }
    return class == map->n_limits
               ? g_strdup_printf("%s %s", low, sp_page_text(map->page, "page.or_more"))
               : g_strdup_printf("%s %s %s", low, sp_page_text(map->page, "page.to"), high);
}

static void add_key_item(xmlNode *list, guint class, const char *text)
{
    xmlNode *item = sp_element_add(list, "li", NULL);
    set_class(sp_element_add(item, "span", NULL), class);
    sp_element_text(item, text);
}

static void add_key(const Map *map, xmlNode *figure)
{
    xmlNode *list = sp_element_add(figure, "ul", NULL);
    sp_element_set(list, "class", "key");
    for (guint class = 0; class <= map->n_limits; class ++) {
        g_autofree char *text = word_class(map, class);
        add_key_item(list, class, text);
    }
    add_key_item(list, MAX_CLASSES, sp_page_text(map->page, "page.no_figure"));
}

static void add_map(const Map *map, xmlNode *node)
{
    char view[4 * NUMBER_SIZE];
    const SpOverviewLine *line = map->line;
    g_autofree char *title = g_strdup_printf("%s, %s", line->label, line->period);
    xmlNode *figure = sp_element_add(node, "figure", NULL);
    sp_element_set(figure, "class", "map");
    sp_element_add(figure, "figcaption", title);
    xmlNode *svg = sp_element_add(figure, "svg", NULL);
    (void)snprintf(
        view, sizeof view,
        "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
        map->box.left - margin, map->box.top - margin, map->box.right - map->box.left + 2 * margin,
        map->box.bottom - map->box.top + 2 * margin);
    sp_element_set(svg, "viewBox", view);
    sp_element_set(svg, "role", "group");
    sp_element_set(svg, "aria-label", title);
    for (guint i = 0; i < map->page->site->kommuner->len; i++) {
        add_kommune(map, svg, g_ptr_array_index(map->page->site->kommuner, i));
    }
    add_key(map, figure);
    sp_element_set(sp_element_add(figure, "p", sp_page_text(map->page, "page.borders")), "class",
                   "legend");
}

void sp_fill_map(SpPage *page, xmlNode *node)
{
    g_autofree char *table = sp_page_take(node, "table");
    g_autofree char *measure = sp_page_take(node, "measure");
    g_autofree char *limits = sp_page_take(node, "limits");
    Map map = {.page = page,
               .line = find_line(page, table, measure),
               .borders = page->voice->package.borders,
               .box = {G_MAXINT64, G_MAXINT64, G_MININT64, G_MININT64}};
    map.n_limits = read_limits(limits, map.limits);
    for (guint i = 0; map.borders != NULL && i < page->site->kommuner->len; i++) {
        const SpKommune *kommune = g_ptr_array_index(page->site->kommuner, i);
        const char *path = path_of(&map, kommune->code);
        if (path != NULL) {
            widen(&map.box, path);
        }
    }
    if (map.line == NULL || map.n_limits == 0 || map.box.right <= map.box.left) {
        sp_page_drop(node);
        return;
    }
    add_map(&map, node);
}
