/** The keys that a scenario may have. */
#ifndef SP_TRANSFORMS_PROJECT_SCENARIO_KEYS_H
#define SP_TRANSFORMS_PROJECT_SCENARIO_KEYS_H

#include "transforms/project/scenario.h"

/**
 * Sets one key of a section from its text (scenario.h tells what each may be).
 *
 *   words  `befolkningsbane`, or NULL
 *
 * SP_ERROR_CONFIG names the key and what it may be, or the keys or sections there are; `scenario`
 * is then unspecified.
 */
gboolean sp_scenario_set(SpScenario *scenario, const char *section, const char *name,
                         const char *text, const SpTable *words, GError **error);

/** What must stand in a scenario for a key to change anything, where it does not: "family_care =
 * constant". NULL when the key acts. */
const char *sp_scenario_key_needs(const SpScenario *scenario, const char *section,
                                  const char *name);

#endif
