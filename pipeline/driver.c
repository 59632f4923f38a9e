/* `statpakke VERB ...` runs the program statpakke-VERB beside it (git style). There is nothing that
 * only this driver can do. */
#include "core/error.h"
#include "pipeline/build.h"
#include "pipeline/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_help(void)
{
    printf("usage: statpakke VERB [OPTION...]\n\nStages, in the order they run, then verbs:\n");
    for (gsize i = 0; i < sp_programs_size(); i++) {
        printf("  %-10s %s%s", sp_programs_at(i)->name, sp_programs_at(i)->summary,
               i + 1 == sp_programs_n_stages() ? "\n\n" : "\n");
    }
    printf("\nEach is a program of its own, statpakke-VERB; --help tells its options.\n");
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help();
        return argc < 2 ? SP_ERROR_USAGE : EXIT_SUCCESS;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("statpakke %s\n", SP_BUILD_VERSION);
        return EXIT_SUCCESS;
    }
    for (gsize i = 0; i < sp_programs_size(); i++) {
        if (strcmp(argv[1], sp_programs_at(i)->name) == 0) {
            g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
            g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : g_strdup(".");
            g_autofree char *name = g_strdup_printf("statpakke-%s", argv[1]);
            g_autofree char *path = g_build_filename(folder, name, NULL);
            execv(path, argv + 1);
            fprintf(stderr, "statpakke: %s: %s\n", path, g_strerror(errno));
            return SP_ERROR_BUG;
        }
    }
    fprintf(stderr, "statpakke: there is no verb \"%s\"; see statpakke --help\n", argv[1]);
    return SP_ERROR_USAGE;
}
