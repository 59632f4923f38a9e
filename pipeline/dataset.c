/* Datasets as the configuration lists them. */
#include "pipeline/dataset.h"

#include "core/error.h"
#include "core/table.h"

#include <string.h>

const char *const sp_dataset_keys[] = {"layout", "title", "publisher", "licence",
                                       "page",   "inbox", "sensitive", "synthetic"};
const gsize sp_n_dataset_keys = G_N_ELEMENTS(sp_dataset_keys);

static const char *const list_keys[] = {"fetch.datasets"};

const SpExtractor *sp_dataset_extractor(const char *dataset, GError **error)
{
    const char *slash = strchr(dataset, '/');
    g_autofree char *source =
        slash == NULL ? g_strdup(dataset) : g_strndup(dataset, (gsize)(slash - dataset));
    const SpExtractor *extractor = sp_extractors_find(source);
    for (const char *c = slash == NULL ? "" : slash + 1; *c != '\0'; c++) {
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '_' && *c != '-') {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "dataset \"%s\": a name has small letters, digits, _ and - only", dataset);
            return NULL;
        }
    }
    if (extractor == NULL || slash == NULL || slash[1] == '\0') {
        g_autoptr(GString) known = g_string_new(NULL);
        for (gsize i = 0; i < sp_extractors_size(); i++) {
            g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", sp_extractors_at(i)->name);
        }
        sp_error_set(error, SP_ERROR_CONFIG,
                     "dataset \"%s\": want SOURCE/NAME with one of the sources %s", dataset,
                     known->str);
        return NULL;
    }
    return extractor;
}

char **sp_datasets_list(const SpContext *context, GError **error)
{
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, list_keys, G_N_ELEMENTS(list_keys));
    g_auto(GStrv) names = sp_settings_list(settings, "fetch.datasets", error);
    if (names == NULL) {
        return NULL;
    }
    for (char **name = names; *name != NULL; name++) {
        if (sp_dataset_extractor(*name, error) == NULL) {
            g_prefix_error(error, "fetch.datasets: ");
            return NULL;
        }
        g_auto(GStrv) keys = sp_config_keys(context->config, *name);
        if (g_strv_length(keys) == 0) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "fetch.datasets names %s, but there is no section [%s]", *name, *name);
            return NULL;
        }
    }
    return g_steal_pointer(&names);
}

SpSettings *sp_dataset_settings(const SpContext *context, const char *dataset, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    if (extractor == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (gsize i = 0; i < sp_n_dataset_keys; i++) {
        g_ptr_array_add(keys, (gpointer)sp_dataset_keys[i]);
    }
    for (gsize i = 0; i < extractor->n_config_keys; i++) {
        g_ptr_array_add(keys, (gpointer)extractor->config_keys[i]);
    }
    return sp_settings_new(context->config, dataset, (const char *const *)keys->pdata, keys->len);
}

static gboolean add_mark(const SpSettings *settings, const char *key, guint mark, guint *marks,
                         GError **error)
{
    const char *text = NULL;
    if (!sp_settings_text_or(settings, key, NULL, &text, error)) {
        return FALSE;
    }
    gboolean is_set = FALSE;
    if (text != NULL && !sp_settings_bool(settings, key, &is_set, error)) {
        return FALSE;
    }
    *marks |= is_set ? mark : 0;
    return TRUE;
}

gboolean sp_dataset_marks(const SpSettings *settings, guint *marks, GError **error)
{
    *marks = 0;
    if (!add_mark(settings, "sensitive", SP_MARK_SENSITIVE, marks, error) ||
        !add_mark(settings, "synthetic", SP_MARK_SYNTHETIC, marks, error)) {
        return FALSE;
    }
    if (*marks == SP_MARK_SENSITIVE) {
        *marks |= SP_MARK_RESTRICTED;
    }
    return TRUE;
}
