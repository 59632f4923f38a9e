/* Lines on stderr, as text for people or JSON for machines, and in the run's file. */
#include "pipeline/log.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "core/period.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How a level is told: in JSON, to the journal, and in which colour. */
static const struct {
    const char *word;
    const char *priority;
    const char *colour;
} levels[SP_LOG_N_LEVELS] = {[SP_LOG_INFO] = {"info", "<6>", ""},
                             [SP_LOG_WARNING] = {"warning", "<4>", "\x1b[33m"},
                             [SP_LOG_ERROR] = {"error", "<3>", "\x1b[31m"}};

const char *sp_log_level_word(SpLogLevel level)
{
    return levels[level].word;
}

static gboolean shows(const SpLog *log, SpLogLevel level)
{
    if (level != SP_LOG_INFO) {
        return TRUE;
    }
    return !log->is_quiet && (log->form != SP_LOG_AUTO || isatty(STDERR_FILENO));
}

/* Names of files and words of sources may hold line ends and commands to a terminal: each such
 * character is shown as "?". */
static char *one_line(const char *text)
{
    GString *line = g_string_new(NULL);
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        GUnicodeType type = g_unichar_type(letter);
        gboolean is_shown = type != G_UNICODE_CONTROL && type != G_UNICODE_LINE_SEPARATOR &&
                            type != G_UNICODE_PARAGRAPH_SEPARATOR;
        g_string_append_unichar(line, is_shown ? letter : '?');
    }
    return g_string_free(line, FALSE);
}

static char *format_json(const SpLog *log, SpLogLevel level, const char *text)
{
    g_autofree char *time =
        log->now == 0
            ? NULL
            : sp_time_format(log->now + (g_get_monotonic_time() - log->began) / G_USEC_PER_SEC);
    g_autoptr(json_t) line = json_pack("{s:s*, s:s, s:s, s:s}", "time", time, "program",
                                       log->program, "level", levels[level].word, "text", text);
    char *dumped = json_dumps(line, JSON_COMPACT);
    char *whole = g_strconcat(dumped, "\n", NULL);
    free(dumped);
    return whole;
}

/* systemd names the stream that it reads, so that a program can tell it from another. */
static gboolean is_journal(void)
{
    struct stat own;
    const char *named = g_getenv("JOURNAL_STREAM");
    if (named == NULL || fstat(STDERR_FILENO, &own) != 0) {
        return FALSE;
    }
    g_autofree char *name = g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                            (guint64)own.st_dev, (guint64)own.st_ino);
    return strcmp(named, name) == 0;
}

static gboolean is_coloured(void)
{
    const char *refused = g_getenv("NO_COLOR");
    return (refused == NULL || *refused == '\0') && g_strcmp0(g_getenv("TERM"), "dumb") != 0 &&
           isatty(STDERR_FILENO);
}

static char *format_text(const SpLog *log, SpLogLevel level, const char *valid)
{
    g_autofree char *text = one_line(valid);
    const gboolean has_colour = *levels[level].colour != '\0' && is_coloured();
    return g_strdup_printf("%s%s%s: %s%s%s\n", is_journal() ? levels[level].priority : "",
                           has_colour ? levels[level].colour : "", log->program,
                           level == SP_LOG_WARNING ? "warning: " : "", has_colour ? "\x1b[0m" : "",
                           text);
}

/* Nothing can be done about a file or a stderr that does not take the line. */
static void put(int fd, const char *line)
{
    ssize_t written = write(fd, line, strlen(line));
    (void)written;
}

/* There is one terminal: what stands on its last line, and in whose turn it is written. */
static pthread_mutex_t terminal = PTHREAD_MUTEX_INITIALIZER;
static char *bar;

#define CLEAR "\r\x1b[K"

void sp_log_bar(const char *line)
{
    pthread_mutex_lock(&terminal);
    if (line != NULL || bar != NULL) {
        g_autofree char *text = g_strconcat(CLEAR, line, NULL);
        put(STDERR_FILENO, text);
    }
    g_free(bar);
    bar = g_strdup(line);
    pthread_mutex_unlock(&terminal);
}

static void put_line(const char *line)
{
    pthread_mutex_lock(&terminal);
    g_autofree char *above = bar != NULL ? g_strconcat(CLEAR, line, bar, NULL) : NULL;
    put(STDERR_FILENO, above != NULL ? above : line);
    pthread_mutex_unlock(&terminal);
}

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
                sp_mode_at(path, SP_MODE_PRIVATE_FILE));
}

static void add_to_file(const SpLog *log, SpLogLevel level, const char *text)
{
    int fd = open_file(log->file);
    if (fd < 0 && errno == ENOENT) {
        g_autofree char *folder = g_path_get_dirname(log->file);
        (void)sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, NULL);
        fd = open_file(log->file);
    }
    if (fd >= 0) {
        g_autofree char *line = format_json(log, level, text);
        put(fd, line);
        close(fd);
    }
}

void sp_log(const SpLog *log, SpLogLevel level, const char *format, ...)
{
    const gboolean is_shown = shows(log, level);
    if (!is_shown && log->file == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *valid = g_utf8_make_valid(text, -1); /* names of files may be any bytes */
    if (log->file != NULL) {
        add_to_file(log, level, valid);
    }
    if (is_shown) {
        g_autofree char *line = log->form == SP_LOG_JSON ? format_json(log, level, valid)
                                                         : format_text(log, level, valid);
        put_line(line);
    }
}
