/* Open KUHR data: tariffs by the provider's kommune and year, JSON. Tariffs used five times or less
 * are not shown. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { HIDDEN_TO = 5 };

/* Use an inhabitant and year, and kroner a claim; tariffs of consultations as the source's list has
 * them, rates made up. */
static const struct {
    const char *tariff;
    const char *practice;
    double rate;
    guint refund;
    guint own;
} tariffs[] = {{"2ad", "FALE", 1.9, 178, 160},  {"2ae", "FALE", 1.2, 178, 160},
               {"2ak", "LEVA", 0.2, 320, 287},  {"11ad", "FALE", 0.03, 260, 200},
               {"2ed", "FALO", 0.05, 178, 160}, {"615", "FATU", 0.02, 520, 0}};

static void put_row(SpSimOutput *output, guint year, const char *kommune, gsize tariff, guint count)
{
    sp_sim_put_format(
        output,
        "{\"ar\":\"%u\",\"behandler_kommunenr\":\"%s\",\"sum_antall_takst\":%u,\"takstkode\":\"%"
        "s\","
        "\"fagomraade\":\"LE\",\"praksis_type_kode\":\"%s\",\"samhandler_praksis_type\":\"%s\","
        "\"antall_regninger\":%u,\"sum_refusjon\":%u.0,\"sum_egenandel_betalt_av_pasient\":%u.0,"
        "\"sum_egenandel_dekket_av_folketrygden\":%u.0}",
        year, kommune, count, tariffs[tariff].tariff, tariffs[tariff].practice,
        tariffs[tariff].practice, count, count * tariffs[tariff].refund,
        count / 4 * 3 * tariffs[tariff].own, count / 4 * tariffs[tariff].own);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    SpSimOutput *output = sp_sim_output_open(folder, "extracts/kuhr-takstbruk.json", FALSE, error);
    guint n = 0;
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "{\"takstbruk\":[");
    for (guint region = 0; region < model->regions->n; region++) {
        const SpSimRegion *which = &model->regions->regions[region];
        SpRandom random = sp_random_numbered(sp_random_named(model->random, "takst"), region);
        for (guint year = model->options.from;
             which->kind == SP_SIM_REGION_KOMMUNE && year <= model->options.to; year++) {
            const SpSimRegionYear *at = sp_sim_regions_at(model->regions, region, year);
            for (gsize i = 0; at->holds && i < G_N_ELEMENTS(tariffs); i++) {
                double mean = 0;
                for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
                    mean += at->cells[cell] * tariffs[i].rate;
                }
                guint count = sp_sim_poisson(random, (guint64)year * 100 + i,
                                             mean * (1 + 0.2 * sp_sim_normal(random, i)));
                if (count > HIDDEN_TO) {
                    sp_sim_put(output, n++ > 0 ? ",\n" : "");
                    put_row(output, year, which->code, i, count);
                }
            }
        }
    }
    sp_sim_put_format(output, "],\"antall\":%u}\n", n);
    return sp_sim_output_close(output, error);
}

const SpSimSource sp_sim_source_takstbruk = {
    .name = "takstbruk",
    .summary = "open KUHR data: tariffs by the provider's kommune",
    .write = write_extracts,
};
