/** What stands above the header of every sheet but the first and the last: title, note, links to
 * the contents and to the rest of the note, notices. */
#ifndef SP_OUTPUTS_XLSX_TOP_H
#define SP_OUTPUTS_XLSX_TOP_H

#include "outputs/xlsx/book.h"

enum { SP_TOP_ROWS = 3 };

typedef struct {
    const char *title;
    const char *note;
    const char *contents; /* name of the sheet that is linked to */
    const char *more;     /* target of a link to the whole note; NULL: it stands here */
    const double *widths; /* of the columns, [n_columns] */
    gsize n_columns;
} SpTop;

/** Fills the first SP_TOP_ROWS rows. */
void sp_top_put(SpBook *book, lxw_worksheet *sheet, const SpWords *words, const SpTop *top);

#endif
