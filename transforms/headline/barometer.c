/* The barometer: a few indicators of each region, with all that a drawing of them needs. */
#include "transforms/headline/headline.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/headline/rows.h"

#include <string.h>

#define FILE_NAME "config/barometer.csv"
#define COUNTRY "0"

/* What is hidden nearly everywhere is so wherever one asks, and a fylke's figure stands with its
 * kommuner: all of them are looked at. */
const SpPageOneReads sp_barometer_reads[] = {{.table = "sammenlikning", .has_all = TRUE},
                                             {.table = "plassering", .has_all = TRUE},
                                             {.table = "utvikling"},
                                             {.table = NULL}};

/* The columns that are looked up as they stand in other tables. */
static const char *const compared[] = {
    "verdi",       "middel_fylke",        "middel_landet", "middel_naermeste",
    "n_naermeste", "middel_kostragruppe", "n_kostragruppe"};
static const char *const limits[] = {"nedre_998_od", "nedre_95_od", "oevre_95_od", "oevre_998_od"};
/* What stands on the scale, and the column of its place there. */
static const char *const scaled[][2] = {{"verdi", "stolpe_verdi"},
                                        {"middel_fylke", "stolpe_fylke"},
                                        {"middel_landet", "stolpe_landet"},
                                        {"middel_naermeste", "stolpe_naermeste"},
                                        {"middel_kostragruppe", "stolpe_kostragruppe"},
                                        {"nedre_998_od", "stolpe_nedre_998"},
                                        {"nedre_95_od", "stolpe_nedre_95"},
                                        {"oevre_95_od", "stolpe_oevre_95"},
                                        {"oevre_998_od", "stolpe_oevre_998"}};

/* One indicator in the edition's tables. */
typedef struct {
    const SpPageOne *in;
    const char *id;
    gsize row;             /* of config/barometer.csv */
    const SpTable *from;   /* sammenlikning, of this indicator alone */
    const SpTable *placed; /* plassering, of this indicator alone */
    SpReal low, high;      /* of the country's kommuner; missing where few have a figure */
} Indicator;

static SpTable *table_new(void)
{
    static const SpColumn codes[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "region"},
        {.name = "indikator",
         .kind = SP_COLUMN_CODE,
         .is_key = TRUE,
         .classification = "indikator"},
        {.name = "tema", .kind = SP_COLUMN_CODE, .classification = "tema"},
        {.name = "rekke", .kind = SP_COLUMN_CODE},
        {.name = "period", .kind = SP_COLUMN_CODE, .classification = "period"},
        {.name = "signal", .kind = SP_COLUMN_CODE, .classification = "signal"},
        {.name = "vurdering", .kind = SP_COLUMN_CODE, .classification = "vurdering"},
        {.name = "utvikling", .kind = SP_COLUMN_CODE, .classification = "vurdering"},
        {.name = "vertskommune", .kind = SP_COLUMN_CODE, .classification = "region"}};
    static const char *const extremes[] = {"lavest", "hoeyest"};
    SpTable *table = sp_table_new("barometer", codes, G_N_ELEMENTS(codes));
    for (gsize i = 0; i < G_N_ELEMENTS(compared); i++) {
        const SpColumn column = {.name = compared[i],
                                 .kind = SP_COLUMN_MEASURE,
                                 .unit = g_str_has_prefix(compared[i], "n_") ? "kommuner" : NULL};
        sp_table_add_column(table, &column);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(limits) + G_N_ELEMENTS(extremes); i++) {
        const SpColumn column = {
            .name = i < G_N_ELEMENTS(limits) ? limits[i] : extremes[i - G_N_ELEMENTS(limits)],
            .kind = SP_COLUMN_MEASURE};
        sp_table_add_column(table, &column);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(scaled); i++) {
        const SpColumn column = {.name = scaled[i][1], .kind = SP_COLUMN_MEASURE, .unit = "ratio"};
        sp_table_add_column(table, &column);
    }
    return table;
}

static void set_code(SpTable *table, gsize row, const char *column, const char *code)
{
    sp_table_set_code(table, row, sp_table_find(table, column), code);
}

