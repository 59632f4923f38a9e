/** Targets of deliveries, and what they have. */
#ifndef SP_TESTS_PIPELINE_TARGETS_H
#define SP_TESTS_PIPELINE_TARGETS_H

#include "core/io/json.h"
#include "tests/pipeline/mini.h"

/** Adds settings at the end of mini.conf. */
void target_set(const Mini *mini, const char *text);
/** A folder beside the workspace, and its section [delivery/NAME], which ends in `more`. g_free. */
char *target_make(const Mini *mini, const char *name, const char *more);
/** Publishes what is made and delivers it to the targets `names`. */
Result publish_to(const Mini *mini, const char *names);

/** The edition that is served. g_free. */
char *edition_served(const Mini *mini);
/** Makes another edition, which is not published yet. */
void edition_make(const Mini *mini);

/** The feed of a folder; NULL when there is none. json_decref. */
json_t *feed_read(const char *folder);
/** Every file that the feed of a folder tells of is there, with its sum. The number of files. */
guint feed_check(const char *folder);

#endif
