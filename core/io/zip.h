/** Deterministic zip archives by libzip: same files, same bytes. */
#ifndef SP_CORE_IO_ZIP_H
#define SP_CORE_IO_ZIP_H

#include <glib.h>

/**
 * Packs all regular files below `folder` into a new archive at `path`: entries in byte order under `prefix` ("" or "name/"),
 * deflate level 6, mode 0644, every time stamp 1980-01-01 00:00:00, no extra fields. `path` must not exist.
 */
gboolean sp_zip_write(const char *path, const char *folder, const char *prefix, GError **error);

#endif
