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

/** What the reader is to think of a figure above what is expected: the column `direction`. */
typedef enum {
    SP_DIRECTION_NEUTRAL,   /* neutral, or empty */
    SP_DIRECTION_GOOD_HIGH, /* good_high */
    SP_DIRECTION_GOOD_LOW,  /* good_low */
} SpDirection;

/** The word of a kind. */
const char *sp_kind_word(SpIndicatorKind kind);

typedef struct {
    char *id;
    SpIndicatorKind kind;
    gboolean has_chance; /* the size of chance is known (column `chance`): from the count itself
                            where persons are counted among persons, from the sizes of positions
                            for årsverk. Then chi-square, funnel limits and shrinkage may be
                            computed, and of persons the SCV */
    gboolean is_part; /* what is counted is part of what it is divided by: kind share, or årsverk
                            in percent (of årsverk). Not below 0 or above 1 */
    gboolean is_distance; /* verdi is how far it is to a place (table avstand), so that neighbours
                             are alike by construction */
    SpDirection direction;
    char *theme;           /* what it tells of: kompetanse, stabilitet …; "" for none */
    double minimum_change; /* the least change worth a sentence, in the unit of verdi (a percentage
                              point of a share is 0.01); 0: not decided, or a share of the spread */
    double minimum_share;  /* of the spread between kommuner, where the catalogue says so: 25 % is
                              0.25 (SpCountry makes minimum_change of it); 0 otherwise */
    double per;            /* verdi = teller / nevner * per, or verdi as published * per */
    char *host_service; /* word of table vertskommune: kommuner that share this service are counted
                            together; NULL: none do */
    SpFormula *teller;  /* NULL: the source gives the ratio alone, see verdi */
    SpFormula *nevner;  /* NULL: a figure without a denominator (with `verdi`: without a weight) */
    SpFormula *verdi;   /* the ratio as published, NULL: computed */
    GPtrArray
        *teller_parts; /* SpFormula*: teller and nevner by bands of age and sex, or one formula
                                each with "*"; NULL: one band */
    GPtrArray *nevner_parts;
} SpIndicator;

/**
 * Reads table `indikator` (the catalogue; code columns id, unit, direction, kind, additive, chance,
 * teller, nevner, verdi, per, teller_del, nevner_del, vertsord, mangler, and theme and
 * minimum_change where they are there; others are not looked at). The result, SpIndicator* in the
 * order of the table, holds the rows with a formula; caller frees with g_ptr_array_unref.
 * SP_ERROR_CONFIG names the indicator and the column when an id repeats, a word is not one of the
 * allowed, a formula cannot be read, `per` is not above 0, parts do not go together or a choice of
 * each code ("*") stands elsewhere, an indicator has both a formula and a reason for having none or
 * neither, a formula stands without a judgement of chance, chance is yes where its size is not
 * known, or minimum_change is no number above 0 and no such percentage. SP_ERROR_DATA: a column is
 * not there.
 */
GPtrArray *sp_indicators_read(const SpTable *table, GError **error);
/** The indicator of an id, NULL if there is none with a formula. */
const SpIndicator *sp_indicators_find(const GPtrArray *indicators, const char *id);

/** Its formulas: SpFormula*, borrowed; the first one gives its periods. g_ptr_array_unref. */
GPtrArray *sp_indicator_formulas(const SpIndicator *indicator);
/** Names of the tables that all indicators are computed from, beside the formulas' those of host
 * arrangements and of positions: in byte order, NULL-terminated, g_strfreev. */
char **sp_indicators_tables(const GPtrArray *indicators);

#endif
