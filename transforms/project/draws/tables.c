/* From numbers of regions, professions and days to rows, and back. */
#include "transforms/project/draws/tables.h"

#include "core/period.h"
#include "core/table_rows.h"

#include <math.h>
#include <string.h>

enum { REGION, YRKE, PERIOD, N_KEYS };

static const char *const key_names[N_KEYS] = {"region", "yrke", "period"};

/* Numbers in the results by code number of each key column; SP_NO_PATH where the draws know none. */
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

/* Number by text of everything that a key may be. */
static GHashTable *numbers_of(const SpDrawsPlan *plan, int key)
{
    GHashTable *numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gsize n = key == REGION ? plan->n_kommuner + plan->n_regions
              : key == YRKE ? plan->n_professions
                            : plan->n_days;
    for (gsize i = 0; i < n; i++) {
        char day[SP_DAY_SIZE];
        const char *text = day;
        if (key == REGION) {
            text =
                i < plan->n_kommuner ? plan->kommuner[i] : plan->regions[i - plan->n_kommuner].code;
        } else if (key == YRKE) {
            text = plan->professions[i].id;
        } else {
            format_day(plan, i, day);
        }
        g_hash_table_insert(numbers, g_strdup(text), GSIZE_TO_POINTER(i + 1));
    }
    return numbers;
}

static gboolean keys_init(Keys *keys, const SpTable *table, const char *point,
                          const SpDrawsPlan *plan, GError **error)
{
    *keys = (Keys){.point = SP_NO_COLUMN};
    if (!sp_table_need_all(table, key_names, N_KEYS, SP_COLUMN_CODE, keys->column, error) ||
        !sp_table_need(table, point, SP_COLUMN_MEASURE, &keys->point, error)) {
        return FALSE;
    }
    for (int key = 0; key < N_KEYS; key++) {
        g_autoptr(GHashTable) numbers = numbers_of(plan, key);
        const SpCodes *codes = sp_table_codes(table, keys->column[key]);
        keys->number[key] = g_new(gsize, MAX(sp_codes_size(codes), 1));
        for (guint32 code = 0; code < sp_codes_size(codes); code++) {
            gpointer found = g_hash_table_lookup(numbers, sp_codes_text(codes, code));
            keys->number[key][code] = found == NULL ? SP_NO_PATH : GPOINTER_TO_SIZE(found) - 1;
        }
    }
    return TRUE;
}

/* The cell of a row; FALSE when the draws do not know it. */
static gboolean find_cell(const Keys *keys, const SpTable *table, gsize row, gsize cell[N_KEYS])
{
    for (int key = 0; key < N_KEYS; key++) {
        guint32 code = sp_table_code_numbers_const(table, keys->column[key])[row];
        cell[key] = keys->number[key][code];
        if (cell[key] == SP_NO_PATH) {
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
    return measure == SP_DRAWN_NEED     ? has_need
           : measure == SP_DRAWN_SUPPLY ? has_supply
                                        : has_need && has_supply;
}

static SpReal rounded(double value, double per_unit)
{
    return sp_real(floor(value * per_unit + 0.5) / per_unit);
}

/* A share to 5 %. */
static SpReal twentieths(double share)
{
    return rounded(share, 20);
}

gboolean sp_draws_add_quantiles(SpTable *table, const char *point, const SpDrawsPlan *plan,
                                const SpDrawsResults *results, SpDrawn measure, GError **error)
{
    g_auto(Keys) keys;
    gsize columns[SP_N_QUANTILES];
    if (!keys_init(&keys, table, point, plan, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        columns[i] = sp_table_add_column(table, &(SpColumn){.name = sp_quantile_names[i],
                                                            .kind = SP_COLUMN_MEASURE,
                                                            .unit = "aarsverk"});
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize cell[N_KEYS];
        SpReal expected = sp_table_real(table, row, keys.point);
        gboolean is_known = find_cell(&keys, table, row, cell) &&
                            has_measure(&plan->professions[cell[YRKE]], measure);
        for (gsize i = 0; i < SP_N_QUANTILES; i++) {
            SpReal value = sp_real_none(SP_MISSING);
            if (is_known) {
                value = rounded(
                    sp_drawn(results, cell[REGION], cell[YRKE], cell[PERIOD], measure)[i], 1000);
            }
            sp_table_set_real(table, row, columns[i], beside(expected, value));
        }
    }
    return TRUE;
}

static SpReal chance_of(const SpDrawsPlan *plan, const SpDrawsResults *results,
                        const gsize cell[N_KEYS], SpDrawsChance chance)
{
    gsize at = (cell[REGION] * plan->n_professions + cell[YRKE]) * plan->n_days + cell[PERIOD];
    SpDrawn side = chance == SP_CHANCE_SHORTAGE ? SP_DRAWN_GAP : SP_DRAWN_SUPPLY;
    if (!has_measure(&plan->professions[cell[YRKE]], side)) {
        return sp_real_none(SP_MISSING);
    }
    if (chance == SP_CHANCE_SHORTAGE) {
        return twentieths(results->short_chance[at]);
    }
    return cell[REGION] < plan->n_kommuner ? twentieths(results->none_chance[at])
                                           : sp_real_none(SP_NOT_APPLICABLE);
}

gboolean sp_draws_add_chance(SpTable *table, const char *column, const char *point,
                             const SpDrawsPlan *plan, const SpDrawsResults *results,
                             SpDrawsChance chance, GError **error)
{
    g_auto(Keys) keys;
    if (!keys_init(&keys, table, point, plan, error)) {
        return FALSE;
    }
    gsize added = sp_table_add_column(
        table, &(SpColumn){.name = column, .kind = SP_COLUMN_MEASURE, .unit = "share"});
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize cell[N_KEYS];
        SpReal value = find_cell(&keys, table, row, cell) ? chance_of(plan, results, cell, chance)
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
            table, &(SpColumn){.name = key_names[key], .kind = SP_COLUMN_CODE, .is_key = TRUE});
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
    if (!is_any && !plan->professions[g].is_part) {
        gsize at = (above * plan->n_professions + g) * plan->n_days + cell[PERIOD];
        share = twentieths(results->largest_share[at]);
    }
    share.flags = SP_FLAG_MODELLED;
    sp_table_set_real(table, row, column++, share);
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
