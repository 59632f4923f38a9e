/* Kommuner by the regions above them. */
#include "transforms/project/groups.h"

#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/places.h"

#include <string.h>

typedef struct {
    SpRegionGroups groups; /* first: what callers hold */
    SpCodes *codes;
    GArray *list; /* SpRegionGroup; members is the memory of `members` */
    GPtrArray *members;
    gsize n_kommuner;
} Owner;

static void add_member(Owner *owner, const char *code, gsize kommune)
{
    if (*code == '\0') {
        return;
    }
    guint32 number = sp_codes_add(owner->codes, code);
    if (number == owner->list->len) {
        g_ptr_array_add(owner->members, g_new(guint, owner->n_kommuner));
        g_array_set_size(owner->list, number + 1);
    }
    guint *members = owner->members->pdata[number];
    SpRegionGroup *group = &g_array_index(owner->list, SpRegionGroup, number);
    group->code = sp_codes_text(owner->codes, number);
    group->members = members;
    members[group->n_members++] = (guint)kommune;
}

/* Groups that a column of the table names for kommuner; the table need not have it. */
static void add_column(Owner *owner, const SpTable *table, const char *name,
                       const char *const kommuner[])
{
    gsize region = sp_table_find(table, "region"), column = sp_table_find(table, name);
    if (column == SP_NO_COLUMN) {
        return;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, &region, 1);
    for (gsize u = 0; u < owner->n_kommuner; u++) {
        gsize row;
        if (sp_table_index_find(index, &kommuner[u], &row)) {
            add_member(owner, sp_table_code(table, row, column), u);
        }
    }
}

static gint by_code(gconstpointer a, gconstpointer b)
{
    return strcmp(((const SpRegionGroup *)a)->code, ((const SpRegionGroup *)b)->code);
}

SpRegionGroups *sp_region_groups_new(const SpTable *table, const char *const kommuner[], gsize n,
                                     GError **error)
{
    g_autoptr(SpPlaces) places = sp_places_new(table, kommuner, n, error);
    if (places == NULL) {
        return NULL;
    }
    Owner *owner = g_new0(Owner, 1);
    owner->codes = sp_codes_new();
    owner->list = g_array_new(FALSE, TRUE, sizeof(SpRegionGroup));
    owner->members = g_ptr_array_new_with_free_func(g_free);
    owner->n_kommuner = n;
    for (gsize u = 0; u < n; u++) {
        add_member(owner, sp_codes_text(places->fylke_codes, places->fylke[u]), u);
        add_member(owner, SP_REGION_COUNTRY_CODE, u);
    }
    add_column(owner, table, "kostragruppe", kommuner);
    add_column(owner, table, "sentralitet", kommuner);
    g_array_sort(owner->list, by_code);
    owner->groups = (SpRegionGroups){
        .n = owner->list->len,
        .at = (const SpRegionGroup *)(gconstpointer)owner->list->data,
    };
    return &owner->groups;
}

void sp_region_groups_free(SpRegionGroups *groups)
{
    if (groups != NULL) {
        Owner *owner = (Owner *)groups;
        sp_codes_unref(owner->codes);
        g_array_unref(owner->list);
        g_ptr_array_unref(owner->members);
        g_free(owner);
    }
}

const SpRegionGroup *sp_region_groups_find(const SpRegionGroups *groups, const char *code)
{
    for (gsize i = 0; i < groups->n; i++) {
        if (strcmp(groups->at[i].code, code) == 0) {
            return &groups->at[i];
        }
    }
    return NULL;
}

void sp_region_groups_sum(const SpRegionGroups *groups, gsize n_kommuner, SpReal figure[])
{
    for (gsize i = 0; i < groups->n; i++) {
        const SpRegionGroup *group = &groups->at[i];
        SpReal sum = sp_real_none(SP_NOT_APPLICABLE);
        for (gsize j = 0; j < group->n_members; j++) {
            sum = sp_real_add(sum, figure[group->members[j]]);
        }
        figure[n_kommuner + i] = sum;
    }
}
