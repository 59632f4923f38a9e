/* Series of the back-test. */
#include "transforms/project/backtest/series.h"

#include "core/error.h"
#include "transforms/project/backtest/asof.h"
#include "transforms/project/rowfilter.h"

#include <string.h>

static void series_clear(gpointer data)
{
    SpSeries *series = data;
    g_strfreev(series->chain);
}

enum { SERIE, TABELL, MAAL, FILTER, ENHET, ENKEL, KJEDE, N_LIST_COLUMNS };

GArray *sp_series_new(const SpTable *list, const SpTables *tables, const SpAgeBands *bands,
                      GError **error)
{
    static const char *const names[] = {"serie", "tabell", "maal", "filter",
                                        "enhet", "enkel",  "kjede"};
    gsize columns[N_LIST_COLUMNS];
    if (!sp_table_need_all(list, names, N_LIST_COLUMNS, SP_COLUMN_CODE, columns, error)) {
        return NULL;
    }
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(SpSeries));
    g_array_set_clear_func(all, series_clear);
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        const char *cell[N_LIST_COLUMNS];
        for (gsize i = 0; i < N_LIST_COLUMNS; i++) {
            cell[i] = sp_table_code(list, row, columns[i]);
        }
        if (sp_tables_find(tables, cell[TABELL]) == NULL) {
            continue;
        }
        gboolean is_population = strcmp(cell[SERIE], SP_SERIES_POPULATION) == 0;
        SpSeries series = {
            .name = cell[SERIE],
            .table = cell[TABELL],
            .measure = cell[MAAL],
            .unit = cell[ENHET],
            .simple = cell[ENKEL],
            .filter = cell[FILTER],
            .chain = g_strsplit(cell[KJEDE], " ", -1),
            .is_population = is_population,
            .is_count = strcmp(cell[ENHET], "persons") == 0,
            .n_groups = is_population ? bands->bands->len : 1,
            .bands = is_population ? (const SpAgeBand *)(gpointer)bands->bands->data : NULL,
            .groups = is_population ? &bands->groups : NULL,
        };
        g_autofree char *whose = g_strdup_printf("series %s", series.name);
        g_array_append_val(all, series);
        if (!sp_row_filter_check(series.filter, whose, error)) {
            return NULL;
        }
        if (!series.is_count && strcmp(series.unit, "aarsverk") != 0) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "series %s: unit \"%s\"; write persons or aarsverk", series.name,
                         series.unit);
            return NULL;
        }
    }
    return g_steal_pointer(&all);
}

const char *sp_series_group(const SpSeries *series, gsize group)
{
    return series->bands == NULL ? SP_GROUP_ALL : series->bands[group].code;
}

gsize sp_series_place(const SpSeries *series, const SpSeriesPlaces *places, gsize unit, gsize group,
                      gsize year)
{
    return (unit * series->n_groups + group) * places->n_years + year;
}

/* ---- codes of a table by number ---- */

/* [sp_codes_size] number of the kommune, -1 for other regions. g_free. */
static gint32 *units_of_codes(const SpCodes *codes, const SpSeriesPlaces *places)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    gint32 *units = g_new(gint32, sp_codes_size(codes) + 1);
    for (gsize i = 0; i < places->n_units; i++) {
        g_hash_table_insert(numbers, (gpointer)places->units[i], GSIZE_TO_POINTER(i + 1));
    }
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        gpointer found = g_hash_table_lookup(numbers, sp_codes_text(codes, i));
        units[i] = (gint32)GPOINTER_TO_SIZE(found) - 1;
    }
    return units;
}

/* [sp_codes_size] place of the year, -1 outside. g_free. */
static gint32 *years_of_codes(const SpCodes *codes, const SpSeriesPlaces *places)
{
    gint32 *years = g_new(gint32, sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        int year = sp_as_of_year(sp_codes_text(codes, i)) - places->first_year;
        years[i] = year >= 0 && (gsize)year < places->n_years ? year : -1;
    }
    return years;
}

/* ---- one figure a kommune and year ---- */

/* [columns] of which the filter lists several codes: "yrke=sykepleier/spesialsykepleier" is those
 * people together. g_free. */
