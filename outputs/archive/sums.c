/* SHA256SUMS: written for, and checked as, coreutils' sha256sum. */
#include "outputs/archive/sums.h"

#include "core/error.h"
#include "core/io/files.h"

#include <string.h>

enum {
    HEX_SIZE = SP_HASH_SIZE - 1,
    MAX_TOLD = 10, /* findings named in one error */
};

static gboolean is_listed(const char *path)
{
    return strcmp(path, SP_SUMS_NAME) != 0 && strcmp(path, SP_SUMS_SIGNATURE_NAME) != 0;
}

static void put_line(GString *text, const char *hex, const char *path)
{
    gboolean is_escaped = strpbrk(path, "\\\n\r") != NULL;
    g_string_append_printf(text, "%s%s  ", is_escaped ? "\\" : "", hex);
    for (const char *c = path; *c != '\0'; c++) {
        if (*c == '\\') {
            g_string_append(text, "\\\\");
        } else if (*c == '\n') {
            g_string_append(text, "\\n");
        } else if (*c == '\r') {
            g_string_append(text, "\\r");
        } else {
            g_string_append_c(text, *c);
        }
    }
    g_string_append_c(text, '\n');
}

/* The path of an escaped line; FALSE when a backslash is followed by what sha256sum never writes.
 */
static gboolean unescape(char *path)
{
    char *out = path;
    for (const char *c = path; *c != '\0'; c++) {
        if (*c != '\\') {
            *out++ = *c;
            continue;
        }
        c++;
        if (*c == '\\') {
            *out++ = '\\';
        } else if (*c == 'n') {
            *out++ = '\n';
        } else if (*c == 'r') {
            *out++ = '\r';
        } else {
            return FALSE;
        }
    }
    *out = '\0';
    return TRUE;
}

/* A path that sha256sum would follow out of the folder says nothing about the folder. */
static gboolean stays_inside(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (gsize i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] == '\0' || strcmp(parts[i], ".") == 0 || strcmp(parts[i], "..") == 0) {
            return FALSE;
        }
    }
    return parts[0] != NULL;
}

/* "HEX  PATH" or "\HEX  ESCAPED PATH" (also " *", binary mode), cut in place. */
static gboolean parse_line(char *line, char **hex, char **path)
{
    gboolean is_escaped = line[0] == '\\';
    *hex = line + (is_escaped ? 1 : 0);
    if (strspn(*hex, "0123456789abcdef") != HEX_SIZE || (*hex)[HEX_SIZE] != ' ') {
        return FALSE;
    }
    char mode = (*hex)[HEX_SIZE + 1];
    if (mode != ' ' && mode != '*') {
        return FALSE;
    }
    (*hex)[HEX_SIZE] = '\0';
    *path = *hex + HEX_SIZE + 2;
    return (!is_escaped || unescape(*path)) && stays_inside(*path);
}

/* The listed files: path to sum, both borrowed from `text`. */
static GHashTable *read_sums(char *text, const char *origin, GError **error)
{
    g_autoptr(GHashTable) sums = g_hash_table_new(g_str_hash, g_str_equal);
    guint64 number = 1;
    for (char *line = text; *line != '\0'; number++) {
        char *end = strchr(line, '\n');
        char *hex = NULL;
        char *path = NULL;
        if (end == NULL) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: row %" G_GUINT64_FORMAT " is cut short; fetch the edition again",
                         origin, number);
            return NULL;
        }
        *end = '\0';
        if (!parse_line(line, &hex, &path)) {
            sp_error_set(
                error, SP_ERROR_DATA,
                "%s: row %" G_GUINT64_FORMAT
                " is not \"SHA-256, two blanks, path inside the folder\"; fetch the edition "
                "again",
                origin, number);
            return NULL;
        }
        if (!g_hash_table_insert(sums, path, hex)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: row %" G_GUINT64_FORMAT " lists \"%s\" a second time", origin, number,
                         path);
            return NULL;
        }
        line = end + 1;
    }
    return g_steal_pointer(&sums);
}

static gboolean is_in(char *const *paths, const char *path)
{
    return g_strv_contains((const char *const *)paths, path);
}

static void add_finding(GPtrArray *findings, const char *what, const char *path)
{
    g_ptr_array_add(findings, g_strdup_printf("%s %s", what, path));
}

static gboolean find_differences(const SpTree *tree, char *const *paths, GHashTable *sums,
                                 GPtrArray *findings, GError **error)
{
    for (gsize i = 0; paths[i] != NULL; i++) {
        char actual[SP_HASH_SIZE];
        const char *wanted = g_hash_table_lookup(sums, paths[i]);
        if (!is_listed(paths[i])) {
            continue;
        }
        if (wanted == NULL) {
            add_finding(findings, "not listed:", paths[i]);
            continue;
        }
        if (!sp_tree_hash(tree, paths[i], actual, error)) {
            return FALSE;
        }
        if (strcmp(actual, wanted) != 0) {
            add_finding(findings, "altered:", paths[i]);
        }
    }
    g_autoptr(GList) listed = g_list_sort(g_hash_table_get_keys(sums), (GCompareFunc)strcmp);
    for (const GList *item = listed; item != NULL; item = item->next) {
        if (!is_in(paths, item->data)) {
            add_finding(findings, "missing:", item->data);
        }
    }
    return TRUE;
}

gboolean sp_sums_write(const char *folder, guint mode, GError **error)
{
    g_auto(GStrv) paths = sp_folder_walk(folder, error);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *name = g_build_filename(folder, SP_SUMS_NAME, NULL);
    if (paths == NULL) {
        return FALSE;
    }
    for (gsize i = 0; paths[i] != NULL; i++) {
        char hex[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(folder, paths[i], NULL);
        if (!is_listed(paths[i])) {
            continue;
        }
        if (!sp_file_hash(path, hex, error)) {
            return FALSE;
        }
        put_line(text, hex, paths[i]);
    }
    return sp_file_write(name, text->str, text->len, mode, error);
}

gboolean sp_sums_check_tree(const SpTree *tree, GError **error)
{
    gsize size = 0;
    g_autofree char *name = sp_tree_path(tree, SP_SUMS_NAME);
    g_autofree char *text = sp_tree_read(tree, SP_SUMS_NAME, SP_SUMS_MAX_SIZE, &size, error);
    g_autoptr(GHashTable) sums = NULL;
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    if (text == NULL) {
        return FALSE;
    }
    if (strlen(text) != size) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: holds a NUL byte; fetch the edition again",
                            name);
    }
    sums = read_sums(text, name, error);
    g_auto(GStrv) paths = sums != NULL ? sp_tree_list(tree, error) : NULL;
    if (paths == NULL || !find_differences(tree, paths, sums, findings, error)) {
        return FALSE;
    }
    if (findings->len == 0) {
        return TRUE;
    }
    g_autoptr(GString) told = g_string_new(NULL);
    for (guint i = 0; i < MIN(findings->len, MAX_TOLD); i++) {
        g_string_append_printf(told, "%s%s", i > 0 ? "; " : "",
                               (const char *)g_ptr_array_index(findings, i));
    }
    if (findings->len > MAX_TOLD) {
        g_string_append_printf(told, "; and %u more", findings->len - MAX_TOLD);
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: folder and sums differ: %s; fetch the edition again", name, told->str);
}

gboolean sp_sums_check(const char *folder, GError **error)
{
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    return sp_sums_check_tree(tree, error);
}
