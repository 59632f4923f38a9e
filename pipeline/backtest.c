/* The back-test's unit. */
#include "pipeline/backtest.h"

#include "pipeline/facts.h"
#include "pipeline/projectfiles.h"
#include "transforms/project/project.h"

/* A dataset is in a list; the error, if the list cannot be read, is that of the next who reads
 * it. */
static gboolean is_in(const SpUnit *unit, const char *key, const char *dataset)
{
    g_auto(GStrv) names = sp_settings_list(unit->settings, key, NULL);
    return names != NULL && g_strv_contains((const char *const *)names, dataset);
}

/* The datasets of the back-test alone. g_strfreev; NULL with error. */
static char **own_datasets(const SpUnit *unit, GError **error)
{
    const char *text;
    if (!sp_settings_text_or(unit->settings, SP_BACKTEST_INPUTS_KEY, NULL, &text, error)) {
        return NULL;
    }
    g_auto(GStrv) names =
        text == NULL ? NULL : sp_settings_list(unit->settings, SP_BACKTEST_INPUTS_KEY, error);
    if (text != NULL && names == NULL) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) own = g_strv_builder_new();
    for (char **name = names; name != NULL && *name != NULL; name++) {
        if (!is_in(unit, SP_INPUTS_KEY, *name) && !is_in(unit, SP_INPUTS_IF_FETCHED_KEY, *name)) {
            g_strv_builder_add(own, *name);
        }
    }
    return g_strv_builder_end(own);
}

gboolean sp_backtest_need_facts(SpUnit *unit, GError **error)
{
    if (!sp_facts_need(unit, SP_INPUTS_KEY, error) ||
        !sp_facts_need_fetched(unit, SP_INPUTS_IF_FETCHED_KEY, error)) {
        return FALSE;
    }
    g_auto(GStrv) own = own_datasets(unit, error);
    g_auto(GStrv) units = own != NULL ? sp_facts_units(unit->context, error) : NULL;
    for (char **name = own; units != NULL && *name != NULL; name++) {
        if (g_strv_contains((const char *const *)units, *name) &&
            !sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return units != NULL;
}

gboolean sp_backtest_read_facts(SpUnit *unit, SpTables *into, GError **error)
{
    if (!sp_facts_read(unit, SP_INPUTS_KEY, into, error) ||
        !sp_facts_read_fetched(unit, SP_INPUTS_IF_FETCHED_KEY, into, error)) {
        return FALSE;
    }
    g_auto(GStrv) own = own_datasets(unit, error);
    for (char **name = own; name != NULL && *name != NULL; name++) {
        if (sp_facts_is_declared(unit, *name) &&
            !sp_unit_take_into(unit, "normalise", *name, NULL, into, error)) {
            return FALSE;
        }
    }
    return own != NULL;
}

gboolean sp_backtest_recall(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    (void)table;
    return sp_tables_size(in) > 0 ||
           (sp_project_files_read(unit->context, SP_FILE_OF_BACKTEST, in, error) &&
            sp_backtest_read_facts(unit, in, error));
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
