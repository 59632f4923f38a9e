/* The stock of educated people, a year at a time. */
#include "pipeline/simulate/educated.h"

#include <string.h>

enum { YEARS_BEFORE = 60, MOST_TRIES = 32, GROWN_UP = 20, RETIRED = 67, LEVEL_YEAR = 2022 };
static const double SHOCK_OF_LEAVING = 0.06;   /* log, the nation's year, and a profession's */
static const double SHOCK_OF_INTAKE = 0.04;    /* relative */
static const double SHOCK_FROM_ABROAD = 0.08;  /* relative */
static const double ABROAD_WOMEN_MORE = -0.04; /* against those educated here */
static const double YEARS_OF_ODDS = 40;
static const double TWO_TO_32 = 4294967296.0;

typedef struct {
    const SpSimEducating *of;
    SpSimEducated *educated;
    guint32 *stock; /* as SpSimEducated.kept */
    double *upto; /* [profession * n_pieces + piece] newcomers to it and pieces before it, share */
    SpRandom random; /* of the year */
    guint year;
} Work;

static guint32 *cells_of(const Work *work, guint profession, guint piece)
{
    gsize at = (gsize)profession * work->educated->n_pieces + piece;
    return &work->stock[at * SP_SIM_N_WORK_CELLS];
}

static SpSimEducatedYear *nation_of(const Work *work, guint profession)
{
    return &work->educated->nation[work->year * work->of->educations->n + profession];
}

/* ---- where ---- */

