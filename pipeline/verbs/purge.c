/* purge: takes away what the policy of section [purge] says has outlived its days. */
#include "pipeline/keep/purge.h"
#include "pipeline/program.h"

enum { SECONDS_OF_DAY = 24 * 60 * 60 };

static gboolean tell(const GPtrArray *found, GError **error)
{
    guint64 bytes = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const SpOutlived *outlived = found->pdata[i];
        g_autofree char *size = g_format_size(outlived->bytes);
        g_string_append_printf(text, "%s: %s (%s)\n", outlived->what, outlived->why, size);
        bytes += outlived->bytes;
    }
    g_autofree char *all = g_format_size(bytes);
    g_string_append_printf(text, "%u would be removed, %s\n", found->len, all);
    return sp_program_print(text->str, error);
}

/* What was kept of persons and is no more can be shown afterwards: runs/RUN/log. */
static gboolean remove_all(const SpContext *context, const GPtrArray *found, GError **error)
{
    for (guint i = 0; i < found->len; i++) {
        const SpOutlived *outlived = found->pdata[i];
        if (!sp_purge_remove(context, outlived, error)) {
            return FALSE;
        }
        sp_log(&context->log, SP_LOG_INFO, "removed %s: %s", outlived->what, outlived->why);
    }
    return TRUE;
}

static gboolean trim_ledger(SpContext *context, const SpSettings *settings, GError **error)
{
    gint64 days = 0;
    return sp_settings_int(settings, "purge.run_days", 0, 36500, &days, error) &&
           sp_ledger_trim(context->ledger, days > 0 ? context->now - days * SECONDS_OF_DAY : 0,
                          error);
}

static const char *const config_keys[] = {SP_PURGE_KEYS, NULL};

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    const gboolean is_dry = context->options.is_dry_run;
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, config_keys, G_N_ELEMENTS(config_keys) - 1);
    g_autoptr(GPtrArray) found = sp_purge_find(context, error);
    if (found == NULL || (!is_dry && (!remove_all(context, found, error) ||
                                      !trim_ledger(context, settings, error)))) {
        return FALSE;
    }
    return !is_dry || tell(found, error);
}

const SpProgram sp_program_purge = {
    .name = "purge",
    .summary = "Remove what has outlived the days of section [purge]: never what is needed",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_DRY_RUN | SP_TAKES_WAIT,
    .config_keys = config_keys,
    .run = run,
};
