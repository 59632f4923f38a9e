/* One dataset: attempts from the newest snapshot to older ones, then checks of what came out. */
#include "pipeline/make_facts.h"

#include "core/error.h"
#include "pipeline/catalogue.h"
#include "pipeline/checks.h"
#include "pipeline/facts.h"
#include "pipeline/parse.h"
#include "pipeline/persons.h"
#include "pipeline/stand_in.h"
#include "transforms/normalise/absent.h"
#include "transforms/normalise/corrections.h"
#include "transforms/normalise/division.h"
#include "transforms/normalise/links.h"
#include "transforms/normalise/normalise.h"

#include <string.h>

enum { CORRECTIONS, PROFESSIONS, LINKS, N_FILES };
static const char *const files[N_FILES] = {"korreksjoner.csv", "profesjoner.csv",
                                           "profesjon_lenker.csv"};

/* What all attempts share. Borrowed but for `files` and `regions`. */
typedef struct {
    SpUnit *unit;
    SpDay target;
    SpRegions *regions;
    const SpTable *region_table;
    const SpTable *weights; /* NULL: the dataset is the weights */
    SpTable *files[N_FILES];
} Shared;

static void shared_clear(Shared *shared)
{
    g_clear_pointer(&shared->regions, sp_regions_free);
    for (gsize i = 0; i < N_FILES; i++) {
        g_clear_pointer(&shared->files[i], sp_table_free);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shared, shared_clear)

/* One snapshot's facts and what was noticed on the way. */
typedef struct {
    SpTable *facts;
    SpQuality *quality;
    gboolean is_persons;
    GError *failure; /* SP_ERROR_DATA: the snapshot is not fit for use */
} Attempt;

static void attempt_clear(Attempt *attempt)
{
    g_clear_pointer(&attempt->facts, sp_table_free);
    g_clear_pointer(&attempt->quality, sp_quality_free);
    g_clear_error(&attempt->failure);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Attempt, attempt_clear)

void sp_make_facts_add_keys(GPtrArray *keys)
{
    g_ptr_array_add(keys, (gpointer) "layout");
    sp_checks_add_keys(keys);
}

gboolean sp_make_facts_need(SpUnit *unit, GError **error)
{
    const char *weights = sp_settings_text(unit->settings, "normalise.weights", error);
    for (gsize i = 0; i < N_FILES; i++) {
        if (!sp_unit_need_file(unit, files[i], error)) {
            return FALSE;
        }
    }
    return weights != NULL && sp_parse_need(unit, unit->unit, error) &&
           sp_stand_in_need(unit, unit->unit, error) && sp_checks_need(unit, error) &&
           sp_unit_need_stage(unit, "normalise", SP_FACTS_REGIONS, error) &&
           (strcmp(weights, unit->unit) == 0 ||
            sp_unit_need_stage(unit, "normalise", weights, error));
}

static gboolean read_shared(Shared *shared, GError **error)
{
    SpUnit *unit = shared->unit;
    const char *weights = sp_settings_text(unit->settings, "normalise.weights", error);
    const SpTables *division =
        weights == NULL ? NULL : sp_unit_read(unit, "normalise", SP_FACTS_REGIONS, error);
    shared->region_table = division == NULL ? NULL : sp_tables_need(division, "region", error);
    shared->regions =
        shared->region_table == NULL ? NULL : sp_normalise_regions(division, shared->target, error);
    if (shared->regions == NULL) {
        return FALSE;
    }
    if (strcmp(weights, unit->unit) != 0) {
        const SpTables *tables = sp_unit_read(unit, "normalise", weights, error);
        if (tables == NULL) {
            return FALSE;
        }
        shared->weights = sp_tables_at(tables, 0);
    }
    for (gsize i = 0; i < N_FILES; i++) {
        shared->files[i] = sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, files[i])->path,
                                             files[i], NULL, error);
        if (shared->files[i] == NULL) {
            return FALSE;
        }
    }
    return sp_links_check(shared->files[LINKS], shared->files[PROFESSIONS], error);
}

static SpTable *make_plain(const Shared *shared, SpParsed *parsed, GError **error)
{
    SpUnit *unit = shared->unit;
    if (!sp_parse(unit, unit->unit, parsed, error)) {
        return NULL;
    }
    g_autoptr(SpTable) facts =
        sp_normalise(parsed->raw, parsed->layout, parsed->maps, shared->regions, shared->target,
                     shared->weights, unit->quality, error);
    if (facts == NULL) {
        g_prefix_error(error, "%s: ", parsed->origin);
        return NULL;
    }
    return sp_parse_check_limits(unit, error) ? g_steal_pointer(&facts) : NULL;
}

/* What configuration adds to the source's own figures: corrections, and rows for professions that
 * nobody counts. */
static gboolean complete(const Shared *shared, const SpLayout *layout, SpTable *facts,
                         GError **error)
{
    SpUnit *unit = shared->unit;
    gsize n_added = 0;
    g_auto(GStrv) lists = sp_settings_list(unit->settings, "normalise.professions", error);
    if (lists == NULL ||
        !sp_correct(shared->files[CORRECTIONS], unit->unit, facts, unit->quality, error)) {
        return FALSE;
    }
    (void)sp_links_note_unknown(shared->files[LINKS], facts, unit->quality);
    return sp_add_absent(shared->files[PROFESSIONS], layout, (const char *const *)lists, facts,
                         &n_added, error);
}

