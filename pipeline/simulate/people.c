/*
 * The population, by the cohort: deaths, emigration and moves are drawn in each cell (piece, sex,
 * age), the movers of the nation are then placed by pull, and mothers bear. This is no model that
 * the projections fit: pull follows size and centrality, kommuner have age structures of their own,
 * and a wave of refugees comes in two years.
 */
#include "pipeline/simulate/people.h"

#include <math.h>

enum { FEMALE = 1, OLDEST = SP_SIM_N_AGES - 1, WAVE_FIRST = 2022, WAVE_LAST = 2023 };
/* The moves' ages: steep up to the peak, slow down after it; small children move with their
 * parents. */
enum { PEAK_AGE = 24 };
static const double MEAN_FOREIGN_AGE = 29;
static const double SPREAD_FOREIGN_AGE = 13;

/* What one year's step works with. */
typedef struct {
    SpRandom random; /* of the year */
    const SpSimParameters *p;
    const SpSimGeography *geography;
    SpSimPeople *people;
    guint year;
    double *pull;       /* [n_pieces], sums to 1 */
    double foreign_sum; /* of the foreign ages' weights */
    double dies[SP_SIM_N_CELLS];
    double emigrates[SP_SIM_N_CELLS];
    double moves[SP_SIM_N_CELLS];
} Step;

double sp_sim_death_rate(const SpSimParameters *p, guint sex, guint age, guint year)
{
    double a = sex == FEMALE ? p->folk_doed_kvinner_a : p->folk_doed_menn_a;
    double b = sex == FEMALE ? p->folk_doed_kvinner_b : p->folk_doed_menn_b;
    double rate = sp_sim_exp(a + b * age - p->folk_doed_fall * ((double)year - 2018));
    if (age == 0) {
        rate += 0.002;
    }
    return MIN(MAX(rate, p->folk_doed_minst), 0.7);
}

double sp_sim_fertility(const SpSimParameters *p, guint age)
{
    double z = ((double)age + 0.5 - p->folk_fruktbarhet_alder) / p->folk_fruktbarhet_spredning;
    if (age < 15 || age > 49) {
        return 0;
    }
    /* The normal density's constant is 1 / sqrt(2 pi). */
    return p->folk_fruktbarhet * sp_sim_exp(-z * z / 2) * 0.3989422804014327 /
           p->folk_fruktbarhet_spredning;
}

static double move_rate(const SpSimParameters *p, guint age)
{
    double top = p->folk_flytting_topp;
    double bottom = p->folk_flytting_gulv;
    /* Children move with parents who are about 30 years older, so the small move most. */
    double from_peak = age < 18 ? 3 + 0.6 * (double)age
                                : fabs((double)age - PEAK_AGE) * (age < PEAK_AGE ? 1.0 : 0.5);
    return bottom + (top - bottom) * sp_sim_exp(-from_peak * 0.22);
}

static double foreign_weight(guint age)
{
    double z = ((double)age - MEAN_FOREIGN_AGE) / SPREAD_FOREIGN_AGE;
    return sp_sim_exp(-z * z / 2) + (age < 16 ? 0.15 : 0);
}

static guint32 *cells_of(SpSimPeople *people, guint year, guint piece)
{
    return people->persons + ((gsize)year * people->n_pieces + piece) * SP_SIM_N_CELLS;
}

const guint32 *sp_sim_people_at(const SpSimPeople *people, guint year, guint piece)
{
    g_assert(year < people->n_years && piece < people->n_pieces);
    return people->persons + ((gsize)year * people->n_pieces + piece) * SP_SIM_N_CELLS;
}

