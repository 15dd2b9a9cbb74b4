/* The command line: words, one a line, of which the first names the command. */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "fuzz.h"

enum { WORDS = 64 };

static void expect_sound(const moati_args *args) {
    FUZZ_EXPECT(args->file_count == 0 || args->script == args->files[0], "the first file");
    FUZZ_EXPECT(args->time_limit >= 0, "%g", args->time_limit);
    if (args->fields & MOAT_SET_SAMPLES)
        FUZZ_EXPECT(args->settings.samples >= 1, "no samples");
    for (size_t i = 0; i < args->set_count; i++)
        FUZZ_EXPECT(args->sets[i].name[0] != '\0' && args->sets[i].literal != NULL, "--set %zu", i);
}

/* main.c has looked at the first word before the others are read. */
static void take_command(char **word) {
    static char commands[][8] = {"run", "repl", "report", "compare", "check"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(*word, commands[i]) == 0)
            return;
    *word = commands[0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *argv[WORDS + 1] = {NULL};
    int argc = 0;
    moati_args args;
    moat_error error;
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *word = text; word != NULL && argc < WORDS;) {
        char *end = strchr(word, '\n');
        if (end != NULL)
            *end++ = '\0';
        argv[argc++] = word;
        word = end;
    }
    take_command(&argv[0]);
    const moat_status status = moati_args_read(argc, argv, &args, &error);
    if (status == MOAT_OK)
        expect_sound(&args);
    else
        fuzz_expect_error(status, &error, size);
    moati_args_free(&args);
    free(text);
    return 0;
}
