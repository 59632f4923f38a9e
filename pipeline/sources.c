/* What a reader may know of each source. */
#include "pipeline/sources.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "pipeline/dataset.h"
#include "pipeline/snapshots.h"

#include <string.h>

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

/* The unit's own input tells when its source was changed; a dataset without a unit (codes, changes, groups) is part of `regioner`. */
static const char *updated_of(const SpUnit *unit, const char *dataset)
{
    g_autofree char *name = g_strdup_printf("normalise/%s", dataset);
    const char *regions = NULL;
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == SP_INPUT_STAGE && strcmp(input->name, name) == 0) {
            return input->updated;
        }
        if (input->kind == SP_INPUT_STAGE && strcmp(input->name, "normalise/regioner") == 0) {
            regions = input->updated;
        }
    }
    return regions;
}

SpTable *sp_sources_table(SpUnit *unit, GError **error)
{
    static const SpColumn columns[] = {
        {.name = "kilde", .kind = SP_COLUMN_CODE, .is_key = TRUE}, {.name = "tittel", .kind = SP_COLUMN_CODE},
        {.name = "utgiver", .kind = SP_COLUMN_CODE},               {.name = "lisens", .kind = SP_COLUMN_CODE},
        {.name = "side", .kind = SP_COLUMN_CODE},                  {.name = "oppdatert", .kind = SP_COLUMN_CODE},
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
            sp_table_set_code(table, row, 1 + i, text);
        }
        const char *updated = updated_of(unit, *dataset);
        g_autofree char *day = g_strndup(updated != NULL ? updated : "", 10);
        sp_table_set_code(table, row, 5, day);
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
