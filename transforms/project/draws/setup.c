/* Making a plan. */
#include "transforms/project/draws/setup.h"

#include "core/error.h"
#include "core/period.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/balance/gap.h"
#include "transforms/project/places.h"

#include <math.h>
#include <string.h>

struct SpDrawsSetup {
    SpDrawsPlan plan;
    SpDrawsProfession *professions;
    SpDrawsExits exits;
    double *shortage;
    GPtrArray *fylker; /* borrowed texts */
    SpPlaces *places;
    SpRegionGroups *groups;
    SpDrawsPopulation *population;
};

void sp_draws_setup_free(SpDrawsSetup *setup)
{
    if (setup != NULL) {
        g_free(setup->professions);
        g_free(setup->exits.rate);
        g_free(setup->exits.local_sd);
        g_free(setup->exits.national_sd);
        g_free(setup->shortage);
        g_clear_pointer(&setup->fylker, g_ptr_array_unref);
        sp_places_free(setup->places);
        sp_region_groups_free(setup->groups);
        sp_draws_population_free(setup->population);
        g_free(setup);
    }
}

SpDrawsPlan *sp_draws_setup_plan(SpDrawsSetup *setup)
{
    return &setup->plan;
}

/* ---- professions ---- */

/* Need over supply of the country on the base day; 1 where there is no need to balance, 0 where
 * there is need and no supply. */
static double base_factor(const SpDrawsPlan *plan, gsize profession)
{
    const SpDrawsProfession *of = &plan->professions[profession];
    const SpDemandPaths *demand = plan->demand;
    const SpSupplyPaths *supply = plan->supply;
    gsize n_g = demand->n_professions;
    double need = 0, all = 0;
    if (of->demand == SP_NO_PATH || of->supply == SP_NO_PATH) {
        return 1;
    }
    for (gsize u = 0; u < demand->n_kommuner; u++) {
        for (gsize k = 0; k < demand->n_services; k++) {
            need += sp_demand_need(demand, SP_NEED_TODAY, u, k, of->demand)[0];
        }
        if (demand->by_law != NULL) {
            need -= demand->by_law[(u * n_g + of->demand) * demand->n_days];
        }
    }
    for (gsize market = 0; market < supply->n_labour_markets; market++) {
        for (int cause = 0; cause < SP_N_CAUSES; cause++) {
            all +=
                sp_supply_at(supply, supply->aarsverk, market, of->supply, (SpSupplyCause)cause)[0];
        }
    }
    /* Nobody is needed where no source counts the profession: there is nothing to balance. */
    SpReal factor = sp_gap_factor(need > 0 ? sp_real(need) : sp_real_none(SP_NOT_APPLICABLE),
                                  sp_real(MAX(all, 0)));
    return factor.status == SP_NOT_APPLICABLE ? 1 : sp_real_is_number(factor) ? factor.value : 0;
}

/* Those of both sides, in byte order. What no source counts is no need: its supply has no gap. */
static void match_professions(SpDrawsSetup *setup, gboolean is_balanced)
{
    SpDrawsPlan *plan = &setup->plan;
    const SpDemandPaths *demand = plan->demand;
    const SpSupplyPaths *supply = plan->supply;
    setup->professions = g_new0(SpDrawsProfession, demand->n_professions + supply->n_professions);
    plan->professions = setup->professions;
    gsize i = 0, j = 0;
    while (i < demand->n_professions || j < supply->n_professions) {
        const char *a = i < demand->n_professions ? demand->professions[i] : NULL;
        const char *b = j < supply->n_professions ? supply->professions[j] : NULL;
        int order = a == NULL ? 1 : b == NULL ? -1 : strcmp(a, b);
        SpDrawsProfession *of = &setup->professions[plan->n_professions];
        *of = (SpDrawsProfession){.id = order <= 0 ? a : b,
                                  .demand = order <= 0 && demand->is_observed[i] ? i : SP_NO_PATH,
                                  .supply = order >= 0 ? j : SP_NO_PATH,
                                  .supply_factor = 1,
                                  .stands_apart = (order >= 0 && supply->part_of[j] != j) ||
                                                  (order <= 0 && !sp_demand_is_whole(demand, i))};
        double factor = is_balanced ? base_factor(plan, plan->n_professions) : 1;
        of->supply_factor = factor;
        of->supply = factor > 0 ? of->supply : SP_NO_PATH;
        plan->n_professions += of->demand != SP_NO_PATH || of->supply != SP_NO_PATH ? 1 : 0;
        i += order <= 0;
        j += order >= 0;
    }
}

