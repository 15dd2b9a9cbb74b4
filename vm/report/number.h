/* Numbers as people and as programs read them. All write text that ends with a 0. */
#ifndef MOATI_NUMBER_H
#define MOATI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum { MOATI_NUMBER = 48 };

/* Rounded to so many significant figures, in groups of three, with an exponent only below
 * 0.0001 and from 1e15: "12.3", "1,230", "0.0120", "1.23e-05", "inf", "NaN". */
void moati_number_show(char buffer[MOATI_NUMBER], double value, int figures);

/* With so many digits after the point, in groups of three before it. */
void moati_number_show_decimals(char buffer[MOATI_NUMBER], double value, int decimals);

/* Six figures with no zeros at the end: "22.44", "5", "2,026", "123,457,000". For what is known
 * exactly. */
void moati_number_show_exact(char buffer[MOATI_NUMBER], double value);

/* A probability, with two figures of it or of what is missing to 1: "37 %", "0.12 %",
 * "99.5 %". */
void moati_number_show_probability(char buffer[MOATI_NUMBER], double probability);

/* "10,000". */
void moati_number_show_count(char buffer[MOATI_NUMBER], uint64_t count);

/* The shortest of 15 to 17 digits that reads back as the same number; "" for NaN. */
void moati_number_write(char buffer[MOATI_NUMBER], double value);

/* Reads a count: "10000", "10_000", "1e4", "2.5e3". False where the text is something else,
 * is no whole number, or exceeds `limit`. */
bool moati_number_read_count(const char *text, uint64_t limit, uint64_t *count);

#endif
