// AdvSIMD by intrinsics: saxpy in floats, a saturating blend of bytes, a dot product of 16-bit integers.
#include "suite.h"
#include <arm_neon.h>

enum { FLOATS = 8192, PIXELS = 1 << 16, SAMPLES = 1 << 15 };

static float *x, *y;
static uint8_t *above, *below, *blended;
static int16_t *left, *right;

static void saxpy_prepare(void) {
    x = allocate(FLOATS * sizeof *x);
    y = allocate(FLOATS * sizeof *y);
    uint64_t state = 13;
    for (int i = 0; i < FLOATS; i++) x[i] = (next_random(&state) >> 40) * 0x1p-24f, y[i] = (next_random(&state) >> 40) * 0x1p-24f;
}

static uint64_t saxpy_run(void) {
    for (int round = 0; round < 6000; round++) {
        float32x4_t a = vdupq_n_f32(round % 2 ? 0.75f : -0.75f);
        for (int i = 0; i < FLOATS; i += 8) {
            vst1q_f32(y + i, vfmaq_f32(vld1q_f32(y + i), a, vld1q_f32(x + i)));
            vst1q_f32(y + i + 4, vaddq_f32(vld1q_f32(y + i + 4), vmulq_f32(a, vld1q_f32(x + i + 4))));
        }
    }
    return checksum(y, FLOATS * sizeof *y);
}

static void blend_prepare(void) {
    above = allocate(PIXELS);
    below = allocate(PIXELS);
    blended = allocate(PIXELS);
    uint64_t state = 17;
    for (int i = 0; i < PIXELS; i++) above[i] = next_random(&state), below[i] = next_random(&state);
}

static uint64_t blend_run(void) {
    for (int round = 0; round < 1000; round++) {
        uint8x8_t alpha = vdup_n_u8(round), rest = vdup_n_u8(255 - (round & 255));
        uint8x16_t glow = vdupq_n_u8(round / 8);
        for (int i = 0; i < PIXELS; i += 16) {
            uint8x16_t a = vld1q_u8(above + i), b = vld1q_u8(below + i);
            uint16x8_t low = vmlal_u8(vmull_u8(vget_low_u8(a), alpha), vget_low_u8(b), rest);
            uint16x8_t high = vmlal_u8(vmull_u8(vget_high_u8(a), alpha), vget_high_u8(b), rest);
            vst1q_u8(blended + i, vqaddq_u8(vcombine_u8(vrshrn_n_u16(low, 8), vrshrn_n_u16(high, 8)), glow));
        }
    }
    return checksum(blended, PIXELS);
}

static void dot_prepare(void) {
    left = allocate(SAMPLES * sizeof *left);
    right = allocate(SAMPLES * sizeof *right);
    uint64_t state = 19;
    for (int i = 0; i < SAMPLES; i++) left[i] = next_random(&state), right[i] = next_random(&state);
}

static uint64_t dot_run(void) {
    uint64_t sum = 0;
    for (int round = 0; round < 2400; round++) {
        int32x4_t low = vdupq_n_s32(round), high = low;
        left[round] ^= round;
        for (int i = 0; i < SAMPLES; i += 8) {
            int16x8_t a = vld1q_s16(left + i), b = vld1q_s16(right + i);
            low = vmlal_s16(low, vget_low_s16(a), vget_low_s16(b));
            high = vmlal_high_s16(high, a, b);
        }
        sum = sum * 31 + (uint32_t)vaddvq_s32(vaddq_s32(low, high));
    }
    return sum;
}

const struct row neon_rows[] = { { "neon-saxpy", saxpy_prepare, saxpy_run }, { "neon-blend", blend_prepare, blend_run }, { "neon-dot", dot_prepare, dot_run }, { 0 } };
