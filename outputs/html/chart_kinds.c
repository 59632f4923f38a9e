/* Fans, series, funnels and dots. */
#include "outputs/html/chart_kinds.h"

#include <math.h>
#include <string.h>

enum {
    LEFT = SP_CHART_LEFT,
    RIGHT = SP_CHART_RIGHT,
    TOP = SP_CHART_TOP,
    BOTTOM = SP_CHART_BOTTOM,
    N_STEPS = SP_CHART_STEPS,
    DOT_LEFT = 190, /* names of kommuner */
    DOT_LINE = 20,
    MAX_LABELS = 9
};

gboolean sp_chart_range(const SpFigure *figure, guint first, double *low, double *high)
{
    *low = HUGE_VAL;
    *high = -HUGE_VAL;
    for (guint place = first; place < figure->series->len; place++) {
        const SpFigureSeries *series = sp_figure_series(figure, place);
        for (gsize i = 0; i < figure->n; i++) {
            if (sp_real_is_number(series->points[i])) {
                *low = MIN(*low, series->points[i].value);
                *high = MAX(*high, series->points[i].value);
            }
        }
    }
    return *low <= *high;
}

double sp_chart_height(const SpFigure *figure)
{
    return figure->kind == SP_FIGURE_DOTS
               ? (double)TOP + (double)BOTTOM + (double)DOT_LINE * (double)figure->n
               : (double)SP_CHART_HEIGHT;
}

void sp_chart_word_tick(const SpChart *chart, double value, double step,
                        char buffer[SP_FIGURE_SIZE])
{
    SpFigureForm form = sp_figure_series(chart->figure, 0)->form;
    double size = form.is_percent && !form.is_in_percent ? step * 100.0 : step;
    form.is_free = FALSE;
    form.decimals = size >= 1.0 || size <= 0.0 ? 0 : (guint)MIN(ceil(-log10(size) - 1e-9), 6.0);
    SpReal real = fabs(value) < step * 1e-6 ? sp_real(0.0) : sp_real(value);
    if (real.value == 0.0) {
        g_strlcpy(buffer, form.is_percent ? "0\u00a0%" : "0", SP_FIGURE_SIZE);
    } else {
        sp_words_figure(real, form, buffer);
    }
}

/* Lines across at round values, their numbers to the left, and what is measured above. */
static void draw_y_axis(const SpChart *chart)
{
    const SpFigure *figure = chart->figure;
    g_autoptr(GArray) ticks = sp_scale_ticks(&chart->y);
    for (guint i = 0; i < ticks->len; i++) {
        char text[SP_FIGURE_SIZE];
        double value = g_array_index(ticks, double, i);
        double place = sp_scale_place(&chart->y, value);
        sp_chart_word_tick(chart, value, chart->y.step, text);
        sp_draw_line(chart->svg, chart->x.from, place, chart->x.to, place,
                     fabs(value) < chart->y.step * 1e-6 ? "axis" : "grid");
        sp_draw_text(chart->svg, chart->x.from - 6.0, place + 4.0, "end", text);
    }
    sp_draw_text(chart->svg, 4.0, 16.0, "name", figure->y_title);
}

static double place_of(const SpChart *chart, gsize i)
{
    return sp_scale_place(&chart->x, (double)i);
}

/* Names of points below, as many as there is room for, the first and the last among them. */
static void draw_labels(const SpChart *chart)
{
    const SpFigure *figure = chart->figure;
    gsize step = figure->n > MAX_LABELS ? (figure->n + MAX_LABELS - 2) / (MAX_LABELS - 1) : 1;
    const gsize last = figure->n - 1;
    for (gsize i = 0; i < figure->n; i++) {
        /* One too near the last gives way to it. */
        if (i == last || (i % step == 0 && last - i >= step)) {
            sp_draw_text(chart->svg, place_of(chart, i), chart->y.from + 18.0, "mid",
                         figure->labels[i]);
        }
    }
    sp_draw_text(chart->svg, chart->x.to, chart->y.from + 38.0, "name end", figure->x_title);
}

/* x by place of the point, y by its figure. */
static void set_plot(SpChart *chart, double low, double high)
{
    const SpFigure *figure = chart->figure;
    chart->x = (SpScale){.low = 0.0,
                         .high = MAX((double)figure->n - 1.0, 1.0),
                         .from = (double)LEFT + 12.0,
                         .to = (double)SP_CHART_WIDTH - (double)RIGHT - 12.0};
    sp_scale_init(&chart->y, low, high, N_STEPS, FALSE);
    chart->y.from = (double)SP_CHART_HEIGHT - (double)BOTTOM;
    chart->y.to = (double)TOP;
}

static char *look_of(const char *kind, guint place)
{
    return g_strdup_printf("%s c%u", kind, place % SP_N_MARKS);
}

