/*
 * Charts. Nothing is told by colour alone: lines differ by their dashes, points by their marks,
 * bands by their lightness. The colours are Okabe and Ito's.
 */
#include "outputs/xlsx/chart.h"

enum {
    LEADING = 0x0072B2,
    BEHIND = 0xB3B3B3,
    SEEN_THROUGH = 30, /* per cent */
    GRID = 0xD9D9D9,
    LIMIT = 0x595959,
    MANY_POINTS = 12,
    LABELS_ALONG = 6,
    MARK_SIZE = 7,
    NO_GAP = 0,
    FULL_OVERLAP = 100,
    LOG_BASE = 10,
    TEN_YEARS = 10
};

static const lxw_color_t shades[] = {0xD9E8F2, 0xB0D0E6, 0x7FB3D5};
static const guint8 dashes[] = {LXW_CHART_LINE_DASH_SOLID,     LXW_CHART_LINE_DASH_DASH,
                                LXW_CHART_LINE_DASH_DASH,      LXW_CHART_LINE_DASH_SOLID,
                                LXW_CHART_LINE_DASH_ROUND_DOT, LXW_CHART_LINE_DASH_ROUND_DOT};
static const guint8 marks[] = {LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_DIAMOND,
                               LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_TRIANGLE,
                               LXW_CHART_MARKER_X};
static const lxw_color_t colours[] = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, LXW_COLOR_BLACK};

static lxw_chart_type type_of(const SpFigure *figure, const GPtrArray *drawn)
{
    const SpDrawn *first = g_ptr_array_index(drawn, 0);
    switch (figure->kind) {
    case SP_FIGURE_PYRAMID:
        return LXW_CHART_BAR;
    case SP_FIGURE_FUNNEL:
        return LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS;
    case SP_FIGURE_FAN:
        return first->role == SP_DRAWN_HIDDEN ? LXW_CHART_AREA_STACKED : LXW_CHART_LINE;
    case SP_FIGURE_DOTS:
    case SP_FIGURE_SERIES:
    case SP_N_FIGURE_KINDS:
    default:
        return LXW_CHART_LINE;
    }
}

static void set_line(lxw_chart_series *series, lxw_color_t colour, float width, guint8 dash)
{
    lxw_chart_line line = {.color = colour, .width = width, .dash_type = dash};
    chart_series_set_line(series, &line);
}

static void hide_line(lxw_chart_series *series)
{
    lxw_chart_line none = {.none = 1};
    chart_series_set_line(series, &none);
}

static void set_fill(lxw_chart_series *series, lxw_color_t colour, guint8 transparency)
{
    lxw_chart_fill fill = {.color = colour, .transparency = transparency};
    chart_series_set_fill(series, &fill);
}

static void hide_fill(lxw_chart_series *series)
{
    lxw_chart_fill none = {.none = 1};
    chart_series_set_fill(series, &none);
}

static void set_points(lxw_chart_series *series, guint shade)
{
    lxw_color_t colour = colours[shade % G_N_ELEMENTS(colours)];
    lxw_chart_fill fill = {.color = colour};
    lxw_chart_line line = {.color = colour};
    hide_line(series);
    chart_series_set_marker_type(series, marks[shade % G_N_ELEMENTS(marks)]);
    chart_series_set_marker_size(series, MARK_SIZE);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &line);
}

static void set_look(lxw_chart_series *series, const SpDrawn *drawn, const SpFigure *figure)
{
    static const float thick = 2.25F;
    static const float thin = 1.0F;
    switch (drawn->role) {
    case SP_DRAWN_HIDDEN:
        hide_fill(series);
        hide_line(series);
        break;
    case SP_DRAWN_BAND:
        set_fill(series, shades[MIN(drawn->shade, G_N_ELEMENTS(shades)) - 1], 0);
        hide_line(series);
        break;
    case SP_DRAWN_LINE:
        set_line(series, LEADING, thick, LXW_CHART_LINE_DASH_SOLID);
        if (figure->kind == SP_FIGURE_SERIES) {
            chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
        }
        break;
    case SP_DRAWN_LIMIT:
        set_line(series, LIMIT, thin, dashes[(drawn->shade - 1) % G_N_ELEMENTS(dashes)]);
        chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
        break;
    case SP_DRAWN_POINTS:
        set_points(series, drawn->shade);
        break;
    case SP_DRAWN_BAR:
        set_fill(series, colours[drawn->is_negative ? 0 : 1], SEEN_THROUGH);
        hide_line(series);
        break;
    case SP_DRAWN_BEHIND:
    default:
        set_fill(series, BEHIND, 0);
        hide_line(series);
        break;
    }
}

