/* The program's own demand as a forecaster: the model of the reference on what was known. */
#include "transforms/project/backtest/forecaster.h"

#include "core/table_rows.h"
#include "transforms/project/demand/model.h"
#include "transforms/project/demand/variance.h"
#include "transforms/project/rowfilter.h"
#include "transforms/project/wholes.h"

#include <math.h>
#include <string.h>

#define EVERYONE "alle" /* the profession of a series that parts its årsverk on none */

/* ---- what the model is given ---- */

static SpTable *rule(const SpForecastTask *task, const char *name)
{
    return sp_tables_find(task->rules, name);
}

/* Use by age as it was known: the newest rates when they were out by the base, else those
 * before. */
static SpTable *known_use(const SpForecastTask *task)
{
    static const char *const names[] = {"bruk", "bruk_tidligere"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const SpTable *use = sp_tables_find(task->known, names[i]);
        if (use != NULL && sp_table_n_rows(use) > 0) {
            SpTable *copy = sp_table_copy(use);
            sp_table_set_name(copy, "bruk");
            return copy;
        }
    }
    return NULL;
}

/* Rows of a table of rules whose column holds a text. */
static SpTable *rows_with(const SpTable *table, const char *column, const char *text)
{
    return sp_table_filter_codes(table, sp_table_find(table, column), (const char *const *)&text,
                                 1);
}

static void set_all(SpTable *table, const char *column, const char *text)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sp_table_set_code(table, row, sp_table_find(table, column), text);
    }
}

/* What the figures of a series are in the model. */
typedef struct {
    char *service;    /* users of it, or NULL: årsverk */
    char *area;       /* whose årsverk */
    char *profession; /* of whom */
} Target;

static void target_clear(Target *target)
{
    g_free(target->service);
    g_free(target->area);
    g_free(target->profession);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Target, target_clear)

/* The first row of a list of sources that names the series' table and measure, or SP_NO_COLUMN. */
static gsize find_source(const SpTable *sources, const SpSeries *series)
{
    gsize table = sp_table_find(sources, "tabell"), measure = sp_table_find(sources, "maal");
    for (gsize row = 0; row < sp_table_n_rows(sources); row++) {
        if (strcmp(sp_table_code(sources, row, table), series->table) == 0 &&
            strcmp(sp_table_code(sources, row, measure), series->measure) == 0) {
            return row;
        }
    }
    return SP_NO_COLUMN;
}

static const char *code_at(const SpTable *table, gsize row, const char *column)
{
    return sp_table_code(table, row, sp_table_find(table, column));
}

static gboolean same_codes(const char *a, const char *b)
{
    g_auto(GStrv) one = g_strsplit(a, "/", -1);
    g_auto(GStrv) other = g_strsplit(b, "/", -1);
    gboolean is_same = g_strv_length(one) == g_strv_length(other);
    for (char **code = one; *code != NULL; code++) {
        is_same = is_same && g_strv_contains((const char *const *)other, *code);
    }
    return is_same;
}

/* The profession of which codes of a source are all people, those of its parts too (wholes.h); NULL
 * when they are no profession's. Owned by the caller. */
static char *profession_of(const SpForecastTask *task, const char *codes, GError **error)
{
    const SpTable *structure = rule(task, "struktur");
    const SpCodes *of = sp_table_codes(structure, sp_table_find(structure, "profesjon"));
    gsize n = sp_codes_size(of);
    g_autofree const char **ids = g_new0(const char *, n + 1);
    for (guint32 i = 0; i < n; i++) {
        ids[i] = sp_codes_text(of, i);
    }
    g_autofree guint *whole = sp_profession_wholes(rule(task, "profesjoner"), ids, n, error);
    for (gsize i = 0; whole != NULL && i < n; i++) {
        g_autofree char *all = sp_profession_codes(ids, whole, n, i);
        if (same_codes(all, codes)) {
            return g_strdup(ids[i]);
        }
    }
    return NULL;
}

/* Årsverk of the series from its own table alone, so that one source is held against itself. Codes
   that are no profession ("tot") are all of them, and are divided on services as they all are. */