/* Persons of the first day: the nation's pyramid tilted by the kommune's own age structure. */
static void settle(SpSimPeople *people, SpRandom random, const SpSimParameters *p,
                   const SpSimGeography *geography, const double pyramid[])
{
    SpRandom tilt = sp_random_named(random, "alder");
    SpRandom draw = sp_random_named(random, "folk");
    double nation = 0;
    for (guint k = 0; k < geography->n_kommuner; k++) {
        nation += geography->kommuner[k].size;
    }
    g_autofree double *total = g_new0(double, SP_SIM_N_CELLS);
    g_autofree double *weight = g_new(double, (gsize)geography->n_pieces *SP_SIM_N_CELLS);
    for (guint piece = 0; piece < geography->n_pieces; piece++) {
        guint k = geography->pieces[piece].kommune;
        const SpSimKommune *kommune = &geography->kommuner[k];
        double slope = p->folk_alder_utkant * ((double)kommune->class - 2.3) +
                       p->folk_alder_spredning * sp_sim_normal(tilt, k);
        for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
            double age = (double)(cell % SP_SIM_N_AGES);
            double w = kommune->size / nation * geography->pieces[piece].share *
                       sp_sim_exp(slope * (MIN(age, 85) - 40) / 40);
            weight[(gsize)piece * SP_SIM_N_CELLS + cell] = w;
            total[cell] += w;
        }
    }
    double sum = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        sum += pyramid[cell];
    }
    for (guint piece = 0; piece < geography->n_pieces; piece++) {
        guint32 *cells = cells_of(people, 0, piece);
        for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
            double mean = p->folk_folketall * pyramid[cell] / sum *
                          weight[(gsize)piece * SP_SIM_N_CELLS + cell] / total[cell];
            cells[cell] = sp_sim_poisson(sp_random_numbered(draw, piece), cell, mean);
        }
    }
}

/* Pull on those who move: size, and the more the more central. */
static void fill_pull(const SpSimGeography *geography, double steepness, double pull[])
{
    double sum = 0;
    for (guint i = 0; i < geography->n_pieces; i++) {
        const SpSimKommune *kommune = &geography->kommuner[geography->pieces[i].kommune];
        pull[i] = kommune->size * geography->pieces[i].share *
                  sp_sim_exp(-steepness * (double)kommune->class);
        sum += pull[i];
    }
    for (guint i = 0; i < geography->n_pieces; i++) {
        pull[i] /= sum;
    }
}

/* Places `n` persons of a cell over the pieces by pull, and counts them as moved in or
 * immigrated. */
static void place(const Step *step, const char *name, guint cell, guint32 n, guint32 next_cell)
{
    SpRandom draw = sp_random_numbered(sp_random_named(step->random, name), cell);
    gboolean is_foreign = name[0] == 'i';
    double left = 1;
    guint n_pieces = step->people->n_pieces;
    for (guint piece = 0; piece < n_pieces && n > 0; piece++) {
        double share = step->pull[piece];
        guint32 here =
            piece + 1 == n_pieces ? n : sp_sim_binomial(draw, piece, n, MIN(share / left, 1));
        left = MAX(left - share, 1e-12);
        n -= here;
        cells_of(step->people, step->year + 1, piece)[next_cell] += here;
        SpSimEvents *events = &step->people->events[(gsize)step->year * n_pieces + piece];
        *(is_foreign ? &events->immigrated : &events->moved_in) += here;
    }
}

static guint older(guint cell)
{
    return cell % SP_SIM_N_AGES == OLDEST ? cell : cell + 1;
}

/* Chances of the year by sex and age: the same in all pieces. */
static void fill_chances(Step *step)
{
    double emigrants =
        step->p->folk_utvandring / step->p->folk_folketall / step->foreign_sum * SP_SIM_N_AGES;
    guint year = SP_SIM_FIRST_YEAR + step->year;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint age = cell % SP_SIM_N_AGES;
        guint sex = cell / SP_SIM_N_AGES;
        /* A person lives half the year at this age and half at the next. */
        double rate = (sp_sim_death_rate(step->p, sex, age, year) +
                       sp_sim_death_rate(step->p, sex, MIN(age + 1, OLDEST), year)) /
                      2;
        step->dies[cell] = 1 - sp_sim_exp(-rate);
        step->emigrates[cell] = emigrants * foreign_weight(age);
        step->moves[cell] = move_rate(step->p, age);
    }
}

/* Who of a piece dies, leaves the country or moves; those who stay are a year older. Adds movers
 * [SP_SIM_N_CELLS] to the pool. */
static void live(const Step *step, guint piece, guint32 pool[])
{
    const guint32 *now = sp_sim_people_at(step->people, step->year, piece);
    guint32 *next = cells_of(step->people, step->year + 1, piece);
    SpSimEvents *events = &step->people->events[(gsize)step->year * step->people->n_pieces + piece];
    SpRandom draw = sp_random_numbered(sp_random_named(step->random, "liv"), piece);
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint64 index = 3 * (guint64)cell;
        guint32 n = now[cell];
        guint32 dead = sp_sim_binomial(draw, index, n, step->dies[cell]);
        guint32 abroad = sp_sim_binomial(draw, index + 1, n - dead, step->emigrates[cell]);
        guint32 moved = sp_sim_binomial(draw, index + 2, n - dead - abroad, step->moves[cell]);
        next[older(cell)] += n - dead - abroad - moved;
        pool[cell] += moved;
        events->deaths += dead;
        events->emigrated += abroad;
        events->moved_out += moved;
        step->people->deaths[(gsize)step->year * SP_SIM_N_CELLS + cell] += dead;
    }
}

