/* Lasting effects, shocks and regimes. */
#include "pipeline/simulate/effects.h"

enum { REFERENCE_YEAR = 2022, REGIME_SPREAD = 3 };

/* Spreads of a walk's yearly steps at each level. */
typedef struct {
    double nation;
    double fylke;
    double market;
    double kommune;
} Steps;

typedef struct {
    SpRandom random;
    const SpSimGeography *geography;
    guint n_years;
} Maker;

/* Adds to `out` a walk for each kommune: the sum of the steps of all that it belongs to. */
static void add_walk(const Maker *maker, const char *name, const Steps *steps, double out[])
{
    SpRandom walk = sp_random_named(maker->random, name);
    SpRandom nation = sp_random_named(walk, "landet");
    SpRandom fylke = sp_random_named(walk, "fylke");
    SpRandom market = sp_random_named(walk, "arbeidsmarked");
    SpRandom local = sp_random_named(walk, "kommune");
    guint n = maker->geography->n_kommuner;
    for (guint k = 0; k < n; k++) {
        const SpSimKommune *kommune = &maker->geography->kommuner[k];
        double level = 0;
        for (guint year = 0; year < maker->n_years; year++) {
            level +=
                steps->nation * sp_sim_normal(nation, year) +
                steps->fylke * sp_sim_normal(sp_random_numbered(fylke, kommune->fylke), year) +
                steps->market * sp_sim_normal(sp_random_numbered(market, kommune->market), year) +
                steps->kommune * sp_sim_heavy(sp_random_numbered(local, k), year);
            out[(gsize)year * n + k] += level;
        }
    }
}

/* Adds to every year of `out` what lasts: a kommune's own effect, its fylke's, its market's, its
 * distance from the centre. */
static void add_level(const Maker *maker, const char *name, const Steps *spread, double remote,
                      double out[])
{
    SpRandom level = sp_random_named(maker->random, name);
    SpRandom fylke = sp_random_named(level, "fylke");
    SpRandom market = sp_random_named(level, "arbeidsmarked");
    SpRandom local = sp_random_named(level, "kommune");
    guint n = maker->geography->n_kommuner;
    for (guint k = 0; k < n; k++) {
        const SpSimKommune *kommune = &maker->geography->kommuner[k];
        double effect = spread->kommune * CLAMP(sp_sim_heavy(local, k), -4, 4) +
                        spread->fylke * sp_sim_normal(fylke, kommune->fylke) +
                        spread->market * sp_sim_normal(market, kommune->market) +
                        remote * ((double)kommune->class - 3);
        for (guint year = 0; year < maker->n_years; year++) {
            out[(gsize)year * n + k] += effect;
        }
    }
}

/* What a drift that changes in a year has come to from the first year to `year`. */
static double drifted(guint regime, double before, double after, guint year)
{
    double level = 0;
    for (guint y = SP_SIM_FIRST_YEAR; y < year; y++) {
        level += y < regime ? before : after;
    }
    return level;
}

/* The drift as the difference from the reference year, which may lie beyond the last one. */
static void fill_drift(guint regime, double before, double after, guint n_years, double out[])
{
    double reference = drifted(regime, before, after, REFERENCE_YEAR);
    for (guint i = 0; i < n_years; i++) {
        out[i] = drifted(regime, before, after, SP_SIM_FIRST_YEAR + i) - reference;
    }
}

SpSimEffects *sp_sim_effects_new(SpRandom random, const SpSimParameters *p,
                                 const SpSimGeography *geography, guint n_years)
{
    const Maker maker = {random, geography, n_years};
    SpSimEffects *effects = g_new0(SpSimEffects, 1);
    guint n = geography->n_kommuner;
    gsize size = (gsize)n * n_years;
    effects->n_years = n_years;
    effects->n_kommuner = n;
    effects->use = g_new0(double, size);
    effects->staffing = g_new0(double, size);
    effects->leaving = g_new0(double, size);
    effects->slope = g_new0(double, n);
    effects->institution = g_new0(double, n);
    effects->midpoint = g_new0(double, n_years);
    effects->intensity = g_new0(double, n_years);
    effects->is_copied = g_new0(guint8, n);
    const Steps use_level = {0, p->bruk_fylke, p->bruk_arbeidsmarked, p->bruk_kommune};
    const Steps use_steps = {p->bruk_sjokk_landet, p->bruk_sjokk_fylke, p->bruk_sjokk_arbeidsmarked,
                             p->bruk_sjokk_kommune};
    const Steps staff_level = {0, p->aarsverk_fylke, 0, p->aarsverk_kommune};
    const Steps staff_steps = {p->aarsverk_sjokk_landet, p->aarsverk_sjokk_fylke, 0,
                               p->aarsverk_sjokk_kommune};
    const Steps leave_level = {0, 0, p->aarsverk_sjokk_avgang_arbeidsmarked,
                               p->aarsverk_sjokk_avgang_kommune};
    const Steps leave_steps = {p->aarsverk_sjokk_avgang_landet, 0,
                               p->aarsverk_sjokk_avgang_arbeidsmarked / 2, 0};
    add_level(&maker, "bruk", &use_level, p->bruk_utkant, effects->use);
    add_walk(&maker, "bruk sjokk", &use_steps, effects->use);
    add_level(&maker, "aarsverk", &staff_level, p->aarsverk_utkant, effects->staffing);
    add_walk(&maker, "aarsverk sjokk", &staff_steps, effects->staffing);
    add_level(&maker, "avgang", &leave_level, 0, effects->leaving);
    add_walk(&maker, "avgang sjokk", &leave_steps, effects->leaving);
    SpRandom slope = sp_random_named(random, "helning");
    SpRandom institution = sp_random_named(random, "institusjon");
    SpRandom copied = sp_random_named(random, "kopiert");
    for (guint k = 0; k < n; k++) {
        effects->slope[k] = p->bruk_helning * sp_sim_normal(slope, k);
        effects->institution[k] =
            p->bruk_institusjon_kommune * CLAMP(sp_sim_heavy(institution, k), -3, 3);
        effects->is_copied[k] = sp_random_uniform(copied, k) < p->bruk_kopierte_2019;
    }
    effects->regime = (guint)p->bruk_regimeskifte - 1 +
                      (guint)sp_random_below(sp_random_named(random, "regime"), 0, REGIME_SPREAD);
    fill_drift(effects->regime, p->bruk_drift, p->bruk_drift_etter, n_years, effects->midpoint);
    fill_drift(effects->regime, p->aarsverk_drift, p->aarsverk_drift_etter, n_years,
               effects->intensity);
    return effects;
}

void sp_sim_effects_free(SpSimEffects *effects)
{
    if (effects == NULL) {
        return;
    }
    g_free(effects->use);
    g_free(effects->slope);
    g_free(effects->institution);
    g_free(effects->staffing);
    g_free(effects->leaving);
    g_free(effects->midpoint);
    g_free(effects->intensity);
    g_free(effects->is_copied);
    g_free(effects);
}

gboolean sp_sim_is_silent(SpRandom random, const SpSimParameters *parameters, guint kommune,
                          guint year)
{
    SpRandom silent = sp_random_numbered(sp_random_named(random, "uten svar"), kommune);
    return sp_random_uniform(silent, year) < parameters->bruk_ikke_rapportert;
}
