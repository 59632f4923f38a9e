/* Those who must answer: sources, targets of deliveries, the server of letters. */
#include "pipeline/doctor/doctor.h"

#include "core/error.h"
#include "core/io/reach.h"
#include "pipeline/dataset.h"
#include "pipeline/secrets.h"
#include "pipeline/target.h"

#include <string.h>
#include <unistd.h>

/* Who is reached by what, each server once: server -> "ssb/folkemengde, klass/kommuner". */
typedef struct {
    SpDoctor *doctor;
    const char *subject;
    GPtrArray *servers; /* char*, in the order they are named */
    GHashTable *users;  /* server -> GString* */
} Reaching;

static void free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

static void reaching_clear(Reaching *reaching)
{
    g_ptr_array_unref(reaching->servers);
    g_hash_table_unref(reaching->users);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reaching, reaching_clear)

static void reaching_begin(Reaching *reaching, SpDoctor *doctor, const char *subject)
{
    *reaching =
        (Reaching){.doctor = doctor,
                   .subject = subject,
                   .servers = g_ptr_array_new_with_free_func(g_free),
                   .users = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_text)};
}

/* A file or folder is looked at now, a server when all are known. */
static void reaching_add(Reaching *reaching, const char *url, const char *user, int access_mode)
{
    char *server = sp_reach_server(url);
    if (server == NULL) {
        g_autofree char *path = g_filename_from_uri(url, NULL, NULL);
        if (path != NULL && access(path, access_mode) != 0) {
            sp_doctor_find(reaching->doctor, SP_FINDING_ERROR, reaching->subject,
                           "%s: %s cannot be used; see that it is there, and whose it is", user,
                           path);
        }
        return;
    }
    GString *users = g_hash_table_lookup(reaching->users, server);
    if (users != NULL) {
        g_string_append_printf(users, ", %s", user);
        g_free(server);
        return;
    }
    g_ptr_array_add(reaching->servers, server);
    g_hash_table_insert(reaching->users, server, g_string_new(user));
}

static void reaching_end(Reaching *reaching)
{
    for (guint i = 0; i < reaching->servers->len && !reaching->doctor->is_offline; i++) {
        GError *failure = NULL;
        const char *server = reaching->servers->pdata[i];
        const GString *users = g_hash_table_lookup(reaching->users, server);
        if (sp_reach(server, NULL, &failure)) {
            sp_doctor_find(reaching->doctor, SP_FINDING_OK, reaching->subject, "%s answers (%s)",
                           server, users->str);
        } else {
            g_prefix_error(&failure, "%s: ", users->str);
        }
        sp_doctor_find_error(reaching->doctor, reaching->subject, failure);
    }
}

/* Where a dataset is fetched from: its url (a path is relative to the file that sets it), its host,
 * or that of its source. NULL: it comes by hand. */
static char *url_of(SpContext *context, const char *dataset)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, NULL);
    const char *url = sp_config_value(context->config, dataset, "url");
    const char *host = sp_config_value(context->config, dataset, "host");
    const char *inbox = sp_config_value(context->config, dataset, "inbox");
    if (url != NULL && *url != '\0') {
        g_autofree char *scheme = g_uri_parse_scheme(url);
        g_autofree char *setting = g_strdup_printf("%s.url", dataset);
        g_autofree char *path = sp_setting_path(context, setting);
        return scheme != NULL ? g_strdup(url) : g_filename_to_uri(path, NULL, NULL);
    }
    if (inbox != NULL && *inbox != '\0') {
        return NULL;
    }
    return g_strdup(host != NULL && *host != '\0' ? host
                    : extractor != NULL           ? extractor->host
                                                  : NULL);
}

static void look_at_sources(SpDoctor *doctor)
{
    g_auto(GStrv) datasets = sp_datasets_list(doctor->context, NULL);
    g_auto(Reaching) reaching;
    reaching_begin(&reaching, doctor, "sources");
    for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
        g_autofree char *url = url_of(doctor->context, *dataset);
        if (url != NULL) {
            reaching_add(&reaching, url, *dataset, R_OK);
        }
    }
    reaching_end(&reaching);
}

static void look_at_targets(SpDoctor *doctor)
{
    g_autoptr(GPtrArray) targets = sp_targets_list(doctor->context, NULL);
    const char *mail = sp_config_value(doctor->context->config, "notice", "server");
    g_auto(Reaching) reaching;
    reaching_begin(&reaching, doctor, "targets");
    for (guint i = 0; targets != NULL && i < targets->len; i++) {
        const SpDeliveryTarget *target = targets->pdata[i];
        reaching_add(&reaching, target->url, target->name, W_OK | X_OK);
    }
    if (mail != NULL && *mail != '\0') {
        reaching_add(&reaching, mail, "letters", R_OK);
    }
    reaching_end(&reaching);
}

void sp_doctor_look_at_others(SpDoctor *doctor)
{
    look_at_sources(doctor);
    look_at_targets(doctor);
    if (doctor->is_offline) {
        sp_doctor_find(doctor, SP_FINDING_OK, "network", "nobody was asked, since --offline");
    }
}
