/* Any text as a layout and as settings. */
#include "core/config.h"
#include "core/layout.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("fuzz", text, &error);
    fuzz_check_outcome(layout != NULL, &error);
    g_autoptr(SpConfig) config = sp_config_new();
    gboolean ok = sp_config_add(config, "fuzz", text, &error);
    fuzz_check_outcome(ok, &error);
    return 0;
}
