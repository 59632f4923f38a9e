/* SSB 12547: average hours a week of the kommuner's staff by education, sex and age, the country:
 * 37.5 hours at a full position. Codes of education are those of
 * config/codes/arbeidstid_utdanning.csv, which were assumed there, not seen. */
#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/rows.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { N_BANDS = 6, N_SEXES = 3, TENTHS_A_WEEK = 375, FULL = 10000 };

/* First ages of the bands; the last ends at 75. */
static const guint band_first[N_BANDS + 1] = {20, 25, 40, 55, 62, 67, 76};

typedef struct {
    guint64 percent;
    guint32 persons;
} Cell;

typedef struct {
    const SpSimModel *model;
    SpSimRows *list; /* code, our profession, name; the first row is all */
    gsize n_rows;
    guint first; /* year */
    Cell *cells; /* [((year * n_rows + row) * N_SEXES + sex) * N_BANDS + band], sex 0 both */
} Table;

static Cell *cell_at(const Table *table, guint year, gsize row, guint sex, guint band)
{
    return &table->cells[((year * table->n_rows + row) * N_SEXES + sex) * N_BANDS + band];
}

static gsize row_of(const Table *table, const char *profession)
{
    for (gsize row = 1; row < table->n_rows; row++) {
        if (strcmp(sp_sim_rows_text(table->list, row, 1), profession) == 0) {
            return row;
        }
    }
    return 0;
}

static guint band_of(guint age)
{
    guint band = 0;
    while (band < N_BANDS && age >= band_first[band + 1]) {
        band++;
    }
    return band;
}

/* Hours are those of all positions of the person, who is counted with the first of them. */
static void count(const Table *table, guint year)
{
    const SpSimModel *model = table->model;
    const GArray *positions = model->staff->kept[sp_sim_year(table->first + year)];
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < positions->len; i++) {
        const SpSimPosition *position = &g_array_index(positions, SpSimPosition, i);
        guint age = table->first + year - position->born;
        guint band = band_of(age);
        gsize row = row_of(table, model->professions.professions[position->profession].id);
        if (position->sector == SP_SIM_SECTOR_OTHER || age < band_first[0] || band == N_BANDS) {
            continue;
        }
        guint32 is_new = g_hash_table_add(seen, (gpointer)&position->person) ? 1 : 0;
        for (guint place = 0; place < 4; place++) {
            /* A profession without a row of its own is in the row of all alone. */
            if (place < 2 || row > 0) {
                Cell *cell = cell_at(table, year, place < 2 ? 0 : row,
                                     place % 2 == 0 ? 0 : position->sex + 1U, band);
                cell->percent += position->percent;
                cell->persons += is_new;
            }
        }
    }
}

/* education, sex, age, contents, year */
static SpSimCell cell_of(const guint place[], gpointer data)
{
    const Table *table = data;
    const Cell *cell = cell_at(table, place[4], place[0], place[1], place[2]);
    guint64 persons = (guint64)cell->persons * FULL;
    return persons == 0
               ? (SpSimCell){.sign = ".."}
               : (SpSimCell){.value =
                                 (gint64)((cell->percent * TENTHS_A_WEEK + persons / 2) / persons)};
}

static void add_dimensions(SpSimCube *cube, const Table *table)
{
    sp_sim_cube_dimension(cube, "Utdanning", "utdanning");
    for (gsize row = 0; row < table->n_rows; row++) {
        sp_sim_cube_category(cube, sp_sim_rows_text(table->list, row, 0),
                             sp_sim_rows_text(table->list, row, 2));
    }
    sp_sim_cube_dimension(cube, "Kjonn", "kjønn");
    sp_sim_cube_category(cube, "0", "Begge kjønn");
    sp_sim_cube_category(cube, "1", "Menn");
    sp_sim_cube_category(cube, "2", "Kvinner");
    sp_sim_cube_dimension(cube, "Alder", "alder");
    for (guint band = 0; band < N_BANDS; band++) {
        g_autofree char *code =
            g_strdup_printf("%u-%u", band_first[band], band_first[band + 1] - 1);
        g_autofree char *label = g_strdup_printf("%s år", code);
        sp_sim_cube_category(cube, code, label);
    }
    sp_sim_cube_dimension(cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(cube, "Arbeidstid", "Gjennomsnittlig arbeidstid per uke (timer)", 1);
    sp_sim_cube_dimension(cube, "Tid", "år");
    sp_sim_cube_years(cube, table->first, table->model->options.to);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const columns[] = {"from", "to", "navn"};
    g_autofree char *path =
        g_build_filename(model->options.data_folder, "codes", "arbeidstid_utdanning.csv", NULL);
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    Table table = {.model = model, .list = rows, .n_rows = sp_sim_rows_size(rows)};
    table.first = sp_sim_model_first_kept(model, model->parameters.aar_pai);
    guint n_years = model->options.to - table.first + 1;
    g_autofree Cell *cells = g_new0(Cell, n_years * table.n_rows * N_SEXES * N_BANDS);
    table.cells = cells;
    for (guint year = 0; year < n_years; year++) {
        count(&table, year);
    }
    g_autofree char *updated = g_strdup_printf("%u-06-10T06:00:00Z", model->options.to + 1);
    SpSimCube cube;
    sp_sim_cube_init(&cube,
                     "12547: Gjennomsnittlig arbeidstid for sysselsatte med helse- og "
                     "sosialfaglig utdanning, etter utdanning, kjønn, alder, statistikkvariabel "
                     "og år (M)",
                     updated);
    add_dimensions(&cube, &table);
    cube.cell = cell_of;
    cube.data = &table;
    gboolean is_good = sp_sim_cube_write(&cube, folder, "extracts/ssb-12547.json", error);
    sp_sim_cube_clear(&cube);
    return is_good;
}

const SpSimSource sp_sim_source_arbeidstid = {
    .name = "arbeidstid",
    .summary = "SSB 12547: average hours of health personnel",
    .write = write_extracts,
};
