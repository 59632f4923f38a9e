/** Deterministic zip archives by libzip: same files, same bytes. */
#ifndef SP_CORE_IO_ZIP_H
#define SP_CORE_IO_ZIP_H

#include <glib.h>

/**
 * Packs all regular files below `folder` into a new archive at `path`: entries in byte order under
 * `prefix` ("" or "name/"), deflate level 1 (core/io/zip_pack.h), mode 0644, every time stamp
 * 1980-01-01 00:00:00, no extra fields. `path` must not exist and not lie below `folder`; the
 * archive has mode 0644 and is fsynced. Errors: SP_ERROR_CANT_CREATE (`path` exists, or its
 * folder does not), SP_ERROR_NO_INPUT (no `folder`, or no file below it), SP_ERROR_DATA (a name
 * that is not UTF-8, a symbolic link), SP_ERROR_PERMISSION, SP_ERROR_IO; no archive is left.
 */
gboolean sp_zip_write(const char *path, const char *folder, const char *prefix, GError **error);

#endif
