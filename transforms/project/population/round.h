/**
 * A round of SSB's own projection: persons by kommune, sex and one-year age, and the sums of
 * fylker and the country, from the table `ssb_framskriving_ettaarig`.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_ROUND_H
#define SP_TRANSFORMS_PROJECT_POPULATION_ROUND_H

#include "core/quality.h"
#include "transforms/project/population/history.h"
#include "transforms/project/places.h"

enum { SP_ALTERNATIVE_SIZE = 16 };

/** Which round: `project.population`, "own" or "ssb[:ALTERNATIVE][@UTGAVE]". */
typedef struct {
    gboolean is_used;
    char alternative[SP_ALTERNATIVE_SIZE]; /* "MMMM" when none is named */
    int edition;                           /* year of the round; 0: the newest not after the base */
} SpRoundChoice;

/** SP_ERROR_CONFIG names the setting and what it may be. */
gboolean sp_round_parse(const char *key, const char *text, SpRoundChoice *choice, GError **error);

/** What a round has from the base's day to the horizon. */
typedef struct {
    int edition;
    char alternative[SP_ALTERNATIVE_SIZE];
    gsize n_regions, n_days;
    /* [n_regions][n_days] TRUE where every sex and age has a figure; the base day never: it is
     * known. */
    gboolean *has;
    SpPersons *persons; /* the same places; 0 where there is no figure */
    /* Sums of fylker [n_fylker], then the country, in the order of places->fylke_codes. */
    gsize n_areas;
    gboolean *area_has; /* [n_areas][n_days] */
    SpPersons *areas;   /* [n_areas][n_days] */
} SpRound;

/**
 * Reads the chosen alternative of the chosen round for the kommuner of a history.
 *
 *   table  `ssb_framskriving_ettaarig`: region, alternativ, kjonn, alder, period (date), utgave ·
 *          innbyggere
 *
 * A round of a later year than the base was not known then and is never read: not as the newest,
 * and an error when it is named. SP_ERROR_NO_INPUT when the table, alternative or round is not
 * there, naming those that are, and when the round has no whole day of any kommune after the base:
 * who asks for it does not want our own in its place; SP_ERROR_DATA on a missing column or persons
 * below 0.
 */
SpRound *sp_round_new(const SpTables *in, const SpRoundChoice *choice, const SpHistory *history,
                      const SpPlaces *places, gsize n_days, GError **error);
/** Whether it could be read for a base, without reading a figure. Errors as sp_round_new. */
gboolean sp_round_check(const SpTables *in, const SpRoundChoice *choice, int base, GError **error);
/** Findings of a round that is used: "ssb_older_round" (it is not of the base year), "ssb_lacking"
 * (a kommune without a complete day). */
void sp_round_note(const SpRound *round, const SpHistory *history, SpQuality *quality);
void sp_round_free(SpRound *round);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRound, sp_round_free)

#endif
