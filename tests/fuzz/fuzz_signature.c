/*
 * Any text as a public key and as a signature. The key that signs here is made when the target
 * begins, so that no input can hold a signature of it; a true one in which one byte is another is
 * taken only where that byte is of the first line, which nobody signs.
 */
#include "core/io/files.h"
#include "core/io/minisign.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { KEY, SIGNATURE, CONTENT, N_PARTS };

static SpSigner *signer_new(void)
{
    g_autofree char *folder = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_CLAIM(folder != NULL);
    g_autofree char *path = g_build_filename(folder, "key", NULL);
    FUZZ_CLAIM(sp_signer_create(path, NULL));
    SpSigner *signer = sp_signer_read(path, NULL);
    FUZZ_CLAIM(signer != NULL && sp_folder_remove(folder, NULL));
    return signer;
}

static void check_key(const SpField *text)
{
    SpPublicKey key;
    SpPublicKey again;
    g_autofree char *given = g_strndup(text->text, text->size);
    if (sp_public_key_parse(given, &key)) {
        g_autofree char *told = sp_public_key_format(&key);
        FUZZ_CLAIM(sp_public_key_parse(told, &again) && memcmp(&key, &again, sizeof key) == 0);
    }
}

static gboolean is_taken(const SpSigner *signer, const SpField *content, const char *signature)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *comment = NULL;
    SpPublicKey key;
    const SpSigned what = {content->text, content->size, "fuzz"};
    sp_signer_public(signer, &key);
    gboolean ok = sp_signature_verify(&key, &what, signature, &comment, &error);
    FUZZ_CLAIM(!ok || (comment != NULL && g_utf8_validate(comment, -1, NULL)));
    fuzz_check_outcome(ok, &error);
    return ok;
}

static void check_altered(const SpSigner *signer, const SpField *content, const SpField *how)
{
    g_autofree char *signature =
        sp_signer_sign(signer, content->text, content->size, "of an edition");
    FUZZ_CLAIM(is_taken(signer, content, signature));
    if (how->size < 2) {
        return;
    }
    const gsize first_line = (gsize)(strchr(signature, '\n') - signature);
    const gsize at = (guchar)how->text[0] * strlen(signature) / 256;
    const char byte = how->text[1];
    const gboolean is_same = byte == signature[at];
    signature[at] = byte;
    FUZZ_CLAIM(!is_taken(signer, content, signature) || is_same || at <= first_line ||
               /* a line feed at the very end may be missing */
               signature[at + 1] == '\0');
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static SpSigner *signer;
    SpField parts[N_PARTS];
    if (signer == NULL) {
        signer = signer_new();
    }
    fuzz_parts(data, size, parts, N_PARTS);
    g_autofree char *signature = g_strndup(parts[SIGNATURE].text, parts[SIGNATURE].size);
    check_key(&parts[KEY]);
    FUZZ_CLAIM(!is_taken(signer, &parts[CONTENT], signature));
    check_altered(signer, &parts[CONTENT], &parts[SIGNATURE]);
    return 0;
}
