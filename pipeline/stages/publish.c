/*
 * publish: makes a complete, audited edition the one that is served: `current` is swapped and the
 * feed packages/index.json tells of it. What it shows of sensitive facts is kept before, since
 * protect must know it from then on. An edition that holds sensitive sources which are not
 * synthetic goes nowhere until disclosure control has passed it.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/table.h"
#include "outputs/archive/sums.h"
#include "pipeline/edition.h"
#include "pipeline/feed.h"
#include "pipeline/history.h"

#include <string.h>

enum { MAX_REPORT_SIZE = 1048576 };

/* The audit must have passed these very bytes. */
static gboolean check_audit(const SpContext *context, const char *edition, GError **error)
{
    g_autofree char *folder = sp_stage_current(context, "audit", edition, NULL);
    g_autofree char *path = g_strdup_printf("%s/rapport.json", folder != NULL ? folder : "");
    g_autoptr(json_t) report = folder == NULL ? NULL : sp_json_read(path, MAX_REPORT_SIZE, NULL);
    const char *audited =
        report == NULL ? NULL : json_string_value(json_object_get(report, "sha256sums"));
    g_autofree char *sums = sp_context_path(context, "packages", edition, SP_SUMS_NAME, NULL);
    g_autofree char *files = sp_context_path(context, "packages", edition, NULL);
    char hash[SP_HASH_SIZE];
    if (!sp_edition_check(context, files, error) || !sp_file_hash(sums, hash, error)) {
        return FALSE;
    }
    if (audited == NULL || strcmp(audited, hash) != 0 ||
        !json_is_true(json_object_get(report, "passed"))) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "edition %s has not passed the audit; run statpakke-audit first",
                            edition);
    }
    return TRUE;
}

static gboolean remember(const SpContext *context, const char *edition, GError **error)
{
    gboolean is_new = FALSE;
    g_autofree char *folder = sp_context_path(context, "packages", edition, NULL);
    return sp_history_keep(context, folder, edition, &is_new, error);
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    guint marks = 0;
    if (context->options.trial != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "a trial (--as %s) is never published",
                            context->options.trial);
    }
    g_autofree char *edition = sp_edition_made(context, &marks, error);
    if (edition == NULL || !check_audit(context, edition, error)) {
        return FALSE;
    }
    if (marks & SP_MARK_RESTRICTED) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "edition %s holds sensitive sources that are not synthetic: not for "
                            "publishing (ikke for publisering) until "
                            "disclosure control is complete; `current` is as it was",
                            edition);
    }
    g_autofree char *current = sp_edition_current(context);
    gboolean is_new = g_strcmp0(current, edition) != 0;
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO,
               is_new ? "%s would be published" : "%s is published already", edition);
        return TRUE;
    }
    g_autofree char *link = sp_context_path(context, "current", NULL);
    g_autofree char *target = g_build_filename("packages", edition, NULL);
    /* The feed is made first, so that nothing can fail between the two, and written last: a reader
     * who polls it must find what it tells of. */
    g_autofree char *feed = NULL;
    if (!sp_feed_prepare(context, edition, &feed, error) ||
        (is_new && !remember(context, edition, error)) ||
        (is_new && !sp_link_swap(link, target, error)) || !sp_feed_write(context, feed, error)) {
        return FALSE;
    }
    if (is_new) {
        const SpExecution execution = {.stage = "publish",
                                       .unit = edition,
                                       .outcome = SP_OUTCOME_MADE,
                                       .key = "",
                                       .content = "",
                                       .started = context->now};
        sp_log(&context->log, SP_LOG_INFO, "edition %s is current", edition);
        return sp_ledger_note(context->ledger, context->run, &execution, NULL, 0, error);
    }
    return TRUE;
}

const SpProgram sp_program_publish = {
    .name = "publish",
    .summary = "Make the audited edition the one that is served",
    .access = SP_ACCESS_WRITE,
    .takes =
        SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_DRY_RUN | SP_TAKES_TRIAL | SP_TAKES_WAIT,
    .run = run,
};