/* The letter of the break stands at the first point after it [n], and nothing at the others. */
static void mark_break(lxw_chart_series *series, gsize from, gsize n)
{
    char letter[SP_FLAGS_TEXT_SIZE];
    lxw_chart_data_label hidden = {.hide = 1};
    lxw_chart_data_label mark = {.value = (char *)sp_flags_format(SP_FLAG_BREAK_BEFORE, letter)};
    g_autofree lxw_chart_data_label **labels = g_new0(lxw_chart_data_label *, n + 1);
    for (gsize i = 0; i < n; i++) {
        labels[i] = i == from ? &mark : &hidden;
    }
    chart_series_set_labels(series);
    chart_series_set_labels_custom(series, labels);
    chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_ABOVE);
}

static void add_series(lxw_chart *chart, const SpFigure *figure, const SpDrawn *drawn, gsize column,
                       const SpChartCells *cells)
{
    lxw_row_t top = (lxw_row_t)cells->first;
    lxw_row_t bottom = (lxw_row_t)(cells->first + figure->n - 1);
    lxw_col_t along = (lxw_col_t)(figure->sizes != NULL ? cells->sizes : cells->labels);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, cells->sheet, top, along, bottom, along);
    chart_series_set_values(series, cells->sheet, top, (lxw_col_t)column, bottom,
                            (lxw_col_t)column);
    chart_series_set_name_range(series, cells->sheet, top - 1, (lxw_col_t)column);
    set_look(series, drawn, figure);
    if (drawn->is_after_break) {
        mark_break(series, drawn->from, figure->n);
    }
}

/* Figures along an axis: shares as percent, others with no more decimals than they need. */
static const char *axis_format(SpFigureForm form)
{
    if (form.is_percent) {
        return form.is_in_percent ? "0\" %\"" : "0 %";
    }
    return form.decimals > 1 || form.is_free ? "#,##0.00" : "#,##0";
}

static void set_axes(lxw_chart *chart, const SpFigure *figure)
{
    /* The library's x is what lies below, in a chart of bars too. */
    gboolean is_bar = figure->kind == SP_FIGURE_PYRAMID;
    lxw_chart_axis *along = is_bar ? chart->y_axis : chart->x_axis;
    lxw_chart_axis *figures = is_bar ? chart->x_axis : chart->y_axis;
    chart_axis_set_name(along, figure->x_title);
    lxw_chart_line grid = {.color = GRID};
    chart_axis_set_name(figures, figure->y_title);
    chart_axis_set_num_format(figures, axis_format(sp_figure_series(figure, 0)->form));
    chart_axis_major_gridlines_set_line(figures, &grid);
    chart_axis_set_label_position(along, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (is_bar) {
        /* Men stand to the left as negative numbers, and are none. */
        chart_axis_set_num_format(figures, "#,##0;#,##0");
        chart_set_series_overlap(chart, FULL_OVERLAP);
        chart_set_series_gap(chart, NO_GAP);
    }
    if (figure->kind == SP_FIGURE_FUNNEL) {
        chart_axis_set_log_base(along, LOG_BASE);
    } else if (!sp_figure_is_of_kommuner(figure->kind) && figure->n > MANY_POINTS) {
        guint16 step = is_bar ? TEN_YEARS : (guint16)(figure->n / LABELS_ALONG);
        chart_axis_set_interval_unit(along, step);
        chart_axis_set_interval_tick(along, step);
    } else if (figure->kind == SP_FIGURE_DOTS) {
        chart_axis_set_interval_unit(along, 1);
    }
}

lxw_chart *sp_chart_new(SpBook *book, const SpFigure *figure, const GPtrArray *drawn,
                        const SpChartCells *cells)
{
    int16_t unnamed[SP_DRAWN_MAX + 1];
    gsize n_unnamed = 0;
    lxw_chart_font font = {.size = 12, .bold = LXW_TRUE};
    lxw_chart *chart = sp_book_add_chart(book, type_of(figure, drawn));
    for (guint i = 0; i < drawn->len; i++) {
        const SpDrawn *one = g_ptr_array_index(drawn, i);
        add_series(chart, figure, one, cells->drawn + i, cells);
        if (!one->is_in_legend) {
            unnamed[n_unnamed++] = (int16_t)i;
        }
    }
    unnamed[n_unnamed] = -1;
    if (n_unnamed > 0) {
        chart_legend_delete_series(chart, unnamed);
    }
    chart_title_set_name(chart, figure->title);
    chart_title_set_name_font(chart, &font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    set_axes(chart, figure);
    return chart;
}
