/*
 * Several threads read one table, and so its dictionaries: what each makes of it must be what one
 * alone makes. The thread sanitizer (make -f Makefile.ci tsan) sees whether any of it writes to
 * what is shared; without it the bytes still tell of dictionaries that grew under way.
 */
#include "tests/core/rows.h"

#include "core/rollup.h"
#include "core/table_group.h"
#include "core/table_join.h"
#include "core/table_rows.h"

enum { N_THREADS = 6, N_ROUNDS = 20, N_KOMMUNER = 40, N_PERIODS = 12 };

/** What the threads share, all of it read-only. */
typedef struct {
    SpTable *table;
    SpTable *regions;
    gint is_started; /* atomic: all begin at once */
} Shared;

static void setup(Shared *shared)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "merknad", .kind = SP_COLUMN_CODE},
        {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .is_additive = TRUE},
    };
    *shared = (Shared){.table = sp_table_new("folkemengde", columns, G_N_ELEMENTS(columns)),
                       .regions = TABLE("region",
                                        "region:key slag:attribute fylke:attribute "
                                        "kostragruppe:attribute sentralitet:attribute",
                                        "03 fylke _ _ _")};
    for (guint kommune = N_KOMMUNER; kommune > 0; kommune--) {
        char code[8];
        g_snprintf(code, sizeof code, "03%02u", kommune);
        gsize place = sp_table_add_row(shared->regions);
        sp_table_set_code(shared->regions, place, 0, code);
        sp_table_set_code(shared->regions, place, 1, "kommune");
        sp_table_set_code(shared->regions, place, 2, "03");
        for (guint year = 0; year < N_PERIODS; year++) {
            char period[8];
            g_snprintf(period, sizeof period, "%u", 2030 - year);
            gsize row = sp_table_add_row(shared->table);
            sp_table_set_code(shared->table, row, 0, code);
            sp_table_set_code(shared->table, row, 1, period);
            sp_table_set_real(shared->table, row, 3, sp_real(kommune * 100.0 + year));
        }
    }
}

static void clear(Shared *shared)
{
    sp_table_free(shared->table);
    sp_table_free(shared->regions);
}

static const char failed[] = "(no table)";

/** Adds a table to the text and frees it. */
static void tell(GString *text, SpTable *table)
{
    if (table == NULL) {
        g_string_append(text, failed);
    }
    for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            append_cell(text, table, row, column);
            g_string_append_c(text, ' ');
        }
    }
    g_string_append_c(text, '\n');
    sp_table_free(table);
}

static gboolean is_even(const SpTable *table, gsize row, gpointer data)
{
    (void)data;
    const char *code = sp_table_code(table, row, 0);
    return (code[3] - '0') % 2 == 0;
}

static const char *first_three(const char *code, gpointer data)
{
    char *buffer = data;
    g_strlcpy(buffer, code, 4);
    return buffer;
}

static void tell_index(GString *text, const SpTable *table)
{
    static const gsize columns[] = {0, 1};
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, columns, 2);
    gsize row = 0;
    gboolean is_found = sp_table_index_find(index, (const char *const[]){"0307", "2025"}, &row) &&
                        !sp_table_index_find(index, (const char *const[]){"9999", "2025"}, &row);
    g_string_append_printf(text, "%d %" G_GSIZE_FORMAT "\n", is_found, row);
}

/** Everything that may be done to a table without changing it, as text. */
static char *read_in_every_way(const Shared *shared)
{
    static const char *const periods[] = {"2025", "2024", "1999"};
    static const char *const by[] = {"period"};
    char buffer[8];
    GString *text = g_string_new(NULL);
    SpTable *even = sp_table_filter(shared->table, is_even, NULL);
    sp_table_sort(even);
    tell(text, sp_table_group(even, "sum", by, 1, NULL));
    tell(text, sp_rollup(even, shared->regions, NULL));
    tell(text, even);
    tell(text, sp_table_filter_codes(shared->table, 1, periods, G_N_ELEMENTS(periods)));
    tell(text, sp_table_group(shared->table, "sum", by, 1, NULL));
    tell(text, sp_rollup(shared->table, shared->regions, NULL));
    tell(text, sp_table_map_codes(shared->table, "region", first_three, buffer, NULL));
    tell(text, sp_table_select(shared->table, by, 1, NULL));
    tell(text, sp_table_concat((const SpTable *const[]){shared->table, shared->table}, 2, NULL));
    tell(text, sp_table_join(shared->table, shared->regions, NULL));
    tell(text, sp_table_copy(shared->table));
    tell_index(text, shared->table);
    return g_string_free(text, FALSE);
}

/* cmocka's checks are for the main thread alone: a thread hands back what it found. */
static gpointer run(gpointer data)
{
    Shared *shared = data;
    while (g_atomic_int_get(&shared->is_started) == 0) {
        g_thread_yield();
    }
    char *found = read_in_every_way(shared);
    for (guint round = 1; round < N_ROUNDS; round++) {
        g_autofree char *again = read_in_every_way(shared);
        if (strcmp(again, found) != 0) {
            found[0] = '\0';
        }
    }
    return found;
}

static void threads_that_share_a_table_find_what_one_alone_finds(void **state)
{
    (void)state;
    Shared shared;
    setup(&shared);
    g_autofree char *wanted = read_in_every_way(&shared);
    GThread *threads[N_THREADS];
    for (gsize i = 0; i < N_THREADS; i++) {
        threads[i] = g_thread_new("reader", run, &shared);
    }
    g_atomic_int_set(&shared.is_started, 1);
    for (gsize i = 0; i < N_THREADS; i++) {
        g_autofree char *found = g_thread_join(threads[i]);
        assert_string_equal(found, wanted);
    }
    clear(&shared);
}

static void reading_adds_no_code_to_a_shared_dictionary(void **state)
{
    (void)state;
    Shared shared;
    setup(&shared);
    guint32 before[3];
    for (gsize column = 0; column < G_N_ELEMENTS(before); column++) {
        before[column] = sp_codes_size(sp_table_codes(shared.table, column));
    }
    g_autofree char *text = read_in_every_way(&shared);
    assert_null(strstr(text, failed));
    for (gsize column = 0; column < G_N_ELEMENTS(before); column++) {
        assert_int_equal(sp_codes_size(sp_table_codes(shared.table, column)), before[column]);
    }
    clear(&shared);
}

/** Takes and drops references to one dictionary. */
static gpointer hold_and_drop(gpointer data)
{
    SpCodes *codes = data;
    for (guint i = 0; i < 100000; i++) {
        sp_codes_unref(sp_codes_ref(codes));
    }
    return NULL;
}

static void dictionary_outlives_threads_that_take_and_drop_it(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    sp_codes_add(codes, "0301");
    GThread *threads[N_THREADS];
    for (gsize i = 0; i < N_THREADS; i++) {
        threads[i] = g_thread_new("holder", hold_and_drop, codes);
    }
    for (gsize i = 0; i < N_THREADS; i++) {
        g_thread_join(threads[i]);
    }
    assert_string_equal(sp_codes_text(codes, 0), "0301");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_that_share_a_table_find_what_one_alone_finds),
        cmocka_unit_test(reading_adds_no_code_to_a_shared_dictionary),
        cmocka_unit_test(dictionary_outlives_threads_that_take_and_drop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
