/* The pages of a package and what they share. */
#include "outputs/html/site.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/table_rows.h"

#include <string.h>

enum { MAX_ROWS = 100000, MAX_SHEET_ROWS = 1048576 };

static const char country[] = "0";

static void free_theme(gpointer data)
{
    SpTheme *theme = data;
    g_free(theme->id);
    g_free(theme->file);
    g_array_unref(theme->tables);
    g_free(theme);
}

static void free_kommune(gpointer data)
{
    SpKommune *kommune = data;
    g_free(kommune->code);
    g_free(kommune->file);
    g_free(kommune);
}

static gint compare_kommuner(gconstpointer a, gconstpointer b)
{
    const SpKommune *const *one = a;
    const SpKommune *const *other = b;
    return strcmp((*one)->code, (*other)->code);
}

/* ---- themes ---- */

static SpTheme *find_theme(GPtrArray *themes, const char *id)
{
    for (guint i = 0; i < themes->len; i++) {
        SpTheme *theme = g_ptr_array_index(themes, i);
        if (strcmp(theme->id, id) == 0) {
            return theme;
        }
    }
    SpTheme *theme = g_new0(SpTheme, 1);
    theme->id = g_strdup(id);
    theme->file = g_strdup_printf("tema/%s.html", id);
    theme->tables = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_ptr_array_add(themes, theme);
    return theme;
}

/* A table that no page shows has its line on the page of its theme all the same. */
static void add_themes(SpSite *site)
{
    const SpTable *catalogue = site->package->catalogue;
    gsize name = sp_table_find(catalogue, "name");
    gsize theme = sp_table_find(catalogue, "theme");
    for (gsize row = 0; theme != SP_NO_COLUMN && row < sp_table_n_rows(catalogue); row++) {
        gsize table = sp_site_table(site, sp_table_code(catalogue, row, name));
        const char *id = sp_table_code(catalogue, row, theme);
        if (table != SP_NO_COLUMN && id[0] != '\0') {
            g_array_append_val(find_theme(site->themes, id)->tables, table);
        }
    }
}

/* ---- kommuner ---- */

/* What kommuner have decided: nb, nn, or neutral, for which the package's own is chosen. */
static const char *language_of(const SpSite *site, const char *code)
{
    const SpTable *table = sp_tables_find(site->package->tables, "spraakvedtak");
    gsize region = table != NULL ? sp_table_find(table, "region") : SP_NO_COLUMN;
    gsize decided = table != NULL ? sp_table_find(table, "maalform") : SP_NO_COLUMN;
    for (gsize row = 0; decided != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
        const char *language = sp_table_code(table, row, decided);
        if (strcmp(sp_table_code(table, row, region), code) == 0 &&
            (strcmp(language, "nb") == 0 || strcmp(language, "nn") == 0)) {
            return strcmp(language, "nb") == 0 ? "nb" : "nn";
        }
    }
    return site->package->language;
}

static gboolean is_kommune_of(const char *code, gconstpointer fylke)
{
    return sp_region_kind(code) == SP_REGION_KOMMUNE && g_str_has_prefix(code, fylke);
}

static gboolean is_kommune_code(const char *code, gconstpointer data)
{
    return is_kommune_of(code, data);
}

/* Those that have a row in any table that pages show. */
static void add_kommuner(SpSite *site)
{
    const char *own = site->package->region;
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; strcmp(own, country) != 0 && i < sp_tables_size(site->package->tables); i++) {
        const SpTable *table = sp_tables_at(site->package->tables, i);
        gsize region = sp_table_find(table, "region");
        g_auto(GStrv) codes = region != SP_NO_COLUMN && site->shows[i] == SP_SHOW_YES
                                  ? sp_table_used_list(table, region, is_kommune_code, own)
                                  : NULL;
        for (char **code = codes; code != NULL && *code != NULL; code++) {
            if (g_hash_table_contains(found, *code)) {
                continue;
            }
            SpKommune *kommune = g_new0(SpKommune, 1);
            kommune->code = g_strdup(*code);
            kommune->language = language_of(site, *code);
            kommune->file = g_strdup_printf("kommune/%s.html", *code);
            g_ptr_array_add(site->kommuner, kommune);
            g_hash_table_add(found, g_strdup(*code));
        }
    }
    g_ptr_array_sort(site->kommuner, compare_kommuner);
}

