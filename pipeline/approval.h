/** Whether somebody must say yes before an edition is served, and whether he has. */
#ifndef SP_PIPELINE_APPROVAL_H
#define SP_PIPELINE_APPROVAL_H

#include "pipeline/context.h"

/** auto: what has passed its audit is served; manual: it waits for approvals/EDITION. */
#define SP_APPROVAL_SETTING "publish.approval"
#define SP_APPROVAL_FOLDER "approvals"
/** What is told of an edition that waits: two times its name. */
#define SP_APPROVAL_WAITS                                                                          \
    "edition %s waits for approval: look at it, and write who approves it "                        \
    "into " SP_APPROVAL_FOLDER "/%s"

/** TRUE if editions wait. SP_ERROR_CONFIG when the setting is neither of the two. */
gboolean sp_approval_is_manual(const SpContext *context, gboolean *is_manual, GError **error);

/**
 * Whether an edition is approved: the workspace has approvals/EDITION, a text whose first line says
 * who approves; what follows is free. An edition is another one as soon as
 * anything in it is, so that a name approves just what was seen. SP_ERROR_DATA when the file names
 * nobody.
 */
gboolean sp_approval_find(const SpContext *context, const char *edition, gboolean *is_approved,
                          GError **error);

#endif
