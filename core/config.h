/**
 * Settings: INI layers (later ones win), and the declared view that stages and extractors read
 * through.
 *
 * A setting is named "section.key"; the section of a dataset is "SOURCE/DATASET"
 * ("ssb/folkemengde"). Values are kept as text without blanks around, with their origin, for
 * `config show --origin`.
 */
#ifndef SP_CORE_CONFIG_H
#define SP_CORE_CONFIG_H

#include <glib.h>

/**
 * Parses the text of one INI file: lines that are blank, `# comment`, `[section]` or `key = value`
 * (kept raw: no escapes). `origin` names the file. Sections and keys keep their order
 * (g_key_file_get_groups). SP_ERROR_CONFIG names the line: text that is none of these or not UTF-8,
 * a key before any section, a section or a key that stands twice. Owned by the caller.
 */
GKeyFile *sp_config_parse(const char *origin, const char *text, GError **error);

/** The same, and where what stands: *lines has "section\nkey" -> line, counted from 1, as
 * GUINT_TO_POINTER (g_hash_table_unref); NULL with an error. */
GKeyFile *sp_config_parse_lines(const char *origin, const char *text, GHashTable **lines,
                                GError **error);

typedef struct SpConfig SpConfig;

/** Without any layer; the caller frees. */
SpConfig *sp_config_new(void);
void sp_config_free(SpConfig *config);
/** Adds a layer from the text of an INI file. `origin` names it. SP_ERROR_CONFIG as
 * sp_config_parse; `config` is then untouched. */
gboolean sp_config_add(SpConfig *config, const char *origin, const char *text, GError **error);
/** One setting as "section.key=value" (the last dot before '=' parts section and key).
 * SP_ERROR_USAGE when it is not. */
gboolean sp_config_set(SpConfig *config, const char *origin, const char *assignment,
                       GError **error);

/** NULL if not set; a key that is set to nothing gives "". */
const char *sp_config_value(const SpConfig *config, const char *section, const char *key);
const char *sp_config_origin(const SpConfig *config, const char *section, const char *key);
/** For people: "FILE:LINE", or the origin alone of a single assignment. The setting must be there.
 * g_free. */
char *sp_config_place(const SpConfig *config, const char *section, const char *key);
/** Sections in byte order, and keys of a section in byte order: NULL-terminated, owned by the
 * caller (g_strfreev). */
char **sp_config_sections(const SpConfig *config);
char **sp_config_keys(const SpConfig *config, const char *section);

/**
 * What a descriptor may read, as it stood when the view was made (`config` may change or go
 * afterwards). A declared key is "section.key", or "key" alone for a key of the unit's own section;
 * `section` may be NULL when none is declared so. Reading a key that is not declared is
 * SP_ERROR_BUG; a value of the wrong form is SP_ERROR_CONFIG naming key, value, origin and what is
 * allowed; a key that is not set at all is SP_ERROR_CONFIG, except through the *_or functions'
 * default.
 */
typedef struct SpSettings SpSettings;
SpSettings *sp_settings_new(const SpConfig *config, const char *section, const char *const keys[],
                            gsize n_keys);
void sp_settings_free(SpSettings *settings);

/** Threads that a transform may use, at least 1; 1 until it is set. Results never depend on it, so
 * it is no key and is not described. */
void sp_settings_set_threads(SpSettings *settings, guint n_threads);
guint sp_settings_threads(const SpSettings *settings);

/** Borrowed text, NULL with error. */
const char *sp_settings_text(const SpSettings *settings, const char *key, GError **error);
gboolean sp_settings_double(const SpSettings *settings, const char *key, double minimum,
                            double maximum, double *value, GError **error);
gboolean sp_settings_int(const SpSettings *settings, const char *key, gint64 minimum,
                         gint64 maximum, gint64 *value, GError **error);
/** yes or no. */
gboolean sp_settings_bool(const SpSettings *settings, const char *key, gboolean *value,
                          GError **error);
/** Blank- or comma-separated list; owned by the caller (g_strfreev). NULL with error. */
char **sp_settings_list(const SpSettings *settings, const char *key, GError **error);
/** Borrowed text or the default; *text is NULL only if `fallback` is. */
gboolean sp_settings_text_or(const SpSettings *settings, const char *key, const char *fallback,
                             const char **text, GError **error);

/** The declared keys and their values as "key=value\n" lines in byte order, unset keys left out:
 * part of a content key. */
char *sp_settings_describe(const SpSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpConfig, sp_config_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSettings, sp_settings_free)

#endif
