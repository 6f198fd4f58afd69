using System.Buffers.Binary;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>Guests of a few instructions: raw images, so that no kernel is needed. Assembled by GNU as from what stands beside.</summary>
internal static class TinyGuest
{
    /// <summary>Powers off.</summary>
    public static byte[] PowerOff => Words(
        0x52800100,     // mov w0, #0x0008
        0x72b08000,     // movk w0, #0x8400, lsl #16    PSCI SYSTEM_OFF
        0xd4000002,     // hvc #0
        0x14000000);    // b .

    /// <summary>Sends back what comes in until a Ctrl-D, then powers off.</summary>
    public static byte[] Echo =>
    [
        .. Words(
            0xd2a12001,     //    movz x1, #0x0900, lsl #16     PL011
            0xb9401822,     // 1: ldr w2, [x1, #0x18]           UARTFR
            0x3727ffe2,     //    tbnz w2, #4, 1b               RXFE
            0xb9400023,     //    ldr w3, [x1]                  UARTDR
            0x12001c63,     //    and w3, w3, #0xff
            0x7100107f,     //    cmp w3, #4
            0x540000a0,     //    b.eq 3f
            0xb9401822,     // 2: ldr w2, [x1, #0x18]
            0x372fffe2,     //    tbnz w2, #5, 2b               TXFF
            0xb9000023,     //    str w3, [x1]
            0x17fffff7),    //    b 1b
        .. PowerOff,        // 3:
    ];

    /// <summary>Prints a text, then asks for a reset.</summary>
    public static byte[] SayAndReset(string text) =>
    [
        .. Words(
            0xd2a12001,     //    movz x1, #0x0900, lsl #16     PL011
            0x10000184,     //    adr x4, text
            0x38401483,     // 1: ldrb w3, [x4], #1
            0x340000a3,     //    cbz w3, 3f
            0xb9401822,     // 2: ldr w2, [x1, #0x18]           UARTFR
            0x372fffe2,     //    tbnz w2, #5, 2b               TXFF
            0xb9000023,     //    str w3, [x1]
            0x17fffffb,     //    b 1b
            0x14000001,     // 3: b 4f
            0x52800120,     // 4: mov w0, #0x0009
            0x72b08000,     //    movk w0, #0x8400, lsl #16     PSCI SYSTEM_RESET
            0xd4000002,     //    hvc #0
            0x14000000),    //    b .
        .. System.Text.Encoding.ASCII.GetBytes(text + '\0'),
    ];

    /// <summary>Prints a text, then runs in a circle.</summary>
    public static byte[] SayAndHang(string text) =>
    [
        .. Words(
            0xd2a12001,     //    movz x1, #0x0900, lsl #16     PL011
            0x10000104,     //    adr x4, text
            0x38401483,     // 1: ldrb w3, [x4], #1
            0x340000a3,     //    cbz w3, 3f
            0xb9401822,     // 2: ldr w2, [x1, #0x18]           UARTFR
            0x372fffe2,     //    tbnz w2, #5, 2b               TXFF
            0xb9000023,     //    str w3, [x1]
            0x17fffffb,     //    b 1b
            0x14000000),    // 3: b .
        .. System.Text.Encoding.ASCII.GetBytes(text + '\0'),
    ];

    private static byte[] Words(params uint[] words)
    {
        byte[] bytes = new byte[words.Length * sizeof(uint)];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), words[i]);
        return bytes;
    }
}
