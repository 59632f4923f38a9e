/**
 * The figures: a seeded model, the same for every question and every run. Counts of persons are
 * whole and add up (the country is the sum of its kommuner), shares and rates have the decimals of
 * their contents and no more.
 */
#ifndef SP_TESTS_UPSTREAM_MODEL_H
#define SP_TESTS_UPSTREAM_MODEL_H

#include "tests/upstream/table.h"

/** A figure, or the sign in its place. */
typedef struct {
    double value;
    const char *sign; /* NULL: `value` is the figure; else ".", ".." or ":" */
} FakeCell;

/**
 * The cell at place[i] of each variable i of the table. "." a code outside its lifetime, ".." a
 * kommune that did not report that year, ":" a figure of the hidden range of its contents.
 * National figures hold also those that did not report or are hidden, as SSB estimates them.
 */
FakeCell fake_model_cell(const FakeTable *table, const guint place[]);

/** Inhabitants of a kommune on 1 January; 0 outside its lifetime. */
double fake_model_people(const FakePlace *place, int year);

/** Rounded half away from zero. */
double fake_round(double value, guint decimals);

#endif
