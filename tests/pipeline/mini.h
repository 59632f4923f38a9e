/**
 * A country of three fylker and four kommuner, made up, for tests that run whole programs:
 * extracts, configuration and an empty workspace in a folder of their own. 1507 was split into 1508
 * and 1580 on 1 January 2024, as Ålesund was.
 */
#ifndef SP_TESTS_PIPELINE_MINI_H
#define SP_TESTS_PIPELINE_MINI_H

#include <glib.h>

typedef struct {
    char *folder;    /* holds all that follows; removed by mini_free */
    char *extracts;  /* the sources' files */
    char *data;      /* a copy of config/ with three fylker */
    char *conf;      /* mini.conf */
    char *workspace; /* made by mini_new with `init` */
} Mini;

Mini *mini_new(void);
/** The same after its first night, which is made once a program and copied back to where it was:
 * one at a time, freed before the next. */
Mini *mini_with_edition(void);
void mini_free(Mini *mini);

/** What a program left behind. */
typedef struct {
    int status; /* exit status; 128 + N for a signal */
    char *out;
    char *err;
} Result;
void result_clear(Result *result);

/** Runs build/bin/NAME with --workspace and --now, and the arguments that follow (NULL ends them).
 * Environment entries "A=B" in `environment` (NULL: none). */
Result mini_run(const Mini *mini, const char *const *environment, const char *name,
                ...) G_GNUC_NULL_TERMINATED;

/** Text of an extract, and a new text for it. */
char *mini_read(const Mini *mini, const char *extract);
void mini_write(const Mini *mini, const char *extract, const char *text);
/** Replaces the first `old` (which must be there) by `new`. */
void mini_replace(const Mini *mini, const char *extract, const char *old, const char *new);

/** Text of a file of the workspace, which must be there. g_free. */
char *mini_text(const Mini *mini, const char *relative);
/** Puts a file into the inbox of a source. */
void mini_deliver(const Mini *mini, const char *source, const char *name, const char *text);

/** Content of the link `current`, NULL if there is none. g_free. */
char *mini_current(const Mini *mini);
/** SHA-256 over names and bytes of all files below a folder of the workspace. g_free. */
char *mini_hash(const Mini *mini, const char *below);
/** Adds a line ("sensitive = yes") to a section that mini.conf has. */
void mini_set(const Mini *mini, const char *section, const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mini, mini_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Result, result_clear)

#endif