static gboolean *listed_columns(const SpTable *table, const char *filter)
{
    gboolean *is_listed = g_new0(gboolean, sp_table_n_columns(table) + 1);
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        g_autofree char *codes = sp_row_filter_codes(filter, sp_table_column(table, column)->name);
        is_listed[column] = codes != NULL && strchr(codes, '/') != NULL;
    }
    return is_listed;
}

/* Two rows are parts of one figure when codes that are listed tell them apart, and nothing else of
 * the key does: a table that gets a column would else be added up over it. */
static gboolean adds_up(const SpTable *table, const gboolean is_listed[], gsize one, gsize other)
{
    gboolean differs = FALSE;
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const SpColumn *of = sp_table_column(table, column);
        if (of->kind != SP_COLUMN_CODE || !(of->is_key || is_listed[column])) {
            continue;
        }
        const guint32 *numbers = sp_table_code_numbers_const(table, column);
        if (numbers[one] != numbers[other]) {
            if (!is_listed[column]) {
                return FALSE;
            }
            differs = TRUE;
        }
    }
    return differs;
}

static gboolean read_plain(const SpSeries *series, const SpTable *table,
                           const SpSeriesPlaces *places, SpReal out[], GError **error)
{
    gsize region, period, measure;
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period, error) ||
        !sp_table_need(table, series->measure, SP_COLUMN_MEASURE, &measure, error)) {
        return FALSE;
    }
    g_autofree gboolean *is_meant = sp_row_filter(table, series->filter, error);
    if (is_meant == NULL) {
        return FALSE;
    }
    g_autofree gboolean *is_listed = listed_columns(table, series->filter);
    g_autofree gint32 *units = units_of_codes(sp_table_codes(table, region), places);
    g_autofree gint32 *years = years_of_codes(sp_table_codes(table, period), places);
    /* Rows of a place behind each other, the last one first; a row's number + 1, 0 for none. */
    g_autofree gsize *last = g_new0(gsize, places->n_units * places->n_years + 1);
    g_autofree gsize *earlier = g_new0(gsize, sp_table_n_rows(table) + 1);
    const guint32 *where = sp_table_code_numbers_const(table, region);
    const guint32 *when = sp_table_code_numbers_const(table, period);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 unit = units[where[row]], year = years[when[row]];
        if (unit < 0 || year < 0 || !is_meant[row]) {
            continue;
        }
        gsize place = (gsize)unit * places->n_years + (gsize)year;
        for (gsize with = last[place]; with > 0; with = earlier[with - 1]) {
            if (!adds_up(table, is_listed, row, with - 1)) {
                return sp_error_set(
                    error, SP_ERROR_CONFIG,
                    "series %s: %s has several rows of %s, %s; give the series a filter",
                    series->name, sp_table_name(table), sp_table_code(table, row, region),
                    sp_table_code(table, row, period));
            }
        }
        SpReal real = sp_table_real(table, row, measure);
        out[place] = last[place] > 0 ? sp_real_add(out[place], real) : real;
        earlier[row] = last[place];
        last[place] = row + 1;
    }
    return TRUE;
}

gboolean sp_series_read(const SpSeries *series, const SpTables *tables,
                        const SpSeriesPlaces *places, SpReal out[], GError **error)
{
    for (gsize i = 0; i < places->n_units * series->n_groups * places->n_years; i++) {
        out[i] = sp_real_none(SP_MISSING);
    }
    const SpTable *table = sp_tables_need(tables, series->table, error);
    if (table == NULL) {
        return FALSE;
    }
    return series->is_population ? sp_band_sums(table, series, places, NULL, out, error)
                                 : read_plain(series, table, places, out, error);
}

/* ---- sums over ages ---- */

enum { APART, TOGETHER, N_WAYS };

/* A sum on its way: what it holds, and of how many ages of a sex. */
typedef struct {
    SpReal sum;
    guint n_ages;
} Part;

/* What the code of an age holds. */
typedef struct {
    gboolean is_ages;
    guint from, to; /* both included */
} Ages;

