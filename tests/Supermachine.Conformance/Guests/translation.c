// Stage 1 translation (ARM ARM D8): every fault at every level of every granule, in both halves, at both exception levels.
#include "tables.h"

enum { READ, WRITE, FETCH };
enum { ADDRESS_SIZE = 0, TRANSLATION = 4, ACCESS_FLAG = 8, PERMISSION = 0xc, EXTERNAL = 0x10, EXTERNAL_WALK = 0x14, ALIGNMENT = 0x21 };
#define IPS_32 (0ul << 32)
#define IPS_36 (1ul << 32)
#define IPS_40 (2ul << 32)

STUB(do_read, "ldr x0, [x0]");
STUB(do_write, "str x1, [x0]");
STUB(do_fetch, "br x0");
STUB(do_ldtr, "ldtr x0, [x0]");
STUB(do_sttr, "sttr x1, [x0]");
STUB(do_ldp, "ldp x0, x1, [x0]");
STUB(do_ldar, "ldar x0, [x0]");
STUB(do_stlr, "stlr x1, [x0]");
STUB(do_ldxr, "ldxr x0, [x0]");
STUB(do_stxr, "stxr w2, x1, [x0]");
STUB(landing, "mov x0, #0x77");
STUB(where, "adr x0, .");

static volatile u64 marker __attribute__((aligned(1 << 16))) = 0x600dcafe600dcafe;
static u8 page[1 << 16] __attribute__((aligned(1 << 16)));

static const u8 *const accesses[] = { do_read, do_write, do_fetch };

static u64 abort_syndrome(u64 el, u32 access, u64 status)
{
    u64 class = access == FETCH ? 0x20 : 0x24;
    return syndrome(class + el, status | (access == WRITE ? 1 << 6 : 0));
}

static void try(u64 el, const u8 *code, u64 address)
{
    attempt_at((el ? EL1h : EL0t) | MASKED, el ? (u64)code : user_code(code), address, load64((u64)&marker));
}

// One access that must fault.
static void fault(const char *what, u64 el, u32 access, u64 address, u64 status)
{
    scene(4, "EL", el);
    scene(5, "access", access);
    try(el, accesses[access], address);
    u64 at = access == FETCH ? address : el ? (u64)accesses[access] : user_code(accesses[access]);
    expect_at(what, el ? CURRENT_SPX : LOWER, abort_syndrome(el, access, status), at, address);
}

static void works(const char *what, u64 el, u32 access, u64 address, u64 value)
{
    scene(4, "EL", el);
    scene(5, "access", access);
    try(el, accesses[access], address);
    expect_done(what, el ? CURRENT_SPX : LOWER);
    if (access != WRITE) check(what, value, taken()->x0);
}

static void fault_all(const char *what, u64 address, u64 status)
{
    for (u64 el = 0; el < 2; el++)
        for (u32 access = READ; access <= FETCH; access++) fault(what, el, access, address, status);
}

static int can_be_leaf(u32 granule, u32 level) { return level == 3 || level == 2 || (level == 1 && granule == 12); }

// Maps an address by one leaf at a level, so that it reaches the offset that it has within the leaf.
static u64 leaf(const struct space *s, u64 va, u32 level, u64 pa, u64 attributes)
{
    u64 size = 1ul << low_bit(s, level);
    map(s, va & ~(size - 1), level, (pa & ~(size - 1)) | attributes);
    flush();
    return (va & ~(size - 1)) | (pa & (size - 1));
}

static void clear(const struct space *s, u64 va, u32 level)
{
    store64(descriptor_of(s, va, level), 0);
    flush();
}

// Another top-level entry each time; with 16 KiB pages, where there are only two, another one of the level below.
static u64 fresh(const struct space *s, u64 base)
{
    static u64 next;
    return base + (1ul << 47) + (++next % 31 << (s->granule == 14 ? 36 : low_bit(s, start_level(s))));
}

