/* Registers that come as small CSV files: the GP register, HPR, national quality indicators and
 * HelseOmsorg21, by the layouts of config/layouts (names of columns are ours where the publisher's
 * are not known). */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { LIST_SIZE = 991, FIRST_AGE = 20, LAST_AGE = 74, BAND = 5, MOST_EDUCATIONS = 3 };

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

/* HPR's letters, the educations behind them, and the share of their people who have these letters,
 * per cent. */
static const struct {
    const char *code;
    const char *educations[MOST_EDUCATIONS];
    guint share_pct;
    guint abroad_pct; /* of those authorised on the first day; made up */
} authorised[] = {{"SP", {"sykepleier", "spesialsykepleier", "helsesykepleier"}, 100, 11},
                  {"HF", {"helsefagarbeider"}, 60, 12},
                  {"HP", {"helsefagarbeider"}, 30, 3},
                  {"OA", {"helsefagarbeider"}, 10, 2},
                  {"VP", {"vernepleier"}, 100, 3},
                  {"LE", {"lege"}, 100, 40},
                  {"FT", {"fysioterapeut"}, 100, 20},
                  {"ER", {"ergoterapeut"}, 100, 6},
                  {"JO", {"jordmor"}, 100, 10},
                  {"PS", {"psykolog"}, 100, 15},
                  {"BI", {"bioingenioer"}, 100, 10},
                  {"RA", {"radiograf"}, 100, 9},
                  {"TL", {"tannlege"}, 100, 30},
                  {"TP", {"tannpleier"}, 100, 10},
                  {"FA1", {"farmasoeyt"}, 55, 30},
                  {"FA2", {"farmasoeyt"}, 45, 10},
                  {"FO", {"fotterapeut"}, 100, 4},
                  {"HE", {"helsesekretaer"}, 100, 1},
                  {"TH", {"tannhelsesekretaer"}, 100, 3},
                  {"KE", {"ernaeringsfysiolog"}, 100, 15},
                  {"AA", {"ambulansearbeider"}, 100, 3}};
static const char *const countries[] = {"SE", "DK", "PL", "DE", "PH"};

/* A row's people of a year by sex and age: those who live here, and those of them who came from
 * abroad in it. */
typedef struct {
    guint32 persons[SP_SIM_N_WORK_CELLS];
    guint32 came[SP_SIM_N_WORK_CELLS];
    double resident; /* share of those newly authorised from abroad who live here */
} Living;

static void count_living(const SpSimModel *model, gsize row, guint year, Living *living)
{
    memset(living, 0, sizeof *living);
    for (gsize i = 0; i < MOST_EDUCATIONS && authorised[row].educations[i] != NULL; i++) {
        gint number = sp_sim_educations_find(&model->educations, authorised[row].educations[i]);
        if (number < 0) {
            continue;
        }
        const SpSimEducatedYear *now =
            sp_sim_educated_nation(model->educated, sp_sim_year(year), (guint)number);
        for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
            living->persons[cell] += now->persons[cell];
            living->came[cell] += now->abroad[cell];
        }
        living->resident = i == 0 ? model->educations.list[number].resident : living->resident;
    }
}

/* Those authorised who were educated abroad, here or not, by sex and age, a year on: they grow
 * older, die, and new ones come. */
static void step_register(const SpSimModel *model, gsize row, guint year, const Living *living,
                          guint32 abroad[])
{
    SpRandom of_row = sp_random_numbered(sp_random_named(model->random, "hpr"), row);
    SpRandom random = sp_random_numbered(of_row, year);
    for (guint cell = SP_SIM_N_WORK_CELLS; cell-- > 0;) {
        guint sex = cell / SP_SIM_N_WORK_AGES;
        guint age = SP_SIM_WORK_FIRST_AGE + cell % SP_SIM_N_WORK_AGES;
        guint32 dead = sp_sim_binomial(random, (guint64)cell * 3, abroad[cell],
                                       sp_sim_death_rate(&model->parameters, sex, age, year));
        if (cell % SP_SIM_N_WORK_AGES + 1 < SP_SIM_N_WORK_AGES) {
            abroad[cell + 1] += abroad[cell] - dead;
        }
        abroad[cell] = 0;
    }
    for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
        guint32 here = sp_sim_binomial(random, (guint64)cell * 3 + 1, living->came[cell],
                                       authorised[row].share_pct / 100.0);
        abroad[cell] += here + sp_sim_poisson(random, (guint64)cell * 3 + 2,
                                              here * (1 - living->resident) / living->resident);
    }
}

static guint32 band_sum(const guint32 cells[], guint sex, guint first)
{
    guint32 sum = 0;
    for (guint age = first; age < first + BAND; age++) {
        sum += cells[sex * SP_SIM_N_WORK_AGES + age - SP_SIM_WORK_FIRST_AGE];
    }
    return sum;
}

/* Those educated here are the stock less those from abroad who live here. */
static void put_register(SpSimOutput *output, gsize row, guint year, const Living *living,
                         const guint32 abroad[])
{
    guint n_countries = (guint)G_N_ELEMENTS(countries);
    for (guint i = 0; i < (LAST_AGE - FIRST_AGE + 1) / BAND * 2; i++) {
        guint age = FIRST_AGE + i / 2 * BAND;
        guint sex = i % 2;
        guint from_abroad = band_sum(abroad, sex, age);
        double all = band_sum(living->persons, sex, age) * (authorised[row].share_pct / 100.0);
        for (guint land = 0; land <= n_countries; land++) {
            guint n = land == 0 ? (guint)MAX(0, all - from_abroad * living->resident)
                                : (from_abroad + n_countries - land) / n_countries;
            if (n > 0) {
                sp_sim_put_format(output, "%u-12-31;%s;%u-%u;%u;%s;%u\n", year,
                                  authorised[row].code, age, age + BAND - 1, sex + 1,
                                  land == 0 ? "NO" : countries[land - 1], n);
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
    for (gsize row = 0; row < G_N_ELEMENTS(authorised); row++) {
        guint32 abroad[SP_SIM_N_WORK_CELLS];
        Living living;
        count_living(model, row, SP_SIM_FIRST_YEAR, &living);
        for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
            abroad[cell] = living.persons[cell] * authorised[row].share_pct / 100 *
                           authorised[row].abroad_pct / 100;
        }
        for (guint year = SP_SIM_FIRST_YEAR + 1; year <= model->options.to; year++) {
            count_living(model, row, year, &living);
            step_register(model, row, year, &living, abroad);
            if (year >= model->options.from) {
                put_register(output, row, year, &living, abroad);
            }
        }
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
