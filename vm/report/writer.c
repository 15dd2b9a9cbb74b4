/* What every part of a report asks for: memory, how a result is shown, what it is called. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_inner.h"
#include "standard_inner.h"

typedef struct moati_piece {
    struct moati_piece *next;
    max_align_t memory[];
} moati_piece;

void moati_writer_fail(moati_writer *writer, const moat_error *error) {
    moati_document_fail(writer->document, error);
}

void *moati_writer_take(moati_writer *writer, size_t count, size_t size) {
    moati_piece *piece = NULL;
    if (size == 0 || count <= (SIZE_MAX - sizeof *piece) / size)
        piece = calloc(1, sizeof *piece + count * size);
    if (piece == NULL) {
        moat_error error;
        moat_fail(&error, MOAT_NO_MEMORY, "out of memory");
        moati_writer_fail(writer, &error);
        return NULL;
    }
    piece->next = writer->taken;
    writer->taken = piece;
    return piece->memory;
}

void moati_writer_end(moati_writer *writer) {
    while (writer->taken != NULL) {
        moati_piece *next = writer->taken->next;
        free(writer->taken);
        writer->taken = next;
    }
}

const char *moati_writer_print(moati_writer *writer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : moati_writer_take(writer, (size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text != NULL ? text : "";
}

size_t moati_writer_samples(const moati_writer *writer) {
    return moat_model_settings(writer->study->model)->samples;
}

moati_style moati_writer_style(const moati_writer *writer, const moat_output *output,
                               size_t index) {
    return moati_style_of(writer->study->model, writer->study->results, output, index);
}

moati_measured moati_writer_measure(moati_writer *writer, const moat_output *output, size_t result,
                                    size_t entry) {
    moat_error error;
    moati_measured measured;
    const moati_style style = moati_writer_style(writer, output, result);
    if (moati_measure(writer->study->results, result, entry, &style, moati_writer_samples(writer),
                      &measured, &error) != MOAT_OK)
        moati_writer_fail(writer, &error);
    return measured;
}

const char *moati_label_of(const moat_output *output) {
    return output->label != NULL ? output->label : output->name;
}

/* --- The values that a report is about. */

static void add_head(const moati_writer *writer, size_t index, moati_head *head) {
    const moat_output *output = moat_model_get_output(writer->study->model, index);
    *head = (moati_head){.output = output, .index = index, .entry = output->count - 1};
    if (output->axis == MOAT_NO_AXIS) {
        snprintf(head->label, sizeof head->label, "%s", moati_label_of(output));
        return;
    }
    char period[16];
    moat_model_axis_label(writer->study->model, output->axis, head->entry, period);
    snprintf(head->label, sizeof head->label, "%s, %s%s", moati_label_of(output),
             moat_model_horizon(writer->study->model)->dated ? "" : "period ", period);
}

static bool varies_at_end(const moati_study *study, size_t index, size_t entry) {
    const moat_summary *summary = moat_results_output(study->results, index, entry);
    return !(summary->min == summary->max);
}

/* Where there are fewer single values than this, the ends of series stand beside them. */
enum { FEW_HEADS = 2, HEADS_WITH_ENDS = 4 };

static bool is_head(const moati_study *study, size_t index) {
    const moat_output *output = moat_model_get_output(study->model, index);
    return output->axis == MOAT_NO_AXIS && varies_at_end(study, index, 0);
}

/* Conditions and dates answer a question; each has a place before that of any number. */
static bool answers(const moat_output *output) {
    return output->show != MOAT_SHOW_NUMBER;
}

static size_t count_answers(const moati_study *study) {
    size_t count = 0;
    for (size_t i = 0; i < moat_model_outputs(study->model); i++)
        count += is_head(study, i) && answers(moat_model_get_output(study->model, i));
    return count;
}

static size_t add_values(const moati_writer *writer, size_t limit, moati_head *heads) {
    const moati_study *study = writer->study;
    const size_t wanted = count_answers(study);
    size_t count = 0, numbers = limit - (wanted < limit ? wanted : limit);
    for (size_t i = 0; i < moat_model_outputs(study->model) && count < limit; i++) {
        const bool answer = answers(moat_model_get_output(study->model, i));
        if (!is_head(study, i) || (!answer && numbers == 0))
            continue;
        numbers -= !answer;
        add_head(writer, i, &heads[count++]);
    }
    return count;
}

static size_t add_ends(const moati_writer *writer, size_t count, size_t limit, moati_head *heads) {
    const moati_study *study = writer->study;
    for (size_t i = 0; i < moat_model_outputs(study->model) && count < limit; i++) {
        const moat_output *output = moat_model_get_output(study->model, i);
        if (output->axis != MOAT_NO_AXIS && varies_at_end(study, i, output->count - 1))
            add_head(writer, i, &heads[count++]);
    }
    return count;
}

size_t moati_heads(const moati_writer *writer, size_t limit, moati_head heads[MOATI_HEADS]) {
    const size_t count = add_values(writer, limit, heads);
    const size_t most = limit < HEADS_WITH_ENDS ? limit : HEADS_WITH_ENDS;
    return count < FEW_HEADS ? add_ends(writer, count, most, heads) : count;
}
