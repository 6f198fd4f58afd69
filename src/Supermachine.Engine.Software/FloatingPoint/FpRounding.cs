namespace Supermachine.Engine.Software.FloatingPoint;

/// <summary>FPRounding: the first four are the encodings of FPCR.RMode.</summary>
internal enum FpRounding
{
    TieEven = 0,
    PosInf = 1,
    NegInf = 2,
    Zero = 3,
    TieAway = 4,
    Odd = 5,
}
