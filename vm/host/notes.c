#include "notes.h"

#include <stdlib.h>
#include <string.h>

#include "table.h"

static char *copy(const char *text, size_t length) {
    char *made = malloc(length + 1);
    if (made == NULL)
        return NULL;
    if (length > 0)
        memcpy(made, text, length);
    made[length] = '\0';
    return made;
}

static char *copy_text(const char *text) {
    return text != NULL ? copy(text, strlen(text)) : copy("", 0);
}

static void free_note(moati_note *note) {
    free(note->name);
    free(note->text);
    free(note->file);
}

bool moati_notes_add(moati_notes *notes, const moati_note *note) {
    if (!moati_grow(&notes->notes, &notes->capacity, notes->count + 1, sizeof *notes->notes))
        return false;
    moati_note made = {
        note->kind, copy_text(note->name), copy_text(note->text), copy_text(note->file),
        note->line, note->by_library};
    if (made.name == NULL || made.text == NULL || made.file == NULL) {
        free_note(&made);
        return false;
    }
    notes->notes[notes->count++] = made;
    return true;
}

static void free_source(moati_chunk *source) {
    free(source->name);
    free(source->text);
}

bool moati_notes_add_source(moati_notes *notes, const char *name, const char *text, size_t length,
                            bool compiles) {
    if (!moati_grow(&notes->sources, &notes->source_capacity, notes->source_count + 1,
                    sizeof *notes->sources))
        return false;
    moati_chunk made = {copy_text(name), copy(text, length), length, compiles};
    if (made.name == NULL || made.text == NULL) {
        free_source(&made);
        return false;
    }
    notes->sources[notes->source_count++] = made;
    return true;
}

void moati_notes_free(moati_notes *notes) {
    for (size_t i = 0; i < notes->count; i++)
        free_note(&notes->notes[i]);
    for (size_t i = 0; i < notes->source_count; i++)
        free_source(&notes->sources[i]);
    free(notes->notes);
    free(notes->sources);
}
