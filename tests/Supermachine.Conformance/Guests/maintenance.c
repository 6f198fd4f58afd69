// Cache maintenance by address with its faults, AT and PAR_EL1, DC ZVA.
#include "tables.h"

STUB(dc_cvac, "dc cvac, x0");
STUB(dc_cvau, "dc cvau, x0");
STUB(dc_civac, "dc civac, x0");
STUB(dc_ivac, "dc ivac, x0");
STUB(dc_zva, "dc zva, x0");
STUB(ic_ivau, "ic ivau, x0");

enum { S1E1R, S1E1W, S1E0R, S1E0W };
enum { WNR = 1 << 6, CM = 1 << 8, UCI = 1 << 26, DZE = 1 << 14 };

static u8 page[4096] __attribute__((aligned(4096)));
static struct space low, high;

static void page_at(u64 va, u64 attributes)
{
    map(&low, va, 3, (u64)page | attributes);
    flush();
}

static void fault(const char *what, u64 el, const u8 *code, u64 va, u64 status)
{
    scene(0, "EL", el);
    attempt_at((el ? EL1h : EL0t) | MASKED, el ? (u64)code : user_code(code), va, 0);
    expect_at(what, el ? CURRENT_SPX : LOWER, syndrome(0x24 + el, status), el ? (u64)code : user_code(code), va);
}

static void works(const char *what, u64 el, const u8 *code, u64 va)
{
    scene(0, "EL", el);
    attempt_at((el ? EL1h : EL0t) | MASKED, el ? (u64)code : user_code(code), va, 0);
    expect_done(what, el ? CURRENT_SPX : LOWER);
}

static void caches(void)
{
    static const u8 *const codes[] = { dc_cvac, dc_cvau, dc_civac, ic_ivau };
    u64 va = 0x800000000000;
    page_at(va, DATA | AP_EL0 | AP_RO);
    page_at(va + 0x1000, DATA);
    page_at(va + 0x2000, DATA & ~AF);
    for (u32 i = 0; i < 4; i++) {
        scene(1, "number", i);
        works("of a page that can be read", 0, codes[i], va + 0x123);
        works("of a page that can be read", 1, codes[i], va + 0x123);
        works("of EL1's own page", 1, codes[i], va + 0x1008);
        if (qemu_lacks("faults of cache maintenance")) continue;
        fault("of nobody's page", 0, codes[i], va + 0x3010, CM | WNR | 7);
        fault("of nobody's page", 1, codes[i], va + 0x3010, CM | WNR | 7);
        fault("without the access flag", 1, codes[i], va + 0x2fff, CM | WNR | 0xb);
        fault("of EL1's page", 0, codes[i], va + 0x1008, CM | WNR | 0xf);
    }
    scene(1, 0, 0);
    if (qemu_lacks("faults of cache maintenance")) return;
    page_at(va + 0x4000, DATA | AP_RO);
    works("DC IVAC of a page that can be written", 1, dc_ivac, va + 0x1008);
    fault("DC IVAC of a read-only page", 1, dc_ivac, va + 0x4008, CM | WNR | 0xf);
    fault("DC IVAC of nobody's page", 1, dc_ivac, va + 0x3008, CM | WNR | 7);
}

static void zeroing(void)
{
    u64 va = 0x800000000000, dczid = read_register(dczid_el0), size = 4ul << (dczid & 15);
    check("DC ZVA is allowed", 0, dczid >> 4 & 1);
    check("a block fits a page", 1, size >= 16 && size <= 2048);
    page_at(va, DATA | AP_EL0);
    for (u64 el = 0; el < 2; el++) {
        for (u64 at = size; at < 2 * size; at += 13) {
            for (u64 i = 0; i < sizeof(page); i++) page[i] = 0xa5;
            works("DC ZVA", el, dc_zva, va + at);
            u64 wrong = 0;
            for (u64 i = 0; i < sizeof(page); i++) wrong += page[i] != (i / size == 1 ? 0 : 0xa5);
            check("just the block is zero", 0, wrong);
        }
    }
    page_at(va, DATA | AP_EL0 | AP_RO);
    page_at(va + 0x1000, DATA);
    page_at(va + 0x3000, (DATA | AP_EL0) & ~AF);
    fault("DC ZVA of a read-only page", 0, dc_zva, va + 0x48, WNR | 0xf);
    fault("DC ZVA of a read-only page", 1, dc_zva, va + 0x40, WNR | 0xf);
    fault("DC ZVA of EL1's page", 0, dc_zva, va + 0x1fff, WNR | 0xf);
    fault("DC ZVA of nobody's page", 1, dc_zva, va + 0x8fc1, WNR | 7);
    fault("DC ZVA without the access flag", 0, dc_zva, va + 0x3000, WNR | 0xb);
    if (qemu_lacks("an alignment fault for DC ZVA of Device memory")) return;
    page_at(va + 0x3000, DEVICE | AF | AP_EL0);
    fault("DC ZVA of Device memory", 0, dc_zva, va + 0x3010, WNR | 0x21);
    fault("DC ZVA of Device memory", 1, dc_zva, va + 0x3000, WNR | 0x21);
}

