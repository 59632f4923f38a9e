/* config: which settings hold here and where each comes from (show), and whether they go together
 * (check). Reads only, and needs no workspace. */
#include "pipeline/program.h"

#include "core/error.h"
#include "pipeline/dataset.h"
#include "pipeline/deliver.h"
#include "pipeline/keyfile.h"
#include "pipeline/signkey.h"

#include <string.h>

static gboolean shows_origin;

static const GOptionEntry options[] = {
    {"origin", 0, 0, G_OPTION_ARG_NONE, &shows_origin,
     "show: above each setting the file and line, or the layer, that it comes from", NULL},
    {0}};

/* ---- show ---- */

static void print_key(const SpConfig *config, const char *section, const char *key, GString *text)
{
    if (shows_origin) {
        g_autofree char *place = sp_config_place(config, section, key);
        g_string_append_printf(text, "# %s\n", place);
    }
    const char *value = sp_config_value(config, section, key);
    g_string_append_printf(text, "%s =%s%s\n", key, *value != '\0' ? " " : "", value);
}

/* As a file of settings has it. One without keys says nothing and is left out. */
static void print_section(const SpConfig *config, const char *section, GString *text)
{
    g_auto(GStrv) keys = sp_config_keys(config, section);
    if (*keys == NULL) {
        return;
    }
    g_string_append_printf(text, "%s[%s]\n", text->len > 0 ? "\n" : "", section);
    for (char **key = keys; *key != NULL; key++) {
        print_key(config, section, *key, text);
    }
}

/* "SECTION", or "SECTION.KEY". */
static gboolean print_named(const SpConfig *config, const char *name, GString *text, GError **error)
{
    const char *dot = strrchr(name, '.');
    g_autofree char *section = dot == NULL ? g_strdup(name) : g_strndup(name, (gsize)(dot - name));
    if (dot == NULL) {
        print_section(config, section, text);
    } else if (sp_config_value(config, section, dot + 1) != NULL) {
        g_string_append_printf(text, "[%s]\n", section);
        print_key(config, section, dot + 1, text);
    }
    return text->len > 0 ||
           sp_error_set(error, SP_ERROR_NO_INPUT,
                        "%s: no layer sets this; statpakke config show lists all that is set",
                        name);
}

static gboolean show(SpContext *context, char **arguments, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(GStrv) sections = sp_config_sections(context->config);
    if (*arguments != NULL && arguments[1] != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "\"%s\": one section or setting at a time",
                            arguments[1]);
    }
    if (*arguments != NULL && !print_named(context->config, *arguments, text, error)) {
        return FALSE;
    }
    for (char **section = sections; *arguments == NULL && *section != NULL; section++) {
        print_section(context->config, *section, text);
    }
    return sp_program_print(text->str, error);
}

/* ---- check ---- */

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

static gboolean check(SpContext *context, GError **error)
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
    sp_log(&context->log, SP_LOG_INFO,
           "the settings hold together; what each stage makes of them: statpakke run --dry-run");
    return TRUE;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    if (g_strcmp0(arguments[0], "show") == 0) {
        return show(context, arguments + 1, error);
    }
    if (g_strcmp0(arguments[0], "check") == 0 && arguments[1] == NULL && !shows_origin) {
        return check(context, error);
    }
    return sp_error_set(error, SP_ERROR_USAGE,
                        "want show, perhaps with --origin and a section or setting, or check "
                        "alone; see --help");
}

const SpProgram sp_program_config = {
    .name = "config",
    .summary = "Tell which settings hold and where each comes from, or whether they go together",
    .arguments = "show [SECTION[.KEY]] | check",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS,
    .options = options,
    .run = run,
};
