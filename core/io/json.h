/** JSON documents by jansson. Its types show here; there is no tree of our own. */
#ifndef SP_CORE_IO_JSON_H
#define SP_CORE_IO_JSON_H

#include <glib.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/**
 * Parses a whole document; a byte order mark is skipped, a key that repeats in an object is an
 * error. SP_ERROR_DATA names `origin`, line and column, says so when the bytes look like HTML or
 * PX, and what to do.
 */
json_t *sp_json_parse(const char *bytes, gsize size, const char *origin, GError **error);
/** The same from a file: also the errors of sp_file_read. */
json_t *sp_json_read(const char *path, gsize max_size, GError **error);
/** Two-blank indent, keys in the order they were set, LF at the end, reals rounded as by
 * sp_number_round and whole ones written as whole numbers. g_free. */
char *sp_json_format(const json_t *json);
/** The same in one line, without blanks. g_free. */
char *sp_json_format_compact(const json_t *json);

#endif
