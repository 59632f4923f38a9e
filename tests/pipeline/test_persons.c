/* A person-level source on its whole way: a made-up PAI file goes into the inbox, counts come out,
 * and nothing else is left of it. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"
#include "core/number.h"

#include <sys/stat.h>
#include <unistd.h>

enum { N_PERSONS = 1000, N_POSITIONS = 3000, KEY_SIZE = 16 };

#define INBOX "inbox/pai"
#define DELIVERY "pai-2024-12.csv"
#define PAI "--unit=pai/stillinger"
#define FACTS "stages/normalise/pai/stillinger/latest"

/* One position, as indexes into the lists below. */
typedef struct {
    int person;
    int year; /* 2023 or 2024 */
    int kommune;
    int code;
    int percent; /* hundredths of a percent */
    gboolean is_care;
} Position;

typedef struct {
    char keys[N_PERSONS][KEY_SIZE + 1];
    int born[N_PERSONS];
    int sex[N_PERSONS];
    Position positions[N_POSITIONS];
    guint64 seed;
} People;

static const char *const kommuner[] = {"0301", "1103", "1508", "1580", "1507"};
static const char *const fylker[] = {"03", "11", "15", "15", "15"};
static const struct {
    const char *code;
    const char *yrke;
    const char *group;
} jobs[] = {{"7174", "sykepleier", "hoeyskole"},
            {"7076", "helsefagarbeider", "fagutdanning"},
            {"7517", "helsefagarbeider", "fagutdanning"},
            {"6572", "uten_helseutdanning", "uten_utdanning"},
            {"9451", "leder", NULL}};
static const struct {
    const char *code;
    int first;
    int last;
} bands[] = {{"015-024", 15, 24}, {"025-034", 25, 34}, {"035-044", 35, 44}, {"045-054", 45, 54},
             {"055-059", 55, 59}, {"060-064", 60, 64}, {"065-075", 65, 75}, {"000-105", 0, 105}};

/* Steele, Lea and Flood's splitmix64. */
static guint next(People *people, guint n)
{
    people->seed += 0x9e3779b97f4a7c15U;
    guint64 z = people->seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (guint)((z ^ (z >> 31)) >> 33) % n;
}

static People *people_new(void)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    People *people = g_new0(People, 1);
    people->seed = 20241201;
    for (int i = 0; i < N_PERSONS; i++) {
        for (int k = 0; k < KEY_SIZE; k++) {
            people->keys[i][k] = digits[next(people, sizeof digits - 1)];
        }
        people->born[i] = 1955 + (int)next(people, 50);
        people->sex[i] = 1 + (int)(next(people, 5) > 0);
    }
    for (int i = 0; i < N_POSITIONS; i++) {
        Position *position = &people->positions[i];
        /* Everybody is in the file; the rest are second and third positions. */
        position->person = i < N_PERSONS ? i : (int)next(people, N_PERSONS);
        position->year = 2023 + (int)next(people, 2);
        position->kommune = (int)next(people, position->year == 2023 ? 3 : 4);
        if (position->year == 2023 && position->kommune == 2) {
            position->kommune = 4; /* not divided yet */
        }
        position->code = (int)next(people, G_N_ELEMENTS(jobs));
        position->percent = 1 + (int)next(people, 10000);
        position->is_care = next(people, 10) > 0;
    }
    return people;
}

/* The file as a pay system writes it: ISO-8859-1, semicolons, decimal comma. */
static char *file_of(const People *people)
{
    GString *text = g_string_new("aar;orgnr;kommune;person;foedselsaar;kjonn;stillingskode;"
                                 "lokal_tittel;ansettelse;stillingsprosent;funksjon;utdanning;"
                                 "grunnloenn;fravaer_egen;fravaer_lege\r\n");
    for (int i = 0; i < N_POSITIONS; i++) {
        const Position *one = &people->positions[i];
        g_string_append_printf(text, "%d;974761211;%s;%s;%d;%d;%s;Natt\xe5g;F;%d,%02d;%s;;;;\r\n",
                               one->year, kommuner[one->kommune], people->keys[one->person],
                               people->born[one->person], people->sex[one->person],
                               jobs[one->code].code, one->percent / 100, one->percent % 100,
                               one->is_care ? "253" : "202");
    }
    return g_string_free(text, FALSE);
}

