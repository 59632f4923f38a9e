/*
 * A map of the package's kommuner, shaded by one of the figures of their list (fill="map"
 * table="NAME" measure="NAME" limits="0.2 0.4"). Each leads to the kommune's page; the list beside
 * it says the same in words. The key names each class with its limits and unit, and how many
 * kommuner are in it; what is no number is a class for each reason, hatched in its own way.
 */
#include "outputs/html/fillers.h"
#include "outputs/html/map_key.h"

#include "core/number.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 64 };

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

typedef struct {
    SpPage *page;
    const SpTable *borders;
    SpMapKey key;
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

/* The figure of a kommune; one that the table does not have is missing. */
static SpReal figure_of(const Map *map, const SpKommune *kommune)
{
    SpReal real = sp_real_none(SP_MISSING);
    (void)sp_overview_figure(map->key.line, kommune->place, &real);
    return real;
}

static void add_kommune(const Map *map, xmlNode *svg, const SpKommune *kommune)
{
    const char *path = path_of(map, kommune->code);
    const char *name = map->page->voice->overview->names[kommune->place];
    const SpReal real = figure_of(map, kommune);
    if (path == NULL) {
        return;
    }
    g_autofree char *told = sp_map_key_tell(&map->key, name, real);
    xmlNode *link = sp_page_link(map->page, svg, kommune->file, NULL);
    sp_element_set(link, "tabindex", "-1");
    xmlNode *shape = sp_element_add(link, "path", NULL);
    sp_element_set(shape, "d", path);
    sp_map_key_mark(&map->key, shape, real);
    sp_element_add(shape, "title", told);
}

static void add_map(const Map *map, xmlNode *node)
{
    char view[4 * NUMBER_SIZE];
    const SpOverviewLine *line = map->key.line;
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
    sp_map_key_add_patterns(&map->key, svg, map->box.bottom - map->box.top);
    for (guint i = 0; i < map->page->site->kommuner->len; i++) {
        add_kommune(map, svg, g_ptr_array_index(map->page->site->kommuner, i));
    }
    sp_map_key_add(&map->key, figure);
    sp_element_set(sp_element_add(figure, "p", sp_page_text(map->page, "page.borders")), "class",
                   "legend");
}

void sp_fill_map(SpPage *page, xmlNode *node)
{
    g_autofree char *table = sp_page_take(node, "table");
    g_autofree char *measure = sp_page_take(node, "measure");
    g_autofree char *limits = sp_page_take(node, "limits");
    const SpOverviewLine *line = find_line(page, table, measure);
    Map map = {.page = page,
               .borders = page->voice->package.borders,
               .box = {G_MAXINT64, G_MAXINT64, G_MININT64, G_MININT64}};
    const gboolean has_classes = sp_map_key_init(&map.key, page, line, limits);
    for (guint i = 0; map.borders != NULL && i < page->site->kommuner->len; i++) {
        const SpKommune *kommune = g_ptr_array_index(page->site->kommuner, i);
        const char *path = path_of(&map, kommune->code);
        if (path != NULL) {
            widen(&map.box, path);
        }
    }
    if (line == NULL || !has_classes || map.box.right <= map.box.left) {
        sp_page_drop(node);
        return;
    }
    /* All kommuner of the package are counted, one whose borders are not known too. */
    for (guint i = 0; i < page->site->kommuner->len; i++) {
        const SpKommune *kommune = g_ptr_array_index(page->site->kommuner, i);
        sp_map_key_count(&map.key, figure_of(&map, kommune));
    }
    add_map(&map, node);
}
