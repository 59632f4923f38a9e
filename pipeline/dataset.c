/* Datasets as the configuration lists them. */
#include "pipeline/dataset.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/table.h"

#include <string.h>

enum { MAX_LAYOUT_SIZE = 1024 * 1024 };

const char *const sp_dataset_keys[] = {
    "layout",    "title",     "publisher", "licence",           "page",      "inbox",
    "sensitive", "synthetic", "persons",   "max_unknown_codes", "report_as", SP_DATASET_CHECK_KEYS};
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

gboolean sp_dataset_layout_files(const SpSettings *settings, char ***files, GError **error)
{
    const char *text = NULL;
    *files = NULL;
    if (!sp_settings_text_or(settings, "layout", NULL, &text, error)) {
        return FALSE;
    }
    g_auto(GStrv) names = text == NULL ? NULL : sp_settings_list(settings, "layout", error);
    if (text == NULL || names == NULL || names[0] == NULL) {
        return text == NULL || (names != NULL && sp_error_set(error, SP_ERROR_CONFIG,
                                                              "layout is empty; name a file of "
                                                              "config/layouts without its .ini"));
    }
    *files = g_new0(char *, g_strv_length(names) + 1);
    for (gsize i = 0; names[i] != NULL; i++) {
        (*files)[i] = g_strdup_printf("layouts/%s.ini", names[i]);
    }
    return TRUE;
}

gboolean sp_dataset_check_layouts(const GPtrArray *layouts, GError **error)
{
    const SpLayout *first = layouts->pdata[0];
    for (guint i = 1; i < layouts->len; i++) {
        const SpLayout *layout = layouts->pdata[i];
        if ((layout->persons != NULL) != (first->persons != NULL)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layouts %s and %s: one is person-level and one is not; a dataset "
                                "is one or the other",
                                first->name, layout->name);
        }
        if (!sp_layout_reads_like(first, layout)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layouts %s and %s: their [file] differs, but they read the same "
                                "file; make it the same in both",
                                first->name, layout->name);
        }
        for (guint k = 0; k < i; k++) {
            const SpLayout *other = layouts->pdata[k];
            if (strcmp(other->table, layout->table) == 0) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "layouts %s and %s both make the table %s; name one of them "
                                    "otherwise",
                                    other->name, layout->name, layout->table);
            }
        }
    }
    return TRUE;
}

gboolean sp_dataset_inbox(const SpSettings *settings, SpInboxPattern **pattern, GError **error)
{
    const char *text = NULL;
    *pattern = NULL;
    if (!sp_settings_text_or(settings, "inbox", NULL, &text, error)) {
        return FALSE;
    }
    /* A later layer of settings that sets it to nothing turns the inbox off. */
    gboolean is_off = text == NULL || *text == '\0';
    *pattern = is_off ? NULL : sp_inbox_pattern_new(text, error);
    return is_off || *pattern != NULL;
}

/* The layouts that a section names, checked together; NULL without error when it names none. */
static gboolean read_layouts(const SpContext *context, const SpSettings *settings,
                             GPtrArray **layouts, GError **error)
{
    g_auto(GStrv) files = NULL;
    *layouts = NULL;
    if (!sp_dataset_layout_files(settings, &files, error)) {
        return FALSE;
    }
    g_autoptr(GPtrArray) read = g_ptr_array_new_with_free_func((GDestroyNotify)sp_layout_free);
    for (char **file = files; file != NULL && *file != NULL; file++) {
        g_autofree char *path = sp_context_data_path(context, *file);
        SpLayout *layout = sp_dataset_layout(path, *file, error);
        if (layout == NULL) {
            return FALSE;
        }
        g_ptr_array_add(read, layout);
    }
    if (read->len > 0 && !sp_dataset_check_layouts(read, error)) {
        return FALSE;
    }
    *layouts = read->len > 0 ? g_steal_pointer(&read) : NULL;
    return TRUE;
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
    return (inbox != NULL && *inbox != '\0') ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "section [%s]: a person-level dataset comes by hand; set `inbox` to the "
                        "pattern of its files' names",
                        dataset);
}

gboolean sp_dataset_is_persons(const SpContext *context, const char *dataset,
                               const SpSettings *settings, gboolean *is_persons, GError **error)
{
    g_autoptr(GPtrArray) layouts = NULL;
    const char *said = NULL;
    *is_persons = FALSE;
    if (!read_layouts(context, settings, &layouts, error)) {
        g_prefix_error(error, "section [%s]: ", dataset);
        return FALSE;
    }
    *is_persons = layouts != NULL && ((const SpLayout *)layouts->pdata[0])->persons != NULL;
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
