/* Which snapshot is used, and what is said of it. */
#include "pipeline/stand_in.h"

#include "core/error.h"
#include "pipeline/facts.h"
#include "pipeline/snapshots.h"
#include "transforms/normalise/controls/drift.h"

#include <string.h>

enum { MAX_OLDER = 100 };

gboolean sp_stand_in_need(SpUnit *unit, const char *dataset, GError **error)
{
    gint64 n = 0;
    return sp_settings_int(unit->settings, "normalise.older_snapshots", 0, MAX_OLDER, &n, error) &&
           sp_unit_need_older(unit, dataset, (guint)n, error);
}

void sp_stand_in_record(SpUnit *unit, const char *dataset, guint older, const char *kind,
                        const char *reason)
{
    sp_unit_use_older(unit, dataset, older);
    SpStandIn *is = g_new0(SpStandIn, 1);
    is->dataset = g_strdup(dataset);
    is->kind = g_strdup(kind);
    is->reason = g_strdup(reason);
    is->rejected = g_strdup(sp_unit_older(unit, dataset, 0)->hash);
    is->used = g_strdup(sp_unit_older(unit, dataset, older)->hash);
    is->updated = g_strdup(sp_unit_older(unit, dataset, older)->updated);
    g_ptr_array_add(unit->stand_ins, is);
    sp_quality_note(unit->quality, "stand_in", dataset, 0,
                    "the newest snapshot (%.12s) is not used: %s; the one of %.10s (%.12s) stands "
                    "in and its figures are flagged stale",
                    is->rejected, reason, is->updated, is->used);
}

static const SpStandIn *find(const GPtrArray *stand_ins, const char *dataset)
{
    for (guint i = 0; i < stand_ins->len; i++) {
        const SpStandIn *is = stand_ins->pdata[i];
        if (strcmp(is->dataset, dataset) == 0) {
            return is;
        }
    }
    return NULL;
}

gboolean sp_stand_in_is(const SpUnit *unit, const char *dataset)
{
    return find(unit->stand_ins, dataset) != NULL;
}

void sp_stand_in_flag(SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        SpReal *reals = sp_table_reals(table, column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            reals[row].flags |= sp_real_is_number(reals[row]) ? SP_FLAG_STALE : 0;
        }
    }
}

gboolean sp_stand_in_settle(SpUnit *unit, const SpManifest *manifest, GError **error)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind != SP_INPUT_SNAPSHOT || strchr(input->name, '~') != NULL) {
            continue; /* an older one (DATASET~1) keeps the mark it has */
        }
        const SpStandIn *is = find(manifest->stand_ins, input->name);
        g_autoptr(SpSnapshot) newest = sp_snapshot_latest(unit->context, input->name, error);
        if (newest == NULL || !sp_snapshot_mark_rejected(unit->context, input->name, newest,
                                                         is != NULL ? is->reason : NULL, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

enum { KILDE, TABELL, SISTE, TILSTAND, GRUNN, OPPDATERT };

SpTable *sp_stand_in_table(void)
{
    static const SpColumn columns[] = {
        [KILDE] = {.name = "kilde", .is_key = TRUE},
        [TABELL] = {.name = "tabell"},
        [SISTE] = {.name = "siste"},
        [TILSTAND] = {.name = "tilstand"},
        [GRUNN] = {.name = "grunn"},
        [OPPDATERT] = {.name = "oppdatert"},
    };
    return sp_table_new("kildebruk", columns, G_N_ELEMENTS(columns));
}

void sp_stand_in_add_use(const SpUnit *unit, const char *dataset, const SpTable *facts,
                         SpTable *uses)
{
    const SpStandIn *is = find(unit->stand_ins, dataset);
    const char *newest = NULL;
    const char *before = NULL;
    gsize row = sp_table_add_row(uses);
    if (facts != NULL) {
        sp_drift_newest(facts, &newest, &before);
    }
    const char *updated = facts != NULL ? sp_table_edition(facts)
                          : is != NULL  ? is->updated
                                        : sp_unit_older(unit, dataset, 0)->updated;
    sp_table_set_code(uses, row, KILDE, dataset);
    sp_table_set_code(uses, row, TABELL, facts != NULL ? sp_table_name(facts) : "");
    sp_table_set_code(uses, row, SISTE, newest != NULL ? newest : "");
    sp_table_set_code(uses, row, TILSTAND, is != NULL ? "reserve" : "aktuell");
    sp_table_set_code(uses, row, GRUNN, is != NULL ? is->reason : "");
    sp_table_set_code(uses, row, OPPDATERT, updated != NULL ? updated : "");
}

GPtrArray *sp_stand_in_list(SpContext *context, GError **error)
{
    g_auto(GStrv) units = sp_facts_units(context, error);
    if (units == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (char **unit = units; *unit != NULL; unit++) {
        g_autofree char *folder = sp_stage_current(context, "normalise", *unit, NULL);
        g_autoptr(SpManifest) manifest = folder == NULL ? NULL : sp_manifest_read(folder, NULL);
        for (guint i = 0; manifest != NULL && i < manifest->stand_ins->len; i++) {
            const SpStandIn *is = manifest->stand_ins->pdata[i];
            g_ptr_array_add(list, g_strdup_printf("%s: %s", is->dataset, is->reason));
        }
    }
    return list;
}
