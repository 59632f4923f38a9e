/** Parts of an .xlsx package as streamed XML, within limits. For xlsx*.c alone. */
#ifndef SP_CORE_IO_XLSX_PART_H
#define SP_CORE_IO_XLSX_PART_H

#include <glib.h>

#include <libxml/xmlreader.h>
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

/** One part being read. */
typedef struct {
    SpXlsxArchive *archive;
    char *path;
    zip_file_t *file;
    xmlTextReader *reader;
    char *refusal; /* why no more bytes are given; NULL if they are */
    char *words;   /* libxml2's first error */
} SpXlsxPart;

/** Opens the part at `path` of the archive, which is borrowed. SP_ERROR_DATA when it is not there
 * or beyond a limit. `part` starts zeroed, and is cleared also after an error. */
gboolean sp_xlsx_part_init(SpXlsxPart *part, SpXlsxArchive *archive, const char *path,
                           GError **error);
/** The next node; *is_more is FALSE after the last one. SP_ERROR_DATA for damage, a document type
 * declaration, an entity and every limit. */
gboolean sp_xlsx_part_next(SpXlsxPart *part, gboolean *is_more, GError **error);
void sp_xlsx_part_clear(SpXlsxPart *part);

/** TRUE at the start of an element of that name, whatever its namespace. */
gboolean sp_xlsx_part_starts(const SpXlsxPart *part, const char *name);
gboolean sp_xlsx_part_ends(const SpXlsxPart *part, const char *name);
/** Text of the present node if it is one, else NULL. Borrowed until the next node. */
const char *sp_xlsx_part_text(const SpXlsxPart *part);
/** An attribute of the present element, whatever its namespace; NULL if it has none. g_free. */
char *sp_xlsx_part_attribute(const SpXlsxPart *part, const char *name);
/** Error "ORIGIN: PART: line N: FORMAT", without the part's words when the file is private. */
gboolean sp_xlsx_part_set_error(const SpXlsxPart *part, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpXlsxArchive, sp_xlsx_archive_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpXlsxPart, sp_xlsx_part_clear)

#endif
