/* Lua's patterns, with an end: the matcher counts its steps and now and then asks whether the run
 * is to stop, which Lua's own does not. Everything else is as Lua 5.4 has it: what matches, what
 * is captured, what is an error and its text. Classes are those of ASCII in every locale. */
#ifndef MOATI_MATCH_H
#define MOATI_MATCH_H

#include <stddef.h>

struct lua_State;

enum { MOATI_CAPTURES = 32 };

typedef struct moati_capture {
    const char *start;
    ptrdiff_t length; /* or one of these */
} moati_capture;

enum { MOATI_CAPTURE_OPEN = -1, MOATI_CAPTURE_POSITION = -2 };

/* Borrows the text and the pattern, each of which is followed by a 0. */
typedef struct moati_matcher {
    struct lua_State *L;
    const char *text, *text_end;
    const char *pattern_end;
    int depth; /* of the search, so far */
    int steps; /* left until the run is asked again */
    int count; /* of captures */
    moati_capture captures[MOATI_CAPTURES];
} moati_matcher;

void moati_matcher_begin(moati_matcher *matcher, struct lua_State *L, const char *text,
                         size_t length, const char *pattern_end);

/* The end of the match of a pattern that begins at `from`; NULL where there is none. Raises the
 * errors of malformed patterns, and the abort of a run that is to stop. */
const char *moati_match(moati_matcher *matcher, const char *from, const char *pattern);

#endif
