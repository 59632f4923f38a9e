/* Tables from their descriptions. */
#include "tests/upstream/table.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"

#include <string.h>

enum { UNREVISED_HOURS = 3, FIRST_HOUR = 5, LAST_HOUR = 7, DAY_S = 86400 };

static void variable_free(gpointer data)
{
    FakeVariable *variable = data;
    g_free(variable->code);
    g_free(variable->text);
    g_free(variable->klass);
    g_ptr_array_unref(variable->values);
    g_free(variable);
}

void fake_table_free(FakeTable *table)
{
    if (table == NULL) {
        return;
    }
    g_free(table->id);
    g_free(table->title);
    g_strfreev(table->path);
    g_free(table->note);
    g_free(table->updated);
    g_array_unref(table->releases);
    g_ptr_array_unref(table->codelists);
    g_ptr_array_unref(table->variables);
    g_free(table);
}

static char *text_of(GKeyFile *file, const char *section, const char *key, const char *fallback)
{
    char *text = g_key_file_get_string(file, section, key, NULL);
    return text != NULL ? text : g_strdup(fallback);
}

static gboolean is_yes(GKeyFile *file, const char *section, const char *key)
{
    g_autofree char *text = text_of(file, section, key, "no");
    return strcmp(text, "yes") == 0;
}

static gint64 number_of(GKeyFile *file, const char *section, const char *key, gint64 fallback)
{
    g_autofree char *text = text_of(file, section, key, "");
    sp_number_parse_int(text, strlen(text), &fallback);
    return fallback;
}

static FakeVariable *add_variable(FakeTable *table, const char *code, const char *text,
                                  FakeRole role)
{
    FakeVariable *variable = g_new0(FakeVariable, 1);
    variable->code = g_strdup(code);
    variable->text = g_strdup(text);
    variable->role = role;
    variable->values = g_ptr_array_new_with_free_func(fake_value_free);
    g_ptr_array_add(table->variables, variable);
    return variable;
}

static gboolean add_described(FakeTable *table, GKeyFile *file, const char *section, GError **error)
{
    g_autofree char *text = text_of(file, section, "text", "");
    g_autofree char *values = text_of(file, section, "values", "");
    g_autofree char *total = text_of(file, section, "total", NULL);
    FakeVariable *variable = add_variable(table, section + strlen("variable "), text, FAKE_OTHER);
    variable->klass = text_of(file, section, "klass", NULL);
    variable->is_eliminable = is_yes(file, section, "elimination");
    return fake_values_make(variable, values, total, table->country, error);
}

static void add_contents(FakeVariable *variable, GKeyFile *file, const char *section)
{
    FakeContents *contents = g_new0(FakeContents, 1);
    contents->text = text_of(file, section, "text", "");
    contents->unit = text_of(file, section, "unit", "");
    contents->model = text_of(file, section, "model", "zero");
    contents->refperiod = text_of(file, section, "refperiod", "");
    contents->measuring = text_of(file, section, "measuring", "Stock");
    contents->decimals = (guint)number_of(file, section, "decimals", 0);
    g_autofree char *scale = text_of(file, section, "scale", "1");
    sp_number_parse(scale, strlen(scale), sp_number_plain, &contents->scale);
    g_autofree char *hide = text_of(file, section, "hide", "0--1");
    g_auto(GStrv) ends = g_strsplit(hide, "-", 2);
    sp_number_parse_int(ends[0], strlen(ends[0]), &contents->hide_from);
    sp_number_parse_int(ends[1], strlen(ends[1]), &contents->hide_to);
    FakeValue *value = fake_value_new(section + strlen("contents "), contents->text);
    value->contents = contents;
    g_ptr_array_add(variable->values, value);
}

static gboolean add_codelist(FakeTable *table, GKeyFile *file, const char *section, GError **error)
{
    g_autofree char *variable = text_of(file, section, "variable", "");
    g_autofree char *make = text_of(file, section, "make", "");
    FakeCodelist *codelist = g_new0(FakeCodelist, 1);
    codelist->id = g_strdup(section + strlen("codelist "));
    codelist->label = text_of(file, section, "label", "");
    codelist->prefix = text_of(file, section, "prefix", "");
    codelist->variable = fake_table_variable(table, variable, FALSE, NULL);
    if (codelist->variable == NULL) {
        sp_error_set(error, SP_ERROR_DATA, "code list %s: no variable %s", codelist->id, variable);
        codelist->groups = g_ptr_array_new();
        fake_codelist_free(codelist);
        return FALSE;
    }
    g_ptr_array_add(table->codelists, codelist);
    return fake_codelist_make(codelist, make, table->country, error);
}

/* The releases that are out. In the hours before 08:00 the next one is loaded already, and shows no
 * figures yet; `updated` still tells of the last one. */
