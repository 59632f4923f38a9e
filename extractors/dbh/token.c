/* The token's file. */
#include "extractors/dbh/token.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/secret.h"

#include <string.h>

enum { MAX_TOKEN = 16 * 1024 };

char *sp_dbh_token_read(const char *path, const char *base_folder, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(path, base_folder);
    gsize size = 0;
    g_autofree char *checked = sp_secret_check(full, error);
    g_autofree char *text = checked != NULL ? sp_file_read(checked, MAX_TOKEN, &size, error) : NULL;
    if (text == NULL) {
        g_prefix_error(error, "token_file: ");
        return NULL;
    }
    g_strstrip(text);
    gboolean is_word = *text != '\0';
    for (const char *c = text; *c != '\0'; c++) {
        is_word = is_word && g_ascii_isgraph(*c);
    }
    if (!is_word) {
        sp_error_set(error, SP_ERROR_DATA, "token_file %s: want one line with the token", full);
        return NULL;
    }
    return g_strconcat("Bearer ", text, NULL);
}
