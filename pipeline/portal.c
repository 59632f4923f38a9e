/* The feed to the portal's database. */
#include "pipeline/portal.h"

#include "core/error.h"
#include "outputs/feed/feed.h"
#include "outputs/postgres/portal.h"
#include "pipeline/edition.h"
#include "pipeline/keyfile.h"

#include <stdio.h>
#include <string.h>

#define STAGE "portal"
#define STEPS "portal"

enum { MAX_KEPT = 1000 };

static const char *const keys[] = {SP_PORTAL_SETTINGS};

/* The settings as they are used; `form` borrows from the rest. */
typedef struct {
    SpSettings *settings;
    char *service_file, *pass_file, *steps_folder;
    SpPortalForm form; /* its service is "" when nothing is imported */
} Set;

static void set_clear(Set *set)
{
    g_clear_pointer(&set->settings, sp_settings_free);
    g_clear_pointer(&set->service_file, g_free);
    g_clear_pointer(&set->pass_file, g_free);
    g_clear_pointer(&set->steps_folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Set, set_clear)

/* A file that holds a password, or may: *path is NULL when libpq finds it by itself. */
static gboolean read_path(const SpContext *context, const Set *set, const char *key, char **path,
                          GError **error)
{
    const char *text = NULL;
    if (!sp_settings_text_or(set->settings, key, "", &text, error)) {
        return FALSE;
    }
    *path = text[0] != '\0' ? sp_keyfile_resolve(context, key, text, error) : NULL;
    return text[0] == '\0' || *path != NULL;
}

static gboolean read_settings(const SpContext *context, Set *set, GError **error)
{
    gint64 n_kept = 0;
    const char *role = NULL;
    set->settings = sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    set->steps_folder = sp_context_data_path(context, STEPS);
    if (!sp_settings_text_or(set->settings, "portal.service", "", &set->form.place.service,
                             error)) {
        return FALSE;
    }
    if (set->form.place.service[0] == '\0') {
        return TRUE;
    }
    set->form.schema = sp_settings_text(set->settings, "portal.schema", error);
    if (set->form.schema == NULL ||
        !sp_settings_text_or(set->settings, "portal.reader_role", "", &role, error) ||
        !sp_settings_int(set->settings, "portal.keep_editions", 0, MAX_KEPT, &n_kept, error) ||
        !read_path(context, set, "portal.service_file", &set->service_file, error) ||
        !read_path(context, set, "portal.pass_file", &set->pass_file, error)) {
        return FALSE;
    }
    set->form.place.service_file = set->service_file;
    set->form.place.pass_file = set->pass_file;
    set->form.reader_role = role[0] != '\0' ? role : NULL;
    set->form.steps_folder = set->steps_folder;
    set->form.n_kept = (guint)n_kept;
    return set->form.schema[0] != '\0' ||
           sp_error_set(error, SP_ERROR_CONFIG, "portal.schema is empty; name a schema");
}

/* ---- the feed ---- */

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* SpPortalTold, borrowed from the feed, newest first. */
static GArray *read_feed(const json_t *feed)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(SpPortalTold));
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(feed, "editions"), i, entry)
    {
        const json_t *withdrawn = json_object_get(entry, "withdrawn");
        const SpPortalTold told = {.edition = text_of(entry, "edition"),
                                   .state = text_of(entry, "state"),
                                   .reason = text_of(withdrawn, "reason"),
                                   .from = text_of(withdrawn, "from"),
                                   .correction_nb = text_of(withdrawn, "correction_nb"),
                                   .correction_nn = text_of(withdrawn, "correction_nn")};
        if (told.edition != NULL && told.state != NULL) {
            g_array_append_val(all, told);
        }
    }
    return all;
}

/* ---- telling ---- */

static void tell_due(const SpContext *context, const Set *set, const SpPortalDue *due)
{
    if (due->load != NULL) {
        sp_log(&context->log, SP_LOG_INFO,
               "%s would be imported into schema %s of the portal's database", due->load,
               set->form.schema);
    }
    if (due->n_changes > 0) {
        sp_log(&context->log, SP_LOG_INFO,
               "%u editions of the portal's database would change their state or lose their "
               "figures",
               due->n_changes);
    }
}

