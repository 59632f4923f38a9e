/** The key that person-level data is encrypted with: a file outside the workspace. */
#ifndef SP_PIPELINE_KEYFILE_H
#define SP_PIPELINE_KEYFILE_H

#include "core/io/crypt.h"
#include "pipeline/context.h"

/** The setting that names it: a path, relative to the file that sets it; unset: the workspace's own
 * path with ".key" after it. */
#define SP_KEYFILE_SETTING "crypt.key_file"

/** Where the key is. g_free. SP_ERROR_CONFIG when that is inside the workspace. */
char *sp_keyfile_path(const SpContext *context, GError **error);

/** The path of a secret that stands in a setting (pipeline/secrets.h). g_free. SP_ERROR_CONFIG also
 * when it is a credential that systemd does not give. */
char *sp_keyfile_resolve(const SpContext *context, const char *setting, const char *set,
                         GError **error);

/** Before a key, and perhaps plain text, comes into memory: no core dump from here on, and nobody
 * of the same user looks in. */
gboolean sp_keyfile_close_process(GError **error);

/** Makes the key if there is none; one that is there must be a key. */
gboolean sp_keyfile_make(const SpContext *context, GError **error);

/** Reads it. From then on the process leaves no core dump and cannot be looked into by others of
 * the same user. SP_ERROR_NO_INPUT names the setting and the remedy. */
SpKey *sp_keyfile_read(const SpContext *context, GError **error);

/** Keys of earlier, by path as SP_KEYFILE_SETTING, parted by blanks or commas: they open what was
 * encrypted before the key was changed, and encrypt nothing. */
#define SP_KEYFILE_OLD_SETTING "crypt.old_key_files"

/** The key that opens an encrypted snapshot: the key of today or one of earlier; that of today when
 * none does, so that reading tells what is wrong. Errors as sp_keyfile_read, of any key named. */
SpKey *sp_keyfile_read_for(const SpContext *context, const char *snapshot, GError **error);

#endif
