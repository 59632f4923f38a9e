/** Parts of an .xlsx package as streamed XML, within limits. For xlsx*.c alone. */
#ifndef SP_CORE_IO_XLSX_PART_H
#define SP_CORE_IO_XLSX_PART_H

#include "core/io/xml_stream.h"

#include <zip.h>

/** The package. */
typedef struct {
    const char *origin;
    gboolean is_private;
    zip_t *zip;
    guint64 n_unpacked; /* bytes, over all parts */
} SpXlsxArchive;

/** `bytes` [size] are borrowed until `clear`. SP_ERROR_DATA when it is no archive, has a part with
 * a password or too many parts. */
gboolean sp_xlsx_archive_init(SpXlsxArchive *archive, const char *bytes, gsize size,
                              const char *origin, GError **error);
void sp_xlsx_archive_clear(SpXlsxArchive *archive);
gboolean sp_xlsx_archive_has(const SpXlsxArchive *archive, const char *path);

/** A reader of one part, at the start of its own struct. */
typedef struct {
    SpXmlHandler handler;
    gboolean is_enough; /* set by the reader: what follows is unpacked, since only then is its
                           checksum told, but need no longer be XML */
    /* Set by sp_xlsx_part_read, during it. */
    SpXlsxArchive *archive;
    const char *path;
    SpXml *xml;
} SpXlsxPart;

/** Tells the reader of the part at `path`; attributes with a prefix are told without it.
 * SP_ERROR_DATA when the part is not there, is damaged, holds a document type declaration or
 * crosses a limit; what the reader says is handed on as it is. */
gboolean sp_xlsx_part_read(SpXlsxPart *part, SpXlsxArchive *archive, const char *path,
                           GError **error);

/** Error "ORIGIN: PART: line N: FORMAT", without the part's name and line when the file is
 * private. */
gboolean sp_xlsx_part_set_error(const SpXlsxPart *part, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/** An attribute as text of its own, NULL if it is not there; g_free. */
char *sp_xlsx_attribute(const SpXmlAttribute attributes[], gsize n, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpXlsxArchive, sp_xlsx_archive_clear)

#endif
