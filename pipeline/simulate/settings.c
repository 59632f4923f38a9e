/* simulert.conf: the template's datasets that this build can read. */
#include "pipeline/simulate/simulate.h"

#include "core/config.h"
#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/simulate/output.h"

#include <string.h>

enum { MAX_SIZE = 1024 * 1024 };

/* Says which tables hold a draw of the persons. */
#define SAMPLE_SECTION "vary"

/* @SISTE@ is the last simulated year, @NESTE@ the one after it. */
static char *fill_in(const SpSimModel *model, const char *text)
{
    g_autofree char *last = g_strdup_printf("%u", model->options.to);
    g_autofree char *next = g_strdup_printf("%u", model->options.to + 1);
    g_auto(GStrv) parts = g_strsplit(text, "@SISTE@", -1);
    g_autofree char *with_last = g_strjoinv(last, parts);
    g_auto(GStrv) more = g_strsplit(with_last, "@NESTE@", -1);
    return g_strjoinv(next, more);
}

/* All layouts of a section are among this build's; the first that is not is named. */
static gboolean has_layouts(const SpSimModel *model, GKeyFile *template, const char *section,
                            char **missing)
{
    g_autofree char *text = g_key_file_get_value(template, section, "layout", NULL);
    g_auto(GStrv) names = g_strsplit_set(text != NULL ? text : "", ", ", -1);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *file = g_strconcat(*name, ".ini", NULL);
        g_autofree char *path = g_build_filename(model->options.data_folder, "layouts", file, NULL);
        if (**name != '\0' && !g_file_test(path, G_FILE_TEST_EXISTS)) {
            *missing = g_strdup(*name);
            return FALSE;
        }
    }
    return TRUE;
}

/* A table that ended before these years, or had not begun, has no extract. Sources are written
 * before the settings are. */
static gboolean has_extract(const char *folder, GKeyFile *template, const char *section)
{
    g_autofree char *name = g_key_file_get_value(template, section, "url", NULL);
    g_autofree char *path = name != NULL ? g_build_filename(folder, name, NULL) : NULL;
    return path == NULL || g_file_test(path, G_FILE_TEST_EXISTS);
}

static void add_section(GString *text, GKeyFile *template, const char *section)
{
    g_auto(GStrv) keys = g_key_file_get_keys(template, section, NULL, NULL);
    g_string_append_printf(text, "\n[%s]\n", section);
    for (char **key = keys; *key != NULL; key++) {
        g_autofree char *value = g_key_file_get_value(template, section, *key, NULL);
        g_string_append_printf(text, "%s = %s\n", *key, value);
    }
    if (strchr(section, '/') != NULL) {
        g_string_append(text, "synthetic = yes\n");
    }
}

/* At the level of facts there are no deliveries by hand about persons, which is not worth a word;
 * any other dataset that is left out is named in a comment. */
static gboolean is_left_out(const SpSimModel *model, const char *folder, GKeyFile *template,
                            const char *section, GString *reasons)
{
    g_autofree char *persons = g_key_file_get_value(template, section, "persons", NULL);
    g_autofree char *missing = NULL;
    if (persons != NULL && model->options.level == SP_SIM_LEVEL_FACTS) {
        return TRUE;
    }
    if (!has_layouts(model, template, section, &missing)) {
        g_string_append_printf(reasons, "# %s is left out: there is no layout %s\n", section,
                               missing);
        return TRUE;
    }
    if (!has_extract(folder, template, section)) {
        g_string_append_printf(reasons, "# %s is left out: the table has none of these years\n",
                               section);
        return TRUE;
    }
    return FALSE;
}

gboolean sp_sim_settings_write(const SpSimModel *model, const char *folder, GError **error)
{
    g_autofree char *path =
        g_build_filename(model->options.data_folder, "simulate", "simulert.conf.in", NULL);
    gsize size = 0;
    g_autofree char *raw = sp_file_read(path, MAX_SIZE, &size, error);
    if (raw == NULL) {
        return FALSE;
    }
    g_autofree char *filled = fill_in(model, raw);
    g_autoptr(GKeyFile) template = sp_config_parse(path, filled, error);
    if (template == NULL) {
        return FALSE;
    }
    g_autoptr(GString) datasets = g_string_new(NULL);
    g_autoptr(GString) sections = g_string_new(NULL);
    g_autoptr(GString) left_out = g_string_new(NULL);
    g_auto(GStrv) names = g_key_file_get_groups(template, NULL);
    for (char **name = names; *name != NULL; name++) {
        gboolean is_dataset = strchr(*name, '/') != NULL;
        if ((is_dataset && is_left_out(model, folder, template, *name, left_out)) ||
            (strcmp(*name, SAMPLE_SECTION) == 0 && model->options.scale >= 1.0)) {
            continue;
        }
        add_section(sections, template, *name);
        if (is_dataset) {
            g_string_append_printf(datasets, "%s%s", datasets->len > 0 ? ", " : "", *name);
        }
    }
    g_autofree char *text =
        g_strdup_printf("# Made by statpakke simulate: SYNTETISKE DATA. Seed %" G_GUINT64_FORMAT
                        ", years %u-%u.\n%s\n[fetch]\ndatasets = %s\n%s",
                        model->options.seed, model->options.from, model->options.to, left_out->str,
                        datasets->str, sections->str);
    return sp_sim_write_text(folder, "simulert.conf", text, error);
}
