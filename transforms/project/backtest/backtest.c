/* All bases of a back-test. */
#include "transforms/project/backtest/backtest.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/project/backtest/asof.h"
#include "transforms/project/backtest/judge.h"
#include "transforms/project/backtest/parts.h"
#include "transforms/project/backtest/told.h"
#include "transforms/project/lineage.h"

const char *const sp_backtest_people[] = {"folkemengde",
                                          "doedelighet",
                                          "fruktbarhet",
                                          "befolkningsendring",
                                          "ssb_framskriving",
                                          "ssb_framskriving_ettaarig",
                                          NULL};
const char *const sp_backtest_lists[] = {"treffsikkerhet_serier", "tjenester", NULL};

/* ---- which bases ---- */

static gint compare_ints(gconstpointer a, gconstpointer b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* Years of 1 January days with rows of men or women (`apart`), and of any rows (`days`). int ->
 * itself. */
static gboolean find_days(const SpTable *folkemengde, GHashTable *apart, GHashTable *days,
                          GError **error)
{
    gsize sex, period;
    if (!sp_table_need(folkemengde, "kjonn", SP_COLUMN_CODE, &sex, error) ||
        !sp_table_need(folkemengde, "period", SP_COLUMN_CODE, &period, error)) {
        return FALSE;
    }
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(folkemengde, period), TRUE);
    g_autofree gint32 *sexes = sp_sexes_of_codes(sp_table_codes(folkemengde, sex));
    const guint32 *when = sp_table_code_numbers_const(folkemengde, period);
    const guint32 *who = sp_table_code_numbers_const(folkemengde, sex);
    for (gsize row = 0; row < sp_table_n_rows(folkemengde); row++) {
        gpointer year = GINT_TO_POINTER(years[when[row]]);
        if (years[when[row]] >= 0) {
            g_hash_table_add(days, year);
            if (sexes[who[row]] >= 0) {
                g_hash_table_add(apart, year);
            }
        }
    }
    return TRUE;
}

/* Years whose 1 January can be a base; int, rising. */
static GArray *find_bases(const SpTable *folkemengde, guint least_history, GError **error)
{
    g_autoptr(GHashTable) apart = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) days = g_hash_table_new(NULL, NULL);
    if (!find_days(folkemengde, apart, days, error)) {
        return NULL;
    }
    GArray *bases = g_array_new(FALSE, FALSE, sizeof(int));
    int newest = 0;
    GHashTableIter each;
    gpointer day;
    g_hash_table_iter_init(&each, days);
    while (g_hash_table_iter_next(&each, &day, NULL)) {
        newest = MAX(newest, GPOINTER_TO_INT(day));
    }
    g_hash_table_iter_init(&each, apart);
    while (g_hash_table_iter_next(&each, &day, NULL)) {
        int base = GPOINTER_TO_INT(day);
        guint n_before = 0;
        while (g_hash_table_contains(days, GINT_TO_POINTER(base - (int)n_before - 1))) {
            n_before++;
        }
        if (base < newest && n_before >= least_history) {
            g_array_append_val(bases, base);
        }
    }
    g_array_sort(bases, compare_ints);
    return bases;
}

/* ---- how far ---- */

/* The newest 1 January that a series has figures of. */
static int newest_year(const SpTables *in, const GArray *series)
{
    int newest = 0;
    for (guint i = 0; i < series->len; i++) {
        const SpTable *table = sp_tables_find(in, g_array_index(series, SpSeries, i).table);
        gsize period = sp_table_find(table, "period");
        const SpCodes *codes = period == SP_NO_COLUMN ? NULL : sp_table_codes(table, period);
        g_autofree gboolean *used = codes == NULL ? NULL : sp_table_used_codes(table, period);
        for (guint32 k = 0; codes != NULL && k < sp_codes_size(codes); k++) {
            newest = used[k] ? MAX(newest, sp_as_of_year(sp_codes_text(codes, k))) : newest;
        }
    }
    return newest;
}

static char *join_years(const GArray *years)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < years->len; i++) {
        g_string_append_printf(text, "%s%d", i > 0 ? ", " : "", g_array_index(years, int, i));
    }
    return g_string_free(text, years->len == 0);
}

