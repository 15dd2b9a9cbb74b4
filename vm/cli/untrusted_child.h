/* The process in which a stranger's script runs: this program anew, told what to do on a channel.
 */
#ifndef MOATI_UNTRUSTED_CHILD_H
#define MOATI_UNTRUSTED_CHILD_H

#include "moat/lua.h"
#include "moat/model.h"

/* The argument that makes the program such a process, and the descriptors that it is started with:
 * the channel, and a file in memory that holds an atomic_int, which is set to stop it. */
#define MOATI_CONFINED "--confined"
enum { MOATI_CHANNEL = 3, MOATI_CANCEL = 4 };

/* What it is asked for. The texts follow, each as a uint32_t length and its bytes, UINT32_MAX for
 * none: the script's name, its folder, the variant, the script; then the names and literals of
 * --set. */
typedef struct moati_request {
    moat_settings settings;
    unsigned fields; /* of the settings that the command line gives */
    double time_limit;
    uint64_t memory_limit;
    uint32_t sets;
} moati_request;

/* What it says at the end: status MOAT_OK, or why and where the script failed. */
typedef struct moati_outcome {
    moat_error error;
    moat_script_error place;
} moati_outcome;

/* Runs the script that the channel brings, says what came of it, and returns the status to exit
 * with. */
int moati_untrusted_serve(void);

#endif
