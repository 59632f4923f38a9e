/* The tables that tell what the others are. */
#include "outputs/sqlite/definitions.h"

#include "outputs/credits.h"
#include "outputs/forklaring.h"
#include "outputs/sqlite/codes.h"

#include <string.h>

#define WORDS(name) name "_nb TEXT NOT NULL, " name "_nn TEXT NOT NULL, " name "_en TEXT NOT NULL"
#define NOTES(name) name "_nb TEXT, " name "_nn TEXT, " name "_en TEXT"
#define NAMES "nb TEXT NOT NULL, nn TEXT NOT NULL, en TEXT NOT NULL"

static const char schema[] =
    "CREATE TABLE pakke (navn TEXT NOT NULL PRIMARY KEY, region TEXT NOT NULL, spraak TEXT NOT "
    "NULL, utgave TEXT NOT NULL, dag TEXT NOT NULL, " WORDS("tittel") ", " WORDS(
        "merknad") ") STRICT, WITHOUT ROWID;"
                   "CREATE TABLE lisens (navn TEXT NOT NULL PRIMARY KEY, " WORDS(
                       "tittel") ", " WORDS("adresse") ") STRICT, WITHOUT ROWID;"
                                                       "CREATE TABLE tegn (tegn TEXT NOT NULL "
                                                       "PRIMARY KEY, " NAMES
                                                       ") STRICT, WITHOUT ROWID;"
                                                       "CREATE TABLE merke (merke TEXT NOT "
                                                       "NULL PRIMARY KEY, " NAMES
                                                       ") STRICT, WITHOUT ROWID;"
                                                       "CREATE TABLE enhet (enhet TEXT NOT "
                                                       "NULL PRIMARY KEY, " NAMES
                                                       ", desimaler INTEGER, "
                                                       "vises_i_prosent INTEGER NOT NULL) "
                                                       "STRICT, WITHOUT ROWID;"
                                                       "CREATE TABLE tabell (tabell TEXT NOT "
                                                       "NULL PRIMARY KEY, nr INTEGER NOT "
                                                       "NULL, " WORDS("tittel") ", " NOTES(
                                                           "forklaring") ", rader INTEGER NOT "
                                                                         "NULL) STRICT, "
                                                                         "WITHOUT ROWID;"
                                                                         "CREATE TABLE kolonne "
                                                                         "(tabell TEXT NOT "
                                                                         "NULL REFERENCES "
                                                                         "tabell (tabell), "
                                                                         "kolonne TEXT NOT "
                                                                         "NULL, "
                                                                         "nr INTEGER NOT NULL, "
                                                                         "slag TEXT NOT NULL, "
                                                                         "er_noekkel INTEGER "
                                                                         "NOT NULL, " WORDS(
                                                                             "tittel") ", "
                                                                                       "enhet "
                                                                                       "TEXT "
                                                                                       "REFEREN"
                                                                                       "CES "
                                                                                       "enhet "
                                                                                       "(enhet)"
                                                                                       ", "
                                                                                       "kodetab"
                                                                                       "ell "
                                                                                       "TEXT, "
                                                                                       "PRIMARY"
                                                                                       " KEY "
                                                                                       "(tabell"
                                                                                       ", "
                                                                                       "kolonne"
                                                                                       ")) "
                                                                                       "STRICT,"
                                                                                       " WITHOU"
                                                                                       "T "
                                                                                       "ROWID;";

enum { MAX_CELLS = 12 };

/* A row as it is filled from the left. */
typedef struct {
    char *cells[MAX_CELLS];
    gsize n;
} Row;

static void add_cell(Row *row, const char *text)
{
    g_assert(row->n < MAX_CELLS);
    row->cells[row->n++] = g_strdup(text);
}

static void add_number(Row *row, gsize number)
{
    g_assert(row->n < MAX_CELLS);
    row->cells[row->n++] = g_strdup_printf("%" G_GSIZE_FORMAT, number);
}