/* Births of the women there at the start of the year; infants who die before the year is out are
 * counted as born and dead. */
static void bear(const Step *step, guint piece)
{
    const guint32 *now = sp_sim_people_at(step->people, step->year, piece);
    guint32 *next = cells_of(step->people, step->year + 1, piece);
    gsize at = (gsize)step->year * step->people->n_pieces + piece;
    SpRandom draw = sp_random_numbered(sp_random_named(step->random, "fødte"), piece);
    guint32 births = 0;
    for (guint age = 15; age < 50; age++) {
        guint32 born = sp_sim_binomial(draw, age, now[FEMALE * SP_SIM_N_AGES + age],
                                       sp_sim_fertility(step->p, age));
        births += born;
        step->people->mothers[(gsize)step->year * SP_SIM_N_AGES + age] += born;
    }
    guint32 boys = sp_sim_binomial(draw, 0, births, step->p->folk_gutter);
    for (guint sex = 0; sex < 2; sex++) {
        guint32 born = sex == FEMALE ? births - boys : boys;
        guint32 dead = sp_sim_binomial(draw, 1 + sex, born, 0.0018);
        next[(gsize)sex * SP_SIM_N_AGES] += born - dead;
        step->people->events[at].deaths += dead;
        step->people->deaths[(gsize)step->year * SP_SIM_N_CELLS + (gsize)sex * SP_SIM_N_AGES] +=
            dead;
    }
    step->people->events[at].births = births;
}

static void move_on(Step *step)
{
    guint year = SP_SIM_FIRST_YEAR + step->year;
    guint32 pool[SP_SIM_N_CELLS] = {0};
    double wave = year >= WAVE_FIRST && year <= WAVE_LAST ? step->p->folk_flyktninger : 0;
    double foreign = (step->p->folk_innvandring + wave) *
                     (1 + 0.08 * sp_sim_normal(sp_random_named(step->random, "innvandring"), 0));
    fill_chances(step);
    for (guint piece = 0; piece < step->people->n_pieces; piece++) {
        live(step, piece, pool);
        bear(step, piece);
    }
    SpRandom draw = sp_random_named(step->random, "fra utlandet");
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint age = cell % SP_SIM_N_AGES;
        guint32 immigrants =
            sp_sim_poisson(draw, cell, foreign / 2 * foreign_weight(age) / step->foreign_sum);
        place(step, "flyttet", cell, pool[cell], older(cell));
        place(step, "innvandret", cell, immigrants, older(cell));
    }
}

SpSimPeople *sp_sim_people_new(SpRandom random, const SpSimParameters *parameters,
                               const SpSimGeography *geography, const double pyramid[],
                               guint n_years)
{
    SpSimPeople *people = g_new0(SpSimPeople, 1);
    people->n_years = n_years;
    people->n_pieces = geography->n_pieces;
    people->persons = g_new0(guint32, (gsize)n_years * geography->n_pieces * SP_SIM_N_CELLS);
    people->events = g_new0(SpSimEvents, (gsize)n_years * geography->n_pieces);
    people->deaths = g_new0(guint32, (gsize)n_years * SP_SIM_N_CELLS);
    people->mothers = g_new0(guint32, (gsize)n_years * SP_SIM_N_AGES);
    settle(people, random, parameters, geography, pyramid);
    g_autofree double *pull = g_new(double, geography->n_pieces);
    fill_pull(geography, parameters->folk_flytting_trekk, pull);
    Step step = {.p = parameters, .geography = geography, .people = people, .pull = pull};
    for (guint age = 0; age < SP_SIM_N_AGES; age++) {
        step.foreign_sum += foreign_weight(age);
    }
    SpRandom years = sp_random_named(random, "år");
    for (guint year = 0; year + 1 < n_years; year++) {
        step.year = year;
        step.random = sp_random_numbered(years, year);
        move_on(&step);
    }
    return people;
}

void sp_sim_people_free(SpSimPeople *people)
{
    if (people == NULL) {
        return;
    }
    g_free(people->persons);
    g_free(people->events);
    g_free(people->deaths);
    g_free(people->mothers);
    g_free(people);
}
