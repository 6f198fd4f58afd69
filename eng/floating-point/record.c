/*
 * Records what AArch64 floating-point instructions do: operands, FPCR, result, NZCV and FPSR.
 * It is run on an Arm CPU or an emulation of one (record.sh); the tests of the software engine read the file.
 *
 *   record COUNT SEED > vectors
 *
 * One record is 36 bytes, little endian: operation (1), FPCR bits 26:22 (1), FPSR bits 7:0 (1), NZCV (1),
 * three operands and the result (8 each). The operations are numbered in the order of the list below,
 * which FloatingPointVectors.cs repeats.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct record {
    uint8_t operation, control, status, nzcv;
    uint64_t operands[3], result;
} __attribute__((packed));

enum width { H = 16, S = 32, D = 64, W = 33, X = 65 };

static uint64_t state;

static uint64_t next(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545F4914F6CDD1DULL;
}

static uint64_t floating(int fraction, int exponent, uint64_t previous) {
    int width = 1 + fraction + exponent;
    uint64_t mask = width == 64 ? ~0ULL : (1ULL << width) - 1;
    uint64_t sign = (next() & 1) << (width - 1), max = (1ULL << exponent) - 1, bias = max >> 1;
    uint64_t random = next() & ((1ULL << fraction) - 1);
    uint64_t sparse = (1ULL << (next() % fraction)) | (next() & 7);
    switch (next() % 16) {
    case 0: return sign;
    case 1: return sign | max << fraction;
    case 2: return sign | max << fraction | 1ULL << (fraction - 1) | random;
    case 3: return sign | max << fraction | (random & ~(1ULL << (fraction - 1))) | 1;
    case 4: return sign | random;
    case 5: return sign | (random >> (next() % fraction));
    case 6: return sign | (max - 1 - next() % 3) << fraction | random;
    case 7: return sign | (1 + next() % 3) << fraction | sparse;
    case 8: return sign | (bias + next() % 4 - 2) << fraction | sparse;
    case 9: return sign | (bias + next() % 70) % max << fraction | sparse;
    case 10: return sign | ((next() & 1) ? 1ULL << fraction : (1ULL << fraction) - 1) | (next() & 1);
    case 11: return (previous + next() % 5 - 2) & mask;
    case 12: return (previous ^ 1ULL << (width - 1)) & mask;
    case 13: return sign | (((max - 1) << fraction | ((1ULL << fraction) - 1)) - next() % 3);
    case 14: return sign | (bias + next() % (fraction * 2) - fraction / 2) % max << fraction | random;
    default: return next() & mask;
    }
}

static uint64_t integer(int width) {
    uint64_t mask = width == W ? 0xFFFFFFFF : ~0ULL, value = next() >> (next() % 64);
    switch (next() % 8) {
    case 0: return next() % 3;
    case 1: return (1ULL << (next() % 64)) & mask;
    case 2: return ((1ULL << (next() % 64)) - 1) & mask;
    case 3: return (0 - value) & mask;
    case 4: return (1ULL << (next() % 64) | 1ULL << (next() % 64) | 1) & mask;
    default: return value & mask;
    }
}

static uint64_t operand(int width, uint64_t previous) {
    switch (width) {
    case H: return floating(10, 5, previous);
    case S: return floating(23, 8, previous);
    case D: return floating(52, 11, previous);
    default: return integer(width);
    }
}

static struct record current;

/* The instruction, on v0, v1, v2 and x0; the result is left in v0 or x0. */
#define RUN(instruction, from)                                                                                       \
    uint64_t v, x = current.operands[0], f;                                                                          \
    __asm__ volatile("msr fpcr, %[c]\n msr fpsr, xzr\n msr nzcv, xzr\n fmov d0, %[a]\n fmov d1, %[b]\n fmov d2, %[d]\n mov x0, %[a]\n" \
                     instruction "\n mrs %[f], nzcv\n fmov %[v], d0\n mov %[x], x0\n mrs %[s], fpsr\n msr fpcr, xzr"   \
                     : [v] "=&r"(v), [x] "+&r"(x), [f] "=&r"(f), [s] "=&r"(fpsr)                                     \
                     : [c] "r"((uint64_t)current.control << 22), [a] "r"(current.operands[0]),                       \
                       [b] "r"(current.operands[1]), [d] "r"(current.operands[2])                                    \
                     : "v0", "v1", "v2", "x0", "cc");                                                                \
    current.result = from;                                                                                           \
    current.nzcv = f >> 28

