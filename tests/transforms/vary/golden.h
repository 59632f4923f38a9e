/** Golden sets of the shared reference data: small CSVs without quotes. */
#ifndef SP_TESTS_TRANSFORMS_VARY_GOLDEN_H
#define SP_TESTS_TRANSFORMS_VARY_GOLDEN_H

#include "core/number.h"
#include "core/real.h"
#include "tests/check.h"

/** Lines of "golden/SET/FILE" split at commas, header first: char***, freed with g_ptr_array_unref.
 */
static inline GPtrArray *golden_read(const char *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder, "golden", file, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
        g_ptr_array_add(rows, g_strsplit(lines[i], ",", -1));
    }
    return rows;
}

static inline const char *golden_text(const GPtrArray *rows, guint row, guint column)
{
    return ((char **)g_ptr_array_index(rows, row))[column];
}

static inline double golden_number(const GPtrArray *rows, guint row, guint column)
{
    double value = 0.0;
    const char *text = golden_text(rows, row, column);
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    return value;
}

/** Fails unless the figure is the cell: missing where the cell is empty, the number otherwise. */
static inline void assert_golden(SpReal figure, const char *text, double tolerance)
{
    double value = 0.0;
    if (*text == '\0') {
        assert_int_equal(figure.status, SP_MISSING);
        return;
    }
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    assert_true(sp_real_is_number(figure));
    assert_near(figure.value, value, tolerance);
}

/** The same within a share of the number in the cell. */
static inline void assert_golden_share(SpReal figure, const char *text, double share)
{
    double value = 0.0;
    const gboolean is_number =
        *text != '\0' && sp_number_parse(text, strlen(text), sp_number_plain, &value);
    assert_golden(figure, text, is_number ? share * fabs(value) : share);
}

/** The value of a statistic in rows of (stat, value); fails if it is not there. */
static inline const char *golden_stat(const GPtrArray *rows, const char *stat)
{
    for (guint i = 1; i < rows->len; i++) {
        if (strcmp(golden_text(rows, i, 0), stat) == 0) {
            return golden_text(rows, i, 1);
        }
    }
    fail_msg("no statistic %s", stat);
    return "";
}

/** Observed and expected counts of the areas in golden/05_small_area_variation/input.csv. */
enum { GOLDEN_AREAS = 56 };
static inline void golden_areas(const char *folder, double observed[GOLDEN_AREAS],
                                double expected[GOLDEN_AREAS])
{
    g_autoptr(GPtrArray) rows = golden_read(folder, "05_small_area_variation/input.csv");
    assert_int_equal(rows->len, GOLDEN_AREAS + 1);
    for (guint i = 0; i < GOLDEN_AREAS; i++) {
        observed[i] = golden_number(rows, i + 1, 1);
        expected[i] = golden_number(rows, i + 1, 2);
    }
}

/** Those areas with their ratios, and what others computed of them all: rows of (stat, value). */
typedef struct {
    char *folder; /* of the shared data */
    double observed[GOLDEN_AREAS], expected[GOLDEN_AREAS], ratio[GOLDEN_AREAS];
    GPtrArray *stats;
} GoldenLip;

static inline void golden_lip_clear(GoldenLip *lip)
{
    g_clear_pointer(&lip->folder, g_free);
    g_clear_pointer(&lip->stats, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GoldenLip, golden_lip_clear)

/** Skips the test where the data are not there. */
static inline GoldenLip golden_lip(void)
{
    GoldenLip lip = {.folder = shared_folder()};
    SKIP_WITHOUT_SHARED(lip.folder);
    lip.stats = golden_read(lip.folder, "05_small_area_variation/expected.csv");
    golden_areas(lip.folder, lip.observed, lip.expected);
    for (gsize i = 0; i < GOLDEN_AREAS; i++) {
        lip.ratio[i] = lip.observed[i] / lip.expected[i];
    }
    return lip;
}

/** Areas of golden/12_need_regression/input.csv: cases, log of those expected, share who work
 * outdoors. */
static inline void golden_outdoor_work(const char *folder, double cases[GOLDEN_AREAS],
                                       double offset[GOLDEN_AREAS], double aff[GOLDEN_AREAS])
{
    g_autoptr(GPtrArray) rows = golden_read(folder, "12_need_regression/input.csv");
    assert_int_equal(rows->len, GOLDEN_AREAS + 1);
    for (guint i = 0; i < GOLDEN_AREAS; i++) {
        cases[i] = golden_number(rows, i + 1, 1);
        offset[i] = log(golden_number(rows, i + 1, 2));
        aff[i] = golden_number(rows, i + 1, 3);
    }
}

#endif
