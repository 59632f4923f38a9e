/** The areas of a file that anybody brings, as it is asked for. */
#ifndef SP_PIPELINE_ON_FILE_AREAS_H
#define SP_PIPELINE_ON_FILE_AREAS_H

#include "pipeline/on_file.h"
#include "transforms/vary/on_file.h"

enum { SP_FILE_OBSERVED, SP_FILE_EXPECTED, SP_FILE_POPULATION, SP_FILE_FIGURES };

typedef struct {
    const SpOnFileRequest *request; /* borrowed */
    GHashTable *numbers; /* name -> its number + 1 among those that take part; 0: left out */
    GHashTable *groups;  /* code -> number */
    GPtrArray *names;    /* of those that take part, owned by `numbers` */
    GArray *group;       /* guint */
    GArray *figures[SP_FILE_FIGURES]; /* double */
    GArray *links;                    /* SpLink */
    GString *left_out;                /* names, the first of them */
    guint n_left_out;
} SpFileAreas;

/** `request` is borrowed until the clearing. */
void sp_file_areas_init(SpFileAreas *areas, const SpOnFileRequest *request);
void sp_file_areas_clear(SpFileAreas *areas);

/** Reads the file and the neighbours. Errors: as sp_on_file_answer; the areas are then to be
 * cleared all the same. */
gboolean sp_file_areas_read(SpFileAreas *areas, GError **error);

/** Those that take part, as the measures take them; borrowed from `areas`. */
SpOnFile sp_file_areas_view(const SpFileAreas *areas);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpFileAreas, sp_file_areas_clear)

#endif
