/* Which units of normalise there are, and how later stages read them. */
#include "pipeline/facts.h"

#include "core/error.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"

#include <string.h>

static const char *const keys[] = {"normalise.region_codes", "normalise.region_changes",
                                   "normalise.region_groups", "normalise.weights"};

/* The datasets that a key names, each of which must be among `datasets`, added to `special`. */
static gboolean add_special(const SpSettings *settings, const char *key, char **datasets,
                            GPtrArray *special, GError **error)
{
    g_auto(GStrv) names = sp_settings_list(settings, key, error);
    if (names == NULL) {
        return FALSE;
    }
    for (char **name = names; *name != NULL; name++) {
        if (!g_strv_contains((const char *const *)datasets, *name)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "%s = %s: it is not among fetch.datasets; name it there, or "
                                "set %s to datasets that are",
                                key, *name, key);
        }
        g_ptr_array_add(special, g_strdup(*name));
    }
    return TRUE;
}

static gboolean has_name(const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++) {
        if (strcmp(g_ptr_array_index(names, i), name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

char **sp_facts_units(SpContext *context, GError **error)
{
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    g_autoptr(GPtrArray) special = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (datasets == NULL || !add_special(settings, keys[i], datasets, special, error)) {
            return NULL;
        }
    }
    const char *weights = sp_settings_text(settings, "normalise.weights", error);
    if (weights == NULL) {
        return NULL;
    }
    GPtrArray *units = g_ptr_array_new();
    g_ptr_array_add(units, g_strdup(SP_FACTS_REGIONS));
    g_ptr_array_add(units, g_strdup(weights));
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        if (!has_name(special, *dataset)) {
            g_ptr_array_add(units, g_strdup(*dataset));
        }
    }
    g_ptr_array_add(units, NULL);
    return (char **)g_ptr_array_free(units, FALSE);
}

gboolean sp_facts_need(SpUnit *unit, const char *key, GError **error)
{
    g_auto(GStrv) names = sp_settings_list(unit->settings, key, error);
    if (names == NULL || !sp_unit_need_stage(unit, "normalise", SP_FACTS_REGIONS, error)) {
        return FALSE;
    }
    g_auto(GStrv) units = sp_facts_units(unit->context, error);
    for (char **name = names; units != NULL && *name != NULL; name++) {
        if (!g_strv_contains((const char *const *)units, *name)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "%s names %s, which is not among fetch.datasets", key, *name);
        }
        if (!sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return units != NULL;
}

gboolean sp_facts_read(SpUnit *unit, const char *key, SpTables *into, GError **error)
{
    g_auto(GStrv) names = sp_settings_list(unit->settings, key, error);
    if (names == NULL || !sp_unit_read_into(unit, "normalise", SP_FACTS_REGIONS, into, error)) {
        return FALSE;
    }
    for (char **name = names; *name != NULL; name++) {
        if (!sp_unit_read_into(unit, "normalise", *name, into, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_facts_is_declared(const SpUnit *unit, const char *dataset)
{
    g_autofree char *name = g_strconcat("normalise/", dataset, NULL);
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == SP_INPUT_STAGE && strcmp(input->name, name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The names of a list that need not be set; *names is then empty. g_strfreev. */
static gboolean read_list(const SpUnit *unit, const char *key, char ***names, GError **error)
{
    const char *text;
    if (!sp_settings_text_or(unit->settings, key, NULL, &text, error)) {
        return FALSE;
    }
    *names = text == NULL ? g_new0(char *, 1) : sp_settings_list(unit->settings, key, error);
    return *names != NULL;
}

/* Those that are units; NULL with error. */
static char **fetched_names(SpUnit *unit, const char *key, GError **error)
{
    g_auto(GStrv) names = NULL;
    g_auto(GStrv) units =
        read_list(unit, key, &names, error) ? sp_facts_units(unit->context, error) : NULL;
    g_autoptr(GStrvBuilder) found = g_strv_builder_new();
    for (char **name = names; units != NULL && *name != NULL; name++) {
        if (g_strv_contains((const char *const *)units, *name)) {
            g_strv_builder_add(found, *name);
        }
    }
    return units != NULL ? g_strv_builder_end(found) : NULL;
}

gboolean sp_facts_need_fetched(SpUnit *unit, const char *key, GError **error)
{
    g_auto(GStrv) names = fetched_names(unit, key, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        if (!sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

/* Those that the unit has declared; NULL with error. */
static char **declared_names(const SpUnit *unit, const char *key, GError **error)
{
    g_auto(GStrv) names = NULL;
    if (!read_list(unit, key, &names, error)) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) found = g_strv_builder_new();
    for (char **name = names; *name != NULL; name++) {
        if (sp_facts_is_declared(unit, *name)) {
            g_strv_builder_add(found, *name);
        }
    }
    return g_strv_builder_end(found);
}

gboolean sp_facts_read_fetched(SpUnit *unit, const char *key, SpTables *into, GError **error)
{
    g_auto(GStrv) names = declared_names(unit, key, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        if (!sp_unit_read_into(unit, "normalise", *name, into, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

gboolean sp_facts_take_fetched(SpUnit *unit, const char *key, const char *const names[],
                               SpTables *into, GError **error)
{
    g_auto(GStrv) units = declared_names(unit, key, error);
    for (char **name = units; name != NULL && *name != NULL; name++) {
        if (!sp_unit_take_into(unit, "normalise", *name, names, into, error)) {
            return FALSE;
        }
    }
    return units != NULL;
}

gboolean sp_facts_need_shown(SpUnit *unit, const char *key, GError **error)
{
    g_auto(GStrv) names = fetched_names(unit, key, error);
    gboolean is_persons = FALSE;
    for (char **name = names; name != NULL && *name != NULL && !is_persons; name++) {
        g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, *name, error);
        if (settings == NULL ||
            !sp_dataset_is_persons(unit->context, *name, settings, &is_persons, error)) {
            return FALSE;
        }
    }
    return names != NULL &&
           (!is_persons || sp_unit_need_stage(unit, "protect", SP_FACTS_SHOWN, error));
}

gboolean sp_facts_take_shown(const SpUnit *unit, const char *name, SpTable **shown, GError **error)
{
    const char *const names[] = {name, NULL};
    *shown = NULL;
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == SP_INPUT_STAGE && strcmp(input->name, "protect/" SP_FACTS_SHOWN) == 0) {
            g_autoptr(SpTables) tables = sp_tables_new();
            if (!sp_unit_take_into(unit, "protect", SP_FACTS_SHOWN, names, tables, error)) {
                return FALSE;
            }
            *shown = sp_tables_steal(tables, name);
        }
    }
    return TRUE;
}

gboolean sp_facts_read_file(SpUnit *unit, const char *relative, const char *name,
                            const char *const *measures, SpTables *into, GError **error)
{
    const SpInput *input = sp_unit_input(unit, SP_INPUT_FILE, relative);
    SpTable *table = sp_catalogue_read(input->path, name, measures, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(into, table);
    return TRUE;
}
