/* A session without a terminal: what its lines print, what its ends of lines complete to. */
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "repl_session.h"

static moat_error error;

static const char script[] = "local a = assume { price = '10 to 14 $bn', volume = '2', other = '1 "
                             "to 2 GW', share = '20 %' }\n"
                             "horizon { from = '2026', periods = 3 }\n"
                             "local value = a.price * a.volume\n"
                             "output('value', value)\n"
                             "output('path', series('$bn', a.price))\n"
                             "output('power', a.other, { label = 'Power' })\n"
                             "variant('high', { price = '20 $bn' })\n";

typedef struct talk {
    moati_args args;
    moati_repl *repl;
    char *text;
    size_t length, told; /* what has been printed, and how much of it was looked at */
    FILE *out;
    char path[64];
} talk;

static void begin(talk *t) {
    *t = (talk){.args = {.command = "repl", .memory_limit = UINT64_C(4) << 30}};
    strcpy(t->path, "/tmp/moat-repl-XXXXXX");
    const int descriptor = mkstemp(t->path);
    FILE *file = fdopen(descriptor, "w");
    fputs(script, file);
    fclose(file);
    unsetenv("COLUMNS");
    t->out = open_memstream(&t->text, &t->length);
    t->repl = moati_repl_new(&t->args, t->out, &error);
    cr_assert_not_null(t->repl, "%s", error.message);
    cr_assert(moati_repl_load(t->repl, t->path));
    fflush(t->out);
    t->told = t->length;
}

static void end(talk *t) {
    moati_repl_free(t->repl);
    fclose(t->out);
    free(t->text);
    remove(t->path);
}

/* What a line prints. */
static const char *say(talk *t, const char *line) {
    t->told = t->length;
    moati_repl_line(t->repl, line);
    fflush(t->out);
    return t->text + t->told;
}

typedef struct said {
    const char *line, *part; /* of what it prints; NULL: nothing at all */
} said;

static void check(talk *t, size_t count, const said *cases) {
    for (size_t i = 0; i < count; i++) {
        const char *printed = say(t, cases[i].line);
        if (cases[i].part == NULL)
            cr_expect_str_eq(printed, "", "%s prints %s", cases[i].line, printed);
        else
            cr_expect_not_null(strstr(printed, cases[i].part), "%s prints %s, not %s",
                               cases[i].line, printed, cases[i].part);
    }
}

Test(repl, shows_and_changes) {
    static const said cases[] = {
        {"1 + 1", "2\n"},
        {"x = 1 + 1", NULL},
        {"x;", NULL},
        {"_ + 1", "3\n"},
        {"", NULL},
        {"value", "out[4]  23.8 +- 0.02"},
        {"value:above '0 $bn'", "true\n"},
        {"a.price * 0", "0 $bn\n"},
        {"   :samples 2000", "2,000 samples\n"},
        {":seed 9", "seed 9\n"},
        {":variants", "  high\n"},
        {":set price 12", "price: 10 to 14 $bn -> 12 $bn\n"},
        {":set price = 24 $bn", "value           24 -> 48      +24.0  $bn\n"},
        {":undo", "path, 2028      24 -> 12      -12.0  $bn\n1 other output has not moved\n"
                  "price is 12 $bn again\n"},
        {":undo", "price is 10 to 14 $bn again\n"},
        {":undo", "nothing to undo"},
        {":set volume 3", "2 other outputs have not moved"},
        {":unset volume", "volume is 2 again\n"},
        {":unset volume", "volume has not been set\n"},
        {":variant high", "value         23.8 -> 40.0    +16.2 +- 0.05  $bn\n"},
        {":variants", "* high\n"},
        {":reset", "40.0 -> 23.8"},
        {":undo", "the variant is high again\n"},
        {":undo", "the variant is none again\n"},
        {":reset", "nothing has been set\n"},
        {":set other 1 to 2 GW", "no output has moved\n"},
        {":vary price 1..3 path", "path, 2028, $bn over price, $bn\n"},
        {":vary other 1 to 3", "Power, GW over other, GW\n"},
        {":vary price 1000 to 3000 $M value", "value, $bn over price, $M\n"},
        {"a.price", "11.9"}, /* as before */
        {":set share 25", "share: 20 % -> 25 %\n"},
        {":set share 10 to 30", "share: 25 % -> 10 to 30 %\n"},
        {":set share 50 bp", "share: 10 to 30 % -> 50 bp\n"},
        {":set share 5", "share: 50 bp -> 5 %\n"},
        {":unset share", "share is 20 % again\n"},
        {":vary volume 1e308..-1e308 value", " 1e+308"},
        {":who price", "outputs:\nvalue  path\n"},
        {":why value", "value = price * volume"},
        {":why price", "price = \"10 to 14 $bn\""},
        {":who value", "value depends on:\nprice   volume\n"},
        {":table power", "Power  "},
        {":table a", "price   "},
        {":outputs", "power  Power\n"},
        {"?price", "assumption price: 10 to 14 $bn\n"},
        {"?compute", "The module compute\n"},
        {"?dist", "dist.normal(mean, sd)\n"},
        {"high = a.price * 2", NULL},
        {":vary price 1..3 high", "high, $bn over price, $bn\n"},
        {"steady = series('$bn', a.price)", NULL},
        {":who price", "variables:\nhigh    steady  value\n"},
        {":set price \"12 $bn\";", "price: 10 to 14 $bn -> 12 $bn\n"},
        {":variant high", "price stays 12 $bn, as it was set; :unset price lets the variant"},
        {":variant none", ""},
        {":unset price", "price is 10 to 14 $bn again\n"},
        {"log(a.price / '12 $bn' - 1)", "is not a number in "},
        {"x = 3; x", "3\n"},
        {"output('late', value * 2)", NULL},
        {":set price 1", "late"},
        {":assumptions", "* price"},
        {":assu", "* price"},
        {"exit", ":quit leaves\n"},
        {":time on", "time on\n"},
        {"1", " ms\n"},
    };
    talk t;
    begin(&t);
    check(&t, sizeof cases / sizeof *cases, cases);
    end(&t);
}

