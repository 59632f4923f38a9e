/** A made-up country for the tables that set kommuner side by side: its division, a catalogue and
 * the values that a test puts in. */
#ifndef SP_TESTS_TRANSFORMS_VARY_COMPARED_H
#define SP_TESTS_TRANSFORMS_VARY_COMPARED_H

#include "tests/core/rows.h"
#include "tests/transforms/vary/tables.h"

#include "core/config.h"
#include "transforms/vary/covariates.h"

/** Three covariates of need (one with chance), two constraints (one a class), and an indicator of
 * each kind, inhabitants among them; `andel` and `verk` have a good side. */
static inline SpTable *compared_catalogue(void)
{
    return TABLE("indikator",
                 "id:key unit:attribute kind:attribute additive:attribute chance:attribute "
                 "teller:attribute nevner:attribute verdi:attribute per:attribute "
                 "teller_del:attribute nevner_del:attribute vertsord:attribute mangler:attribute "
                 "covariate:attribute minimum_change:attribute direction:attribute "
                 "theme:attribute",
                 "gamle prosent share yes no f.o f.i _ 1 _ _ _ _ need _ _ _",
                 "fattige prosent share yes no f.p f.i _ 1 _ _ _ _ need _ _ _",
                 "syke prosent share yes yes f.s f.i _ 1 _ _ _ _ need _ good_low helse",
                 "folk personer count_persons yes no f.i _ _ 1 _ _ _ _ constraint _ _ _",
                 "pop_inhabitants personer count_persons yes no f.i _ _ 1 _ _ _ _ _ _ _ _",
                 "sentral klasse rate no _ _ _ _ _ _ _ _ gruppering constraint _ _ _",
                 "brukere per_1000 count_persons no yes b.a f.i _ 1000 _ _ _ _ _ 3 _ _",
                 "andel prosent share no yes b.a f.i _ 1 _ _ _ _ _ 2 good_high stabilitet",
                 "kroner kroner amount yes no r.b f.i _ 1 _ _ _ _ _ 25% _ _",
                 "verk aarsverk aarsverk yes yes a.v f.i _ 10000 _ _ _ _ _ _ good_low kompetanse");
}

static inline const char *compared_code(guint i, char code[8])
{
    g_snprintf(code, 8, "%04u", 1000 + i);
    return code;
}

typedef struct {
    SpTables *in; /* indikator, region, indikatorverdi */
    SpTable *values;
    SpTable *regions;
    guint n;
} Compared;

static inline void compared_clear(Compared *compared)
{
    g_clear_pointer(&compared->in, sp_tables_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Compared, compared_clear)

/** n kommuner 1000, 1001, …, the first half in fylke 10 and the rest in 11; KOSTRA group EKG01 for
 * those of even number, EKG02 for the others; class S1 to S6 in turn. */
static inline Compared compared_new(guint n)
{
    static const char *const names[] = {"region", "slag", "fylke", "kostragruppe", "sentralitet"};
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "vertskommune", .kind = SP_COLUMN_CODE},
        {.name = "teller", .kind = SP_COLUMN_MEASURE},
        {.name = "nevner", .kind = SP_COLUMN_MEASURE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        {.name = "forventet", .kind = SP_COLUMN_MEASURE},
        {.name = "varians", .kind = SP_COLUMN_MEASURE},
    };
    Compared compared = {.in = sp_tables_new(), .n = n};
    compared.regions = tables_codes("region", names, G_N_ELEMENTS(names));
    compared.values = sp_table_new("indikatorverdi", columns, G_N_ELEMENTS(columns));
    TABLES_ADD_INDICATOR(compared.regions, "10", "fylke");
    for (guint i = 0; i < n; i++) {
        char code[8];
        char class[8];
        g_snprintf(class, sizeof class, "S%u", i % 6 + 1);
        TABLES_ADD_INDICATOR(compared.regions, compared_code(i, code), "kommune",
                             i < n / 2 ? "10" : "11", i % 2 == 0 ? "EKG01" : "EKG02", class);
    }
    sp_tables_add(compared.in, compared_catalogue());
    sp_tables_add(compared.in, compared.regions);
    sp_tables_add(compared.in, compared.values);
    return compared;
}

/** A figure; returns its row. */
static inline gsize compared_add(Compared *compared, const char *indicator, guint i,
                                 const char *period, Rate rate)
{
    char code[8];
    const gsize row = sp_table_add_row(compared->values);
    sp_table_set_code(compared->values, row, 0, indicator);
    sp_table_set_code(compared->values, row, 1, compared_code(i, code));
    sp_table_set_code(compared->values, row, 2, period);
    sp_table_set_real(compared->values, row, 4, rate.teller);
    sp_table_set_real(compared->values, row, 5, sp_real(rate.nevner));
    sp_table_set_real(compared->values, row, 6, rate_value(rate));
    return row;
}

/** The country's own figure. */
static inline void compared_add_country(Compared *compared, const char *indicator,
                                        const char *period, Rate rate)
{
    const gsize row = compared_add(compared, indicator, 0, period, rate);
    sp_table_set_code(compared->values, row, 1, "0");
}

/** What chance makes of it, of an indicator that has chance. */
static inline void compared_chance(Compared *compared, gsize row, double expected, double variance)
{
    sp_table_set_real(compared->values, row, 7, sp_real(expected));
    sp_table_set_real(compared->values, row, 8, sp_real(variance));
}

/** A count without a nevner: inhabitants. */
static inline void compared_add_count(Compared *compared, const char *indicator, guint i,
                                      const char *period, double count)
{
    const gsize row =
        compared_add(compared, indicator, i, period, (Rate){sp_real(count), 1.0, 1.0});
    sp_table_set_real(compared->values, row, 5, sp_real_none(SP_NOT_APPLICABLE));
}

/** The catalogue's column need_of: what an indicator is need of. */
static inline void compared_need_of(Compared *compared, const char *indicator, const char *themes)
{
    const SpColumn column = {.name = "need_of", .kind = SP_COLUMN_CODE};
    SpTable *catalogue = sp_tables_find(compared->in, "indikator");
    const gsize at = sp_table_find(catalogue, column.name);
    sp_table_set_code(catalogue, tables_row(catalogue, &indicator, 1),
                      at != SP_NO_COLUMN ? at : sp_table_add_column(catalogue, &column), themes);
}

static inline SpCountry *compared_country(const Compared *compared)
{
    g_autoptr(GError) error = NULL;
    SpCountry *country = sp_country_new(compared->in, &error);
    assert_no_error(error);
    return country;
}

/** Settings of [vary] that a test gives as "key=value". */
static inline SpSettings *compared_settings(const char *const assignments[], gsize n,
                                            const char *const keys[], gsize n_keys)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    for (gsize k = 0; k < n; k++) {
        g_autofree char *full = g_strconcat("vary.", assignments[k], NULL);
        sp_config_set(config, "test", full, &error);
        assert_no_error(error);
    }
    return sp_settings_new(config, NULL, keys, n_keys);
}

/** The code of an attribute in the row with these codes in the first key columns. */
static inline const char *compared_attribute(const SpTable *table, const char *attribute,
                                             const char *const codes[], gsize n)
{
    const gsize column = sp_table_find(table, attribute);
    assert_true(column != SP_NO_COLUMN);
    return sp_table_code(table, tables_row(table, codes, n), column);
}
#define ATTRIBUTE(table, attribute, ...)                                                           \
    compared_attribute(table, attribute, (const char *const[]){__VA_ARGS__},                       \
                       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

#endif