static SpTable *make_table(const Shared *shared, SpParsed *parsed, GError **error)
{
    if (!sp_parse_open(shared->unit, shared->unit->unit, parsed, error)) {
        return NULL;
    }
    g_autoptr(SpTable) facts = parsed->layout->persons != NULL
                                   ? sp_parse_persons(shared->unit, parsed, shared->regions,
                                                      shared->target, shared->weights, error)
                                   : make_plain(shared, parsed, error);
    return facts != NULL && complete(shared, parsed->layout, facts, error) ? g_steal_pointer(&facts)
                                                                           : NULL;
}

/* The facts of one snapshot. FALSE for anything but bad data, which is the attempt's failure. */
static gboolean try_snapshot(const Shared *shared, guint older, Attempt *attempt, GError **error)
{
    SpUnit *unit = shared->unit;
    g_auto(SpParsed) parsed = {.older = older};
    sp_quality_free(unit->quality);
    unit->quality = sp_quality_new();
    attempt->facts = make_table(shared, &parsed, &attempt->failure);
    attempt->is_persons = parsed.layout != NULL && parsed.layout->persons != NULL;
    attempt->quality = g_steal_pointer(&unit->quality);
    unit->quality = sp_quality_new();
    if (attempt->facts == NULL && !g_error_matches(attempt->failure, SP_ERROR, SP_ERROR_DATA)) {
        g_propagate_error(error, g_steal_pointer(&attempt->failure));
        return FALSE;
    }
    return TRUE;
}

/* The newest of the older snapshots that gives facts; *older is 0 when none does. */
static gboolean try_older(const Shared *shared, Attempt *attempt, guint *older, GError **error)
{
    *older = 0;
    for (guint i = 1; sp_unit_older(shared->unit, shared->unit->unit, i) != NULL; i++) {
        attempt_clear(attempt);
        if (!try_snapshot(shared, i, attempt, error)) {
            return FALSE;
        }
        if (attempt->facts != NULL) {
            *older = i;
            return TRUE;
        }
    }
    return TRUE;
}

/* Takes what was noticed in an attempt as the unit's. */
static void take_quality(SpUnit *unit, Attempt *attempt)
{
    sp_quality_free(unit->quality);
    unit->quality = g_steal_pointer(&attempt->quality);
}

/* Person-level sources are not read a second time to compare: a delivery is a year of its own, and
 * decrypting it is what the night has least time for. */
static gboolean check(const Shared *shared, const Attempt *newest, const Attempt *older,
                      SpChecks *checks, GError **error)
{
    const SpTable *before = newest->is_persons ? NULL : older->facts;
    return sp_checks_run(shared->unit, newest->facts, before, shared->region_table, checks, error);
}

static gboolean write_tables(SpUnit *unit, SpTable *facts, SpTable *kontroll, GError **error)
{
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *uses = sp_stand_in_table();
    sp_stand_in_add_use(unit, unit->unit, facts, uses);
    sp_tables_add(tables, facts);
    sp_tables_add(tables, uses);
    if (kontroll != NULL && sp_table_n_rows(kontroll) > 0) {
        sp_tables_add(tables, kontroll);
    } else {
        sp_table_free(kontroll);
    }
    return sp_unit_write(unit, tables, error);
}

static gboolean fail(const char *why, const Attempt *newest, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s", why != NULL ? why : newest->failure->message);
}

/* How to use a snapshot that crossed a limit, after somebody has looked at it. */
static char *explain_stop(const SpUnit *unit, const SpChecks *checks)
{
    return g_strdup_printf("%s: %s; if the source is right, set accept = %.12s in section [%s], or "
                           "raise its limit",
                           checks->kind, checks->why, sp_unit_older(unit, unit->unit, 0)->hash,
                           unit->unit);
}

static gboolean use_older(const Shared *shared, Attempt *older, guint which, const char *kind,
                          const char *why, GError **error)
{
    SpUnit *unit = shared->unit;
    take_quality(unit, older);
    sp_stand_in_record(unit, unit->unit, which, kind, why);
    sp_stand_in_flag(older->facts);
    return write_tables(unit, g_steal_pointer(&older->facts), NULL, error);
}

gboolean sp_make_facts(SpUnit *unit, SpDay target, GError **error)
{
    g_auto(Shared) shared = {.unit = unit, .target = target};
    g_auto(Attempt) newest = {0};
    g_auto(Attempt) older = {0};
    g_auto(SpChecks) checks = {0};
    guint which = 0;
    if (!read_shared(&shared, error) || !try_snapshot(&shared, 0, &newest, error)) {
        return FALSE;
    }
    gboolean needs_older = newest.facts == NULL || !newest.is_persons;
    if (needs_older && !try_older(&shared, &older, &which, error)) {
        return FALSE;
    }
    if (newest.facts != NULL) {
        take_quality(unit, &newest);
        if (!check(&shared, &newest, &older, &checks, error)) {
            return FALSE;
        }
        if (checks.why == NULL) {
            return write_tables(unit, g_steal_pointer(&newest.facts),
                                g_steal_pointer(&checks.kontroll), error);
        }
        if (!needs_older && !try_older(&shared, &older, &which, error)) {
            return FALSE;
        }
    }
    g_autofree char *stop = checks.why != NULL ? explain_stop(unit, &checks) : NULL;
    if (which == 0) {
        return fail(stop, &newest, error);
    }
    return use_older(&shared, &older, which, stop != NULL ? checks.kind : SP_STAND_IN_UNREADABLE,
                     stop != NULL ? stop : newest.failure->message, error);
}
