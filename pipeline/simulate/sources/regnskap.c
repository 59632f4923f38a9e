/* KOSTRA accounts: records of 48 characters, ISO-8859-1, LF, amounts in 1 000 kroner. All kommuner
 * of the last year in one file, and its four quarters in another. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { NEW_CARE_FUNCTIONS = 2024, COST_OF_AARSVERK = 780, N_QUARTERS = 4 };

/* Per cent of the year's amounts that are in the books at the end of each quarter: so far in the
 * year (assumed), and the last one before the accounts are settled. Made up. */
static const guint booked_pct[N_QUARTERS] = {23, 47, 72, 98};

/* Part of a sector's cost in a function: per cent, care and health apart. 254 gave way to 257 and
 * 258 in 2024. */
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

/* What the records of a kommune's accounts begin with, and the part of the year that is booked. */
typedef struct {
    guint year;
    char quarter; /* blank: the year */
    guint pct;
} Period;

static void put_record(SpSimOutput *output, const Period *period, const char *kommune,
                       const char *function, const char *art, gint64 amount)
{
    sp_sim_put_format(output, "0A%04u%c%s00%9s%9s1%-4s%s%9" G_GINT64_FORMAT "\n", period->year,
                      period->quarter, kommune, "", "", function, art, amount);
}

static void put_kommune(const SpSimModel *model, SpSimOutput *output, guint region,
                        const Period *period)
{
    guint year = period->year;
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
            gint64 amount = cost * arts[art].share / 1000 * period->pct / 100;
            if (amount != 0) {
                put_record(output, period, code, functions[i].function, arts[art].art, amount);
            }
        }
    }
}

static void put_period(const SpSimModel *model, SpSimOutput *output, const Period *period)
{
    for (guint region = 0; region < model->regions->n; region++) {
        if (model->regions->regions[region].kind == SP_SIM_REGION_KOMMUNE &&
            sp_sim_regions_at(model->regions, region, period->year)->holds) {
            put_kommune(model, output, region, period);
        }
    }
}

static gboolean write_year(const SpSimModel *model, const char *folder, GError **error)
{
    const Period year = {model->options.to, ' ', 100};
    g_autofree char *name = g_strdup_printf("inbox/kostra/regnskap-aar-%u.dat", year.year);
    SpSimOutput *output = sp_sim_output_open(folder, name, TRUE, error);
    if (output == NULL) {
        return FALSE;
    }
    put_period(model, output, &year);
    return sp_sim_output_close(output, error);
}

static gboolean write_quarters(const SpSimModel *model, const char *folder, GError **error)
{
    g_autofree char *name =
        g_strdup_printf("inbox/kostra/regnskap-kvartal-%u.dat", model->options.to);
    SpSimOutput *output = sp_sim_output_open(folder, name, TRUE, error);
    if (output == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < N_QUARTERS; i++) {
        const Period quarter = {model->options.to, (char)('1' + i), booked_pct[i]};
        put_period(model, output, &quarter);
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_year(model, folder, error) && write_quarters(model, folder, error);
}

const SpSimSource sp_sim_source_regnskap = {
    .name = "regnskap",
    .summary = "KOSTRA accounts, records of 48 characters, yearly and quarterly",
    .write = write_extracts,
};
