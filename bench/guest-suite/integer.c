// Integer rows: SHA-256 in plain C, an interpreter of byte codes with computed goto, quicksort.
#include "suite.h"

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

// FIPS 180-4, section 6.2.2.
static void sha256_block(uint32_t state[8], const uint8_t *block) {
    uint32_t w[64];
    for (int t = 0; t < 16; t++) w[t] = (uint32_t)block[4 * t] << 24 | block[4 * t + 1] << 16 | block[4 * t + 2] << 8 | block[4 * t + 3];
    for (int t = 16; t < 64; t++) {
        uint32_t s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (int t = 0; t < 64; t++) {
        uint32_t t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t];
        uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

enum { MESSAGE = 1 << 16 };
static uint8_t *message;

static void sha256_prepare(void) {
    message = allocate(MESSAGE);
    uint64_t state = 1;
    for (int i = 0; i < MESSAGE; i++) message[i] = next_random(&state);
}

static uint64_t sha256_run(void) {
    uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    for (int round = 0; round < 320; round++)
        for (int i = 0; i < MESSAGE; i += 64) sha256_block(state, message + i);
    return checksum(state, sizeof state);
}

// The interpreter's machine: 16 registers, three operands a byte code. The program counts the steps of Collatz' sequences.
enum code { HALT, SET, ADD, AND, SHIFT, TRIPLE, INCREMENT, BRANCH_ZERO, BRANCH_UP_TO, BRANCH };
struct operation { uint8_t code, a, b; int16_t value; };

static const struct operation collatz[] = {
    { SET, 0, 0, 1 },               // 0: x0 = 1, the number that a sequence begins with
    { ADD, 1, 0, 0 },               // 1: x1 = x0
    { SET, 3, 0, 1 },               // 2: x3 = 1
    { BRANCH_UP_TO, 1, 3, 11 },      // 3: up to x3, the sequence has ended
    { AND, 2, 1, 1 },               // 4: x2 = x1 & 1
    { BRANCH_ZERO, 2, 0, 8 },       // 5
    { TRIPLE, 1, 0, 0 },            // 6: x1 = 3 * x1 + 1
    { BRANCH, 0, 0, 9 },            // 7
    { SHIFT, 1, 0, 0 },             // 8: x1 >>= 1
    { INCREMENT, 4, 0, 1 },         // 9: x4 counts steps
    { BRANCH, 0, 0, 3 },            // 10
    { INCREMENT, 0, 0, 1 },         // 11
    { BRANCH_UP_TO, 0, 5, 1 },       // 12: x5 is the limit
    { HALT, 0, 0, 0 },
};

static uint64_t interpret_run(void) {
    static const void *const labels[] = { &&halt, &&set, &&add, &&and, &&shift, &&triple, &&increment, &&branch_zero, &&branch_up_to, &&branch };
    uint64_t x[16] = { [5] = 48000 };
    const struct operation *o = collatz;
#define NEXT goto *labels[o->code]
    NEXT;
set: x[o->a] = o->value; o++; NEXT;
add: x[o->a] = x[o->b] + o->value; o++; NEXT;
and: x[o->a] = x[o->b] & o->value; o++; NEXT;
shift: x[o->a] >>= 1; o++; NEXT;
triple: x[o->a] = 3 * x[o->a] + 1; o++; NEXT;
increment: x[o->a] += o->value; o++; NEXT;
branch_zero: o = x[o->a] == 0 ? collatz + o->value : o + 1; NEXT;
branch_up_to: o = x[o->a] <= x[o->b] ? collatz + o->value : o + 1; NEXT;
branch: o = collatz + o->value; NEXT;
halt: return x[4];
#undef NEXT
}

enum { NUMBERS = 1 << 19 };
static uint32_t *numbers;

static void quicksort_prepare(void) {
    numbers = allocate(NUMBERS * sizeof *numbers);
    uint64_t state = 3;
    for (int i = 0; i < NUMBERS; i++) numbers[i] = next_random(&state);
}

static void quicksort(uint32_t *first, uint32_t *last) {
    while (last - first > 16) {
        uint32_t pivot = first[(last - first) / 2], *low = first, *high = last;
        while (low <= high) {
            while (*low < pivot) low++;
            while (*high > pivot) high--;
            if (low > high) break;
            uint32_t swapped = *low;
            *low++ = *high;
            *high-- = swapped;
        }
        quicksort(first, high);
        first = low;
    }
    for (uint32_t *at = first + 1; at <= last; at++) {
        uint32_t value = *at, *to = at;
        for (; to > first && to[-1] > value; to--) *to = to[-1];
        *to = value;
    }
}

static uint64_t quicksort_run(void) {
    for (int round = 0; round < 3; round++) {
        if (round > 0) quicksort_prepare();
        quicksort(numbers, numbers + NUMBERS - 1);
        for (int i = 1; i < NUMBERS; i++)
            if (numbers[i - 1] > numbers[i]) return 0;
    }
    return checksum(numbers, NUMBERS * sizeof *numbers);
}

const struct row integer_rows[] = { { "sha256", sha256_prepare, sha256_run }, { "interpreter", NULL, interpret_run }, { "quicksort", quicksort_prepare, quicksort_run }, { 0 } };