/* Work that no education leads to is open to the labour force outside, which is not projected. */
static gboolean set_open_apart(SpDrawsSetup *setup, const SpTable *professions, GError **error)
{
    gsize id, way;
    if (professions == NULL) {
        return TRUE;
    }
    if (!sp_table_need(professions, "profesjon", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(professions, "vei_inn", SP_COLUMN_CODE, &way, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        gboolean is_open = strcmp(sp_table_code(professions, row, way), "ingen") == 0;
        const char *code = sp_table_code(professions, row, id);
        for (gsize g = 0; is_open && g < setup->plan.n_professions; g++) {
            SpDrawsProfession *of = &setup->professions[g];
            of->stands_apart = of->stands_apart || strcmp(of->id, code) == 0;
        }
    }
    return TRUE;
}

/* ---- regions ---- */

static gboolean group_kommuner(SpDrawsSetup *setup, const SpTable *regions, GError **error)
{
    SpDrawsPlan *plan = &setup->plan;
    setup->places = sp_places_new(regions, plan->kommuner, plan->n_kommuner, error);
    setup->groups = setup->places == NULL
                        ? NULL
                        : sp_region_groups_new(regions, plan->kommuner, plan->n_kommuner, error);
    if (setup->groups == NULL) {
        return FALSE;
    }
    for (guint32 i = 0; i < sp_codes_size(setup->places->fylke_codes); i++) {
        g_ptr_array_add(setup->fylker, (gpointer)sp_codes_text(setup->places->fylke_codes, i));
    }
    plan->fylke_of = setup->places->fylke;
    plan->fylker = (const char *const *)setup->fylker->pdata;
    plan->n_fylker = setup->fylker->len;
    plan->regions = setup->groups->at;
    plan->n_regions = setup->groups->n;
    return TRUE;
}

/* ---- what the tables of balance tell ---- */

static void format_base(const SpDrawsPlan *plan, char text[SP_DAY_SIZE])
{
    (void)sp_day_format(plan->demand->base * 10000 + 101, text);
}

/* The rate is the same on every day of the table. 0 where it has none: then it has no row, or one
 * without a number, beside which nothing is told. */
static gboolean read_exit_rates(SpDrawsSetup *setup, const SpTable *table, GError **error)
{
    static const char *const keys[] = {"region", "yrke"};
    SpDrawsPlan *plan = &setup->plan;
    gsize columns[G_N_ELEMENTS(keys)], rate, cells = plan->n_kommuner * plan->n_professions;
    if (!sp_table_need_all(table, keys, G_N_ELEMENTS(keys), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "avgang_netto", SP_COLUMN_MEASURE, &rate, error)) {
        return FALSE;
    }
    setup->exits = (SpDrawsExits){.rate = g_new0(double, cells),
                                  .local_sd = g_new0(double, cells),
                                  .national_sd = g_new0(double, plan->n_professions)};
    plan->exits = &setup->exits;
    g_autoptr(SpTableIndex) rows = sp_table_index_new(table, columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < cells; i++) {
        const char *codes[] = {plan->kommuner[i / plan->n_professions],
                               plan->professions[i % plan->n_professions].id};
        gsize row;
        if (sp_table_index_find(rows, codes, &row)) {
            SpReal real = sp_table_real(table, row, rate);
            setup->exits.rate[i] = sp_real_is_number(real) ? real.value : 0;
        }
    }
    return TRUE;
}

/* Has the kommune, or of the country (u is n_kommuner) any of them, a rate of the profession? */
static gboolean has_rate(const SpDrawsPlan *plan, gsize u, gsize g)
{
    gsize first = u < plan->n_kommuner ? u : 0, end = MIN(u + 1, plan->n_kommuner);
    gboolean has = FALSE;
    for (gsize i = first; i < end; i++) {
        has = has || plan->exits->rate[i * plan->n_professions + g] > 0;
    }
    return has;
}

/* How well they are known, of the professions that are needed. Both tables are made by balance: a
 * rate without its error would be told as known to the last digit. */
static gboolean read_exit_errors(SpDrawsSetup *setup, const SpTable *table, GError **error)
{
    static const char *const keys[] = {"region", "yrke"};
    SpDrawsPlan *plan = &setup->plan;
    gsize columns[G_N_ELEMENTS(keys)], sd;
    if (!sp_table_need_all(table, keys, G_N_ELEMENTS(keys), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "sd", SP_COLUMN_MEASURE, &sd, error)) {
        return FALSE;
    }
    g_autoptr(SpTableIndex) rows = sp_table_index_new(table, columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < (plan->n_kommuner + 1) * plan->n_professions; i++) {
        gsize u = i / plan->n_professions, g = i % plan->n_professions, row;
        gboolean is_country = u == plan->n_kommuner;
        const char *codes[] = {is_country ? SP_REGION_COUNTRY_CODE : plan->kommuner[u],
                               plan->professions[g].id};
        if (plan->professions[g].demand == SP_NO_PATH) {
            continue;
        }
        SpReal known = sp_table_index_find(rows, codes, &row) ? sp_table_real(table, row, sd)
                                                              : sp_real_none(SP_MISSING);
        if (sp_real_is_number(known)) {
            *(is_country ? &setup->exits.national_sd[g] : &setup->exits.local_sd[i]) = known.value;
        } else if (has_rate(plan, u, g)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: no sd of region %s, yrke %s, whose rate of leaving is told; "
                                "make the tables of balance again",
                                sp_table_name(table), codes[0], codes[1]);
        }
    }
    return TRUE;
}

static gboolean read_exits(SpDrawsSetup *setup, const SpDrawsInput *input, GError **error)
{
    return input->recruitment == NULL ||
           (read_exit_rates(setup, input->recruitment, error) &&
            (input->exit_errors == NULL || read_exit_errors(setup, input->exit_errors, error)));
}

/* The same on every day of the table. */
static gboolean read_shortage(SpDrawsSetup *setup, const SpTable *table, GError **error)
{
    static const char *const keys[] = {"region", "yrke", "period"};
    SpDrawsPlan *plan = &setup->plan;
    gsize columns[G_N_ELEMENTS(keys)], column;
    gsize n_regions = plan->n_kommuner + plan->n_regions;
    gboolean is_measured = FALSE;
    if (table == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(table, keys, G_N_ELEMENTS(keys), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "startmangel", SP_COLUMN_MEASURE, &column, error)) {
        return FALSE;
    }
    char base[SP_DAY_SIZE];
    format_base(plan, base);
    g_autoptr(SpTableIndex) rows = sp_table_index_new(table, columns, G_N_ELEMENTS(columns));
    setup->shortage = g_new0(double, n_regions * plan->n_professions);
    for (gsize region = 0; region < n_regions; region++) {
        const char *code = region < plan->n_kommuner
                               ? plan->kommuner[region]
                               : plan->regions[region - plan->n_kommuner].code;
        for (gsize g = 0; g < plan->n_professions; g++) {
            const char *codes[] = {code, plan->professions[g].id, base};
            gsize row;
            if (sp_table_index_find(rows, codes, &row)) {
                SpReal real = sp_table_real(table, row, column);
                gboolean is_hidden = !sp_real_is_number(real) && real.status != SP_NOT_APPLICABLE;
                setup->shortage[region * plan->n_professions + g] = is_hidden ? nan("")
                                                                    : sp_real_is_number(real)
                                                                        ? real.value
                                                                        : 0;
                is_measured = is_measured || is_hidden || sp_real_is_number(real);
            }
        }
    }
    plan->shortage = is_measured ? setup->shortage : NULL;
    return TRUE;
}

/* ---- the whole ---- */

static gboolean check_population(const SpDrawsInput *input, GError **error)
{
    gsize n_days = sp_population_draws_n_days(input->population);
    if (n_days != input->demand->n_days) {
        g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                    "draws: the population is drawn for %" G_GSIZE_FORMAT
                    " days, demand for %" G_GSIZE_FORMAT "; give both the same project.horizon",
                    n_days, input->demand->n_days);
        return FALSE;
    }
    return TRUE;
}