static void leaves(const struct space *s, u64 base)
{
    for (u32 level = start_level(s); level < 4; level++) {
        scene(2, "level", level);
        u64 va = fresh(s, base);
        if (!can_be_leaf(s->granule, level)) continue;
        u64 at = leaf(s, va, level, (u64)&marker, DATA | AP_EL0 | UXN | PXN);
        works("leaf", 0, READ, at, load64((u64)&marker));
        works("leaf", 1, READ, at, load64((u64)&marker));
        works("leaf", 0, WRITE, at, 0);
        works("leaf", 1, WRITE, at, 0);
        fault("UXN", 0, FETCH, at, PERMISSION + level);
        fault("PXN", 1, FETCH, at, PERMISSION + level);
        leaf(s, va, level, (u64)&marker, DATA);
        works("for EL1", 1, READ, at, load64((u64)&marker));
        works("for EL1", 1, WRITE, at, 0);
        fault("for EL1", 0, READ, at, PERMISSION + level);
        fault("for EL1", 0, WRITE, at, PERMISSION + level);
        leaf(s, va, level, (u64)&marker, DATA | AP_RO | AP_EL0);
        works("read-only", 0, READ, at, load64((u64)&marker));
        works("read-only", 1, READ, at, load64((u64)&marker));
        fault("read-only", 0, WRITE, at, PERMISSION + level);
        fault("read-only", 1, WRITE, at, PERMISSION + level);
        leaf(s, va, level, (u64)&marker, DATA | AP_RO);
        fault("read-only for EL1", 0, READ, at, PERMISSION + level);
        fault("read-only for EL1", 1, WRITE, at, PERMISSION + level);
        leaf(s, va, level, (u64)&marker, (DATA | AP_EL0) & ~AF);
        fault_all("access flag", at, ACCESS_FLAG + level);
        leaf(s, va, level, NOWHERE + (1ul << 30), DATA | AP_EL0 | AP_RO);
        fault("external abort", 0, READ, va, EXTERNAL);
        fault("external abort", 1, READ, va, EXTERNAL);
        fault("external abort", 0, FETCH, va, EXTERNAL);
        fault("external abort", 1, FETCH, va, EXTERNAL);
        leaf(s, va, level, NOWHERE + (1ul << 30), DATA | AP_EL0);
        fault("external abort", 0, WRITE, va, EXTERNAL);
        fault("external abort", 1, WRITE, va, EXTERNAL);
        at = leaf(s, va, level, (u64)landing, DATA | AP_RO | AP_EL0);
        works("execute", 0, FETCH, at, 0x77);
        works("execute", 1, FETCH, at, 0x77);
        leaf(s, va, level, (u64)landing, DATA | AP_EL0);
        fault("EL1 executes nothing that EL0 writes", 1, FETCH, at, PERMISSION + level);
        works("EL0 may", 0, FETCH, at, 0x77);
        clear(s, va, level);
        fault_all("gone again", at, TRANSLATION + level);
    }
}

static void table_faults(const struct space *s, u64 base)
{
    u32 start = start_level(s);
    for (u32 level = start; level < 4; level++) {
        scene(2, "level", level);
        u64 va = fresh(s, base);
        descriptor_of(s, va, level); // makes the tables above
        flush();
        fault_all("translation", va, TRANSLATION + level);
        store64(descriptor_of(s, va, level), level == 3 ? NORMAL | AF | BLOCK : 2);
        flush();
        fault_all("reserved descriptor", va, TRANSLATION + level);
        if (!can_be_leaf(s->granule, level) && !qemu_lacks("faults of blocks where none can be")) {
            store64(descriptor_of(s, va, level), RAM | DATA | BLOCK);
            flush();
            fault_all("block where none can be", va, TRANSLATION + level);
        }
        clear(s, va, level);
        if (level == 3) continue;
        store64(descriptor_of(s, va, level), NOWHERE + (1 << 20) | TABLE);
        flush();
        fault_all("external abort on a walk", va, EXTERNAL_WALK + level + 1);
        clear(s, va, level);
    }
}

// APTable, PXNTable and UXNTable limit what leaves give (D8.4.5).
static void hierarchy(const struct space *s, u64 base)
{
    u64 va = fresh(s, base), at = leaf(s, va, 3, (u64)landing, DATA | AP_EL0);
    u64 above = descriptor_of(s, va, 2), table = load64(above);
    scene(2, "level", 3);
    store64(above, table | AP_TABLE_NO_EL0);
    flush();
    fault("APTable[0]", 0, READ, at, PERMISSION + 3);
    fault("APTable[0]", 0, WRITE, at, PERMISSION + 3);
    works("APTable[0]", 1, READ, at, load64((u64)landing));
    works("APTable[0] lets EL1 execute", 1, FETCH, at, 0x77);
    store64(above, table | AP_TABLE_RO);
    flush();
    works("APTable[1]", 0, READ, at, load64((u64)landing));
    fault("APTable[1]", 0, WRITE, at, PERMISSION + 3);
    fault("APTable[1]", 1, WRITE, at, PERMISSION + 3);
    leaf(s, va, 3, (u64)landing, DATA | AP_EL0 | AP_RO);
    store64(above, table | PXN_TABLE);
    flush();
    fault("PXNTable", 1, FETCH, at, PERMISSION + 3);
    works("PXNTable", 0, FETCH, at, 0x77);
    store64(above, table | UXN_TABLE);
    flush();
    fault("UXNTable", 0, FETCH, at, PERMISSION + 3);
    works("UXNTable", 1, FETCH, at, 0x77);
    clear(s, va, 3);
}

