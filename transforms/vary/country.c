/* Kommuner, their groups and their figures, gathered once for the tables that compare them. */
#include "transforms/vary/country.h"

#include <stdlib.h>
#include <math.h>
#include <string.h>

static const char *const attributes[SP_N_GROUPINGS] = {
    [SP_GROUPING_KOSTRA] = "kostragruppe",
    [SP_GROUPING_CENTRALITY] = "sentralitet",
    [SP_GROUPING_FYLKE] = "fylke",
};

/* Their codes in byte order, and each one's number. */
static gboolean number_kommuner(SpCountry *country, GError **error)
{
    gsize region = 0;
    gsize slag = 0;
    if (!sp_table_need(country->regions, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(country->regions, "slag", SP_COLUMN_CODE, &slag, error)) {
        return FALSE;
    }
    const gsize n_rows = sp_table_n_rows(country->regions);
    country->kommune = g_new(const char *, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        if (strcmp(sp_table_code(country->regions, row, slag), "kommune") == 0) {
            country->kommune[country->n++] = sp_table_code(country->regions, row, region);
        }
    }
    qsort(country->kommune, country->n, sizeof *country->kommune, sp_codes_compare);
    for (gsize i = 0; i < country->n; i++) {
        g_hash_table_insert(country->place, (char *)country->kommune[i], GSIZE_TO_POINTER(i));
    }
    return TRUE;
}

/* A division without groups has none: fewer kommuner to compare with, and no error. */
static void read_groups(SpCountry *country)
{
    const gsize region = sp_table_find(country->regions, "region");
    for (gsize g = 0; g < SP_N_GROUPINGS; g++) {
        const gsize column = sp_table_find(country->regions, attributes[g]);
        country->group[g] = g_new(const char *, country->n);
        for (gsize i = 0; i < country->n; i++) {
            country->group[g][i] = "";
        }
        for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(country->regions);
             row++) {
            gsize i = 0;
            if (sp_country_place(country, sp_table_code(country->regions, row, region), &i)) {
                country->group[g][i] = sp_table_code(country->regions, row, column);
            }
        }
    }
}

/* Standard deviation of verdi between the kommuner that enter, weighed by nevner, so that it is not
 * the chance of the smallest. Mean and squares follow each other (West, CACM 1979;22:532-5). */
static double spread_of(const SpAreas *areas)
{
    double weights = 0.0;
    double mean = 0.0;
    double squares = 0.0;
    for (gsize k = 0; k < areas->n; k++) {
        const gsize row = areas->row[k];
        const double w = areas->indicator->nevner != NULL ? areas->nevner[row].value : 1.0;
        const double off = areas->verdi[row].value - mean;
        weights += w;
        mean += off * w / weights;
        squares += off * off * w * (weights - w) / weights;
    }
    return weights > 0.0 ? sqrt(squares / weights) : 0.0;
}

/* Where the catalogue gives the least change worth a sentence as a share of the spread between
 * kommuner: that of the period that most have, of several the last in order. */
static void decide_minima(SpCountry *country)
{
    for (guint i = 0; i < country->indicators->len; i++) {
        SpIndicator *indicator = g_ptr_array_index(country->indicators, i);
        const SpAreas *most = NULL;
        for (guint a = 0; a < country->areas->len && indicator->minimum_share > 0.0; a++) {
            const SpAreas *areas = g_ptr_array_index(country->areas, a);
            if (areas->indicator == indicator && (most == NULL || areas->n >= most->n)) {
                most = areas;
            }
        }
        if (most != NULL) {
            indicator->minimum_change = indicator->minimum_share * spread_of(most);
        }
    }
}

SpCountry *sp_country_new(const SpTables *in, GError **error)
{
    g_autoptr(SpCountry) country = g_new0(SpCountry, 1);
    g_autoptr(SpQuality) told_elsewhere = sp_quality_new();
    country->place = g_hash_table_new(g_str_hash, g_str_equal);
    country->catalogue = sp_tables_need(in, "indikator", error);
    country->values =
        country->catalogue != NULL ? sp_tables_need(in, "indikatorverdi", error) : NULL;
    country->regions = country->values != NULL ? sp_tables_need(in, "region", error) : NULL;
    if (country->regions == NULL || !number_kommuner(country, error)) {
        return NULL;
    }
    read_groups(country);
    country->indicators = sp_indicators_read(country->catalogue, error);
    country->areas = country->indicators != NULL
                         ? sp_areas_collect(country->values, country->indicators, country->place,
                                            told_elsewhere, error)
                         : NULL;
    if (country->areas == NULL) {
        return NULL;
    }
    decide_minima(country);
    return g_steal_pointer(&country);
}

void sp_country_free(SpCountry *country)
{
    if (country == NULL) {
        return;
    }
    for (gsize g = 0; g < SP_N_GROUPINGS; g++) {
        g_free(country->group[g]);
    }
    g_free(country->kommune);
    g_clear_pointer(&country->areas, g_ptr_array_unref);
    g_clear_pointer(&country->indicators, g_ptr_array_unref);
    g_hash_table_unref(country->place);
    g_free(country);
}

gboolean sp_country_place(const SpCountry *country, const char *kommune, gsize *place)
{
    gpointer number = NULL;
    if (!g_hash_table_lookup_extended(country->place, kommune, NULL, &number)) {
        return FALSE;
    }
    *place = GPOINTER_TO_SIZE(number);
    return TRUE;
}

