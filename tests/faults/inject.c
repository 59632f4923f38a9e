/* The filter in the child, and its supervisor. */
#include "tests/faults/inject.h"

#include "tests/check.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_NAME = 4096, NS_A_US = 1000 };

static const gint64 WAIT_US = G_GINT64_CONSTANT(300) * G_USEC_PER_SEC; /* of what hangs */

/* The calls that the filter hands over: of x86-64 and of arm64, which lacks the older ones. */
static const struct {
    int number;
    const char *name;
    InjectCalls kind;
    int fd;   /* place of the argument that is a file it works on; -1: none */
    int path; /* place of the argument that is a path; -1: none */
} calls[] = {
    {SYS_write, "write", INJECT_WRITE, 0, -1},
    {SYS_pwrite64, "pwrite", INJECT_WRITE, 0, -1},
    {SYS_writev, "writev", INJECT_WRITE, 0, -1},
    {SYS_pwritev, "pwritev", INJECT_WRITE, 0, -1},
    {SYS_ftruncate, "ftruncate", INJECT_WRITE, 0, -1},
    {SYS_fallocate, "fallocate", INJECT_WRITE, 0, -1},
    {SYS_copy_file_range, "copy_file_range", INJECT_WRITE, 2, -1},
    {SYS_sendfile, "sendfile", INJECT_WRITE, 0, -1},
    {SYS_fsync, "fsync", INJECT_SYNC, 0, -1},
    {SYS_fdatasync, "fdatasync", INJECT_SYNC, 0, -1},
    {SYS_renameat, "rename", INJECT_NAME, -1, 3},
    {SYS_renameat2, "rename", INJECT_NAME, -1, 3},
    {SYS_linkat, "link", INJECT_NAME, -1, 3},
    {SYS_symlinkat, "symlink", INJECT_NAME, -1, 2},
    {SYS_unlinkat, "unlink", INJECT_NAME, -1, 1},
    {SYS_mkdirat, "mkdir", INJECT_NAME, -1, 1},
    {SYS_openat, "open", INJECT_CREATE, -1, 1},
    {SYS_mmap, "mmap", INJECT_MEMORY, -1, -1},
    {SYS_brk, "brk", INJECT_MEMORY, -1, -1},
#ifdef SYS_open
    {SYS_open, "open", INJECT_CREATE, -1, 0},
    {SYS_creat, "creat", INJECT_CREATE, -1, 0},
    {SYS_rename, "rename", INJECT_NAME, -1, 1},
    {SYS_link, "link", INJECT_NAME, -1, 1},
    {SYS_symlink, "symlink", INJECT_NAME, -1, 1},
    {SYS_unlink, "unlink", INJECT_NAME, -1, 0},
    {SYS_mkdir, "mkdir", INJECT_NAME, -1, 0},
    {SYS_rmdir, "rmdir", INJECT_NAME, -1, 0},
#endif
};

void injected_clear(Injected *result)
{
    g_free(result->hit);
    g_free(result->out);
    g_free(result->err);
    *result = (Injected){0};
}

/* ---- the child ---- */

static struct sock_filter jump_equal(int value, unsigned char if_not)
{
    return (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)value, 0, if_not);
}

static struct sock_filter answer(unsigned what)
{
    return (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what);
}

/* Hands the calls over and lets all others pass. Returns the listener, -1 with errno. */
static int install_filter(void)
{
    struct sock_filter program[2 * G_N_ELEMENTS(calls) + 2];
    unsigned short n = 0;
    program[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        program[n++] = jump_equal(calls[i].number, 1);
        program[n++] = answer(SECCOMP_RET_USER_NOTIF);
    }
    program[n++] = answer(SECCOMP_RET_ALLOW);
    const struct sock_fprog filter = {n, program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return -1;
    }
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                        &filter);
}

/* By a message: a write would wait for the one who does not have it yet. */
static gboolean send_fd(int to, int fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    char byte = 0;
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    return sendmsg(to, &message, 0) == 1;
}

static int receive_fd(int from)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    char byte = 0;
    int fd = -1;
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    if (recvmsg(from, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message) != NULL) {
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    }
    return fd;
}

static G_NORETURN void be_child(int socket, int out, int err, char **argv, char **environment)
{
    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0) {
        _exit(125);
    }
    int listener = install_filter();
    if (listener < 0 || !send_fd(socket, listener)) {
        _exit(126);
    }
    close(listener);
    execve(argv[0], argv, environment);
    _exit(127);
}

/* ---- the supervisor ---- */

typedef struct {
    const Inject *inject;
    Injected *result;
    int listener;
    pid_t child;
    gint64 ends;          /* of the clock */
    GHashTable *unsynced; /* "device:inode" of files written and never synced */
    GHashTable *synced;
} Watch;