/* The first place whose share reaches u. */
static guint find(const double upto[], guint n, double u)
{
    guint low = 0;
    guint high = n - 1;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (upto[middle] > u) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static double grown_up_at(const Work *work, guint piece)
{
    const guint32 *cells = sp_sim_people_at(work->of->people, 0, piece);
    double sum = 0;
    for (guint age = GROWN_UP; age < RETIRED; age++) {
        sum += cells[age] + cells[SP_SIM_N_AGES + age];
    }
    return sum;
}

/* People live where those live whom the kommuner employ, as far as they do, and otherwise where
 * people are. */
static void find_places(Work *work)
{
    guint n = work->educated->n_pieces;
    g_autofree double *staff = g_new(double, n);
    for (guint i = 0; i < work->of->educations->n; i++) {
        const SpSimEducation *education = &work->of->educations->list[i];
        double *upto = &work->upto[(gsize)i * n];
        double employed = 0, people = 0, sum = 0;
        memset(staff, 0, n * sizeof *staff);
        for (guint piece = 0; piece < n; piece++) {
            double positions =
                sp_sim_education_employed(education, work->of->staff, 0, piece).positions;
            for (guint home = 0; positions > 0 && home < n; home++) {
                staff[home] += positions * work->of->homes[(gsize)piece * n + home];
            }
            employed += positions;
            people += grown_up_at(work, piece);
        }
        double municipal = MIN(0.95, employed / (education->persons * education->working));
        for (guint piece = 0; piece < n; piece++) {
            double share = employed > 0 ? staff[piece] / employed : 0;
            sum += municipal * share + (1 - municipal) * grown_up_at(work, piece) / people;
            upto[piece] = sum;
        }
        for (guint piece = 0; piece < n; piece++) {
            upto[piece] /= sum;
        }
    }
}

/* ---- who comes ---- */

/* A person by number: sex and age from the arrivals, piece from the profession's places. */
static guint draw_cell(const SpSimArrivals *arrivals, const guint32 words[SP_RANDOM_WORDS])
{
    guint sex = words[0] < sp_sim_threshold(arrivals->women);
    return sex * SP_SIM_N_WORK_AGES +
           find(arrivals->upto, SP_SIM_N_WORK_AGES, words[1] / TWO_TO_32);
}

/* Log odds over 40 years of age by which the first stock of a place is older; who comes later is as
 * old everywhere. */
static double older_at(const Work *work, guint piece)
{
    const SpSimGeography *geography = work->of->geography;
    double spread = work->of->parameters->utdannede_alder_marked;
    if (work->year > 0 || spread == 0) {
        return 0;
    }
    guint market = geography->kommuner[geography->pieces[piece].kommune].market;
    return spread * sp_sim_normal(sp_random_named(work->of->random, "alder marked"), market);
}

/* Of two ages that were drawn the one that the place has fewer of is drawn again more often. */
static gboolean is_taken(double older, guint cell, guint32 word)
{
    double years = (double)(cell % SP_SIM_N_WORK_AGES) - (older > 0 ? SP_SIM_N_WORK_AGES - 1 : 0);
    return word / TWO_TO_32 < sp_sim_exp(older * years / YEARS_OF_ODDS);
}

static void enter(const Work *work, SpRandom random, guint profession,
                  const SpSimArrivals *arrivals, guint32 n, guint32 by_cell[])
{
    guint n_pieces = work->educated->n_pieces;
    for (guint32 i = 0; i < n; i++) {
        guint32 words[SP_RANDOM_WORDS];
        sp_random_block(random, i, words);
        guint piece =
            find(&work->upto[(gsize)profession * n_pieces], n_pieces, words[2] / TWO_TO_32);
        double older = older_at(work, piece);
        guint cell = draw_cell(arrivals, words);
        for (guint64 tries = 1; !is_taken(older, cell, words[3]) && tries < MOST_TRIES; tries++) {
            sp_random_block(random, i + (tries << 32), words);
            cell = draw_cell(arrivals, words);
        }
        cells_of(work, profession, piece)[cell]++;
        if (by_cell != NULL) {
            by_cell[cell]++;
        }
    }
}

/* Of the profession that is left somebody of the age drawn goes; where there is none after many
 * tries a new person comes. */
static void change(const Work *work, SpRandom random, guint from, guint to, const SpSimStudy *study,
                   guint32 n)
{
    guint n_pieces = work->educated->n_pieces;
    for (guint32 i = 0; i < n; i++) {
        guint cell = 0, piece = 0, tries = 0;
        do {
            guint32 words[SP_RANDOM_WORDS];
            sp_random_block(random, (guint64)i * MOST_TRIES + tries, words);
            cell = draw_cell(&study->arrivals, words);
            piece = find(&work->upto[(gsize)from * n_pieces], n_pieces, words[2] / TWO_TO_32);
        } while (cells_of(work, from, piece)[cell] == 0 && ++tries < MOST_TRIES);
        if (tries < MOST_TRIES) {
            cells_of(work, from, piece)[cell]--;
            nation_of(work, from)->left_for_other++;
            nation_of(work, to)->joined++;
        } else {
            nation_of(work, to)->graduates++;
        }
        cells_of(work, to, piece)[cell]++;
    }
}

static void graduate(const Work *work, guint number)
{
    const SpSimStudy *study = &work->of->studies->studies[number];
    SpRandom random = sp_random_numbered(sp_random_named(work->random, "nye"), number);
    gint to = sp_sim_educations_find(work->of->educations, study->to);
    gint from = sp_sim_educations_find(work->of->educations, study->from);
    guint32 n = sp_sim_studies_finished(work->of->studies, number, SP_SIM_FIRST_YEAR + work->year);
    if (to < 0) {
        return;
    }
    guint32 changing = from < 0 ? 0 : sp_sim_binomial(random, 0, n, study->from_share);
    if (changing > 0) {
        change(work, sp_random_named(random, "bytter"), (guint)from, (guint)to, study, changing);
    }
    enter(work, sp_random_named(random, "først"), (guint)to, &study->arrivals, n - changing, NULL);
    nation_of(work, (guint)to)->graduates += n - changing;
}

/* Those whom no register of education tells of, and those from abroad. */
static void arrive(const Work *work, guint profession)
{
    const SpSimEducation *education = &work->of->educations->list[profession];
    SpSimEducatedYear *nation = nation_of(work, profession);
    SpRandom random = sp_random_numbered(sp_random_named(work->random, "tilgang"), profession);
    SpSimArrivals abroad;
    double growth = 1 + 0.01 * ((double)SP_SIM_FIRST_YEAR + work->year - LEVEL_YEAR);
    guint32 here = sp_sim_poisson(
        random, 0, education->intake * growth * (1 + SHOCK_OF_INTAKE * sp_sim_normal(random, 1)));
    guint32 foreign = sp_sim_poisson(
        random, 2, education->abroad * (1 + SHOCK_FROM_ABROAD * sp_sim_normal(random, 3)));
    sp_sim_arrivals_init(&abroad, MAX(0, education->arrivals.women + ABROAD_WOMEN_MORE), 32, 6.5,
                         23);
    enter(work, sp_random_named(random, "her"), profession, &education->arrivals, here, NULL);
    enter(work, sp_random_named(random, "ute"), profession, &abroad, foreign, nation->abroad);
    nation->graduates += here;
}

/* ---- who leaves ---- */

/* Chances of being gone a year on by sex and age; `leaves` are those but by death. */
static void find_chances(const Work *work, const double leaves[],
                         double chance[SP_SIM_N_WORK_CELLS])
{
    guint year = SP_SIM_FIRST_YEAR + work->year;
    for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
        guint sex = cell / SP_SIM_N_WORK_AGES;
        guint age = SP_SIM_WORK_FIRST_AGE + cell % SP_SIM_N_WORK_AGES;
        double rate = (sp_sim_death_rate(work->of->parameters, sex, age, year) +
                       sp_sim_death_rate(work->of->parameters, sex, age + 1, year)) /
                      2;
        chance[cell] = 1 - sp_sim_exp(-rate) + leaves[sp_sim_leaving_group(age)];
    }
}

