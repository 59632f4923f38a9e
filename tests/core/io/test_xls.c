/* Old workbooks, written here by hand: records of BIFF 5 (type, size, content, all little-endian)
 * in the stream "Book" of a compound file of 512-byte sectors. Source of both: OpenOffice.org's
 * documentation of the formats. */
#include "core/io/sheets.h"

#include "tests/core/io/rowsink.h"

enum { SECTOR = 512, STREAM_SECTORS = 8, N_ENTRIES = SECTOR / 4 };
#define FREE 0xFFFFFFFFU
#define CHAIN_END 0xFFFFFFFEU
#define TABLE 0xFFFFFFFDU

static const char *const wanted[] = {"Kommune", "Antall"};

static void put(GByteArray *bytes, guint64 value, guint size)
{
    for (guint i = 0; i < size; i++) {
        guint8 byte = (guint8)(value >> (8 * i) & 0xFF);
        g_byte_array_append(bytes, &byte, 1);
    }
}

static void put_zeros(GByteArray *bytes, guint n)
{
    put(bytes, 0, MIN(n, 8));
    for (guint i = 8; i < n; i++) {
        put(bytes, 0, 1);
    }
}

static void put_double(GByteArray *bytes, double value)
{
    guint64 bits = 0;
    memcpy(&bits, &value, sizeof bits);
    put(bytes, bits, 8);
}

static void put_bytes(GByteArray *bytes, const char *text)
{
    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text));
}

static void put_record(GByteArray *bytes, guint type, guint size)
{
    put(bytes, type, 2);
    put(bytes, size, 2);
}

/* Kind 5: what all sheets share; 16: a sheet. */
static void put_begin(GByteArray *bytes, guint kind)
{
    put_record(bytes, 0x0809, 8);
    put(bytes, 0x0500, 2);
    put(bytes, kind, 2);
    put(bytes, 0, 4);
}

static void put_place(GByteArray *bytes, guint row, guint column, guint style)
{
    put(bytes, row, 2);
    put(bytes, column, 2);
    put(bytes, style, 2);
}

static void put_text(GByteArray *bytes, guint row, guint column, const char *text)
{
    put_record(bytes, 0x0204, 8 + (guint)strlen(text));
    put_place(bytes, row, column, 0);
    put(bytes, strlen(text), 2);
    put_bytes(bytes, text);
}

static void put_number(GByteArray *bytes, guint row, guint column, double value, guint style)
{
    put_record(bytes, 0x0203, 14);
    put_place(bytes, row, column, style);
    put_double(bytes, value);
}

static void put_style(GByteArray *bytes, guint format)
{
    put_record(bytes, 0x00E0, 16);
    put(bytes, 0, 2);
    put(bytes, format, 2);
    put_zeros(bytes, 12);
}

/* Style 0 is general, style 1 a date. */
static GByteArray *shared_part(guint sheet_at, gboolean is_locked)
{
    GByteArray *bytes = g_byte_array_new();
    put_begin(bytes, 5);
    if (is_locked) {
        put_record(bytes, 0x002F, 4);
        put(bytes, 0x12345678, 4);
    }
    put_record(bytes, 0x0042, 2);
    put(bytes, 1252, 2);
    put_style(bytes, 0);
    put_style(bytes, 14);
    put_record(bytes, 0x0085, 7 + 4);
    put(bytes, sheet_at, 4);
    put(bytes, 0, 2);
    put(bytes, 4, 1);
    put_bytes(bytes, "Ark1");
    put_record(bytes, 0x000A, 0);
    return bytes;
}

static GByteArray *stream_of(gboolean is_locked)
{
    g_autoptr(GByteArray) measured = shared_part(0, is_locked);
    GByteArray *bytes = shared_part(measured->len, is_locked);
    put_begin(bytes, 16);
    put_record(bytes, 0x0200, 10);
    put(bytes, 4ULL << 16, 4); /* rows 0 to 3 */
    put(bytes, 2ULL << 16, 4); /* columns 0 and 1 */
    put(bytes, 0, 2);
    put_text(bytes, 0, 0, "Kommune");
    put_text(bytes, 0, 1, "Antall");
    put_text(bytes, 1, 0, "0301");
    put_number(bytes, 1, 1, 0.1 + 0.2, 0);
    put_text(bytes, 2, 0, "T\xF8nsberg");
    put_number(bytes, 2, 1, 40, 0);
    put_number(bytes, 3, 0, 45657, 1); /* 31 December 2024 */
    put_number(bytes, 3, 1, 1234567.891, 0);
    put_record(bytes, 0x000A, 0);
    assert_true(bytes->len < SECTOR * STREAM_SECTORS);
    put_zeros(bytes, SECTOR * STREAM_SECTORS - bytes->len);
    return bytes;
}

