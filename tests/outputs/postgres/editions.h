/** Editions of two small packages, one in bokmål and one in nynorsk, that hold the same figures. */
#ifndef SP_TESTS_OUTPUTS_POSTGRES_EDITIONS_H
#define SP_TESTS_OUTPUTS_POSTGRES_EDITIONS_H

#include "outputs/postgres/portal.h"

/** Names of editions, the oldest first. */
#define FIRST "2026-02-25-1a2b3c4d"
#define SECOND "2026-03-25-2b3c4d5e"
#define THIRD "2026-04-25-3c4d5e6f"
#define FOURTH "2026-05-25-4d5e6f70"

/** Makes an edition's folder below a root, with texts that break COPY where nobody quotes them. Its
 * path, g_free. */
char *edition_make(const char *root, const char *edition);
/** Replaces a text of a file of an edition's package, which must be there. */
void edition_alter(const char *folder, const char *file, const char *old, const char *new);

#endif
