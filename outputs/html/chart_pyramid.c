/* The age pyramid: men to the left, the first period filled and the last as a line around it. */
#include "outputs/html/chart_kinds.h"

#include <math.h>

/* From the middle to the sign of an age without a number: the line's stands behind the area's. */
static const double sign_near = 6.0;
static const double sign_far = 24.0;

static const struct {
    double direction;
    gboolean is_area;
    const char *look;
} sides[] = {{-1.0, TRUE, "area a0"},
             {1.0, TRUE, "area a1"},
             {-1.0, FALSE, "outline"},
             {1.0, FALSE, "outline"}};

static double height_of(const SpChart *chart, double age)
{
    const double line = (chart->y.from - chart->y.to) / (double)chart->figure->n;
    return chart->y.from - line * age;
}

/* The ages [from, to) as a staircase. An area begins and ends in the middle, a line only where the
 * pyramid does: elsewhere it would bound an age that nothing is known of. */
static void draw_ages_of(const SpChart *chart, guint place, double middle, gsize from, gsize to,
                         GString *path)
{
    const SpReal *points = sp_figure_series(chart->figure, place)->points;
    const gboolean is_area = sides[place].is_area;
    gboolean is_start = TRUE;
    if (is_area || from == 0) {
        sp_path_add(path, middle, height_of(chart, (double)from), TRUE);
        is_start = FALSE;
    }
    for (gsize i = from; i < to; i++) {
        double away = sp_scale_place(&chart->x, points[i].value) - chart->x.from;
        double x = middle + sides[place].direction * away;
        sp_path_add(path, x, height_of(chart, (double)i), is_start);
        sp_path_add(path, x, height_of(chart, (double)i + 1.0), FALSE);
        is_start = FALSE;
    }
    if (is_area || to == chart->figure->n) {
        sp_path_add(path, middle, height_of(chart, (double)to), FALSE);
    }
    if (is_area) {
        sp_path_close(path);
    }
}

/* One sex at one time. Ages without a number are a gap with their sign, as nobody is none. */
static void draw_side(const SpChart *chart, guint place, double middle)
{
    const SpFigure *figure = chart->figure;
    const SpReal *points = sp_figure_series(figure, place)->points;
    const double direction = sides[place].direction;
    g_autoptr(GString) path = g_string_new(NULL);
    for (gsize from = 0, to = 0; from < figure->n; from = to) {
        const gboolean is_number = sp_real_is_number(points[from]);
        to = from + 1;
        while (to < figure->n && sp_real_is_number(points[to]) == is_number &&
               (is_number || points[to].status == points[from].status)) {
            to++;
        }
        if (is_number) {
            draw_ages_of(chart, place, middle, from, to, path);
        } else {
            double y = height_of(chart, ((double)from + (double)to) / 2.0);
            double away = sides[place].is_area ? sign_near : sign_far;
            sp_draw_text(chart->svg, middle + direction * away, y + 4.0,
                         direction < 0.0 ? "end" : "start",
                         sp_status_sign((SpStatus)points[from].status));
        }
    }
    sp_draw_path(chart->svg, path, sides[place].look);
}

static void draw_ages(const SpChart *chart, double middle, double half)
{
    const SpFigure *figure = chart->figure;
    double line = (chart->y.from - chart->y.to) / (double)figure->n;
    gsize step = MAX(figure->n / 10, 1);
    g_autoptr(GArray) ticks = sp_scale_ticks(&chart->x);
    for (guint i = 0; i < ticks->len; i++) {
        char text[SP_FIGURE_SIZE];
        double value = g_array_index(ticks, double, i);
        double away = sp_scale_place(&chart->x, value) - chart->x.from;
        sp_chart_word_tick(chart, value, chart->x.step, text);
        for (int side = -1; side <= 1; side += 2) {
            double x = middle + (double)side * away;
            sp_draw_line(chart->svg, x, chart->y.to, x, chart->y.from, "grid");
            sp_draw_text(chart->svg, x, chart->y.from + 18.0, "mid", text);
        }
    }
    for (gsize i = 0; i < figure->n; i += step) {
        sp_draw_text(chart->svg, middle - half - 8.0,
                     chart->y.from - line * ((double)i + 0.5) + 4.0, "end", figure->labels[i]);
    }
}

void sp_chart_draw_pyramid(SpChart *chart)
{
    const SpFigure *figure = chart->figure;
    const double half =
        ((double)SP_CHART_WIDTH - (double)SP_CHART_LEFT - (double)SP_CHART_RIGHT - 24.0) / 2.0;
    const double middle = (double)SP_CHART_LEFT + 12.0 + half;
    double low = 0.0;
    double high = 0.0;
    (void)sp_chart_range(figure, 0, &low, &high);
    sp_scale_init(&chart->x, 0.0, high, SP_CHART_STEPS / 2, FALSE);
    chart->x.to = half;
    chart->y = (SpScale){.from = (double)SP_CHART_HEIGHT - (double)SP_CHART_BOTTOM,
                         .to = (double)SP_CHART_TOP};
    draw_ages(chart, middle, half);
    for (guint place = 0; place < G_N_ELEMENTS(sides); place++) {
        draw_side(chart, place, middle);
    }
    sp_draw_line(chart->svg, middle, chart->y.to, middle, chart->y.from, "axis");
    sp_draw_text(chart->svg, (double)SP_CHART_WIDTH - (double)SP_CHART_RIGHT - 12.0,
                 chart->y.from + 38.0, "name end", figure->y_title);
}