/* "067", "067-079"; all else is no age. */
static Ages parse_ages(const char *code)
{
    enum { DIGITS = 3, LAST = 130 };
    if (strlen(code) != DIGITS && (strlen(code) != 2 * DIGITS + 1 || code[DIGITS] != '-')) {
        return (Ages){FALSE, 0, 0};
    }
    g_autofree char *low = g_strndup(code, DIGITS);
    gint32 first = sp_age_of_code(low, LAST);
    gint32 last = code[DIGITS] == '-' ? sp_age_of_code(code + DIGITS + 1, LAST) : first;
    return (Ages){first >= 0 && last >= first, (guint)first,
                  MIN((guint)last, (guint)SP_N_AGES - 1)};
}

/* [sp_codes_size]; g_free. */
static Ages *ages_of_codes(const SpCodes *codes)
{
    Ages *ages = g_new0(Ages, sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        ages[i] = parse_ages(sp_codes_text(codes, i));
    }
    return ages;
}

/* Adds a figure to every band that its ages lie within; the bands' parts are `step` apart. */
static void add_figure(const SpSeries *series, const Ages *ages, SpReal real, gsize step,
                       Part parts[])
{
    for (gsize group = 0; ages->is_ages && group < series->n_groups; group++) {
        const SpAgeBand *band = &series->bands[group];
        if (ages->from >= band->from && ages->to <= band->to) {
            Part *part = &parts[group * step];
            part->sum = part->n_ages == 0 ? real : sp_real_add(part->sum, real);
            part->n_ages += ages->to - ages->from + 1;
        }
    }
}

static gboolean find_columns(const SpTable *table, const char *measure, gsize columns[4],
                             GError **error)
{
    return sp_table_need(table, "region", SP_COLUMN_CODE, &columns[0], error) &&
           sp_table_need(table, "alder", SP_COLUMN_CODE, &columns[1], error) &&
           sp_table_need(table, "period", SP_COLUMN_CODE, &columns[2], error) &&
           sp_table_need(table, measure, SP_COLUMN_MEASURE, &columns[3], error);
}

gboolean sp_band_sums(const SpTable *table, const SpSeries *series, const SpSeriesPlaces *places,
                      const SpKeptRows *kept, SpReal out[], GError **error)
{
    gsize columns[4], sex = sp_table_find(table, "kjonn");
    if (!find_columns(table, series->measure, columns, error)) {
        return FALSE;
    }
    gsize n_cells = places->n_units * series->n_groups * places->n_years;
    g_autofree Part *parts = g_new0(Part, N_WAYS * n_cells + 1);
    g_autofree gint32 *units = units_of_codes(sp_table_codes(table, columns[0]), places);
    g_autofree gint32 *years = years_of_codes(sp_table_codes(table, columns[2]), places);
    g_autofree Ages *ages = ages_of_codes(sp_table_codes(table, columns[1]));
    const guint32 *where = sp_table_code_numbers_const(table, columns[0]);
    const guint32 *age = sp_table_code_numbers_const(table, columns[1]);
    const guint32 *when = sp_table_code_numbers_const(table, columns[2]);
    const guint32 *which = sex == SP_NO_COLUMN ? NULL : sp_table_code_numbers_const(table, sex);
    guint32 both = 0;
    gboolean has_both = which != NULL && sp_codes_find(sp_table_codes(table, sex), "0", &both);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 unit = units[where[row]], year = years[when[row]];
        if (unit < 0 || year < 0 || (kept != NULL && !kept->keep(table, row, kept->data))) {
            continue;
        }
        gboolean is_together = which == NULL || (has_both && which[row] == both);
        gsize place = sp_series_place(series, places, (gsize)unit, 0, (gsize)year);
        add_figure(series, &ages[age[row]], sp_table_real(table, row, columns[3]), places->n_years,
                   parts + (is_together ? TOGETHER : APART) * n_cells + place);
    }
    for (gsize i = 0; i < n_cells; i++) {
        const SpAgeBand *band = &series->bands[i / places->n_years % series->n_groups];
        guint n_ages = band->to - band->from + 1;
        const Part *apart = &parts[APART * n_cells + i], *together = &parts[TOGETHER * n_cells + i];
        out[i] = apart->n_ages == SP_N_SEXES * n_ages ? apart->sum
                 : together->n_ages == n_ages         ? together->sum
                                                      : sp_real_none(SP_MISSING);
    }
    return TRUE;
}
