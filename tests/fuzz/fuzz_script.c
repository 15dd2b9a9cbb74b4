/* Scripts, in the sandbox with all modules: they end, as they are told to, and break nothing. What
 * succeeds is evaluated. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fuzz.h"
#include "moat/lua.h"
#include "modules.h"

enum { SAMPLES = 40, MILLISECONDS = 300, MEMORY = 64 << 20, NODES = 200000 };

static atomic_int stop;
static atomic_ulong running; /* the number of the run that the watchdog waits for; 0: none */

/* Stops what takes too long. */
static void *watch(void *unused) {
    unsigned long seen = 0;
    (void)unused;
    for (int waited = 0;;) {
        nanosleep(&(struct timespec){0, 10 * 1000 * 1000}, NULL);
        const unsigned long now = atomic_load(&running);
        waited = now != seen ? 0 : waited + 10;
        seen = now;
        if (now != 0 && waited >= MILLISECONDS)
            atomic_store(&stop, 1);
    }
    return NULL;
}

static void begin(void) {
    static unsigned long number;
    if (number++ == 0) {
        pthread_t thread;
        FUZZ_EXPECT(pthread_create(&thread, NULL, watch, NULL) == 0, "no thread");
        pthread_detach(thread);
    }
    atomic_store(&stop, 0);
    atomic_store(&running, number);
}

static void ignore(void *context, const char *text, size_t length) {
    (void)context;
    FUZZ_EXPECT(length > 0 && text[length - 1] == '\n', "a line has no end");
}

static void expect_results(moat_model *model) {
    moat_results *results;
    moat_error error;
    const moat_status status = moat_model_run(model, &results, &error);
    if (status != MOAT_OK) {
        fuzz_expect_error(status, &error, 0);
        return;
    }
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const moat_output *output = moat_model_get_output(model, i);
        const moat_summary *summary = moat_results_output(results, i, output->count - 1);
        FUZZ_EXPECT(isnan(summary->p5) || isnan(summary->p95) || summary->p5 <= summary->p95,
                    "%s: quantiles out of order", output->name);
    }
    moat_results_free(results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    const moat_settings few = {.samples = SAMPLES, .threads = 1};
    const moat_lua_options options = {.print = ignore, .warn = ignore, .modules = moat_modules};
    FUZZ_EXPECT(model != NULL, "%s", error.message);
    moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &few, true, &error);
    moat_model_set_cancel(model, &stop);
    moat_model_set_memory_limit(model, MEMORY);
    moat_graph_set_limit(moat_model_graph(model), NODES);
    moat_lua *lua = moat_lua_new(model, &options, &error);
    FUZZ_EXPECT(lua != NULL, "%s", error.message);
    begin();
    const moat_status status = moat_lua_run_text(lua, (const char *)data, size, "script", &error);
    if (status == MOAT_OK)
        expect_results(model);
    else
        FUZZ_EXPECT(moat_lua_script_error(lua)->message[0] != '\0', "an error without a message");
    atomic_store(&running, 0);
    moat_lua_free(lua);
    moat_model_free(model);
    return 0;
}