static gboolean add_time(FakeTable *table, GKeyFile *file, const FakeMoment *moment, GError **error)
{
    g_autofree char *text = text_of(file, "table", "releases", "");
    g_auto(GStrv) pieces = g_strsplit(text, " ", -1);
    int hour = fake_oslo_hour(moment->now);
    gboolean is_early = moment->faults->zeros != NULL && hour >= FIRST_HOUR && hour <= LAST_HOUR;
    gint64 updated = 0;
    table->zero_sign = is_early ? moment->faults->zeros : NULL;
    for (char **piece = pieces; *piece != NULL; piece++) {
        g_auto(GStrv) parts = g_strsplit(*piece, "=", 2);
        gint64 year = 0;
        FakeRelease release = {0};
        if (parts[0] == NULL || parts[1] == NULL || !fake_time_parse(parts[0], &release.time) ||
            !sp_number_parse_int(parts[1], strlen(parts[1]), &year)) {
            return sp_error_set(error, SP_ERROR_DATA, "releases: \"%s\" is not TIME=YEAR", *piece);
        }
        release.year = (int)year;
        if (updated == 0) { /* before the first one: the year before, a year earlier */
            updated = release.time - (gint64)365 * DAY_S;
            table->last_year = release.year - 1;
        }
        if (release.time <= moment->now + (is_early ? UNREVISED_HOURS * 3600 : 0)) {
            table->last_year = release.year;
            g_array_append_val(table->releases, release);
            updated = release.time <= moment->now ? release.time : updated;
        }
    }
    table->updated = fake_time_format(updated - moment->faults->updated_back_days * (gint64)DAY_S);
    FakeVariable *variable = add_variable(table, "Tid", "år", FAKE_TIME);
    for (int i = table->first_year; i <= table->last_year; i++) {
        g_autofree char *code = g_strdup_printf("%d", i);
        FakeValue *value = fake_value_new(code, code);
        value->number = i;
        g_ptr_array_add(variable->values, value);
    }
    return TRUE;
}

static gboolean add_sections(FakeTable *table, GKeyFile *file, const FakeMoment *moment,
                             GError **error)
{
    g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
    for (char **section = sections; *section != NULL; section++) {
        if (g_str_has_prefix(*section, "variable ") &&
            !add_described(table, file, *section, error)) {
            return FALSE;
        }
    }
    if (moment->faults->grow) {
        FakeVariable *grown = add_variable(table, "Opphold", "opphold", FAKE_OTHER);
        g_ptr_array_add(grown->values, fake_value_new("K", "Korttid"));
        g_ptr_array_add(grown->values, fake_value_new("L", "Langtid"));
    }
    FakeVariable *metric = add_variable(table, "ContentsCode", "statistikkvariabel", FAKE_METRIC);
    for (char **section = sections; *section != NULL; section++) {
        if (g_str_has_prefix(*section, "contents ")) {
            add_contents(metric, file, *section);
        }
    }
    if (!add_time(table, file, moment, error)) {
        return FALSE;
    }
    for (guint i = 0; moment->faults->vanish != NULL && i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        guint place = 0;
        if (fake_variable_value(variable, moment->faults->vanish, FALSE, &place)) {
            g_ptr_array_remove_index(variable->values, place);
        }
    }
    for (char **section = sections; *section != NULL; section++) {
        if (g_str_has_prefix(*section, "codelist ") &&
            !add_codelist(table, file, *section, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

FakeTable *fake_table_read(const char *folder, const FakeCountry *country, const char *id,
                           const FakeMoment *moment, GError **error)
{
    g_autofree char *name = g_strconcat(id, ".ini", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GKeyFile) file = g_key_file_new();
    gboolean is_plain = *id != '\0' && strspn(id, "0123456789") == strlen(id);
    if (!is_plain || !g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL) ||
        is_yes(file, "table", "unreachable")) {
        return NULL;
    }
    g_autoptr(FakeTable) table = g_new0(FakeTable, 1);
    g_autofree char *where = text_of(file, "table", "path", "");
    table->id = g_strdup(id);
    table->title = text_of(file, "table", "title", id);
    table->path = g_strsplit(where, "/", -1);
    table->note = text_of(file, "table", "note", NULL);
    table->seed = fake_seed(id);
    table->may_aggregate = is_yes(file, "table", "aggregallowed");
    table->copies_2019 = is_yes(file, "table", "copied_2019");
    g_autofree char *reporters = text_of(file, "table", "reporters", "all");
    table->has_non_reporters = strcmp(reporters, "partial") == 0;
    table->first_year = (int)number_of(file, "table", "first_year", FAKE_FIRST_YEAR);
    table->releases = g_array_new(FALSE, TRUE, sizeof(FakeRelease));
    table->variables = g_ptr_array_new_with_free_func(variable_free);
    table->codelists = g_ptr_array_new_with_free_func(fake_codelist_free);
    table->country = country;
    if (!add_sections(table, file, moment, error)) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    return g_steal_pointer(&table);
}

char **fake_table_ids(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (const char *name = dir != NULL ? g_dir_read_name(dir) : NULL; name != NULL;
         name = g_dir_read_name(dir)) {
        if (g_str_has_suffix(name, ".ini") && g_ascii_isdigit(name[0])) {
            g_ptr_array_add(ids, g_strndup(name, strlen(name) - strlen(".ini")));
        }
    }
    g_ptr_array_sort(ids, sp_codes_compare);
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&ids), FALSE);
}

static gboolean is_same(const char *a, const char *b, gboolean is_case_ignored)
{
    return is_case_ignored ? g_ascii_strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

const FakeVariable *fake_table_variable(const FakeTable *table, const char *code,
                                        gboolean is_case_ignored, guint *place)
{
    for (guint i = 0; i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        if (is_same(variable->code, code, is_case_ignored)) {
            if (place != NULL) {
                *place = i;
            }
            return variable;
        }
    }
    return NULL;
}

gboolean fake_variable_value(const FakeVariable *variable, const char *code,
                             gboolean is_case_ignored, guint *place)
{
    for (guint i = 0; i < variable->values->len; i++) {
        const FakeValue *value = g_ptr_array_index(variable->values, i);
        if (is_same(value->code, code, is_case_ignored)) {
            *place = i;
            return TRUE;
        }
    }
    return FALSE;
}

const FakeCodelist *fake_table_codelist(const FakeTable *table, const char *id)
{
    for (guint i = 0; i < table->codelists->len; i++) {
        const FakeCodelist *codelist = g_ptr_array_index(table->codelists, i);
        if (strcmp(codelist->id, id) == 0) {
            return codelist;
        }
    }
    return NULL;
}
