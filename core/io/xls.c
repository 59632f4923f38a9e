/* Old workbooks (.xls, BIFF 5 and 8): freexl reads them in a process of its own (xls_child.h),
 * whose words are put together to rows by xls_words.h. */
#include "core/io/sheets_reader.h"

#include "core/error.h"
#include "core/io/xls_child.h"
#include "core/io/xls_words.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    const char *origin;
    int book;   /* the bytes, in memory */
    FILE *from; /* what the child says */
    pid_t child;
} Xls;

/* A child that has said all has ended; what another one would still say nobody wants to hear, and
 * it may be going round in circles. */
static void xls_clear(Xls *xls)
{
    if (xls->from != NULL) {
        (void)fclose(xls->from);
    }
    if (xls->child > 0) {
        (void)kill(xls->child, SIGKILL);
    }
    while (xls->child > 0 && waitpid(xls->child, NULL, 0) < 0 && errno == EINTR) {
    }
    if (xls->book >= 0) {
        close(xls->book);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Xls, xls_clear)

/* freexl opens by name: the bytes get one that lies in memory, never on a disk. */
static gboolean keep_in_memory(Xls *xls, const char *bytes, gsize size, GError **error)
{
    xls->book = memfd_create("workbook", MFD_CLOEXEC);
    for (gsize done = 0; xls->book >= 0;) {
        if (done == size) {
            return TRUE;
        }
        ssize_t n = write(xls->book, bytes + done, size - done);
        if (n < 0 && errno != EINTR) {
            break;
        }
        done += n > 0 ? (gsize)n : 0;
    }
    return sp_error_set_errno(error, errno, "%s: cannot be kept in memory", xls->origin);
}

static gboolean start(Xls *xls, GError **error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return sp_error_set_errno(error, errno, "%s: no pipe to read through", xls->origin);
    }
    xls->child = fork();
    if (xls->child == 0) {
        sp_xls_child(xls->book, ends[1]);
    }
    int errnum = errno;
    close(ends[1]);
    xls->from = xls->child > 0 ? fdopen(ends[0], "rb") : NULL;
    if (xls->from == NULL) {
        close(ends[0]);
        return sp_error_set_errno(error, errnum, "%s: no process to read it in", xls->origin);
    }
    return TRUE;
}

gboolean sp_xls_visit(const char *bytes, gsize size, SpSheetVisitor *visitor, GError **error)
{
    g_auto(Xls) xls = {.book = -1, .origin = visitor->origin};
    return keep_in_memory(&xls, bytes, size, error) && start(&xls, error) &&
           sp_xls_words_read(xls.from, visitor, error);
}
