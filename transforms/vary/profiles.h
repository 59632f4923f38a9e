/** What the stage tells of each kommune when figures and projections stand: its challenges, and
 * where a small kommune is exposed. */
#ifndef SP_TRANSFORMS_VARY_PROFILES_H
#define SP_TRANSFORMS_VARY_PROFILES_H

#include "core/table.h"
#include "core/transform.h"

/** Tables that the two read of the units before them, NULL-terminated. */
extern const char *const sp_profiles_of_vary[];
extern const char *const sp_profiles_of_project[];

/** The period of a projection (column period) in the year that is told (sp_told_year), and in
 * `first`, where that is not NULL, its first; both NULL if it has none. g_free. */
char *sp_profiles_ahead(const SpTable *projection, char **first);

/**
 * in: indikator, indikatorverdi, region, sammenlikning, plassering, utvikling, and
 * framskriving_gap where it is there · out: utfordringer (docs/tables.md).
 *
 * One row a kommune and indicator of `sammenlikning` that has a good side or is tagged need in the
 * catalogue (yrke "tot"), and one a kommune and profession of the projection, in the year
 * that is told (indikator "proj_gap_pct"), but where a relevant shortage (more than one årsverk
 * and 5 % of the need) comes in no future, or cannot be told of (not applicable). No ranking,
 * and no sum: every part stands for itself.
 *   signal, vurdering         as in plassering, of the same period; utvikling as its vurdering
 *   verdi, middel_naermeste   of sammenlikning; of the projection gap_andel, no mean
 *   stigning                  of utvikling, a year; not applicable of the projection
 *   gap, sannsynlighet_mangel of the projection alone
 * No settings. Method: docs/methods/variation.md#challenges.
 */
extern const SpTransform sp_transform_challenges;

/**
 * in: indikator, indikatorverdi, region, smaa_kommuner (config/smaa_kommuner.csv: the parts), and
 * lovkrav (config/framskriving), and framskriving_tilbud where it is there · out: smaa_kommuner.
 *
 * One row a kommune of at most so many inhabitants and part (of several professions: each, and yrke
 * "tot" of them together), with nivaa lav, middels, hoey; ukjent where there is no figure; and of
 * the chance that nobody is left ingen_i_dag where it is as high today: levels, since parts of
 * personnel registers may not be told as figures. Where kommuner share a service the level is the
 * host's, which vertskommune names. Professions together have the level of the gravest, in the
 * order lav, middels, ukjent, hoey, ingen_i_dag. Row `samlet` counts the parts that are hoey or
 * ingen_i_dag, and those that are not ukjent. A part that is exposed by few is ukjent where its
 * figures are of a draw of the persons (flag u).
 *
 * Settings:
 *   vary.small_inhabitants     a kommune of at most so many is small
 *   vary.period_minimum_share  see sp_country_newest
 * Findings: part_without_source, part_of_sample, subject the part, told once.
 * Errors: SP_ERROR_CONFIG names the row of config/smaa_kommuner.csv.
 * Method: docs/methods/variation.md#small.
 */
extern const SpTransform sp_transform_small;

#endif
