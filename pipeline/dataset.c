/* Datasets as the configuration lists them. */
#include "pipeline/dataset.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/table.h"

#include <string.h>

enum { MAX_LAYOUT_SIZE = 1024 * 1024 };

const char *const sp_dataset_keys[] = {"layout", "title",     "publisher", "licence", "page",
                                       "inbox",  "sensitive", "synthetic", "persons", "report_as"};
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

SpLayout *sp_dataset_layout(const char *path, const char *relative, GError **error)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MAX_LAYOUT_SIZE, &size, error);
    return text == NULL ? NULL : sp_layout_parse(relative, text, error);
}

char *sp_dataset_layout_file(const SpSettings *settings, GError **error)
{
    const char *name = NULL;
    return sp_settings_text_or(settings, "layout", NULL, &name, error) && name != NULL
               ? g_strdup_printf("layouts/%s.ini", name)
               : NULL;
}

/* What a person-level dataset must be besides. */
static gboolean check_persons(const char *dataset, const SpSettings *settings, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    const char *inbox = NULL;
    if (extractor == NULL || !sp_settings_text_or(settings, "inbox", NULL, &inbox, error)) {
        return FALSE;
    }
    if (extractor->open == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "section [%s]: the source %s cannot be read in pieces, which a "
                            "person-level layout asks for",
                            dataset, extractor->name);
    }
    return inbox != NULL ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "section [%s]: a person-level dataset comes by hand; set `inbox` to the "
                        "pattern of its files' names",
                        dataset);
}

gboolean sp_dataset_is_persons(const SpContext *context, const char *dataset,
                               const SpSettings *settings, gboolean *is_persons, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *file = sp_dataset_layout_file(settings, &failure);
    const char *said = NULL;
    *is_persons = FALSE;
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (file != NULL) {
        g_autofree char *path = sp_context_data_path(context, file);
        g_autoptr(SpLayout) layout = sp_dataset_layout(path, file, error);
        if (layout == NULL) {
            return FALSE;
        }
        *is_persons = layout->persons != NULL;
    }
    gboolean is_said = *is_persons;
    if (!sp_settings_text_or(settings, "persons", NULL, &said, error) ||
        (said != NULL && !sp_settings_bool(settings, "persons", &is_said, error))) {
        return FALSE;
    }
    if (is_said != *is_persons) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "section [%s]: persons = %s, but its layout %s section [persons]; "
                            "correct one of them before anything is fetched",
                            dataset, is_said ? "yes" : "no", *is_persons ? "has a" : "has no");
    }
    return !*is_persons || check_persons(dataset, settings, error);
}

gboolean sp_dataset_marks(const SpSettings *settings, gboolean is_persons, guint *marks,
                          GError **error)
{
    const char *said = NULL;
    *marks = 0;
    if (!add_mark(settings, "sensitive", SP_MARK_SENSITIVE, marks, error) ||
        !add_mark(settings, "synthetic", SP_MARK_SYNTHETIC, marks, error) ||
        !sp_settings_text_or(settings, "sensitive", NULL, &said, error)) {
        return FALSE;
    }
    if (is_persons && said != NULL && !(*marks & SP_MARK_SENSITIVE)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "sensitive = no: a person-level dataset is always sensitive");
    }
    *marks |= is_persons ? SP_MARK_SENSITIVE : 0;
    if (*marks == SP_MARK_SENSITIVE) {
        *marks |= SP_MARK_RESTRICTED;
    }
    return TRUE;
}