static void put_entry(GByteArray *bytes, const char *name, guint kind, guint child, guint start,
                      guint size)
{
    guint begin = bytes->len;
    for (const char *c = name; *c != '\0'; c++) {
        put(bytes, (guint8)*c, 2);
    }
    put_zeros(bytes, 64 - (bytes->len - begin));
    put(bytes, 2 * strlen(name) + 2, 2);
    put(bytes, kind, 1);
    put(bytes, 1, 1);
    put(bytes, FREE, 4);
    put(bytes, FREE, 4);
    put(bytes, child, 4);
    put_zeros(bytes, 36);
    put(bytes, start, 4);
    put(bytes, size, 8);
}

/* Header, then the sectors: table, directory, stream. */
static GByteArray *old_book(gboolean is_locked)
{
    g_autoptr(GByteArray) stream = stream_of(is_locked);
    static const guint8 begin[24] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    static const guint rest[] = {0, 1, 1, 0, 4096, CHAIN_END, 0, CHAIN_END, 0, 0};
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, begin, sizeof begin);
    put(bytes, 0x3E, 2);
    put(bytes, 3, 2);
    put(bytes, 0xFFFE, 2);
    put(bytes, 9, 2);
    put(bytes, 6, 2);
    put_zeros(bytes, 6);
    for (gsize i = 0; i < G_N_ELEMENTS(rest); i++) {
        put(bytes, rest[i], 4);
    }
    while (bytes->len < SECTOR) {
        put(bytes, FREE, 4);
    }
    for (guint i = 0; i < N_ENTRIES; i++) {
        guint last = 1 + STREAM_SECTORS;
        put(bytes, i == 0 ? TABLE : i == 1 || i == last ? CHAIN_END : i < last ? i + 1 : FREE, 4);
    }
    put_entry(bytes, "Root Entry", 5, 1, CHAIN_END, 0);
    put_entry(bytes, "Book", 2, FREE, 2, stream->len);
    put_zeros(bytes, SECTOR / 2);
    g_byte_array_append(bytes, stream->data, stream->len);
    return bytes;
}

static char *read_book(const guint8 *bytes, gsize size, GError **error)
{
    const SpSheetsForm form = {
        .origin = "b.xls", .columns = wanted, .n_columns = G_N_ELEMENTS(wanted), .decimal = ','};
    return rowsink_read((const char *)bytes, size, &form, error);
}

static void an_old_workbook_is_read(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = old_book(FALSE);
    g_autoptr(GError) error = NULL;
    assert_int_equal(sp_sheets_detect((const char *)bytes->data, bytes->len), SP_SHEETS_XLS);
    g_autofree char *text = read_book(bytes->data, bytes->len, &error);
    assert_no_error(error);
    assert_string_equal(text, "[Ark1]\nKommune|Antall\n2:0301|0,3\n3:Tønsberg|40\n"
                              "4:2024-12-31|1234567,89\n");
}

/* Up to the end of the last record: what is cut behind it are zeros. */
static void a_cut_old_workbook_is_told(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = old_book(FALSE);
    for (guint cut = 8; cut <= 3 * SECTOR; cut += 4) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = read_book(bytes->data, cut, &error);
        assert_null(text);
        assert_error(error, SP_ERROR_DATA, "b.xls: is a damaged or cut .xls");
    }
}

static void a_locked_old_workbook_is_told(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = old_book(TRUE);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = read_book(bytes->data, bytes->len, &error);
    assert_null(text);
    assert_error(error, SP_ERROR_DATA, "behind a password");
}

/* freexl 1.0.6 reads past its buffer when a record's size is a lie. Whatever comes of it: an error
 * or rows, never a crash. */
static void a_spoilt_old_workbook_is_survived(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = old_book(FALSE);
    guint n_refused = 0;
    for (guint at = 3 * SECTOR; at < 3 * SECTOR + 400; at++) {
        g_autoptr(GError) error = NULL;
        guint8 kept = bytes->data[at];
        bytes->data[at] = (guint8)~kept;
        g_autofree char *text = read_book(bytes->data, bytes->len, &error);
        n_refused += text == NULL ? 1 : 0;
        bytes->data[at] = kept;
    }
    assert_true(n_refused > 20);
}

static void a_compound_file_without_a_workbook_is_told(void **state)
{
    (void)state;
    guint8 bytes[1024] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    g_autoptr(GError) error = NULL;
    g_autofree char *text = read_book(bytes, sizeof bytes, &error);
    assert_null(text);
    assert_error(error, SP_ERROR_DATA, "b.xls: is a damaged or cut .xls");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_workbook_is_read),
        cmocka_unit_test(a_cut_old_workbook_is_told),
        cmocka_unit_test(a_locked_old_workbook_is_told),
        cmocka_unit_test(a_spoilt_old_workbook_is_survived),
        cmocka_unit_test(a_compound_file_without_a_workbook_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
