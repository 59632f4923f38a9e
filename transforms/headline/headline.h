/** What stands on page one of a package: the key sentences that a test has chosen, and the
 * barometer. Both are made of published tables alone, so that a hidden figure neither selects nor
 * enters. Method: docs/methods/headline.md. */
#ifndef SP_TRANSFORMS_HEADLINE_HEADLINE_H
#define SP_TRANSFORMS_HEADLINE_HEADLINE_H

#include "core/period.h"
#include "core/table.h"

/** A table that page one is made of. */
typedef struct {
    const char *table;
    gboolean has_all; /* the rows of every kommune are read; else those of the package's own, of
                         fylker, groups and the country are enough */
} SpPageOneReads;

/** Those of the barometer, up to one without a name. */
extern const SpPageOneReads sp_barometer_reads[];

/** At most so many sentences (statistics-decisions E5). */
enum { SP_PAGE_ONE_MOST = 10 };

/** What both are made of; all borrowed. */
typedef struct {
    const char *region;        /* of the package: "50", "0" */
    SpDay day;                 /* of the edition */
    const SpTables *edition;   /* what some package of the edition publishes of the tables of
                                  sp_page_one_reads */
    const SpTables *own;       /* this package's, with `kilder` and, where there is one,
                                  `endringer` */
    const SpTable *regions;    /* table `region` */
    const SpTable *indicators; /* config/indicators.csv: id, theme, unit, direction */
    const SpTable *rules;      /* config/noekkelsetninger.csv: transforms/headline/rule.h */
    const SpTable *barometer;  /* config/barometer.csv: indikator, rekke, vekt */
    gsize least_members;       /* kommuner that must have a figure before the lowest and the highest
                                  of them are told */
} SpPageOne;

/** The tables that the two below read of the edition, each once (SpPageOneReads, whose names are
 * the array's). SP_ERROR_CONFIG. g_array_unref. */
GArray *sp_page_one_reads(const SpTable *rules, GError **error);

/**
 * The sentences in their order, without their text, and the figures in them (docs/tables.md).
 *
 *   noekkelsetninger       plass (01 …) · (regel, variant, tekst (empty), tabell, rad, viss) ·
 *                          relevans, sikkerhet 0-1
 *   noekkelsetninger_tall  plass, felt · (kolonne, kode; enhet) · verdi: a code with the column
 *                          it is of, several with a blank between; or a figure, whose unit is
 *                          `enhet`. What a figure is not (verdi of a code) is not applicable
 *
 * A rule whose table, column or row is not there, or whose figure is no number, tells nothing.
 * SP_ERROR_CONFIG when config/noekkelsetninger.csv or config/barometer.csv cannot be used.
 */
gboolean sp_page_one_sentences(const SpPageOne *in, SpTable **sentences, SpTable **figures,
                               GError **error);

/**
 * The barometer (docs/tables.md): the chosen indicators of the package's fylke and each of its
 * kommuner, in the country's package of the country and each fylke. An indicator that the edition
 * does not have has no rows; a figure that is hidden or missing has one with its status.
 * SP_ERROR_CONFIG when config/barometer.csv names what the catalogue does not have.
 */
SpTable *sp_page_one_barometer(const SpPageOne *in, GError **error);

#endif
