/* From numbers of regions, professions and days to rows, and back. */
#include "transforms/project/draws/tables.h"

#include "core/period.h"
#include "core/table_rows.h"
#include "transforms/project/balance/gap.h"

#include <math.h>
#include <string.h>

/* The second key is the profession, or the service. */
enum { REGION, YRKE, PERIOD, N_KEYS };

static const char *const key_names[N_KEYS] = {"region", "yrke", "period"};
static const char *const user_key_names[N_KEYS] = {"region", "tjeneste", "period"};

#define NO_CELL ((gsize)-1)

/* Numbers in the results by code number of each key column; NO_CELL where the draws know none. */
typedef struct {
    gsize column[N_KEYS];
    gsize *number[N_KEYS];
    gsize point;
} Keys;

static void keys_clear(Keys *keys)
{
    for (int i = 0; i < N_KEYS; i++) {
        g_free(keys->number[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Keys, keys_clear)

static void format_day(const SpDrawsPlan *plan, gsize day, char text[SP_DAY_SIZE])
{
    (void)sp_day_format((plan->demand->base + (SpDay)day) * 10000 + 101, text);
}

static GHashTable *numbers_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void add_number(GHashTable *numbers, const char *text, gsize number)
{
    g_hash_table_insert(numbers, g_strdup(text), GSIZE_TO_POINTER(number + 1));
}

/* Number by text of all regions and of all days. */
static GHashTable *regions_of(const SpDrawsPlan *plan)
{
    GHashTable *numbers = numbers_new();
    for (gsize i = 0; i < plan->n_kommuner; i++) {
        add_number(numbers, plan->kommuner[i], i);
    }
    for (gsize i = 0; i < plan->n_regions; i++) {
        add_number(numbers, plan->regions[i].code, plan->n_kommuner + i);
    }
    return numbers;
}

static GHashTable *days_of(const SpDrawsPlan *plan)
{
    GHashTable *numbers = numbers_new();
    for (gsize i = 0; i < plan->n_days; i++) {
        char day[SP_DAY_SIZE];
        format_day(plan, i, day);
        add_number(numbers, day, i);
    }
    return numbers;
}

static GHashTable *professions_of(const SpDrawsPlan *plan)
{
    GHashTable *numbers = numbers_new();
    for (gsize i = 0; i < plan->n_professions; i++) {
        add_number(numbers, plan->professions[i].id, i);
    }
    return numbers;
}

static GHashTable *services_of(const SpDrawsPlan *plan)
{
    GHashTable *numbers = numbers_new();
    for (gsize i = 0; i < plan->demand->n_services; i++) {
        add_number(numbers, plan->demand->services[i], i);
    }
    return numbers;
}

/* `second` is taken. */
static gboolean keys_init(Keys *keys, const SpTable *table, gboolean is_users, const char *point,
                          const SpDrawsPlan *plan, GError **error)
{
    const char *const *names = is_users ? user_key_names : key_names;
    GHashTable *second = is_users ? services_of(plan) : professions_of(plan);
    GHashTable *numbers[N_KEYS] = {regions_of(plan), second, days_of(plan)};
    *keys = (Keys){.point = SP_NO_COLUMN};
    gboolean is_there =
        sp_table_need_all(table, names, N_KEYS, SP_COLUMN_CODE, keys->column, error) &&
        sp_table_need(table, point, SP_COLUMN_MEASURE, &keys->point, error);
    for (int key = 0; key < N_KEYS; key++) {
        const SpCodes *codes = is_there ? sp_table_codes(table, keys->column[key]) : NULL;
        guint32 n = is_there ? sp_codes_size(codes) : 0;
        keys->number[key] = g_new(gsize, MAX(n, 1));
        for (guint32 code = 0; code < n; code++) {
            gpointer found = g_hash_table_lookup(numbers[key], sp_codes_text(codes, code));
            keys->number[key][code] = found == NULL ? NO_CELL : GPOINTER_TO_SIZE(found) - 1;
        }
        g_hash_table_unref(numbers[key]);
    }
    return is_there;
}

static gboolean keys_init_fill(Keys *keys, const SpTable *table, const SpDrawsFill *fill,
                               GError **error)
{
    return keys_init(keys, table, FALSE, fill->point, fill->plan, error);
}

/* The cell of a row; FALSE when the draws do not know it. */
static gboolean find_cell(const Keys *keys, const SpTable *table, gsize row, gsize cell[N_KEYS])
{
    for (int key = 0; key < N_KEYS; key++) {
        guint32 code = sp_table_code_numbers_const(table, keys->column[key])[row];
        cell[key] = keys->number[key][code];
        if (cell[key] == NO_CELL) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What stands beside the point: nothing but a status where that is no number. */
static SpReal beside(SpReal point, SpReal value)
{
    SpReal real = sp_real_is_number(point) ? value : sp_real_none((SpStatus)point.status);
    real.flags = point.flags | SP_FLAG_MODELLED;
    return real;
}

static gboolean has_measure(const SpDrawsProfession *of, SpDrawn measure)
{
    gboolean has_need = of->demand != SP_NO_PATH, has_supply = of->supply != SP_NO_PATH;
    gboolean is_of_need = measure == SP_DRAWN_NEED || measure == SP_DRAWN_RECRUITED;
    return is_of_need ? has_need : measure == SP_DRAWN_SUPPLY ? has_supply : has_need && has_supply;
}

/* What commuting alone has placed is nothing to tell of kommuner. */
static gboolean is_placed(const SpDrawsPlan *plan, const gsize cell[N_KEYS])
{
    const gboolean *placed = plan->supply->is_placed;
    return cell[REGION] >= plan->n_kommuner || placed == NULL ||
           placed[plan->professions[cell[YRKE]].supply];
}

/* What is rounded to nothing is not nothing. */
static SpReal rounded(double value, double per_unit)
{
    double whole = floor(value * per_unit + 0.5) / per_unit;
    SpReal real = sp_real(whole);
    real.status = value != 0.0 && whole == 0.0 ? SP_BELOW_UNIT : real.status;
    return real;
}

/* A chance that is told to 5 %: futures cannot say that something never comes. */
static SpReal to_steps(double share)
{
    SpReal real = sp_real(share);
    real.status = real.status == SP_ZERO ? SP_BELOW_UNIT : real.status;
    return real;
}

/* A number of futures as a share of them all: nor can they say that something always does. */
static SpReal share_of(const SpDrawsPlan *plan, guint draws)
{
    const double most = 1 - 1.0 / SP_GAP_SHARE_STEPS;
    return to_steps(MIN(sp_gap_round_share(draws, plan->n_draws), most));
}

/* Where hardly any future needs more than one årsverk a shortage of more than one cannot be. */
static SpReal shortage_of(const SpDrawsFill *fill, const gsize cell[N_KEYS], gsize at)
{
    guint draws = fill->results->short_draws[at];
    const double *need =
        sp_drawn(fill->results, cell[REGION], cell[YRKE], cell[PERIOD], SP_DRAWN_NEED);
    gboolean is_too_small = need[SP_N_QUANTILES - 1] <= (double)sp_gap_limit(0.0F);
    return draws == 0 && is_too_small ? sp_real_none(SP_NOT_APPLICABLE)
                                      : share_of(fill->plan, draws);
}

static void add_columns(SpTable *table, const char *unit, gsize columns[SP_N_QUANTILES])
{
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        columns[i] = sp_table_add_column(
            table,
            &(SpColumn){.name = sp_quantile_names[i], .kind = SP_COLUMN_MEASURE, .unit = unit});
    }
}

gboolean sp_draws_add_quantiles(SpTable *table, const SpDrawsFill *fill, SpDrawn measure,
                                GError **error)
{
    g_auto(Keys) keys = {.point = SP_NO_COLUMN};
    gsize columns[SP_N_QUANTILES];
    if (!keys_init_fill(&keys, table, fill, error)) {
        return FALSE;
    }
    add_columns(table, "aarsverk", columns);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize cell[N_KEYS];
        SpReal expected = sp_table_real(table, row, keys.point);
        const SpDrawsProfession *of =
            find_cell(&keys, table, row, cell) ? &fill->plan->professions[cell[YRKE]] : NULL;
        gboolean is_known = of != NULL && has_measure(of, measure);
        gboolean is_told = !is_known || measure != SP_DRAWN_SUPPLY || is_placed(fill->plan, cell);
        double scale = is_known && measure == SP_DRAWN_SUPPLY ? 1 / of->supply_factor : 1;
        for (gsize i = 0; i < SP_N_QUANTILES; i++) {
            SpReal value = sp_real_none(is_told ? SP_MISSING : SP_NOT_APPLICABLE);
            if (is_known && is_told) {
                const double *figures =
                    sp_drawn(fill->results, cell[REGION], cell[YRKE], cell[PERIOD], measure);
                value = rounded(figures[i] * scale, 1000);
            }
            sp_table_set_real(table, row, columns[i], beside(expected, value));
        }
    }
    return TRUE;
}

/* Figures of a service, as its users or as årsverk for each of them; NULL where there are none. */
static const double *figures_of(const SpDrawsUsers *users, const gsize cell[N_KEYS],
                                gboolean is_per_user)
{
    if (!is_per_user) {
        return sp_drawn_users(users, cell[REGION], cell[YRKE], cell[PERIOD]);
    }
    return cell[REGION] < users->n_kommuner
               ? NULL
               : sp_drawn_per_user(users, cell[REGION] - users->n_kommuner, cell[YRKE],
                                   cell[PERIOD]);
}

gboolean sp_draws_add_user_quantiles(SpTable *table, const char *point, const SpDrawsPlan *plan,
                                     const SpDrawsUsers *users, gboolean is_per_user,
                                     GError **error)
{
    g_auto(Keys) keys = {.point = SP_NO_COLUMN};
    gsize columns[SP_N_QUANTILES];
    if (!keys_init(&keys, table, TRUE, point, plan, error)) {
        return FALSE;
    }
    add_columns(table, is_per_user ? "ratio" : "persons", columns);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize cell[N_KEYS];
        SpReal expected = sp_table_real(table, row, keys.point);
        gboolean is_known =
            find_cell(&keys, table, row, cell) && plan->demand->has_users[cell[YRKE]];
        const double *figures = is_known ? figures_of(users, cell, is_per_user) : NULL;
        for (gsize i = 0; i < SP_N_QUANTILES; i++) {
            SpReal value = figures == NULL ? sp_real_none(SP_MISSING)
                                           : rounded(figures[i], is_per_user ? 10000 : 1);
            sp_table_set_real(table, row, columns[i], beside(expected, value));
        }
    }
    return TRUE;
}

static SpReal chance_of(const SpDrawsFill *fill, const gsize cell[N_KEYS], SpDrawsChance chance)
{
    const SpDrawsPlan *plan = fill->plan;
    gsize at = (cell[REGION] * plan->n_professions + cell[YRKE]) * plan->n_days + cell[PERIOD];
    SpDrawn side = chance == SP_CHANCE_SHORTAGE ? SP_DRAWN_GAP : SP_DRAWN_SUPPLY;
    if (!has_measure(&plan->professions[cell[YRKE]], side)) {
        return sp_real_none(SP_MISSING);
    }
    if (chance == SP_CHANCE_SHORTAGE) {
        return shortage_of(fill, cell, at);
    }
    if (cell[REGION] >= plan->n_kommuner || !is_placed(plan, cell)) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return to_steps(rounded(fill->results->none_chance[at], SP_GAP_SHARE_STEPS).value);
}

gboolean sp_draws_add_chance(SpTable *table, const char *column, const SpDrawsFill *fill,
                             SpDrawsChance chance, GError **error)
{
    g_auto(Keys) keys = {.point = SP_NO_COLUMN};
    if (!keys_init_fill(&keys, table, fill, error)) {
        return FALSE;
    }
    gsize added = sp_table_add_column(
        table, &(SpColumn){.name = column, .kind = SP_COLUMN_MEASURE, .unit = "share"});
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize cell[N_KEYS];
        SpReal value = find_cell(&keys, table, row, cell) ? chance_of(fill, cell, chance)
                                                          : sp_real_none(SP_MISSING);
        sp_table_set_real(table, row, added, beside(sp_table_real(table, row, keys.point), value));
    }
    return TRUE;
}

/* ---- who lacks most ---- */

static SpTable *make_lead_table(void)
{
    SpTable *table = sp_table_new(SP_TABLE_LEADS, NULL, 0);
    for (int key = 0; key < N_KEYS; key++) {
        sp_table_add_column(
            table, &(SpColumn){.name = key_names[key],
                               .kind = SP_COLUMN_CODE,
                               .is_key = TRUE,
                               .classification = key == YRKE ? "profesjon" : key_names[key]});
    }
    sp_table_add_column(
        table,
        &(SpColumn){.name = "andel_stoerst_mangel", .kind = SP_COLUMN_MEASURE, .unit = "share"});
    for (gsize i = 0; i <= SP_N_QUANTILES; i++) {
        sp_table_add_column(table,
                            &(SpColumn){.name = i == 0 ? "kommuner" : sp_quantile_names[i - 1],
                                        .kind = SP_COLUMN_MEASURE,
                                        .unit = "kommuner"});
    }
    return table;
}

/* TRUE when a shortage measured in the region or in one of its kommuner is not to be seen: who has
 * the largest, and how many have one, would tell of it. After the last profession stand all. */
static gboolean is_hidden(const SpDrawsPlan *plan, gsize above, gsize g)
{
    const SpRegionGroup *region = &plan->regions[above];
    gboolean is_any = g == plan->n_professions, hidden = FALSE;
    for (gsize other = is_any ? 0 : g; other < (is_any ? plan->n_professions : g + 1); other++) {
        hidden = hidden || sp_draws_is_hidden(plan, plan->n_kommuner + above, other);
        for (gsize i = 0; i < region->n_members; i++) {
            hidden = hidden || sp_draws_is_hidden(plan, region->members[i], other);
        }
    }
    return hidden;
}

/* What is told instead of a region's figures: what is withheld of it, or what keeps one of its
 * kommuner from being projected; SP_PRESENT when nothing does. */
static SpStatus status_of(const SpDrawsPlan *plan, gsize above, gsize g)
{
    const SpRegionGroup *region = &plan->regions[above];
    guint8 status = is_hidden(plan, above, g) ? SP_SUPPRESSED : SP_PRESENT;
    for (gsize i = 0; i < region->n_members; i++) {
        status = MAX(status, plan->supply->status[region->members[i]]);
    }
    return (SpStatus)status;
}

static void add_lead(SpTable *table, const SpDrawsPlan *plan, const SpDrawsResults *results,
                     const gsize cell[N_KEYS])
{
    char day[SP_DAY_SIZE];
    gsize above = cell[REGION], g = cell[YRKE], row = sp_table_add_row(table), column = N_KEYS;
    gboolean is_any = g == plan->n_professions;
    const double *figures = sp_drawn_short(results, above, g, cell[PERIOD]);
    format_day(plan, cell[PERIOD], day);
    sp_table_set_code(table, row, REGION, plan->regions[above].code);
    sp_table_set_code(table, row, YRKE, is_any ? SP_ANY_PROFESSION : plan->professions[g].id);
    sp_table_set_code(table, row, PERIOD, day);
    SpReal share = sp_real_none(SP_NOT_APPLICABLE);
    /* Supply of the base is balanced with its need: who lacks most that day is known where it is
       measured alone. */
    gboolean is_known = cell[PERIOD] > 0 || plan->shortage != NULL;
    if (is_known && !is_any && !plan->professions[g].stands_apart) {
        gsize at = (above * plan->n_professions + g) * plan->n_days + cell[PERIOD];
        share = share_of(plan, results->largest_draws[at]);
    }
    /* Nobody's share is known when one's shortage is not. */
    SpStatus of_any = status_of(plan, above, plan->n_professions);
    if (of_any != SP_PRESENT && sp_real_is_number(share)) {
        share = sp_real_none(of_any);
    }
    share.flags = SP_FLAG_MODELLED;
    sp_table_set_real(table, row, column++, share);
    SpStatus of_this = status_of(plan, above, g);
    if (of_this != SP_PRESENT) {
        for (gsize i = 0; i <= SP_N_QUANTILES; i++) {
            sp_table_set_real(table, row, column++, sp_real_none(of_this));
        }
        return;
    }
    SpReal mean = rounded(figures[SP_DRAWN_MEAN], 10);
    mean.flags = SP_FLAG_MODELLED;
    sp_table_set_real(table, row, column++, mean);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        SpReal value = rounded(figures[i], 1);
        value.flags = SP_FLAG_MODELLED;
        sp_table_set_real(table, row, column++, value);
    }
}

SpTable *sp_draws_lead_table(const SpDrawsPlan *plan, const SpDrawsResults *results)
{
    SpTable *table = make_lead_table();
    for (gsize above = 0; above < plan->n_regions; above++) {
        for (gsize g = 0; g <= plan->n_professions; g++) {
            if (g < plan->n_professions && !has_measure(&plan->professions[g], SP_DRAWN_GAP)) {
                continue;
            }
            for (gsize day = 0; day < plan->n_days; day++) {
                const gsize cell[N_KEYS] = {above, g, day};
                add_lead(table, plan, results, cell);
            }
        }
    }
    sp_table_sort(table);
    return table;
}
