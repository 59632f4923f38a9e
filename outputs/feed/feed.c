/* packages/index.json: editions and their states. */
#include "outputs/feed/feed.h"

#include "core/error.h"
#include "outputs/filetype.h"

#include <string.h>

enum { DAY_LENGTH = 10 };

#define CURRENT "current"
#define SUPERSEDED "superseded"
#define WITHDRAWN "withdrawn"
#define SUCCESSOR "superseded_by"

json_t *sp_feed_new(void)
{
    return json_pack("{s:s, s:[]}", "schema", SP_FEED_VERSION, "editions");
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *editions_of(const json_t *feed)
{
    return json_object_get(feed, "editions");
}

gboolean sp_feed_check(const json_t *feed, const char *origin, GError **error)
{
    const char *version = text_of(feed, "schema");
    size_t i = 0;
    json_t *entry = NULL;
    gboolean is_feed = json_is_array(editions_of(feed)) && version != NULL &&
                       strncmp(version, SP_FEED_VERSION, 2) == 0;
    json_array_foreach(editions_of(feed), i, entry)
    {
        is_feed = is_feed && text_of(entry, "edition") != NULL && text_of(entry, "state") != NULL;
    }
    return is_feed || sp_error_set(error, SP_ERROR_DATA,
                                   "%s is not a feed of version " SP_FEED_VERSION
                                   "; restore it from a backup or a target: a feed that "
                                   "begins anew does not know what was withdrawn",
                                   origin);
}

void sp_feed_set_key(json_t *feed, const char *public_key)
{
    if (public_key != NULL) {
        json_object_set_new(feed, "public_key", json_string(public_key));
    } else {
        json_object_del(feed, "public_key");
    }
}

/* ---- packages ---- */

json_t *sp_feed_package(const char *name, const char *region, const char *title,
                        const char *language)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:[]}", "name", name, "region", region, "title", title,
                     "language", language, "files");
}

void sp_feed_add_file(json_t *package, const SpTable *types, const char *path, gint64 bytes,
                      const char *sha256)
{
    json_array_append_new(json_object_get(package, "files"),
                          json_pack("{s:s, s:I, s:s, s:s}", "path", path, "bytes",
                                    (json_int_t)bytes, "sha256", sha256, "media_type",
                                    sp_file_type(types, path)));
}

/* ---- editions ---- */

static json_t *find(const json_t *feed, const char *key, const char *value)
{
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(editions_of(feed), i, entry)
    {
        if (g_strcmp0(text_of(entry, key), value) == 0) {
            return entry;
        }
    }
    return NULL;
}

static void remove_edition(json_t *feed, const char *edition)
{
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(editions_of(feed), i, entry)
    {
        if (strcmp(text_of(entry, "edition"), edition) == 0) {
            json_array_remove(editions_of(feed), i);
            return;
        }
    }
}

/* What was current is superseded by another. */
static void supersede(json_t *feed, const char *edition)
{
    json_t *entry = find(feed, "state", CURRENT);
    if (entry != NULL) {
        json_object_set_new(entry, "state", json_string(SUPERSEDED));
        json_object_set_new(entry, SUCCESSOR, json_string(edition));
    }
}

/* An edition that is current stays where it is in the list; another becomes the first. */
void sp_feed_set_current(json_t *feed, const char *edition, json_t *packages)
{
    g_autofree char *day = g_strndup(edition, DAY_LENGTH);
    json_t *entry = json_pack("{s:s, s:s, s:s, s:O}", "edition", edition, "date", day, "state",
                              CURRENT, "packages", packages);
    json_t *is = find(feed, "state", CURRENT);
    if (is != NULL && strcmp(text_of(is, "edition"), edition) == 0) {
        json_object_clear(is);
        json_object_update(is, entry);
        json_decref(entry);
        return;
    }
    remove_edition(feed, edition);
    supersede(feed, edition);
    json_array_insert_new(editions_of(feed), 0, entry);
}

void sp_feed_reinstate(json_t *feed, const char *edition)
{
    json_t *entry = find(feed, "edition", edition);
    g_assert(entry != NULL && find(feed, "state", CURRENT) == NULL);
    json_object_set_new(entry, "state", json_string(CURRENT));
    json_object_del(entry, SUCCESSOR);
}

static void put_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL) {
        json_object_set_new(object, key, json_string(text));
    }
}

void sp_feed_withdraw(json_t *feed, const char *edition, const SpWithdrawal *withdrawal)
{
    json_t *entry = find(feed, "edition", edition);
    json_t *told = json_object();
    g_assert(entry != NULL);
    put_text(told, "reason", withdrawal->reason);
    put_text(told, "from", withdrawal->from);
    put_text(told, "correction_nb", withdrawal->correction_nb);
    put_text(told, "correction_nn", withdrawal->correction_nn);
    json_object_set_new(entry, "state", json_string(WITHDRAWN));
    json_object_set_new(entry, WITHDRAWN, told);
}