// Descriptors with output addresses beyond TCR_EL1.IPS: the MMU runs with 32 bits meanwhile.
static void address_size(const struct space *s, u64 base)
{
    for (u32 level = start_level(s); level < 4; level++) {
        scene(2, "level", level);
        u64 va = fresh(s, base);
        if (can_be_leaf(s->granule, level)) {
            leaf(s, va, level, 1ul << 35, DATA | AP_EL0 | AP_RO);
            fault_all("address size of a leaf", va, ADDRESS_SIZE + level);
            leaf(s, va, level, 1ul << 35, AP_EL0 | NORMAL);
            fault_all("address size comes before the access flag", va, ADDRESS_SIZE + level);
            clear(s, va, level);
        }
        if (level == 3) continue;
        store64(descriptor_of(s, va, level), 1ul << 35 | TABLE);
        flush();
        fault_all("address size of a table", va, ADDRESS_SIZE + level);
        clear(s, va, level);
    }
}

static void roots(const struct space *low, struct space *high)
{
    u64 base = 0xffff000000000000, root = high->root, va = base + (1ul << 46);
    u32 start = start_level(high);
    scene(2, "level", start);
    write_register(ttbr1_el1, NOWHERE);
    isb();
    flush();
    fault_all("external abort on the first table", va, EXTERNAL_WALK + start);
    write_register(ttbr1_el1, root);
    isb();
    mmu_use(low, high, IPS_40 | 1ul << 23);
    fault_all("EPD1", va, TRANSLATION);
    mmu_use(low, high, IPS_32);
    write_register(ttbr1_el1, 1ul << 33);
    isb();
    flush();
    fault_all("address size of TTBR1_EL1", va, ADDRESS_SIZE);
    write_register(ttbr1_el1, root);
    isb();
    mmu_use(low, high, IPS_40);
    fault_all("between the halves", 0x0001000000000000, TRANSLATION);
    fault_all("between the halves", 0xfffe000000000000, TRANSLATION);
    fault_all("between the halves", 0x8000000000000000 | RAM, TRANSLATION);
}

static void granules(void)
{
    for (u32 granule = 12; granule <= 16; granule += 2) {
        pool_used = 0;
        struct space low = new_space(granule, 48, 1), high = new_space(granule, 48, 0);
        scene(0, "granule", granule);
        mmu_use(&low, &high, IPS_40);
        for (u32 half = 0; half < 2; half++) {
            scene(1, "half", half);
            const struct space *s = half ? &high : &low;
            u64 base = half ? 0xffff000000000000 : 0;
            mmu_use(&low, &high, IPS_40);
            table_faults(s, base);
            leaves(s, base);
            hierarchy(s, base);
            mmu_use(&low, &high, IPS_32);
            address_size(s, base);
        }
        scene(1, 0, 0);
        mmu_use(&low, &high, IPS_40);
        roots(&low, &high);
        mmu_off();
        mmu_default();
    }
    for (u32 i = 0; i < 6; i++) scene(i, 0, 0);
}

