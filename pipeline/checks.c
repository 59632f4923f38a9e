/* Controls and drift of one dataset, with its limits. */
#include "pipeline/checks.h"

#include "core/error.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/stand_in.h"
#include "transforms/normalise/controls/apply.h"
#include "transforms/normalise/controls/drift.h"

#include <string.h>

#define CONTROL_FILE "kontroller.csv"

enum { MIN_ACCEPT = 8 }; /* fewer digits of a hash name too many snapshots */

static const char *const own_keys[] = {SP_DATASET_CHECK_KEYS};

void sp_checks_clear(SpChecks *checks)
{
    g_clear_pointer(&checks->kontroll, sp_table_free);
    g_clear_pointer(&checks->kind, g_free);
    g_clear_pointer(&checks->why, g_free);
}

void sp_checks_add_keys(GPtrArray *keys)
{
    for (gsize i = 0; i < G_N_ELEMENTS(own_keys); i++) {
        g_ptr_array_add(keys, (gpointer)own_keys[i]);
    }
}

gboolean sp_checks_need(SpUnit *unit, GError **error)
{
    return sp_unit_need_file(unit, CONTROL_FILE, error);
}

/* "normalise.KEY", or KEY where the dataset says otherwise. g_free. */
static char *choose_key(const SpUnit *unit, const char *key, GError **error)
{
    const char *own = NULL;
    if (!sp_settings_text_or(unit->settings, key, NULL, &own, error)) {
        return NULL;
    }
    return own != NULL ? g_strdup(key) : g_strconcat("normalise.", key, NULL);
}

static gboolean read_limits(const SpUnit *unit, const char *key, SpLimits *limits, GError **error)
{
    g_autofree char *chosen = choose_key(unit, key, error);
    const char *text = chosen == NULL ? NULL : sp_settings_text(unit->settings, chosen, error);
    if (text == NULL) {
        return FALSE;
    }
    return sp_limits_parse(text, limits) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "%s = %s: want the shares that warn and stop, such as \"0.05 0.5\", with - "
                        "for never",
                        chosen, text);
}

static gboolean read_number(const SpUnit *unit, const char *key, double least, double *value,
                            GError **error)
{
    g_autofree char *chosen = choose_key(unit, key, error);
    return chosen != NULL && sp_settings_double(unit->settings, chosen, least, 1e9, value, error);
}

static gboolean read_all_limits(const SpUnit *unit, SpDriftLimits *limits, double *minimum,
                                GError **error)
{
    return read_limits(unit, "limit_total", &limits->total, error) &&
           read_limits(unit, "limit_level", &limits->level, error) &&
           read_limits(unit, "limit_zeros", &limits->zeros, error) &&
           read_limits(unit, "limit_kommuner", &limits->kommuner, error) &&
           read_limits(unit, "limit_revised", &limits->revised, error) &&
           read_limits(unit, "limit_codes", &limits->codes, error) &&
           read_limits(unit, "limit_copied", &limits->copied, error) &&
           read_limits(unit, "limit_growth", &limits->growth, error) &&
           read_number(unit, "level_factor", 1.0, &limits->factor, error) &&
           read_number(unit, "limit_minimum", 1.0, minimum, error);
}

/* A person has looked at the newest snapshot and says that it is right. */
static gboolean is_accepted(const SpUnit *unit, gboolean *is, GError **error)
{
    const char *accept = NULL;
    *is = FALSE;
    if (!sp_settings_text_or(unit->settings, "accept", NULL, &accept, error)) {
        return FALSE;
    }
    if (accept == NULL || *accept == '\0') {
        return TRUE;
    }
    if (strlen(accept) < MIN_ACCEPT || strspn(accept, "0123456789abcdef") != strlen(accept)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "accept = %s: want the first %d or more digits of the snapshot's "
                            "hash, as the message about it names it",
                            accept, MIN_ACCEPT);
    }
    g_autofree char *name = sp_stand_in_name(unit, unit->unit, 0);
    *is = g_str_has_prefix(name, accept);
    return TRUE;
}

