/* From units' manifests to what an edition is made from. */
#include "pipeline/basis.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/table_rows.h"
#include "pipeline/build.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "transforms/compare/causes.h"

#include <string.h>

#define EDITION_UNIT "protect/utgave"
#define CORRECTIONS "korreksjoner.csv"
#define TABLE_FILE "tables.csv"

enum { RESULT, KIND, NAME, PRINT };
static const SpColumn columns[] = {
    [RESULT] = {.name = "resultat", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [KIND] = {.name = "slag",
              .kind = SP_COLUMN_CODE,
              .is_key = TRUE,
              .classification = SP_BASIS_TABLE},
    [NAME] = {.name = "navn", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [PRINT] = {.name = "avtrykk", .kind = SP_COLUMN_CODE},
};

typedef struct {
    SpContext *context;
    SpTable *table;
    GHashTable *manifests; /* "STAGE/UNIT" -> SpManifest*, of the units whose rows are there */
} Work;

static void work_clear(Work *work)
{
    g_clear_pointer(&work->table, sp_table_free);
    g_clear_pointer(&work->manifests, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static void add(const Work *work, const char *unit, const char *kind, const char *name,
                const char *print)
{
    const gsize row = sp_table_add_row(work->table);
    sp_table_set_code(work->table, row, RESULT, unit);
    sp_table_set_code(work->table, row, KIND, kind);
    sp_table_set_code(work->table, row, NAME, name);
    sp_table_set_code(work->table, row, PRINT, print);
}

/* ---- one unit ---- */

/* The key of the unit's own section is called as in the configuration. */
static void add_settings(const Work *work, const char *unit, const SpManifest *manifest)
{
    g_auto(GStrv) lines = g_strsplit(manifest->settings, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *value = strchr(*line, '=');
        if (value == NULL) {
            continue;
        }
        *value++ = '\0';
        g_autofree char *name = strchr(*line, '.') != NULL
                                    ? g_strdup(*line)
                                    : g_strdup_printf("%s.%s", manifest->unit, *line);
        add(work, unit, "parameter", name, value);
    }
}

/* Persons' snapshots are named by a key. Of other sensitive ones a hash would confirm a guess. */
static gboolean add_snapshot(const Work *work, const char *unit, const SpInput *input,
                             GError **error)
{
    gboolean is_named_by_key = FALSE;
    if (input->marks & SP_MARK_SENSITIVE) {
        g_autofree char *dataset = g_strndup(input->name, strcspn(input->name, "#~"));
        g_autoptr(SpSettings) settings = sp_dataset_settings(work->context, dataset, error);
        if (settings == NULL ||
            !sp_dataset_is_persons(work->context, dataset, settings, &is_named_by_key, error)) {
            return FALSE;
        }
    }
    const gboolean is_open = is_named_by_key || (input->marks & SP_MARK_SENSITIVE) == 0;
    add(work, unit, "kilde", input->name,
        is_open                  ? input->hash
        : input->updated != NULL ? input->updated
                                 : "");
    return TRUE;
}

static gboolean add_file(const Work *work, const char *unit, const SpInput *input, GError **error)
{
    if (g_str_has_prefix(input->name, "history/")) {
        return TRUE;
    }
    if (strcmp(input->name, CORRECTIONS) != 0) {
        add(work, unit, "parameter", input->name, input->hash);
        return TRUE;
    }
    g_autofree char *path = sp_context_data_path(work->context, CORRECTIONS);
    g_autoptr(SpTable) rows = sp_catalogue_read(path, CORRECTIONS, NULL, error);
    gsize day = 0;
    if (rows == NULL || !sp_table_need(rows, "date", SP_COLUMN_CODE, &day, error)) {
        return FALSE;
    }
    const char *last = "";
    for (gsize row = 0; row < sp_table_n_rows(rows); row++) {
        const char *own = sp_table_code(rows, row, day);
        last = strcmp(own, last) > 0 ? own : last;
    }
    g_autofree char *print = g_strdup_printf("%" G_GSIZE_FORMAT " %s", sp_table_n_rows(rows), last);
    add(work, unit, "parameter", CORRECTIONS, g_strchomp(print));
    return TRUE;
}

static const SpManifest *read_unit(const Work *work, const char *name, GError **error)
{
    const SpManifest *known = g_hash_table_lookup(work->manifests, name);
    if (known != NULL) {
        return known;
    }
    g_auto(GStrv) parts = g_strsplit(name, "/", 2);
    g_autofree char *folder = sp_stage_current(work->context, parts[0], parts[1], error);
    SpManifest *manifest = folder == NULL ? NULL : sp_manifest_read(folder, error);
    if (manifest != NULL) {
        g_hash_table_insert(work->manifests, g_strdup(name), manifest);
    }
    return manifest;
}

/* The unit's rows, and those of all behind it where it `is_followed`; each unit once. */
static gboolean add_unit(const Work *work, const char *name, gboolean is_followed, GError **error)
{
    if (g_hash_table_contains(work->manifests, name)) {
        return TRUE;
    }
    const SpManifest *manifest = read_unit(work, name, error);
    if (manifest == NULL) {
        return FALSE;
    }
    add_settings(work, name, manifest);
    if (manifest->program != NULL) {
        add(work, name, "program", manifest->stage, manifest->program);
    }
    for (guint i = 0; i < manifest->inputs->len; i++) {
        const SpInput *input = manifest->inputs->pdata[i];
        if (input->is_spare) {
            continue;
        }
        if ((input->kind == SP_INPUT_SNAPSHOT && !add_snapshot(work, name, input, error)) ||
            (input->kind == SP_INPUT_FILE && !add_file(work, name, input, error))) {
            return FALSE;
        }
        if (input->kind == SP_INPUT_STAGE && is_followed) {
            add(work, name, "resultat", input->name, "");
            if (!add_unit(work, input->name, TRUE, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* ---- published tables ---- */

static const char *hash_of(const SpManifest *manifest, const char *table)
{
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    for (guint i = 0; i < manifest->files->len; i++) {
        if (strcmp(manifest->files->pdata[i], file) == 0) {
            return manifest->hashes->pdata[i];
        }
    }
    return NULL;
}

/* The units that have the table's source among what protect puts together. */
static gboolean add_table(const Work *work, const char *name, const char *source, GError **error)
{
    const SpManifest *edition = read_unit(work, EDITION_UNIT, error);
    const char *hash = edition == NULL ? NULL : hash_of(edition, name);
    if (hash == NULL) {
        return edition != NULL; /* a table of the package's own */
    }
    add(work, name, "innhold", "", hash);
    add(work, name, "resultat", EDITION_UNIT, "");
    for (guint i = 0; i < edition->inputs->len; i++) {
        const SpInput *input = edition->inputs->pdata[i];
        if (input->kind != SP_INPUT_STAGE) {
            continue;
        }
        /* Asked of the manifest itself: units of no published table have no rows. */
        g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
        g_autofree char *folder = sp_stage_current(work->context, parts[0], parts[1], error);
        g_autofree char *file = g_strconcat(source, ".csv", NULL);
        g_autofree char *path = folder != NULL ? g_build_filename(folder, file, NULL) : NULL;
        if (path == NULL) {
            return FALSE;
        }
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            add(work, name, "resultat", input->name, "");
            if (!add_unit(work, input->name, TRUE, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean add_tables(const Work *work, const SpTable *catalogue, GError **error)
{
    gsize name = 0, source = 0;
    if (!sp_table_need(catalogue, "name", SP_COLUMN_CODE, &name, error) ||
        !sp_table_need(catalogue, "source", SP_COLUMN_CODE, &source, error) ||
        !add_unit(work, EDITION_UNIT, FALSE, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (!add_table(work, sp_table_code(catalogue, row, name),
                       sp_table_code(catalogue, row, source), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- the edition ---- */

static void free_basis(gpointer data)
{
    SpBasis *basis = data;
    sp_table_free(basis->table);
    sp_previous_clear(&basis->previous);
    g_hash_table_unref(basis->tells);
    g_free(basis);
}

static SpBasis *find(const SpUnit *unit, GError **error)
{
    const SpInput *tables = sp_unit_input(unit, SP_INPUT_FILE, TABLE_FILE);
    g_autoptr(SpTable) catalogue = sp_catalogue_read(tables->path, TABLE_FILE, NULL, error);
    g_auto(Work) work = {.context = unit->context,
                         .table = sp_table_new(SP_BASIS_TABLE, columns, G_N_ELEMENTS(columns)),
                         .manifests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                            (GDestroyNotify)sp_manifest_free)};
    SpPrevious previous = {0};
    if (catalogue == NULL || !add_tables(&work, catalogue, error)) {
        return NULL;
    }
    add(&work, "package", "program", "package", SP_BUILD_PACKAGE);
    add(&work, "package", "parameter", TABLE_FILE, tables->hash);
    if (!sp_table_check_unique(work.table, error) ||
        !sp_previous_find(unit->context, work.table, &previous, error)) {
        sp_previous_clear(&previous);
        return NULL;
    }
    add(&work, "", "forrige", previous.edition != NULL ? previous.edition : "", "");
    sp_table_sort(work.table);
    SpBasis *basis = g_new0(SpBasis, 1);
    basis->table = g_steal_pointer(&work.table);
    basis->previous = previous;
    basis->tells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return basis;
}

gboolean sp_basis_need(SpUnit *unit, GError **error)
{
    SpContext *context = unit->context;
    if (context->kept == NULL) {
        context->kept = find(unit, error);
        context->kept_free = free_basis;
    }
    if (context->kept == NULL) {
        return FALSE;
    }
    const SpTable *table = sp_basis_of(unit)->table;
    char hex[SP_HASH_SIZE];
    g_autoptr(SpHash) hash = sp_hash_new();
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
            sp_hash_add_text(hash, sp_table_code(table, row, i));
        }
    }
    sp_hash_finish(hash, hex);
    sp_unit_need_record(unit, SP_BASIS_TABLE, hex);
    return TRUE;
}

const SpBasis *sp_basis_of(const SpUnit *unit)
{
    return unit->context->kept;
}
