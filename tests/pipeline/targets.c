/* Targets that tests deliver to. */
#include "tests/pipeline/targets.h"

#include "tests/check.h"

#include "core/io/files.h"

void target_set(const Mini *mini, const char *text)
{
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(mini->conf, &old, NULL, NULL));
    g_autofree char *new = g_strconcat(old, text, NULL);
    assert_true(g_file_set_contents(mini->conf, new, -1, NULL));
}

/* A folder beside the workspace that is a target. g_free. */
char *target_make(const Mini *mini, const char *name, const char *more)
{
    char *folder = g_build_filename(mini->folder, name, NULL);
    g_autofree char *text =
        g_strdup_printf("[delivery/%s]\nurl = file://%s\n%s\n", name, folder, more);
    assert_int_equal(g_mkdir(folder, 0755), 0);
    target_set(mini, text);
    return folder;
}

char *edition_served(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    return g_path_get_basename(current);
}

Result publish_to(const Mini *mini, const char *names)
{
    g_autofree char *set = g_strdup_printf("--set=publish.deliver=%s", names);
    return mini_run(mini, NULL, "statpakke-publish", set, "--log=text", NULL);
}

void edition_make(const Mini *mini)
{
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", "--until=audit", NULL);
    assert_int_equal(second.status, 0);
}

json_t *feed_read(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "index.json", NULL);
    return sp_json_read(path, 1048576, NULL);
}

/* Every file that the feed of a folder tells of is there, with its sum. The number of files. */
guint feed_check(const char *folder)
{
    g_autoptr(json_t) feed = feed_read(folder);
    guint n = 0;
    size_t i = 0;
    size_t j = 0;
    size_t k = 0;
    json_t *edition = NULL;
    json_t *package = NULL;
    json_t *file = NULL;
    json_array_foreach(json_object_get(feed, "editions"), i, edition)
    {
        json_array_foreach(json_object_get(edition, "packages"), j, package)
        {
            json_array_foreach(json_object_get(package, "files"), k, file)
            {
                char hash[SP_HASH_SIZE];
                g_autofree char *path =
                    g_build_filename(folder, json_string_value(json_object_get(edition, "edition")),
                                     json_string_value(json_object_get(file, "path")), NULL);
                assert_true(sp_file_hash(path, hash, NULL));
                assert_string_equal(hash, json_string_value(json_object_get(file, "sha256")));
                n++;
            }
        }
    }
    return n;
}