static void deliver(const Mini *mini, const char *name, const char *text)
{
    g_autofree char *folder = g_build_filename(mini->workspace, INBOX, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* The mini country with the dataset in use. */
static Mini *mini_with(const char *settings)
{
    Mini *mini = mini_new();
    g_autofree char *conf = NULL;
    assert_true(g_file_get_contents(mini->conf, &conf, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(conf, "datasets = ", 2);
    g_autofree char *text = g_strconcat(parts[0], "datasets = pai/stillinger, ", parts[1],
                                        "[pai/stillinger]\n", settings, NULL);
    assert_true(g_file_set_contents(mini->conf, text, -1, NULL));
    return mini;
}

static char *text_of(const Mini *mini, const char *relative)
{
    g_autofree char *path = g_build_filename(mini->workspace, relative, NULL);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("%s cannot be read", path);
    }
    return text;
}

/* ---- One night for the tests that only look. */

static Mini *mini;
static People *people;
static char *messages;

static int set_up(void **state)
{
    (void)state;
    mini = mini_with("");
    people = people_new();
    g_autofree char *text = file_of(people);
    deliver(mini, DELIVERY, text);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--log=text", NULL);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    messages = g_strconcat(night.out, night.err, told.out, told.err, NULL);
    if (night.status != SP_ERROR_DATA) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    g_free(people);
    g_free(messages);
    return 0;
}

/* A cell of the table. */
typedef struct {
    int year;
    const char *region;
    int band;
    int sex;
    const char *yrke;
} Cell;

static gboolean is_in(const Position *one, const Cell *cell)
{
    int age = one->year - people->born[one->person];
    gboolean is_there = strcmp(cell->region, "0") == 0 ||
                        strcmp(cell->region, kommuner[one->kommune]) == 0 ||
                        strcmp(cell->region, fylker[one->kommune]) == 0;
    gboolean is_job = strcmp(cell->yrke, "tot") == 0 ||
                      strcmp(cell->yrke, jobs[one->code].yrke) == 0 ||
                      g_strcmp0(cell->yrke, jobs[one->code].group) == 0;
    return one->is_care && one->year == cell->year && is_there && is_job &&
           (cell->sex == 0 || cell->sex == people->sex[one->person]) &&
           age >= bands[cell->band].first && age <= bands[cell->band].last;
}

/* "2024-12-01,0301,015-024,1,sykepleier,12.34,,,5,,,6,,", or NULL if nobody is in the cell. */
static char *line_of(const Cell *cell)
{
    gboolean is_met[N_PERSONS] = {FALSE};
    gint64 percent = 0;
    int n_persons = 0;
    int n_positions = 0;
    for (int i = 0; i < N_POSITIONS; i++) {
        const Position *one = &people->positions[i];
        if (is_in(one, cell)) {
            percent += one->percent;
            n_positions++;
            n_persons += !is_met[one->person];
            is_met[one->person] = TRUE;
        }
    }
    char aarsverk[SP_NUMBER_SIZE];
    sp_number_format((double)percent / 10000, aarsverk);
    return n_positions == 0 ? NULL
                            : g_strdup_printf("%d-12-01,%s,%s,%d,%s,%s,,,%d,,,%d,,", cell->year,
                                              cell->region, bands[cell->band].code, cell->sex,
                                              cell->yrke, aarsverk, n_persons, n_positions);
}

/* Every line that the table must have, but those of the kommuner that 1507 was divided into. */
static GHashTable *expected_lines(void)
{
    static const char *const regions[] = {"0", "03", "11", "15", "0301", "1103", "1508", "1580"};
    static const char *const yrker[] = {"tot",          "sykepleier",    "helsefagarbeider",
                                        "leder",        "hoeyskole",     "uten_helseutdanning",
                                        "fagutdanning", "uten_utdanning"};
    GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int year = 2023; year <= 2024; year++) {
        for (gsize region = 0; region < G_N_ELEMENTS(regions); region++) {
            for (int band = 0; band < (int)G_N_ELEMENTS(bands); band++) {
                for (int sex = 0; sex <= 2; sex++) {
                    for (gsize yrke = 0; yrke < G_N_ELEMENTS(yrker); yrke++) {
                        const Cell cell = {year, regions[region], band, sex, yrker[yrke]};
                        char *line = line_of(&cell);
                        if (line != NULL) {
                            g_hash_table_add(lines, line);
                        }
                    }
                }
            }
        }
    }
    return lines;
}

static gboolean is_modelled(const char *line)
{
    return g_str_has_prefix(line, "2023-12-01,1508,") || g_str_has_prefix(line, "2023-12-01,1580,");
}

static void counts_are_those_of_an_independent_count(void **state)
{
    (void)state;
    g_autoptr(GHashTable) expected = expected_lines();
    g_autofree char *text = text_of(mini, FACTS "/stillinger.csv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n_modelled = 0;
    guint n_found = 0;
    assert_string_equal(lines[0],
                        "period,region,alder,kjonn,yrke,aarsverk,aarsverk_status,aarsverk_flags,"
                        "personer,personer_status,personer_flags,stillinger,stillinger_status,"
                        "stillinger_flags");
    for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        if (is_modelled(lines[i])) {
            n_modelled++;
            assert_non_null(strstr(lines[i], ",,..,m,")); /* persons: missing */
        } else if (!g_hash_table_contains(expected, lines[i])) {
            fail_msg("not counted so: %s", lines[i]);
        } else {
            n_found++;
        }
    }
    assert_int_equal(n_found, g_hash_table_size(expected));
    assert_true(n_modelled > 100);
}

/* Not a property of the code but of the made-up file: else the test above would prove little. */
static void persons_do_have_several_positions_and_kommuner(void **state)
{
    (void)state;
    const Cell country = {2024, "0", 7, 0, "tot"};
    const Cell oslo = {2024, "0301", 7, 0, "tot"};
    const Cell stavanger = {2024, "1103", 7, 0, "tot"};
    const Cell moere = {2024, "15", 7, 0, "tot"};
    const Cell *const parts[] = {&oslo, &stavanger, &moere};
    int n_sum = 0;
    g_autofree char *whole = line_of(&country);
    g_auto(GStrv) whole_fields = g_strsplit(whole, ",", -1);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *line = line_of(parts[i]);
        g_auto(GStrv) fields = g_strsplit(line, ",", -1);
        n_sum += (int)g_ascii_strtoll(fields[8], NULL, 10);
    }
    int n_persons = (int)g_ascii_strtoll(whole_fields[8], NULL, 10);
    assert_true(n_sum > n_persons + 100);
    assert_true((int)g_ascii_strtoll(whole_fields[11], NULL, 10) > n_persons + 300);
}

static void the_original_is_gone_and_its_receipt_stays(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(mini->workspace, INBOX, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_int_equal(g_strv_length(names), 1);
    assert_string_equal(names[0], DELIVERY ".mottatt.json");
    g_autofree char *receipt = text_of(mini, INBOX "/" DELIVERY ".mottatt.json");
    g_autofree char *file = file_of(people);
    g_autofree char *size = g_strdup_printf("\"size\": %" G_GSIZE_FORMAT, strlen(file));
    assert_non_null(strstr(receipt, "\"received\": \"2025-03-01T03:00:00Z\""));
    assert_non_null(strstr(receipt, size));
    assert_null(strstr(receipt, "sha256"));
}

/* The one encrypted file of the store. g_free. */
static char *snapshot_of(const Mini *of)
{
    g_autofree char *folder = g_build_filename(of->workspace, "snapshots/pai/stillinger", NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    char *found = NULL;
    for (char **name = names; *name != NULL; name++) {
        if (g_str_has_suffix(*name, ".csv.spenc")) {
            assert_null(found);
            found = g_build_filename(folder, *name, NULL);
        }
    }
    assert_non_null(found);
    return found;
}

static void the_snapshot_is_encrypted_and_its_name_tells_nothing(void **state)
{
    (void)state;
    g_autofree char *path = snapshot_of(mini);
    g_autofree char *file = file_of(people);
    char plain[SP_HASH_SIZE];
    sp_hash_bytes(file, strlen(file), plain);
    assert_null(strstr(path, plain));
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_memory_equal(bytes, "SPENC1\n", 7);
    assert_true(size > strlen(file));
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    g_autofree char *meta = text_of(mini, "snapshots/pai/stillinger/latest");
    assert_non_null(strstr(meta, "keyed_blake2b"));
    assert_null(strstr(meta, plain));
}

static void the_key_is_private_and_outside_the_workspace(void **state)
{
    (void)state;
    g_autofree char *path = g_strconcat(mini->workspace, ".key", NULL);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(status.st_size, 32);
}

/* ---- The search for pseudonyms. */

typedef struct {
    GHashTable *keys;
    guint8 starts[65536]; /* by the first two bytes */
    gsize n_files;
    gsize n_bytes;
} Search;

static void search_init(Search *search)
{
    memset(search, 0, sizeof *search);
    search->keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < N_PERSONS; i++) {
        const guint8 *key = (const guint8 *)people->keys[i];
        g_hash_table_add(search->keys, people->keys[i]);
        search->starts[key[0] * 256 + key[1]] = 1;
    }
}

/* How many pseudonyms stand in bytes [size], at any place. */
static gsize count_in(Search *search, const char *bytes, gsize size)
{
    gsize n = 0;
    char key[KEY_SIZE + 1] = {0};
    for (gsize i = 0; i + KEY_SIZE <= size; i++) {
        const guint8 *at = (const guint8 *)bytes + i;
        if (search->starts[at[0] * 256 + at[1]]) {
            memcpy(key, at, KEY_SIZE);
            n += g_hash_table_contains(search->keys, key) ? 1 : 0;
        }
    }
    return n;
}

static void search_below(Search *search, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (count_in(search, name, strlen(name)) > 0) {
            fail_msg("a pseudonym is in the name of a file in %s", folder);
        }
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
            continue;
        }
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            search_below(search, path);
            continue;
        }
        g_autofree char *bytes = NULL;
        gsize size = 0;
        assert_true(g_file_get_contents(path, &bytes, &size, NULL));
        search->n_files++;
        search->n_bytes += size;
        if (count_in(search, bytes, size) > 0) {
            fail_msg("a pseudonym is in %s", path);
        }
    }
}