Test(repl, entries_of_several_lines) {
    talk t;
    begin(&t);
    cr_expect_eq(moati_repl_line(t.repl, "for i = 1, 2 do"), MOATI_REPL_MORE);
    cr_expect_str_eq(moati_repl_prompt(t.repl), ">> ");
    cr_expect_eq(moati_repl_line(t.repl, "print(i) --:quit"), MOATI_REPL_MORE);
    cr_expect_str_eq(say(&t, "end"), "1\n2\n");
    cr_expect_str_eq(moati_repl_prompt(t.repl), "> ");
    cr_expect_eq(moati_repl_line(t.repl, "x = ("), MOATI_REPL_MORE);
    moati_repl_clear(t.repl);
    cr_expect_str_eq(say(&t, "x, 1"), "nil\n1\n");
    cr_expect_eq(moati_repl_line(t.repl, ":quit"), MOATI_REPL_QUIT);
    end(&t);
}

/* A mistake leaves everything as it was. */
Test(repl, mistakes) {
    static const char *const lines[] = {"x = = 1",
                                        "error 'no'",
                                        ":set price 3 GW",
                                        ":set price",
                                        ":set nothing 3",
                                        ":unset nothing",
                                        ":vary price",
                                        ":vary price 3..3",
                                        ":vary price 1..2 GW",
                                        ":variant nothing",
                                        ":load /nowhere.lua",
                                        ":samples 0",
                                        ":seed -1",
                                        ":why nothing",
                                        ":who nothing",
                                        ":table 'text'",
                                        ":watch perhaps",
                                        ":save /nowhere/at/all.lua",
                                        ":nothing",
                                        ":se 3",
                                        ":sett price 3",
                                        "?nothing",
                                        "a.volume * 3; output('new', 1); error 'no'",
                                        "profit",
                                        "valu",
                                        "x = 'unfinished",
                                        ":vary price 1..2 valu",
                                        ":vary price 1..2 power",
                                        ":vary price 1..2 $bn valu",
                                        ":why a",
                                        ":who a",
                                        ":table (function() end)()"};
    talk t;
    begin(&t);
    say(&t, ":set price 12");
    cr_redirect_stderr();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *printed = say(&t, lines[i]);
        cr_expect_str_eq(printed, "", "%s prints %s", lines[i], printed);
        cr_expect_str_eq(say(&t, "a.price"), "12 $bn\n", "after %s", lines[i]);
    }
    end(&t);
}

static void join(void *context, const char *word) {
    strcat(context, word);
    strcat(context, " ");
}

