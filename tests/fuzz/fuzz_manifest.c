/* Any bytes as the manifest of a unit and as a small CSV of the configuration: what is read can be
 * written into a message or a key. */
#include "pipeline/catalogue.h"
#include "pipeline/manifest.h"

#include "core/io/files.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { MANIFEST, CATALOGUE, N_PARTS };

static void fuzz_manifest(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpManifest) manifest = sp_manifest_read(folder, &error);
    fuzz_check_outcome(manifest != NULL, &error);
    if (manifest == NULL) {
        return;
    }
    for (guint i = 0; i < manifest->inputs->len; i++) {
        g_autofree char *line = sp_input_describe(g_ptr_array_index(manifest->inputs, i));
        FUZZ_CLAIM(g_utf8_validate(line, -1, NULL));
    }
    for (guint i = 0; i < manifest->stand_ins->len; i++) {
        g_autofree char *line = sp_stand_in_describe(g_ptr_array_index(manifest->stand_ins, i));
        FUZZ_CLAIM(g_utf8_validate(line, -1, NULL));
    }
    gboolean ok = sp_manifest_check(manifest, folder, &error);
    fuzz_check_outcome(ok, &error);
}

static void fuzz_catalogue(const char *folder)
{
    static const char *const measures[] = {"fra", "til", NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "liste.csv", NULL);
    g_autoptr(SpTable) table = sp_catalogue_read(path, "liste", measures, &error);
    fuzz_check_outcome(table != NULL, &error);
    g_autoptr(SpTexts) texts = sp_catalogue_texts(path, &error);
    fuzz_check_outcome(texts != NULL, &error);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *folder = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_CLAIM(folder != NULL);
    SpField parts[N_PARTS];
    fuzz_parts(data, size, parts, N_PARTS);
    fuzz_put(folder, "manifest.json", &parts[MANIFEST]);
    fuzz_put(folder, "liste.csv", &parts[CATALOGUE]);
    fuzz_manifest(folder);
    fuzz_catalogue(folder);
    FUZZ_CLAIM(sp_folder_remove(folder, NULL));
    return 0;
}
