/**
 * A workspace that several users work in. init makes its folder the group's, writable and handing
 * the group on (02771), and all that is made in it follows its folder (core/io/files.h); packages
 * are readable by all as ever, and keys, snapshots about persons and the log of who decrypted them
 * are of the user who made them alone.
 */
#ifndef SP_PIPELINE_GROUP_H
#define SP_PIPELINE_GROUP_H

#include "pipeline/context.h"

/** The setting: a name of a group; unset or empty: the workspace is its owner's alone. */
#define SP_GROUP_SETTING "workspace.group"

/** The group; NULL: none is set. Borrowed. */
const char *sp_group_name(const SpContext *context);

/** Once the settings are read: the umask by which files can be the group's. */
void sp_group_enter(const SpContext *context);

/** Mode, and group where one is set, of the workspace's own folder. SP_ERROR_CONFIG when the
 * machine knows no such group, or who asks is not in it. */
gboolean sp_group_give(const SpContext *context, GError **error);

/** FALSE with SP_ERROR_CONFIG and the remedy when the workspace's folder is not as the setting
 * says.
 */
gboolean sp_group_check(const SpContext *context, GError **error);

#endif
