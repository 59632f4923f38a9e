/* Looking at an edition from outside. */
#include "pipeline/examine.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "core/parallel.h"
#include "outputs/archive/sums.h"
#include "outputs/output.h"
#include "transforms/audit/sums.h"

#include <pthread.h>
#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

void sp_examination_clear(SpExamination *findings)
{
    sp_signature_told_clear(&findings->told);
}

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
    const SpPublicKey *key; /* NULL: signatures are not looked at */
    pthread_mutex_t lock;   /* not GMutex, which tsan cannot see */
    pthread_cond_t has_taken;
    gsize n_taken;
} Edition;

static void edition_init(Edition *edition, const char *folder, SpAttacked *attacked)
{
    edition->folder = folder;
    edition->attacked = attacked;
    edition->packages = g_ptr_array_new_with_free_func(g_free);
    pthread_mutex_init(&edition->lock, NULL);
    pthread_cond_init(&edition->has_taken, NULL);
}

static void edition_clear(Edition *edition)
{
    for (guint i = 0; edition->seen != NULL && i < edition->packages->len; i++) {
        g_ptr_array_unref(edition->seen[i].breaks);
        g_ptr_array_unref(edition->seen[i].leaks);
        g_clear_error(&edition->seen[i].error);
        sp_examination_clear(&edition->seen[i].findings);
    }
    g_free(edition->seen);
    g_ptr_array_unref(edition->packages);
    pthread_mutex_destroy(&edition->lock);
    pthread_cond_destroy(&edition->has_taken);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Edition, edition_clear)

static void make_room(Edition *edition)
{
    edition->seen = g_new0(Seen, edition->packages->len);
    for (guint i = 0; i < edition->packages->len; i++) {
        edition->seen[i].breaks = g_ptr_array_new_with_free_func(g_free);
        edition->seen[i].leaks = g_ptr_array_new_with_free_func(g_free);
    }
}

static gboolean find_packages(Edition *edition, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(edition->folder, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(edition->folder, *name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            g_ptr_array_add(edition->packages, g_strdup(*name));
        }
    }
    if (names != NULL && edition->packages->len == 0) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "%s has no package: it is no edition; name the folder of one",
                            edition->folder);
    }
    make_room(edition);
    return names != NULL;
}

/* A package within an edition of before packages had sums of their own is checked by the edition's.
 */
static gboolean check_sums(const SpTree *package, const SpPublicKey *key, gboolean is_alone,
                           Seen *seen)
{
    GError **error = &seen->error;
    if (!is_alone && !sp_tree_has(package, SP_SUMS_NAME)) {
        return TRUE;
    }
    return (key == NULL || sp_signature_check(key, package, &seen->findings.told, error)) &&
           sp_sums_check_tree(package, error);
}

/* The bytes are signed, and so is which package of which edition they are: neither an older one nor
 * one of another region passes for it. */
static gboolean check_told(const SpTree *package, const json_t *descriptor,
                           const SpSignatureTold *told, GError **error)
{
    const char *name = json_string_value(json_object_get(descriptor, "name"));
    const char *edition = json_string_value(json_object_get(descriptor, "version"));
    if (told->edition == NULL ||
        (strcmp(told->folder, name) == 0 && strcmp(told->edition, edition) == 0)) {
        return TRUE;
    }
    g_autofree char *path = sp_tree_path(package, SP_TABLES_DESCRIPTOR);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: it is %s of edition %s, and was signed as %s of edition %s; fetch it "
                        "from where it was published",
                        path, name, edition, told->folder[0] != '\0' ? told->folder : "all",
                        told->edition);
}

static json_t *read_descriptor(const SpTree *package, GError **error)
{
    gsize size = 0;
    g_autofree char *path = sp_tree_path(package, SP_TABLES_DESCRIPTOR);
    g_autofree char *text =
        sp_tree_read(package, SP_TABLES_DESCRIPTOR, MAX_DESCRIPTOR_SIZE, &size, error);
    return text == NULL ? NULL : sp_json_parse(text, size, path, error);
}

/* What config/schemas/statistikkpakke-1.schema.json asks of the package itself; what it asks of the
 * tables is asked when they are read. */
static gboolean check_descriptor(const SpTree *package, const json_t *descriptor, GError **error)
{
    static const char *const needed[] = {"name",    "title",       "version",
                                         "created", "sp:language", "sp:region"};
    const json_t *version = json_object_get(descriptor, "sp:schema");
    g_autofree char *path = sp_tree_path(package, SP_TABLES_DESCRIPTOR);
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (!json_is_string(json_object_get(descriptor, needed[i]))) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: \"%s\" is not there or no text: it is no statistikkpakke",
                                path, needed[i]);
        }
    }
    /* Before there was a version there was this form. */
    return version == NULL ||
           (json_is_string(version) && g_str_has_prefix(json_string_value(version), "1.")) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: its form is not version " SP_PACKAGE_VERSION
                        " or one that goes with it; a newer statpakke can read it",
                        path);
}

