/** What the files of `words` share. */
#ifndef SP_OUTPUTS_WORDS_PARTS_H
#define SP_OUTPUTS_WORDS_PARTS_H

#include "outputs/words.h"

struct SpWords {
    const SpPackage *package;
    GHashTable *regions;    /* code -> name, borrowed */
    GHashTable *indicators; /* id -> name, borrowed */
    GHashTable *lists;      /* name of a code column -> its list of codes without a version, or its
                               own name without one; "" where tables differ. Both owned */
    SpUnits *units;
    char *notices;
    char day[SP_DAY_SIZE];
};

#endif
