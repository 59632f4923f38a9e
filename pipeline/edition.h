/** Editions: what lies in packages/. */
#ifndef SP_PIPELINE_EDITION_H
#define SP_PIPELINE_EDITION_H

#include "pipeline/context.h"

/** Name of the edition that `current` points at; NULL if none. g_free. */
char *sp_edition_current(const SpContext *context);

/** "2026-02-25-1a2b3c4d": the day of the newest source's own time, and eight digits of the key.
 * g_free. */
char *sp_edition_name(const char *updated, const char *key);

/** TRUE if a name in packages/ is one of an edition. */
gboolean sp_edition_is_name(const char *name);

/** Units of the package stage in the order of config/fylker.csv: fylke codes, "0" last. g_strfreev.
 */
char **sp_edition_units(SpContext *context, GError **error);

/**
 * The edition that the package stage's current units make up, with their marks or-ed.
 * SP_ERROR_NO_INPUT when a unit is missing, SP_ERROR_DATA when they are of different editions (some
 * were rerun alone).
 */
char *sp_edition_made(SpContext *context, guint *marks, GError **error);

/**
 * Holds an edition's folder against its signature (pipeline/signkey.h) and its SHA256SUMS
 * (outputs/archive/sums.h), whose errors are its own. Not against the sums if all its files are, by
 * what the file system says of them, those of the last time that they were found right: then no
 * file is read, and a night without news costs nothing. What decays on the disk unnoticed is
 * `verify`'s to find.
 */
gboolean sp_edition_check(const SpContext *context, const char *folder, GError **error);

/** Whether the audit has passed an edition, by its report, which names the SHA256SUMS that it
 * looked at: SP_ERROR_DATA if not, or if they are others by now. Looks at no other file. */
gboolean sp_edition_check_audit(const SpContext *context, const char *edition, GError **error);

#endif
