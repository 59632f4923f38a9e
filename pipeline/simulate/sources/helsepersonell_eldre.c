/* SSB 07944: employed persons with a health education by sector, 4th quarter of the years that the
 * model and the table share, whatever years the run asks for: the series ended with 2019. Kommuner
 * by the codes of each year, and the country. Codes of education are those of
 * config/codes/hesospers.csv, which were assumed there, not seen. */
#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/rows.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum {
    LAST_YEAR = 2019,
    N_YEARS = LAST_YEAR - SP_SIM_FIRST_YEAR + 1,
    N_SECTORS = 4,
    MAX_ROWS = 4,        /* of one profession */
    LATER_ROW_PCT = 15,  /* of a profession's persons in each of its rows but the first */
    DRAW_SECTORS = 1000, /* draws of sectors begin here, those of rows at 0 */
};

static const char *const sectors[N_SECTORS + 1][2] = {{"T", "I alt"},
                                                      {"KOM", "Kommunale tjenester"},
                                                      {"SPE", "Spesialisthelsetjenesten"},
                                                      {"ANH", "Helse- og sosialtjenester ellers"},
                                                      {"UTH", "Utenfor helse- og sosialtjenester"}};

/* Educations that the model's kommuner do not employ: persons per 100 000 inhabitants in each
 * sector (made up). */
static const struct {
    const char *profession;
    guint per_100000[N_SECTORS];
} elsewhere[] = {{"tannlege", {23, 3, 55, 6}},
                 {"tannpleier", {9, 1, 9, 2}},
                 {"bioingenioer", {3, 100, 15, 30}},
                 {"radiograf", {1, 55, 6, 8}},
                 {"ambulansearbeider", {2, 70, 3, 15}}};

typedef struct {
    const SpSimModel *model;
    SpRandom random;
    SpSimRows *list; /* code, our profession, name; the first row is all */
    gsize n_rows;
    GArray *codes;    /* guint: codes of the regions after the first, which is the country */
    guint32 *persons; /* [((year * n_codes + code) * n_rows + row) * N_SECTORS + sector] */
} Table;

static guint32 *cell_at(const Table *table, guint year, guint code, gsize row, guint sector)
{
    gsize at = (gsize)year * table->model->geography->n_codes + code;
    return &table->persons[(at * table->n_rows + row) * N_SECTORS + sector];
}

/* Rows [MAX_ROWS] of a profession's education: its own; those whose row in 14534 is activity work
 * (13) or other (14) have other health education, and "annet" here are cooks and cleaners, who have
 * none. Returns how many. */
static guint rows_of(const Table *table, const SpSimProfession *profession, gsize rows[])
{
    gboolean is_other =
        strcmp(profession->education, "13") == 0 || strcmp(profession->education, "14") == 0;
    const char *wanted = is_other ? "annet" : profession->id;
    guint n = 0;
    for (gsize row = 1; row < table->n_rows && n < MAX_ROWS; row++) {
        if (strcmp(sp_sim_rows_text(table->list, row, 1), wanted) == 0) {
            rows[n++] = row;
        }
    }
    return !is_other && strcmp(profession->id, "annet") == 0 ? 0 : n;
}

/* Each person by her main job: some positions are held beside another one. */
static guint32 persons_of(const Table *table, guint year, guint piece, guint profession,
                          SpRandom random)
{
    const SpSimStaff *staff = table->model->staff;
    guint32 positions =
        sp_sim_staff_count(staff, year, piece, profession, SP_SIM_SECTOR_CARE)->positions +
        sp_sim_staff_count(staff, year, piece, profession, SP_SIM_SECTOR_HEALTH)->positions;
    return sp_sim_binomial(random, year, positions,
                           1 - table->model->parameters.aarsverk_bistilling);
}

/* A profession of a piece in a year, parted among its rows, and those in other sectors by
 * ratios. */
static void count_profession(const Table *table, guint year, guint piece, guint profession)
{
    const SpSimProfession *which = &table->model->professions.professions[profession];
    const double ratio[N_SECTORS] = {1, which->hospital, which->other_health, which->outside};
    guint code = table->model->geography->pieces[piece].code[year];
    gsize rows[MAX_ROWS];
    guint n = rows_of(table, which, rows);
    SpRandom random = sp_random_numbered(sp_random_numbered(table->random, piece), profession);
    guint32 left = n > 0 ? persons_of(table, year, piece, profession, random) : 0;
    for (guint i = n; i-- > 0;) {
        SpRandom row = sp_random_numbered(random, i + 1);
        guint32 here = i > 0 ? sp_sim_binomial(row, year, left, LATER_ROW_PCT / 100.0) : left;
        left -= here;
        *cell_at(table, year, code, rows[i], 0) += here;
        for (guint sector = 1; sector < N_SECTORS; sector++) {
            *cell_at(table, year, code, rows[i], sector) += sp_sim_poisson(
                row, DRAW_SECTORS + (guint64)year * N_SECTORS + sector, here * ratio[sector]);
        }
    }
}

