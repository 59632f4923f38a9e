/* Settings, run and lineage of the two projections. */
#include "transforms/project/project.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/rollup.h"
#include "transforms/project/demand.h"
#include "transforms/project/population/settings.h"
#include "transforms/project/use.h"

#include <string.h>

/* ---- population ---- */

static gboolean run_population(const SpTables *in, const SpSettings *settings, SpTables *out,
                               SpQuality *quality, GError **error)
{
    SpPopulationOptions options;
    if (!sp_population_settings_read(in, settings, &options, error)) {
        return FALSE;
    }
    g_autoptr(SpPopulationModel) model = sp_population_model_new(in, &options, quality, error);
    if (model == NULL) {
        return FALSE;
    }
    gsize n_days = (gsize)(options.horizon - options.base) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons, quality);
    sp_tables_add(out,
                  sp_population_table(model, n_days, persons, sp_tables_find(in, "folkemengde")));
    return TRUE;
}

static gboolean not_ours(const SpCell *cell, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT,
                        "\"%s\" is no cell of this projection; see docs/tables.md for its columns "
                        "and the base and horizon for its periods",
                        text);
}

static SpCell *person_cell(const char *table, const char *region, const char *kjonn,
                           const char *alder, const char *period)
{
    SpCell *cell = sp_cell_new(table, "innbyggere");
    sp_cell_with(sp_cell_with(cell, "region", region), "kjonn", kjonn);
    return sp_cell_with(sp_cell_with(cell, "alder", alder), "period", period);
}

static void add_death_rates(const char *kjonn, SpExplanation *explanation)
{
    static const char *const measures[] = {"doede", "middelfolkemengde", "doedsrate"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        SpCell *cell = sp_cell_new("doedelighet", measures[i]);
        sp_cell_with(sp_cell_with(cell, "kjonn", kjonn), "alder", "*");
        g_ptr_array_add(explanation->inputs, sp_cell_with(cell, "period", "*"));
    }
}

/* A later day: the same people a year younger, or the children of the women; then the rates. */
static void explain_step(const SpCell *cell, gint32 age, int year, SpExplanation *explanation)
{
    const char *region = sp_cell_code(cell, "region"), *kjonn = sp_cell_code(cell, "kjonn");
    char before[SP_DAY_SIZE];
    sp_day_format((SpDay)(year - 1) * 10000 + 101, before);
    if (age == 0) {
        g_ptr_array_add(explanation->inputs,
                        person_cell("framskriving_befolkning", region, "2", "*", before));
        SpCell *births = sp_cell_new("fruktbarhet", "fruktbarhetsrate");
        sp_cell_with(births, "alder", "*");
        g_ptr_array_add(explanation->inputs, sp_cell_with(births, "period", "*"));
    }
    /* The open age gets those of the age below and its own. */
    gint32 oldest = age == SP_N_AGES - 1 ? age : age - 1;
    for (gint32 from = MAX(age - 1, 0); from <= oldest; from++) {
        char younger[16];
        g_snprintf(younger, sizeof younger, "%03d", from);
        g_ptr_array_add(explanation->inputs,
                        person_cell("framskriving_befolkning", region, kjonn, younger, before));
    }
    add_death_rates(age == 0 ? "*" : kjonn, explanation);
    /* Migration and births are learnt from all kommuner: what is believed of one depends on how the
     * others differ. */
    g_ptr_array_add(explanation->inputs, person_cell("folkemengde", "*", "*", "*", "*"));
    for (gsize i = 0; i < SP_N_POPULATION_KEYS; i++) {
        g_ptr_array_add(explanation->settings, g_strdup(sp_population_keys[i]));
    }
    explanation->method = g_strdup(
        age == 0 ? "births to the women of the year before and of this year, alive at its end, "
                   "docs/methods/population.md#births"
                 : "the cohort a year younger x survival x (1 + net migration), "
                   "docs/methods/population.md#cohort");
}

static gboolean explain_population(const SpTables *in, const SpSettings *settings,
                                   const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *kjonn = sp_cell_code(cell, "kjonn");
    const char *alder = sp_cell_code(cell, "alder"), *period = sp_cell_code(cell, "period");
    SpPopulationOptions options;
    gint32 age = alder == NULL ? -1 : sp_age_of_code(alder, SP_N_AGES);
    SpPeriod day;
    gboolean is_ours =
        strcmp(cell->table, "framskriving_befolkning") == 0 &&
        strcmp(cell->measure, "innbyggere") == 0 && region != NULL && kjonn != NULL && age >= 0 &&
        period != NULL && sp_region_kind(region) == SP_REGION_KOMMUNE &&
        (strcmp(kjonn, "1") == 0 || strcmp(kjonn, "2") == 0) && sp_period_parse(period, &day) &&
        day.kind == SP_PERIOD_DATE && day.first % 10000 == 101;
    if (!is_ours) {
        return not_ours(cell, error);
    }
    if (!sp_population_settings_read(in, settings, &options, error)) {
        return FALSE;
    }
    int year = sp_day_year(day.first);
    if (year < options.base || year > options.horizon) {
        return not_ours(cell, error);
    }
    if (year > options.base) {
        explain_step(cell, age, year, explanation);
        return TRUE;
    }
    g_ptr_array_add(explanation->inputs, person_cell("folkemengde", region, kjonn, alder, period));
    g_ptr_array_add(explanation->settings, g_strdup("project.base"));
    explanation->method = g_strdup("the base: the figure itself");
    explanation->is_injective = TRUE;
    return TRUE;
}

