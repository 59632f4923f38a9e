/* verify: is an edition, or one package, what it was when it was made, and whose is it? A folder or
 * a zip and a public key are enough; no workspace is needed. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "pipeline/edition.h"
#include "pipeline/examine.h"
#include "pipeline/signkey.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { MAX_KEY_SIZE = 1024 };

static char *given_key; /* --public-key */

static const GOptionEntry options[] = {
    {"public-key", 0, 0, G_OPTION_ARG_FILENAME, &given_key,
     "Who must have signed: a public key of minisign, or a file with one", "FILE|KEY"},
    {0}};

/* The edition that was asked for, or that the workspace serves. g_free. */
static char *find_path(SpContext *context, const char *argument, GError **error)
{
    guint marks = 0;
    if (argument != NULL) {
        if (!g_file_test(argument, G_FILE_TEST_EXISTS)) {
            sp_error_set(error, SP_ERROR_NO_INPUT,
                         "%s is not there; name the folder of an edition or of a package, or the "
                         "zip of a package",
                         argument);
            return NULL;
        }
        return g_canonicalize_filename(argument, NULL);
    }
    g_autofree char *edition = context->options.trial != NULL
                                   ? sp_edition_made(context, &marks, error)
                                   : sp_edition_current(context);
    if (edition == NULL && context->options.trial == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "no edition is published in %s; name the folder of one, or the zip of a "
                     "package",
                     context->workspace);
    }
    return edition == NULL ? NULL : sp_context_work_path(context, "packages", edition, NULL);
}

static gboolean read_given_key(SpPublicKey *key, GError **error)
{
    gsize size = 0;
    gboolean is_file = g_file_test(given_key, G_FILE_TEST_EXISTS);
    g_autofree char *text = is_file ? sp_file_read(given_key, MAX_KEY_SIZE, &size, error) : NULL;
    if (is_file && text == NULL) {
        return FALSE;
    }
    return sp_public_key_parse(is_file ? text : given_key, key) ||
           sp_error_set(error, is_file ? SP_ERROR_DATA : SP_ERROR_USAGE,
                        "--public-key %s: neither a public key of minisign (RW and 54 characters "
                        "more) nor a file with one",
                        given_key);
}

/* The key that is asked for; the workspace's own for what lies in it; else none, and that is
 * told. */
static gboolean find_key(const SpContext *context, const char *path, SpPublicKey *key,
                         gboolean *has_key, GError **error)
{
    g_autofree char *packages = sp_context_work_path(context, "packages", "", NULL);
    g_autofree char *real = realpath(path, NULL);
    g_autofree char *own = realpath(packages, NULL);
    *has_key = given_key != NULL;
    if (given_key != NULL) {
        return read_given_key(key, error);
    }
    gboolean is_own = real != NULL && own != NULL && g_str_has_prefix(real, own) &&
                      real[strlen(own)] == G_DIR_SEPARATOR;
    if (is_own && !sp_signkey_public(context, key, has_key, error)) {
        return FALSE;
    }
    if (!*has_key) {
        sp_log(&context->log, SP_LOG_WARNING,
               "%s: who signed it was not looked at; name the public key with --public-key", path);
    }
    return TRUE;
}

static gboolean examine(const SpContext *context, const char *path, const SpPublicKey *key,
                        SpExamination *findings, GError **error)
{
    g_autofree char *descriptor = g_build_filename(path, SP_TABLES_DESCRIPTOR, NULL);
    gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
    if (is_folder && !g_file_test(descriptor, G_FILE_TEST_EXISTS)) {
        return sp_edition_examine(path, context->n_jobs, key, findings, NULL, error);
    }
    g_autoptr(SpTree) package = is_folder ? sp_tree_of_folder(path) : sp_tree_of_zip(path, error);
    return package != NULL && sp_package_examine(package, key, findings, error);
}

/* Of an edition in this workspace: that nothing hidden can be worked out was found of these very
 * bytes. Elsewhere nobody can tell, and readers have the signature. */
static gboolean check_audit(const SpContext *context, const char *path, gboolean *is_audited,
                            GError **error)
{
    g_autofree char *packages = sp_context_work_path(context, "packages", NULL);
    g_autofree char *real = realpath(path, NULL);
    g_autofree char *own = realpath(packages, NULL);
    g_autofree char *parent = real == NULL ? NULL : g_path_get_dirname(real);
    g_autofree char *name = real == NULL ? NULL : g_path_get_basename(real);
    *is_audited = own != NULL && g_strcmp0(parent, own) == 0 && sp_edition_is_name(name);
    return !*is_audited || sp_edition_check_audit(context, name, error);
}

/* One line: "PATH: fylke-03-oslo of edition 2026-02-25-1a2b3c4d, signed by key CAE1…; 1 package,
 * 64 tables and 5120 sums are right; the audit has
 * passed it". */
static gboolean tell(const char *path, const SpPublicKey *key, const SpExamination *findings,
                     gboolean is_audited, GError **error)
{
    g_autoptr(GString) line = g_string_new(path);
    if (key != NULL) {
        g_autofree char *signer = sp_public_key_name(key);
        const SpSignatureTold *told = &findings->told;
        g_string_append_printf(line, ": %s%sedition %s, signed by key %s;", told->folder,
                               told->folder[0] != '\0' ? " of " : "", told->edition, signer);
    } else {
        g_string_append_c(line, ':');
    }
    g_string_append_printf(line,
                           " %" G_GSIZE_FORMAT " package%s, %" G_GSIZE_FORMAT
                           " tables and %" G_GSIZE_FORMAT " sums are right%s\n",
                           findings->n_packages, findings->n_packages == 1 ? "" : "s",
                           findings->n_tables, findings->n_sums,
                           is_audited ? "; the audit has passed it" : "");
    return (fputs(line->str, stdout) >= 0 && fflush(stdout) == 0) ||
           sp_error_set_errno(error, errno, "stdout");
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    SpPublicKey key;
    gboolean has_key = FALSE;
    gboolean is_audited = FALSE;
    g_auto(SpExamination) findings = {0};
    g_autofree char *path = find_path(context, arguments[0], error);
    if (path == NULL || !find_key(context, path, &key, &has_key, error)) {
        return FALSE;
    }
    if (!examine(context, path, has_key ? &key : NULL, &findings, error)) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    return check_audit(context, path, &is_audited, error) &&
           tell(path, has_key ? &key : NULL, &findings, is_audited, error);
}

const SpProgram sp_program_verify = {
    .name = "verify",
    .summary = "Check an edition or a package: signature, every file, every table, every sum",
    .arguments = "[EDITION-FOLDER|PACKAGE-FOLDER|PACKAGE.zip]",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_TRIAL,
    .options = options,
    .run = run,
};
