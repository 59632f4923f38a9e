/** SQLite: a connection, statements, and errors in our form. No type of SQLite's shows. */
#ifndef SP_CORE_IO_SQLITE_H
#define SP_CORE_IO_SQLITE_H

#include <glib.h>

typedef struct SpDatabase SpDatabase;
typedef struct SpStatement SpStatement;

/** Opens or creates; foreign keys on, busy timeout 10 s. `synchronous` FULL. SP_ERROR_CANT_CREATE, SP_ERROR_IO, SP_ERROR_DATA (not a database). */
SpDatabase *sp_database_open(const char *path, GError **error);
/** Read-only; SP_ERROR_NO_INPUT if it is not there. */
SpDatabase *sp_database_open_readonly(const char *path, GError **error);
void sp_database_close(SpDatabase *database);
/** Runs one or more statements without results. */
gboolean sp_database_run(SpDatabase *database, const char *sql, GError **error);
gint64 sp_database_last_id(const SpDatabase *database);

SpStatement *sp_statement_new(SpDatabase *database, const char *sql, GError **error);
void sp_statement_free(SpStatement *statement);
/** Binds by place from 1. NULL text binds NULL. Texts are copied. */
void sp_statement_bind_text(SpStatement *statement, int place, const char *text);
void sp_statement_bind_int(SpStatement *statement, int place, gint64 value);
void sp_statement_bind_double(SpStatement *statement, int place, double value);
/** Steps: *has_row tells if a row is there. After the last row the statement is reset and may be bound anew. */
gboolean sp_statement_step(SpStatement *statement, gboolean *has_row, GError **error);
/** Steps a statement that gives no rows, and resets it. */
gboolean sp_statement_run(SpStatement *statement, GError **error);
/** Column of the present row from 0; text is borrowed until the next step, NULL for NULL. */
const char *sp_statement_text(SpStatement *statement, int column);
gint64 sp_statement_int(SpStatement *statement, int column);
double sp_statement_double(SpStatement *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDatabase, sp_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpStatement, sp_statement_free)

#endif
