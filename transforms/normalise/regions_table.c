/* Regions as a table, from what KLASS and the lists in config say. */
#include "transforms/normalise/regions_table.h"

#include <string.h>

#include "core/error.h"
#include "core/rollup.h"
#include "core/table_rows.h"

enum { REGION, NAVN, SLAG, FYLKE, KOSTRAGRUPPE, SENTRALITET, N_COLUMNS };

/* The groups of a kommune. */
typedef struct {
    char *kostragruppe;
    char *sentralitet;
    gboolean is_used;
} Groups;

static void groups_free(gpointer data)
{
    Groups *groups = data;
    g_free(groups->kostragruppe);
    g_free(groups->sentralitet);
    g_free(groups);
}

static char *centrality_code(const char *text)
{
    return text[0] == 'S' ? g_strdup(text) : g_strconcat("S", text, NULL);
}

static gboolean check_groups(const char *kommune, const Groups *groups, GError **error)
{
    if (sp_region_kind(groups->kostragruppe) != SP_REGION_KOSTRA_GROUP) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "kommune %s: \"%s\" is no KOSTRA group such as EKG01; correct the groups", kommune,
            groups->kostragruppe);
    }
    if (sp_region_kind(groups->sentralitet) != SP_REGION_CENTRALITY) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "kommune %s: \"%s\" is no centrality class from 1 to 6; correct the groups", kommune,
            groups->sentralitet);
    }
    return TRUE;
}

/* Kommune -> Groups. Keys are borrowed from the table. */
static GHashTable *read_groups(const SpTable *table, GError **error)
{
    g_autoptr(GHashTable) map = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, groups_free);
    gsize kommune;
    gsize kostragruppe;
    gsize sentralitet;
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &kommune, error) ||
        !sp_table_need(table, "kostragruppe", SP_COLUMN_CODE, &kostragruppe, error) ||
        !sp_table_need(table, "sentralitet", SP_COLUMN_CODE, &sentralitet, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, kommune);
        Groups *groups = g_new0(Groups, 1);
        groups->kostragruppe = g_strdup(sp_table_code(table, row, kostragruppe));
        groups->sentralitet = centrality_code(sp_table_code(table, row, sentralitet));
        if (!g_hash_table_insert(map, (gpointer)code, groups)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "row %" G_GSIZE_FORMAT ": kommune %s stands twice; remove one row",
                         row + 1, code);
            return NULL;
        }
        if (!check_groups(code, groups, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&map);
}

static SpTable *make_table(SpDay target)
{
    char day[SP_DAY_SIZE];
    g_autofree char *classification = g_strdup_printf("kommune@%s", sp_day_format(target, day));
    const SpColumn columns[N_COLUMNS] = {
        [REGION] = {.name = "region", .is_key = TRUE, .classification = classification},
        [NAVN] = {.name = "navn"},
        [SLAG] = {.name = "slag", .classification = "slag"},
        [FYLKE] = {.name = "fylke", .classification = classification},
        [KOSTRAGRUPPE] = {.name = "kostragruppe", .classification = "kostragruppe"},
        [SENTRALITET] = {.name = "sentralitet", .classification = "sentralitet"},
    };
    return sp_table_new("region", columns, N_COLUMNS);
}

static void add_region(SpTable *table, const char *code, const char *name, const char *slag)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, code);
    sp_table_set_code(table, row, NAVN, name);
    sp_table_set_code(table, row, SLAG, slag);
}

/* The kommuner, and into `above` the codes of all that holds them. */
static void add_kommuner(SpTable *table, const SpRegions *regions, SpDay target, GHashTable *groups,
                         GHashTable *above, SpQuality *quality)
{
    g_autofree const char **codes = sp_regions_at(regions, target);
    for (gsize i = 0; codes[i] != NULL; i++) {
        Groups *of = g_hash_table_lookup(groups, codes[i]);
        const char *name = sp_regions_name(regions, codes[i], target);
        char *fylke = g_strndup(codes[i], 2);
        add_region(table, codes[i], name, "kommune");
        gsize row = sp_table_n_rows(table) - 1;
        sp_table_set_code(table, row, FYLKE, fylke);
        g_hash_table_add(above, fylke);
        if (of == NULL) {
            sp_quality_note(
                quality, "region_without_group", codes[i], 0,
                "%s %s is in no KOSTRA group and no centrality class; add it to the file "
                "of normalise.region_groups",
                codes[i], name);
            continue;
        }
        of->is_used = TRUE;
        sp_table_set_code(table, row, KOSTRAGRUPPE, of->kostragruppe);
        sp_table_set_code(table, row, SENTRALITET, of->sentralitet);
        g_hash_table_add(above, g_strdup(of->kostragruppe));
        g_hash_table_add(above, g_strdup(of->sentralitet));
    }
}

