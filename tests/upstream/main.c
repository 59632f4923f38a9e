/* The fake as a program: prints its address, then answers until it is told to stop. */
#include "tests/upstream/fake.h"

#include "core/error.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static char *folder;
static char *clock_text;
static char *fault;
static int port;
static gboolean is_tls;

static const GOptionEntry options[] = {
    {"port", 'p', 0, G_OPTION_ARG_INT, &port, "port of 127.0.0.1 (a free one)", "N"},
    {"tables", 't', 0, G_OPTION_ARG_FILENAME, &folder, "folder of the tables", "FOLDER"},
    {"clock", 'c', 0, G_OPTION_ARG_STRING, &clock_text, "what time it is in Oslo", "TIME"},
    {"fault", 'f', 0, G_OPTION_ARG_STRING, &fault, "what goes wrong, see faults.h", "WORDS"},
    {"tls", 0, 0, G_OPTION_ARG_NONE, &is_tls, "https too, its address and certificate printed",
     NULL},
    G_OPTION_ENTRY_NULL,
};

static FakeUpstream *start(GError **error)
{
    if (port < 0 || port > G_MAXUINT16) {
        sp_error_set(error, SP_ERROR_USAGE, "--port %d: want 0 to 65535", port);
        return NULL;
    }
    g_autofree char *usual =
        g_build_filename(SP_SOURCE_FOLDER, "tests", "upstream", "tables", NULL);
    g_autoptr(FakeUpstream) fake =
        fake_upstream_start_at((guint16)port, folder != NULL ? folder : usual, error);
    if (fake == NULL || (fault != NULL && !fake_upstream_fault(fake, "", fault, error)) ||
        (is_tls && !fake_upstream_start_tls(fake, FAKE_CERTIFICATE_OWN, error))) {
        return NULL;
    }
    if (clock_text != NULL && !fake_upstream_set_clock(fake, clock_text)) {
        sp_error_set(error, SP_ERROR_USAGE, "--clock %s: want e.g. 2026-03-16T07:30:00",
                     clock_text);
        return NULL;
    }
    return g_steal_pointer(&fake);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new("- the sources on loopback");
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "fake-upstream: %s\n", error->message);
        return SP_ERROR_USAGE;
    }
    /* Blocked before the server's threads begin, so that none of them takes the signal. */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    g_autoptr(FakeUpstream) fake = start(&error);
    if (fake == NULL) {
        fprintf(stderr, "fake-upstream: %s\n", error->message);
        return sp_error_exit_status(error);
    }
    printf("%s\n", fake_upstream_url(fake));
    if (is_tls) {
        printf("%s\n%s", fake_upstream_tls_url(fake), fake_upstream_certificate(fake));
    }
    fflush(stdout);
    int signal_number = 0;
    sigwait(&signals, &signal_number);
    return 0;
}
