/* Files about persons, in pieces: a CSV passes through, a workbook is kept until it is whole. */
#include "extractors/file_form.h"

#include "core/error.h"

#include <string.h>
#include <sys/mman.h>

typedef enum { NOT_KNOWN, IS_CSV, IS_WORKBOOK } Kind;

typedef struct {
    SpParser parser; /* first: a pointer to it is one to this */
    const SpLayout *layout;
    SpSink *sink;
    char *origin;
    Kind kind;
    SpCsv *csv;
    char *bytes; /* what is kept: the beginning until it tells, or all of a workbook */
    gsize size;
    gsize room;
} FileParser;

/* Anonymous memory that is kept out of dumps and, where we may, out of the swap. */
static char *room_new(gsize room)
{
    void *memory = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        g_error("no memory for %" G_GSIZE_FORMAT " bytes", room);
    }
    (void)mlock(memory, room);
    (void)madvise(memory, room, MADV_DONTDUMP);
    return memory;
}

static void room_free(char *bytes, gsize room)
{
    if (bytes != NULL) {
        explicit_bzero(bytes, room);
        munmap(bytes, room);
    }
}

static void keep(FileParser *file, const char *bytes, gsize size)
{
    if (size == 0) {
        return; /* there may be no room yet */
    }
    if (file->size + size > file->room) {
        gsize room = MAX((gsize)1024 * 1024, file->room);
        while (room < file->size + size) {
            room *= 2;
        }
        char *larger = room_new(room);
        if (file->bytes != NULL) {
            memcpy(larger, file->bytes, file->size);
        }
        room_free(file->bytes, file->room);
        file->bytes = larger;
        file->room = room;
    }
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

/* What the bytes so far are. A CSV gets those that were kept at once. */
static gboolean decide(FileParser *file, GError **error)
{
    gboolean is_workbook = FALSE;
    const char *bytes = file->bytes != NULL ? file->bytes : "";
    if (!sp_file_is_workbook(bytes, file->size, file->origin, file->layout, &is_workbook, error)) {
        return FALSE;
    }
    file->kind = is_workbook ? IS_WORKBOOK : IS_CSV;
    if (is_workbook) {
        return TRUE;
    }
    SpCsvForm form;
    sp_file_csv_form(file->layout, file->origin, TRUE, &form);
    file->csv = sp_csv_open(&form, file->sink, error);
    if (file->csv == NULL || !sp_csv_push(file->csv, bytes, file->size, error)) {
        return FALSE;
    }
    room_free(g_steal_pointer(&file->bytes), file->room);
    file->size = 0;
    file->room = 0;
    return TRUE;
}

static gboolean push(SpParser *parser, const char *bytes, gsize size, GError **error)
{
    FileParser *file = (FileParser *)parser;
    if (file->kind == IS_CSV) {
        return sp_csv_push(file->csv, bytes, size, error);
    }
    if (file->size + size > SP_FILE_MAX_WORKBOOK) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is a workbook of more than %d MiB; deliver it as CSV",
                            file->origin, SP_FILE_MAX_WORKBOOK / 1024 / 1024);
    }
    keep(file, bytes, size);
    return file->kind == IS_WORKBOOK || file->size < SP_SHEETS_TELLING || decide(file, error);
}

static void abandon(SpParser *parser)
{
    FileParser *file = (FileParser *)parser;
    sp_csv_abandon(file->csv);
    room_free(file->bytes, file->room);
    g_free(file->origin);
    g_free(file);
}

static gboolean close_all(SpParser *parser, GError **error)
{
    FileParser *file = (FileParser *)parser;
    gboolean ok = file->kind != NOT_KNOWN || decide(file, error);
    if (ok && file->kind == IS_CSV) {
        ok = sp_csv_close(g_steal_pointer(&file->csv), error);
    } else if (ok) {
        SpSheetsForm form;
        g_autoptr(GPtrArray) columns = sp_layout_needed_columns(file->layout);
        sp_file_sheets_form(file->layout, file->origin, TRUE, columns, &form);
        ok = sp_sheets_parse(file->bytes, file->size, &form, file->sink, error);
    }
    abandon(parser);
    return ok;
}

SpParser *sp_file_parser_open(const char *origin, const SpLayout *layout, SpSink *sink,
                              GError **error)
{
    (void)error;
    FileParser *file = g_new0(FileParser, 1);
    file->parser = (SpParser){.push = push, .close = close_all, .abandon = abandon};
    file->layout = layout;
    file->sink = sink;
    file->origin = g_strdup(origin);
    return &file->parser;
}
