/* Any bytes as a package's archive that came from elsewhere: what is listed stays inside, and what
 * can be unpacked has the sum that it is told to have. */
#include "core/io/files.h"
#include "core/io/tree.h"
#include "core/io/zip_read.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check_name(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    FUZZ_CLAIM(g_utf8_validate(name, -1, NULL) && parts[0] != NULL);
    for (gsize i = 0; parts[i] != NULL; i++) {
        FUZZ_CLAIM(parts[i][0] != '\0' && strcmp(parts[i], ".") != 0 &&
                   strcmp(parts[i], "..") != 0);
    }
}

static void check_entry(SpZip *zip, const char *name)
{
    g_autoptr(GError) error = NULL;
    char told[SP_HASH_SIZE];
    char found[SP_HASH_SIZE];
    gsize size = 0;
    gboolean ok = sp_zip_hash(zip, name, told, &error);
    fuzz_check_outcome(ok, &error);
    int fd = sp_zip_unpack(zip, name, &size, &error);
    FUZZ_CLAIM(ok == (fd >= 0));
    fuzz_check_outcome(fd >= 0, &error);
    if (fd >= 0) {
        g_autofree char *bytes = g_malloc(size + 1);
        gsize n = 0;
        FUZZ_CLAIM(sp_fd_read(fd, name, bytes, size + 1, &n, NULL) && n == size);
        sp_hash_bytes(bytes, size, found);
        FUZZ_CLAIM(strcmp(told, found) == 0);
        close(fd);
    }
}

static void check_tree(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTree) tree = sp_tree_of_zip(path, &error);
    fuzz_check_outcome(tree != NULL, &error);
    if (tree != NULL) {
        g_auto(GStrv) names = sp_tree_list(tree, &error);
        fuzz_check_outcome(names != NULL, &error);
        for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
            check_name(names[i]);
            FUZZ_CLAIM(sp_tree_has(tree, names[i]));
        }
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_CLAIM(folder != NULL);
    const SpField all = {.text = (const char *)data, .size = size};
    fuzz_put(folder, "a.zip", &all);
    g_autofree char *path = g_build_filename(folder, "a.zip", NULL);
    SpZip *zip = sp_zip_open(path, &error);
    fuzz_check_outcome(zip != NULL, &error);
    if (zip != NULL) {
        char *const *names = sp_zip_names(zip);
        for (gsize i = 0; names[i] != NULL; i++) {
            check_name(names[i]);
            FUZZ_CLAIM(i == 0 || strcmp(names[i - 1], names[i]) < 0);
            check_entry(zip, names[i]);
        }
        sp_zip_close(zip);
    }
    check_tree(path);
    FUZZ_CLAIM(sp_folder_remove(folder, NULL));
    return 0;
}
