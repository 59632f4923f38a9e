/* Rows of indikatorverdi gathered by indicator and period. */
#include "transforms/vary/areas.h"

#include "core/error.h"
#include "core/rollup.h"
#include "core/period.h"

#include <string.h>

enum { INDIKATOR, REGION, PERIOD, VERTSKOMMUNE, N_CODES };
enum { TELLER, NEVNER, VERDI, FORVENTET, VARIANS, N_MEASURES };
static const char *const code_names[N_CODES] = {"indikator", "region", "period", "vertskommune"};
static const char *const measure_names[N_MEASURES] = {"teller", "nevner", "verdi", "forventet",
                                                      "varians"};

typedef struct {
    const SpTable *table;
    gsize codes[N_CODES];
    gsize measures[N_MEASURES];
} Source;

void sp_areas_free(SpAreas *areas)
{
    if (areas == NULL) {
        return;
    }
    g_free(areas->kommune);
    g_free(areas->vertskommune);
    g_free(areas->teller);
    g_free(areas->nevner);
    g_free(areas->verdi);
    g_free(areas->forventet);
    g_free(areas->varians);
    g_free(areas->row);
    g_free(areas->observed);
    g_free(areas->expected);
    g_free(areas->variance);
    g_free(areas->value);
    g_free(areas->weight);
    g_free(areas);
}

static gboolean find_columns(Source *source, GError **error)
{
    return sp_table_need_all(source->table, code_names, N_CODES, SP_COLUMN_CODE, source->codes,
                             error) &&
           sp_table_need_all(source->table, measure_names, N_MEASURES, SP_COLUMN_MEASURE,
                             source->measures, error);
}

static gboolean is_country(const char *region)
{
    return strcmp(region, SP_REGION_COUNTRY_CODE) == 0;
}

static SpAreas *areas_new(const Source *source, const SpIndicator *indicator, const GArray *rows)
{
    SpAreas *areas = g_new0(SpAreas, 1);
    areas->indicator = indicator;
    for (gsize m = 0; m < G_N_ELEMENTS(areas->country); m++) {
        areas->country[m] = sp_real_none(SP_MISSING);
    }
    areas->kommune = g_new(const char *, rows->len);
    areas->vertskommune = g_new(const char *, rows->len);
    SpReal **measures[N_MEASURES] = {&areas->teller, &areas->nevner, &areas->verdi,
                                     &areas->forventet, &areas->varians};
    for (gsize m = 0; m < N_MEASURES; m++) {
        *measures[m] = g_new(SpReal, rows->len);
    }
    for (guint k = 0; k < rows->len; k++) {
        const gsize row = g_array_index(rows, gsize, k);
        const gsize i = areas->n_rows;
        areas->period = sp_table_code(source->table, row, source->codes[PERIOD]);
        if (is_country(sp_table_code(source->table, row, source->codes[REGION]))) {
            for (gsize m = 0; m < G_N_ELEMENTS(areas->country); m++) {
                areas->country[m] = sp_table_real(source->table, row, source->measures[m]);
            }
            continue;
        }
        areas->n_rows++;
        areas->kommune[i] = sp_table_code(source->table, row, source->codes[REGION]);
        areas->vertskommune[i] = sp_table_code(source->table, row, source->codes[VERTSKOMMUNE]);
        for (gsize m = 0; m < N_MEASURES; m++) {
            (*measures[m])[i] = sp_table_real(source->table, row, source->measures[m]);
        }
    }
    return areas;
}

static gboolean is_positive(SpReal real)
{
    return sp_real_is_number(real) && real.value > 0.0;
}

/* A host's partners have the host's verdi and no figures of their own: they would count twice. */
static gboolean enters(const SpAreas *areas, gsize row)
{
    const SpIndicator *indicator = areas->indicator;
    const gboolean has_own = indicator->verdi != NULL || sp_real_is_number(areas->teller[row]);
    const gboolean has_whole = indicator->nevner == NULL || is_positive(areas->nevner[row]);
    return has_own && has_whole && sp_real_is_number(areas->verdi[row]) &&
           (!indicator->has_chance || is_positive(areas->forventet[row]));
}

static void choose(SpAreas *areas)
{
    const gboolean has_chance = areas->indicator->has_chance;
    const gboolean has_nevner = areas->indicator->nevner != NULL;
    areas->row = g_new(gsize, areas->n_rows);
    areas->observed = g_new(double, areas->n_rows);
    areas->expected = g_new(double, areas->n_rows);
    areas->variance = g_new0(double, areas->n_rows);
    areas->value = g_new(double, areas->n_rows);
    areas->weight = g_new(double, areas->n_rows);
    for (gsize i = 0; i < areas->n_rows; i++) {
        areas->is_sample = areas->is_sample || (areas->verdi[i].flags & SP_FLAG_SAMPLE) != 0;
        if (areas->is_pooled || !enters(areas, i)) {
            continue;
        }
        const gsize k = areas->n++;
        areas->row[k] = i;
        areas->observed[k] = areas->teller[i].value;
        areas->expected[k] = areas->forventet[i].value;
        areas->value[k] = areas->verdi[i].value;
        areas->weight[k] = has_nevner ? areas->nevner[i].value : 1.0;
        if (has_chance) {
            areas->variance[k] = areas->varians[i].value;
            areas->value[k] = areas->observed[k] / areas->expected[k];
            areas->weight[k] = areas->expected[k];
        }
    }
}

