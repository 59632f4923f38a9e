/* Sets of columns, and of codes. */
#include "transforms/protect/crossings.h"

#include "core/error.h"
#include "core/regions.h"

#include <string.h>

#define FILE_NAME "config/skjermingskryss.csv"

/* Columns told at once. */
typedef struct {
    char **
        *codes; /* [n columns] NULL: the column is not among them; an empty list: all its codes */
    gsize n;
} Crossing;

struct SpCrossings {
    GPtrArray *of_kommuner; /* Crossing*; empty: everything is told */
    GPtrArray *of_fylker;
};

static void crossing_free(gpointer data)
{
    Crossing *crossing = data;
    for (gsize i = 0; i < crossing->n; i++) {
        g_strfreev(crossing->codes[i]);
    }
    g_free(crossing->codes);
    g_free(crossing);
}

static Crossing *crossing_read(const char *text, const char *const columns[], gsize n,
                               GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    Crossing *crossing = g_new(Crossing, 1);
    *crossing = (Crossing){.codes = g_new0(char **, n + 1), .n = n};
    for (char **word = words; *word != NULL; word++) {
        g_auto(GStrv) halves = g_strsplit(*word, "=", 2);
        gsize place = 0;
        while (place < n && strcmp(columns[place], halves[0]) != 0) {
            place++;
        }
        if (place == n) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         FILE_NAME ": \"%s\": its table has no sums by that column", halves[0]);
            crossing_free(crossing);
            return NULL;
        }
        g_strfreev(crossing->codes[place]);
        crossing->codes[place] = g_strsplit(halves[1] != NULL ? halves[1] : "", "|", -1);
    }
    return crossing;
}

/* Takes the crossing. */
static gboolean add(SpCrossings *crossings, const char *level, Crossing *crossing, GError **error)
{
    if (crossing == NULL) {
        return FALSE;
    }
    if (strcmp(level, "kommune") != 0 && strcmp(level, "fylke") != 0) {
        crossing_free(crossing);
        return sp_error_set(error, SP_ERROR_CONFIG,
                            FILE_NAME ": level is \"%s\", want kommune or fylke", level);
    }
    g_ptr_array_add(*level == 'k' ? crossings->of_kommuner : crossings->of_fylker, crossing);
    return TRUE;
}

SpCrossings *sp_crossings_new(const SpTable *rows, const char *table, const char *const columns[],
                              gsize n, GError **error)
{
    static const char *const names[] = {"table", "level", "columns"};
    gsize at[G_N_ELEMENTS(names)];
    g_autoptr(SpCrossings) crossings = g_new(SpCrossings, 1);
    *crossings = (SpCrossings){.of_kommuner = g_ptr_array_new_with_free_func(crossing_free),
                               .of_fylker = g_ptr_array_new_with_free_func(crossing_free)};
    if (rows == NULL) {
        return g_steal_pointer(&crossings);
    }
    if (!sp_table_need_all(rows, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(rows); row++) {
        if (strcmp(sp_table_code(rows, row, at[0]), table) == 0 &&
            !add(crossings, sp_table_code(rows, row, at[1]),
                 crossing_read(sp_table_code(rows, row, at[2]), columns, n, error), error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&crossings);
}

void sp_crossings_free(SpCrossings *crossings)
{
    if (crossings != NULL) {
        g_ptr_array_unref(crossings->of_kommuner);
        g_ptr_array_unref(crossings->of_fylker);
        g_free(crossings);
    }
}

static gboolean is_within(const Crossing *crossing, const char *const codes[])
{
    for (gsize i = 0; i < crossing->n; i++) {
        const char *const *allowed = (const char *const *)crossing->codes[i];
        if (codes[i] != NULL &&
            (allowed == NULL || (*allowed != NULL && !g_strv_contains(allowed, codes[i])))) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_crossings_tell(const SpCrossings *crossings, const char *region,
                           const char *const codes[])
{
    const SpRegionKind kind = sp_region_kind(region);
    const GPtrArray *sets = kind == SP_REGION_KOMMUNE ? crossings->of_kommuner
                            : kind == SP_REGION_FYLKE ? crossings->of_fylker
                                                      : NULL;
    gboolean is_told = sets == NULL || sets->len == 0;
    for (guint i = 0; !is_told && i < sets->len; i++) {
        is_told = is_within(sets->pdata[i], codes);
    }
    return is_told;
}
