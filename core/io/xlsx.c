/* The .xlsx package: which parts it has, and the sheets in the order of the workbook. */
#include "core/io/sheets_reader.h"

#include "core/error.h"
#include "core/io/sheets.h"
#include "core/io/xlsx_book.h"

#include <string.h>

typedef struct {
    char *name;
    char *relation;
    gboolean is_hidden;
} Sheet;

static void sheet_free(gpointer data)
{
    Sheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet->relation);
    g_free(sheet);
}

/* Relations of a part: id -> target, and the last word of a type -> target, for those that are one
 * of a kind. */
typedef struct {
    SpXlsxPart part;
    const char *folder; /* of the part that they are of */
    GHashTable *by_id;
    GHashTable *by_type;
} Relations;

static void relations_clear(Relations *relations)
{
    g_clear_pointer(&relations->by_id, g_hash_table_unref);
    g_clear_pointer(&relations->by_type, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Relations, relations_clear)

static void book_clear(SpXlsxBook *book)
{
    g_clear_pointer(&book->strings, g_ptr_array_unref);
    g_clear_pointer(&book->formats, g_array_unref);
    g_clear_pointer(&book->texts, g_string_chunk_free);
    sp_xlsx_archive_clear(&book->archive);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpXlsxBook, book_clear)

/* A target is relative to the folder of the part that names it, or begins at the package's root. */
static char *resolve(const char *folder, const char *target)
{
    g_autofree char *joined =
        target[0] == '/' ? g_strdup(target) : g_build_filename("/", folder, target, NULL);
    g_autofree char *whole = g_canonicalize_filename(joined, "/");
    return g_strdup(whole + strspn(whole, "/"));
}

static gboolean on_relation(SpXmlHandler *handler, const char *name,
                            const SpXmlAttribute attributes[], gsize n, GError **error)
{
    const Relations *relations = (Relations *)handler;
    g_autofree char *id = sp_xlsx_attribute(attributes, n, "Id");
    g_autofree char *type = sp_xlsx_attribute(attributes, n, "Type");
    g_autofree char *target = sp_xlsx_attribute(attributes, n, "Target");
    const char *slash = type != NULL ? strrchr(type, '/') : NULL;
    (void)error;
    if (strcmp(name, "Relationship") == 0 && id != NULL && target != NULL && slash != NULL) {
        g_hash_table_insert(relations->by_id, g_strdup(id), resolve(relations->folder, target));
        g_hash_table_insert(relations->by_type, g_strdup(slash + 1),
                            resolve(relations->folder, target));
    }
    return TRUE;
}

static gboolean read_relations(SpXlsxBook *book, const char *of, Relations *relations,
                               GError **error)
{
    g_autofree char *dirname = g_path_get_dirname(of);
    const char *folder = strcmp(dirname, ".") == 0 ? "" : dirname;
    g_autofree char *base = g_path_get_basename(of);
    g_autofree char *path = g_strdup_printf(
        "%s%s_rels/%s.rels", folder, folder[0] != '\0' ? "/" : "", strcmp(of, "") == 0 ? "" : base);
    relations->part.handler.start = on_relation;
    relations->folder = folder;
    relations->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    relations->by_type = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const gboolean is_read = sp_xlsx_part_read(&relations->part, &book->archive, path, error);
    relations->folder = NULL;
    return is_read;
}

/* What the workbook says of itself. */
typedef struct {
    SpXlsxPart part;
    SpXlsxBook *book;
    GPtrArray *sheets; /* Sheet* */
} Contents;

static gboolean add_sheet(const Contents *contents, const SpXmlAttribute attributes[], gsize n,
                          GError **error)
{
    g_autofree char *state = sp_xlsx_attribute(attributes, n, "state");
    char *name = sp_xlsx_attribute(attributes, n, "name");
    Sheet *sheet = g_new0(Sheet, 1);
    /* A name is not to be left out, but a file may do without. */
    sheet->name = name != NULL ? name : g_strdup("");
    sheet->relation = sp_xlsx_attribute(attributes, n, "id");
    sheet->is_hidden = state != NULL && strcmp(state, "visible") != 0;
    g_ptr_array_add(contents->sheets, sheet);
    return contents->sheets->len <= SP_SHEETS_MAX_SHEETS ||
           sp_xlsx_part_set_error(&contents->part, error, "has more than %d sheets; not read",
                                  SP_SHEETS_MAX_SHEETS);
}

static gboolean on_contents(SpXmlHandler *handler, const char *name,
                            const SpXmlAttribute attributes[], gsize n, GError **error)
{
    const Contents *contents = (Contents *)handler;
    if (strcmp(name, "workbookPr") == 0) {
        const SpXmlAttribute *system = sp_xml_attribute(attributes, n, "date1904");
        contents->book->is_1904 = system != NULL && (sp_xml_attribute_is(system, "1") ||
                                                     sp_xml_attribute_is(system, "true"));
    }
    return strcmp(name, "sheet") != 0 || add_sheet(contents, attributes, n, error);
}

static gboolean read_workbook(SpXlsxBook *book, const char *path, GPtrArray *sheets, GError **error)
{
    Contents contents = {
        .part = {.handler = {.start = on_contents}}, .book = book, .sheets = sheets};
    return sp_xlsx_part_read(&contents.part, &book->archive, path, error);
}

/* Archives that are workbooks of another kind, or none. */
static gboolean check_kind(const SpXlsxArchive *archive, GError **error)
{
    if (sp_xlsx_archive_has(archive, "xl/workbook.bin")) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is a binary workbook (.xlsb); save it as .xlsx", archive->origin);
    }
    if (sp_xlsx_archive_has(archive, "content.xml") && sp_xlsx_archive_has(archive, "mimetype")) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is an OpenDocument file (.ods); save it as .xlsx",
                            archive->origin);
    }
    return sp_xlsx_archive_has(archive, "_rels/.rels") ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: is a zip archive, but no workbook; send the workbook itself",
                        archive->origin);
}

