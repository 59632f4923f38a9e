/* The StatBank's tables of users, places and key figures: 12003, 06969, 12292, 11875, 12209 and
 * 11643. Codes as the layouts of config/layouts have them; those were assumed there, not seen.
 * 06969 comes as PX and 11875 as CSV, the others as JSON-stat. */
#include "pipeline/simulate/ktable.h"
#include "pipeline/simulate/source.h"

enum { N_AGES = 4, N_GROUPS = 4, ALL_BANDS = SP_SIM_N_BANDS - 1, OLD = 4, AGED_FROM = 80 };

/* Bands of SSB's ages: all, 0-66, 67-79, 80+. */
static const guint age_bands[N_AGES][2] = {{0, ALL_BANDS}, {0, 2}, {3, 3}, {OLD, ALL_BANDS}};
static const SpSimGroup groups[N_GROUPS] = {SP_SIM_GROUP_HOME, SP_SIM_GROUP_INSTITUTION,
                                            SP_SIM_GROUP_DAY, SP_SIM_GROUP_SUPPORT};

static void add_ages(SpSimCube *cube)
{
    sp_sim_cube_dimension(cube, "KOKalder0000", "alder");
    sp_sim_cube_category(cube, "T", "Alle aldre");
    sp_sim_cube_category(cube, "0-66", "0-66 år");
    sp_sim_cube_category(cube, "67-79", "67-79 år");
    sp_sim_cube_category(cube, "80+", "80 år eller eldre");
}

static void add_groups(SpSimCube *cube)
{
    sp_sim_cube_dimension(cube, "KOKtjenestegruppe0000", "tjenestegruppe");
    sp_sim_cube_category(cube, "HJE", "Hjemmetjenester");
    sp_sim_cube_category(cube, "INS", "Institusjon");
    sp_sim_cube_category(cube, "DAG", "Dagaktivitetstilbud");
    sp_sim_cube_category(cube, "STO", "Støttekontakt og avlastning");
}

/* region, age, group, contents, year */
static SpSimCell user_cell(const guint place[], gpointer data)
{
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[4], &cell);
    return at == NULL
               ? cell
               : sp_sim_hide(sp_sim_use_group(&at->reported, groups[place[2]],
                                              age_bands[place[1]][0], age_bands[place[1]][1]));
}

static gboolean write_users(const SpSimModel *model, const char *folder, SpSimTableForm form,
                            GError **error)
{
    gboolean is_k = form == SP_SIM_TABLE_K;
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      is_k ? "12003: Omsorgstjenester - brukere, etter region, alder, "
                             "tjenestegruppe, statistikkvariabel og år (K)"
                           : "06969: Brukarar av omsorgstenester per 31.12., etter region, alder, "
                             "tenestegruppe, statistikkvariabel og år (F)",
                      form);
    add_ages(&table.cube);
    add_groups(&table.cube);
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOSbrukere0000", "Brukere (antall)", 0);
    return sp_sim_table_finish(&table, model->options.to, user_cell, folder,
                               is_k ? "extracts/ssb-12003.json" : "extracts/ssb-06969.px", error);
}

/* Hours a week of the users of a group on 31 December, in tenths. */
static gint64 hours_of(const SpSimModel *model, const SpSimUse *use, SpSimGroup group)
{
    double hours = 0;
    for (guint i = 0; i < model->services.n; i++) {
        if (model->services.services[i].group == group) {
            hours += use->service[i] * model->services.services[i].hours;
        }
    }
    return (gint64)(hours * 10 + 0.5);
}

/* Single rooms in percent, in tenths: nearly all; the same in all years. */
static gint64 single_rooms(const SpSimTable *table, guint region)
{
    SpRandom rooms = sp_random_named(table->model->random, "enerom");
    return 1000 - (gint64)sp_random_below(rooms, g_array_index(table->regions, guint, region), 120);
}

/* region, contents, year */
static SpSimCell supplement_cell(const guint place[], gpointer data)
{
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[2], &cell);
    if (at == NULL) {
        return cell;
    }
    switch (place[1]) {
    case 0:
        return sp_sim_hide(sp_sim_use_group(&at->reported, SP_SIM_GROUP_HOME, 0, ALL_BANDS));
    case 1:
        return sp_sim_hide(sp_sim_use_group(&at->reported, SP_SIM_GROUP_HOME, OLD, ALL_BANDS));
    case 2:
        return sp_sim_hide(sp_sim_use_group(&at->reported, SP_SIM_GROUP_INSTITUTION, 0, ALL_BANDS));
    case 3:
        return sp_sim_hide(sp_sim_use_group(&at->reported, SP_SIM_GROUP_HOUSING, 0, ALL_BANDS));
    case 4:
        return (SpSimCell){.value = hours_of(table->model, &at->reported, SP_SIM_GROUP_HOME)};
    default:
        return (SpSimCell){.value = single_rooms(table, place[0])};
    }
}

static gboolean write_supplement(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      "12292: Omsorgstjenester - supplerende grunnlagstall, etter region, "
                      "statistikkvariabel og år (K)",
                      SP_SIM_TABLE_K);
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOSbrukhjtj0000", "Brukere av hjemmetjenester (antall)", 0);
    sp_sim_cube_contents(&table.cube, "KOSbrukhjtj80aa0000",
                         "Brukere av hjemmetjenester, 80 år og over (antall)", 0);
    sp_sim_cube_contents(&table.cube, "KOSbeboerinst0000", "Beboere i institusjon (antall)", 0);
    sp_sim_cube_contents(&table.cube, "KOSbolheld0000",
                         "Beboere i bolig med heldøgns bemanning (antall)", 0);
    sp_sim_cube_contents(&table.cube, "KOStimerhjtj0000", "Timer i hjemmetjenesten per uke (timer)",
                         1);
    sp_sim_cube_contents(&table.cube, "KOSandelenerom0000", "Andel enerom i institusjon (prosent)",
                         1);
    return sp_sim_table_finish(&table, model->options.to, supplement_cell, folder,
                               "extracts/ssb-12292.json", error);
}