static gboolean follow(const SpContext *context, const Set *set, SpPortal *portal,
                       const json_t *feed, GError **error)
{
    SpPortalDue due;
    gboolean is_left = FALSE;
    const char *current = sp_feed_current(feed);
    g_autoptr(GArray) told = read_feed(feed);
    const SpPortalTold *all = (const SpPortalTold *)told->data;
    sp_portal_due(portal, all, told->len, &due);
    g_autofree char *folder =
        current != NULL ? sp_context_path(context, "packages", current, NULL) : NULL;
    if ((due.load != NULL && !sp_edition_check(context, folder, error)) ||
        !sp_portal_follow(portal, all, told->len, folder, &is_left, error)) {
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO, "the portal's database, schema %s, says what the feed says",
           set->form.schema);
    if (is_left) {
        sp_log(&context->log, SP_LOG_WARNING,
               "somebody reads figures of the portal's database that should go; the next publish "
               "removes them");
    }
    return TRUE;
}

static gboolean note(const SpContext *context, const Set *set, SpOutcome outcome,
                     const char *message, GError **error)
{
    const SpExecution execution = {.stage = STAGE,
                                   .unit = set->form.schema,
                                   .outcome = outcome,
                                   .key = "",
                                   .content = "",
                                   .started = context->now,
                                   .message = message};
    return sp_ledger_note(context->ledger, context->run, &execution, NULL, 0, error);
}

/* A night without news asks one question. What went wrong before and is well now is noted once. */
static gboolean bring_up(const SpContext *context, const Set *set, const json_t *feed,
                         GError **error)
{
    SpPortalDue due;
    gint64 since = 0;
    g_autoptr(GArray) told = read_feed(feed);
    const char *current = sp_feed_current(feed);
    const char *what = current != NULL ? current : "no edition";
    g_autoptr(SpPortal) portal = sp_portal_open(&set->form, error);
    if (portal == NULL) {
        return FALSE;
    }
    sp_portal_due(portal, (const SpPortalTold *)told->data, told->len, &due);
    if (context->options.is_dry_run) {
        tell_due(context, set, &due);
        return TRUE;
    }
    if (due.load == NULL && due.n_changes == 0) {
        return sp_ledger_failing_since(context->ledger, STAGE, set->form.schema, &since, error) &&
               (since == 0 || note(context, set, SP_OUTCOME_MADE, what, error));
    }
    return follow(context, set, portal, feed, error) &&
           note(context, set, SP_OUTCOME_MADE, what, error);
}

gboolean sp_portal_tell(const SpContext *context, const json_t *feed, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_auto(Set) set = {0};
    if (!read_settings(context, &set, error)) {
        return FALSE;
    }
    if (set.form.place.service[0] == '\0' || bring_up(context, &set, feed, &failure)) {
        return TRUE;
    }
    const gboolean is_noted = context->options.is_dry_run ||
                              note(context, &set, SP_OUTCOME_FAILED, failure->message, error);
    if (is_noted) {
        g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                                   "the portal's database does not have what the feed says, which "
                                   "is served all the same; the next publish tries again: ");
    }
    return FALSE;
}

/* ---- status ---- */

static char *format_time(gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

gboolean sp_portal_print(const SpContext *context, SpLedger *ledger, GError **error)
{
    gint64 when = 0;
    gint64 since = 0;
    g_autofree char *what = NULL;
    g_auto(Set) set = {0};
    if (!read_settings(context, &set, error)) {
        return FALSE;
    }
    if (set.form.place.service[0] == '\0') {
        return TRUE;
    }
    if (!sp_ledger_last_made(ledger, STAGE, set.form.schema, &when, &what, error) ||
        !sp_ledger_failing_since(ledger, STAGE, set.form.schema, &since, error)) {
        return FALSE;
    }
    g_autofree char *time = format_time(when);
    printf("portal: service %s, schema %s: %s%s%s\n", set.form.place.service, set.form.schema,
           what != NULL ? what : "nothing imported yet", what != NULL ? " since " : "",
           what != NULL ? time : "");
    if (since != 0) {
        g_autofree char *began = format_time(since);
        printf("  not imported since %s; the next publish tries again\n", began);
    }
    return TRUE;
}
