/**
 * SQLite: a connection, statements, and errors in our form. No type of SQLite's shows.
 *
 * Errors, each naming the file and SQLite's words: SP_ERROR_DATA (not a database, damaged, a
 * constraint broken), SP_ERROR_IO (a full disk too), SP_ERROR_TRY_LATER (another process held it
 * for longer than 10 s), SP_ERROR_PERMISSION, SP_ERROR_CANT_CREATE, SP_ERROR_BUG (our SQL is
 * wrong).
 */
#ifndef SP_CORE_IO_SQLITE_H
#define SP_CORE_IO_SQLITE_H

#include <glib.h>

typedef struct SpDatabase SpDatabase;
typedef struct SpStatement SpStatement;

/** Opens or creates (SP_MODE_PRIVATE_FILE); foreign keys on, busy timeout 10 s, rollback
 * journal, `synchronous` FULL. */
SpDatabase *sp_database_open(const char *path, GError **error);
/** Read-only; SP_ERROR_NO_INPUT if it is not there. What a writer that was killed left half-done is
 * undone first, where the file may be written to. */
SpDatabase *sp_database_open_readonly(const char *path, GError **error);
/** How a database looks that is written once and then only read. */
typedef struct {
    guint mode;            /* of the file, whatever the umask */
    guint page_size;       /* bytes: a power of two from 512 to 65536 */
    gint32 application_id; /* what file(1) knows the kind of file by */
    gint32 user_version;   /* of the schema */
} SpDatabaseForm;
/** A new file (the name must not exist: SP_ERROR_CANT_CREATE) without journal and fsync, to be made
 * in an unfinished folder: after any error it is to be thrown away. Foreign keys are not held
 * against each other. For one thread at a time. The same statements in the same transactions by the
 * same library make the same bytes. */
SpDatabase *sp_database_create(const char *path, const SpDatabaseForm *form, GError **error);
/** Statements must have been freed before. */
void sp_database_close(SpDatabase *database);
/** Runs one or more statements without results. After an error the statements before it stand,
 * unless in a transaction. */
gboolean sp_database_run(SpDatabase *database, const char *sql, GError **error);
gint64 sp_database_last_id(const SpDatabase *database);

/** One statement; its database must outlive it. */
SpStatement *sp_statement_new(SpDatabase *database, const char *sql, GError **error);
void sp_statement_free(SpStatement *statement);
/** Binds by place from 1. NULL text binds NULL. Texts are copied. A failure (no such place) is told
 * by the next step. */
void sp_statement_bind_text(SpStatement *statement, int place, const char *text);
void sp_statement_bind_int(SpStatement *statement, int place, gint64 value);
void sp_statement_bind_double(SpStatement *statement, int place, double value);
/** Text [size] that stays as it is until another is bound in its place, or the statement freed. */
void sp_statement_bind_borrowed(SpStatement *statement, int place, const char *text, gsize size);
/** Steps: *has_row tells if a row is there. After the last row, or an error, the statement is reset
 * and may be bound anew; values not bound anew stay. */
gboolean sp_statement_step(SpStatement *statement, gboolean *has_row, GError **error);
/** Steps a statement that gives no rows, and resets it. */
gboolean sp_statement_run(SpStatement *statement, GError **error);
/** Column of the present row from 0; text is borrowed until the next step, NULL for NULL. */
const char *sp_statement_text(SpStatement *statement, int column);
gint64 sp_statement_int(SpStatement *statement, int column);
double sp_statement_double(SpStatement *statement, int column);
gboolean sp_statement_is_null(SpStatement *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDatabase, sp_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpStatement, sp_statement_free)

#endif
