/** Packages put together by hand, part by part, for what no program of ours would write. */
#ifndef SP_TESTS_CORE_IO_PARTS_H
#define SP_TESTS_CORE_IO_PARTS_H

#include "tests/check.h"

#include <zip.h>

#define PART_XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define PART_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PART_PACKAGE                                                                               \
    PART_XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"              \
             "relationships\"><Relationship Id=\"rId1\" Type=\"" PART_RELATION                     \
             "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
#define PART_WORKBOOK                                                                              \
    PART_XML "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "      \
             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"    \
             "<sheets><sheet name=\"Ark1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
#define PART_RELATIONS                                                                             \
    PART_XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"              \
             "relationships\"><Relationship Id=\"rId1\" Type=\"" PART_RELATION                     \
             "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "            \
             "Type=\"" PART_RELATION                                                               \
             "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"
#define PART_SHEET(rows)                                                                           \
    PART_XML "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"     \
             "<sheetData>" rows "</sheetData></worksheet>"
#define PART_HEADER                                                                                \
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Kommune</t></is></c>"                         \
    "<c r=\"B1\" t=\"inlineStr\"><is><t>Antall</t></is></c></row>"

static inline void part_add(zip_t *zip, const char *path, const char *text, gsize size)
{
    zip_source_t *source = zip_source_buffer(zip, text, size, 0);
    assert_non_null(source);
    assert_true(zip_file_add(zip, path, source, ZIP_FL_ENC_UTF_8) >= 0);
}

/** The package of one sheet; `strings` NULL: none. *size is set. g_free. */
static inline char *parts_pack(const char *workbook, const char *sheet, gsize sheet_size,
                               const char *strings, gsize *size)
{
    zip_error_t failure;
    zip_error_init(&failure);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &failure);
    assert_non_null(target);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &failure);
    assert_non_null(zip);
    part_add(zip, "_rels/.rels", PART_PACKAGE, strlen(PART_PACKAGE));
    part_add(zip, "xl/workbook.xml", workbook, strlen(workbook));
    part_add(zip, "xl/_rels/workbook.xml.rels", PART_RELATIONS, strlen(PART_RELATIONS));
    part_add(zip, "xl/worksheets/sheet1.xml", sheet, sheet_size);
    if (strings != NULL) {
        part_add(zip, "xl/sharedStrings.xml", strings, strlen(strings));
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t is;
    assert_int_equal(zip_source_stat(target, &is), 0);
    char *bytes = g_malloc(is.size);
    assert_int_equal(zip_source_open(target), 0);
    assert_int_equal(zip_source_read(target, bytes, is.size), (zip_int64_t)is.size);
    zip_source_close(target);
    zip_source_free(target);
    *size = is.size;
    return bytes;
}

#endif
