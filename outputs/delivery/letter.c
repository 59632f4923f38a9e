/* Letters to recipients. */
#include "outputs/delivery/letter.h"

#include "outputs/words.h"

#include <string.h>

enum { DAY_LENGTH = 10 };

typedef struct {
    const SpLetter *letter;
    const SpTexts *texts;
    GString *out;
} Writing;

static const char *text(const Writing *at, const char *id)
{
    return sp_texts_find(at->texts, id, at->letter->language);
}

/* As it may stand within a line. g_free. */
static char *clean(const char *value)
{
    char *valid = sp_words_clean(value);
    for (char *c = valid; *c != '\0'; c++) {
        *c = g_ascii_iscntrl(*c) ? ' ' : *c;
    }
    return g_strstrip(valid);
}

/* Adds a text and puts a value in the place of {x}, the one field that each of these has. */
static void say(const Writing *at, const char *id, const char *value)
{
    const char *template = text(at, id);
    const char *field = strstr(template, "{x}");
    if (field == NULL) {
        g_string_append(at->out, template);
        return;
    }
    g_autofree char *is = clean(value != NULL ? value : "");
    g_string_append_len(at->out, template, field - template);
    g_string_append(at->out, is);
    g_string_append(at->out, field + strlen("{x}"));
}

static void say_line(const Writing *at, const char *id, const char *value)
{
    say(at, id, value);
    g_string_append_c(at->out, '\n');
}

/* "Østfold, Buskerud og Oslo". g_free. */
static char *list_titles(const SpLetter *letter, const SpTexts *texts)
{
    GString *list = g_string_new(NULL);
    for (gsize i = 0; i < letter->n_packages; i++) {
        const char *before = i == 0 ? ""
                             : i + 1 == letter->n_packages
                                 ? sp_texts_find(texts, "letter.and", letter->language)
                                 : ",";
        g_string_append_printf(list, "%s%s%s%s", before[0] == ',' || i == 0 ? "" : " ", before,
                               i == 0 ? "" : " ", letter->packages[i].title);
    }
    return g_string_free(list, FALSE);
}

char *sp_letter_subject(const SpLetter *letter, const SpTexts *texts)
{
    Writing at = {letter, texts, g_string_new(NULL)};
    g_autofree char *titles = list_titles(letter, texts);
    say(&at, letter->withdrawal != NULL ? "letter.subject_withdrawn" : "letter.subject", titles);
    g_string_append_printf(at.out, " (%.*s)", DAY_LENGTH, letter->edition);
    return g_string_free(at.out, FALSE);
}

/* ---- what is new ---- */

static void say_change(const Writing *at, const SpTable *changes, gsize row)
{
    static const SpFigureForm whole = {0};
    char figure[SP_FIGURE_SIZE];
    const char *kind = sp_table_code(changes, row, sp_table_find(changes, "slag"));
    const char *cause = sp_table_code(changes, row, sp_table_find(changes, "aarsak"));
    g_autofree char *kind_id = g_strconcat("code.endring.", kind, NULL);
    g_autofree char *cause_id = g_strconcat("code.aarsak.", cause, NULL);
    const SpReal count = sp_table_reals_const(changes, sp_table_find(changes, "antall"))[row];
    g_string_append_printf(at->out, "    %s: %s (%s)\n", text(at, kind_id),
                           sp_words_figure(count, whole, figure), text(at, cause_id));
}

static void say_changes(const Writing *at, const SpLetterPackage *package)
{
    const gsize n = package->changes != NULL ? sp_table_n_rows(package->changes) : 0;
    g_autofree char *title = clean(package->title);
    g_string_append_printf(at->out, "  %s: ", title);
    if (package->previous == NULL) {
        say_line(at, "letter.first", NULL);
    } else if (n == 0) {
        say_line(at, "page.no_changes", NULL);
    } else {
        say_line(at, "letter.since", package->previous);
    }
    for (gsize row = 0; package->previous != NULL && row < n; row++) {
        say_change(at, package->changes, row);
    }
}

/* Adds a line once, under a heading that comes with the first. */
static void say_once(const Writing *at, GHashTable *said, const char *heading, const char *line)
{
    if (g_hash_table_contains(said, line)) {
        return;
    }
    if (g_hash_table_size(said) == 0) {
        g_string_append_c(at->out, '\n');
        say_line(at, heading, NULL);
    }
    g_hash_table_add(said, g_strdup(line));
    g_string_append_printf(at->out, "  %s\n", line);
}

