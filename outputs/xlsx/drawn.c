/* The columns that charts are drawn from. */
#include "outputs/xlsx/drawn.h"

static void free_drawn(gpointer data)
{
    SpDrawn *drawn = data;
    g_free(drawn->name);
    g_free(drawn);
}

static SpDrawn *add(GPtrArray *all, const SpFigure *figure, SpDrawnRole role, guint series)
{
    SpDrawn *drawn = g_new(SpDrawn, 1);
    *drawn = (SpDrawn){.role = role,
                       .name = g_strdup(sp_figure_series(figure, series)->name),
                       .series = series,
                       .minus = -1,
                       .is_in_legend = TRUE,
                       .to = figure->n};
    g_ptr_array_add(all, drawn);
    return drawn;
}

static gboolean is_whole(const SpFigure *figure)
{
    for (guint place = 0; place < figure->series->len; place++) {
        for (gsize i = 0; i < figure->n; i++) {
            if (!sp_real_is_number(sp_figure_series(figure, place)->points[i])) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* Adds the band below the level `k` of a stack of series [n + 1]. */
static void add_band(GPtrArray *all, const SpWords *words, const SpFigure *figure,
                     const guint stack[], guint k)
{
    guint n = figure->series->len - 1;
    SpDrawn *band = add(all, figure, SP_DRAWN_BAND, stack[k]);
    band->minus = (int)stack[k - 1];
    band->shade = MIN(k, n + 1 - k);
    band->is_in_legend = k <= n / 2;
    if (band->is_in_legend) {
        g_free(band->name);
        band->name = g_strdup_printf("%s %s %s", sp_figure_series(figure, k)->name,
                                     sp_words_text(words, "page.figure_to"),
                                     sp_figure_series(figure, n + 1 - k)->name);
    }
}

/*
 * Bands lie upon each other: each is a series less the one below it. The leading line lies among
 * them as an area of no height, drawn by its border: Excel's charts of areas have no lines, and
 * libxlsxwriter does not combine charts.
 */
static void add_fan(GPtrArray *all, const SpWords *words, const SpFigure *figure)
{
    guint n = figure->series->len - 1;
    guint stack[SP_FIGURE_MAX_SERIES];
    for (guint k = 0; k <= n; k++) {
        stack[k] = k < n / 2 ? k + 1 : k == n / 2 ? 0 : k;
    }
    add(all, figure, SP_DRAWN_HIDDEN, stack[0])->is_in_legend = FALSE;
    for (guint k = 1; k <= n; k++) {
        add_band(all, words, figure, stack, k);
        if (stack[k] == 0) {
            add(all, figure, SP_DRAWN_LINE, 0)->minus = 0;
        }
    }
}

/* A line ends where a point is not comparable with those before. */
static void add_segments(GPtrArray *all, const SpWords *words, const SpFigure *figure, guint series)
{
    const SpReal *points = sp_figure_series(figure, series)->points;
    SpDrawn *segment = add(all, figure, SP_DRAWN_LINE, series);
    for (gsize i = 1; i < figure->n && all->len < SP_DRAWN_MAX; i++) {
        if ((points[i].flags & SP_FLAG_BREAK_BEFORE) == 0) {
            continue;
        }
        segment->to = i;
        segment = add(all, figure, SP_DRAWN_LINE, series);
        segment->from = i;
        segment->is_after_break = TRUE;
        segment->is_in_legend = FALSE;
        g_free(segment->name);
        segment->name =
            g_strdup_printf("%s, %s %s", sp_figure_series(figure, series)->name,
                            sp_words_text(words, "page.figure_after_break"), figure->labels[i]);
    }
}

/* The last period stands behind the first, and men to the left. */
static void add_pyramid(GPtrArray *all, const SpFigure *figure)
{
    static const guint order[] = {2, 3, 0, 1};
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        SpDrawnRole role = order[i] < 2 ? SP_DRAWN_BAR : SP_DRAWN_BEHIND;
        add(all, figure, role, order[i])->is_negative = order[i] % 2 == 0;
    }
}

GPtrArray *sp_drawn_new(const SpWords *words, const SpFigure *figure)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(free_drawn);
    guint n = figure->series->len;
    if (figure->kind == SP_FIGURE_PYRAMID) {
        add_pyramid(all, figure);
        return all;
    }
    if (figure->kind == SP_FIGURE_FAN && n > 2 && n % 2 == 1 && is_whole(figure)) {
        add_fan(all, words, figure);
        return all;
    }
    for (guint i = 0; i < n; i++) {
        switch (figure->kind) {
        case SP_FIGURE_FAN:
            add(all, figure, i == 0 ? SP_DRAWN_LINE : SP_DRAWN_LIMIT, i)->shade = i;
            break;
        case SP_FIGURE_FUNNEL:
            add(all, figure, i == 0 ? SP_DRAWN_POINTS : SP_DRAWN_LIMIT, i)->shade = i;
            break;
        case SP_FIGURE_DOTS:
            add(all, figure, SP_DRAWN_POINTS, i)->shade = i;
            break;
        case SP_FIGURE_SERIES:
        case SP_FIGURE_PYRAMID:
        case SP_N_FIGURE_KINDS:
        default:
            add_segments(all, words, figure, i);
            break;
        }
    }
    return all;
}

gboolean sp_drawn_has(const SpDrawn *drawn, const SpFigure *figure, gsize point)
{
    const SpReal *points = sp_figure_series(figure, drawn->series)->points;
    return point >= drawn->from && point < drawn->to && sp_real_is_number(points[point]) &&
           (drawn->minus < 0 ||
            sp_real_is_number(sp_figure_series(figure, (guint)drawn->minus)->points[point]));
}