static void no_pseudonym_is_left_in_any_byte(void **state)
{
    (void)state;
    Search search;
    search_init(&search);
    g_autofree char *file = file_of(people);
    assert_int_equal(count_in(&search, file, strlen(file)), N_POSITIONS); /* it does find them */
    search_below(&search, mini->folder);
    assert_true(search.n_files > 100 && search.n_bytes > 1000000);
    assert_int_equal(count_in(&search, messages, strlen(messages)), 0);
    g_hash_table_unref(search.keys);
}

/* ---- The edition. */

static char *edition_file(const Mini *of, const char *relative)
{
    g_autofree char *packages = g_build_filename(of->workspace, "packages", NULL);
    g_auto(GStrv) names = sp_folder_list(packages, NULL);
    for (char **name = names; *name != NULL; name++) {
        if (g_str_has_prefix(*name, "20")) {
            g_autofree char *inside = g_build_filename("packages", *name, relative, NULL);
            return text_of(of, inside);
        }
    }
    fail_msg("no edition");
    return NULL;
}

static void the_edition_is_not_for_publishing_and_not_served(void **state)
{
    (void)state;
    assert_null(mini_current(mini));
    assert_non_null(strstr(messages, "ikke for publisering"));
    g_autofree char *page = edition_file(mini, "fylke-11-rogaland/index.html");
    assert_non_null(strstr(page, "Ikke for publisering"));
    g_autofree char *table = edition_file(mini, "fylke-11-rogaland/data/stillinger.csv");
    const Cell stavanger = {2024, "1103", 7, 0, "tot"};
    g_autofree char *line = line_of(&stavanger);
    g_auto(GStrv) fields = g_strsplit(line, ",", -1);
    g_autofree char *published = g_strdup_printf("1103,tot,0,000-105,2024-12-01,%s,,,%s,,,%s,,",
                                                 fields[5], fields[8], fields[11]);
    if (strstr(table, published) == NULL) {
        fail_msg("%s is not in the table", published);
    }
}

