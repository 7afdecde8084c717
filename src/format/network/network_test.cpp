// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/network/network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "format/network/arithmetic.h"
#include "format/network/made_network_test.h"

namespace keepmum {
namespace {

using Values = std::vector<float>;

Tensor tensor(Shape shape, Values const& values) {
    Tensor out = Tensor::of(std::move(shape));
    std::copy(values.begin(), values.end(), out.values.get());
    return out;
}

Values random_values(std::size_t count, std::uint32_t seed) {
    std::mt19937 draw(seed);
    Values out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<float>(draw() % 2001) / 1000 - 1);
    return out;
}

struct Ran {
    Shape shape;
    Values values;
    std::string error;
};

Ran run(MadeNetwork const& made, Tensor input) {
    Result<NeuralNetwork> const network = NeuralNetwork::read(made.file());
    if (!network) return {{}, {}, network.error().what};
    Result<Tensor> const out = network->run(std::move(input));
    if (!out) return {{}, {}, out.error().what};
    return {out->shape, {out->values.get(), out->values.get() + out->count()}, ""};
}

void expect_near(Values const& one, Values const& other, float slack = 1e-4F) {
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) ASSERT_NEAR(one[i], other[i], slack) << i;
}

// What a convolution is, number by number.
Values plain_convolution(Values const& input, std::size_t channels, std::size_t height, std::size_t width,
                         Values const& weights, std::size_t outs, std::size_t kernel, std::size_t step_y,
                         std::size_t step_x, std::size_t pad, bool each, Shape& shape) {
    std::size_t const rows = (height + 2 * pad - kernel) / step_y + 1,
                      columns = (width + 2 * pad - kernel) / step_x + 1, deep = each ? 1 : channels;
    shape = {1, static_cast<std::int64_t>(outs), static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)};
    Values out;
    for (std::size_t o = 0; o < outs; ++o) {
        for (std::size_t y = 0; y < rows; ++y) {
            for (std::size_t x = 0; x < columns; ++x) {
                float sum = 0;
                for (std::size_t i = 0; i < deep * kernel * kernel; ++i) {
                    std::size_t const c = i / kernel / kernel, ky = i / kernel % kernel, kx = i % kernel;
                    std::size_t const row = y * step_y + ky, column = x * step_x + kx;
                    if (row < pad || column < pad || row >= height + pad || column >= width + pad) continue;
                    sum += weights[o * deep * kernel * kernel + i] *
                           input[((each ? o : c) * height + row - pad) * width + column - pad];
                }
                out.push_back(sum);
            }
        }
    }
    return out;
}

TEST(Network, Convolves) {
    struct Case {
        std::size_t channels, outs, kernel, step_y, step_x, pad;
        bool each;
    };
    for (Case const& one : {Case{3, 5, 3, 1, 1, 1, false},
                            {3, 16, 3, 2, 2, 1, false},
                            {7, 9, 1, 1, 1, 0, false},
                            {6, 6, 5, 1, 1, 2, true},
                            {6, 6, 3, 2, 2, 1, true},
                            {6, 6, 5, 2, 1, 2, true},
                            {4, 4, 3, 1, 2, 1, true},
                            {4, 3, 1, 2, 2, 0, false}}) {
        for (auto const& [height, width] : {std::pair<std::size_t, std::size_t>{13, 47}, {8, 32}, {5, 5}, {6, 101}}) {
            std::size_t const weights = one.outs * (one.each ? 1 : one.channels) * one.kernel * one.kernel;
            Values const input = random_values(one.channels * height * width, 1), kernel = random_values(weights, 2);
            MadeNetwork made;
            auto const whole = [](std::size_t value) { return static_cast<std::int64_t>(value); };
            made.constant("w",
                          {whole(one.outs), one.each ? 1 : whole(one.channels), whole(one.kernel), whole(one.kernel)},
                          kernel);
            made.node("Conv", {"x", "w"}, "y",
                      MadeNetwork::wholes("strides", {whole(one.step_y), whole(one.step_x)}) +
                          MadeNetwork::wholes("pads", std::vector<std::int64_t>(4, whole(one.pad))) +
                          MadeNetwork::whole("group", one.each ? whole(one.channels) : 1));
            Shape shape;
            Values const wanted = plain_convolution(input, one.channels, height, width, kernel, one.outs, one.kernel,
                                                    one.step_y, one.step_x, one.pad, one.each, shape);
            Ran const ran = run(made, tensor({1, whole(one.channels), whole(height), whole(width)}, input));
            EXPECT_EQ(ran.error, "");
            ASSERT_EQ(ran.shape, shape);
            expect_near(ran.values, wanted);
        }
    }
}

