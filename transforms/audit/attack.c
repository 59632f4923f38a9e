/* Which measures are attacked, and in which tables together. */
#include "transforms/audit/attack.h"

#include "transforms/audit/judge.h"
#include "transforms/audit/ratios.h"

#include <string.h>

const char *sp_attack_kind_name(SpAttackKind kind)
{
    static const char *const names[SP_ATTACK_N_KINDS] = {
        [SP_ATTACK_DERIVED] = "derived",
        [SP_ATTACK_NARROW] = "narrow",
        [SP_ATTACK_NOT_ATTACKED] = "not_attacked",
    };
    return names[kind];
}

typedef struct {
    SpAttack *attack;
    const SpAttackKnowledge *knowledge;
    const SpAttackOptions *options;
    GHashTable *done; /* names of measures that were attacked in several tables together */
} Run;

/* Tables that count the same, and what their ratios give back. */
typedef struct {
    const SpTable *const *tables; /* [n] */
    gsize n;
    GPtrArray *ratios;   /* GArray of SpRatio, one a table */
    GPtrArray *inferred; /* GArray of SpInferred, one a table */
} Group;

static void free_array(gpointer array)
{
    if (array != NULL) {
        g_array_unref(array);
    }
}

static gboolean read_ratios(const Run *run, Group *group, GError **error)
{
    for (gsize t = 0; t < group->n; t++) {
        GArray *ratios = sp_ratios_read(run->knowledge->avledet, group->tables[t], error);
        if (ratios == NULL) {
            return FALSE;
        }
        g_ptr_array_add(group->ratios, ratios);
        g_ptr_array_add(group->inferred, sp_ratios_infer(group->tables[t], ratios));
    }
    return TRUE;
}

static gboolean is_ratio(const Group *group, gsize column)
{
    const GArray *ratios = group->ratios->pdata[0];
    for (guint i = 0; i < ratios->len; i++) {
        if (g_array_index(ratios, SpRatio, i).ratio == column) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The columns of a measure of the first table in all of them; FALSE if one lacks it. */
static gboolean find_in_all(const Group *group, gsize column, gsize columns[])
{
    const char *name = sp_table_column(group->tables[0], column)->name;
    for (gsize t = 0; t < group->n; t++) {
        columns[t] = sp_table_find(group->tables[t], name);
        if (columns[t] == SP_NO_COLUMN ||
            sp_table_column(group->tables[t], columns[t])->kind != SP_COLUMN_MEASURE) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Of any of the tables: they count the same. */
static gboolean is_of_all(const SpTable *samlet, const Group *group, const char *measure,
                          const gsize at[2])
{
    for (gsize row = 0; samlet != NULL && row < sp_table_n_rows(samlet); row++) {
        for (gsize t = 0; t < group->n; t++) {
            if (strcmp(sp_table_code(samlet, row, at[0]), sp_table_name(group->tables[t])) == 0 &&
                strcmp(sp_table_code(samlet, row, at[1]), measure) == 0) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

/* The measures that all tables of the group have and that are not done. */
static gboolean attack_measures(Run *run, const Group *group, GError **error)
{
    g_autofree gsize *columns = g_new(gsize, group->n);
    g_autoptr(SpLattice) lattice = sp_lattice_new(
        group->tables, group->n, run->knowledge->sammenheng, run->knowledge->kryss, error);
    if (lattice == NULL) {
        return FALSE;
    }
    static const char *const names[] = {"tabell", "maal"};
    const SpTable *samlet = run->knowledge->samlet;
    gsize at[2] = {0};
    SpMeasure measure = {.lattice = lattice,
                         .tables = group->tables,
                         .n = group->n,
                         .columns = columns,
                         .inferred = (const GArray *const *)group->inferred->pdata,
                         .before = run->knowledge->before};
    if (samlet != NULL && !sp_table_need_all(samlet, names, 2, SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_table_n_columns(group->tables[0]); i++) {
        const SpColumn *column = sp_table_column(group->tables[0], i);
        if (column->kind != SP_COLUMN_MEASURE || !find_in_all(group, i, columns) ||
            g_hash_table_contains(run->done, column->name)) {
            continue;
        }
        measure.is_of_all = is_of_all(samlet, group, column->name, at);
        sp_attack_measure(run->attack, run->options, &measure, !is_ratio(group, i));
        if (group->n > 1) {
            g_hash_table_add(run->done, (gpointer)column->name);
        }
    }
    return TRUE;
}

static gboolean attack_together(Run *run, const SpTable *const tables[], gsize n, GError **error)
{
    g_autoptr(GPtrArray) ratios = g_ptr_array_new_with_free_func(free_array);
    g_autoptr(GPtrArray) inferred = g_ptr_array_new_with_free_func(free_array);
    Group group = {tables, n, ratios, inferred};
    return read_ratios(run, &group, error) && attack_measures(run, &group, error);
}

/* First what all tables of a group have, then what each has besides. */
static gboolean attack_group(Run *run, const GPtrArray *tables, GError **error)
{
    g_hash_table_remove_all(run->done);
    if (tables->len > 1 &&
        !attack_together(run, (const SpTable *const *)tables->pdata, tables->len, error)) {
        return FALSE;
    }
    for (guint t = 0; t < tables->len; t++) {
        const SpTable *alone = tables->pdata[t];
        if (!attack_together(run, &alone, 1, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The tables that `samme` says count the same as a table, itself first. NULL where it is one of the
 * others. */
static GPtrArray *group_of(const SpTables *tables, const SpTable *table, const SpTable *samme,
                           const gsize at[])
{
    g_autoptr(GPtrArray) group = g_ptr_array_new();
    g_ptr_array_add(group, (gpointer)table);
    for (gsize row = 0; row < sp_table_n_rows(samme); row++) {
        const char *other = sp_table_code(samme, row, at[1]);
        SpTable *first = sp_tables_find(tables, sp_table_code(samme, row, at[0]));
        if (first != NULL && strcmp(other, sp_table_name(table)) == 0) {
            return NULL;
        }
        if (first == table && sp_tables_find(tables, other) != NULL) {
            g_ptr_array_add(group, sp_tables_find(tables, other));
        }
    }
    return g_steal_pointer(&group);
}

static void finding_free(gpointer data)
{
    SpAttackFinding *finding = data;
    g_free(finding->cell);
    g_free(finding->how);
    g_free(finding);
}

SpAttack *sp_attack_new(const SpTables *tables, const SpAttackKnowledge *knowledge,
                        const SpAttackOptions *options, GError **error)
{
    static const char *const names[] = {"tabell", "med"};
    g_autoptr(SpAttack) attack = g_new0(SpAttack, 1);
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
    Run run = {attack, knowledge, options, done};
    gsize at[2];
    attack->findings = g_ptr_array_new_with_free_func(finding_free);
    if (!sp_table_need_all(knowledge->samme, names, 2, SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        g_autoptr(GPtrArray) group =
            group_of(tables, sp_tables_at(tables, i), knowledge->samme, at);
        if (group != NULL && !attack_group(&run, group, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&attack);
}

void sp_attack_free(SpAttack *attack)
{
    if (attack != NULL) {
        g_ptr_array_unref(attack->findings);
        g_free(attack);
    }
}
