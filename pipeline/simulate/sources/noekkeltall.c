/* KOSTRA's key figures of health and care as a file of one row a figure: what the model knows as it
 * knows it, the rest drawn about the nation's level. Kommuner and fylker by code, the country by
 * its name, as the file that the project has read. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { FULL = 10000, COST_OF_AARSVERK = 1050000, BASE_YEAR = 2022, LAST_BAND = SP_SIM_N_BANDS - 1 };

typedef struct {
    const SpSimModel *model;
    const SpSimRegionYear *at;
} Place;

/* Persons of ages first to last on the 1 January that begins the year. */
static double persons(const Place *place, guint first, guint last)
{
    double sum = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint age = cell % SP_SIM_N_AGES;
        sum += age >= first && age <= last ? place->at->cells[cell] : 0;
    }
    return sum;
}

/* Årsverk of a profession, or of all (NULL), in the sectors from first to last. */
static double aarsverk(const Place *place, const char *profession, SpSimSector first,
                       SpSimSector last)
{
    double sum = 0;
    for (guint i = 0; i < place->model->professions.n; i++) {
        const char *id = place->model->professions.professions[i].id;
        for (guint sector = first; sector <= last; sector++) {
            if (profession == NULL || strcmp(id, profession) == 0) {
                sum += (double)place->at->staff[i][sector].percent / FULL;
            }
        }
    }
    return sum;
}

static double users(const Place *place, SpSimGroup group, guint first, guint last)
{
    return sp_sim_use_group(&place->at->reported, group, first, last);
}

static double cost_per_inhabitant(const Place *place)
{
    return aarsverk(place, NULL, SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_HEALTH) * COST_OF_AARSVERK /
           persons(place, 0, SP_SIM_N_AGES);
}

static double staff_per_10000(const Place *place)
{
    return aarsverk(place, NULL, SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_HEALTH) * 1e4 /
           persons(place, 0, SP_SIM_N_AGES);
}

static double staff_per_user(const Place *place)
{
    return aarsverk(place, NULL, SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_CARE) /
           MAX(place->at->reported.recipients_at_end, 1);
}

static double with_health_education(const Place *place)
{
    double all = aarsverk(place, NULL, SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_CARE);
    double without =
        aarsverk(place, "uten_helseutdanning", SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_CARE) +
        aarsverk(place, "annet", SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_CARE);
    return 100 * (all - without) / MAX(all, 1);
}

static double doctors(const Place *place)
{
    return aarsverk(place, "lege", SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_HEALTH) * 1e4 /
           persons(place, 0, SP_SIM_N_AGES);
}

static double physiotherapists(const Place *place)
{
    return aarsverk(place, "fysioterapeut", SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_HEALTH) * 1e4 /
           persons(place, 0, SP_SIM_N_AGES);
}

/* Helsesykepleiere and jordmødre are about six tenths of those who work there (assumed). */
static double stations(const Place *place)
{
    static const double share = 0.6;
    double staff = aarsverk(place, "helsesykepleier", SP_SIM_SECTOR_HEALTH, SP_SIM_SECTOR_HEALTH) +
                   aarsverk(place, "jordmor", SP_SIM_SECTOR_HEALTH, SP_SIM_SECTOR_HEALTH);
    return staff / share * 1e4 / persons(place, 0, 20);
}

static double home_80(const Place *place)
{
    return 100 * users(place, SP_SIM_GROUP_HOME, 4, LAST_BAND) / persons(place, 80, SP_SIM_N_AGES);
}

static double home_under_67(const Place *place)
{
    return 100 * users(place, SP_SIM_GROUP_HOME, 0, 2) /
           MAX(users(place, SP_SIM_GROUP_HOME, 0, LAST_BAND), 1);
}

static double day_67(const Place *place)
{
    return 100 * users(place, SP_SIM_GROUP_DAY, 3, 3) / persons(place, 67, 79);
}

static double institution_80(const Place *place)
{
    return 100 * users(place, SP_SIM_GROUP_INSTITUTION, 4, LAST_BAND) /
           persons(place, 80, SP_SIM_N_AGES);
}

/* A key figure under the file's own name: from the model, or a mean and a spread between kommuner
 * that do not leave the range. */
typedef struct {
    const char *name;
    const char *unit;
    guint decimals;
    double (*figure)(const Place *place);
    gboolean is_use; /* kommuner that did not report their users have none */
    double mean;
    double spread;
    double most;
} Figure;

