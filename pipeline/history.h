/**
 * history/EDITION/ of the workspace: what the packages of a published edition show of sensitive
 * facts, each figure once, as tables of the names that they have there (core/io/tablefiles.h).
 * Readers have them for ever, and so nothing here is ever removed.
 */
#ifndef SP_PIPELINE_HISTORY_H
#define SP_PIPELINE_HISTORY_H

#include "pipeline/stage.h"

/**
 * Keeps the tables of config/skjermingslag.csv that the packages in `folder` show. *is_new: FALSE
 * if they show none of them, or an edition that is kept already shows the same; then nothing is
 * written. SP_ERROR_DATA where two packages show different figures of one key, SP_ERROR_CANT_CREATE
 * if another edition is kept under the name; nothing is left of it then.
 */
gboolean sp_history_keep(const SpContext *context, const char *folder, const char *edition,
                         gboolean *is_new, GError **error);

/** Declares all that is kept as inputs of the unit, but for the edition `except` (NULL: none). */
gboolean sp_history_need(SpUnit *unit, const char *except, GError **error);

/** Of the tables `names` (NULL-terminated) what each edition shows, as TABLE@EDITION
 * (transforms/protect/earlier.h), added to `into`. */
gboolean sp_history_read(const SpUnit *unit, const char *const *names, SpTables *into,
                         GError **error);

#endif
