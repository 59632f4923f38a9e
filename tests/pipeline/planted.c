/* Marks in the place of hidden figures. */
#include "tests/pipeline/planted.h"

#include "tests/check.h"
#include "tests/pipeline/simulated.h"

#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/manifest.h"

#include <glib/gstdio.h>
#include <math.h>
#include <zip.h>

static const char *const units[] = {"pai/stillinger", "iplos/tjenester", "kpr/kontakter"};

enum { N_DIGITS = 13, FEW = 5, N_SHOWN = 6, MOST_KEYS = 8, MOST_AARSVERK = 10 };

static const gint64 first_mark = G_GINT64_CONSTANT(7770000000000);
static const gint64 last_mark = G_GINT64_CONSTANT(7779999999999);
static const gint64 first_shown = G_GINT64_CONSTANT(7780000000123);
static const gint64 step = 7919; /* a prime: marks differ in more than their last digits */

/* ---- planting ---- */

/* The country's rates of leaving are made of its true figures, and are told to three decimals
 * (docs/methods/disclosure.md#planted). */
static gboolean is_rate_of_country(const SpTable *table, gsize row, const SpColumn *column)
{
    return strcmp(sp_table_code(table, row, sp_table_find(table, "region")), "0") == 0 &&
           (g_str_has_prefix(column->name, "turnover_") ||
            g_str_has_prefix(column->name, "sluttet_"));
}

typedef struct {
    Planted *planted;
    guint turn;
} Planting;

static void add_mark(GHashTable *set, gint64 mark)
{
    g_hash_table_add(set, g_memdup2(&mark, sizeof mark));
}

static double hidden_mark(const Planting *planting)
{
    GHashTable *set = planting->planted->hidden;
    const gint64 mark = first_mark + planting->turn + step * g_hash_table_size(set);
    assert_true(mark <= last_mark);
    add_mark(set, mark);
    return (double)mark;
}

static double shown_mark(const Planting *planting)
{
    GHashTable *set = planting->planted->shown;
    const gint64 mark = first_shown + step * g_hash_table_size(set);
    add_mark(set, mark);
    return (double)mark;
}

/* What a hidden figure becomes. */
static double other_figure(const Planting *planting, const SpColumn *column, double value)
{
    const double turned = (double)planting->turn;
    if (g_strcmp0(column->unit, "persons") == 0) {
        return value < FEW ? fmod(value + turned, FEW - 1) + 1 : value + turned + 1;
    }
    if (g_str_has_suffix(column->name, "aarsverk") && value <= MOST_AARSVERK) {
        return value * (1 - (turned + 1) / 16);
    }
    return hidden_mark(planting);
}

static gsize key_columns(const SpTable *table, gsize columns[MOST_KEYS])
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_CODE &&
            sp_table_column(table, i)->is_key) {
            assert_true(n < MOST_KEYS);
            columns[n++] = i;
        }
    }
    return n;
}

/* The row of what is shown that has the codes of a row of the facts. */
static gboolean find_row(const SpTable *facts, gsize row, const SpTableIndex *index, gsize *found)
{
    gsize columns[MOST_KEYS];
    const char *codes[MOST_KEYS];
    const gsize n = key_columns(facts, columns);
    for (gsize i = 0; i < n; i++) {
        codes[i] = sp_table_code(facts, row, columns[i]);
    }
    return sp_table_index_find(index, codes, found);
}

/* One measure. `same` is its column in what is shown, if it is there. */
static void plant_column(const Planting *planting, SpTable *facts, gsize column, SpTable *shown,
                         const SpTableIndex *index)
{
    const SpColumn *is = sp_table_column(facts, column);
    const gsize same = sp_table_find(shown, is->name);
    guint n_left = strcmp(is->name, "refusjon_kr") == 0 ? N_SHOWN : 0;
    for (gsize row = 0; row < sp_table_n_rows(facts); row++) {
        gsize at = 0;
        const SpReal real = sp_table_real(facts, row, column);
        const gboolean is_shown = same != SP_NO_COLUMN && find_row(facts, row, index, &at) &&
                                  sp_table_real(shown, at, same).status != SP_SUPPRESSED;
        if (real.status != SP_PRESENT) {
            continue;
        }
        if (is_shown && n_left > 0) {
            const SpReal mark = sp_real_flagged(shown_mark(planting), real.flags);
            sp_table_set_real(facts, row, column, mark);
            sp_table_set_real(shown, at, same, mark);
            n_left--;
        } else if (!is_shown && !is_rate_of_country(facts, row, is)) {
            sp_table_set_real(facts, row, column,
                              sp_real_flagged(other_figure(planting, is, real.value), real.flags));
        }
    }
}

static void plant_table(const Planting *planting, SpTable *facts, SpTable *shown)
{
    gsize columns[MOST_KEYS];
    const gsize n = key_columns(shown, columns);
    g_autoptr(SpTableIndex) index = sp_table_index_new(shown, columns, n);
    for (gsize i = 0; i < sp_table_n_columns(facts); i++) {
        if (sp_table_column(facts, i)->kind == SP_COLUMN_MEASURE) {
            plant_column(planting, facts, i, shown, index);
        }
    }
}

