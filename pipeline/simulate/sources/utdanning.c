/* Education: DBH (admissions and completions), DBH-F (vocational colleges) and Udir (apprentices
 * and trade certificates), in the services' own JSON, framed as the fetchers keep several answers:
 * RFC 7464. DBH rounds to the nearest 3 without a token, and so do we. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { RS = 0x1E, ROUNDED_TO = 3, ADMITTED = 112, COMPLETED = 118 };

static guint draw(const SpSimModel *model, const char *what, guint64 index, guint year, double mean)
{
    SpRandom random = sp_random_numbered(sp_random_named(model->random, what), index);
    return sp_sim_poisson(random, year, mean * (1 + 0.01 * ((double)year - 2022)));
}

static guint rounded(guint count)
{
    return (count + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO;
}

/* One table's question and answer. */
static void put_table(SpSimOutput *output, const SpSimModel *model, guint table)
{
    gboolean is_first = TRUE;
    sp_sim_put_char(output, RS);
    sp_sim_put_format(output,
                      "{\"spoersmaal\":{\"tabell_id\":%u,\"api_versjon\":1,\"statuslinje\":\"N\","
                      "\"kodetekst\":\"N\",\"desimal_separator\":\".\",\"groupBy\":["
                      "\"Institusjonskode\",\"Studieprogramkode\",\"Årstall\"],\"sortBy\":[],"
                      "\"filter\":[]},\"avrundet_til\":\"3\"}\n",
                      table);
    sp_sim_put_char(output, RS);
    sp_sim_put(output, "[");
    for (guint i = 0; i < SP_SIM_N_INSTITUTIONS * model->studies->n; i++) {
        guint institution = i / model->studies->n;
        guint study = i % model->studies->n;
        if (!sp_sim_study_is_programme(&model->studies->studies[study])) {
            continue;
        }
        for (guint year = model->options.from; year <= model->options.to; year++) {
            guint count =
                rounded(table == ADMITTED
                            ? sp_sim_studies_admitted(model->studies, study, institution, year)
                            : sp_sim_studies_completed(model->studies, study, institution, year));
            if (count == 0) {
                continue;
            }
            sp_sim_put_format(output,
                              "%s{\"Institusjonskode\":\"%s\",\"Studieprogramkode\":\"%s\","
                              "\"Årstall\":\"%u\",\"Antall\":\"%u\"}",
                              is_first ? "" : ",\n", sp_sim_institution(institution),
                              model->studies->studies[study].code, year, count);
            is_first = FALSE;
        }
    }
    sp_sim_put(output, "]\n");
}

static gboolean write_dbh(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/dbh-kandidater.json-seq", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    put_table(output, model, ADMITTED);
    put_table(output, model, COMPLETED);
    return sp_sim_output_close(output, error);
}

/* Vocational colleges and their share of the students, per mille, and their offers with active
 * students in the nation a year. Names as colleges have them, shares and magnitudes made up. */
static const struct {
    const char *name;
    guint share;
} colleges[] = {{"AOF Norge fagskole", 160},  {"Fagskolen i Nord", 90}, {"Fagskolen i Viken", 210},
                {"Fagskolen Innlandet", 150}, {"Fagskolen Oslo", 110},  {"Fagskolen Rogaland", 120},
                {"Fagskolen Vestland", 160}};
static const struct {
    const char *name;
    guint students;
} offers[] = {{"Barn med særskilte behov", 500},
              {"Helse, aldring og aktiv omsorg", 1400},
              {"Kreftomsorg og lindrende pleie", 650},
              {"Psykisk helsearbeid og rusarbeid", 1900},
              {"Velferdsteknologi", 350}};

static gboolean write_colleges(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/dbh-fagskole.json-seq", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put_char(output, RS);
    sp_sim_put(output, "{\"spoersmaal\":{\"tabell_id\":947,\"api_versjon\":1,\"statuslinje\":\"N\","
                       "\"kodetekst\":\"N\",\"desimal_separator\":\".\",\"groupBy\":["
                       "\"Fagskolens navn\",\"Utdanningstilbudets navn\",\"Årstall\"],"
                       "\"sortBy\":[],\"filter\":[]},\"avrundet_til\":\"3\"}\n");
    sp_sim_put_char(output, RS);
    guint n_rows = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(colleges) * G_N_ELEMENTS(offers); i++) {
        gsize college = i / G_N_ELEMENTS(offers);
        gsize offer = i % G_N_ELEMENTS(offers);
        double mean = (double)offers[offer].students * colleges[college].share / 1000;
        for (guint year = model->options.from; year <= model->options.to; year++) {
            sp_sim_put_format(output,
                              "%s{\"Fagskolens navn\":\"%s\",\"Utdanningstilbudets navn\":"
                              "\"%s\",\"Årstall\":\"%u\",\"Antall\":\"%u\"}",
                              n_rows++ > 0 ? ",\n" : "[", colleges[college].name,
                              offers[offer].name, year,
                              rounded(draw(model, "fagskolestudenter", i, year, mean)));
        }
    }
    sp_sim_put(output, "]\n");
    return sp_sim_output_close(output, error);
}

