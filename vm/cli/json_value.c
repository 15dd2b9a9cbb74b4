/* Texts of whatever bytes, numbers of any kind; printing with a line for each member. */
#include "json_value.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "number.h"
#include "screen.h"

json_t *moati_json_text(const char *text) {
    if (text == NULL)
        return json_null();
    json_t *value = json_string(text);
    if (value != NULL)
        return value;
    char *clean = moati_text_clean(text, true);
    if (clean == NULL)
        return NULL;
    value = json_string(clean);
    free(clean);
    return value;
}

json_t *moati_json_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *moati_json_seed(uint64_t seed) {
    char text[MOATI_NUMBER];
    if (seed <= INT64_MAX)
        return json_integer((json_int_t)seed);
    snprintf(text, sizeof text, "%" PRIu64, seed);
    return json_string(text);
}

bool moati_json_add(json_t *object, const char *key, json_t *value) {
    return json_object_set_new(object, key, value) == 0;
}

bool moati_json_append(json_t *array, json_t *value) {
    return json_array_append_new(array, value) == 0;
}

json_t *moati_json_finished(json_t *value, bool done) {
    if (done)
        return value;
    json_decref(value);
    return NULL;
}

static int write_chunk(const char *text, size_t length, void *file) {
    return fwrite(text, 1, length, file) == length ? 0 : -1;
}

static bool dump(json_t *value, FILE *file) {
    return json_dump_callback(value, write_chunk, file,
                              JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY) == 0;
}

/* An array with a line for each element. */
static bool dump_lines(json_t *array, FILE *file) {
    size_t index;
    json_t *element;
    bool done = true;
    fputc('[', file);
    json_array_foreach(array, index, element) {
        fputs(index == 0 ? "\n    " : ",\n    ", file);
        done = done && dump(element, file);
    }
    fputs(json_array_size(array) == 0 ? "]" : "\n  ]", file);
    return done;
}

bool moati_json_print(json_t *object, FILE *file) {
    const char *key, *before = "{\n  ";
    json_t *value;
    bool done = object != NULL;
    json_object_foreach(object, key, value) {
        fprintf(file, "%s\"%s\": ", before, key);
        done = done && (json_is_array(value) ? dump_lines(value, file) : dump(value, file));
        before = ",\n  ";
    }
    fputs("\n}\n", file);
    json_decref(object);
    return done;
}
