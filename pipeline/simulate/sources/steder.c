/* Where things are: commuting, host kommuner, decisions on language, hospitals and places of study,
 * and NAV's survey by fylke. CSV by the layouts of config/layouts. */
#include "pipeline/simulate/commuting.h"
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

#include <string.h>

enum { SMALL = 5000, DIVISION_YEAR = 2024, NAV_ROUNDS_TO = 25 };

static gboolean write_commuting(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    guint n = geography->n_kommuner, year = model->options.to;
    g_autofree double *expected = sp_sim_commuting_expected(geography, &model->parameters);
    SpRandom random = sp_random_named(model->random, "pendling");
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/pendling-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "bosted;arbeidssted;aar;sysselsatte\n");
    for (guint from = 0; from < n; from++) {
        SpRandom home = sp_random_numbered(random, from);
        for (guint to = 0; to < n; to++) {
            guint persons =
                sp_sim_poisson(home, (guint64)to << 16 | year, expected[(gsize)from * n + to]);
            if (persons > 0) {
                sp_sim_put_format(output, "%s;%s;%u;%u\n", geography->kommuner[from].code,
                                  geography->kommuner[to].code, year, persons);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

/* Some small kommuner buy of the centre of their labour market. No chain: a host buys nothing of
 * the same service. */
static gboolean write_hosts(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const services[] = {"legevakt", "jordmor", "oyeblikkelig_hjelp"};
    const SpSimGeography *geography = model->geography;
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/vertskommune-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "deltaker;vertskommune;tjeneste;fra;til\n");
    for (guint k = 0; k < geography->n_kommuner; k++) {
        const SpSimKommune *kommune = &geography->kommuner[k];
        const char *host = geography->markets[kommune->market];
        SpRandom random = sp_random_numbered(sp_random_named(model->random, "vertskommune"), k);
        for (gsize i = 0; i < G_N_ELEMENTS(services); i++) {
            gboolean buys = sp_random_uniform(random, i) < (kommune->size < SMALL ? 0.7 : 0.25);
            if (buys && strcmp(host, kommune->code) != 0) {
                sp_sim_put_format(output, "%s;%s;%s;%u-01-01;\n", kommune->code, host, services[i],
                                  (guint)DIVISION_YEAR);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_languages(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    SpSimOutput *output = sp_sim_output_open(folder, "extracts/spraakvedtak.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommunenummer,maalform\n");
    for (guint k = 0; k < geography->n_kommuner; k++) {
        const char *language = geography->kommuner[k].language;
        sp_sim_put_format(output, "%s,%s\n", geography->kommuner[k].code,
                          strcmp(language, "nb") == 0   ? "Bokmål"
                          : strcmp(language, "nn") == 0 ? "Nynorsk"
                                                        : "Nøytral");
    }
    return sp_sim_output_close(output, error);
}

/* A hospital and a place of study in each large centre: in the middle of its surface, and a
 * hundredth of a degree off it. */
static gboolean write_places(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/sted-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommunenr;sted;slag;navn;breddegrad;lengdegrad\n");
    for (guint k = 0; k < geography->n_kommuner; k++) {
        const SpSimKommune *kommune = &geography->kommuner[k];
        if (strcmp(geography->markets[kommune->market], kommune->code) != 0) {
            continue;
        }
        const guint latitude = (guint)(kommune->latitude * 100.0 + 0.5);
        const guint longitude = (guint)(kommune->longitude * 100.0 + 0.5);
        for (guint i = 0; i < 2; i++) {
            sp_sim_put_format(output, "%s;%s%s;%s;", kommune->code, i == 0 ? "sh" : "st",
                              kommune->code, i == 0 ? "sykehus" : "studiested");
            sp_sim_put_csv(output, kommune->name, ';');
            sp_sim_put(output, i == 0 ? " sykehus (simulert);" : " studiested (simulert);");
            sp_sim_put_fixed(output, latitude + i, 2, '.');
            sp_sim_put_char(output, ';');
            sp_sim_put_fixed(output, longitude + i, 2, '.');
            sp_sim_put_char(output, '\n');
        }
    }
    return sp_sim_output_close(output, error);
}

/* NAV's survey: shortage of persons by occupation (STYRK-08) and the fylker of 2018, a column each,
 * rounded to 25. The national level is about that of the surveys, and halves and doubles from year
 * to year. */
static gboolean write_shortage(const SpSimModel *model, const char *folder, GError **error)
{
    static const struct {
        const char *code;
        const char *name;
        double mean;
    } occupations[] = {{"2223", "Sykepleiere", 3300},
                       {"5321", "Helsefagarbeidere", 2700},
                       {"2221", "Spesialsykepleiere", 900},
                       {"2224", "Vernepleiere", 650},
                       {"2211", "Allmennpraktiserende leger", 420},
                       {"2634", "Psykologer", 260},
                       {"5322", "Hjemmehjelper", 300}};
    static const struct {
        const char *name;
        double share; /* per cent of the people, about */
    } fylker[] = {{"ostfold", 5.6},       {"akershus", 11.6},       {"oslo", 12.7},
                  {"hedmark", 3.7},       {"oppland", 3.6},         {"buskerud", 5.3},
                  {"vestfold", 4.7},      {"telemark", 3.3},        {"aust_agder", 2.2},
                  {"vest_agder", 3.5},    {"rogaland", 8.9},        {"hordaland", 9.8},
                  {"sogn_fjordane", 2.1}, {"more_og_romsdal", 5.0}, {"trondelag", 8.7},
                  {"nordland", 4.6},      {"troms", 3.1},           {"finnmark", 1.4}};
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/nav-bedriftsundersoekelse.csv", FALSE, error);
    SpRandom random = sp_random_named(model->random, "nav");
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "aar,yrkekode,yrke");
    for (gsize i = 0; i < G_N_ELEMENTS(fylker); i++) {
        sp_sim_put_format(output, ",%s", fylker[i].name);
    }
    sp_sim_put(output, ",norge\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        double mood = sp_sim_exp(0.3 * sp_sim_normal(random, year));
        for (gsize k = 0; k < G_N_ELEMENTS(occupations); k++) {
            SpRandom row = sp_random_numbered(sp_random_numbered(random, year), k);
            guint sum = 0;
            sp_sim_put_format(output, "%u,%s,%s", year, occupations[k].code, occupations[k].name);
            for (gsize i = 0; i < G_N_ELEMENTS(fylker); i++) {
                guint n =
                    sp_sim_poisson(row, i, occupations[k].mean * mood * fylker[i].share / 100);
                sum += n;
                sp_sim_put_format(output, ",%u",
                                  (n + NAV_ROUNDS_TO / 2) / NAV_ROUNDS_TO * NAV_ROUNDS_TO);
            }
            sp_sim_put_format(output, ",%u\n",
                              (sum + NAV_ROUNDS_TO / 2) / NAV_ROUNDS_TO * NAV_ROUNDS_TO);
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_commuting(model, folder, error) && write_hosts(model, folder, error) &&
           write_languages(model, folder, error) && write_places(model, folder, error) &&
           write_shortage(model, folder, error);
}

const SpSimSource sp_sim_source_steder = {
    .name = "steder",
    .summary = "commuting, host kommuner, languages, hospitals, NAV's survey",
    .write = write_extracts,
};
