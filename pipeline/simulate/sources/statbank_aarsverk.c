/* The StatBank's tables of staff: 14534 and 11924 (education), 14533 (occupation), 11996
 * (physicians and physiotherapists), physiotherapists). Codes as the layouts of config/layouts have
 * them; those were assumed there, not seen, but 14533's. */
#include "pipeline/simulate/ktable.h"
#include "pipeline/simulate/source.h"

#include <string.h>

/* Rows of 14534 and 11924: all, then by education. */
static const char *const educations[][2] = {{"00", "I alt"},
                                            {"01", "Sykepleier"},
                                            {"02a", "Psykiatrisk sykepleier"},
                                            {"02b", "Geriatrisk sykepleier"},
                                            {"02c", "Annen spesialsykepleier"},
                                            {"03", "Helsesykepleier"},
                                            {"04", "Jordmor"},
                                            {"05", "Vernepleier"},
                                            {"06a", "Helsefagarbeider"},
                                            {"06b", "Hjelpepleier"},
                                            {"06c", "Omsorgsarbeider"},
                                            {"07", "Ergoterapeut"},
                                            {"08", "Fysioterapeut"},
                                            {"09", "Barnevernspedagog"},
                                            {"10", "Sosionom"},
                                            {"11", "Lege"},
                                            {"12", "Psykolog"},
                                            {"13", "Aktivitør"},
                                            {"14", "Annen helse- og sosialfaglig utdanning"},
                                            {"15", "Uten helse- og sosialfaglig utdanning"}};
/* Rows of 14533, as published. */
static const char *const occupations[][2] = {
    {"tot", "I alt"},
    {"01", "Sykepleiere"},
    {"02", "Spesialsykepleiere"},
    {"03", "Helsefagarbeidere mv."},
    {"04", "Hjemmehjelper og andre pleiemedarbeidere"},
    {"05", "Vernepleiere"},
    {"06", "Barnevernspedagoger, miljøterapeuter, sosionomer mv."},
    {"07a", "Ledere av helse-, omsorgs- og sosialtjenester"},
    {"07b", "Andre ledere"},
    {"07c", "Kjøkkenyrker"},
    {"07d", "Renholdere og vaktmestre mv."},
    {"07e", "Saksbehandlere og kontormedarbeidere mv."},
    {"08", "Ergoterapeuter"},
    {"09", "Andre helserelaterte yrker"},
    {"99", "Uspesifisert"}};

/* Årsverk in care of a row, in hundredths of a percent; row 0 is all. */
static gint64 in_row(const SpSimModel *model, const SpSimRegionYear *at, const char *row,
                     gboolean is_all, gboolean by_education)
{
    gint64 sum = 0;
    for (guint i = 0; i < model->professions.n; i++) {
        const SpSimProfession *profession = &model->professions.professions[i];
        gint64 percent = (gint64)at->staff[i][SP_SIM_SECTOR_CARE].percent;
        sum += is_all
                   ? percent
                   : percent *
                         sp_sim_percent_in(
                             by_education ? profession->education : profession->occupation, row) /
                         100;
    }
    return sum;
}

/* region, education, contents, year. One decimal, as published. */
static SpSimCell education_cell(const guint place[], gpointer data)
{
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[3], &cell);
    if (at == NULL) {
        return cell;
    }
    gint64 percent = in_row(table->model, at, educations[place[1]][0], place[1] == 0, TRUE);
    return (SpSimCell){.value = (percent + 500) / 1000};
}

static gboolean write_education(const SpSimModel *model, const char *folder, const char *title,
                                guint last, const char *name, GError **error)
{
    SpSimTable table;
    sp_sim_table_init(&table, model, title, SP_SIM_TABLE_K);
    sp_sim_cube_dimension(&table.cube, "KOKutdanning0000", "utdanning");
    for (gsize i = 0; i < G_N_ELEMENTS(educations); i++) {
        sp_sim_cube_category(&table.cube, educations[i][0], educations[i][1]);
    }
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOSaarsverk0000", "Avtalte årsverk (årsverk)", 1);
    return sp_sim_table_finish(&table, last, education_cell, folder, name, error);
}

/* region, occupation, contents, year. SSB rounds each cell to whole årsverk. */
static SpSimCell occupation_cell(const guint place[], gpointer data)
{
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[3], &cell);
    if (at == NULL) {
        return cell;
    }
    gint64 percent = in_row(table->model, at, occupations[place[1]][0], place[1] == 0, FALSE);
    return (SpSimCell){.value = (percent + 5000) / 10000};
}

