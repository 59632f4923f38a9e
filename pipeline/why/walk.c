/* Explaining one figure after another. */
#include "pipeline/why/walk.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/facts.h"
#include "pipeline/scenarios.h"
#include "pipeline/snapshots.h"
#include "pipeline/why/page.h"
#include "pipeline/why/walk_state.h"

#include <string.h>

/* ---- the ends ---- */

/* The number of a step that was made before; else 0, and `key` is remembered for the next one. */
static guint known_number(SpWhy *why, const char *key)
{
    const guint number = GPOINTER_TO_UINT(g_hash_table_lookup(why->numbers, key));
    if (number == 0) {
        g_hash_table_insert(why->numbers, g_strdup(key),
                            GUINT_TO_POINTER(why->answer->steps->len + 1));
    }
    return number;
}

static SpWhyStep *add_step(SpWhy *why, SpWhyKind kind, const char *where)
{
    SpWhyStep *step = sp_why_step_new(kind, why->answer->steps->len + 1);
    step->where = g_strdup(where);
    g_ptr_array_add(why->answer->steps, step);
    return step;
}

guint sp_why_end_at_file(SpWhy *why, const SpPast *past, const SpInput *file)
{
    g_autofree char *where = g_strdup_printf("config/%s", file->name);
    g_autofree char *key = g_strdup_printf("%s %s", where, file->hash);
    guint number = known_number(why, key);
    if (number == 0) {
        SpWhyStep *step = add_step(why, SP_WHY_CONFIGURED, where);
        number = step->number;
        sp_why_step_tell(step, "sha256", file->hash);
        if (g_ptr_array_find_with_equal_func(past->changed, file->name, g_str_equal, NULL)) {
            sp_why_step_note(step, "the file is not what it was then: its lines and values are "
                                   "today's");
        }
    }
    return number;
}

guint sp_why_end_at_snapshot(SpWhy *why, const SpInput *snapshot)
{
    g_autofree char *key = g_strdup_printf("snapshot %s %s", snapshot->name, snapshot->hash);
    guint number = known_number(why, key);
    if (number != 0) {
        return number;
    }
    const gboolean is_encrypted =
        snapshot->path != NULL && g_str_has_suffix(snapshot->path, SP_SNAPSHOT_ENCRYPTED);
    const gboolean is_public =
        snapshot->origin != NULL && g_str_has_prefix(snapshot->origin, "http");
    SpWhyStep *step = add_step(why, SP_WHY_SNAPSHOT, snapshot->name);
    /* By the hash of a sensitive file a guess of it could be held against it. */
    const gboolean is_told =
        why->options.reader.is_owner || (snapshot->marks & (guint)SP_MARK_SENSITIVE) == 0;
    g_autofree char *file =
        is_told && snapshot->path != NULL ? g_path_get_basename(snapshot->path) : NULL;
    sp_why_step_tell(step, "url",
                     why->options.reader.is_owner || is_public ? snapshot->origin : NULL);
    sp_why_step_tell(step, "received", snapshot->received);
    sp_why_step_tell(step, "updated", snapshot->updated);
    sp_why_step_tell(step, is_encrypted ? "keyed_blake2b" : "sha256",
                     is_told ? snapshot->hash : NULL);
    sp_why_step_tell(step, "file", file);
    if (is_encrypted) {
        sp_why_step_note(step, "rows about persons: encrypted, and not read for this");
    } else if (snapshot->path == NULL) {
        sp_why_step_note(step, "the snapshot is no longer in the workspace");
    }
    return step->number;
}

/* ---- figures ---- */

static void tell_settings(const SpWhy *why, SpWhyStep *step, const SpPast *past,
                          const SpExplanation *explanation)
{
    for (guint i = 0; i < explanation->settings->len; i++) {
        const char *key = explanation->settings->pdata[i];
        const char *value = NULL;
        if (past != NULL && why->options.reader.is_owner) {
            (void)sp_settings_text_or(past->unit.settings, key, NULL, &value, NULL);
        }
        g_ptr_array_add(step->settings,
                        value != NULL ? g_strdup_printf("%s = %s", key, value) : g_strdup(key));
    }
}

