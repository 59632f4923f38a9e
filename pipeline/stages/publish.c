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
#include "pipeline/announce.h"
#include "pipeline/approval.h"
#include "pipeline/deliver.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/history.h"
#include "pipeline/night/plan.h"
#include "pipeline/outcome.h"

#include <string.h>

/* The audit must have passed these very bytes. */
static gboolean check_audit(const SpContext *context, const char *edition, GError **error)
{
    g_autofree char *folder = sp_context_path(context, "packages", edition, NULL);
    return sp_edition_check(context, folder, error) &&
           sp_edition_check_audit(context, edition, error);
}

static gboolean remember(const SpContext *context, const char *edition, GError **error)
{
    gboolean is_new = FALSE;
    g_autofree char *folder = sp_context_path(context, "packages", edition, NULL);
    return sp_history_keep(context, folder, edition, &is_new, error);
}

/* Ends a withdrawal that was cut short, whatever becomes of the edition that is to be published. */
static gboolean end_withdrawal(const SpContext *context, const json_t *feed, GError **error)
{
    g_autofree char *current = sp_edition_current(context);
    return context->options.is_dry_run || current == NULL ||
           sp_feed_reason(feed, current) == NULL || sp_feedfile_point(context, feed, error);
}

/* A withdrawn edition is one that somebody has found wrong: it stays withdrawn until it is another.
 */
static gboolean refuse_withdrawn(SpContext *context, const char *edition, json_t *feed,
                                 GError **error)
{
    const char *reason = sp_feed_reason(feed, edition);
    if (reason == NULL) {
        return TRUE;
    }
    const char *current = sp_feed_current(feed);
    g_autoptr(GError) untold = NULL;
    if (!sp_announce(context, feed, &untold)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", untold->message);
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "edition %s is withdrawn (%s) and is not published again; change what was "
                        "wrong (a source, a setting), and another one is made. %s%s",
                        edition, reason, current != NULL ? "Served is " : "No edition is served",
                        current != NULL ? current : "");
}

static gboolean write_feed(SpContext *context, const char *edition, json_t *feed, gboolean is_new,
                           GError **error)
{
    /* All that can fail of the feed is done before `current` is swapped, and the feed is written
     * last: a reader who polls it must find what it tells of. */
    g_auto(SpFeedFile) file = {0};
    return sp_feedfile_prepare(context, feed, &file, error) &&
           (!is_new || remember(context, edition, error)) &&
           sp_feedfile_point(context, feed, error) && sp_feedfile_write(context, &file, error);
}

static gboolean publish(SpContext *context, const char *edition, json_t *feed, GError **error)
{
    g_autofree char *current = sp_edition_current(context);
    gboolean is_new = g_strcmp0(current, edition) != 0;
    gboolean is_manual = FALSE;
    gboolean is_approved = TRUE;
    if (!sp_approval_is_manual(context, &is_manual, error) ||
        (is_new && is_manual && !sp_approval_find(context, edition, &is_approved, error))) {
        return FALSE;
    }
    if (!is_approved) {
        sp_log(&context->log, SP_LOG_INFO, SP_APPROVAL_WAITS, edition, edition);
        return TRUE;
    }
    g_autoptr(json_t) packages = sp_feedfile_packages(context, edition, error);
    if (packages == NULL) {
        return FALSE;
    }
    sp_feed_set_current(feed, edition, packages);
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO,
               is_new ? "%s would be published" : "%s is published already", edition);
        return TRUE;
    }
    if (!write_feed(context, edition, feed, is_new, error)) {
        return FALSE;
    }
    if (is_new) {
        sp_log(&context->log, SP_LOG_INFO, "edition %s is current", edition);
    }
    return !is_new || sp_outcome_note(context, "publish", edition, SP_OUTCOME_MADE, NULL, error);
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    guint marks = 0;
    if (context->options.trial != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "a trial (--as %s) is never published",
                            context->options.trial);
    }
    if (!sp_deliver_check(context, error)) {
        return FALSE;
    }
    g_autofree char *edition = sp_edition_made(context, &marks, error);
    g_autoptr(json_t) feed = edition == NULL ? NULL : sp_feedfile_read(context, error);
    if (feed == NULL || !end_withdrawal(context, feed, error) ||
        !refuse_withdrawn(context, edition, feed, error) || !check_audit(context, edition, error)) {
        return FALSE;
    }
    if (marks & SP_MARK_RESTRICTED) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "edition %s holds sensitive sources that are not synthetic: not for "
                            "publishing (ikke for publisering) until "
                            "disclosure control is complete; `current` is as it was",
                            edition);
    }
    return publish(context, edition, feed, error) && sp_announce(context, feed, error);
}

/* Whether the edition would be refused, or waits. */
static gboolean plan_edition(SpContext *context, const char *edition, guint marks, SpPlan *plan,
                             GError **error)
{
    gboolean is_manual = FALSE;
    gboolean is_approved = TRUE;
    g_autofree char *current = sp_edition_current(context);
    g_autoptr(GError) refused = NULL;
    g_autoptr(json_t) feed = sp_feedfile_read(context, error);
    if (feed == NULL || !sp_approval_is_manual(context, &is_manual, error) ||
        (is_manual && !sp_approval_find(context, edition, &is_approved, error))) {
        return FALSE;
    }
    const char *reason = sp_feed_reason(feed, edition);
    SpPlanned *planned = sp_plan_add(plan, "publish", edition, SP_PLAN_CANNOT);
    if (reason != NULL) {
        sp_plan_because(planned, "it is withdrawn: %s", reason);
    } else if (marks & SP_MARK_RESTRICTED) {
        sp_plan_because(planned, "it holds sensitive sources that are not synthetic");
    } else if (!check_audit(context, edition, &refused)) {
        sp_plan_because(planned, "%s", refused->message);
    } else if (g_strcmp0(current, edition) == 0) {
        planned->state = SP_PLAN_CURRENT;
        sp_plan_because(planned, "it is served; who could not be told of it is told");
    } else if (!is_approved) {
        planned->state = SP_PLAN_WAIT;
        sp_plan_because(planned, SP_APPROVAL_WAITS, edition, edition);
    } else {
        planned->state = SP_PLAN_MAKE;
        sp_plan_because(planned, "it is audited, and served is %s",
                        current != NULL ? current : "none");
    }
    return TRUE;
}

static gboolean plan(SpContext *context, SpPlan *plan, GError **error)
{
    guint marks = 0;
    g_autoptr(GError) none = NULL;
    const gboolean is_pending = sp_plan_n_stale(plan) > 0;
    g_autofree char *edition = sp_edition_made(context, &marks, &none);
    if (!is_pending && edition != NULL) {
        return plan_edition(context, edition, marks, plan, error);
    }
    SpPlanned *planned = sp_plan_add(plan, "publish", "(the edition)",
                                     is_pending ? SP_PLAN_PERHAPS : SP_PLAN_CANNOT);
    sp_plan_because(planned, "%s", is_pending ? "if another edition is made" : none->message);
    return TRUE;
}

static const char *const config_keys[] = {SP_APPROVAL_SETTING, SP_DELIVER_KEYS, NULL};

const SpProgram sp_program_publish = {
    .name = "publish",
    .summary = "Make the audited edition the one that is served",
    .access = SP_ACCESS_WRITE,
    .needs_network = TRUE,
    .takes =
        SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_DRY_RUN | SP_TAKES_TRIAL | SP_TAKES_WAIT,
    .config_keys = config_keys,
    .run = run,
    .plan = plan,
};
