/** The question to PxWebApi v1: a JSON body of filters. */
#ifndef SP_TESTS_UPSTREAM_PXWEB1_QUERY_H
#define SP_TESTS_UPSTREAM_PXWEB1_QUERY_H

#include "tests/upstream/cube.h"

#include <jansson.h>

/**
 * Fills the axes of an empty cube from the member "query" of the body (an array of {code,
 * selection: {filter, values}}). A variable left out is eliminated where it may be, else all its
 * values come. FALSE for an error: *variable is then its code (g_free), or NULL when the question
 * itself is wrong ("Parameter error").
 */
gboolean fake_select1(FakeCube *cube, const json_t *query, char **variable);

#endif
