/* Reading what was said. */
#include "pipeline/night/runlog.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "pipeline/log.h"

#include <string.h>

enum { MAX_LOG_SIZE = 64 * 1024 * 1024 };

static void message_free(SpRunMessage *message)
{
    g_free(message->program);
    g_free(message->level);
    g_free(message->text);
    g_free(message);
}

static void add_line(GPtrArray *messages, const char *line)
{
    const char *program = NULL;
    const char *level = NULL;
    const char *text = NULL;
    g_autoptr(json_t) json = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    if (json_unpack(json, "{s:s, s:s, s:s}", "program", &program, "level", &level, "text", &text) ==
            0 &&
        strcmp(level, sp_log_level_word(SP_LOG_INFO)) != 0) {
        SpRunMessage *message = g_new0(SpRunMessage, 1);
        message->program = g_strdup(program);
        message->level = g_strdup(level);
        message->text = g_strdup(text);
        g_ptr_array_add(messages, message);
    }
}

GPtrArray *sp_runlog_read(const char *path)
{
    gsize size = 0;
    GPtrArray *messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    g_autofree char *text = sp_file_read(path, MAX_LOG_SIZE, &size, NULL);
    g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (**line != '\0') {
            add_line(messages, *line);
        }
    }
    return messages;
}

const SpRunMessage *sp_runlog_last_error(const GPtrArray *messages, const char *program)
{
    for (guint i = messages->len; i > 0; i--) {
        const SpRunMessage *message = messages->pdata[i - 1];
        if (strcmp(message->program, program) == 0 &&
            strcmp(message->level, sp_log_level_word(SP_LOG_ERROR)) == 0) {
            return message;
        }
    }
    return NULL;
}
