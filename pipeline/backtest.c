/* The back-test's unit. */
#include "pipeline/backtest.h"

#include "pipeline/facts.h"
#include "pipeline/projectfiles.h"
#include "transforms/project/project.h"

#include <string.h>

static gboolean is_needed(const SpUnit *unit, const char *dataset)
{
    g_autofree char *name = g_strdup_printf("normalise/%s", dataset);
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == SP_INPUT_STAGE && strcmp(input->name, name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_backtest_need_facts(SpUnit *unit, GError **error)
{
    if (!sp_facts_need(unit, "project.inputs", error) ||
        !sp_facts_need_fetched(unit, "project.inputs_if_fetched", error)) {
        return FALSE;
    }
    const char *text;
    if (!sp_settings_text_or(unit->settings, "project.backtest_inputs", NULL, &text, error)) {
        return FALSE;
    }
    g_auto(GStrv) names =
        text == NULL ? NULL : sp_settings_list(unit->settings, "project.backtest_inputs", error);
    g_auto(GStrv) units = sp_facts_units(unit->context, error);
    for (char **name = names; units != NULL && name != NULL && *name != NULL; name++) {
        if (g_strv_contains((const char *const *)units, *name) && !is_needed(unit, *name) &&
            !sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return units != NULL && (text == NULL || names != NULL);
}

gboolean sp_backtest_read_facts(SpUnit *unit, SpTables *into, GError **error)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
        if (input->kind == SP_INPUT_STAGE &&
            !sp_unit_take_into(unit, parts[0], parts[1], NULL, into, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_backtest_inputs(SpUnit *unit, GError **error)
{
    return sp_project_files_need(unit, SP_FILE_OF_BACKTEST, error) &&
           sp_backtest_need_facts(unit, error);
}

gboolean sp_backtest_make(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    return sp_project_files_read(unit->context, SP_FILE_OF_BACKTEST, in, error) &&
           sp_backtest_read_facts(unit, in, error) &&
           sp_transform_backtest.run(in, unit->settings, out, unit->quality, error) &&
           sp_unit_write(unit, out, error);
}
