/* The feed to the portal's database. */
#include "pipeline/portal_feed.h"

#include "core/error.h"
#include "core/io/secret.h"
#include "outputs/feed/feed.h"
#include "outputs/postgres/portal.h"
#include "pipeline/edition.h"
#include "pipeline/keyfile.h"
#include "pipeline/login.h"
#include "pipeline/outcome.h"

#include <stdio.h>
#include <string.h>

#define STEPS "portal"
#define SECTION "portal"

enum { MAX_KEPT = 1000 };

static const char *const keys[] = {SP_PORTAL_FEED_SETTINGS};

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

/* Where the database is, and whose schema: what status tells. */
static gboolean read_place(const SpContext *context, Set *set, GError **error)
{
    set->settings = sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    if (!sp_settings_text_or(set->settings, "portal.service", "", &set->form.place.service,
                             error)) {
        return FALSE;
    }
    if (set->form.place.service[0] == '\0') {
        return TRUE;
    }
    set->form.schema = sp_settings_text(set->settings, "portal.schema", error);
    return set->form.schema != NULL &&
           (set->form.schema[0] != '\0' ||
            sp_error_set(error, SP_ERROR_CONFIG, "portal.schema is empty; name a schema"));
}

/* A file outside the workspace, since passwords may stand in it; *path is NULL when libpq finds it
 * by itself. `find` looks for it. */
static gboolean read_path(const SpContext *context, const char *name,
                          char *(*find)(const char *, GError **), char **path, GError **error)
{
    g_autofree char *secret = NULL;
    if (!sp_login_secret(context, SECTION, name, &secret, error)) {
        return FALSE;
    }
    *path = secret != NULL ? find(secret, error) : NULL;
    if (secret != NULL && *path == NULL) {
        g_prefix_error(error, SECTION ".%s: ", name);
    }
    return secret == NULL || *path != NULL;
}

/* The rest, without which nobody is connected to: who only tells how it stands needs no secret. */
static gboolean read_rest(const SpContext *context, Set *set, GError **error)
{
    gint64 n_kept = 0;
    const char *role = NULL;
    if (!sp_settings_text_or(set->settings, "portal.reader_role", "", &role, error) ||
        !sp_settings_int(set->settings, "portal.keep_editions", 0, MAX_KEPT, &n_kept, error) ||
        !read_path(context, "service_file", sp_secret_locate, &set->service_file, error) ||
        !read_path(context, "pass_file", sp_secret_check, &set->pass_file, error)) {
        return FALSE;
    }
    set->steps_folder = sp_context_data_path(context, STEPS);
    set->form.place.service_file = set->service_file;
    set->form.place.pass_file = set->pass_file;
    set->form.reader_role = role[0] != '\0' ? role : NULL;
    set->form.steps_folder = set->steps_folder;
    set->form.n_kept = (guint)n_kept;
    return TRUE;
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

/* The withdrawal does not wait for what may be wrong with the edition to load. */
static gboolean follow(const SpContext *context, const Set *set, SpPortal *portal,
                       const json_t *feed, GError **error)
{
    SpPortalDue due;
    g_autofree char *left = NULL;
    const char *current = sp_feed_current(feed);
    g_autoptr(GArray) told = read_feed(feed);
    const SpPortalTold *all = (const SpPortalTold *)told->data;
    g_autofree char *folder =
        current != NULL ? sp_context_path(context, "packages", current, NULL) : NULL;
    if (!sp_portal_withdraw(portal, all, told->len, error)) {
        return FALSE;
    }
    sp_portal_due(portal, all, told->len, &due);
    if ((due.load != NULL && !sp_edition_check(context, folder, error)) ||
        !sp_portal_follow(portal, all, told->len, folder, &left, error)) {
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO, "the portal's database, schema %s, says what the feed says",
           set->form.schema);
    if (left != NULL) {
        sp_log(&context->log, SP_LOG_WARNING,
               "figures that should go are still in the portal's database, and the next publish "
               "removes them: %s",
               left);
    }
    return TRUE;
}

/* A night without news asks one question; *is_news is TRUE when something was done. */
static gboolean bring_up(const SpContext *context, Set *set, const json_t *feed, gboolean *is_news,
                         GError **error)
{
    SpPortalDue due;
    g_autoptr(GArray) told = read_feed(feed);
    g_autoptr(SpPortal) portal = read_rest(context, set, error) && sp_keyfile_close_process(error)
                                     ? sp_portal_open(&set->form, error)
                                     : NULL;
    if (portal == NULL) {
        return FALSE;
    }
    sp_portal_due(portal, (const SpPortalTold *)told->data, told->len, &due);
    *is_news = due.load != NULL || due.n_changes > 0;
    if (context->options.is_dry_run) {
        tell_due(context, set, &due);
        return TRUE;
    }
    return !*is_news || follow(context, set, portal, feed, error);
}

gboolean sp_portal_feed_tell(const SpContext *context, const json_t *feed, GError **error)
{
    gboolean is_news = FALSE;
    g_autoptr(GError) failure = NULL;
    g_auto(Set) set = {0};
    if (!read_place(context, &set, error)) {
        return FALSE;
    }
    if (set.form.place.service[0] == '\0') {
        return TRUE;
    }
    const char *current = sp_feed_current(feed);
    if (bring_up(context, &set, feed, &is_news, &failure)) {
        if (context->options.is_dry_run ||
            sp_outcome_note_well(context, SP_PORTAL_FEED_STAGE, set.form.schema, is_news,
                                 current != NULL ? current : "no edition", error)) {
            return TRUE;
        }
        g_prefix_error(error, "the portal's database says what the feed says, and the ledger could "
                              "not note it: ");
        return FALSE;
    }
    if (context->options.is_dry_run ||
        sp_outcome_note(context, SP_PORTAL_FEED_STAGE, set.form.schema, SP_OUTCOME_FAILED,
                        failure->message, error)) {
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

gboolean sp_portal_feed_print(const SpContext *context, SpLedger *ledger, GError **error)
{
    gint64 when = 0;
    gint64 since = 0;
    g_autofree char *what = NULL;
    g_auto(Set) set = {0};
    if (!read_place(context, &set, error)) {
        return FALSE;
    }
    if (set.form.place.service[0] == '\0') {
        return TRUE;
    }
    if (!sp_ledger_last_made(ledger, SP_PORTAL_FEED_STAGE, set.form.schema, &when, &what, error) ||
        !sp_ledger_failing_since(ledger, SP_PORTAL_FEED_STAGE, set.form.schema, &since, error)) {
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