// The same reckoned in one go with the sums and, through a second use of each result, one after the other.
TEST(Network, WhatIsFoldedIsTheSame) {
    Values const input = random_values(2 * 6 * 9, 3), weights = random_values(2 * 3, 4);
    auto const build = [&](bool apart) {
        MadeNetwork made;
        made.constant("w", {3, 2, 1, 1}, weights)
            .constant("scale", {3}, {1.5F, -2, 0.5F})
            .constant("shift", {3}, {0.1F, 0.2F, 0.3F});
        made.constant("mean", {3}, {0.3F, -0.3F, 0}).constant("variance", {3}, {1, 4, 0.25F});
        made.constant("a", {1}, {1.25F})
            .constant("b", {1}, {-0.5F})
            .constant("three", {}, {3})
            .constant("zero", {}, {0})
            .constant("six", {}, {6});
        made.node("Conv", {"x", "w"}, "c");
        made.node("BatchNormalization", {"c", "scale", "shift", "mean", "variance"}, "n")
            .node("Mul", {"a", "n"}, "m")
            .node("Add", {"m", "b"}, "s");
        made.node("Add", {"s", "three"}, "p")
            .node("Clip", {"p", "zero", "six"}, "q")
            .node("Mul", {"s", "q"}, "r")
            .node("Div", {"r", "six"}, "h");
        made.node("Mul", {"h", "a"}, "i").node("Sigmoid", {"i"}, "g").node("Mul", {"i", "g"}, "k");
        made.node("HardSigmoid", {"k"}, "l");
        if (apart) made.node("Sub", {"s", "s"}, "nothing").node("Add", {"l", "nothing"}, "y");
        else made.node("Relu", {"l"}, "y");
        return made;
    };
    Ran const folded = run(build(false), tensor({1, 2, 6, 9}, input)),
              apart = run(build(true), tensor({1, 2, 6, 9}, input));
    EXPECT_EQ(folded.error + apart.error, "");
    expect_near(folded.values, apart.values, 1e-5F);
    // One number by hand.
    float x = 0;
    for (std::size_t c = 0; c < 2; ++c) x += weights[c] * input[c * 54];
    x = ((x - 0.3F) / std::sqrt(1 + 1e-5F) * 1.5F + 0.1F) * 1.25F - 0.5F;
    x = x * std::min(6.0F, std::max(0.0F, x + 3)) / 6 * 1.25F;
    x = x / (1 + std::exp(-x));
    EXPECT_NEAR(folded.values[0], std::min(1.0F, std::max(0.0F, x * 0.2F + 0.5F)), 1e-5F);
}

TEST(Network, Multiplies) {
    Values const left = random_values(5 * 37, 5), right = random_values(37 * 70, 6);
    Values wanted;
    for (std::size_t i = 0; i < 5; ++i) {
        for (std::size_t k = 0; k < 70; ++k) {
            float sum = 0;
            for (std::size_t j = 0; j < 37; ++j) sum += left[i * 37 + j] * right[j * 70 + k];
            wanted.push_back(sum);
        }
    }
    MadeNetwork constant, of_two;
    constant.constant("w", {37, 70}, right).node("MatMul", {"x", "w"}, "y");
    Ran const first = run(constant, tensor({1, 5, 37}, left));
    EXPECT_EQ(first.shape, (Shape{1, 5, 70}));
    expect_near(first.values, wanted);
    of_two.constant("order", std::vector<std::int64_t>{0})
        .node("Transpose", {"x"}, "t", MadeNetwork::wholes("perm", {0, 2, 1}))
        .node("MatMul", {"x", "t"}, "y");
    Ran const second = run(of_two, tensor({1, 5, 37}, left));
    EXPECT_EQ(second.shape, (Shape{1, 5, 5}));
    float square = 0;
    for (std::size_t j = 0; j < 37; ++j) square += left[j] * left[j];
    EXPECT_NEAR(second.values[0], square, 1e-4F);
}

