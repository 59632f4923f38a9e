/* Positions and who holds them. */
#include "pipeline/simulate/staff.h"

#include "core/error.h"
#include "pipeline/simulate/rows.h"

#include <math.h>

enum { OLD = 55, FULL = 10000, CHILD_AGES = 21, REFERENCE_YEAR = 2022, FULL_TIME_YEAR = 2016 };
/* A position's draws in a year. */
enum { DRAW_LEAVE, DRAW_CHANGE, DRAW_HIRE, DRAW_PERSON, DRAW_SIZE, N_DRAWS };
static const double MOVER_IS_HIRED = 0.75;
static const double SIZE_CHANGES = 0.06;

/* Positions of one profession and sector in one piece. */
typedef struct {
    GArray *positions; /* SpSimPosition */
    guint32 next;      /* number of the next new position */
    guint32 wanted;
} Group;

typedef struct {
    SpRandom random;
    const SpSimParameters *p;
    const SpSimGeography *geography;
    const SpSimPeople *people;
    const SpSimEffects *effects;
    const SpSimProfessions *professions;
    SpSimStaff *staff;
    Group *groups; /* [(piece * n_professions + profession) * SP_SIM_N_SECTORS + sector] */
    GArray *movers[SP_SIM_MAX_PROFESSIONS]; /* who left for another kommune this year */
    GArray *changers;                       /* who left for another service */
    double *lean; /* [kommune * n_professions + profession] log, lasting */
    guint year;
} Work;

static SpSimStaffCount *count_at(SpSimStaff *staff, guint year, guint piece, guint profession,
                                 guint sector)
{
    gsize at = ((gsize)year * staff->n_pieces + piece) * staff->n_professions + profession;
    return &staff->counts[at * SP_SIM_N_SECTORS + sector];
}

const SpSimStaffCount *sp_sim_staff_count(const SpSimStaff *staff, guint year, guint piece,
                                          guint profession, SpSimSector sector)
{
    g_assert(year < staff->n_years && piece < staff->n_pieces && profession < staff->n_professions);
    return count_at((SpSimStaff *)staff, year, piece, profession, sector);
}

static Group *group_at(const Work *work, guint piece, guint profession, guint sector)
{
    gsize at = (gsize)piece * work->professions->n + profession;
    return &work->groups[at * SP_SIM_N_SECTORS + sector];
}

/* Inhabitants of a piece below an age on the next 1 January. */
static double persons_below(const Work *work, guint piece, guint age)
{
    const guint32 *cells = sp_sim_people_at(work->people, work->year + 1, piece);
    double sum = 0;
    for (guint sex = 0; sex < 2; sex++) {
        for (guint a = 0; a < age; a++) {
            sum += cells[sex * SP_SIM_N_AGES + a];
        }
    }
    return sum;
}

static double full_time_share(const Work *work, const SpSimProfession *profession)
{
    double years = (double)SP_SIM_FIRST_YEAR + work->year - FULL_TIME_YEAR;
    double share = MIN(work->p->aarsverk_heltid + work->p->aarsverk_heltid_vekst * years, 0.8);
    double odds = share / (1 - share) * profession->full_time;
    return odds / (1 + odds);
}

/* Part-time positions in hundredths of a percent: small ones are common among those without
 * education. */
static guint16 draw_size(const Work *work, const SpSimProfession *profession, SpRandom random)
{
    static const guint16 parts[16] = {1000, 1500, 1864, 2000, 2500, 3550, 4000, 5000,
                                      5000, 6000, 6760, 7042, 7500, 7500, 8000, 9000};
    guint32 words[SP_RANDOM_WORDS];
    sp_random_block(random, DRAW_SIZE, words);
    if (words[0] < sp_sim_threshold(full_time_share(work, profession))) {
        return FULL;
    }
    guint at = words[1] % G_N_ELEMENTS(parts);
    /* Who works little works less. */
    return profession->full_time < 0.6 && (words[2] & 1) != 0 ? parts[at / 2] : parts[at];
}

/* Mean position of a profession, hundredths of a percent: what positions are counted by. */
static double mean_size(const Work *work, const SpSimProfession *profession)
{
    double full = full_time_share(work, profession);
    double part = profession->full_time < 0.6 ? 3783 : 4888;
    return full * FULL + (1 - full) * part;
}

