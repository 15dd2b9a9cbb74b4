/* Where a report comes from. */
#include "provenance.h"

#include <stdlib.h>
#include <string.h>

#include "script.h"
#include "sha256.h"

/* "parts.words" is in parts/words.lua. */
static void name_required(moati_buffer *name, const char *given) {
    moati_buffer_print(name, "%s.lua", given);
    for (size_t i = 0; i + strlen(".lua") < name->length; i++)
        if (name->text[i] == '.')
            name->text[i] = '/';
}

void moati_provenance_free(moati_provenance *provenance) {
    for (size_t i = 0; provenance->names != NULL && i + 1 < provenance->origin.source_count; i++)
        moati_buffer_free(&provenance->names[i]);
    free(provenance->names);
    free(provenance->sources);
    free(provenance->sets);
}

moat_status moati_provenance_find(const moati_scenario *scenario, moati_provenance *provenance,
                                  moat_error *error) {
    const moati_script *script = &scenario->script;
    const moati_args *args = scenario->args;
    const size_t count = scenario->required_count;
    bool failed = false;
    *provenance = (moati_provenance){.sources = calloc(count + 1, sizeof *provenance->sources),
                                     .names = calloc(count + 1, sizeof *provenance->names),
                                     .sets = calloc(args->set_count + 1, sizeof *provenance->sets)};
    if (provenance->sources == NULL || provenance->names == NULL || provenance->sets == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    moati_sha256(script->text, script->length, provenance->sha256);
    provenance->sources[0] = (moati_source){moati_base_name(script->name), provenance->sha256};
    for (size_t i = 0; i < count; i++) {
        name_required(&provenance->names[i], scenario->required[i].name);
        failed = failed || provenance->names[i].failed;
        provenance->sources[i + 1] =
            (moati_source){moati_buffer_text(&provenance->names[i]), scenario->required[i].sha256};
    }
    for (size_t i = 0; i < args->set_count; i++)
        provenance->sets[i] = (moati_assignment){args->sets[i].name, args->sets[i].literal};
    provenance->origin = (moati_origin){.text = script->text,
                                        .length = script->length,
                                        .source_count = count + 1,
                                        .sources = provenance->sources,
                                        .set_count = args->set_count,
                                        .sets = provenance->sets};
    return failed ? moat_fail(error, MOAT_NO_MEMORY, "out of memory") : MOAT_OK;
}
