/* The simulator: model, then all sources side by side, then settings and truth. */
#include "pipeline/simulate/simulate.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/parallel.h"
#include "pipeline/simulate/source.h"

typedef struct {
    const SpSimModel *model;
    const char *folder;
} Writing;

static gboolean write_source(gsize number, gpointer data, GError **error)
{
    const Writing *writing = data;
    const SpSimSource *source = sp_sim_sources_at(number);
    if (source->is_personal && writing->model->options.level == SP_SIM_LEVEL_FACTS) {
        return TRUE;
    }
    if (!source->write(writing->model, writing->folder, error)) {
        g_prefix_error(error, "%s: ", source->name);
        return FALSE;
    }
    return TRUE;
}

static gboolean write_all(const SpSimModel *model, const char *folder, GError **error)
{
    Writing writing = {model, folder};
    return sp_parallel_try(model->options.n_threads, sp_sim_sources_size(), write_source, &writing,
                           error) &&
           sp_sim_truth_write(model, folder, error) &&
           sp_sim_settings_write(model, folder, error) && sp_folder_sync(folder, error);
}

gboolean sp_simulate(const SpSimOptions *options, const char *out, GError **error)
{
    g_autofree char *unfinished = g_strconcat(out, ".uferdig", NULL);
    if (g_file_test(out, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE,
                            "%s exists already; remove it or choose another folder", out);
    }
    g_autoptr(SpSimModel) model = sp_sim_model_new(options, error);
    if (model == NULL || !sp_folder_remove(unfinished, error) ||
        !sp_folder_make(unfinished, SP_MODE_OWN_FOLDER, error)) {
        return FALSE;
    }
    if (!write_all(model, unfinished, error)) {
        (void)sp_folder_remove(unfinished, NULL);
        return FALSE;
    }
    return sp_rename(unfinished, out, error);
}
