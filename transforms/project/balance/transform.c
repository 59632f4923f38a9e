/* What is made of what there is: gap, recruitment need and demographic cost. */
#include "transforms/project/balance/balance.h"
#include "transforms/project/balance/explain.h"
#include "transforms/project/balance/inputs.h"

static const char *const config_keys[] = {SP_COST_GROUPS, SP_FACTOR_ALARM};

/* TRUE if all are there; else the first that is not is told. */
static gboolean has_all(const SpTables *in, const char *made, const char *const sources[],
                        SpQuality *quality)
{
    const char *missing = sp_balance_missing(in, sources);
    if (missing != NULL) {
        sp_quality_note(quality, "left_out", made, 0,
                        "there is no table %s in this edition; %s is not made", missing, made);
    }
    return missing == NULL;
}

static gboolean add(SpTables *out, SpTable *table)
{
    if (table != NULL) {
        sp_tables_add(out, table);
    }
    return table != NULL;
}

/* Of the gap that was made. */
static gboolean add_causes(const SpTables *in, SpTables *out, SpQuality *quality, GError **error)
{
    if (!has_all(in, SP_TABLE_CAUSES, sp_causes_sources, quality)) {
        return TRUE;
    }
    const SpCausesInput input = {.gap = sp_tables_find(out, "framskriving_gap"),
                                 .balance = sp_tables_find(out, "framskriving_balanse"),
                                 .need = sp_tables_find(in, SP_TABLE_NEED_PARTS),
                                 .supply = sp_tables_find(in, SP_TABLE_SUPPLY_PARTS)};
    return add(out, sp_causes_table(&input, error));
}

static gboolean add_gap(const SpTables *in, const SpSettings *settings, SpTables *out,
                        SpQuality *quality, GError **error)
{
    g_autoptr(SpShortage) shortage = NULL;
    SpGapInput input;
    if (!has_all(in, "framskriving_gap", sp_gap_sources, quality)) {
        return TRUE;
    }
    if (!sp_gap_input_init(&input, &shortage, in, quality, error) ||
        !sp_settings_double(settings, SP_FACTOR_ALARM, 1, 100, &input.alarm, error)) {
        return FALSE;
    }
    return add(out, sp_gap_table(&input, quality, error)) &&
           add(out, sp_balance_table(&input, error)) && add_causes(in, out, quality, error);
}

/* A table that could not be made for a reason that was told is no failure. */
static gboolean add_optional(SpTables *out, SpTable *table, GError *failure, GError **error)
{
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    (void)add(out, table);
    return TRUE;
}

static gboolean add_recruitment(const SpTables *in, SpTables *out, SpQuality *quality,
                                GError **error)
{
    SpRecruitmentInput input;
    GError *failure = NULL;
    if (!has_all(in, "rekrutteringsbehov", sp_recruitment_sources, quality)) {
        return TRUE;
    }
    if (!sp_recruitment_input_init(&input, in, error)) {
        return FALSE;
    }
    SpTable *errors;
    SpTable *table = sp_recruitment_table(&input, &errors, quality, &failure);
    (void)add(out, errors);
    return add_optional(out, table, failure, error);
}

static gboolean add_cost(const SpTables *in, const SpSettings *settings, SpTables *out,
                         SpQuality *quality, GError **error)
{
    g_auto(GStrv) groups = NULL;
    SpCostInput input;
    GError *failure = NULL;
    if (!has_all(in, "demografikostnad", sp_cost_sources, quality)) {
        return TRUE;
    }
    if (!sp_cost_input_init(&input, &groups, in, settings, error)) {
        return FALSE;
    }
    SpTable *table = sp_cost_table(&input, quality, &failure);
    return add_optional(out, table, failure, error);
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    return add_gap(in, settings, out, quality, error) && add_recruitment(in, out, quality, error) &&
           add_cost(in, settings, out, quality, error);
}

const SpTransform sp_transform_balance = {
    .name = "balance",
    .summary = "gap, recruitment need and demographic cost",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_balance_explain,
};