/* ---- voices ---- */

static void free_grids(SpGrid **grids, gsize n)
{
    for (gsize i = 0; grids != NULL && i < n; i++) {
        if (grids[i] != NULL) {
            sp_grid_clear(grids[i]);
            g_free(grids[i]);
        }
    }
    g_free(grids);
}

static void free_voice(SpVoice *voice, gsize n_tables)
{
    if (voice != NULL) {
        free_grids(voice->grids, n_tables);
        free_grids(voice->newest, n_tables);
        sp_overview_free(voice->overview);
        sp_words_free(voice->words);
        g_free(voice);
    }
}

/* The package's own region, the country, then the kommuner. */
static char **regions_of(SpSite *site)
{
    GPtrArray *regions = g_ptr_array_new();
    const char *own = site->package->region;
    g_ptr_array_add(regions, g_strdup(own));
    if (strcmp(own, country) != 0) {
        g_ptr_array_add(regions, g_strdup(country));
    }
    for (guint i = 0; i < site->kommuner->len; i++) {
        SpKommune *kommune = g_ptr_array_index(site->kommuner, i);
        kommune->place = regions->len;
        g_ptr_array_add(regions, g_strdup(kommune->code));
    }
    g_ptr_array_add(regions, NULL);
    return (char **)g_ptr_array_free(regions, FALSE);
}

SpVoice *sp_site_voice(SpSite *site, const char *language, GError **error)
{
    gsize n = sp_tables_size(site->package->tables);
    gsize i = strcmp(language, site->package->language) == 0 ? 0 : 1;
    if (site->voices[i] != NULL) {
        return site->voices[i];
    }
    SpVoice *voice = g_new0(SpVoice, 1);
    voice->package = *site->package;
    voice->package.language = language;
    voice->grids = g_new0(SpGrid *, n + 1);
    voice->newest = g_new0(SpGrid *, n + 1);
    voice->words = sp_words_new(&voice->package, error);
    g_auto(GStrv) regions = regions_of(site);
    voice->overview = voice->words != NULL
                          ? sp_overview_new(voice->words, (const char *const *)regions, error)
                          : NULL;
    if (voice->overview == NULL) {
        free_voice(voice, n);
        return NULL;
    }
    site->voices[i] = voice;
    return voice;
}

const SpGrid *sp_site_grid(SpSite *site, SpVoice *voice, gsize table, gboolean is_newest)
{
    SpGrid **grid = is_newest ? &voice->newest[table] : &voice->grids[table];
    if (*grid == NULL) {
        *grid = g_new0(SpGrid, 1);
        sp_grid_init(*grid, voice->words, sp_tables_at(site->package->tables, table),
                     is_newest ? SP_GRID_NEWEST : SP_GRID_PAGE);
    }
    return *grid;
}

/* ---- rows ---- */

static void free_rows(gpointer data)
{
    if (data != NULL) {
        g_array_unref(data);
    }
}

/* The rows of a table by the number of their region's code. */
static GPtrArray *part_rows(const SpGrid *grid)
{
    g_autoptr(GArray) rows = sp_grid_rows(grid, TRUE);
    const guint32 *numbers = sp_table_code_numbers_const(grid->table, grid->region);
    GPtrArray *parts = g_ptr_array_new_with_free_func(free_rows);
    g_ptr_array_set_size(parts, (gint)sp_codes_size(sp_table_codes(grid->table, grid->region)));
    for (guint i = 0; i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        GArray *part = g_ptr_array_index(parts, numbers[row]);
        if (part == NULL) {
            part = g_array_new(FALSE, FALSE, sizeof(gsize));
            g_ptr_array_index(parts, numbers[row]) = part;
        }
        g_array_append_val(part, row);
    }
    return parts;
}

