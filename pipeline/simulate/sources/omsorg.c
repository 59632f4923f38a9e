/* The panel of users, residents and nurses' årsverk by kommune (SSB 12292, 11645 and 11924 restated
 * on today's kommuner, as config/layouts/brukere.ini and aarsverk.ini read it). An empty field was
 * not published. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { HIDDEN_BELOW = 5, OLD_BAND = 4, ALL_BANDS = SP_SIM_N_BANDS - 1 };

/* The codes of a year that make up today's kommune: all pieces of it. */
static void sum_kommune(const SpSimModel *model, guint kommune, guint year, SpSimUse *use,
                        guint64 *percent, gboolean *is_silent)
{
    const SpSimGeography *geography = model->geography;
    guint at = sp_sim_year(year);
    *is_silent = sp_sim_is_silent(model->random, &model->parameters, kommune, year);
    for (guint piece = 0; piece < geography->n_pieces; piece++) {
        if (geography->pieces[piece].kommune != kommune) {
            continue;
        }
        sp_sim_use_add(use, &model->use[(gsize)at * geography->n_pieces + piece]);
        for (guint i = 0; i < model->professions.n; i++) {
            if (strcmp(model->professions.professions[i].id, "sykepleier") == 0) {
                *percent +=
                    sp_sim_staff_count(model->staff, at, piece, i, SP_SIM_SECTOR_CARE)->percent;
            }
        }
    }
}

static void put_count(SpSimOutput *output, guint32 count, gboolean is_silent)
{
    sp_sim_put_char(output, ',');
    if (!is_silent && (count == 0 || count >= HIDDEN_BELOW)) {
        sp_sim_put_uint(output, count, 0);
    }
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output = sp_sim_output_open(folder, "extracts/omsorg.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,"
                       "bolig_heldoegn,institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n");
    for (guint kommune = 0; kommune < model->geography->n_kommuner; kommune++) {
        /* The layouts take these years' 1508 for the undivided Ålesund, as the real panel has it;
         * restated rows begin in 2023. */
        for (guint year = MAX(model->options.from, 2023); year <= model->options.to; year++) {
            SpSimUse use = {0};
            guint64 percent = 0;
            gboolean is_silent = FALSE;
            sum_kommune(model, kommune, year, &use, &percent, &is_silent);
            sp_sim_put_format(output, "%s,%u", model->geography->kommuner[kommune].code, year);
            put_count(output, sp_sim_use_group(&use, SP_SIM_GROUP_HOME, 0, ALL_BANDS), is_silent);
            put_count(output, sp_sim_use_group(&use, SP_SIM_GROUP_HOME, OLD_BAND, ALL_BANDS),
                      is_silent);
            put_count(output, sp_sim_use_group(&use, SP_SIM_GROUP_HOUSING, 0, ALL_BANDS),
                      is_silent);
            put_count(output, sp_sim_use_group(&use, SP_SIM_GROUP_INSTITUTION, 0, ALL_BANDS),
                      is_silent);
            put_count(output, sp_sim_use_group(&use, SP_SIM_GROUP_INSTITUTION, OLD_BAND, ALL_BANDS),
                      is_silent);
            sp_sim_put_char(output, ',');
            if (!is_silent) {
                sp_sim_put_fixed(output, sp_sim_aarsverk(percent), 2, '.');
            }
            sp_sim_put_char(output, '\n');
        }
    }
    return sp_sim_output_close(output, error);
}

const SpSimSource sp_sim_source_omsorg = {
    .name = "omsorg",
    .summary = "users, residents and nurses by kommune, from 2023",
    .write = write_extracts,
};