/* Årsverk wanted of a profession in a piece. */
static double wanted_aarsverk(const Work *work, guint piece, guint profession, guint sector)
{
    const SpSimProfession *which = &work->professions->professions[profession];
    const SpSimPiece *at = &work->geography->pieces[piece];
    const SpSimKommune *kommune = &work->geography->kommuner[at->kommune];
    gsize place = (gsize)work->year * work->effects->n_kommuner + at->kommune;
    double all = persons_below(work, piece, SP_SIM_N_AGES);
    double lean = sp_sim_exp(work->lean[(gsize)at->kommune * work->professions->n + profession] +
                             which->remote * ((double)kommune->class - 3));
    if (sector == SP_SIM_SECTOR_OTHER) {
        /* One profession stands for all others' positions. */
        return profession + 1 == work->professions->n
                   ? work->p->aarsverk_andre_stillinger * all * mean_size(work, which) / FULL
                   : 0;
    }
    if (sector == SP_SIM_SECTOR_CARE) {
        double care = work->staff->need[(gsize)work->year * work->staff->n_pieces + piece] *
                      sp_sim_exp(work->effects->staffing[place]);
        return care * which->care * lean;
    }
    double years = (double)SP_SIM_FIRST_YEAR + work->year - REFERENCE_YEAR;
    double stations = work->p->aarsverk_helsestasjon / 10000 *
                      persons_below(work, piece, CHILD_AGES) *
                      (1 + work->p->aarsverk_helsestasjon_vekst * years);
    double health = stations + work->p->aarsverk_helse / 10000 * all;
    return MAX(health * which->health * lean, which->least * at->share);
}

static void set_wanted(Work *work)
{
    SpRandom draw = sp_random_numbered(sp_random_named(work->random, "ønsket"), work->year);
    for (guint piece = 0; piece < work->staff->n_pieces; piece++) {
        for (guint i = 0; i < work->professions->n; i++) {
            for (guint sector = 0; sector < SP_SIM_N_SECTORS; sector++) {
                double aarsverk = wanted_aarsverk(work, piece, i, sector);
                double n = aarsverk * FULL / mean_size(work, &work->professions->professions[i]);
                guint64 index =
                    ((guint64)piece * work->professions->n + i) * SP_SIM_N_SECTORS + sector;
                double whole = floor(n);
                /* What is over is a position in so many years, but the same ones while the need is
                 * the same. */
                SpRandom steady = sp_random_named(work->random, "rest");
                double u = sp_random_uniform(steady, index);
                Group *group = group_at(work, piece, i, sector);
                group->wanted = (guint32)whole + (u < n - whole);
                /* Kommuner run a little behind what they want. */
                if (sp_random_uniform(draw, index) < 0.1 && group->wanted > 1) {
                    group->wanted--;
                }
            }
        }
    }
}

static SpRandom position_random(const Work *work, const SpSimPosition *position)
{
    guint64 group = ((guint64)position->piece * work->professions->n + position->profession) *
                        SP_SIM_N_SECTORS +
                    position->sector;
    SpRandom year = sp_random_numbered(sp_random_named(work->random, "stilling"), work->year);
    return sp_random_numbered(year, group << 24 | position->number);
}

static double leave_probability(const Work *work, const SpSimPosition *position, double shock)
{
    const SpSimProfession *profession = &work->professions->professions[position->profession];
    guint kommune = work->geography->pieces[position->piece].kommune;
    guint age = SP_SIM_FIRST_YEAR + work->year - position->born;
    /* Movers and changers leave too, so the chance of leaving the post is higher than out of the
     * sector. */
    double base = profession->leaving /
                  (1 - work->p->aarsverk_flytter * 0.8 - work->p->aarsverk_bytter * 0.8);
    double by_age = age >= 70   ? 6
                    : age >= 66 ? 3
                    : age >= 62 ? 1.4
                    : age < 28  ? 2.0
                    : age < 35  ? 1.25
                                : 0.5;
    double odds =
        base / (1 - base) * by_age *
        sp_sim_exp(work->effects->leaving[(gsize)work->year * work->effects->n_kommuner + kommune] +
                   shock);
    return position->relation == 'V' ? MIN(2.5 * odds / (1 + odds), 0.9) : odds / (1 + odds);
}

/* Where the leaver goes: to another kommune or another service, where somebody may hire her, or out
 * of sight. */
static void part(Work *work, const SpSimPosition *position, guint32 bits)
{
    guint age = SP_SIM_FIRST_YEAR + work->year - position->born;
    guint32 moves = sp_sim_threshold(work->p->aarsverk_flytter);
    guint32 changes = sp_sim_threshold(work->p->aarsverk_flytter + work->p->aarsverk_bytter);
    if (age >= 62) {
        return;
    }
    if (bits < moves) {
        g_array_append_val(work->movers[position->profession], *position);
    } else if (bits < changes) {
        g_array_append_val(work->changers, *position);
    }
}

