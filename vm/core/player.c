/* Playing a journal: reading it, and the numbers of what it has told. Nothing of it is believed: it
 * may come from a process that a script has taken over. */
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "table.h"

void moati_player_free(moati_player *player) {
    free(player->nodes.number);
    free(player->dists.number);
    free(player->dims.number);
    free(player->units.number);
}

moat_status moati_player_fail(moati_player *player, const char *what) {
    if (player->status == MOAT_OK)
        player->status = moat_fail(player->error, MOAT_INVALID, "the journal is damaged: %s", what);
    player->at = player->end;
    return player->status;
}

/* --- Values. */

static const unsigned char *take(moati_player *player, size_t length) {
    if ((size_t)(player->end - player->at) < length) {
        moati_player_fail(player, "it ends within an entry");
        return NULL;
    }
    const unsigned char *bytes = player->at;
    player->at += length;
    return bytes;
}

static uint64_t get_little_endian(moati_player *player, size_t size) {
    const unsigned char *bytes = take(player, size);
    uint64_t value = 0;
    for (size_t i = 0; bytes != NULL && i < size; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

unsigned moati_get_byte(moati_player *player) {
    return (unsigned)get_little_endian(player, 1);
}

size_t moati_get_count(moati_player *player) {
    return (size_t)get_little_endian(player, 4);
}

uint64_t moati_get_word(moati_player *player) {
    return get_little_endian(player, 8);
}

double moati_get_number(moati_player *player) {
    const uint64_t bits = get_little_endian(player, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

char *moati_get_text(moati_player *player) {
    const size_t length = moati_get_count(player);
    if (length == UINT32_MAX)
        return NULL;
    const unsigned char *bytes = take(player, length);
    if (bytes == NULL)
        return NULL;
    char *text = malloc(length + 1);
    if (text == NULL) {
        player->status = moat_fail(player->error, MOAT_NO_MEMORY, "out of memory for a journal");
        player->at = player->end;
        return NULL;
    }
    memcpy(text, bytes, length);
    text[length] = '\0';
    if (strlen(text) == length)
        return text;
    moati_player_fail(player, "a text has a NUL character");
    free(text);
    return NULL;
}

size_t moati_get_length(moati_player *player, size_t size) {
    const size_t count = moati_get_count(player);
    if (count <= (size_t)(player->end - player->at) / size)
        return count;
    moati_player_fail(player, "a list is longer than the journal");
    return 0;
}

/* --- What has been told. */

static uint32_t look_up(moati_player *player, const uint32_t *numbers, size_t count, size_t told) {
    if (told >= 1 && told <= count)
        return numbers[told - 1];
    moati_player_fail(player, "it uses what it has not made");
    return 0;
}

moat_node moati_get_node(moati_player *player) {
    const size_t told = moati_get_count(player);
    return told == 0 ? MOAT_NO_NODE
                     : look_up(player, player->nodes.number, player->nodes.count, told);
}

moat_dist moati_get_dist(moati_player *player) {
    const size_t told = moati_get_count(player);
    return told == 0 ? MOAT_NO_DIST
                     : look_up(player, player->dists.number, player->dists.count, told);
}

moat_dim moati_get_dim(moati_player *player) {
    return look_up(player, player->dims.number, player->dims.count, moati_get_count(player));
}

moat_unit moati_get_unit(moati_player *player) {
    const size_t told = moati_get_count(player);
    return told == 0 ? MOAT_NO_UNIT
                     : look_up(player, player->units.number, player->units.count, told);
}
