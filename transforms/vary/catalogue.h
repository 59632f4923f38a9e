/**
 * The indicators of config/indicators.csv that have formulas, as the computing needs them. What
 * each column means: docs/methods/variation.md#catalogue.
 */
#ifndef SP_TRANSFORMS_VARY_CATALOGUE_H
#define SP_TRANSFORMS_VARY_CATALOGUE_H

#include "core/table.h"
#include "transforms/vary/formula.h"

/** What is counted decides which methods may touch an indicator. The words of the column `kind`
 * stand beside. */
typedef enum {
    SP_KIND_COUNT_PERSONS, /* count_persons: persons per population, or alone */
    SP_KIND_COUNT_EVENTS,  /* count_events: contacts, days; one person gives many */
    SP_KIND_AARSVERK, /* aarsverk: full-time equivalents, also as shares of full-time equivalents */
    SP_KIND_AMOUNT,   /* amount: kroner, places */
    SP_KIND_SHARE,    /* share: those of the denominator's persons who have the property */
    SP_KIND_RATE,     /* rate: other ratios */
    SP_KIND_MEAN,     /* mean: of a quantity over its units */
} SpIndicatorKind;

/** The word of a kind. */
const char *sp_kind_word(SpIndicatorKind kind);

typedef struct {
    char *id;
    SpIndicatorKind kind;
    gboolean has_chance; /* the count tells the size of chance (column `chance`), so that SCV,
                            chi-square, funnel limits and shrinkage may be computed; only where
                            persons are counted among persons */
    double per;          /* verdi = teller / nevner * per */
    SpFormula *teller;
    SpFormula *nevner;      /* NULL: a figure without a denominator */
    SpFormula *teller_part; /* the part of teller and nevner in the upper age band, for indirect
                               standardisation; NULL: none */
    SpFormula *nevner_part;
} SpIndicator;

/**
 * Reads table `indikator` (the catalogue; code columns id, kind, additive, chance, teller, nevner,
 * per, teller_del, nevner_del; others are not looked at). The result, SpIndicator* in the order of
 * the table, holds the rows with a teller; caller frees with g_ptr_array_unref. SP_ERROR_CONFIG
 * names the indicator and the column when an id repeats, a word is not one of the allowed, a
 * formula cannot be read, `per` is not above 0, one of teller_del and nevner_del stands alone, a
 * formula stands without a judgement of chance, or chance is yes where no persons are counted among
 * persons. SP_ERROR_DATA: a column is not there.
 */
GPtrArray *sp_indicators_read(const SpTable *table, GError **error);
/** The indicator of an id, NULL if there is none with a formula. */
const SpIndicator *sp_indicators_find(const GPtrArray *indicators, const char *id);

#endif