static void a_second_night_finds_nothing_new(void **state)
{
    (void)state;
    g_autofree char *before = mini_hash(mini, "stages");
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", "--force", NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
}

/* ---- What has a workspace of its own. */

static void synthetic_persons_are_served_and_say_so(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with("synthetic = yes\n");
    g_autofree char *text = file_of(people);
    deliver(own, DELIVERY, text);
    g_auto(Result) night = mini_run(own, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *page = text_of(own, "current/fylke-11-rogaland/index.html");
    assert_non_null(strstr(page, "SYNTETISKE DATA"));
    g_autofree char *table = text_of(own, "current/fylke-11-rogaland/data/stillinger.csv");
    assert_non_null(strstr(table, "SYNTETISKE DATA"));
}

/* Fetched and normalised as far as the facts that the dataset needs. */
static Mini *mini_taken_in(void)
{
    Mini *own = mini_with("");
    g_autofree char *text = file_of(people);
    deliver(own, DELIVERY, text);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    return own;
}

static void assert_normalise_fails(const Mini *own, int status, const char *text, const char *more)
{
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", NULL);
    if (made.status != status || strstr(made.err, text) == NULL || strstr(made.err, more) == NULL) {
        fail_msg("exit %d, want %d with \"%s\" and \"%s\":\n%s", made.status, status, text, more,
                 made.err);
    }
    g_autofree char *facts = g_build_filename(own->workspace, FACTS, NULL);
    assert_false(g_file_test(facts, G_FILE_TEST_EXISTS));
    Search search;
    search_init(&search);
    assert_int_equal(count_in(&search, made.err, strlen(made.err)), 0);
    search_below(&search, own->folder);
    g_hash_table_unref(search.keys);
}

static void a_wrong_key_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *key = g_strconcat(own->workspace, ".key", NULL);
    assert_true(g_file_set_contents_full(key, "0123456789abcdef0123456789abcdef", 32,
                                         G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    assert_normalise_fails(own, SP_ERROR_DATA, "pai/stillinger", "encrypted with another key");
}

static void a_lost_key_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *key = g_strconcat(own->workspace, ".key", NULL);
    assert_int_equal(unlink(key), 0);
    assert_normalise_fails(own, SP_ERROR_NO_INPUT, "crypt.key_file", "restore it from its copy");
}

static void a_key_that_others_may_read_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *key = g_strconcat(own->workspace, ".key", NULL);
    assert_int_equal(chmod(key, 0644), 0);
    assert_normalise_fails(own, SP_ERROR_PERMISSION, "0644", "chmod 0600");
}