static void set_real(SpTable *table, gsize row, const char *column, SpReal real)
{
    sp_table_set_real(table, row, sp_table_find(table, column), real);
}

/* The lowest and the highest figure that a kommune of the country shows; of few they are not told,
 * since they are then somebody's own. */
static void find_extremes(Indicator *indicator)
{
    gsize n = 0;
    indicator->low = sp_real_none(SP_MISSING);
    indicator->high = sp_real_none(SP_MISSING);
    for (gsize row = 0; row < sp_table_n_rows(indicator->from); row++) {
        const SpReal value = sp_rows_real(indicator->from, row, "verdi");
        if (!sp_real_is_number(value)) {
            continue;
        }
        indicator->low = n == 0 || value.value < indicator->low.value ? value : indicator->low;
        indicator->high = n == 0 || value.value > indicator->high.value ? value : indicator->high;
        n++;
    }
    if (n < indicator->in->least_members) {
        indicator->low = sp_real_none(SP_MISSING);
        indicator->high = sp_real_none(SP_MISSING);
    }
}

/* Where a figure lies between the lowest (0) and the highest (1); what lies beyond is at the end.
 */
static SpReal place_of(const Indicator *indicator, SpReal real)
{
    const double width = indicator->high.value - indicator->low.value;
    if (!sp_real_is_number(real)) {
        return real;
    }
    if (!sp_real_is_number(indicator->low) || width <= 0.0) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return sp_real_flagged(CLAMP((real.value - indicator->low.value) / width, 0.0, 1.0),
                           real.flags);
}

/* A row without its figures, which are not applicable. */
static gsize add_row(SpTable *table, const Indicator *indicator, const char *region)
{
    const SpPageOne *in = indicator->in;
    const gsize row = sp_table_add_row(table);
    const gsize trend = sp_rows_find(sp_tables_find(in->edition, "utvikling"),
                                     "indikator=%s region=%s", indicator->id, region);
    set_code(table, row, "region", region);
    set_code(table, row, "indikator", indicator->id);
    set_code(
        table, row, "tema",
        sp_rows_code(in->indicators, sp_rows_of_id(in->indicators, "id", indicator->id), "theme"));
    set_code(table, row, "rekke", sp_rows_code(in->barometer, indicator->row, "rekke"));
    set_code(table, row, "period", sp_rows_code(indicator->from, 0, "period"));
    set_code(table, row, "utvikling",
             sp_rows_code(sp_tables_find(in->edition, "utvikling"), trend, "vurdering"));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            sp_table_set_real(table, row, i, sp_real_none(SP_NOT_APPLICABLE));
        }
    }
    set_real(table, row, "lavest", indicator->low);
    set_real(table, row, "hoeyest", indicator->high);
    return row;
}

static void set_places(SpTable *table, gsize row, const Indicator *indicator)
{
    for (gsize i = 0; i < G_N_ELEMENTS(scaled); i++) {
        set_real(table, row, scaled[i][1],
                 place_of(indicator, sp_rows_real(table, row, scaled[i][0])));
    }
}

