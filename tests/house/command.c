/* Commands of the machine, for tests. */
#include "tests/house/command.h"

#include "tests/check.h"

#include <sys/wait.h>

void told_clear(Told *told)
{
    g_clear_pointer(&told->out, g_free);
    g_clear_pointer(&told->err, g_free);
}

Told command_run(const char *const *arguments)
{
    Told told = {0};
    g_autoptr(GError) error = NULL;
    int status = 0;
    (void)g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &told.out,
                       &told.err, &status, &error);
    assert_no_error(error);
    told.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return told;
}
