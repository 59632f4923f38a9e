/** Person-level deliveries: from inbox/SOURCE/ to encrypted snapshots. */
#ifndef SP_PIPELINE_INTAKE_H
#define SP_PIPELINE_INTAKE_H

#include "pipeline/context.h"
#include "pipeline/inbox_pattern.h"

/**
 * Takes in every file of inbox/SOURCE/ whose name fits `pattern`, in byte order of names: its
 * encrypted snapshot is written and fsynced, then the receipt NAME.mottatt.json (name, size, time),
 * then the file is removed. Plain text is never written. Of the files of one delivery the last by
 * name is in use, also when an earlier name arrives after it. Nothing new is no error once there is
 * a snapshot.
 *
 *   marks    of the snapshots
 *   *is_new  some snapshot in use is another than before
 *
 * SP_ERROR_NO_INPUT when nothing was ever delivered; SP_ERROR_DATA for what is no regular file or
 * is empty; SP_ERROR_TRY_LATER for a file that changed while it was read. A file that was refused
 * stays, and keeps none of the others waiting.
 */
gboolean sp_intake_persons(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                           guint marks, gboolean *is_new, GError **error);

#endif
