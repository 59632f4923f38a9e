/* The reading process. Nothing of GLib is called here: after a fork in a program with threads only
 * the C library's own locks are in order. */
#include "core/io/xls_child.h"

#include "core/io/sheets.h"

#include <freexl.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Each compiler tells in its own way. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WITH_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WITH_SANITIZER
#endif
#endif

enum { OUT = 3, BOOK = 4, FIRST_OTHER = 5, MAX_SECONDS = 60, BUFFER_SIZE = 65536 };
#define MAX_MEMORY ((rlim_t)2 * 1024 * 1024 * 1024)

typedef struct {
    size_t size;
    char bytes[BUFFER_SIZE];
} Pipe;

static void flush(Pipe *pipe)
{
    for (size_t done = 0; done < pipe->size;) {
        ssize_t n = write(OUT, pipe->bytes + done, pipe->size - done);
        if (n < 0 && errno != EINTR) {
            _exit(1); /* nobody listens any more */
        }
        done += n > 0 ? (size_t)n : 0;
    }
    pipe->size = 0;
}

static void put(Pipe *pipe, const void *bytes, size_t size)
{
    const char *from = bytes;
    while (size > 0) {
        size_t n = size < BUFFER_SIZE - pipe->size ? size : BUFFER_SIZE - pipe->size;
        memcpy(pipe->bytes + pipe->size, from, n);
        pipe->size += n;
        from += n;
        size -= n;
        if (pipe->size == BUFFER_SIZE) {
            flush(pipe);
        }
    }
}

static void put_word(Pipe *pipe, SpXlsWord word)
{
    char letter = (char)word;
    put(pipe, &letter, 1);
}

static void put_number(Pipe *pipe, guint32 number)
{
    put(pipe, &number, sizeof number);
}

static void put_text(Pipe *pipe, const char *text)
{
    size_t size = text != NULL ? strlen(text) : 0;
    put_number(pipe, (guint32)size);
    put(pipe, text, size);
}

static _Noreturn void end_with_error(Pipe *pipe, int code)
{
    gint32 number = code;
    put_word(pipe, SP_XLS_ERROR);
    put(pipe, &number, sizeof number);
    flush(pipe);
    _exit(0);
}

static void put_cell(Pipe *pipe, guint32 row, guint32 column, const FreeXL_CellValue *cell)
{
    gboolean is_integer = cell->type == FREEXL_CELL_INT;
    gboolean is_day = cell->type == FREEXL_CELL_DATE || cell->type == FREEXL_CELL_DATETIME;
    gboolean is_text = cell->type == FREEXL_CELL_TEXT || cell->type == FREEXL_CELL_SST_TEXT ||
                       cell->type == FREEXL_CELL_TIME;
    if (is_integer || cell->type == FREEXL_CELL_DOUBLE) {
        double value = is_integer ? cell->value.int_value : cell->value.double_value;
        put_word(pipe, SP_XLS_NUMBER);
        put_number(pipe, row);
        put_number(pipe, column);
        put(pipe, &value, sizeof value);
    } else if (is_day || is_text) {
        put_word(pipe, is_day ? SP_XLS_DAY : SP_XLS_TEXT);
        put_number(pipe, row);
        put_number(pipe, column);
        put_text(pipe, cell->value.text_value);
    }
}

static void put_sheet(Pipe *pipe, const void *book, unsigned short sheet)
{
    unsigned int n_rows = 0;
    unsigned short n_columns = 0;
    int code = freexl_select_active_worksheet(book, sheet);
    if (code == FREEXL_OK) {
        code = freexl_worksheet_dimensions(book, &n_rows, &n_columns);
    }
    put_word(pipe, SP_XLS_BEGIN);
    put_number(pipe, sheet);
    for (unsigned int row = 0; code == FREEXL_OK && row < n_rows; row++) {
        for (unsigned int column = 0; code == FREEXL_OK && column < n_columns; column++) {
            FreeXL_CellValue cell;
            code = freexl_get_cell_value(book, row, (unsigned short)column, &cell);
            if (code == FREEXL_OK) {
                put_cell(pipe, row, column, &cell);
            }
        }
    }
    if (code != FREEXL_OK) {
        end_with_error(pipe, code);
    }
}

static unsigned int ask(Pipe *pipe, const void *book, unsigned short what)
{
    unsigned int answer = 0;
    int code = freexl_get_info(book, what, &answer);
    if (code != FREEXL_OK) {
        end_with_error(pipe, code);
    }
    return answer;
}

static void read_book(Pipe *pipe)
{
    const void *book = NULL;
    char path[32];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", BOOK);
    int code = freexl_open(path, &book);
    if (code != FREEXL_OK) {
        end_with_error(pipe, code);
    }
    if (ask(pipe, book, FREEXL_BIFF_PASSWORD) == FREEXL_BIFF_OBFUSCATED) {
        put_word(pipe, SP_XLS_PASSWORD);
        return;
    }
    unsigned int n = ask(pipe, book, FREEXL_BIFF_SHEET_COUNT);
    n = n < SP_SHEETS_MAX_SHEETS ? n : SP_SHEETS_MAX_SHEETS;
    put_word(pipe, SP_XLS_SHEETS);
    put_number(pipe, n);
    for (unsigned int i = 0; i < n; i++) {
        const char *name = NULL;
        code = freexl_get_worksheet_name(book, (unsigned short)i, &name);
        put_text(pipe, code == FREEXL_OK ? name : "");
    }
    for (unsigned int i = 0; i < n; i++) {
        put_sheet(pipe, book, (unsigned short)i);
    }
    put_word(pipe, SP_XLS_DONE);
}

/* What the reading may use: two descriptors, a minute, two GiB, and no core that would hold
 * rows. */
static void confine(int book, int out)
{
    const struct rlimit none = {0, 0};
    const struct rlimit seconds = {MAX_SECONDS, MAX_SECONDS};
    int own_book = fcntl(book, F_DUPFD, FIRST_OTHER);
    int own_out = fcntl(out, F_DUPFD, FIRST_OTHER);
    if (own_book < 0 || own_out < 0 || dup2(own_out, OUT) < 0 || dup2(own_book, BOOK) < 0) {
        _exit(1);
    }
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < OUT && nowhere >= 0; fd++) {
        (void)dup2(nowhere, fd);
    }
    if (close_range(FIRST_OTHER, ~0U, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0 ||
        setrlimit(RLIMIT_CPU, &seconds) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        _exit(1);
    }
#ifndef WITH_SANITIZER /* which reserve terabytes */
    const struct rlimit memory = {MAX_MEMORY, MAX_MEMORY};
    (void)setrlimit(RLIMIT_AS, &memory);
#endif
}

_Noreturn void sp_xls_child(int book, int out)
{
    Pipe pipe = {.size = 0};
    confine(book, out);
    read_book(&pipe);
    flush(&pipe);
    _exit(0);
}
