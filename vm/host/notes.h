/* What a checker wants to know of a run and the model does not tell: which texts were run, and
 * where in them things were declared. */
#ifndef MOATI_NOTES_H
#define MOATI_NOTES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum moati_note_kind {
    MOATI_NOTE_ASSUMPTION,
    MOATI_NOTE_PROCESS,
    MOATI_NOTE_OUTPUT,
    MOATI_NOTE_VARIANT,
    MOATI_NOTE_CORRELATION, /* name and text: the two assumptions */
    MOATI_NOTE_LITERAL,     /* one without a name, which was drawn from */
    MOATI_NOTE_WARNING,     /* of the library; text: what it says */
    MOATI_NOTE_ADVICE       /* of the library, to checkers alone; name: its code */
} moati_note_kind;

typedef struct moati_note {
    moati_note_kind kind;
    char *name, *text; /* "" where there is none */
    char *file;        /* "": no script was running */
    int line;
    bool by_library; /* which did it for the script */
} moati_note;

typedef struct moati_chunk {
    char *name; /* as in messages */
    char *text;
    size_t length;
    bool compiles;
} moati_chunk;

/* Owns everything in it. */
typedef struct moati_notes {
    moati_note *notes;
    size_t count, capacity;
    moati_chunk *sources;
    size_t source_count, source_capacity;
} moati_notes;

/* Both copy what they are given; false where memory is short. */
bool moati_notes_add(moati_notes *notes, const moati_note *note);
bool moati_notes_add_source(moati_notes *notes, const char *name, const char *text, size_t length,
                            bool compiles);
void moati_notes_free(moati_notes *notes);

#endif