/* Writes the tables in the place of those that the stage made, as if it had made them so. */
static void write_again(const char *workspace, const char *stage, const char *unit,
                        SpTables *tables)
{
    g_autofree char *link = g_build_filename(workspace, "stages", stage, unit, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    assert_non_null(key);
    g_autofree char *folder = g_build_filename(workspace, "stages", stage, unit, key, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpManifest) before = sp_manifest_read(folder, &error);
    assert_no_error(error);
    g_autoptr(SpManifest) now = sp_manifest_new(before->stage, before->unit, before->key);
    for (guint i = 0; i < before->files->len; i++) {
        g_autofree char *path = g_build_filename(folder, before->files->pdata[i], NULL);
        assert_int_equal(g_unlink(path), 0);
    }
    g_autofree char *old = g_build_filename(folder, "manifest.json", NULL);
    assert_int_equal(g_unlink(old), 0);
    assert_true(sp_tables_write(tables, folder, "planted", SP_MODE_PRIVATE_FILE, &error));
    g_free(now->settings);
    now->settings = g_strdup(before->settings);
    now->marks = before->marks;
    now->updated = g_strdup(before->updated);
    g_ptr_array_unref(now->inputs);
    now->inputs = g_ptr_array_ref(before->inputs);
    assert_true(sp_manifest_write(now, folder, &error));
}

static void plant_unit(const Planting *planting, const char *workspace, const char *unit,
                       const SpTables *shown)
{
    g_autoptr(SpTables) facts = simulated_tables(workspace, "normalise", unit);
    for (gsize i = 0; i < sp_tables_size(facts); i++) {
        SpTable *table = sp_tables_at(facts, i);
        SpTable *seen = sp_tables_find(shown, sp_table_name(table));
        if (seen != NULL && strcmp(sp_table_name(table), "sammenheng") != 0) {
            plant_table(planting, table, seen);
        }
    }
    write_again(workspace, "normalise", unit, facts);
}

GHashTable *planted_set(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

void planted_init(Planted *planted, const char *workspace, guint turn)
{
    *planted = (Planted){planted_set(), planted_set()};
    const Planting planting = {.planted = planted, .turn = turn};
    g_autoptr(SpTables) shown = simulated_tables(workspace, "protect", "fakta");
    char *err = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        plant_unit(&planting, workspace, units[i], shown);
    }
    /* Of these facts other cells would be hidden, as some no more add up. */
    const int status =
        simulated_run(&err, "statpakke-protect", "--workspace", workspace, "--unit=fakta", NULL);
    g_autofree char *said = err;
    if (status != 0) {
        fail_msg("exit %d: %s", status, said);
    }
    write_again(workspace, "protect", "fakta", shown);
    assert_true(g_hash_table_size(planted->hidden) > 0);
    assert_int_equal(g_hash_table_size(planted->shown), N_SHOWN);
}

void planted_clear(Planted *planted)
{
    g_clear_pointer(&planted->hidden, g_hash_table_unref);
    g_clear_pointer(&planted->shown, g_hash_table_unref);
}

/* ---- searching ---- */

/* Bytes of a sign that may stand between the digits of a number: a blank, a no-break or narrow one,
 * a decimal sign; 0 for another. */
static gsize size_of_sign(const char *at, const char *end)
{
    static const char *const signs[] = {" ",      ",",     ".", "'", "\xc2\xa0", "\xe2\x80\xaf",
                                        "&#160;", "&#xA0;"};
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        const gsize size = strlen(signs[i]);
        if ((gsize)(end - at) >= size && memcmp(at, signs[i], size) == 0) {
            return size;
        }
    }
    return 0;
}

/* The number of the first digits from here on, if there are so many. */
static gboolean read_digits(const char *at, const char *end, gint64 *number)
{
    gsize n = 0;
    *number = 0;
    while (at < end && n < N_DIGITS) {
        const gsize sign = g_ascii_isdigit(*at) ? 0 : size_of_sign(at, end);
        if (g_ascii_isdigit(*at)) {
            *number = *number * 10 + (*at - '0');
            n++;
        } else if (sign == 0) {
            return FALSE;
        }
        at += sign > 0 ? sign : 1;
    }
    return n == N_DIGITS;
}

static void search_plain(const char *bytes, gsize size, GHashTable *marks, GHashTable *found)
{
    const char *end = bytes + size;
    for (const char *at = memchr(bytes, '7', size); at != NULL;
         at = memchr(at, '7', (gsize)(end - at))) {
        gint64 number = 0;
        if (read_digits(at, end, &number) && g_hash_table_contains(marks, &number)) {
            add_mark(found, number);
        }
        at++;
    }
}

/* An archive's entries, and of an archive in it theirs. */
static void search_archive(const char *bytes, gsize size, GHashTable *marks, GHashTable *found);

void planted_search_bytes(const char *bytes, gsize size, GHashTable *marks, GHashTable *found)
{
    static const char archive[] = "PK\x03\x04";
    search_plain(bytes, size, marks, found);
    if (size > sizeof archive && memcmp(bytes, archive, sizeof archive - 1) == 0) {
        search_archive(bytes, size, marks, found);
    }
}

static void search_archive(const char *bytes, gsize size, GHashTable *marks, GHashTable *found)
{
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        zip_stat_t stat;
        assert_int_equal(zip_stat_index(zip, (zip_uint64_t)i, 0, &stat), 0);
        g_autofree char *entry = g_malloc(stat.size + 1);
        zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
        assert_non_null(file);
        assert_true(zip_fread(file, entry, stat.size) == (zip_int64_t)stat.size);
        assert_int_equal(zip_fclose(file), 0);
        planted_search_bytes(entry, stat.size, marks, found);
    }
    (void)zip_close(zip);
}

void planted_search(const char *path, GHashTable *marks, GHashTable *found)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = sp_file_read(path, 1U << 30, &size, &error);
    assert_no_error(error);
    planted_search_bytes(bytes, size, marks, found);
}
