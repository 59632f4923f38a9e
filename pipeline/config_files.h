/**
 * Settings in layers, of which later ones win:
 *   1. the project's own defaults, config/statpakke.conf
 *   2. the machine's: statpakke.conf in /etc/statpakke (of a build that is not installed there,
 *      where it would be), or in the folder that STATPAKKE_ETC names
 *   3. the user's: statpakke/statpakke.conf in XDG_CONFIG_HOME, or in ~/.config
 *   4. the workspace's: the files that its statpakke.conf names, then that file itself
 *   5. the environment's: STATPAKKE_SET, lines "section.key=value"
 *   6. --config, in the order given
 *   7. --set, in the order given
 * Of 2 and 3 either may be absent.
 */
#ifndef SP_PIPELINE_CONFIG_FILES_H
#define SP_PIPELINE_CONFIG_FILES_H

#include "pipeline/context.h"

/** Origin of what the environment sets (sp_config_origin). */
#define SP_CONFIG_ENVIRONMENT "STATPAKKE_SET"

/** Fills context->config and checks that every key is one that is read. SP_ERROR_CONFIG names file
 * and line; those of sp_file_read; SP_ERROR_USAGE of an assignment that is none. */
gboolean sp_config_files_read(SpContext *context, GError **error);

#endif