static void say_sources(const Writing *at)
{
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < at->letter->n_packages; i++) {
        const SpTable *sources = at->letter->packages[i].sources;
        for (gsize row = 0; sources != NULL && row < sp_table_n_rows(sources); row++) {
            const char *state = sp_table_code(sources, row, sp_table_find(sources, "tilstand"));
            if (strcmp(state, "aktuell") == 0) {
                continue;
            }
            g_autofree char *id = g_strconcat("code.tilstand.", state, NULL);
            g_autofree char *title =
                clean(sp_table_code(sources, row, sp_table_find(sources, "tittel")));
            g_autofree char *line = g_strdup_printf("%s. %s", title, text(at, id));
            say_once(at, said, "letter.stale", line);
        }
    }
}

static void say_provisional(const Writing *at)
{
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < at->letter->n_packages; i++) {
        const char *const *names = at->letter->packages[i].provisional;
        for (; names != NULL && *names != NULL; names++) {
            g_autofree char *id = g_strconcat("table.", *names, NULL);
            say_once(at, said, "letter.provisional", text(at, id));
        }
    }
}

static void say_where(const Writing *at)
{
    g_string_append_c(at->out, '\n');
    if (at->letter->page != NULL) {
        say_line(at, "letter.page", at->letter->page);
    }
    for (gsize i = 0; i < at->letter->n_packages; i++) {
        g_autofree char *title = clean(at->letter->packages[i].title);
        g_string_append_printf(at->out, "  %s: %s\n", title, at->letter->packages[i].name);
    }
    g_string_append_c(at->out, '\n');
    if (at->letter->public_key != NULL) {
        say_line(at, "letter.signed", at->letter->public_key);
        g_string_append(at->out, "  minisign -Vm SHA256SUMS -p statpakke.pub\n");
    } else {
        say_line(at, "letter.unsigned", NULL);
    }
    g_string_append(at->out, "  sha256sum -c SHA256SUMS\n");
}

static void say_news(const Writing *at)
{
    g_string_append_c(at->out, '\n');
    say_line(at, "letter.changes", NULL);
    for (gsize i = 0; i < at->letter->n_packages; i++) {
        say_changes(at, &at->letter->packages[i]);
    }
    say_sources(at);
    say_provisional(at);
    say_where(at);
}

/* ---- what is withdrawn ---- */

static void say_withdrawal(const Writing *at)
{
    const SpWithdrawal *withdrawal = at->letter->withdrawal;
    const gboolean is_nn = strcmp(at->letter->language, "nn") == 0;
    const char *correction = is_nn ? withdrawal->correction_nn : withdrawal->correction_nb;
    say_line(at, "letter.reason", withdrawal->reason);
    if (withdrawal->from != NULL) {
        say_line(at, "letter.from", withdrawal->from);
    }
    if (correction != NULL) {
        say_line(at, "letter.correction", correction);
    }
    g_string_append_c(at->out, '\n');
    say_line(at, at->letter->served != NULL ? "letter.served" : "letter.none_served",
             at->letter->served);
    if (at->letter->page != NULL) {
        say_line(at, "letter.page", at->letter->page);
    }
}

char *sp_letter_text(const SpLetter *letter, const SpTexts *texts)
{
    const Writing at = {letter, texts, g_string_new(NULL)};
    g_autofree char *titles = list_titles(letter, texts);
    say_line(&at, "letter.to", letter->recipient);
    if (letter->notice != NULL) {
        g_autofree char *notice = clean(letter->notice);
        g_string_append_printf(at.out, "\n%s\n", notice);
    }
    g_string_append_c(at.out, '\n');
    say_line(&at, letter->withdrawal != NULL ? "letter.withdrawn" : "letter.published", titles);
    say_line(&at, "letter.edition", letter->edition);
    if (letter->withdrawal != NULL) {
        say_withdrawal(&at);
    } else {
        say_news(&at);
    }
    g_string_append_c(at.out, '\n');
    say_line(&at, "letter.automatic", NULL);
    return g_string_free(at.out, FALSE);
}
