/* What lies in inbox/ and fits nothing. */
#include "pipeline/strays.h"

#include "core/io/files.h"
#include "pipeline/dataset.h"
#include "pipeline/inbox.h"

#include <string.h>

/* A dataset that takes files by hand. */
typedef struct {
    char *source;
    SpInboxPattern *pattern;
} Taker;

static void taker_free(gpointer data)
{
    Taker *taker = data;
    g_free(taker->source);
    sp_inbox_pattern_free(taker->pattern);
    g_free(taker);
}

static void stray_free(gpointer data)
{
    SpStray *stray = data;
    g_free(stray->path);
    g_free(stray->text);
    g_free(stray);
}

static GPtrArray *find_takers(const SpContext *context, GError **error)
{
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    g_autoptr(GPtrArray) takers = g_ptr_array_new_with_free_func(taker_free);
    if (datasets == NULL) {
        return NULL;
    }
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        g_autoptr(SpSettings) settings = sp_dataset_settings(context, *dataset, error);
        g_autoptr(SpInboxPattern) pattern = NULL;
        if (settings == NULL || !sp_dataset_inbox(settings, &pattern, error)) {
            return NULL;
        }
        if (pattern != NULL) {
            Taker *taker = g_new0(Taker, 1);
            taker->source = g_strndup(*dataset, strcspn(*dataset, "/"));
            taker->pattern = g_steal_pointer(&pattern);
            g_ptr_array_add(takers, taker);
        }
    }
    return g_steal_pointer(&takers);
}

static gboolean is_taken(const GPtrArray *takers, const char *source, const char *name)
{
    for (guint i = 0; i < takers->len; i++) {
        const Taker *taker = takers->pdata[i];
        g_autofree char *part =
            strcmp(taker->source, source) == 0 ? sp_inbox_pattern_part(taker->pattern, name) : NULL;
        if (part != NULL) {
            return TRUE;
        }
    }
    return FALSE;
}

/* What files of a source are to be called: "pai-{aar}*, or ...". */
static char *names_of(const GPtrArray *takers, const char *source)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < takers->len; i++) {
        const Taker *taker = takers->pdata[i];
        gpointer text = (gpointer)sp_inbox_pattern_text(taker->pattern);
        if (strcmp(taker->source, source) == 0 &&
            !g_ptr_array_find_with_equal_func(names, text, g_str_equal, NULL)) {
            g_ptr_array_add(names, text);
        }
    }
    g_ptr_array_add(names, NULL);
    return names->len == 1 ? NULL : g_strjoinv(" or ", (char **)names->pdata);
}

static void add(GPtrArray *strays, const GPtrArray *takers, const char *source, const char *name)
{
    g_autofree char *names = source[0] == '\0' ? NULL : names_of(takers, source);
    g_autofree char *path = g_build_filename("inbox", source, name, NULL);
    SpStray *stray = g_new0(SpStray, 1);
    stray->path = g_utf8_make_valid(path, -1);
    if (source[0] == '\0') {
        stray->text =
            g_strdup("lies in no source's folder; move it to inbox/SOURCE/, or remove it");
    } else if (names == NULL) {
        stray->text =
            g_strdup_printf("is for no dataset in use: none takes files from inbox/%s; name one "
                            "in fetch.datasets, or remove the file",
                            source);
    } else {
        stray->text = g_strdup_printf("is not named like %s (" SP_INBOX_PATTERN_HELP
                                      "); rename it, name its dataset in fetch.datasets, or "
                                      "remove it",
                                      names);
    }
    g_ptr_array_add(strays, stray);
}

static gboolean is_passed(const char *path, const char *name)
{
    return name[0] == '.' || sp_inbox_is_ours(name) || g_file_test(path, G_FILE_TEST_IS_DIR);
}

static void look_into(GPtrArray *strays, const GPtrArray *takers, const char *folder,
                      const char *source)
{
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        if (!is_passed(path, *name) && (source[0] == '\0' || !is_taken(takers, source, *name))) {
            add(strays, takers, source, *name);
        }
    }
}

GPtrArray *sp_strays_find(const SpContext *context, GError **error)
{
    g_autoptr(GPtrArray) takers = find_takers(context, error);
    g_autofree char *inbox = sp_context_path(context, "inbox", NULL);
    if (takers == NULL) {
        return NULL;
    }
    GPtrArray *strays = g_ptr_array_new_with_free_func(stray_free);
    g_auto(GStrv) names = sp_folder_list(inbox, NULL);
    look_into(strays, takers, inbox, "");
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *folder = g_build_filename(inbox, *name, NULL);
        if ((*name)[0] != '.' && g_file_test(folder, G_FILE_TEST_IS_DIR)) {
            look_into(strays, takers, folder, *name);
        }
    }
    return strays;
}
