/* Small lists. */
#include "tests/upstream/lists.h"

#include "core/number.h"

#include <string.h>

GKeyFile *fake_list_open(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GKeyFile) file = g_key_file_new();
    return g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL) ? g_steal_pointer(&file)
                                                                        : NULL;
}

GPtrArray *fake_list_read(GKeyFile *file, const char *section, const char *key)
{
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_autofree char *text = g_key_file_get_string(file, section, key, NULL);
    g_auto(GStrv) entries = g_strsplit(text != NULL ? text : "", "|", -1);
    for (char **entry = entries; *entry != NULL; entry++) {
        g_ptr_array_add(list, g_strsplit(*entry, ":", -1));
    }
    return list;
}

const char *fake_list_part(const GPtrArray *list, guint i, guint part)
{
    char **parts = g_ptr_array_index(list, i);
    return part < g_strv_length(parts) ? parts[part] : "";
}

gboolean fake_list_wants(char **wanted, const char *text)
{
    return wanted == NULL || wanted[0] == NULL ||
           g_strv_contains((const char *const *)wanted, text);
}

gint64 fake_list_number(const char *text, gint64 fallback)
{
    if (text != NULL) {
        sp_number_parse_int(text, strlen(text), &fallback);
    }
    return fallback;
}
