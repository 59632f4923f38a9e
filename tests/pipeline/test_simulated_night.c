/* A whole night on simulated extracts: from statpakke simulate to packages, each file of which says what it is. */
#include "tests/check.h"
#include "tests/pipeline/simulated.h"

#include "core/io/files.h"

#include <zip.h>

#define NOTICE "SYNTETISKE DATA"

static gboolean holds(const char *bytes, gsize size)
{
    return memmem(bytes, size, NOTICE, strlen(NOTICE)) != NULL;
}

/* The bytes of an entry. g_free. */
static char *entry(zip_t *archive, zip_int64_t i, gsize *size)
{
    zip_stat_t stat;
    assert_int_equal(zip_stat_index(archive, (zip_uint64_t)i, 0, &stat), 0);
    char *bytes = g_malloc(stat.size + 1);
    zip_file_t *file = zip_fopen_index(archive, (zip_uint64_t)i, 0);
    assert_non_null(file);
    assert_true(zip_fread(file, bytes, stat.size) == (zip_int64_t)stat.size);
    assert_int_equal(zip_fclose(file), 0);
    *size = stat.size;
    return bytes;
}

/* Every sheet of a workbook says it. */
static void check_workbook(const char *path)
{
    zip_t *archive = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(archive);
    gsize n_sheets = 0;
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); i++) {
        const char *name = zip_get_name(archive, (zip_uint64_t)i, 0);
        if (g_str_has_prefix(name, "xl/worksheets/sheet")) {
            gsize size = 0;
            g_autofree char *bytes = entry(archive, i, &size);
            if (!holds(bytes, size)) {
                fail_msg("%s: %s does not say it", path, name);
            }
            n_sheets++;
        }
    }
    assert_true(n_sheets > 3);
    (void)zip_close(archive);
}

/* Every entry of a package's archive is a file of its folder, byte for byte: what the folder says the archive says. */
static void check_archive(const char *packages, const char *name)
{
    g_autofree char *path = g_build_filename(packages, name, NULL);
    zip_t *archive = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(archive);
    assert_true(zip_get_num_entries(archive, 0) > 5);
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); i++) {
        gsize size = 0;
        gsize other_size = 0;
        g_autofree char *bytes = entry(archive, i, &size);
        g_autofree char *file =
            g_build_filename(packages, zip_get_name(archive, (zip_uint64_t)i, 0), NULL);
        g_autoptr(GError) error = NULL;
        g_autofree char *other = sp_file_read(file, 1U << 30, &other_size, &error);
        assert_no_error(error);
        assert_int_equal(size, other_size);
        assert_memory_equal(bytes, other, size);
    }
    (void)zip_close(archive);
}

static void check_packages(const char *packages)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = sp_folder_walk(packages, &error);
    assert_no_error(error);
    gsize n_said = 0;
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename(packages, *name, NULL);
        gsize size = 0;
        if (g_str_has_suffix(*name, ".zip")) {
            check_archive(packages, *name);
        } else if (g_str_has_suffix(*name, ".xlsx")) {
            check_workbook(path);
        } else {
            g_autofree char *bytes = sp_file_read(path, 1U << 30, &size, &error);
            assert_no_error(error);
            if (!holds(bytes, size)) {
                fail_msg("%s does not say %s", *name, NOTICE);
            }
        }
        n_said++;
    }
    assert_true(n_said > 80); /* sixteen packages of five files and more */
}

static void run_or_fail(const char *folder, const char *name, const char *a, const char *b,
                        const char *c)
{
    g_autofree char *workspace = g_build_filename(folder, "ws", NULL);
    g_autofree char *err = NULL;
    int status = simulated_run(&err, name, "--workspace", workspace, a, b, c, NULL);
    if (status != 0) {
        fail_msg("%s: exit %d: %s", name, status, err);
    }
}

static void simulated_extracts_become_packages_that_say_so_in_every_file(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("statpakke-night-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(folder, "out", NULL);
    g_autofree char *conf = g_build_filename(out, "simulert.conf", NULL);
    g_autofree char *inbox = g_build_filename(out, "inbox", NULL);
    g_autofree char *target = g_build_filename(folder, "ws", NULL);
    g_autofree char *packages = g_build_filename(target, "current", NULL);
    g_autofree char *said = NULL;
    assert_int_equal(simulated_run(&said, "statpakke-simulate", "--scale", "0.001", "--years",
                                   "2022-2025", "--out", out, NULL),
                     0);
    /* Each dataset is marked: one section, one mark. */
    g_autofree char *settings = simulated_text(out, "simulert.conf");
    gsize n_sections = 0;
    gsize n_marks = 0;
    g_auto(GStrv) lines = g_strsplit(settings, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        n_sections += **line == '[' && strchr(*line, '/') != NULL;
        n_marks += strcmp(*line, "synthetic = yes") == 0;
    }
    assert_true(n_sections >= 9);
    assert_int_equal(n_sections, n_marks);
    run_or_fail(folder, "statpakke-init", "--config", conf, "--set=project.horizon=2030");
    const char *copy[] = {"cp", "-r", inbox, target, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                             &status, NULL));
    assert_int_equal(status, 0);
    run_or_fail(folder, "statpakke-run", NULL, NULL, NULL);
    check_packages(packages);
    g_autofree char *aarsverk = simulated_text(packages, "nasjonal/data/aarsverk.csv");
    assert_non_null(strstr(aarsverk, ",logoped,"));
    assert_true(sp_folder_remove(folder, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulated_extracts_become_packages_that_say_so_in_every_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
