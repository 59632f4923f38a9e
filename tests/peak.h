/** Peak memory of a piece of work, in a process of its own. */
#ifndef SP_TESTS_PEAK_H
#define SP_TESTS_PEAK_H

#include "tests/check.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/** What may come and go between two runs of the same program, KiB. */
enum { PEAK_SLACK = 512 };

/** KiB that `work` of size `n` takes at most; fails the test when it returns FALSE. */
static inline long peak_of(gboolean (*work)(guint n), guint n)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rusage usage;
        gboolean ok = work(n);
        getrusage(RUSAGE_SELF, &usage);
        long peak = ok ? usage.ru_maxrss : -1;
        ssize_t written = write(ends[1], &peak, sizeof peak);
        _exit(written == sizeof peak ? 0 : 1);
    }
    long peak = -1;
    assert_int_equal(read(ends[0], &peak, sizeof peak), sizeof peak);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(ends[0]);
    close(ends[1]);
    assert_true(peak > 0);
    return peak;
}

/** Fails unless ten times the work takes no more memory. Skips, loudly, under a sanitizer that
 * keeps freed memory. */
static inline void check_peak(gboolean (*work)(guint n), guint n)
{
#if defined(__SANITIZE_ADDRESS__)
    (void)work;
    fprintf(stderr, "SKIPPED peak memory of %u: the sanitizer keeps freed memory\n", n);
    skip();
#else
    long small = peak_of(work, n);
    long large = peak_of(work, 10 * n);
    if (large > small + PEAK_SLACK) {
        fail_msg("ten times as much takes %ld KiB, not %ld", large, small);
    }
#endif
}

#endif
