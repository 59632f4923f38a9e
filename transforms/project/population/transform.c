/* Run and lineage of the population and its intervals. */
#include "core/error.h"
#include "core/regions.h"
#include "transforms/project/lineage.h"
#include "transforms/project/population/intervals.h"
#include "transforms/project/population/settings.h"
#include "transforms/project/project.h"
#include "transforms/project/scenario.h"

#include <string.h>

static const char *const sources[] = {"folkemengde",
                                      "doedelighet",
                                      "fruktbarhet",
                                      "befolkningsendring",
                                      "ssb_framskriving",
                                      "ssb_framskriving_ettaarig",
                                      NULL};
static const char *const no_lists[] = {NULL};

/* The model of the settings and its expected path. */
typedef struct {
    SpPopulationOptions options;
    SpPopulationModel *model;
    gsize n_days;
    SpPersons *persons; /* [n_regions][n_days] */
} Projection;

static void projection_clear(Projection *projection)
{
    sp_population_model_free(projection->model);
    g_free(projection->persons);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Projection, projection_clear)

/* The settings, and the round that they or the scenario ask for: it is named by who asks. */
static gboolean read_options(const SpTables *in, const SpSettings *settings,
                             SpPopulationOptions *options, GError **error)
{
    if (!sp_population_settings_read(in, settings, options, error)) {
        return FALSE;
    }
    gboolean has_own = !options->round.is_used && options->reconcile == SP_RECONCILE_NONE;
    if (has_own || sp_round_check(in, &options->round, options->base, error)) {
        return TRUE;
    }
    const char *place = sp_scenario_place(in, "population", "source");
    g_prefix_error(error, "%s: ",
                   place != NULL            ? place
                   : options->round.is_used ? "project.population"
                                            : "project.reconcile");
    return FALSE;
}

static gboolean projection_init(Projection *projection, const SpTables *in,
                                const SpSettings *settings, SpQuality *quality, GError **error)
{
    *projection = (Projection){.model = NULL};
    if (!read_options(in, settings, &projection->options, error)) {
        return FALSE;
    }
    SpPopulationModel *model = sp_population_model_new(in, &projection->options, quality, error);
    if (model == NULL) {
        return FALSE;
    }
    projection->model = model;
    projection->n_days = (gsize)(projection->options.horizon - projection->options.base) + 1;
    projection->persons = g_new(SpPersons, model->history->n_regions * projection->n_days);
    sp_population_project(model, projection->n_days, projection->persons, quality);
    return TRUE;
}

static gboolean check_population(const SpTables *in, const SpSettings *settings, GError **error)
{
    SpPopulationOptions options;
    return read_options(in, settings, &options, error);
}

static gboolean run_population(const SpTables *in, const SpSettings *settings, SpTables *out,
                               SpQuality *quality, GError **error)
{
    g_auto(Projection) projection;
    if (!projection_init(&projection, in, settings, quality, error)) {
        return FALSE;
    }
    SpTable *table = sp_population_table(projection.model, projection.n_days, projection.persons,
                                         sp_tables_find(in, "folkemengde"));
    sp_table_set_marks(table, sp_project_marks(in, sources, no_lists));
    sp_tables_add(out, table);
    return TRUE;
}

/* ---- lineage ---- */

