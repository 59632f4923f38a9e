/* From accounts and population to demographic cost. */
#include "transforms/project/balance/cost_table.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/project/balance/age_use.h"
#include "transforms/project/balance/cost.h"
#include "transforms/project/balance/newest.h"
#include "transforms/project/balance/panel.h"
#include "transforms/project/balance/served.h"
#include "transforms/project/population/person_rows.h"

#include <string.h>

#define ALL_FUNCTIONS "alle"
#define OPERATIONS "drift"

enum { REGION, FUNCTION, PERIOD, BASE, COST, OWN, N_COLUMNS };

/* People of the kommuner, and what the services cost them. */
typedef struct {
    gsize n_regions, n_days, n_functions;
    char **regions, **days; /* byte order, NULL-terminated */
    double *persons;        /* [region][day][SP_N_AGES], both sexes */
    SpReal *status;         /* [region][day]: a sum, for its status and flags */
    double *served;         /* [region][SP_N_AGES] persons of the accounts' year */
    SpReal *spending;       /* [function][region]; missing where the kommune has no accounts */
} Work;

static void work_clear(Work *work)
{
    g_strfreev(work->regions);
    g_strfreev(work->days);
    g_free(work->persons);
    g_free(work->status);
    g_free(work->served);
    g_free(work->spending);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static const double *persons_at(const Work *work, gsize region, gsize day)
{
    return &work->persons[(region * work->n_days + day) * SP_N_AGES];
}

static gboolean is_kommune(const char *code, gconstpointer data)
{
    (void)data;
    return sp_region_kind(code) == SP_REGION_KOMMUNE;
}

static gboolean is_named(const char *code, gconstpointer data)
{
    (void)data;
    return *code != '\0';
}

static gboolean count_persons(Work *work, const SpTable *table, GError **error)
{
    g_auto(SpPersonRows) rows = {0};
    if (!sp_person_rows_init(&rows, table, error)) {
        return FALSE;
    }
    work->regions = sp_table_used_list(table, sp_table_find(table, "region"), is_kommune, NULL);
    work->days = sp_table_used_list(table, sp_table_find(table, "period"), is_named, NULL);
    work->n_regions = g_strv_length(work->regions);
    work->n_days = g_strv_length(work->days);
    if (work->n_regions == 0 || work->n_days < 2) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: want kommuner on two days at least; look at project.horizon",
                     sp_table_name(table));
        return FALSE;
    }
    gsize n = work->n_regions * work->n_days;
    work->persons = g_new0(double, n *SP_N_AGES);
    work->status = g_new(SpReal, n);
    for (gsize i = 0; i < n; i++) {
        work->status[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    g_autofree gint32 *region_of =
        sp_codes_places(rows.region_codes, work->regions, work->n_regions);
    g_autofree gint32 *day_of = sp_codes_places(rows.period_codes, work->days, work->n_days);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 region = region_of[rows.region[row]], day = day_of[rows.period[row]];
        gint32 age = rows.ages[rows.age[row]];
        if (age < 0 || rows.sexes[rows.sex[row]] < 0 || region < 0 || day < 0) {
            continue;
        }
        gsize place = (gsize)region * work->n_days + (gsize)day;
        work->persons[place * SP_N_AGES + (gsize)age] += rows.persons[row].value;
        work->status[place] = sp_real_add(work->status[place], rows.persons[row]);
    }
    return TRUE;
}

enum { A_REGION, A_CLASS, A_FUNCTION, A_GROUP, A_PERIOD, N_ACCOUNT_KEYS };

static void add_to(Work *work, gsize function, gsize region, SpReal amount)
{
    SpReal *sum = &work->spending[function * work->n_regions + region];
    *sum = sp_real_add(*sum, amount);
}

/* Accounts are whole: what a kommune that has some does not have a row of, it has not spent on. */
static void settle_spending(Work *work, const gboolean has_accounts[])
{
    for (gsize i = 0; i < work->n_functions * work->n_regions; i++) {
        if (work->spending[i].status == SP_NOT_APPLICABLE) {
            work->spending[i] =
                has_accounts[i % work->n_regions] ? sp_real(0.0) : sp_real_none(SP_MISSING);
        }
    }
}

/* Who the year was spent on; those of the first day where the year's own are not known. */
static gboolean find_served(Work *work, const SpTable *past, const char *period, GError **error)
{
    work->served = g_new(double, work->n_regions *SP_N_AGES);
    for (gsize u = 0; u < work->n_regions; u++) {
        memcpy(&work->served[u * SP_N_AGES], persons_at(work, u, 0), SP_N_AGES * sizeof(double));
    }
    return past == NULL || period == NULL ||
           sp_served_fill(past, work->regions, work->n_regions, period, work->served, error);
}

