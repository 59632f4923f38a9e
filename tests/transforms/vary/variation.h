/** Tables variasjon and plassering of a small indikatorverdi. */
#ifndef SP_TESTS_TRANSFORMS_VARY_VARIATION_H
#define SP_TESTS_TRANSFORMS_VARY_VARIATION_H

#include "tests/transforms/vary/tables.h"

#include "transforms/vary/catalogue.h"
#include "transforms/vary/variation.h"

#include <math.h>

static const char *const kommuner[] = {"1505", "1506", "1508", "1511", "1580"};

/* Made by hand, so that each figure's status can be chosen. */
static inline SpTable *values_new(void)
{
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "teller", .kind = SP_COLUMN_MEASURE},
        {.name = "nevner", .kind = SP_COLUMN_MEASURE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        {.name = "forventet", .kind = SP_COLUMN_MEASURE},
        {.name = "varians", .kind = SP_COLUMN_MEASURE},
        {.name = "vertskommune", .kind = SP_COLUMN_CODE},
    };
    return sp_table_new("indikatorverdi", columns, G_N_ELEMENTS(columns));
}

/* Of a share (per 1) binomial, of a count per population Poisson; of årsverk with positions of half
 * a year's work each, half of that. */
static inline SpReal variance_of(const char *indicator, SpReal expected, double nevner, double per)
{
    if (!sp_real_is_number(expected)) {
        return expected;
    }
    const double left = per == 1.0 ? fmax(0.0, 1.0 - expected.value / nevner) : 1.0;
    return sp_real(expected.value * left * (strcmp(indicator, "halve") == 0 ? 0.5 : 1.0));
}

static inline void add_value(SpTable *table, const char *indicator, const char *region, Rate rate,
                             SpReal expected)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, indicator);
    sp_table_set_code(table, row, 1, region);
    sp_table_set_code(table, row, 2, "2022-12-31");
    sp_table_set_real(table, row, 3, rate.teller);
    sp_table_set_real(table, row, 4, sp_real(rate.nevner));
    sp_table_set_real(table, row, 5, rate_value(rate));
    sp_table_set_real(table, row, 6, expected);
    sp_table_set_real(table, row, 7, variance_of(indicator, expected, rate.nevner, rate.per));
}

/* Four kommuner with a figure, one that is suppressed; national rate 10 per 100. */
static inline SpTable *values_persons(const char *indicator, double per)
{
    SpTable *table = values_new();
    add_value(table, indicator, "1505", (Rate){sp_real(20.0), 200.0, per}, sp_real(20.0));
    add_value(table, indicator, "1506", (Rate){sp_real(70.0), 400.0, per}, sp_real(40.0));
    add_value(table, indicator, "1508", (Rate){sp_real(9.0), 400.0, per}, sp_real(40.0));
    add_value(table, indicator, "1511", (Rate){sp_real(5.0), 40.0, per}, sp_real(4.0));
    add_value(table, indicator, "1580", (Rate){sp_real_none(SP_SUPPRESSED), 100.0, per},
              sp_real(10.0));
    return table;
}

static inline SpTable *catalogue_new(void)
{
    SpTable *table = tables_indikator();
    TABLES_ADD_INDICATOR(table, "antall", "count_persons", "no", "yes", "b.a", "f.i", "1000", "",
                         "");
    TABLES_ADD_INDICATOR(table, "andel", "share", "no", "yes", "b.a", "f.i", "1", "", "");
    TABLES_ADD_INDICATOR(table, "verk", "aarsverk", "yes", "no", "b.a", "f.i", "10000", "", "");
    TABLES_ADD_INDICATOR(table, "halve", "aarsverk", "yes", "yes", "b.a", "f.i", "10000", "", "");
    TABLES_ADD_INDICATOR(table, "kjent", "aarsverk", "yes", "no", "", "", "1", "", "", "", "n.v");
    TABLES_ADD_INDICATOR(table, "langt", "mean", "yes", "no", "", "", "1", "", "", "",
                         "avstand.km");
    TABLES_ADD_INDICATOR(table, "alder", "share", "yes", "no", "f.o", "f.i", "1", "", "");
    TABLES_ADD_INDICATOR(table, "bra", "count_persons", "no", "yes", "b.a", "f.i", "1000", "", "",
                         "", "", "", "", "good_high");
    TABLES_ADD_INDICATOR(table, "galt", "count_persons", "no", "yes", "b.a", "f.i", "1000", "", "",
                         "", "", "", "", "good_low");
    TABLES_ADD_INDICATOR(table, "kroner", "amount", "yes", "no", "b.a", "f.i", "1", "", "");
    TABLES_ADD_INDICATOR(table, "alene", "count_persons", "no", "no", "b.a", "", "1", "", "");
    return table;
}

