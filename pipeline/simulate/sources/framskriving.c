/* SSB's regional projections, as SSB would have made them: 14746 from the 1 January after the last
 * simulated year, and 14288 of the round of 2024. Deaths, births and immigration of the model as
 * they are on average, the shocks and waves unknown; all nine alternatives. What the simulator
 * itself lets happen is another future. */
#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/source.h"

#include <math.h>
#include <string.h>

enum { MAX_YEARS = 15, MAX_ASKED = 5, N_ALTERNATIVES = 9, ROUND_2024 = 2024 };

/* What an alternative changes: births, deaths and immigration, as factors. */
typedef struct {
    const char *code;
    const char *label;
    double births;
    double deaths;
    double immigration;
} Alternative;

/* Letters: fertility, life expectancy, moves within the country, immigration. The first three were
 * seen, the others are assumed (antatt), and so are all factors. */
static const Alternative alternatives[N_ALTERNATIVES] = {
    {"MMMM", "Hovedalternativet", 1, 1, 1},
    {"LLML", "Lav nasjonal vekst", 0.85, 1.06, 0.6},
    {"HHMH", "Høy nasjonal vekst", 1.12, 0.94, 1.5},
    {"LMMM", "Lav fruktbarhet", 0.85, 1, 1},
    {"HMMM", "Høy fruktbarhet", 1.12, 1, 1},
    {"MLMM", "Lav levealder", 1, 1.06, 1},
    {"MHMM", "Høy levealder", 1, 0.94, 1},
    {"MMML", "Lav innvandring", 1, 1, 0.6},
    {"MMMH", "Høy innvandring", 1, 1, 1.5}};

/* A round of projections. */
typedef struct {
    const char *title;
    const char *name; /* of the file */
    guint first;      /* 1 January that it begins with, which is the registered population */
    guint n_after;
    guint after
        [MAX_ASKED]; /* years after it that are asked for, the first 0: with all of them it would be
                      * ten million cells */
} Round;

/* One kommune at a time: the cube asks for them one after the other. */
typedef struct {
    const SpSimModel *model;
    const Round *round;
    double survives[N_ALTERNATIVES][MAX_YEARS][SP_SIM_N_CELLS]; /* a year, by age on 1 January */
    double arrives[N_ALTERNATIVES][SP_SIM_N_AGES]; /* net from abroad a year, one sex, the nation */
    double children[SP_SIM_N_AGES];                /* births a woman and year */
    guint kommune; /* that `persons` is of; n_kommuner before the first */
    double persons[N_ALTERNATIVES][MAX_YEARS][SP_SIM_N_CELLS];
} Table;

static void set_base(Table *table, guint alternative)
{
    const SpSimModel *model = table->model;
    double *to = table->persons[alternative][0];
    for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
        if (model->geography->pieces[piece].kommune != table->kommune) {
            continue;
        }
        const guint32 *now =
            sp_sim_people_at(model->people, sp_sim_year(table->round->first), piece);
        for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
            to[cell] += now[cell];
        }
    }
}

/* Net immigration a year of one of this age and sex, spread by the kommune's share of the
 * nation. */
static double immigrants(const SpSimModel *model, guint age, double factor)
{
    double net = model->parameters.folk_innvandring * factor - model->parameters.folk_utvandring;
    double z = ((double)age - 29) / 13;
    return net / 2 * sp_sim_exp(-z * z / 2) / 32.6;
}

/* What is the same in all kommuner. */
static void set_rates(Table *table)
{
    const SpSimParameters *p = &table->model->parameters;
    for (guint age = 0; age < SP_SIM_N_AGES; age++) {
        table->children[age] = sp_sim_fertility(p, age);
    }
    for (guint i = 0; i < N_ALTERNATIVES; i++) {
        for (guint age = 0; age < SP_SIM_N_AGES; age++) {
            table->arrives[i][age] = immigrants(table->model, age, alternatives[i].immigration);
        }
        for (guint cell = 0; cell < MAX_YEARS * SP_SIM_N_CELLS; cell++) {
            guint year = cell / SP_SIM_N_CELLS;
            guint sex = cell % SP_SIM_N_CELLS / SP_SIM_N_AGES;
            double rate = alternatives[i].deaths * sp_sim_death_rate(p, sex, cell % SP_SIM_N_AGES,
                                                                     table->round->first + year);
            table->survives[i][year][cell % SP_SIM_N_CELLS] = sp_sim_exp(-rate);
        }
    }
}

