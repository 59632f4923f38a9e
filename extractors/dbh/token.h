/** The token of DBH, which unrounded figures need: a file of its owner's alone, outside settings,
 * messages and logs. */
#ifndef SP_EXTRACTORS_DBH_TOKEN_H
#define SP_EXTRACTORS_DBH_TOKEN_H

#include <glib.h>

/**
 * The value of the header Authorization from a file that holds the token (one line; how it is got
 * from the client credentials is HK-dir's own affair). A path that is not absolute is below
 * `base_folder`. g_free.
 *
 * Errors name the path and nothing of the content: SP_ERROR_DATA when it is not one word of
 * visible characters; those of core/io/secret.h.
 */
char *sp_dbh_token_read(const char *path, const char *base_folder, GError **error);

#endif
