/** Editions: what lies in packages/. */
#ifndef SP_PIPELINE_EDITION_H
#define SP_PIPELINE_EDITION_H

#include "pipeline/context.h"

/** Name of the edition that `current` points at; NULL if none. g_free. */
char *sp_edition_current(const SpContext *context);

/** "2026-02-25-1a2b3c4d": the day of the newest source's own time, and eight digits of the key.
 * g_free. */
char *sp_edition_name(const char *updated, const char *key);

/** Units of the package stage in the order of config/fylker.csv: fylke codes, "0" last. g_strfreev.
 */
char **sp_edition_units(SpContext *context, GError **error);

/**
 * The edition that the package stage's current units make up, with their marks or-ed.
 * SP_ERROR_NO_INPUT when a unit is missing, SP_ERROR_DATA when they are of different editions (some
 * were rerun alone).
 */
char *sp_edition_made(SpContext *context, guint *marks, GError **error);

#endif
