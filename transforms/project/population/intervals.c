/* Quantiles of kommuner and of sums of kommuner. */
#include "transforms/project/population/intervals.h"

#include "core/error.h"
#include "core/period.h"
#include "core/quantile.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/population/bands.h"

#include <math.h>
#include <string.h>

enum { N_ABOVE = 4, CELLS = SP_N_SEXES * SP_N_AGES, FIRST_MEASURE = 4 };

/* A region above the kommuner. */
typedef struct {
    char *code;
    double *sum;      /* [n_groups][n_days][n_draws] */
    SpReal *expected; /* [n_bands][n_days] */
} Area;

typedef struct {
    const SpIntervalInput *input;
    SpAgeBands bands;
    gsize n_days, n_draws;
    GHashTable *by_code; /* code -> Area, owned */
    SpTable *table;
} Work;

static void area_free(gpointer data)
{
    Area *area = data;
    g_free(area->code);
    g_free(area->sum);
    g_free(area->expected);
    g_free(area);
}

static void work_clear(Work *work)
{
    sp_age_bands_clear(&work->bands);
    g_clear_pointer(&work->by_code, g_hash_table_unref);
    sp_table_free(work->table);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static Area *area_of(Work *work, const char *code)
{
    Area *area = g_hash_table_lookup(work->by_code, code);
    if (area == NULL) {
        gsize n_cells = work->bands.bands->len * work->n_days;
        area = g_new0(Area, 1);
        area->code = g_strdup(code);
        area->sum = g_new0(double, work->bands.groups.n_groups * work->n_days * work->n_draws);
        area->expected = g_new(SpReal, n_cells);
        for (gsize i = 0; i < n_cells; i++) {
            area->expected[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
        g_hash_table_insert(work->by_code, area->code, area);
    }
    return area;
}

/* What is expected of a kommune in a band on a day: the facts on the base day. */
static SpReal expected_of(const Work *work, gsize region, const SpAgeBand *band, gsize day)
{
    const SpHistory *history = work->input->model->history;
    const SpPersons *persons = &work->input->expected[region * work->n_days + day];
    SpReal real = sp_real_none(SP_NOT_APPLICABLE);
    double sum = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = band->from; age <= band->to; age++) {
            sum += persons->count[sex][age];
            real = sp_real_add(real,
                               history->base_reals[region * CELLS + (gsize)sex * SP_N_AGES + age]);
        }
    }
    if (day > 0) {
        real = history->status[region] == SP_PRESENT
                   ? sp_real(sum)
                   : sp_real_none((SpStatus)history->status[region]);
        real.flags |= SP_FLAG_MODELLED;
    }
    return real;
}

/* One row: `draws` [n_draws] is put in another order. People are whole, so their quantiles are. */
static void add_row(Work *work, const char *region, const SpAgeBand *band, gsize day,
                    SpReal expected, float draws[])
{
    SpTable *table = work->table;
    char date[SP_DAY_SIZE];
    double quantile[SP_N_QUANTILES];
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, "0");
    sp_table_set_code(table, row, 2, band->code);
    sp_day_format((work->input->model->options.base + (SpDay)day) * 10000 + 101, date);
    sp_table_set_code(table, row, 3, date);
    sp_table_set_real(table, row, FIRST_MEASURE, expected);
    sp_quantiles(work->n_draws, draws, SP_N_QUANTILES, sp_quantile_shares, quantile);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        SpReal real = sp_real_is_number(expected) ? sp_real(floor(quantile[i] + 0.5)) : expected;
        real.flags = expected.flags;
        sp_table_set_real(table, row, FIRST_MEASURE + 1 + i, real);
    }
}

/* A kommune's rows, from draws [n_groups][n_days][n_draws]. */
static void add_kommune(Work *work, gsize region, const float out[])
{
    g_autofree float *sum = g_new(float, work->n_draws);
    const char *code = work->input->model->history->codes[region];
    for (guint i = 0; i < work->bands.bands->len; i++) {
        const SpAgeBand *band = &g_array_index(work->bands.bands, SpAgeBand, i);
        for (gsize day = 0; day < work->n_days; day++) {
            memset(sum, 0, work->n_draws * sizeof *sum);
            for (guint group = band->first; group <= band->last; group++) {
                const float *from = out + (group * work->n_days + day) * work->n_draws;
                for (gsize draw = 0; draw < work->n_draws; draw++) {
                    sum[draw] += from[draw];
                }
            }
            add_row(work, code, band, day, expected_of(work, region, band, day), sum);
        }
    }
}

static void add_area(Work *work, const Area *area)
{
    g_autofree float *sum = g_new(float, work->n_draws);
    for (guint i = 0; i < work->bands.bands->len; i++) {
        const SpAgeBand *band = &g_array_index(work->bands.bands, SpAgeBand, i);
        for (gsize day = 0; day < work->n_days; day++) {
            for (gsize draw = 0; draw < work->n_draws; draw++) {
                double persons = 0;
                for (guint group = band->first; group <= band->last; group++) {
                    persons += area->sum[(group * work->n_days + day) * work->n_draws + draw];
                }
                sum[draw] = (float)persons;
            }
            add_row(work, area->code, band, day, area->expected[i * work->n_days + day], sum);
        }
    }
}