// Input sizes that start the walk further down, and what lies beyond them.
static void sizes(void)
{
    for (u32 granule = 12; granule <= 16; granule += 2) {
        for (u32 bits = 25; bits <= 47; bits++) {
            pool_used = 0;
            struct space low = new_space(granule, 48, 1), high = new_space(granule, bits, 0);
            u64 base = ~0ul << bits, size = 1ul << low_bit(&high, 3);
            scene(0, "granule", granule);
            scene(1, "bits", bits);
            mmu_use(&low, &high, IPS_40);
            u64 va = base + (1ul << (bits - 1)) + 3 * size;
            u64 at = leaf(&high, va, 3, (u64)&marker, DATA | AP_EL0 | AP_RO);
            works("page", 1, READ, at, load64((u64)&marker));
            fault("page", 1, WRITE, at, PERMISSION + 3);
            fault("next page", 1, READ, va + size, TRANSLATION + 3);
            if (bits > granule + stride_of(&high)) fault("another top-level entry", 1, READ, base, TRANSLATION + start_level(&high));
            fault("beyond the input size", 1, READ, at - (1ul << bits), TRANSLATION);
            works("the last page of all", 0, READ, leaf(&high, ~0ul - size + 1, 3, (u64)&marker, DATA | AP_EL0), load64((u64)&marker));
            mmu_off();
            mmu_default();
        }
    }
    for (u32 i = 0; i < 6; i++) scene(i, 0, 0);
}

static void alignment(void)
{
    pool_used = 0;
    struct space low = new_space(12, 48, 1), high = new_space(12, 48, 0);
    u64 sctlr = read_register(sctlr_el1), va = 0x800000000000;
    mmu_use(&low, &high, IPS_40);
    leaf(&low, va, 3, (u64)page, DATA | AP_EL0);
    leaf(&low, va + 0x1000, 3, (u64)page + 0x1000, DATA | AP_EL0);
    for (u64 i = 0; i < 0x2000; i++) page[i] = (u8)(i * 7);
    for (u64 el = 0; el < 2; el++) {
        scene(0, "EL", el);
        for (u64 at = 0xff9; at < 0x1000; at++) {
            u64 expected = 0;
            for (u64 i = 0; i < 8; i++) expected |= (u64)page[at + i] << (8 * i);
            works("across pages", el, READ, va + at, expected);
        }
        works("across pages", el, WRITE, va + 0xffb, 0);
        u64 found = 0;
        for (u64 i = 0; i < 8; i++) found |= (u64)page[0xffb + i] << (8 * i);
        check("stored across pages", load64((u64)&marker), found);
        fault("across into nothing", el, READ, va + 0x2000, TRANSLATION + 3);
        try(el, do_read, va + 0x1ffc);
        expect_at("across into nothing: the address is the second page's", el ? CURRENT_SPX : LOWER,
                  abort_syndrome(el, READ, TRANSLATION + 3), el ? (u64)do_read : user_code(do_read), va + 0x2000);
        u64 before = load32((u64)page + 0x1ffc);
        try(el, do_write, va + 0x1ffc);
        expect_at("a store across into nothing", el ? CURRENT_SPX : LOWER,
                  abort_syndrome(el, WRITE, TRANSLATION + 3), el ? (u64)do_write : user_code(do_write), va + 0x2000);
        check("stores nothing", before, load32((u64)page + 0x1ffc));
        static const u8 *const strict[] = { do_ldar, do_ldxr, do_stlr, do_stxr };
        for (u32 i = 0; i < 4; i++) {
            scene(1, "number", i);
            if (i == 3 && qemu_lacks("the alignment check of a STXR that fails anyway")) break;
            try(el, strict[i], va + 4);
            expect_at("exclusive and ordered accesses are aligned", el ? CURRENT_SPX : LOWER,
                      abort_syndrome(el, i < 2 ? READ : WRITE, ALIGNMENT), el ? (u64)strict[i] : user_code(strict[i]), va + 4);
            try(el, strict[i], va + 8);
            expect_done("an aligned one", el ? CURRENT_SPX : LOWER);
        }
        scene(1, 0, 0);
        write_register(sctlr_el1, read_register(sctlr_el1) | 2);
        isb();
        fault("SCTLR_EL1.A", el, READ, va + 1, ALIGNMENT);
        fault("SCTLR_EL1.A", el, WRITE, va + 4, ALIGNMENT);
        fault("SCTLR_EL1.A across pages", el, READ, va + 0xffc, ALIGNMENT);
        fault("alignment comes before translation", el, READ, va + 0x4001, ALIGNMENT);
        fault("alignment comes before permission", el, WRITE, RAM + 1 + (el ? 1ul << 40 : 0), ALIGNMENT);
        works("SCTLR_EL1.A aligned", el, READ, va + 8, load64((u64)page + 8));
        write_register(sctlr_el1, sctlr);
        isb();
        leaf(&low, va + 0x10000, 3, (u64)page, DEVICE | AF | AP_EL0);
        leaf(&low, va + 0x11000, 3, (u64)page + 0x1000, DEVICE | AF | AP_EL0);
        works("Device memory aligned", el, READ, va + 0x10008, load64((u64)page + 8));
        if (qemu_lacks("alignment faults of Device memory")) continue;
        fault("Device memory", el, READ, va + 0x10001, ALIGNMENT);
        fault("Device memory", el, WRITE, va + 0x10004, ALIGNMENT);
        fault("Device memory across pages", el, READ, va + 0x10ffc, ALIGNMENT);
    }
    for (u32 i = 0; i < 6; i++) scene(i, 0, 0);
    mmu_off();
    attempt_at(EL1h | MASKED, (u64)do_read, (u64)page + 1, 0);
    if (!qemu_lacks("alignment faults of Device memory")) expect_at("the MMU is off: Device memory", CURRENT_SPX, abort_syndrome(1, READ, ALIGNMENT), (u64)do_read, (u64)page + 1);
    attempt_at(EL1h | MASKED, (u64)do_read, NOWHERE, 0);
    expect_at("the MMU is off: nobody's address", CURRENT_SPX, abort_syndrome(1, READ, EXTERNAL), (u64)do_read, NOWHERE);
    attempt_at(EL1h | MASKED, (u64)do_fetch, NOWHERE, 0);
    expect_at("the MMU is off: fetch from nobody's address", CURRENT_SPX, abort_syndrome(1, FETCH, EXTERNAL), NOWHERE, NOWHERE);
    attempt_at(EL1h | MASKED, (u64)do_write, RAM + RAM_SIZE, 0);
    expect_at("the MMU is off: past RAM", CURRENT_SPX, abort_syndrome(1, WRITE, EXTERNAL), (u64)do_write, RAM + RAM_SIZE);
    attempt_at(EL1h | MASKED, (u64)do_read, 1ul << 40, 0);
    expect_at("the MMU is off: beyond the physical addresses", CURRENT_SPX, abort_syndrome(1, READ, ADDRESS_SIZE), (u64)do_read, 1ul << 40);
    mmu_default();
}

