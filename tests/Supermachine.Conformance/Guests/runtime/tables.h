// Stage 1 tables of any granule, built at will.
#pragma once
#include "guest.h"

enum { AF = 1 << 10, NG = 1 << 11, ISH = 3 << 8, NORMAL = 1 << 2, DEVICE = 0, AP_EL0 = 1 << 6, AP_RO = 1 << 7, TABLE = 3, BLOCK = 1 };
#define PXN (1ul << 53)
#define UXN (1ul << 54)
#define PXN_TABLE (1ul << 59)
#define UXN_TABLE (1ul << 60)
#define AP_TABLE_NO_EL0 (1ul << 61)
#define AP_TABLE_RO (1ul << 62)
#define DATA (NORMAL | AF | ISH)

struct space {
    u32 granule;    // log2: 12, 14, 16
    u32 bits;       // of input addresses
    u64 root;
};

static u8 table_pool[128 << 16] __attribute__((aligned(1 << 16)));
static u64 pool_used;

static inline u64 new_table(u32 granule)
{
    u64 table = (u64)table_pool + pool_used;
    pool_used += 1ul << granule;
    if (pool_used > sizeof(table_pool)) {
        print("no more room for tables\n");
        finish();
    }
    for (u64 i = 0; i < 1ul << granule; i += 8) store64(table + i, 0);
    return table;
}

static inline u32 stride_of(const struct space *s) { return s->granule - 3; }
static inline u32 start_level(const struct space *s) { return 4 - (s->bits - s->granule + stride_of(s) - 1) / stride_of(s); }
static inline u32 low_bit(const struct space *s, u32 level) { return (3 - level) * stride_of(s) + s->granule; }

// Where the descriptor of an address at a level is; the tables above are made when they are not there.
static inline u64 descriptor_of(const struct space *s, u64 va, u32 level)
{
    u64 table = s->root;
    u32 top = s->bits;
    for (u32 at = start_level(s);; at++) {
        u64 entry = table + ((va & ((1ul << top) - 1)) >> low_bit(s, at)) * 8;
        if (at == level) return entry;
        if (!(load64(entry) & 1)) store64(entry, new_table(s->granule) | TABLE);
        table = load64(entry) & 0x0000fffffffff000ul;
        top = low_bit(s, at);
    }
}

static inline void map(const struct space *s, u64 va, u32 level, u64 descriptor)
{
    store64(descriptor_of(s, va, level), descriptor | (level == 3 ? TABLE : descriptor & 1 ? 0 : BLOCK));
}

// An empty space with what default_tables has, by blocks. Only TTBR0 needs that.
static inline struct space new_space(u32 granule, u32 bits, int with_runtime)
{
    struct space s = { granule, bits, 0 };
    if (!pool_used || pool_used & ((1ul << granule) - 1)) pool_used = (pool_used + (1ul << granule) - 1) & ~((1ul << granule) - 1);
    s.root = new_table(granule);
    if (!with_runtime) return s;
    u32 level = granule == 12 ? 1 : 2;
    u64 size = 1ul << low_bit(&s, level);
    for (u64 at = 0; at < RAM_SIZE; at += size) {
        map(&s, RAM + at, level, RAM + at | DATA | UXN);
        map(&s, CODE_ALIAS + at, level, RAM + at | DATA | AP_EL0 | AP_RO);
        map(&s, DATA_ALIAS + at, level, RAM + at | DATA | AP_EL0 | PXN | UXN);
    }
    map(&s, 0x08000000 & ~(size - 1), level, (0x08000000 & ~(size - 1)) | DEVICE | AF | PXN | UXN);
    if (size < 0x4000000) map(&s, 0x0a000000, level, 0x0a000000 | DEVICE | AF | PXN | UXN);
    return s;
}

// Turns the MMU on with two spaces of one granule.
static inline void mmu_use(const struct space *low, const struct space *high, u64 tcr)
{
    u64 tg0 = low->granule == 12 ? 0 : low->granule == 14 ? 2 : 1, tg1 = high->granule == 12 ? 2 : high->granule == 14 ? 1 : 3;
    mmu_off();
    write_register(tcr_el1, (64ul - low->bits) | 1 << 8 | 1 << 10 | 3 << 12 | tg0 << 14 | (64ul - high->bits) << 16 | 1 << 24 | 1 << 26
                   | 3 << 28 | tg1 << 30 | tcr);
    write_register(ttbr0_el1, low->root);
    write_register(ttbr1_el1, high->root);
    isb();
    asm volatile("tlbi vmalle1\n dsb nsh\n isb" ::: "memory");
    write_register(sctlr_el1, read_register(sctlr_el1) | 1 | 1 << 2 | 1 << 12);
    isb();
}

static inline void flush(void) { asm volatile("dsb ish\n tlbi vmalle1\n dsb ish\n isb" ::: "memory"); }
