/* Reading the options of all commands with getopt_long. *args owns its lists and the
 * names in them; all other texts are those of argv. */
#include "args.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "nearest.h"
#include "number.h"
#include "options.h"
#include "report.h"

enum { MOST_OPTIONS = 64 };

/* The options of all commands, once each: beginnings that several share are told apart by the whole
 * table, whatever the command. */
static void list_options(struct option list[MOST_OPTIONS]) {
    size_t count = 0;
    for (const moati_option *o = moati_options(); o->name != NULL; o++) {
        const bool again = o > moati_options() && o[-1].code == o->code;
        if (!again && count + 1 < MOST_OPTIONS)
            list[count++] = (struct option){
                o->name, o->value != NULL ? required_argument : no_argument, NULL, o->code};
    }
    list[count] = (struct option){NULL, 0, NULL, 0};
}

static const char *option_at(const void *context, size_t index) {
    (void)context;
    return moati_options()[index].name;
}

static size_t count_options(void) {
    size_t count = 0;
    while (moati_options()[count].name != NULL)
        count++;
    return count;
}

/* The row of an option for some commands; NULL where they do not have it. */
static const moati_option *option_of(int code, unsigned commands) {
    for (const moati_option *o = moati_options(); o->name != NULL; o++)
        if (o->code == code && (o->commands & commands) != 0)
            return o;
    return NULL;
}

static const char *option_name(int code) {
    return option_of(code, ~0U)->name;
}

static moat_status read_samples(moati_args *args, const char *text, moat_error *error) {
    uint64_t count;
    if (!moati_number_read_count(text, UINT64_C(1) << 32, &count) || count == 0)
        return moat_fail(error, MOAT_INVALID,
                         "--samples needs a whole number from 1 to 2^32, such as 10000, 100_000 or "
                         "1e6, not \"%.60s\"",
                         text);
    args->settings.samples = (size_t)count;
    args->fields |= MOAT_SET_SAMPLES;
    return MOAT_OK;
}

static moat_status read_seed(moati_args *args, const char *text, moat_error *error) {
    if (!moati_number_read_count(text, UINT64_MAX, &args->settings.seed))
        return moat_fail(error, MOAT_INVALID,
                         "--seed needs a whole number from 0 to 2^64 - 1, not \"%.60s\"", text);
    args->fields |= MOAT_SET_SEED;
    return MOAT_OK;
}

static moat_status read_sampling(moati_args *args, const char *text, moat_error *error) {
    if (!moat_sampling_find(text, &args->settings.sampling))
        return moat_fail(error, MOAT_INVALID,
                         "--sampling needs random, lhs or sobol, not \"%.60s\"", text);
    args->fields |= MOAT_SET_SAMPLING;
    return MOAT_OK;
}

static moat_status read_threads(moati_args *args, const char *text, moat_error *error) {
    uint64_t count;
    if (!moati_number_read_count(text, 1024, &count))
        return moat_fail(error, MOAT_INVALID,
                         "--threads needs a whole number from 1 to 1024, or 0 for one for each "
                         "processor, not \"%.60s\"",
                         text);
    args->settings.threads = (unsigned)count;
    args->fields |= MOAT_SET_THREADS;
    return MOAT_OK;
}

/* The text between two places without the blanks around it. Allocated. */
static char *copy_trimmed(const char *start, const char *end) {
    while (start < end && *start == ' ')
        start++;
    while (start < end && end[-1] == ' ')
        end--;
    char *copy = malloc((size_t)(end - start) + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, start, (size_t)(end - start));
    copy[end - start] = '\0';
    return copy;
}

