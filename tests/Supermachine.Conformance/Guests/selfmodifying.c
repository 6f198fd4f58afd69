// Code that changes, on one CPU: written in every way, through another address, in its own page and block, by a new mapping.
#include "tables.h"

asm(".arch_extension lse");

#define MOVZ(rd, imm) (0xd2800000u | (u32)(imm) << 5 | (rd))
#define ADD(rd, rn, imm) (0x91000000u | (u32)(imm) << 10 | (rn) << 5 | (rd))
#define B(words) (0x14000000u | ((u32)(words) & 0x3ffffff))
#define BL(words) (0x94000000u | ((u32)(words) & 0x3ffffff))
#define RET 0xd65f03c0u
#define NOP 0xd503201fu

static u32 code[4096] __attribute__((aligned(1 << 14)));
static struct space low, high;

static void sync_code(u64 address)
{
    asm volatile("dc cvau, %0\n dsb ish\n ic ivau, %0\n dsb ish\n isb" :: "r"(address) : "memory");
}

static u64 call(u64 address) { return ((u64 (*)(u64))address)(0); }

static void put(u32 index, u32 word)
{
    store32((u64)&code[index], word);
    sync_code((u64)&code[index]);
}

// Every way to store eight bytes: two instructions.
static void write_code(u32 how, u64 at, u64 words)
{
    u64 old;
    u32 failed;
    switch (how) {
    case 0: asm volatile("str %0, [%1]" :: "r"(words), "r"(at) : "memory"); break;
    case 1: asm volatile("stp %w0, %w2, [%1]" :: "r"(words), "r"(at), "r"(words >> 32) : "memory"); break;
    case 2: asm volatile("stlr %0, [%1]" :: "r"(words), "r"(at) : "memory"); break;
    case 3: asm volatile("1: ldxr %0, [%2]\n stxr %w1, %3, [%2]\n cbnz %w1, 1b" : "=&r"(old), "=&r"(failed) : "r"(at), "r"(words) : "memory"); break;
    case 4: asm volatile("swp %1, %0, [%2]" : "=&r"(old) : "r"(words), "r"(at) : "memory"); break;
    case 5: old = load64(at); asm volatile("cas %0, %1, [%2]" : "+r"(old) : "r"(words), "r"(at) : "memory"); break;
    case 6: asm volatile("ldeor %1, %0, [%2]" : "=&r"(old) : "r"(words ^ load64(at)), "r"(at) : "memory"); break;
    case 7: for (u32 i = 0; i < 8; i++) asm volatile("strb %w0, [%1]" :: "r"(words >> 8 * i), "r"(at + i) : "memory"); break;
    case 8: for (u32 i = 0; i < 8; i += 2) asm volatile("strh %w0, [%1]" :: "r"(words >> 8 * i), "r"(at + i) : "memory"); break;
    case 9: asm volatile("sttr %0, [%1]" :: "r"(words), "r"(at - RAM + DATA_ALIAS) : "memory"); break;
    case 10: asm volatile("str %1, [%0], #8" : "+r"(at) : "r"(words) : "memory"); break;
    default: // not aligned: nine bytes from one before
        old = *(volatile u8 *)(at - 1);
        store64(at - 1, words << 8 | old);
        *(volatile u8 *)(at + 7) = words >> 56;
        break;
    }
}

static void ways(void)
{
    static const u32 places[] = { 0x100, 0x10e, 0x3fc, 0x3fe, 0x400, 0x7fe };
    for (u32 how = 0; how < 12; how++) {
        scene(0, "way", how);
        for (u32 place = 0; place < 6; place++) {
            scene(1, "place", places[place]);
            u32 *at = &code[places[place]];
            u64 wrong = 0;
            at[2] = RET;
            sync_code((u64)&at[2]);
            for (u64 i = 0; i < 40; i++) {
                write_code(how, (u64)at, MOVZ(1, i) | (u64)ADD(0, 1, 7 + how) << 32);
                sync_code((u64)at);
                sync_code((u64)&at[1]);
                wrong += call((u64)at) != i + 7 + how;
            }
            check("stale code", 0, wrong);
        }
    }
    scene(0, 0, 0);
    scene(1, 0, 0);
}

