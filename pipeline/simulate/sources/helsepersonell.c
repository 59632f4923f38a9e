/* Health personnel by kommune of residence, education, sector, age band and sex in the project's
 * own profile: the stock of educated people, of whom some are in work by age; of these so many work
 * for a kommune as live here of all kommuner's staff (commuting.h), and the rest elsewhere. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum {
    N_BANDS = 14,
    N_SECTORS = 5,
    MUNICIPAL = 0,
    NOT_WORKING = N_SECTORS - 1,
    FULL = 10000,
    MIDDLE_AGE = 42
};

static const char *const sectors[N_SECTORS] = {"kommune", "spesialist", "annen_helse",
                                               "utenfor_helse", "ikke_i_arbeid"};

/* Bands part at the ages when people may retire: 62, 65 (special retirement age), 67. */
static const guint starts[N_BANDS + 1] = {15, 20, 25, 30, 35, 40, 45, 50,
                                          55, 60, 62, 65, 67, 70, 76};

/* A little more of the older are municipal: relative, a year. */
static const double OLDER_ARE_MUNICIPAL = 0.008;
static const double MOST_MUNICIPAL = 0.97;
static const double MEAN_POSITION = 0.88;

static guint band_of(guint cell)
{
    guint age = SP_SIM_WORK_FIRST_AGE + cell % SP_SIM_N_WORK_AGES;
    guint band = 0;
    while (age >= starts[band + 1]) {
        band++;
    }
    return band;
}

/* One profession of a kommune and year. */
typedef struct {
    const SpSimEducation *education;
    SpRandom random;
    double staff;   /* residents whom kommuner employ; below 0 where that is not modelled */
    double percent; /* hundredths of a percent that they have together */
    guint32 persons[2][N_BANDS][N_SECTORS];
} Group;

static double tilt(guint cell)
{
    double age = (double)(SP_SIM_WORK_FIRST_AGE + cell % SP_SIM_N_WORK_AGES);
    return 1 + OLDER_ARE_MUNICIPAL * (age - MIDDLE_AGE);
}

/* Times an age's tilt, the share of those in work who are municipal: as many as live here of the
 * staff. */
static double municipal_level(const Group *group, const guint32 working[])
{
    double sum = 0;
    for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
        sum += working[cell] * tilt(cell);
    }
    return group->staff < 0 ? group->education->municipal : sum > 0 ? group->staff / sum : 0;
}

static void part(Group *group, const guint32 all[SP_SIM_N_WORK_CELLS])
{
    guint32 working[SP_SIM_N_WORK_CELLS];
    for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
        guint sex = cell / SP_SIM_N_WORK_AGES;
        guint age = SP_SIM_WORK_FIRST_AGE + cell % SP_SIM_N_WORK_AGES;
        double share = sp_sim_education_working(group->education, sex, age);
        working[cell] = sp_sim_binomial(group->random, (guint64)cell * 8, all[cell], share);
    }
    double level = municipal_level(group, working);
    for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
        guint32 *persons = group->persons[cell / SP_SIM_N_WORK_AGES][band_of(cell)];
        if (all[cell] == 0) {
            continue;
        }
        guint32 left = working[cell];
        guint32 here = sp_sim_binomial(group->random, (guint64)cell * 8 + 1, left,
                                       MIN(MOST_MUNICIPAL, level * tilt(cell)));
        double remaining = 1;
        guint32 agreed = sp_sim_binomial(group->random, (guint64)cell * 8 + 6, here,
                                         group->education->agreement);
        persons[MUNICIPAL] += here - agreed;
        persons[1 + SP_SIM_ELSEWHERE_HEALTH] += agreed;
        left -= here;
        for (guint i = 0; i < SP_SIM_N_ELSEWHERE; i++) {
            double share = group->education->elsewhere[i];
            here = sp_sim_binomial(group->random, (guint64)cell * 8 + 2 + i, left,
                                   share / MAX(remaining, 1e-9));
            here = i + 1 == SP_SIM_N_ELSEWHERE ? left : here;
            persons[1 + i] += here;
            left -= here;
            remaining -= share;
        }
        persons[NOT_WORKING] += all[cell] - working[cell];
    }
}

/* What a row is about, but for its figures. */
typedef struct {
    const char *kommune;
    const char *profession;
    const char *sector;
    guint band;
    guint sex;
    guint year;
} Row;

