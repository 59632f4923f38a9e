/** The browser that prints the report's first page, where `package.pdf` asks for it: a program of
 * the machine, whose version decides bytes of every package. */
#ifndef SP_PIPELINE_BROWSER_H
#define SP_PIPELINE_BROWSER_H

#include "pipeline/stage.h"

/** Whether something is to be printed: read through the stage's settings. */
#define SP_BROWSER_KEY "package.pdf"
/** Where the browser is: a path, or a name to look for in PATH. No part of a key. */
#define SP_BROWSER_SETTING "package.chromium"

/**
 * Declares what the browser says of its version as an input of the unit, where something is to be
 * printed. It is asked once for all units.
 * SP_ERROR_CONFIG, naming setting and package, when it is not there or does not tell.
 */
gboolean sp_browser_need(SpUnit *unit, GError **error);
/** Of a unit that has declared it; NULL when nothing is to be printed. Borrowed. */
const SpBrowser *sp_browser_of(const SpUnit *unit);

#endif
