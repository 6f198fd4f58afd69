// A byte-oriented LZ77 of its own: a control byte below 128 is followed by that many literals and one; another is a match of
// (control - 124) bytes, whose distance follows in two bytes.
#include "suite.h"

enum { TEXT = 1 << 20, TABLE = 1 << 13, SHORTEST = 4, LONGEST = 131, FARTHEST = 65535 };

static uint8_t *text, *packed, *unpacked;
static size_t packed_length;

// Words drawn from a vocabulary, the common ones more often.
static void text_prepare(void) {
    text = allocate(TEXT);
    packed = allocate(2 * TEXT);
    unpacked = allocate(TEXT);
    uint64_t state = 23;
    for (size_t at = 0; at < TEXT;) {
        uint64_t word = next_random(&state) % 997;
        word = word * (next_random(&state) % 997) / 997 * 2654435761u + 1;
        for (uint64_t length = 2 + word / 16 % 8; length > 0 && at < TEXT; length--) text[at++] = 'a' + next_random(&word) % 26;
        if (at < TEXT) text[at++] = ' ';
    }
}

static uint32_t word_at(const uint8_t *at) {
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint8_t *put_literals(uint8_t *out, const uint8_t *from, const uint8_t *end) {
    while (from < end) {
        size_t count = end - from < 128 ? end - from : 128;
        *out++ = count - 1;
        for (size_t i = 0; i < count; i++) *out++ = *from++;
    }
    return out;
}

static size_t compress(void) {
    static uint32_t seen[TABLE];
    memset(seen, 0, sizeof seen);
    uint8_t *out = packed;
    const uint8_t *at = text, *literals = text, *end = text + TEXT;
    while (at + SHORTEST <= end) {
        uint32_t *slot = &seen[word_at(at) * 2654435761u >> 19];
        const uint8_t *match = text + *slot;
        *slot = at - text;
        if (match >= at || at - match > FARTHEST || word_at(match) != word_at(at)) {
            at++;
            continue;
        }
        size_t length = SHORTEST;
        while (length < LONGEST && at + length < end && match[length] == at[length]) length++;
        out = put_literals(out, literals, at);
        *out++ = length + 124;
        *out++ = at - match;
        *out++ = (at - match) >> 8;
        literals = at += length;
    }
    return put_literals(out, literals, end) - packed;
}

static void decompress(void) {
    uint8_t *out = unpacked;
    for (const uint8_t *at = packed, *end = packed + packed_length; at < end;) {
        size_t control = *at++;
        if (control < 128) {
            for (size_t i = 0; i <= control; i++) *out++ = *at++;
        } else {
            const uint8_t *match = out - (at[0] | at[1] << 8);
            at += 2;
            for (size_t i = 0; i < control - 124; i++) *out++ = *match++;
        }
    }
}

static uint64_t compress_run(void) {
    for (int round = 0; round < 14; round++) packed_length = compress();
    return checksum(packed, packed_length & ~7ul) + packed_length;
}

static void packed_prepare(void) {
    text_prepare();
    packed_length = compress();
}

static uint64_t decompress_run(void) {
    for (int round = 0; round < 36; round++) decompress();
    return memcmp(text, unpacked, TEXT) == 0 ? checksum(unpacked, TEXT) : 0;
}

const struct row compress_rows[] = { { "lz-compress", text_prepare, compress_run }, { "lz-decompress", packed_prepare, decompress_run }, { 0 } };