static void add_settings(gsize n, SpExplanation *explanation)
{
    for (gsize i = 0; i < n; i++) {
        g_ptr_array_add(explanation->settings, g_strdup(sp_population_keys[i]));
    }
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

static void add_moves(const SpTables *in, SpExplanation *explanation)
{
    static const char *const measures[] = {"innvandring", "utvandring"};
    gboolean has_moves = sp_tables_find(in, "befolkningsendring") != NULL;
    for (gsize i = 0; has_moves && i < G_N_ELEMENTS(measures); i++) {
        SpCell *cell = sp_cell_new("befolkningsendring", measures[i]);
        sp_cell_with(sp_cell_with(cell, "region", "*"), "period", "*");
        g_ptr_array_add(explanation->inputs, cell);
    }
}

static SpCell *round_cell(const SpRound *round, const SpCell *cell, const char *region)
{
    char edition[16];
    g_snprintf(edition, sizeof edition, "%d", round->edition);
    SpCell *of =
        sp_project_person_cell("ssb_framskriving_ettaarig", region, sp_cell_code(cell, "kjonn"),
                               sp_cell_code(cell, "alder"), sp_cell_code(cell, "period"));
    sp_cell_with(sp_cell_with(of, "alternativ", round->alternative), "utgave", edition);
    return of;
}

/* A cell that is asked for, and what its codes say. */
typedef struct {
    const SpCell *cell;
    gint32 age;
    int year;
} Asked;

/* A later day: the same people a year younger, or the children of the women; then the rates. */
static void explain_step(const SpTables *in, const Asked *asked, SpExplanation *explanation)
{
    const SpCell *cell = asked->cell;
    gint32 age = asked->age;
    const char *region = sp_cell_code(cell, "region"), *kjonn = sp_cell_code(cell, "kjonn");
    char before[SP_DAY_SIZE];
    sp_day_format((SpDay)(asked->year - 1) * 10000 + 101, before);
    if (age == 0) {
        g_ptr_array_add(explanation->inputs, sp_project_person_cell("framskriving_befolkning",
                                                                    region, "2", "*", before));
        SpCell *births = sp_cell_new("fruktbarhet", "fruktbarhetsrate");
        sp_cell_with(births, "alder", "*");
        g_ptr_array_add(explanation->inputs, sp_cell_with(births, "period", "*"));
    }
    /* The open age gets those of the age below and its own. */
    gint32 oldest = age == SP_N_AGES - 1 ? age : age - 1;
    for (gint32 from = MAX(age - 1, 0); from <= oldest; from++) {
        char younger[16];
        g_snprintf(younger, sizeof younger, "%03d", from);
        g_ptr_array_add(
            explanation->inputs,
            sp_project_person_cell("framskriving_befolkning", region, kjonn, younger, before));
    }
    add_death_rates(age == 0 ? "*" : kjonn, explanation);
    /* Migration and births are learnt from all kommuner: what is believed of one depends on how the
     * others differ. */
    g_ptr_array_add(explanation->inputs, sp_project_person_cell("folkemengde", "*", "*", "*", "*"));
    add_moves(in, explanation);
    add_settings(SP_N_POPULATION_KEYS, explanation);
    explanation->method = g_strdup(
        age == 0 ? "births to the women of the year before and of this year, alive at its end, "
                   "docs/methods/population.md#births"
                 : "the cohort a year younger x survival x (1 + net migration), "
                   "docs/methods/population.md#cohort");
}

/* With a round of SSB's a cell is SSB's own, or a step of ours; and either may be brought to
 * totals. Which is known when the round is read. */
static gboolean explain_with_round(const SpTables *in, const SpPopulationOptions *options,
                                   const Asked *asked, SpExplanation *explanation, GError **error)
{
    const SpCell *cell = asked->cell;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = sp_population_model_new(in, options, quality, error);
    if (model == NULL) {
        return FALSE;
    }
    const SpRound *round = model->round;
    gsize day = (gsize)(asked->year - options->base);
    gsize region = sp_codes_place(model->history->codes, model->history->n_regions,
                                  sp_cell_code(cell, "region"));
    if (region == model->history->n_regions) {
        return sp_project_not_ours(cell, error);
    }
    if (options->round.is_used && round->has[region * round->n_days + day]) {
        g_ptr_array_add(explanation->inputs, round_cell(round, cell, sp_cell_code(cell, "region")));
        add_settings(SP_N_POPULATION_KEYS, explanation);
        explanation->method = g_strdup("SSB's own projection, docs/methods/population.md#ssb");
    } else {
        explain_step(in, asked, explanation);
    }
    gboolean is_country = options->reconcile == SP_RECONCILE_COUNTRY;
    if (options->reconcile != SP_RECONCILE_NONE) {
        const char *area =
            is_country ? "0"
                       : sp_codes_text(model->places->fylke_codes, model->places->fylke[region]);
        g_ptr_array_add(explanation->inputs, round_cell(round, cell, area));
        g_autofree char *before = g_steal_pointer(&explanation->method);
        explanation->method = g_strconcat(before,
                                          "; then times SSB's total over the sum of kommuner, "
                                          "docs/methods/population.md#totals",
                                          NULL);
    }
    return TRUE;
}

static gboolean is_whole_year(const char *period, int *year)
{
    SpPeriod day;
    gboolean is_ours = period != NULL && sp_period_parse(period, &day) &&
                       day.kind == SP_PERIOD_DATE && day.first % 10000 == 101;
    *year = is_ours ? sp_day_year(day.first) : 0;
    return is_ours;
}

static gboolean explain_population(const SpTables *in, const SpSettings *settings,
                                   const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *kjonn = sp_cell_code(cell, "kjonn");
    const char *alder = sp_cell_code(cell, "alder"), *period = sp_cell_code(cell, "period");
    SpPopulationOptions options;
    gint32 age = alder == NULL ? -1 : sp_age_of_code(alder, SP_N_AGES);
    int year;
    gboolean is_ours = strcmp(cell->table, "framskriving_befolkning") == 0 &&
                       strcmp(cell->measure, "innbyggere") == 0 && region != NULL &&
                       kjonn != NULL && age >= 0 && is_whole_year(period, &year) &&
                       sp_region_kind(region) == SP_REGION_KOMMUNE &&
                       (strcmp(kjonn, "1") == 0 || strcmp(kjonn, "2") == 0);
    if (!is_ours) {
        return sp_project_not_ours(cell, error);
    }
    if (!sp_population_settings_read(in, settings, &options, error)) {
        return FALSE;
    }
    if (year < options.base || year > options.horizon) {
        return sp_project_not_ours(cell, error);
    }
    const Asked asked = {cell, age, year};
    if (year > options.base && (options.round.is_used || options.reconcile != SP_RECONCILE_NONE)) {
        return explain_with_round(in, &options, &asked, explanation, error);
    }
    if (year > options.base) {
        explain_step(in, &asked, explanation);
        return TRUE;
    }
    g_ptr_array_add(explanation->inputs,
                    sp_project_person_cell("folkemengde", region, kjonn, alder, period));
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
    .check = check_population,
    .run = run_population,
    .explain = explain_population,
};

/* ---- intervals ---- */

static gboolean check_intervals(const SpTables *in, const SpSettings *settings, GError **error)
{
    SpDrawOptions options;
    (void)in;
    return sp_draw_settings_read(settings, &options, error);
}

static gboolean run_intervals(const SpTables *in, const SpSettings *settings, SpTables *out,
                              SpQuality *quality, GError **error)
{
    SpDrawOptions options;
    if (!sp_draw_settings_read(settings, &options, error)) {
        return FALSE;
    }
    const SpTable *bands = options.n_draws == 0 ? NULL : sp_tables_need(in, "aldersgrupper", error);
    if (bands == NULL) {
        return options.n_draws == 0;
    }
    g_auto(Projection) projection;
    if (!projection_init(&projection, in, settings, quality, error)) {
        return FALSE;
    }
    g_autoptr(SpPopulationDraws) draws =
        sp_population_draws_new(projection.model, projection.n_days, projection.persons,
                                sp_draw_key(&options), options.n_draws, &options.shocks);
    const SpIntervalInput input = {
        .model = projection.model,
        .expected = projection.persons,
        .draws = draws,
        .regions = sp_tables_find(in, "region"),
        .bands = bands,
        .lists = options.bands,
        .folkemengde = sp_tables_find(in, "folkemengde"),
    };
    SpTable *table = sp_population_intervals(&input, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_table_set_marks(table, sp_project_marks(in, sources, no_lists));
    sp_tables_add(out, table);
    return TRUE;
}

static gboolean explain_intervals(const SpTables *in, const SpSettings *settings,
                                  const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *alder = sp_cell_code(cell, "alder"), *period = sp_cell_code(cell, "period");
    SpPopulationOptions options;
    int year;
    if (strcmp(cell->table, "framskriving_befolkning_intervall") != 0 ||
        sp_cell_code(cell, "region") == NULL || alder == NULL || !is_whole_year(period, &year)) {
        return sp_project_not_ours(cell, error);
    }
    if (!sp_population_settings_read(in, settings, &options, error)) {
        return FALSE;
    }
    if (year < options.base || year > options.horizon) {
        return sp_project_not_ours(cell, error);
    }
    /* Shocks are estimated from all kommuner, so every path is behind every quantile. */
    gboolean is_expected = strcmp(cell->measure, "innbyggere") == 0;
    const char *region = sp_region_kind(sp_cell_code(cell, "region")) == SP_REGION_KOMMUNE
                             ? sp_cell_code(cell, "region")
                             : "*";
    g_ptr_array_add(explanation->inputs,
                    sp_project_person_cell("framskriving_befolkning", region, "*", "*",
                                           is_expected ? period : "*"));
    if (!is_expected) {
        add_death_rates("*", explanation);
        g_ptr_array_add(explanation->inputs,
                        sp_project_person_cell("folkemengde", "*", "*", "*", "*"));
    }
    add_settings(is_expected ? SP_N_POPULATION_KEYS : SP_N_POPULATION_DRAW_KEYS, explanation);
    explanation->method =
        g_strdup(is_expected ? "sum of the projection over kommuner, sexes and ages of the band, "
                               "docs/methods/population.md#cohort"
                             : "quantile of sums formed draw by draw, "
                               "docs/methods/population.md#intervals");
    return TRUE;
}

const SpTransform sp_transform_population_intervals = {
    .name = "population_intervals",
    .summary = "population by age band with quantiles, of kommuner and the regions above them",
    .config_keys = sp_population_keys,
    .n_config_keys = SP_N_POPULATION_DRAW_KEYS,
    .draws_futures = TRUE,
    .check = check_intervals,
    .run = run_intervals,
    .explain = explain_intervals,
};
