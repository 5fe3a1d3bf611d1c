"""The pictures of a y4m file at standard input, without what stands between them."""
import sys

data = sys.stdin.buffer.read()
header, _, rest = data.partition(b"\n")
fields = dict((word[:1], word[1:]) for word in header.split()[1:])
width, height = int(fields[b"W"]), int(fields[b"H"])
size = width * height + 2 * ((width + 1) // 2) * ((height + 1) // 2)
while rest:
    line, _, rest = rest.partition(b"\n")
    sys.stdout.buffer.write(rest[:size])
    rest = rest[size:]
