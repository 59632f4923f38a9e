/* One dataset: attempts from its newest state to older ones, then checks of what came out. */
#include "pipeline/make_facts.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "pipeline/catalogue.h"
#include "pipeline/checks.h"
#include "pipeline/dataset.h"
#include "pipeline/delivery.h"
#include "pipeline/facts.h"
#include "pipeline/parse.h"
#include "pipeline/persons.h"
#include "pipeline/stand_in.h"
#include "transforms/normalise/absent.h"
#include "transforms/normalise/breaks.h"
#include "transforms/normalise/corrections.h"
#include "transforms/normalise/division.h"
#include "transforms/normalise/links.h"
#include "transforms/normalise/normalise.h"
#include "transforms/normalise/split_population.h"
#include "transforms/normalise/wholes.h"
#include "transforms/normalise/weights.h"

#include <string.h>

enum { BREAKS, CORRECTIONS, PROFESSIONS, LINKS, LINKED, N_FILES };
static const char *const files[N_FILES] = {SP_BREAKS_FILE, "korreksjoner.csv", "profesjoner.csv",
                                           "profesjon_lenker.csv",
                                           "profesjon_klassifikasjoner.csv"};

/* What all attempts share. Borrowed but for `files` and `regions`. */
typedef struct {
    SpUnit *unit;
    SpTarget target; /* weights NULL: the dataset is the weights */
    SpRegions *regions;
    const SpTable *region_table;
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

/* The facts of one state and what was noticed on the way. */
typedef struct {
    guint state;
    SpTables *facts;
    SpQuality *quality;
    SpParsed parsed;
    SpTable *split_population; /* of the dataset that is the weights; else NULL */
    SpDelivery *delivery;      /* of state 0: what its senders are told. NULL: nothing */
    GError *failure;           /* SP_ERROR_DATA: the state is not fit for use */
} Attempt;

static void attempt_clear(Attempt *attempt)
{
    g_clear_pointer(&attempt->facts, sp_tables_free);
    g_clear_pointer(&attempt->quality, sp_quality_free);
    g_clear_pointer(&attempt->split_population, sp_table_free);
    g_clear_pointer(&attempt->delivery, sp_delivery_free);
    sp_parsed_clear(&attempt->parsed);
    g_clear_error(&attempt->failure);
    *attempt = (Attempt){0};
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Attempt, attempt_clear)

/* Layouts, deliveries, and what a person-level reader reads. */
gboolean sp_make_facts_add_keys(const char *dataset, GPtrArray *keys, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    if (extractor == NULL) {
        return FALSE;
    }
    g_ptr_array_add(keys, (gpointer) "layout");
    g_ptr_array_add(keys, (gpointer) "inbox"); /* which deliveries count, and which are missed */
    g_ptr_array_add(keys, (gpointer) "max_unknown_codes");
    for (const char *const *key = extractor->open_keys; key != NULL && *key != NULL; key++) {
        g_ptr_array_add(keys, (gpointer)*key);
    }
    sp_checks_add_keys(keys);
    return TRUE;
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
           sp_delivery_need(unit, error) && sp_stand_in_need(unit, unit->unit, error) &&
           sp_checks_need(unit, error) &&
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
    shared->regions = shared->region_table == NULL
                          ? NULL
                          : sp_normalise_regions(division, shared->target.day, error);
    if (shared->regions == NULL) {
        return FALSE;
    }
    shared->target.regions = shared->regions;
    if (strcmp(weights, unit->unit) != 0) {
        const SpTables *tables = sp_unit_read(unit, "normalise", weights, error);
        if (tables == NULL) {
            return FALSE;
        }
        /* A table that is no population by region and day divides by itself what it can. */
        shared->target.weights = sp_tables_find(tables, SP_SPLIT_POPULATION);
        if (shared->target.weights == NULL) {
            shared->target.weights = sp_tables_at(tables, 0);
        }
    }
    for (gsize i = 0; i < N_FILES; i++) {
        shared->files[i] = sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, files[i])->path,
                                             files[i], NULL, error);
        if (shared->files[i] == NULL) {
            return FALSE;
        }
    }
    return sp_links_check(shared->files[LINKS], shared->files[LINKED], shared->files[PROFESSIONS],
                          error);
}