static gboolean read_sheet(SpXlsxBook *book, const Sheet *sheet, const Relations *relations,
                           SpSheetVisitor *visitor, GError **error)
{
    const char *target =
        sheet->relation != NULL ? g_hash_table_lookup(relations->by_id, sheet->relation) : NULL;
    if (target == NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the workbook lists a sheet that it does not have; save it again",
                            visitor->origin);
    }
    visitor->begin(visitor, sheet->name);
    return sp_xlsx_read_rows(book, target, visitor, error) && visitor->end(visitor, error);
}

static gboolean read_sheets(SpXlsxBook *book, const GPtrArray *sheets, const Relations *relations,
                            SpSheetVisitor *visitor, GError **error)
{
    g_autofree gboolean *is_chosen = g_new0(gboolean, sheets->len + 1);
    for (guint i = 0; i < sheets->len; i++) {
        const Sheet *sheet = sheets->pdata[i];
        is_chosen[i] = visitor->choose(visitor, sheet->name, sheet->is_hidden);
    }
    for (guint i = 0; i < sheets->len; i++) {
        if (is_chosen[i] && !read_sheet(book, sheets->pdata[i], relations, visitor, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_xlsx_visit(const char *bytes, gsize size, SpSheetVisitor *visitor, GError **error)
{
    g_auto(SpXlsxBook) book = {.archive = {.is_private = visitor->is_private}};
    g_auto(Relations) package = {0};
    g_auto(Relations) relations = {0};
    g_autoptr(GPtrArray) sheets = g_ptr_array_new_with_free_func(sheet_free);
    book.texts = g_string_chunk_new(65536);
    book.strings = g_ptr_array_new();
    book.formats = g_array_new(FALSE, TRUE, sizeof(SpSheetFormat));
    if (!sp_xlsx_archive_init(&book.archive, bytes, size, visitor->origin, error) ||
        !check_kind(&book.archive, error) || !read_relations(&book, "", &package, error)) {
        return FALSE;
    }
    const char *workbook = g_hash_table_lookup(package.by_type, "officeDocument");
    if (workbook == NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is a package of another kind than a workbook; save it as .xlsx",
                            visitor->origin);
    }
    return read_workbook(&book, workbook, sheets, error) &&
           read_relations(&book, workbook, &relations, error) &&
           sp_xlsx_read_strings(&book, g_hash_table_lookup(relations.by_type, "sharedStrings"),
                                error) &&
           sp_xlsx_read_styles(&book, g_hash_table_lookup(relations.by_type, "styles"), error) &&
           read_sheets(&book, sheets, &relations, visitor, error);
}
