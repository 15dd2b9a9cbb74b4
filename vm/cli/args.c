/* Reading the options of all commands with getopt_long. *args owns its lists and the
 * names in them; all other texts are those of argv. */
#include "args.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"
#include "number.h"

enum {
    SAMPLES = 256, /* past the characters, which getopt uses for short options */
    SEED,
    SAMPLING,
    THREADS,
    SET,
    VARIANT,
    JSON,
    CSV,
    OUTPUT,
    QUIET,
    TIMING,
    TIME_LIMIT,
    MEMORY_LIMIT,
    EVAL,
    ECHO,
    NO_SANDBOX,
    HELP
};

/* The commands that take options and files. */
enum { RUN = 1, REPL = 2, REPORT = 4, COMPARE = 8, CHECK = 16, EVALUATE = RUN | REPORT | COMPARE };

static const struct command {
    const char *name;
    unsigned bit;
    size_t least, most; /* files */
    double time_limit;  /* seconds, where none is given; 0: none */
} commands[] = {
    {"run", RUN, 1, 1, 60},
    {"repl", REPL, 0, 1, 0},
    {"report", REPORT, 1, 1, 60},
    {"compare", COMPARE, 2, 16, 120},
    {"check", CHECK, 1, SIZE_MAX, 60},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct known {
    const char *name;
    int takes; /* as getopt has it */
    int code;
    unsigned commands; /* that have it */
} known[] = {
    {"samples", required_argument, SAMPLES, EVALUATE | REPL},
    {"seed", required_argument, SEED, EVALUATE | REPL},
    {"sampling", required_argument, SAMPLING, EVALUATE | REPL},
    {"threads", required_argument, THREADS, EVALUATE | REPL},
    {"set", required_argument, SET, EVALUATE | REPL},
    {"variant", required_argument, VARIANT, RUN | REPORT | REPL},
    {"json", no_argument, JSON, RUN | COMPARE | CHECK},
    {"csv", no_argument, CSV, RUN},
    {"output", required_argument, OUTPUT, EVALUATE},
    {"quiet", no_argument, QUIET, EVALUATE | CHECK},
    {"timing", no_argument, TIMING, RUN},
    {"time-limit", required_argument, TIME_LIMIT, EVALUATE | CHECK},
    {"memory-limit", required_argument, MEMORY_LIMIT, EVALUATE | REPL | CHECK},
    {"eval", required_argument, EVAL, REPL},
    {"echo", no_argument, ECHO, REPL},
    {"no-sandbox", no_argument, NO_SANDBOX, RUN},
    {"help", no_argument, HELP, ~0U},
};

enum { OPTION_COUNT = sizeof known / sizeof *known };

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* Beginnings that several options share are told apart by the whole table, whatever the command. */
static void list_options(struct option options[OPTION_COUNT + 1]) {
    for (size_t i = 0; i < OPTION_COUNT; i++)
        options[i] = (struct option){known[i].name, known[i].takes, NULL, known[i].code};
    options[OPTION_COUNT] = (struct option){NULL, 0, NULL, 0};
}

static const char *option_at(const void *context, size_t index) {
    (void)context;
    return known[index].name;
}

static const struct known *option_of(int code) {
    size_t i = 0;
    while (i + 1 < OPTION_COUNT && known[i].code != code)
        i++;
    return &known[i];
}

static const char *option_name(int code) {
    return option_of(code)->name;
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
    if (equals == NULL || equals == text)
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

/* Lists the options that begin with a text; false where none does. */
static bool list_longer(const char *beginning, char *buffer, size_t size) {
    size_t used = 0;
    for (size_t i = 0; i < OPTION_COUNT && used < size; i++)
        if (strncmp(known[i].name, beginning, strlen(beginning)) == 0)
            used += (size_t)snprintf(buffer + used, size - used, "%s--%s", used == 0 ? "" : " or ",
                                     known[i].name);
    return used > 0;
}

/* getopt_long has met an option that it does not know, or one used wrongly. */
static moat_status refuse_option(const char *command, char **argv, moat_error *error) {
    if (optopt >= SAMPLES)
        return moat_fail(error, MOAT_INVALID, "--%s takes no value", option_name(optopt));
    if (optopt != 0)
        return moat_fail(error, MOAT_UNKNOWN, "there is no option -%c; see moat %s --help", optopt,
                         command);
    const char *given = argv[optind - 1], *equals = strchr(given, '=');
    char *name = copy_trimmed(given + 2, equals != NULL ? equals : given + strlen(given));
    if (name == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    const char *near = moati_nearest_of(name, OPTION_COUNT, option_at, NULL);
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
    const struct known *option = option_of(code);
    if ((option->commands & find_command(name)->bit) != 0)
        return MOAT_OK;
    size_t owner = 0;
    while (owner + 1 < COMMAND_COUNT && (option->commands & commands[owner].bit) == 0)
        owner++;
    return moat_fail(error, MOAT_UNKNOWN, "moat %s has no option --%s; moat %s has", name,
                     option->name, commands[owner].name);
}

static moat_status read_option(int code, char **argv, moati_args *args, moat_error *error) {
    if (code >= SAMPLES) {
        moat_status status = refuse_abbreviation(code, argv, error);
        if (status != MOAT_OK)
            return status;
        status = refuse_elsewhere(code, args->command, error);
        if (status != MOAT_OK)
            return status;
    }
    switch (code) {
    case SAMPLES: return read_samples(args, optarg, error);
    case SEED: return read_seed(args, optarg, error);
    case SAMPLING: return read_sampling(args, optarg, error);
    case THREADS: return read_threads(args, optarg, error);
    case SET: return read_set(args, optarg, error);
    case VARIANT: return read_variant(args, optarg, error);
    case JSON: return read_format(args, MOATI_JSON, error);
    case CSV: return read_format(args, MOATI_CSV, error);
    case OUTPUT: args->output = optarg; return MOAT_OK;
    case QUIET: args->quiet = true; return MOAT_OK;
    case TIMING: args->timing = true; return MOAT_OK;
    case TIME_LIMIT: return read_time_limit(args, optarg, error);
    case MEMORY_LIMIT: return read_memory_limit(args, optarg, error);
    case EVAL: return read_eval(args, optarg, error);
    case ECHO: args->echo = true; return MOAT_OK;
    case NO_SANDBOX: args->no_sandbox = true; return MOAT_OK;
    case 'h':
    case HELP: args->help = true; return MOAT_OK;
    case ':':
        return moat_fail(error, MOAT_INVALID, "--%s needs a value; see moat %s --help",
                         option_name(optopt), args->command);
    default: return refuse_option(args->command, argv, error);
    }
}

/* The files are what getopt_long has left at the end. */
static moat_status take_files(const struct command *command, int argc, char **argv,
                              moati_args *args, moat_error *error) {
    args->file_count = (size_t)(argc - optind);
    args->files = (const char *const *)(argv + optind);
    args->script = args->file_count > 0 ? args->files[0] : NULL;
    if (args->file_count < command->least)
        return moat_fail(error, MOAT_INVALID, "moat %s needs %s: moat %s FILE%s", command->name,
                         command->least > 1 ? "two scripts or more" : "a script", command->name,
                         command->least > 1 ? " FILE..." : "");
    if (args->file_count > command->most && command->most == 1)
        return moat_fail(error, MOAT_INVALID,
                         "moat %s takes one script, but there are \"%.60s\" and \"%.60s\"",
                         command->name, args->files[0], args->files[1]);
    if (args->file_count > command->most)
        return moat_fail(error, MOAT_INVALID, "moat %s takes up to %zu scripts, and not %zu",
                         command->name, command->most, args->file_count);
    return MOAT_OK;
}

moat_status moati_args_read(int argc, char **argv, moati_args *args, moat_error *error) {
    const struct command *command = find_command(argv[0]);
    struct option options[OPTION_COUNT + 1];
    list_options(options);
    *args = (moati_args){.command = command->name,
                         .time_limit = command->time_limit,
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
