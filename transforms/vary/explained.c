/* The four shares, indicator by indicator and period by period. */
#include "transforms/vary/explained.h"

#include "core/table_rows.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage_modelled.h"
#include "transforms/vary/need.h"
#include "transforms/vary/residual.h"
#include "transforms/vary/vary.h"

enum {
    INDIKATOR,
    PERIOD,
    BEHOV,
    RAMMEVILKAAR,
    N_KOMMUNER,
    N_UTELATT,
    ANDEL_BEHOV,
    ANDEL_RAMMEVILKAAR,
    ANDEL_TILFELDIG,
    ANDEL_UFORKLART,
    ANDEL_UFORKLART_NEDRE,
    ANDEL_UFORKLART_OEVRE,
    MRR_FOER,
    MRR_BEHOV,
    MRR_ETTER,
    MRR_ETTER_NEDRE,
    MRR_ETTER_OEVRE,
    PCV,
    N_COLUMNS
};
#define COVARIATES(word)                                                                           \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .classification = "indikator"                      \
    }
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [PERIOD] = SP_VARY_PERIOD,
    [BEHOV] = COVARIATES("behov"),
    [RAMMEVILKAAR] = COVARIATES("rammevilkaar"),
    [N_KOMMUNER] = SP_VARY_MEASURE("n_kommuner", "kommuner"),
    [N_UTELATT] = SP_VARY_MEASURE("n_utelatt", "kommuner"),
    [ANDEL_BEHOV] = SP_VARY_MEASURE("andel_behov", "share"),
    [ANDEL_RAMMEVILKAAR] = SP_VARY_MEASURE("andel_rammevilkaar", "share"),
    [ANDEL_TILFELDIG] = SP_VARY_MEASURE("andel_tilfeldig", "share"),
    [ANDEL_UFORKLART] = SP_VARY_MEASURE("andel_uforklart", "share"),
    [ANDEL_UFORKLART_NEDRE] = SP_VARY_MEASURE("andel_uforklart_nedre", "share"),
    [ANDEL_UFORKLART_OEVRE] = SP_VARY_MEASURE("andel_uforklart_oevre", "share"),
    [MRR_FOER] = SP_VARY_MEASURE("mrr_foer", "ratio"),
    [MRR_BEHOV] = SP_VARY_MEASURE("mrr_behov", "ratio"),
    [MRR_ETTER] = SP_VARY_MEASURE("mrr_etter", "ratio"),
    [MRR_ETTER_NEDRE] = SP_VARY_MEASURE("mrr_etter_nedre", "ratio"),
    [MRR_ETTER_OEVRE] = SP_VARY_MEASURE("mrr_etter_oevre", "ratio"),
    [PCV] = SP_VARY_MEASURE("pcv", "share"),
};

static void set_shares(SpTable *table, gsize row, const SpShares *shares)
{
    sp_table_set_real(table, row, ANDEL_BEHOV, shares->need);
    sp_table_set_real(table, row, ANDEL_RAMMEVILKAAR, shares->constraint);
    sp_table_set_real(table, row, ANDEL_TILFELDIG, shares->random);
    sp_table_set_real(table, row, ANDEL_UFORKLART, shares->unexplained);
    sp_table_set_real(table, row, ANDEL_UFORKLART_NEDRE, shares->unexplained_low);
    sp_table_set_real(table, row, ANDEL_UFORKLART_OEVRE, shares->unexplained_high);
    sp_table_set_real(table, row, MRR_FOER, shares->median_before);
    sp_table_set_real(table, row, MRR_BEHOV, shares->median_need);
    sp_table_set_real(table, row, MRR_ETTER, shares->median_after);
    sp_table_set_real(table, row, MRR_ETTER_NEDRE, shares->median_after_low);
    sp_table_set_real(table, row, MRR_ETTER_OEVRE, shares->median_after_high);
    sp_table_set_real(table, row, PCV, shares->pcv);
}

/* What is read, and what is made of it. */
typedef struct {
    const SpCountry *country;
    const SpCovariates *covariates;
    const SpExplainedRules *rules;
    SpTable *table, *residual;
    SpQuality *quality;
} Work;

static void note_fit(const Work *work, const SpNeed *model, const char *table, SpFit fit)
{
    const SpAreas *areas = model->areas;
    g_autofree char *subject =
        g_strdup_printf("%s %s %s", areas->indicator->id, areas->period, table);
    if (fit != SP_FIT_GOOD) {
        sp_quality_note(work->quality, "method_refused", subject, 0,
                        "what explains %s in %s is not computed over %" G_GSIZE_FORMAT
                        " kommuner and %" G_GSIZE_FORMAT
                        " covariates: %s (docs/methods/variation.md#shares)",
                        areas->indicator->id, areas->period, model->n, model->p, sp_fit_word(fit));
    }
}

