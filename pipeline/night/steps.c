/* From options to steps. */
#include "pipeline/night/steps.h"

#include "core/error.h"
#include "pipeline/dataset.h"

#include <string.h>

static gboolean find_stage(const char *name, gsize *place, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        if (strcmp(sp_programs_at(i)->name, name) == 0) {
            *place = i;
            return TRUE;
        }
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", sp_programs_at(i)->name);
    }
    return sp_error_set(error, SP_ERROR_USAGE, "there is no stage \"%s\"; the stages are %s", name,
                        known->str);
}

/* wanted [sp_programs_n_stages()] */
static gboolean choose(const SpStepChoice *choice, gboolean wanted[], GError **error)
{
    gsize first = 0;
    gsize last = sp_programs_n_stages() - 1;
    if ((choice->from != NULL && !find_stage(choice->from, &first, error)) ||
        (choice->until != NULL && !find_stage(choice->until, &last, error))) {
        return FALSE;
    }
    if (choice->only != NULL && (choice->from != NULL || choice->until != NULL)) {
        return sp_error_set(error, SP_ERROR_USAGE, "--only goes without --from and --until");
    }
    if (first > last) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--from %s comes after --until %s: nothing would run", choice->from,
                            choice->until);
    }
    for (gsize i = first; i <= last; i++) {
        wanted[i] = choice->only == NULL;
    }
    for (char **only = choice->only; only != NULL && *only != NULL; only++) {
        gsize place = 0;
        if (!find_stage(*only, &place, error)) {
            return FALSE;
        }
        wanted[place] = TRUE;
    }
    return TRUE;
}

/* A trial works on the snapshots that are here and is never published. */
static void leave_out_of_trial(gboolean wanted[])
{
    wanted[0] = FALSE;
    wanted[sp_programs_n_stages() - 1] = FALSE;
}

static void add_names(GPtrArray *all, char **names)
{
    g_auto(GStrv) own = names;
    for (char **name = own; name != NULL && *name != NULL; name++) {
        if (!g_ptr_array_find_with_equal_func(all, *name, g_str_equal, NULL)) {
            g_ptr_array_add(all, g_strdup(*name));
        }
    }
}

/* --unit may name a unit of any stage. A stage that cannot tell its units yet (no edition to audit)
 * has none to name. */
static gboolean check_units(SpContext *context, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    add_names(all, sp_datasets_list(context, NULL));
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        const SpStage *stage = sp_programs_at(i)->stage;
        if (stage != NULL) {
            add_names(all, stage->units(context, NULL));
        }
    }
    g_ptr_array_add(all, NULL);
    return sp_units_check(context, (char **)all->pdata, error);
}

/* Whether one of the stages from `first` to the stage itself is wanted: they read its early
 * unit. */
static gboolean is_early_wanted(const gboolean wanted[], gsize first, gsize stage)
{
    for (gsize i = first; i <= stage; i++) {
        if (wanted[i]) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The units of later stages that this stage and others before them read. */
static void add_early(SpContext *context, const gboolean wanted[], gsize place, GArray *steps)
{
    for (gsize later = place + 1; later < sp_programs_n_stages(); later++) {
        const SpStage *stage = sp_programs_at(later)->stage;
        if (stage != NULL && stage->early_unit != NULL &&
            strcmp(stage->early_before, sp_programs_at(place)->name) == 0 &&
            sp_unit_is_chosen(context, stage->early_unit) &&
            is_early_wanted(wanted, place, later)) {
            const SpStep step = {sp_programs_at(later), stage->early_unit};
            g_array_append_val(steps, step);
        }
    }
}

GArray *sp_steps_choose(SpContext *context, const SpStepChoice *choice, GError **error)
{
    const gsize n_stages = sp_programs_n_stages();
    g_autofree gboolean *wanted = g_new0(gboolean, n_stages);
    if (!choose(choice, wanted, error) || !check_units(context, error)) {
        return NULL;
    }
    if (context->options.trial != NULL) {
        leave_out_of_trial(wanted);
    }
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(SpStep));
    for (gsize i = 0; i < n_stages; i++) {
        const SpStep step = {sp_programs_at(i), NULL};
        add_early(context, wanted, i, steps);
        if (wanted[i]) {
            g_array_append_val(steps, step);
        }
    }
    return steps;
}

gboolean sp_steps_have(const GArray *steps, const char *stage)
{
    for (guint i = 0; i < steps->len; i++) {
        const SpStep *step = &g_array_index(steps, SpStep, i);
        if (step->unit == NULL && strcmp(step->program->name, stage) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gsize sp_steps_place(const SpStep *step)
{
    gsize place = 0;
    while (place < sp_programs_n_stages() && sp_programs_at(place) != step->program) {
        place++;
    }
    return place;
}
