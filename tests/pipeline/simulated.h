/** A simulated country for tests: the program run, its files read. */
#ifndef SP_TESTS_PIPELINE_SIMULATED_H
#define SP_TESTS_PIPELINE_SIMULATED_H

#include "core/io/json.h"
#include "core/table.h"

/** Runs build/bin/NAME with the arguments (NULL ends them); *err is what it said, g_free (err may
 * be NULL). Returns its exit status. */
int simulated_run(char **err, const char *name, ...) G_GNUC_NULL_TERMINATED;

/** A file as text, which must be there. g_free. */
char *simulated_text(const char *folder, const char *name);
json_t *simulated_json(const char *folder, const char *name);
/** Names and SHA-256 of all files below a folder, one a line. g_free. */
char *simulated_sums(const char *folder);

/** The tables that a unit of a stage made, which must be there. */
SpTables *simulated_tables(const char *workspace, const char *stage, const char *unit);

/** A JSON-stat cube, read independently of the extractors. */
typedef struct {
    json_t *root;
    gsize size[8];
    gsize n;
} Cube;

void cube_open(Cube *cube, const char *folder, const char *name);
void cube_clear(Cube *cube);
/** Place of a code in a dimension; fails when it is not there. */
gsize cube_place(const Cube *cube, gsize dimension, const char *code);
/** Categories of a dimension in the order of their places. NULL-terminated; g_free (the texts are
 * borrowed). */
const char **cube_codes(const Cube *cube, gsize dimension);
/** The figure at a place [n]; NAN where there is a sign instead. */
double cube_at(const Cube *cube, const gsize place[]);

#endif
