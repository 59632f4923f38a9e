/* The choice of figures, and what is said of them. */
#include "outputs/figure.h"

#include "core/error.h"
#include "outputs/breaks.h"
#include "outputs/figure_plan.h"
#include "outputs/forklaring.h"

#include <string.h>

static const char country[] = "0";
static const char *const sexes[] = {"1", "2"};

static const struct {
    const char *word;
    const char *how; /* text: how it is read */
    gboolean is_of_kommuner;
} kinds[SP_N_FIGURE_KINDS] = {
    [SP_FIGURE_PYRAMID] = {"pyramid", "page.figure_pyramid", FALSE},
    [SP_FIGURE_FAN] = {"fan", "page.figure_fan", FALSE},
    [SP_FIGURE_FUNNEL] = {"funnel", "page.figure_funnel", TRUE},
    [SP_FIGURE_DOTS] = {"dots", "page.figure_dots", TRUE},
    [SP_FIGURE_SERIES] = {"series", "page.figure_series", FALSE},
};

gboolean sp_figure_is_of_kommuner(SpFigureKind kind)
{
    return kinds[kind].is_of_kommuner;
}

static void free_series(gpointer data)
{
    SpFigureSeries *series = data;
    g_free(series->name);
    g_free(series->points);
    g_free(series);
}

static void free_figure(gpointer data)
{
    SpFigure *figure = data;
    g_free(figure->id);
    g_free(figure->title);
    g_free(figure->alt);
    g_free(figure->note);
    g_free(figure->x_title);
    g_free(figure->y_title);
    g_strfreev(figure->labels);
    g_free(figure->sizes);
    g_ptr_array_unref(figure->series);
    g_free(figure);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFigure, free_figure)

const SpFigureSeries *sp_figure_series(const SpFigure *figure, guint place)
{
    return g_ptr_array_index(figure->series, place);
}

static char *word_of(const SpFigurePlan *plan, gsize column, const char *code)
{
    return sp_words_code(plan->words, sp_table_column(plan->pick.table, column), code);
}

/* A series of these points, which are taken over; its name is to be set. */
static SpFigureSeries *add_series(SpFigure *figure, const SpFigurePlan *plan, gsize measure,
                                  SpReal *points)
{
    SpFigureSeries *series = g_new0(SpFigureSeries, 1);
    series->form = sp_figure_plan_form(plan, measure);
    series->points = points;
    g_ptr_array_add(figure->series, series);
    return series;
}

/* Men and women of the table's first period, then of its last. */
static void add_pyramid(SpFigure *figure, const SpFigurePlan *plan)
{
    gsize measure = g_array_index(plan->measures, gsize, 0);
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(sexes); i++) {
        const char *period = sp_figure_plan_period(plan, i >= G_N_ELEMENTS(sexes));
        const char *sex = sexes[i % G_N_ELEMENTS(sexes)];
        g_autofree char *who = word_of(plan, plan->sex, sex);
        g_autofree char *when = word_of(plan, plan->period, period);
        SpReal *points = sp_figure_plan_points(plan, measure, period, sex);
        add_series(figure, plan, measure, points)->name = g_strdup_printf("%s, %s", who, when);
    }
}

static void add_measures(SpFigure *figure, const SpFigurePlan *plan)
{
    for (guint i = 0; i < plan->measures->len; i++) {
        gsize measure = g_array_index(plan->measures, gsize, i);
        SpReal *points = sp_figure_plan_points(plan, measure, NULL, NULL);
        add_series(figure, plan, measure, points)->name =
            sp_words_column(plan->words, plan->pick.table, measure);
    }
}

static int compare_sizes(gconstpointer a, gconstpointer b, gpointer data)
{
    const SpReal *sizes = data;
    gsize i = *(const gsize *)a;
    gsize j = *(const gsize *)b;
    int order = (sizes[i].value > sizes[j].value) - (sizes[i].value < sizes[j].value);
    return order != 0 ? order : (i > j) - (i < j);
}

static SpReal *reorder(SpReal *points, const GArray *order)
{
    SpReal *ordered = g_new0(SpReal, (gsize)order->len + 1);
    for (guint i = 0; i < order->len; i++) {
        ordered[i] = points[g_array_index(order, gsize, i)];
    }
    g_free(points);
    return ordered;
}

/* Puts the points in the order of their sizes [n], which are taken over; a kommune of no known size
 * has no place. */
static void order_by_size(SpFigure *figure, SpReal *sizes)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < figure->n; i++) {
        if (sizes[i].status == SP_PRESENT) {
            g_array_append_val(order, i);
        }
    }
    g_array_sort_with_data(order, compare_sizes, sizes);
    char **labels = g_new0(char *, (gsize)order->len + 1);
    for (guint i = 0; i < order->len; i++) {
        labels[i] = g_strdup(figure->labels[g_array_index(order, gsize, i)]);
    }
    for (guint place = 0; place < figure->series->len; place++) {
        SpFigureSeries *series = g_ptr_array_index(figure->series, place);
        series->points = reorder(series->points, order);
    }
    g_strfreev(figure->labels);
    figure->labels = labels;
    figure->sizes = reorder(sizes, order);
    figure->n = order->len;
}

