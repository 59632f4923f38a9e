/**
 * The rules of a claim: a sink that takes rows with the file's columns and hands on rows with ours.
 * For extractors/kpr alone. Nothing is allocated for a row.
 *
 * Our columns: aar, person, foedselsaar, kjonn, praksistype, kontakttype; and those of kommune,
 * behandler_kommune, refusjon and egenandel that the file has. Rules and lists:
 * docs/profiles/kpr.md.
 */
#ifndef SP_EXTRACTORS_KPR_CLAIMS_H
#define SP_EXTRACTORS_KPR_CLAIMS_H

#include "extractors/parser.h"

typedef struct KprClaims KprClaims;

/** `input` and `sink` are borrowed. SP_ERROR_CONFIG for lists and the setting `aar`. */
KprClaims *kpr_claims_new(const SpParserInput *input, SpSink *sink, GError **error);
void kpr_claims_free(KprClaims *claims);

/**
 * The sink, borrowed. `begin` fails with SP_ERROR_DATA for a column that config/codes/kpr_felt.csv
 * does not have (by its place, never its name) and for a needed one that is not there.
 *
 * A claim is left out, and noted with its row, by the first rule that it breaks: bad_date,
 * outside_year, no_diagnosis, no_tariff, unknown_tariff (no known one gives a type). Unknown
 * tariffs beside one that gives a type are noted alone (unknown_tariff_beside).
 */
SpSink *kpr_claims_sink(KprClaims *claims);
/** Numbers of the rows to come have a decimal point and not the layout's sign. */
void kpr_claims_set_point(KprClaims *claims);

/** Names of the file for XML: its columns (also those of ignored ones) [*n], borrowed from the
 * claims; and what `to` = `word` is called, NULL if the list does not say. */
const char *const *kpr_claims_columns(const KprClaims *claims, gsize *n);
const char *const *kpr_claims_ignored(const KprClaims *claims, gsize *n);
const char *kpr_claims_element(const KprClaims *claims, const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KprClaims, kpr_claims_free)

#endif
