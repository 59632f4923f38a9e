/* Metrics: gathered of ledger, sources and the served edition. */
#include "pipeline/night/metrics.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/number.h"
#include "core/period.h"
#include "pipeline/compare.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"
#include "pipeline/edition.h"
#include "pipeline/night/exposition.h"
#include "pipeline/night/runfile.h"
#include "pipeline/night/stage_times.h"
#include "pipeline/program.h"
#include "pipeline/secrets.h"

#include <string.h>
#include <sys/statvfs.h>

enum { MAX_METRICS_SIZE = 4 * 1024 * 1024, MAX_REPORT_SIZE = 64 * 1024 * 1024 };

#define LAST_SUCCESS "last_success_timestamp_seconds"

/* What the file that was there says of the last success; < 0: nothing. */
static double read_success(const char *path)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MAX_METRICS_SIZE, &size, NULL);
    const char *line = text == NULL ? NULL : strstr(text, "\nstatpakke_" LAST_SUCCESS " ");
    return line == NULL ? -1.0 : g_ascii_strtod(strchr(line, ' '), NULL);
}

static void add_one(SpExposition *all, const char *name, const char *help, double number)
{
    sp_exposition_begin(all, name, help);
    sp_exposition_add(all, NULL, NULL, number);
}

static void add_times(const SpContext *context, const SpMetricsRun *run, const char *path,
                      SpExposition *all)
{
    const double lasted = (double)(g_get_monotonic_time() - context->began) / G_USEC_PER_SEC;
    const double now = (double)context->now + (double)(gint64)lasted;
    const gboolean is_success = run->exit_status == 0 && run->is_night;
    const double success = is_success ? now : read_success(path);
    sp_exposition_begin(all, LAST_SUCCESS, "When a run that publishes ended well last.");
    if (success >= 0.0) {
        sp_exposition_add(all, NULL, NULL, success);
    }
    add_one(all, "last_run_timestamp_seconds", "When the last run ended.", now);
    add_one(all, "last_run_duration_seconds", "How long the last run took.", lasted);
    add_one(all, "last_run_exit_status", "Exit status of the last run; 0 is well.",
            run->exit_status);
}

static const SpProgram *find_stage(const char *name)
{
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        if (strcmp(sp_programs_at(i)->name, name) == 0) {
            return sp_programs_at(i);
        }
    }
    return NULL;
}

/* How many units a stage has; one that has no list of them (publish) has its edition. */
static guint n_units_of(SpContext *context, const SpProgram *program)
{
    guint n = 0;
    if (program->stage == NULL && strcmp(program->name, "fetch") != 0) {
        return 1;
    }
    g_auto(GStrv) names = program->stage != NULL ? program->stage->units(context, NULL)
                                                 : sp_datasets_list(context, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        n += (guint)sp_unit_is_chosen(context, *name);
    }
    return n;
}

/* Units of the stages that ran. What the ledger does not know of them was up to date. */
static gboolean add_units(SpContext *context, const SpMetricsRun *run, SpExposition *all,
                          GError **error)
{
    guint n[SP_OUTCOME_N];
    guint n_units = 0;
    if (!sp_stage_times_outcomes(context->ledger, context->run, n, error)) {
        return FALSE;
    }
    for (guint i = 0; i < run->outcomes->len; i++) {
        const SpStageOutcome *outcome = &g_array_index(run->outcomes, SpStageOutcome, i);
        const SpProgram *program = find_stage(outcome->stage);
        if (outcome->unit == NULL && program != NULL) {
            n_units += n_units_of(context, program);
        }
    }
    const guint n_done = n[SP_OUTCOME_MADE] + n[SP_OUTCOME_FAILED];
    n[SP_OUTCOME_REUSED] = n_units > n_done ? n_units - n_done : 0;
    sp_exposition_begin(
        all, "last_run_units",
        "Datasets and units of the last run that were made, up to date, or failed.");
    for (SpOutcome outcome = 0; outcome < SP_OUTCOME_N; outcome++) {
        sp_exposition_add(all, "outcome", sp_outcome_word(outcome), n[outcome]);
    }
    return TRUE;
}

static gboolean add_stages(const SpContext *context, SpExposition *all, GError **error)
{
    const gsize n = sp_programs_n_stages();
    g_autofree SpStageTime *last = g_new0(SpStageTime, n);
    for (gsize i = 0; i < n; i++) {
        if (!sp_stage_times_last(context->ledger, sp_programs_at(i)->name, &last[i], error)) {
            return FALSE;
        }
    }
    sp_exposition_begin(all, "stage_duration_seconds",
                        "Seconds of the units that a stage made when it made any last, together.");
    for (gsize i = 0; i < n; i++) {
        if (last[i].started != 0) {
            sp_exposition_add(all, "stage", sp_programs_at(i)->name, last[i].seconds);
        }
    }
    sp_exposition_begin(all, "stage_rows",
                        "Rows of the tables that a stage wrote when it made any last.");
    for (gsize i = 0; i < n; i++) {
        if (last[i].started != 0) {
            sp_exposition_add(all, "stage", sp_programs_at(i)->name, (double)last[i].n_rows);
        }
    }
    return TRUE;
}

