/* Health personnel by kommune, education, sector, age band and sex in the project's own profile: the kommuner's own staff as the model
 * has them, each person by one main job, and beside them those in hospitals, in other health services and outside, by ratios. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum {
    N_BANDS = 13,
    N_SECTORS = 4,
    FULL = 10000,
    NOT_WORKING = N_SECTORS,
    OLD = 8,
    CLOSE_TO_OLD = 6
};

static const char *const sectors[N_SECTORS + 1] = {"kommune", "spesialist", "annen_helse",
                                                   "utenfor_helse", "ikke_i_arbeid"};

/* Bands part at the ages when people may retire: 62, 65 (special retirement age), 67. */
static const guint starts[N_BANDS + 1] = {20, 25, 30, 35, 40, 45, 50, 55, 60, 62, 65, 67, 70, 76};

/* Per cent in work at each band below 60, and what is left of a year's class at the bands from there on, of those a few
 * years younger (deaths, and that classes were smaller). All made up. */
static const guint working_pct[OLD] = {82, 90, 90, 90, 91, 91, 90, 87};
static const guint left_pct[N_BANDS - OLD] = {94, 90, 86, 82, 74};

/* Educations that kommuner hardly employ, so that the model has no staff of them: in work per 100 000 inhabitants (about
 * SSB's numbers of 2013 and 2025), per cent women, and per cent in hospitals and in other health services. */
static const struct {
    const char *id;
    guint per_100000;
    guint women_pct;
    guint hospital_pct;
    guint other_pct;
} elsewhere[] = {{"ambulansearbeider", 64, 38, 88, 4},  {"bioingenioer", 100, 83, 78, 12},
                 {"farmasoeyt", 95, 78, 12, 62},        {"radiograf", 58, 70, 86, 9},
                 {"tannhelsesekretaer", 70, 98, 1, 92}, {"tannlege", 85, 52, 2, 93},
                 {"tannpleier", 24, 94, 1, 93}};

typedef struct {
    guint32 persons;
    guint64 percent;
} Cell;

static guint band_of(guint age)
{
    guint band = 0;
    while (band + 1 < N_BANDS && age >= starts[band + 1]) {
        band++;
    }
    return band;
}

static Cell *cell_at(Cell *cells, const SpSimModel *model, guint code, guint profession, guint band,
                     guint sex)
{
    gsize at = ((gsize)code * model->professions.n + profession) * N_BANDS + band;
    return &cells[at * 2 + sex];
}