/* "Underdekning: Sykepleier. Trøndelag", and of kommuner the period that is shown. */
static char *title_of(const SpFigure *figure, const SpFigurePlan *plan)
{
    const SpWords *words = plan->words;
    const char *name = sp_table_name(figure->table);
    const char *brief = figure->kind == SP_FIGURE_PYRAMID
                            ? sp_words_text(words, "page.pyramid")
                            : sp_words_find(words, "table.", name, ".short");
    g_autofree char *codes = sp_pick_words(&plan->pick, words);
    g_autofree char *when = word_of(plan, plan->period, sp_figure_plan_period(plan, TRUE));
    return g_strconcat(brief != NULL ? brief : name, codes[0] != '\0' ? ": " : "", codes, ". ",
                       sp_words_package(words)->title,
                       sp_figure_is_of_kommuner(figure->kind) ? ", " : "",
                       sp_figure_is_of_kommuner(figure->kind) ? when : "", NULL);
}

static gsize count_numbers(const SpFigure *figure, guint place)
{
    const SpFigureSeries *series = sp_figure_series(figure, place);
    gsize n = 0;
    for (gsize i = 0; i < figure->n; i++) {
        n += sp_real_is_number(series->points[i]) ? 1 : 0;
    }
    return n;
}

/* "Ventet: 1.1.2026 5 443,9; 1.1.2050 6 200,4.": the ends of the leading series. */
static char *tell_ends(const SpFigure *figure)
{
    const SpFigureSeries *series = sp_figure_series(figure, 0);
    char first[SP_FIGURE_SIZE];
    char last[SP_FIGURE_SIZE];
    sp_words_figure(series->points[0], series->form, first);
    sp_words_figure(series->points[figure->n - 1], series->form, last);
    return g_strdup_printf("%s: %s %s; %s %s.", series->name, figure->labels[0], first,
                           figure->labels[figure->n - 1], last);
}

/* How the figure is read, and what is needed to know what it shows without seeing it. */
static char *alt_of(const SpFigure *figure, const SpWords *words)
{
    const char *how = sp_words_text(words, kinds[figure->kind].how);
    if (figure->kind == SP_FIGURE_PYRAMID) {
        return g_strdup(how);
    }
    if (!sp_figure_is_of_kommuner(figure->kind)) {
        g_autofree char *ends = tell_ends(figure);
        return g_strdup_printf("%s %s", how, ends);
    }
    gsize n = count_numbers(figure, 0);
    return g_strdup_printf("%s %s: %" G_GSIZE_FORMAT ". %s: %" G_GSIZE_FORMAT ".", how,
                           sp_words_text(words, "page.figure_drawn"), n,
                           sp_words_text(words, "page.figure_without"), figure->n - n);
}

static char *note_of(const SpFigure *figure, const SpWords *words)
{
    g_autoptr(GArray) reals = g_array_new(FALSE, FALSE, sizeof(SpReal));
    gboolean is_whole = TRUE;
    for (guint place = 0; place < figure->series->len; place++) {
        g_array_append_vals(reals, sp_figure_series(figure, place)->points, (guint)figure->n);
        is_whole = is_whole && count_numbers(figure, place) == figure->n;
    }
    g_autofree char *legend =
        sp_forklaring_legend_of(words, (const SpReal *)(gconstpointer)reals->data, reals->len);
    g_autofree char *breaks =
        figure->kind == SP_FIGURE_SERIES ? sp_breaks_text(words, figure->table) : g_strdup("");
    /* Nobody is drawn as nothing, and so would be what is not known. */
    const char *gap = figure->kind == SP_FIGURE_PYRAMID && !is_whole
                          ? sp_words_text(words, "page.figure_gap")
                          : breaks;
    gboolean has_both = legend[0] != '\0' && gap[0] != '\0';
    return g_strconcat(legend, has_both ? " · " : "", gap, NULL);
}

