/*
 * withdraw: an edition that turned out to be wrong is taken back. The feed says so, with the reason
 * and a correction for readers, and `current` goes back to the newest edition before it that is
 * still whole, or nowhere. Its files stay: who has them can see what they are.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/period.h"
#include "outputs/archive/sums.h"
#include "pipeline/announce.h"
#include "pipeline/deliver.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/outcome.h"

#include <string.h>

static char *reason, *from, *correction_nb, *correction_nn;

/* Texts are taken as file names are, byte by byte: GLib's own texts are of the locale, which no
 * program here has set. */
static const GOptionEntry options[] = {
    {"reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, "Why, for those who have it already", "TEXT"},
    {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "The day it is withdrawn from", "YYYY-MM-DD"},
    {"correction-nb", 0, 0, G_OPTION_ARG_FILENAME, &correction_nb,
     "What readers should know, in bokmål", "TEXT"},
    {"correction-nn", 0, 0, G_OPTION_ARG_FILENAME, &correction_nn, "The same in nynorsk", "TEXT"},
    {0}};

static gboolean check_texts(GError **error)
{
    const char *const texts[] = {reason, from, correction_nb, correction_nn};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i] != NULL && !g_utf8_validate(texts[i], -1, NULL)) {
            return sp_error_set(error, SP_ERROR_USAGE, "\"%s\" is not UTF-8", texts[i]);
        }
    }
    return TRUE;
}

static gboolean check_options(char **arguments, GError **error)
{
    SpDay day = 0;
    if (arguments[0] == NULL || arguments[1] != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "name one edition; status lists them");
    }
    if (reason == NULL || *g_strstrip(reason) == '\0') {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--reason TEXT is needed: those who have the edition are told why");
    }
    if ((correction_nb == NULL) != (correction_nn == NULL)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--correction-nb and --correction-nn go together: readers have both "
                            "languages");
    }
    if (from != NULL && !sp_day_parse(from, &day)) {
        return sp_error_set(error, SP_ERROR_USAGE, "--from %s: want a day like 2026-03-01", from);
    }
    return check_texts(error);
}

/* The newest edition before one that is still there, and whole; NULL if there is none. */
static const char *find_earlier(const SpContext *context, const json_t *feed, const char *edition)
{
    g_autofree const char **names = sp_feed_before(feed, edition);
    for (const char **name = names; *name != NULL; name++) {
        g_autoptr(GError) damage = NULL;
        g_autofree char *folder = sp_context_path(context, "packages", *name, NULL);
        if (sp_edition_check(context, folder, &damage)) {
            return *name;
        }
        sp_log(&context->log, SP_LOG_WARNING, "%s cannot take its place: %s", *name,
               damage->message);
    }
    return NULL;
}

static gboolean tell(const json_t *feed, const char *edition, GError **error)
{
    const char *current = sp_feed_current(feed);
    g_autofree char *text =
        current != NULL ? g_strdup_printf("%s is withdrawn; served is %s\n", edition, current)
                        : g_strdup_printf("%s is withdrawn, and no earlier edition can take its "
                                          "place: none is served until one is published\n",
                                          edition);
    return sp_program_print(text, error);
}

static gboolean withdraw(SpContext *context, const char *edition, json_t *feed, GError **error)
{
    g_auto(SpFeedFile) file = {0};
    const SpWithdrawal withdrawal = {.reason = reason,
                                     .from = from,
                                     .correction_nb = correction_nb,
                                     .correction_nn = correction_nn};
    sp_feed_withdraw(feed, edition, &withdrawal);
    const char *earlier =
        sp_feed_current(feed) == NULL ? find_earlier(context, feed, edition) : NULL;
    if (earlier != NULL) {
        sp_feed_reinstate(feed, earlier);
    }
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "%s would be withdrawn; served would be %s", edition,
               sp_feed_current(feed) != NULL ? sp_feed_current(feed) : "none");
        return sp_announce(context, feed, error);
    }
    /* The feed first: if we are killed after it, publish finds the edition withdrawn and puts
     * `current` right. Others are told whether or not we can say so here. */
    g_autoptr(GError) untold = NULL;
    if (!sp_feedfile_prepare(context, feed, &file, error) ||
        !sp_feedfile_write(context, &file, error) || !sp_feedfile_point(context, feed, error)) {
        return FALSE;
    }
    (void)sp_announce(context, feed, &untold);
    if (!sp_outcome_note(context, "withdraw", edition, SP_OUTCOME_MADE, reason, error) ||
        !tell(feed, edition, error)) {
        return FALSE;
    }
    if (untold != NULL) {
        g_propagate_error(error, g_steal_pointer(&untold));
        return FALSE;
    }
    return TRUE;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    if (!check_options(arguments, error) || !sp_deliver_check(context, error)) {
        return FALSE;
    }
    g_autoptr(json_t) feed = sp_feedfile_read(context, error);
    if (feed == NULL) {
        return FALSE;
    }
    if (sp_feed_state(feed, arguments[0]) == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "no edition %s was published in %s; status lists those that were",
                            arguments[0], context->workspace);
    }
    return withdraw(context, arguments[0], feed, error);
}

static const char *const config_keys[] = {SP_DELIVER_KEYS, NULL};

const SpProgram sp_program_withdraw = {
    .name = "withdraw",
    .summary = "Take an edition back: the feed says why, and the one before it is served",
    .arguments = "EDITION",
    .access = SP_ACCESS_WRITE,
    .needs_network = TRUE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_DRY_RUN | SP_TAKES_WAIT,
    .config_keys = config_keys,
    .options = options,
    .run = run,
};
