/* Programs of the machine: started in a group of their own, heard out, killed as a group. */
#include "core/io/child.h"

#include "core/error.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUT, ERR, N_PIPES, END = N_PIPES, N_POLLED, MAX_KEPT = 65536, BUFFER_SIZE = 4096 };
enum { MAX_PAUSES = 50, PAUSE_US = 2000 };

typedef struct {
    const char *program;
    GPid pid;
    int status;
    int pidfd;
    int pipes[N_PIPES];
    GString *words[N_PIPES]; /* of stdout the first, of stderr the last */
} Run;

static void run_clear(Run *run)
{
    for (int i = 0; i < N_PIPES; i++) {
        if (run->pipes[i] >= 0) {
            close(run->pipes[i]);
        }
        g_string_free(run->words[i], TRUE);
    }
    if (run->pidfd >= 0) {
        close(run->pidfd);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* A file without a name, so that nobody waits for a program that does not read; -1: none. */
static int open_input(const char *text)
{
    const int fd = text == NULL ? -1 : memfd_create("input", MFD_CLOEXEC);
    const size_t size = fd < 0 ? 0 : strlen(text);
    if (fd >= 0 && (write(fd, text, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Between fork and exec, where only the system may be called: a group by which all are killed, and
 * the end of ours is the end of it. */
static void set_up(gpointer data)
{
    const int *input = data;
    if (*input >= 0) {
        (void)dup2(*input, STDIN_FILENO);
    }
    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* Ends it with all of its group, and gives the others, which are not ours to wait for, the time to
 * be gone: they may still be writing where the caller cleans up. */
static void reap(Run *run)
{
    (void)kill(-run->pid, SIGKILL);
    while (waitpid(run->pid, &run->status, 0) < 0 && errno == EINTR) {
    }
    for (int i = 0; i < MAX_PAUSES && kill(-run->pid, 0) == 0; i++) {
        g_usleep(PAUSE_US);
    }
    g_spawn_close_pid(run->pid);
}

static gboolean start(const SpChild *child, Run *run, GError **error)
{
    g_autoptr(GError) why = NULL;
    int input = open_input(child->input);
    if (child->input != NULL && input < 0) {
        return sp_error_set_errno(error, errno, "%s cannot be told anything", run->program);
    }
    const gboolean is_started =
        g_spawn_async_with_pipes(child->folder, (char **)child->arguments,
                                 (char **)child->environment, G_SPAWN_DO_NOT_REAP_CHILD, set_up,
                                 &input, &run->pid, NULL, &run->pipes[OUT], &run->pipes[ERR], &why);
    if (input >= 0) {
        close(input);
    }
    if (!is_started) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "%s cannot be started: %s", run->program,
                            why->message);
    }
    run->pidfd = pidfd_open(run->pid, 0);
    if (run->pidfd < 0) {
        const int errnum = errno;
        reap(run);
        return sp_error_set_errno(error, errnum, "%s cannot be waited for", run->program);
    }
    return TRUE;
}

/* Of what is said too long stdout keeps its beginning and stderr its end. */
static void keep(Run *run, int from, const char *bytes, gsize size)
{
    GString *words = run->words[from];
    if (from == OUT) {
        g_string_append_len(words, bytes, (gssize)MIN(size, MAX_KEPT - words->len));
        return;
    }
    g_string_append_len(words, bytes, (gssize)size);
    if (words->len > MAX_KEPT) {
        g_string_erase(words, 0, (gssize)(words->len - MAX_KEPT / 2));
    }
}

/* Reads what is there; an end closes the pipe. */
static void hear(Run *run, int from)
{
    char bytes[BUFFER_SIZE];
    ssize_t n = read(run->pipes[from], bytes, sizeof bytes);
    if (n > 0) {
        keep(run, from, bytes, (gsize)n);
    } else if (n == 0 || errno != EINTR) {
        close(run->pipes[from]);
        run->pipes[from] = -1;
    }
}

/* Waits for its end and hears what it says. FALSE when the time is over. */
static gboolean listen_to(Run *run, gint64 until)
{
    for (;;) {
        const gint64 left = (until - g_get_monotonic_time()) / 1000;
        struct pollfd polled[N_POLLED] = {{.fd = run->pipes[OUT], .events = POLLIN},
                                          {.fd = run->pipes[ERR], .events = POLLIN},
                                          {.fd = run->pidfd, .events = POLLIN}};
        int n = left > 0 ? poll(polled, N_POLLED, (int)MIN(left, G_MAXINT)) : 0;
        if (n == 0) {
            return FALSE;
        }
        gboolean is_silent = TRUE;
        for (int i = 0; n > 0 && i < N_PIPES; i++) {
            if (polled[i].revents != 0) {
                is_silent = FALSE;
                hear(run, i);
            }
        }
        /* What it said before its end has been heard; what a child of its own still holds open
         * nobody waits for. */
        if (n > 0 && is_silent && polled[END].revents != 0) {
            return TRUE;
        }
    }
}

/* The last line that says something. Borrowed from `words`, which is cut. */
static const char *last_line(GString *words)
{
    g_strchomp(words->str);
    const char *end = strrchr(words->str, '\n');
    return end != NULL ? end + 1 : words->str;
}

static gboolean judge(const Run *run, guint seconds, gboolean has_ended, GError **error)
{
    const char *line = last_line(run->words[ERR]);
    const char *colon = *line != '\0' ? ": " : "";
    if (!has_ended) {
        return sp_error_set(error, SP_ERROR_IO, "%s was not done after %u s and was killed%s%.300s",
                            run->program, seconds, colon, line);
    }
    if (WIFSIGNALED(run->status)) {
        return sp_error_set(error, SP_ERROR_IO, "%s died by signal %d%s%.300s", run->program,
                            WTERMSIG(run->status), colon, line);
    }
    if (WEXITSTATUS(run->status) != 0) {
        return sp_error_set(error, SP_ERROR_IO, "%s ended with status %d%s%.300s", run->program,
                            WEXITSTATUS(run->status), colon, line);
    }
    return TRUE;
}

gboolean sp_child_run(const SpChild *child, char **said, GError **error)
{
    g_auto(Run) run = {.program = child->arguments[0],
                       .pidfd = -1,
                       .pipes = {-1, -1},
                       .words = {g_string_new(NULL), g_string_new(NULL)}};
    if (!start(child, &run, error)) {
        return FALSE;
    }
    const gint64 until = g_get_monotonic_time() + (gint64)child->seconds * G_USEC_PER_SEC;
    const gboolean has_ended = listen_to(&run, until);
    reap(&run);
    if (!judge(&run, child->seconds, has_ended, error)) {
        return FALSE;
    }
    if (said != NULL) {
        *said = g_strdup(run.words[OUT]->str);
    }
    return TRUE;
}
