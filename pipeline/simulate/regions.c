/* Sums of kommuner. */
#include "pipeline/simulate/regions.h"

#include "pipeline/simulate/model.h"

#include <string.h>

static void add_region(GArray *list, SpSimRegionKind kind, const char *code, const char *name,
                       guint number)
{
    const SpSimRegion region = {kind, g_strdup(code), g_strdup(name), number};
    g_array_append_val(list, region);
}

static void add_fylker(const SpSimModel *model, GArray *list)
{
    char before[3] = "";
    for (guint i = 0; i < model->geography->n_codes; i++) {
        const SpSimCode *code = &model->geography->codes[i];
        char fylke[3] = {code->code[0], code->code[1], '\0'};
        if (code->last >= model->options.from && code->first <= model->options.to &&
            strcmp(fylke, before) != 0) {
            add_region(list, SP_SIM_REGION_FYLKE, fylke, fylke, 0);
            memcpy(before, fylke, sizeof before);
        }
    }
}

static void add_kommuner(const SpSimModel *model, GArray *list)
{
    for (guint i = 0; i < model->geography->n_codes; i++) {
        const SpSimCode *code = &model->geography->codes[i];
        if (code->last >= model->options.from && code->first <= model->options.to) {
            add_region(list, SP_SIM_REGION_KOMMUNE, code->code, code->name, i);
        }
    }
}

static gboolean holds_in(const SpSimRegion *region, const char *code)
{
    switch (region->kind) {
    case SP_SIM_REGION_KOMMUNE:
        return strcmp(region->code, code) == 0;
    case SP_SIM_REGION_FYLKE:
        return strncmp(region->code, code, 2) == 0;
    case SP_SIM_REGION_COUNTRY:
        return TRUE;
    case SP_SIM_REGION_COUNTRY_WITHOUT_OSLO:
        return strcmp(code, "0301") != 0;
    }
    g_assert_not_reached();
}

static void add_staff(SpSimRegionYear *sum, const SpSimModel *model, guint piece, guint at)
{
    for (guint i = 0; i < model->professions.n; i++) {
        for (guint sector = 0; sector < SP_SIM_N_SECTORS; sector++) {
            const SpSimStaffCount *one =
                sp_sim_staff_count(model->staff, at, piece, i, (SpSimSector)sector);
            SpSimStaffCount *to = &sum->staff[i][sector];
            to->percent += one->percent;
            to->positions += one->positions;
            to->full += one->full;
            to->old += one->old;
            to->immigrants += one->immigrants;
            to->left += one->left;
        }
    }
}

static void add_year(SpSimRegionYear *sum, const SpSimRegionYear *one)
{
    sum->holds = sum->holds || one->holds;
    sp_sim_use_add(&sum->use, &one->use);
    sp_sim_use_add(&sum->reported, &one->reported);
    for (guint i = 0; i < SP_SIM_MAX_PROFESSIONS; i++) {
        for (guint sector = 0; sector < SP_SIM_N_SECTORS; sector++) {
            sum->staff[i][sector].percent += one->staff[i][sector].percent;
            sum->staff[i][sector].positions += one->staff[i][sector].positions;
            sum->staff[i][sector].full += one->staff[i][sector].full;
            sum->staff[i][sector].old += one->staff[i][sector].old;
            sum->staff[i][sector].immigrants += one->staff[i][sector].immigrants;
            sum->staff[i][sector].left += one->staff[i][sector].left;
        }
    }
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        sum->cells[cell] += one->cells[cell];
    }
}

/* A kommune that did not report 2019 in the new form has its figures of 2018 again. */
static gboolean is_copied(const SpSimModel *model, guint code, guint year)
{
    enum { COPIED = 2019 };
    return year == COPIED &&
           model->effects->is_copied[model->geography->codes[code].kommune] != 0 &&
           sp_sim_model_holds(model, code, COPIED - 1);
}

static void fill_kommune(const SpSimModel *model, guint code, guint year, SpSimRegionYear *to)
{
    to->holds = sp_sim_model_holds(model, code, year);
    if (!to->holds) {
        return;
    }
    to->use = *sp_sim_model_use(model, code, year);
    to->reported = *sp_sim_model_use(model, code, is_copied(model, code, year) ? year - 1 : year);
    memcpy(to->cells, sp_sim_model_cells(model, code, year), sizeof to->cells);
    for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
        if (model->geography->pieces[piece].code[sp_sim_year(year)] == code) {
            add_staff(to, model, piece, sp_sim_year(year));
        }
    }
}

static void fill_year(const SpSimModel *model, SpSimRegions *regions, guint at)
{
    SpSimRegionYear *year = &regions->years[(gsize)at * regions->n];
    for (guint i = 0; i < regions->n; i++) {
        if (regions->regions[i].kind == SP_SIM_REGION_KOMMUNE) {
            fill_kommune(model, regions->regions[i].number, regions->first + at, &year[i]);
        }
    }
    for (guint i = 0; i < regions->n; i++) {
        for (guint k = 0; k < regions->n && regions->regions[i].kind != SP_SIM_REGION_KOMMUNE;
             k++) {
            if (regions->regions[k].kind == SP_SIM_REGION_KOMMUNE &&
                holds_in(&regions->regions[i], regions->regions[k].code)) {
                add_year(&year[i], &year[k]);
            }
        }
    }
}

SpSimRegions *sp_sim_regions_new(const SpSimModel *model)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(SpSimRegion));
    SpSimRegions *regions = g_new0(SpSimRegions, 1);
    add_region(list, SP_SIM_REGION_COUNTRY, "0", "Hele landet", 0);
    add_region(list, SP_SIM_REGION_COUNTRY_WITHOUT_OSLO, "0u", "Landet uten Oslo", 0);
    add_fylker(model, list);
    add_kommuner(model, list);
    regions->n = list->len;
    regions->regions = (SpSimRegion *)(gpointer)g_array_free(g_steal_pointer(&list), FALSE);
    regions->first = model->options.from;
    regions->n_years = model->options.to - model->options.from + 1;
    regions->years = g_new0(SpSimRegionYear, (gsize)regions->n * regions->n_years);
    for (guint at = 0; at < regions->n_years; at++) {
        fill_year(model, regions, at);
    }
    return regions;
}

const SpSimRegionYear *sp_sim_regions_at(const SpSimRegions *regions, guint region, guint year)
{
    g_assert(region < regions->n && year >= regions->first &&
             year < regions->first + regions->n_years);
    return &regions->years[(gsize)(year - regions->first) * regions->n + region];
}

void sp_sim_regions_free(SpSimRegions *regions)
{
    if (regions == NULL) {
        return;
    }
    for (guint i = 0; i < regions->n; i++) {
        g_free(regions->regions[i].code);
        g_free(regions->regions[i].name);
    }
    g_free(regions->regions);
    g_free(regions->years);
    g_free(regions);
}
