/* Counting again. */
#include "tests/extractors/recount.h"

#include "tests/check.h"
#include "transforms/normalise/persons.h"

enum { TARGET = 20240101, PIECE = 65536 };

typedef struct {
    guint8 *persons; /* a bit a person */
    guint64 n_rows;
    gint64 amounts[RECOUNT_AMOUNTS];
    gboolean is_divided;
} Cell;

struct Recount {
    gsize n_persons;
    gsize n_dimensions;
    GHashTable *cells; /* "code|code" -> Cell* */
};

static void cell_free(gpointer data)
{
    Cell *cell = data;
    g_free(cell->persons);
    g_free(cell);
}

Recount *recount_new(gsize n_persons, gsize n_dimensions)
{
    Recount *recount = g_new0(Recount, 1);
    recount->n_persons = n_persons;
    recount->n_dimensions = n_dimensions;
    recount->cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, cell_free);
    return recount;
}

void recount_free(Recount *recount)
{
    g_hash_table_unref(recount->cells);
    g_free(recount);
}

static void add_cell(Recount *recount, const char *codes, gsize person, const gint64 amounts[])
{
    g_auto(GStrv) parts = g_strsplit(codes, "/", 2);
    g_autofree char *key = g_strconcat(parts[0], parts[1], NULL);
    Cell *cell = g_hash_table_lookup(recount->cells, key);
    if (cell == NULL) {
        cell = g_new0(Cell, 1);
        cell->persons = g_malloc0(recount->n_persons / 8 + 1);
        g_hash_table_insert(recount->cells, g_strdup(key), cell);
    }
    cell->is_divided |= parts[1] != NULL;
    cell->persons[person / 8] |= (guint8)(1U << person % 8);
    cell->n_rows++;
    for (gsize i = 0; i < RECOUNT_AMOUNTS; i++) {
        cell->amounts[i] += amounts[i];
    }
}

static void add_below(Recount *recount, const RecountCodes dimensions[], gsize i, const char *key,
                      gsize person, const gint64 amounts[])
{
    if (i == recount->n_dimensions) {
        add_cell(recount, key, person, amounts);
        return;
    }
    for (gsize k = 0; k < RECOUNT_CODES && dimensions[i].codes[k] != NULL; k++) {
        g_autofree char *longer = g_strdup_printf("%s%s|", key, dimensions[i].codes[k]);
        add_below(recount, dimensions, i + 1, longer, person, amounts);
    }
}

void recount_add(Recount *recount, const RecountCodes dimensions[], gsize person,
                 const gint64 amounts[])
{
    add_below(recount, dimensions, 0, "", person, amounts);
}

static guint64 count_persons(const Recount *recount, const Cell *cell)
{
    guint64 n = 0;
    for (gsize i = 0; i < recount->n_persons; i++) {
        n += cell->persons[i / 8] >> i % 8 & 1;
    }
    return n;
}

static void check_value(const SpTable *table, gsize row, const char *measure, double want,
                        const char *key)
{
    if (measure == NULL) {
        return;
    }
    gsize column = sp_table_find(table, measure);
    assert_true(column != SP_NO_COLUMN);
    SpReal real = sp_table_real(table, row, column);
    if (!sp_real_is_number(real) || fabs(real.value - want) > 1e-9 * MAX(1.0, want)) {
        fail_msg("%s of %s is %.10g (status %u), want %.10g", measure, key, real.value, real.status,
                 want);
    }
}

void recount_check(const Recount *recount, const SpTable *table, const RecountForm *form)
{
    gsize n_found = 0;
    gsize n_divided = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_autoptr(GString) key = g_string_new(NULL);
        for (gsize i = 0; i < recount->n_dimensions; i++) {
            gsize column = sp_table_find(table, form->dimensions[i]);
            g_string_append_printf(key, "%s|", sp_table_code(table, row, column));
        }
        const Cell *cell = g_hash_table_lookup(recount->cells, key->str);
        if (cell == NULL) {
            fail_msg("%s is in the table, but nobody is in it", key->str);
            continue;
        }
        n_found++;
        if (cell->is_divided) {
            SpReal real = sp_table_real(table, row, sp_table_find(table, form->persons));
            assert_false(sp_real_is_number(real));
            n_divided++;
            continue;
        }
        check_value(table, row, form->persons, (double)count_persons(recount, cell), key->str);
        check_value(table, row, form->rows, (double)cell->n_rows, key->str);
        for (gsize i = 0; i < RECOUNT_AMOUNTS; i++) {
            check_value(table, row, form->amounts[i], (double)cell->amounts[i] / form->scale,
                        key->str);
        }
    }
    assert_int_equal(n_found, g_hash_table_size(recount->cells));
    assert_true(n_divided > 10);
}

SpTable *recount_table(const char *extractor, const char *layout, const char *settings,
                       const SpRegions *regions, const char *text, guint64 *n_left_out)
{
    g_autoptr(Reading) reading = reading_new(extractor, layout, settings);
    g_autoptr(SpTable) bands = lists_table("", "aldersgrupper");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpPersonsKeys) keys = sp_persons_keys_new();
    const SpPersonsInput input = {.layout = reading->layout,
                                  .origin = "inbox: 1",
                                  .maps = reading->lists,
                                  .bands = bands,
                                  .regions = regions,
                                  .target = TARGET,
                                  .quality = reading->quality,
                                  .keys = keys};
    g_autoptr(SpPersons) persons = sp_persons_new(&input, &error);
    assert_no_error(error);
    (void)reading_parse(reading, sp_persons_sink(persons), text, strlen(text), PIECE, &error);
    assert_no_error(error);
    *n_left_out = reading->n_left_out;
    assert_int_equal(sp_persons_n_left_out(persons), 0);
    SpTable *table = sp_persons_table(persons, NULL, &error);
    assert_no_error(error);
    return table;
}
