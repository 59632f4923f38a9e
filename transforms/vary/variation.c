/* Variation between kommuner: which measures an indicator may have, and the tables they make. */
#include "transforms/vary/variation.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/vary/areas.h"
#include "transforms/vary/key_columns.h"
#include "transforms/vary/spread/measures.h"
#include "transforms/vary/placing.h"
#include "transforms/vary/shrink/marshall.h"

#include <string.h>

enum {
    INDIKATOR,
    PERIOD,
    N_KOMMUNER,
    N_UTELATT,
    EQ,
    FT2,
    FT3,
    CV,
    CV_VEKTET,
    SCV,
    SCV_ANDEL_UTELATT,
    KJI2,
    KJI2_FRIHETSGRADER,
    MARSHALL_A,
    MARSHALL_B,
    ANDEL_UTENFOR_998,
    N_COLUMNS
};
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [PERIOD] = SP_VARY_PERIOD,
    [N_KOMMUNER] = {.name = "n_kommuner", .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},
    [N_UTELATT] = {.name = "n_utelatt", .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},
    [EQ] = {.name = "eq", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [FT2] = {.name = "ft2", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [FT3] = {.name = "ft3", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [CV] = {.name = "cv", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [CV_VEKTET] = {.name = "cv_vektet", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [SCV] = {.name = "scv", .kind = SP_COLUMN_MEASURE},
    [SCV_ANDEL_UTELATT] = {.name = "scv_andel_utelatt", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [KJI2] = {.name = "kji2", .kind = SP_COLUMN_MEASURE},
    [KJI2_FRIHETSGRADER] = {.name = "kji2_frihetsgrader", .kind = SP_COLUMN_MEASURE},
    [MARSHALL_A] = {.name = "marshall_a", .kind = SP_COLUMN_MEASURE},
    [MARSHALL_B] = {.name = "marshall_b", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [ANDEL_UTENFOR_998] = {.name = "andel_utenfor_998", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
};

/* What is refused without chance: these methods need the size of it. */
static const char *const refused[] = {"scv", "kji2", "traktgrenser", "marshall"};

/* Why chance is not known: the kind, or what the catalogue judged of this one. */
static char *why_refused(const SpIndicator *indicator)
{
    const gboolean may_be_known = indicator->kind == SP_KIND_COUNT_PERSONS ||
                                  indicator->kind == SP_KIND_SHARE ||
                                  indicator->kind == SP_KIND_AARSVERK;
    if (indicator->teller == NULL) {
        return g_strdup("the source gives the ratio alone");
    }
    return may_be_known ? g_strdup("chance is no in config/indicators.csv")
                        : g_strdup_printf("its kind is %s", sp_kind_word(indicator->kind));
}

static void note_refused(SpQuality *quality, const SpIndicator *indicator)
{
    g_autofree char *why = why_refused(indicator);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, refused[i]);
        sp_quality_note(quality, "method_refused", subject, 0,
                        "%s is not computed for %s: %s, so that it is not known how much of the "
                        "variation is chance (docs/methods/variation.md#chance)",
                        refused[i], indicator->id, why);
    }
}

/* The SCV of årsverk would be another with another unit (statistics-decisions A2). */
static void note_no_scv(SpQuality *quality, const SpIndicator *indicator)
{
    g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, refused[0]);
    sp_quality_note(quality, "method_refused", subject, 0,
                    "%s is not computed for %s: its kind is %s, and the measure changes with the "
                    "unit (docs/methods/variation.md#chance)",
                    refused[0], indicator->id, sp_kind_word(indicator->kind));
}

static void set_chance(SpTable *table, gsize row, const SpAreas *areas,
                       const SpVariationInput *input, SpQuality *quality)
{
    const SpScv scv = sp_measure_scv(areas->n, areas->observed, areas->expected, areas->variance,
                                     input->scv_minimum_expected);
    const SpChi2 chi2 =
        sp_measure_chi2(areas->n, areas->observed, areas->expected, areas->variance, TRUE);
    if (areas->indicator->kind == SP_KIND_AARSVERK) {
        note_no_scv(quality, areas->indicator);
    } else {
        sp_table_set_real(table, row, SCV, scv.value);
        sp_table_set_real(table, row, SCV_ANDEL_UTELATT, scv.share_left_out);
    }
    sp_table_set_real(table, row, KJI2, chi2.value);
    sp_table_set_real(table, row, KJI2_FRIHETSGRADER, chi2.df);
    if (chi2.n_small > 0) {
        g_autofree char *subject = g_strdup_printf("%s %s", areas->indicator->id, areas->period);
        sp_quality_note(quality, "expected_below_one", subject, 0,
                        "%" G_GSIZE_FORMAT " kommuner expect fewer than one person (or, of a "
                        "share, all but one): read the chi-square of %s with care",
                        chi2.n_small, areas->period);
    }
}

static void add_row(SpTable *table, const SpAreas *areas, gsize n_all,
                    const SpVariationInput *input, SpQuality *quality)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, INDIKATOR, areas->indicator->id);
    sp_table_set_code(table, row, PERIOD, areas->period);
    sp_table_set_real(table, row, N_KOMMUNER, sp_real((double)areas->n));
    sp_table_set_real(table, row, N_UTELATT, sp_real((double)(n_all - areas->n)));
    sp_table_set_real(table, row, EQ, sp_measure_quotient(areas->n, areas->value, 1));
    sp_table_set_real(table, row, FT2, sp_measure_quotient(areas->n, areas->value, 2));
    sp_table_set_real(table, row, FT3, sp_measure_quotient(areas->n, areas->value, 3));
    sp_table_set_real(table, row, CV, sp_measure_cv(areas->n, areas->value));
    sp_table_set_real(table, row, CV_VEKTET,
                      sp_measure_cv_weighted(areas->n, areas->value, areas->weight));
    for (gsize column = SCV; column <= ANDEL_UTENFOR_998; column++) {
        sp_table_set_real(table, row, column, sp_real_none(SP_NOT_APPLICABLE));
    }
    if (areas->indicator->has_chance) {
        set_chance(table, row, areas, input, quality);
    } else {
        note_refused(quality, areas->indicator);
    }
}

static void add_areas(const SpAreas *areas, gsize n_all, const SpVariationInput *input,
                      SpTable *variation, SpTable *placing, SpQuality *quality)
{
    g_autofree SpReal *shrunk = g_new(SpReal, areas->n + 1);
    if (areas->is_pooled) {
        sp_placing_add(placing, areas, shrunk);
        return;
    }
    add_row(variation, areas, n_all, input, quality);
    const gsize row = sp_table_n_rows(variation) - 1;
    if (areas->indicator->has_chance) {
        const SpMarshall marshall =
            sp_shrink_marshall(areas->n, areas->observed, areas->expected, areas->variance, shrunk);
        sp_table_set_real(variation, row, MARSHALL_A, marshall.a);
        sp_table_set_real(variation, row, MARSHALL_B, marshall.b);
    }
    sp_table_set_real(variation, row, ANDEL_UTENFOR_998, sp_placing_add(placing, areas, shrunk));
}

/* The kommuner of table `region`: a set of borrowed codes. */
static GHashTable *find_kommuner(const SpTable *regions, GError **error)
{
    gsize region = 0;
    gsize slag = 0;
    if (!sp_table_need(regions, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(regions, "slag", SP_COLUMN_CODE, &slag, error)) {
        return NULL;
    }
    GHashTable *kommuner = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        if (strcmp(sp_table_code(regions, row, slag), "kommune") == 0) {
            g_hash_table_add(kommuner, (char *)sp_table_code(regions, row, region));
        }
    }
    return kommuner;
}

static gboolean finish(SpTable *table, const SpTable *values, SpTables *out, GError **error)
{
    g_autoptr(SpTable) owned = table;
    sp_table_set_marks(owned, sp_table_marks(values));
    sp_table_set_edition(owned, sp_table_edition(values));
    if (!sp_table_check_unique(owned, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&owned));
    return TRUE;
}

gboolean sp_variation(const SpVariationInput *input, SpTables *out, SpQuality *quality,
                      GError **error)
{
    g_autoptr(GHashTable) kommuner = find_kommuner(input->regions, error);
    g_autoptr(GPtrArray) all = kommuner != NULL ? sp_areas_collect(input->values, input->indicators,
                                                                   kommuner, quality, error)
                                                : NULL;
    if (all == NULL) {
        return FALSE;
    }
    g_autoptr(SpTable) variation = sp_table_new("variasjon", columns, N_COLUMNS);
    g_autoptr(SpTable) placing = sp_placing_new();
    for (guint i = 0; i < all->len; i++) {
        add_areas(g_ptr_array_index(all, i), g_hash_table_size(kommuner), input, variation, placing,
                  quality);
    }
    return finish(g_steal_pointer(&variation), input->values, out, error) &&
           finish(g_steal_pointer(&placing), input->values, out, error);
}
