/* The filter of system calls that leaves no way to the network. */
#include "pipeline/guard/network.h"

#include <seccomp.h>

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of the whole process, also the threads that a sanitizer has begun before main. Calls of another
 * architecture's table, which the rules do not see, are refused as a whole. */
static int fill(scmp_filter_ctx filter)
{
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    failed = failed != 0
                 ? failed
                 : seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS));
    failed = failed != 0 ? failed
                         : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                            SCMP_A0(SCMP_CMP_NE, AF_UNIX));
    return failed != 0
               ? failed
               : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(io_uring_setup), 0);
}

gboolean sp_network_close(char **why)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int failed = filter == NULL ? -ENOMEM : fill(filter);
    failed = failed != 0 ? failed : seccomp_load(filter);
    if (filter != NULL) {
        seccomp_release(filter);
    }
    if (failed != 0) {
        *why = g_strdup_printf("the kernel takes no filter of system calls (seccomp): %s",
                               g_strerror(failed < 0 ? -failed : failed));
    }
    return failed == 0;
}

gboolean sp_network_can_close(char **why)
{
    const pid_t child = fork();
    int status = 0;
    if (child == 0) {
        g_autofree char *own = NULL;
        _exit(sp_network_close(&own) && socket(AF_INET, SOCK_STREAM, 0) < 0 ? 0 : 1);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    const gboolean is_closed = child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!is_closed) {
        *why = g_strdup("the kernel takes no filter of system calls (seccomp)");
    }
    return is_closed;
}

void sp_network_tell(const SpLog *log, const char *why)
{
    sp_log(log, SP_LOG_INFO,
           "programs that need no network are not cut off from it here: %s (docs/operations.md)",
           why);
}
