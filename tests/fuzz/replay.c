/* A fuzz target without the fuzzer: every file of the committed corpus through it once. */
#include <glib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int main(int argc, char **argv)
{
    guint n = 0;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GDir) folder = g_dir_open(argv[i], 0, NULL);
        const char *name = folder == NULL ? NULL : g_dir_read_name(folder);
        for (; name != NULL; name = g_dir_read_name(folder)) {
            g_autofree char *path = g_build_filename(argv[i], name, NULL);
            g_autofree char *bytes = NULL;
            gsize size = 0;
            if (!g_file_get_contents(path, &bytes, &size, NULL)) {
                g_printerr("cannot read %s\n", path);
                return 1;
            }
            LLVMFuzzerTestOneInput((const guint8 *)bytes, size);
            n++;
        }
    }
    if (n == 0) {
        g_printerr("no corpus\n");
        return 1;
    }
    g_print("%u inputs\n", n);
    return 0;
}