/* What the two tables became. */
typedef struct {
    SpQuality *quality;
    SpTables *out;
    const SpTable *whole;  /* variasjon */
    const SpTable *places; /* plassering */
} Made;

static inline void made_clear(Made *made)
{
    g_clear_pointer(&made->quality, sp_quality_free);
    g_clear_pointer(&made->out, sp_tables_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Made, made_clear)

static const SpVariationForm form = {
    .scv_minimum_expected = 5.0,
    .least_shown = 10.0,
    .control = {.false_discovery = 0.05, .pulled_in = 0.1, .minimum_kommuner = 2},
    .replicates = 200,
    .seed = 1,
    .n_threads = 2};

/* Those of the made-up country: 1505 and 1506; 1508, 1511 and 1580. */
static const char *const neighbours[] = {"1505", "1506", "1508", "1511",
                                         "1511", "1580", "1580", "1508"};

/* Takes `values`, `regions` and `near`. */
static inline gboolean run_near(SpTable *values, SpTable *regions, SpTable *near,
                                const SpVariationForm *by, Made *made, GError **error)
{
    g_autoptr(SpTable) own_near = near;
    g_autoptr(SpTable) owned = values;
    g_autoptr(SpTable) own_regions = regions;
    g_autoptr(SpTable) catalogue = catalogue_new();
    g_autoptr(GPtrArray) indicators = sp_indicators_read(catalogue, error);
    assert_non_null(indicators);
    const SpVariationInput input = {owned, own_regions, own_near, indicators, *by};
    *made = (Made){.quality = sp_quality_new(), .out = sp_tables_new()};
    if (!sp_variation(&input, made->out, made->quality, error)) {
        return FALSE;
    }
    made->whole = sp_tables_find(made->out, "variasjon");
    made->places = sp_tables_find(made->out, "plassering");
    return TRUE;
}

/* The same with the neighbours above. */
static inline gboolean run_form(SpTable *values, SpTable *regions, const SpVariationForm *by,
                                Made *made, GError **error)
{
    return run_near(values, regions, tables_naboer(neighbours, G_N_ELEMENTS(neighbours)), by, made,
                    error);
}

static inline Made make_form(SpTable *values, SpTable *regions, const SpVariationForm *by)
{
    g_autoptr(GError) error = NULL;
    Made made;
    run_form(values, regions, by, &made, &error);
    assert_no_error(error);
    return made;
}

static inline Made make(SpTable *values)
{
    return make_form(values, tables_region(kommuner, G_N_ELEMENTS(kommuner)), &form);
}

/* Table region of the kommuner with an attribute: a code each [5]. */
static inline SpTable *regions_by(const char *attribute, const char *const codes[])
{
    SpTable *regions = tables_region(kommuner, G_N_ELEMENTS(kommuner));
    const SpColumn column = {.name = attribute, .kind = SP_COLUMN_CODE};
    const gsize at = sp_table_add_column(regions, &column);
    for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
        sp_table_set_code(regions, i + 1, at, codes[i]); /* the first row is the fylke */
    }
    return regions;
}

/* A measure of an indicator, and a kommune's figure. */
static inline SpReal whole(const Made *made, const char *measure, const char *indicator)
{
    return TABLES_FIND(made->whole, measure, indicator, "2022-12-31");
}

static inline SpReal place(const Made *made, const char *measure, const char *indicator,
                           const char *region)
{
    return TABLES_FIND(made->places, measure, indicator, region, "2022-12-31");
}

/* An attribute of the first row of a kommune. */
static inline const char *word_of(const SpTable *places, const char *attribute, const char *region)
{
    const gsize signal = sp_table_find(places, attribute);
    for (gsize row = 0; row < sp_table_n_rows(places); row++) {
        if (strcmp(sp_table_code(places, row, 1), region) == 0) {
            return sp_table_code(places, row, signal);
        }
    }
    fail_msg("no row %s", region);
    return "";
}

static inline const char *signal_of(const SpTable *places, const char *region)
{
    return word_of(places, "signal", region);
}

#endif