static void fill_missing(SpReal reals[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        reals[i] = sp_real_none(SP_MISSING);
    }
}

SpReal *sp_country_inhabitants(const SpCountry *country, GError **error)
{
    enum { INDIKATOR, REGION, PERIOD, N_CODES };
    static const char *const names[N_CODES] = {"indikator", "region", "period"};
    const SpTable *values = country->values;
    gsize code[N_CODES];
    gsize teller = 0;
    if (!sp_table_need_all(values, names, N_CODES, SP_COLUMN_CODE, code, error) ||
        !sp_table_need(values, "teller", SP_COLUMN_MEASURE, &teller, error)) {
        return NULL;
    }
    const char *newest = "";
    SpReal *inhabitants = g_new(SpReal, country->n + 1);
    fill_missing(inhabitants, country->n);
    for (gsize row = 0; row < sp_table_n_rows(values); row++) {
        const char *period = sp_table_code(values, row, code[PERIOD]);
        const SpReal count = sp_table_real(values, row, teller);
        gsize i = 0;
        if (strcmp(sp_table_code(values, row, code[INDIKATOR]), SP_COUNTRY_INHABITANTS) != 0 ||
            strcmp(period, newest) < 0 || !sp_real_is_number(count) ||
            !sp_country_place(country, sp_table_code(values, row, code[REGION]), &i)) {
            continue;
        }
        if (strcmp(period, newest) > 0) {
            newest = period;
            fill_missing(inhabitants, country->n);
        }
        inhabitants[i] = count;
    }
    return inhabitants;
}

static void sheet_free(gpointer data)
{
    SpSheet *sheet = data;
    g_free(sheet->verdi);
    g_free(sheet->weight);
    g_free(sheet->count);
    g_free(sheet->teller);
    g_free(sheet->host);
    g_free(sheet);
}

static SpSheet *sheet_new(const SpCountry *country, const SpAreas *areas, const SpPeriod *period)
{
    SpSheet *sheet = g_new0(SpSheet, 1);
    sheet->areas = areas;
    sheet->period = *period;
    sheet->verdi = g_new(SpReal, country->n);
    sheet->weight = g_new0(double, country->n);
    sheet->count = g_new(SpReal, country->n);
    sheet->teller = g_new0(double, country->n);
    sheet->host = g_new(const char *, country->n);
    fill_missing(sheet->verdi, country->n);
    fill_missing(sheet->count, country->n);
    for (gsize i = 0; i < country->n; i++) {
        sheet->host[i] = "";
    }
    gsize k = 0; /* of the kommuner that enter, in the same order as the rows */
    for (gsize row = 0; row < areas->n_rows; row++) {
        gsize i = 0;
        const gboolean enters = k < areas->n && areas->row[k] == row;
        const gboolean is_known = sp_country_place(country, areas->kommune[row], &i);
        g_assert(is_known); /* sp_areas_collect has left out the others */
        sheet->verdi[i] = areas->verdi[row];
        sheet->host[i] = areas->vertskommune[row];
        if (enters) {
            sheet->weight[i] = areas->indicator->nevner != NULL ? areas->nevner[row].value : 1.0;
            sheet->count[i] = areas->teller[row];
            sheet->teller[i] = areas->indicator->teller != NULL
                                   ? areas->observed[k] / sp_areas_unit(areas, row)
                                   : 0.0;
            k++;
        }
    }
    sheet->n_with_figure = areas->n;
    return sheet;
}

GPtrArray *sp_country_sheets(const SpCountry *country, const char *indicator)
{
    GPtrArray *sheets = g_ptr_array_new_with_free_func(sheet_free);
    for (guint i = 0; i < country->areas->len; i++) {
        const SpAreas *areas = g_ptr_array_index(country->areas, i);
        SpPeriod period;
        if (strcmp(areas->indicator->id, indicator) == 0 && !areas->is_pooled &&
            sp_period_parse(areas->period, &period)) {
            g_ptr_array_add(sheets, sheet_new(country, areas, &period));
        }
    }
    return sheets;
}

const SpSheet *sp_country_newest(const GPtrArray *sheets, double share)
{
    gsize best = 0;
    const SpSheet *newest = NULL;
    for (guint t = 0; t < sheets->len; t++) {
        const SpSheet *sheet = g_ptr_array_index(sheets, t);
        best = MAX(best, sheet->n_with_figure);
    }
    for (guint t = 0; t < sheets->len; t++) {
        const SpSheet *sheet = g_ptr_array_index(sheets, t);
        if (best > 0 && (double)sheet->n_with_figure >= share * (double)best &&
            (newest == NULL || sheet->period.last >= newest->period.last)) {
            newest = sheet;
        }
    }
    return newest;
}

gboolean sp_country_has_theme(const SpCountry *country, const char *theme)
{
    const gsize column = sp_table_find(country->catalogue, "theme");
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(country->catalogue);
         row++) {
        if (*theme != '\0' && strcmp(sp_table_code(country->catalogue, row, column), theme) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

SpTable *sp_country_table(const SpCountry *country, const char *name, const SpColumn columns[],
                          gsize n_columns)
{
    SpTable *table = sp_table_new(name, columns, n_columns);
    sp_table_set_marks(table, sp_table_marks(country->values));
    sp_table_set_edition(table, sp_table_edition(country->values));
    return table;
}
