/**
 * The one data model: a named table of typed columns of equal length.
 *
 * Code columns are dictionary-coded strings; measure columns hold figures (SpReal: value, status,
 * flags). Long over dimensions, wide over measures: one row a figure. Rows about persons never
 * become a table.
 *
 * Row and column numbers are gsize from 0; a column is found once by name and then used by number.
 * Numbers out of range are a bug (g_assert), a name that is not there is told by SP_NO_COLUMN.
 */
#ifndef SP_CORE_TABLE_H
#define SP_CORE_TABLE_H

#include "core/codes.h"
#include "core/real.h"

typedef enum { SP_COLUMN_CODE, SP_COLUMN_MEASURE } SpColumnKind;

/** What a column is. Strings are copied by the table. */
typedef struct {
    /** ASCII [a-z][a-z0-9_]*, by the glossary. Anything else is a bug: check names that come from
     * a file or a user with sp_table_is_column_name. */
    const char *name;
    SpColumnKind kind;
    /** Code columns: part of the key. Other code columns are attributes of the row. */
    gboolean is_key;
    /** Code columns: code list and version, "kommune@2024-01-01", "period", "kjonn"; NULL if
     * none. */
    const char *classification;
    /** Measure columns: "persons", "aarsverk", "per 1 000 innbyggere", "NOK", "ratio"; NULL if
     * none. */
    const char *unit;
    /** Measure columns: parts sum to the whole (distinct persons, rates and means do not). */
    gboolean is_additive;
} SpColumn;

/** TRUE if the text may be the name of a column (NULL may not). */
gboolean sp_table_is_column_name(const char *name);

typedef struct SpTable SpTable;

#define SP_NO_COLUMN ((gsize)-1)

/** A table of no rows with these columns [n_columns]; the caller frees. */
SpTable *sp_table_new(const char *name, const SpColumn columns[], gsize n_columns);
/** One more owner of a table; sp_table_free ends one's own. From then on nobody changes it, nor
 * adds a code to its dictionaries (sp_table_filter and the like share them): threads may read
 * it. */
SpTable *sp_table_share(const SpTable *table);
void sp_table_free(SpTable *table);
/** Rows, columns, name, edition and marks, with dictionaries of its own under the same numbers. */
SpTable *sp_table_copy(const SpTable *table);
/** A table of no rows with the same columns, edition and marks. Dictionaries are shared, so codes
 * may be copied by number; a code added to one of the two tables is in the other's dictionary too.
 * `name` NULL: the same name. */
SpTable *sp_table_copy_schema(const SpTable *table, const char *name);
/** The same with the rows [n] of `table`, in that order; a row may come more than once. */
SpTable *sp_table_copy_rows(const SpTable *table, const char *name, const gsize rows[], gsize n);

/** Borrowed, until another is set. */
const char *sp_table_name(const SpTable *table);
void sp_table_set_name(SpTable *table, const char *name);
/** Edition of the source ("2026-02-25", an `updated` time), NULL if unknown. */
const char *sp_table_edition(const SpTable *table);
void sp_table_set_edition(SpTable *table, const char *edition);

/** What follows a table through every stage, or-ed: a table made from a marked one is marked. */
typedef enum {
    SP_MARK_SENSITIVE = 1,  /* made from a source whose small figures need protection */
    SP_MARK_SYNTHETIC = 2,  /* made from simulated data: says "SYNTETISKE DATA" wherever it goes */
    SP_MARK_RESTRICTED = 4, /* sensitive and not synthetic: not for publishing until disclosure
                               control has passed it */
} SpMarks;
guint sp_table_marks(const SpTable *table);
void sp_table_set_marks(SpTable *table, guint marks);

gsize sp_table_n_rows(const SpTable *table);
gsize sp_table_n_columns(const SpTable *table);
/** Borrowed for the life of the table. */
const SpColumn *sp_table_column(const SpTable *table, gsize column);
/** Says of a column that its figures add up, or that they do not. */
void sp_table_set_additive(SpTable *table, gsize column, gboolean is_additive);
/** Column number by name, SP_NO_COLUMN if absent. */
gsize sp_table_find(const SpTable *table, const char *name);
/** The same, with an error (SP_ERROR_DATA) that names table, column, kind wanted and the columns
 * there are. */
gboolean sp_table_need(const SpTable *table, const char *name, SpColumnKind kind, gsize *column,
                       GError **error);

/** The same for columns [n] of one kind, in the order of `names`: the first that is not there is
 * told, and `columns` is then unspecified. */
gboolean sp_table_need_all(const SpTable *table, const char *const names[], gsize n,
                           SpColumnKind kind, gsize columns[], GError **error);

/** Adds a column to a table: codes all "" or figures all missing. Returns its number. */
gsize sp_table_add_column(SpTable *table, const SpColumn *column);

/** Appends a row: codes "", figures missing. Returns its number. */
gsize sp_table_add_row(SpTable *table);
/** Appends `n` such rows. Returns the number of the first. */
gsize sp_table_add_rows(SpTable *table, gsize n);
/** Makes room for `n_rows` rows in all. */
void sp_table_reserve(SpTable *table, gsize n_rows);
/** Gives back the room that no row takes. */
void sp_table_trim(SpTable *table);

/* Cells. A code is borrowed for the life of the column's dictionary. */
const char *sp_table_code(const SpTable *table, gsize row, gsize column);
void sp_table_set_code(SpTable *table, gsize row, gsize column, const char *code);
SpReal sp_table_real(const SpTable *table, gsize row, gsize column);
void sp_table_set_real(SpTable *table, gsize row, gsize column, SpReal real);

/* Whole columns, for kernels: [n_rows], valid until the next row or column is added. */
SpCodes *sp_table_codes(const SpTable *table, gsize column); /* borrowed dictionary */
/** Gives a code column another dictionary (a reference is taken) and its numbers there [n_rows]. */
void sp_table_set_codes(SpTable *table, gsize column, SpCodes *codes, const guint32 numbers[]);
guint32 *sp_table_code_numbers(SpTable *table, gsize column);
const guint32 *sp_table_code_numbers_const(const SpTable *table, gsize column);
SpReal *sp_table_reals(SpTable *table, gsize column);
const SpReal *sp_table_reals_const(const SpTable *table, gsize column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTable, sp_table_free)

/** A set of tables by name, in order of insertion: what a transform takes and gives. Owns its
 * tables. */
typedef struct SpTables SpTables;
SpTables *sp_tables_new(void);
void sp_tables_free(SpTables *tables);
/** Takes ownership of `table`; a second table of the same name is a bug. */
void sp_tables_add(SpTables *tables, SpTable *table);
gsize sp_tables_size(const SpTables *tables);
/** Borrowed, like those that are found. */
SpTable *sp_tables_at(const SpTables *tables, gsize i);
/** NULL if absent. */
SpTable *sp_tables_find(const SpTables *tables, const char *name);
/** The same with SP_ERROR_NO_INPUT naming the tables there are. */
SpTable *sp_tables_need(const SpTables *tables, const char *name, GError **error);
/** Takes a table out of the set; the caller owns it. NULL if absent. */
SpTable *sp_tables_steal(SpTables *tables, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTables, sp_tables_free)

#endif
