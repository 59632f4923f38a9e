/* The first archive that libzip opens is an empty one, in memory. */
#include "core/io/zip_ready.h"

#include <glib.h>
#include <zip.h>

void sp_zip_ready(void)
{
    static gsize is_ready = 0;
    if (g_once_init_enter(&is_ready)) {
        zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
        zip_t *archive = source != NULL ? zip_open_from_source(source, ZIP_CREATE, NULL) : NULL;
        if (archive != NULL) {
            zip_discard(archive); /* with its source */
        } else {
            zip_source_free(source);
        }
        g_once_init_leave(&is_ready, 1);
    }
}