/* The package's tables; NULL with the error set in `seen`. */
static SpTables *look_at(const SpTree *package, Seen *seen)
{
    g_autoptr(SpTables) tables = sp_tables_read_tree(package, &seen->error);
    g_autoptr(json_t) descriptor = tables == NULL ? NULL : read_descriptor(package, &seen->error);
    const char *folder = sp_tree_folder(package);
    if (descriptor == NULL || !check_descriptor(package, descriptor, &seen->error) ||
        !check_told(package, descriptor, &seen->findings.told, &seen->error)) {
        return NULL;
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        seen->findings.n_sums +=
            sp_audit_sums(table, has_own_sums(descriptor, sp_table_name(table)), seen->breaks);
    }
    seen->findings.n_tables = sp_tables_size(tables);
    const SpFormatsOf of = {.folder = folder, .tables = tables, .descriptor = descriptor};
    const gboolean is_read = folder == NULL || sp_formats_examine(&of, &seen->findings.formats,
                                                                  seen->leaks, &seen->error);
    return is_read ? g_steal_pointer(&tables) : NULL;
}

static void examine_package(guint thread, gsize item, gpointer data)
{
    Edition *edition = data;
    Seen *seen = &edition->seen[item];
    g_autofree char *folder =
        g_build_filename(edition->folder, edition->packages->pdata[item], NULL);
    g_autoptr(SpTree) package = sp_tree_of_folder(folder);
    g_autoptr(SpTables) tables =
        check_sums(package, edition->key, FALSE, seen) ? look_at(package, seen) : NULL;
    (void)thread;
    pthread_mutex_lock(&edition->lock);
    while (edition->n_taken < item) {
        pthread_cond_wait(&edition->has_taken, &edition->lock);
    }
    if (tables != NULL && edition->attacked != NULL) {
        sp_attacked_take(edition->attacked, tables);
    }
    edition->n_taken++;
    pthread_cond_broadcast(&edition->has_taken);
    pthread_mutex_unlock(&edition->lock);
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
        findings->formats.n_files += seen->findings.formats.n_files;
        findings->formats.n_figures += seen->findings.formats.n_figures;
    }
    return TRUE;
}

/* Each package is of the edition that all were signed as. */
static gboolean is_of_one(const Edition *edition, const SpSignatureTold *told, GError **error)
{
    for (guint i = 0; i < edition->packages->len; i++) {
        const char *name = edition->packages->pdata[i];
        const SpSignatureTold *own = &edition->seen[i].findings.told;
        if (told->folder[0] != '\0' ||
            (own->edition != NULL && strcmp(own->edition, told->edition) != 0) ||
            (own->edition != NULL && strcmp(own->folder, name) != 0)) {
            return sp_error_set(
                error, SP_ERROR_DATA,
                "%s/%s: it was signed as %s of edition %s, and what lies around it "
                "as %s of edition %s; fetch the edition from where it was published",
                edition->folder, name, own->edition != NULL ? own->folder : "no package",
                own->edition != NULL ? own->edition : "none",
                told->folder[0] != '\0' ? told->folder : "all", told->edition);
        }
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

gboolean sp_edition_examine(const char *folder, guint n_threads, const SpPublicKey *key,
                            SpExamination *findings, SpAttacked *attacked, GError **error)
{
    g_auto(Edition) edition = {0};
    g_autoptr(SpTree) tree = sp_tree_of_folder(folder);
    edition_init(&edition, folder, attacked);
    edition.key = key;
    if (!find_packages(&edition, error) ||
        (key != NULL && !sp_signature_check(key, tree, &findings->told, error)) ||
        !sp_sums_check_tree(tree, error)) {
        return FALSE;
    }
    sp_parallel(n_threads, edition.packages->len, examine_package, &edition);
    return add_findings(&edition, findings, error) &&
           (key == NULL || is_of_one(&edition, &findings->told, error)) && judge(&edition, error);
}

gboolean sp_package_examine(const SpTree *package, const SpPublicKey *key, SpExamination *findings,
                            GError **error)
{
    g_auto(Edition) alone = {0};
    g_autofree char *path = sp_tree_path(package, "");
    edition_init(&alone, path, NULL);
    g_ptr_array_add(alone.packages, g_path_get_basename(path));
    make_room(&alone);
    Seen *seen = &alone.seen[0];
    if (check_sums(package, key, TRUE, seen)) {
        sp_tables_free(look_at(package, seen));
    }
    findings->told = seen->findings.told;
    seen->findings.told = (SpSignatureTold){0};
    return add_findings(&alone, findings, error) && judge(&alone, error);
}