/* A text of the catalogue in each language; NULL where it has none. */
static void add_words(const SpBase *base, Row *row, const char *prefix, const char *name,
                      const char *suffix)
{
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        add_cell(row, sp_words_find(base->words[i], prefix, name, suffix));
    }
}

static gboolean put_row(SpStatement *insert, Row *row, GError **error)
{
    gboolean ok =
        insert != NULL && sp_base_put(insert, (const char *const *)row->cells, row->n, error);
    while (row->n > 0) {
        g_free(row->cells[--row->n]);
    }
    return ok;
}

static gboolean put_package(SpBase *base, GError **error)
{
    const SpPackage *package = base->package;
    Row row = {.n = 0};
    add_cell(&row, package->name);
    add_cell(&row, package->region);
    add_cell(&row, package->language);
    add_cell(&row, package->edition);
    add_cell(&row, sp_words_edition_day(base->words[0]));
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        g_autofree char *title = g_strdup_printf(
            "%s: %s", sp_words_text(base->words[i], "page.package"), package->title);
        add_cell(&row, title);
    }
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        add_cell(&row, sp_words_notices(base->words[i]));
    }
    g_autoptr(SpStatement) insert = sp_base_insert(base, "pakke", row.n, error);
    return put_row(insert, &row, error);
}

static gboolean put_licences(SpBase *base, const SpSettings *settings, GError **error)
{
    g_autoptr(GArray) licences = sp_credits_licences(base->words[0], settings, error);
    g_autoptr(SpStatement) insert =
        licences != NULL ? sp_base_insert(base, "lisens", 1 + 2 * SP_BASE_LANGUAGES, error) : NULL;
    gboolean ok = insert != NULL;
    for (guint i = 0; ok && i < licences->len; i++) {
        const char *name = g_array_index(licences, SpLicence, i).name;
        Row row = {.n = 0};
        add_cell(&row, name);
        add_words(base, &row, "licence.", name, "");
        add_words(base, &row, "licence.", name, ".url");
        ok = put_row(insert, &row, error);
    }
    return ok;
}

static gboolean put_marks(SpBase *base, const char *table,
                          gboolean (*next)(gsize i, SpLegend *mark), GError **error)
{
    g_autoptr(SpStatement) insert = sp_base_insert(base, table, 1 + SP_BASE_LANGUAGES, error);
    gboolean ok = insert != NULL;
    SpLegend mark;
    for (gsize i = 0; ok && next(i, &mark); i++) {
        Row row = {.n = 0};
        add_cell(&row, mark.mark);
        add_words(base, &row, mark.text, "", "");
        ok = put_row(insert, &row, error);
    }
    return ok;
}

static gboolean put_unit(const SpBase *base, SpStatement *insert, const char *unit, GError **error)
{
    const SpFigureForm form = sp_units_form(sp_words_units(base->words[0]), unit);
    Row row = {.n = 0};
    add_cell(&row, unit);
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        const char *text = sp_words_find(base->words[i], "unit.", unit, "");
        add_cell(&row, text != NULL ? text : unit);
    }
    if (form.is_free) {
        add_cell(&row, NULL);
    } else {
        add_number(&row, form.decimals);
    }
    add_number(&row, form.is_percent ? 1 : 0);
    return put_row(insert, &row, error);
}

/* The units of all measures, each once. */
static gboolean put_units(SpBase *base, GError **error)
{
    const SpUnits *units = sp_words_units(base->words[0]);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(SpStatement) insert = sp_base_insert(base, "enhet", 3 + SP_BASE_LANGUAGES, error);
    gboolean ok = insert != NULL;
    for (gsize i = 0; i < sp_tables_size(base->package->tables); i++) {
        const SpTable *table = sp_tables_at(base->package->tables, i);
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            const gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
            const char *unit = is_measure ? sp_units_of(units, table, column) : NULL;
            if (ok && unit != NULL && g_hash_table_add(seen, (gpointer)unit)) {
                ok = put_unit(base, insert, unit, error);
            }
        }
    }
    return ok;
}

