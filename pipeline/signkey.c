/* Where the key of editions is, and who reads it. */
#include "pipeline/signkey.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/io/files.h"
#include "outputs/signature/signature.h"
#include "pipeline/keyfile.h"

#include <string.h>

#define SECTION "signature"
#define KEY "key_file"
#define OLD "old_public_keys"
#define PUBLIC_INPUT "signature.public_key"
#define WHAT                                                                                       \
    SP_SIGNKEY_SETTING                                                                             \
    ", the key that editions are signed with (init makes it; none: they are not): "

enum { MAX_PUBLIC_SIZE = 1024 };

/* *path is NULL when nothing is signed. */
static gboolean find_path(const SpContext *context, char **path, GError **error)
{
    const char *set = sp_config_value(context->config, SECTION, KEY);
    *path = NULL;
    if (context->options.trial != NULL || g_strcmp0(set, "none") == 0) {
        return TRUE;
    }
    *path = set == NULL || set[0] == '\0'
                ? g_strconcat(context->workspace, ".sign.key", NULL)
                : sp_keyfile_resolve(context, SP_SIGNKEY_SETTING, set, error);
    return *path != NULL;
}

static char *public_path(const char *path)
{
    return g_strconcat(path, ".pub", NULL);
}

static gboolean read_public(const char *path, SpPublicKey *key, GError **error)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MAX_PUBLIC_SIZE, &size, error);
    return text != NULL &&
           (sp_public_key_parse(text, key) ||
            sp_error_set(error, SP_ERROR_CONFIG,
                         "%s is not a public key of minisign; move it away and run statpakke init, "
                         "which writes it anew",
                         path));
}

/* The public part that others are given is the one of the key that signs. */
static gboolean check_public(const SpSigner *signer, const char *path, GError **error)
{
    SpPublicKey own, given;
    g_autofree char *beside = public_path(path);
    if (!g_file_test(beside, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    if (!read_public(beside, &given, error)) {
        return FALSE;
    }
    sp_signer_public(signer, &own);
    return memcmp(&own, &given, sizeof own) == 0 ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "%s is not the public part of %s; move it away and run statpakke init, "
                        "which writes it anew",
                        beside, path);
}

/* *signer is NULL when the path is. */
static gboolean read_signer(const char *path, SpSigner **signer, GError **error)
{
    *signer = NULL;
    if (path == NULL) {
        return TRUE;
    }
    g_autoptr(SpSigner) read = sp_keyfile_close_process(error) ? sp_signer_read(path, error) : NULL;
    if (read == NULL || !check_public(read, path, error)) {
        g_prefix_error(error, WHAT);
        return FALSE;
    }
    *signer = g_steal_pointer(&read);
    return TRUE;
}

gboolean sp_signkey_read(const SpContext *context, SpSigner **signer, GError **error)
{
    g_autofree char *path = NULL;
    *signer = NULL;
    return find_path(context, &path, error) && read_signer(path, signer, error);
}

gboolean sp_signkey_make(const SpContext *context, GError **error)
{
    SpPublicKey key;
    g_autofree char *path = NULL;
    g_autoptr(SpSigner) signer = NULL;
    if (!find_path(context, &path, error)) {
        return FALSE;
    }
    if (path == NULL) {
        return TRUE;
    }
    g_autofree char *beside = public_path(path);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        if (!sp_keyfile_close_process(error) || !sp_signer_create(path, error)) {
            g_prefix_error(error, SP_SIGNKEY_SETTING ": ");
            return FALSE;
        }
        sp_log(
            &context->log, SP_LOG_INFO,
            "%s is the key that editions are signed with; keep a copy of it in a safe place, and "
            "give %s to those who receive them",
            path, beside);
    }
    if (!read_signer(path, &signer, error)) {
        return FALSE;
    }
    sp_signer_public(signer, &key);
    return g_file_test(beside, G_FILE_TEST_EXISTS) || sp_public_key_write(&key, beside, error);
}

gboolean sp_signkey_public(const SpContext *context, SpPublicKey *key, gboolean *is_signed,
                           GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr(SpSigner) signer = NULL;
    if (!find_path(context, &path, error)) {
        return FALSE;
    }
    *is_signed = path != NULL;
    if (path == NULL) {
        return TRUE;
    }
    g_autofree char *beside = public_path(path);
    if (g_file_test(beside, G_FILE_TEST_EXISTS)) {
        return read_public(beside, key, error);
    }
    if (!read_signer(path, &signer, error)) {
        return FALSE;
    }
    sp_signer_public(signer, key);
    return TRUE;
}

gboolean sp_signkey_text(const SpContext *context, char **text, GError **error)
{
    SpPublicKey key;
    gboolean is_signed = FALSE;
    *text = NULL;
    if (!sp_signkey_public(context, &key, &is_signed, error)) {
        return FALSE;
    }
    *text = is_signed ? sp_public_key_format(&key) : NULL;
    return TRUE;
}

gboolean sp_signkey_need(SpUnit *unit, GError **error)
{
    SpPublicKey key;
    g_autoptr(SpSigner) signer = NULL;
    if (!sp_signkey_read(unit->context, &signer, error)) {
        return FALSE;
    }
    if (signer != NULL) {
        sp_signer_public(signer, &key);
        g_autofree char *text = sp_public_key_format(&key);
        char hash[SP_HASH_SIZE];
        sp_hash_bytes(text, strlen(text), hash);
        sp_unit_need_record(unit, PUBLIC_INPUT, hash);
    }
    return TRUE;
}

/* A key that editions of before the change are signed with. */
static gboolean is_of_old(const SpContext *context, const SpTree *tree, gboolean *is,
                          GError **error)
{
    const char *set = sp_config_value(context->config, SECTION, OLD);
    g_auto(GStrv) texts = g_strsplit_set(set != NULL ? set : "", ", ", -1);
    *is = FALSE;
    for (char **text = texts; *text != NULL && !*is; text++) {
        SpPublicKey key;
        if (**text == '\0') {
            continue;
        }
        if (!sp_public_key_parse(*text, &key)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                SP_SIGNKEY_OLD_SETTING ": \"%s\" is not a public key of minisign; "
                                                       "want the 56 characters of its .pub file",
                                *text);
        }
        *is = sp_signature_check(&key, tree, NULL, NULL);
    }
    return TRUE;
}

gboolean sp_signkey_check(const SpContext *context, const char *folder, GError **error)
{
    SpPublicKey key;
    gboolean is_signed = FALSE;
    gboolean is_old = FALSE;
    g_autoptr(GError) other = NULL;
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    if (!sp_signkey_public(context, &key, &is_signed, error)) {
        return FALSE;
    }
    if (!is_signed || sp_signature_check(&key, tree, NULL, &other)) {
        return TRUE;
    }
    if (!is_of_old(context, tree, &is_old, error)) {
        return FALSE;
    }
    if (!is_old) {
        g_propagate_error(error, g_steal_pointer(&other));
    }
    return is_old;
}
