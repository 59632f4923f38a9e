/** From the bytes of a source to a table in our codes, by the layouts and code lists of config/. */
#ifndef SP_TESTS_EXTRACTORS_FACTS_H
#define SP_TESTS_EXTRACTORS_FACTS_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/table.h"

/** Parses bytes by the layout NAME with the extractor of `source`, and normalises codes. NULL with
 * error. */
SpTable *facts_parse(const char *source, const char *name, const char *bytes, gsize size,
                     SpQuality *quality, GError **error);
/** The same for a text that must be good. */
SpTable *facts_of(const char *source, const char *name, const char *text);
/** Fails unless the text is refused with a message that holds `part`. */
void facts_check_refused(const char *source, const char *name, const char *text, const char *part);

#endif