/* Group numbers are read as they stand: EKG07 is "KOSTRA-gruppe 7". */
static void add_group(SpTable *table, const char *code)
{
    gboolean is_kostra = sp_region_kind(code) == SP_REGION_KOSTRA_GROUP;
    const char *number = code + strcspn(code, "0123456789");
    const char *end = "";
    if (is_kostra) {
        number += number[0] == '0' ? 1 : 0;
    } else if (strcmp(code, "S1") == 0) {
        end = " (mest sentral)";
    } else if (strcmp(code, "S6") == 0) {
        end = " (minst sentral)";
    }
    g_autofree char *name =
        g_strdup_printf("%s %s%s", is_kostra ? "KOSTRA-gruppe" : "Sentralitet", number, end);
    add_region(table, code, name, is_kostra ? "kostragruppe" : "sentralitet");
}

static gboolean add_above(SpTable *table, GHashTable *above, const SpTable *fylker, GError **error)
{
    gsize from;
    gsize to;
    if (!sp_table_need(fylker, "fylke", SP_COLUMN_CODE, &from, error) ||
        !sp_table_need(fylker, "navn", SP_COLUMN_CODE, &to, error)) {
        return FALSE;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(fylker, &from, 1);
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(above), (GCompareFunc)strcmp);
    for (GList *at = codes; at != NULL; at = at->next) {
        const char *code = at->data;
        gsize row;
        if (sp_region_kind(code) != SP_REGION_FYLKE) {
            add_group(table, code);
            continue;
        }
        if (!sp_table_index_find(index, &code, &row)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "fylke \"%s\" has no name; add it to config/fylker.csv", code);
        }
        add_region(table, code, sp_table_code(fylker, row, to), "fylke");
        sp_table_set_code(table, sp_table_n_rows(table) - 1, FYLKE, code);
    }
    return TRUE;
}

static void note_unused(GHashTable *groups, SpQuality *quality)
{
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(groups), (GCompareFunc)strcmp);
    for (GList *at = codes; at != NULL; at = at->next) {
        const Groups *of = g_hash_table_lookup(groups, at->data);
        if (!of->is_used) {
            g_autofree char *subject = g_strdup_printf("kommune %s", (const char *)at->data);
            sp_quality_note(quality, "unknown_code", subject, 0,
                            "in the groups, but no kommune of the target division");
        }
    }
}

/* Labour-market regions are no region of their own: a column, where the groups have it. */
static void add_labour_markets(SpTable *table, const SpTable *groups)
{
    static const SpColumn column = {.name = "arbeidsmarked", .classification = "arbeidsmarked"};
    gsize from = sp_table_find(groups, column.name), region = sp_table_find(groups, "region");
    if (from == SP_NO_COLUMN) {
        return;
    }
    gsize to = sp_table_add_column(table, &column);
    g_autoptr(SpTableIndex) index = sp_table_index_new(groups, &region, 1);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, REGION);
        gsize found;
        if (strcmp(sp_table_code(table, row, SLAG), "kommune") == 0 &&
            sp_table_index_find(index, &code, &found)) {
            sp_table_set_code(table, row, to, sp_table_code(groups, found, from));
        }
    }
}

SpTable *sp_normalise_region_table(const SpRegions *regions, SpDay target, const SpTable *groups,
                                   const SpTable *fylker, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) table = make_table(target);
    g_autoptr(GHashTable) above = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) of_kommune = read_groups(groups, error);
    if (of_kommune == NULL) {
        g_prefix_error(error, "normalise.region_groups: ");
        return NULL;
    }
    add_kommuner(table, regions, target, of_kommune, above, quality);
    if (sp_table_n_rows(table) == 0) {
        char day[SP_DAY_SIZE];
        sp_error_set(error, SP_ERROR_DATA,
                     "KLASS has no kommune on %s; check normalise.division and the KLASS snapshot",
                     sp_day_format(target, day));
        return NULL;
    }
    note_unused(of_kommune, quality);
    if (!add_above(table, above, fylker, error)) {
        return NULL;
    }
    add_region(table, SP_REGION_COUNTRY_CODE, "Hele landet", "landet");
    add_labour_markets(table, groups);
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

SpTable *sp_normalise_region_changes(const SpTable *changes, GError **error)
{
    static const char *const from[] = {"date", "old_code", "new_code", "old_name", "new_name"};
    static const SpColumn columns[] = {
        {.name = "dato", .is_key = TRUE, .classification = "period"},
        {.name = "fra", .is_key = TRUE, .classification = "kommune"},
        {.name = "til", .is_key = TRUE, .classification = "kommune"},
        {.name = "fra_navn"},
        {.name = "til_navn"},
    };
    g_autoptr(SpTable) table = sp_table_new("kommune_endring", columns, G_N_ELEMENTS(columns));
    SpDay day;
    sp_table_set_edition(table, sp_table_edition(changes));
    sp_table_add_rows(table, sp_table_n_rows(changes));
    gsize sources[G_N_ELEMENTS(from)];
    if (!sp_table_need_all(changes, from, G_N_ELEMENTS(from), SP_COLUMN_CODE, sources, error)) {
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(from); i++) {
        for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
            sp_table_set_code(table, row, i, sp_table_code(changes, row, sources[i]));
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!sp_day_parse(sp_table_code(table, row, 0), &day)) {
            sp_error_set(error, SP_ERROR_DATA, "row %" G_GSIZE_FORMAT ": \"%s\" is no day", row + 1,
                         sp_table_code(table, row, 0));
            return NULL;
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
