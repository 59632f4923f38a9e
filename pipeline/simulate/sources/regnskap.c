/* KOSTRA accounts: records of 48 characters, ISO-8859-1, LF, all kommuner of the last year in one file. Amounts in 1 000 kroner. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { NEW_CARE_FUNCTIONS = 2024, COST_OF_AARSVERK = 780 };

/* Part of a sector's cost in a function: per cent, care and health apart. 254 gave way to 257 and 258 in 2024. */
typedef struct {
    const char *function;
    SpSimSector sector;
    guint share_pct;
    guint from; /* years that it holds */
    guint to;
} Function;

static const Function functions[] = {
    {"232", SP_SIM_SECTOR_HEALTH, 32, 0, 9999},
    {"233", SP_SIM_SECTOR_HEALTH, 8, 0, 9999},
    {"241", SP_SIM_SECTOR_HEALTH, 60, 0, 9999},
    {"234", SP_SIM_SECTOR_CARE, 6, 0, 9999},
    {"253", SP_SIM_SECTOR_CARE, 38, 0, 9999},
    {"254", SP_SIM_SECTOR_CARE, 54, 0, NEW_CARE_FUNCTIONS - 1},
    {"257", SP_SIM_SECTOR_CARE, 25, NEW_CARE_FUNCTIONS, 9999},
    {"258", SP_SIM_SECTOR_CARE, 29, NEW_CARE_FUNCTIONS, 9999},
    {"261", SP_SIM_SECTOR_CARE, 2, 0, 9999},
};

/* What the function's cost is spent on, and what comes in: per mille of it; income is negative. */
static const struct {
    const char *art;
    int share;
} arts[] = {{"010", 620}, {"040", 45}, {"090", 95},  {"099", 90},
            {"100", 60},  {"370", 60}, {"600", -40}, {"700", -55}};

static void put_record(SpSimOutput *output, guint year, const char *kommune, const char *function,
                       const char *art, gint64 amount)
{
    sp_sim_put_format(output, "0A%04u %s00%9s%9s1%-4s%s%9" G_GINT64_FORMAT "\n", year, kommune, "",
                      "", function, art, amount);
}

static void put_kommune(const SpSimModel *model, SpSimOutput *output, guint region, guint year)
{
    const SpSimRegionYear *at = sp_sim_regions_at(model->regions, region, year);
    const char *code = model->regions->regions[region].code;
    SpRandom level = sp_random_numbered(sp_random_named(model->random, "regnskap"), region);
    for (gsize i = 0; i < G_N_ELEMENTS(functions); i++) {
        if (year < functions[i].from || year > functions[i].to) {
            continue;
        }
        gint64 percent = 0;
        for (guint k = 0; k < model->professions.n; k++) {
            percent += (gint64)at->staff[k][functions[i].sector].percent;
        }
        /* A kommune's prices differ by a tenth either way. */
        gint64 cost = percent * COST_OF_AARSVERK / 10000 * functions[i].share_pct / 100 *
                      (gint64)(900 + sp_random_below(level, i, 200)) / 1000;
        for (gsize art = 0; art < G_N_ELEMENTS(arts); art++) {
            gint64 amount = cost * arts[art].share / 1000;
            if (amount != 0) {
                put_record(output, year, code, functions[i].function, arts[art].art, amount);
            }
        }
    }
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    guint year = model->options.to;
    g_autofree char *name = g_strdup_printf("inbox/kostra/regnskap-aar-%u.dat", year);
    SpSimOutput *output = sp_sim_output_open(folder, name, TRUE, error);
    if (output == NULL) {
        return FALSE;
    }
    for (guint region = 0; region < model->regions->n; region++) {
        if (model->regions->regions[region].kind == SP_SIM_REGION_KOMMUNE &&
            sp_sim_regions_at(model->regions, region, year)->holds) {
            put_kommune(model, output, region, year);
        }
    }
    return sp_sim_output_close(output, error);
}

const SpSimSource sp_sim_source_regnskap = {
    .name = "regnskap",
    .summary = "KOSTRA accounts, records of 48 characters",
    .write = write_extracts,
};
