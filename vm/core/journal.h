/* A journal: every call that has added to a graph and a model, in order, as bytes, from which the
 * same can be made again.
 *
 * Where one is kept, the functions that make something write an entry once they have made it. What
 * they call in their turn is left out: the journal is paused. Nodes, distributions, units and
 * dimensions are numbered as they are told, from 1, whatever their numbers in the graph: whoever
 * plays the journal counts along. Numbers are little-endian; a text is its length and its bytes,
 * and a length of 2^32 - 1 is none. */
#ifndef MOATI_JOURNAL_H
#define MOATI_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "moat/graph.h"
#include "moat/sample.h"

typedef enum moati_entry {
    MOATI_ENTRY_DIMENSION = 1, /* exponents, of each base dimension */
    MOATI_ENTRY_UNIT,          /* text */
    MOATI_ENTRY_UNIT_NAME,     /* name, value, dimension: a definition */
    MOATI_ENTRY_BASE_NAME,     /* name: a base dimension */
    MOATI_ENTRY_CONSTANT,      /* value, dimension */
    MOATI_ENTRY_OPERATION,     /* operation, operands */
    MOATI_ENTRY_SOURCE,        /* name, period; makes two nodes */
    MOATI_ENTRY_CALL,          /* kernel, context, inputs, dimensions of outputs */
    MOATI_ENTRY_IRR,           /* amounts, years, dimension */
    MOATI_ENTRY_FAMILY,        /* family, parameters, scale, dimension */
    MOATI_ENTRY_POINTS,        /* family, values, weights, dimension */
    MOATI_ENTRY_MIXTURE,       /* distributions, weights */
    MOATI_ENTRY_TRUNCATED,     /* distribution, low, high */
    MOATI_ENTRY_DRAW,          /* distribution, uniform, normal */
    MOATI_ENTRY_BELOW,         /* distribution, value */
    MOATI_ENTRIES_OF_GRAPH     /* from here on they are the model's */
} moati_entry;

/* The number by which something was told, for each number that it has in the graph; 0: it has not
 * been told. */
typedef struct moati_told {
    uint32_t *number;
    size_t capacity;
    uint32_t count;
} moati_told;

typedef struct moati_journal {
    unsigned char *bytes;
    size_t length, capacity;
    unsigned pauses;
    bool failed; /* memory was short, or something was used that was never told */
    moati_told nodes, dists, dims, units;
} moati_journal;

/* --- Writing. NULL wherever a journal is taken: nothing is written. */

/* The journal of a registry of units and of the graphs on it; NULL where there is none, and while
 * it is paused. */
moati_journal *moati_recording(const moat_units *units);
/* From now on; forgets what has been told. */
moat_status moati_journal_start(moat_units *units, moat_error *error);
moati_journal *moati_journal_of(const moat_units *units);
void moati_journal_free(moati_journal *journal);
/* Each pause needs its end. */
void moati_journal_pause(const moat_units *units);
void moati_journal_resume(const moat_units *units);

/* Each does nothing where the journal is NULL. */
void moati_put_byte(moati_journal *journal, unsigned value);
void moati_put_count(moati_journal *journal, size_t value); /* below 2^32 */
void moati_put_word(moati_journal *journal, uint64_t value);
void moati_put_number(moati_journal *journal, double value);
void moati_put_text(moati_journal *journal, const char *text); /* NULL: none */
void moati_put_bytes(moati_journal *journal, const void *bytes, size_t length);
/* By their numbers; 0 for none. Something that has not been told fails the journal. */
void moati_put_node(moati_journal *journal, moat_node node);
void moati_put_dist(moati_journal *journal, moat_dist dist);
void moati_put_dim(moati_journal *journal, moat_dim dim);
void moati_put_unit(moati_journal *journal, moat_unit unit);
/* To be called before the entry that uses it begins: tells it where it has not been. */
void moati_tell_dim(moati_journal *journal, const moat_units *units, moat_dim dim);
void moati_tell_unit(moati_journal *journal, const moat_units *units, moat_unit unit);
/* After an entry: what it has made has the next number. False where it had one already: the entry
 * may be left out, and must be where the answer was asked for before it began. */
bool moati_is_told(const moati_told *told, uint32_t what);
void moati_number_node(moati_journal *journal, moat_node node);
void moati_number_dist(moati_journal *journal, moat_dist dist);

/* --- Playing. What is read past the end, or is no text, count or number of something told, fails
 * the player and reads as 0. */

typedef struct moati_player {
    moat_graph *graph;
    const unsigned char *at, *end;
    const moat_kernel *const *kernels; /* that may be called; ends with NULL */
    struct {
        uint32_t *number; /* of what was told, in the graph */
        size_t count, capacity;
    } nodes, dists, dims, units;
    moat_error *error;
    moat_status status; /* why it failed */
} moati_player;

void moati_player_free(moati_player *player);
moat_status moati_player_fail(moati_player *player, const char *what);

unsigned moati_get_byte(moati_player *player);
size_t moati_get_count(moati_player *player);
uint64_t moati_get_word(moati_player *player);
double moati_get_number(moati_player *player);
/* Allocated; NULL for none, and on failure. */
char *moati_get_text(moati_player *player);
/* A count of things of which each takes at least `size` bytes of the journal: more than are left
 * cannot be. */
size_t moati_get_length(moati_player *player, size_t size);
moat_node moati_get_node(moati_player *player);
moat_dist moati_get_dist(moati_player *player);
moat_dim moati_get_dim(moati_player *player);
moat_unit moati_get_unit(moati_player *player);

/* What has been made has the next number; 0 fails the player with the error in *error. */
void moati_made_node(moati_player *player, moat_node node);

/* Plays one entry whose kind has been read, and which is one of a graph's. */
moat_status moati_play_graph(moati_player *player, moati_entry entry);

/* --- The entries of a graph, once what they tell of has been made. Nothing is written where it has
 * not been, or has been told; what was made is returned. */

moat_node moati_record_constant(const moat_graph *graph, moat_node node);
moat_node moati_record_operation(const moat_graph *graph, moat_op op, const moat_node *operands,
                                 moat_node node);
void moati_record_source(const moat_graph *graph, const char *name, uint32_t period,
                         const moat_source *source);
void moati_record_irr(const moat_graph *graph, size_t count, const moat_node *amounts, double years,
                      moat_node rate);
moat_dist moati_record_family(const moat_graph *graph, moat_family family,
                              const moat_node *parameters, double scale, moat_dist dist);
moat_dist moati_record_points(const moat_graph *graph, moat_family family, size_t count,
                              const double *x, const double *w, moat_dist dist);
moat_dist moati_record_mixture(const moat_graph *graph, size_t count, const moat_dist *parts,
                               const double *weights, moat_dist dist);
moat_dist moati_record_truncated(const moat_graph *graph, moat_dist of, double low, double high,
                                 moat_dist dist);
moat_node moati_record_draw(const moat_graph *graph, moat_dist dist, const moat_source *source,
                            moat_node node);
moat_node moati_record_below(const moat_graph *graph, moat_dist dist, moat_node value,
                             moat_node node);
/* Of a call that has been made outside the core, where the size of the context is known. */
void moati_record_call(const moat_graph *graph, const moat_kernel *kernel, const void *context,
                       size_t context_size, size_t input_count, const moat_node *inputs,
                       size_t output_count, const moat_dim *dims, const moat_node *outputs);

#endif
