/* Lines on stderr, as text for people or JSON for machines. */
#include "pipeline/log.h"

#include "core/io/json.h"

#include <unistd.h>

static const char *const level_words[] = {
    [SP_LOG_INFO] = "info", [SP_LOG_WARNING] = "warning", [SP_LOG_ERROR] = "error"};

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
    g_autoptr(json_t) line = json_pack("{s:s, s:s, s:s}", "program", log->program, "level",
                                       level_words[level], "text", text);
    char *dumped = json_dumps(line, JSON_COMPACT);
    char *whole = g_strconcat(dumped, "\n", NULL);
    free(dumped);
    return whole;
}

void sp_log(const SpLog *log, SpLogLevel level, const char *format, ...)
{
    if (!shows(log, level)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *valid = g_utf8_make_valid(text, -1); /* names of files may be any bytes */
    g_autofree char *shown = one_line(valid);
    g_autofree char *line = NULL;
    if (log->form == SP_LOG_JSON) {
        line = format_json(log, level, valid);
    } else if (level == SP_LOG_WARNING) {
        line = g_strdup_printf("%s: warning: %s\n", log->program, shown);
    } else {
        line = g_strdup_printf("%s: %s\n", log->program, shown);
    }
    /* Nothing can be done about a stderr that does not take the line. */
    ssize_t written = write(STDERR_FILENO, line, strlen(line));
    (void)written;
}
