/**
 * A program of the machine, run to its end or to a limit of time. It knows nothing of ours: its
 * environment, its folder and its words are those given, no open file goes along, and what it
 * leaves running ends with it.
 */
#ifndef SP_CORE_IO_CHILD_H
#define SP_CORE_IO_CHILD_H

#include <glib.h>

typedef struct {
    const char *const *arguments;   /* NULL-terminated; the first is the program's path */
    const char *const *environment; /* all of it, "NAME=VALUE", NULL-terminated */
    const char *folder;             /* where it works; NULL: where we do */
    const char *input;              /* what it reads on stdin; NULL: nothing */
    guint seconds;                  /* after which it is killed */
} SpChild;

/**
 * Runs it; `said`, NULL for none, is what it wrote on stdout, at most 64 KiB of it (the rest is
 * passed over), g_free.
 * SP_ERROR_NO_INPUT when it cannot be started; SP_ERROR_IO when it takes too long, ends with
 * another status than 0 or by a signal: the text names the program and its last line on stderr.
 * Safe in a thread.
 */
gboolean sp_child_run(const SpChild *child, char **said, GError **error);

#endif
