/* Values of JSON in the making. Every maker returns NULL where memory is short, and adding NULL
 * fails, so that one check at the end of each object covers all of its members. */
#ifndef MOATI_JSON_VALUE_H
#define MOATI_JSON_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What is no UTF-8 in a text is replaced; null for NULL. */
json_t *moati_json_text(const char *text);
/* JSON has no NaN and no infinity: null. */
json_t *moati_json_number(double value);
/* Any seed may be set; JSON readers agree on the signed half of them. The others are texts. */
json_t *moati_json_seed(uint64_t seed);
bool moati_json_add(json_t *object, const char *key, json_t *value);
bool moati_json_append(json_t *array, json_t *value);
/* The value where it is done; else it is freed, and NULL. */
json_t *moati_json_finished(json_t *value, bool done);

/* Prints an object, which is freed, with a line for each member, and for each element of one that
 * is an array. False where memory was short. */
bool moati_json_print(json_t *object, FILE *file);

#endif
