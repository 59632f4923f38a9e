/* Sheets that come by hand: IS-24/8 and the reform's half-yearly reports as CSV, grants as a
 * workbook with one sheet a fylke. Names of columns as config/layouts has them. Some do not report;
 * some IS-24/8 reports are carried over from the year before. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/sheets.h"
#include "pipeline/simulate/source.h"

#include "core/io/files.h"

#include <string.h>

enum { REFORM_2_FROM = 2024, SILENT_2020 = 66 };

static gint64 persons_aged(const SpSimRegionYear *at, guint first, guint last)
{
    gint64 sum = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        guint age = cell % SP_SIM_N_AGES;
        sum += age >= first && age <= last ? at->cells[cell] : 0;
    }
    return sum;
}

static gboolean is_kommune(const SpSimModel *model, guint region, guint year)
{
    return model->regions->regions[region].kind == SP_SIM_REGION_KOMMUNE &&
           sp_sim_regions_at(model->regions, region, year)->holds;
}

static const SpSimKommune *kommune_of(const SpSimModel *model, guint region)
{
    guint code = model->regions->regions[region].number;
    return &model->geography->kommuner[model->geography->codes[code].kommune];
}

/* Education of those in mental health and substance work, per cent, adults and children (made
 * up). */
static const struct {
    const char *name;
    guint adults;
    guint children;
} educations[] = {{"Psykolog", 4, 10},
                  {"Lege", 1, 1},
                  {"Sykepleier uten videreutdanning", 12, 4},
                  {"Sykepleier med videreutdanning", 16, 7},
                  {"Helsesykepleier", 1, 34},
                  {"Vernepleier", 16, 8},
                  {"Sosionom", 11, 13},
                  {"Barnevernspedagog", 4, 14},
                  {"Ergoterapeut", 3, 2},
                  {"Helsefagarbeider", 19, 1},
                  {"Andre", 7, 5},
                  {"Uten helse- og sosialfaglig utdanning", 6, 1}};

/* A kommune estimates, and much: its level wanders, and one in fifteen hands in last year's report
 * again (2020: 66 of all). */
static void put_report(const SpSimModel *model, SpSimOutput *output, guint region, guint year,
                       const char *part, double share)
{
    const SpSimRegion *which = &model->regions->regions[region];
    const SpSimRegionYear *at = sp_sim_regions_at(model->regions, region, year);
    SpRandom random = sp_random_numbered(sp_random_named(model->random, "is24-8"), region);
    gboolean is_carried =
        year > model->options.from &&
        sp_random_uniform(random, year) < (year == 2020 ? (double)SILENT_2020 / 356 : 1.0 / 15);
    guint of = is_carried ? year - 1 : year;
    for (guint target = 0; target < 2; target++) {
        double rate = target == 0 ? 13100.0 / 4.2e6 : 3700.0 / 1.15e6;
        double base =
            rate * (double)(target == 0 ? persons_aged(at, 18, 105) : persons_aged(at, 0, 17));
        double level = base * share *
                       sp_sim_exp(0.35 * sp_sim_normal(random, 5000 + target) +
                                  0.10 * sp_sim_normal(random, 6000 + of));
        for (gsize i = 0; i < G_N_ELEMENTS(educations); i++) {
            guint pct = target == 0 ? educations[i].adults : educations[i].children;
            /* Tenths of an årsverk are what kommuner write. */
            gint64 tenths = (gint64)(level * pct / 10 + 0.5);
            sp_sim_put_format(output, "%s;", which->code);
            sp_sim_put_csv(output, which->name, ';');
            sp_sim_put_format(output, ";%s;%s;%s;%u;", part,
                              target == 0 ? "Voksne" : "Barn og unge", educations[i].name, year);
            sp_sim_put_fixed(output, tenths, 1, ',');
            sp_sim_put(output, is_carried ? ";ja\n" : ";\n");
        }
    }
}

static gboolean write_mental_health(const SpSimModel *model, const char *folder, GError **error)
{
    enum { DISTRICTS = 15 };
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/is-24-8-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "Kommunenr;Kommune;Bydel;Målgruppe;Utdanning;År;Årsverk;Videreført\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint region = 0; region < model->regions->n; region++) {
            if (!is_kommune(model, region, year)) {
                continue;
            }
            gboolean is_oslo = strcmp(model->regions->regions[region].code, "0301") == 0;
            for (guint district = 1; is_oslo && district <= DISTRICTS; district++) {
                g_autofree char *part = g_strdup_printf("%02u", district);
                put_report(model, output, region, year, part, 1.0 / DISTRICTS);
            }
            if (!is_oslo) {
                put_report(model, output, region, year, "", 1);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

/* A kommune goes its way: offered, taking part, planning, decided; the far ones later. Every sixth
 * does not answer a half-year. */
static void put_answers(const SpSimModel *model, SpSimOutput *output, guint region, guint year,
                        guint half)
{
    const SpSimRegion *which = &model->regions->regions[region];
    const SpSimKommune *kommune = kommune_of(model, region);
    SpRandom random = sp_random_numbered(sp_random_named(model->random, "reform"), region);
    guint begins = year < REFORM_2_FROM ? 2019 : REFORM_2_FROM;
    double pace = sp_random_uniform(random, begins) * 1.6 + 0.15 * kommune->class;
    double since = (double)(year - begins) + half * 0.5 - pace;
    if (sp_random_uniform(random, (guint64)year * 2 + half) < 1.0 / 6) {
        return;
    }
    sp_sim_put_format(output, "%s;", which->code);
    sp_sim_put_csv(output, which->name, ';');
    sp_sim_put_format(output, ";%s;%uH%u;%s;%s;%s;%s;%s\n",
                      year < REFORM_2_FROM ? "Leve hele livet" : "Bo trygt hjemme", year, half,
                      since > -1 ? "ja" : "nei",
                      since > 0.4    ? "Deltatt"
                      : since > -0.5 ? "Planlegger"
                                     : "Nei",
                      since > 1.4   ? "Vedtatt"
                      : since > 0.3 ? "Prosess"
                                    : "Nei",
                      since > 0 ? "ja" : "nei", since > 0.6 ? "ja" : "nei");
}

static gboolean write_reform(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/reform-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "Kommunenr;Kommune;Reform;Halvår;Tilbudt;Deltakelse;Plan;Nettverk;"
                       "Planenhet\n");
    for (guint year = MAX(model->options.from, 2019); year <= model->options.to; year++) {
        for (guint half = 1; half <= 2; half++) {
            for (guint region = 0; region < model->regions->n; region++) {
                if (is_kommune(model, region, year)) {
                    put_answers(model, output, region, year, half);
                }
            }
        }
    }
    return sp_sim_output_close(output, error);
}

static const char *const grant_columns[] = {"Kommunenr",
                                            "Mottaker",
                                            "Orgnr",
                                            "Tiltak",
                                            "År",
                                            "Kvalitetssikret",
                                            "Personer grunnutdanning",
                                            "Personer videreutdanning",
                                            "Personer etterutdanning",
                                            "Innovasjonsprosjekter",
                                            "Beløp"};
/* Measures by their number in the plan; 4.4 is 3.14 under another strategy and is not listed
 * again. */
static const char *const measures[] = {"1.2", "2.3", "3.1", "3.10", "3.14", "6.1"};

/* A recipient's row; `size` decides how many persons. */
static void put_grant(SpSimSheets *sheets, SpRandom random, const char *const head[3],
                      const char *measure, guint year, double size)
{
    guint basic = sp_sim_poisson(random, 1, size * 0.9);
    guint further = sp_sim_poisson(random, 2, size * 0.5);
    guint continuing = sp_sim_poisson(random, 3, size * 1.8);
    guint projects = sp_sim_poisson(random, 4, 0.3);
    for (guint i = 0; i < 3; i++) {
        sp_sim_sheets_put_text(sheets, head[i]);
    }
    sp_sim_sheets_put_text(sheets, measure);
    sp_sim_sheets_put_number(sheets, year);
    sp_sim_sheets_put_text(sheets, sp_random_uniform(random, 5) < 0.85 ? "ja" : "nei");
    sp_sim_sheets_put_number(sheets, basic);
    sp_sim_sheets_put_number(sheets, further);
    sp_sim_sheets_put_number(sheets, continuing);
    sp_sim_sheets_put_number(sheets, projects);
    sp_sim_sheets_put_number(sheets,
                             1000 * (20 * basic + 30 * further + 5 * continuing + 150 * projects));
    sp_sim_sheets_end_row(sheets);
}

static void put_fylke(const SpSimModel *model, SpSimSheets *sheets, const char *fylke, guint year)
{
    guint last = 0;
    for (guint region = 0; region < model->regions->n; region++) {
        const SpSimRegion *which = &model->regions->regions[region];
        if (!is_kommune(model, region, year) || strncmp(which->code, fylke, 2) != 0) {
            continue;
        }
        last = region;
        for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
            SpRandom random = sp_random_numbered(
                sp_random_numbered(sp_random_named(model->random, "tilskudd"), region),
                (guint64)year * 100 + i);
            const char *const head[3] = {which->code, which->name, ""};
            if (sp_random_uniform(random, 0) < 0.45) {
                double size =
                    (double)persons_aged(sp_sim_regions_at(model->regions, region, year), 0, 105) /
                    6000;
                put_grant(sheets, random, head, measures[i], year, MAX(size, 0.4));
            }
        }
    }
    /* And one that is no kommune: a centre for development, by its organisation number. */
    SpRandom random = sp_random_numbered(sp_random_named(model->random, "tilskudd andre"), last);
    g_autofree char *number = g_strdup_printf("9%08u", 70000000U + last * 31);
    const char *const head[3] = {"", "Utviklingssenter (simulert)", number};
    put_grant(sheets, sp_random_numbered(random, year), head, measures[0], year, 4);
}

static gboolean write_grants(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const names[][2] = {
        {"03", "Oslo"},      {"11", "Rogaland"}, {"15", "Møre og Romsdal"}, {"18", "Nordland"},
        {"31", "Østfold"},   {"32", "Akershus"}, {"33", "Buskerud"},        {"34", "Innlandet"},
        {"39", "Vestfold"},  {"40", "Telemark"}, {"42", "Agder"},           {"46", "Vestland"},
        {"50", "Trøndelag"}, {"55", "Troms"},    {"56", "Finnmark"}};
    guint year = model->options.to;
    g_autofree char *name = g_strdup_printf("tilskudd-%u.xlsx", year);
    g_autofree char *parent = g_build_filename(folder, "inbox", "tabular", NULL);
    g_autofree char *path = g_build_filename(parent, name, NULL);
    if (!sp_folder_make(parent, SP_MODE_OWN_FOLDER, error)) {
        return FALSE;
    }
    SpSimSheets *sheets = sp_sim_sheets_open(path, folder, error);
    if (sheets == NULL) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        sp_sim_sheets_begin(sheets, names[i][1]);
        for (gsize column = 0; column < G_N_ELEMENTS(grant_columns); column++) {
            sp_sim_sheets_put_text(sheets, grant_columns[column]);
        }
        sp_sim_sheets_end_row(sheets);
        put_fylke(model, sheets, names[i][0], year);
    }
    return sp_sim_sheets_close(sheets, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_mental_health(model, folder, error) && write_reform(model, folder, error) &&
           write_grants(model, folder, error);
}

const SpSimSource sp_sim_source_ark = {
    .name = "ark",
    .summary = "IS-24/8, reform reports, grants (a workbook)",
    .write = write_extracts,
};