Test(repl, completes) {
    static const struct {
        const char *line, *words;
    } cases[] = {
        {":se", "set seed "},
        {":set pr", "price "},
        {":set price 3 $b", "$bn "},
        {":variant ", "high none "},
        {":watch o", "off on "},
        {":help und", "undo "},
        {":why val", "value "},
        {":why ", "value path power other price share volume "},
        {":vary price 1..2 pa", "path "},
        {":nothing x", ""},
        {"a.pr", "price "},
        {"x = q '3 us", "user users "},
        {"print('us", ""},
        {"value:qu", "quantile "},
        {":load /et", "/etc/ "},
        {"q '3 G", "GW GW_facility GWh Gtok GFLOP "},
        {"q '3 $bn/GW/y", "y year years yr "},
        {"q '3 $/M", "MW MWh Mtok MW_facility MFLOP "},
        {"value:last():qu", "quantile "},
        {"path[2]:qu", "quantile "},
        {":set price 3 ", "$bn "},
        {":table pow", "power "},
        {":why vol", "volume "},
        {":who pa", "path pairs "},
    };
    talk t;
    begin(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[4096] = "";
        moati_repl_complete(t.repl, cases[i].line, strlen(cases[i].line), join, words);
        cr_expect_str_eq(words, cases[i].words, "%s: %s", cases[i].line, words);
    }
    end(&t);
}

/* --- Interruptions. */

static void *interrupt(void *context) {
    const struct timespec pause = {.tv_nsec = 100 * 1000000L};
    (void)context;
    nanosleep(&pause, NULL);
    kill(getpid(), SIGINT);
    return NULL;
}

/* What was stopped stops nothing that comes after it, as a completion. */
Test(repl, goes_on_after_an_interruption) {
    talk t;
    pthread_t thread;
    sigset_t signals;
    char words[4096] = "";
    begin(&t);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    cr_redirect_stderr();
    cr_assert_eq(pthread_create(&thread, NULL, interrupt, NULL), 0);
    cr_expect_eq(moati_repl_line(t.repl, "while true do end"), MOATI_REPL_STOPPED);
    cr_expect(moati_repl_failed(t.repl));
    pthread_join(thread, NULL);
    moati_repl_complete(t.repl, "a.pr", 4, join, words);
    cr_expect_str_eq(words, "price ");
    cr_expect_str_eq(say(&t, "1"), "1\n");
    cr_expect(!moati_repl_failed(t.repl));
    end(&t);
}

/* --- The fan. */

static const char fan_text[] = "4 +        ........\n"
                               "  |        ........\n"
                               "  |::::::::::::::::\n"
                               "  |################\n"
                               "2 +::::::::::::::::\n"
                               "  |................\n"
                               "  |................\n"
                               "  |\n"
                               "0 +\n"
                               "   1       2\n"
                               "   # median  : 50 %  . 90 %\n";

static const char flat_text[] = "6 +\n"
                                "  |\n"
                                "  |\n"
                                "  |\n"
                                "4 +################\n"
                                "  |\n"
                                "  |\n"
                                "  |\n"
                                "2 +\n"
                                "   1       2\n";

static const char chance_text[] = "%\n"
                                  "100 +\n"
                                  "    |\n"
                                  "    |        ########\n"
                                  "    |\n"
                                  " 50 +########\n"
                                  "    |\n"
                                  "    |\n"
                                  "    |\n"
                                  "  0 +\n"
                                  "     1       2\n";

Test(repl, draws_fans) {
    static const struct {
        moat_show show;
        moat_summary summaries[2];
        const char *text;
    } cases[] = {
        {MOAT_SHOW_NUMBER,
         {{.p5 = 1, .p25 = 2, .p50 = 2.5, .p75 = 3, .p95 = 3},
          {.p5 = 1, .p25 = 2, .p50 = 2.5, .p75 = 3, .p95 = 4}},
         fan_text},
        {MOAT_SHOW_NUMBER,
         {{.p5 = 4, .p25 = 4, .p50 = 4, .p75 = 4, .p95 = 4},
          {.p5 = 4, .p25 = 4, .p50 = 4, .p75 = 4, .p95 = 4}},
         flat_text},
        {MOAT_SHOW_CONDITION, {{.mean = 0.5}, {.mean = 0.8, .p95 = 1}}, chance_text},
        {MOAT_SHOW_NUMBER,
         {{.p5 = NAN, .p25 = NAN, .p50 = NAN, .p75 = NAN, .p95 = NAN},
          {.p5 = INFINITY, .p25 = INFINITY, .p50 = INFINITY, .p75 = INFINITY, .p95 = INFINITY}},
         "no finite values\n"},
    };
    const moati_screen screen = {.columns = 40};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const moati_style style = {.show = cases[i].show, .factor = 1};
        const moati_fan fan = {2, cases[i].summaries, &style, NULL, MOAT_NO_AXIS};
        char *text;
        size_t length;
        FILE *file = open_memstream(&text, &length);
        cr_assert(moati_fan_print(&fan, &screen, file));
        fclose(file);
        cr_expect_str_eq(text, cases[i].text, "fan %zu:\n%s", i, text);
        free(text);
    }
}
