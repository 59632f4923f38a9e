/** SQL as text: names and values quoted, whatever they hold. */
#ifndef SP_OUTPUTS_POSTGRES_SQL_H
#define SP_OUTPUTS_POSTGRES_SQL_H

#include "core/sink.h"

/** Longest name PostgreSQL tells apart, in bytes: it cuts what is longer without a word. */
enum { SP_SQL_NAME_MAX = 63 };

/** "NAME", quotes doubled. */
void sp_sql_add_name(GString *sql, const char *name);
/** 'TEXT', quotes doubled; NULL is NULL. The session must have standard_conforming_strings on. */
void sp_sql_add_text(GString *sql, const char *text);

/** Adds a field of a row in COPY's text form, without what parts it from the next: \N for a field
 * whose text is NULL. */
void sp_sql_add_field(GString *row, SpField field);

#endif