const SpTransform sp_transform_population = {
    .name = "population",
    .summary = "population of kommuner by sex and one-year age, to the horizon",
    .config_keys = sp_population_keys,
    .n_config_keys = SP_N_POPULATION_KEYS,
    .run = run_population,
    .explain = explain_population,
};

/* ---- demand ---- */

static gboolean run_demand(const SpTables *in, const SpSettings *settings, SpTables *out,
                           SpQuality *quality, GError **error)
{
    (void)settings;
    (void)quality;
    const SpTable *population = sp_tables_need(in, "framskriving_befolkning", error);
    const SpTable *regions = population == NULL ? NULL : sp_tables_need(in, "region", error);
    const SpTable *use = regions == NULL ? NULL : sp_tables_need(in, "bruk", error);
    if (use == NULL) {
        return FALSE;
    }
    SpTable *demand = sp_demand_table(population, regions, use, error);
    if (demand == NULL) {
        return FALSE;
    }
    sp_tables_add(out, demand);
    return TRUE;
}

/* The kommuner that a region of the table sums: itself, those of the fylke, or "*" for the country.
 */
static GPtrArray *kommuner_of(const SpTable *regions, const char *region)
{
    GPtrArray *codes = g_ptr_array_new();
    gsize code = sp_table_find(regions, "region"), fylke = sp_table_find(regions, "fylke");
    if (strcmp(region, SP_REGION_COUNTRY_CODE) == 0) {
        g_ptr_array_add(codes, (gpointer) "*");
        return codes;
    }
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        const char *kommune = sp_table_code(regions, row, code);
        if (sp_region_kind(kommune) == SP_REGION_KOMMUNE &&
            (strcmp(kommune, region) == 0 ||
             strcmp(sp_table_code(regions, row, fylke), region) == 0)) {
            g_ptr_array_add(codes, (gpointer)kommune);
        }
    }
    return codes;
}

static gboolean has_service(const GArray *uses, const char *tjeneste)
{
    for (guint i = 0; i < uses->len; i++) {
        if (strcmp(g_array_index(uses, SpUse, i).tjeneste, tjeneste) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean has_period(const SpTable *population, const char *period)
{
    guint32 number;
    gsize column = sp_table_find(population, "period");
    return column != SP_NO_COLUMN &&
           sp_codes_find(sp_table_codes(population, column), period, &number);
}

static gboolean explain_demand(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                               SpExplanation *explanation, GError **error)
{
    (void)settings;
    const char *region = sp_cell_code(cell, "region");
    const char *tjeneste = sp_cell_code(cell, "tjeneste"), *period = sp_cell_code(cell, "period");
    gboolean is_index = strcmp(cell->measure, "indeks") == 0;
    if (strcmp(cell->table, "framskriving_behov") != 0 || region == NULL || tjeneste == NULL ||
        period == NULL || (!is_index && strcmp(cell->measure, "brukere") != 0)) {
        return not_ours(cell, error);
    }
    const SpTable *population = sp_tables_need(in, "framskriving_befolkning", error);
    const SpTable *regions = population == NULL ? NULL : sp_tables_need(in, "region", error);
    const SpTable *use = regions == NULL ? NULL : sp_tables_need(in, "bruk", error);
    gsize column;
    if (use == NULL || !sp_table_need(regions, "region", SP_COLUMN_CODE, &column, error) ||
        !sp_table_need(regions, "fylke", SP_COLUMN_CODE, &column, error)) {
        return FALSE;
    }
    g_autoptr(GArray) uses = sp_use_new(use, error);
    if (uses == NULL) {
        return FALSE;
    }
    g_autoptr(GPtrArray) kommuner = kommuner_of(regions, region);
    const char *base = sp_demand_base(population);
    if (kommuner->len == 0 || base == NULL || !has_period(population, period) ||
        !has_service(uses, tjeneste)) {
        return not_ours(cell, error);
    }
    for (guint i = 0; i < kommuner->len; i++) {
        const char *code = kommuner->pdata[i];
        g_ptr_array_add(explanation->inputs,
                        person_cell("framskriving_befolkning", code, "*", "*", period));
        if (is_index && strcmp(period, base) != 0) {
            g_ptr_array_add(explanation->inputs,
                            person_cell("framskriving_befolkning", code, "*", "*", base));
        }
    }
    SpCell *rates = sp_cell_with(sp_cell_new("bruk", "bruk"), "tjeneste", tjeneste);
    sp_cell_with(sp_cell_with(rates, "kjonn", "*"), "alder_fra", "*");
    g_ptr_array_add(explanation->inputs, sp_cell_with(rates, "alder_til", "*"));
    explanation->method =
        g_strdup(is_index ? "users over users of the base, docs/methods/demand.md"
                          : "sum over sex and age of persons x use, docs/methods/demand.md");
    return TRUE;
}

const SpTransform sp_transform_demand = {
    .name = "demand",
    .summary = "expected users of services when use by age stays as it is",
    .run = run_demand,
    .explain = explain_demand,
};
