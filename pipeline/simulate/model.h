/** The whole simulated country: what the sources' writers read. */
#ifndef SP_SIMULATE_MODEL_H
#define SP_SIMULATE_MODEL_H

#include "pipeline/simulate/educated.h"
#include "pipeline/simulate/regions.h"

typedef enum { SP_SIM_LEVEL_EXTRACTS, SP_SIM_LEVEL_FACTS } SpSimLevel;

typedef struct {
    const char *data_folder; /* the project's config/ */
    guint64 seed;
    double scale; /* share of the nation's persons in person-level files, 0 < scale <= 1 */
    guint from;   /* first and last year; 0: what modell.ini says */
    guint to;
    SpSimLevel level;
    guint n_threads;
} SpSimOptions;

typedef struct {
    SpSimOptions options; /* with from and to filled in */
    SpRandom random;
    SpSimParameters parameters;
    SpSimGeography *geography;
    SpSimPeople *people;
    SpSimEffects *effects;
    SpSimServices services;
    SpSimProfessions professions;
    SpSimCare care;
    SpSimStaff *staff;
    SpSimEducations educations;
    SpSimStudies *studies;
    SpSimEducated *educated;
    double *homes;      /* of those who work in a piece: commuting.h */
    guint n_years;      /* simulated, from SP_SIM_FIRST_YEAR to `to` */
    SpSimUse *use;      /* [year * n_pieces + piece] */
    SpSimUse *code_use; /* [year * n_codes + code]: the same summed to the year's kommuner, before
                   * anything is hidden */
    guint32 *
        code_cells; /* [(year * n_codes + code) * SP_SIM_N_CELLS]: persons on 1 January, n_years + 1
                     * of them */
    SpSimRegions *regions; /* kommuner and sums of them in the wanted years */
} SpSimModel;

/** The regions of a model without them. */
SpSimRegions *sp_sim_regions_new(const SpSimModel *model);

/** Reads the configuration and generates. SP_ERROR_USAGE (years, scale), SP_ERROR_CONFIG,
 * SP_ERROR_NO_INPUT, SP_ERROR_DATA. */
SpSimModel *sp_sim_model_new(const SpSimOptions *options, GError **error);
void sp_sim_model_free(SpSimModel *model);

/** Number of a calendar year. */
guint sp_sim_year(guint year);
/** TRUE if the code is a kommune on 1 January of the year. */
gboolean sp_sim_model_holds(const SpSimModel *model, guint code, guint year);
/** Use of a code that holds in a calendar year. */
const SpSimUse *sp_sim_model_use(const SpSimModel *model, guint code, guint year);
/** Persons of a code on 1 January of a calendar year: [SP_SIM_N_CELLS], zeros when it does not
 * hold. */
const guint32 *sp_sim_model_cells(const SpSimModel *model, guint code, guint year);
/** Persons aged first to last, both sexes. */
guint32 sp_sim_model_persons(const SpSimModel *model, guint code, guint year, guint first,
                             guint last);
/** Årsverk to hundredths: percent / 100. */
gint64 sp_sim_aarsverk(guint64 percent);
/** TRUE when the code's kommune did not report that year. */
gboolean sp_sim_model_is_silent(const SpSimModel *model, guint code, guint year);
/** Adds one count to another. */
void sp_sim_use_add(SpSimUse *sum, const SpSimUse *use);
/** Users of a group on 31 December in bands first to last. */
guint32 sp_sim_use_group(const SpSimUse *use, SpSimGroup group, guint first, guint last);

/** Is the person in files of this scale? The same persons in every file and year; those of a
 * smaller scale are among them. */
gboolean sp_sim_model_is_drawn(const SpSimModel *model, guint64 person);
/** Her pseudonym: 16 hexadecimal digits and a NUL. */
enum { SP_SIM_PSEUDONYM_SIZE = 17 };
void sp_sim_model_pseudonym(const SpSimModel *model, guint64 person,
                            char pseudonym[SP_SIM_PSEUDONYM_SIZE]);
/** Years of a person-level source: the last `n` of the simulated ones, first one. */
guint sp_sim_model_first_kept(const SpSimModel *model, double n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimModel, sp_sim_model_free)

#endif
