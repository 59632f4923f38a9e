/* backtest: how near projections from an earlier year came, with what was known then. Reads the
 * facts; what it writes is no part of the workspace. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "pipeline/backtest.h"
#include "pipeline/catalogue.h"
#include "pipeline/projectfiles.h"
#include "pipeline/verbs/backtest_page.h"
#include "transforms/project/backtest/backtest.h"
#include "transforms/project/project.h"

#include <errno.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2150 };

static int base = G_MININT; /* not given */
static int target;
static char *out;

static const GOptionEntry options[] = {
    {"base", 0, 0, G_OPTION_ARG_INT, &base, "Project from 1 January of this year", "YEAR"},
    {"target", 0, 0, G_OPTION_ARG_INT, &target, "Judge this year alone (default: all later ones)",
     "YEAR"},
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &out,
     "Folder to make with the tables as CSV, the forecasts of every kommune too", "DIR"},
    {0}};

static gboolean check_options(GError **error)
{
    if (base < FIRST_YEAR || base > LAST_YEAR) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            base == G_MININT ? "--base YEAR is missing: the year to project from"
                                             : "--base %d: want a year, such as 2020",
                            base);
    }
    if (target != 0 && (target <= base || target > LAST_YEAR)) {
        return sp_error_set(error, SP_ERROR_USAGE, "--target %d: want a year after --base %d",
                            target, base);
    }
    if (out != NULL && g_file_test(out, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE,
                            "%s is there already; name a folder that is not", out);
    }
    return TRUE;
}

/* ---- reading ---- */

static const char *const input_keys[] = {SP_BACKTEST_INPUT_KEYS, NULL};

static SpSettings *make_settings(const SpContext *context)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (const char *const *key = input_keys; *key != NULL; key++) {
        g_ptr_array_add(keys, (gpointer)*key);
    }
    for (gsize i = 0; i < sp_transform_backtest.n_config_keys; i++) {
        g_ptr_array_add(keys, (gpointer)sp_transform_backtest.config_keys[i]);
    }
    return sp_settings_new(context->config, NULL, (const char *const *)keys->pdata, keys->len);
}

/* The facts in use, as the stage's unit would read them. */
static gboolean read_all(SpContext *context, SpSettings *settings, SpTables *into, GError **error)
{
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_input_free);
    SpUnit unit = {
        .context = context,
        .unit = SP_BACKTEST_UNIT,
        .settings = settings,
        .inputs = inputs,
    };
    gboolean is_read = sp_backtest_need_facts(&unit, error) &&
                       sp_backtest_read_facts(&unit, into, error) &&
                       sp_project_files_read(context, SP_FILE_OF_BACKTEST, into, error);
    g_free(unit.updated);
    return is_read;
}

/* ---- writing ---- */

/* Under a name that nobody has until they are whole. */
static gboolean write_tables(SpTables *tables, GError **error)
{
    g_autofree char *final = g_canonicalize_filename(out, NULL);
    g_autofree char *folder = g_strconcat(final, ".XXXXXX", NULL);
    g_autofree char *parent = g_path_get_dirname(final);
    if (!sp_folder_make(parent, SP_MODE_OWN_FOLDER, error)) {
        return FALSE;
    }
    if (g_mkdtemp_full(folder, SP_MODE_OWN_FOLDER) == NULL) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE, "%s: %s", parent, g_strerror(errno));
    }
    gboolean is_written = sp_tables_write(tables, folder, "backtest", SP_MODE_OWN_FILE, error) &&
                          sp_folder_sync(folder, error) && sp_rename(folder, final, error);
    if (!is_written) {
        (void)sp_folder_remove(folder, NULL);
    }
    return is_written;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    if (!check_options(error)) {
        return FALSE;
    }
    g_autoptr(SpSettings) settings = make_settings(context);
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) tables = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(SpBacktestOptions) wanted = {.bases = NULL};
    g_autofree char *path = sp_context_data_path(context, "texts.csv");
    g_autoptr(SpTexts) texts = sp_catalogue_texts(path, error);
    if (texts == NULL || !read_all(context, settings, in, error) ||
        !sp_backtest_options_init(&wanted, in, settings, error)) {
        return FALSE;
    }
    g_array_set_size(wanted.bases, 0);
    g_array_append_val(wanted.bases, base);
    wanted.target = target;
    if (!sp_backtest(in, &wanted, tables, quality, error)) {
        return FALSE;
    }
    g_autofree char *page = sp_backtest_page(tables, quality, base, texts);
    if (out != NULL && !write_tables(tables, error)) {
        return FALSE;
    }
    return sp_program_print(page, error);
}

const SpProgram sp_program_backtest = {
    .name = "backtest",
    .summary = "Tell how near projections from an earlier year came, with what was known then",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS,
    .config_keys = input_keys,
    .options = options,
    .run = run,
};
