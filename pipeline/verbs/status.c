/* status: what is served, how fresh the sources are, and how the last runs went. Reads only. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"
#include "pipeline/sources.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { N_RUNS = 5, MAX_FEED_SIZE = 256 * 1024 * 1024 };

static char *format_time(gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

static void print_run(const SpRunRow *row, gpointer data)
{
    (void)data;
    g_autofree char *started = format_time(row->started);
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
        printf("  %-28s no snapshot\n", dataset);
    }
    for (guint i = 0; snapshots != NULL && i < snapshots->len; i++) {
        const SpSnapshot *snapshot = snapshots->pdata[i];
        g_autofree char *name = g_strdup_printf(
            "%s%s%s", dataset, snapshot->part[0] != '\0' ? " " : "", snapshot->part);
        g_autofree char *edition = snapshot->updated != NULL ? g_strdup(snapshot->updated)
                                                             : sp_sources_edition(context, dataset);
        printf("  %-28s received %s  updated %s  %s %.12s\n", name, snapshot->received,
               edition != NULL ? edition : "(not told before it is normalised)",
               snapshot->is_encrypted ? "encrypted" : "sha256", snapshot->hash);
    }
    for (char **part = missing; part != NULL && *part != NULL; part++) {
        printf("  %s %s: no such delivery, though those around it came\n", dataset, *part);
    }
}

static gboolean print_sources(const SpContext *context, GError **error)
{
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

/* Those of the feed first, newest first, with their state; then what lies there but was never published. */
static void print_editions(const SpContext *context)
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
        if (name != NULL && state != NULL) {
            printf("  %s  %s\n", name, state);
            g_hash_table_add(told, (gpointer)name);
        }
    }
    for (char **name = names; name != NULL && *name != NULL; name++) {
        if (strcmp(*name, "index.json") != 0 && !g_hash_table_contains(told, *name)) {
            printf("  %s  not published\n", *name);
        }
    }
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    g_autofree char *path = sp_context_path(context, "ledger.db", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "nothing has run in %s yet; start with: statpakke run --workspace %s",
                            context->workspace, context->workspace);
    }
    g_autoptr(SpLedger) ledger = sp_ledger_open_readonly(path, error);
    if (ledger == NULL) {
        return FALSE;
    }
    print_editions(context);
    if (!print_sources(context, error)) {
        return FALSE;
    }
    printf("last runs:\n");
    if (!sp_ledger_last_runs(ledger, N_RUNS, print_run, NULL, error)) {
        return FALSE;
    }
    return fflush(stdout) == 0 ? TRUE : sp_error_set_errno(error, errno, "stdout");
}

const SpProgram sp_program_status = {
    .name = "status",
    .summary = "Tell what is served, how fresh the sources are, and how the last runs went",
    .access = SP_ACCESS_READ,
    .run = run,
};
