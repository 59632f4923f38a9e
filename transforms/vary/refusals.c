/* Findings of variation. */
#include "transforms/vary/refusals.h"

/* Without chance: these methods need the size of it. */
static const char *const need_chance[] = {"medianforhold", "scv", "kji2", "traktgrenser",
                                          "marshall"};
/* Of counts of persons alone: these are made for Poisson counts. */
static const char *const need_poisson[] = {"potthoff", "gamma"};

static void note(SpQuality *quality, const SpIndicator *indicator, const char *method,
                 const char *why)
{
    g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, method);
    sp_quality_note(quality, "method_refused", subject, 0,
                    "%s is not computed for %s: %s (docs/methods/variation.md#chance)", method,
                    indicator->id, why);
}

/* Why chance is not known: the kind, or what the catalogue judged of this one. */
static char *why_no_chance(const SpIndicator *indicator)
{
    static const char *const so = "so that it is not known how much of the variation is chance";
    const gboolean may_be_known = indicator->kind == SP_KIND_COUNT_PERSONS ||
                                  indicator->kind == SP_KIND_SHARE ||
                                  indicator->kind == SP_KIND_AARSVERK;
    if (indicator->teller == NULL) {
        return g_strdup_printf("the source gives the ratio alone, %s", so);
    }
    return may_be_known ? g_strdup_printf("chance is no in config/indicators.csv, %s", so)
                        : g_strdup_printf("its kind is %s, %s", sp_kind_word(indicator->kind), so);
}

static void note_refused(SpQuality *quality, const SpIndicator *indicator)
{
    const char *kind = sp_kind_word(indicator->kind);
    if (!indicator->has_chance) {
        g_autofree char *why = why_no_chance(indicator);
        for (gsize i = 0; i < G_N_ELEMENTS(need_chance); i++) {
            note(quality, indicator, need_chance[i], why);
        }
    }
    /* The SCV of årsverk would be another with another unit (statistics-decisions A2). */
    if (indicator->has_chance && indicator->kind == SP_KIND_AARSVERK) {
        g_autofree char *why =
            g_strdup_printf("its kind is %s, and the measure changes with the unit", kind);
        note(quality, indicator, "scv", why);
    }
    if (indicator->is_distance) {
        g_autofree char *subject = g_strdup_printf("%s moran", indicator->id);
        sp_quality_note(quality, "method_refused", subject, 0,
                        "moran is not computed for %s: neighbours are nearly as far from a place "
                        "by construction (docs/methods/variation.md#neighbours)",
                        indicator->id);
    }
    if (!indicator->has_chance || indicator->kind != SP_KIND_COUNT_PERSONS) {
        g_autofree char *why =
            g_strdup_printf("its kind is %s%s, and the measure is of Poisson counts of persons",
                            kind, indicator->has_chance ? "" : " and its chance is not known");
        for (gsize i = 0; i < G_N_ELEMENTS(need_poisson); i++) {
            note(quality, indicator, need_poisson[i], why);
        }
    }
}

/* Of a period: too few kommuner have figures. */
static void note_few(SpQuality *quality, const SpAreas *areas, const char *method, const char *why)
{
    g_autofree char *subject =
        g_strdup_printf("%s %s %s", areas->indicator->id, areas->period, method);
    sp_quality_note(quality, "method_refused", subject, 0,
                    "%s is not computed of %s: %s (docs/methods/variation.md#few-kommuner)", method,
                    areas->period, why);
}

static void note_small(SpQuality *quality, const char *subject, const SpAreas *areas,
                       const SpVariationRow *row)
{
    const gboolean is_told = sp_real_is_number(row->measure[SP_VARY_CHI2_P]);
    sp_quality_note(quality, "expected_below_one", subject, 0,
                    "%" G_GSIZE_FORMAT " kommuner expect fewer than one person (or, of a "
                    "share, all but one): %s of %s",
                    row->n_small,
                    is_told ? "read the chi-square with care"
                            : "they are more than half, and kji2_p is missing",
                    areas->period);
}

void sp_refusals_note(SpQuality *quality, const SpAreas *areas, const SpVariationRow *row)
{
    g_autofree char *subject = g_strdup_printf("%s %s", areas->indicator->id, areas->period);
    note_refused(quality, areas->indicator);
    if (row->is_scv_refused) {
        note_few(quality, areas, "scv",
                 "fewer kommuner than vary.scv_minimum_kommuner expect vary.scv_minimum_expected");
    }
    if (row->is_headline_refused) {
        note_few(quality, areas, "medianforhold",
                 "fewer kommuner than vary.headline_minimum_kommuner enter");
    }
    if (row->n_small > 0) {
        note_small(quality, subject, areas, row);
    }
    if (areas->indicator->has_chance && row->measure[SP_VARY_SD_OD].status == SP_MISSING) {
        sp_quality_note(
            quality, "method_refused", subject, 0,
            "nothing is told of who stands out among kommuner in %s (columns _od): fewer kommuner "
            "than vary.od_minimum_kommuner enter, or the model of their spread has no fit "
            "(docs/methods/variation.md#overdispersion)",
            areas->period);
    }
    if (row->fit != SP_FIT_GOOD) {
        sp_quality_note(quality, "headline_not_fitted", subject, 0,
                        "sd_mellom and medianforhold of %s are missing: the random-intercept model "
                        "could not be fitted (%s, docs/methods/variation.md#headline)",
                        areas->period, sp_fit_word(row->fit));
    }
}

void sp_refusals_note_groups(SpQuality *quality, const char *attribute, const char *lacking)
{
    sp_quality_note(quality, "grouping_unknown", attribute, 0,
                    "no kommune of table region has %s: %s; name a dataset with it in "
                    "normalise.region_groups",
                    attribute, lacking);
}
