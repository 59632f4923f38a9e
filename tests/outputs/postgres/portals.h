/** Portals of a test: a server, three editions, and schemas that follow them. */
#ifndef SP_TESTS_OUTPUTS_POSTGRES_PORTALS_H
#define SP_TESTS_OUTPUTS_POSTGRES_PORTALS_H

#include "tests/outputs/postgres/editions.h"
#include "tests/outputs/postgres/server.h"

extern Server *server;                  /* NULL where PostgreSQL is not installed */
extern char *root, *steps, *folders[3]; /* of FIRST, SECOND, THIRD */

/** For a group of tests. */
int portals_start(void **state);
int portals_stop(void **state);

#define SKIP_WITHOUT_SERVER                                                                        \
    if (server == NULL) {                                                                          \
        skip();                                                                                    \
    }

/** Of a schema that keeps the figures of one edition besides the current one's. */
SpPortalForm form_of(const char *schema);
/** Opens it, lets it follow, and closes it. */
gboolean follow_by(const SpPortalForm *form, const SpPortalTold told[], gsize n, const char *folder,
                   GError **error);
/** The same of a schema; it must succeed. */
void follow(const char *schema, const SpPortalTold told[], gsize n, const char *folder);
/** FIRST is current; then SECOND after it. */
void follow_first(const char *schema);
void follow_second(const char *schema);

/** An answer (server_ask) to a question in which @ stands for the schema. */
char *ask(const char *schema, const char *question);
void assert_answer(const char *schema, const char *question, const char *want);

#define EDITIONS "SELECT utgave, tilstand, tall FROM @.utgave ORDER BY utgave"

#endif
