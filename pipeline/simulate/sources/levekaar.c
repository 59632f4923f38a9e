/* Income and sick leave by kommune, in the project's own profiles (docs/profiles): no table of the
 * StatBank is chosen for either. Levels are about public ones (medical sick leave of municipal
 * employees 7-8 %, care higher), differences are made up. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { BASE_YEAR = 2022, MEDIAN = 545000, FEW_PERSONS = 500 };

static gboolean is_kommune(const SpSimModel *model, guint region, guint year)
{
    return model->regions->regions[region].kind == SP_SIM_REGION_KOMMUNE &&
           sp_sim_regions_at(model->regions, region, year)->holds;
}

static guint class_of(const SpSimModel *model, guint region)
{
    guint code = model->regions->regions[region].number;
    return model->geography->kommuner[model->geography->codes[code].kommune].class;
}

/* By today's kommune, so that a change of code is no change of the place. */
static SpRandom place_of(const SpSimModel *model, const char *what, guint region)
{
    guint code = model->regions->regions[region].number;
    return sp_random_numbered(sp_random_named(model->random, what),
                              model->geography->codes[code].kommune);
}

/* Median household income after tax grows three per cent a year and falls outwards; low income goes
 * the other way. Withheld where few live. */
static void put_income(const SpSimModel *model, SpSimOutput *output, guint region, guint year)
{
    SpRandom random = place_of(model, "inntekt", region);
    double outwards = (double)class_of(model, region) - 3;
    double own = sp_sim_normal(random, 0);
    double shock = sp_sim_normal(random, year);
    double income = MEDIAN * sp_sim_exp(0.03 * ((double)year - BASE_YEAR) - 0.025 * outwards +
                                        0.05 * own + 0.006 * shock);
    double low = CLAMP(110 + 5 * outwards - 14 * own + 4 * shock, 30, 300);
    guint number = model->regions->regions[region].number;
    sp_sim_put_format(output, "%s;%u;", model->regions->regions[region].code, year);
    if (sp_sim_model_persons(model, number, year, 0, SP_SIM_N_AGES - 1) < FEW_PERSONS) {
        sp_sim_put(output, ":;:\n");
        return;
    }
    guint thousands = (guint)(income / 1000);
    sp_sim_put_format(output, "%u %03u;", thousands, (guint)(income / 100) % 10 * 100);
    sp_sim_put_fixed(output, (gint64)low, 1, ',');
    sp_sim_put_char(output, '\n');
}

static gboolean write_income(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/inntekt-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommune;aar;median_inntekt_etter_skatt;lavinntekt_pct\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint region = 0; region < model->regions->n; region++) {
            if (is_kommune(model, region, year)) {
                put_income(model, output, region, year);
            }
        }
    }
    return sp_sim_output_close(output, error);
}

/* An industry of the sick leave: all, and health and care. */
typedef struct {
    const char *code;
    double rate;      /* of agreed days, both sexes, about BASE_YEAR */
    double women;     /* share of agreed days */
    gboolean is_care; /* days from the kommune's own staff; else from those of working age */
} Industry;

static const Industry industries[] = {{"00-99", 0.056, 0.46, FALSE}, {"86-88", 0.088, 0.82, TRUE}};

/* Agreed days of a quarter: 230 a year, leave aside. */
static double agreed_days(const SpSimModel *model, guint region, guint year,
                          const Industry *industry)
{
    enum { DAYS_A_YEAR = 230, QUARTERS = 4, FULL = 10000 };
    const SpSimRegionYear *at = sp_sim_regions_at(model->regions, region, year);
    double positions = 0;
    for (guint i = 0; i < model->professions.n; i++) {
        positions += ((double)at->staff[i][SP_SIM_SECTOR_CARE].percent +
                      (double)at->staff[i][SP_SIM_SECTOR_HEALTH].percent) /
                     FULL;
    }
    if (!industry->is_care) {
        guint number = model->regions->regions[region].number;
        positions = 0.62 * sp_sim_model_persons(model, number, year, 20, 66);
    }
    return positions * DAYS_A_YEAR / QUARTERS;
}

static void put_leave(SpSimOutput *output, gint64 agreed, gint64 lost)
{
    enum { FEW_DAYS = 500 };
    if (agreed < FEW_DAYS) {
        sp_sim_put(output, ":;:;:\n");
        return;
    }
    sp_sim_put_format(output, "%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT ";", agreed, lost);
    sp_sim_put_fixed(output, (2000 * lost + agreed) / (2 * agreed), 1, ',');
    sp_sim_put_char(output, '\n');
}

/* Both sexes, then each; the days of both are the sum. Winter is worse than summer, women are away
 * more. */
static void put_quarter(const SpSimModel *model, SpSimOutput *output, guint region, guint year,
                        guint quarter)
{
    static const double seasons[] = {1.09, 0.97, 0.90, 1.04};
    static const double sexes[] = {0.72, 1.18};
    for (gsize i = 0; i < G_N_ELEMENTS(industries); i++) {
        const Industry *industry = &industries[i];
        SpRandom random = sp_random_numbered(place_of(model, "sykefravær", region), i);
        double days = agreed_days(model, region, year, industry);
        double level = industry->rate * seasons[quarter] *
                       sp_sim_exp(0.16 * sp_sim_normal(random, 0) +
                                  0.07 * sp_sim_normal(random, 4 * year + quarter) +
                                  0.02 * ((double)year - BASE_YEAR));
        gint64 agreed[3] = {0};
        gint64 lost[3] = {0};
        for (guint sex = 1; sex <= 2; sex++) {
            agreed[sex] = (gint64)(days * (sex == 2 ? industry->women : 1 - industry->women));
            lost[sex] = (gint64)((double)agreed[sex] * MIN(level * sexes[sex - 1], 0.4));
            agreed[0] += agreed[sex];
            lost[0] += lost[sex];
        }
        for (guint sex = 0; sex <= 2; sex++) {
            sp_sim_put_format(output, "%s;%s;%u;%uK%u;", model->regions->regions[region].code,
                              industry->code, sex, year, quarter + 1);
            put_leave(output, agreed[sex], lost[sex]);
        }
    }
}

static gboolean write_leave(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output =
        sp_sim_output_open(folder, "inbox/tabular/sykefravaer-simulert.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "kommune;naering;kjonn;kvartal;avtalte_dagsverk;tapte_dagsverk_lege;"
                       "sykefravaer_lege_pct\n");
    for (guint year = model->options.from; year <= model->options.to; year++) {
        for (guint quarter = 0; quarter < 4; quarter++) {
            for (guint region = 0; region < model->regions->n; region++) {
                if (is_kommune(model, region, year)) {
                    put_quarter(model, output, region, year, quarter);
                }
            }
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    return write_income(model, folder, error) && write_leave(model, folder, error);
}

const SpSimSource sp_sim_source_levekaar = {
    .name = "levekaar",
    .summary = "income and sick leave by kommune, in the project's own profiles",
    .write = write_extracts,
};
