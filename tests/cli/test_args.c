/* The options of moat run. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "args.h"

enum { MOST = 16 };

/* Reads a command line whose words are in `words`, NULL at the end. */
static moat_status read_words(const char *const *words, moati_args *args, moat_error *error) {
    static char buffers[MOST + 1][128];
    char *argv[MOST + 2] = {buffers[0]};
    int argc = 1;
    strcpy(buffers[0], "run");
    for (; words[argc - 1] != NULL; argc++) {
        cr_assert_leq(argc, MOST, "more words than this test has room for");
        snprintf(buffers[argc], sizeof buffers[argc], "%s", words[argc - 1]);
        argv[argc] = buffers[argc];
    }
    return moati_args_read(argc, argv, args, error);
}

Test(args, options_are_read) {
    static const char *const words[] = {
        "x.lua", "--samples=1e5",    "--seed",    "7",      "--sampling", "sobol",
        "--set", "a.b = 1 to 2 $bn", "--set=c=3", "--json", "--quiet",    NULL};
    moati_args args;
    moat_error error;
    cr_assert_eq(read_words(words, &args, &error), MOAT_OK, "%s", error.message);
    cr_assert_str_eq(args.script, "x.lua");
    cr_assert_eq(args.fields, MOAT_SET_SAMPLES | MOAT_SET_SEED | MOAT_SET_SAMPLING);
    cr_assert(args.settings.samples == 100000 && args.settings.seed == 7 &&
              args.settings.sampling == MOAT_SOBOL);
    cr_assert_eq(args.set_count, 2);
    cr_assert_str_eq(args.sets[0].name, "a.b");
    cr_assert_str_eq(args.sets[0].literal, "1 to 2 $bn");
    cr_assert_str_eq(args.sets[1].literal, "3");
    cr_assert(args.format == MOATI_JSON && args.quiet && !args.timing);
    cr_assert(args.time_limit == 60 && args.memory_limit == UINT64_C(4) << 30, "the defaults");
    moati_args_free(&args);

    static const char *const more[] = {
        "--csv", "--output",       "o.csv",          "--timing", "--threads", "3", "--variant",
        "bear",  "--time-limit=0", "--memory-limit", "1.5GiB",   "-",         NULL};
    cr_assert_eq(read_words(more, &args, &error), MOAT_OK, "%s", error.message);
    cr_assert_str_eq(args.script, "-");
    cr_assert_str_eq(args.output, "o.csv");
    cr_assert_str_eq(args.variant, "bear");
    cr_assert(args.format == MOATI_CSV && args.timing && args.settings.threads == 3);
    cr_assert(args.time_limit == 0 && args.memory_limit == UINT64_C(3) << 29);
    moati_args_free(&args);

    static const char *const largest[] = {"x", "--seed", "18446744073709551615", NULL};
    cr_assert_eq(read_words(largest, &args, &error), MOAT_OK, "%s", error.message);
    cr_assert_eq(args.settings.seed, UINT64_MAX);
    moati_args_free(&args);
    static const char *const odd[] = {"x", "--output", "--sam", "--variant=--v", NULL};
    cr_assert_eq(read_words(odd, &args, &error), MOAT_OK, "values are no options: %s",
                 error.message);
    cr_assert_str_eq(args.output, "--sam");
    cr_assert_str_eq(args.variant, "--v");
    moati_args_free(&args);

    static const char *const dashes[] = {"--", "--odd", NULL};
    cr_assert_eq(read_words(dashes, &args, &error), MOAT_OK, "%s", error.message);
    cr_assert_str_eq(args.script, "--odd");
    moati_args_free(&args);
    static const char *const help[][2] = {{"--help"}, {"-h"}};
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(read_words(help[i], &args, &error), MOAT_OK);
        cr_assert(args.help);
        moati_args_free(&args);
    }
}

Test(args, mistakes_are_explained) {
    static const struct {
        const char *words[6], *says;
    } rows[] = {
        {{NULL}, "moat run FILE"},
        {{"a", "b"}, "one script"},
        {{"a", "--smaples", "3"}, "did you mean --samples?"},
        {{"a", "--smaples=3"}, "did you mean --samples?"},
        {{"a", "--elephant"}, "no option --elephant; see"},
        {{"a", "-x"}, "no option -x"},
        {{"a", "--json=1"}, "--json takes no value"},
        {{"a", "--samples"}, "--samples needs a value"},
        {{"a", "--samples", "0"}, "whole number from 1"},
        {{"a", "--samples", "1e10"}, "2^32"},
        {{"a", "--samples", "many"}, "\"many\""},
        {{"a", "--seed", "-1"}, "\"-1\""},
        {{"a", "--sampling", "grid"}, "random, lhs or sobol"},
        {{"a", "--threads", "4000"}, "1024"},
        {{"a", "--set", "x"}, "NAME=LITERAL"},
        {{"a", "--set", "=3"}, "NAME=LITERAL"},
        {{"a", "--set", "  = 3"}, "NAME=LITERAL"},
        {{"a", "--json", "--csv"}, "exclude"},
        {{"a", "--seed", "18446744073709551616"}, "2^64 - 1"},
        {{"a", "--set", "x"}, "--set 'price="},
        {{"a", "--variant", "bear", "--variant=bull"}, "\"bear\" and \"bull\""},
        {{"a", "--variant", "bear", "--variant", "bear"}, "one --variant"},
        {{"a", "--js"}, "did you mean --json?"},
        {{"a", "--thr=3"}, "no option --thr; did you mean --threads?"},
        {{"--sampli", "lhs", "a"}, "no option --sampli; did you mean --sampling?"},
        {{"a", "--sampl=3"}, "no option --sampl; did you mean --samples or --sampling?"},
        {{"a", "--time-limit", "soon"}, "seconds"},
        {{"a", "--time-limit", "-1"}, "seconds"},
        {{"a", "--time-limit", "inf"}, "seconds"},
        {{"a", "--memory-limit", "4Q"}, "512M"},
        {{"a", "--memory-limit", "G"}, "512M"},
        {{"a", "--memory-limit", "1e30G"}, "512M"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        moati_args args;
        moat_error error = {.message = ""};
        cr_assert_neq(read_words(rows[i].words, &args, &error), MOAT_OK, "row %zu", i);
        cr_assert(strstr(error.message, rows[i].says) != NULL, "row %zu: \"%s\"", i, error.message);
        moati_args_free(&args);
    }
}