static u64 zva(u64 address)
{
    asm volatile("dc zva, %0" :: "r"(address) : "memory");
    return address;
}

static void zeroed(void)
{
    put(0x200, MOVZ(0, 5));
    put(0x201, RET);
    check("before", 5, call((u64)&code[0x200]));
    sync_code(zva((u64)&code[0x200]));
    attempt(&code[0x200], 0, 0, 0);
    expect("DC ZVA of code", CURRENT_SPX, syndrome(0, 0), (u64)&code[0x200]);
}

// A caller whose direct branches have been followed before their target changes.
static void linked(void)
{
    put(0x20, 0xaa1e03e2); // MOV X2, LR
    put(0x21, BL(0x10));
    put(0x22, BL(0x10));
    put(0x23, ADD(0, 0, 1));
    put(0x24, 0xaa0203fe); // MOV LR, X2
    put(0x25, RET);
    put(0x31, MOVZ(0, 1));
    put(0x32, ADD(0, 0, 1));
    put(0x33, RET);
    u64 wrong = 0;
    for (u64 i = 0; i < 300; i++) {
        put(0x32, ADD(0, 0, i));
        wrong += call((u64)&code[0x20]) != 2 * i + 2;
        wrong += call((u64)&code[0x20]) != 2 * i + 2;
        if (i % 3 == 0) {
            put(0x21, B(0x20));
            put(0x41, MOVZ(0, i));
            put(0x42, B(0x23 - 0x42));
            wrong += call((u64)&code[0x20]) != i + 1;
            put(0x21, BL(0x10));
        }
    }
    check("a linked branch went to stale code", 0, wrong);
}

// Code that patches what comes after it, with all the maintenance between: in its own block, line and page.
static void ahead(void)
{
    // X0: the new word, X1: where. DC CVAU, X1; DSB ISH; IC IVAU, X1; DSB ISH; ISB.
    static const u32 patch[] = { 0xb9000020, 0xd50b7b21, 0xd5033b9f, 0xd50b7521, 0xd5033b9f, 0xd5033fdf };
    for (u32 distance = 0; distance < 80; distance += 13) {
        scene(0, "distance", distance);
        u32 start = 0x300;
        for (u32 i = 0; i < 6; i++) put(start + i, patch[i]);
        for (u32 i = 6; i < 6 + distance; i++) put(start + i, NOP);
        put(start + 6 + distance, MOVZ(0, 0));
        put(start + 7 + distance, RET);
        u64 wrong = 0;
        for (u64 i = 0; i < 50; i++)
            wrong += ((u64 (*)(u64, u64))&code[start])(MOVZ(0, i), (u64)&code[start + 6 + distance]) != i;
        check("ran what it had just overwritten", 0, wrong);
    }
    scene(0, 0, 0);
}

// Data in the page of code that runs, even in its line, needs no maintenance at all.
static void neighbours(void)
{
    static const u32 offsets[] = { 2, 8, 15, 16, 100, 500 };
    for (u32 i = 0; i < 6; i++) {
        scene(0, "offset", offsets[i]);
        u32 start = 0x500;
        u64 data = (u64)&code[start + 4 + offsets[i] & ~1u];
        store64(data, 0);
        // LDR X0, [X1]; ADD X0, X0, #1; STR X0, [X1]; SUBS X2, X2, #1; B.NE; RET
        static const u32 loop[] = { 0xf9400020, ADD(0, 0, 1), 0xf9000020, 0xf1000442, 0x54ffff81, RET };
        start = offsets[i] == 2 ? 0x4f0 : 0x500;
        for (u32 j = 0; j < 6; j++) put(start + j, loop[j]);
        if (data >= (u64)&code[start] && data < (u64)&code[start + 6]) data = (u64)&code[start + 6];
        store64(data, 0);
        check("counted", 5000, ((u64 (*)(u64, u64, u64))&code[start])(0, data, 5000));
        check("in memory", 5000, load64(data));
        for (u64 j = 1; j < 200; j++) {
            store64(data, j);
            if (((u64 (*)(u64, u64, u64))&code[start])(0, data, 1) != j + 1) check("a store beside code is lost", j + 1, load64(data));
        }
    }
    scene(0, 0, 0);
}

