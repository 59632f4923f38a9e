/**
 * SHA256SUMS of a folder, in the form that coreutils' sha256sum writes and checks: "HEX  PATH", one
 * file a line, paths relative to the folder, in byte order. A path that holds a line feed, carriage
 * return or backslash is written escaped with a backslash before the line, as sha256sum does. The
 * file itself and its signature (SHA256SUMS.minisig), both at the top of the folder, are not
 * listed.
 */
#ifndef SP_OUTPUTS_ARCHIVE_SUMS_H
#define SP_OUTPUTS_ARCHIVE_SUMS_H

#include "core/io/tree.h"

#define SP_SUMS_NAME "SHA256SUMS"
#define SP_SUMS_SIGNATURE_NAME SP_SUMS_NAME ".minisig"

enum { SP_SUMS_MAX_SIZE = 256 * 1024 * 1024 };

/** Hashes all files below the folder and writes FOLDER/SHA256SUMS, replacing one that is there.
 * Errors of core/io/files. */
gboolean sp_sums_write(const char *folder, guint mode, GError **error);

/**
 * Holds the folder against its SHA256SUMS. SP_ERROR_DATA names the files that are missing, not
 * listed or altered (the first ten, and how many more), or the line that is none of sha256sum's or
 * leads out of the folder; SP_ERROR_NO_INPUT without a SHA256SUMS.
 */
gboolean sp_sums_check(const char *folder, GError **error);
/** The same of a folder or an archive. */
gboolean sp_sums_check_tree(const SpTree *tree, GError **error);

#endif