static const Figure figures[] = {
    {"Utgifter helse og omsorg per innbygger", "kr", 0, cost_per_inhabitant, FALSE, 0, 0, 0},
    {"Utgifter per oppholdsdøgn i institusjon", "kr", 0, NULL, TRUE, 4300, 500, 9000},
    {"Netto driftsutgifter omsorg i % av tot. netto driftsutg.", "%", 1, NULL, FALSE, 31, 3, 60},
    {"Netto driftsutgifter kommunehelse i % av tot. netto driftsutg.", "%", 1, NULL, FALSE, 6, 0.8,
     20},
    {"Årsverk helse/omsorg per 10 000 innbygger", "årsverk", 1, staff_per_10000, FALSE, 0, 0, 0},
    {"Årsverk per bruker av omsorgstjenesten", "årsverk", 2, staff_per_user, TRUE, 0, 0, 0},
    {"Andel brukerrettede årsverk m/ helsefaglig utd.", "%", 1, with_health_education, FALSE, 0, 0,
     0},
    {"Avtalte legeårsverk per 10 000 innbyggere", "årsverk", 1, doctors, FALSE, 0, 0, 0},
    {"Avtalte fysioterapeutårsverk per 10 000 innb.", "årsverk", 1, physiotherapists, FALSE, 0, 0,
     0},
    {"Avtalte årsverk i helsestasjons-/skolehelsetj. per 10 000 innb. 0-20", "årsverk", 1, stations,
     FALSE, 0, 0, 0},
    {"Andel nyfødte med hjemmebesøk av helsesykepleier", "%", 1, NULL, FALSE, 88, 7, 100},
    {"Andel innb. 80+ som bruker hjemmetjenester", "%", 1, home_80, TRUE, 0, 0, 0},
    {"Andel brukere av hjemmetjenester 0-66 år", "%", 1, home_under_67, TRUE, 0, 0, 0},
    {"Andel innb. 67-79 med dagaktivitetstilbud", "%", 2, day_67, TRUE, 0, 0, 0},
    {"Andel innb. 80+ med institusjonsopphold", "%", 1, institution_80, TRUE, 0, 0, 0},
    {"Andel brukertilpassede enerom m/ eget bad/wc", "%", 1, NULL, TRUE, 91, 6, 100},
    {"Legetimer per uke per beboer i sykehjem", "timer", 2, NULL, TRUE, 0.6, 0.12, 3}};

/* Sums lie at the mean; a kommune is its own, and moves a little each year. Money grows by four per
 * cent. */
static double drawn(const Place *place, const Figure *figure, const SpSimRegion *region, guint year)
{
    double growth = figure->decimals == 0 ? 1 + 0.04 * ((double)year - BASE_YEAR) : 1;
    double from_mean = 0;
    if (region->kind == SP_SIM_REGION_KOMMUNE) {
        guint kommune = place->model->geography->codes[region->number].kommune;
        SpRandom random =
            sp_random_numbered(sp_random_named(place->model->random, "nøkkeltall"),
                               kommune * G_N_ELEMENTS(figures) + (gsize)(figure - figures));
        from_mean = sp_sim_normal(random, 0) + 0.3 * sp_sim_normal(random, year);
    }
    return CLAMP(figure->mean + figure->spread * from_mean, 0.05, figure->most) * growth;
}

static void put_region(const SpSimModel *model, SpSimOutput *output, guint number, guint year)
{
    static const guint powers[] = {1, 10, 100};
    const SpSimRegion *region = &model->regions->regions[number];
    const Place place = {model, sp_sim_regions_at(model->regions, number, year)};
    const char *code = region->kind == SP_SIM_REGION_COUNTRY                ? "Landet"
                       : region->kind == SP_SIM_REGION_COUNTRY_WITHOUT_OSLO ? "Landet u/Oslo"
                                                                            : region->code;
    gboolean is_silent = region->kind == SP_SIM_REGION_KOMMUNE &&
                         sp_sim_model_is_silent(model, region->number, year);
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        const Figure *figure = &figures[i];
        sp_sim_put_csv(output, figure->name, ',');
        sp_sim_put_format(output, ",%s,%s,%u,", figure->unit, code, year);
        if (is_silent && figure->is_use) {
            sp_sim_put(output, "..\n");
            continue;
        }
        double value =
            figure->figure != NULL ? figure->figure(&place) : drawn(&place, figure, region, year);
        sp_sim_put_fixed(output, (gint64)(value * powers[figure->decimals] + 0.5), figure->decimals,
                         '.');
        sp_sim_put_char(output, '\n');
    }
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/kostra-noekkeltall.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "indikator,enhet,region,aar,verdi\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint region = 0; region < model->regions->n; region++) {
            if (sp_sim_regions_at(model->regions, region, year)->holds) {
                put_region(model, output, region, year);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

const SpSimSource sp_sim_source_noekkeltall = {
    .name = "noekkeltall",
    .summary = "KOSTRA's key figures of health and care, one row a figure",
    .write = write_extracts,
};
