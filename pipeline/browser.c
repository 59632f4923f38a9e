/* Where the browser is, and which one. */
#include "pipeline/browser.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/io/child.h"

#define INPUT "chromium"
#define REMEDY                                                                                     \
    "install the package chromium, set " SP_BROWSER_SETTING                                        \
    " to the program, or set " SP_BROWSER_KEY " = no"

enum { MAX_SECONDS_VERSION = 30, MAX_SECONDS_PRINT = 120 };

static const char *const environment[] = {
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", NULL};

/* Path of the program; a name without a folder is looked for in PATH. g_free. */
static char *find_program(const SpContext *context, GError **error)
{
    const char *set = sp_config_value(context->config, "package", "chromium");
    g_autofree char *found = set != NULL ? g_find_program_in_path(set) : NULL;
    if (found == NULL) {
        (void)sp_error_set(error, SP_ERROR_CONFIG,
                           SP_BROWSER_KEY " = yes, but " SP_BROWSER_SETTING
                                          " = \"%s\" is no program here: " REMEDY,
                           set != NULL ? set : "");
        return NULL;
    }
    return g_canonicalize_filename(found, NULL);
}

static char *ask_version(const char *program, GError **error)
{
    const char *const arguments[] = {program, "--version", NULL};
    const SpChild child = {
        .arguments = arguments, .environment = environment, .seconds = MAX_SECONDS_VERSION};
    g_autofree char *said = NULL;
    g_autoptr(GError) why = NULL;
    if (!sp_child_run(&child, &said, &why) || *g_strstrip(said) == '\0') {
        (void)sp_error_set(error, SP_ERROR_CONFIG,
                           SP_BROWSER_SETTING ": %s does not tell its version%s%s; " REMEDY,
                           program, why != NULL ? ": " : "", why != NULL ? why->message : "");
        return NULL;
    }
    return g_steal_pointer(&said);
}

static gboolean find(SpContext *context, GError **error)
{
    g_autofree char *program = find_program(context, error);
    g_autofree char *version = program != NULL ? ask_version(program, error) : NULL;
    if (version == NULL) {
        return FALSE;
    }
    context->browser = (SpBrowser){.program = g_steal_pointer(&program),
                                   .version = g_steal_pointer(&version),
                                   .seconds = MAX_SECONDS_PRINT};
    return TRUE;
}

gboolean sp_browser_need(SpUnit *unit, GError **error)
{
    SpContext *context = unit->context;
    gboolean is_wanted = FALSE;
    if (!sp_settings_bool(unit->settings, SP_BROWSER_KEY, &is_wanted, error)) {
        return FALSE;
    }
    if (!is_wanted) {
        return TRUE;
    }
    if (context->browser.version == NULL && !find(context, error)) {
        return FALSE;
    }
    char hex[SP_HASH_SIZE];
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, context->browser.version);
    sp_hash_finish(hash, hex);
    sp_unit_need_record(unit, INPUT, hex);
    return TRUE;
}

const SpBrowser *sp_browser_of(const SpUnit *unit)
{
    const SpBrowser *browser = &unit->context->browser;
    return browser->version != NULL ? browser : NULL;
}