/* A method may tell parts of the figure in numbers: where these may not be seen, only the page that
 * describes it. */
static void tell_method(const SpWhy *why, SpWhyStep *step, const SpWhyAt *at, const char *method)
{
    const char *page = method != NULL ? strstr(method, "docs/") : NULL;
    const gboolean is_told =
        at->is_shown && sp_why_sight_allows_parts(why->sight, at->past, at->table);
    step->method = is_told || method == NULL ? g_strdup(method)
                   : page != NULL            ? g_strndup(page, strcspn(page, "; ,"))
                                             : g_strdup("not told of a figure that is not shown");
}

static void group_free(gpointer data)
{
    SpWhyGroup *group = data;
    g_ptr_array_unref(group->cells);
    g_free(group);
}

/* The inputs of an explanation by table and measure, in the order in which they are first named. */
static GPtrArray *groups_of(const SpExplanation *explanation)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    for (guint i = 0; i < explanation->inputs->len; i++) {
        const SpCell *cell = explanation->inputs->pdata[i];
        SpWhyGroup *group = NULL;
        for (guint k = 0; k < groups->len && group == NULL; k++) {
            SpWhyGroup *one = groups->pdata[k];
            group = strcmp(one->table, cell->table) == 0 && strcmp(one->measure, cell->measure) == 0
                        ? one
                        : NULL;
        }
        if (group == NULL) {
            group = g_new0(SpWhyGroup, 1);
            *group = (SpWhyGroup){cell->table, cell->measure, g_ptr_array_new()};
            g_ptr_array_add(groups, group);
        }
        g_ptr_array_add(group->cells, (gpointer)cell);
    }
    return groups;
}

void sp_why_add_groups(SpWhy *why, SpWhyStep *step, const SpWhyAt *at,
                       const SpExplanation *explanation, guint depth)
{
    g_autoptr(GPtrArray) groups = groups_of(explanation);
    g_autoptr(GString) absent = g_string_new(NULL);
    for (guint i = 0; i < groups->len; i++) {
        const SpWhyGroup *group = groups->pdata[i];
        if (!sp_why_add_group(why, step, at, group, depth)) {
            g_string_append_printf(absent, "%s%s %s", absent->len > 0 ? ", " : "", group->table,
                                   group->measure);
        }
    }
    if (absent->len > 0) {
        sp_why_step_note(step, "nothing is there of: %s", absent->str);
        if (at->past != NULL && at->past->gone->len > 0) {
            g_autofree char *gone = sp_past_gone(at->past);
            sp_why_step_note(step, "%s", gone);
        }
    }
}

static void add_snapshot(SpWhy *why, SpWhyStep *step, const SpInput *snapshot)
{
    g_autofree char *label = g_strdup_printf("%s, as a whole", snapshot->name);
    SpWhyInput *whole = sp_why_input_new(label, label);
    g_ptr_array_add(step->inputs, whole);
    sp_why_input_add(whole, g_strdup("the snapshot"), g_strdup(""))->number =
        sp_why_end_at_snapshot(why, snapshot);
}

/* All snapshots below a result, each once, and what of it is gone. */
static void add_snapshots(SpWhy *why, SpWhyStep *step, SpPast *past, GHashTable *seen)
{
    for (guint i = 0; i < past->unit.inputs->len; i++) {
        const SpInput *input = past->unit.inputs->pdata[i];
        const gboolean is_kind = input->kind == SP_INPUT_SNAPSHOT || input->kind == SP_INPUT_STAGE;
        if (!is_kind || input->is_spare || !g_hash_table_add(seen, g_strdup(input->name))) {
            continue;
        }
        SpPast *below =
            input->kind == SP_INPUT_STAGE ? sp_pasts_input(why->pasts, input, NULL) : NULL;
        if (below != NULL) {
            add_snapshots(why, step, below, seen);
            continue;
        }
        if (input->kind == SP_INPUT_SNAPSHOT) {
            add_snapshot(why, step, input);
        } else {
            sp_why_step_note(step, "%s is no longer in the workspace", input->name);
        }
    }
}