/* Of persons the model of the shares predicts too. */
static void add_residual(const Work *work, const SpNeed *model, const SpShares *shares)
{
    g_autoptr(SpShares) counts = model->areas->indicator->kind == SP_KIND_AARSVERK
                                     ? sp_need_counts(model, work->rules->minimum_kommuner)
                                     : NULL;
    const SpShares *predicts = counts != NULL ? counts : shares;
    sp_residual_add(work->residual, model, predicts, &work->rules->control);
    note_fit(work, model, "uforklart", predicts->fit);
}

static void add_areas(const Work *work, const SpAreas *areas, gboolean is_newest)
{
    g_autoptr(SpNeed) model = sp_need_new(work->country, work->covariates, areas);
    SpTable *table = work->table;
    const gsize row = sp_table_add_row(table);
    g_autofree char *need = sp_covariates_list(model->id, model->n_need);
    g_autofree char *constraint =
        sp_covariates_list(model->id + model->n_need, model->p - model->n_need);
    sp_table_set_code(table, row, INDIKATOR, areas->indicator->id);
    sp_table_set_code(table, row, PERIOD, areas->period);
    sp_table_set_code(table, row, BEHOV, need);
    sp_table_set_code(table, row, RAMMEVILKAAR, constraint);
    sp_table_set_real(table, row, N_KOMMUNER, sp_real((double)model->n));
    sp_table_set_real(table, row, N_UTELATT, sp_real((double)(work->country->n - model->n)));
    g_autoptr(SpShares) shares = sp_need_shares(model, work->rules->minimum_kommuner);
    set_shares(table, row, shares);
    sp_areas_flag(areas, table, row);
    note_fit(work, model, "variasjon_andeler", shares->fit);
    if (is_newest) {
        add_residual(work, model, shares);
    }
}

static void refuse(const SpIndicator *indicator, SpQuality *quality)
{
    g_autofree char *subject = g_strdup_printf("%s variasjon_andeler", indicator->id);
    sp_quality_note(quality, "method_refused", subject, 0,
                    "what explains %s is not shared out: it is not known how much of the variation "
                    "is chance (docs/methods/variation.md#chance)",
                    indicator->id);
}

gboolean sp_explained(const SpCountry *country, const SpCovariates *covariates,
                      const SpExplainedRules *rules, SpTables *out, SpQuality *quality,
                      GError **error)
{
    gsize n_columns = 0;
    const SpColumn *of_residual = sp_residual_columns(&n_columns);
    g_autoptr(SpTable) table = sp_country_table(country, "variasjon_andeler", columns, N_COLUMNS);
    g_autoptr(SpTable) residual = sp_country_table(country, "uforklart", of_residual, n_columns);
    const Work work = {country, covariates, rules, table, residual, quality};
    const SpIndicator *indicator = NULL;
    const SpAreas *newest = NULL;
    for (guint a = 0; a < country->areas->len; a++) {
        const SpAreas *areas = g_ptr_array_index(country->areas, a);
        g_assert(areas->indicator != NULL); /* sp_areas_collect knows it */
        if (areas->indicator != indicator) {
            g_autoptr(GPtrArray) sheets = sp_country_sheets(country, areas->indicator->id);
            const SpSheet *sheet = sp_country_newest(sheets, rules->period_minimum_share);
            indicator = areas->indicator;
            newest = sheet != NULL ? sheet->areas : NULL;
        }
        if (areas->is_pooled) {
            continue;
        }
        if (areas->indicator->has_chance) {
            add_areas(&work, areas, areas == newest);
        } else {
            refuse(areas->indicator, quality);
        }
    }
    if (!sp_table_check_unique(table, error) || !sp_table_check_unique(residual, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&table));
    sp_tables_add(out, g_steal_pointer(&residual));
    return TRUE;
}

static const char *const config_keys[] = {"vary.covariate_classes", "vary.period_minimum_share",
                                          SP_SHARES_KOMMUNER, SP_CONTROL_KEYS};

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    SpCovariateRules rules = {0};
    SpExplainedRules own = {0};
    gint64 minimum_kommuner = 0;
    g_auto(GStrv) classes = sp_settings_list(settings, "vary.covariate_classes", error);
    rules.classes = (const char *const *)classes;
    if (classes == NULL ||
        !sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0, &rules.minimum_share,
                            error) ||
        !sp_settings_int(settings, SP_SHARES_KOMMUNER, 0, G_MAXINT32, &minimum_kommuner, error) ||
        !sp_control_form_read(settings, &own.control, error)) {
        return FALSE;
    }
    own.period_minimum_share = rules.minimum_share;
    own.minimum_kommuner = (gsize)minimum_kommuner;
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autoptr(SpCovariates) covariates =
        country != NULL ? sp_covariates_new(country, &rules, quality, error) : NULL;
    return covariates != NULL && sp_explained(country, covariates, &own, out, quality, error);
}

const SpTransform sp_transform_shares = {
    .name = "shares",
    .summary = "Shares of variation: need, constraint, chance, unexplained",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_shares,
};
