/* Settings that exist. */
#include "pipeline/known_keys.h"

#include "core/codes.h"
#include "core/error.h"
#include "outputs/output.h"
#include "pipeline/browser.h"
#include "pipeline/dataset.h"
#include "pipeline/guard/group.h"
#include "pipeline/keyfile.h"
#include "pipeline/letters.h"
#include "pipeline/portal_feed.h"
#include "pipeline/program.h"
#include "pipeline/signkey.h"
#include "pipeline/target.h"

#include <string.h>

/* Read by the context itself and by the list of datasets. */
static const char *const own_keys[] = {
    "workspace.config",     SP_GROUP_SETTING,       "fetch.datasets",
    SP_KEYFILE_SETTING,     SP_KEYFILE_OLD_SETTING, SP_SIGNKEY_SETTING,
    SP_SIGNKEY_OLD_SETTING, SP_BROWSER_SETTING,     SP_PORTAL_FEED_SETTINGS};

static void add_all(GHashTable *known, const char *const keys[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_hash_table_add(known, (gpointer)keys[i]);
    }
}

static void add_terminated(GHashTable *known, const char *const *keys)
{
    for (; keys != NULL && *keys != NULL; keys++) {
        g_hash_table_add(known, (gpointer)*keys);
    }
}

static void add_stage(GHashTable *known, const SpStage *stage)
{
    add_terminated(known, stage->config_keys);
    for (const SpTransform *const *transform = stage->transforms;
         transform != NULL && *transform != NULL; transform++) {
        add_all(known, (*transform)->config_keys, (*transform)->n_config_keys);
    }
}

static GHashTable *known_keys(void)
{
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal);
    add_all(known, own_keys, G_N_ELEMENTS(own_keys));
    for (gsize i = 0; i < sp_programs_size(); i++) {
        const SpProgram *program = sp_programs_at(i);
        add_terminated(known, program->config_keys);
        if (program->stage != NULL) {
            add_stage(known, program->stage);
        }
    }
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        add_all(known, sp_outputs_at(i)->config_keys, sp_outputs_at(i)->n_config_keys);
    }
    return known;
}

/* "a, b, c": the keys of a section, in byte order. */
static char *list_section(GHashTable *known, const char *section)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer key = NULL;
    gsize size = strlen(section);
    g_hash_table_iter_init(&iter, known);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const char *name = key;
        if (strncmp(name, section, size) == 0 && name[size] == '.') {
            g_ptr_array_add(found, g_strdup(name + size + 1));
        }
    }
    g_ptr_array_sort(found, sp_codes_compare);
    g_ptr_array_add(found, NULL);
    return found->len == 1 ? g_strdup("none: there is no such section")
                           : g_strjoinv(", ", (char **)found->pdata);
}

static gboolean is_among(const char *key, const char *const keys[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(key, keys[i]) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* FALSE, with what the section may have instead. */
static gboolean set_unknown(const SpConfig *config, const char *section, const char *key,
                            const char *allowed, GError **error)
{
    g_autofree char *place = sp_config_place(config, section, key);
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s: section [%s] has no key \"%s\"; its keys are %s", place, section, key,
                        allowed);
}

static gboolean check_dataset(const SpConfig *config, const char *section, const char *key,
                              GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(section, error);
    if (extractor == NULL) {
        g_autofree char *place = sp_config_place(config, section, key);
        g_prefix_error(error, "%s: section [%s]: ", place, section);
        return FALSE;
    }
    if (is_among(key, sp_dataset_keys, sp_n_dataset_keys) ||
        is_among(key, extractor->config_keys, extractor->n_config_keys)) {
        return TRUE;
    }
    g_autoptr(GString) allowed = g_string_new(NULL);
    for (gsize i = 0; i < sp_n_dataset_keys; i++) {
        g_string_append_printf(allowed, "%s, ", sp_dataset_keys[i]);
    }
    for (gsize i = 0; i < extractor->n_config_keys; i++) {
        g_string_append_printf(allowed, "%s%s", i > 0 ? ", " : "", extractor->config_keys[i]);
    }
    return set_unknown(config, section, key, allowed->str, error);
}

/* A section of a kind of its own, [delivery/NAME] or [notice/OFFICE]. */
static gboolean check_named(const SpConfig *config, const char *section, const char *key,
                            const char *const *keys, GError **error)
{
    if (g_strv_contains(keys, key)) {
        return TRUE;
    }
    g_autofree char *allowed = g_strjoinv(", ", (char **)keys);
    return set_unknown(config, section, key, allowed, error);
}

static gboolean check_key(const SpConfig *config, GHashTable *known, const char *section,
                          const char *key, GError **error)
{
    if (g_str_has_prefix(section, SP_TARGET_SECTION)) {
        return check_named(config, section, key, sp_target_keys, error);
    }
    if (g_str_has_prefix(section, SP_LETTERS_SECTION)) {
        return check_named(config, section, key, sp_letters_keys, error);
    }
    if (strchr(section, '/') != NULL) {
        return check_dataset(config, section, key, error);
    }
    g_autofree char *name = g_strdup_printf("%s.%s", section, key);
    if (g_hash_table_contains(known, name)) {
        return TRUE;
    }
    g_autofree char *allowed = list_section(known, section);
    return set_unknown(config, section, key, allowed, error);
}

gboolean sp_known_keys_check(const SpConfig *config, GError **error)
{
    g_autoptr(GHashTable) known = known_keys();
    g_auto(GStrv) sections = sp_config_sections(config);
    for (char **section = sections; *section != NULL; section++) {
        g_auto(GStrv) keys = sp_config_keys(config, *section);
        for (char **key = keys; *key != NULL; key++) {
            if (!check_key(config, known, *section, *key, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}