GArray *sp_feed_packages(const json_t *feed, const char *edition)
{
    GArray *packages = g_array_new(FALSE, FALSE, sizeof(SpFeedPackage));
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(find(feed, "edition", edition), "packages"), i, entry)
    {
        const SpFeedPackage package = {text_of(entry, "name"), text_of(entry, "region"),
                                       text_of(entry, "title")};
        if (package.name != NULL && package.region != NULL && package.title != NULL) {
            g_array_append_val(packages, package);
        }
    }
    return packages;
}

const char *sp_feed_state(const json_t *feed, const char *edition)
{
    return text_of(find(feed, "edition", edition), "state");
}

const char *sp_feed_reason(const json_t *feed, const char *edition)
{
    return g_strcmp0(sp_feed_state(feed, edition), WITHDRAWN) == 0
               ? text_of(json_object_get(find(feed, "edition", edition), WITHDRAWN), "reason")
               : NULL;
}

gboolean sp_feed_withdrawal(const json_t *feed, const char *edition, SpWithdrawal *withdrawal)
{
    const json_t *told = json_object_get(find(feed, "edition", edition), WITHDRAWN);
    *withdrawal = (SpWithdrawal){.reason = sp_feed_reason(feed, edition),
                                 .from = text_of(told, "from"),
                                 .correction_nb = text_of(told, "correction_nb"),
                                 .correction_nn = text_of(told, "correction_nn")};
    return withdrawal->reason != NULL;
}

const char *sp_feed_current(const json_t *feed)
{
    return text_of(find(feed, "state", CURRENT), "edition");
}

const char **sp_feed_before(const json_t *feed, const char *edition)
{
    GPtrArray *names = g_ptr_array_new();
    size_t i = 0;
    json_t *entry = NULL;
    gboolean is_before = FALSE;
    json_array_foreach(editions_of(feed), i, entry)
    {
        const char *name = text_of(entry, "edition");
        if (is_before && strcmp(text_of(entry, "state"), SUPERSEDED) == 0) {
            g_ptr_array_add(names, (gpointer)name);
        }
        is_before = is_before || strcmp(name, edition) == 0;
    }
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

/* Removes from an array what has nothing under a key. */
static void drop_empty(json_t *array, const char *key)
{
    for (size_t i = json_array_size(array); i > 0; i--) {
        if (json_array_size(json_object_get(json_array_get(array, i - 1), key)) == 0) {
            json_array_remove(array, i - 1);
        }
    }
}

static void select_files(json_t *package, const char *edition, SpFeedKeep keep, gconstpointer data)
{
    json_t *files = json_object_get(package, "files");
    for (size_t i = json_array_size(files); i > 0; i--) {
        const char *path = text_of(json_array_get(files, i - 1), "path");
        if (path == NULL || !keep(edition, text_of(package, "name"), path, data)) {
            json_array_remove(files, i - 1);
        }
    }
}

/* An edition that was left out is passed over: its own successor takes its place, or nobody. No
 * more steps than there are editions, whatever the feed says. */
static const char *find_successor(const json_t *feed, const json_t *selected, const json_t *entry)
{
    for (size_t n = json_array_size(editions_of(feed)); n > 0 && entry != NULL; n--) {
        const char *successor = text_of(entry, SUCCESSOR);
        if (successor != NULL && find(selected, "edition", successor) != NULL) {
            return successor;
        }
        entry = successor != NULL ? find(feed, "edition", successor) : NULL;
    }
    return NULL;
}

json_t *sp_feed_select(const json_t *feed, SpFeedKeep keep, gconstpointer data)
{
    json_t *copy = json_deep_copy(feed);
    size_t i = 0;
    size_t j = 0;
    json_t *entry = NULL;
    json_t *package = NULL;
    json_array_foreach(editions_of(copy), i, entry)
    {
        json_array_foreach(json_object_get(entry, "packages"), j, package)
        {
            select_files(package, text_of(entry, "edition"), keep, data);
        }
        drop_empty(json_object_get(entry, "packages"), "files");
    }
    drop_empty(editions_of(copy), "packages");
    json_array_foreach(editions_of(copy), i, entry)
    {
        const char *successor = find_successor(feed, copy, entry);
        if (successor != NULL) {
            put_text(entry, SUCCESSOR, successor);
        } else {
            json_object_del(entry, SUCCESSOR);
        }
    }
    return copy;
}
