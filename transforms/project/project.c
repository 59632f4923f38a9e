/* Settings, run and lineage of the two projections. */
#include "transforms/project/project.h"

#include "core/error.h"
#include "core/number.h"
#include "core/regions.h"
#include "core/rollup.h"
#include "transforms/project/demand.h"
#include "transforms/project/population/population.h"
#include "transforms/project/use.h"

#include <string.h>

enum { LAST_YEAR = 2150 }; /* a horizon beyond this is a slip of the pen */

static const char *const population_keys[] = {
    "project.base",
    "project.horizon",
    "project.history_years",
    "project.local_weight",
    "project.migration_damping",
    "project.boy_share",
    "project.fertility_level",
};

/* ---- settings ---- */

static gboolean find_base(const SpTables *in, const SpSettings *settings, int *base, GError **error)
{
    const char *text;
    if (!sp_settings_text_or(settings, "project.base", "newest", &text, error)) {
        return FALSE;
    }
    if (strcmp(text, "newest") == 0) {
        const SpTable *folkemengde = sp_tables_need(in, "folkemengde", error);
        return folkemengde != NULL && sp_history_newest(folkemengde, base, error);
    }
    gint64 year;
    if (!sp_number_parse_int(text, strlen(text), &year) || year < 1900 || year > LAST_YEAR) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "project.base is \"%s\"; write a year or \"newest\"", text);
    }
    *base = (int)year;
    return TRUE;
}

/* The setting, from 0 to `most`. */
static gboolean number_or(const SpSettings *settings, const char *key, double fallback, double most,
                          double *value, GError **error)
{
    const char *text;
    if (!sp_settings_text_or(settings, key, NULL, &text, error)) {
        return FALSE;
    }
    *value = fallback;
    return text == NULL || sp_settings_double(settings, key, 0.0, most, value, error);
}

static gboolean read_options(const SpTables *in, const SpSettings *settings,
                             SpPopulationOptions *options, int *horizon, GError **error)
{
    const char *years;
    gint64 n_years = 8, last;
    SpMigrationOptions *migration = &options->migration;
    if (!find_base(in, settings, &options->base, error) ||
        !sp_settings_int(settings, "project.horizon", options->base, LAST_YEAR, &last, error) ||
        !sp_settings_text_or(settings, "project.history_years", NULL, &years, error) ||
        (years != NULL &&
         !sp_settings_int(settings, "project.history_years", 0, 100, &n_years, error)) ||
        !number_or(settings, "project.local_weight", 1.0, 1.0, &migration->local_weight, error) ||
        !number_or(settings, "project.migration_damping", 0.8, 1.0, &migration->damping, error) ||
        !number_or(settings, "project.boy_share", 0.513, 1.0, &options->boy_share, error) ||
        !number_or(settings, "project.fertility_level", 1.0, 3.0, &options->fertility_level,
                   error)) {
        return FALSE;
    }
    options->history_years = (guint)n_years;
    *horizon = (int)last;
    return TRUE;
}

/* ---- population ---- */

static gboolean run_population(const SpTables *in, const SpSettings *settings, SpTables *out,
                               SpQuality *quality, GError **error)
{
    SpPopulationOptions options = {0};
    int horizon;
    if (!read_options(in, settings, &options, &horizon, error)) {
        return FALSE;
    }
    g_autoptr(SpPopulationModel) model = sp_population_model_new(in, &options, quality, error);
    if (model == NULL) {
        return FALSE;
    }
    gsize n_days = (gsize)(horizon - options.base) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons);
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
    for (gsize i = 0; i < G_N_ELEMENTS(population_keys); i++) {
        g_ptr_array_add(explanation->settings, g_strdup(population_keys[i]));
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
    SpPopulationOptions options = {0};
    int horizon;
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
    if (!read_options(in, settings, &options, &horizon, error)) {
        return FALSE;
    }
    int year = sp_day_year(day.first);
    if (year < options.base || year > horizon) {
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
    .config_keys = population_keys,
    .n_config_keys = G_N_ELEMENTS(population_keys),
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
