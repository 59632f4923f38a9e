/** The input of golden set 11: 416 kommuner, x1 = year t, x2 = the year before. */
#ifndef SP_TESTS_TRANSFORMS_NORMALISE_CONTROLS_KOSTRA_H
#define SP_TESTS_TRANSFORMS_NORMALISE_CONTROLS_KOSTRA_H

#include "tests/transforms/vary/golden.h"

#define KOSTRA_SET "11_kostra_controls/"

typedef struct {
    gsize n;
    char **ids;
    char **strata;
    SpReal *x1;
    SpReal *x2;
} Kostra;

static inline SpReal kostra_figure(const char *text)
{
    double value = 0.0;
    if (*text == '\0') {
        return sp_real_none(SP_MISSING);
    }
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    return sp_real(value);
}

static inline void kostra_clear(Kostra *kostra)
{
    g_strfreev(kostra->ids);
    g_strfreev(kostra->strata);
    g_free(kostra->x1);
    g_free(kostra->x2);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Kostra, kostra_clear)

/** `file` has region, then the stratum if it has one, then x1 and x2. Only units of `stratum`,
 * NULL: all. */
static inline Kostra kostra_read(const char *folder, const char *file, gboolean has_strata,
                                 const char *stratum)
{
    g_autofree char *path = g_strconcat(KOSTRA_SET, file, NULL);
    g_autoptr(GPtrArray) rows = golden_read(folder, path);
    Kostra kostra = {.ids = g_new0(char *, rows->len + 1),
                     .strata = g_new0(char *, rows->len + 1),
                     .x1 = g_new0(SpReal, rows->len + 1),
                     .x2 = g_new0(SpReal, rows->len + 1)};
    guint first = has_strata ? 2 : 1;
    for (guint i = 1; i < rows->len; i++) {
        const char *own = has_strata ? golden_text(rows, i, 1) : "1";
        if (stratum == NULL || strcmp(own, stratum) == 0) {
            kostra.ids[kostra.n] = g_strdup(golden_text(rows, i, 0));
            kostra.strata[kostra.n] = g_strdup(own);
            kostra.x1[kostra.n] = kostra_figure(golden_text(rows, i, first));
            kostra.x2[kostra.n] = kostra_figure(golden_text(rows, i, first + 1));
            kostra.n++;
        }
    }
    return kostra;
}

/** The unit of an id; fails if there is none. */
static inline gsize kostra_find(const Kostra *kostra, const char *id)
{
    for (gsize i = 0; i < kostra->n; i++) {
        if (strcmp(kostra->ids[i], id) == 0) {
            return i;
        }
    }
    fail_msg("no unit %s", id);
    return 0;
}

/** Relative tolerance as the set's README states it. */
static inline void assert_as_golden(double actual, const char *text)
{
    double wanted = 0.0;
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &wanted));
    assert_near(actual, wanted, 1e-8 * fabs(wanted) + 1e-12);
}

#endif
