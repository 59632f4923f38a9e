/* Registered moves from a table to arrays. */
#include "transforms/project/population/flows.h"

#include "transforms/project/shrink.h"

enum { IN, OUT, N_FLOWS };

static const char *const names[N_FLOWS] = {"innvandring", "utvandring"};

SpFlows *sp_flows_new(const SpTable *table, const SpHistory *history, GError **error)
{
    gsize region_column, period_column, measures[N_FLOWS];
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region_column, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period_column, error) ||
        !sp_table_need_all(table, names, N_FLOWS, SP_COLUMN_MEASURE, measures, error)) {
        return NULL;
    }
    g_autofree gint32 *place =
        sp_codes_places(sp_table_codes(table, region_column), history->codes, history->n_regions);
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(table, period_column), FALSE);
    const guint32 *region = sp_table_code_numbers_const(table, region_column);
    const guint32 *period = sp_table_code_numbers_const(table, period_column);
    SpFlows *flows = g_new0(SpFlows, 1);
    flows->n_regions = history->n_regions;
    flows->n_years = history->n_days - 1;
    flows->has = g_new0(gboolean, flows->n_regions * flows->n_years);
    flows->foreign = g_new0(double, flows->n_regions * flows->n_years);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        int year = years[period[row]];
        if (place[region[row]] < 0 || year < history->first_year || year >= history->base) {
            continue;
        }
        SpReal in = sp_table_real(table, row, measures[IN]);
        SpReal out = sp_table_real(table, row, measures[OUT]);
        if (sp_real_is_number(in) && sp_real_is_number(out)) {
            gsize at =
                (gsize)place[region[row]] * flows->n_years + (gsize)(year - history->first_year);
            flows->has[at] = TRUE;
            flows->foreign[at] = in.value - out.value;
        }
    }
    return flows;
}

void sp_flows_free(SpFlows *flows)
{
    if (flows != NULL) {
        g_free(flows->has);
        g_free(flows->foreign);
        g_free(flows);
    }
}

/* Persons on the first day of a year, 0 where the kommune's flows or figures are not known. */
static double persons_at(const SpFlows *flows, const SpHistory *history, gsize region, gsize year)
{
    gsize day = region * history->n_days + year;
    if (!flows->has[region * flows->n_years + year] || !history->is_counted[day]) {
        return 0.0;
    }
    double sum = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            sum += history->persons[day].count[sex][age];
        }
    }
    return sum;
}

gboolean sp_flows_national(const SpFlows *flows, const SpHistory *history, gsize year,
                           double *share)
{
    double net = 0, persons = 0;
    for (gsize region = 0; region < flows->n_regions; region++) {
        double here = persons_at(flows, history, region, year);
        if (here > 0.0) {
            net += flows->foreign[region * flows->n_years + year];
            persons += here;
        }
    }
    *share = persons > 0.0 ? net / persons : 0.0;
    return persons > 0.0;
}

gboolean sp_flows_own(const SpFlows *flows, const SpHistory *history, double own[])
{
    gsize n = flows->n_regions * flows->n_years;
    g_autofree double *deviation = g_new0(double, n);
    g_autofree double *persons = g_new0(double, n);
    for (gsize year = 0; year < flows->n_years; year++) {
        double national;
        sp_flows_national(flows, history, year, &national);
        for (gsize region = 0; region < flows->n_regions; region++) {
            gsize at = region * flows->n_years + year;
            persons[at] = persons_at(flows, history, region, year);
            deviation[at] = persons[at] > 0.0 ? flows->foreign[at] / persons[at] - national : 0.0;
        }
    }
    SpShrink shrink;
    sp_shrink_fit(flows->n_regions, flows->n_years, deviation, persons, &shrink);
    double sum = 0, weights = 0;
    for (gsize region = 0; region < flows->n_regions; region++) {
        gsize at = region * flows->n_years;
        own[region] =
            sp_shrink_mean(&shrink, 1.0, flows->n_years, deviation + at, persons + at, NULL);
        for (gsize year = 0; year < flows->n_years; year++) {
            sum += persons[at + year] * own[region];
            weights += persons[at + year];
        }
    }
    for (gsize region = 0; weights > 0.0 && region < flows->n_regions; region++) {
        own[region] -= sum / weights;
    }
    return shrink.is_settled;
}
