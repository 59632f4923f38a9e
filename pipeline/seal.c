/* Notice, sums, signature. */
#include "pipeline/seal.h"

#include "core/io/files.h"
#include "core/table.h"
#include "outputs/archive/sums.h"
#include "outputs/signature/signature.h"
#include "pipeline/catalogue.h"
#include "pipeline/signkey.h"

#include <string.h>

static gboolean write_notice(const char *folder, const char *notice, GError **error)
{
    g_autofree char *name = g_strdelimit(g_strdup_printf("%s.txt", notice), "/", '-');
    g_autofree char *file = g_build_filename(folder, name, NULL);
    g_autofree char *text = g_strdup_printf("%s\n", notice);
    return sp_file_write(file, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}

static gboolean sign(const SpContext *context, const char *folder, const SpSealed *sealed,
                     const char *notice, GError **error)
{
    g_autoptr(SpSigner) signer = NULL;
    const SpSignature of = {.edition = sealed->edition, .folder = sealed->name, .notice = notice};
    return sp_signkey_read(context, &signer, error) &&
           (signer == NULL || sp_signature_write(signer, folder, &of, error));
}

gboolean sp_seal_write(const SpContext *context, const char *folder, const SpSealed *sealed,
                       GError **error)
{
    g_autofree char *path = sp_context_data_path(context, "texts.csv");
    g_autoptr(SpTexts) texts = sp_catalogue_texts(path, error);
    if (texts == NULL) {
        return FALSE;
    }
    const char *notice = (sealed->marks & SP_MARK_SYNTHETIC) == 0
                             ? NULL
                             : sp_texts_find(texts, "notice.syntetisk", "nb");
    return (notice == NULL || write_notice(folder, notice, error)) &&
           sp_sums_write(folder, SP_MODE_PUBLIC_FILE, error) &&
           sign(context, folder, sealed, notice, error);
}
