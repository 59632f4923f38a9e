/* Education: DBH (admissions and completions), DBH-F (vocational colleges) and Udir (apprentices and trade certificates), in the services' own JSON, framed as the
 * fetchers keep several answers: RFC 7464. DBH rounds to the nearest 3 without a token, and so do we. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { RS = 0x1E, ROUNDED_TO = 3 };

/* A place of study and its share of the nation's candidates, per mille. Codes as in the extractor's list; shares are made up. */
static const struct {
    const char *code;
    guint share;
} institutions[] = {{"1110", 60},  {"1120", 60},  {"1130", 110}, {"1150", 190},
                    {"1160", 130}, {"1171", 130}, {"1174", 110}, {"1175", 210}};

/* A programme: new places a year in the nation, and the share that completes, per cent. Codes assumed; magnitudes are about DBH's. */
static const struct {
    const char *code;
    guint admitted;
    guint completes;
} programmes[] = {{"BSPL", 5600, 76}, {"BVPL", 1500, 72}, {"BERG", 480, 82}, {"BFYS", 560, 85},
                  {"BSOS", 1300, 74}, {"BBVP", 950, 73},  {"MJOR", 230, 90}, {"MHEL", 620, 86},
                  {"VAIO", 900, 88},  {"VGER", 350, 70}};

static guint draw(const SpSimModel *model, const char *what, guint64 index, guint year, double mean)
{
    SpRandom random = sp_random_numbered(sp_random_named(model->random, what), index);
    /* Capacity grows by one per cent a year, and a shock is common to the nation's year. */
    double shock = 1 + 0.03 * sp_sim_normal(sp_random_named(model->random, "opptak år"), year);
    return sp_sim_poisson(random, year, mean * shock * (1 + 0.01 * ((double)year - 2022)));
}

static guint rounded(guint count)
{
    return (count + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO;
}

/* One table's question and answer: 112 is admitted, 118 completed. */
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
    for (gsize i = 0; i < G_N_ELEMENTS(institutions); i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(programmes); k++) {
            for (guint year = model->options.from; year <= model->options.to; year++) {
                double mean = (double)programmes[k].admitted * institutions[i].share / 1000;
                guint count =
                    rounded(draw(model, table == 112 ? "opptatte" : "fullførte",
                                 i * G_N_ELEMENTS(programmes) + k, year,
                                 table == 112 ? mean : mean * programmes[k].completes / 100));
                if (count == 0) {
                    continue;
                }
                sp_sim_put_format(output,
                                  "%s{\"Institusjonskode\":\"%s\",\"Studieprogramkode\":\"%s\","
                                  "\"Årstall\":\"%u\",\"Antall\":\"%u\"}",
                                  is_first ? "" : ",\n", institutions[i].code, programmes[k].code,
                                  year, count);
                is_first = FALSE;
            }
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
    put_table(output, model, 112);
    put_table(output, model, 118);
    return sp_sim_output_close(output, error);
}

/* Vocational colleges and their share of the students, per mille, and their offers with active students in the nation a year. Names as
 * colleges have them, shares and magnitudes made up. */
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

/* A trade: certificates of the nation a school year by route (apprentice, private candidate, adult), about Udir's. */
static const struct {
    const char *code;
    guint certificates[3];
} trades[] = {{"HEA", {2050, 1500, 700}}, {"AMB", {420, 60, 10}}, {"BUA", {2300, 1300, 400}}};

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

static guint put_trades(SpSimOutput *output, const SpSimModel *model, guint region, guint year,
                        guint n_rows)
{
    const SpSimRegion *which = &model->regions->regions[region];
    gboolean is_country = which->kind == SP_SIM_REGION_COUNTRY;
    for (gsize trade = 0; trade < G_N_ELEMENTS(trades); trade++) {
        for (guint route = 0; route < 3; route++) {
            double mean = trades[trade].certificates[route] * people_share(model, region, year);
            guint64 key = (trade * 3 + route) * 1000 + region;
            guint certificates = draw(model, "fagbrev", key, year, mean);
            guint contracts = route == 0 ? draw(model, "kontrakter", key, year, mean * 1.2) : 0;
            sp_sim_put_format(output,
                              "%s{\"EnhetNivaa\":\"%u\",\"EnhetKode\":\"%s\",\"EnhetNavn\":",
                              n_rows++ > 0 ? ",\n" : "", is_country ? 1U : 2U, which->code);
            sp_sim_put_json(output, which->name);
            sp_sim_put_format(output,
                              ",\"FagkodeID\":\"%s\",\"KandidattypeID\":\"%u\",\"SkoleaarID\":"
                              "\"%u%02u\"",
                              trades[trade].code, route + 1, year - 1, year % 100);
            put_figure(output, "AntallKontrakter", contracts);
            put_figure(output, "AntallFagbrev", certificates);
            SpRandom passed = sp_random_numbered(sp_random_named(model->random, "bestått"), key);
            guint tenths = 880 + (guint)sp_random_below(passed, year, 110);
            sp_sim_put_format(output, ",\"AndelBestaatt\":\"%u,%u\"}", tenths / 10, tenths % 10);
        }
    }
    return n_rows;
}

static gboolean write_udir(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/udir-laerlinger.json-seq", FALSE, error);
    guint n_rows = 0;
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put_char(output, RS);
    sp_sim_put(output, "{\"JSONSider\":1}\n");
    sp_sim_put_char(output, RS);
    sp_sim_put(output, "[");
    /* Fylker as they were, so each year has its own; */
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint region = 0; region < model->regions->n; region++) {
            SpSimRegionKind kind = model->regions->regions[region].kind;
            if ((kind == SP_SIM_REGION_COUNTRY || kind == SP_SIM_REGION_FYLKE) &&
                sp_sim_regions_at(model->regions, region, year)->holds) {
                n_rows = put_trades(output, model, region, year, n_rows);
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
