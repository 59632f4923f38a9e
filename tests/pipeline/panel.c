/* A panel by hand. */
#include "tests/pipeline/panel.h"

#include "tests/check.h"

#define UNIT "stages/normalise/tabular/brukere/latest/"

Mini *panel_country(const char *pattern)
{
    Mini *mini = mini_new();
    g_autofree char *inbox = g_strdup_printf("inbox = %s", pattern);
    g_autofree char *conf = NULL;
    assert_true(g_file_get_contents(mini->conf, &conf, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(conf, ", tabular/aarsverk\n", 2);
    g_autofree char *fewer = g_strjoinv("\n", parts);
    g_auto(GStrv) layouts = g_strsplit(fewer, "layout = brukere\n", 2);
    g_autofree char *both = g_strjoinv("layout = brukere, aarsverk\n", layouts);
    assert_true(g_file_set_contents(mini->conf, both, -1, NULL));
    mini_set(mini, "tabular/brukere", inbox);
    return mini;
}

void panel_deliver(const Mini *mini, const char *name, const char *text)
{
    mini_deliver(mini, "tabular", name, text);
}

char *panel_facts(const Mini *mini, const char *file)
{
    g_autofree char *path = g_strconcat(UNIT, file, NULL);
    return mini_text(mini, path);
}
