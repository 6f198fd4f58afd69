// What guests share: reports, exceptions, CPUs, the GIC, system registers.
#pragma once

typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned char u8;

#define str_(x) #x
#define str(x) str_(x)
#define read_register(name) ({ u64 value_; asm volatile("mrs %0, " str(name) : "=r"(value_) :: "memory"); value_; })
#define write_register(name, value) asm volatile("msr " str(name) ", %0" :: "r"((u64)(value)) : "memory")
#define isb() asm volatile("isb" ::: "memory")
#define dsb() asm volatile("dsb ish" ::: "memory")
#define noinline __attribute__((noinline))

static inline void store32(u64 address, u32 value) { asm volatile("str %w0, [%1]" :: "r"(value), "r"(address) : "memory"); }
static inline u32 load32(u64 address) { u32 value; asm volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory"); return value; }
static inline void store64(u64 address, u64 value) { asm volatile("str %0, [%1]" :: "r"(value), "r"(address) : "memory"); }
static inline u64 load64(u64 address) { u64 value; asm volatile("ldr %0, [%1]" : "=r"(value) : "r"(address) : "memory"); return value; }
static inline u64 load_acquire(volatile u64 *cell) { u64 value; asm volatile("ldar %0, [%1]" : "=r"(value) : "r"(cell) : "memory"); return value; }
static inline void store_release(volatile u64 *cell, u64 value) { asm volatile("stlr %0, [%1]" :: "r"(value), "r"(cell) : "memory"); }

// Waits in WFE, which a change of the cell ends, until it has reached a value.
static inline void wait_until(volatile u64 *cell, u64 value)
{
    u64 found;
    asm volatile("sevl\n1: wfe\n ldaxr %0, [%1]\n cmp %0, %2\n b.lo 1b\n clrex" : "=&r"(found) : "r"(cell), "r"(value) : "memory", "cc");
}

// Adds by LDXR and STXR; gives the new value.
static inline u64 add_exclusive(volatile u64 *cell, u64 operand)
{
    u64 value;
    u32 failed;
    asm volatile("1: ldaxr %0, [%2]\n add %0, %0, %3\n stlxr %w1, %0, [%2]\n cbnz %w1, 1b"
                 : "=&r"(value), "=&r"(failed) : "r"(cell), "r"(operand) : "memory");
    return value;
}

// Reports. Numbers named by scene() are printed with every check that fails. Only one CPU may report at a time.
void scene(u32 slot, const char *name, u64 value);
void check(const char *what, u64 expected, u64 actual);
void print(const char *text);
void print_number(u64 value);
void finish(void) __attribute__((noreturn));

// Whether the guest runs under QEMU (MIDR_EL1 says Arm), which is known not to do what is named. The expectation is then the ARM ARM's alone.
static inline int qemu_lacks(const char *what) { return what && read_register(midr_el1) >> 24 == 0x41; }

// Exceptions.
struct taken { u64 vector, esr, far, elr, spsr, x0, x1; };
enum { NOTHING = -1, CURRENT_SP0 = 0, CURRENT_SPX = 4, LOWER = 8 };
enum { EL0t = 0, EL1t = 4, EL1h = 5, MASKED = 0x3c0, N = 1u << 31, Z = 1u << 30, C = 1u << 29, V = 1u << 28 };
u64 attempt(const void *code, u64 a, u64 b, u64 c);
u64 attempt_at(u64 spsr, u64 code, u64 a, u64 b);
static inline const struct taken *taken(void) { return (const struct taken *)(read_register(tpidr_el1) + 16); }
extern void (*on_interrupt)(u64 vector);

// The vector, the syndrome and the preferred return of the last attempt; and its fault address.
void expect(const char *what, u64 vector, u64 esr, u64 elr);
void expect_at(const char *what, u64 vector, u64 esr, u64 elr, u64 far);
void expect_nothing(const char *what);
static inline u64 syndrome(u64 class, u64 iss) { return class << 26 | 1 << 25 | iss; }

// Memory: RAM is mapped to itself for EL1 alone; the same RAM again, for EL0 to execute, and for EL0 to write.
#define RAM 0x40000000ul
#define RAM_SIZE 0x4000000ul
#define NOWHERE 0x100000000ul
#define CODE_ALIAS 0x80000000ul
#define DATA_ALIAS 0xc0000000ul
#define user_code(symbol) ((u64)(symbol) - RAM + CODE_ALIAS)
#define user_data(symbol) ((u64)(symbol) - RAM + DATA_ALIAS)
void mmu_default(void);
void mmu_off(void);
extern u64 default_tables[512];

// CPUs.
u64 hvc(u64 function, u64 a, u64 b, u64 c);
void start_cpus(u32 count);
void secondary_start(void);
extern void (*on_secondary)(u64 cpu);
static inline u64 cpu_number(void) { return read_register(mpidr_el1) & 0xff; }
void meet(u32 count); // a barrier of the first so many CPUs
enum { CPU_OFF = 0x84000002, CPU_ON = 0xc4000003, AFFINITY_INFO = 0xc4000004, SYSTEM_OFF = 0x84000008 };

// The GIC, where QEMU's virt board has it.
#define GICD 0x08000000ul
#define GICR(cpu) (0x080a0000ul + (cpu) * 0x20000ul)
#define SGI_FRAME(cpu) (GICR(cpu) + 0x10000)
#define ICC_PMR_EL1 S3_0_C4_C6_0
#define ICC_IAR1_EL1 S3_0_C12_C12_0
#define ICC_EOIR1_EL1 S3_0_C12_C12_1
#define ICC_HPPIR1_EL1 S3_0_C12_C12_2
#define ICC_BPR1_EL1 S3_0_C12_C12_3
#define ICC_CTLR_EL1 S3_0_C12_C12_4
#define ICC_SRE_EL1 S3_0_C12_C12_5
#define ICC_IGRPEN1_EL1 S3_0_C12_C12_7
#define ICC_DIR_EL1 S3_0_C12_C11_1
#define ICC_RPR_EL1 S3_0_C12_C11_3
#define ICC_SGI1R_EL1 S3_0_C12_C11_5
void gic_start(void);          // the distributor, by one CPU
void gic_start_cpu(void);      // the calling CPU's redistributor and interface, everything of priority 0xa0 let through
void gic_enable(u32 intid, u32 priority);
void gic_pend(u32 intid);

// Code to run by attempt_at at any level; it ends by an SVC of its own unless it takes another exception before.
#define STUB(name, ...) \
    asm(".text\n .balign 64\n .globl " #name "\n" #name ": " __VA_ARGS__ "\n svc #0xfff\n"); \
    extern const u8 name[]
#define DONE syndrome(0x15, 0xfff)
void expect_done(const char *what, u64 vector);
