namespace Supermachine.Engine.Software;

/// <content>Cryptographic instructions (ARM ARM C4.1): FEAT_AES, FEAT_SHA1, FEAT_SHA256. Bit 30 is always set: they are of 128 bits.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddCryptoRows(List<Row> rows) => rows.AddRange(
    [
        new("AESE", "0100111000101000010010nnnnnddddd", &VectorBinder.BitString<AesOps.Encrypt>, AdvSimd, emit: &BlockTranslator.AesRoundKey),
        new("AESD", "0100111000101000010110nnnnnddddd", &VectorBinder.BitString<AesOps.Decrypt>, AdvSimd, emit: &BlockTranslator.AesRoundKey),
        new("AESMC", "0100111000101000011010nnnnnddddd", &VectorBinder.BitString<AesOps.MixColumns>, AdvSimd, emit: &BlockTranslator.AesMixColumns),
        new("AESIMC", "0100111000101000011110nnnnnddddd", &VectorBinder.BitString<AesOps.InverseMixColumns>, AdvSimd, emit: &BlockTranslator.AesInverseMixColumns),

        new("SHA1C", "01011110000mmmmm000000nnnnnddddd", &Sha1.BindRounds<Sha1Choose>, AdvSimd, emit: &BlockTranslator.Sha1Hash),
        new("SHA1P", "01011110000mmmmm000100nnnnnddddd", &Sha1.BindRounds<Sha1Parity>, AdvSimd, emit: &BlockTranslator.Sha1Hash),
        new("SHA1M", "01011110000mmmmm001000nnnnnddddd", &Sha1.BindRounds<Sha1Majority>, AdvSimd, emit: &BlockTranslator.Sha1Hash),
        new("SHA1SU0", "01011110000mmmmm001100nnnnnddddd", &VectorBinder.BitString<Sha1.Schedule0>, AdvSimd, emit: &BlockTranslator.Sha1Schedule0),
        new("SHA256H", "01011110000mmmmm010000nnnnnddddd", &Sha256.BindHash, AdvSimd, emit: &BlockTranslator.Sha256Hash),
        new("SHA256H2", "01011110000mmmmm010100nnnnnddddd", &Sha256.BindHash, AdvSimd, emit: &BlockTranslator.Sha256Hash),
        new("SHA256SU1", "01011110000mmmmm011000nnnnnddddd", &VectorBinder.BitString<Sha256.Schedule1>, AdvSimd, emit: &BlockTranslator.Sha256Schedule1),
        new("SHA1H", "0101111000101000000010nnnnnddddd", &VectorBinder.BitString<Sha1.Rotate>, AdvSimd, emit: &BlockTranslator.Sha1Rotate),
        new("SHA1SU1", "0101111000101000000110nnnnnddddd", &VectorBinder.BitString<Sha1.Schedule1>, AdvSimd, emit: &BlockTranslator.Sha1Schedule1),
        new("SHA256SU0", "0101111000101000001010nnnnnddddd", &VectorBinder.BitString<Sha256.Schedule0>, AdvSimd, emit: &BlockTranslator.Sha256Schedule0),
    ]);
}
