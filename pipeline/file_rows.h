/** Rows of a CSV file that anybody brings: the columns that are asked for by name. */
#ifndef SP_PIPELINE_FILE_ROWS_H
#define SP_PIPELINE_FILE_ROWS_H

#include <glib.h>

typedef struct {
    const char *path;
    const char *const *columns; /* [n_columns] names of columns; NULL: not asked for */
    gsize n_columns;
    const gboolean *is_optional; /* [n_columns] whether the file may lack it; NULL: none may */
    /* A row: its number in the file and the fields [n_columns] in the order asked for, NULL where
     * the column was not asked for or is not there; borrowed for the call. */
    gboolean (*take)(gpointer data, guint64 number, char *const fields[], GError **error);
    gpointer data;
} SpFileRows;

/** Reads a UTF-8 file with a header, commas between the fields. SP_ERROR_DATA naming the file for a
 * column that is not there and what sp_csv_parse refuses; errors of `take` are handed on. */
gboolean sp_file_rows_read(const SpFileRows *rows, GError **error);

/** Names of the file's columns, g_strfreev; NULL with an error as above. */
char **sp_file_rows_columns(const char *path, GError **error);

#endif
