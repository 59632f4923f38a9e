/** The formats of a workbook's cells, each made once: looks of texts, and of figures by unit, sign
 * and flags. */
#ifndef SP_OUTPUTS_XLSX_FORMATS_H
#define SP_OUTPUTS_XLSX_FORMATS_H

#include "outputs/words.h"

#include <xlsxwriter.h>

typedef enum {
    SP_LOOK_PLAIN,
    SP_LOOK_TITLE,
    SP_LOOK_SUBTITLE, /* wrapped */
    SP_LOOK_HEADING,  /* of a part of a sheet */
    SP_LOOK_NOTICE,
    SP_LOOK_HEADER,
    SP_LOOK_HEADER_RIGHT, /* over figures */
    SP_LOOK_HEADER_AFTER, /* over texts behind figures */
    SP_LOOK_WRAPPED,
    SP_LOOK_AFTER, /* texts behind figures */
    SP_LOOK_AFTER_WRAPPED,
    SP_LOOK_DAY, /* of numbers that are days and years */
    SP_LOOK_DAY_AFTER,
    SP_LOOK_YEAR,
    SP_LOOK_YEAR_AFTER,
    SP_LOOK_BLANK, /* to be filled in: open where the sheet is locked */
    SP_N_LOOKS
} SpLook;

typedef struct SpFormats SpFormats;

/** `workbook` owns the formats and is borrowed. */
SpFormats *sp_formats_new(lxw_workbook *workbook);
void sp_formats_free(SpFormats *formats);

/** Borrowed. */
lxw_format *sp_formats_look(const SpFormats *formats, SpLook look);

/** The format of a figure whose form has its decimals (sp_words_decimals); `has_flags`: others of
 * its sheet have some. Borrowed. */
lxw_format *sp_formats_figure(SpFormats *formats, SpReal real, SpFigureForm form,
                              gboolean has_flags);

#endif