static moat_status read_set(moati_args *args, const char *text, moat_error *error) {
    const char *equals = strchr(text, '=');
    if (equals == NULL || text + strspn(text, " ") == equals)
        return moat_fail(error, MOAT_INVALID,
                         "--set needs NAME=LITERAL, such as --set 'price=12 to 15 $bn', not "
                         "\"%.60s\"",
                         text);
    moati_setting *grown = realloc(args->sets, (args->set_count + 1) * sizeof *grown);
    if (grown == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    args->sets = grown;
    char *name = copy_trimmed(text, equals);
    if (name == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    args->sets[args->set_count++] = (moati_setting){name, equals + 1 + strspn(equals + 1, " ")};
    return MOAT_OK;
}

static moat_status read_eval(moati_args *args, const char *line, moat_error *error) {
    const char **grown = realloc(args->evals, (args->eval_count + 1) * sizeof *grown);
    if (grown == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    args->evals = grown;
    args->evals[args->eval_count++] = line;
    return MOAT_OK;
}

static moat_status read_variant(moati_args *args, const char *name, moat_error *error) {
    if (args->variant != NULL)
        return moat_fail(error, MOAT_INVALID,
                         "one --variant can be in force, but there are \"%.60s\" and \"%.60s\"",
                         args->variant, name);
    args->variant = name;
    return MOAT_OK;
}

static moat_status read_format(moati_args *args, moati_format format, moat_error *error) {
    if (args->format != MOATI_TABLE && args->format != format)
        return moat_fail(error, MOAT_INVALID, "--json and --csv exclude each other");
    args->format = format;
    return MOAT_OK;
}

static moat_status read_to(moati_args *args, const char *text, moat_error *error) {
    args->to = true;
    args->to_html = strcmp(text, "html") == 0;
    if (args->to_html || strcmp(text, "markdown") == 0)
        return MOAT_OK;
    return moat_fail(error, MOAT_INVALID, "--to needs markdown or html, not \"%.60s\"", text);
}

static moat_status read_time_limit(moati_args *args, const char *text, moat_error *error) {
    char *end;
    args->time_limit = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(args->time_limit) || args->time_limit < 0)
        return moat_fail(error, MOAT_INVALID,
                         "--time-limit needs a number of seconds, or 0 for none, not \"%.60s\"",
                         text);
    return MOAT_OK;
}

/* The factor of "", "k", "M", "G" or "T", with "B" or "iB" after it or not; 0: something else. */
static double size_factor(const char *suffix) {
    static const char letters[] = "kMGT";
    double factor = 1;
    const char *letter = *suffix == '\0' ? NULL : strchr(letters, *suffix == 'K' ? 'k' : *suffix);
    if (letter != NULL) {
        for (const char *step = letters; step <= letter; step++)
            factor *= 1024;
        suffix++;
        if (*suffix == 'i')
            suffix++;
    }
    return *suffix == '\0' || strcmp(suffix, "B") == 0 ? factor : 0;
}

static moat_status read_memory_limit(moati_args *args, const char *text, moat_error *error) {
    char *end;
    double size = strtod(text, &end);
    bool number = end != text && isfinite(size) && size >= 0;
    size *= number ? size_factor(end) : 0;
    if (!number || size_factor(end) == 0 || size >= 0x1p63)
        return moat_fail(error, MOAT_INVALID,
                         "--memory-limit needs a size such as 512M or 8G, or 0 for none, not "
                         "\"%.60s\"",
                         text);
    args->memory_limit = (uint64_t)size;
    return MOAT_OK;
}

static moat_status read_max_age(moati_args *args, const char *text, moat_error *error) {
    if (!moati_check_read_age(text, &args->max_age))
        return moat_fail(error, MOAT_INVALID,
                         "--max-age needs an age such as 12mo or 2yr, not \"%.60s\"", text);
    return MOAT_OK;
}

static moat_status read_today(moati_args *args, const char *text, moat_error *error) {
    if (!moati_check_read_month(text, &args->today))
        return moat_fail(error, MOAT_INVALID, "--today needs a date such as 2026-11, not \"%.60s\"",
                         text);
    return MOAT_OK;
}

/* Lists the options that begin with a text; false where none does. */
static bool list_longer(const char *beginning, char *buffer, size_t size) {
    struct option list[MOST_OPTIONS];
    size_t used = 0;
    list_options(list);
    for (const struct option *o = list; o->name != NULL && used < size; o++)
        if (strncmp(o->name, beginning, strlen(beginning)) == 0)
            used += (size_t)snprintf(buffer + used, size - used, "%s--%s", used == 0 ? "" : " or ",
                                     o->name);
    return used > 0;
}

/* getopt_long has met an option that it does not know, or one used wrongly. */
static moat_status refuse_option(const char *command, char **argv, moat_error *error) {
    if (optopt >= MOATI_SAMPLES)
        return moat_fail(error, MOAT_INVALID, "--%s takes no value", option_name(optopt));
    if (optopt != 0)
        return moat_fail(error, MOAT_UNKNOWN, "there is no option -%c; see moat %s --help", optopt,
                         command);
    const char *given = argv[optind - 1], *equals = strchr(given, '=');
    char *name = copy_trimmed(given + 2, equals != NULL ? equals : given + strlen(given));
    if (name == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    const char *near = moati_nearest_of(name, count_options(), option_at, NULL);
    char longer[200];
    if (list_longer(name, longer, sizeof longer))
        moat_fail(error, MOAT_UNKNOWN, "there is no option --%.60s; did you mean %s?", name,
                  longer);
    else if (near != NULL)
        moat_fail(error, MOAT_UNKNOWN, "there is no option --%.60s; did you mean --%s?", name,
                  near);
    else
        moat_fail(error, MOAT_UNKNOWN, "there is no option --%.60s; see moat %s --help", name,
                  command);
    free(name);
    return MOAT_UNKNOWN;
}

/* getopt_long takes the beginning of an option for the whole; a script that relies on it would
 * break with the next option that begins alike. */
static moat_status refuse_abbreviation(int code, char **argv, moat_error *error) {
    const char *given = argv[optind - 1] == optarg ? argv[optind - 2] : argv[optind - 1];
    const char *name = option_name(code);
    const size_t length = strcspn(given + 2, "=");
    if (length == strlen(name))
        return MOAT_OK;
    return moat_fail(error, MOAT_UNKNOWN, "there is no option --%.*s; did you mean --%s?",
                     (int)length, given + 2, name);
}

/* An option of other commands alone. */
static moat_status refuse_elsewhere(int code, const char *name, moat_error *error) {
    if (option_of(code, moati_subcommand_find(name)->bit) != NULL)
        return MOAT_OK;
    const moati_subcommand *owner = moati_subcommands();
    while (option_of(code, owner->bit) == NULL)
        owner++;
    return moat_fail(error, MOAT_UNKNOWN, "moat %s has no option --%s; moat %s has", name,
                     option_name(code), owner->name);
}

/* What getopt_long takes and the command does not. */
static moat_status refuse_taken(int code, char **argv, const moati_args *args, moat_error *error) {
    if (code < MOATI_SAMPLES)
        return MOAT_OK;
    const moat_status status = refuse_abbreviation(code, argv, error);
    return status != MOAT_OK ? status : refuse_elsewhere(code, args->command, error);
}

static moat_status read_option(int code, char **argv, moati_args *args, moat_error *error) {
    const moat_status status = refuse_taken(code, argv, args, error);
    if (status != MOAT_OK)
        return status;
    switch (code) {
    case MOATI_SAMPLES: return read_samples(args, optarg, error);
    case MOATI_SEED: return read_seed(args, optarg, error);
    case MOATI_SAMPLING: return read_sampling(args, optarg, error);
    case MOATI_THREADS: return read_threads(args, optarg, error);
    case MOATI_SET: return read_set(args, optarg, error);
    case MOATI_VARIANT: return read_variant(args, optarg, error);
    case MOATI_TO_JSON: return read_format(args, MOATI_JSON, error);
    case MOATI_TO_CSV: return read_format(args, MOATI_CSV, error);
    case MOATI_OUTPUT: args->output = optarg; return MOAT_OK;
    case MOATI_QUIET: args->quiet = true; return MOAT_OK;
    case MOATI_TIMING: args->timing = true; return MOAT_OK;
    case MOATI_TIME_LIMIT: return read_time_limit(args, optarg, error);
    case MOATI_MEMORY_LIMIT: return read_memory_limit(args, optarg, error);
    case MOATI_EVAL: return read_eval(args, optarg, error);
    case MOATI_ECHO: args->echo = true; return MOAT_OK;
    case MOATI_NO_SANDBOX: args->no_sandbox = true; return MOAT_OK;
    case MOATI_TO: return read_to(args, optarg, error);
    case MOATI_COMPARE_FILES: args->check = true; return MOAT_OK;
    case MOATI_WATCH: args->watch = true; return MOAT_OK;
    case MOATI_STRICT: args->strict = true; return MOAT_OK;
    case MOATI_MAX_AGE: return read_max_age(args, optarg, error);
    case MOATI_TODAY: return read_today(args, optarg, error);
    case MOATI_UNTRUSTED: args->untrusted = true; return MOAT_OK;
    case 'h':
    case MOATI_HELP_OPTION: args->help = true; return MOAT_OK;
    case ':':
        return moat_fail(error, MOAT_INVALID, "--%s needs a value; see moat %s --help",
                         option_name(optopt), args->command);
    default: return refuse_option(args->command, argv, error);
    }
}

/* What a command does without, and too much of it. */
static moat_status refuse_count(const moati_subcommand *command, const moati_args *args,
                                moat_error *error) {
    const bool is_folder = command->takes == MOATI_FOLDER;
    const char *one = is_folder ? "folder" : "script";
    if (args->file_count < command->least)
        return moat_fail(error, MOAT_INVALID, "moat %s needs %s%s: moat %s %s", command->name,
                         command->least > 1 ? "two or more " : "a ",
                         command->least > 1 ? "scripts" : one, command->name, command->operands);
    if (command->most == 1)
        return moat_fail(error, MOAT_INVALID,
                         "moat %s takes one %s, but there are \"%.60s\" and \"%.60s\"",
                         command->name, one, args->files[0], args->files[1]);
    return moat_fail(error, MOAT_INVALID, "moat %s takes up to %zu scripts, and not %zu",
                     command->name, command->most, args->file_count);
}

/* What one option promises and another, or a file, takes away. */
static moat_status check_together(const moati_args *args, moat_error *error) {
    const bool to_stdout = args->output != NULL && strcmp(args->output, "-") == 0;
    if (args->check && args->watch)
        return moat_fail(error, MOAT_INVALID, "--check and --watch exclude each other");
    if (args->check && to_stdout)
        return moat_fail(error, MOAT_INVALID,
                         "--check compares with files, and not with --output -");
    if (args->watch && strcmp(args->script, "-") == 0)
        return moat_fail(error, MOAT_INVALID, "--watch needs a file, and not standard input");
    if (args->untrusted && args->no_sandbox)
        return moat_fail(error, MOAT_INVALID, "--untrusted and --no-sandbox exclude each other");
    for (size_t i = 0; i < args->file_count && args->untrusted; i++)
        if (moati_is_memo(args->files[i]))
            return moat_fail(error, MOAT_INVALID,
                             "--untrusted takes scripts: the code of a memo, %.200s, runs in this "
                             "process, in its sandbox",
                             args->files[i]);
    return MOAT_OK;
}

/* The files are what getopt_long has left at the end. */
static moat_status take_files(const moati_subcommand *command, int argc, char **argv,
                              moati_args *args, moat_error *error) {
    args->file_count = (size_t)(argc - optind);
    args->files = (const char *const *)(argv + optind);
    args->script = args->file_count > 0 ? args->files[0] : NULL;
    if (args->file_count < command->least || args->file_count > command->most)
        return refuse_count(command, args, error);
    return check_together(args, error);
}

moat_status moati_args_read(int argc, char **argv, moati_args *args, moat_error *error) {
    const moati_subcommand *command = moati_subcommand_find(argv[0]);
    struct option options[MOST_OPTIONS];
    list_options(options);
    *args = (moati_args){.command = command->name,
                         .time_limit = command->time_limit,
                         .max_age = -1,
                         .today = -1,
                         .memory_limit = UINT64_C(4) << 30};
    optind = 0; /* begin anew: GNU's getopt keeps its place in globals */
    opterr = 0;
    for (;;) {
        int code = getopt_long(argc, argv, ":h", options, NULL);
        if (code == -1)
            break;
        moat_status status = read_option(code, argv, args, error);
        if (status != MOAT_OK)
            return status;
    }
    return args->help ? MOAT_OK : take_files(command, argc, argv, args, error);
}

void moati_args_free(moati_args *args) {
    for (size_t i = 0; i < args->set_count; i++)
        free(args->sets[i].name);
    free(args->sets);
    free(args->evals);
}
