/* The scenarios beside each other. */
#include "pipeline/alternatives.h"

#include "pipeline/scenarios.h"
#include "transforms/project/balance/balance.h"

#include <string.h>

gboolean sp_alternatives_inputs(SpUnit *unit, GError **error)
{
    g_auto(GStrv) names = sp_scenario_names(unit->context, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        if (!sp_unit_need_stage(unit, "project", *name, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

/* What one scenario gives of each table, under a name of its own. */
static gboolean add_scenario(const SpUnit *unit, const char *name, SpTables *in, GError **error)
{
    static const char *const wanted[] = {"framskriving_valgte_aar", "framskriving_valgte_brukere",
                                         NULL};
    g_autoptr(SpTables) tables = sp_tables_new();
    if (!sp_unit_take_into(unit, "project", name, wanted, tables, error)) {
        return FALSE;
    }
    for (const char *const *table = wanted; *table != NULL; table++) {
        SpTable *own = sp_tables_steal(tables, *table);
        if (own != NULL) {
            g_autofree char *as = sp_alternative_name(*table, name);
            sp_table_set_name(own, as);
            sp_tables_add(in, own);
        }
    }
    return TRUE;
}

gboolean sp_alternatives_make(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_auto(GStrv) names = sp_scenario_names(unit->context, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        if (!add_scenario(unit, *name, in, error)) {
            return FALSE;
        }
    }
    return names != NULL &&
           sp_transform_alternatives.run(in, unit->settings, out, unit->quality, error) &&
           sp_unit_write(unit, out, error);
}

gboolean sp_alternatives_recall(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    (void)table;
    const gboolean is_there = sp_tables_size(in) > 0;
    for (guint i = 0; !is_there && i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (g_str_has_prefix(input->name, "project/") &&
            !add_scenario(unit, input->name + strlen("project/"), in, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
