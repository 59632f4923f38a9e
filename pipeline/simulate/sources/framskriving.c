/* SSB 14746: a population projection from the 1 January after the last simulated year, as SSB would make it: deaths, births, moves and
 * immigration of the model as they are on average, the shocks and waves unknown; three of the alternatives. The future that the simulator
 * itself would make is another one. */
#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/source.h"

#include <math.h>

enum { N_YEARS = 15, N_ALTERNATIVES = 3 };

/* What an alternative changes: births, deaths and immigration, as factors. */
typedef struct {
    const char *code;
    const char *label;
    double births;
    double deaths;
    double immigration;
} Alternative;

static const Alternative alternatives[N_ALTERNATIVES] = {
    {"MMMM", "Hovedalternativet", 1, 1, 1},
    {"LLML", "Lav nasjonal vekst", 0.85, 1.06, 0.6},
    {"HHMH", "Høy nasjonal vekst", 1.12, 0.94, 1.5}};

typedef struct {
    const SpSimModel *model;
    guint first;
    double
        *persons; /* [((alternative * N_YEARS + year) * n_kommuner + kommune) * SP_SIM_N_CELLS] */
} Table;

static double *cells_at(const Table *table, guint alternative, guint year, guint kommune)
{
    gsize at =
        ((gsize)alternative * N_YEARS + year) * table->model->geography->n_kommuner + kommune;
    return table->persons + at * SP_SIM_N_CELLS;
}

static void set_base(const Table *table, guint alternative)
{
    const SpSimModel *model = table->model;
    for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
        const guint32 *now = sp_sim_people_at(model->people, sp_sim_year(table->first), piece);
        double *to = cells_at(table, alternative, 0, model->geography->pieces[piece].kommune);
        for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
            to[cell] += now[cell];
        }
    }
}

/* Net immigration a year of one of this age and sex, spread by the kommune's share of the nation. */
static double immigrants(const SpSimModel *model, guint age, double factor)
{
    double net = model->parameters.folk_innvandring * factor - model->parameters.folk_utvandring;
    double z = ((double)age - 29) / 13;
    return net / 2 * sp_sim_exp(-z * z / 2) / 32.6;
}

static void project(const Table *table, guint alternative, guint year, guint kommune)
{
    const SpSimParameters *p = &table->model->parameters;
    const Alternative *which = &alternatives[alternative];
    const double *now = cells_at(table, alternative, year, kommune);
    double *next = cells_at(table, alternative, year + 1, kommune);
    double share = 0;
    double births = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        share += now[cell] / p->folk_folketall;
    }
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint age = cell % SP_SIM_N_AGES;
        guint older = age + 1 == SP_SIM_N_AGES ? cell : cell + 1;
        double rate =
            which->deaths * sp_sim_death_rate(p, cell / SP_SIM_N_AGES, age, table->first + year);
        next[older] += now[cell] * sp_sim_exp(-rate) +
                       immigrants(table->model, age, which->immigration) * share;
        if (cell >= SP_SIM_N_AGES) {
            births += which->births * now[cell] * sp_sim_fertility(p, age);
        }
    }
    next[0] += births * p->folk_gutter;
    next[SP_SIM_N_AGES] += births * (1 - p->folk_gutter);
}

/* region, sex, age, alternative, contents, year */
static SpSimCell cell_of(const guint place[], gpointer data)
{
    const Table *table = data;
    guint sex = 1 - place[1];
    double persons = cells_at(table, place[3], place[5], place[0])[sex * SP_SIM_N_AGES + place[2]];
    return (SpSimCell){.value = (gint64)floor(persons + 0.5)};
}

static void add_dimensions(SpSimCube *cube, const Table *table)
{
    const SpSimGeography *geography = table->model->geography;
    sp_sim_cube_dimension(cube, "Region", "region");
    for (guint k = 0; k < geography->n_kommuner; k++) {
        sp_sim_cube_category(cube, geography->kommuner[k].code, geography->kommuner[k].name);
    }
    sp_sim_cube_dimension(cube, "Kjonn", "kjønn");
    sp_sim_cube_category(cube, "2", "Kvinner");
    sp_sim_cube_category(cube, "1", "Menn");
    sp_sim_cube_dimension(cube, "Alder", "alder");
    for (guint age = 0; age < SP_SIM_N_AGES; age++) {
        g_autofree char *code = g_strdup_printf("%03u%s", age, age + 1 == SP_SIM_N_AGES ? "+" : "");
        sp_sim_cube_category(cube, code, code);
    }
    sp_sim_cube_dimension(cube, "Framskriv", "framskrivingsalternativ");
    for (guint i = 0; i < N_ALTERNATIVES; i++) {
        sp_sim_cube_category(cube, alternatives[i].code, alternatives[i].label);
    }
    sp_sim_cube_dimension(cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(cube, "Personer", "Personer", 0);
    sp_sim_cube_dimension(cube, "Tid", "år");
    sp_sim_cube_years(cube, table->first, table->first + N_YEARS - 1);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    guint n_kommuner = model->geography->n_kommuner;
    gsize size = (gsize)N_ALTERNATIVES * N_YEARS * n_kommuner * SP_SIM_N_CELLS;
    g_autofree double *persons = g_new0(double, size);
    Table table = {model, model->options.to + 1, persons};
    for (guint alternative = 0; alternative < N_ALTERNATIVES; alternative++) {
        set_base(&table, alternative);
        for (guint year = 0; year + 1 < N_YEARS; year++) {
            for (guint kommune = 0; kommune < n_kommuner; kommune++) {
                project(&table, alternative, year, kommune);
            }
        }
    }
    g_autofree char *updated = g_strdup_printf("%u-03-10T07:00:00Z", table.first);
    SpSimCube cube;
    sp_sim_cube_init(&cube,
                     "14746: Framskrevet folkemengde kommuner, fylker og hele landet, etter "
                     "region, kjønn, alder, framskrivingsalternativ, statistikkvariabel og år",
                     updated);
    add_dimensions(&cube, &table);
    cube.cell = cell_of;
    cube.data = &table;
    gboolean is_good = sp_sim_cube_write(&cube, folder, "extracts/ssb-14746.json", error);
    sp_sim_cube_clear(&cube);
    return is_good;
}

const SpSimSource sp_sim_source_framskriving = {
    .name = "framskriving",
    .summary = "SSB 14746: projected population, three alternatives",
    .write = write_extracts,
};