static gsize find_call(int number)
{
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        if (calls[i].number == number) {
            return i;
        }
    }
    g_assert_not_reached();
}

static char *read_text(pid_t pid, guint64 address)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/mem", (int)pid);
    char *text = g_malloc0(MAX_NAME);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    if (memory < 0 || pread(memory, text, MAX_NAME - 1, (off_t)address) < 0) {
        *text = '\0';
    }
    if (memory >= 0) {
        close(memory);
    }
    return text;
}

static gboolean opens_to_change(const struct seccomp_data *data)
{
    if (strcmp(calls[find_call(data->nr)].name, "creat") == 0) {
        return TRUE;
    }
    const guint64 flags = data->args[data->nr == SYS_openat ? 2 : 1];
    return (flags & (O_ACCMODE | O_CREAT)) != O_RDONLY;
}

static gboolean is_systems(const char *path)
{
    static const char *const folders[] = {"/lib", "/usr", "/etc", "/proc", "/sys", "/dev"};
    static const char in_memory[] = "/dev/shm/"; /* where the country may lie */
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        if (g_str_has_prefix(path, folders[i]) && !g_str_has_prefix(path, in_memory)) {
            return TRUE;
        }
    }
    return *path == '\0';
}

/* Memory of no file, or more of the heap; brk(0) only asks where it ends. */
static unsigned classify_memory(const struct seccomp_data *data, char **target)
{
    const gboolean is_heap = data->nr == SYS_brk;
    const guint64 size = is_heap ? data->args[0] : data->args[1];
    *target = g_strdup_printf("%" G_GUINT64_FORMAT, size);
    return (is_heap && size != 0) || (!is_heap && (data->args[3] & MAP_ANONYMOUS) != 0)
               ? INJECT_MEMORY
               : 0;
}

/* Which kind a call is of, and what it works on; 0: none that is counted. */
static unsigned classify(const struct seccomp_notif *notice, char **target)
{
    const gsize at = find_call(notice->data.nr);
    const pid_t pid = (pid_t)notice->pid;
    if (calls[at].kind == INJECT_MEMORY) {
        return classify_memory(&notice->data, target);
    }
    if (calls[at].path >= 0) {
        *target = read_text(pid, notice->data.args[calls[at].path]);
    } else {
        g_autofree char *link =
            g_strdup_printf("/proc/%d/fd/%d", (int)pid, (int)notice->data.args[calls[at].fd]);
        *target = g_file_read_link(link, NULL);
        if (*target == NULL || (int)notice->data.args[calls[at].fd] <= STDERR_FILENO ||
            **target != '/') { /* pipes and sockets change no disk */
            return 0;
        }
    }
    if (calls[at].kind == INJECT_CREATE && !opens_to_change(&notice->data)) {
        return is_systems(*target) ? 0 : INJECT_READ;
    }
    return is_systems(*target) ? 0 : calls[at].kind;
}

static char *identity_of(const struct stat *info)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64)info->st_dev,
                           (guint64)info->st_ino);
}

/* Remembers what is only in memory yet. A file once synced has its place, and keeps what it has. */
static void follow(Watch *watch, const struct seccomp_notif *notice, unsigned kind)
{
    const gsize at = find_call(notice->data.nr);
    struct stat info;
    if (calls[at].fd < 0 || (kind & (INJECT_WRITE | INJECT_SYNC)) == 0) {
        return;
    }
    g_autofree char *link =
        g_strdup_printf("/proc/%d/fd/%d", (int)notice->pid, (int)notice->data.args[calls[at].fd]);
    if (stat(link, &info) != 0 || !S_ISREG(info.st_mode)) {
        return;
    }
    char *identity = identity_of(&info);
    if (kind == INJECT_SYNC) {
        g_hash_table_remove(watch->unsynced, identity);
        g_hash_table_add(watch->synced, identity);
    } else if (!g_hash_table_contains(watch->synced, identity)) {
        g_hash_table_add(watch->unsynced, identity);
    } else {
        g_free(identity);
    }
}

static gboolean is_hit(const Watch *watch)
{
    const guint n = watch->result->n_calls;
    switch (watch->inject->how) {
    case INJECT_NOTHING:
    case INJECT_KILL_AT:
        return FALSE;
    case INJECT_ERRORS:
        return n >= watch->inject->n;
    case INJECT_ERROR:
    case INJECT_KILL:
    case INJECT_CUT:
        return n == watch->inject->n;
    }
    return FALSE;
}

