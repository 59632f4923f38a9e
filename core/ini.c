/*
 * The text of one INI file. GKeyFile reads it; the lines are walked once before, because GKeyFile
 * merges what stands twice without a word, drops translations by the user's language and does not
 * count lines.
 */
#include "core/config.h"

#include "core/error.h"

#include <string.h>

/** What the walk over the lines of one file remembers. */
typedef struct {
    const char *origin;
    guint line;
    char *section;    /* the present one, NULL before the first */
    GHashTable *seen; /* "section\nkey", or "section" alone (char*) -> line it stands on */
} Walk;

/** Notes a section or key by its name; FALSE if it was there before. Takes `id`. */
static gboolean note(Walk *walk, char *id, const char *what, const char *name, GError **error)
{
    guint before = GPOINTER_TO_UINT(g_hash_table_lookup(walk->seen, id));
    if (before == 0) {
        g_hash_table_insert(walk->seen, id, GUINT_TO_POINTER(walk->line));
        return TRUE;
    }
    g_free(id);
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s: line %u: %s \"%s\" stands on line %u already; keep one of them",
                        walk->origin, walk->line, what, name, before);
}

static gboolean check_line(Walk *walk, char *line, GError **error)
{
    if (line[0] == '\0' || line[0] == '#') {
        return TRUE;
    }
    gsize size = strlen(line);
    if (line[0] == '[') {
        if (size < 3 || line[size - 1] != ']' || strcspn(line + 1, "[]") != size - 2) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "%s: line %u: \"%s\" is no section; write [name], without brackets inside",
                walk->origin, walk->line, line);
        }
        g_free(walk->section);
        walk->section = g_strndup(line + 1, size - 2);
        return note(walk, g_strdup(walk->section), "section", walk->section, error);
    }
    char *equals = strchr(line, '=');
    if (equals == NULL || equals == line || strcspn(line, "[]") < (gsize)(equals - line)) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "%s: line %u: \"%s\" is neither [section], key = value nor # comment; correct the line",
            walk->origin, walk->line, line);
    }
    if (walk->section == NULL) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "%s: line %u: \"%s\" stands before the first [section]; move it into one", walk->origin,
            walk->line, line);
    }
    g_autofree char *key = g_strchomp(g_strndup(line, (gsize)(equals - line)));
    return note(walk, g_strconcat(walk->section, "\n", key, NULL), "key", key, error);
}

static gboolean check_lines(const char *origin, const char *text, GHashTable *seen, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Walk walk = {.origin = origin, .seen = seen};
    gboolean is_good = TRUE;
    for (gsize i = 0; is_good && lines[i] != NULL; i++) {
        walk.line++;
        is_good = check_line(&walk, g_strstrip(lines[i]), error);
    }
    g_free(walk.section);
    return is_good;
}

GKeyFile *sp_config_parse_lines(const char *origin, const char *text, GHashTable **lines,
                                GError **error)
{
    const char *bad = NULL;
    if (!g_utf8_validate(text, -1, &bad)) {
        guint line = 1;
        for (const char *c = text; c < bad; c++) {
            line += *c == '\n';
        }
        sp_error_set(error, SP_ERROR_CONFIG, "%s: line %u: not UTF-8; save the file as UTF-8",
                     origin, line);
        return NULL;
    }
    if (g_str_has_prefix(text, "\xef\xbb\xbf")) {
        text += 3;
    }
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!check_lines(origin, text, seen, error)) {
        return NULL;
    }
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    if (!g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_KEEP_TRANSLATIONS,
                                   &cause)) {
        sp_error_set(error, SP_ERROR_CONFIG, "%s: %s; correct the file", origin, cause->message);
        return NULL;
    }
    *lines = g_steal_pointer(&seen);
    return g_steal_pointer(&file);
}

GKeyFile *sp_config_parse(const char *origin, const char *text, GError **error)
{
    g_autoptr(GHashTable) lines = NULL;
    return sp_config_parse_lines(origin, text, &lines, error);
}