/* What the result was made from as a whole, where its cells cannot be asked. */
void sp_why_end_at_result(SpWhy *why, SpWhyStep *step, SpPast *past)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    step->is_whole = TRUE;
    if (past->gone->len > 0) {
        return; /* which of it the figure was made of is not known any more */
    }
    add_snapshots(why, step, past, seen);
}

/* By the transforms of the stage, the last that may have made the table first. */
static gboolean explain_made(SpWhy *why, const SpWhyAt *at, SpExplanation **explanation,
                             GError **error)
{
    const SpStage *stage = at->past->stage;
    const char *const *keys = stage->config_keys;
    const SpTransform *const *transforms = stage->transforms;
    const SpTables *in = sp_past_recall(why->pasts, at->past, at->cell->table, error);
    gsize n = 0;
    if (stage->choose_keys != NULL) {
        stage->choose_keys(at->past->manifest->unit, &keys, &transforms);
    }
    while (in != NULL && transforms != NULL && transforms[n] != NULL) {
        n++;
    }
    for (gsize i = n; i > 0; i--) {
        g_clear_error(error);
        *explanation = sp_explanation_new();
        if (transforms[i - 1]->explain != NULL &&
            transforms[i - 1]->explain(in, at->past->unit.settings, at->cell, *explanation,
                                       error)) {
            return TRUE;
        }
        g_clear_pointer(explanation, sp_explanation_free);
    }
    if (error != NULL && *error == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "no transform of %s tells of table %s",
                     at->past->name, at->cell->table);
    }
    return FALSE;
}

static void tell_made(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, guint depth)
{
    g_autoptr(SpExplanation) explanation = NULL;
    g_autoptr(GError) error = NULL;
    if (!explain_made(why, at, &explanation, &error)) {
        sp_why_step_note(step, "%s", error->message);
        sp_why_end_at_result(why, step, at->past);
        return;
    }
    tell_method(why, step, at, explanation->method);
    tell_settings(why, step, at->past, explanation);
    sp_why_add_groups(why, step, at, explanation, depth);
    if (step->inputs->len == 0) {
        sp_why_end_at_result(why, step, at->past);
    }
}

static SpWhyFacts *facts_of(SpWhy *why, SpPast *past, GError **error)
{
    SpWhyFacts *facts = g_hash_table_lookup(why->facts, past);
    if (facts == NULL) {
        facts = sp_why_facts_new(why->pasts, past, error);
        if (facts != NULL) {
            g_hash_table_insert(why->facts, past, facts);
        }
    }
    return facts;
}

/* Nothing is told between a figure of persons and the encrypted files it was counted from. */
static void tell_persons(SpWhy *why, SpWhyStep *step, const SpPast *past)
{
    step->method = g_strdup("persons counted, docs/adding-a-source.md");
    for (guint i = 0; i < past->unit.inputs->len; i++) {
        const SpInput *input = past->unit.inputs->pdata[i];
        if (input->kind == SP_INPUT_SNAPSHOT && !input->is_spare) {
            add_snapshot(why, step, input);
        }
    }
}

/* Figures of normalise: rows of a source, sums of such figures, or persons counted. */
static void tell_facts(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, guint depth)
{
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_autoptr(GError) error = NULL;
    gboolean is_of_facts = FALSE;
    SpWhyFacts *facts = strcmp(at->past->manifest->unit, SP_FACTS_REGIONS) == 0
                            ? NULL
                            : facts_of(why, at->past, &error);
    if (facts != NULL && sp_why_facts_is_persons(facts)) {
        tell_persons(why, step, at->past);
        return;
    }
    if (facts == NULL ||
        !sp_why_facts_explain(facts, at->table, at->cell, explanation, &is_of_facts, &error)) {
        if (error != NULL) {
            sp_why_step_note(step, "%s", error->message);
        }
        sp_why_end_at_result(why, step, at->past);
        return;
    }
    tell_method(why, step, at, explanation->method);
    tell_settings(why, step, at->past, explanation);
    if (is_of_facts) {
        sp_why_add_groups(why, step, at, explanation, depth);
        return;
    }
    gsize n = 0;
    for (guint i = 0; i < explanation->inputs->len; i++) {
        sp_why_add_rows(why, step, at, facts, explanation->inputs->pdata[i]);
        n += ((const SpWhyInput *)step->inputs->pdata[step->inputs->len - 1])->n;
    }
    if (n == 0) {
        sp_why_step_note(step, "the source has no row of these codes: config/profesjoner.csv or a "
                               "layout adds it");
        sp_why_end_at_result(why, step, at->past);
    }
}

