// Memory order between two CPUs: what LDAR, STLR and the barriers forbid is never seen.
#include "guest.h"

enum { ROUNDS = 15000 };

static struct { volatile u64 value; u64 pad[15]; } x, y, seen[2], arrive[2];
static u64 violations[8];

// Two CPUs at once, as close to each other as can be.
static void together(u64 cpu, u64 round)
{
    store_release(&arrive[cpu].value, round);
    u64 patience = 0;
    while (load_acquire(&arrive[!cpu].value) < round)
        if (++patience > 200) asm volatile("wfe");
}

#define STORE(to, operand) asm volatile("str %0, [%1]" :: "r"((u64)(operand)), "r"(&to.value) : "memory")
#define LOAD(from) ({ u64 value_; asm volatile("ldr %0, [%1]" : "=r"(value_) : "r"(&from.value) : "memory"); value_; })

static void test(u64 cpu, u32 kind, u64 round)
{
    u64 first = 0, second = 0;
    switch (kind) {
    case 0: // MP: STLR publishes, LDAR observes
        if (cpu) {
            STORE(x, round);
            store_release(&y.value, round);
        } else {
            first = load_acquire(&y.value);
            second = LOAD(x);
            if (first == round && second != round) violations[kind]++;
        }
        break;
    case 1: // MP with DMB ISHST and DMB ISHLD
        if (cpu) {
            STORE(x, round);
            asm volatile("dmb ishst" ::: "memory");
            STORE(y, round);
        } else {
            first = LOAD(y);
            asm volatile("dmb ishld" ::: "memory");
            second = LOAD(x);
            if (first == round && second != round) violations[kind]++;
        }
        break;
    case 2: // SB with STLR and LDAR, which are RCsc: not both see the old value
        store_release(cpu ? &x.value : &y.value, round);
        seen[cpu].value = load_acquire(cpu ? &y.value : &x.value);
        break;
    case 3: // SB with DMB ISH
        if (cpu) STORE(x, round); else STORE(y, round);
        asm volatile("dmb ish" ::: "memory");
        seen[cpu].value = cpu ? LOAD(y) : LOAD(x);
        break;
    case 4: // LB with acquires
        seen[cpu].value = load_acquire(cpu ? &x.value : &y.value);
        if (cpu) STORE(y, round); else STORE(x, round);
        break;
    default: // CoRR: one location never goes back
        if (cpu) STORE(x, round);
        else {
            first = LOAD(x);
            second = LOAD(x);
            if (second < first) violations[kind]++;
        }
        break;
    }
}

static void all(u64 cpu)
{
    u64 number = 0;
    for (u32 kind = 0; kind < 6; kind++) {
        for (u64 round = 1; round <= ROUNDS; round++) {
            together(cpu, ++number);
            test(cpu, kind, round);
            together(cpu, ++number);
            if (cpu) continue;
            if ((kind == 2 || kind == 3) && seen[0].value != round && seen[1].value != round) violations[kind]++;
            if (kind == 4 && seen[0].value == round && seen[1].value == round) violations[kind]++;
        }
        together(cpu, ++number);
        if (!cpu) x.value = y.value = seen[0].value = seen[1].value = 0;
        together(cpu, ++number);
    }
}

int main(void)
{
    on_secondary = all;
    start_cpus(2);
    all(0);
    static const char *const names[] = { "MP, LDAR and STLR", "MP, DMB", "SB, LDAR and STLR", "SB, DMB", "LB", "CoRR" };
    for (u32 kind = 0; kind < 6; kind++)
        if (kind != 2 || !qemu_lacks("order of STLR before LDAR")) check(names[kind], 0, violations[kind]);
    return 0;
}
