/* Newcomers by year, sex and age. */
#include "transforms/project/supply/inflow.h"

#include "core/error.h"
#include "transforms/project/supply/foreign.h"

#include <math.h>
#include <string.h>

enum { RECENT_YEARS = 3, MOST_ARE_THROUGH = 2 /* years after the first who finish */ };

typedef struct {
    const SpInflowSources *sources;
    SpInflow *inflow;
    SpQuality *quality;
    gboolean *has_numbers; /* [professions] a table tells of some who come from Norway */
    double *usual;         /* [professions] who come a year by ways whose spread is known */
} Work;

static int base_of(const Work *work)
{
    return work->sources->markets->base;
}

/* The people of a year over those of the base, when capacity follows them. */
static double capacity(const Work *work, int year)
{
    const SpMarkets *markets = work->sources->markets;
    int day = year - markets->base;
    if (work->sources->options->capacity == SP_CAPACITY_CONSTANT || day <= 0 ||
        !(markets->people[0] > 0.0)) {
        return 1.0;
    }
    return markets->people[MIN((gsize)day, markets->n_days - 1)] / markets->people[0];
}

static double inflow_factor(const Work *work, int year)
{
    const SpSupplyOptions *options = work->sources->options;
    return year >= base_of(work) && year >= options->inflow.from ? options->inflow.factor : 1.0;
}

/* Those educated abroad come with all who do, unless the scenario says how many of them. */
static double foreign_factor(const Work *work, int year)
{
    const SpInflowSources *sources = work->sources;
    double own = sources->options->foreign;
    if (year < base_of(work)) {
        return 1.0;
    }
    return own >= 0.0 ? own : sources->abroad == NULL ? 1.0 : sp_path_at(sources->abroad, year);
}

static void add_flow(const Work *work, double *flows, gsize which, int year, double n,
                     const SpArrivals *arrivals)
{
    double flow[SP_N_STOCK];
    sp_stock_spread(SP_N_WORK_AGES, n, arrivals->share_women, arrivals->weight, flow);
    sp_stock_add(SP_N_WORK_AGES, sp_inflow_at(work->inflow, flows, which, year), 1.0, flow);
}

/* A way in beside those there are, by which `n` come a year with relative standard deviation
 * `sd`. */
static void add_spread(const Work *work, gsize profession, double n, double sd)
{
    double *all = &work->usual[profession], *of_all = &work->inflow->graduates_sd[profession];
    double squares = *of_all * *all * (*of_all * *all) + sd * n * (sd * n);
    *all += n;
    *of_all = *all > 0.0 ? sqrt(squares) / *all : sd;
}

static gboolean read_numbers(const Work *work, const char *table, const SpNumbersOf *of,
                             SpNumbers *numbers, GError **error)
{
    return sp_numbers_read(sp_tables_find(work->sources->in, table), of, base_of(work), numbers,
                           error);
}

/* ---- admissions ---- */

/* Every year's admissions: the oldest known before, the one before in a gap, the mean of the newest
 * three after, growing as capacity does. */
static double *all_admissions(const Work *work, const SpNumbers *known, SpYearly *series)
{
    int last = work->inflow->first + (int)work->inflow->n - 1;
    series->first = MIN(known->first, work->inflow->first) - 2 * SP_N_TIMINGS;
    series->n = (gsize)(last - series->first) + 1;
    double *persons = g_new(double, series->n), recent = sp_numbers_recent(known, RECENT_YEARS);
    double before = sp_numbers_at(known, sp_numbers_oldest(known));
    for (gsize i = 0; i < series->n; i++) {
        int year = series->first + (int)i;
        double here = sp_numbers_at(known, year);
        if (year > sp_numbers_newest(known)) {
            persons[i] = recent * capacity(work, year);
        } else {
            before = isnan(here) ? before : here;
            persons[i] = before;
        }
    }
    return persons;
}

/* Years in which most who finish were admitted in years that are known: others would be held
 * against admissions that are a guess. All years when there is none. */
static void keep_told_years(const SpNumbers *admitted, guint years, SpNumbers *completed)
{
    int first = sp_numbers_oldest(admitted) + (int)years + MOST_ARE_THROUGH;
    for (int year = completed->first; year < first && sp_numbers_newest(completed) >= first;
         year++) {
        if (year - completed->first < SP_N_PAST_YEARS) {
            completed->persons[year - completed->first] = NAN;
        }
    }
}

