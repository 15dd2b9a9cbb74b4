/* How values are computed: samples and seed. */
#include "number.h"
#include "repl_session.h"

bool moati_repl_samples(moati_repl *repl, const char *arguments) {
    uint64_t count;
    char text[MOATI_NUMBER];
    if (arguments[0] != '\0') {
        if (!moati_number_read_count(arguments, UINT64_C(1) << 32, &count) || count == 0) {
            moati_repl_complain(repl, ":samples needs a whole number from 1 to 2^32, such as 10000 "
                                      "or 1e6");
            return true;
        }
        repl->settings.samples = (size_t)count;
        repl->fields |= MOAT_SET_SAMPLES;
        moat_model_set(repl->model, MOAT_SET_SAMPLES, &repl->settings, true, NULL);
    }
    moati_number_show_count(text, moat_model_settings(repl->model)->samples);
    fprintf(repl->out, "%s samples\n", text);
    return true;
}

bool moati_repl_seed(moati_repl *repl, const char *arguments) {
    if (arguments[0] != '\0') {
        if (!moati_number_read_count(arguments, UINT64_MAX, &repl->settings.seed)) {
            moati_repl_complain(repl, ":seed needs a whole number from 0 to 2^64 - 1");
            return true;
        }
        repl->fields |= MOAT_SET_SEED;
        moat_model_set(repl->model, MOAT_SET_SEED, &repl->settings, true, NULL);
    }
    fprintf(repl->out, "seed %llu\n", (unsigned long long)moat_model_settings(repl->model)->seed);
    return true;
}