TEST(Network, MovesNumbers) {
    MadeNetwork made;
    made.constant("none", {0}, {})
        .constant("scales", {4}, {1, 1, 2, 3})
        .constant("shape", std::vector<std::int64_t>{0, -1, 6});
    made.node("Resize", {"x", "none", "scales"}, "large", MadeNetwork::text("mode", "nearest"))
        .node("Reshape", {"large", "shape"}, "flat");
    made.node("Concat", {"flat", "flat"}, "twice", MadeNetwork::whole("axis", 1))
        .node("Softmax", {"twice"}, "y", MadeNetwork::whole("axis", 2));
    Ran const ran = run(made, tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
    EXPECT_EQ(ran.error, "");
    EXPECT_EQ(ran.shape, (Shape{1, 8, 6}));
    float const e = std::exp(1.0F), low = 1 / (3 + 3 * e), high = e / (3 + 3 * e);
    for (std::size_t i = 0; i < 48; ++i) EXPECT_NEAR(ran.values[i], i % 6 < 3 ? low : high, 1e-6F) << i;
}

TEST(Network, UpsamplesBySums) {
    Values const weights = random_values(2 * 3 * 2 * 2, 7), input = random_values(2 * 3 * 5, 8);
    MadeNetwork made;
    made.constant("w", {2, 3, 2, 2}, weights)
        .node("ConvTranspose", {"x", "w"}, "y", MadeNetwork::wholes("strides", {2, 2}));
    Ran const ran = run(made, tensor({1, 2, 3, 5}, input));
    ASSERT_EQ(ran.shape, (Shape{1, 3, 6, 10}));
    for (std::size_t i = 0; i < 180; ++i) {
        std::size_t const channel = i / 60, y = i / 10 % 6, x = i % 10;
        float sum = 0;
        for (std::size_t c = 0; c < 2; ++c)
            sum += input[c * 15 + y / 2 * 5 + x / 2] * weights[((c * 3 + channel) * 2 + y % 2) * 2 + x % 2];
        ASSERT_NEAR(ran.values[i], sum, 1e-5F) << i;
    }
}

TEST(Network, WhatDoesNotFitIsSaid) {
    MadeNetwork made;
    made.constant("w", {4, 3, 3, 3}, random_values(108, 9)).node("Conv", {"x", "w"}, "y");
    EXPECT_NE(run(made, tensor({1, 2, 9, 9}, random_values(162, 1))).error, "");
    EXPECT_NE(run(made, tensor({1, 3, 2, 2}, random_values(12, 1))).error, "");
    EXPECT_NE(run(made, tensor({3, 9}, random_values(27, 1))).error, "");
    EXPECT_EQ(run(made, tensor({1, 3, 9, 9}, random_values(243, 1))).error, "");
    MadeNetwork strange;
    strange.node("Einsum", {"x"}, "y");
    EXPECT_EQ(run(strange, tensor({1}, {1})).error, "operation Einsum: it is not known here");
    EXPECT_NE(run(MadeNetwork().node("Relu", {"z"}, "y"), tensor({1}, {1})).error, "");
}

TEST(Network, DamageIsSaid) {
    MadeNetwork made;
    made.constant("w", {4, 3, 3, 3}, random_values(108, 9)).constant("s", std::vector<std::int64_t>{1, -1});
    made.node("Conv", {"x", "w"}, "c").node("Relu", {"c"}, "r").node("Reshape", {"r", "s"}, "y");
    std::string const file = made.file();
    Result<NeuralNetwork> const whole = NeuralNetwork::read(file);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->property("character"), "a\nb");
    EXPECT_EQ(whole->property("other"), "");
    std::size_t refused = 0;
    for (std::size_t size = 0; size < file.size(); ++size)
        refused += !NeuralNetwork::read(std::string_view(file).substr(0, size));
    EXPECT_GE(refused, file.size() - 20);  // without its last property it is still a network
    std::mt19937 draw(1);
    Tensor const input = tensor({1, 3, 9, 9}, random_values(243, 1));
    for (int i = 0; i < 3000; ++i) {
        std::string damaged = file;
        for (int k = 0; k < 3; ++k) damaged[draw() % damaged.size()] = static_cast<char>(draw());
        if (Result<NeuralNetwork> const network = NeuralNetwork::read(damaged)) (void)network->run(input);
    }
}