static gboolean write_occupation(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      "14533: Omsorgstjenestene - avtalte årsverk, etter region, yrke, "
                      "statistikkvariabel og år (K)",
                      SP_SIM_TABLE_K);
    sp_sim_cube_dimension(&table.cube, "KOKyrke0000", "yrke");
    for (gsize i = 0; i < G_N_ELEMENTS(occupations); i++) {
        sp_sim_cube_category(&table.cube, occupations[i][0], occupations[i][1]);
    }
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOSavtaarsverk0000", "Avtalte årsverk (årsverk)", 0);
    return sp_sim_table_finish(&table, model->options.to, occupation_cell, folder,
                               "extracts/ssb-14533.json", error);
}

static gint64 of_profession(const SpSimModel *model, const SpSimRegionYear *at, const char *id)
{
    for (guint i = 0; i < model->professions.n; i++) {
        if (strcmp(model->professions.professions[i].id, id) == 0) {
            return (gint64)(at->staff[i][SP_SIM_SECTOR_CARE].percent +
                            at->staff[i][SP_SIM_SECTOR_HEALTH].percent);
        }
    }
    return 0;
}

/* region, agreement, function, contents, year. In percent of all; the first of each is all. */
static SpSimCell doctor_cell(const guint place[], gpointer data)
{
    static const gint64 agreements[2][4] = {{100, 25, 65, 10}, {100, 46, 48, 6}};
    static const gint64 functions[2][6] = {{100, 6, 4, 80, 7, 3}, {100, 5, 5, 74, 9, 7}};
    const SpSimTable *table = data;
    SpSimCell cell = {0};
    const SpSimRegionYear *at =
        sp_sim_table_at(table, place[0], table->model->options.from + place[4], &cell);
    if (at == NULL) {
        return cell;
    }
    guint which = place[3];
    gint64 percent = of_profession(table->model, at, which == 0 ? "lege" : "fysioterapeut");
    gint64 share = agreements[which][place[1]] * functions[which][place[2]];
    return (SpSimCell){.value = (percent * share / 10000 + 500) / 1000};
}

static gboolean write_doctors(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const agreements[][2] = {{"T", "I alt"},
                                                {"KOM", "Kommunalt ansatt"},
                                                {"SEL", "Selvstendig næringsdrivende"},
                                                {"TUR", "LIS1 og turnus"}};
    static const char *const functions[][2] = {{"T", "I alt"},
                                               {"232", "Helsestasjon"},
                                               {"233", "Annet forebyggende arbeid"},
                                               {"241", "Diagnose og behandling"},
                                               {"253", "Institusjon"},
                                               {"254", "Hjemmeboende"}};
    SpSimTable table;
    sp_sim_table_init(&table, model,
                      "11996: Legeårsverk i kommunale helse- og omsorgstjenester, etter region, "
                      "avtaleform, funksjon, statistikkvariabel og år (K)",
                      SP_SIM_TABLE_K);
    sp_sim_cube_dimension(&table.cube, "KOKavtaleform0000", "avtaleform");
    for (gsize i = 0; i < G_N_ELEMENTS(agreements); i++) {
        sp_sim_cube_category(&table.cube, agreements[i][0], agreements[i][1]);
    }
    sp_sim_cube_dimension(&table.cube, "KOKfunksjon0000", "funksjon");
    for (gsize i = 0; i < G_N_ELEMENTS(functions); i++) {
        sp_sim_cube_category(&table.cube, functions[i][0], functions[i][1]);
    }
    sp_sim_cube_dimension(&table.cube, "ContentsCode", "statistikkvariabel");
    sp_sim_cube_contents(&table.cube, "KOSlegeaarsverk0000", "Legeårsverk (årsverk)", 1);
    sp_sim_cube_contents(&table.cube, "KOSfysioaarsverk0000", "Fysioterapeutårsverk (årsverk)", 1);
    return sp_sim_table_finish(&table, model->options.to, doctor_cell, folder,
                               "extracts/ssb-11996.json", error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    enum { OLD_SERIES_ENDS = 2023 };
    return write_education(model, folder,
                           "14534: Omsorgstjenestene - avtalte årsverk, etter region, utdanning, "
                           "statistikkvariabel og år (K)",
                           model->options.to, "extracts/ssb-14534.json", error) &&
           (model->options.from > OLD_SERIES_ENDS ||
            write_education(model, folder,
                            "11924: Omsorgstjenestene - avtalte årsverk, etter region, utdanning, "
                            "statistikkvariabel og år (K)",
                            MIN(model->options.to, (guint)OLD_SERIES_ENDS),
                            "extracts/ssb-11924.json", error)) &&
           write_occupation(model, folder, error) && write_doctors(model, folder, error);
}

const SpSimSource sp_sim_source_statbank_aarsverk = {
    .name = "statbank_aarsverk",
    .summary = "SSB 14534, 11924, 14533, 11996: årsverk by education, occupation, agreement",
    .write = write_extracts,
};
