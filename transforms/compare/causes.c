/* Causes of changes, from what two editions were made from. */
#include "transforms/compare/causes.h"

#include <string.h>

/* The unit that makes packages of the published tables. */
static const char package_unit[] = "package";

enum { UNIT, KIND, NAME, PRINT, N_COLUMNS };
static const char *const columns[N_COLUMNS] = {"resultat", "slag", "navn", "avtrykk"};

/* In the order in which they are told. */
static const char *const kinds_told[] = {"kilde", "parameter", "program"};

/* What one edition says. */
typedef struct {
    const SpTable *table;
    gsize at[N_COLUMNS];
    GHashTable *rows; /* unit -> GArray* of gsize */
    GHashTable *said; /* "slag\nnavn\navtrykk" of all rows */
} Basis;

struct SpCauses {
    Basis before; /* `table` NULL: not known */
    Basis now;
};

static const char *cell(const Basis *basis, gsize row, int column)
{
    return sp_table_code(basis->table, row, basis->at[column]);
}

static char *said(const Basis *basis, gsize row)
{
    return g_strjoin("\n", cell(basis, row, KIND), cell(basis, row, NAME), cell(basis, row, PRINT),
                     NULL);
}

static void free_rows(gpointer rows)
{
    g_array_unref(rows);
}

static void basis_init(Basis *basis, const SpTable *table)
{
    *basis = (Basis){.rows = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_rows),
                     .said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    for (int i = 0; table != NULL && i < N_COLUMNS; i++) {
        basis->at[i] = sp_table_find(table, columns[i]);
        if (basis->at[i] == SP_NO_COLUMN) {
            return;
        }
    }
    basis->table = table;
    for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
        GArray *own = g_hash_table_lookup(basis->rows, cell(basis, row, UNIT));
        if (own == NULL) {
            own = g_array_new(FALSE, FALSE, sizeof(gsize));
            g_hash_table_insert(basis->rows, (gpointer)cell(basis, row, UNIT), own);
        }
        g_array_append_val(own, row);
        g_hash_table_add(basis->said, said(basis, row));
    }
}

static void basis_clear(Basis *basis)
{
    g_hash_table_unref(basis->rows);
    g_hash_table_unref(basis->said);
}

SpCauses *sp_causes_new(const SpTable *before, const SpTable *now)
{
    SpCauses *causes = g_new0(SpCauses, 1);
    basis_init(&causes->before, before);
    basis_init(&causes->now, now);
    return causes;
}

void sp_causes_free(SpCauses *causes)
{
    if (causes != NULL) {
        basis_clear(&causes->before);
        basis_clear(&causes->now);
        g_free(causes);
    }
}

/* To `units` the unit and all behind it: no unit is made from itself, and each is taken once. */
static void find_units(const Basis *basis, const char *unit, GHashTable *units)
{
    const GArray *rows = g_hash_table_lookup(basis->rows, unit);
    if (!g_hash_table_add(units, (gpointer)unit)) {
        return;
    }
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        if (strcmp(cell(basis, row, KIND), "resultat") == 0) {
            find_units(basis, cell(basis, row, NAME), units);
        }
    }
}

/* To `names` of a kind what the one edition says of a table and the other says nowhere. */
static void find_differing(const Basis *one, const Basis *other, const char *table,
                           const char *kind, GHashTable *names)
{
    g_autoptr(GHashTable) units = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter at;
    gpointer unit;
    find_units(one, table, units);
    g_hash_table_iter_init(&at, units);
    while (g_hash_table_iter_next(&at, &unit, NULL)) {
        const GArray *rows = g_hash_table_lookup(one->rows, unit);
        for (guint i = 0; rows != NULL && i < rows->len; i++) {
            const gsize row = g_array_index(rows, gsize, i);
            g_autofree char *text = said(one, row);
            if (strcmp(cell(one, row, KIND), kind) == 0 &&
                !g_hash_table_contains(other->said, text)) {
                g_hash_table_add(names, (gpointer)cell(one, row, NAME));
            }
        }
    }
}