/* What is noticed of a table is told with its name where there are several. */
static const char *prefix_of(const SpParsed *parsed, const SpLayout *layout)
{
    return parsed->layouts->len > 1 ? layout->table : NULL;
}

/* One layout's facts. */
static gboolean add_plain(const Shared *shared, const SpParsed *parsed, guint i, SpTables *into,
                          GError **error)
{
    const SpLayout *layout = parsed->layouts->pdata[i];
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *facts =
        sp_normalise(parsed->raw->pdata[i], layout, parsed->maps, &shared->target, quality, error);
    if (facts == NULL) {
        g_prefix_error(error, "%s: ", parsed->origin);
        return FALSE;
    }
    sp_tables_add(into, facts);
    sp_quality_add(shared->unit->quality, quality, prefix_of(parsed, layout));
    return TRUE;
}

/* Of the population that weighs divided kommuner: what other datasets are to divide by. */
static gboolean find_split_population(const Shared *shared, Attempt *attempt, const SpTables *facts,
                                      GError **error)
{
    const SpParsed *parsed = &attempt->parsed;
    if (shared->target.weights != NULL || !sp_weights_fit(sp_tables_at(facts, 0))) {
        return TRUE;
    }
    attempt->split_population =
        sp_split_population_raw(parsed->raw->pdata[0], parsed->layouts->pdata[0], parsed->maps,
                                shared->regions, shared->target.day, error);
    return attempt->split_population != NULL;
}

static gboolean make_plain(const Shared *shared, Attempt *attempt, SpTables *into, GError **error)
{
    SpParsed *parsed = &attempt->parsed;
    if (!sp_parse(shared->unit, shared->unit->unit, parsed, error)) {
        return FALSE;
    }
    for (guint i = 0; i < parsed->layouts->len; i++) {
        if (!add_plain(shared, parsed, i, into, error)) {
            return FALSE;
        }
    }
    return find_split_population(shared, attempt, into, error) &&
           sp_parse_check_limits(shared->unit, error);
}

/* What configuration adds to a source's own table: known breaks, corrections, and rows for
 * professions that nobody counts. */