/* Row numbers by "indicator period", in the order of the table. */
static GHashTable *bucket(const Source *source, GHashTable *kommuner, SpQuality *quality)
{
    GHashTable *buckets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (gsize row = 0; row < sp_table_n_rows(source->table); row++) {
        const char *region = sp_table_code(source->table, row, source->codes[REGION]);
        if (!is_country(region) && !g_hash_table_contains(kommuner, region)) {
            g_autofree char *subject = g_strdup_printf("region %s", region);
            sp_quality_note(quality, "kommune_not_in_region", subject, 0,
                            "%s is no kommune of table region; it takes no part in the variation",
                            region);
            continue;
        }
        g_autofree char *key =
            g_strdup_printf("%s %s", sp_table_code(source->table, row, source->codes[INDIKATOR]),
                            sp_table_code(source->table, row, source->codes[PERIOD]));
        GArray *rows = g_hash_table_lookup(buckets, key);
        if (rows == NULL) {
            rows = g_array_new(FALSE, FALSE, sizeof(gsize));
            g_hash_table_insert(buckets, g_steal_pointer(&key), rows);
        }
        g_array_append_val(rows, row);
    }
    return buckets;
}

static int compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

GPtrArray *sp_areas_collect(const SpTable *table, const GPtrArray *indicators, GHashTable *kommuner,
                            SpQuality *quality, GError **error)
{
    Source source = {.table = table};
    if (!find_columns(&source, error)) {
        return NULL;
    }
    g_autoptr(GHashTable) buckets = bucket(&source, kommuner, quality);
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(buckets), compare_text);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_areas_free);
    for (const GList *key = keys; key != NULL; key = key->next) {
        const GArray *rows = g_hash_table_lookup(buckets, key->data);
        const char *id =
            sp_table_code(table, g_array_index(rows, gsize, 0), source.codes[INDIKATOR]);
        const SpIndicator *indicator = sp_indicators_find(indicators, id);
        if (indicator == NULL) {
            sp_error_set(error, SP_ERROR_DATA,
                         "table %s: indicator \"%s\" has no formula in config/indicators.csv; run "
                         "vary with the catalogue the table was made with",
                         sp_table_name(table), id);
            return NULL;
        }
        if (indicator->nevner != NULL || indicator->verdi != NULL) {
            SpAreas *areas = areas_new(&source, indicator, rows);
            SpPeriod period;
            areas->is_pooled =
                sp_period_parse(areas->period, &period) && period.kind == SP_PERIOD_MOVING_MEAN;
            g_ptr_array_add(all, areas);
            choose(areas);
        }
    }
    return g_steal_pointer(&all);
}

double sp_areas_unit(const SpAreas *areas, gsize row)
{
    const double forventet = areas->forventet[row].value;
    const double nevner = areas->nevner[row].value;
    const double left =
        areas->indicator->is_part && nevner > 0.0 ? MAX(0.0, 1.0 - forventet / nevner) : 1.0;
    const SpReal varians = areas->varians[row];
    if (areas->indicator->kind != SP_KIND_AARSVERK || !sp_real_is_number(varians) ||
        forventet * left <= 0.0) {
        return 1.0;
    }
    return varians.value / (forventet * left);
}

gboolean sp_areas_is_possible(const SpAreas *areas, gsize k)
{
    return !areas->indicator->is_part || areas->observed[k] <= areas->nevner[areas->row[k]].value;
}

SpReal sp_areas_as_value(const SpAreas *areas, gsize row, SpReal count)
{
    const double per = areas->indicator->per;
    const SpReal shown = sp_real_rate(count, areas->nevner[row], per);
    if (shown.status == SP_PRESENT && shown.value < 0.0) {
        return sp_real_flagged(0.0, shown.flags);
    }
    if (areas->indicator->is_part && shown.value > per) {
        return sp_real_flagged(per, shown.flags);
    }
    return shown;
}

void sp_areas_flag(const SpAreas *areas, SpTable *table, gsize row)
{
    for (gsize column = 0; areas->is_sample && column < sp_table_n_columns(table); column++) {
        const SpColumn *info = sp_table_column(table, column);
        if (info->kind != SP_COLUMN_MEASURE || g_str_has_prefix(info->name, "n_")) {
            continue;
        }
        SpReal real = sp_table_real(table, row, column);
        real.flags |= sp_real_is_number(real) ? SP_FLAG_SAMPLE : 0;
        sp_table_set_real(table, row, column, real);
    }
}

static gpointer copy(gconstpointer array, gsize n, gsize size)
{
    return g_memdup2(array, n * size);
}

SpAreas *sp_areas_against(const SpAreas *areas, const SpReal expected[])
{
    const gsize n = areas->n_rows;
    SpAreas *against = g_new0(SpAreas, 1);
    against->indicator = areas->indicator;
    against->period = areas->period;
    against->is_pooled = areas->is_pooled;
    against->n_rows = n;
    against->kommune = copy(areas->kommune, n, sizeof *areas->kommune);
    against->vertskommune = copy(areas->vertskommune, n, sizeof *areas->vertskommune);
    against->teller = copy(areas->teller, n, sizeof *areas->teller);
    against->nevner = copy(areas->nevner, n, sizeof *areas->nevner);
    against->verdi = copy(areas->verdi, n, sizeof *areas->verdi);
    against->forventet = copy(expected, n, sizeof *expected);
    against->varians = g_new(SpReal, n);
    for (gsize row = 0; row < n; row++) {
        const double whole = areas->nevner[row].value;
        const double left =
            areas->indicator->is_part && whole > 0.0 ? 1.0 - expected[row].value / whole : 1.0;
        against->varians[row] = expected[row];
        against->varians[row].value *= left * sp_areas_unit(areas, row);
    }
    choose(against);
    return against;
}