static void append_word(GString *text, const char *separator, const char *word)
{
    g_string_append_printf(text, "%s%s", text->len > 0 ? separator : "", word);
}

static void append_names(GString *text, GHashTable *names, gsize *n_told, gsize *n_more)
{
    g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);
    for (const GList *name = sorted; name != NULL; name = name->next) {
        if (*n_told < SP_CAUSES_MOST) {
            append_word(text, " ", name->data);
            (*n_told)++;
        } else {
            (*n_more)++;
        }
    }
}

void sp_causes_find(const SpCauses *causes, const char *table, char **kinds, char **names)
{
    g_autoptr(GString) told = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    gsize n_told = 0, n_more = 0;
    const gboolean is_known = causes->before.table != NULL && causes->now.table != NULL;
    for (gsize i = 0; is_known && i < G_N_ELEMENTS(kinds_told); i++) {
        g_autoptr(GHashTable) differing = g_hash_table_new(g_str_hash, g_str_equal);
        find_differing(&causes->now, &causes->before, table, kinds_told[i], differing);
        find_differing(&causes->before, &causes->now, table, kinds_told[i], differing);
        if (g_hash_table_size(differing) > 0) {
            append_word(told, "_", kinds_told[i]);
            append_names(text, differing, &n_told, &n_more);
        }
    }
    if (n_more > 0) {
        g_string_append_printf(text, " +%" G_GSIZE_FORMAT, n_more);
    }
    *kinds = g_strdup(told->len > 0 ? told->str : "ukjent");
    *names = g_strdup(text->str);
}

/* Whether all that one edition says of a unit, of a kind (NULL: any), the other says of it too. */
static gboolean is_said(const Basis *one, const Basis *other, const char *unit, const char *kind)
{
    const GArray *rows = g_hash_table_lookup(one->rows, unit);
    const GArray *others = g_hash_table_lookup(other->rows, unit);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean is_any = FALSE;
    for (guint i = 0; others != NULL && i < others->len; i++) {
        g_hash_table_add(known, said(other, g_array_index(others, gsize, i)));
    }
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        g_autofree char *text = said(one, row);
        if (kind == NULL || strcmp(cell(one, row, KIND), kind) == 0) {
            is_any = TRUE;
            if (!g_hash_table_contains(known, text)) {
                return FALSE;
            }
        }
    }
    return is_any;
}

gboolean sp_causes_is_same(const SpCauses *causes, const char *table)
{
    return is_said(&causes->now, &causes->before, table, "innhold") &&
           is_said(&causes->now, &causes->before, package_unit, NULL) &&
           is_said(&causes->before, &causes->now, package_unit, NULL);
}

/* "resultat\navtrykk" of all published tables; none where the table lacks a column. */
static GHashTable *contents(const SpTable *table)
{
    GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Basis basis;
    basis_init(&basis, table);
    for (gsize row = 0; basis.table != NULL && row < sp_table_n_rows(table); row++) {
        if (strcmp(cell(&basis, row, KIND), "innhold") == 0) {
            g_hash_table_add(
                found, g_strjoin("\n", cell(&basis, row, UNIT), cell(&basis, row, PRINT), NULL));
        }
    }
    basis_clear(&basis);
    return found;
}

gboolean sp_causes_has_same_figures(const SpTable *one, const SpTable *other)
{
    g_autoptr(GHashTable) own = contents(one);
    g_autoptr(GHashTable) others = contents(other);
    GHashTableIter at;
    gpointer content;
    g_hash_table_iter_init(&at, own);
    while (g_hash_table_iter_next(&at, &content, NULL)) {
        if (!g_hash_table_contains(others, content)) {
            return FALSE;
        }
    }
    return g_hash_table_size(own) == g_hash_table_size(others) && g_hash_table_size(own) > 0;
}