static void count_elsewhere(const Table *table, guint year, guint code)
{
    SpRandom random = sp_random_numbered(sp_random_named(table->random, "utenfor modellen"), code);
    double inhabitants =
        sp_sim_model_persons(table->model, code, SP_SIM_FIRST_YEAR + year, 0, SP_SIM_N_AGES - 1);
    for (gsize i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
        for (gsize row = 1; row < table->n_rows; row++) {
            if (strcmp(sp_sim_rows_text(table->list, row, 1), elsewhere[i].profession) != 0) {
                continue;
            }
            SpRandom own = sp_random_numbered(random, row);
            for (guint sector = 0; sector < N_SECTORS; sector++) {
                *cell_at(table, year, code, row, sector) +=
                    sp_sim_poisson(own, (guint64)year * N_SECTORS + sector,
                                   inhabitants * elsewhere[i].per_100000[sector] / 1e5);
            }
        }
    }
}

static void count(const Table *table)
{
    for (guint year = 0; year < N_YEARS; year++) {
        for (guint piece = 0; piece < table->model->geography->n_pieces; piece++) {
            for (guint profession = 0; profession < table->model->professions.n; profession++) {
                count_profession(table, year, piece, profession);
            }
        }
        for (guint code = 0; code < table->model->geography->n_codes; code++) {
            count_elsewhere(table, year, code);
        }
    }
}

/* A kommune's persons with an education in a sector; row 0 and sector 0 of the table are all. */
static gint64 sum_of(const Table *table, guint year, guint code, gsize row, guint sector)
{
    gint64 sum = 0;
    for (gsize i = row == 0 ? 1 : row; i < (row == 0 ? table->n_rows : row + 1); i++) {
        for (guint k = sector == 0 ? 0 : sector - 1; k < (sector == 0 ? N_SECTORS : sector); k++) {
            sum += *cell_at(table, year, code, i, k);
        }
    }
    return sum;
}

/* region, education, sector, contents, year */
static SpSimCell cell_of(const guint place[], gpointer data)
{
    const Table *table = data;
    guint year = place[4];
    if (place[0] > 0) {
        guint code = g_array_index(table->codes, guint, place[0] - 1);
        return sp_sim_model_holds(table->model, code, SP_SIM_FIRST_YEAR + year)
                   ? (SpSimCell){.value = sum_of(table, year, code, place[1], place[2])}
                   : (SpSimCell){.sign = "."};
    }
    gint64 sum = 0;
    for (guint code = 0; code < table->model->geography->n_codes; code++) {
        sum += sum_of(table, year, code, place[1], place[2]);
    }
    return (SpSimCell){.value = sum};
}

static void add_dimensions(SpSimCube *cube, const Table *table)
{
    const SpSimGeography *geography = table->model->geography;
    sp_sim_cube_dimension(cube, "Region", "region");
    sp_sim_cube_category(cube, "0", "Hele landet");
    for (guint code = 0; code < geography->n_codes; code++) {
        if (geography->codes[code].first <= LAST_YEAR) {
            sp_sim_cube_category(cube, geography->codes[code].code, geography->codes[code].name);
            g_array_append_val(table->codes, code);
        }
    }
    sp_sim_cube_dimension(cube, "Utdanning", "utdanning");
    for (gsize row = 0; row < table->n_rows; row++) {
        sp_sim_cube_category(cube, sp_sim_rows_text(table->list, row, 0),
                             sp_sim_rows_text(table->list, row, 2));
    }
    sp_sim_cube_dimension(cube, "Sektor", "sektor");
    for (guint i = 0; i <= N_SECTORS; i++) {
        sp_sim_cube_category(cube, sectors[i][0], sectors[i][1]);
    }
    sp_sim_cube_dimension(cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(cube, "Sysselsatte", "Sysselsatte personer (personer)", 0);
    sp_sim_cube_dimension(cube, "Tid", "år");
    sp_sim_cube_years(cube, SP_SIM_FIRST_YEAR, LAST_YEAR);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const columns[] = {"from", "to", "navn"};
    g_autofree char *path =
        g_build_filename(model->options.data_folder, "codes", "hesospers.csv", NULL);
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    /* A run that ends before the series has not simulated its years. */
    if (rows == NULL || model->options.to < LAST_YEAR) {
        return rows != NULL;
    }
    gsize n = sp_sim_rows_size(rows);
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree guint32 *persons =
        g_new0(guint32, (gsize)N_YEARS * model->geography->n_codes * n * N_SECTORS);
    Table table = {model, sp_random_named(model->random, "07944"), rows, n, codes, persons};
    SpSimCube cube;
    count(&table);
    sp_sim_cube_init(&cube,
                     "07944: Sysselsatte med helse- og sosialfaglig utdanning, etter region, "
                     "utdanning, sektor, statistikkvariabel og år (M)",
                     "2020-06-10T06:00:00Z");
    add_dimensions(&cube, &table);
    cube.cell = cell_of;
    cube.data = &table;
    gboolean is_good = sp_sim_cube_write(&cube, folder, "extracts/ssb-07944.json", error);
    sp_sim_cube_clear(&cube);
    return is_good;
}

const SpSimSource sp_sim_source_helsepersonell_eldre = {
    .name = "helsepersonell_eldre",
    .summary = "SSB 07944: persons with a health education by sector, 2017-2019",
    .write = write_extracts,
};
