/*
 * How hard workbooks are packed. libxlsxwriter has no setting for it: it asks minizip for zlib's
 * level 6, which takes more time than all the rest of a workbook. So the program has minizip's
 * function of that name itself (CMakeLists.txt asks the linker for it), which the loader finds
 * before the library's, as it does with malloc, and which hands the call on with another level.
 * Where libxlsxwriter brings a minizip of its own it is never called, and workbooks are smaller and
 * slower.
 */
#include "outputs/xlsx/level.h"

#include <glib.h>

#include <dlfcn.h>
#include <minizip/zip.h>

typedef __typeof__(zipOpenNewFileInZip4_64) OpenEntry;

/* Its parameters are minizip's. NOLINTNEXTLINE(readability-function-size) */
int zipOpenNewFileInZip4_64(zipFile file, const char *name, const zip_fileinfo *info,
                            const void *local, uInt local_size, const void *global,
                            uInt global_size, const char *comment, int method, int level, int raw,
                            int window_bits, int memory, int strategy, const char *password,
                            uLong crc, uLong version, uLong flags, int zip64)
{
    static gsize next = 0; /* minizip's */
    (void)level;
    if (g_once_init_enter(&next)) {
        g_once_init_leave(&next, (gsize)dlsym(RTLD_NEXT, "zipOpenNewFileInZip4_64"));
    }
    g_assert(next != 0); /* else nobody would have asked */
    return ((OpenEntry *)next)(file, name, info, local, local_size, global, global_size, comment,
                               method, SP_XLSX_LEVEL, raw, window_bits, memory, strategy, password,
                               crc, version, flags, zip64);
}
