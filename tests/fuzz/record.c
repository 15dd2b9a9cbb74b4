/* Writes the journals of scripts, which the target `journal` begins with:
 *     fuzz_record FOLDER SCRIPT... */
#include <stdio.h>
#include <string.h>

#include "moat/journal.h"
#include "moat/lua.h"
#include "modules.h"

static moat_status write_journal(const moat_model *model, const char *path, moat_error *error) {
    size_t length;
    const unsigned char *bytes = moat_model_journal(model, &length);
    FILE *file = bytes != NULL ? fopen(path, "wb") : NULL;
    if (file == NULL)
        return moat_fail(error, MOAT_SYSTEM, "%s cannot be written", path);
    const bool written = fwrite(bytes, 1, length, file) == length;
    if (fclose(file) == 0 && written)
        return MOAT_OK;
    return moat_fail(error, MOAT_SYSTEM, "%s cannot be written", path);
}

static moat_status record(const char *script, const char *path, moat_error *error) {
    moat_lua *lua = NULL;
    moat_model *model = moat_model_new(error);
    moat_status status = model == NULL ? MOAT_NO_MEMORY : moat_model_record(model, error);
    if (status == MOAT_OK) {
        lua = moat_lua_new(model, &(moat_lua_options){.modules = moat_modules}, error);
        status = lua == NULL ? MOAT_NO_MEMORY : moat_lua_run_file(lua, script, error);
    }
    if (status == MOAT_OK)
        status = write_journal(model, path, error);
    moat_lua_free(lua);
    moat_model_free(model);
    return status;
}

int main(int argc, char **argv) {
    int failures = argc < 3;
    for (int i = 2; i < argc; i++) {
        char path[4096];
        moat_error error;
        const char *slash = strrchr(argv[i], '/');
        snprintf(path, sizeof path, "%s/%s", argv[1], slash != NULL ? slash + 1 : argv[i]);
        if (record(argv[i], path, &error) == MOAT_OK)
            continue;
        fprintf(stderr, "%s: %s\n", argv[i], error.message);
        failures++;
    }
    return failures > 0;
}
