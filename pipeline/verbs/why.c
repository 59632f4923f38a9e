/* why: where a published figure comes from, down to the bytes that were fetched. */
#include "pipeline/program.h"

#include "core/error.h"
#include "pipeline/why/walk.h"

#include <string.h>

enum { MOST_DEPTH = 1000 };

static char *format;
static gint depth;
static gboolean is_all;
static gboolean shows_hidden;

static const GOptionEntry options[] = {
    {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text (default), json, or html: a page", "FORM"},
    {"depth", 0, 0, G_OPTION_ARG_INT, &depth,
     "Follow so many levels behind the figure (default: to the bytes)", "N"},
    {"all", 0, 0, G_OPTION_ARG_NONE, &is_all,
     "Tell and follow every figure that it is made of, not some of each kind", NULL},
    {"show-hidden", 0, 0, G_OPTION_ARG_NONE, &shows_hidden,
     "For the owner of the workspace alone: figures too that the package hides", NULL},
    {0}};

static gboolean check_options(const SpContext *context, char **arguments, GError **error)
{
    if (arguments[0] == NULL || arguments[1] == NULL || arguments[2] != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "give an edition or a package, and a cell in quotes: \"table measure "
                            "column=code column=code ...\"; see --help");
    }
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0 &&
        strcmp(format, "html") != 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--format %s: want text, json or html", format);
    }
    if (depth < 0 || depth > MOST_DEPTH) {
        return sp_error_set(error, SP_ERROR_USAGE, "--depth %d: want 1 to %d", depth, MOST_DEPTH);
    }
    return !shows_hidden || sp_why_is_owner(context) ||
           sp_error_set(error, SP_ERROR_PERMISSION,
                        "--show-hidden is for the owner of %s alone; ask without it",
                        context->workspace);
}

static char *print(const SpWhyAnswer *answer, GError **error)
{
    if (format != NULL && strcmp(format, "json") == 0) {
        return sp_why_json(answer);
    }
    return format != NULL && strcmp(format, "html") == 0 ? sp_why_html(answer, error)
                                                         : sp_why_text(answer);
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    SpWhyPackage *package = NULL;
    gsize row = 0;
    if (!check_options(context, arguments, error)) {
        return FALSE;
    }
    const SpWhyOptions how = {(guint)depth, is_all, {sp_why_is_owner(context), shows_hidden}};
    g_autoptr(GPtrArray) packages = sp_why_packages_open(context, arguments[0], error);
    g_autoptr(SpCell) cell =
        packages != NULL ? sp_why_find_cell(packages, arguments[1], &package, &row, error) : NULL;
    if (cell == NULL) {
        return FALSE;
    }
    g_autoptr(SpWhy) why = sp_why_new(context, package, &how);
    g_autoptr(SpWhyAnswer) answer = sp_why_walk(why, cell, row, error);
    g_autofree char *text = answer != NULL ? print(answer, error) : NULL;
    return text != NULL && sp_program_print(text, error);
}

const SpProgram sp_program_why = {
    .name = "why",
    .summary = "Tell where a published figure comes from, to the bytes that were fetched",
    .arguments = "EDITION|PACKAGE|FILE \"TABLE MEASURE COLUMN=CODE ...\"",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_TRIAL,
    .options = options,
    .run = run,
};