// The runtime runs from memory that it can write. For WXN its own code becomes read-only: by pages for the first 2 MiB of the image.
static void split_runtime(const struct space *s)
{
    extern u8 _start[], text_end[];
    u64 blocks = new_table(12), pages = new_table(12), image = (u64)_start & ~0x1ffffful;
    for (u64 at = 0; at < 1 << 30; at += 1 << 21) store64(blocks + (at >> 18), (RAM + at) | DATA | UXN | BLOCK);
    for (u64 at = image; at < image + (1 << 21); at += 1 << 12)
        store64(pages + (at - image >> 9), at | DATA | UXN | TABLE | (at < (u64)text_end ? AP_RO : 0));
    store64(blocks + (image - RAM >> 18), pages | TABLE);
    store64(descriptor_of(s, RAM, 1), blocks | TABLE);
    flush();
}

// LDTR and STTR at EL1 have EL0's permissions; WXN; top byte ignore; ASIDs.
static void modes(void)
{
    pool_used = 0;
    struct space low = new_space(12, 48, 1), high = new_space(12, 48, 0);
    u64 va = 0x800000000000, value = load64((u64)&marker);
    mmu_use(&low, &high, IPS_40);
    leaf(&low, va, 3, (u64)&marker, DATA);
    leaf(&low, va + 0x1000, 3, (u64)&marker, DATA | AP_EL0 | AP_RO);
    leaf(&low, va + 0x2000, 3, (u64)page, DATA | AP_EL0);
    try(1, do_ldtr, va);
    expect_at("LDTR", CURRENT_SPX, abort_syndrome(1, READ, PERMISSION + 3), (u64)do_ldtr, va);
    try(1, do_ldtr, va + 0x1000);
    expect_done("LDTR", CURRENT_SPX);
    check("LDTR", value, taken()->x0);
    try(1, do_sttr, va + 0x1000);
    expect_at("STTR", CURRENT_SPX, abort_syndrome(1, WRITE, PERMISSION + 3), (u64)do_sttr, va + 0x1000);
    works("EL1 itself may", 1, READ, va, value);
    try(1, do_sttr, va + 0x2000);
    expect_done("STTR", CURRENT_SPX);
    check("STTR", value, load64((u64)page));

    leaf(&low, va + 0x3000, 3, (u64)landing, DATA | AP_EL0);
    leaf(&low, va + 0x4000, 3, (u64)landing, DATA | AP_EL0 | AP_RO);
    leaf(&low, va + 0x5000, 3, (u64)landing, DATA);
    u64 offset = (u64)landing & 0xfff;
    works("without WXN", 0, FETCH, va + 0x3000 + offset, 0x77);
    works("without WXN", 1, FETCH, va + 0x5000 + offset, 0x77);
    split_runtime(&low);
    write_register(sctlr_el1, read_register(sctlr_el1) | 1 << 19);
    isb();
    flush();
    fault("WXN", 0, FETCH, va + 0x3000 + offset, PERMISSION + 3);
    works("WXN, read-only", 0, FETCH, va + 0x4000 + offset, 0x77);
    fault("WXN", 1, FETCH, va + 0x5000 + offset, PERMISSION + 3);
    works("WXN, read-only", 1, FETCH, va + 0x4000 + offset, 0x77);
    write_register(sctlr_el1, read_register(sctlr_el1) & ~(1ul << 19));
    isb();
    flush();

    u64 tag = 0x5aul << 56;
    fault("a tag without TBI0", 1, READ, va | tag, TRANSLATION);
    mmu_use(&low, &high, IPS_40 | 1ul << 37 | 1ul << 38);
    works("TBI0", 1, READ, va | tag, value);
    fault("TBI0: the address keeps its tag", 1, READ, (va + 0x9000) | tag, TRANSLATION + 3);
    works("TBI1", 1, READ, leaf(&high, 0xffff800000000000, 3, (u64)&marker, DATA) & ~tag, value);
    fault("TBI1", 1, READ, 0x7bff900000000000, TRANSLATION);
    u64 code = leaf(&low, va + 0x6000, 3, (u64)where, DATA | AP_EL0 | AP_RO);
    works("TBI0: BR takes the tag off", 1, FETCH, code | tag, code);
    works("TBI0: BR takes the tag off", 0, FETCH, code | tag, code);
    attempt_at(EL0t | MASKED, code | tag, 0, 0);
    check("TBI0: ERET takes the tag off", code, taken()->x0);
    try(1, do_fetch, (va + 0x9000) | tag);
    expect_at("TBI0: a fetch that fails", CURRENT_SPX, abort_syndrome(1, FETCH, TRANSLATION + 3), va + 0x9000, va + 0x9000);
    scene(4, 0, 0);
    scene(5, 0, 0);
    mmu_off();
    mmu_default();
}