const GArray *sp_site_rows(SpSite *site, gsize table, const char *region)
{
    const SpGrid *grid = sp_site_grid(site, site->voices[0], table, FALSE);
    guint32 number = 0;
    if (grid->region == SP_NO_COLUMN ||
        !sp_codes_find(sp_table_codes(grid->table, grid->region), region, &number)) {
        return NULL;
    }
    if (site->of_region[table] == NULL) {
        site->of_region[table] = part_rows(grid);
    }
    return g_ptr_array_index(site->of_region[table], number);
}

const SpTheme *sp_site_theme(const SpSite *site, gsize table)
{
    for (guint i = 0; i < site->themes->len; i++) {
        const SpTheme *theme = g_ptr_array_index(site->themes, i);
        for (guint j = 0; j < theme->tables->len; j++) {
            if (g_array_index(theme->tables, gsize, j) == table) {
                return theme;
            }
        }
    }
    return NULL;
}

gsize sp_site_table(const SpSite *site, const char *name)
{
    for (gsize i = 0; i < sp_tables_size(site->package->tables); i++) {
        if (strcmp(sp_table_name(sp_tables_at(site->package->tables, i)), name) == 0) {
            return i;
        }
    }
    return SP_NO_COLUMN;
}

/* ---- the whole ---- */

static gboolean read_limits(SpSite *site, const SpSettings *settings, gint64 *max_sheet,
                            GError **error)
{
    gint64 max_rows = 0;
    gint64 max_details = 0;
    if (!sp_settings_int(settings, "package.html_max_rows", 1, MAX_ROWS, &max_rows, error) ||
        !sp_settings_int(settings, "package.html_max_details", 0, MAX_ROWS, &max_details, error) ||
        !sp_settings_int(settings, "package.xlsx_max_rows", 1, MAX_SHEET_ROWS, max_sheet, error)) {
        return FALSE;
    }
    site->max_rows = (gsize)max_rows;
    site->max_details = (gsize)max_details;
    return TRUE;
}

static gboolean read_shows(SpSite *site, const SpWords *words, gint64 max_sheet, GError **error)
{
    for (gsize i = 0; i < sp_tables_size(site->package->tables); i++) {
        const SpTable *table = sp_tables_at(site->package->tables, i);
        if (!sp_show_find(site->package->catalogue, table, "html", &site->shows[i], error) ||
            !sp_grid_find_sheet(words, table, max_sheet, &site->sheets[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpSite *sp_site_new(const SpPackage *package, const SpSettings *settings, GError **error)
{
    gsize n = sp_tables_size(package->tables);
    g_autoptr(SpSite) site = g_new0(SpSite, 1);
    g_autoptr(SpWords) words = sp_words_new(package, error);
    gint64 max_sheet = 0;
    site->package = package;
    site->shows = g_new0(SpShow, n + 1);
    site->sheets = g_new0(SpShow, n + 1);
    site->of_region = g_new0(GPtrArray *, n + 1);
    site->themes = g_ptr_array_new_with_free_func(free_theme);
    site->kommuner = g_ptr_array_new_with_free_func(free_kommune);
    if (words == NULL || !read_limits(site, settings, &max_sheet, error) ||
        !read_shows(site, words, max_sheet, error)) {
        return NULL;
    }
    add_themes(site);
    add_kommuner(site);
    const SpVoice *own = sp_site_voice(site, package->language, error);
    site->figures = own != NULL ? sp_figure_list_new(own->words, NULL, error) : NULL;
    return site->figures != NULL ? g_steal_pointer(&site) : NULL;
}

void sp_site_free(SpSite *site)
{
    if (site == NULL) {
        return;
    }
    gsize n = sp_tables_size(site->package->tables);
    for (gsize i = 0; i < G_N_ELEMENTS(site->voices); i++) {
        free_voice(site->voices[i], n);
    }
    for (gsize i = 0; i < n; i++) {
        g_clear_pointer(&site->of_region[i], g_ptr_array_unref);
    }
    g_free(site->of_region);
    g_free(site->shows);
    g_free(site->sheets);
    g_ptr_array_unref(site->themes);
    g_ptr_array_unref(site->kommuner);
    g_clear_pointer(&site->figures, g_ptr_array_unref);
    g_free(site);
}
