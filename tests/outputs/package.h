/** A small package for the tests of formats: real texts of config/, few rows, every status and
 * flag, and hostile texts. */
#ifndef SP_TESTS_OUTPUTS_PACKAGE_H
#define SP_TESTS_OUTPUTS_PACKAGE_H

#include "outputs/output.h"

/** A package with all it borrows. Tables: befolkning (bands), ettaarig (one-year ages), aarsverk
 * (all statuses and flags), kilder (hostile texts). */
typedef struct {
    SpPackage package;
    SpTables *tables;
    SpTable *regions;
    SpTable *origins; /* befolkning is of the first source; of no other table it is known */
    SpTable *catalogue;
    SpTable *units;
    SpTable *indicators;
    SpTable *file_types;
    SpTable *vocabulary;
    SpTexts *texts;
} SpTestPackage;

/** Fails the test when config/ cannot be read. `language` is nb or nn. */
SpTestPackage *sp_test_package_new(const char *language);
void sp_test_package_free(SpTestPackage *package);

/** Hostile texts, NULL-terminated: they stand as titles of sources and, the first few, as names of
 * kommuner. */
extern const char *const sp_test_hostile[];

/** Says of a table in a column of the catalogue. */
void sp_test_catalogue_set(SpTable *catalogue, const char *table, const char *column,
                           const char *text);

/** A CSV of the project's config/ as code columns. */
SpTable *sp_test_config_read(const char *name);
/** Settings that a format may read: limits, licences and the project's template. `assignment`
 * replaces one of them, NULL for none. */
SpConfig *sp_test_config(const char *assignment);

/** Runs a format into a new temporary folder, whose path is returned (g_free;
 * sp_test_folder_remove). */
char *sp_test_write(const SpOutput *output, const SpPackage *package, const char *assignment);
/** What a group of tests looks at: *state of those that write a format once. */
typedef struct {
    SpTestPackage *package;
    char *folder;
} SpTestWritten;

/** Writes a package, which it takes. */
SpTestWritten *sp_test_written_new(const SpOutput *output, SpTestPackage *package);
int sp_test_written_clean(void **state);
/** Writes a package again in another time zone and locale: every file is as it is in `folder`. */
void sp_test_assert_same_again(const SpOutput *output, const SpPackage *package,
                               const char *folder);
/** The error of a run that must fail. */
GError *sp_test_write_fails(const SpOutput *output, const SpPackage *package,
                            const char *assignment);
void sp_test_folder_remove(char *folder);
/** A file of such a folder, NUL-terminated. g_free. */
char *sp_test_file(const char *folder, const char *name, gsize *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTestPackage, sp_test_package_free)

#endif
