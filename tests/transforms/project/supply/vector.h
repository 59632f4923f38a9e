/** The worked example of the reference data: keys and values of a CSV. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_SUPPLY_VECTOR_H
#define SP_TESTS_TRANSFORMS_PROJECT_SUPPLY_VECTOR_H

#include "tests/transforms/project/fixture.h"

typedef struct {
    GHashTable *values; /* key -> double* */
} Vector;

static inline void vector_read(Vector *vector, const char *shared, const char *file)
{
    g_autoptr(GPtrArray) rows = fixture_rows(shared, file);
    vector->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (*row[1] == '\0') { /* not published */
            continue;
        }
        double *value = g_new(double, 1);
        *value = fixture_number(row[1]);
        g_hash_table_insert(vector->values, g_strdup(row[0]), value);
    }
}

static inline void vector_clear(Vector *vector)
{
    g_hash_table_unref(vector->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Vector, vector_clear)

static inline G_GNUC_PRINTF(2, 3) double vector_at(const Vector *vector, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *key = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const double *value = g_hash_table_lookup(vector->values, key);
    if (value == NULL) {
        fail_msg("no key %s", key);
        return 0;
    }
    return *value;
}

#endif