/* One call: fails, is the last, or goes on. */
static void attend(Watch *watch)
{
    struct seccomp_notif notice = {0};
    struct seccomp_notif_resp response = {0};
    if (ioctl(watch->listener, SECCOMP_IOCTL_NOTIF_RECV, &notice) != 0) {
        return; /* its process is gone */
    }
    g_autofree char *target = NULL;
    const unsigned kind = classify(&notice, &target);
    response.id = notice.id;
    response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    if ((kind & watch->inject->calls) != 0) {
        watch->result->n_calls++;
        if (is_hit(watch)) {
            if (watch->result->hit == NULL) {
                watch->result->hit =
                    g_strdup_printf("%s of %s", calls[find_call(notice.data.nr)].name, target);
            }
            if (watch->inject->how == INJECT_KILL || watch->inject->how == INJECT_CUT) {
                (void)kill(-watch->child, SIGKILL);
                return;
            }
            response.flags = 0;
            /* brk tells no error: it answers with where the heap ends, and below is refused. */
            response.error = notice.data.nr == SYS_brk ? 0 : -watch->inject->errnum;
        }
    }
    if (response.flags != 0) {
        follow(watch, &notice, kind);
    }
    (void)ioctl(watch->listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static GHashTable *losing;
static guint n_losing;

static int lose_file(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)at;
    g_autofree char *identity = identity_of(info);
    if (kind == FTW_F && g_hash_table_contains(losing, identity)) {
        assert_int_equal(truncate(path, 0), 0);
        n_losing++;
    }
    return 0;
}

static void cut_power(Watch *watch)
{
    losing = watch->unsynced;
    n_losing = 0;
    (void)nftw(watch->inject->disk, lose_file, 32, FTW_PHYS);
    watch->result->n_lost = n_losing;
}

static char *read_back(int fd)
{
    GString *text = g_string_new(NULL);
    char bytes[4096];
    (void)lseek(fd, 0, SEEK_SET);
    for (ssize_t n = read(fd, bytes, sizeof bytes); n > 0; n = read(fd, bytes, sizeof bytes)) {
        g_string_append_len(text, bytes, n);
    }
    close(fd);
    return g_string_free(text, FALSE);
}

static int open_nameless(void)
{
    int fd = open(g_get_tmp_dir(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    return fd;
}

/* Until a call is there to be attended to, or the time has come; FALSE then, and at the end. */
static gboolean wait_for_call(const Watch *watch)
{
    struct pollfd ready = {.fd = watch->listener, .events = POLLIN};
    const gint64 left = watch->ends - g_get_monotonic_time();
    const struct timespec most = {.tv_sec = left / G_USEC_PER_SEC,
                                  .tv_nsec = left % G_USEC_PER_SEC * NS_A_US};
    return left > 0 && ppoll(&ready, 1, &most, NULL) > 0 && (ready.revents & POLLIN) != 0;
}

Injected inject_run(const Inject *inject, char **argv, char **environment)
{
    Injected result = {0};
    int sockets[2];
    int out = open_nameless();
    int err = open_nameless();
    int status = 0;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
    Watch watch = {.inject = inject,
                   .result = &result,
                   .child = fork(),
                   .unsynced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                   .synced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    assert_true(watch.child >= 0);
    if (watch.child == 0) {
        be_child(sockets[1], out, err, argv, environment);
    }
    close(sockets[1]);
    watch.listener = receive_fd(sockets[0]);
    close(sockets[0]);
    const gint64 began = g_get_monotonic_time();
    const gboolean is_timed = inject->how == INJECT_KILL_AT;
    watch.ends = began + (is_timed ? inject->after_us : WAIT_US);
    while (watch.listener >= 0 && wait_for_call(&watch)) {
        attend(&watch);
    }
    result.lasted_us = g_get_monotonic_time() - began;
    if (is_timed && g_get_monotonic_time() >= watch.ends) {
        result.hit = g_strdup_printf("%" G_GINT64_FORMAT " us after its start", inject->after_us);
    }
    (void)kill(-watch.child, SIGKILL); /* what outlived the program, or hangs */
    assert_int_equal(waitpid(watch.child, &status, 0), watch.child);
    if (watch.listener >= 0) {
        close(watch.listener);
    }
    result.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    result.out = read_back(out);
    result.err = read_back(err);
    if (inject->how == INJECT_CUT && result.hit != NULL) {
        cut_power(&watch);
    }
    g_hash_table_unref(watch.unsynced);
    g_hash_table_unref(watch.synced);
    return result;
}

void inject_choose_disk(void)
{
    if (g_getenv("TMPDIR") == NULL && access("/dev/shm", W_OK | X_OK) == 0) {
        g_setenv("TMPDIR", "/dev/shm", TRUE);
    }
}

gboolean inject_is_possible(char **why)
{
    char *argv[] = {(char *)"/bin/true", NULL};
    char *environment[] = {NULL};
    const Inject nothing = {.calls = INJECT_CHANGES, .how = INJECT_NOTHING};
    g_auto(Injected) result = inject_run(&nothing, argv, environment);
    *why = result.status == 0
               ? NULL
               : g_strdup_printf("this kernel does not hand over system calls (status %d)",
                                 result.status);
    return result.status == 0;
}
