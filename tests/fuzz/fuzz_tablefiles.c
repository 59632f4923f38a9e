/*
 * Any bytes as our own tables on disk: a descriptor, a CSV beside it, one in the folder data. What
 * is read is written again without a word, reads back, and is then the same bytes.
 */
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { DESCRIPTOR, BESIDE, BELOW, N_PARTS };

static void claim_same_bytes(const char *a, const char *b, const char *name)
{
    g_autofree char *path_a = g_build_filename(a, name, NULL);
    g_autofree char *path_b = g_build_filename(b, name, NULL);
    g_autofree char *bytes_a = NULL;
    g_autofree char *bytes_b = NULL;
    gsize size_a = 0;
    gsize size_b = 0;
    FUZZ_CLAIM(g_file_get_contents(path_a, &bytes_a, &size_a, NULL));
    FUZZ_CLAIM(g_file_get_contents(path_b, &bytes_b, &size_b, NULL));
    FUZZ_CLAIM(size_a == size_b && memcmp(bytes_a, bytes_b, size_a) == 0);
}

static char *subfolder(const char *folder, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    FUZZ_CLAIM(sp_folder_make(path, SP_MODE_PRIVATE_FOLDER, NULL));
    return path;
}

static void write_again(SpTables *tables, const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *first = subfolder(folder, "first");
    g_autofree char *second = subfolder(folder, "second");
    gboolean ok = sp_tables_write(tables, first, "fuzz", 0600, &error);
    FUZZ_CLAIM(ok && error == NULL);
    g_autoptr(SpTables) again = sp_tables_read(first, NULL, &error);
    FUZZ_CLAIM(again != NULL && error == NULL);
    ok = sp_tables_write(again, second, "fuzz", 0600, &error);
    FUZZ_CLAIM(ok && error == NULL);
    g_auto(GStrv) names = sp_folder_list(first, NULL);
    FUZZ_CLAIM(names != NULL);
    for (char **name = names; *name != NULL; name++) {
        claim_same_bytes(first, second, *name);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_CLAIM(folder != NULL);
    g_autofree char *below = subfolder(folder, "data");
    SpField parts[N_PARTS];
    fuzz_parts(data, size, parts, N_PARTS);
    fuzz_put(folder, SP_TABLES_DESCRIPTOR, &parts[DESCRIPTOR]);
    fuzz_put(folder, "a.csv", &parts[BESIDE]);
    fuzz_put(below, "b.csv", &parts[BELOW]);
    g_autoptr(SpTables) tables = sp_tables_read(folder, NULL, &error);
    fuzz_check_outcome(tables != NULL, &error);
    if (tables != NULL) {
        write_again(tables, folder);
    }
    FUZZ_CLAIM(sp_folder_remove(folder, NULL));
    return 0;
}
