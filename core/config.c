/* Settings in layers (core/ini.c reads each), and the declared view of them. */
#include "core/config.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"

#include <string.h>

typedef struct {
    char *text;
    char *origin;
    guint line; /* of the file, from 1; 0: no file */
} Value;

struct SpConfig {
    GHashTable *sections; /* name (char*) -> GHashTable* of key (char*) -> Value* */
};

struct SpSettings {
    char *section;
    GHashTable *declared; /* key as declared (char*) -> Value*; NULL value: not set anywhere */
    guint n_threads;
};

static Value *value_new(const char *text, const char *origin, guint line)
{
    Value *value = g_new(Value, 1);
    value->text = g_strdup(text);
    value->origin = g_strdup(origin);
    value->line = line;
    return value;
}

static void value_free(gpointer data)
{
    Value *value = data;
    if (value == NULL) {
        return;
    }
    g_free(value->text);
    g_free(value->origin);
    g_free(value);
}

SpConfig *sp_config_new(void)
{
    SpConfig *config = g_new0(SpConfig, 1);
    config->sections =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    return config;
}

void sp_config_free(SpConfig *config)
{
    if (config == NULL) {
        return;
    }
    g_hash_table_unref(config->sections);
    g_free(config);
}

static GHashTable *find_or_add_section(SpConfig *config, const char *section)
{
    GHashTable *keys = g_hash_table_lookup(config->sections, section);
    if (keys == NULL) {
        keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
        g_hash_table_insert(config->sections, g_strdup(section), keys);
    }
    return keys;
}

gboolean sp_config_add(SpConfig *config, const char *origin, const char *text, GError **error)
{
    g_autoptr(GHashTable) lines = NULL;
    g_autoptr(GKeyFile) file = sp_config_parse_lines(origin, text, &lines, error);
    if (file == NULL) {
        return FALSE;
    }
    g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
    for (gsize i = 0; sections[i] != NULL; i++) {
        GHashTable *values = find_or_add_section(config, sections[i]);
        g_auto(GStrv) keys = g_key_file_get_keys(file, sections[i], NULL, NULL);
        for (gsize j = 0; keys != NULL && keys[j] != NULL; j++) {
            g_autofree char *raw = g_key_file_get_value(file, sections[i], keys[j], NULL);
            g_autofree char *id = g_strconcat(sections[i], "\n", keys[j], NULL);
            guint line = GPOINTER_TO_UINT(g_hash_table_lookup(lines, id));
            g_hash_table_insert(values, g_strdup(keys[j]),
                                value_new(g_strstrip(raw), origin, line));
        }
    }
    return TRUE;
}

gboolean sp_config_set(SpConfig *config, const char *origin, const char *assignment, GError **error)
{
    const char *equals = strchr(assignment, '=');
    const char *dot = equals == NULL ? NULL : g_strrstr_len(assignment, equals - assignment, ".");
    if (dot == NULL || dot == assignment || dot + 1 == equals ||
        !g_utf8_validate(assignment, -1, NULL)) {
        g_autofree char *shown = g_utf8_make_valid(assignment, -1);
        return sp_error_set(error, SP_ERROR_USAGE,
                            "%s: \"%s\" is no setting; write section.key=value", origin, shown);
    }
    if (strpbrk(assignment, "\n\r") != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "%s: a setting is one line of text; write section.key=value", origin);
    }
    g_autofree char *section = g_strstrip(g_strndup(assignment, (gsize)(dot - assignment)));
    g_autofree char *key = g_strstrip(g_strndup(dot + 1, (gsize)(equals - dot - 1)));
    g_autofree char *text = g_strstrip(g_strdup(equals + 1));
    if (section[0] == '\0' || key[0] == '\0') {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "%s: \"%s\" is no setting; write section.key=value", origin,
                            assignment);
    }
    g_hash_table_insert(find_or_add_section(config, section), g_steal_pointer(&key),
                        value_new(text, origin, 0));
    return TRUE;
}

