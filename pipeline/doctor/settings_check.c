/* Whether settings go together. */
#include "pipeline/doctor/settings_check.h"

#include "core/error.h"
#include "pipeline/dataset.h"
#include "pipeline/deliver.h"
#include "pipeline/keyfile.h"
#include "pipeline/program.h"
#include "pipeline/signkey.h"

/* The first finding is what the program ends with; those after it are told before. */
static void find(SpContext *context, GError *finding, GError **first)
{
    if (finding == NULL) {
        return;
    }
    if (*first == NULL) {
        *first = finding;
        return;
    }
    sp_log(&context->log, SP_LOG_ERROR, "%s", finding->message);
    g_error_free(finding);
}

static gboolean check_dataset(SpContext *context, const char *dataset, GError **error)
{
    guint marks = 0;
    gboolean is_persons = FALSE;
    g_autoptr(SpInboxPattern) inbox = NULL;
    g_autoptr(SpSettings) settings = sp_dataset_settings(context, dataset, error);
    return settings != NULL &&
           sp_dataset_is_persons(context, dataset, settings, &is_persons, error) &&
           sp_dataset_inbox(settings, &inbox, error) &&
           sp_dataset_marks(settings, is_persons, &marks, error);
}

static void check_datasets(SpContext *context, GError **first)
{
    GError *failure = NULL;
    g_auto(GStrv) datasets = sp_datasets_list(context, &failure);
    find(context, failure, first);
    for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
        failure = NULL;
        if (!check_dataset(context, *dataset, &failure)) {
            g_prefix_error(&failure, "[%s]: ", *dataset);
        }
        find(context, failure, first);
    }
}

/* Of these a finding is what the settings are to blame for, not what is not made yet. */
static void find_settings(SpContext *context, GError *finding, GError **first)
{
    if (g_error_matches(finding, SP_ERROR, SP_ERROR_CONFIG)) {
        find(context, finding, first);
    } else {
        g_clear_error(&finding);
    }
}

static void check_keys(SpContext *context, GError **first)
{
    GError *failure = NULL;
    SpPublicKey key;
    gboolean is_signed = FALSE;
    g_free(sp_keyfile_path(context, &failure));
    find_settings(context, failure, first);
    failure = NULL;
    (void)sp_signkey_public(context, &key, &is_signed, &failure);
    find_settings(context, failure, first);
}

/* The units of a stage are often named by settings: scenarios, packages. */
static void check_stages(SpContext *context, GError **first)
{
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        const SpStage *stage = sp_programs_at(i)->stage;
        GError *failure = NULL;
        g_strfreev(stage == NULL ? NULL : stage->units(context, &failure));
        find_settings(context, failure, first);
    }
}

gboolean sp_settings_check(SpContext *context, GError **error)
{
    GError *first = NULL;
    GError *failure = NULL;
    check_datasets(context, &first);
    (void)sp_deliver_check(context, &failure);
    find(context, failure, &first);
    check_keys(context, &first);
    check_stages(context, &first);
    if (first != NULL) {
        /* A file that a setting names and that is not there is a matter of the setting. */
        sp_error_set(error, SP_ERROR_CONFIG, "%s", first->message);
        g_error_free(first);
        return FALSE;
    }
    return TRUE;
}
