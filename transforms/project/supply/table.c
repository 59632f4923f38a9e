/* Supply as tables. */
#include "transforms/project/supply/table.h"

#include "core/period.h"
#include "core/table_rows.h"

enum { DAY_TEXT = 16 };

static void day_of(const SpSupplyPaths *paths, gsize day, char text[DAY_TEXT])
{
    sp_day_format((SpDay)(paths->base + (int)day) * 10000 + 101, text);
}

static SpTable *new_table(const char *name, const SpColumn columns[], gsize n,
                          const SpTable *source)
{
    SpTable *table = sp_table_new(name, columns, n);
    sp_table_set_edition(table, sp_table_edition(source));
    sp_table_set_marks(table, sp_table_marks(source));
    return table;
}

/* The strongest status of kommuner. */
static guint8 status_of(const SpSupplyPaths *paths, const guint kommuner[], gsize n)
{
    guint8 status = SP_PRESENT;
    for (gsize i = 0; i < n; i++) {
        status = MAX(status, paths->status[kommuner[i]]);
    }
    return status;
}

/* A figure of kommuner of that status. */
static SpReal told(double value, guint8 status)
{
    SpReal real = status == SP_PRESENT ? sp_real(value) : sp_real_none((SpStatus)status);
    real.flags |= SP_FLAG_MODELLED;
    return real;
}

static SpReal sum_of(const SpSupplyPaths *paths, const guint kommuner[], gsize n,
                     const double aarsverk[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += aarsverk[kommuner[i]];
    }
    return told(sum, status_of(paths, kommuner, n));
}

static void put_row(SpTable *table, const char *const codes[3], SpReal value)
{
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < 3; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    sp_table_set_real(table, row, 3, value);
}

/* The årsverk of a profession and day in kommuner, and the sums above them. */
static void put_day(const SpSupplyPaths *paths, const SpRegionGroups *groups, gsize profession,
                    const char *day, const double aarsverk[], SpTable *table)
{
    for (guint u = 0; u < paths->n_kommuner; u++) {
        const char *codes[3] = {paths->kommuner[u], paths->professions[profession], day};
        put_row(table, codes, sum_of(paths, &u, 1, aarsverk));
    }
    for (gsize i = 0; i < groups->n; i++) {
        const SpRegionGroup *group = &groups->at[i];
        const char *codes[3] = {group->code, paths->professions[profession], day};
        put_row(table, codes, sum_of(paths, group->members, group->n_members, aarsverk));
    }
}