// Two addresses of one page; and one address that comes to mean another page.
static void mappings(void)
{
    u64 va = 0x800000000000, wrong = 0;
    map(&low, va, 3, (u64)code | DATA | AP_EL0 | AP_RO);
    map(&low, va + 0x1000, 3, (u64)code | DATA);
    flush();
    put(1, RET);
    for (u64 i = 0; i < 100; i++) {
        store32(va + 0x1000, MOVZ(0, i));
        sync_code(va + 0x1000);
        wrong += call(va) != i;
        wrong += call((u64)code) != i;
    }
    check("code behind another address", 0, wrong);

    wrong = 0;
    for (u32 page = 0; page < 4; page++) {
        put(page * 1024, MOVZ(0, page));
        put(page * 1024 + 1, RET);
    }
    for (u64 i = 0; i < 200; i++) {
        u64 page = i * 7 % 4;
        map(&low, va, 3, (u64)code + page * 4096 | DATA | AP_EL0 | AP_RO);
        asm volatile("dsb ish\n tlbi vaae1is, %0\n dsb ish\n isb" :: "r"(va >> 12) : "memory");
        wrong += call(va) != page;
        attempt_at(EL0t | MASKED, va, 0, 0);
        wrong += taken()->x0 != page && taken()->vector != LOWER;
    }
    check("code of the page mapped before", 0, wrong);

    // The loop that runs is itself remapped: LDR X0 from a literal beside it tells which page it is in.
    wrong = 0;
    for (u32 page = 0; page < 2; page++) {
        put(page * 1024 + 0x80, 0x58000060 | 0); // LDR X0, . + 12
        put(page * 1024 + 0x81, RET);
        put(page * 1024 + 0x83, page + 50);
        put(page * 1024 + 0x84, 0);
    }
    for (u64 i = 0; i < 100; i++) {
        map(&low, va, 3, (u64)code + i % 2 * 4096 | DATA | AP_EL0 | AP_RO);
        asm volatile("dsb ish\n tlbi vmalle1\n dsb ish\n isb" ::: "memory");
        wrong += call(va + 0x200) != i % 2 + 50;
    }
    check("a literal of the page mapped before", 0, wrong);
}

// An address that is executed, then no longer may be.
static void permissions(void)
{
    u64 va = 0x800000000000;
    put(0, MOVZ(0, 9));
    put(1, RET);
    for (u64 i = 0; i < 20; i++) {
        map(&low, va, 3, (u64)code | DATA | AP_EL0 | AP_RO);
        flush();
        check("may execute", 9, attempt((void *)va, 0, 0, 0));
        map(&low, va, 3, (u64)code | DATA | AP_EL0 | AP_RO | PXN);
        flush();
        attempt((void *)va, 0, 0, 0);
        expect_at("may no longer", CURRENT_SPX, syndrome(0x21, 0xf), va, va);
        map(&low, va, 3, 0);
        store64(descriptor_of(&low, va, 3), 0);
        flush();
        attempt((void *)va, 0, 0, 0);
        expect_at("is gone", CURRENT_SPX, syndrome(0x21, 7), va, va);
    }
}

int main(void)
{
    low = new_space(12, 48, 1);
    high = new_space(12, 48, 0);
    mmu_use(&low, &high, 2ul << 32);
    write_register(sctlr_el1, read_register(sctlr_el1) | 1 << 14);
    isb();
    ways();
    zeroed();
    linked();
    ahead();
    neighbours();
    mappings();
    permissions();
    return 0;
}
