/* The scenarios beside each other. */
#include "pipeline/alternatives.h"

#include "pipeline/scenarios.h"
#include "transforms/project/balance/balance.h"

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

gboolean sp_alternatives_make(SpUnit *unit, GError **error)
{
    static const char *const wanted[] = {"framskriving_valgte_aar", "framskriving_valgte_brukere",
                                         NULL};
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_auto(GStrv) names = sp_scenario_names(unit->context, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        g_autoptr(SpTables) tables = sp_tables_new();
        if (!sp_unit_take_into(unit, "project", *name, wanted, tables, error)) {
            return FALSE;
        }
        for (const char *const *table = wanted; *table != NULL; table++) {
            SpTable *own = sp_tables_steal(tables, *table);
            if (own != NULL) {
                g_autofree char *as = sp_alternative_name(*table, *name);
                sp_table_set_name(own, as);
                sp_tables_add(in, own);
            }
        }
    }
    return names != NULL &&
           sp_transform_alternatives.run(in, unit->settings, out, unit->quality, error) &&
           sp_unit_write(unit, out, error);
}
