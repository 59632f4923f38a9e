/* Measured shortages in the base. */
#include "transforms/project/balance/shortage.h"

#include "core/period.h"
#include "core/regions.h"
#include "transforms/project/balance/newest.h"

#include <string.h>

struct SpShortage {
    GHashTable *figures; /* "REGION\nYRKE" (char*) -> SpReal* */
    guint marks;
};

static char *key_of(const char *region, const char *yrke)
{
    return g_strconcat(region, "\n", yrke, NULL);
}

static void put(SpShortage *shortage, const char *region, const char *yrke, SpReal figure)
{
    g_hash_table_insert(shortage->figures, key_of(region, yrke), g_memdup2(&figure, sizeof figure));
}

static void tell_absent(SpQuality *quality, const char *table)
{
    sp_quality_note(quality, "no_base_gap", table, 0,
                    "no figure of it is of the base or before; no initial shortage is added");
}

/* Municipal årsverk and persons in work in all sectors of a profession, in the country. */
typedef struct {
    double aarsverk, persons;
} Staff;

static Staff *staff_of(GHashTable *all, const char *yrke)
{
    Staff *staff = g_hash_table_lookup(all, yrke);
    if (staff == NULL) {
        staff = g_new0(Staff, 1);
        g_hash_table_insert(all, (gpointer)yrke, staff);
    }
    return staff;
}

enum { REGION, YRKE, SECTOR, PERIOD, N_STAFF_KEYS };

/* By profession (borrowed). A row that lacks one of its figures counts in neither sum, as it counts
 * for nobody in supply: one hidden cell must not hide the country. */
static GHashTable *count_staff(const SpTable *table, const char *base, GError **error)
{
    static const char *const keys[N_STAFF_KEYS] = {"region", "yrke", "sektor", "period"};
    static const char *const measures[] = {"aarsverk", "sysselsatte"};
    gsize columns[N_STAFF_KEYS], figures[G_N_ELEMENTS(measures)];
    if (!sp_table_need_all(table, keys, N_STAFF_KEYS, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need_all(table, measures, G_N_ELEMENTS(measures), SP_COLUMN_MEASURE, figures,
                           error)) {
        return NULL;
    }
    GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    const char *newest = sp_newest_period(table, columns[PERIOD], base);
    for (gsize row = 0; newest != NULL && row < sp_table_n_rows(table); row++) {
        const char *sector = sp_table_code(table, row, columns[SECTOR]);
        if (strcmp(sp_table_code(table, row, columns[PERIOD]), newest) != 0 ||
            sp_region_kind(sp_table_code(table, row, columns[REGION])) != SP_REGION_KOMMUNE ||
            strcmp(sector, "tot") == 0 || strcmp(sector, "ikke_i_arbeid") == 0) {
            continue;
        }
        SpReal aarsverk = sp_table_real(table, row, figures[0]);
        SpReal persons = sp_table_real(table, row, figures[1]);
        if (sp_real_is_number(aarsverk) && sp_real_is_number(persons)) {
            Staff *staff = staff_of(all, sp_table_code(table, row, columns[YRKE]));
            staff->persons += persons.value;
            staff->aarsverk += strcmp(sector, "kommune") == 0 ? aarsverk.value : 0.0;
        }
    }
    return all;
}

/* Persons of all sectors as municipal årsverk: as those who are in work are. */
static SpReal municipal(GHashTable *all, const char *yrke, SpReal persons)
{
    const Staff *staff = g_hash_table_lookup(all, yrke);
    if (!sp_real_is_number(persons)) {
        return persons;
    }
    if (staff == NULL || staff->persons <= 0.0) {
        return sp_real_none(SP_MISSING);
    }
    return sp_real_flagged(persons.value * staff->aarsverk / staff->persons,
                           persons.flags | (guint)SP_FLAG_MODELLED);
}

/* A table of shortages. */
typedef struct {
    const SpTable *table;
    const char *yrke, *measure; /* columns */
    GHashTable *staff;          /* NULL: its figures are municipal årsverk */
} Measured;

/* Rows of its newest day. */
static gboolean read_figures(SpShortage *shortage, const Measured *measured, const char *base,
                             SpQuality *quality, GError **error)
{
    const SpTable *table = measured->table;
    gsize region, yrke, period, figure;
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(table, measured->yrke, SP_COLUMN_CODE, &yrke, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period, error) ||
        !sp_table_need(table, measured->measure, SP_COLUMN_MEASURE, &figure, error)) {
        return FALSE;
    }
    const char *newest = sp_newest_period(table, period, base);
    if (newest == NULL) {
        tell_absent(quality, sp_table_name(table));
        return TRUE;
    }
    shortage->marks |= sp_table_marks(table);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *place = sp_table_code(table, row, region);
        if (strcmp(sp_table_code(table, row, period), newest) != 0 ||
            (measured->staff != NULL && sp_region_kind(place) == SP_REGION_KOMMUNE)) {
            continue;
        }
        SpReal own = sp_table_real(table, row, figure);
        const char *code = sp_table_code(table, row, yrke);
        put(shortage, place, code,
            measured->staff != NULL ? municipal(measured->staff, code, own) : own);
    }
    return TRUE;
}

static gboolean read_nav(SpShortage *shortage, const SpTables *in, const char *base,
                         SpQuality *quality, GError **error)
{
    const SpTable *lacking = sp_tables_find(in, "mangel");
    const SpTable *employed = sp_tables_find(in, "helsepersonell");
    if (lacking == NULL || employed == NULL) {
        tell_absent(quality, lacking == NULL ? "mangel" : "helsepersonell");
        return TRUE;
    }
    shortage->marks |= sp_table_marks(employed);
    g_autoptr(GHashTable) staff = count_staff(employed, base, error);
    const Measured measured = {lacking, "profesjon", "mangel", staff};
    return staff != NULL && read_figures(shortage, &measured, base, quality, error);
}

SpShortage *sp_shortage_new(const SpTables *in, SpBaseGap kind, const char *base,
                            SpQuality *quality, GError **error)
{
    g_autoptr(SpShortage) shortage = g_new0(SpShortage, 1);
    shortage->figures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (kind == SP_BASE_GAP_NAV && !read_nav(shortage, in, base, quality, error)) {
        return NULL;
    }
    if (kind == SP_BASE_GAP_VACANCY) {
        const Measured vacant = {sp_tables_find(in, "ledige_stillinger"), "yrke", "aarsverk", NULL};
        if (vacant.table == NULL) {
            tell_absent(quality, "ledige_stillinger");
        } else if (!read_figures(shortage, &vacant, base, quality, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&shortage);
}

const char *const *sp_shortage_sources(SpBaseGap kind)
{
    static const char *const nav[] = {"mangel", "helsepersonell", NULL};
    static const char *const vacancy[] = {"ledige_stillinger", NULL};
    return kind == SP_BASE_GAP_NAV       ? nav
           : kind == SP_BASE_GAP_VACANCY ? vacancy
                                         : &nav[G_N_ELEMENTS(nav) - 1];
}

void sp_shortage_free(SpShortage *shortage)
{
    if (shortage != NULL) {
        g_hash_table_unref(shortage->figures);
        g_free(shortage);
    }
}

SpReal sp_shortage_at(const SpShortage *shortage, const char *region, const char *yrke)
{
    g_autofree char *key = key_of(region, yrke);
    const SpReal *figure = g_hash_table_lookup(shortage->figures, key);
    return figure != NULL ? *figure : sp_real_none(SP_NOT_APPLICABLE);
}

guint sp_shortage_marks(const SpShortage *shortage)
{
    return shortage->marks;
}
