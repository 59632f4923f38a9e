/* The key's file, and what a process that reads it must not leave behind. */
#include "pipeline/keyfile.h"

#include "core/error.h"
#include "core/io/secret.h"
#include "pipeline/secrets.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define SECTION "crypt"
#define KEY "key_file"
#define OLD_KEYS "old_key_files"

char *sp_keyfile_resolve(const SpContext *context, const char *setting, const char *set,
                         GError **error)
{
    g_autofree char *secret = sp_secret_setting(context, setting, set, error);
    return secret == NULL ? NULL : sp_secret_locate(secret, error);
}

char *sp_keyfile_path(const SpContext *context, GError **error)
{
    const char *set = sp_config_value(context->config, SECTION, KEY);
    if (set == NULL || set[0] == '\0') {
        return g_strconcat(context->workspace, ".key", NULL);
    }
    return sp_keyfile_resolve(context, SP_KEYFILE_SETTING, set, error);
}

gboolean sp_keyfile_make(const SpContext *context, GError **error)
{
    g_autofree char *path =
        sp_keyfile_close_process(error) ? sp_keyfile_path(context, error) : NULL;
    if (path == NULL) {
        return FALSE;
    }
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_autoptr(SpKey) key = sp_key_read(path, error);
        return key != NULL;
    }
    if (!sp_key_create(path, error)) {
        g_prefix_error(error, SP_KEYFILE_SETTING ": ");
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO,
           "%s is the key of person-level data; keep a copy of it in a safe place: without it "
           "nothing can be read again",
           path);
    return TRUE;
}

gboolean sp_keyfile_close_process(GError **error)
{
    const struct rlimit none = {0, 0};
    return (setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0) ||
           sp_error_set(error, SP_ERROR_BUG, "core dumps cannot be switched off");
}

SpKey *sp_keyfile_read(const SpContext *context, GError **error)
{
    g_autofree char *path =
        sp_keyfile_close_process(error) ? sp_keyfile_path(context, error) : NULL;
    SpKey *key = path == NULL ? NULL : sp_key_read(path, error);
    if (key == NULL && path != NULL) {
        g_prefix_error(error, SP_KEYFILE_SETTING ", the key of person-level data (init makes it; "
                                                 "restore it from its copy): ");
    }
    return key;
}

SpKey *sp_keyfile_read_for(const SpContext *context, const char *snapshot, GError **error)
{
    g_autoptr(SpKey) now = sp_keyfile_read(context, error);
    const char *set = sp_config_value(context->config, SECTION, OLD_KEYS);
    if (now == NULL || set == NULL || sp_crypt_opens(now, snapshot)) {
        return g_steal_pointer(&now);
    }
    g_auto(GStrv) names = g_strsplit_set(set, ", \t", -1);
    for (char **name = names; *name != NULL; name++) {
        if ((*name)[0] == '\0') {
            continue;
        }
        g_autofree char *path = sp_keyfile_resolve(context, SP_KEYFILE_OLD_SETTING, *name, error);
        g_autoptr(SpKey) old = path == NULL ? NULL : sp_key_read(path, error);
        if (old == NULL) {
            g_prefix_error(error, SP_KEYFILE_OLD_SETTING ": ");
            return NULL;
        }
        if (sp_crypt_opens(old, snapshot)) {
            return g_steal_pointer(&old);
        }
    }
    return g_steal_pointer(&now);
}
