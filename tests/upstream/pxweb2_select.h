/** The question to PxWebApi v2: the same from an address and from a body. */
#ifndef SP_TESTS_UPSTREAM_PXWEB2_SELECT_H
#define SP_TESTS_UPSTREAM_PXWEB2_SELECT_H

#include "tests/upstream/cube.h"

typedef struct {
    char *variable;
    char *codelist;    /* NULL or "": none */
    GPtrArray *codes;  /* char*: codes and expressions */
    gboolean is_given; /* codes were, though the list may be empty */
} FakeChoice;

void fake_choice_free(gpointer choice);
/** The choice of a variable, made when it is new. */
FakeChoice *fake_choice_of(GPtrArray *choices, const char *variable);
/** Splits a list of an address at commas outside brackets, and takes a pair of brackets off each
 * piece. */
void fake_choice_split(FakeChoice *choice, const char *text);

typedef enum {
    FAKE_SELECTED,
    FAKE_NO_VARIABLE,
    FAKE_NO_VALUE,
    FAKE_NO_CODELIST,
    FAKE_ILLEGAL_EXPRESSION,
    FAKE_ILLEGAL_SELECTION,
    FAKE_MISSING_SELECTION,
    FAKE_REPEATED, /* 500 without a body */
} FakeSelected;

/** Fills the axes of an empty cube. No choice at all is the default selection. */
FakeSelected fake_select2(FakeCube *cube, GPtrArray *choices);

#endif