/* What the tables are held against. */
typedef struct {
    SpControls controls;
    SpDriftLimits limits;
    guint64 minimum;
    const SpTables *before; /* the facts of the state before; NULL: none */
    gboolean is_several;    /* there are more tables than one: each is told by name */
} Against;

/* One table; what it crosses first is checks->kind and why, unless another did before. */
static gboolean check_table(SpUnit *unit, const SpTable *facts, const Against *against,
                            SpChecks *checks, GError **error)
{
    const char *name = sp_table_name(facts);
    const char *prefix = against->is_several ? name : NULL;
    const SpTable *before = against->before == NULL ? NULL : sp_tables_find(against->before, name);
    g_auto(SpJudge) judge = {0};
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_judge_init(&judge, quality, against->minimum);
    if (before != NULL) {
        sp_drift_snapshots(facts, before, &against->limits, &judge);
    }
    sp_drift_periods(facts, &against->limits, &judge);
    if (!sp_controls_apply(&against->controls, facts, checks->kontroll, &judge, error)) {
        return FALSE;
    }
    sp_quality_add(unit->quality, quality, prefix);
    if (judge.why != NULL && checks->why == NULL) {
        checks->kind = g_steal_pointer(&judge.kind);
        checks->why = prefix == NULL ? g_steal_pointer(&judge.why)
                                     : g_strdup_printf("%s: %s", prefix, judge.why);
    }
    return TRUE;
}

/* A table that the state before has and this one has not would else be told by nobody. */
static void note_vanished(SpUnit *unit, const SpTables *facts, const SpTables *before)
{
    for (gsize i = 0; i < sp_tables_size(before); i++) {
        const char *name = sp_table_name(sp_tables_at(before, i));
        if (sp_tables_find(facts, name) == NULL) {
            sp_quality_note(unit->quality, "table_vanished", name, 0,
                            "in the snapshot before and not in this");
        }
    }
}

/* What stops is only told when a person has accepted it. */
static gboolean conclude(SpUnit *unit, SpChecks *checks, GError **error)
{
    gboolean accepted = FALSE;
    if (checks->why == NULL) {
        return TRUE;
    }
    if (!is_accepted(unit, &accepted, error)) {
        return FALSE;
    }
    if (accepted) {
        sp_quality_note(unit->quality, "accepted", unit->unit, 0,
                        "%s crossed a limit (%s), and the snapshot is used since its setting "
                        "accept names it",
                        checks->kind, checks->why);
        g_clear_pointer(&checks->kind, g_free);
        g_clear_pointer(&checks->why, g_free);
    }
    return TRUE;
}

gboolean sp_checks_run(SpUnit *unit, const SpTables *facts, const SpTables *before,
                       const SpTable *regions, SpChecks *checks, GError **error)
{
    Against against = {.controls = {.dataset = unit->unit, .regions = regions},
                       .before = before,
                       .is_several = sp_tables_size(facts) > 1};
    double minimum = 0.0;
    if (!read_all_limits(unit, &against.limits, &minimum, error)) {
        return FALSE;
    }
    g_autoptr(SpTable) rules = sp_catalogue_read(
        sp_unit_input(unit, SP_INPUT_FILE, CONTROL_FILE)->path, "kontroller", NULL, error);
    against.controls.rules = rules;
    if (rules == NULL || !sp_controls_check(&against.controls, facts, error)) {
        return FALSE;
    }
    against.minimum = (guint64)minimum;
    checks->kontroll = sp_controls_table();
    for (gsize i = 0; i < sp_tables_size(facts); i++) {
        if (!check_table(unit, sp_tables_at(facts, i), &against, checks, error)) {
            return FALSE;
        }
    }
    if (before != NULL) {
        note_vanished(unit, facts, before);
    }
    return conclude(unit, checks, error);
}