/* region, contents, year. Kinds of places overlap. */
static SpSimCell place_cell(const guint place[], gpointer data)
{
    static const guint shares_pct[] = {100, 96, 32, 8, 22};
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[2], &cell);
    if (at == NULL) {
        return cell;
    }
    /* A little more than is used on one day. */
    guint places =
        sp_sim_use_group(&at->reported, SP_SIM_GROUP_INSTITUTION, 0, ALL_BANDS) * 104 / 100;
    return (SpSimCell){.value = places * shares_pct[place[1]] / 100};
}

static gboolean write_places(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      "11875: Helse- og omsorgsinstitusjoner - plasser, etter region, "
                      "statistikkvariabel og år (K)",
                      SP_SIM_TABLE_K);
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOSinstplass0000", "Institusjon - alle disponible plasser",
                         0);
    sp_sim_cube_contents(&table.cube, "KOSsykehjplass0000", "Sykehjem - disponible plasser", 0);
    sp_sim_cube_contents(&table.cube, "KOSdemensplass0000", "Institusjon - demensplasser", 0);
    sp_sim_cube_contents(&table.cube, "KOSrehabplass0000", "Institusjon - rehabiliteringsplasser",
                         0);
    sp_sim_cube_contents(&table.cube, "KOStidsbegrplass0000",
                         "Institusjon - plasser for tidsbegrenset opphold", 0);
    return sp_sim_table_finish(&table, model->options.to, place_cell, folder,
                               "extracts/ssb-11875.csv", error);
}

static gint64 persons_from(const SpSimRegionYear *at, guint first)
{
    gint64 sum = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        sum += cell % SP_SIM_N_AGES >= first ? at->cells[cell] : 0;
    }
    return sum;
}

static gint64 care_percent(const SpSimModel *model, const SpSimRegionYear *at)
{
    gint64 percent = 0;
    for (guint i = 0; i < model->professions.n; i++) {
        percent += (gint64)at->staff[i][SP_SIM_SECTOR_CARE].percent;
    }
    return percent;
}

static SpSimCell ratio(gint64 numerator, gint64 denominator)
{
    return denominator > 0 ? (SpSimCell){.value = (2 * numerator + denominator) / (2 * denominator)}
                           : (SpSimCell){.sign = "."};
}

/* region, contents, year */
static SpSimCell key_cell(const guint place[], gpointer data)
{
    enum { COST_OF_AARSVERK = 1050 }; /* gross, thousand kroner */
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[2], &cell);
    if (at == NULL) {
        return cell;
    }
    gint64 old = persons_from(at, AGED_FROM);
    gint64 percent = care_percent(table->model, at);
    switch (place[1]) {
    case 0:
        return ratio(1000LL * sp_sim_use_group(&at->reported, SP_SIM_GROUP_HOME, OLD, ALL_BANDS),
                     old);
    case 1:
        return ratio(1000LL *
                         sp_sim_use_group(&at->reported, SP_SIM_GROUP_INSTITUTION, OLD, ALL_BANDS),
                     old);
    case 2:
        /* Hundredths of a percent over users: 10 000 is one årsverk. */
        return ratio(percent / 100, at->reported.recipients_at_end);
    default:
        return ratio(percent / 10 * COST_OF_AARSVERK, persons_from(at, 0));
    }
}

static gboolean write_keys(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      "12209: Utvalgte nøkkeltall for helse og omsorg, etter region, "
                      "statistikkvariabel og år (K)",
                      SP_SIM_TABLE_K);
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOShjtj80aarover0001",
                         "Andel innbyggere 80 år og over som bruker hjemmetjenester (prosent)", 1);
    sp_sim_cube_contents(&table.cube, "KOSsykhjand80aar0000",
                         "Andel innbyggere 80 år og over som bor på sykehjem (prosent)", 1);
    sp_sim_cube_contents(&table.cube, "KOSaarsvbrukerom0000",
                         "Årsverk per bruker av omsorgstjenester (årsverk)", 2);
    sp_sim_cube_contents(&table.cube, "KOSbduFKG9innbyg0000",
                         "Brutto driftsutgifter til omsorgstjenester per innbygger (kr)", 0);
    return sp_sim_table_finish(&table, model->options.to, key_cell, folder,
                               "extracts/ssb-12209.json", error);
}

/* region, group, contents, year */
static SpSimCell hour_cell(const guint place[], gpointer data)
{
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[3], &cell);
    return at == NULL
               ? cell
               : (SpSimCell){.value = hours_of(table->model, &at->reported, groups[place[1]])};
}

static gboolean write_hours(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      "11643: Timer i omsorgstjenestene, etter region, tjenestegruppe, "
                      "statistikkvariabel og år (K)",
                      SP_SIM_TABLE_K);
    add_groups(&table.cube);
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOStimer0000", "Timer per uke (timer)", 1);
    return sp_sim_table_finish(&table, model->options.to, hour_cell, folder,
                               "extracts/ssb-11643.json", error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_users(model, folder, SP_SIM_TABLE_K, error) &&
           write_users(model, folder, SP_SIM_TABLE_F, error) &&
           write_supplement(model, folder, error) && write_places(model, folder, error) &&
           write_keys(model, folder, error) && write_hours(model, folder, error);
}

const SpSimSource sp_sim_source_statbank_brukere = {
    .name = "statbank_brukere",
    .summary = "SSB 12003, 06969, 12292, 11875, 12209, 11643: users, places, key figures",
    .write = write_extracts,
};