SpTable *sp_supply_table(const SpSupplyPaths *paths, const SpRegionGroups *groups,
                         const SpTable *source, GError **error)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE}};
    g_autoptr(SpTable) table =
        new_table("framskriving_tilbud", columns, G_N_ELEMENTS(columns), source);
    g_autofree double *aarsverk = g_new(double, paths->n_kommuner);
    for (gsize g = 0; g < paths->n_professions; g++) {
        for (gsize day = 0; day < paths->n_days; day++) {
            char text[DAY_TEXT];
            day_of(paths, day, text);
            sp_supply_workplace(paths, g, day, aarsverk);
            put_day(paths, groups, g, text, aarsverk, table);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

SpTable *sp_supply_cause_table(const SpSupplyPaths *paths, const SpTable *source, GError **error)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "aarsak", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "aarsak"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE},
        {.name = "aarsverk_alle",
         .kind = SP_COLUMN_MEASURE,
         .unit = "aarsverk",
         .is_additive = TRUE},
        {.name = "personer", .kind = SP_COLUMN_MEASURE, .unit = "persons", .is_additive = TRUE}};
    static const SpSupplyFigure figures[] = {SP_SUPPLY_MUNICIPAL, SP_SUPPLY_ALL, SP_SUPPLY_PERSONS};
    g_autoptr(SpTable) table =
        new_table("framskriving_tilbud_aarsak", columns, G_N_ELEMENTS(columns), source);
    guint8 status = SP_PRESENT; /* of all kommuner */
    for (guint u = 0; u < paths->n_kommuner; u++) {
        status = MAX(status, paths->status[u]);
    }
    for (gsize i = 0; i < paths->n_professions * paths->n_days; i++) {
        gsize g = i / paths->n_days, day = i % paths->n_days;
        double parts[G_N_ELEMENTS(figures)][SP_N_SUPPLY_PARTS];
        char text[DAY_TEXT];
        day_of(paths, day, text);
        for (gsize k = 0; k < G_N_ELEMENTS(figures); k++) {
            sp_supply_country_parts(paths, figures[k], g, day, parts[k]);
        }
        for (gsize part = 0; part < SP_N_SUPPLY_PARTS; part++) {
            gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, "0");
            sp_table_set_code(table, row, 1, paths->professions[g]);
            sp_table_set_code(table, row, 2, sp_supply_part_names[part]);
            sp_table_set_code(table, row, 3, text);
            for (gsize k = 0; k < G_N_ELEMENTS(figures); k++) {
                sp_table_set_real(table, row, 4 + k, told(parts[k][part], status));
            }
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

/* Whose parts a row tells. */
typedef struct {
    const char *region;
    guint8 status;
} PartsOf;

static void put_parts(const SpSupplyPaths *paths, const PartsOf *of, gsize profession, gsize day,
                      const double parts[SP_N_SUPPLY_PARTS], SpTable *table)
{
    char text[DAY_TEXT];
    gsize row = sp_table_add_row(table);
    day_of(paths, day, text);
    sp_table_set_code(table, row, 0, of->region);
    sp_table_set_code(table, row, 1, paths->professions[profession]);
    sp_table_set_code(table, row, 2, text);
    for (gsize i = SP_SUPPLY_PART_BASE + 1; i < SP_N_SUPPLY_PARTS; i++) {
        sp_table_set_real(table, row, 2 + i, told(parts[i], of->status));
    }
}

/* The parts of a profession and day in kommuner, and the sums above them; `parts` is room for
 * those of all kommuner. */
static void put_parts_on(const SpSupplyPaths *paths, const SpRegionGroups *groups, gsize profession,
                         gsize day, double parts[][SP_N_SUPPLY_PARTS], SpTable *table)
{
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        sp_supply_parts(paths, profession, day, &u, 1, parts[u]);
        put_parts(paths, &(PartsOf){paths->kommuner[u], paths->status[u]}, profession, day,
                  parts[u], table);
    }
    for (gsize i = 0; i < groups->n; i++) {
        const SpRegionGroup *group = &groups->at[i];
        double sum[SP_N_SUPPLY_PARTS] = {0};
        for (gsize j = 0; j < group->n_members * SP_N_SUPPLY_PARTS; j++) {
            sum[j % SP_N_SUPPLY_PARTS] +=
                parts[group->members[j / SP_N_SUPPLY_PARTS]][j % SP_N_SUPPLY_PARTS];
        }
        const PartsOf of = {group->code, status_of(paths, group->members, group->n_members)};
        put_parts(paths, &of, profession, day, sum, table);
    }
}

SpTable *sp_supply_parts_table(const SpSupplyPaths *paths, const SpRegionGroups *groups,
                               const GArray *days, const SpTable *source, GError **error)
{
    static const SpColumn keys[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"}};
    g_autoptr(SpTable) table =
        new_table("framskriving_tilbud_deler", keys, G_N_ELEMENTS(keys), source);
    for (gsize i = SP_SUPPLY_PART_BASE + 1; i < SP_N_SUPPLY_PARTS; i++) {
        const SpColumn measure = {.name = sp_supply_part_names[i],
                                  .kind = SP_COLUMN_MEASURE,
                                  .unit = "aarsverk",
                                  .is_additive = TRUE};
        sp_table_add_column(table, &measure);
    }
    g_autofree double(*parts)[SP_N_SUPPLY_PARTS] = g_malloc_n(paths->n_kommuner, sizeof *parts);
    for (gsize i = 0; i < paths->n_professions * days->len; i++) {
        put_parts_on(paths, groups, i / days->len, g_array_index(days, gsize, i % days->len), parts,
                     table);
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
