/* A figure with all that stands around its drawing. */
#include "outputs/html/chart.h"

#include "core/io/json.h"
#include "core/number.h"
#include "outputs/html/chart_kinds.h"

#include <string.h>

/* ---- what the series are ---- */

static void add_box(xmlNode *swatch, const char *look)
{
    g_autoptr(GString) path = g_string_new(NULL);
    sp_path_add(path, 1.0, 1.0, TRUE);
    sp_path_add(path, 27.0, 1.0, FALSE);
    sp_path_add(path, 27.0, 13.0, FALSE);
    sp_path_add(path, 1.0, 13.0, FALSE);
    sp_path_close(path);
    sp_draw_path(swatch, path, look);
}

static void add_fan_key(xmlNode *list, const SpFigure *figure)
{
    guint last = figure->series->len - 1;
    sp_draw_line(sp_draw_swatch(list, sp_figure_series(figure, 0)->name), 0.0, 7.0, 28.0, 7.0,
                 "line c0");
    for (guint i = 1; i < last - i + 1; i++) {
        g_autofree char *look = g_strdup_printf("band b%u", i);
        g_autofree char *name = g_strdup_printf("%s – %s", sp_figure_series(figure, i)->name,
                                                sp_figure_series(figure, last - i + 1)->name);
        add_box(sp_draw_swatch(list, name), look);
    }
}

static void add_pyramid_key(xmlNode *list, const SpFigure *figure)
{
    static const char *const looks[] = {"area a0", "area a1", "outline", "outline"};
    for (guint i = 0; i < figure->series->len && i < G_N_ELEMENTS(looks); i++) {
        add_box(sp_draw_swatch(list, sp_figure_series(figure, i)->name), looks[i]);
    }
}

static void add_line_key(xmlNode *list, const SpFigure *figure)
{
    gboolean is_funnel = figure->kind == SP_FIGURE_FUNNEL;
    for (guint place = 0; place < figure->series->len; place++) {
        g_autofree char *mark = g_strdup_printf("mark c%u", place % SP_N_MARKS);
        g_autofree char *line =
            g_strdup_printf("%s c%u", is_funnel ? "limit" : "line", place % SP_N_MARKS);
        xmlNode *swatch = sp_draw_swatch(list, sp_figure_series(figure, place)->name);
        if (figure->kind == SP_FIGURE_SERIES || (is_funnel && place > 0)) {
            sp_draw_line(swatch, 0.0, 7.0, 28.0, 7.0, line);
        }
        if (!is_funnel || place == 0) {
            sp_draw_mark(swatch, place, 14.0, 7.0, mark, NULL);
        }
    }
}

static void add_key(xmlNode *node, const SpFigure *figure)
{
    static void (*const add[SP_N_FIGURE_KINDS])(xmlNode * list, const SpFigure *figure) = {
        [SP_FIGURE_PYRAMID] = add_pyramid_key, [SP_FIGURE_FAN] = add_fan_key,
        [SP_FIGURE_FUNNEL] = add_line_key,     [SP_FIGURE_DOTS] = add_line_key,
        [SP_FIGURE_SERIES] = add_line_key,
    };
    xmlNode *list = sp_element_add(node, "ul", NULL);
    sp_element_set(list, "class", "key");
    add[figure->kind](list, figure);
}

/* ---- its figures ---- */

static void add_table(xmlNode *parent, const SpWords *words, const SpFigure *figure)
{
    xmlNode *details = sp_element_add(parent, "details", NULL);
    sp_element_add(details, "summary", sp_words_text(words, "page.figure_table"));
    xmlNode *table = sp_lay_frame(details, words, figure->title);
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    gboolean is_of_kommuner = sp_figure_is_of_kommuner(figure->kind);
    sp_lay_set_origin(table, figure->table);
    (void)sp_lay_heading(
        line, is_of_kommuner ? sp_words_text(words, "page.kommune") : figure->x_title, FALSE);
    for (guint place = 0; place < figure->series->len; place++) {
        (void)sp_lay_heading(line, sp_figure_series(figure, place)->name, TRUE);
    }
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (gsize i = 0; i < figure->n; i++) {
        xmlNode *row = sp_element_add(body, "tr", NULL);
        sp_lay_name(row, figure->labels[i]);
        for (guint place = 0; place < figure->series->len; place++) {
            const SpFigureSeries *series = sp_figure_series(figure, place);
            sp_lay_figure(row, series->points[i], series->form);
        }
    }
}

