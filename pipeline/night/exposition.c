/* HELP, TYPE and samples. */
#include "pipeline/night/exposition.h"

struct SpExposition {
    GString *text;
    char *name, *help; /* of the gauge begun; `help` NULL: it is in the text */
};

SpExposition *sp_exposition_new(void)
{
    SpExposition *exposition = g_new0(SpExposition, 1);
    exposition->text = g_string_new(NULL);
    return exposition;
}

void sp_exposition_free(SpExposition *exposition)
{
    if (exposition != NULL) {
        g_string_free(exposition->text, TRUE);
        g_free(exposition->name);
        g_free(exposition->help);
        g_free(exposition);
    }
}

/* A backslash and a line end are escaped everywhere, a quote within quotes. */
static void add_escaped(GString *text, const char *value, gboolean is_quoted)
{
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    for (const char *c = valid; *c != '\0'; c++) {
        if (*c == '\\' || (*c == '"' && is_quoted)) {
            g_string_append_c(text, '\\');
        }
        if (*c == '\n') {
            g_string_append(text, "\\n");
        } else {
            g_string_append_c(text, *c);
        }
    }
}

void sp_exposition_begin(SpExposition *exposition, const char *name, const char *help)
{
    g_free(exposition->name);
    g_free(exposition->help);
    exposition->name = g_strconcat("statpakke_", name, NULL);
    exposition->help = g_strdup(help);
}

void sp_exposition_add(SpExposition *exposition, const char *label, const char *value,
                       double number)
{
    GString *text = exposition->text;
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    if (exposition->help != NULL) {
        g_string_append_printf(text, "# HELP %s ", exposition->name);
        add_escaped(text, exposition->help, FALSE);
        g_string_append_printf(text, "\n# TYPE %s gauge\n", exposition->name);
        g_clear_pointer(&exposition->help, g_free);
    }
    g_string_append(text, exposition->name);
    if (label != NULL) {
        g_string_append_printf(text, "{%s=\"", label);
        add_escaped(text, value, TRUE);
        g_string_append(text, "\"}");
    }
    /* 15 digits: whole numbers exactly, and no noise after a decimal. */
    g_string_append_printf(text, " %s\n", g_ascii_formatd(digits, sizeof digits, "%.15g", number));
}

char *sp_exposition_text(const SpExposition *exposition)
{
    return g_strdup(exposition->text->str);
}
