/*
 * kort-fortalt.pdf: page one and the barometer as a tagged PDF, for those who print it or send it
 * on. It is the report's own first page, printed by a browser as its style says, so it tells
 * nothing that the page does not.
 */
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/child.h"
#include "core/io/files.h"
#include "core/io/pdf.h"
#include "outputs/words.h"

#include <unistd.h>

#define PAGE "index.html"
#define PRINTED "ut.pdf"

enum { MAX_SIZE = 64 * 1024 * 1024 };

static const char file_name[] = SP_PRINTED_FILE;
/* What is printed lies in a folder of its own, and its links are known by that folder's name. */
static const char work_name[] = "kort-fortalt.utskrift";

/* Names without a folder, since it works in its own: a socket's path must be short. */
static const char *const arguments[] = {
    "--headless",
    "--disable-gpu",
    "--user-data-dir=profil",
    "--no-first-run",
    "--disable-extensions",
    "--disable-breakpad",
    /* It speaks with nobody: all but files goes to a port where nobody listens. */
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    ("--print-to-pdf=" PRINTED),
};
static const char *const environment[] = {
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME=.",
    "TMPDIR=.",
    "TZ=UTC",
    "LANG=C.UTF-8",
    NULL,
};

static gboolean copy(const char *from, const char *folder, const char *name, GError **error)
{
    gsize size = 0;
    g_autofree char *to = g_build_filename(folder, name, NULL);
    g_autofree char *bytes = sp_file_read(from, MAX_SIZE, &size, error);
    return bytes != NULL && sp_file_write(to, bytes, size, SP_MODE_PRIVATE_FILE, error);
}

/* The page and its styles; without its scripts, which are not there to run. */
static gboolean lay_out(const SpPackage *package, const char *folder, const char *work,
                        GError **error)
{
    g_autofree char *page = g_build_filename(folder, PAGE, NULL);
    g_autofree char *assets = g_build_filename(work, "assets", NULL);
    if (!g_file_test(page, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s is not there to be printed: add html to package.formats, or set "
                            "package.pdf = no",
                            PAGE);
    }
    if (!sp_folder_make(assets, SP_MODE_PRIVATE_FOLDER, error) || !copy(page, work, PAGE, error)) {
        return FALSE;
    }
    for (gsize i = 0; package->assets[i] != NULL; i++) {
        g_autofree char *name = g_path_get_basename(package->assets[i]);
        if (g_str_has_suffix(name, ".css") && !copy(package->assets[i], assets, name, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean run_browser(const SpBrowser *browser, const char *work, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_ptr_array_add(all, (gpointer)browser->program);
    for (gsize i = 0; i < G_N_ELEMENTS(arguments); i++) {
        g_ptr_array_add(all, (gpointer)arguments[i]);
    }
    if (geteuid() == 0) { /* it refuses to shut root in */
        g_ptr_array_add(all, (gpointer) "--no-sandbox");
    }
    g_ptr_array_add(all, (gpointer)PAGE);
    g_ptr_array_add(all, NULL);
    const SpChild child = {.arguments = (const char *const *)all->pdata,
                           .environment = environment,
                           .folder = work,
                           .seconds = browser->seconds};
    return sp_child_run(&child, NULL, error);
}

/* Makes what was printed the package's own. */
static gboolean take(const SpPackage *package, const char *folder, const char *work, GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(package, error);
    if (words == NULL) {
        return FALSE;
    }
    gsize size = 0;
    g_autofree char *from = g_build_filename(work, PRINTED, NULL);
    g_autofree char *to = g_build_filename(folder, file_name, NULL);
    char *bytes = sp_file_read(from, MAX_SIZE, &size, error);
    if (bytes == NULL) {
        g_prefix_error(error, "%s has printed nothing: ", package->browser->program);
        return FALSE;
    }
    g_autoptr(GBytes) printed = g_bytes_new_take(bytes, size);
    const SpPdfMarks marks = {
        .day = sp_words_edition_day(words), .creator = "statpakke", .folder = work_name};
    g_autoptr(GBytes) settled = sp_pdf_settle(printed, package->browser->program, &marks, error);
    return settled != NULL && sp_file_write(to, g_bytes_get_data(settled, NULL),
                                            g_bytes_get_size(settled), SP_MODE_PUBLIC_FILE, error);
}

static gboolean write_pdf(const SpPackage *package, const SpSettings *settings, const char *folder,
                          GError **error)
{
    (void)settings;
    if (package->browser == NULL) {
        return TRUE;
    }
    g_autofree char *work = g_build_filename(folder, work_name, NULL);
    gboolean is_good = lay_out(package, folder, work, error) &&
                       run_browser(package->browser, work, error) &&
                       take(package, folder, work, error);
    /* The first fault is the one told. */
    return sp_folder_remove(work, is_good ? error : NULL) && is_good;
}

const SpOutput sp_output_pdf = {
    .name = "pdf",
    .summary = "page one and barometer as a tagged PDF, printed by a browser",
    .has_own_setting = TRUE,
    .write = write_pdf,
};