static gboolean put_column(const SpBase *base, SpStatement *insert, const SpTable *table,
                           gsize column, GError **error)
{
    const SpColumn *info = sp_table_column(table, column);
    const gboolean is_measure = info->kind == SP_COLUMN_MEASURE;
    g_autofree char *codes = sp_base_code_table(table, column);
    Row row = {.n = 0};
    add_cell(&row, sp_table_name(table));
    add_cell(&row, info->name);
    add_number(&row, column + 1);
    add_cell(&row, is_measure ? "tall" : "kode");
    add_number(&row, !is_measure && info->is_key ? 1 : 0);
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        g_autofree char *title = sp_words_column(base->words[i], table, column);
        add_cell(&row, title);
    }
    add_cell(&row, is_measure ? sp_units_of(sp_words_units(base->words[0]), table, column) : NULL);
    add_cell(&row, codes);
    return put_row(insert, &row, error);
}

static gboolean put_table(const SpBase *base, SpStatement *insert, gsize place, GError **error)
{
    const SpTable *table = sp_tables_at(base->package->tables, place);
    Row row = {.n = 0};
    add_cell(&row, sp_table_name(table));
    add_number(&row, place + 1);
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        add_cell(&row, sp_words_table(base->words[i], table));
    }
    add_words(base, &row, "table.", sp_table_name(table), ".note");
    add_number(&row, sp_table_n_rows(table));
    return put_row(insert, &row, error);
}

static gboolean put_tables(SpBase *base, GError **error)
{
    g_autoptr(SpStatement) tables =
        sp_base_insert(base, "tabell", 3 + 2 * SP_BASE_LANGUAGES, error);
    g_autoptr(SpStatement) columns =
        tables != NULL ? sp_base_insert(base, "kolonne", 7 + SP_BASE_LANGUAGES, error) : NULL;
    gboolean ok = columns != NULL;
    for (gsize i = 0; ok && i < sp_tables_size(base->package->tables); i++) {
        const SpTable *table = sp_tables_at(base->package->tables, i);
        ok = put_table(base, tables, i, error);
        for (gsize column = 0; ok && column < sp_table_n_columns(table); column++) {
            ok = put_column(base, columns, table, column, error);
        }
    }
    return ok;
}

static gboolean put_sources(SpBase *base, GError **error)
{
    if (sp_tables_find(base->package->tables, "kilder") == NULL) {
        return TRUE;
    }
    if (!sp_database_run(base->database,
                         "CREATE TABLE tabell_kilde (tabell TEXT NOT NULL REFERENCES tabell "
                         "(tabell), kilde TEXT NOT NULL REFERENCES kilder (kilde), PRIMARY KEY "
                         "(tabell, kilde)) STRICT, WITHOUT ROWID",
                         error)) {
        return FALSE;
    }
    g_autoptr(SpStatement) insert = sp_base_insert(base, "tabell_kilde", 2, error);
    gboolean ok = insert != NULL;
    for (gsize i = 0; i < sp_tables_size(base->package->tables); i++) {
        const char *name = sp_table_name(sp_tables_at(base->package->tables, i));
        g_autoptr(GArray) sources = sp_credits_sources(base->package, name);
        for (guint k = 0; ok && k < sources->len; k++) {
            const char *const cells[] = {name, g_array_index(sources, SpSource, k).id};
            ok = sp_base_put(insert, cells, G_N_ELEMENTS(cells), error);
        }
    }
    return ok;
}

gboolean sp_base_put_definitions(SpBase *base, const SpSettings *settings, GError **error)
{
    return sp_database_run(base->database, schema, error) && put_package(base, error) &&
           put_licences(base, settings, error) &&
           put_marks(base, "tegn", sp_forklaring_sign, error) &&
           put_marks(base, "merke", sp_forklaring_flag, error) && put_units(base, error) &&
           put_tables(base, error) && put_sources(base, error);
}