/* Cut between two frames, where what was read so far verifies. */
static void a_truncated_snapshot_gives_no_figures(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *path = snapshot_of(own);
    assert_int_equal(truncate(path, 7 + 24 + 2 * (65536 + 17)), 0);
    assert_normalise_fails(own, SP_ERROR_DATA, "cut short", "damaged");
}

static void too_many_rows_that_break_a_rule_stop_the_dataset(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with("");
    g_autofree char *text = file_of(people);
    g_auto(GStrv) parts = g_strsplit(text, ";7174;", -1);
    g_autofree char *unknown = g_strjoinv(";7999;", parts);
    deliver(own, DELIVERY, unknown);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    assert_normalise_fails(own, SP_ERROR_DATA, "unknown_code, column stillingskode, first in row",
                           "normalise.max_invalid_share");
}

/* The delivery last by name is in use, in whatever order they come. */
static void a_late_delivery_of_an_earlier_name_is_kept_and_not_used(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_taken_in();
    g_autofree char *text = file_of(people);
    g_autofree char *before = text_of(own, "snapshots/pai/stillinger/latest");
    text[strlen(text) / 2] = text[strlen(text) / 2] == '1' ? '2' : '1';
    deliver(own, "pai-2023-12.csv", text);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", "--log=text", NULL);
    assert_int_equal(fetched.status, 0);
    assert_non_null(strstr(fetched.err, "stays in use"));
    g_autofree char *after = text_of(own, "snapshots/pai/stillinger/latest");
    assert_string_equal(before, after);
    g_autofree char *original = g_build_filename(own->workspace, INBOX, "pai-2023-12.csv", NULL);
    assert_false(g_file_test(original, G_FILE_TEST_EXISTS));
}