/* What holds of the whole result. */
static void tell_result(const SpWhy *why, SpWhyStep *step, const SpPast *past)
{
    g_autofree char *key = g_strndup(past->manifest->key, 12);
    sp_why_step_tell(step, "result", why->options.reader.is_owner ? key : NULL);
    if (past->is_of_other_program) {
        sp_why_step_note(step, "made by another version of the program: the method is told as this "
                               "one has it");
    }
    for (guint i = 0; i < past->unit.inputs->len; i++) {
        const SpInput *input = past->unit.inputs->pdata[i];
        g_autofree char *file = g_strdup_printf("config/%s", input->name);
        const gboolean is_scenario =
            input->kind == SP_INPUT_FILE && g_str_has_prefix(input->name, SP_SCENARIO_FOLDER "/");
        sp_why_step_tell(step, "scenario", is_scenario ? file : NULL);
    }
    for (guint i = 0; i < past->changed->len; i++) {
        sp_why_step_note(step, "config/%s is not what it was then",
                         (const char *)past->changed->pdata[i]);
    }
    for (guint i = 0; i < past->manifest->stand_ins->len; i++) {
        g_autofree char *told = sp_stand_in_describe(past->manifest->stand_ins->pdata[i]);
        sp_why_step_note(step, "%s", told);
    }
}

static void fill_figure(SpWhyStep *step, const SpWhyAt *at)
{
    const gsize column = sp_table_find(at->table, at->cell->measure);
    step->cell = sp_cell_format(at->cell);
    step->is_number = sp_real_is_number(at->real);
    step->value = at->is_shown ? sp_why_value(at->real) : NULL;
    step->unit = g_strdup(sp_table_column(at->table, column)->unit);
}

/* A figure of the edition that page one reads may stand in the packages of others alone. */
static gboolean is_of_package(SpWhy *why, const SpWhyAt *at)
{
    gsize row = 0;
    const SpTable *own =
        at->past == NULL ? at->table : sp_why_package_table(why->package, at->cell->table, NULL);
    return own != NULL && sp_why_rows_same(why->rows, own, at->cell, &row);
}

static SpWhyStep *step_of(SpWhy *why, const SpWhyAt *at)
{
    const gboolean is_published = at->past == NULL || at->past == why->edition;
    g_autofree char *where =
        is_published
            ? g_strdup_printf("%s, edition %s",
                              is_of_package(why, at) ? why->package->name : "another package",
                              why->package->edition)
            : g_strdup(at->past->name);
    SpWhyStep *step = add_step(why, is_published ? SP_WHY_PUBLISHED : SP_WHY_MADE, where);
    fill_figure(step, at);
    return step;
}

guint sp_why_follow(SpWhy *why, const SpWhyAt *at, guint depth)
{
    g_autofree char *cell = sp_cell_format(at->cell);
    g_autofree char *key =
        g_strdup_printf("%s %s", at->past != NULL ? at->past->unit.folder : "", cell);
    guint number = known_number(why, key);
    if (number != 0) {
        return number;
    }
    SpWhyStep *step = step_of(why, at);
    number = step->number;
    if (at->past != NULL) {
        tell_result(why, step, at->past);
    }
    if (at->past == NULL) {
        sp_why_tell_page(why, step, at, depth);
    } else if (at->past->stage->recall == NULL) {
        tell_facts(why, step, at, depth);
    } else {
        tell_made(why, step, at, depth);
    }
    return number;
}
