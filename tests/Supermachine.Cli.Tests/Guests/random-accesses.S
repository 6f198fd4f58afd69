// A guest that reads and writes at random in every window of the board, with every width, then powers off.
// Faults are skipped. The seed and the number of accesses are at offset 8. To build:
//   aarch64-linux-gnu-gcc -nostdlib -static -Wl,--build-id=none -Wl,-Ttext=0x40080000 -o guest random-accesses.S
//   aarch64-linux-gnu-objcopy -O binary -j .text guest random-accesses.bin
    .text
    b begin
    nop
seed:
    .quad 1
count:
    .quad 1000
begin:
    adr x0, vectors
    msr VBAR_EL1, x0
    mov x0, #3 << 20                // CPACR_EL1.FPEN: vector registers may be stored too
    msr CPACR_EL1, x0
    isb
    ldr x20, seed
    ldr x21, count
next:
    bl random
    and x1, x0, #7
    adr x2, windows
    add x2, x2, x1, lsl #4
    ldp x3, x4, [x2]
    lsr x5, x0, #8
    and x5, x5, x4
    tbz x0, #3, 1f                  // half of them aligned,
    and x5, x5, #~3
1:  tbz x0, #4, 2f                  // half of them where most registers are
    and x5, x5, #0x1fc
2:  add x5, x5, x3
    bl random
    mov x6, x0
    tbz x0, #60, 3f                 // small values go further than large ones
    and x6, x6, #0xff
3:  tbz x0, #61, 4f
    and x6, x6, #0xf
4:  bl random
    and x1, x0, #15
    adr x2, accesses
    add x2, x2, x1, lsl #3
    blr x2
    subs x21, x21, #1
    b.ne next
    movz w0, #8                     // PSCI SYSTEM_OFF
    movk w0, #0x8400, lsl #16
    hvc #0
    b .

// xorshift64
random:
    eor x20, x20, x20, lsl #13
    eor x20, x20, x20, lsr #7
    eor x20, x20, x20, lsl #17
    mov x0, x20
    ret

    .macro access instruction:vararg
    \instruction
    ret
    .endm
accesses:
    access ldrb w7, [x5]
    access ldrh w7, [x5]
    access ldr w7, [x5]
    access ldr w7, [x5]
    access ldr x7, [x5]
    access ldr q7, [x5]
    access ldp w7, w8, [x5]
    access ldaxr w7, [x5]
    access strb w6, [x5]
    access strh w6, [x5]
    access str w6, [x5]
    access str w6, [x5]
    access str w6, [x5]
    access str w6, [x5]
    access str x6, [x5]
    access stp x6, x6, [x5]

    .balign 16
windows:                            // base, mask: the map of docs/reference/memory-map.md
    .quad 0x08000000, 0xffff        // GIC distributor
    .quad 0x10000000, 0xfffff       // GIC redistributors
    .quad 0x09000000, 0xfff         // PL011
    .quad 0x09010000, 0xfff         // PL031
    .quad 0x0a000000, 0x1ff         // the first device
    .quad 0x0a000200, 0x1ff         // the second
    .quad 0x0a000000, 0x1fff        // the devices and what follows them
    .quad 0x08000000, 0x0fffffff    // all of it, holes included

    .balign 2048
vectors:
    .rept 16
    .balign 128
    mrs x9, ELR_EL1
    add x9, x9, #4
    msr ELR_EL1, x9
    eret
    .endr