#define TWO(OP, name, op)                                                                                              \
    OP(name##_S, S, S, 0, op " s0, s0, s1", v) OP(name##_D, D, D, 0, op " d0, d0, d1", v)
#define ONE(OP, name, op)                                                                                              \
    OP(name##_S, S, 0, 0, op " s0, s0", v) OP(name##_D, D, 0, 0, op " d0, d0", v)
#define COMPARE(OP, name, op)                                                                                          \
    OP(name##_S, S, S, 0, op " s0, s1", 0) OP(name##_D, D, D, 0, op " d0, d1", 0)
#define TOINT(OP, name, op)                                                                                            \
    OP(name##_SW, S, 0, 0, op " w0, s0", x) OP(name##_SX, S, 0, 0, op " x0, s0", x)                                    \
    OP(name##_DW, D, 0, 0, op " w0, d0", x) OP(name##_DX, D, 0, 0, op " x0, d0", x)
#define FROMINT(OP, name, op)                                                                                          \
    OP(name##_WS, W, 0, 0, op " s0, w0", v) OP(name##_XS, X, 0, 0, op " s0, x0", v)                                    \
    OP(name##_WD, W, 0, 0, op " d0, w0", v) OP(name##_XD, X, 0, 0, op " d0, x0", v)

#define OPERATIONS(OP)                                                                                                 \
    TWO(OP, FADD, "fadd") TWO(OP, FSUB, "fsub") TWO(OP, FMUL, "fmul") TWO(OP, FMULX, "fmulx") TWO(OP, FDIV, "fdiv")    \
    TWO(OP, FMAX, "fmax") TWO(OP, FMIN, "fmin") TWO(OP, FMAXNM, "fmaxnm") TWO(OP, FMINNM, "fminnm")                    \
    TWO(OP, FRECPS, "frecps") TWO(OP, FRSQRTS, "frsqrts")                                                              \
    TWO(OP, FCMEQ, "fcmeq") TWO(OP, FCMGE, "fcmge") TWO(OP, FCMGT, "fcmgt")                                            \
    OP(FMADD_S, S, S, S, "fmadd s0, s0, s1, s2", v) OP(FMADD_D, D, D, D, "fmadd d0, d0, d1, d2", v)                    \
    COMPARE(OP, FCMP, "fcmp") COMPARE(OP, FCMPE, "fcmpe")                                                              \
    ONE(OP, FSQRT, "fsqrt") ONE(OP, FRECPE, "frecpe") ONE(OP, FRSQRTE, "frsqrte") ONE(OP, FRECPX, "frecpx")            \
    ONE(OP, FRINTN, "frintn") ONE(OP, FRINTP, "frintp") ONE(OP, FRINTM, "frintm") ONE(OP, FRINTZ, "frintz")            \
    ONE(OP, FRINTA, "frinta") ONE(OP, FRINTX, "frintx") ONE(OP, FRINTI, "frinti")                                      \
    TOINT(OP, FCVTNS, "fcvtns") TOINT(OP, FCVTNU, "fcvtnu") TOINT(OP, FCVTZS, "fcvtzs") TOINT(OP, FCVTZU, "fcvtzu")    \
    TOINT(OP, FCVTAS, "fcvtas") TOINT(OP, FCVTPU, "fcvtpu") TOINT(OP, FCVTMS, "fcvtms")                                \
    OP(FCVTZS_SW7, S, 0, 0, "fcvtzs w0, s0, #7", x) OP(FCVTZU_DX40, D, 0, 0, "fcvtzu x0, d0, #40", x)                  \
    FROMINT(OP, SCVTF, "scvtf") FROMINT(OP, UCVTF, "ucvtf")                                                            \
    OP(SCVTF_WS7, W, 0, 0, "scvtf s0, w0, #7", v) OP(UCVTF_XD40, X, 0, 0, "ucvtf d0, x0, #40", v)                      \
    OP(FCVT_HS, H, 0, 0, "fcvt s0, h0", v) OP(FCVT_HD, H, 0, 0, "fcvt d0, h0", v)                                      \
    OP(FCVT_SH, S, 0, 0, "fcvt h0, s0", v) OP(FCVT_SD, S, 0, 0, "fcvt d0, s0", v)                                      \
    OP(FCVT_DH, D, 0, 0, "fcvt h0, d0", v) OP(FCVT_DS, D, 0, 0, "fcvt s0, d0", v)                                      \
    OP(FCVTXN, D, 0, 0, "fcvtxn s0, d0", v)                                                                            \
    OP(URECPE, W, 0, 0, "urecpe v0.2s, v0.2s", (uint32_t)v) OP(URSQRTE, W, 0, 0, "ursqrte v0.2s, v0.2s", (uint32_t)v)

#define DEFINE(name, w1, w2, w3, instruction, from)                                                                  \
    static void name(void) {                                                                                           \
        uint64_t fpsr;                                                                                                 \
        RUN(instruction, from);                                                                                      \
        current.status = (uint8_t)fpsr;                                                                                \
    }
OPERATIONS(DEFINE)

static const struct {
    void (*run)(void);
    const char *name;
    int widths[3];
} operations[] = {
#define ENTRY(name, w1, w2, w3, instruction, from) {name, #name, {w1, w2, w3}},
    OPERATIONS(ENTRY)};

int main(int argc, char **argv) {
    if (argc == 2 && argv[1][0] == 'l') {
        for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) puts(operations[i].name);
        return 0;
    }
    if (argc != 3) return 2;
    long count = atol(argv[1]);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        state = 0x9E3779B97F4A7C15ULL * (strtoull(argv[2], NULL, 0) + i + 1);
        for (long n = 0; n < count; n++) {
            current = (struct record){.operation = (uint8_t)i};
            /* Half of the vectors with FPCR zero, the rest with any RMode, FZ, DN and AHP. */
            current.control = next() & 1 ? next() >> 40 & 0x1F : 0;
            uint64_t previous = next();
            for (int o = 0; o < 3 && operations[i].widths[o] != 0; o++)
                previous = current.operands[o] = operand(operations[i].widths[o], previous);
            operations[i].run();
            fwrite(&current, sizeof current, 1, stdout);
        }
    }
    return 0;
}
