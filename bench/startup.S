// The smallest guest for bench/startup.sh: a byte to the PL011, then PSCI's SYSTEM_OFF. The head is that of the kernel's Image format.
        .arch armv8-a
start:  b       1f
        .word   0
        .quad   0, end - start, 0xA, 0, 0, 0    // text offset, size, flags: little-endian, 4 KiB pages, anywhere
        .ascii  "ARM\x64"
        .word   0
1:      mov     x1, #0x09000000                 // UARTDR
        mov     w0, #'!'
        str     w0, [x1]
        mov     w0, #0x0008                     // SYSTEM_OFF
        movk    w0, #0x8400, lsl #16
        hvc     #0
2:      b       2b
end:
