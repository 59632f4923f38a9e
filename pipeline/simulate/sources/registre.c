/* Registers that come as small CSV files: the GP register, HPR, national quality indicators and HelseOmsorg21, by the layouts of
 * config/layouts (names of columns are ours where the publisher's are not known). */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { LIST_SIZE = 991, FIRST_AGE = 25, LAST_AGE = 69, BAND = 5 };

static gint64 persons(const SpSimRegionYear *at)
{
    gint64 sum = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        sum += at->cells[cell];
    }
    return sum;
}

static gboolean is_kommune(const SpSimModel *model, guint region, guint year)
{
    return model->regions->regions[region].kind == SP_SIM_REGION_KOMMUNE &&
           sp_sim_regions_at(model->regions, region, year)->holds;
}

/* Lists of about 1 000; vacant and open ones are more common far from the centres. */
static void put_lists(const SpSimModel *model, SpSimOutput *output, guint region, guint year)
{
    const SpSimRegion *which = &model->regions->regions[region];
    gint64 n = persons(sp_sim_regions_at(model->regions, region, year));
    guint class = model->geography->kommuner[model->geography->codes[which->number].kommune].class;
    SpRandom random = sp_random_numbered(sp_random_named(model->random, "fastlege"), region);
    guint lists = (guint)MAX(1, (n + LIST_SIZE / 2) / LIST_SIZE);
    guint vacant = sp_sim_binomial(random, year, lists, 0.02 + 0.018 * (class - 1));
    guint open = sp_sim_binomial(random, 10000 + year, lists - vacant, 0.16 + 0.05 * (class - 1));
    guint several = sp_sim_binomial(random, 20000 + year, lists - vacant, 0.02);
    /* Some have no list where they live; they are few and even out. */
    gint64 listed = n - (gint64)sp_sim_binomial(random, 30000 + year, (guint32)n, 0.006);
    sp_sim_put_format(output, "%s;%u-12-31;%u;%u;%u;%u;%" G_GINT64_FORMAT "\n", which->code, year,
                      lists, lists - vacant - several, open, vacant, listed);
}

static gboolean write_gps(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/fastlege-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output,
               "kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint region = 0; region < model->regions->n; region++) {
            if (is_kommune(model, region, year)) {
                put_lists(model, output, region, year);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

/* HPR's letters, authorisations of the nation, share of women, and of those educated abroad, per cent (made up). */
static const struct {
    const char *code;
    guint n;
    guint women_pct;
    guint abroad_pct;
} authorised[] = {{"SP", 125000, 89, 14}, {"HF", 78000, 88, 12}, {"HP", 42000, 92, 3},
                  {"OA", 15000, 93, 2},   {"VP", 22000, 78, 3},  {"LE", 36000, 52, 45},
                  {"FT", 17500, 64, 22},  {"ER", 6500, 90, 9},   {"JO", 5200, 99, 12},
                  {"PS", 12500, 70, 18},  {"BI", 11000, 86, 12}, {"RA", 5200, 74, 10},
                  {"TL", 7800, 56, 35},   {"TP", 2200, 93, 12},  {"AA", 8200, 42, 3}};
static const char *const countries[] = {"SE", "DK", "PL", "DE", "PH"};

/* Authorisations grow: by 1 per cent a year of those educated in Norway, by 3 of others. The same draw serves all years, so that a
 * year's growth is no noise. */
static void put_authorised(const SpSimModel *model, SpSimOutput *output, SpRandom random,
                           guint year)
{
    guint64 draw = 0;
    int since = (int)year - (int)model->options.to;
    for (gsize i = 0; i < G_N_ELEMENTS(authorised); i++) {
        for (guint age = FIRST_AGE; age <= LAST_AGE; age += BAND) {
            for (guint sex = 1; sex <= 2; sex++) {
                double share =
                    (sex == 2 ? authorised[i].women_pct : 100 - authorised[i].women_pct) / 100.0 /
                    ((LAST_AGE - FIRST_AGE + 1.0) / BAND);
                for (guint land = 0; land <= G_N_ELEMENTS(countries); land++) {
                    double part = land == 0
                                      ? 1 - authorised[i].abroad_pct / 100.0
                                      : authorised[i].abroad_pct / 100.0 / G_N_ELEMENTS(countries);
                    double growth = 1 + (land == 0 ? 0.01 : 0.03) * since;
                    guint n = sp_sim_poisson(random, draw++,
                                             authorised[i].n * share * part * MAX(growth, 0));
                    if (n > 0) {
                        sp_sim_put_format(output, "%u-12-31;%s;%u-%u;%u;%s;%u\n", year,
                                          authorised[i].code, age, age + BAND - 1, sex,
                                          land == 0 ? "NO" : countries[land - 1], n);
                    }
                }
            }
        }
    }
}

static gboolean write_authorised(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/hpr-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "dato;profesjon;alder;kjonn;utdanningsland;autorisasjoner\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        put_authorised(model, output, sp_random_named(model->random, "hpr"), year);
    }
    return sp_sim_output_close(output, error);
}

/* Indicators in percent with the share they are about; hours a week have ten times the tenths. */
static const struct {
    const char *id;
    guint mean; /* tenths */
    guint spread;
    gboolean is_hours;
} indicators[] = {{"legetimer_sykehjem", 6, 2, TRUE},
                  {"fysioterapitimer_sykehjem", 4, 2, TRUE},
                  {"vurdert_av_lege", 560, 180, FALSE},
                  {"legemiddelgjennomgang", 480, 200, FALSE},
                  {"vurdert_av_tannhelsepersonell", 380, 190, FALSE},
                  {"enerom", 965, 40, FALSE},
                  {"enerom_bad", 890, 110, FALSE}};

static void put_quality(const SpSimModel *model, SpSimOutput *output, guint region, guint year)
{
    enum { LAST_BAND = SP_SIM_N_BANDS - 1, HIDDEN_BELOW = 5 };
    const SpSimRegion *which = &model->regions->regions[region];
    const SpSimUse *use = &sp_sim_regions_at(model->regions, region, year)->use;
    guint residents = sp_sim_use_group(use, SP_SIM_GROUP_INSTITUTION, 0, LAST_BAND);
    for (gsize i = 0; i < G_N_ELEMENTS(indicators); i++) {
        SpRandom random = sp_random_numbered(
            sp_random_numbered(sp_random_named(model->random, "kvalitet"), region), i);
        double tenths = indicators[i].mean + indicators[i].spread * sp_sim_normal(random, 0) +
                        indicators[i].spread * 0.3 * sp_sim_normal(random, year);
        gint64 share = (gint64)CLAMP(tenths, 1, indicators[i].is_hours ? 60 : 1000);
        sp_sim_put_format(output, "%s;%s;%u;", which->code, indicators[i].id, year);
        if (sp_sim_model_is_silent(model, which->number, year)) {
            sp_sim_put(output, "..;..;..\n");
        } else if (residents < HIDDEN_BELOW) {
            sp_sim_put(output, ":;:;:\n");
        } else if (indicators[i].is_hours) {
            sp_sim_put_fixed(output, residents * share, 1, ',');
            sp_sim_put_format(output, ";%u;", residents);
            sp_sim_put_fixed(output, share, 1, ',');
            sp_sim_put_char(output, '\n');
        } else {
            gint64 count = (residents * share + 500) / 1000;
            sp_sim_put_format(output, "%" G_GINT64_FORMAT ";%u;", count, residents);
            sp_sim_put_fixed(output, (count * 1000 + residents / 2) / residents, 1, ',');
            sp_sim_put_char(output, '\n');
        }
    }
}

static gboolean write_quality(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/nki-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommunenr;indikator;aar;teller;nevner;verdi\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint region = 0; region < model->regions->n; region++) {
            if (is_kommune(model, region, year)) {
                put_quality(model, output, region, year);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_monitor(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const figures[][2] = {{"forskning_helse_og_omsorg", "mill. kroner"},
                                             {"publikasjoner_helse_og_omsorg", "antall"},
                                             {"innovasjonsprosjekter_kommune", "antall"}};
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/helseomsorg21-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "figur;aar;enhet;verdi\n");
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        SpRandom random = sp_random_numbered(sp_random_named(model->random, "ho21"), i);
        for (guint year = model->options.from; year <= model->options.to; year++) {
            sp_sim_put_format(output, "%s;%u;%s;%u\n", figures[i][0], year, figures[i][1],
                              sp_sim_poisson(random, year, 800 + 60.0 * (year - 2018)));
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_gps(model, folder, error) && write_authorised(model, folder, error) &&
           write_quality(model, folder, error) && write_monitor(model, folder, error);
}

const SpSimSource sp_sim_source_registre = {
    .name = "registre",
    .summary = "GP register, HPR, quality indicators, HelseOmsorg21",
    .write = write_extracts,
};
