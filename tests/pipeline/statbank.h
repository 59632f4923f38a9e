/**
 * A workspace of every StatBank dataset of config/statpakke.conf, the accounts and the profiles
 * that come by hand, with the demo's extracts of all else; the fake upstream is its StatBank and
 * its KLASS.
 */
#ifndef SP_TESTS_PIPELINE_STATBANK_H
#define SP_TESTS_PIPELINE_STATBANK_H

#include "tests/upstream/client.h"

#include "core/table.h"

extern FakeUpstream *fake;
extern char *workspace;

/** Fetched and normalised; for cmocka's group of tests. */
int statbank_set_up(void **state);
int statbank_tear_down(void **state);

/** The time of the fake's clock and of the programs' nights from now on ("2026-03-31", when the
 * tests begin): noon of the day. */
void statbank_set_day(const char *day);

/** Runs build/bin/PROGRAM with --workspace, --now and one option (NULL: none), and fails unless it
 * ends with the exit status `wanted`. What it said on stderr, g_free. */
char *statbank_run(const char *program, int wanted, const char *option, const char *value);
void statbank_run_well(const char *program, const char *option, const char *value);

/** Writes a file FIRST/SECOND/NAME into the workspace. */
void statbank_deliver(const char *text, const char *first, const char *second, const char *name);
/** One line of an accounts file: form 0A, class 1, art 010; `amount` in 1 000 kroner. */
void statbank_record(GString *text, const char *year, const char *quarter, const char *region,
                     const char *function, const char *amount);

/** The facts of a dataset. */
SpTables *statbank_facts(const char *dataset);
/** Whether a row has all of "yrke=sykepleier period=2024". */
gboolean statbank_is_of(const SpTable *table, gsize row, const char *codes);
gsize statbank_measure(const SpTable *table, const char *measure);
/** The one figure with these codes. */
SpReal statbank_figure(const SpTable *table, const char *measure, const char *codes);
/** Sum over the kommuner with these codes. */
double statbank_sum(const SpTable *table, const char *measure, const char *codes);
/** Sum of all figures that the fake answers to "TABLE/data?..." with, signs left out. */
double statbank_answered(const char *query);

#endif
