/* Made-up people and their positions. */
#include "tests/pipeline/people.h"

#include "tests/check.h"
#include "tests/seed.h"

#include "core/io/files.h"

#define ZLIB_CONST
#include <zlib.h>

const char *const people_kommuner[N_KOMMUNER] = {"0301", "1103", "1508", "1580", "1507"};
const char *const people_fylker[N_KOMMUNER] = {"03", "11", "15", "15", "15"};
const Job people_jobs[N_JOBS] = {{"7174", "sykepleier", "hoeyskole"},
                                 {"7076", "helsefagarbeider", "fagutdanning"},
                                 {"7517", "helsefagarbeider", "fagutdanning"},
                                 {"6572", "uten_helseutdanning", "uten_utdanning"},
                                 {"9451", "leder", NULL}};
const Band people_bands[N_BANDS] = {{"015-024", 15, 24}, {"025-034", 25, 34}, {"035-044", 35, 44},
                                    {"045-054", 45, 54}, {"055-059", 55, 59}, {"060-064", 60, 64},
                                    {"065-075", 65, 75}, {"000-105", 0, 105}};

People *people_new(void)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    People *people = g_new0(People, 1);
    people->seed = 20241201;
    for (int i = 0; i < N_PERSONS; i++) {
        for (int k = 0; k < KEY_SIZE; k++) {
            people->keys[i][k] = digits[seed_next(&people->seed, sizeof digits - 1)];
        }
        people->born[i] = 1955 + (int)seed_next(&people->seed, 50);
        people->sex[i] = 1 + (int)(seed_next(&people->seed, 5) > 0);
    }
    for (int i = 0; i < N_POSITIONS; i++) {
        Position *position = &people->positions[i];
        /* Everybody is in the file; the rest are second and third positions. */
        position->person = i < N_PERSONS ? i : (int)seed_next(&people->seed, N_PERSONS);
        position->year = 2023 + (int)seed_next(&people->seed, 2);
        position->kommune = (int)seed_next(&people->seed, position->year == 2023 ? 3 : 4);
        if (position->year == 2023 && position->kommune == 2) {
            position->kommune = 4; /* not divided yet */
        }
        position->code = (int)seed_next(&people->seed, G_N_ELEMENTS(people_jobs));
        position->percent = 1 + (int)seed_next(&people->seed, 10000);
        position->is_care = seed_next(&people->seed, 10) > 0;
        position->form = "FFFMV"[seed_next(&people->seed, 5)];
        position->absence = (int)seed_next(&people->seed, 40) * 2 - 2;
        position->absence = position->absence < 0 ? -1 : position->absence;
    }
    return people;
}

/* The rows of one year, or of all (0). */
static char *file_of(const People *people, int year)
{
    GString *text = g_string_new("aar;orgnr;kommune;person;foedselsaar;kjonn;stillingskode;"
                                 "lokal_tittel;ansettelse;stillingsprosent;funksjon;utdanning;"
                                 "grunnloenn;fravaer_egen;fravaer_lege\r\n");
    for (int i = 0; i < N_POSITIONS; i++) {
        const Position *one = &people->positions[i];
        if (year != 0 && one->year != year) {
            continue;
        }
        g_string_append_printf(text, "%d;974761211;%s;%s;%d;%d;%s;Natt\xe5g;%c;%d,%02d;%s;;;",
                               one->year, people_kommuner[one->kommune], people->keys[one->person],
                               people->born[one->person], people->sex[one->person],
                               people_jobs[one->code].code, one->form, one->percent / 100,
                               one->percent % 100, one->is_care ? "253" : "202");
        if (one->absence >= 0) {
            g_string_append_printf(text, "%d,5;%d", one->absence / 2, one->absence);
        } else {
            g_string_append_c(text, ';');
        }
        g_string_append(text, "\r\n");
    }
    return g_string_free(text, FALSE);
}

char *people_file(const People *people)
{
    return file_of(people, 0);
}

char *people_file_of_year(const People *people, int year)
{
    return file_of(people, year);
}

void people_deliver(const Mini *mini, const char *name, const char *text)
{
    mini_deliver(mini, "pai", name, text);
}

void people_deliver_packed(const Mini *mini, const char *name, const char *text)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    gsize room = deflateBound(&stream, strlen(text)) + 64;
    g_autofree char *out = g_malloc(room);
    stream.next_in = (const Bytef *)text;
    stream.avail_in = (uInt)strlen(text);
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    g_autofree char *folder = g_build_filename(mini->workspace, INBOX, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, out, (gssize)stream.total_out, NULL));
    deflateEnd(&stream);
}

Mini *people_country(const char *settings)
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

gboolean people_is_in(const People *people, const Position *one, const Cell *cell,
                      const Band bands[])
{
    int age = one->year - people->born[one->person];
    gboolean is_there = strcmp(cell->region, "0") == 0 ||
                        strcmp(cell->region, people_kommuner[one->kommune]) == 0 ||
                        strcmp(cell->region, people_fylker[one->kommune]) == 0;
    gboolean is_job = strcmp(cell->yrke, "tot") == 0 ||
                      strcmp(cell->yrke, people_jobs[one->code].yrke) == 0 ||
                      g_strcmp0(cell->yrke, people_jobs[one->code].group) == 0;
    return one->is_care && one->year == cell->year && is_there && is_job &&
           (cell->sex == 0 || cell->sex == people->sex[one->person]) &&
           age >= bands[cell->band].first && age <= bands[cell->band].last;
}

char *people_edition_text(const Mini *mini, const char *relative)
{
    g_autofree char *packages = g_build_filename(mini->workspace, "packages", NULL);
    g_auto(GStrv) names = sp_folder_list(packages, NULL);
    for (char **name = names; *name != NULL; name++) {
        if (g_str_has_prefix(*name, "20")) {
            g_autofree char *inside = g_build_filename("packages", *name, relative, NULL);
            return mini_text(mini, inside);
        }
    }
    fail_msg("no edition");
    return NULL;
}

void people_check_second_night(const Mini *mini)
{
    g_autofree char *before = mini_hash(mini, "stages");
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", "--force", NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
}

char *people_snapshot(const Mini *of)
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

void search_init(Search *search, People *people)
{
    memset(search, 0, sizeof *search);
    search->keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < N_PERSONS; i++) {
        const guint8 *key = (const guint8 *)people->keys[i];
        g_hash_table_add(search->keys, people->keys[i]);
        search->starts[key[0] * 256 + key[1]] = 1;
    }
}

gsize search_count(Search *search, const char *bytes, gsize size)
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

void search_below(Search *search, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (search_count(search, name, strlen(name)) > 0) {
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
        if (search_count(search, bytes, size) > 0) {
            fail_msg("a pseudonym is in %s", path);
        }
    }
}