/* Spending of the newest year; FALSE without error when there is none old enough. */
static gboolean add_spending(Work *work, const SpCostInput *input, const SpAgeUse *use,
                             GError **error)
{
    static const char *const keys[N_ACCOUNT_KEYS] = {"region", "kontoklasse", "funksjon",
                                                     "artsgruppe", "period"};
    const SpTable *table = input->accounts;
    gsize columns[N_ACCOUNT_KEYS], amount;
    if (!sp_table_need_all(table, keys, N_ACCOUNT_KEYS, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "beloep", SP_COLUMN_MEASURE, &amount, error)) {
        return FALSE;
    }
    work->n_functions = use->n_functions;
    gsize n = work->n_functions * work->n_regions;
    work->spending = g_new0(SpReal, MAX(n, 1));
    for (gsize i = 0; i < n; i++) {
        work->spending[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    g_autofree gboolean *has_accounts = g_new0(gboolean, work->n_regions);
    const char *newest = sp_newest_period(table, columns[A_PERIOD], work->days[0]);
    gboolean has_any = FALSE;
    for (gsize row = 0; newest != NULL && row < sp_table_n_rows(table); row++) {
        gsize region, function;
        if (strcmp(sp_table_code(table, row, columns[A_PERIOD]), newest) != 0 ||
            strcmp(sp_table_code(table, row, columns[A_CLASS]), OPERATIONS) != 0 ||
            !sp_panel_find(work->regions, work->n_regions,
                           sp_table_code(table, row, columns[A_REGION]), &region)) {
            continue;
        }
        has_accounts[region] = TRUE;
        if (g_strv_contains((const char *const *)input->groups,
                            sp_table_code(table, row, columns[A_GROUP])) &&
            sp_panel_find(use->functions, use->n_functions,
                          sp_table_code(table, row, columns[A_FUNCTION]), &function)) {
            add_to(work, function, region, sp_table_real(table, row, amount));
            has_any = TRUE;
        }
    }
    settle_spending(work, has_accounts);
    return find_served(work, input->past, newest, error) && has_any;
}

/* What the mean kommune of those with accounts spends on one of each age. */
static gboolean mean_per_head(const Work *work, const double weight[], const SpReal spending[],
                              double per_head[SP_N_AGES])
{
    double persons[SP_N_AGES] = {0.0}, total = 0.0;
    for (gsize u = 0; u < work->n_regions; u++) {
        if (!sp_real_is_number(spending[u]) || !sp_real_is_number(work->status[u * work->n_days])) {
            continue;
        }
        total += spending[u].value;
        for (gsize a = 0; a < SP_N_AGES; a++) {
            persons[a] += work->served[u * SP_N_AGES + a];
        }
    }
    return sp_cost_per_head(SP_N_AGES, total, weight, persons, per_head);
}

/* A change of cost, or the status of those it is of. */
static SpReal change(const Work *work, gsize region, gsize day, const double per_head[],
                     SpReal spending)
{
    SpReal people =
        sp_real_add(work->status[region * work->n_days], work->status[region * work->n_days + day]);
    SpReal cost;
    if (!sp_real_is_number(people)) {
        cost = sp_real_none(people.status);
    } else if (!sp_real_is_number(spending)) {
        cost = sp_real_none(spending.status);
    } else {
        cost = sp_real(sp_cost_change(SP_N_AGES, per_head, persons_at(work, region, 0),
                                      persons_at(work, region, day)));
    }
    cost.flags = SP_FLAG_MODELLED;
    return cost;
}

static void add_row(SpTable *table, const char *region, const char *function, const char *day,
                    const SpReal figures[3])
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, region);
    sp_table_set_code(table, row, FUNCTION, function);
    sp_table_set_code(table, row, PERIOD, day);
    for (gsize i = 0; i < 3; i++) {
        sp_table_set_real(table, row, BASE + i, figures[i]);
    }
}

/* One function, all kommuner and days; `sums` [region][day][3] is added to. */
static void add_function(SpTable *table, const Work *work, const SpAgeUse *use, gsize function,
                         SpReal sums[])
{
    const double *weight = &use->weight[function * SP_N_AGES];
    const SpReal *spending = &work->spending[function * work->n_regions];
    double mean[SP_N_AGES], own[SP_N_AGES];
    SpReal known =
        mean_per_head(work, weight, spending, mean) ? sp_real(1.0) : sp_real_none(SP_MISSING);
    for (gsize u = 0; u < work->n_regions; u++) {
        SpReal paid = spending[u];
        (void)sp_cost_per_head(SP_N_AGES, paid.value, weight, &work->served[u * SP_N_AGES], own);
        for (gsize day = 1; day < work->n_days; day++) {
            const SpReal figures[3] = {paid, change(work, u, day, mean, known),
                                       change(work, u, day, own, paid)};
            add_row(table, work->regions[u], use->functions[function], work->days[day], figures);
            for (gsize i = 0; i < 3; i++) {
                SpReal *sum = &sums[(u * work->n_days + day) * 3 + i];
                *sum = sp_real_add(*sum, figures[i]);
            }
        }
    }
}

