/* Who brought a kommune's rows last. */
#include "transforms/normalise/persons_files.h"

struct SpPersonsFiles {
    GPtrArray *names; /* char*, in the order in which the files are read */
    GArray *last; /* guint32 [texts][SP_PERSONS_MAX_PERIODS]: number of the file, from 1; 0: none */
};

SpPersonsFiles *sp_persons_files_new(void)
{
    SpPersonsFiles *files = g_new0(SpPersonsFiles, 1);
    files->names = g_ptr_array_new_with_free_func(g_free);
    files->last = g_array_new(FALSE, TRUE, sizeof(guint32));
    return files;
}

void sp_persons_files_free(SpPersonsFiles *files)
{
    if (files != NULL) {
        g_ptr_array_unref(files->names);
        g_array_unref(files->last);
        g_free(files);
    }
}

void sp_persons_files_next(SpPersonsFiles *files, const char *origin)
{
    g_ptr_array_add(files->names, g_strdup(origin));
}

const char *sp_persons_files_add(SpPersonsFiles *files, guint32 text, guint32 period)
{
    guint place = text * SP_PERSONS_MAX_PERIODS + period;
    if (place >= files->last->len) {
        g_array_set_size(files->last, (text + 1) * SP_PERSONS_MAX_PERIODS);
    }
    guint32 *last = &g_array_index(files->last, guint32, place);
    guint32 before = *last;
    *last = files->names->len;
    return before == 0 || before == *last ? NULL : files->names->pdata[before - 1];
}