static void put_row(SpSimOutput *output, const Row *row, guint32 persons, guint64 percent)
{
    sp_sim_put_format(output, "%s;%s;%s;%u-%u;%u;%u;%u;", row->kommune, row->profession,
                      row->sector, starts[row->band], starts[row->band + 1] - 1, row->sex + 1,
                      row->year, persons);
    sp_sim_put_fixed(output, sp_sim_aarsverk(percent), 2, ',');
    sp_sim_put_char(output, '\n');
}

static guint32 sum_of(const Group *group, guint sector)
{
    guint32 sum = 0;
    for (guint i = 0; i < 2 * N_BANDS; i++) {
        sum += group->persons[i / N_BANDS][i % N_BANDS][sector];
    }
    return sum;
}

/* Municipal residents have the mean position of the staff that they are. */
static guint64 percent_of(const Group *group, guint sector, guint32 persons)
{
    if (sector == NOT_WORKING) {
        return 0;
    }
    if (sector == MUNICIPAL && group->staff > 0) {
        return (guint64)(group->percent / group->staff * persons);
    }
    return (guint64)(persons * FULL * MEAN_POSITION);
}

/* Where there is nobody one row says so: without it none would look like not known. */
static void put_group(SpSimOutput *output, const Group *group, Row row)
{
    for (guint sector = 0; sector < N_SECTORS; sector++) {
        guint32 all = sum_of(group, sector);
        row.sector = sectors[sector];
        for (guint i = 0; i < 2 * N_BANDS; i++) {
            row.sex = i / N_BANDS;
            row.band = i % N_BANDS;
            guint32 persons = group->persons[row.sex][row.band][sector];
            if (persons > 0 || (all == 0 && i == 0)) {
                put_row(output, &row, persons, percent_of(group, sector, persons));
            }
        }
    }
}

/* Of a profession in a year, whom kommuner employ by where they live: [n_pieces]. */
static void find_residents(const SpSimModel *model, const SpSimEducation *education, guint year,
                           SpSimEmployed residents[])
{
    guint n = model->geography->n_pieces;
    memset(residents, 0, n * sizeof *residents);
    for (guint piece = 0; piece < n; piece++) {
        SpSimEmployed here =
            sp_sim_education_employed(education, model->staff, sp_sim_year(year), piece);
        const double *homes = &model->homes[(gsize)piece * n];
        for (guint home = 0; here.positions > 0 && home < n; home++) {
            residents[home].positions += here.positions * homes[home];
            residents[home].percent += here.percent * homes[home];
        }
    }
}

/* A profession of a year, in every kommune that holds. */
static void put_profession(const SpSimModel *model, SpSimOutput *output, guint year, guint number)
{
    const SpSimEducation *education = &model->educations.list[number];
    SpRandom own = sp_random_numbered(sp_random_named(model->random, "helsepersonell"), number);
    g_autofree SpSimEmployed *residents = g_new(SpSimEmployed, model->geography->n_pieces);
    find_residents(model, education, year, residents);
    for (guint region = 0; region < model->regions->n; region++) {
        const SpSimRegion *which = &model->regions->regions[region];
        Group group = {.education = education,
                       .random = sp_random_numbered(sp_random_numbered(own, which->number), year)};
        guint32 all[SP_SIM_N_WORK_CELLS] = {0};
        if (which->kind != SP_SIM_REGION_KOMMUNE ||
            !sp_sim_regions_at(model->regions, region, year)->holds) {
            continue;
        }
        for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
            if (model->geography->pieces[piece].code[sp_sim_year(year)] != which->number) {
                continue;
            }
            const guint32 *cells =
                sp_sim_educated_at(model->educated, sp_sim_year(year), number, piece);
            for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
                all[cell] += cells[cell];
            }
            group.staff += residents[piece].positions * (1 - model->parameters.aarsverk_bistilling);
            group.percent += residents[piece].percent;
        }
        group.staff = education->is_employed ? group.staff : -1;
        part(&group, all);
        put_group(output, &group, (Row){which->code, education->id, NULL, 0, 0, year});
    }
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/helsepersonell-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommune;profesjon;sektor;alder;kjonn;aar;sysselsatte;aarsverk\n");
    for (guint year = sp_sim_model_first_kept(model, model->parameters.aar_helsepersonell);
         year <= model->options.to; year++) {
        for (guint i = 0; i < model->educations.n; i++) {
            put_profession(model, output, year, i);
        }
    }
    return sp_sim_output_close(output, error);
}

const SpSimSource sp_sim_source_helsepersonell = {
    .name = "helsepersonell",
    .summary = "health personnel by education, age and sector, in the project's own profile",
    .write = write_extracts,
};