/* ---- for JavaScript ---- */

static json_t *values_of(const SpReal points[], gsize n)
{
    json_t *values = json_array();
    for (gsize i = 0; i < n; i++) {
        json_array_append_new(values, sp_real_is_number(points[i])
                                          ? json_real(sp_number_round(points[i].value))
                                          : json_null());
    }
    return values;
}

static json_t *breaks_of(const SpReal points[], gsize n)
{
    json_t *breaks = json_array();
    for (gsize i = 0; i < n; i++) {
        if ((points[i].flags & SP_FLAG_BREAK_BEFORE) != 0) {
            json_array_append_new(breaks, json_integer((json_int_t)i));
        }
    }
    return breaks;
}

/* What stands where there is no number, by place; NULL where all have one. */
static json_t *signs_of(const SpReal points[], gsize n)
{
    json_t *signs = NULL;
    for (gsize i = 0; i < n; i++) {
        if (!sp_real_is_number(points[i])) {
            g_autofree char *place = g_strdup_printf("%" G_GSIZE_FORMAT, i);
            signs = signs != NULL ? signs : json_object();
            json_object_set_new(signs, place,
                                json_string(sp_status_sign((SpStatus)points[i].status)));
        }
    }
    return signs;
}

static json_t *series_of(const SpFigure *figure, guint place)
{
    const SpFigureSeries *series = sp_figure_series(figure, place);
    g_autofree char *name = sp_words_clean(series->name);
    json_t *json = json_pack(
        "{s:s, s:i, s:b, s:b, s:o, s:o}", "name", name, "decimals",
        series->form.is_free ? -1 : (int)series->form.decimals, "percent", series->form.is_percent,
        "share", series->form.is_percent && !series->form.is_in_percent, "values",
        values_of(series->points, figure->n), "breaks", breaks_of(series->points, figure->n));
    json_t *signs = figure->kind == SP_FIGURE_PYRAMID ? signs_of(series->points, figure->n) : NULL;
    if (signs != NULL) {
        json_object_set_new(json, "signs", signs);
    }
    return json;
}

static char *format_data(const SpFigure *figure)
{
    static const char *const kinds[SP_N_FIGURE_KINDS] = {[SP_FIGURE_PYRAMID] = "pyramid",
                                                         [SP_FIGURE_FAN] = "fan",
                                                         [SP_FIGURE_FUNNEL] = "funnel",
                                                         [SP_FIGURE_DOTS] = "dots",
                                                         [SP_FIGURE_SERIES] = "series"};
    g_autoptr(json_t) data = json_object();
    json_t *labels = json_array();
    json_t *series = json_array();
    g_autofree char *x = sp_words_clean(figure->x_title);
    g_autofree char *y = sp_words_clean(figure->y_title);
    for (gsize i = 0; i < figure->n; i++) {
        g_autofree char *label = sp_words_clean(figure->labels[i]);
        json_array_append_new(labels, json_string(label));
    }
    for (guint place = 0; place < figure->series->len; place++) {
        json_array_append_new(series, series_of(figure, place));
    }
    json_object_set_new(data, "kind", json_string(kinds[figure->kind]));
    json_object_set_new(data, "x", json_string(x));
    json_object_set_new(data, "y", json_string(y));
    json_object_set_new(data, "labels", labels);
    if (figure->sizes != NULL) {
        json_object_set_new(data, "sizes", values_of(figure->sizes, figure->n));
    }
    json_object_set_new(data, "series", series);
    return sp_json_format_compact(data);
}

void sp_chart_add(xmlNode *parent, const SpWords *words, const SpFigure *figure)
{
    xmlNode *node = sp_element_add(parent, "figure", NULL);
    xmlNode *place = NULL;
    g_autofree char *data = format_data(figure);
    sp_element_set(node, "class", "chart");
    sp_element_add(node, "figcaption", figure->title);
    place = sp_element_add(node, "div", NULL);
    sp_element_set(place, "class", "drawing");
    sp_element_set(place, "data-figur", data);
    SpChart chart = {.words = words, .figure = figure};
    chart.svg = sp_draw_new(place, (double)SP_CHART_WIDTH, sp_chart_height(figure), figure->alt);
    sp_chart_draw(&chart);
    add_key(node, figure);
    sp_element_set(sp_element_add(node, "p", figure->alt), "class", "legend");
    if (figure->note[0] != '\0') {
        sp_element_set(sp_element_add(node, "p", figure->note), "class", "legend");
    }
    add_table(node, words, figure);
}