SpDrawsSetup *sp_draws_setup_new(const SpDrawsInput *input, GError **error)
{
    g_autoptr(SpDrawsSetup) setup = g_new0(SpDrawsSetup, 1);
    const SpDemandPaths *demand = input->demand;
    setup->plan = (SpDrawsPlan){
        .n_kommuner = demand->n_kommuner,
        .n_days = demand->n_days,
        .n_draws = sp_population_draws_n_draws(input->population),
        .kommuner = (const char *const *)demand->kommuner,
        .demand = demand,
        .supply = input->supply,
        .capacity_follows = input->capacity_follows,
        .people = sp_draws_population_people,
        .random = input->random,
    };
    setup->fylker = g_ptr_array_new();
    match_professions(setup, input->is_balanced);
    setup->population =
        sp_draws_population_new(input->population, input->history, setup->plan.kommuner,
                                setup->plan.n_kommuner, &demand->groups, input->n_threads);
    setup->plan.people_data = setup->population;
    if (!check_population(input, error) || !set_open_apart(setup, input->professions, error) ||
        !sp_shock_sizes_read(input->sizes, &setup->plan.sizes, error) ||
        !sp_draws_check(&setup->plan, error) || !group_kommuner(setup, input->regions, error) ||
        !read_exits(setup, input, error) || !read_shortage(setup, input->gaps, error)) {
        return NULL;
    }
    return g_steal_pointer(&setup);
}
