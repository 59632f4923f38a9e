/** Rows of the table `endringer` (changes.h). */
#ifndef SP_TRANSFORMS_COMPARE_CHANGES_ROWS_H
#define SP_TRANSFORMS_COMPARE_CHANGES_ROWS_H

#include "transforms/compare/changes.h"

/** Its columns, by number. */
enum {
    SP_CHANGES_OF,
    SP_CHANGES_KEY,
    SP_CHANGES_MEASURE,
    SP_CHANGES_KIND,
    SP_CHANGES_EXTENT,
    SP_CHANGES_CAUSE,
    SP_CHANGES_CAUSE_NAMES,
    SP_CHANGES_COUNT,
    SP_CHANGES_BEFORE,
    SP_CHANGES_NOW,
};

/** `omfang` of a row of one cell. */
#define SP_CHANGES_CELL "celle"

typedef enum {
    SP_CHANGE_ARRIVED,
    SP_CHANGE_GONE,
    SP_CHANGE_HIDDEN,
    SP_CHANGE_SHOWN,
    SP_CHANGE_CHANGED,
    SP_CHANGE_MARKED,
    SP_CHANGE_N_KINDS,
    SP_CHANGE_SAME = SP_CHANGE_N_KINDS,
} SpChangeKind;

/** The codes of a row. */
typedef struct {
    const char *table;
    const char *key;
    const char *measure;
    SpChangeKind kind; /* not SAME */
    const char *extent;
    const char *cause;
    const char *cause_names;
} SpChange;

/** Adds a row of one cell whose figures are not applicable. Returns its number. */
gsize sp_changes_put(SpTable *changes, const SpChange *change);

#endif
