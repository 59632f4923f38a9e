/* Recipients of services, seat by seat. */
#include "pipeline/simulate/care.h"

enum { MAX_TENURE = 40, REFERENCE_YEAR = 2022, WORDS_A_BLOCK = SP_RANDOM_WORDS };
/* Indexes of a person's draws in a year: services first, then what readers of `random` draw from
 * SP_SIM_... on. */
enum { DRAW_SERVICES = 0, DRAW_DEATH = 16 };

const guint sp_sim_band_first[SP_SIM_N_BANDS] = {0, 18, 50, 67, 80, 90};

static guint band_of(guint age)
{
    guint band = 0;
    while (band + 1 < SP_SIM_N_BANDS && age >= sp_sim_band_first[band + 1]) {
        band++;
    }
    return band;
}

/* Probability of having a service during a year: kommune of today, sex, age on 31 December, number
 * of the year. */
static double use_of(const SpSimCare *care, guint kommune, guint sex, guint age, guint year)
{
    const SpSimParameters *p = care->parameters;
    const SpSimEffects *effects = care->effects;
    double floor_use = p->bruk_gulv + p->bruk_stigning * ((double)MAX(age, 20) - 20);
    double midpoint = p->bruk_midtpunkt + effects->midpoint[year];
    double plain = floor_use + (p->bruk_topp - floor_use) *
                                   sp_sim_logistic(((double)age - midpoint) / p->bruk_bredde);
    /* The kommune's effects move the odds. */
    double effect = effects->use[(gsize)year * effects->n_kommuner + kommune] +
                    effects->slope[kommune] * (MIN((double)age, 95) - 80) / 40 +
                    (sex == 1 && age >= 67 ? p->bruk_kvinner : 0);
    double odds = plain / (1 - plain) * sp_sim_exp(effect);
    return odds / (1 + odds);
}

/* What is the same for all recipients of one kommune, band and year. */
typedef struct {
    guint32 threshold[SP_SIM_N_BANDS][SP_SIM_MAX_SERVICES]; /* of having it during the year */
    guint32 at_end[SP_SIM_MAX_SERVICES];
    guint32
        long_stay;  /* bit of the first institution service: who lives there has no help at home */
    guint32 home;   /* bits of what she then does not have */
    guint fallback; /* who would have nothing has this */
} Thresholds;

static void fill_thresholds(const SpSimCare *care, guint kommune, guint year, Thresholds *t)
{
    const SpSimServices *services = care->services;
    double years = (double)SP_SIM_FIRST_YEAR + year - REFERENCE_YEAR;
    double tilt = care->effects->institution[kommune];
    double most = 0;
    *t = (Thresholds){0};
    for (guint i = 0; i < services->n; i++) {
        const SpSimService *service = &services->services[i];
        double lean = service->group == SP_SIM_GROUP_INSTITUTION ? tilt
                      : service->group == SP_SIM_GROUP_HOUSING   ? -tilt
                                                                 : 0;
        double factor = sp_sim_exp(service->drift * years + lean);
        for (guint band = 0; band < SP_SIM_N_BANDS; band++) {
            t->threshold[band][i] = sp_sim_threshold(MIN(service->share[band] * factor, 0.97));
        }
        t->at_end[i] = sp_sim_threshold(service->at_end);
        if (service->group == SP_SIM_GROUP_INSTITUTION && t->long_stay == 0) {
            t->long_stay = 1U << i;
        }
        if (service->group == SP_SIM_GROUP_HOME || service->group == SP_SIM_GROUP_DAY ||
            service->group == SP_SIM_GROUP_SUPPORT) {
            t->home |= 1U << i;
        }
        if (service->group == SP_SIM_GROUP_HOME && service->share[SP_SIM_N_BANDS - 1] > most) {
            most = service->share[SP_SIM_N_BANDS - 1];
            t->fallback = i;
        }
    }
}

/* Services of a recipient: one word of random bits decides having it, another whether it lasts. */
static void give_services(const SpSimCare *care, const Thresholds *t, SpSimRecipient *recipient)
{
    guint n = care->services->n;
    guint band = band_of(recipient->age);
    guint32 words[SP_RANDOM_WORDS];
    guint32 has = 0;
    guint32 lasts = 0;
    for (guint i = 0; i < n; i++) {
        if (i % 2 == 0) {
            sp_random_block(recipient->random, DRAW_SERVICES + i / 2, words);
        }
        gsize at = 2 * ((gsize)i % 2);
        has |= (guint32)(words[at] < t->threshold[band][i]) << i;
        lasts |= (guint32)(words[at + 1] < t->at_end[i]) << i;
    }
    if ((has & t->long_stay) != 0) {
        has &= ~t->home;
    }
    if (has == 0) {
        has = 1U << t->fallback;
    }
    recipient->has = has;
    recipient->has_at_end = recipient->leaves ? 0 : has & lasts;
}

