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

gboolean sp_signature_check(const SpPublicKey *key, const SpTree *tree, GError **error)
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
    return signature != NULL && sp_signature_verify(key, &what, signature, NULL, error);
}
