/*
 * The report for people: index.html, a page a theme (tema/), a page a kommune (kommune/) in its own
 * language, definitions, and what all of them share (assets/). Nothing is fetched from elsewhere;
 * it is read from a folder as well as from a server.
 */
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/html/page.h"

#include <string.h>

enum { MAX_ASSET_SIZE = 8 * 1024 * 1024 };

static const char *const config_keys[] = {"package.html_max_rows", "package.html_max_details",
                                          "package.xlsx_max_rows"};
static const char *const folders[] = {"tema", "kommune", "assets"};

static gboolean copy_asset(const char *from, const char *folder, GError **error)
{
    gsize size = 0;
    g_autofree char *name = g_path_get_basename(from);
    g_autofree char *to = g_build_filename(folder, "assets", name, NULL);
    g_autofree char *bytes = sp_file_read(from, MAX_ASSET_SIZE, &size, error);
    return bytes != NULL && sp_file_make(to, bytes, size, SP_MODE_PUBLIC_FILE, error);
}

static gboolean make_folders(const char *folder, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(folder, folders[i], NULL);
        if (!sp_folder_make(path, SP_MODE_PUBLIC_FOLDER, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean copy_assets(const SpPackage *package, const char *folder, GError **error)
{
    for (gsize i = 0; package->assets[i] != NULL; i++) {
        if (!copy_asset(package->assets[i], folder, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_page(SpSite *site, SpPage *page, const char *template, GError **error)
{
    g_autofree gboolean *is_told = g_new0(gboolean, sp_tables_size(site->package->tables) + 1);
    page->site = site;
    page->is_told = is_told;
    page->root = strchr(page->file, '/') != NULL ? "../" : "";
    return sp_page_write(page, template, error);
}

static gboolean write_themes(SpSite *site, const char *folder, GError **error)
{
    for (guint i = 0; i < site->themes->len; i++) {
        const SpTheme *theme = g_ptr_array_index(site->themes, i);
        SpPage page = {.voice = site->voices[0],
                       .folder = folder,
                       .file = theme->file,
                       .region = site->package->region,
                       .theme = theme};
        if (!write_page(site, &page, "tema", error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_kommuner(SpSite *site, const char *folder, GError **error)
{
    for (guint i = 0; i < site->kommuner->len; i++) {
        const SpKommune *kommune = g_ptr_array_index(site->kommuner, i);
        SpPage page = {.voice = sp_site_voice(site, kommune->language, error),
                       .folder = folder,
                       .file = kommune->file,
                       .region = kommune->code,
                       .kommune = kommune};
        if (page.voice == NULL || !write_page(site, &page, "kommune", error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_single(SpSite *site, const char *folder, const char *file,
                             const char *template, GError **error)
{
    SpPage page = {
        .voice = site->voices[0], .folder = folder, .file = file, .region = site->package->region};
    return write_page(site, &page, template, error);
}

static gboolean write_site(const SpPackage *package, const SpSettings *settings, const char *folder,
                           GError **error)
{
    g_autoptr(SpSite) site = sp_site_new(package, settings, error);
    return site != NULL && make_folders(folder, error) &&
           write_single(site, folder, "index.html", "forside", error) &&
           write_single(site, folder, "definisjoner.html", "definisjoner", error) &&
           write_single(site, folder, "endringer.html", "endringer", error) &&
           write_themes(site, folder, error) && write_kommuner(site, folder, error) &&
           copy_assets(package, folder, error);
}

const SpOutput sp_output_html = {
    .name = "html",
    .summary = "report for people: index.html, pages of themes and kommuner, self-contained",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_site,
};
