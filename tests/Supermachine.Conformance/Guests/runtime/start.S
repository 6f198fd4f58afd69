// Entry, vectors, and attempt(): what every guest stands on.
.macro adr_l register, symbol
        adrp    \register, \symbol
        add     \register, \register, :lo12:\symbol
.endm
#define PCPU_RESUME   0
#define PCPU_SCRATCH  8
#define PCPU_TAKEN    16
#define PCPU_SHIFT    8
#define STACK_SHIFT   14

        .section .text.start, "ax"
        .globl _start
_start: bl      prepare
        bl      main
        bl      finish

// CPU_ON enters here; X0 is the context.
        .globl secondary_start
secondary_start:
        mov     x19, x0
        bl      prepare
        mov     x0, x19
        bl      secondary
        b       .

// Stack, vectors and the per-CPU record of the calling CPU, then the MMU with the runtime's own tables.
prepare:
        mrs     x9, mpidr_el1
        and     x9, x9, #0xff
        adr_l   x10, stacks
        add     x11, x9, #1
        lsl     x11, x11, #STACK_SHIFT
        add     x10, x10, x11
        mov     sp, x10
        adr_l   x10, percpu
        lsl     x9, x9, #PCPU_SHIFT
        add     x10, x10, x9
        msr     tpidr_el1, x10
        adr_l   x10, vectors
        msr     vbar_el1, x10
        isb
        b       mmu_default

// u64 attempt(code, a, b, c): calls code(a, b, c). An exception ends the call as well; taken() tells which.
        .globl attempt
attempt:
        stp     x29, x30, [sp, #-96]!
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        bl      arm
        mov     x8, x0
        mov     x0, x1
        mov     x1, x2
        mov     x2, x3
        blr     x8
attempt_end:
        mrs     x9, tpidr_el1
        str     xzr, [x9, #PCPU_RESUME]
        ldp     x19, x20, [sp, #16]
        ldp     x21, x22, [sp, #32]
        ldp     x23, x24, [sp, #48]
        ldp     x25, x26, [sp, #64]
        ldp     x27, x28, [sp, #80]
        ldp     x29, x30, [sp], #96
        ret

// u64 attempt_at(spsr, code, a, b): the same, entered by ERET; code ends by an exception.
        .globl attempt_at
attempt_at:
        stp     x29, x30, [sp, #-96]!
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        bl      arm
        msr     spsr_el1, x0
        msr     elr_el1, x1
        mov     x0, x2
        mov     x1, x3
        isb
        eret

arm:    mrs     x9, tpidr_el1
        mov     x10, sp
        str     x10, [x9, #PCPU_RESUME]
        mov     x10, #-1
        str     x10, [x9, #PCPU_TAKEN]
        ret

        .macro entry number
        .balign 0x80
        msr     tpidrro_el0, x9
        mrs     x9, tpidr_el1
        str     x10, [x9, #PCPU_SCRATCH]
        mov     x10, #\number
        .if (\number & 3) == 0
        b       synchronous
        .else
        b       asynchronous
        .endif
        .endm

        .balign 0x800
vectors:
        .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        entry   \number
        .endr
        .balign 0x80

// X9: percpu, X10: vector, both saved. Records what was taken and ends the attempt.
synchronous:
        stp     x0, x1, [x9, #PCPU_TAKEN + 40]
        str     x10, [x9, #PCPU_TAKEN]
        mrs     x0, esr_el1
        mrs     x1, far_el1
        stp     x0, x1, [x9, #PCPU_TAKEN + 8]
        mrs     x0, elr_el1
        mrs     x1, spsr_el1
        stp     x0, x1, [x9, #PCPU_TAKEN + 24]
        ldr     x10, [x9, #PCPU_RESUME]
        cbz     x10, 1f
        mov     sp, x10
        mov     x0, #0
        b       attempt_end
1:      mrs     x9, mpidr_el1
        and     x9, x9, #0xff
        adr_l   x10, stacks
        add     x11, x9, #1
        lsl     x11, x11, #STACK_SHIFT
        add     x10, x10, x11
        mov     sp, x10
        b       unexpected

// An interrupt: saves what C may change, and what a nested one would.
asynchronous:
        sub     sp, sp, #192
        stp     x0, x1, [sp]
        mov     x0, x10
        ldr     x10, [x9, #PCPU_SCRATCH]
        mrs     x9, tpidrro_el0
        stp     x2, x3, [sp, #16]
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     x8, x9, [sp, #64]
        stp     x10, x11, [sp, #80]
        stp     x12, x13, [sp, #96]
        stp     x14, x15, [sp, #112]
        stp     x16, x17, [sp, #128]
        stp     x18, x30, [sp, #144]
        mrs     x2, elr_el1
        mrs     x3, spsr_el1
        stp     x2, x3, [sp, #160]
        bl      interrupt
        ldp     x2, x3, [sp, #160]
        msr     elr_el1, x2
        msr     spsr_el1, x3
        ldp     x2, x3, [sp, #16]
        ldp     x4, x5, [sp, #32]
        ldp     x6, x7, [sp, #48]
        ldp     x8, x9, [sp, #64]
        ldp     x10, x11, [sp, #80]
        ldp     x12, x13, [sp, #96]
        ldp     x14, x15, [sp, #112]
        ldp     x16, x17, [sp, #128]
        ldp     x18, x30, [sp, #144]
        ldp     x0, x1, [sp], #192
        eret

        .bss
        .balign 4096
        .globl percpu
percpu: .skip   8 << PCPU_SHIFT
        .balign 4096
        .globl stacks
stacks: .skip   8 << STACK_SHIFT