static void grow_older(const Work *work, guint profession)
{
    const SpSimEducation *education = &work->of->educations->list[profession];
    SpSimEducatedYear *nation = nation_of(work, profession);
    double shock =
        sp_sim_exp(SHOCK_OF_LEAVING *
                   (sp_sim_normal(sp_random_named(work->random, "avgang"), 0) +
                    sp_sim_normal(sp_random_named(work->random, "avgang yrke"), profession)));
    double chance[SP_SIM_N_WORK_CELLS];
    for (guint i = 0; i < SP_SIM_N_LEAVING; i++) {
        nation->leaves[i] = education->leaves[i] * shock;
    }
    find_chances(work, nation->leaves, chance);
    SpRandom draw = sp_random_numbered(sp_random_named(work->random, "blir"), profession);
    for (guint piece = 0; piece < work->educated->n_pieces; piece++) {
        guint32 *cells = cells_of(work, profession, piece);
        /* From the oldest down, so that each age has been read when the one below moves into it. */
        for (guint cell = SP_SIM_N_WORK_CELLS; cell-- > 0;) {
            guint32 n = cells[cell];
            guint32 gone =
                sp_sim_binomial(draw, (guint64)piece * SP_SIM_N_WORK_CELLS + cell, n, chance[cell]);
            gboolean is_oldest = cell % SP_SIM_N_WORK_AGES == SP_SIM_N_WORK_AGES - 1;
            nation->gone += gone;
            if (!is_oldest) {
                cells[cell + 1] = n - gone;
            }
            cells[cell] = 0;
        }
    }
}

/* ---- the first day and the years ---- */

/* The first stock has the ages of a profession that grew year after year as long as anyone in it
 * remembers. */
