/* What a reader may know of each source. */
#include "pipeline/sources.h"

#include "core/error.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/dataset.h"
#include "pipeline/facts.h"

#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

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

/* A dataset with a unit tells by its tables; one that is only part of `regioner` (codes, changes,
 * groups) by its snapshot. */
static char *updated_of(const SpUnit *unit, const char *dataset, GError **error)
{
    g_autofree char *name = g_strdup_printf("normalise/%s", dataset);
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == SP_INPUT_STAGE && strcmp(input->name, name) == 0) {
            return edition_of(input->path, error);
        }
    }
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, dataset);
    const char *newest = NULL;
    for (guint i = 0; i < snapshots->len; i++) {
        const SpInput *input = snapshots->pdata[i];
        newest = newest == NULL || strcmp(input->updated, newest) > 0 ? input->updated : newest;
    }
    return g_strdup(newest);
}

gboolean sp_sources_need(SpUnit *unit, GError **error)
{
    g_auto(GStrv) facts = sp_facts_units(unit->context, error);
    g_auto(GStrv) datasets = facts == NULL ? NULL : sp_datasets_list(unit->context, error);
    for (char **name = facts; datasets != NULL && *name != NULL; name++) {
        if (!sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    for (char **dataset = datasets; datasets != NULL && *dataset != NULL; dataset++) {
        if (!g_strv_contains((const char *const *)facts, *dataset) &&
            !sp_unit_need_snapshots(unit, *dataset, error)) {
            return FALSE;
        }
    }
    return datasets != NULL;
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
    };
    g_auto(GStrv) datasets = sp_datasets_list(unit->context, error);
    if (datasets == NULL) {
        return NULL;
    }
    g_autoptr(SpTable) table = sp_table_new("kilder", columns, G_N_ELEMENTS(columns));
    for (char **dataset = datasets; *dataset != NULL; dataset++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, *dataset);
        for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
            g_autofree char *key = g_strdup_printf("%s.%s", *dataset, shown[i]);
            const char *text = NULL;
            if (!sp_settings_text_or(unit->settings, key, "", &text, error)) {
                return NULL;
            }
            if (*text == '\0' && strcmp(shown[i], "page") != 0) {
                sp_error_set(error, SP_ERROR_CONFIG,
                             "section [%s] has no %s; a source that is published names its title, "
                             "publisher and licence",
                             *dataset, shown[i]);
                return NULL;
            }
            sp_table_set_code(table, row, 1 + i, text);
        }
        g_autofree char *updated = updated_of(unit, *dataset, error);
        if (updated == NULL) {
            return NULL;
        }
        g_autofree char *day = g_strndup(updated, strlen("2026-02-25"));
        sp_table_set_code(table, row, 5, day);
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
