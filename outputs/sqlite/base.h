/** The database of a package while it is written, and its words in every language. */
#ifndef SP_OUTPUTS_SQLITE_BASE_H
#define SP_OUTPUTS_SQLITE_BASE_H

#include "core/io/sqlite.h"
#include "outputs/words.h"

enum { SP_BASE_LANGUAGES = 3 };
/** "nb", "nn", "en": the endings of columns of words. */
extern const char *const sp_base_languages[SP_BASE_LANGUAGES];

typedef struct {
    SpDatabase *database;
    const SpPackage *package;                /* borrowed */
    SpPackage translated[SP_BASE_LANGUAGES]; /* the same in each language */
    SpWords *words[SP_BASE_LANGUAGES];
} SpBase;

/** Makes the file and begins its one transaction. Errors of sp_words_new and sp_database_create. */
SpBase *sp_base_new(const SpPackage *package, const char *path, GError **error);
void sp_base_free(SpBase *base);

/** The place of the package's own language. */
gsize sp_base_language(const SpBase *base);

/** Cells of a row that is put into a table: as many texts as it has columns; NULL is NULL. */
gboolean sp_base_put(SpStatement *statement, const char *const cells[], gsize n, GError **error);
/** "INSERT INTO "TABLE" VALUES (?, ?, …)" of `n` values. */
SpStatement *sp_base_insert(SpBase *base, const char *table, gsize n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBase, sp_base_free)

#endif
