/* Journals: whatever the bytes are, they are played or refused, and what is played can be evaluated
 * under each of its variants. */
#include <math.h>

#include "fuzz.h"
#include "moat/journal.h"
#include "modules.h"

enum { SAMPLES = 16, MEMORY = 64 << 20, NODES = 20000, VARIANTS = 4 };

static moat_model *new_model(void) {
    moat_error error;
    const moat_settings few = {.samples = SAMPLES, .threads = 1};
    moat_model *model = moat_model_new(&error);
    FUZZ_EXPECT(model != NULL, "%s", error.message);
    moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &few, true, &error);
    moat_model_set_memory_limit(model, MEMORY);
    moat_graph_set_limit(moat_model_graph(model), NODES);
    return model;
}

static void expect_results(moat_model *model, const char *variant) {
    moat_results *results;
    moat_error error;
    moat_status status = moat_model_use_variant(model, variant, &error);
    if (status == MOAT_OK)
        status = moat_model_run(model, &results, &error);
    if (status != MOAT_OK) {
        fuzz_expect_error(status, &error, 0);
        return;
    }
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        for (size_t k = 0; k < moat_model_get_output(model, i)->count; k++) {
            const moat_summary *summary = moat_results_output(results, i, k);
            FUZZ_EXPECT(isnan(summary->p5) || isnan(summary->p95) || summary->p5 <= summary->p95,
                        "output %zu: quantiles out of order", i);
        }
    moat_results_free(results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    moat_error error;
    moat_model *model = new_model();
    const moat_status status = moat_model_play(model, data, size, moat_module_kernels, &error);
    if (status == MOAT_OK) {
        const size_t variants = moat_model_variants(model);
        expect_results(model, NULL);
        for (size_t i = 0; i < variants && i < VARIANTS; i++)
            expect_results(model, moat_model_variant_name(model, i));
    } else {
        fuzz_expect_error(status, &error, size);
    }
    moat_model_free(model);
    return 0;
}
