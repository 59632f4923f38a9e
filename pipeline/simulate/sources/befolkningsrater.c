/* Mortality and fertility of the nation in the shape of the Human Mortality and Fertility
 * Databases: what happened in the simulated years, and before them what the model's rates and the
 * first year's population give. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { HISTORY = 17, HMD_OLDEST = 110, OPEN = SP_SIM_N_AGES - 1 };

static double nation(const SpSimModel *model, guint year, guint cell)
{
    double sum = 0;
    guint at = MIN(year < SP_SIM_FIRST_YEAR ? 0 : sp_sim_year(year), model->n_years);
    for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
        sum += sp_sim_people_at(model->people, at, piece)[cell];
    }
    return sum;
}

static guint32 deaths(const SpSimModel *model, guint year, guint sex, guint age, double exposure)
{
    guint cell = sex * SP_SIM_N_AGES + MIN(age, (guint)OPEN);
    SpRandom draw = sp_random_numbered(sp_random_named(model->random, "døde før"), year);
    if (year < SP_SIM_FIRST_YEAR || age >= OPEN) {
        return sp_sim_poisson(
            draw, sex * 200 + age,
            exposure * sp_sim_death_rate(&model->parameters, sex, MIN(age, (guint)OPEN), year));
    }
    return model->people->deaths[(gsize)sp_sim_year(year) * SP_SIM_N_CELLS + cell];
}

static gboolean write_mortality(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output = sp_sim_output_open(folder, "extracts/doedelighet.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "aar,alder,kjonn,middelfolkemengde,dode,dodsrate\n");
    for (guint year = model->options.to - HISTORY + 1; year <= model->options.to; year++) {
        for (guint age = 0; age <= HMD_OLDEST; age++) {
            for (guint s = 0; s < 2; s++) {
                guint sex = 1 - s;
                guint cell = sex * SP_SIM_N_AGES + MIN(age, (guint)OPEN);
                double mean = (nation(model, year, cell) + nation(model, year + 1, cell)) / 2;
                /* The open age's persons halve with each year. */
                for (guint over = OPEN; over <= age && age >= OPEN; over++) {
                    mean /= 2;
                }
                gint64 exposure = (gint64)(mean * 10 + 0.5);
                gint64 dead = deaths(model, year, sex, age, mean);
                gint64 rate = exposure > 0 ? dead * 10000000 / exposure : 0;
                sp_sim_put_format(output, "%u,%u,%s,", year, age, sex == 1 ? "Female" : "Male");
                sp_sim_put_fixed(output, exposure, 1, '.');
                sp_sim_put_format(output, ",%" G_GINT64_FORMAT ",", dead);
                sp_sim_put_fixed(output, rate, 6, '.');
                sp_sim_put_char(output, '\n');
            }
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_fertility(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output = sp_sim_output_open(folder, "extracts/fruktbarhet.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "aar,alder,fruktbarhetsrate\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint age = 12; age <= 55; age++) {
            double women = nation(model, year, SP_SIM_N_AGES + age);
            guint32 births = model->people->mothers[(gsize)sp_sim_year(year) * SP_SIM_N_AGES + age];
            sp_sim_put_format(output, "%u,%u,", year, age);
            sp_sim_put_fixed(output, women > 0 ? (gint64)(births * 1e5 / women + 0.5) : 0, 5, '.');
            sp_sim_put_char(output, '\n');
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_mortality(model, folder, error) && write_fertility(model, folder, error);
}

const SpSimSource sp_sim_source_befolkningsrater = {
    .name = "befolkningsrater",
    .summary = "mortality and fertility as in HMD and HFD",
    .write = write_extracts,
};