static void a_link_in_the_inbox_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with("");
    g_autofree char *elsewhere = g_build_filename(own->folder, "elsewhere.csv", NULL);
    g_autofree char *text = file_of(people);
    g_autofree char *folder = g_build_filename(own->workspace, INBOX, NULL);
    g_autofree char *link = g_build_filename(folder, DELIVERY, NULL);
    assert_true(g_file_set_contents(elsewhere, text, -1, NULL));
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_int_equal(symlink(elsewhere, link), 0);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", PAI, NULL);
    assert_int_equal(fetched.status, SP_ERROR_DATA);
    assert_non_null(strstr(fetched.err, "is a link"));
    assert_true(g_file_test(elsewhere, G_FILE_TEST_EXISTS));
}

static void settings_cannot_make_persons_less_than_they_are(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with("");
    g_autofree char *text = file_of(people);
    deliver(own, DELIVERY, text);
    static const struct {
        const char *unit;
        const char *set;
        const char *part;
    } cases[] = {{PAI, "--set=pai/stillinger.persons=no", "persons = no, but its layout has a"},
                 {"--unit=tabular/aarsverk", "--set=tabular/aarsverk.persons=yes",
                  "persons = yes, but its layout has no"},
                 {PAI, "--set=pai/stillinger.sensitive=no", "always sensitive"},
                 {PAI, "--set=crypt.key_file=workspace/statpakke.key", "inside the workspace"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *here = g_get_current_dir();
        assert_int_equal(chdir(own->folder), 0);
        g_auto(Result) fetched =
            mini_run(own, NULL, "statpakke-fetch", cases[i].unit, cases[i].set, NULL);
        assert_int_equal(chdir(here), 0);
        if (fetched.status != SP_ERROR_CONFIG || strstr(fetched.err, cases[i].part) == NULL) {
            fail_msg("%s: exit %d: %s", cases[i].set, fetched.status, fetched.err);
        }
    }
    g_autofree char *original = g_build_filename(own->workspace, INBOX, DELIVERY, NULL);
    assert_true(g_file_test(original, G_FILE_TEST_EXISTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_an_independent_count),
        cmocka_unit_test(persons_do_have_several_positions_and_kommuner),
        cmocka_unit_test(the_original_is_gone_and_its_receipt_stays),
        cmocka_unit_test(the_snapshot_is_encrypted_and_its_name_tells_nothing),
        cmocka_unit_test(the_key_is_private_and_outside_the_workspace),
        cmocka_unit_test(no_pseudonym_is_left_in_any_byte),
        cmocka_unit_test(the_edition_is_not_for_publishing_and_not_served),
        cmocka_unit_test(a_second_night_finds_nothing_new),
        cmocka_unit_test(synthetic_persons_are_served_and_say_so),
        cmocka_unit_test(a_wrong_key_is_told),
        cmocka_unit_test(a_lost_key_is_told),
        cmocka_unit_test(a_key_that_others_may_read_is_told),
        cmocka_unit_test(a_truncated_snapshot_gives_no_figures),
        cmocka_unit_test(too_many_rows_that_break_a_rule_stop_the_dataset),
        cmocka_unit_test(a_late_delivery_of_an_earlier_name_is_kept_and_not_used),
        cmocka_unit_test(a_link_in_the_inbox_is_refused),
        cmocka_unit_test(settings_cannot_make_persons_less_than_they_are),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
