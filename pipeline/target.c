/* Settings of targets. */
#include "pipeline/target.h"

#include "core/error.h"
#include "core/io/upload.h"
#include "pipeline/delivered.h"
#include "pipeline/edition.h"
#include "pipeline/login.h"
#include "pipeline/secrets.h"

#include <string.h>

#define NATIONAL "nasjonal"
#define TIMEOUT "timeout_s"

/* An edition of 2 GB by a line of 2.5 Mbit/s; publish holds the workspace as long. */
enum { TIMEOUT_S = 7200, MAX_TIMEOUT_S = 86400 };

const char *const sp_target_keys[] = {"url",      "packages",    "form",    TIMEOUT, "login_file",
                                      "key_file", "known_hosts", "ca_file", NULL};

static void free_target(gpointer data)
{
    SpDeliveryTarget *target = data;
    g_free(target->name);
    g_free(target->url);
    g_strfreev(target->regions);
    g_free(target->login_file);
    g_free(target->key_file);
    g_free(target->known_hosts);
    g_free(target->ca_file);
    g_free(target);
}

gboolean sp_target_wants(const SpDeliveryTarget *target, const char *region)
{
    return target->regions == NULL || g_strv_contains((const char *const *)target->regions, region);
}

/* A name is part of file names of ours, beside that of notices. */
static gboolean is_name(const char *name)
{
    for (const char *c = name; *c != '\0'; c++) {
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '-' && *c != '_') {
            return FALSE;
        }
    }
    return name[0] != '\0' && strcmp(name, SP_DELIVERED_NOTICES) != 0;
}

static gboolean read_form(SpDeliveryTarget *target, const SpSettings *settings, GError **error)
{
    const char *form = NULL;
    if (!sp_settings_text_or(settings, "form", "both", &form, error)) {
        return FALSE;
    }
    target->has_zips = strcmp(form, "folder") != 0;
    target->has_folders = strcmp(form, "zip") != 0;
    return (target->has_zips && target->has_folders && strcmp(form, "both") != 0)
               ? sp_error_set(error, SP_ERROR_CONFIG, "form = %s: want zip, folder or both", form)
               : TRUE;
}

static gboolean read_timeout(SpDeliveryTarget *target, const SpSettings *settings, GError **error)
{
    const char *set = NULL;
    target->timeout_s = TIMEOUT_S;
    return sp_settings_text_or(settings, TIMEOUT, NULL, &set, error) &&
           (set == NULL ||
            sp_settings_int(settings, TIMEOUT, 1, MAX_TIMEOUT_S, &target->timeout_s, error));
}

static gboolean read_packages(SpContext *context, SpDeliveryTarget *target,
                              const SpSettings *settings, GError **error)
{
    const char *set = NULL;
    if (!sp_settings_text_or(settings, "packages", "*", &set, error)) {
        return FALSE;
    }
    if (strcmp(set, "*") == 0) {
        return TRUE;
    }
    g_auto(GStrv) units = sp_edition_units(context, error);
    target->regions = units == NULL ? NULL : sp_settings_list(settings, "packages", error);
    for (char **region = target->regions; region != NULL && *region != NULL; region++) {
        if (strcmp(*region, NATIONAL) == 0) {
            g_free(*region);
            *region = g_strdup("0");
        } else if (strcmp(*region, "0") == 0 ||
                   !g_strv_contains((const char *const *)units, *region)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "packages = %s: \"%s\" is no fylke of config/fylker.csv; want *, "
                                "or codes of fylker and " NATIONAL,
                                set, *region);
        }
    }
    return target->regions != NULL &&
           (target->regions[0] != NULL ||
            sp_error_set(error, SP_ERROR_CONFIG, "packages: want * or at least one"));
}

static gboolean read_paths(SpContext *context, SpDeliveryTarget *target, const char *section,
                           GError **error)
{
    const struct {
        const char *key;
        char **path;
    } files[] = {{"known_hosts", &target->known_hosts}, {"ca_file", &target->ca_file}};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *setting = g_strdup_printf("%s.%s", section, files[i].key);
        *files[i].path = sp_setting_path(context, setting);
        if (*files[i].path != NULL && !g_file_test(*files[i].path, G_FILE_TEST_IS_REGULAR)) {
            return sp_error_set(error, SP_ERROR_CONFIG, "%s = %s: no such file", files[i].key,
                                *files[i].path);
        }
    }
    return sp_login_secret(context, section, "login_file", &target->login_file, error) &&
           sp_login_secret(context, section, "key_file", &target->key_file, error);
}

static gboolean read_target(SpContext *context, SpDeliveryTarget *target, GError **error)
{
    g_autofree char *section = g_strconcat(SP_TARGET_SECTION, target->name, NULL);
    g_autoptr(SpSettings) settings = sp_settings_new(context->config, section, sp_target_keys,
                                                     g_strv_length((char **)sp_target_keys));
    const char *url = is_name(target->name) ? sp_settings_text(settings, "url", error) : NULL;
    if (!is_name(target->name)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            SP_TARGET_SETTING ": \"%s\": want a name of small letters, digits, - "
                                              "and _ (and not " SP_DELIVERED_NOTICES
                                              "), which has a section [" SP_TARGET_SECTION "NAME]",
                            target->name);
    }
    target->url = g_strdup(url);
    if (url == NULL || !sp_upload_check(url, error) || !read_form(target, settings, error) ||
        !read_timeout(target, settings, error) ||
        !read_packages(context, target, settings, error) ||
        !read_paths(context, target, section, error)) {
        g_prefix_error(error, "[%s]: ", section);
        return FALSE;
    }
    if (g_str_has_prefix(url, "sftp:") &&
        (target->known_hosts == NULL || (target->key_file == NULL && target->login_file == NULL))) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "[%s]: SFTP needs known_hosts, and key_file or login_file", section);
    }
    return TRUE;
}

static gsize bare_size(const char *url)
{
    gsize size = strlen(url);
    while (size > 0 && url[size - 1] == '/') {
        size--;
    }
    return size;
}

/* Two of one address would each take the other's feed away. */
static gboolean check_address(const GPtrArray *targets, const SpDeliveryTarget *target,
                              GError **error)
{
    for (guint i = 0; i < targets->len; i++) {
        const SpDeliveryTarget *other = targets->pdata[i];
        const gsize size = bare_size(target->url);
        if (other != target && bare_size(other->url) == size &&
            strncmp(other->url, target->url, size) == 0) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "[" SP_TARGET_SECTION "%s]: url is that of [" SP_TARGET_SECTION
                                "%s]: each would take the other's feed away; have one target, with "
                                "the packages of both",
                                target->name, other->name);
        }
    }
    return TRUE;
}

GPtrArray *sp_targets_list(SpContext *context, GError **error)
{
    static const char *const keys[] = {SP_TARGET_SETTING};
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    const char *set = NULL;
    g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func(free_target);
    if (!sp_settings_text_or(settings, SP_TARGET_SETTING, "", &set, error)) {
        return NULL;
    }
    g_auto(GStrv) names =
        set[0] == '\0' ? g_new0(char *, 1) : sp_settings_list(settings, SP_TARGET_SETTING, error);
    if (names == NULL) {
        return NULL;
    }
    for (char **name = names; *name != NULL; name++) {
        SpDeliveryTarget *target = g_new0(SpDeliveryTarget, 1);
        target->name = g_strdup(*name);
        g_ptr_array_add(targets, target);
        if (!read_target(context, target, error) || !check_address(targets, target, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&targets);
}