/* A line through a series' numbers, parted where one is missing or a break is flagged. */
static void draw_series(const SpChart *chart, guint place, const char *kind)
{
    const SpFigureSeries *series = sp_figure_series(chart->figure, place);
    g_autoptr(GString) path = g_string_new(NULL);
    g_autofree char *look = look_of(kind, place);
    gboolean is_parted = TRUE;
    for (gsize i = 0; i < chart->figure->n; i++) {
        SpReal real = series->points[i];
        gboolean is_break = (real.flags & SP_FLAG_BREAK_BEFORE) != 0;
        if (!sp_real_is_number(real)) {
            is_parted = TRUE;
            continue;
        }
        double x = chart->figure->sizes != NULL
                       ? sp_scale_place(&chart->x, chart->figure->sizes[i].value)
                       : place_of(chart, i);
        sp_path_add(path, x, sp_scale_place(&chart->y, real.value), is_parted || is_break);
        is_parted = FALSE;
    }
    sp_draw_path(chart->svg, path, look);
}

/* What a point says when it is pointed at. g_free. */
static char *tell_point(const SpFigure *figure, guint place, gsize i)
{
    const SpFigureSeries *series = sp_figure_series(figure, place);
    char text[SP_FIGURE_SIZE];
    return g_strdup_printf("%s, %s: %s", figure->labels[i], series->name,
                           sp_words_figure(series->points[i], series->form, text));
}

/* ---- fan ---- */

/* The area between two edges, where both are numbers. */
static void draw_band(const SpChart *chart, guint lower, guint upper, const char *look)
{
    const SpFigure *figure = chart->figure;
    const SpReal *low = sp_figure_series(figure, lower)->points;
    const SpReal *high = sp_figure_series(figure, upper)->points;
    g_autoptr(GString) path = g_string_new(NULL);
    for (gsize from = 0, to = 0; from < figure->n; from = to + 1) {
        for (to = from; to < figure->n && sp_real_is_number(low[to]) && sp_real_is_number(high[to]);
             to++) {
            sp_path_add(path, place_of(chart, to), sp_scale_place(&chart->y, high[to].value),
                        to == from);
        }
        for (gsize i = to; i > from; i--) {
            sp_path_add(path, place_of(chart, i - 1), sp_scale_place(&chart->y, low[i - 1].value),
                        FALSE);
        }
        if (to > from) {
            sp_path_close(path);
        }
    }
    sp_draw_path(chart->svg, path, look);
}

static void draw_fan(SpChart *chart)
{
    guint last = chart->figure->series->len - 1;
    double low = 0.0;
    double high = 0.0;
    (void)sp_chart_range(chart->figure, 0, &low, &high);
    set_plot(chart, low, high);
    for (guint i = 1; i < last - i + 1; i++) {
        g_autofree char *look = g_strdup_printf("band b%u", i);
        draw_band(chart, i, last - i + 1, look);
    }
    draw_y_axis(chart);
    draw_labels(chart);
    draw_series(chart, 0, "line");
}

/* ---- series ---- */

static void draw_lines(SpChart *chart)
{
    const SpFigure *figure = chart->figure;
    double low = 0.0;
    double high = 0.0;
    (void)sp_chart_range(figure, 0, &low, &high);
    set_plot(chart, MIN(low, 0.0), high);
    draw_y_axis(chart);
    draw_labels(chart);
    for (guint place = 0; place < figure->series->len; place++) {
        const SpFigureSeries *series = sp_figure_series(figure, place);
        g_autofree char *look = look_of("mark", place);
        draw_series(chart, place, "line");
        for (gsize i = 0; i < figure->n; i++) {
            if (!sp_real_is_number(series->points[i])) {
                continue;
            }
            g_autofree char *told = tell_point(figure, place, i);
            if ((series->points[i].flags & SP_FLAG_BREAK_BEFORE) != 0 && i > 0) {
                double x = (place_of(chart, i) + place_of(chart, i - 1)) / 2.0;
                sp_draw_line(chart->svg, x, chart->y.to, x, chart->y.from, "break");
            }
            sp_draw_mark(chart->svg, place, place_of(chart, i),
                         sp_scale_place(&chart->y, series->points[i].value), look, told);
        }
    }
}

/* ---- funnel ---- */

/* A kommune beyond any of the limits that are drawn for it. */
static gboolean is_outside(const SpFigure *figure, gsize i)
{
    double value = sp_figure_series(figure, 0)->points[i].value;
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (guint place = 1; place < figure->series->len; place++) {
        SpReal limit = sp_figure_series(figure, place)->points[i];
        if (sp_real_is_number(limit)) {
            low = MIN(low, limit.value);
            high = MAX(high, limit.value);
        }
    }
    return low <= high && (value < low || value > high);
}