// Weights that are constant with a bias that is not are no reason to trust either.
TEST(Network, ABiasThatIsNotConstantIsRefused) {
    for (std::string_view operation : {"Gemm", "Conv"}) {
        bool const product = operation == "Gemm";
        MadeNetwork made;
        made.constant("w", product ? Shape{3, 7} : Shape{7, 3, 1, 1}, random_values(21, 2)).node("Relu", {"x"}, "b");
        made.node(operation, {"x", "w", "b"}, "y");
        Result<NeuralNetwork> const network = NeuralNetwork::read(made.file());
        EXPECT_FALSE(network && network->run(tensor(product ? Shape{1, 3} : Shape{1, 3, 1, 1}, {1, 2, 3}))) << operation;
    }
}

TEST(Network, OperationsInARingAreNoLoop) {
    for (std::string_view operation : {"Relu", "Sigmoid", "HardSwish"}) {
        MadeNetwork made;
        made.constant("w", {7, 3, 1, 1}, random_values(21, 2)).node("Conv", {"x", "w"}, "c").node(operation, {"c"}, "c");
        made.node("Relu", {"c"}, "y");
        Result<NeuralNetwork> const network = NeuralNetwork::read(made.file());
        ASSERT_TRUE(network) << operation;
        Result<Tensor> const out = network->run(tensor({1, 3, 1, 1}, {1, 2, 3}));
        ASSERT_TRUE(out) << operation;
        EXPECT_EQ(out->shape, (Shape{1, 7, 1, 1})) << operation;
    }
}

// As classifiers end: an average of each channel, laid out, times weights, plus a bias.
TEST(Network, ProductsWithABiasAreMatrices) {
    Values const input = random_values(3 * 4 * 5, 21), weights = random_values(3 * 7, 22), bias = random_values(7, 23);
    Values wanted(7);
    for (std::size_t i = 0; i < 7; ++i) {
        double sum = bias[i];
        for (std::size_t channel = 0; channel < 3; ++channel) {
            double average = 0;
            for (std::size_t k = 0; k < 20; ++k) average += std::clamp(input[channel * 20 + k], -0.25F, 0.5F) / 20;
            sum += average * weights[i * 3 + channel];
        }
        wanted[i] = static_cast<float>(sum);
    }
    Values turned(21);
    for (std::size_t i = 0; i < 21; ++i) turned[i % 3 * 7 + i / 3] = weights[i];
    for (bool const transposed : {true, false}) {
        MadeNetwork made;
        made.constant("w", transposed ? Shape{7, 3} : Shape{3, 7}, transposed ? weights : turned).constant("b", {7}, bias);
        made.constant("one", {3, 1, 1, 1}, {1, 1, 1});
        made.node("Conv", {"x", "one"}, "c", MadeNetwork::whole("group", 3));
        made.node("Clip", {"c"}, "k", MadeNetwork::number("min", -0.25F) + MadeNetwork::number("max", 0.5F));
        made.node("GlobalAveragePool", {"k"}, "p").node("Flatten", {"p"}, "f", MadeNetwork::whole("axis", 1));
        made.node("Gemm", {"f", "w", "b"}, "y", MadeNetwork::whole("transB", transposed));
        Result<NeuralNetwork> const network = NeuralNetwork::read(made.file());
        ASSERT_TRUE(network) << network.error().what;
        Result<Tensor> const out = network->run(tensor({1, 3, 4, 5}, input));
        ASSERT_TRUE(out);
        ASSERT_EQ(out->shape, (Shape{1, 7}));
        for (std::size_t i = 0; i < 7; ++i) EXPECT_NEAR(out->values[i], wanted[i], 1e-5) << i;
    }
    for (std::string const& other : {MadeNetwork::number("alpha", 0.5F), MadeNetwork::whole("transA", 1)}) {
        MadeNetwork made;
        made.constant("w", {3, 7}, turned).constant("b", {7}, bias).node("Gemm", {"x", "w", "b"}, "y", other);
        Result<NeuralNetwork> const network = NeuralNetwork::read(made.file());
        EXPECT_FALSE(network && network->run(tensor({1, 3}, {1, 2, 3})));
    }
}

TEST(Network, ExponentialsAreRight) {
    Values values, out(41);
    for (int i = -20; i <= 20; ++i) values.push_back(static_cast<float>(i) * 0.7F);
    float const sum = arithmetic().exponentials(values.data(), 0, out.data(), values.size());
    double wanted = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        wanted += std::exp(static_cast<double>(values[i]));
        EXPECT_NEAR(out[i] / std::exp(values[i]), 1, 1e-6);
    }
    EXPECT_NEAR(sum / wanted, 1, 1e-6);
}

}  // namespace
}  // namespace keepmum