static gboolean choose_staff(const SpForecastTask *task, gsize row, SpTables *in, Target *target,
                             GError **error)
{
    const SpSeries *series = task->series;
    g_autoptr(SpTable) source = sp_table_copy_rows(rule(task, "bemanning_kilder"), NULL, &row, 1);
    const char *named = code_at(source, 0, "profesjon");
    g_autofree char *asked = sp_row_filter_codes(series->filter, code_at(source, 0, "yrke"));
    GError *failure = NULL;
    target->area = g_strdup(code_at(source, 0, "omraade"));
    target->profession = *named != '\0' ? g_strdup(named)
                                        : profession_of(task, asked == NULL ? "" : asked, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    if (target->profession == NULL) {
        g_autofree char *filter =
            g_strdup(*series->filter == '\0' ? code_at(source, 0, "utvalg") : series->filter);
        SpTable *structure = rows_with(rule(task, "struktur"), "profesjon", "*");
        target->profession = g_strdup(EVERYONE);
        set_all(structure, "profesjon", EVERYONE);
        set_all(source, "yrke", "");
        set_all(source, "profesjon", EVERYONE);
        set_all(source, "utvalg", filter);
        sp_tables_add(in, structure);
    }
    sp_tables_add(in, g_steal_pointer(&source));
    return TRUE;
}

static void add_known(const SpForecastTask *task, const char *name, SpTables *in)
{
    const SpTable *table = sp_tables_find(task->known, name);
    if (table != NULL && sp_tables_find(in, name) == NULL) {
        sp_tables_add(in, sp_table_copy(table));
    }
}

static gboolean has_rules(const SpForecastTask *task)
{
    static const char *const needed[] = {"tjenester", "struktur", "bemanning_kilder", "lovkrav",
                                         "utvikling"};
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (rule(task, needed[i]) == NULL) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The tables of the model, and what in it the series is; NULL without error when the rules or the
 * use by age are not known, or nothing in them is the series. */
static SpTables *make_inputs(const SpForecastTask *task, Target *target, GError **error)
{
    if (!has_rules(task)) {
        return NULL;
    }
    const SpTable *services = rule(task, "tjenester");
    gsize service = find_source(services, task->series);
    gsize staff = find_source(rule(task, "bemanning_kilder"), task->series);
    SpTable *use = known_use(task);
    if (use == NULL || (service == SP_NO_COLUMN && staff == SP_NO_COLUMN)) {
        sp_table_free(use);
        return NULL;
    }
    g_autoptr(SpTables) in = sp_tables_new();
    sp_tables_add(in, use);
    if (service == SP_NO_COLUMN && !choose_staff(task, staff, in, target, error)) {
        return NULL;
    }
    if (service != SP_NO_COLUMN) {
        target->service = g_strdup(code_at(services, service, "tjeneste"));
        sp_tables_add(in, sp_table_copy_rows(rule(task, "bemanning_kilder"), NULL, NULL, 0));
    }
    for (gsize i = 0; i < sp_tables_size(task->rules); i++) {
        const SpTable *table = sp_tables_at(task->rules, i);
        if (sp_tables_find(in, sp_table_name(table)) == NULL) {
            sp_tables_add(in, sp_table_copy(table));
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        add_known(task, code_at(services, row, "tabell"), in);
    }
    add_known(task, task->series->table, in);
    add_known(task, "folkemengde", in);
    add_known(task, "region", in);
    add_known(task, "vertskommune", in);
    return g_steal_pointer(&in);
}

/* ---- what it says ---- */

/* The expected figure of a kommune on a day, and the variance of the log of what is counted
 * then. */
typedef struct {
    double figure, variance;
} Expected;

/* A figure that is counted has its own noise, which no level has. */
static double whole_variance(SpDemandVariance of)
{
    return of.local + of.nation + of.count;
}

static Expected expect(const SpDemandPaths *paths, const Target *target, gsize u, gsize day)
{
    if (target->service != NULL) {
        gsize k = sp_codes_place(paths->services, paths->n_services, target->service);
        return (Expected){sp_demand_users(paths, SP_NEED_TODAY, u, k)[day],
                          whole_variance(sp_demand_use_variance(paths, u, k, day))};
    }
    gsize area = sp_codes_place(paths->areas, paths->n_areas, target->area);
    gsize g = sp_codes_place(paths->professions, paths->n_professions, target->profession);
    Expected expected = {0, whole_variance(sp_demand_need_variance(paths, u, area, g, day))};
    for (gsize k = 0; k < paths->n_services; k++) {
        if (paths->area_of[k] == area) {
            expected.figure += sp_demand_need(paths, SP_NEED_TODAY, u, k, g)[day];
        }
    }
    return expected;
}

static gboolean is_told(const SpDemandPaths *paths, const Target *target)
{
    if (target->service != NULL) {
        return sp_codes_place(paths->services, paths->n_services, target->service) <
               paths->n_services;
    }
    return sp_codes_place(paths->areas, paths->n_areas, target->area) < paths->n_areas &&
           sp_codes_place(paths->professions, paths->n_professions, target->profession) <
               paths->n_professions;
}

static void tell(const SpForecastTask *task, const SpDemandPaths *paths, const Target *target,
                 const SpReal base[], SpReal *const out[SP_N_FORECAST])
{
    /* Standard normal quantiles of the order of SpForecastFigure. */
    static const double z[SP_N_FORECAST] = {0, -1.6448536270, -1.2815515655, 1.2815515655,
                                            1.6448536270};
    const SpSeriesPlaces *places = &task->places;
    for (gsize unit = 0; unit < places->n_units; unit++) {
        gsize u = sp_codes_place(paths->kommuner, paths->n_kommuner, places->units[unit]);
        for (gsize year = 0; year < places->n_years && u < paths->n_kommuner; year++) {
            gsize at = sp_series_place(task->series, places, unit, 0, year);
            if (!sp_real_is_number(base[unit])) {
                out[SP_FORECAST_EXPECTED][at] = base[unit];
                continue;
            }
            const Expected expected = expect(paths, target, u, year + 1);
            for (gsize i = 0; i < SP_N_FORECAST; i++) {
                out[i][at] = sp_real(expected.figure * exp(z[i] * sqrt(expected.variance)));
            }
        }
    }
}

gboolean sp_forecast_own_demand(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                GError **error)
{
    g_auto(Target) target = {.service = NULL};
    GError *failure = NULL;
    g_autoptr(SpTables) in = make_inputs(task, &target, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    if (in == NULL) {
        return TRUE;
    }
    SpDemandOptions options;
    sp_demand_options_init(&options);
    /* What the model finds is told by the stage's own units; here it is one forecaster of
     * several. */
    g_autoptr(SpQuality) found = sp_quality_new();
    /* Lent for the call: it is large, and the same for all series. */
    sp_tables_add(in, task->population->table);
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &options, found, error);
    (void)sp_tables_steal(in, sp_table_name(task->population->table));
    g_autofree SpReal *base = paths == NULL ? NULL : sp_forecast_base(task, error);
    if (base != NULL && is_told(paths, &target)) {
        tell(task, paths, &target, base, out);
    }
    return base != NULL;
}
