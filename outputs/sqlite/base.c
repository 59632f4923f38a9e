/* The database while it is written. */
#include "outputs/sqlite/base.h"

#include "core/io/files.h"

#include <string.h>

const char *const sp_base_languages[SP_BASE_LANGUAGES] = {"nb", "nn", "en"};

/* Pages of 8 KiB hold a row of the widest table whole. "SPak"; the version is of our schema. */
static const SpDatabaseForm form = {.mode = SP_MODE_PUBLIC_FILE,
                                    .page_size = 8192,
                                    .application_id = 0x5350616B,
                                    .user_version = 1};

SpBase *sp_base_new(const SpPackage *package, const char *path, GError **error)
{
    g_autoptr(SpBase) base = g_new0(SpBase, 1);
    base->package = package;
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        base->translated[i] = *package;
        base->translated[i].language = sp_base_languages[i];
        base->words[i] = sp_words_new(&base->translated[i], error);
        if (base->words[i] == NULL) {
            return NULL;
        }
    }
    base->database = sp_database_create(path, &form, error);
    return base->database != NULL && sp_database_run(base->database, "BEGIN", error)
               ? g_steal_pointer(&base)
               : NULL;
}

void sp_base_free(SpBase *base)
{
    if (base == NULL) {
        return;
    }
    for (gsize i = 0; i < SP_BASE_LANGUAGES; i++) {
        sp_words_free(base->words[i]);
    }
    sp_database_close(base->database);
    g_free(base);
}

gsize sp_base_language(const SpBase *base)
{
    gsize i = 0;
    while (i + 1 < SP_BASE_LANGUAGES &&
           strcmp(sp_base_languages[i], base->package->language) != 0) {
        i++;
    }
    return i;
}

SpStatement *sp_base_insert(SpBase *base, const char *table, gsize n, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_string_append_printf(sql, "INSERT INTO \"%s\" VALUES (", table);
    for (gsize i = 0; i < n; i++) {
        g_string_append(sql, i > 0 ? ", ?" : "?");
    }
    g_string_append(sql, ")");
    return sp_statement_new(base->database, sql->str, error);
}

gboolean sp_base_put(SpStatement *statement, const char *const cells[], gsize n, GError **error)
{
    for (gsize i = 0; i < n; i++) {
        sp_statement_bind_text(statement, (int)i + 1, cells[i]);
    }
    return sp_statement_run(statement, error);
}
