/* SSB 07459 and 06913: persons on 1 January, and what changed them. JSON-stat as PxWebApi serves
 * it. */
#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/source.h"

enum { N_CONTENTS = 7 };

typedef struct {
    const SpSimModel *model;
    guint first;   /* year of the first category of Tid */
    GArray *codes; /* guint: codes of the region categories */
} Table;

/* All codes that hold in some of the years, as SSB lists them: dead ones too. */
static void add_regions(SpSimCube *cube, Table *table, guint last)
{
    const SpSimGeography *geography = table->model->geography;
    sp_sim_cube_dimension(cube, "Region", "region");
    for (guint code = 0; code < geography->n_codes; code++) {
        const SpSimCode *one = &geography->codes[code];
        if (one->first > last || one->last < table->first) {
            continue;
        }
        g_autofree char *label = one->last >= last
                                     ? g_strdup(one->name)
                                     : g_strdup_printf("%s (-%u)", one->name, one->last);
        sp_sim_cube_category(cube, one->code, label);
        g_array_append_val(table->codes, code);
    }
}

static SpSimCell population_cell(const guint place[], gpointer data)
{
    const Table *table = data;
    guint code = g_array_index(table->codes, guint, place[0]);
    guint year = table->first + place[4];
    if (!sp_sim_model_holds(table->model, code, year)) {
        return (SpSimCell){.sign = "."};
    }
    /* Women come first in SSB's list. */
    guint sex = 1 - place[1];
    return (SpSimCell){
        .value = sp_sim_model_cells(table->model, code, year)[sex * SP_SIM_N_AGES + place[2]]};
}

static gboolean write_population(const SpSimModel *model, const char *folder, GError **error)
{
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(guint));
    Table table = {model, model->options.from, codes};
    guint last = model->options.to + 1;
    g_autofree char *updated = g_strdup_printf("%u-02-25T07:00:00Z", last);
    SpSimCube cube;
    sp_sim_cube_init(
        &cube, "07459: Befolkning, etter region, kjønn, alder, statistikkvariabel og år", updated);
    add_regions(&cube, &table, last);
    sp_sim_cube_dimension(&cube, "Kjonn", "kjønn");
    sp_sim_cube_category(&cube, "2", "Kvinner");
    sp_sim_cube_category(&cube, "1", "Menn");
    sp_sim_cube_dimension(&cube, "Alder", "alder");
    for (guint age = 0; age < SP_SIM_N_AGES; age++) {
        gboolean is_open = age + 1 == SP_SIM_N_AGES;
        g_autofree char *code = g_strdup_printf("%03u%s", age, is_open ? "+" : "");
        g_autofree char *label = g_strdup_printf("%u år%s", age, is_open ? " eller eldre" : "");
        sp_sim_cube_category(&cube, code, label);
    }
    sp_sim_cube_dimension(&cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&cube, "Personer1", "Personer", 0);
    sp_sim_cube_dimension(&cube, "Tid", "år");
    sp_sim_cube_years(&cube, table.first, last);
    cube.cell = population_cell;
    cube.data = &table;
    gboolean is_good = sp_sim_cube_write(&cube, folder, "extracts/ssb-07459.json", error);
    sp_sim_cube_clear(&cube);
    return is_good;
}

static SpSimEvents events_of(const SpSimModel *model, guint code, guint year)
{
    SpSimEvents sum = {0};
    const SpSimPeople *people = model->people;
    for (guint piece = 0; piece < people->n_pieces; piece++) {
        if (model->geography->pieces[piece].code[sp_sim_year(year)] != code) {
            continue;
        }
        const SpSimEvents *one =
            &people->events[(gsize)sp_sim_year(year) * people->n_pieces + piece];
        sum.births += one->births;
        sum.deaths += one->deaths;
        sum.moved_in += one->moved_in;
        sum.moved_out += one->moved_out;
        sum.immigrated += one->immigrated;
        sum.emigrated += one->emigrated;
    }
    return sum;
}

/* The order of the contents below. The growth may be negative. */
static SpSimCell change_cell(const guint place[], gpointer data)
{
    const Table *table = data;
    guint code = g_array_index(table->codes, guint, place[0]);
    guint year = table->first + place[2];
    if (!sp_sim_model_holds(table->model, code, year)) {
        return (SpSimCell){.sign = "."};
    }
    SpSimEvents e = events_of(table->model, code, year);
    const gint64 values[N_CONTENTS] = {e.births,
                                       e.deaths,
                                       e.immigrated,
                                       e.emigrated,
                                       e.moved_in,
                                       e.moved_out,
                                       (gint64)e.births - e.deaths + e.moved_in + e.immigrated -
                                           e.moved_out - e.emigrated};
    return (SpSimCell){.value = values[place[1]]};
}

static gboolean write_changes(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const contents[N_CONTENTS][2] = {
        {"Fodte", "Fødte"},
        {"Dode", "Døde"},
        {"Innvandring", "Innvandring"},
        {"Utvandring", "Utvandring"},
        {"InnflInnenlands", "Innflytting, innenlandsk"},
        {"UtflInnenlands", "Utflytting, innenlandsk"},
        {"Folketilvekst", "Folketilvekst"}};
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(guint));
    Table table = {model, model->options.from, codes};
    guint last = model->options.to;
    g_autofree char *updated = g_strdup_printf("%u-02-25T07:00:00Z", last + 1);
    SpSimCube cube;
    sp_sim_cube_init(&cube,
                     "06913: Endringer i kommuner, fylker og hele landets befolkning, etter "
                     "region, statistikkvariabel og år",
                     updated);
    add_regions(&cube, &table, last);
    sp_sim_cube_dimension(&cube, "ContentsCode", "statistikkvariabel");
    for (guint i = 0; i < N_CONTENTS; i++) {
        sp_sim_cube_contents(&cube, contents[i][0], contents[i][1], 0);
    }
    sp_sim_cube_dimension(&cube, "Tid", "år");
    sp_sim_cube_years(&cube, table.first, last);
    cube.cell = change_cell;
    cube.data = &table;
    gboolean is_good = sp_sim_cube_write(&cube, folder, "extracts/ssb-06913.json", error);
    sp_sim_cube_clear(&cube);
    return is_good;
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_population(model, folder, error) && write_changes(model, folder, error);
}

const SpSimSource sp_sim_source_folkemengde = {
    .name = "folkemengde",
    .summary = "SSB 07459 and 06913",
    .write = write_extracts,
};