static void count(const SpSimModel *model, guint year, Cell *cells)
{
    const GArray *positions = model->staff->kept[sp_sim_year(year)];
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < positions->len; i++) {
        const SpSimPosition *position = &g_array_index(positions, SpSimPosition, i);
        if (position->sector == SP_SIM_SECTOR_OTHER) {
            continue;
        }
        guint code = model->geography->pieces[position->piece].code[sp_sim_year(year)];
        Cell *cell = cell_at(cells, model, code, position->profession,
                             band_of(year - position->born), position->sex);
        cell->percent += position->percent;
        /* A person is counted where her first position stands. */
        cell->persons += g_hash_table_add(seen, (gpointer)&position->person) ? 1 : 0;
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

/* Who has the education and is not in work: below 60 so many beside those who are, from 60 on those who are left of the
 * classes and no longer work. */
static double not_working(const double working[N_BANDS], guint band)
{
    if (band < OLD) {
        return working[band] * (100.0 - working_pct[band]) / working_pct[band];
    }
    double a_year = 0;
    for (guint i = CLOSE_TO_OLD; i < OLD; i++) {
        a_year += working[i] / (starts[i + 1] - starts[i]) * 100.0 / working_pct[i] /
                  (OLD - CLOSE_TO_OLD);
    }
    double all = a_year * (starts[band + 1] - starts[band]) * left_pct[band - OLD] / 100.0;
    return MAX(0.0, all - working[band]);
}

/* One profession and sex of a kommune: persons in work by band and sector are given. */
static void put_profession(SpSimOutput *output, SpRandom random, Row row,
                           guint32 persons[N_BANDS][N_SECTORS + 1],
                           const guint64 own_percent[N_BANDS], gboolean has_rows[N_SECTORS + 1])
{
    double working[N_BANDS] = {0};
    for (guint band = 0; band < N_BANDS; band++) {
        for (guint sector = 0; sector < N_SECTORS; sector++) {
            working[band] += persons[band][sector];
        }
    }
    for (row.band = 0; row.band < N_BANDS; row.band++) {
        guint64 index = (guint64)(row.sex * N_BANDS + row.band) * 16 + 15;
        persons[row.band][NOT_WORKING] =
            sp_sim_poisson(random, index, not_working(working, row.band));
        for (guint sector = 0; sector <= N_SECTORS; sector++) {
            guint32 n = persons[row.band][sector];
            guint64 percent = sector == 0             ? own_percent[row.band]
                              : sector == NOT_WORKING ? 0
                                                      : (guint64)n * FULL * 88 / 100;
            row.sector = sectors[sector];
            if (n > 0) {
                put_row(output, &row, n, percent);
                has_rows[sector] = TRUE;
            }
        }
    }
}

/* Where there is nobody one row says so: without it none would look like not known. */
static void put_nobody(SpSimOutput *output, Row row, const gboolean has_rows[N_SECTORS + 1])
{
    row.band = 0;
    row.sex = 0;
    for (guint sector = 0; sector <= N_SECTORS; sector++) {
        row.sector = sectors[sector];
        if (!has_rows[sector]) {
            put_row(output, &row, 0, 0);
        }
    }
}

static void put_kommune(const SpSimModel *model, SpSimOutput *output, Cell *cells, guint code,
                        guint year)
{
    for (guint i = 0; i < model->professions.n; i++) {
        const SpSimProfession *profession = &model->professions.professions[i];
        const double ratio[N_SECTORS] = {1, profession->hospital, profession->other_health,
                                         profession->outside};
        SpRandom random = sp_random_numbered(
            sp_random_numbered(sp_random_named(model->random, "helsepersonell"), code), i);
        gboolean has_rows[N_SECTORS + 1] = {FALSE};
        Row row = {model->geography->codes[code].code, profession->id, NULL, 0, 0, year};
        for (guint sex = 0; sex < 2; sex++) {
            guint32 persons[N_BANDS][N_SECTORS + 1] = {{0}};
            guint64 percent[N_BANDS];
            row.sex = sex;
            for (guint band = 0; band < N_BANDS; band++) {
                const Cell *own = cell_at(cells, model, code, i, band, sex);
                percent[band] = own->percent;
                persons[band][0] = own->persons;
                for (guint sector = 1; sector < N_SECTORS; sector++) {
                    persons[band][sector] =
                        sp_sim_poisson(random, (guint64)(sex * N_BANDS + band) * 16 + sector,
                                       own->persons * ratio[sector]);
                }
            }
            put_profession(output, random, row, persons, percent, has_rows);
        }
        put_nobody(output, row, has_rows);
    }
}

/* Those whom kommuner hardly employ: so many of the inhabitants, of all ages alike until they retire. */
static void put_elsewhere(const SpSimModel *model, SpSimOutput *output, guint region, guint year)
{
    static const guint retired_pct[N_BANDS] = {60, 0, 0, 0, 0, 0, 0, 5, 15, 35, 60, 80, 95};
    static const guint64 none[N_BANDS];
    const SpSimRegion *which = &model->regions->regions[region];
    const guint32 *cells = sp_sim_regions_at(model->regions, region, year)->cells;
    double inhabitants = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        inhabitants += cells[cell];
    }
    for (guint i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
        SpRandom random = sp_random_numbered(
            sp_random_numbered(sp_random_named(model->random, "helsepersonell ellers"),
                               which->number),
            i);
        gboolean has_rows[N_SECTORS + 1] = {FALSE};
        Row row = {which->code, elsewhere[i].id, NULL, 0, 0, year};
        for (guint sex = 0; sex < 2; sex++) {
            guint32 persons[N_BANDS][N_SECTORS + 1] = {{0}};
            row.sex = sex;
            double share =
                (sex == 1 ? elsewhere[i].women_pct : 100 - elsewhere[i].women_pct) / 100.0;
            for (guint band = 0; band < N_BANDS; band++) {
                guint years = starts[band + 1] - starts[band];
                double mean = inhabitants * elsewhere[i].per_100000 / 1e5 * share * years / 42 *
                              (100 - retired_pct[band]) / 100;
                guint64 index = (guint64)(sex * N_BANDS + band) * 16;
                double other = elsewhere[i].other_pct, hospital = elsewhere[i].hospital_pct;
                persons[band][1] = sp_sim_poisson(random, index + 1, mean * hospital / 100);
                persons[band][2] = sp_sim_poisson(random, index + 2, mean * other / 100);
                persons[band][3] =
                    sp_sim_poisson(random, index + 3, mean * (100 - other - hospital) / 100);
            }
            put_profession(output, random, row, persons, none, has_rows);
        }
        put_nobody(output, row, has_rows);
    }
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/helsepersonell-simulert.csv", FALSE, error);
    gsize size = (gsize)model->geography->n_codes * model->professions.n * N_BANDS * 2;
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommune;profesjon;sektor;alder;kjonn;aar;sysselsatte;aarsverk\n");
    for (guint year = sp_sim_model_first_kept(model, model->parameters.aar_pai);
         year <= model->options.to; year++) {
        g_autofree Cell *cells = g_new0(Cell, size);
        count(model, year, cells);
        for (guint code = 0; code < model->geography->n_codes; code++) {
            if (sp_sim_model_holds(model, code, year)) {
                put_kommune(model, output, cells, code, year);
            }
        }
        for (guint region = 0; region < model->regions->n; region++) {
            if (model->regions->regions[region].kind == SP_SIM_REGION_KOMMUNE &&
                sp_sim_regions_at(model->regions, region, year)->holds) {
                put_elsewhere(model, output, region, year);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

const SpSimSource sp_sim_source_helsepersonell = {
    .name = "helsepersonell",
    .summary = "health personnel by education, age and sector, in the project's own profile",
    .write = write_extracts,
};