static double people_share(const SpSimModel *model, guint region, guint year)
{
    double here = 0;
    double all = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        here += sp_sim_regions_at(model->regions, region, year)->cells[cell];
        all += sp_sim_regions_at(model->regions, 0, year)->cells[cell];
    }
    return here / all;
}

static void put_figure(SpSimOutput *output, const char *name, guint count)
{
    if (count > 0 && count < 4) {
        sp_sim_put_format(output, ",\"%s\":\"*\"", name);
    } else if (count >= 1000) {
        sp_sim_put_format(output, ",\"%s\":\"%u %03u\"", name, count / 1000, count % 1000);
    } else {
        sp_sim_put_format(output, ",\"%s\":\"%u\"", name, count);
    }
}

/* Certificates of a fylke in a year, by study: the nation's are shared among fylker by their
 * people, to the last one. */
typedef struct {
    guint year;
    guint32 *left;      /* [studies] certificates of fylker still to come */
    double people_left; /* share of the nation's */
    guint n_rows;
} Sharing;

static const char *route_code(const char *route)
{
    return strcmp(route, "laerling") == 0 ? "1" : strcmp(route, "praksiskandidat") == 0 ? "2" : "3";
}

static void put_trade(SpSimOutput *output, const SpSimModel *model, guint region, guint study,
                      Sharing *sharing)
{
    const SpSimRegion *which = &model->regions->regions[region];
    const SpSimStudy *trade = &model->studies->studies[study];
    gboolean is_country = which->kind == SP_SIM_REGION_COUNTRY;
    guint64 key = (guint64)study * 1000 + region;
    double share = people_share(model, region, sharing->year);
    guint32 certificates = sharing->left[study];
    if (!is_country) {
        SpRandom random = sp_random_numbered(sp_random_named(model->random, "fagbrev"), key);
        certificates = sp_sim_binomial(random, sharing->year, certificates,
                                       share / MAX(sharing->people_left, 1e-9));
        sharing->left[study] -= certificates;
    }
    guint contracts =
        strcmp(trade->route, "laerling") == 0
            ? draw(model, "kontrakter", key, sharing->year, trade->admitted * 1.2 * share)
            : 0;
    sp_sim_put_format(output, "%s{\"EnhetNivaa\":\"%u\",\"EnhetKode\":\"%s\",\"EnhetNavn\":",
                      sharing->n_rows++ > 0 ? ",\n" : "", is_country ? 1U : 2U, which->code);
    sp_sim_put_json(output, which->name);
    sp_sim_put_format(
        output, ",\"FagkodeID\":\"%s\",\"KandidattypeID\":\"%s\",\"SkoleaarID\":\"%u%02u\"",
        trade->code, route_code(trade->route), sharing->year - 1, sharing->year % 100);
    put_figure(output, "AntallKontrakter", contracts);
    put_figure(output, "AntallFagbrev", certificates);
    SpRandom passed = sp_random_numbered(sp_random_named(model->random, "bestått"), key);
    guint tenths = 880 + (guint)sp_random_below(passed, sharing->year, 110);
    sp_sim_put_format(output, ",\"AndelBestaatt\":\"%u,%u\"}", tenths / 10, tenths % 10);
}

static void put_trades(SpSimOutput *output, const SpSimModel *model, guint region, Sharing *sharing)
{
    for (guint study = 0; study < model->studies->n; study++) {
        if (!sp_sim_study_is_programme(&model->studies->studies[study])) {
            put_trade(output, model, region, study, sharing);
        }
    }
    if (model->regions->regions[region].kind == SP_SIM_REGION_FYLKE) {
        sharing->people_left -= people_share(model, region, sharing->year);
    }
}

static gboolean write_udir(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/udir-laerlinger.json-seq", FALSE, error);
    g_autofree guint32 *left = g_new0(guint32, model->studies->n);
    Sharing sharing = {.left = left};
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put_char(output, RS);
    sp_sim_put(output, "{\"JSONSider\":1}\n");
    sp_sim_put_char(output, RS);
    sp_sim_put(output, "[");
    /* Fylker as they were, so each year has its own. */
    for (guint year = model->options.from; year <= model->options.to; year++) {
        sharing.year = year;
        sharing.people_left = 1;
        for (guint study = 0; study < model->studies->n; study++) {
            left[study] = sp_sim_studies_finished(model->studies, study, year);
        }
        for (guint region = 0; region < model->regions->n; region++) {
            SpSimRegionKind kind = model->regions->regions[region].kind;
            if ((kind == SP_SIM_REGION_COUNTRY || kind == SP_SIM_REGION_FYLKE) &&
                sp_sim_regions_at(model->regions, region, year)->holds) {
                put_trades(output, model, region, &sharing);
            }
        }
    }
    sp_sim_put(output, "]\n");
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_dbh(model, folder, error) && write_colleges(model, folder, error) &&
           write_udir(model, folder, error);
}

const SpSimSource sp_sim_source_utdanning = {
    .name = "utdanning",
    .summary =
        "DBH admissions and completions, DBH-F students, Udir apprentices and trade certificates",
    .write = write_extracts,
};
