/* run.json. */
#include "pipeline/runfile.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "core/period.h"

#include <string.h>

gboolean sp_runfile_write(const SpContext *context, const SpStageOutcome outcomes[], gsize n,
                          const char *message, const char *edition, GError **error)
{
    g_autofree char *started = sp_time_format(context->now);
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, context->run);
    g_autofree char *folder = sp_context_path(context, "runs", name, NULL);
    g_autofree char *path = g_build_filename(folder, "run.json", NULL);
    json_t *stages = json_array();
    for (gsize i = 0; i < n; i++) {
        json_array_append_new(stages, json_pack("{s:s, s:i, s:f}", "stage", outcomes[i].stage,
                                                "exit_status", outcomes[i].exit_status, "seconds",
                                                outcomes[i].seconds));
    }
    g_autoptr(json_t) json =
        json_pack("{s:I, s:s, s:o, s:s*, s:s*}", "run", (json_int_t)context->run, "started",
                  started, "stages", stages, "edition", edition, "message", message);
    g_autofree char *text = sp_json_format(json);
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}