static void project(Table *table, guint alternative, guint year)
{
    const SpSimParameters *p = &table->model->parameters;
    const double *now = table->persons[alternative][year];
    double *next = table->persons[alternative][year + 1];
    double share = 0;
    double births = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        share += now[cell] / p->folk_folketall;
    }
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint age = cell % SP_SIM_N_AGES;
        guint older = age + 1 == SP_SIM_N_AGES ? cell : cell + 1;
        next[older] += now[cell] * table->survives[alternative][year][cell] +
                       table->arrives[alternative][age] * share;
        if (cell >= SP_SIM_N_AGES) {
            births += alternatives[alternative].births * now[cell] * table->children[age];
        }
    }
    next[0] += births * p->folk_gutter;
    next[SP_SIM_N_AGES] += births * (1 - p->folk_gutter);
}

static void set_kommune(Table *table, guint kommune)
{
    memset(table->persons, 0, sizeof table->persons);
    table->kommune = kommune;
    for (guint alternative = 0; alternative < N_ALTERNATIVES; alternative++) {
        set_base(table, alternative);
        for (guint year = 0; year < table->round->after[table->round->n_after - 1]; year++) {
            project(table, alternative, year);
        }
    }
}

/* region, sex, age, alternative, contents, year */
static SpSimCell cell_of(const guint place[], gpointer data)
{
    Table *table = data;
    if (table->kommune != place[0]) {
        set_kommune(table, place[0]);
    }
    guint sex = 1 - place[1];
    guint year = table->round->after[place[5]];
    double persons = table->persons[place[3]][year][sex * SP_SIM_N_AGES + place[2]];
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
    for (guint i = 0; i < table->round->n_after; i++) {
        guint year = table->round->first + table->round->after[i];
        sp_sim_cube_years(cube, year, year);
    }
}

static gboolean write_round(const SpSimModel *model, const Round *round, const char *folder,
                            GError **error)
{
    g_autofree Table *table = g_new0(Table, 1);
    table->model = model;
    table->round = round;
    table->kommune = model->geography->n_kommuner;
    set_rates(table);
    g_autofree char *updated = g_strdup_printf("%u-06-05T06:00:00Z", round->first);
    SpSimCube cube;
    sp_sim_cube_init(&cube, round->title, updated);
    add_dimensions(&cube, table);
    cube.cell = cell_of;
    cube.data = table;
    gboolean is_good = sp_sim_cube_write(&cube, folder, round->name, error);
    sp_sim_cube_clear(&cube);
    return is_good;
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    const Round newest = {
        .title = "14746: Framskrevet folkemengde kommuner, fylker og hele landet, etter region, "
                 "kjønn, alder, framskrivingsalternativ, statistikkvariabel og år",
        .name = "extracts/ssb-14746.json",
        .first = model->options.to + 1,
        .n_after = 5,
        .after = {0, 1, 4, 9, 14}};
    /* It is there to be held against what came. */
    const Round older = {.title = "14288: Framskrevet folkemengde 1. januar, etter region, kjønn, "
                                  "alder, framskrivingsalternativ, statistikkvariabel og år",
                         .name = "extracts/ssb-14288.json",
                         .first = ROUND_2024,
                         .n_after = 3,
                         .after = {0, 1, 2}};
    return write_round(model, &newest, folder, error) &&
           (model->options.to + 1 < ROUND_2024 || write_round(model, &older, folder, error));
}

const SpSimSource sp_sim_source_framskriving = {
    .name = "framskriving",
    .summary = "SSB 14746 and 14288: projected population, nine alternatives",
    .write = write_extracts,
};