static gboolean fill_figure(SpFigure *figure, const SpFigurePlan *plan, const char *x,
                            GError **error)
{
    const SpWords *words = plan->words;
    figure->n = plan->codes->len;
    figure->labels = g_new0(char *, figure->n + 1);
    for (gsize i = 0; i < figure->n; i++) {
        figure->labels[i] = word_of(plan, plan->axis, g_ptr_array_index(plan->codes, i));
    }
    if (figure->kind == SP_FIGURE_PYRAMID) {
        add_pyramid(figure, plan);
    } else {
        add_measures(figure, plan);
    }
    if (figure->kind == SP_FIGURE_FUNNEL) {
        g_autoptr(GError) fault = NULL;
        SpReal *sizes = sp_figure_plan_sizes(plan, x, &figure->x_title, &fault);
        if (fault != NULL) {
            g_propagate_error(error, g_steal_pointer(&fault));
            return FALSE;
        }
        if (sizes == NULL) {
            figure->n = 0; /* nowhere to draw it */
            return TRUE;
        }
        order_by_size(figure, sizes);
    } else {
        figure->x_title = sp_words_column(words, figure->table, plan->axis);
    }
    figure->y_title =
        sp_words_heading(words, figure->table, g_array_index(plan->measures, gsize, 0));
    return TRUE;
}

/* The columns of config/figurer.csv. */
enum { ID, KIND, TABLE, PACKAGES, CODES, MEASURES, X, N_COLUMNS };

/* NULL without an error where there is nothing to show. */
static SpFigure *make_figure(const SpWords *words, const char *const cells[N_COLUMNS],
                             const SpTable *table, SpFigureKind kind, GError **error)
{
    g_auto(SpFigurePlan) plan;
    sp_figure_plan_init(&plan, words, table);
    if (!sp_figure_plan_parse(&plan, kind, cells[CODES], cells[MEASURES], error) ||
        plan.codes->len == 0) {
        return NULL;
    }
    g_autoptr(SpFigure) figure = g_new0(SpFigure, 1);
    figure->id = g_strdup(cells[ID]);
    figure->kind = kind;
    figure->table = table;
    figure->series = g_ptr_array_new_with_free_func(free_series);
    if (!fill_figure(figure, &plan, cells[X], error) || count_numbers(figure, 0) == 0) {
        return NULL;
    }
    figure->title = title_of(figure, &plan);
    figure->alt = alt_of(figure, words);
    figure->note = note_of(figure, words);
    return g_steal_pointer(&figure);
}

static gboolean find_word(const char *const words[], gsize n, const char *word, gsize *place,
                          GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        if (strcmp(words[i], word) == 0) {
            *place = i;
            return TRUE;
        }
        g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "\"%s\" is none of %s", word, all->str);
}

/* Adds the figure of a row, where the package is to have it and can. */
static gboolean add_row(GPtrArray *figures, const SpWords *words,
                        const char *const cells[N_COLUMNS], GError **error)
{
    enum { ALL, FYLKER, COUNTRY, N_PACKAGES };
    static const char *const packages[N_PACKAGES] = {"all", "fylker", "country"};
    const SpPackage *package = sp_words_package(words);
    const char *kind_words[SP_N_FIGURE_KINDS];
    gsize kind = 0;
    gsize where = 0;
    for (gsize i = 0; i < SP_N_FIGURE_KINDS; i++) {
        kind_words[i] = kinds[i].word;
    }
    if (!find_word(kind_words, SP_N_FIGURE_KINDS, cells[KIND], &kind, error) ||
        !find_word(packages, N_PACKAGES, cells[PACKAGES], &where, error)) {
        return FALSE;
    }
    const SpTable *table = sp_tables_find(package->tables, cells[TABLE]);
    gboolean is_country = strcmp(package->region, country) == 0;
    if (table == NULL || where == (is_country ? FYLKER : COUNTRY)) {
        return TRUE;
    }
    g_autoptr(GError) fault = NULL;
    SpFigure *figure = make_figure(words, cells, table, (SpFigureKind)kind, &fault);
    if (figure != NULL) {
        g_ptr_array_add(figures, figure);
    }
    return fault == NULL || sp_error_set(error, SP_ERROR_CONFIG, "%s", fault->message);
}

GPtrArray *sp_figure_list_new(const SpWords *words, const char *const ids[], GError **error)
{
    static const char *const names[N_COLUMNS] = {"id",    "kind",     "table", "packages",
                                                 "codes", "measures", "x"};
    const SpTable *catalogue = sp_words_package(words)->figures;
    gsize columns[N_COLUMNS];
    g_autoptr(GPtrArray) figures = g_ptr_array_new_with_free_func(free_figure);
    if (catalogue == NULL) {
        return g_steal_pointer(&figures);
    }
    if (!sp_table_need_all(catalogue, names, N_COLUMNS, SP_COLUMN_CODE, columns, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        const char *cells[N_COLUMNS];
        for (gsize i = 0; i < N_COLUMNS; i++) {
            cells[i] = sp_table_code(catalogue, row, columns[i]);
        }
        gboolean is_wanted = ids == NULL || g_strv_contains(ids, cells[ID]);
        if (is_wanted && !add_row(figures, words, cells, error)) {
            g_prefix_error(error, "config/figurer.csv: figure \"%s\": ", cells[ID]);
            return NULL;
        }
    }
    return g_steal_pointer(&figures);
}
