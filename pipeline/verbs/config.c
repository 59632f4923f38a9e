/* config: which settings hold here and where each comes from (show), and whether they go together
 * (check). Reads only, and needs no workspace. */
#include "pipeline/doctor/settings_check.h"
#include "pipeline/program.h"

#include "core/error.h"

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

static gboolean check(SpContext *context, GError **error)
{
    if (!sp_settings_check(context, error)) {
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