static void add_kommune(SpTable *table, const Indicator *indicator, const char *region)
{
    const gsize from = sp_rows_find(indicator->from, "region=%s", region);
    const gsize placed = sp_rows_find(indicator->placed, "region=%s", region);
    const gsize row = add_row(table, indicator, region);
    for (gsize i = 0; i < G_N_ELEMENTS(compared); i++) {
        set_real(table, row, compared[i], sp_rows_real(indicator->from, from, compared[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        set_real(table, row, limits[i], sp_rows_real(indicator->placed, placed, limits[i]));
    }
    set_code(table, row, "vertskommune", sp_rows_code(indicator->from, from, "vertskommune"));
    set_code(table, row, "signal", sp_rows_code(indicator->placed, placed, "signal_od_fdr"));
    set_code(table, row, "vurdering", sp_rows_code(indicator->placed, placed, "vurdering"));
    set_places(table, row, indicator);
}

/* What the kommuner of a fylke (of the country: COUNTRY) have together, as their rows tell it. A
 * fylke of one kommune is that kommune. */
static SpReal together_of(const Indicator *indicator, const char *region, const char *measure)
{
    const gboolean is_country = strcmp(region, COUNTRY) == 0;
    SpReal mean = sp_real_none(SP_MISSING);
    SpReal own = sp_real_none(SP_MISSING);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(indicator->from); row++) {
        if (is_country || g_str_has_prefix(sp_rows_code(indicator->from, row, "region"), region)) {
            const SpReal told = sp_rows_real(indicator->from, row, measure);
            mean = sp_real_is_number(told) || n == 0 ? told : mean;
            own = sp_rows_real(indicator->from, row, "verdi");
            n++;
        }
    }
    return n == 1 && !is_country ? own : mean;
}

static void add_above(SpTable *table, const Indicator *indicator, const char *region)
{
    const gboolean is_country = strcmp(region, COUNTRY) == 0;
    const gsize row = add_row(table, indicator, region);
    set_real(table, row, "verdi",
             together_of(indicator, region, is_country ? "middel_landet" : "middel_fylke"));
    set_real(table, row, "middel_landet", together_of(indicator, COUNTRY, "middel_landet"));
    set_places(table, row, indicator);
}

static void add_indicator(SpTable *table, Indicator *indicator)
{
    const SpPageOne *in = indicator->in;
    const gboolean is_country = strcmp(in->region, COUNTRY) == 0;
    g_autoptr(GPtrArray) parts =
        sp_page_one_regions(in, is_country ? "fylke" : "kommune", is_country ? NULL : in->region);
    find_extremes(indicator);
    add_above(table, indicator, in->region);
    for (guint i = 0; i < parts->len; i++) {
        if (is_country) {
            add_above(table, indicator, parts->pdata[i]);
        } else {
            add_kommune(table, indicator, parts->pdata[i]);
        }
    }
}

/* The rows of one indicator and period. A table of no rows where the edition has none. */
static SpTable *only(const SpTable *table, const char *id, const char *period)
{
    g_autofree char *codes = g_strdup_printf("indikator=%s period=%s", id, period);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    return table == NULL ? sp_table_new("plassering", NULL, 0)
                         : sp_table_copy_rows(table, NULL, (const gsize *)(gconstpointer)rows->data,
                                              rows->len);
}

/* The period that a table tells of last, years put together apart; "" without rows. Borrowed. */
static const char *last_period(const SpTable *table, const char *id)
{
    const char *last = "";
    g_autofree char *codes = g_strdup_printf("indikator=%s", id);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    for (guint i = 0; i < rows->len; i++) {
        const char *code = sp_rows_code(table, g_array_index(rows, gsize, i), "period");
        SpPeriod period;
        if (sp_period_parse(code, &period) && period.kind != SP_PERIOD_MOVING_MEAN &&
            period.last > sp_rows_last_day(last)) {
            last = code;
        }
    }
    return last;
}

/* What is hidden nearly everywhere is compared with nobody: then the place tells its status. */
static void take_indicator(SpTable *table, const SpPageOne *in, gsize row)
{
    const char *id = sp_rows_code(in->barometer, row, "indikator");
    const SpTable *comparison = sp_tables_find(in->edition, "sammenlikning");
    const SpTable *place = sp_tables_find(in->edition, "plassering");
    const char *period = last_period(comparison, id);
    const gboolean is_compared = *period != '\0';
    period = is_compared ? period : last_period(place, id);
    g_autoptr(SpTable) placed = only(place, id, period);
    g_autoptr(SpTable) from = only(is_compared ? comparison : place, id, period);
    if (sp_table_n_rows(from) > 0) {
        Indicator indicator = {.in = in, .id = id, .row = row, .from = from, .placed = placed};
        add_indicator(table, &indicator);
    }
}

SpTable *sp_page_one_barometer(const SpPageOne *in, GError **error)
{
    g_autoptr(SpTable) table = table_new();
    for (gsize row = 0; row < sp_table_n_rows(in->barometer); row++) {
        const char *id = sp_rows_code(in->barometer, row, "indikator");
        if (sp_rows_of_id(in->indicators, "id", id) == SP_NO_COLUMN) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         FILE_NAME ": \"%s\" is not in config/indicators.csv; correct the id", id);
            return NULL;
        }
        take_indicator(table, in, row);
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
