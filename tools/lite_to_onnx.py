#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the weights of EfficientNet-Lite0, as a torch file of before 2020-07 holds them, into ONNX that format/network reads (and OpenCV 4.6 too).

usage: python3 tools/lite_to_onnx.py WEIGHTS.pth NETWORK.onnx    (tools/fetch_models calls it)

Nothing but Python's own library: torch files of that time are three small pickles (which may name nothing but the classes listed
below), then the numbers. Batch norms are folded into the convolutions before them, sizes are fixed, and the few operators are
those of opset 9. The same weights give the same bytes on every machine.
"""
import array
import collections
import io
import math
import pickle
import struct
import sys

EPSILON = 1e-3
STAGES = [(1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1)]  # how often, stride of the first
SIDE, DEPTH = 224, 1.0  # pixels; how often each stage stands compared with above: Lite0


class Weights(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.order = []

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, size, stride, *_: (storage, offset, tuple(size), tuple(stride))
        if module == "torch" and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"{module}.{name}")

    def persistent_load(self, saved):
        return (saved[1], saved[2])


class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name}")


def in_order(values, shape, stride):
    """Row by row, whatever order they were kept in (kernels: that of TensorFlow)."""
    at = [0]
    for side, step in zip(shape, stride):
        at = [start + index * step for start in at for index in range(side)]
    return array.array("f", [values[index] for index in at])


def read_weights(content):
    """{name: (shape, array of floats)}"""
    with io.BytesIO(content) as file:
        for _ in range(3):
            Plain(file).load()  # magic, version, sizes of C's types
        tensors = Weights(file).load()
        keys = Plain(file).load()
        stored = {}
        for key in keys:
            count, = struct.unpack("<q", file.read(8))
            stored[key] = (file.tell(), count)
            kind = next(storage[0] for storage, *_ in tensors.values() if storage[1] == key)
            file.seek(count * {"FloatStorage": 4, "LongStorage": 8}[kind], 1)
        result = {}
        for name, ((kind, key), offset, shape, stride) in tensors.items():
            if kind != "FloatStorage":
                continue
            count = math.prod(shape)
            file.seek(stored[key][0] + 4 * offset)
            values = array.array("f")
            values.frombytes(file.read(4 * count))
            if sys.byteorder == "big":
                values.byteswap()
            result[name] = (shape, in_order(values, shape, stride))
    return result


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, content):
    if isinstance(content, str):
        content = content.encode()
    return varint(field << 3 | 2) + varint(len(content)) + content


def ints(name, values):
    return block(5, block(1, name) + b"".join(number(8, value) for value in values) + number(20, 7))


def one_int(name, value):
    return block(5, block(1, name) + number(3, value) + number(20, 2))


def one_float(name, value):
    return block(5, block(1, name) + varint(2 << 3 | 5) + struct.pack("<f", value) + number(20, 1))


def tensor(name, shape, values):
    return block(5, b"".join(number(1, side) for side in shape) + number(2, 1) + block(8, name) + block(9, values.tobytes()))


def value_info(field, name, shape):
    sides = b"".join(block(1, number(1, side)) for side in shape)
    return block(field, block(1, name) + block(2, block(1, number(1, 1) + block(2, sides))))


class Graph:
    def __init__(self, weights, side):
        self.weights, self.side, self.nodes, self.values, self.count = weights, side, [], [], 0
        self.at = "picture"

    def add(self, kind, inputs, attributes=b""):
        self.count += 1
        output = f"x{self.count}"
        names = b"".join(block(1, name) for name in inputs)
        self.nodes.append(block(1, names + block(2, output) + block(3, output) + block(4, kind) + attributes))
        self.at = output
        return output

    def hold(self, name, shape, values):
        self.values.append(tensor(name, shape, values))
        return name

    def convolve(self, name, norm, stride=1, cap=True):
        """A convolution with the norm behind it, padded as TensorFlow does."""
        shape, kernel = self.weights[name + ".weight"]
        scale, shift, mean, variance = (self.weights[f"{norm}.{part}"][1]
                                        for part in ("weight", "bias", "running_mean", "running_var"))
        each = math.prod(shape[1:])
        folded, bias = array.array("f"), array.array("f")
        for output in range(shape[0]):
            factor = scale[output] / math.sqrt(variance[output] + EPSILON)
            folded.extend([value * factor for value in kernel[output * each:(output + 1) * each]])
            bias.append(shift[output] - mean[output] * factor)
        size = shape[2]
        after = -(-self.side // stride)
        pad = max((after - 1) * stride + size - self.side, 0)
        self.side = after
        group = shape[0] if shape[1] == 1 else 1
        self.add("Conv", [self.at, self.hold(name + ".w", shape, folded), self.hold(name + ".b", (shape[0],), bias)],
                 ints("kernel_shape", [size, size]) + ints("strides", [stride, stride]) + ints("dilations", [1, 1])
                 + one_int("group", group) + ints("pads", [pad // 2, pad // 2, pad - pad // 2, pad - pad // 2]))
        if cap:
            self.add("Clip", [self.at], one_float("min", 0.0) + one_float("max", 6.0))
        return shape[0]


def build(weights, side, depth):
    graph = Graph(weights, side)
    channels = graph.convolve("_conv_stem", "_bn0", 2)
    index = 0
    for stage, (repeats, first_stride) in enumerate(STAGES):
        if 0 < stage < len(STAGES) - 1:
            repeats = math.ceil(repeats * depth)
        for repeat in range(repeats):
            prefix, before, stride = f"_blocks.{index}.", graph.at, first_stride if repeat == 0 else 1
            if prefix + "_expand_conv.weight" in weights:
                graph.convolve(prefix + "_expand_conv", prefix + "_bn0")
            graph.convolve(prefix + "_depthwise_conv", prefix + "_bn1", stride)
            after = graph.convolve(prefix + "_project_conv", prefix + "_bn2", cap=False)
            if stride == 1 and after == channels:
                graph.add("Add", [graph.at, before])
            channels, index = after, index + 1
    if f"_blocks.{index}._project_conv.weight" in weights:
        raise SystemExit("more blocks than this shape has")
    graph.convolve("_conv_head", "_bn1")
    graph.add("GlobalAveragePool", [graph.at])
    graph.add("Flatten", [graph.at], one_int("axis", 1))
    for part, shape in (("weight", 2), ("bias", 1)):
        if len(weights["_fc." + part][0]) != shape:
            raise SystemExit("the last layer is another")
    graph.add("Gemm", [graph.at, graph.hold("fc.w", *weights["_fc.weight"]), graph.hold("fc.b", *weights["_fc.bias"])],
              one_int("transB", 1))
    whole = b"".join(graph.nodes) + block(2, "objects") + b"".join(graph.values)
    whole += value_info(11, "picture", (1, 3, side, side)) + value_info(12, graph.at, (1, weights["_fc.bias"][0][0]))
    return number(1, 4) + block(2, "keepmum") + block(7, whole) + block(8, number(2, 9))


def convert(content):
    """The bytes of efficientnet-lite0-57934424.pth as those of objects.onnx."""
    return build(read_weights(content), SIDE, DEPTH)


if __name__ == "__main__":
    source, target = sys.argv[1:]
    with open(source, "rb") as weights, open(target, "wb") as network:
        network.write(convert(weights.read()))
