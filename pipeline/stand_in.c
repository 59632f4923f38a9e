/* Which snapshot is used, and what is said of it. */
#include "pipeline/stand_in.h"

#include "core/error.h"
#include "pipeline/deliveries.h"
#include "pipeline/facts.h"
#include "transforms/normalise/controls/drift.h"

#include <string.h>

enum { MAX_OLDER = 100 };

gboolean sp_stand_in_need(SpUnit *unit, const char *dataset, GError **error)
{
    gint64 n = 0;
    return sp_settings_int(unit->settings, "normalise.older_snapshots", 0, MAX_OLDER, &n, error) &&
           sp_unit_need_older(unit, dataset, (guint)n, error);
}

char *sp_stand_in_name(const SpUnit *unit, const char *dataset, guint state)
{
    g_autoptr(GPtrArray) snapshots = sp_unit_state(unit, dataset, state);
    if (snapshots->len == 1) {
        return g_strdup(((const SpInput *)snapshots->pdata[0])->hash);
    }
    char hex[SP_HASH_SIZE];
    g_autoptr(SpHash) hash = sp_hash_new();
    for (guint i = 0; i < snapshots->len; i++) {
        sp_hash_add_text(hash, ((const SpInput *)snapshots->pdata[i])->hash);
    }
    sp_hash_finish(hash, hex);
    return g_strdup(hex);
}

gboolean sp_stand_in_is_whole(const SpUnit *unit, const char *dataset, guint state)
{
    g_autoptr(GPtrArray) newest = sp_unit_state(unit, dataset, 0);
    g_autoptr(GPtrArray) own = sp_unit_state(unit, dataset, state);
    return own->len == newest->len;
}

/* The newest time that snapshots give themselves. Borrowed. */
static const char *newest_time(const GPtrArray *snapshots)
{
    const char *newest = NULL;
    for (guint i = 0; i < snapshots->len; i++) {
        const char *updated = ((const SpInput *)snapshots->pdata[i])->updated;
        newest = newest == NULL || g_strcmp0(updated, newest) > 0 ? updated : newest;
    }
    return newest;
}

/* The snapshot of a state that is in the place of `input`; NULL if its delivery is left out. */
static const SpInput *in_place_of(const SpInput *input, const GPtrArray *used)
{
    gsize size = strlen(input->name);
    for (guint i = 0; i < used->len; i++) {
        const SpInput *other = used->pdata[i];
        if (strncmp(other->name, input->name, size) == 0 &&
            (other->name[size] == '\0' || other->name[size] == '~')) {
            return other;
        }
    }
    return NULL;
}

/* "2024.csv is left out, b.csv gives way to a.csv"; NULL for a dataset of one delivery. g_free. */
static char *describe_parts(const SpUnit *unit, const char *dataset, guint state)
{
    g_autoptr(GPtrArray) newest = sp_unit_state(unit, dataset, 0);
    g_autoptr(GPtrArray) used = sp_unit_state(unit, dataset, state);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < newest->len; i++) {
        const SpInput *input = newest->pdata[i];
        const SpInput *other = in_place_of(input, used);
        const char *name = sp_delivery_name(input->origin);
        if (other == input) {
            continue;
        }
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", name);
        if (other == NULL) {
            g_string_append(text, " is left out");
        } else {
            g_string_append_printf(text, " gives way to %s (%.12s)",
                                   sp_delivery_name(other->origin), other->hash);
        }
    }
    return strchr(((const SpInput *)newest->pdata[0])->name, '#') == NULL
               ? NULL
               : g_string_free(g_steal_pointer(&text), FALSE);
}

