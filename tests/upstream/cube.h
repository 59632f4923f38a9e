/** What was asked of a table: for each variable the values and sums that are wanted. */
#ifndef SP_TESTS_UPSTREAM_CUBE_H
#define SP_TESTS_UPSTREAM_CUBE_H

#include "tests/upstream/model.h"

typedef struct {
    const char *code; /* borrowed from the table */
    const char *text;
    GArray *places; /* guint: the values it is the sum of */
} FakeItem;

typedef struct {
    const FakeVariable *variable;
    GPtrArray *items;   /* FakeItem* */
    gboolean is_hidden; /* eliminated: one item, not shown */
} FakeAxis;

typedef struct {
    const FakeTable *table;
    GPtrArray *axes; /* FakeAxis*, in the order of the variables */
} FakeCube;

/** All axes empty. The table is borrowed. */
FakeCube *fake_cube_new(const FakeTable *table);
void fake_cube_free(FakeCube *cube);
FakeAxis *fake_cube_axis(const FakeCube *cube, guint variable);

/** One value of the variable. A value that is there already is not added again. */
void fake_axis_add(FakeAxis *axis, guint place);
/** The sum of a group of a code list; codes that vanished are left out of it. */
void fake_axis_add_group(FakeAxis *axis, const FakeGroup *group);
/** All values. */
void fake_axis_add_all(FakeAxis *axis);
/** Takes the variable out: its total if it has one (of regions, the country), else the sum of its
 * values. */
void fake_axis_eliminate(FakeAxis *axis);
/** Into the order of the metadata, as the servers answer. */
void fake_axis_sort(FakeAxis *axis);

guint64 fake_cube_size(const FakeCube *cube);
/** The cell of item counter[i] of each axis i. A sum skips "." and passes on ":" and "..". */
FakeCell fake_cube_cell(const FakeCube *cube, const guint counter[]);
/** Decimals of the contents at counter. */
guint fake_cube_decimals(const FakeCube *cube, const guint counter[]);
/** The next cell, the last axis fastest; FALSE after the last. */
gboolean fake_cube_next(const FakeCube *cube, guint counter[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeCube, fake_cube_free)

#endif
