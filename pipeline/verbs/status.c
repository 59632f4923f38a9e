/* status: what is served, how fresh the sources are, and how the last runs went. Reads only. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "core/period.h"
#include "outputs/feed/feed.h"
#include "pipeline/approval.h"
#include "pipeline/calendar.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/deliver.h"
#include "pipeline/deliveries.h"
#include "pipeline/edition.h"
#include "pipeline/facts.h"
#include "pipeline/night/plan.h"
#include "pipeline/night/steps.h"
#include "pipeline/portal_feed.h"
#include "pipeline/signkey.h"
#include "pipeline/sources.h"
#include "pipeline/strays.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { N_RUNS = 5, MAX_FEED_SIZE = 256 * 1024 * 1024, DAY_LENGTH = 10 };

static void print_run(const SpRunRow *row, gpointer data)
{
    (void)data;
    g_autofree char *started = sp_time_format(row->started);
    if (row->finished == 0) {
        printf("  %s  %-20s did not finish\n", started, row->program);
    } else {
        printf("  %s  %-20s exit %d  %s\n", started, row->program, row->exit_status, row->message);
    }
}

/* One line a delivery in use, and one for each that one would expect besides. */
static void print_source(const SpContext *context, const char *dataset)
{
    g_autoptr(GPtrArray) snapshots = sp_deliveries_in_use(context, dataset, NULL);
    g_auto(GStrv) missing = sp_deliveries_missing(context, dataset, NULL);
    if (snapshots == NULL) {
        printf("  %-32s no snapshot\n", dataset);
    }
    for (guint i = 0; snapshots != NULL && i < snapshots->len; i++) {
        const SpSnapshot *snapshot = snapshots->pdata[i];
        g_autofree char *name = g_strdup_printf(
            "%s%s%s", dataset, snapshot->part[0] != '\0' ? " " : "", snapshot->part);
        g_autofree char *edition = snapshot->updated != NULL ? g_strdup(snapshot->updated)
                                                             : sp_sources_edition(context, dataset);
        printf("  %-32s received %s  updated %s  %s %.12s\n", name, snapshot->received,
               edition != NULL ? edition : "(not told before it is normalised)",
               snapshot->is_encrypted ? "encrypted" : "sha256", snapshot->hash);
    }
    for (char **part = missing; part != NULL && *part != NULL; part++) {
        printf("  %s %s: no such delivery, though those around it came\n", dataset, *part);
    }
}

static gboolean print_sources(SpContext *context, SpLedger *ledger, GError **error)
{
    (void)ledger;
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    if (datasets == NULL) {
        return FALSE;
    }
    printf("sources:\n");
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        print_source(context, *dataset);
    }
    return TRUE;
}

/* What is amiss with a source: an older snapshot in use, no answer, or a period that should be
 * there. Prints nothing when all is well. */
static gboolean print_state(const SpContext *context, SpLedger *ledger, const SpTable *calendar,
                            const SpTable *use, gsize row, GError **error)
{
    const char *dataset = sp_table_code(use, row, sp_table_find(use, "kilde"));
    const char *newest = sp_table_code(use, row, sp_table_find(use, "siste"));
    const char *why = sp_table_code(use, row, sp_table_find(use, "grunn"));
    g_autofree char *today = sp_time_format(context->now);
    g_autofree char *expected = NULL;
    char due_text[SP_DAY_SIZE];
    gint64 since = 0;
    SpDay day = 0;
    SpDay due = 0;
    today[DAY_LENGTH] = '\0';
    if (!sp_day_parse(today, &day) ||
        !sp_calendar_expected(calendar, dataset, day, &expected, &due, error) ||
        !sp_ledger_failing_since(ledger, "fetch", dataset, &since, error)) {
        return FALSE;
    }
    if (*why != '\0') {
        printf("  %-32s stale, of %.10s: %s\n", dataset,
               sp_table_code(use, row, sp_table_find(use, "oppdatert")), why);
    }
    if (since != 0) {
        g_autofree char *began = sp_time_format(since);
        printf("  %-32s cannot be fetched since %s\n", dataset, began);
    }
    if (expected != NULL && sp_calendar_is_late(newest, expected)) {
        printf("  %-32s late: %s was expected by %s, the newest is %s\n", dataset, expected,
               sp_day_format(due, due_text), *newest != '\0' ? newest : "none");
    }
    return TRUE;
}

