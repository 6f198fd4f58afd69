// What the rows of the guest suite share.
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// A row: `prepare` is not timed and may be null; `run` is, and answers with a checksum of what it computed.
struct row { const char *name; void (*prepare)(void); uint64_t (*run)(void); };

// Each file's rows; the last has no name.
extern const struct row integer_rows[], memory_rows[], floating_rows[], neon_rows[], compress_rows[], llsc_rows[], lse_rows[], system_rows[], thread_rows[], disk_rows[];

// The path that this program was started by; it is executed again by the row fork-exec.
extern const char *program;

void fail(const char *what) __attribute__((noreturn));      // says errno's text and ends with status 1
void *allocate(size_t bytes);                               // zeroed and page-aligned, or fails
uint64_t checksum(const void *bytes, size_t length);        // FNV-1a over 64-bit words; the length is a multiple of eight

// Runs `body(0)` to `body(count - 1)` on threads of their own and waits for all.
void on_threads(int count, void *(*body)(void *));

// xorshift64: the same numbers on every machine.
static inline uint64_t next_random(uint64_t *state) {
    uint64_t x = *state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return *state = x;
}

static inline uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}
