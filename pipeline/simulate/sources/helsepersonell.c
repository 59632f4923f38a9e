/* Health personnel by kommune, education, sector, age band and sex in the project's own profile: the kommuner's own staff as the model
 * has them, each person by one main job, and beside them those in hospitals, in other health services and outside, by ratios. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { N_BANDS = 11, FIRST_AGE = 20, BAND = 5, N_SECTORS = 4, FULL = 10000 };

static const char *const sectors[N_SECTORS] = {"kommune", "spesialist", "annen_helse",
                                               "utenfor_helse"};

typedef struct {
    guint32 persons;
    guint64 percent;
} Cell;

static guint band_of(guint age)
{
    return age < FIRST_AGE ? 0 : MIN((age - FIRST_AGE) / BAND, N_BANDS - 1U);
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
    guint first = FIRST_AGE + row->band * BAND;
    sp_sim_put_format(output, "%s;%s;%s;%u-%u;%u;%u;%u;", row->kommune, row->profession,
                      row->sector, first, row->band + 1 == N_BANDS ? 75 : first + BAND - 1,
                      row->sex + 1, row->year, persons);
    sp_sim_put_fixed(output, sp_sim_aarsverk(percent), 2, ',');
    sp_sim_put_char(output, '\n');
}

/* What the rows of one file are made from. */
typedef struct {
    const SpSimModel *model;
    SpSimOutput *output;
    Cell *cells;
    guint year;
} File;

/* A profession of a kommune in a sector. Where there is nobody one row says so: without it none would look like not known. */
static void put_sector(const File *file, guint code, guint profession, guint sector)
{
    const SpSimProfession *which = &file->model->professions.professions[profession];
    const double ratio[N_SECTORS] = {1, which->hospital, which->other_health, which->outside};
    SpRandom random = sp_random_numbered(
        sp_random_numbered(sp_random_named(file->model->random, "helsepersonell"), code),
        profession);
    Row row = {
        file->model->geography->codes[code].code, which->id, sectors[sector], 0, 0, file->year};
    guint n_rows = 0;
    for (guint at = 0; at < 2 * N_BANDS; at++) {
        const Cell *own = cell_at(file->cells, file->model, code, profession, at / 2, at % 2);
        guint32 persons = sector == 0 ? own->persons
                                      : sp_sim_poisson(random, (guint64)at * N_SECTORS + sector,
                                                       own->persons * ratio[sector]);
        guint64 percent = sector == 0 ? own->percent : (guint64)persons * FULL * 88 / 100;
        row.band = at / 2;
        row.sex = at % 2;
        if (persons > 0) {
            put_row(file->output, &row, persons, percent);
            n_rows++;
        }
    }
    if (n_rows == 0) {
        put_row(file->output, &row, 0, 0);
    }
}

static void put_kommune(const File *file, guint code)
{
    for (guint profession = 0; profession < file->model->professions.n; profession++) {
        for (guint sector = 0; sector < N_SECTORS; sector++) {
            put_sector(file, code, profession, sector);
        }
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
        const File file = {model, output, cells, year};
        count(model, year, cells);
        for (guint code = 0; code < model->geography->n_codes; code++) {
            if (sp_sim_model_holds(model, code, year)) {
                put_kommune(&file, code);
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