/* When the newest delivery that is in use of a dataset was received; 0: there is none. */
static gint64 newest_receipt(const SpContext *context, const char *dataset)
{
    gint64 newest = 0;
    g_autoptr(GPtrArray) snapshots = sp_deliveries_in_use(context, dataset, NULL);
    for (guint i = 0; snapshots != NULL && i < snapshots->len; i++) {
        const SpSnapshot *snapshot = snapshots->pdata[i];
        gint64 received = 0;
        if (sp_time_parse(snapshot->received, &received)) {
            newest = MAX(newest, received);
        }
    }
    return newest;
}

static gboolean add_sources(SpContext *context, SpExposition *all, GError **error)
{
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    if (datasets == NULL) {
        return FALSE;
    }
    sp_exposition_begin(all, "source_age_seconds",
                        "Since other bytes than before were received of a dataset.");
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        const gint64 received = newest_receipt(context, *dataset);
        if (received != 0) {
            sp_exposition_add(all, "dataset", *dataset, (double)MAX(0, context->now - received));
        }
    }
    return TRUE;
}

/* What the audit counted; nothing of an edition that it has not seen. */
static void add_hidden(const SpContext *context, const char *edition, SpExposition *all)
{
    g_autofree char *folder = sp_stage_current(context, "audit", edition, NULL);
    g_autofree char *path = folder == NULL ? NULL : g_build_filename(folder, "rapport.json", NULL);
    g_autoptr(json_t) report = path == NULL ? NULL : sp_json_read(path, MAX_REPORT_SIZE, NULL);
    json_int_t attacked = 0;
    json_int_t beside = 0;
    if (json_unpack(report, "{s:{s:I, s:I}}", "attack", "hidden", &attacked,
                    "hidden_in_other_tables", &beside) == 0) {
        add_one(all, "edition_hidden_cells",
                "Cells of the served edition that are suppressed, as its audit counted them.",
                (double)(attacked + beside));
    }
}

/* Counts what changed: a sink of endringer.csv. */
typedef struct {
    SpSink sink;
    gsize column; /* of the number of cells */
    double n;
} Changes;

static gboolean find_column(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Changes *changes = (Changes *)sink;
    for (changes->column = 0; changes->column < n; changes->column++) {
        if (strcmp(names[changes->column], "antall") == 0) {
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_DATA, SP_COMPARE_FILE " has no column antall");
}

static gboolean add_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                        GError **error)
{
    Changes *changes = (Changes *)sink;
    const SpField *field = &fields[changes->column];
    gint64 n_cells = 0;
    (void)number;
    (void)n;
    (void)error;
    if (sp_number_parse_int(field->text, field->size, &n_cells)) {
        changes->n += (double)n_cells;
    }
    return TRUE;
}

static void add_changes(const SpContext *context, SpExposition *all)
{
    static const SpCsvForm form = {
        .origin = SP_COMPARE_FILE, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    Changes changes = {.sink = {.begin = find_column, .row = add_row}};
    g_autofree char *path = sp_context_path(context, "current", SP_COMPARE_FILE, NULL);
    g_autoptr(GBytes) bytes = sp_file_map(path, NULL);
    gsize size = 0;
    const char *text = bytes == NULL ? NULL : g_bytes_get_data(bytes, &size);
    if (text != NULL && sp_csv_parse(text, size, &form, &changes.sink, NULL)) {
        add_one(
            all, "edition_changed_values",
            "Values of the served edition that differ from the edition before, are new or gone; "
            "what is counted by package is counted in each.",
            changes.n);
    }
}

static void add_editions(const SpContext *context, SpExposition *all)
{
    guint n = 0;
    g_autofree char *folder = sp_context_path(context, "packages", NULL);
    g_autofree char *current = sp_edition_current(context);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        n += (guint)sp_edition_is_name(*name);
    }
    add_one(all, "editions", "Editions in packages/, served or not.", n);
    if (current != NULL) {
        add_hidden(context, current, all);
        add_changes(context, all);
    }
}

static void add_disk(const SpContext *context, SpExposition *all)
{
    struct statvfs disk;
    if (statvfs(context->workspace, &disk) == 0) {
        add_one(all, "workspace_free_bytes", "Free on the workspace's disk for its owner.",
                (double)disk.f_bavail * (double)disk.f_frsize);
    }
}

gboolean sp_metrics_write(SpContext *context, const SpMetricsRun *run, GError **error)
{
    g_autofree char *path = sp_setting_path(context, SP_METRICS_SETTING);
    g_autoptr(SpExposition) all = sp_exposition_new();
    if (path == NULL || context->options.is_dry_run || context->options.trial != NULL) {
        return TRUE;
    }
    add_times(context, run, path, all);
    add_disk(context, all);
    add_editions(context, all);
    g_autoptr(GError) failure = NULL;
    /* What is lacking (of settings that do not hold together) hides nothing else, least of all that
     * the run failed. */
    gboolean is_whole = add_units(context, run, all, &failure) &&
                        add_stages(context, all, &failure) && add_sources(context, all, &failure);
    g_autofree char *text = sp_exposition_text(all);
    if (!sp_file_write(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error)) {
        g_prefix_error(error, SP_METRICS_SETTING ": ");
        return FALSE;
    }
    if (!is_whole) {
        g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                                   SP_METRICS_SETTING ": some are left out: ");
    }
    return is_whole;
}
