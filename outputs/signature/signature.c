/* Who made an edition, for those who have his public key. */
#include "outputs/signature/signature.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/archive/sums.h"

#include <string.h>

enum { MAX_SIGNATURE_SIZE = 4096 };

char *sp_signature_of(const SpSigner *signer, const SpSignature *of, const char *file,
                      const char *text)
{
    g_autofree char *comment = g_strdup_printf(
        "edition:%s\tfile:%s%s%s%s%s", of->edition, of->folder, of->folder[0] != '\0' ? "/" : "",
        file, of->notice != NULL ? "\t" : "", of->notice != NULL ? of->notice : "");
    return sp_signer_sign(signer, text, strlen(text), comment);
}

gboolean sp_signature_write(const SpSigner *signer, const char *folder, const SpSignature *of,
                            GError **error)
{
    gsize size = 0;
    g_autofree char *sums = g_build_filename(folder, SP_SUMS_NAME, NULL);
    g_autofree char *beside = g_build_filename(folder, SP_SUMS_SIGNATURE_NAME, NULL);
    g_autofree char *text = sp_file_read(sums, SP_SUMS_MAX_SIZE, &size, error);
    if (text == NULL) {
        return FALSE;
    }
    g_autofree char *signature = sp_signature_of(signer, of, SP_SUMS_NAME, text);
    return sp_file_write(beside, signature, strlen(signature), SP_MODE_PUBLIC_FILE, error);
}

void sp_signature_told_clear(SpSignatureTold *told)
{
    g_free(told->edition);
    g_free(told->folder);
    *told = (SpSignatureTold){0};
}

/* "edition:E\tfile:FOLDER/SHA256SUMS\tNOTICE", as sp_signature_of writes it. */
static void read_comment(const char *comment, SpSignatureTold *told)
{
    static const char edition[] = "edition:";
    static const char file[] = "file:";
    g_auto(GStrv) parts = g_strsplit(comment, "\t", -1);
    *told = (SpSignatureTold){0};
    for (char **part = parts; *part != NULL; part++) {
        if (g_str_has_prefix(*part, edition) && told->edition == NULL) {
            told->edition = g_strdup(*part + strlen(edition));
        } else if (g_str_has_prefix(*part, file) && told->folder == NULL) {
            const char *path = *part + strlen(file);
            const char *slash = strrchr(path, '/');
            told->folder = slash != NULL ? g_strndup(path, (gsize)(slash - path)) : g_strdup("");
        }
    }
    told->edition = told->edition != NULL ? told->edition : g_strdup("");
    told->folder = told->folder != NULL ? told->folder : g_strdup("");
}

gboolean sp_signature_check(const SpPublicKey *key, const SpTree *tree, SpSignatureTold *told,
                            GError **error)
{
    gsize size = 0;
    gsize signature_size = 0;
    g_autofree char *name = sp_tree_path(tree, SP_SUMS_NAME);
    g_autofree char *text = sp_tree_read(tree, SP_SUMS_NAME, SP_SUMS_MAX_SIZE, &size, error);
    if (text == NULL) {
        return FALSE;
    }
    if (!sp_tree_has(tree, SP_SUMS_SIGNATURE_NAME)) {
        return sp_error_set(
            error, SP_ERROR_NO_INPUT,
            "%s is not signed: there is no %s; fetch it from where it was published", name,
            SP_SUMS_SIGNATURE_NAME);
    }
    g_autofree char *signature =
        sp_tree_read(tree, SP_SUMS_SIGNATURE_NAME, MAX_SIGNATURE_SIZE, &signature_size, error);
    const SpSigned what = {.bytes = text, .size = size, .name = name};
    g_autofree char *comment = NULL;
    if (signature == NULL || !sp_signature_verify(key, &what, signature, &comment, error)) {
        return FALSE;
    }
    if (told != NULL) {
        read_comment(comment, told);
    }
    return TRUE;
}