static gboolean print_unit(SpContext *context, SpLedger *ledger, const SpTable *calendar,
                           const char *unit, GError **error)
{
    static const char *const names[] = {"kildebruk", NULL};
    g_autofree char *folder = sp_stage_current(context, "normalise", unit, NULL);
    g_autoptr(SpTables) tables = folder == NULL ? NULL : sp_tables_read(folder, names, NULL);
    for (gsize row = 0; tables != NULL && row < sp_table_n_rows(sp_tables_at(tables, 0)); row++) {
        if (!print_state(context, ledger, calendar, sp_tables_at(tables, 0), row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean print_notices(SpContext *context, SpLedger *ledger, GError **error)
{
    g_autofree char *path = sp_context_data_path(context, SP_CALENDAR_FILE);
    g_autoptr(SpTable) calendar = sp_catalogue_read(path, SP_CALENDAR_FILE, NULL, error);
    g_auto(GStrv) units = calendar == NULL ? NULL : sp_facts_units(context, error);
    if (units == NULL) {
        return FALSE;
    }
    printf("notices:\n");
    for (char **unit = units; *unit != NULL; unit++) {
        if (!print_unit(context, ledger, calendar, *unit, error)) {
            return FALSE;
        }
    }
    g_autoptr(GPtrArray) strays = sp_strays_find(context, error);
    for (guint i = 0; strays != NULL && i < strays->len; i++) {
        const SpStray *stray = strays->pdata[i];
        printf("  %s %s\n", stray->path, stray->text);
    }
    return strays != NULL;
}

/* An edition that is made and not served waits perhaps for somebody. */
static void print_unpublished(SpContext *context, const char *name)
{
    guint marks = 0;
    gboolean is_manual = FALSE;
    gboolean is_approved = TRUE;
    g_autofree char *made = sp_edition_made(context, &marks, NULL);
    if (g_strcmp0(made, name) == 0 && sp_approval_is_manual(context, &is_manual, NULL) &&
        is_manual && sp_approval_find(context, name, &is_approved, NULL) && !is_approved) {
        printf("  %s  waits for approval: who approves it writes his name into " SP_APPROVAL_FOLDER
               "/%s\n",
               name, name);
    } else {
        printf("  %s  not published\n", name);
    }
}

/* Those of the feed first, newest first, with their state; then what lies there but was never
 * published. */
static void print_editions(SpContext *context)
{
    g_autofree char *index = sp_context_path(context, "packages", "index.json", NULL);
    g_autofree char *folder = sp_context_path(context, "packages", NULL);
    g_autoptr(json_t) feed = sp_json_read(index, MAX_FEED_SIZE, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    size_t i = 0;
    json_t *entry = NULL;
    printf("editions:\n");
    json_array_foreach(json_object_get(feed, "editions"), i, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "edition"));
        const char *state = json_string_value(json_object_get(entry, "state"));
        const char *why = name != NULL ? sp_feed_reason(feed, name) : NULL;
        if (name != NULL && state != NULL) {
            printf("  %s  %s%s%s\n", name, state, why != NULL ? ": " : "", why != NULL ? why : "");
            g_hash_table_add(told, (gpointer)name);
        }
    }
    for (char **name = names; name != NULL && *name != NULL; name++) {
        if (sp_edition_is_name(*name) && !g_hash_table_contains(told, *name)) {
            print_unpublished(context, *name);
        }
    }
}

static gboolean print_deliveries(SpContext *context, SpLedger *ledger, GError **error)
{
    return sp_deliver_print(context, ledger, error);
}

static gboolean print_portal(SpContext *context, SpLedger *ledger, GError **error)
{
    return sp_portal_feed_print(context, ledger, error);
}

static gboolean print_signing(SpContext *context, SpLedger *ledger, GError **error)
{
    (void)ledger;
    SpPublicKey key;
    gboolean is_signed = FALSE;
    if (!sp_signkey_public(context, &key, &is_signed, error)) {
        return FALSE;
    }
    g_autofree char *name = is_signed ? sp_public_key_name(&key) : NULL;
    g_autofree char *text = is_signed ? sp_public_key_format(&key) : NULL;
    if (is_signed) {
        printf("signing key: %s, public part %s\n", name, text);
    } else {
        printf("signing key: none, editions are not signed\n");
    }
    return TRUE;
}

/* What the next run would find to do, and why the first of it; all of it: statpakke plan. */
static gboolean print_stale(SpContext *context, SpLedger *ledger, GError **error)
{
    static const SpStepChoice all = {0};
    (void)ledger;
    g_autoptr(GArray) steps = sp_steps_choose(context, &all, error);
    g_autoptr(SpPlan) plan = steps == NULL ? NULL : sp_plan_new(context, steps, error);
    if (plan == NULL) {
        return FALSE;
    }
    const guint n_stale = sp_plan_n_stale(plan);
    const SpPlanned *first = sp_plan_first_stale(plan);
    if (first == NULL) {
        printf("next run: nothing to make but what the sources answer\n");
    } else {
        printf("next run: %u unit%s to make, the first %s/%s: %s; statpakke plan tells all\n",
               n_stale, n_stale == 1 ? "" : "s", first->stage, first->unit,
               first->reasons->len > 0 ? (const char *)first->reasons->pdata[0] : "");
    }
    return TRUE;
}

/* What cannot be told (of settings that do not hold together) hides nothing else: the first error
 * is told at the end. */
static gboolean print_all(SpContext *context, SpLedger *ledger, GError **error)
{
    static gboolean (*const parts[])(SpContext *, SpLedger *, GError **) = {
        print_signing, print_portal, print_deliveries, print_sources, print_notices, print_stale};
    gboolean is_told = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        is_told = parts[i](context, ledger, is_told ? error : NULL) && is_told;
    }
    return is_told;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    if (!sp_context_look(context, error)) {
        return FALSE;
    }
    if (context->ledger == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "nothing has run in %s yet; start with: statpakke run --workspace %s",
                            context->workspace, context->workspace);
    }
    print_editions(context);
    const gboolean is_told = print_all(context, context->ledger, error);
    printf("last runs:\n");
    if (!sp_ledger_last_runs(context->ledger, N_RUNS, print_run, NULL, is_told ? error : NULL) ||
        !is_told) {
        return FALSE;
    }
    return fflush(stdout) == 0 ? TRUE : sp_error_set_errno(error, errno, "stdout");
}

const SpProgram sp_program_status = {
    .name = "status",
    .summary =
        "Tell what is served, how fresh the sources are, what is stale, how the last runs went",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS,
    .run = run,
};
