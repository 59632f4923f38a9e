/* Any bytes as SHA256SUMS beside a file, as verify reads it in a folder that came from elsewhere:
 * whatever it lists, only a true sum of that one file is taken. */
#include "outputs/archive/sums.h"

#include "core/hash.h"
#include "core/io/files.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { SUMS, CONTENT, N_PARTS };

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_CLAIM(folder != NULL);
    SpField parts[N_PARTS];
    fuzz_parts(data, size, parts, N_PARTS);
    fuzz_put(folder, SP_SUMS_NAME, &parts[SUMS]);
    fuzz_put(folder, "a.csv", &parts[CONTENT]);
    gboolean ok = sp_sums_check(folder, &error);
    fuzz_check_outcome(ok, &error);
    char hex[SP_HASH_SIZE];
    sp_hash_bytes(parts[CONTENT].text, parts[CONTENT].size, hex);
    FUZZ_CLAIM(!ok || memmem(parts[SUMS].text, parts[SUMS].size, hex, strlen(hex)) != NULL);
    FUZZ_CLAIM(sp_folder_remove(folder, NULL));
    return 0;
}
