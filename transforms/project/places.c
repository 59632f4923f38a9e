/* Kommuner and the groups they belong to. */
#include "transforms/project/places.h"

#include "core/error.h"
#include "core/table_rows.h"

/* The number of a row's code in a grouping that the table may lack. */
static guint32 optional_place(const SpTable *table, gsize row, gsize column, SpCodes *codes)
{
    const char *code = column == SP_NO_COLUMN ? "" : sp_table_code(table, row, column);
    return *code == '\0' ? SP_NO_PLACE : sp_codes_add(codes, code);
}

SpPlaces *sp_places_new(const SpTable *table, const char *const codes[], gsize n, GError **error)
{
    gsize region_column, fylke_column;
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region_column, error) ||
        !sp_table_need(table, "fylke", SP_COLUMN_CODE, &fylke_column, error)) {
        return NULL;
    }
    gsize centrality_column = sp_table_find(table, "sentralitet");
    gsize labour_market_column = sp_table_find(table, "arbeidsmarked");
    g_autoptr(SpTableIndex) rows = sp_table_index_new(table, &region_column, 1);
    g_autoptr(SpPlaces) places = g_new0(SpPlaces, 1);
    places->n_regions = n;
    places->fylke_codes = sp_codes_new();
    places->fylke = g_new(guint32, n);
    places->centrality_codes = sp_codes_new();
    places->centrality = g_new(guint32, n);
    places->labour_market_codes = sp_codes_new();
    places->labour_market = g_new(guint32, n);
    for (gsize i = 0; i < n; i++) {
        gsize row;
        if (!sp_table_index_find(rows, &codes[i], &row) ||
            *sp_table_code(table, row, fylke_column) == '\0') {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: kommune \"%s\" is not there with its fylke; restate the figures to "
                         "the division of this table",
                         sp_table_name(table), codes[i]);
            return NULL;
        }
        places->fylke[i] =
            sp_codes_add(places->fylke_codes, sp_table_code(table, row, fylke_column));
        places->centrality[i] =
            optional_place(table, row, centrality_column, places->centrality_codes);
        places->labour_market[i] =
            optional_place(table, row, labour_market_column, places->labour_market_codes);
    }
    return g_steal_pointer(&places);
}

void sp_places_free(SpPlaces *places)
{
    if (places == NULL) {
        return;
    }
    sp_codes_unref(places->fylke_codes);
    sp_codes_unref(places->centrality_codes);
    g_free(places->fylke);
    g_free(places->centrality);
    sp_codes_unref(places->labour_market_codes);
    g_free(places->labour_market);
    g_free(places);
}
