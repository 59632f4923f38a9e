/* One part of a package: unpacked piece by piece into the XML parser. */
#include "core/io/xlsx_part.h"

#include "core/error.h"
#include "core/io/sheets.h"
#include "core/io/zip_ready.h"

#include <string.h>

/* Below this size a part may be packed as well as it likes: short XML repeats itself. */
enum { SMALL_PART = 1024 * 1024, PIECE_SIZE = 32 * 1024 };
/* Of what spreadsheets write around their cells. */
enum { MAX_NAME = 256, MAX_ATTRIBUTES = 256 };

gboolean sp_xlsx_archive_init(SpXlsxArchive *archive, const char *bytes, gsize size,
                              const char *origin, GError **error)
{
    zip_error_t failure;
    zip_error_init(&failure);
    sp_zip_ready();
    archive->origin = origin;
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &failure);
    archive->zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &failure);
    if (archive->zip == NULL) {
        zip_source_free(source);
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: is a damaged or cut workbook (%s); ask the sender for it again", origin,
                     zip_error_strerror(&failure));
        zip_error_fini(&failure);
        return FALSE;
    }
    zip_error_fini(&failure);
    zip_int64_t n = zip_get_num_entries(archive->zip, 0);
    return n <= SP_SHEETS_MAX_PARTS ||
           sp_error_set(error, SP_ERROR_DATA, "%s: has %d parts, more than the %d of a workbook",
                        origin, (int)n, SP_SHEETS_MAX_PARTS);
}

void sp_xlsx_archive_clear(SpXlsxArchive *archive)
{
    if (archive->zip != NULL) {
        zip_discard(archive->zip);
        archive->zip = NULL;
    }
}

gboolean sp_xlsx_archive_has(const SpXlsxArchive *archive, const char *path)
{
    return zip_name_locate(archive->zip, path, ZIP_FL_NOCASE) >= 0;
}

gboolean sp_xlsx_part_set_error(const SpXlsxPart *part, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (part->archive->is_private) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: a part of the workbook: %s",
                            part->archive->origin, text);
    }
    return sp_error_set(error, SP_ERROR_DATA, "%s: %s: line %" G_GUINT64_FORMAT ": %s",
                        part->archive->origin, part->path,
                        part->xml != NULL ? sp_xml_line(part->xml) : 0, text);
}

static gboolean check_packing(const SpXlsxPart *part, const zip_stat_t *is, GError **error)
{
    if (is->encryption_method != ZIP_EM_NONE) {
        return sp_xlsx_part_set_error(part, error,
                                      "is behind a password; ask for a file without one");
    }
    gboolean is_bomb = is->size > SMALL_PART && is->comp_size > 0 &&
                       is->size / is->comp_size > SP_SHEETS_MAX_RATIO;
    return (!is_bomb && is->size <= SP_SHEETS_MAX_UNPACKED) ||
           sp_xlsx_part_set_error(part, error,
                                  "unpacks to %" G_GUINT64_FORMAT " bytes from %" G_GUINT64_FORMAT
                                  ", which no table does; not read",
                                  (guint64)is->size, (guint64)is->comp_size);
}

static zip_file_t *open_part(const SpXlsxPart *part, GError **error)
{
    zip_t *zip = part->archive->zip;
    zip_stat_t is;
    if (zip_stat(zip, part->path, ZIP_FL_NOCASE, &is) != 0) {
        sp_xlsx_part_set_error(part, error, "is not in the workbook; ask the sender for it again");
        return NULL;
    }
    if (!check_packing(part, &is, error)) {
        return NULL;
    }
    zip_file_t *file = zip_fopen_index(zip, is.index, 0);
    if (file == NULL) {
        sp_xlsx_part_set_error(part, error, "cannot be unpacked (%s)", zip_strerror(zip));
    }
    return file;
}

/* The next bytes, *n of them, 0 at the end. A size that the archive claims may be a lie: what
 * counts is what came out. */
static gboolean unpack(const SpXlsxPart *part, zip_file_t *file, char bytes[PIECE_SIZE],
                       zip_int64_t *n, GError **error)
{
    *n = zip_fread(file, bytes, PIECE_SIZE);
    if (*n < 0) {
        return sp_xlsx_part_set_error(part, error,
                                      "damaged (%s); ask the sender for the file again",
                                      zip_file_strerror(file));
    }
    part->archive->n_unpacked += (guint64)*n;
    return part->archive->n_unpacked <= SP_SHEETS_MAX_UNPACKED ||
           sp_xlsx_part_set_error(part, error,
                                  "unpacks to more than %d MiB in all; ask the sender for a file "
                                  "with the table alone",
                                  SP_SHEETS_MAX_UNPACKED / 1024 / 1024);
}

static gboolean read_pieces(SpXlsxPart *part, zip_file_t *file, GError **error)
{
    char bytes[PIECE_SIZE];
    zip_int64_t n = 0;
    do {
        if (!unpack(part, file, bytes, &n, error) ||
            (!part->is_enough && !sp_xml_push(part->xml, bytes, (gsize)n, error))) {
            return FALSE;
        }
    } while (n > 0);
    return part->is_enough || sp_xml_close(g_steal_pointer(&part->xml), error);
}

gboolean sp_xlsx_part_read(SpXlsxPart *part, SpXlsxArchive *archive, const char *path,
                           GError **error)
{
    g_autofree char *origin = g_strconcat(
        archive->origin, ": ", archive->is_private ? "a part of the workbook" : path, NULL);
    const SpXmlForm form = {.origin = origin,
                            .is_private = archive->is_private,
                            .tells_prefixed = TRUE,
                            .limits = {.depth = SP_SHEETS_MAX_DEPTH,
                                       .name = MAX_NAME,
                                       .text = SP_SHEETS_MAX_TEXT,
                                       .attributes = MAX_ATTRIBUTES,
                                       .size = SP_SHEETS_MAX_UNPACKED}};
    part->archive = archive;
    part->path = path;
    zip_file_t *file = open_part(part, error);
    if (file == NULL) {
        return FALSE;
    }
    part->xml = sp_xml_open(&form, &part->handler);
    const gboolean is_read = read_pieces(part, file, error);
    g_clear_pointer(&part->xml, sp_xml_abandon);
    part->archive = NULL;
    part->path = NULL;
    zip_fclose(file);
    return is_read;
}

char *sp_xlsx_attribute(const SpXmlAttribute attributes[], gsize n, const char *name)
{
    const SpXmlAttribute *found = sp_xml_attribute(attributes, n, name);
    return found != NULL ? g_strndup(found->value, found->size) : NULL;
}
