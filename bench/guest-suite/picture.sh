#!/usr/bin/env bash
# Draws the ratios as an SVG bar chart: "ROW OURS QEMU RATIO" lines on the input, the picture on the output. A bar begins at QEMU's time and
# goes left where we are faster, right where we are slower; the scale is logarithmic, from an eighth to eight times.
exec awk '
function at(ratio) { return 480 + 100 * log(ratio < 1 / 8 ? 1 / 8 : ratio > 8 ? 8 : ratio) / log(2) }
{ row[NR] = $1; ours[NR] = $2; theirs[NR] = $3; ratio[NR] = $4; logs += log($4) }
END {
    height = 78 + 20 * NR
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"980\" height=\"%d\" viewBox=\"0 0 980 %d\" role=\"img\" aria-label=\"Times of programs inside the guest, as a ratio to QEMU: the geometric mean is %.2f\">\n", height, height, exp(logs / NR)
    printf "<rect width=\"980\" height=\"%d\" rx=\"8\" fill=\"#16181d\"/>\n", height
    print "<g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,\x27DejaVu Sans Mono\x27,monospace\" font-size=\"12\" fill=\"#c9ced8\">"
    printf "<text x=\"20\" y=\"26\" fill=\"#ffffff\">time in the guest, ratio to QEMU (left is faster); geometric mean %.2f</text>\n", exp(logs / NR)
    for (k = -3; k <= 3; k++) {
        x = at(2 ^ k)
        printf "<line x1=\"%d\" y1=\"56\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/><text x=\"%d\" y=\"48\" text-anchor=\"middle\" fill=\"#8f97a6\">%s</text>\n", x, x, height - 14, k ? "#2b2f38" : "#8f97a6", x, k < 0 ? "1/" 2 ^ -k : 2 ^ k
    }
    for (i = 1; i <= NR; i++) {
        x = at(ratio[i]); left = x < 480 ? x : 480; y = 60 + 20 * (i - 1)
        printf "<text x=\"20\" y=\"%d\">%s</text><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\" fill=\"%s\"/>", y + 11, row[i], left, y, (x < 480 ? 480 - x : x - 480) + 1, (ratio[i] > 1 ? "#e0645c" : "#62b45f")
        printf "<text x=\"800\" y=\"%d\" fill=\"#8f97a6\"><tspan fill=\"#c9ced8\">%.2f</tspan>  %.0f / %.0f ms</text>\n", y + 11, ratio[i], ours[i], theirs[i]
    }
    print "</g>\n</svg>"
}'
