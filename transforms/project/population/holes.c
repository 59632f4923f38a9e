/* One cell of 75 000 that is not there is not to take a kommune out of the projection. */
#include "transforms/project/population/holes.h"

#include <math.h>

enum { CELLS = SP_N_SEXES * SP_N_AGES, OLDEST = SP_N_AGES - 1 };

static SpReal *base_real(const SpHistory *history, gsize region, guint sex, guint age)
{
    return &history->base_reals[region * CELLS + (gsize)sex * SP_N_AGES + age];
}

/* Those who are `age` on the base day, a year before; the newborn are compared with the newborn. */
static double year_before(const SpHistory *history, gsize region, guint sex, guint age)
{
    const double *count = sp_history_persons(history, region, history->base - 1)->count[sex];
    return count[age == 0 ? 0 : age - 1] + (age == OLDEST ? count[OLDEST] : 0.0);
}

static gboolean has_year_before(const SpHistory *history, gsize region)
{
    return history->n_days > 1 && history->is_counted[(region + 1) * history->n_days - 2];
}

/* What a cohort has become in a year, over the kommuner that have both and were not filled. */
static double became(const SpHistory *history, guint sex, guint age)
{
    double before = 0.0, now = 0.0;
    for (gsize region = 0; region < history->n_regions; region++) {
        const SpReal *real = base_real(history, region, sex, age);
        if (has_year_before(history, region) && sp_real_is_number(*real) &&
            !(real->flags & SP_FLAG_MODELLED)) {
            before += year_before(history, region, sex, age);
            now += real->value;
        }
    }
    return before > 0.0 ? now / before : 1.0;
}

static guint count_holes(const SpHistory *history, gsize region)
{
    guint n = 0;
    for (gsize cell = 0; cell < CELLS; cell++) {
        n += history->base_reals[region * CELLS + cell].status == SP_MISSING ? 1 : 0;
    }
    return n;
}

void sp_history_fill_holes(SpHistory *history, SpQuality *quality)
{
    for (gsize region = 0; region < history->n_regions; region++) {
        guint n = count_holes(history, region);
        if (n == 0 || n > SP_MOST_HOLES || !has_year_before(history, region)) {
            continue;
        }
        SpPersons *now = &history->persons[(region + 1) * history->n_days - 1];
        for (guint cell = 0; cell < CELLS; cell++) {
            guint sex = cell / SP_N_AGES, age = cell % SP_N_AGES;
            SpReal *real = base_real(history, region, sex, age);
            if (real->status == SP_MISSING) {
                double persons =
                    floor(year_before(history, region, sex, age) * became(history, sex, age) + 0.5);
                *real = sp_real_flagged(persons, SP_FLAG_MODELLED);
                now->count[sex][age] = persons;
            }
        }
        g_autofree char *subject = g_strdup_printf("region %s", history->codes[region]);
        sp_quality_note(quality, "base_filled", subject, 0,
                        "%u of its sexes and ages have no figure on 1 January %d and are those of "
                        "the year before, grown a year older: fetch the table again",
                        n, history->base);
    }
}
