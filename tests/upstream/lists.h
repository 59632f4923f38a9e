/** "CODE:TEXT|CODE:TEXT" lists of the small descriptions (kuhr.ini, dbh.ini, udir.ini). */
#ifndef SP_TESTS_UPSTREAM_LISTS_H
#define SP_TESTS_UPSTREAM_LISTS_H

#include <glib.h>

/** A description of the tables' folder; NULL when it is not there or no INI. g_key_file_unref. */
GKeyFile *fake_list_open(const char *folder, const char *name);
/** char ** of each entry, its parts split at ':'. Empty when there is no such key. Unref. */
GPtrArray *fake_list_read(GKeyFile *file, const char *section, const char *key);
/** Part `part` of entry i; "" when it has fewer. Borrowed. */
const char *fake_list_part(const GPtrArray *list, guint i, guint part);
/** Whether `wanted` (NULL-terminated) is empty or holds the text. */
gboolean fake_list_wants(char **wanted, const char *text);
/** The whole number of a text, `fallback` when it is none (or NULL). */
gint64 fake_list_number(const char *text, gint64 fallback);

#endif
