/* K and F tables. */
#include "pipeline/simulate/ktable.h"

enum { HIDDEN_BELOW = 5 };

static char *region_code(const SpSimRegion *region, SpSimTableForm form)
{
    switch (region->kind) {
    case SP_SIM_REGION_KOMMUNE:
        return form == SP_SIM_TABLE_F ? NULL : g_strdup(region->code);
    case SP_SIM_REGION_FYLKE:
        return form == SP_SIM_TABLE_M
                   ? NULL
                   : g_strconcat(form == SP_SIM_TABLE_F ? "EAFK" : "EKA", region->code, NULL);
    case SP_SIM_REGION_COUNTRY:
        return form == SP_SIM_TABLE_M ? NULL : g_strdup(form == SP_SIM_TABLE_F ? "EAFK" : "EAK");
    case SP_SIM_REGION_COUNTRY_WITHOUT_OSLO:
        return form == SP_SIM_TABLE_K ? g_strdup("EAKUO") : NULL;
    }
    g_assert_not_reached();
}

void sp_sim_table_init(SpSimTable *table, const SpSimModel *model, const char *title,
                       SpSimTableForm form)
{
    static const char *const ids[] = {"KOKkommuneregion0000", "KOKfylkesregion0000", "Region"};
    /* Revised figures come in June of the year after. */
    g_autofree char *updated = g_strdup_printf("%u-06-15T06:00:00Z", model->options.to + 1);
    *table = (SpSimTable){.model = model};
    sp_sim_cube_init(&table->cube, title, updated);
    table->regions = g_array_new(FALSE, FALSE, sizeof(guint));
    sp_sim_cube_dimension(&table->cube, ids[form], "region");
    for (guint i = 0; i < model->regions->n; i++) {
        g_autofree char *code = region_code(&model->regions->regions[i], form);
        if (code != NULL) {
            sp_sim_cube_category(&table->cube, code, model->regions->regions[i].name);
            g_array_append_val(table->regions, i);
        }
    }
}

gboolean sp_sim_table_finish(SpSimTable *table, guint last, SpSimCellFunc cell, const char *folder,
                             const char *name, GError **error)
{
    sp_sim_cube_dimension(&table->cube, "Tid", "år");
    sp_sim_cube_years(&table->cube, table->model->options.from, last);
    table->cube.cell = cell;
    table->cube.data = table;
    gboolean is_good = sp_sim_cube_write(&table->cube, folder, name, error);
    sp_sim_cube_clear(&table->cube);
    g_clear_pointer(&table->regions, g_array_unref);
    return is_good;
}

const SpSimRegionYear *sp_sim_table_at(const SpSimTable *table, guint region, guint year,
                                       SpSimCell *cell)
{
    guint number = g_array_index(table->regions, guint, region);
    const SpSimRegion *which = &table->model->regions->regions[number];
    const SpSimRegionYear *at = sp_sim_regions_at(table->model->regions, number, year);
    if (!at->holds) {
        *cell = (SpSimCell){.sign = "."};
        return NULL;
    }
    if (which->kind == SP_SIM_REGION_KOMMUNE &&
        sp_sim_model_is_silent(table->model, which->number, year)) {
        *cell = (SpSimCell){.sign = ".."};
        return NULL;
    }
    return at;
}

SpSimCell sp_sim_hide(gint64 count)
{
    return count > 0 && count < HIDDEN_BELOW ? (SpSimCell){.sign = ":"}
                                             : (SpSimCell){.value = count};
}