static const Value *find_value(const SpConfig *config, const char *section, const char *key)
{
    GHashTable *keys = g_hash_table_lookup(config->sections, section);
    return keys == NULL ? NULL : g_hash_table_lookup(keys, key);
}

const char *sp_config_value(const SpConfig *config, const char *section, const char *key)
{
    const Value *value = find_value(config, section, key);
    return value == NULL ? NULL : value->text;
}

const char *sp_config_origin(const SpConfig *config, const char *section, const char *key)
{
    const Value *value = find_value(config, section, key);
    return value == NULL ? NULL : value->origin;
}

char *sp_config_place(const SpConfig *config, const char *section, const char *key)
{
    const Value *value = find_value(config, section, key);
    g_assert(value != NULL);
    return value->line == 0 ? g_strdup(value->origin)
                            : g_strdup_printf("%s:%u", value->origin, value->line);
}

/** The keys of a hash table in byte order, copied; NULL gives none. */
static char **sorted_keys(GHashTable *table)
{
    GPtrArray *names = g_ptr_array_new();
    if (table != NULL) {
        GHashTableIter iter;
        gpointer name;
        g_hash_table_iter_init(&iter, table);
        while (g_hash_table_iter_next(&iter, &name, NULL)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, sp_codes_compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char **sp_config_sections(const SpConfig *config)
{
    return sorted_keys(config->sections);
}

char **sp_config_keys(const SpConfig *config, const char *section)
{
    return sorted_keys(g_hash_table_lookup(config->sections, section));
}

SpSettings *sp_settings_new(const SpConfig *config, const char *section, const char *const keys[],
                            gsize n_keys)
{
    SpSettings *settings = g_new0(SpSettings, 1);
    settings->section = g_strdup(section);
    settings->n_threads = 1;
    settings->declared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
    for (gsize i = 0; i < n_keys; i++) {
        const char *dot = strrchr(keys[i], '.');
        const Value *value = NULL;
        if (dot != NULL) {
            g_autofree char *other = g_strndup(keys[i], (gsize)(dot - keys[i]));
            value = find_value(config, other, dot + 1);
        } else if (section != NULL) {
            value = find_value(config, section, keys[i]);
        }
        g_hash_table_insert(settings->declared, g_strdup(keys[i]),
                            value == NULL ? NULL
                                          : value_new(value->text, value->origin, value->line));
    }
    return settings;
}

void sp_settings_set_threads(SpSettings *settings, guint n_threads)
{
    settings->n_threads = MAX(n_threads, 1U);
}

guint sp_settings_threads(const SpSettings *settings)
{
    return settings->n_threads;
}

void sp_settings_free(SpSettings *settings)
{
    if (settings == NULL) {
        return;
    }
    g_free(settings->section);
    g_hash_table_unref(settings->declared);
    g_free(settings);
}

/** The value of a declared key, NULL in *value if it is not set. */
static gboolean find_declared(const SpSettings *settings, const char *key, const Value **value,
                              GError **error)
{
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(settings->declared, key, NULL, &found)) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "setting \"%s\" is read but not declared; the descriptor must name it "
                            "in its config_keys",
                            key);
    }
    *value = found;
    return TRUE;
}

static const Value *need_value(const SpSettings *settings, const char *key, GError **error)
{
    const Value *value = NULL;
    if (!find_declared(settings, key, &value, error)) {
        return NULL;
    }
    if (value == NULL) {
        const char *dot = strrchr(key, '.');
        g_autofree char *section =
            dot == NULL ? g_strdup(settings->section) : g_strndup(key, (gsize)(dot - key));
        const char *name = dot == NULL ? key : dot + 1;
        sp_error_set(error, SP_ERROR_CONFIG,
                     "setting \"%s\" of section [%s] is not set; give it in a configuration file "
                     "or with --set %s.%s=VALUE",
                     name, section == NULL ? "" : section, section == NULL ? "" : section, name);
    }
    return value;
}

