/** A command, what it said and how it ended. */
#ifndef SP_TESTS_HOUSE_COMMAND_H
#define SP_TESTS_HOUSE_COMMAND_H

#include <glib.h>

typedef struct {
    int status; /* exit status; 128 + N for a signal */
    char *out;
    char *err;
} Told;
void told_clear(Told *told);

/** Runs a command (NULL-terminated; looked for in PATH), which must be there, with an empty
 * stdin. */
Told command_run(const char *const *arguments);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Told, told_clear)

#endif