// ASIDs: translations with nG belong to one, those without to all; TLBI ASIDE1 and VAE1 take one's away.
static void address_spaces(void)
{
    pool_used = 0;
    struct space first = new_space(12, 48, 1), second = new_space(12, 48, 1), high = new_space(12, 48, 0);
    u64 va = 0x800000000000, a = (u64)page, b = (u64)page + 0x1000;
    store64(a, 0xaaaa);
    store64(b, 0xbbbb);
    mmu_use(&first, &high, IPS_40 | 1ul << 36);
    leaf(&first, va, 3, a, DATA | NG);
    leaf(&second, va, 3, b, DATA | NG);
    for (u64 i = 0; i < 100; i++) {
        write_register(ttbr0_el1, first.root | 1ul << 48);
        isb();
        check("the first address space", 0xaaaa, load64(va));
        write_register(ttbr0_el1, second.root | 2ul << 48);
        isb();
        check("the second address space", 0xbbbb, load64(va));
    }
    store64(descriptor_of(&second, va, 3), (a | DATA | NG | TABLE));
    asm volatile("dsb ish\n tlbi aside1, %0\n dsb ish\n isb" :: "r"(2ul << 48) : "memory");
    check("after TLBI ASIDE1", 0xaaaa, load64(va));
    store64(descriptor_of(&second, va, 3), (b | DATA | NG | TABLE));
    asm volatile("dsb ish\n tlbi vale1, %0\n dsb ish\n isb" :: "r"(2ul << 48 | va >> 12) : "memory");
    check("after TLBI VALE1", 0xbbbb, load64(va));
    store64(descriptor_of(&second, va, 3), (a | DATA | NG | TABLE));
    asm volatile("dsb ish\n tlbi vaae1is, %0\n dsb ish\n isb" :: "r"(va >> 12) : "memory");
    check("after TLBI VAAE1IS", 0xaaaa, load64(va));
    mmu_off();
    mmu_default();
}

int main(void)
{
    granules();
    sizes();
    alignment();
    modes();
    address_spaces();
    return 0;
}
