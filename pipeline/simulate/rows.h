/** Small CSV files of the simulator's own configuration, read whole: UTF-8, comma, one header
 * row. */
#ifndef SP_SIMULATE_ROWS_H
#define SP_SIMULATE_ROWS_H

#include <glib.h>

typedef struct SpSimRows SpSimRows;

/** The columns wanted [n] of a file, in that order; others are passed over. SP_ERROR_CONFIG names
 * file and column when one is not there, or the file has no rows; also the errors of sp_file_read
 * and sp_csv_parse. */
SpSimRows *sp_sim_rows_read(const char *path, const char *const columns[], gsize n, GError **error);
void sp_sim_rows_free(SpSimRows *rows);

gsize sp_sim_rows_size(const SpSimRows *rows);
/** Borrowed. */
const char *sp_sim_rows_text(const SpSimRows *rows, gsize row, gsize column);
/** SP_ERROR_CONFIG names file, row and column when it is no number within the range, ends
 * included. */
typedef struct {
    double minimum;
    double maximum;
} SpSimRange;
gboolean sp_sim_rows_number(const SpSimRows *rows, gsize row, gsize column, SpSimRange range,
                            double *value, GError **error);
/** SP_ERROR_CONFIG about a row, with what is wrong ("want ..."). Always FALSE. */
gboolean sp_sim_rows_wrong(const SpSimRows *rows, gsize row, gsize column, const char *want,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimRows, sp_sim_rows_free)

#endif
