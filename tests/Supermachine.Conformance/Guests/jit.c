// Code that is made while it is used: two CPUs that each rewrite a function in the same page thousands of times, and modules that come
// and go: code at addresses that are mapped anew, in pages that hold data in between.
#include "tables.h"

enum { CPUS = 2, REWRITES = 12000, COMPILED = 2000, MODULES = 400, PAGES = 3 };

#define MOVZ(rd, imm) (0xd2800000u | (u32)(imm) << 5 | (rd))
#define MOVK16(rd, imm) (0xf2a00000u | (u32)(imm) << 5 | (rd))
#define ADD(rd, rn, imm) (0x91000000u | (u32)(imm) << 10 | (rn) << 5 | (rd))
#define B(words) (0x14000000u | ((u32)(words) & 0x3ffffff))
#define CBNZ(rt, words) (0xb5000000u | ((u32)(words) & 0x7ffff) << 5 | (rt))
#define SUB1(rd) (0xd1000400u | (rd) << 5 | (rd))
#define RET 0xd65f03c0u

#define MODULE 0x800000000000ul

static u32 shared[1024] __attribute__((aligned(4096)));
static u32 module[PAGES * 1024] __attribute__((aligned(4096)));
static struct space low, high;
static u64 wrong[CPUS];
static volatile u64 loaded, answered;

static u64 call(u64 address, u64 argument) { return ((u64 (*)(u64))address)(argument); }

static void sync_code(u64 address, u64 bytes)
{
    for (u64 at = address & ~63ul; at < address + bytes; at += 64) asm volatile("dc cvau, %0" :: "r"(at) : "memory");
    dsb();
    for (u64 at = address & ~63ul; at < address + bytes; at += 64) asm volatile("ic ivau, %0" :: "r"(at) : "memory");
    dsb();
    isb();
}

// X0 = value, in one of three shapes that differ in length and in how they branch.
static u64 emit(u32 *at, u64 shape, u64 value)
{
    u64 n = 0;
    at[n++] = MOVZ(0, value & 0xffff);
    at[n++] = MOVK16(0, value >> 16 & 0xffff);
    if (shape == 1) {
        at[n++] = B(2);
        at[n++] = MOVZ(0, 0xbad);
    } else if (shape == 2) {
        at[n++] = MOVZ(1, 3);
        at[n++] = ADD(0, 0, 5);
        at[n++] = SUB1(1);
        at[n++] = CBNZ(1, -2);
    }
    at[n++] = RET;
    return n;
}

static u64 answer(u64 shape, u64 value) { return shape == 2 ? value + 15 : value; }

// Both write into one page all the time, each beside the other's code and in no agreement with it.
static void rewriting(u64 cpu)
{
    u32 *own = shared + (cpu ? 600 : 20);
    for (u64 i = 0; i < REWRITES; i++) {
        u64 shape = (i + cpu) % 3, value = i * 0x10003 & 0xffffffff;
        u64 words = emit(own, shape, value);
        sync_code((u64)own, words * 4);
        wrong[cpu] += call((u64)own, 0) != answer(shape, value);
        if (i % 8 == 0) wrong[cpu] += call((u64)own, 0) != answer(shape, value);
    }
}

// A compiler at EL0, as they are: it writes through one address, which cannot be executed, and runs at another, which cannot be written;
// all the maintenance is its own. X0 = the instruction, X1 = where to write it.
STUB(compile, "mov x3, #0x40000000\n sub x2, x1, x3\n str w0, [x1]\n dc cvau, x1\n dsb ish\n ic ivau, x2\n dsb ish\n isb\n blr x2");

static void compiling(u64 cpu)
{
    u32 *own = shared + (cpu ? 700 : 120);
    store32((u64)&own[1], RET);
    sync_code((u64)own, 8);
    for (u64 i = 0; i < COMPILED; i++) {
        attempt_at(EL0t | MASKED, user_code(compile), MOVZ(0, i), user_data(own));
        wrong[cpu] += taken()->esr != DONE || taken()->x0 != i;
    }
}

static void flush_pages(void)
{
    for (u64 page = 0; page < PAGES; page++) asm volatile("tlbi vaae1is, %0" :: "r"((MODULE >> 12) + page) : "memory");
    asm volatile("dsb ish\n isb" ::: "memory");
}

// The module's pages, in an order that changes: a function in the first; its last instruction goes on into the second, that on into
// the third, which has one more function.
static void load_module(u64 number)
{
    for (u64 page = 0; page < PAGES; page++) {
        u32 *code = module + (page + number) % PAGES * 1024;
        if (page == 0) emit(code, number % 3, number << 4);
        code[1023] = ADD(0, 0, page + 1);
        if (page == 1) code[0] = ADD(0, 0, 7), code[1] = B(1022);
        if (page == 2) code[0] = ADD(0, 0, number), code[1] = RET;
        sync_code((u64)code, 16 * 4);
        sync_code((u64)&code[1023], 4);
        store64(descriptor_of(&low, MODULE + page * 4096, 3), (u64)code | DATA | AP_EL0 | AP_RO | TABLE);
    }
    asm volatile("dsb ish\n isb" ::: "memory");
}

static void unload_module(u64 number)
{
    for (u64 page = 0; page < PAGES; page++) store64(descriptor_of(&low, MODULE + page * 4096, 3), 0);
    asm volatile("dsb ish" ::: "memory");
    flush_pages();
    for (u64 i = 0; i < PAGES * 1024; i += 97) module[i] = number + i; // the pages are data now
    for (u64 i = 0; i < PAGES * 1024; i += 97) wrong[0] += module[i] != (u32)(number + i);
}

static void use_module(u64 number, u64 cpu)
{
    isb();
    wrong[cpu] += call(MODULE, 0) != answer(number % 3, number << 4);
    wrong[cpu] += call(MODULE + 4092, 100) != 100 + 1 + 7 + 2 + number;
}

static void modules(u64 cpu)
{
    for (u64 number = 1; number <= MODULES; number++) {
        if (cpu == 0) {
            load_module(number);
            store_release(&loaded, number);
            use_module(number, 0);
            wait_until(&answered, number);
            unload_module(number);
        } else {
            wait_until(&loaded, number);
            use_module(number, 1);
            store_release(&answered, number);
        }
    }
}

static void all(u64 cpu)
{
    mmu_use(&low, &high, 2ul << 32);
    write_register(sctlr_el1, read_register(sctlr_el1) | 1 << 26); // UCI
    isb();
    meet(CPUS);
    rewriting(cpu);
    meet(CPUS);
    if (cpu == 0) {
        check("stale code of CPU 0", 0, wrong[0]);
        check("stale code of CPU 1", 0, wrong[1]);
        wrong[0] = wrong[1] = 0;
    }
    meet(CPUS);
    compiling(cpu);
    meet(CPUS);
    if (cpu == 0) {
        check("stale code at EL0, CPU 0", 0, wrong[0]);
        check("stale code at EL0, CPU 1", 0, wrong[1]);
        wrong[0] = wrong[1] = 0;
    }
    meet(CPUS);
    modules(cpu);
    meet(CPUS);
}

int main(void)
{
    low = new_space(12, 48, 1);
    high = new_space(12, 48, 0);
    descriptor_of(&low, MODULE, 3);
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    check("a module's code, CPU 0", 0, wrong[0]);
    check("a module's code, CPU 1", 0, wrong[1]);
    return 0;
}