/* Who holds the seat: the person since the last year in which it was left. */
static guint held_since(SpRandom seat, guint year, guint32 leave)
{
    guint since = year;
    guint32 words[SP_RANDOM_WORDS];
    guint loaded = G_MAXUINT;
    while (since > 0 && year - since < MAX_TENURE) {
        guint before = since - 1;
        if (before / WORDS_A_BLOCK != loaded) {
            loaded = before / WORDS_A_BLOCK;
            sp_random_block(seat, loaded, words);
        }
        if (words[before % WORDS_A_BLOCK] < leave) {
            break;
        }
        since = before;
    }
    return since;
}

static gboolean leaves_in(SpRandom seat, guint year, guint32 leave)
{
    guint32 words[SP_RANDOM_WORDS];
    sp_random_block(seat, year / WORDS_A_BLOCK, words);
    return words[year % WORDS_A_BLOCK] < leave;
}

static guint32 death_threshold(const SpSimParameters *p, guint age)
{
    double share = age < 67 ? p->bruk_doed_67
                            : p->bruk_doed_67 + (p->bruk_doed_80 - p->bruk_doed_67) *
                                                    MIN(((double)age - 66) / 14, 1.4);
    return sp_sim_threshold(share);
}

typedef struct {
    const SpSimCare *care;
    const Thresholds *thresholds;
    SpSimRecipientFunc each;
    gpointer data;
    guint32 leave;
} Walk;

static void walk_seats(const Walk *walk, SpRandom seats, guint32 n, SpSimRecipient *recipient)
{
    guint32 death = death_threshold(walk->care->parameters, recipient->age);
    for (guint32 i = 0; i < n; i++) {
        SpRandom seat = sp_random_numbered(seats, i);
        guint32 words[SP_RANDOM_WORDS];
        recipient->since = held_since(seat, recipient->year, walk->leave);
        SpRandom person = sp_random_numbered(seat, recipient->since);
        recipient->person = (guint64)person.key[1] << 32 | person.key[0];
        recipient->random = sp_random_numbered(person, recipient->year);
        recipient->leaves = leaves_in(seat, recipient->year, walk->leave);
        sp_random_block(recipient->random, DRAW_DEATH, words);
        recipient->dies = recipient->leaves && words[0] < death;
        give_services(walk->care, walk->thresholds, recipient);
        walk->each(recipient, walk->data);
    }
}

void sp_sim_care_walk(const SpSimCare *care, guint piece, guint year, SpSimRecipientFunc each,
                      gpointer data)
{
    /* Those of age a on 31 December are those who were a on the next 1 January; births of the year
     * have none yet. */
    const guint32 *persons = sp_sim_people_at(care->people, year + 1, piece);
    guint kommune = care->geography->pieces[piece].kommune;
    Thresholds thresholds;
    fill_thresholds(care, kommune, year, &thresholds);
    const Walk walk = {care, &thresholds, each, data,
                       sp_sim_threshold(care->parameters->bruk_avgang)};
    SpRandom draw = sp_random_numbered(
        sp_random_numbered(sp_random_named(care->random, "mottakere"), piece), year);
    SpRandom seats = sp_random_numbered(sp_random_named(care->random, "plasser"), piece);
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint sex = cell / SP_SIM_N_AGES;
        guint age = cell % SP_SIM_N_AGES;
        if (persons[cell] == 0) {
            continue;
        }
        guint32 n =
            sp_sim_binomial(draw, cell, persons[cell], use_of(care, kommune, sex, age, year));
        SpSimRecipient recipient = {.piece = piece, .sex = sex, .age = age, .year = year};
        guint64 cohort = (guint64)(SP_SIM_FIRST_YEAR + year - age) * 2 + sex;
        walk_seats(&walk, sp_random_numbered(seats, cohort), n, &recipient);
    }
}

typedef struct {
    const SpSimCare *care;
    SpSimUse *use;
    double aarsverk[SP_SIM_MAX_SERVICES];
} Count;

static void count(const SpSimRecipient *recipient, gpointer data)
{
    Count *counting = data;
    SpSimUse *use = counting->use;
    const SpSimServices *services = counting->care->services;
    guint band = band_of(recipient->age);
    guint groups = 0;
    use->recipients++;
    use->recipients_at_end += recipient->has_at_end != 0;
    for (guint i = 0; i < services->n; i++) {
        use->service_in_year[i] += recipient->has >> i & 1;
        if ((recipient->has_at_end >> i & 1) != 0) {
            use->service[i]++;
            use->need += counting->aarsverk[i];
            groups |= 1U << services->services[i].group;
        }
    }
    for (guint group = 0; group < SP_SIM_N_GROUPS; group++) {
        use->group[group][band] += groups >> group & 1;
    }
}

void sp_sim_care_count(const SpSimCare *care, guint piece, guint year, SpSimUse *use)
{
    Count counting = {.care = care, .use = use};
    double intensity = sp_sim_exp(care->effects->intensity[year]);
    for (guint i = 0; i < care->services->n; i++) {
        counting.aarsverk[i] = care->services->services[i].aarsverk * intensity;
    }
    sp_sim_care_walk(care, piece, year, count, &counting);
}
