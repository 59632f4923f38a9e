/* diff: what differs between two editions or packages, cell by cell, and what has moved it. */
#include "pipeline/diff/diff.h"
#include "pipeline/program.h"

#include "core/error.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"

#include <string.h>

enum { ROWS_FOR_PEOPLE = 20, ALL_ROWS = G_MAXINT };

static char *format;      /* --format */
static char *only_table;  /* --table */
static int max_rows = -1; /* --max */

static const GOptionEntry options[] = {
    {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text (default) or csv", "FORM"},
    {"table", 0, 0, G_OPTION_ARG_FILENAME, &only_table, "Only this table", "TABLE"},
    {"max", 0, 0, G_OPTION_ARG_INT, &max_rows,
     "Cells told one by one, of each kind in each table of a package; the others are counted "
     "(default: text 20, csv all)",
     "N"},
    {0}};

/* An edition by its name in the workspace, or what the path says. g_free. */
static char *path_of(const SpContext *context, const char *argument)
{
    g_autofree char *edition = sp_context_work_path(context, "packages", argument, NULL);
    return sp_edition_is_name(argument) && g_file_test(edition, G_FILE_TEST_IS_DIR)
               ? g_steal_pointer(&edition)
               : g_canonicalize_filename(argument, NULL);
}

/* The edition that `now` took the place of, by the feed. g_free. */
static char *path_before(const SpContext *context, const char *now, GError **error)
{
    g_autofree char *name = g_path_get_basename(now);
    g_autoptr(json_t) feed = sp_feedfile_read(context, error);
    if (feed == NULL) {
        return NULL;
    }
    g_autofree const char **names = sp_feed_before(feed, name);
    if (names == NULL || *names == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "no edition was published before %s; name the two to compare", name);
        return NULL;
    }
    return sp_context_path(context, "packages", *names, NULL);
}

/* Of two arguments both; of one it and what is served (or was made in the trial); of none what is
 * served and the edition before it. */
static gboolean find_sides(SpContext *context, char **arguments, char **before, char **now,
                           GError **error)
{
    guint marks = 0;
    if (arguments[0] != NULL && arguments[1] != NULL) {
        *before = path_of(context, arguments[0]);
        *now = path_of(context, arguments[1]);
        return TRUE;
    }
    g_autofree char *served = context->options.trial != NULL
                                  ? sp_edition_made(context, &marks, error)
                                  : sp_edition_current(context);
    if (served == NULL) {
        return (context->options.trial != NULL) ? FALSE
                                                : sp_error_set(error, SP_ERROR_NO_INPUT,
                                                               "no edition is published in %s; "
                                                               "name the two to compare",
                                                               context->workspace);
    }
    *now = sp_context_work_path(context, "packages", served, NULL);
    if (arguments[0] != NULL) {
        *before = path_of(context, arguments[0]);
    } else if (context->options.trial != NULL) {
        *before = sp_context_path(context, "current", NULL);
    } else {
        *before = path_before(context, *now, error);
    }
    return *before != NULL;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    const gboolean is_csv = g_strcmp0(format, "csv") == 0;
    g_autofree char *before = NULL;
    g_autofree char *now = NULL;
    if (format != NULL && !is_csv && strcmp(format, "text") != 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--format %s: want text or csv", format);
    }
    if (arguments[0] != NULL && arguments[1] != NULL && arguments[2] != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "\"%s\": two at a time", arguments[2]);
    }
    if (!find_sides(context, arguments, &before, &now, error)) {
        return FALSE;
    }
    const int rows = max_rows >= 0 ? max_rows : is_csv ? ALL_ROWS : ROWS_FOR_PEOPLE;
    const SpDiffOptions asked = {.max_rows = (gsize)rows, .table = only_table};
    g_autoptr(SpTable) changes = sp_diff_new(before, now, &asked, error);
    if (changes == NULL) {
        return FALSE;
    }
    g_autofree char *text = is_csv ? sp_diff_csv(changes) : sp_diff_format(changes);
    return sp_program_print(text, error);
}

const SpProgram sp_program_diff = {
    .name = "diff",
    .summary = "Tell what differs between two editions or packages, and what has moved it",
    .arguments = "[BEFORE] [NOW]",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_TRIAL,
    .options = options,
    .run = run,
};
