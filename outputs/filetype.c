/* Media types, by the names of files. */
#include "outputs/filetype.h"

#include <string.h>

const char *sp_file_type(const SpTable *types, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    const char *ending = dot != NULL ? dot + 1 : name;
    gsize endings = sp_table_find(types, "ending");
    gsize media = sp_table_find(types, "media_type");
    for (gsize row = 0; row < sp_table_n_rows(types); row++) {
        if (strcmp(sp_table_code(types, row, endings), ending) == 0) {
            return sp_table_code(types, row, media);
        }
    }
    return "application/octet-stream";
}