static gboolean add_candidates(const Work *work, const SpRoute *route, GError **error)
{
    SpNumbersOf of = {.profession = work->sources->stock->education->ids[route->profession],
                      .rows = "utdanningstype=nye_personer",
                      .measure = "opptatte"};
    SpNumbers admitted, completed;
    SpTiming timing = route->timing;
    SpYearly admissions;
    if (!read_numbers(work, "kandidater", &of, &admitted, error)) {
        return FALSE;
    }
    of.measure = "fullfoerte";
    if (!read_numbers(work, "kandidater", &of, &completed, error)) {
        return FALSE;
    }
    if (sp_numbers_known(&admitted) == 0) {
        return TRUE;
    }
    work->has_numbers[route->profession] = TRUE;
    g_autofree double *persons = all_admissions(work, &admitted, &admissions);
    admissions.persons = persons;
    SpNumbers told = completed;
    keep_told_years(&admitted, timing.years, &told);
    const SpYearly done = {told.first, SP_N_PAST_YEARS, told.persons};
    timing.completion =
        sp_graduates_completion(&timing, &admissions, &done, route->timing.completion);
    double n = 0.0;
    for (gsize i = 0; i < work->inflow->n; i++) {
        int year = work->inflow->first + (int)i;
        double known = year < base_of(work) ? sp_numbers_at(&completed, year) : (double)NAN;
        n = isnan(known) ? sp_graduates(&timing, &admissions, year) * inflow_factor(work, year)
                         : known;
        add_flow(work, work->inflow->graduates, route->profession, year, n, &route->arrivals);
    }
    add_spread(work, route->profession, n, sp_numbers_sd(&completed, route->sd));
    return TRUE;
}

/* ---- numbers that are counted when they come ---- */

/* A past year's number where the table has it, else the recent mean. */
static double number_of(const SpNumbers *numbers, int base, int year)
{
    double known = year < base ? sp_numbers_at(numbers, year) : (double)NAN;
    return isnan(known) ? sp_numbers_recent(numbers, RECENT_YEARS) : known;
}

static gboolean add_certificates(const Work *work, const SpRoute *route, GError **error)
{
    g_autofree char *rows = g_strdup_printf("vei=%s", route->vei);
    const SpNumbersOf of = {.profession = work->sources->stock->education->ids[route->profession],
                            .rows = rows,
                            .measure = "fagbrev"};
    SpNumbers numbers;
    if (!read_numbers(work, "laerlinger", &of, &numbers, error)) {
        return FALSE;
    }
    if (sp_numbers_known(&numbers) == 0) {
        return TRUE;
    }
    work->has_numbers[route->profession] = TRUE;
    double n = 0.0;
    for (gsize i = 0; i < work->inflow->n; i++) {
        int year = work->inflow->first + (int)i;
        n = number_of(&numbers, base_of(work), year) * route->timing.completion *
            capacity(work, year) * inflow_factor(work, year);
        add_flow(work, work->inflow->graduates, route->profession, year, n, &route->arrivals);
    }
    add_spread(work, route->profession, n, sp_numbers_sd(&numbers, route->sd));
    return TRUE;
}

static gboolean add_foreign(const Work *work, const SpRoute *route, GError **error)
{
    const char *id = work->sources->stock->education->ids[route->profession];
    const SpNumbersOf of = {
        .profession = id, .rows = "utdanningsland!=NO", .measure = "autorisasjoner"};
    SpNumbers numbers;
    if (!read_numbers(work, "autorisasjon", &of, &numbers, error)) {
        return FALSE;
    }
    int newest = sp_numbers_newest(&numbers);
    SpForeignYears years = {base_of(work), newest - RECENT_YEARS, newest};
    while (years.older < newest && isnan(sp_numbers_at(&numbers, years.older))) {
        years.older++;
    }
    if (years.older >= newest) {
        sp_quality_note(work->quality, "foreign_unknown", id, 0,
                        "authorisations of people educated abroad are not known on two days: none "
                        "are expected to come");
        return TRUE;
    }
    double n;
    if (!sp_foreign_newcomers(sp_tables_find(work->sources->in, "autorisasjon"), &of, &years,
                              work->sources->stock->mortality, &n, error)) {
        return FALSE;
    }
    n *= route->timing.completion;
    if (n < 0.0) {
        sp_quality_note(
            work->quality, "foreign_falling", id, 0,
            "authorisations of people educated abroad fall by more than die and retire: "
            "none are expected to come");
        n = 0.0;
    }
    for (gsize i = 0; i < work->inflow->n; i++) {
        int year = work->inflow->first + (int)i;
        add_flow(work, work->inflow->foreign, route->profession, year,
                 n * foreign_factor(work, year), &route->arrivals);
    }
    return TRUE;
}