/* The bases asked for, or all; int, g_array_unref. */
static GArray *choose_bases(const SpTables *in, const SpBacktestOptions *options, GError **error)
{
    const SpTable *folkemengde = sp_tables_need(in, "folkemengde", error);
    gboolean is_auto = options->bases->len == 0;
    g_autoptr(GArray) there =
        folkemengde == NULL ? NULL
                            : find_bases(folkemengde, is_auto ? options->least_history : 0, error);
    if (there == NULL || is_auto) {
        return g_steal_pointer(&there);
    }
    for (guint i = 0; i < options->bases->len; i++) {
        int base = g_array_index(options->bases, int, i);
        if (!g_array_binary_search(there, &base, compare_ints, NULL)) {
            g_autofree char *years = join_years(there);
            sp_error_set(
                error, SP_ERROR_NO_INPUT,
                "no base %d: folkemengde must have that 1 January by sex, and a later day; "
                "bases there are: %s",
                base, years == NULL ? "none" : years);
            return NULL;
        }
    }
    return g_array_ref(options->bases);
}

/* ---- the whole ---- */

typedef struct {
    SpBacktestInput input;
    SpTable *accuracy, *parts, *told;
} Work;

static gboolean add_base(const Work *work, int base, int newest, SpQuality *quality, GError **error)
{
    int target = work->input.options->target;
    g_autofree char *prefix = g_strdup_printf("base %d", base);
    g_autoptr(SpQuality) found = sp_quality_new();
    if (target != 0 && (target <= base || target > newest)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "no target %d from base %d: figures of what happened there are of %d "
                            "to %d",
                            target, base, base + 1, newest);
    }
    g_autoptr(SpBacktestRun) run =
        sp_backtest_run_new(&work->input, base, target != 0 ? target : newest, found, error);
    sp_quality_add(quality, found, prefix);
    if (run == NULL) {
        return FALSE;
    }
    sp_accuracy_add(run, target, work->accuracy);
    sp_parts_add(run, target, work->parts);
    sp_told_add(run, target, work->told);
    return TRUE;
}

static gboolean add_all(const Work *work, SpTables *out, SpQuality *quality, GError **error)
{
    g_autoptr(GArray) bases = choose_bases(work->input.in, work->input.options, error);
    if (bases == NULL) {
        return FALSE;
    }
    if (bases->len == 0) {
        sp_quality_note(quality, "backtest_no_base", "folkemengde", 0,
                        "no year has %u years of history before it and a day after it: nothing "
                        "is judged",
                        work->input.options->least_history);
        return TRUE;
    }
    int newest = newest_year(work->input.in, work->input.series);
    for (guint i = 0; i < bases->len; i++) {
        if (!add_base(work, g_array_index(bases, int, i), newest, quality, error)) {
            return FALSE;
        }
    }
    SpTable *const tables[] = {work->accuracy, work->parts, work->told};
    guint marks = sp_project_marks(work->input.in, sp_backtest_people, sp_backtest_lists);
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        sp_table_set_marks(tables[i], marks);
        if (!sp_table_check_unique(tables[i], error)) {
            return FALSE;
        }
        sp_tables_add(out, sp_table_copy(tables[i]));
    }
    return TRUE;
}

/* Each series is held against a rule that tells it. */
static gboolean check_simple_rules(const GArray *series, GError **error)
{
    for (guint i = 0; i < series->len; i++) {
        const SpSeries *one = &g_array_index(series, SpSeries, i);
        gsize rule = sp_forecaster_find(one->simple);
        if (rule == SP_NO_COLUMN || !sp_forecaster_tells(&sp_forecasters[rule], one)) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "treffsikkerhet_serier: series %s: enkel is \"%s\", which is no model "
                "of the series; see docs/methods/backtest.md for those that are",
                one->name, one->simple);
        }
    }
    return TRUE;
}

gboolean sp_backtest(const SpTables *in, const SpBacktestOptions *options, SpTables *out,
                     SpQuality *quality, GError **error)
{
    const SpTable *list = sp_tables_need(in, "treffsikkerhet_serier", error);
    const SpTable *ages = list == NULL ? NULL : sp_tables_need(in, "aldersgrupper", error);
    g_auto(SpAgeBands) bands = {.bands = NULL};
    if (ages == NULL || !sp_age_bands_init(&bands, ages, options->bands, error)) {
        return FALSE;
    }
    g_autoptr(GArray) series = sp_series_new(list, in, &bands, error);
    if (series == NULL || !check_simple_rules(series, error)) {
        return FALSE;
    }
    g_autoptr(SpTable) accuracy = sp_accuracy_table_new();
    g_autoptr(SpTable) parts = sp_parts_table_new();
    g_autoptr(SpTable) told = sp_told_table_new();
    const Work work = {
        .input = {.in = in, .options = options, .series = series},
        .accuracy = accuracy,
        .parts = parts,
        .told = told,
    };
    return add_all(&work, out, quality, error);
}