/* Who leaves, and whose position changes size. */
static void leave(Work *work, Group *group)
{
    SpRandom shocks = sp_random_named(work->random, "avgang yrke");
    guint kept = 0;
    for (guint i = 0; i < group->positions->len; i++) {
        SpSimPosition *position = &g_array_index(group->positions, SpSimPosition, i);
        SpRandom random = position_random(work, position);
        double shock = work->p->aarsverk_sjokk_avgang_profesjon *
                       sp_sim_normal(sp_random_numbered(shocks, position->profession), work->year);
        guint32 words[SP_RANDOM_WORDS];
        sp_random_block(random, DRAW_LEAVE, words);
        gboolean leaves = words[0] < sp_sim_threshold(leave_probability(work, position, shock)) ||
                          kept >= group->wanted ||
                          SP_SIM_FIRST_YEAR + work->year >= position->born + 75U;
        if (leaves) {
            count_at(work->staff, work->year, position->piece, position->profession,
                     position->sector)
                ->left++;
            part(work, position, words[1]);
            continue;
        }
        if (words[2] < sp_sim_threshold(SIZE_CHANGES)) {
            position->percent =
                draw_size(work, &work->professions->professions[position->profession], random);
        }
        g_array_index(group->positions, SpSimPosition, kept++) = *position;
    }
    g_array_set_size(group->positions, kept);
}

static void become_new(const Work *work, SpSimPosition *position, SpRandom random)
{
    const SpSimProfession *profession = &work->professions->professions[position->profession];
    guint32 words[SP_RANDOM_WORDS];
    sp_random_block(random, DRAW_PERSON, words);
    double years = (double)SP_SIM_FIRST_YEAR + work->year - REFERENCE_YEAR;
    /* The first year's staff is of all ages; later newcomers are young. */
    gboolean is_first = work->year == 0;
    double age = is_first ? 20 + 46 * ((double)words[1] / 4294967296.0)
                          : profession->age + profession->age_spread *
                                                  sp_sim_heavy(sp_random_numbered(random, 1), 0);
    SpRandom key = sp_random_numbered(random, 2);
    position->person = (guint64)key.key[1] << 32 | key.key[0];
    position->born = (guint16)(SP_SIM_FIRST_YEAR + work->year - (guint)CLAMP(floor(age), 18, 66));
    position->sex = words[2] < sp_sim_threshold(profession->women);
    position->is_immigrant =
        words[3] <
        sp_sim_threshold(work->p->aarsverk_innvandrere +
                         work->p->aarsverk_innvandrere_vekst * years + (is_first ? 0 : 0.05));
}

/* A mover of the same profession, a person who works here already, or someone new. */
static void choose_person(Work *work, SpSimPosition *position, const Group *group, SpRandom random)
{
    guint32 words[SP_RANDOM_WORDS];
    GArray *pool = position->sector == SP_SIM_SECTOR_OTHER ? work->changers
                                                           : work->movers[position->profession];
    sp_random_block(random, DRAW_HIRE, words);
    const SpSimPosition *from = NULL;
    guint at = 0;
    if (pool->len > 0 && words[0] < sp_sim_threshold(MOVER_IS_HIRED)) {
        at = (guint)((guint64)words[1] * pool->len >> 32);
        from = &g_array_index(pool, SpSimPosition, at);
    } else if (group->positions->len > 0 &&
               words[2] < sp_sim_threshold(work->p->aarsverk_bistilling)) {
        pool = NULL;
        from = &g_array_index(group->positions, SpSimPosition,
                              (guint)((guint64)words[1] * group->positions->len >> 32));
    }
    if (from == NULL) {
        become_new(work, position, random);
        return;
    }
    position->person = from->person;
    position->born = from->born;
    position->sex = from->sex;
    position->is_immigrant = from->is_immigrant;
    if (pool != NULL) {
        g_array_remove_index_fast(pool, at);
    }
}

/* Permanent, temporary or substitute. */
static char relation_of(guint32 word)
{
    if (word < sp_sim_threshold(0.83)) {
        return 'F';
    }
    return word < sp_sim_threshold(0.90) ? 'M' : 'V';
}

static void hire(Work *work, Group *group, guint piece, guint profession, guint sector)
{
    while (group->positions->len < group->wanted) {
        SpSimPosition position = {.piece = (guint16)piece,
                                  .profession = (guint8)profession,
                                  .sector = (guint8)sector,
                                  .number = group->next++};
        SpRandom random = position_random(work, &position);
        guint32 words[SP_RANDOM_WORDS];
        choose_person(work, &position, group, random);
        position.percent = draw_size(work, &work->professions->professions[profession], random);
        sp_random_block(random, DRAW_CHANGE, words);
        position.relation = relation_of(words[0]);
        g_array_append_val(group->positions, position);
    }
}

