/** The tables of demand, from the expected path. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_TABLES_H
#define SP_TRANSFORMS_PROJECT_DEMAND_TABLES_H

#include "core/table.h"
#include "transforms/project/demand/paths.h"
#include "transforms/project/groups.h"

/** What tables are made of; borrowed. */
typedef struct {
    const SpDemandPaths *paths;
    const SpRegionGroups *groups; /* of paths->kommuner, in their order */
    const SpTable *population;    /* gives the edition, and the classification of regions */
    guint marks;                  /* of all that went in */
} SpDemandTables;

/**
 * `framskriving_behov`: region, tjeneste, period (1 January) · brukere (persons at today's level),
 * brukere_likt_behov (persons with the country's use), indeks (ratio of brukere, 1 in the base),
 * indeks_konstant_bruk (the same if use by age stayed). Regions are kommuner and those above
 * them (groups.h), whose indices are those of the sums. A service that follows persons of some ages
 * has no number of users (not applicable), and its index. An index over 0 is not applicable.
 * Figures of a kommune whose people are missing or suppressed, and of the regions above, have that
 * status. Flag m. Sorted by key.
 */
SpTable *sp_demand_users_table(const SpDemandTables *tables);

#define SP_TABLE_PER_USER "framskriving_aarsverk_per_bruker"

/**
 * `framskriving_aarsverk_per_bruker`, what the projection assumes of how much staff a user has:
 * region (those above kommuner), tjeneste (those with users), period · indeks (ratio: årsverk of
 * the service, all professions at today's level, over its users, both summed over the kommuner; 1
 * on the base day). Not applicable where the service has no årsverk. Status, flag and order as
 * above.
 */
SpTable *sp_demand_per_user_table(const SpDemandTables *tables);

/**
 * `framskriving_etterspoersel`: region, yrke, period · (vertsomraade: "ja" where the kommune is
 * counted with those it shares a service with) · aarsverk (today's level), aarsverk_likt_behov,
 * lovkrav (what the law's floor has added to aarsverk), rest (what of aarsverk is in areas that are
 * counted by what a source of all the profession's people has beyond the others), all additive. A
 * part (wholes.h) is in its whole too. A profession that no source counts has rows that are not
 * applicable. Regions, status, flag and order as above.
 */
SpTable *sp_demand_need_table(const SpDemandTables *tables);

/**
 * `framskriving_etterspoersel_deler`: region, yrke, period (the days `days`, numbers, gsize) ·
 * befolkning, bruk, produktivitet, sammensetning aarsverk, additive: the parts (parts.h) of what
 * `aarsverk` of framskriving_etterspoersel has changed by since the base. What the law's floor adds
 * is in productivity and composition. Regions above kommuner have the sums of theirs. A change that
 * is no number on one of its two days has that status in all its parts. Flag m. Sorted by key.
 */
SpTable *sp_demand_parts_table(const SpDemandTables *tables, const GArray *days);

#endif
