/**
 * Runs a program so that one of its system calls that change the disk, or that ask for memory, goes
 * wrong, or is its last: a seccomp filter hands those calls of the program and all its children to
 * us, in one order, before the kernel does them. Nothing of the program is replaced, so SQLite's, libzip's and stdio's calls
 * are seen too.
 */
#ifndef SP_TESTS_FAULTS_INJECT_H
#define SP_TESTS_FAULTS_INJECT_H

#include <glib.h>

/** Which calls are counted. Writing to standard files (0-2) never is. */
typedef enum {
    INJECT_WRITE = 1 << 0,  /* write, pwrite, writev, ftruncate, fallocate */
    INJECT_SYNC = 1 << 1,   /* fsync, fdatasync */
    INJECT_NAME = 1 << 2,   /* rename, link, symlink, unlink, mkdir, rmdir and their -at forms */
    INJECT_CREATE = 1 << 3, /* open for writing, or that makes the file */
    INJECT_READ = 1 << 4,   /* open of what is only read, but for the system's own libraries */
    INJECT_MEMORY = 1 << 5, /* anonymous mmap, brk: what malloc asks the kernel for */
    INJECT_CHANGES = INJECT_WRITE | INJECT_SYNC | INJECT_NAME | INJECT_CREATE,
} InjectCalls;

typedef enum {
    INJECT_NOTHING, /* count only */
    INJECT_ERROR,   /* the n-th call fails */
    INJECT_ERRORS,  /* it and all that follow fail */
    INJECT_KILL,    /* before the n-th call all processes are killed */
    INJECT_KILL_AT, /* after `after_us` of the clock they are, whatever they do */
    INJECT_CUT,     /* the same, and what no fsync has put on the disk is lost: files that were
                       written and never synced are empty */
} InjectHow;

typedef struct {
    unsigned calls; /* InjectCalls */
    InjectHow how;
    guint n;          /* from 1 */
    gint64 after_us;  /* INJECT_KILL_AT */
    int errnum;       /* ENOSPC, EIO, EROFS ... */
    const char *disk; /* INJECT_CUT: the folder where files may be lost */
} Inject;

typedef struct {
    int status; /* exit status, or 128 + signal */
    guint n_calls;
    gint64 lasted_us;
    char *hit; /* "fsync of /…/stages": what the n-th call was; NULL if there were fewer */
    char *out, *err;
    guint n_lost; /* INJECT_CUT: files that were emptied */
} Injected;
void injected_clear(Injected *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Injected, injected_clear)

/** Puts what a test makes from then on into a file system in memory, where there is one: a night
 * takes half the time there, and its calls are the same. */
void inject_choose_disk(void);

/** Whether this kernel lets us; FALSE with *why (g_free). */
gboolean inject_is_possible(char **why);

/** Runs argv (NULL-terminated, argv[0] a path) in `environment` to its end. */
Injected inject_run(const Inject *inject, char **argv, char **environment);

#endif
