#!/usr/bin/env python3
"""The matte of a picture, by libscrim and nothing else but Python: raw I420 in, PGM out.

ffmpeg -i portrait.jpg -f rawvideo -pix_fmt yuv420p -s 640x480 - | matte.py 640 480 >matte.pgm
"""
import ctypes
import os
import sys


class Plane(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("stride", ctypes.c_ssize_t)]


class Image(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("y", Plane), ("u", Plane), ("v", Plane)]


scrim = ctypes.CDLL(os.environ.get("LIBSCRIM", "libscrim.so.0"))
scrim.scrim_create.restype = ctypes.c_void_p
scrim.scrim_create.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t]
scrim.scrim_destroy.argtypes = [ctypes.c_void_p]
scrim.scrim_matte.argtypes = [ctypes.c_void_p, ctypes.POINTER(Image), ctypes.POINTER(Plane), ctypes.c_int64]
scrim.scrim_error.restype = ctypes.c_char_p
scrim.scrim_error.argtypes = [ctypes.c_void_p]

width, height = int(sys.argv[1]), int(sys.argv[2])
half = (width + 1) // 2
luma, chroma = width * height, half * ((height + 1) // 2)
picture = bytearray(sys.stdin.buffer.read())
if len(picture) != luma + 2 * chroma:
    sys.exit(f"matte.py: {len(picture)} bytes, but an I420 picture of {width}x{height} has {luma + 2 * chroma}")

why = ctypes.create_string_buffer(512)
handle = scrim.scrim_create(width, height, why, len(why))
if not handle:
    sys.exit("matte.py: " + why.value.decode())
begin = ctypes.addressof(ctypes.c_char.from_buffer(picture))
image = Image(width, height, Plane(begin, width), Plane(begin + luma, half), Plane(begin + luma + chroma, half))
matte = ctypes.create_string_buffer(luma)
if scrim.scrim_matte(handle, image, Plane(ctypes.addressof(matte), width), 0):
    sys.exit("matte.py: " + scrim.scrim_error(handle).decode())
scrim.scrim_destroy(handle)
sys.stdout.buffer.write(b"P5 %d %d 255\n" % (width, height) + matte.raw)
