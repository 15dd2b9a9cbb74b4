/* A model that is played from a journal is the one that was recorded. */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "moat/journal.h"
#include "moat/lua.h"
#include "modules.h"

static moat_model *new_model(void) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    cr_assert(model != NULL, "%s", error.message);
    const moat_settings settings = {.samples = 200, .seed = 7, .threads = 1};
    moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_SEED | MOAT_SET_THREADS, &settings, true,
                   &error);
    return model;
}

/* The digests of a model's results under one variant, after its name. */
static void run(moat_model *model, const char *variant, char digest[33]) {
    moat_results *results;
    moat_error error;
    cr_assert_eq(moat_model_use_variant(model, variant, &error), MOAT_OK, "%s", error.message);
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "%s", error.message);
    moat_results_digest(results, digest);
    moat_results_free(results);
}

static void same_text(const char *a, const char *b, const char *what) {
    cr_expect((a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0), "%s: %s, %s", what, a,
              b);
}

static void compare_declarations(const moat_model *a, const moat_model *b, const char *path) {
    cr_assert_eq(moat_model_assumptions(a), moat_model_assumptions(b), "%s", path);
    for (size_t i = 0; i < moat_model_assumptions(a); i++) {
        const moat_assumption *x = moat_model_assumption(a, i), *y = moat_model_assumption(b, i);
        same_text(x->name, y->name, path);
        same_text(x->text, y->text, path);
        same_text(x->source, y->source, path);
        same_text(x->note, y->note, path);
        same_text(moat_unit_text(moat_model_units(a), x->unit),
                  moat_unit_text(moat_model_units(b), y->unit), path);
    }
    cr_assert_eq(moat_model_outputs(a), moat_model_outputs(b), "%s", path);
    for (size_t i = 0; i < moat_model_outputs(a); i++) {
        const moat_output *x = moat_model_get_output(a, i), *y = moat_model_get_output(b, i);
        same_text(x->name, y->name, path);
        same_text(x->label, y->label, path);
        cr_expect(x->show == y->show && x->axis == y->axis && x->count == y->count, "%s: %s", path,
                  x->name);
        same_text(moat_unit_text(moat_model_units(a), x->unit),
                  moat_unit_text(moat_model_units(b), y->unit), path);
    }
}

/* Records a script's model and plays it into a new one. */
static void record(const char *path, moat_model **first, moat_model **second) {
    moat_error error;
    *first = new_model();
    *second = new_model();
    cr_assert_eq(moat_model_record(*first, &error), MOAT_OK, "%s", error.message);
    moat_lua *lua = moat_lua_new(*first, &(moat_lua_options){.modules = moat_modules}, &error);
    cr_assert(lua != NULL, "%s", error.message);
    cr_assert_eq(moat_lua_run_file(lua, path, &error), MOAT_OK, "%s", error.message);
    moat_lua_free(lua);
    size_t length;
    const unsigned char *bytes = moat_model_journal(*first, &length);
    cr_assert(bytes != NULL, "%s: there is no journal", path);
    cr_assert_eq(moat_model_play(*second, bytes, length, moat_module_kernels, &error), MOAT_OK,
                 "%s: %s", path, error.message);
}

static void check_script(const char *path) {
    moat_model *first, *second;
    record(path, &first, &second);
    compare_declarations(first, second, path);
    cr_assert_eq(moat_model_variants(first), moat_model_variants(second));
    for (size_t i = 0; i <= moat_model_variants(first); i++) {
        const char *variant = i == 0 ? NULL : moat_model_variant_name(first, i - 1);
        char here[33], there[33];
        run(first, variant, here);
        run(second, variant, there);
        cr_expect_str_eq(here, there, "%s, variant %s", path, variant);
    }
    moat_model_free(first);
    moat_model_free(second);
}

Test(journal, scripts) {
    static const char *const patterns[] = {"scripts/*.lua", "scripts/examples/*.lua",
                                           "tests/bits/*.lua"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        glob_t found;
        cr_assert_eq(glob(patterns[i], 0, NULL, &found), 0, "%s", patterns[i]);
        for (size_t k = 0; k < found.gl_pathc; k++, count++)
            check_script(found.gl_pathv[k]);
        globfree(&found);
    }
    cr_expect_geq(count, 10);
}

/* Whatever the bytes are, they are played or refused. */
Test(journal, damaged) {
    enum { STEP = 3 }; /* bytes from one damage to the next */
    moat_model *first, *second;
    moat_error error;
    size_t length, refused = 0;
    record("tests/stdlib/journal.lua", &first, &second);
    moat_model_free(second);
    const unsigned char *bytes = moat_model_journal(first, &length);
    unsigned char *copy = malloc(length);
    cr_assert(copy != NULL);
    for (size_t i = 0; i < length; i += STEP) {
        memcpy(copy, bytes, length);
        copy[i] ^= (unsigned char)(1 + i % 255);
        second = new_model();
        refused += moat_model_play(second, copy, length, moat_module_kernels, &error) != MOAT_OK;
        moat_model_free(second);
        second = new_model();
        moat_model_play(second, bytes, i, moat_module_kernels, &error);
        moat_model_free(second);
    }
    cr_expect_gt(refused, length / STEP / 4, "%zu of %zu bytes", refused, length);
    free(copy);
    moat_model_free(first);
}
