/**
 * The rules of the key sentences: config/noekkelsetninger.csv, one row a rule.
 *
 *   regel      its id; templates are texts "headline.REGEL.VARIANT"
 *   mekanisme  how it tests and what it tells: transforms/headline/mechanism.h
 *   relevans   0-1; the order is by relevans × certainty
 *   sikkerhet  the certainty, 0-1: 1 of what is counted, 1 − level of a test. Empty: the chance
 *              that the table tells
 *   nivaa      the level of the test, or the least chance; empty: none
 *   plass      empty; alltid: has a place whenever it can be told; sist: the last one
 *   tabeller   those it reads, with blanks; the first is the one it rests on
 *   koder      codes of the rows, "yrke=tot kjonn=0"; of a share those of teller and nevner with
 *              " / " between
 *   maal       the measures it reads, with blanks; of a share with " / "
 *   indikator  whose spread between kommuner it takes account of
 *   terskler   NAME=NUMBER, with blanks
 *   varianter, felt  the templates it may choose and the fields they may name, with blanks
 *   merknad    for maintainers
 */
#ifndef SP_TRANSFORMS_HEADLINE_RULE_H
#define SP_TRANSFORMS_HEADLINE_RULE_H

#include "transforms/headline/headline.h"

typedef enum { SP_PLACE_BY_ORDER, SP_PLACE_ALWAYS, SP_PLACE_LAST } SpKeyPlace;

typedef struct {
    const char *id, *mechanism, *indicator; /* borrowed from the table */
    double relevance;
    double certainty; /* NaN: what the table tells */
    double level;     /* NaN: none */
    SpKeyPlace place;
    char **tables, **codes, **measures; /* at least one element each, which may be "" */
    char **variants, **fields;
    GHashTable *thresholds; /* char* to double* */
} SpKeyRule;

/** The rules (SpKeyRule*) in the order of the file. SP_ERROR_CONFIG naming the rule and the column.
 * g_ptr_array_unref. */
GPtrArray *sp_key_rules_read(const SpTable *table, GError **error);

/** A threshold that the rule has (its mechanism has said that it needs it). */
double sp_key_threshold(const SpKeyRule *rule, const char *name);

#endif