void sp_stand_in_record(SpUnit *unit, const char *dataset, guint state, const char *kind,
                        const char *reason)
{
    sp_unit_use_state(unit, dataset, state);
    g_autoptr(GPtrArray) used = sp_unit_snapshots(unit, dataset);
    SpStandIn *is = g_new0(SpStandIn, 1);
    is->dataset = g_strdup(dataset);
    is->kind = g_strdup(kind);
    is->reason = g_strdup(reason);
    is->rejected = sp_stand_in_name(unit, dataset, 0);
    is->used = sp_stand_in_name(unit, dataset, state);
    is->updated = g_strdup(newest_time(used));
    is->parts = describe_parts(unit, dataset, state);
    g_ptr_array_add(unit->stand_ins, is);
    sp_quality_note(unit->quality, "stand_in", dataset, 0,
                    "the newest snapshot (%.12s) is not used: %s; the one of %.10s (%.12s) stands "
                    "in and its figures are flagged stale%s%s",
                    is->rejected, reason, is->updated, is->used, is->parts != NULL ? ": " : "",
                    is->parts != NULL ? is->parts : "");
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

static void flag_table(SpTable *table)
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

void sp_stand_in_flag(SpTables *tables)
{
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        flag_table(sp_tables_at(tables, i));
    }
}

/* Whether the result was made from one of the unit's inputs. */
static gboolean is_used(const SpManifest *manifest, const SpInput *input)
{
    for (guint i = 0; i < manifest->inputs->len; i++) {
        const SpInput *own = manifest->inputs->pdata[i];
        if (own->kind == input->kind && strcmp(own->name, input->name) == 0) {
            return !own->is_spare;
        }
    }
    return FALSE;
}

static gboolean mark(SpUnit *unit, const SpManifest *manifest, const SpInput *input, GError **error)
{
    g_auto(GStrv) names = g_strsplit(input->name, "#", 2);
    const char *part = names[1] != NULL ? names[1] : "";
    const SpStandIn *is = find(manifest->stand_ins, names[0]);
    const char *reason = is == NULL || is_used(manifest, input) ? NULL : is->reason;
    g_autoptr(SpSnapshot) newest = sp_snapshot_latest(unit->context, names[0], part, error);
    return newest != NULL &&
           sp_snapshot_mark_rejected(unit->context, names[0], newest, reason, error);
}

gboolean sp_stand_in_settle(SpUnit *unit, const SpManifest *manifest, GError **error)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        /* An older one keeps the mark it has. */
        gboolean is_newest = input->kind == SP_INPUT_SNAPSHOT && input->first_state == 0;
        if (is_newest && !mark(unit, manifest, input, error)) {
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

/* Names of the tables, and the newest period of any. */
static void set_facts(const SpTables *facts, SpTable *uses, gsize row)
{
    g_autoptr(GString) names = g_string_new(NULL);
    const char *newest = "";
    for (gsize i = 0; i < sp_tables_size(facts); i++) {
        const char *own = NULL;
        const char *before = NULL;
        const SpTable *table = sp_tables_at(facts, i);
        sp_drift_newest(table, &own, &before);
        newest = own != NULL && strcmp(own, newest) > 0 ? own : newest;
        g_string_append_printf(names, "%s%s", i > 0 ? " " : "", sp_table_name(table));
    }
    sp_table_set_code(uses, row, TABELL, names->str);
    sp_table_set_code(uses, row, SISTE, newest);
}

void sp_stand_in_add_use(const SpUnit *unit, const char *dataset, const SpTables *facts,
                         SpTable *uses)
{
    const SpStandIn *is = find(unit->stand_ins, dataset);
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, dataset);
    gboolean is_told = facts != NULL && sp_tables_size(facts) > 0;
    const char *updated =
        is_told ? sp_table_edition(sp_tables_at(facts, 0)) : newest_time(snapshots);
    gsize row = sp_table_add_row(uses);
    sp_table_set_code(uses, row, KILDE, dataset);
    sp_table_set_code(uses, row, TABELL, "");
    sp_table_set_code(uses, row, SISTE, "");
    sp_table_set_code(uses, row, TILSTAND, is != NULL ? "reserve" : "aktuell");
    sp_table_set_code(uses, row, GRUNN, is != NULL ? is->reason : "");
    sp_table_set_code(uses, row, OPPDATERT, updated != NULL ? updated : "");
    if (is_told) {
        set_facts(facts, uses, row);
    }
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