static void draw_size_axis(const SpChart *chart)
{
    g_autoptr(GArray) ticks = sp_scale_ticks(&chart->x);
    for (guint i = 0; i < ticks->len; i++) {
        char text[SP_FIGURE_SIZE];
        double value = g_array_index(ticks, double, i);
        double place = sp_scale_place(&chart->x, value);
        sp_words_figure(sp_real(value), (SpFigureForm){.decimals = 0}, text);
        sp_draw_line(chart->svg, place, chart->y.to, place, chart->y.from, "grid");
        sp_draw_text(chart->svg, place, chart->y.from + 18.0, "mid", text);
    }
    sp_draw_text(chart->svg, chart->x.to, chart->y.from + 38.0, "name end", chart->figure->x_title);
}

/* Points decide the height: limits of the smallest may be far away. */
static void draw_funnel(SpChart *chart)
{
    const SpFigure *figure = chart->figure;
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (gsize i = 0; i < figure->n; i++) {
        SpReal real = sp_figure_series(figure, 0)->points[i];
        low = sp_real_is_number(real) ? MIN(low, real.value) : low;
        high = sp_real_is_number(real) ? MAX(high, real.value) : high;
    }
    set_plot(chart, MAX(low - (high - low) / 4.0, MIN(low, 0.0)), high + (high - low) / 4.0);
    double from = chart->x.from;
    double to = chart->x.to;
    sp_scale_init(&chart->x, figure->sizes[0].value, figure->sizes[figure->n - 1].value, N_STEPS,
                  TRUE);
    chart->x.from = from;
    chart->x.to = to;
    draw_size_axis(chart);
    draw_y_axis(chart);
    for (guint place = 1; place < figure->series->len; place++) {
        draw_series(chart, place, "limit");
    }
    for (gsize i = 0; i < figure->n; i++) {
        SpReal real = sp_figure_series(figure, 0)->points[i];
        if (sp_real_is_number(real)) {
            gboolean is_far = is_outside(figure, i);
            g_autofree char *told = tell_point(figure, 0, i);
            sp_draw_mark(
                chart->svg, is_far ? 2 : 0, sp_scale_place(&chart->x, figure->sizes[i].value),
                sp_scale_place(&chart->y, real.value), is_far ? "mark far" : "mark c0", told);
        }
    }
}

/* ---- dots ---- */

static void draw_value_axis(const SpChart *chart)
{
    g_autoptr(GArray) ticks = sp_scale_ticks(&chart->x);
    for (guint i = 0; i < ticks->len; i++) {
        char text[SP_FIGURE_SIZE];
        double value = g_array_index(ticks, double, i);
        double place = sp_scale_place(&chart->x, value);
        sp_chart_word_tick(chart, value, chart->x.step, text);
        sp_draw_line(chart->svg, place, chart->y.to, place, chart->y.from, "grid");
        sp_draw_text(chart->svg, place, chart->y.from + 18.0, "mid", text);
    }
    sp_draw_text(chart->svg, chart->x.to, chart->y.from + 38.0, "name end", chart->figure->y_title);
}

/* Lines of kommuner, the figure itself drawn last, above what it is compared with. */
static void draw_dots(SpChart *chart)
{
    const SpFigure *figure = chart->figure;
    double low = 0.0;
    double high = 0.0;
    (void)sp_chart_range(figure, 0, &low, &high);
    sp_scale_init(&chart->x, low, high, N_STEPS, FALSE);
    chart->x.from = (double)DOT_LEFT;
    chart->x.to = (double)SP_CHART_WIDTH - (double)RIGHT - 12.0;
    chart->y = (SpScale){.from = sp_chart_height(figure) - (double)BOTTOM, .to = (double)TOP};
    draw_value_axis(chart);
    for (gsize i = 0; i < figure->n; i++) {
        double y = chart->y.to + (double)DOT_LINE * ((double)i + 0.5);
        sp_draw_text(chart->svg, chart->x.from - 10.0, y + 4.0, "end", figure->labels[i]);
        sp_draw_line(chart->svg, chart->x.from, y, chart->x.to, y, "grid");
        for (guint k = figure->series->len; k > 0; k--) {
            SpReal real = sp_figure_series(figure, k - 1)->points[i];
            g_autofree char *look = look_of("mark", k - 1);
            g_autofree char *told = tell_point(figure, k - 1, i);
            if (sp_real_is_number(real)) {
                sp_draw_mark(chart->svg, k - 1, sp_scale_place(&chart->x, real.value), y, look,
                             told);
            }
        }
    }
}

void sp_chart_draw(SpChart *chart)
{
    static void (*const draw[SP_N_FIGURE_KINDS])(SpChart * chart) = {
        [SP_FIGURE_PYRAMID] = sp_chart_draw_pyramid,
        [SP_FIGURE_FAN] = draw_fan,
        [SP_FIGURE_FUNNEL] = draw_funnel,
        [SP_FIGURE_DOTS] = draw_dots,
        [SP_FIGURE_SERIES] = draw_lines,
    };
    draw[chart->figure->kind](chart);
}
