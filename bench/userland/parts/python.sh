# Objects, text, JSON, deflate, SHA-256, and the C library's mathematics in doubles.
python3 - << 'END'
import hashlib, json, math, zlib
rows = json.dumps([[i, i * i, math.sin(i), str(i) * 3] for i in range(20000)]).encode()
print("result python", hashlib.sha256(rows).hexdigest(), zlib.crc32(rows), len(zlib.compress(rows)))
print("result python-float", repr(sum(math.sqrt(i) * math.exp(-i / 1e4) * math.atan(i) for i in range(200000))))
words = {}
for i in range(300000):
    words[f"w{i * 7919 % 10007}"] = words.get(f"w{i * 7919 % 10007}", 0) + i
print("result python-dict", len(words), sum(words.values()))
END