/* ---- newcomers by the stock ---- */

/* Those known to have come between the years of the stock, [years - 1][2][SP_N_WORK_AGES].
 * g_free. */
static double *known_newcomers(const Work *work, gsize profession)
{
    const SpPersonnel *personnel = work->sources->stock->personnel;
    double *known = g_new0(double, personnel->n_years *SP_N_STOCK);
    for (gsize i = 0; i + 1 < personnel->n_years; i++) {
        int year = personnel->newest - (int)(personnel->n_years - 1 - i) + 1;
        sp_inflow_known(work->inflow, work->sources->stock->education, profession, year,
                        known + i * SP_N_STOCK);
    }
    return known;
}

static double from_stock(const Work *work, gsize profession, const SpArrivals *arrivals)
{
    g_autofree double *known = known_newcomers(work, profession);
    return sp_newcomers_of_stock(work->sources->stock, profession, arrivals, known);
}

static void tell_from_stock(const Work *work, gsize profession, double n)
{
    work->inflow->is_from_stock[profession] = TRUE;
    sp_quality_note(
        work->quality, "inflow_from_stock", work->sources->stock->education->ids[profession], 0,
        "no table tells how many come: %.0f a year, by those who were more from one "
        "year of its stock to the next, or by the ages of the only one; a table that tells, "
        "named in config/framskriving/utdanning.csv, would be used instead",
        n);
}

/* The first way of a profession that no table tells of. */
static void add_from_stock(const Work *work, const SpRoute *route)
{
    gsize g = route->profession;
    if (work->has_numbers[g] || strcmp(route->tabell, "autorisasjon") == 0) {
        return;
    }
    work->has_numbers[g] = TRUE;
    double n = from_stock(work, g, &route->arrivals);
    tell_from_stock(work, g, n);
    add_spread(work, g, n, route->sd);
    for (gsize i = 0; i < work->inflow->n; i++) {
        int year = work->inflow->first + (int)i;
        add_flow(work, work->inflow->graduates, g, year,
                 n * capacity(work, year) * inflow_factor(work, year), &route->arrivals);
    }
}

/* ---- transitions ---- */