/* Puts a kommune into one region above it; `region` is their number for one without figures. */
static void add_to_area(Work *work, Area *area, gsize region, const float out[])
{
    gsize size = work->bands.groups.n_groups * work->n_days * work->n_draws;
    gboolean has_figures = region < work->input->model->history->n_regions;
    for (gsize i = 0; has_figures && i < size; i++) {
        area->sum[i] += (double)out[i];
    }
    for (guint i = 0; i < work->bands.bands->len; i++) {
        const SpAgeBand *band = &g_array_index(work->bands.bands, SpAgeBand, i);
        for (gsize day = 0; day < work->n_days; day++) {
            SpReal *sum = &area->expected[i * work->n_days + day];
            SpReal real =
                has_figures ? expected_of(work, region, band, day) : sp_real_none(SP_MISSING);
            *sum = sp_real_add(*sum, real);
        }
    }
}

/* The rows of `region` that are kommuner, in byte order of their codes: code -> row + 1. */
typedef struct {
    gsize region, slag, above[N_ABOVE - 1]; /* columns; those above may be absent */
} RegionColumns;

static gboolean find_columns(const SpTable *regions, RegionColumns *columns, GError **error)
{
    columns->above[0] = sp_table_find(regions, "fylke");
    columns->above[1] = sp_table_find(regions, "kostragruppe");
    columns->above[2] = sp_table_find(regions, "sentralitet");
    return sp_table_need(regions, "region", SP_COLUMN_CODE, &columns->region, error) &&
           sp_table_need(regions, "slag", SP_COLUMN_CODE, &columns->slag, error);
}

static gint by_region(gconstpointer a, gconstpointer b, gpointer data)
{
    const SpTable *regions = data;
    gsize column = sp_table_find(regions, "region");
    return strcmp(sp_table_code(regions, *(const gsize *)a, column),
                  sp_table_code(regions, *(const gsize *)b, column));
}

static gboolean draw_all(Work *work, GError **error)
{
    const SpTable *regions = work->input->regions;
    const SpHistory *history = work->input->model->history;
    RegionColumns columns;
    if (!find_columns(regions, &columns, error)) {
        return FALSE;
    }
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        if (strcmp(sp_table_code(regions, row, columns.slag), "kommune") == 0) {
            g_array_append_val(rows, row);
        }
    }
    g_array_sort_with_data(rows, by_region, (gpointer)regions);
    gsize size = work->bands.groups.n_groups * work->n_days * work->n_draws;
    g_autofree float *out = g_new(float, size);
    g_autoptr(SpPopulationScratch) scratch = sp_population_scratch_new(work->input->draws);
    for (guint i = 0; i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        gsize region = sp_codes_place(history->codes, history->n_regions,
                                      sp_table_code(regions, row, columns.region));
        if (region < history->n_regions) {
            sp_population_draw(work->input->draws, region, &work->bands.groups, scratch, out);
            add_kommune(work, region, out);
        }
        add_to_area(work, area_of(work, SP_REGION_COUNTRY_CODE), region, out);
        for (guint k = 0; k < G_N_ELEMENTS(columns.above); k++) {
            const char *above = columns.above[k] == SP_NO_COLUMN
                                    ? ""
                                    : sp_table_code(regions, row, columns.above[k]);
            if (*above != '\0') {
                add_to_area(work, area_of(work, above), region, out);
            }
        }
    }
    return TRUE;
}

static SpTable *make_table(const SpTable *folkemengde)
{
    static const char *const keys[] = {"region", "kjonn", "alder", "period"};
    SpTable *table = sp_table_new("framskriving_befolkning_intervall", NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        gsize found = sp_table_find(folkemengde, keys[i]);
        sp_table_add_column(
            table, &(SpColumn){.name = keys[i],
                               .kind = SP_COLUMN_CODE,
                               .is_key = TRUE,
                               .classification =
                                   found == SP_NO_COLUMN
                                       ? NULL
                                       : sp_table_column(folkemengde, found)->classification});
    }
    sp_table_add_column(
        table, &(SpColumn){.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons"});
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        sp_table_add_column(table, &(SpColumn){.name = sp_quantile_names[i],
                                               .kind = SP_COLUMN_MEASURE,
                                               .unit = "persons"});
    }
    sp_table_set_edition(table, sp_table_edition(folkemengde));
    return table;
}

SpTable *sp_population_intervals(const SpIntervalInput *input, GError **error)
{
    g_auto(Work) work = {
        .input = input,
        .n_days = sp_population_draws_n_days(input->draws),
        .n_draws = sp_population_draws_n_draws(input->draws),
        .by_code = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, area_free),
        .table = make_table(input->folkemengde),
    };
    if (!sp_age_bands_init(&work.bands, input->bands, input->lists, error) ||
        !draw_all(&work, error)) {
        return NULL;
    }
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(work.by_code), (GCompareFunc)strcmp);
    for (GList *each = codes; each != NULL; each = each->next) {
        add_area(&work, g_hash_table_lookup(work.by_code, each->data));
    }
    return sp_table_check_unique(work.table, error) ? g_steal_pointer(&work.table) : NULL;
}