static gboolean complete(const Shared *shared, const SpParsed *parsed, SpTable *facts,
                         GError **error)
{
    SpUnit *unit = shared->unit;
    const SpLayout *layout = NULL;
    gsize n_added = 0;
    for (guint i = 0; i < parsed->layouts->len; i++) {
        const SpLayout *own = parsed->layouts->pdata[i];
        layout = strcmp(own->table, sp_table_name(facts)) == 0 ? own : layout;
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(GStrv) lists = sp_settings_list(unit->settings, "normalise.professions", error);
    if (lists == NULL || !sp_normalise_breaks(facts, shared->files[BREAKS], unit->quality, error) ||
        !sp_correct(shared->files[CORRECTIONS], unit->unit, facts, unit->quality, error)) {
        return FALSE;
    }
    (void)sp_links_note_unknown(shared->files[LINKS], shared->files[LINKED], facts, quality);
    sp_quality_add(unit->quality, quality, parsed->layouts->len > 1 ? sp_table_name(facts) : NULL);
    return sp_add_absent(shared->files[PROFESSIONS], layout, (const char *const *)lists, facts,
                         &n_added, error);
}

static gboolean is_persons(const Attempt *attempt)
{
    const GPtrArray *layouts = attempt->parsed.layouts;
    return layouts != NULL && ((const SpLayout *)layouts->pdata[0])->persons != NULL;
}

static gboolean add_tables(const Shared *shared, Attempt *attempt, SpTables *into, GError **error)
{
    SpUnit *unit = shared->unit;
    SpParsed *parsed = &attempt->parsed;
    if (!sp_parse_open(unit, unit->unit, parsed, error) ||
        !sp_parse_note_missing(unit, unit->unit, error)) {
        return FALSE;
    }
    /* Older deliveries had their reports when they were new. */
    attempt->delivery = attempt->state == 0 ? sp_delivery_new(unit, parsed, shared->regions) : NULL;
    if (!(is_persons(attempt) ? sp_parse_persons(unit, parsed, &shared->target, into, error)
                              : make_plain(shared, attempt, into, error)) ||
        !sp_corrections_check(shared->files[CORRECTIONS], unit->unit, into, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(into); i++) {
        if (!complete(shared, parsed, sp_tables_at(into, i), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What the senders of the newest state are told of it, while the unit's findings are its own.
 * `failure` NULL: it is in use; `kept` are the snapshots of the state that stands in, NULL
 * without. */
static void tell_senders(Attempt *attempt, const GError *failure, const GPtrArray *kept)
{
    sp_delivery_tell(attempt->delivery, failure == NULL ? sp_tables_at(attempt->facts, 0) : NULL,
                     failure, kept);
    g_clear_pointer(&attempt->delivery, sp_delivery_free);
}

/* The facts of one state. FALSE for anything but bad data, which is the attempt's failure. */
static gboolean try_state(const Shared *shared, guint state, Attempt *attempt, GError **error)
{
    SpUnit *unit = shared->unit;
    g_autoptr(SpTables) facts = sp_tables_new();
    attempt_clear(attempt);
    attempt->state = state;
    sp_quality_free(unit->quality);
    unit->quality = sp_quality_new();
    sp_unit_use_state(unit, unit->unit, state);
    if (add_tables(shared, attempt, facts, &attempt->failure)) {
        attempt->facts = g_steal_pointer(&facts);
    } else if (!g_error_matches(attempt->failure, SP_ERROR, SP_ERROR_DATA)) {
        tell_senders(attempt, attempt->failure, NULL);
        g_propagate_error(error, g_steal_pointer(&attempt->failure));
        return FALSE;
    }
    g_clear_pointer(&attempt->parsed.raw, g_ptr_array_unref); /* as large as the facts */
    attempt->quality = g_steal_pointer(&unit->quality);
    unit->quality = sp_quality_new();
    return TRUE;
}

/* The first state after that of the attempt which gives facts, of those with all deliveries of the
 * newest if `is_whole`; without one the attempt has no facts. */
static gboolean try_older(const Shared *shared, gboolean is_whole, Attempt *attempt, GError **error)
{
    SpUnit *unit = shared->unit;
    guint n = sp_unit_n_states(unit, unit->unit);
    for (guint state = attempt->state + 1; attempt->facts == NULL && state < n; state++) {
        if (is_whole && !sp_stand_in_is_whole(unit, unit->unit, state)) {
            break;
        }
        if (!try_state(shared, state, attempt, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Takes an attempt, with what was noticed in it, as the unit's. */
static void take(SpUnit *unit, Attempt *attempt)
{
    sp_unit_use_state(unit, unit->unit, attempt->state);
    sp_quality_free(unit->quality);
    unit->quality = g_steal_pointer(&attempt->quality);
}

/* Which rows of person-level tables are sums of others. */
static gboolean add_structure(Attempt *attempt, GError **error)
{
    const SpParsed *parsed = &attempt->parsed;
    g_autoptr(SpTable) structure = sp_wholes_new();
    for (guint i = 0; i < parsed->layouts->len; i++) {
        const SpLayout *layout = parsed->layouts->pdata[i];
        if (!sp_wholes_add(structure, layout, parsed->maps,
                           sp_tables_find(attempt->facts, layout->table), error)) {
            return FALSE;
        }
    }
    if (!sp_table_check_unique(structure, error)) {
        return FALSE;
    }
    sp_tables_add(attempt->facts, g_steal_pointer(&structure));
    return TRUE;
}

static gboolean write_tables(SpUnit *unit, Attempt *attempt, SpTable *kontroll, GError **error)
{
    SpTables *tables = attempt->facts;
    SpTable *uses = sp_stand_in_table();
    sp_stand_in_add_use(unit, unit->unit, tables, uses);
    sp_tables_add(tables, uses);
    if (is_persons(attempt) && !add_structure(attempt, error)) {
        sp_table_free(kontroll);
        return FALSE;
    }
    if (attempt->split_population != NULL) {
        sp_tables_add(tables, g_steal_pointer(&attempt->split_population));
    }
    if (kontroll != NULL && sp_table_n_rows(kontroll) > 0) {
        sp_tables_add(tables, kontroll);
    } else {
        sp_table_free(kontroll);
    }
    return sp_unit_write(unit, tables, error);
}

/* How to use a state that crossed a limit, after somebody has looked at it. g_free. */
static char *explain_stop(const SpUnit *unit, const SpChecks *checks)
{
    g_autofree char *name = sp_stand_in_name(unit, unit->unit, 0);
    return g_strdup_printf("%s: %s; if the source is right, set accept = %.12s in section [%s], or "
                           "raise its limit",
                           checks->kind, checks->why, name, unit->unit);
}

static gboolean use_older(const Shared *shared, Attempt *older, const char *kind, const char *why,
                          GError **error)
{
    SpUnit *unit = shared->unit;
    take(unit, older);
    sp_stand_in_record(unit, unit->unit, older->state, kind, why);
    sp_stand_in_flag(older->facts);
    return write_tables(unit, older, NULL, error);
}

/* Whether the state is held against the one before. A person-level delivery is compared by its
 * counts, which costs that the one it replaces is decrypted and counted too; a year that comes as a
 * delivery of its own replaces none. */
static gboolean is_compared(const SpUnit *unit, const Attempt *newest, gboolean *is, GError **error)
{
    *is = newest->facts != NULL;
    return !*is || !is_persons(newest) ||
           sp_settings_bool(unit->settings, "normalise.compare_persons", is, error);
}

/* Whether the newest state is fit for use: its own failure, or a limit that `checks` crossed, is
 * *rejected. Its findings are the unit's afterwards. */
static gboolean judge(const Shared *shared, Attempt *newest, Attempt *older, SpChecks *checks,
                      GError **rejected, GError **error)
{
    SpUnit *unit = shared->unit;
    gboolean is = FALSE;
    if (!is_compared(unit, newest, &is, error) || (is && !try_older(shared, TRUE, older, error))) {
        return FALSE;
    }
    take(unit, newest);
    if (newest->facts == NULL) {
        *rejected = g_error_copy(newest->failure);
        return TRUE;
    }
    if (!sp_checks_run(unit, newest->facts, older->facts, shared->region_table, checks, error)) {
        return FALSE;
    }
    if (checks->why != NULL) {
        g_autofree char *stop = explain_stop(unit, checks);
        sp_error_set(rejected, SP_ERROR_DATA, "%s", stop);
    }
    return TRUE;
}

gboolean sp_make_facts(SpUnit *unit, SpDay target, GError **error)
{
    g_auto(Shared) shared = {.unit = unit, .target = {.day = target}};
    g_auto(Attempt) newest = {0};
    g_auto(Attempt) older = {0};
    g_auto(SpChecks) checks = {0};
    g_autoptr(GError) rejected = NULL;
    if (!read_shared(&shared, error) || !try_state(&shared, 0, &newest, error) ||
        !judge(&shared, &newest, &older, &checks, &rejected, error)) {
        return FALSE;
    }
    if (rejected == NULL) {
        tell_senders(&newest, NULL, NULL);
        return write_tables(unit, &newest, g_steal_pointer(&checks.kontroll), error);
    }
    newest.quality = g_steal_pointer(&unit->quality);
    if (!try_older(&shared, FALSE, &older, error)) {
        return FALSE;
    }
    /* What was found in the newest is told beside its error, and to its senders. */
    sp_unit_use_state(unit, unit->unit, older.state);
    g_autoptr(GPtrArray) kept = older.facts == NULL ? NULL : sp_unit_snapshots(unit, unit->unit);
    take(unit, &newest);
    tell_senders(&newest, rejected, kept);
    if (older.facts == NULL) {
        g_propagate_error(error, g_steal_pointer(&rejected));
        return FALSE;
    }
    return use_older(&shared, &older, checks.why != NULL ? checks.kind : SP_STAND_IN_UNREADABLE,
                     rejected->message, error);
}
