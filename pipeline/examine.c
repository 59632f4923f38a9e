/* Looking at an edition from outside. */
#include "pipeline/examine.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "core/parallel.h"
#include "outputs/archive/sums.h"
#include "transforms/audit/sums.h"

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

/* The package says itself of which tables the country is its own sum. */
static gboolean has_own_sums(json_t *descriptor, const char *table)
{
    size_t i = 0;
    json_t *resource = NULL;
    json_array_foreach(json_object_get(descriptor, "resources"), i, resource)
    {
        if (g_strcmp0(json_string_value(json_object_get(resource, "name")), table) == 0) {
            return json_is_true(json_object_get(resource, "sp:sums"));
        }
    }
    return FALSE;
}

/* What one package gave. */
typedef struct {
    SpExamination findings;
    GPtrArray *breaks; /* char*: sums that fail */
    GPtrArray *leaks;  /* char*: figures that the tables do not show */
    GError *error;
} Seen;

/* An edition whose packages are looked at side by side. What is taken of them is taken in their
 * order, so that at most as many as there are threads are held. */
typedef struct {
    const char *folder;
    GPtrArray *packages; /* char*, names */
    Seen *seen;          /* [packages->len] */
    SpAttacked *attacked;
    GMutex lock;
    GCond has_taken;
    gsize n_taken;
} Edition;

static void edition_init(Edition *edition, const char *folder, SpAttacked *attacked)
{
    edition->folder = folder;
    edition->attacked = attacked;
    edition->packages = g_ptr_array_new_with_free_func(g_free);
    g_mutex_init(&edition->lock);
    g_cond_init(&edition->has_taken);
}

static void edition_clear(Edition *edition)
{
    for (guint i = 0; edition->seen != NULL && i < edition->packages->len; i++) {
        g_ptr_array_unref(edition->seen[i].breaks);
        g_ptr_array_unref(edition->seen[i].leaks);
        g_clear_error(&edition->seen[i].error);
    }
    g_free(edition->seen);
    g_ptr_array_unref(edition->packages);
    g_mutex_clear(&edition->lock);
    g_cond_clear(&edition->has_taken);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Edition, edition_clear)

static gboolean find_packages(Edition *edition, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(edition->folder, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(edition->folder, *name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            g_ptr_array_add(edition->packages, g_strdup(*name));
        }
    }
    edition->seen = g_new0(Seen, edition->packages->len);
    for (guint i = 0; i < edition->packages->len; i++) {
        edition->seen[i].breaks = g_ptr_array_new_with_free_func(g_free);
        edition->seen[i].leaks = g_ptr_array_new_with_free_func(g_free);
    }
    return names != NULL;
}

/* The package's tables; NULL with the error set in `seen`. */
static SpTables *look_at(const char *folder, Seen *seen)
{
    g_autofree char *path = g_build_filename(folder, SP_TABLES_DESCRIPTOR, NULL);
    g_autoptr(SpTables) tables = sp_tables_read(folder, NULL, &seen->error);
    g_autoptr(json_t) descriptor =
        tables == NULL ? NULL : sp_json_read(path, MAX_DESCRIPTOR_SIZE, &seen->error);
    if (descriptor == NULL) {
        return NULL;
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        seen->findings.n_sums +=
            sp_audit_sums(table, has_own_sums(descriptor, sp_table_name(table)), seen->breaks);
    }
    seen->findings.n_tables = sp_tables_size(tables);
    const SpFormatsOf of = {.folder = folder, .tables = tables, .descriptor = descriptor};
    const gboolean is_read =
        sp_formats_examine(&of, &seen->findings.formats, seen->leaks, &seen->error);
    return is_read ? g_steal_pointer(&tables) : NULL;
}

static void examine_package(guint thread, gsize item, gpointer data)
{
    Edition *edition = data;
    Seen *seen = &edition->seen[item];
    g_autofree char *folder =
        g_build_filename(edition->folder, edition->packages->pdata[item], NULL);
    g_autoptr(SpTables) tables = look_at(folder, seen);
    (void)thread;
    g_mutex_lock(&edition->lock);
    while (edition->n_taken < item) {
        g_cond_wait(&edition->has_taken, &edition->lock);
    }
    if (tables != NULL && edition->attacked != NULL) {
        sp_attacked_take(edition->attacked, tables);
    }
    edition->n_taken++;
    g_cond_broadcast(&edition->has_taken);
    g_mutex_unlock(&edition->lock);
}

/* Adds up what was seen; the first package that could not be read is told. */
static gboolean add_findings(const Edition *edition, SpExamination *findings, GError **error)
{
    for (guint i = 0; i < edition->packages->len; i++) {
        Seen *seen = &edition->seen[i];
        if (seen->error != NULL) {
            g_propagate_prefixed_error(error, g_steal_pointer(&seen->error),
                                       "%s: ", (const char *)edition->packages->pdata[i]);
            return FALSE;
        }
        findings->n_packages++;
        findings->n_tables += seen->findings.n_tables;
        findings->n_sums += seen->findings.n_sums;
        findings->formats.n_sheets += seen->findings.formats.n_sheets;
        findings->formats.n_sections += seen->findings.formats.n_sections;
        findings->formats.n_figures += seen->findings.formats.n_figures;
    }
    return TRUE;
}

static gboolean judge(const Edition *edition, GError **error)
{
    guint n_leaks = 0, n_breaks = 0;
    const char *leak = NULL, *failed = NULL; /* the first of each */
    for (guint i = 0; i < edition->packages->len; i++) {
        const Seen *seen = &edition->seen[i];
        leak = leak == NULL && seen->leaks->len > 0 ? seen->leaks->pdata[0] : leak;
        failed = failed == NULL && seen->breaks->len > 0 ? seen->breaks->pdata[0] : failed;
        n_leaks += seen->leaks->len;
        n_breaks += seen->breaks->len;
    }
    if (leak != NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%u figures for people are not, or not so often, in the tables beside "
                            "them, the first: %s",
                            n_leaks, leak);
    }
    return failed == NULL ||
           sp_error_set(error, SP_ERROR_DATA,
                        "the published figures do not add up in %u places, the first: %s", n_breaks,
                        failed);
}

gboolean sp_edition_examine(const char *folder, guint n_threads, SpExamination *findings,
                            SpAttacked *attacked, GError **error)
{
    g_auto(Edition) edition = {0};
    edition_init(&edition, folder, attacked);
    if (!find_packages(&edition, error) || !sp_sums_check(folder, error)) {
        return FALSE;
    }
    sp_parallel(n_threads, edition.packages->len, examine_package, &edition);
    return add_findings(&edition, findings, error) && judge(&edition, error);
}
