/* One part of a package: unpacked piece by piece into libxml2's reader. */
#include "core/io/xlsx_part.h"

#include "core/error.h"
#include "core/io/xml_library.h"
#include "core/io/sheets.h"

#include <string.h>

/* Below this size a part may be packed as well as it likes: short XML repeats itself. */
enum { SMALL_PART = 1024 * 1024 };

gboolean sp_xlsx_archive_init(SpXlsxArchive *archive, const char *bytes, gsize size,
                              const char *origin, GError **error)
{
    zip_error_t failure;
    zip_error_init(&failure);
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

/* What libxml2's reader gets its bytes from. -1 ends the reading. */
static int give_bytes(void *data, char *buffer, int size)
{
    SpXlsxPart *part = data;
    zip_int64_t n = zip_fread(part->file, buffer, (zip_uint64_t)size);
    if (n < 0) {
        part->refusal = g_strdup_printf("damaged (%s); ask the sender for the file again",
                                        zip_file_strerror(part->file));
        return -1;
    }
    /* A size that the archive claims may be a lie: what counts is what came out. */
    part->archive->n_unpacked += (guint64)n;
    if (part->archive->n_unpacked > SP_SHEETS_MAX_UNPACKED) {
        part->refusal = g_strdup_printf("unpacks to more than %d MiB in all; ask the sender for a "
                                        "file with the table alone",
                                        SP_SHEETS_MAX_UNPACKED / 1024 / 1024);
        return -1;
    }
    return (int)n;
}

/* Without a handler libxml2 prints its errors; those after the first are mostly its
 * consequences. */
static void keep_first(void *data, xmlErrorPtr failure)
{
    SpXlsxPart *part = data;
    if (part->words == NULL && failure->level >= XML_ERR_ERROR && failure->message != NULL) {
        part->words = g_strchomp(g_strdup(failure->message));
    }
}

gboolean sp_xlsx_part_set_error(const SpXlsxPart *part, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    int line = part->reader != NULL ? xmlTextReaderGetParserLineNumber(part->reader) : 0;
    if (part->archive->is_private) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: a part of the workbook: %s",
                            part->archive->origin, text);
    }
    return sp_error_set(error, SP_ERROR_DATA, "%s: %s: line %d: %s", part->archive->origin,
                        part->path, line, text);
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

/* Once before the first thread's document: libxml2's own check is not locked. */
static void start_libxml(void)
{
    static gsize is_started = 0;
    if (g_once_init_enter(&is_started)) {
        xmlInitParser();
        g_once_init_leave(&is_started, 1);
    }
}

gboolean sp_xlsx_part_init(SpXlsxPart *part, SpXlsxArchive *archive, const char *path,
                           GError **error)
{
    zip_stat_t is;
    part->archive = archive;
    part->path = g_strdup(path);
    start_libxml();
    if (zip_stat(archive->zip, path, ZIP_FL_NOCASE, &is) != 0) {
        return sp_xlsx_part_set_error(part, error,
                                      "is not in the workbook; ask the sender for it again");
    }
    if (!check_packing(part, &is, error)) {
        return FALSE;
    }
    part->file = zip_fopen_index(archive->zip, is.index, 0);
    if (part->file == NULL) {
        return sp_xlsx_part_set_error(part, error, "cannot be unpacked (%s)",
                                      zip_strerror(archive->zip));
    }
    sp_xml_library_start();
    part->reader = xmlReaderForIO(give_bytes, NULL, part, NULL, NULL, XML_PARSE_NONET);
    if (part->reader == NULL) {
        return sp_xlsx_part_set_error(part, error, "is not XML; ask the sender for it again");
    }
    xmlTextReaderSetStructuredErrorHandler(part->reader, keep_first, part);
    return TRUE;
}

void sp_xlsx_part_clear(SpXlsxPart *part)
{
    g_clear_pointer(&part->reader, xmlFreeTextReader);
    g_clear_pointer(&part->file, zip_fclose);
    g_clear_pointer(&part->path, g_free);
    g_clear_pointer(&part->refusal, g_free);
    g_clear_pointer(&part->words, g_free);
}

static gboolean check_node(const SpXlsxPart *part, GError **error)
{
    int type = xmlTextReaderNodeType(part->reader);
    if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE) {
        return sp_xlsx_part_set_error(
            part, error,
            "has a document type declaration or an entity of its own, which no "
            "spreadsheet writes; not read");
    }
    return xmlTextReaderDepth(part->reader) <= SP_SHEETS_MAX_DEPTH ||
           sp_xlsx_part_set_error(part, error, "is deeper than %d elements; not read",
                                  SP_SHEETS_MAX_DEPTH);
}

gboolean sp_xlsx_part_next(SpXlsxPart *part, gboolean *is_more, GError **error)
{
    int result = xmlTextReaderRead(part->reader);
    *is_more = result == 1;
    if (part->refusal != NULL) {
        return sp_xlsx_part_set_error(part, error, "%s", part->refusal);
    }
    if (result < 0 || (result == 0 && part->words != NULL)) {
        gboolean is_told = part->words != NULL && !part->archive->is_private;
        return sp_xlsx_part_set_error(part, error, "%s; ask the sender for the file again",
                                      is_told ? part->words : "is damaged");
    }
    return result == 0 || check_node(part, error);
}

static gboolean is_at(const SpXlsxPart *part, int type, const char *name)
{
    const char *local = (const char *)xmlTextReaderConstLocalName(part->reader);
    return xmlTextReaderNodeType(part->reader) == type && local != NULL && strcmp(local, name) == 0;
}

gboolean sp_xlsx_part_starts(const SpXlsxPart *part, const char *name)
{
    return is_at(part, XML_READER_TYPE_ELEMENT, name);
}

gboolean sp_xlsx_part_ends(const SpXlsxPart *part, const char *name)
{
    return is_at(part, XML_READER_TYPE_END_ELEMENT, name);
}

const char *sp_xlsx_part_text(const SpXlsxPart *part)
{
    int type = xmlTextReaderNodeType(part->reader);
    gboolean is_text = type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                       type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
                       type == XML_READER_TYPE_WHITESPACE;
    return is_text ? (const char *)xmlTextReaderConstValue(part->reader) : NULL;
}

char *sp_xlsx_part_attribute(const SpXlsxPart *part, const char *name)
{
    char *value = NULL;
    for (int more = xmlTextReaderMoveToFirstAttribute(part->reader); more == 1 && value == NULL;
         more = xmlTextReaderMoveToNextAttribute(part->reader)) {
        if (strcmp((const char *)xmlTextReaderConstLocalName(part->reader), name) == 0) {
            value = g_strdup((const char *)xmlTextReaderConstValue(part->reader));
        }
    }
    xmlTextReaderMoveToElement(part->reader);
    return value;
}
