/* What a reader may know of each source. */
#include "pipeline/sources.h"

#include "core/error.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/calendar.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/facts.h"

#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024, DAY_LENGTH = 10 };

static const char *const shown[] = {"title", "publisher", "licence", "page"};

gboolean sp_sources_add_keys(SpContext *context, GPtrArray *keys, GError **error)
{
    g_auto(GStrv) datasets = sp_datasets_list(context, error);
    for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
        for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
            /* Interned: the list outlives this function, and there are few. */
            g_autofree char *key = g_strdup_printf("%s.%s", *dataset, shown[i]);
            g_ptr_array_add(keys, (gpointer)g_intern_string(key));
        }
    }
    return datasets != NULL;
}

/* The edition that the descriptor of a unit's tables bears: the source's own time, not that of what
 * restated it. */
static char *edition_of(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, SP_TABLES_DESCRIPTOR, NULL);
    g_autoptr(json_t) descriptor = sp_json_read(path, MAX_DESCRIPTOR_SIZE, error);
    size_t i = 0;
    json_t *resource = NULL;
    if (descriptor == NULL) {
        return NULL;
    }
    json_array_foreach(json_object_get(descriptor, "resources"), i, resource)
    {
        const char *edition = json_string_value(json_object_get(resource, "sp:edition"));
        if (edition != NULL) {
            return g_strdup(edition);
        }
    }
    sp_error_set(error, SP_ERROR_BUG, "%s: no table bears an edition", path);
    return NULL;
}

char *sp_sources_edition(const SpContext *context, const char *dataset)
{
    g_autofree char *folder = sp_stage_current(context, "normalise", dataset, NULL);
    return folder == NULL ? NULL : edition_of(folder, NULL);
}

gboolean sp_sources_need(SpUnit *unit, GError **error)
{
    g_auto(GStrv) facts = sp_facts_units(unit->context, error);
    for (char **name = facts; facts != NULL && *name != NULL; name++) {
        /* An edition is called by what it is made from: not by a hash of sensitive figures, against
         * which guesses of hidden ones could be held. */
        if (!sp_unit_need_table(unit, "normalise", *name, "kildebruk", error)) {
            return FALSE;
        }
    }
    return facts != NULL && sp_unit_need_file(unit, SP_CALENDAR_FILE, error);
}

/* The tables `kildebruk` of all units of normalise, one below the other. */
static SpTable *read_uses(SpUnit *unit, GError **error)
{
    static const char *const names[] = {"kildebruk", NULL};
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind != SP_INPUT_STAGE || !g_str_has_prefix(input->name, "normalise/")) {
            continue;
        }
        g_autoptr(SpTables) own = sp_tables_read(input->path, names, error);
        if (own == NULL) {
            g_prefix_error(error, "%s: ", input->name);
            return NULL;
        }
        g_ptr_array_add(tables, sp_tables_steal(own, names[0]));
    }
    return sp_table_concat((const SpTable *const *)tables->pdata, tables->len, error);
}

/* What a reader should know of a source beside its date: an older delivery stands in for a newer
 * one that was not fit for use, or a newer one should have been there on the edition's day. */
static const char *state_of(SpUnit *unit, const SpTable *calendar, const SpTable *uses, gsize row,
                            GError **error)
{
    const char *dataset = sp_table_code(uses, row, sp_table_find(uses, "kilde"));
    const char *newest = sp_table_code(uses, row, sp_table_find(uses, "siste"));
    const char *state = sp_table_code(uses, row, sp_table_find(uses, "tilstand"));
    g_autofree char *expected = NULL;
    g_autofree char *edition = g_strndup(unit->updated, DAY_LENGTH);
    SpDay day = 0;
    SpDay due = 0;
    if (!sp_day_parse(edition, &day)) {
        sp_error_set(error, SP_ERROR_BUG, "\"%s\" does not begin with a day", unit->updated);
        return NULL;
    }
    if (!sp_calendar_expected(calendar, dataset, day, &expected, &due, error)) {
        return NULL;
    }
    gboolean is_late = expected != NULL && sp_calendar_is_late(newest, expected);
    return strcmp(state, "reserve") != 0 && is_late ? "forsinket" : state;
}

static gboolean add_state(SpUnit *unit, const SpTable *calendar, const SpTable *uses,
                          const char *dataset, SpTable *table, GError **error)
{
    gsize kilde = sp_table_find(uses, "kilde");
    gsize to = sp_table_n_rows(table) - 1;
    for (gsize row = 0; row < sp_table_n_rows(uses); row++) {
        if (strcmp(sp_table_code(uses, row, kilde), dataset) != 0) {
            continue;
        }
        const char *updated = sp_table_code(uses, row, sp_table_find(uses, "oppdatert"));
        const char *state = state_of(unit, calendar, uses, row, error);
        if (state == NULL) {
            return FALSE;
        }
        g_autofree char *day = g_strndup(updated, DAY_LENGTH);
        sp_table_set_code(table, to, sp_table_find(table, "oppdatert"), day);
        sp_table_set_code(table, to, sp_table_find(table, "tilstand"), state);
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_BUG, "no unit of normalise tells of %s", dataset);
}

static gboolean add_row(SpUnit *unit, const char *dataset, SpTable *table, GError **error)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, dataset);
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        g_autofree char *key = g_strdup_printf("%s.%s", dataset, shown[i]);
        const char *text = NULL;
        if (!sp_settings_text_or(unit->settings, key, "", &text, error)) {
            return FALSE;
        }
        if (*text == '\0' && strcmp(shown[i], "page") != 0) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "section [%s] has no %s; a source that is published names its title, "
                "publisher and licence",
                dataset, shown[i]);
        }
        sp_table_set_code(table, row, 1 + i, text);
    }
    return TRUE;
}

SpTable *sp_sources_table(SpUnit *unit, GError **error)
{
    static const SpColumn columns[] = {
        {.name = "kilde", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "tittel", .kind = SP_COLUMN_CODE},
        {.name = "utgiver", .kind = SP_COLUMN_CODE},
        {.name = "lisens", .kind = SP_COLUMN_CODE},
        {.name = "side", .kind = SP_COLUMN_CODE},
        {.name = "oppdatert", .kind = SP_COLUMN_CODE},
        {.name = "tilstand", .kind = SP_COLUMN_CODE},
    };
    g_auto(GStrv) datasets = sp_datasets_list(unit->context, error);
    g_autoptr(SpTable) uses = datasets == NULL ? NULL : read_uses(unit, error);
    g_autoptr(SpTable) calendar =
        uses == NULL ? NULL
                     : sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, SP_CALENDAR_FILE)->path,
                                         SP_CALENDAR_FILE, NULL, error);
    if (calendar == NULL) {
        return NULL;
    }
    g_autoptr(SpTable) table = sp_table_new("kilder", columns, G_N_ELEMENTS(columns));
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        if (!add_row(unit, *dataset, table, error) ||
            !add_state(unit, calendar, uses, *dataset, table, error)) {
            return NULL;
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
