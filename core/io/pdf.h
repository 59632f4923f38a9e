/**
 * A printed page as the same bytes each time: a PDF of whatever program, written anew by libqpdf.
 */
#ifndef SP_CORE_IO_PDF_H
#define SP_CORE_IO_PDF_H

#include <glib.h>

typedef struct {
    const char *day;     /* "2026-02-25": it says that it was made at the beginning of that day */
    const char *creator; /* it says that it was made by */
    const char *folder;  /* a name: links to files below a folder of that name become relative to
                            it, as the file will lie there */
} SpPdfMarks;

/**
 * Writes it again with these marks: no version of the program that printed it, an id of its
 * content, streams packed by our library, no link to a place of this machine. Text, looks and tags
 * stay as they are.
 * SP_ERROR_DATA, naming `origin`, when it is no whole PDF, or links to a file that is not below the
 * folder. g_bytes_unref.
 */
GBytes *sp_pdf_settle(GBytes *printed, const char *origin, const SpPdfMarks *marks, GError **error);

#endif
