/** What every simulated source is: a name and a writer of its extracts in their real form. One line
 * in sources.def adds one. */
#ifndef SP_SIMULATE_SOURCE_H
#define SP_SIMULATE_SOURCE_H

#include "pipeline/simulate/model.h"

typedef struct {
    const char *name;
    const char *summary;
    gboolean is_personal; /* rows about persons: left out at --level facts, and scaled */
    /** Writes below `folder` (extracts/..., inbox/SOURCE/...). Several run at once: the model is
     * only read. */
    gboolean (*write)(const SpSimModel *model, const char *folder, GError **error);
} SpSimSource;

/** Those of sources.def, in its order. */
gsize sp_sim_sources_size(void);
const SpSimSource *sp_sim_sources_at(gsize i);

#endif