static void count(const Work *work, const Group *group, GArray *kept)
{
    for (guint i = 0; i < group->positions->len; i++) {
        const SpSimPosition *position = &g_array_index(group->positions, SpSimPosition, i);
        SpSimStaffCount *counts = count_at(work->staff, work->year, position->piece,
                                           position->profession, position->sector);
        counts->percent += position->percent;
        counts->positions++;
        counts->full += position->percent == FULL;
        counts->old += SP_SIM_FIRST_YEAR + work->year >= position->born + (guint)OLD;
        counts->immigrants += position->is_immigrant != 0;
        if (kept != NULL) {
            g_array_append_val(kept, *position);
        }
    }
}

static void step(Work *work, gboolean keeps)
{
    guint n = work->professions->n;
    set_wanted(work);
    for (guint i = 0; i < n; i++) {
        g_array_set_size(work->movers[i], 0);
    }
    g_array_set_size(work->changers, 0);
    gsize n_groups = (gsize)work->staff->n_pieces * n * SP_SIM_N_SECTORS;
    for (gsize at = 0; at < n_groups; at++) {
        leave(work, &work->groups[at]);
    }
    GArray *kept = keeps ? g_array_new(FALSE, FALSE, sizeof(SpSimPosition)) : NULL;
    for (gsize at = 0; at < n_groups; at++) {
        Group *group = &work->groups[at];
        guint profession = (guint)(at / SP_SIM_N_SECTORS % n);
        hire(work, group, (guint)(at / SP_SIM_N_SECTORS / n), profession,
             (guint)(at % SP_SIM_N_SECTORS));
        count(work, group, kept);
    }
    work->staff->kept[work->year] = kept;
}

static void fill_lean(Work *work)
{
    SpRandom lean = sp_random_named(work->random, "yrkesfordeling");
    for (guint k = 0; k < work->geography->n_kommuner; k++) {
        for (guint i = 0; i < work->professions->n; i++) {
            work->lean[(gsize)k * work->professions->n + i] =
                work->p->aarsverk_profesjon_kommune *
                CLAMP(sp_sim_heavy(sp_random_numbered(lean, k), i), -3, 3);
        }
    }
}

static void end(Work *work)
{
    gsize n_groups = (gsize)work->staff->n_pieces * work->professions->n * SP_SIM_N_SECTORS;
    for (gsize at = 0; at < n_groups; at++) {
        g_array_unref(work->groups[at].positions);
    }
    for (guint i = 0; i < work->professions->n; i++) {
        g_array_unref(work->movers[i]);
    }
    g_array_unref(work->changers);
    g_free(work->groups);
    g_free(work->lean);
}

SpSimStaff *sp_sim_staff_new(const SpSimEmployers *employers, const double need[], guint n_years,
                             guint keep_from)
{
    const SpSimGeography *geography = employers->geography;
    const SpSimProfessions *professions = employers->professions;
    SpSimStaff *staff = g_new0(SpSimStaff, 1);
    gsize n_groups = (gsize)geography->n_pieces * professions->n * SP_SIM_N_SECTORS;
    staff->n_years = n_years;
    staff->n_pieces = geography->n_pieces;
    staff->n_professions = professions->n;
    staff->counts = g_new0(SpSimStaffCount, n_groups * n_years);
    staff->need = g_memdup2(need, sizeof *need * n_years * geography->n_pieces);
    Work work = {.random = employers->random,
                 .p = employers->parameters,
                 .geography = geography,
                 .people = employers->people,
                 .effects = employers->effects,
                 .professions = professions,
                 .staff = staff};
    work.groups = g_new0(Group, n_groups);
    work.lean = g_new0(double, (gsize)geography->n_kommuner * professions->n);
    work.changers = g_array_new(FALSE, FALSE, sizeof(SpSimPosition));
    for (gsize at = 0; at < n_groups; at++) {
        work.groups[at].positions = g_array_new(FALSE, FALSE, sizeof(SpSimPosition));
    }
    for (guint i = 0; i < professions->n; i++) {
        work.movers[i] = g_array_new(FALSE, FALSE, sizeof(SpSimPosition));
    }
    fill_lean(&work);
    for (work.year = 0; work.year < n_years; work.year++) {
        step(&work, work.year >= keep_from);
    }
    end(&work);
    return staff;
}

void sp_sim_staff_free(SpSimStaff *staff)
{
    if (staff == NULL) {
        return;
    }
    for (guint year = 0; year < staff->n_years; year++) {
        g_clear_pointer(&staff->kept[year], g_array_unref);
    }
    g_free(staff->counts);
    g_free(staff->need);
    g_free(staff);
}
