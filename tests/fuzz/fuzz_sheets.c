/*
 * Any bytes as a workbook (.xlsx): as an archive when they begin as one, else as the parts of a
 * package that is put together here, since a fuzzer does not guess checksums. The first byte is the
 * form. An .xls is for fuzz_xls.
 */
#include "core/io/sheets.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <zip.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"http://t/" type "\" Target=\"" target "\"/>"

static const char package[] =
    "<Relationships>" RELATION("r", "officeDocument", "xl/workbook.xml") "</Relationships>";
static const char usual_workbook[] =
    "<workbook><sheets><sheet name=\"A\" id=\"r1\"/><sheet name=\"B\" state=\"hidden\" id=\"r2\"/>"
    "<sheet name=\"C\" id=\"r3\"/></sheets></workbook>";
static const char usual_relations[] = "<Relationships>" RELATION("r1", "worksheet", "sheet1.xml")
    RELATION("r2", "worksheet", "sheet2.xml") RELATION("r3", "worksheet", "/xl/sheet2.xml")
        RELATION("r4", "sharedStrings", "strings.xml")
            RELATION("r5", "styles", "styles.xml") "</Relationships>";

enum { SHEET1, SHEET2, STRINGS, STYLES, WORKBOOK, RELATIONS, N_PARTS };

static void add(zip_t *zip, const char *path, const char *text, gsize size)
{
    zip_source_t *source = zip_source_buffer(zip, text, size, 0);
    zip_int64_t i = source != NULL ? zip_file_add(zip, path, source, ZIP_FL_ENC_UTF_8) : -1;
    FUZZ_CLAIM(i >= 0 && zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0) == 0);
}

/* A part that is empty is the usual one, or is not there. */
static void add_part(zip_t *zip, const char *path, const SpField *part, const char *usual)
{
    if (part->size > 0) {
        add(zip, path, part->text, part->size);
    } else if (usual != NULL) {
        add(zip, path, usual, strlen(usual));
    }
}

static char *pack(const SpField parts[N_PARTS], gsize *size)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    FUZZ_CLAIM(target != NULL);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    FUZZ_CLAIM(zip != NULL);
    add(zip, "_rels/.rels", package, strlen(package));
    add_part(zip, "xl/workbook.xml", &parts[WORKBOOK], usual_workbook);
    add_part(zip, "xl/_rels/workbook.xml.rels", &parts[RELATIONS], usual_relations);
    add_part(zip, "xl/sheet1.xml", &parts[SHEET1], NULL);
    add_part(zip, "xl/sheet2.xml", &parts[SHEET2], NULL);
    add_part(zip, "xl/strings.xml", &parts[STRINGS], NULL);
    add_part(zip, "xl/styles.xml", &parts[STYLES], NULL);
    FUZZ_CLAIM(zip_close(zip) == 0);
    zip_stat_t is;
    FUZZ_CLAIM(zip_source_stat(target, &is) == 0 && zip_source_open(target) == 0);
    char *bytes = g_malloc(is.size);
    FUZZ_CLAIM(zip_source_read(target, bytes, is.size) == (zip_int64_t)is.size);
    zip_source_close(target);
    zip_source_free(target);
    *size = is.size;
    return bytes;
}

static gboolean read_book(const char *bytes, gsize size, const SpSheetsForm *form, FuzzGuard *guard)
{
    g_autoptr(GError) error = NULL;
    fuzz_guard_init(guard);
    gboolean ok = sp_sheets_parse(bytes, size, form, &guard->sink, &error);
    FUZZ_CLAIM(!form->is_private || error == NULL || strstr(error->message, "pseudonym") == NULL);
    fuzz_check_outcome(ok, &error);
    return ok;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char *const columns[] = {"Kommune", "Antall"};
    SpField parts[N_PARTS];
    FuzzGuard first;
    FuzzGuard second;
    if (size == 0) {
        return 0;
    }
    const SpSheetsForm form = {.origin = "fuzz",
                               .sheet = data[0] & 1 ? "A" : NULL,
                               .is_every = (data[0] & 2) != 0,
                               .as = data[0] & 4 ? "ark" : NULL,
                               .skip_rows = data[0] & 8 ? 1 : 0,
                               .ends_at_empty_row = (data[0] & 16) != 0,
                               .columns = columns,
                               .n_columns = data[0] & 32 ? 1 : 2,
                               .decimal = data[0] & 64 ? ',' : '.',
                               .is_private = (data[0] & 128) != 0};
    g_autofree char *bytes = NULL;
    gsize book_size = size - 1;
    if (sp_sheets_detect((const char *)data + 1, size - 1) == SP_SHEETS_NONE ||
        sp_sheets_detect((const char *)data + 1, size - 1) == SP_SHEETS_MARKUP) {
        fuzz_parts(data + 1, size - 1, parts, N_PARTS);
        bytes = pack(parts, &book_size);
    } else if (sp_sheets_detect((const char *)data + 1, size - 1) == SP_SHEETS_XLSX) {
        bytes = g_memdup2(data + 1, size - 1);
    } else {
        return 0;
    }
    gboolean is_read = read_book(bytes, book_size, &form, &first);
    FUZZ_CLAIM(read_book(bytes, book_size, &form, &second) == is_read);
    FUZZ_CLAIM(first.digest == second.digest && first.n_rows == second.n_rows);
    return 0;
}
