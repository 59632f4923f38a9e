/* Lines that are known to fail, held against those of a run. */
#include "known.h"

#include "tests/transforms/project/demand/config.h"

#include <math.h>
#include <string.h>

static const char header[] = "what,class,years,within_90,why\n";
enum { WHAT, CLASS, YEARS, WITHIN_90, WHY, N_FIELDS };

/* Chance of other processors' arithmetic is far below this. */
static const double worse = 1.0;

struct Known {
    GPtrArray *lines; /* GPtrArray* of texts [N_FIELDS] */
};

static void line_free(gpointer line)
{
    g_ptr_array_unref(line);
}

Known *known_new(const char *text)
{
    Known *known = g_new(Known, 1);
    known->lines = g_ptr_array_new_with_free_func(line_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (*text != '\0' && !g_str_has_prefix(text, header)) {
        fail_msg("known.csv: line 1: it begins with %s", header);
    }
    for (gsize i = 1; *text != '\0' && lines[i] != NULL && *lines[i] != '\0'; i++) {
        GPtrArray *fields = config_fields(lines[i]);
        g_ptr_array_add(known->lines, fields);
        if (fields->len != N_FIELDS) {
            fail_msg("known.csv: line %zu has %u fields, want %d; a reason with commas stands in "
                     "quotes",
                     i + 1, fields->len, N_FIELDS);
        }
    }
    return known;
}

void known_free(Known *known)
{
    if (known != NULL) {
        g_ptr_array_unref(known->lines);
        g_free(known);
    }
}

static const char *field(const GPtrArray *line, guint which)
{
    return line->pdata[which];
}

static gboolean is_of(const GPtrArray *line, const Outcome *outcome)
{
    g_autofree char *years = g_strdup_printf("%zu", outcome->years);
    return strcmp(field(line, WHAT), outcome->what) == 0 &&
           strcmp(field(line, CLASS), outcome->class) == 0 &&
           strcmp(field(line, YEARS), years) == 0;
}

static const GPtrArray *find(const Known *known, const Outcome *outcome)
{
    for (guint i = 0; i < known->lines->len; i++) {
        if (is_of(known->lines->pdata[i], outcome)) {
            return known->lines->pdata[i];
        }
    }
    return NULL;
}

gboolean known_has(const Known *known, const Outcome *outcome)
{
    return find(known, outcome) != NULL;
}

/* What is news of a line, or NULL. */
static const char *news_of(const GPtrArray *line, const Outcome *outcome)
{
    if (line == NULL) {
        return outcome->fails
                   ? "it fails and is not there: find the cause, and tell it there if it "
                     "is to stay"
                   : NULL;
    }
    if (!outcome->fails) {
        return "it no longer fails: take it out";
    }
    double known = fixture_number(field(line, WITHIN_90));
    double off = outcome->within_90 - 90.0, told = known - 90.0;
    if (fabs(off) > fabs(told) + worse || (off * told < 0.0 && fabs(off) > worse)) {
        return "it fails by more than is told there: find the cause";
    }
    return *field(line, WHY) == '\0' ? "no reason is told there: write one" : NULL;
}

guint known_news(const Known *known, const Outcome outcomes[], gsize n, GString *report)
{
    guint n_news = 0;
    gsize n_lines = 0;
    for (gsize i = 0; i < n; i++) {
        const GPtrArray *line = find(known, &outcomes[i]);
        const char *news = news_of(line, &outcomes[i]);
        n_lines += line != NULL ? 1 : 0;
        if (news != NULL) {
            n_news++;
            g_string_append_printf(report, "known.csv: %s, %s, %zu years on, holds %.1f %%: %s\n",
                                   outcomes[i].what, outcomes[i].class, outcomes[i].years,
                                   outcomes[i].within_90, news);
        }
    }
    /* What is left is misspelt or stands there twice. */
    if (n_lines != known->lines->len) {
        n_news++;
        g_string_append_printf(report,
                               "known.csv: %u lines, of which the run has %zu: the others are no "
                               "lines of it, or stand there twice\n",
                               known->lines->len, n_lines);
    }
    return n_news;
}

char *known_text(const Known *known, const Outcome outcomes[], gsize n)
{
    GString *text = g_string_new(header);
    for (gsize i = 0; i < n; i++) {
        const GPtrArray *line = find(known, &outcomes[i]);
        if (outcomes[i].fails) {
            g_string_append_printf(text, "%s,%s,%zu,%.1f,\"%s\"\n", outcomes[i].what,
                                   outcomes[i].class, outcomes[i].years, outcomes[i].within_90,
                                   line == NULL ? "" : field(line, WHY));
        }
    }
    return g_string_free(text, FALSE);
}
