/* What is attacked, gathered package by package. */
#include "pipeline/attacked.h"

#include "core/table_rows.h"

/* What packages tell of their tables. */
static const char sums_name[] = "sammenheng";
static const char told_name[] = "kryss";

/* One table as the packages have it. */
typedef struct {
    char *name;
    GPtrArray *tables; /* SpTable* */
} Pieces;

struct SpAttacked {
    const SpTables *files;
    const SpTables *before;
    GPtrArray *pieces; /* Pieces*, in the order they came */
    GHashTable *names; /* char*, of tables that something is known of */
    gsize n_beside;
};

static void free_table(gpointer table)
{
    sp_table_free(table);
}

static void free_pieces(gpointer data)
{
    Pieces *pieces = data;
    g_free(pieces->name);
    g_ptr_array_unref(pieces->tables);
    g_free(pieces);
}

/* The names in a column; without the column the attack itself tells. */
static void add_names(SpAttacked *attacked, const SpTable *table, const char *column)
{
    const gsize at = sp_table_find(table, column);
    for (gsize row = 0; at != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
        g_hash_table_add(attacked->names, g_strdup(sp_table_code(table, row, at)));
    }
}

SpAttacked *sp_attacked_new(const SpTables *files)
{
    SpAttacked *attacked = g_new0(SpAttacked, 1);
    attacked->files = files;
    attacked->pieces = g_ptr_array_new_with_free_func(free_pieces);
    attacked->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_names(attacked, sp_tables_find(files, "avledet"), "tabell");
    add_names(attacked, sp_tables_find(files, "samme"), "tabell");
    add_names(attacked, sp_tables_find(files, "samme"), "med");
    return attacked;
}

void sp_attacked_free(SpAttacked *attacked)
{
    if (attacked != NULL) {
        g_ptr_array_unref(attacked->pieces);
        g_hash_table_unref(attacked->names);
        g_free(attacked);
    }
}

static Pieces *find(const SpAttacked *attacked, const char *name)
{
    for (guint i = 0; i < attacked->pieces->len; i++) {
        Pieces *pieces = attacked->pieces->pdata[i];
        if (g_str_equal(pieces->name, name)) {
            return pieces;
        }
    }
    return NULL;
}

static void add_piece(SpAttacked *attacked, SpTable *table)
{
    Pieces *pieces = find(attacked, sp_table_name(table));
    if (pieces == NULL) {
        pieces = g_new(Pieces, 1);
        pieces->name = g_strdup(sp_table_name(table));
        pieces->tables = g_ptr_array_new_with_free_func(free_table);
        g_ptr_array_add(attacked->pieces, pieces);
    }
    g_ptr_array_add(pieces->tables, table);
}

static gsize count_hidden(const SpTable *table)
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const gboolean is_measure = sp_table_column(table, i)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(table, i) : NULL;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(table); row++) {
            n += reals[row].status == SP_SUPPRESSED ? 1 : 0;
        }
    }
    return n;
}

void sp_attacked_take(SpAttacked *attacked, SpTables *package)
{
    SpTable *sums = sp_tables_steal(package, sums_name);
    if (sums != NULL) {
        add_names(attacked, sums, "tabell");
        add_piece(attacked, sums);
    }
    SpTable *told = sp_tables_steal(package, told_name);
    if (told != NULL) {
        add_piece(attacked, told);
    }
    for (gsize i = 0; i < sp_tables_size(package);) {
        const char *name = sp_table_name(sp_tables_at(package, i));
        if (g_hash_table_contains(attacked->names, name)) {
            add_piece(attacked, sp_tables_steal(package, name));
        } else {
            attacked->n_beside += count_hidden(sp_tables_at(package, i));
            i++;
        }
    }
}

char **sp_attacked_names(const SpAttacked *attacked)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; i < attacked->pieces->len; i++) {
        g_strv_builder_add(names, ((const Pieces *)attacked->pieces->pdata[i])->name);
    }
    return g_strv_builder_end(names);
}

void sp_attacked_remember(SpAttacked *attacked, const SpTables *before)
{
    attacked->before = before;
}

gboolean sp_attacked_knows_sums(const SpAttacked *attacked)
{
    return find(attacked, sums_name) != NULL;
}

gsize sp_attacked_n_beside(const SpAttacked *attacked)
{
    return attacked->n_beside;
}

SpAttack *sp_attacked_run(SpAttacked *attacked, const SpAttackOptions *options, GError **error)
{
    g_autoptr(SpTables) tables = sp_tables_new();
    g_autoptr(SpTable) sums = NULL;
    g_autoptr(SpTable) told = NULL;
    for (guint i = 0; i < attacked->pieces->len; i++) {
        const Pieces *pieces = attacked->pieces->pdata[i];
        SpTable *table = sp_table_concat((const SpTable *const *)pieces->tables->pdata,
                                         pieces->tables->len, error);
        if (table == NULL) {
            return NULL;
        }
        g_ptr_array_set_size(pieces->tables, 0); /* they may be large */
        if (g_str_equal(pieces->name, sums_name)) {
            sums = table;
        } else if (g_str_equal(pieces->name, told_name)) {
            told = table;
        } else {
            sp_tables_add(tables, table);
        }
    }
    const SpAttackKnowledge knowledge = {.sammenheng = sums,
                                         .kryss = told,
                                         .avledet = sp_tables_find(attacked->files, "avledet"),
                                         .samlet = sp_tables_find(attacked->files, "samlet"),
                                         .before = attacked->before,
                                         .samme = sp_tables_find(attacked->files, "samme")};
    return sp_attack_new(tables, &knowledge, options, error);
}