/** The error of a value that is not of the form `want`. */
static gboolean set_wrong(const SpSettings *settings, const char *key, const Value *value,
                          const char *want, GError **error)
{
    gboolean is_own = strchr(key, '.') == NULL && settings->section != NULL;
    return sp_error_set(error, SP_ERROR_CONFIG, "%s: setting \"%s%s%s\" is \"%s\", want %s",
                        value->origin, is_own ? settings->section : "", is_own ? "." : "", key,
                        value->text, want);
}

const char *sp_settings_text(const SpSettings *settings, const char *key, GError **error)
{
    const Value *value = need_value(settings, key, error);
    return value == NULL ? NULL : value->text;
}

gboolean sp_settings_double(const SpSettings *settings, const char *key, double minimum,
                            double maximum, double *value, GError **error)
{
    const Value *text = need_value(settings, key, error);
    if (text == NULL) {
        return FALSE;
    }
    double number = 0;
    if (!sp_number_parse(text->text, strlen(text->text), sp_number_plain, &number) ||
        number < minimum || number > maximum) {
        char low[SP_NUMBER_SIZE];
        char high[SP_NUMBER_SIZE];
        sp_number_format(minimum, low);
        sp_number_format(maximum, high);
        g_autofree char *want = g_strdup_printf("a number from %s to %s", low, high);
        return set_wrong(settings, key, text, want, error);
    }
    *value = number;
    return TRUE;
}

gboolean sp_settings_int(const SpSettings *settings, const char *key, gint64 minimum,
                         gint64 maximum, gint64 *value, GError **error)
{
    const Value *text = need_value(settings, key, error);
    if (text == NULL) {
        return FALSE;
    }
    gint64 number = 0;
    if (!sp_number_parse_int(text->text, strlen(text->text), &number) || number < minimum ||
        number > maximum) {
        g_autofree char *want = g_strdup_printf(
            "a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, minimum, maximum);
        return set_wrong(settings, key, text, want, error);
    }
    *value = number;
    return TRUE;
}

gboolean sp_settings_bool(const SpSettings *settings, const char *key, gboolean *value,
                          GError **error)
{
    const Value *text = need_value(settings, key, error);
    if (text == NULL) {
        return FALSE;
    }
    if (strcmp(text->text, "yes") != 0 && strcmp(text->text, "no") != 0) {
        return set_wrong(settings, key, text, "yes or no", error);
    }
    *value = text->text[0] == 'y';
    return TRUE;
}

char **sp_settings_list(const SpSettings *settings, const char *key, GError **error)
{
    const Value *value = need_value(settings, key, error);
    if (value == NULL) {
        return NULL;
    }
    g_auto(GStrv) parts = g_strsplit_set(value->text, " \t,", -1);
    GPtrArray *list = g_ptr_array_new();
    for (gsize i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] != '\0') {
            g_ptr_array_add(list, g_strdup(parts[i]));
        }
    }
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

gboolean sp_settings_text_or(const SpSettings *settings, const char *key, const char *fallback,
                             const char **text, GError **error)
{
    const Value *value = NULL;
    if (!find_declared(settings, key, &value, error)) {
        return FALSE;
    }
    *text = value == NULL ? fallback : value->text;
    return TRUE;
}

char *sp_settings_describe(const SpSettings *settings)
{
    GString *text = g_string_new(NULL);
    g_auto(GStrv) keys = sorted_keys(settings->declared);
    for (gsize i = 0; keys[i] != NULL; i++) {
        const Value *value = g_hash_table_lookup(settings->declared, keys[i]);
        if (value != NULL) {
            g_string_append_printf(text, "%s=%s\n", keys[i], value->text);
        }
    }
    return g_string_free(text, FALSE);
}