static void settle(const Work *work, guint profession)
{
    const SpSimEducation *education = &work->of->educations->list[profession];
    double persons[SP_SIM_N_WORK_CELLS] = {0}, chance[SP_SIM_N_WORK_CELLS], intake = 1;
    SpSimArrivals all = {.women = 0};
    SpRandom random = sp_random_numbered(sp_random_named(work->random, "først"), profession);
    find_chances(work, education->leaves, chance);
    for (guint year = 0; year < YEARS_BEFORE; year++, intake *= 1 + education->growth) {
        for (guint cell = SP_SIM_N_WORK_CELLS; cell-- > 0;) {
            guint age = cell % SP_SIM_N_WORK_AGES;
            guint sex = cell / SP_SIM_N_WORK_AGES;
            const double *upto = education->arrivals.upto;
            double share = sex == 1 ? education->arrivals.women : 1 - education->arrivals.women;
            double older = age > 0 ? persons[cell - 1] * (1 - chance[cell - 1]) : 0;
            persons[cell] = older + intake * share * (upto[age] - (age > 0 ? upto[age - 1] : 0));
        }
    }
    for (guint sex = 0; sex < 2; sex++) {
        double sum = 0;
        for (guint age = 0; age < SP_SIM_N_WORK_AGES; age++) {
            sum += persons[sex * SP_SIM_N_WORK_AGES + age];
            all.upto[age] = sum;
        }
        for (guint age = 0; age < SP_SIM_N_WORK_AGES; age++) {
            all.upto[age] /= sum;
        }
        all.women = sex;
        double share = sex == 1 ? education->arrivals.women : 1 - education->arrivals.women;
        enter(work, sp_random_numbered(random, sex), profession, &all,
              (guint32)(education->persons * share + 0.5), NULL);
    }
}

static void count(const Work *work)
{
    for (guint i = 0; i < work->of->educations->n; i++) {
        guint32 *persons = nation_of(work, i)->persons;
        for (guint piece = 0; piece < work->educated->n_pieces; piece++) {
            const guint32 *cells = cells_of(work, i, piece);
            for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
                persons[cell] += cells[cell];
            }
        }
    }
}

static void step(const Work *work)
{
    for (guint i = 0; i < work->of->educations->n; i++) {
        if (work->year == 0) {
            settle(work, i);
        } else {
            grow_older(work, i);
            arrive(work, i);
        }
    }
    for (guint i = 0; work->year > 0 && i < work->of->studies->n; i++) {
        graduate(work, i);
    }
    count(work);
}

SpSimEducated *sp_sim_educated_new(const SpSimEducating *educating, guint n_years, guint keep_from)
{
    SpSimEducated *educated = g_new0(SpSimEducated, 1);
    guint n = educating->educations->n;
    educated->educations = educating->educations;
    educated->n_pieces = educating->staff->n_pieces;
    educated->n_years = n_years;
    educated->nation = g_new0(SpSimEducatedYear, (gsize)n_years * n);
    gsize size = (gsize)n * educated->n_pieces * SP_SIM_N_WORK_CELLS;
    g_autofree guint32 *stock = g_new0(guint32, size);
    g_autofree double *upto = g_new0(double, (gsize)n * educated->n_pieces);
    Work work = {.of = educating, .educated = educated, .stock = stock, .upto = upto};
    find_places(&work);
    for (work.year = 0; work.year < n_years; work.year++) {
        work.random = sp_random_numbered(educating->random, work.year);
        step(&work);
        if (work.year >= keep_from) {
            educated->kept[work.year] = g_memdup2(stock, size * sizeof *stock);
        }
    }
    return educated;
}

void sp_sim_educated_free(SpSimEducated *educated)
{
    if (educated == NULL) {
        return;
    }
    for (guint year = 0; year < educated->n_years; year++) {
        g_free(educated->kept[year]);
    }
    g_free(educated->nation);
    g_free(educated);
}

const guint32 *sp_sim_educated_at(const SpSimEducated *educated, guint year, guint profession,
                                  guint piece)
{
    g_assert(year < educated->n_years && educated->kept[year] != NULL);
    gsize at = (gsize)profession * educated->n_pieces + piece;
    return &educated->kept[year][at * SP_SIM_N_WORK_CELLS];
}

const SpSimEducatedYear *sp_sim_educated_nation(const SpSimEducated *educated, guint year,
                                                guint profession)
{
    g_assert(year < educated->n_years && profession < educated->educations->n);
    return &educated->nation[year * educated->educations->n + profession];
}