static u64 translate(int how, u64 va)
{
    switch (how) {
    case S1E1R: asm volatile("at s1e1r, %0\n isb" :: "r"(va) : "memory"); break;
    case S1E1W: asm volatile("at s1e1w, %0\n isb" :: "r"(va) : "memory"); break;
    case S1E0R: asm volatile("at s1e0r, %0\n isb" :: "r"(va) : "memory"); break;
    default: asm volatile("at s1e0w, %0\n isb" :: "r"(va) : "memory"); break;
    }
    return read_register(par_el1);
}

#define RES1 (1ul << 11)
#define FAULT(status) (RES1 | (status) << 1 | 1)

static void expect_translations(const char *what, u64 va, u64 e1r, u64 e1w, u64 e0r, u64 e0w)
{
    u64 expected[] = { e1r, e1w, e0r, e0w };
    for (int how = 0; how < 4; how++) {
        scene(0, "operation", how);
        u64 par = translate(how, va);
        // PAR_EL1.NS is UNKNOWN for a translation in Non-secure state.
        check(what, expected[how] & ~(1ul << 9), par & ~(1ul << 9));
    }
    scene(0, 0, 0);
}

static void translations(void)
{
    u64 va = 0x800000000000, pa = (u64)page;
    page_at(va, DATA | AP_EL0);
    page_at(va + 0x1000, DATA | AP_EL0 | AP_RO);
    page_at(va + 0x2000, DATA);
    page_at(va + 0x3000, DATA | AP_RO);
    page_at(va + 0x4000, (DATA | AP_EL0) & ~AF);
    page_at(va + 0x5000, DEVICE | AF | AP_EL0);
    map(&low, 0x900000000000, 3, NOWHERE | DATA);
    store64(descriptor_of(&low, va + 0x200000, 2), RAM | DATA | AP_EL0 | BLOCK);
    flush();
    u64 normal = 0xfful << 56 | pa | RES1 | 3 << 7, device = pa | RES1 | 2 << 7;
    expect_translations("for all", va + 0x123, normal, normal, normal, normal);
    expect_translations("read-only", va + 0x1fff, normal, FAULT(0xf), normal, FAULT(0xf));
    expect_translations("EL1's", va + 0x2000, normal, normal, FAULT(0xf), FAULT(0xf));
    expect_translations("EL1's, read-only", va + 0x3000, normal, FAULT(0xf), FAULT(0xf), FAULT(0xf));
    expect_translations("access flag", va + 0x4000, FAULT(0xb), FAULT(0xb), FAULT(0xb), FAULT(0xb));
    if (!qemu_lacks("the shareability of Device memory")) expect_translations("Device memory", va + 0x5008, device, device, device, device);
    expect_translations("nobody's", va + 0x6000, FAULT(7), FAULT(7), FAULT(7), FAULT(7));
    expect_translations("no table", va + (3ul << 30), FAULT(5), FAULT(5), FAULT(5), FAULT(5));
    expect_translations("no address", 0x0001000000000000, FAULT(4), FAULT(4), FAULT(4), FAULT(4));
    u64 block = 0xfful << 56 | RAM + 0x12000 | RES1 | 3 << 7;
    expect_translations("a block", va + 0x212345, block, block, block, block);
    write_register(par_el1, 0x123);
    attempt_at(EL1h | MASKED, (u64)dc_cvac, va, 0);
    check("PAR_EL1 is a register", 0x123, read_register(par_el1));
}

int main(void)
{
    low = new_space(12, 48, 1);
    high = new_space(12, 48, 0);
    mmu_use(&low, &high, 2ul << 32);
    write_register(sctlr_el1, read_register(sctlr_el1) | UCI | DZE);
    isb();
    caches();
    zeroing();
    translations();
    return 0;
}
