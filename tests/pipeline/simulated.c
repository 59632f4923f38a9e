/* A simulated country for tests. */
#include "tests/pipeline/simulated.h"

#include "tests/check.h"

#include "core/hash.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"

#include <sys/wait.h>

enum { MAX_SIZE = 512 * 1024 * 1024 };

int simulated_run(char **err, const char *name, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    va_list more;
    g_ptr_array_add(arguments, g_build_filename(g_getenv("SP_BIN"), name, NULL));
    va_start(more, name);
    for (const char *argument = va_arg(more, const char *); argument != NULL;
         argument = va_arg(more, const char *)) {
        g_ptr_array_add(arguments, g_strdup(argument));
    }
    va_end(more);
    g_ptr_array_add(arguments, NULL);
    (void)g_spawn_sync(NULL, (char **)arguments->pdata, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                       NULL, NULL, &said, &status, &error);
    assert_no_error(error);
    assert_true(WIFEXITED(status));
    if (err != NULL) {
        *err = g_steal_pointer(&said);
    }
    return WEXITSTATUS(status);
}

char *simulated_text(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    char *text = sp_file_read(path, MAX_SIZE, &size, &error);
    assert_no_error(error);
    return text;
}

json_t *simulated_json(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    json_t *document = sp_json_read(path, MAX_SIZE, &error);
    assert_no_error(error);
    return document;
}

char *simulated_sums(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = sp_folder_walk(folder, &error);
    assert_no_error(error);
    GString *sums = g_string_new(NULL);
    for (char **name = names; *name != NULL; name++) {
        char hex[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        assert_true(sp_file_hash(path, hex, NULL));
        g_string_append_printf(sums, "%s  %s\n", hex, *name);
    }
    return g_string_free(sums, FALSE);
}

SpTables *simulated_tables(const char *workspace, const char *stage, const char *unit)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_build_filename(workspace, "stages", stage, unit, NULL);
    g_autofree char *link = g_build_filename(folder, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    if (key == NULL) {
        fail_msg("%s of %s was not made", unit, stage);
    }
    g_autofree char *made = g_build_filename(folder, key, NULL);
    SpTables *tables = sp_tables_read(made, NULL, &error);
    assert_no_error(error);
    return tables;
}

static json_t *dimension_of(const Cube *cube, gsize dimension)
{
    const char *id =
        json_string_value(json_array_get(json_object_get(cube->root, "id"), dimension));
    json_t *category =
        json_object_get(json_object_get(json_object_get(cube->root, "dimension"), id), "category");
    return json_object_get(category, "index");
}

void cube_open(Cube *cube, const char *folder, const char *name)
{
    cube->root = simulated_json(folder, name);
    json_t *size = json_object_get(cube->root, "size");
    gsize all = 1;
    cube->n = json_array_size(size);
    assert_true(cube->n > 0 && cube->n <= G_N_ELEMENTS(cube->size));
    for (gsize i = 0; i < cube->n; i++) {
        cube->size[i] = (gsize)json_integer_value(json_array_get(size, i));
        all *= cube->size[i];
    }
    assert_int_equal(json_array_size(json_object_get(cube->root, "value")), all);
}

void cube_clear(Cube *cube)
{
    json_decref(cube->root);
}

gsize cube_place(const Cube *cube, gsize dimension, const char *code)
{
    json_t *place = json_object_get(dimension_of(cube, dimension), code);
    if (place == NULL) {
        fail_msg("no category %s", code);
    }
    return (gsize)json_integer_value(place);
}

const char **cube_codes(const Cube *cube, gsize dimension)
{
    const char **codes = g_new0(const char *, cube->size[dimension] + 1);
    const char *code = NULL;
    json_t *place = NULL;
    json_object_foreach(dimension_of(cube, dimension), code, place)
    {
        codes[json_integer_value(place)] = code;
    }
    return codes;
}

double cube_at(const Cube *cube, const gsize place[])
{
    gsize at = 0;
    for (gsize i = 0; i < cube->n; i++) {
        at = at * cube->size[i] + place[i];
    }
    json_t *value = json_array_get(json_object_get(cube->root, "value"), at);
    g_autofree char *key = g_strdup_printf("%" G_GSIZE_FORMAT, at);
    /* A cell has a figure or a sign, never both, never neither. */
    assert_true(json_is_number(value) ==
                (json_object_get(json_object_get(cube->root, "status"), key) == NULL));
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}
