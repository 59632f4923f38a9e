/* publish.approval, and the files of approvals/. */
#include "pipeline/approval.h"

#include "core/error.h"
#include "core/io/files.h"

#include <string.h>

enum { MAX_APPROVAL_SIZE = 65536 };

gboolean sp_approval_is_manual(const SpContext *context, gboolean *is_manual, GError **error)
{
    static const char *const keys[] = {SP_APPROVAL_SETTING};
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    const char *word = sp_settings_text(settings, SP_APPROVAL_SETTING, error);
    if (word == NULL) {
        return FALSE;
    }
    *is_manual = strcmp(word, "manual") == 0;
    return *is_manual || strcmp(word, "auto") == 0 ||
           sp_error_set(error, SP_ERROR_CONFIG, SP_APPROVAL_SETTING " = %s: want auto or manual",
                        word);
}

gboolean sp_approval_find(const SpContext *context, const char *edition, gboolean *is_approved,
                          GError **error)
{
    gsize size = 0;
    g_autofree char *path = sp_context_path(context, SP_APPROVAL_FOLDER, edition, NULL);
    *is_approved = g_file_test(path, G_FILE_TEST_EXISTS);
    if (!*is_approved) {
        return TRUE;
    }
    g_autofree char *text = sp_file_read(path, MAX_APPROVAL_SIZE, &size, error);
    if (text == NULL) {
        return FALSE;
    }
    text[strcspn(text, "\r\n")] = '\0';
    const char *who = g_strstrip(text);
    if (who[0] == '\0') {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s names nobody; its first line says who approves the edition", path);
    }
    sp_log(&context->log, SP_LOG_INFO, "edition %s is approved by %s", edition, who);
    return TRUE;
}