static SpTable *new_table(const SpCostInput *input)
{
    gsize region = sp_table_find(input->population, "region");
#define MONEY(key)                                                                                 \
    {                                                                                              \
        .name = (key), .kind = SP_COLUMN_MEASURE, .unit = "NOK", .is_additive = TRUE               \
    }
    const SpColumn columns[N_COLUMNS] = {
        [REGION] = {.name = "region",
                    .kind = SP_COLUMN_CODE,
                    .is_key = TRUE,
                    .classification = sp_table_column(input->population, region)->classification},
        [FUNCTION] = {.name = "funksjon",
                      .kind = SP_COLUMN_CODE,
                      .is_key = TRUE,
                      .classification = "kostra_funksjon"},
        [PERIOD] = {.name = "period",
                    .kind = SP_COLUMN_CODE,
                    .is_key = TRUE,
                    .classification = "period"},
        [BASE] = MONEY("utgift_basis"),
        [COST] = MONEY("merkostnad"),
        [OWN] = MONEY("merkostnad_eget"),
    };
#undef MONEY
    SpTable *table = sp_table_new("demografikostnad", columns, N_COLUMNS);
    sp_table_set_edition(table, sp_table_edition(input->accounts));
    sp_table_set_marks(table, sp_table_marks(input->accounts) | sp_table_marks(input->population));
    return table;
}

static SpTable *make_table(const Work *work, const SpCostInput *input, const SpAgeUse *use)
{
    SpTable *table = new_table(input);
    gsize n = work->n_regions * work->n_days * 3;
    g_autofree SpReal *sums = g_new(SpReal, n);
    for (gsize i = 0; i < n; i++) {
        sums[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    for (gsize function = 0; function < work->n_functions; function++) {
        add_function(table, work, use, function, sums);
    }
    for (gsize u = 0; u < work->n_regions; u++) {
        for (gsize day = 1; day < work->n_days; day++) {
            add_row(table, work->regions[u], ALL_FUNCTIONS, work->days[day],
                    &sums[(u * work->n_days + day) * 3]);
        }
    }
    return table;
}

SpTable *sp_cost_table(const SpCostInput *input, SpQuality *quality, GError **error)
{
    g_autoptr(SpAgeUse) use = sp_age_use_new(input->use, error);
    g_auto(Work) work = {0};
    GError *failure = NULL;
    if (use == NULL || !count_persons(&work, input->population, error)) {
        return NULL;
    }
    if (!add_spending(&work, input, use, &failure)) {
        if (failure != NULL) {
            g_propagate_error(error, failure);
        } else {
            sp_quality_note(quality, "no_accounts", sp_table_name(input->accounts), 0,
                            "no year with spending had ended on %s; no demographic cost is made",
                            work.days[0]);
        }
        return NULL;
    }
    g_autoptr(SpTable) table = make_table(&work, input, use);
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

/* One function's parts, added. FALSE when its figure is no number. */
static gboolean add_parts(const Work *work, const double weight[], const SpReal spending[],
                          const gsize place[2], gboolean is_own, double parts[SP_N_COST_PARTS])
{
    gsize region = place[0], day = place[1];
    const double *before = persons_at(work, region, 0), *after = persons_at(work, region, day);
    double per_head[SP_N_AGES];
    SpReal known = spending[region];
    if (is_own) {
        (void)sp_cost_per_head(SP_N_AGES, known.value, weight, &work->served[region * SP_N_AGES],
                               per_head);
    } else {
        known = mean_per_head(work, weight, spending, per_head) ? sp_real(1.0)
                                                                : sp_real_none(SP_MISSING);
    }
    if (!sp_real_is_number(change(work, region, day, per_head, known))) {
        return FALSE;
    }
    for (gsize a = 0; a < SP_N_AGES; a++) {
        parts[a < 67   ? SP_COST_YOUNG
              : a < 80 ? SP_COST_OLD
                       : SP_COST_OLDEST] += per_head[a] * (after[a] - before[a]);
    }
    return TRUE;
}

gboolean sp_cost_cell_parts(const SpCostInput *input, const SpCostCell *cell,
                            double parts[SP_N_COST_PARTS], GError **error)
{
    g_autoptr(SpAgeUse) use = sp_age_use_new(input->use, error);
    g_auto(Work) work = {0};
    gsize place[2];
    if (use == NULL || !count_persons(&work, input->population, error) ||
        !add_spending(&work, input, use, error) ||
        !sp_panel_find(work.regions, work.n_regions, cell->region, &place[0]) ||
        !sp_panel_find(work.days, work.n_days, cell->period, &place[1])) {
        return FALSE;
    }
    gboolean is_all = strcmp(cell->function, ALL_FUNCTIONS) == 0, is_any = FALSE;
    memset(parts, 0, SP_N_COST_PARTS * sizeof *parts);
    for (gsize function = 0; function < work.n_functions; function++) {
        if (!is_all && strcmp(use->functions[function], cell->function) != 0) {
            continue;
        }
        is_any = TRUE;
        if (!add_parts(&work, &use->weight[function * SP_N_AGES],
                       &work.spending[function * work.n_regions], place, cell->is_own, parts)) {
            return FALSE;
        }
    }
    return is_any;
}