/* Is there a way in for new persons educated here? */
static gboolean has_route(const SpEducation *education, gsize profession)
{
    for (guint i = 0; i < education->routes->len; i++) {
        const SpRoute *route = &g_array_index(education->routes, SpRoute, i);
        if (route->profession == profession && strcmp(route->tabell, "autorisasjon") != 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean add_transition(const Work *work, gsize number, GError **error)
{
    const SpEducation *education = work->sources->stock->education;
    const SpTransition *way = &g_array_index(education->transitions, SpTransition, number);
    const SpSupplyOptions *options = work->sources->options;
    SpNumbers numbers;
    const SpNumbersOf of = {
        .profession = education->ids[way->to], .rows = way->utvalg, .measure = way->maal};
    if (!read_numbers(work, way->tabell, &of, &numbers, error)) {
        g_prefix_error(error, "overganger: row of \"%s\": ", education->ids[way->to]);
        return FALSE;
    }
    double stock = NAN;
    if (sp_numbers_known(&numbers) == 0) {
        if (work->has_numbers[way->to] || has_route(education, way->to)) {
            return TRUE; /* those who come otherwise are known, or all are taken from the stock */
        }
        stock = from_stock(work, way->to, &way->arrivals);
        tell_from_stock(work, way->to, stock);
    }
    double share = way->from >= 0 ? way->share : 0.0, n = 0.0;
    for (gsize i = 0; i < work->inflow->n; i++) {
        int year = work->inflow->first + (int)i;
        n = isnan(stock) ? number_of(&numbers, base_of(work), year) : stock;
        if (year >= base_of(work)) {
            n *= options->further_education;
        }
        add_flow(work, work->inflow->transitions, number, year, n * share, &way->arrivals);
        add_flow(work, work->inflow->graduates, way->to, year, n * (1.0 - share), &way->arrivals);
    }
    work->inflow->transitions_sd[number] = sp_numbers_sd(&numbers, way->sd);
    add_spread(work, way->to, n * (1.0 - share), work->inflow->transitions_sd[number]);
    work->has_numbers[way->to] = TRUE;
    return TRUE;
}

/* ---- all ---- */

static gboolean add_routes(const Work *work, GError **error)
{
    static const struct {
        const char *table;
        gboolean (*add)(const Work *work, const SpRoute *route, GError **error);
    } kinds[] = {{"kandidater", add_candidates},
                 {"laerlinger", add_certificates},
                 {"autorisasjon", add_foreign},
                 {"beholdning", NULL}};
    const GArray *routes = work->sources->stock->education->routes;
    for (guint i = 0; i < routes->len; i++) {
        const SpRoute *route = &g_array_index(routes, SpRoute, i);
        gsize kind = 0;
        while (kind < G_N_ELEMENTS(kinds) && strcmp(kinds[kind].table, route->tabell) != 0) {
            kind++;
        }
        if (kind == G_N_ELEMENTS(kinds)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "utdanning: tabell \"%s\"; write kandidater, laerlinger, "
                                "autorisasjon or beholdning",
                                route->tabell);
        }
        if (kinds[kind].add != NULL && !kinds[kind].add(work, route, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpInflow *sp_inflow_new(const SpInflowSources *sources, SpQuality *quality, GError **error)
{
    const SpEducation *education = sources->stock->education;
    g_autoptr(SpInflow) inflow = g_new0(SpInflow, 1);
    g_autofree gboolean *has_numbers = g_new0(gboolean, education->n + 1);
    g_autofree double *usual = g_new0(double, education->n + 1);
    const Work work = {sources, inflow, quality, has_numbers, usual};
    inflow->first = sources->first;
    inflow->n = (gsize)(sources->markets->base - sources->first) + sources->markets->n_days - 1;
    gsize cells = inflow->n * SP_N_STOCK;
    inflow->graduates = g_new0(double, education->n *cells);
    inflow->foreign = g_new0(double, education->n *cells);
    inflow->transitions = g_new0(double, education->transitions->len *cells);
    inflow->graduates_sd = g_new0(double, education->n);
    inflow->transitions_sd = g_new0(double, education->transitions->len + 1);
    inflow->is_from_stock = g_new0(gboolean, education->n);
    if (!add_routes(&work, error)) {
        return NULL;
    }
    for (guint i = 0; i < education->transitions->len; i++) {
        if (!add_transition(&work, i, error)) {
            return NULL;
        }
    }
    for (guint i = 0; i < education->routes->len; i++) {
        add_from_stock(&work, &g_array_index(education->routes, SpRoute, i));
    }
    for (gsize g = 0; g < education->n; g++) {
        if (!has_numbers[g]) {
            sp_quality_note(quality, "no_graduates", education->ids[g], 0,
                            "config/framskriving/utdanning.csv has no way into it: its people "
                            "only grow older");
        }
    }
    return g_steal_pointer(&inflow);
}

void sp_inflow_known(const SpInflow *inflow, const SpEducation *education, gsize profession,
                     int year, double came[])
{
    sp_stock_add(SP_N_WORK_AGES, came, 1.0,
                 sp_inflow_at(inflow, inflow->graduates, profession, year));
    sp_stock_add(SP_N_WORK_AGES, came, 1.0,
                 sp_inflow_at(inflow, inflow->foreign, profession, year));
    for (guint k = 0; k < education->transitions->len; k++) {
        const SpTransition *way = &g_array_index(education->transitions, SpTransition, k);
        double sign = way->to == profession                          ? 1.0
                      : way->leaves && way->from == (gint)profession ? -1.0
                                                                     : 0.0;
        sp_stock_add(SP_N_WORK_AGES, came, sign,
                     sp_inflow_at(inflow, inflow->transitions, k, year));
    }
}

void sp_inflow_free(SpInflow *inflow)
{
    if (inflow == NULL) {
        return;
    }
    g_free(inflow->graduates);
    g_free(inflow->foreign);
    g_free(inflow->transitions);
    g_free(inflow->graduates_sd);
    g_free(inflow->transitions_sd);
    g_free(inflow->is_from_stock);
    g_free(inflow);
}
