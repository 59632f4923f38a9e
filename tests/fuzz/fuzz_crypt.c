/* Any bytes as an encrypted file: nothing that was not sealed with the key comes out of it. */
#include "core/io/crypt.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* A file in memory, by a name that can be opened. */
static char *in_memory(const void *bytes, gsize size, int *fd)
{
    *fd = memfd_create("fuzz", MFD_CLOEXEC);
    FUZZ_CLAIM(*fd >= 0 && fchmod(*fd, 0600) == 0);
    FUZZ_CLAIM(write(*fd, bytes, size) == (ssize_t)size);
    return g_strdup_printf("/proc/self/fd/%d", *fd);
}

static gboolean refuse_piece(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)bytes;
    (void)size;
    (void)data;
    (void)error;
    const gboolean is_forged = TRUE;
    FUZZ_CLAIM(!is_forged);
    return TRUE;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static SpKey *key;
    g_autoptr(GError) error = NULL;
    int fd = -1;
    if (key == NULL) {
        static const guint8 bytes[32] = {7};
        g_autofree char *path = in_memory(bytes, sizeof bytes, &fd);
        key = sp_key_read(path, NULL);
        FUZZ_CLAIM(key != NULL);
        close(fd);
    }
    g_autofree char *path = in_memory(data, size, &fd);
    gboolean ok = sp_crypt_read(key, path, refuse_piece, NULL, &error);
    FUZZ_CLAIM(!ok);
    fuzz_check_outcome(ok, &error);
    FUZZ_CLAIM(!sp_crypt_opens(key, path));
    close(fd);
    return 0;
}
