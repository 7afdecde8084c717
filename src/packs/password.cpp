// Most values that stand behind "password" are no passwords: a scanner that reports them all is
// switched off within a week. What is dropped here was collected from the code and configuration
// of Debian's own packages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/password.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "packs/rarity.h"
#include "packs/words.h"

namespace keepmum {
namespace {

// The whole value, once signs are out.
constexpr std::string_view stand_ins[] = {
    "abc",          "abcd",        "abcde",     "abcdef",      "actual",     "any",     "anything",
    "auto",         "automatic",   "bar",       "baz",         "bool",       "boolean", "bytes",
    "change",       "changed",     "changeit",  "changeme",    "changethis", "char",    "confidential",
    "credential",   "credentials", "custom",    "default",     "defaults",   "demo",    "disabled",
    "dummy",        "empty",       "enabled",   "encrypted",   "enter",      "env",     "environ",
    "example",      "expired",     "fake",      "false",       "fixme",      "foo",     "foobar",
    "forgot",       "function",    "generated", "get",         "hash",       "hashed",  "here",
    "hidden",       "hide",        "incorrect", "input",       "insert",     "int",     "integer",
    "invalid",      "key",         "login",     "masked",      "missing",    "mock",    "mustchange",
    "mypass",       "mypassword",  "mysecret",  "mytoken",     "na",         "new",     "nil",
    "no",           "none",        "nopass",    "nopassword",  "null",       "nullptr", "object",
    "old",          "omitted",     "optional",  "pass",        "passphrase", "passwd",  "password",
    "passwordhere", "passwords",   "passwort",  "placeholder", "plain",      "private", "prompt",
    "protected",    "public",      "pwd",       "redacted",    "removed",    "replace", "replaceme",
    "required",     "reset",       "sample",    "secret",      "secrets",    "self",    "sensitive",
    "set",          "something",   "str",       "string",      "tbd",        "temp",    "test",
    "testing",      "text",        "todo",      "token",       "true",       "type",    "undefined",
    "unknown",      "unset",       "user",      "username",    "value",      "varchar", "void",
    "weak",         "whatever",    "wrong",     "xyz",         "yes",        "your",    "yourpass",
    "yourpassword", "yoursecret",  "yourtoken",
};

// Anywhere in it.
WordSet const& telling_parts() {
    static WordSet const words(
        {"changeme", "change-me",  "change_me", "change-this", "placeholder", "your-",     "your_",
         "yourpass", "yoursecret", "yourtoken", "yourkey",     "redacted",    "dummy-key", "insert-",
         "insert_",  "replace",    "xxxx",      "****",        "....",        "••••",      "●●●",
         "____",     "----",       "<password", "todo",        "fixme",       "请输入",    "请填写",
         "您的",     "你的",       "未设置",    "必填",        "已隐藏",      "示例",      "占位"});
    return words;
}

std::string letters_of(std::string_view value) {
    std::string letters;
    for (char c : value) {
        if (is_alnum(c)) letters += to_lower(c);
    }
    return letters;
}

bool has(std::string_view value, std::string_view part) { return value.find(part) != std::string_view::npos; }

struct Classes {
    std::size_t lower = 0, upper = 0, digit = 0, sign = 0, other = 0;
    int count() const { return (lower > 0) + (upper > 0) + (digit > 0) + (sign > 0); }
};

Classes classes_of(std::string_view value) {
    Classes classes;
    for (char c : value) {
        if (is_lower(c)) {
            ++classes.lower;
        } else if (is_upper(c)) {
            ++classes.upper;
        } else if (is_digit(c)) {
            ++classes.digit;
        } else {
            ++(static_cast<unsigned char>(c) < 0x80 ? classes.sign : classes.other);
        }
    }
    return classes;
}

// ${A}, $(a), {{ a }}, <a>, %A%, %(a)s, #{a}, @A@, [a]: filled in by something later.
bool is_template(std::string_view value) {
    // A long random value may hold any pair of signs by chance.
    bool const long_key = value.size() >= 32 && rarity(value) > 6;
    for (std::string_view part : {"${", "$(", "{{", "}}", "#{", "%(", "<%", "%>", "$[[", "@@", "%s", "%d"}) {
        if (!long_key && has(value, part)) return true;
    }
    auto const framed = [&](char open, char close) {
        return value.size() > 2 && value.front() == open && value.back() == close;
    };
    if (framed('<', '>') || framed('[', ']') || framed('{', '}') || framed('(', ')') || framed('%', '%') ||
        framed('@', '@') || framed('_', '_')) {
        return true;
    }
    if (value.front() != '$' && value.front() != '%') return false;
    return std::all_of(value.begin() + 1, value.end(),
                       [](char c) { return is_alpha(c) || is_digit(c) || c == '_'; }) &&
           (value.size() < 2 || !is_digit(value[1]) || value.size() < 4);
}

}  // namespace

bool is_placeholder(std::string_view value) {
    if (value.empty() || is_template(value)) return true;
    std::string const letters = letters_of(value);
    if (std::find(std::begin(stand_ins), std::end(stand_ins), letters) != std::end(stand_ins)) return true;
    if (telling_parts().any_in(value)) return true;
    bool const has_digit = std::any_of(value.begin(), value.end(), is_digit);
    if (!has_digit && has(letters, "example")) return true;
    bool const alike = std::all_of(value.begin(), value.end(), [&](char c) { return c == value[0]; });
    return alike || (letters.empty() && value.size() < 6);
}

bool is_expression(std::string_view value) {
    if (has(value, "://") || has(value, "()") || has(value, "->") || has(value, "::") || has(value, "=>"))
        return true;
    if (value.front() == '/' || value.starts_with("./") || value.starts_with("~/") ||
        value.starts_with("../"))
        return true;
    bool const number = value.starts_with("0x") && value.size() <= 18 &&
                        std::all_of(value.begin() + 2, value.end(), [](char c) {
                            return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f') ||
                                   to_lower(c) == 'l' || to_lower(c) == 'u';
                        });
    if (number) return true;
    if (value.starts_with("--") || value.front() == '&' || value.front() == '*' || value.front() == '\\')
        return true;
    std::size_t const bracket = value.find_first_of("([");
    if (bracket != std::string_view::npos && bracket > 0 &&
        (is_alnum(value[bracket - 1]) || value[bracket - 1] == '_'))
        return true;
    // a.b.c of words: a member, a host, a property
    std::size_t dots = 0, words = 0, digits = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        char const c = value[i];
        dots += c == '.';
        words += is_alpha(c) || c == '_' || c == '-';
        digits += is_digit(c);
    }
    return dots > 0 && dots + words + digits == value.size() && digits * 4 < value.size() &&
           !looks_random(value);
}

Validation judge_password(std::string_view value, Said said) {
    Validation const no{.keep = false};
    if (value.size() < 4 || value.size() > 200 || is_placeholder(value)) return no;
    Classes const classes = classes_of(value);
    if (classes.other > 0) return no;
    bool const random = looks_random(value);
    if ((!random || value.starts_with("0x")) && is_expression(value)) return no;
    bool const blank = has(value, " ");
    if (blank && !(random && value.size() >= 12)) return no;
    std::size_t const letters = classes.lower + classes.upper;
    // Numbers: a PIN in quotes or a sentence may be one, a bare number in code is a count.
    if (letters == 0) {
        if (said == Said::bare && value.size() < 6) return no;
        if (classes.digit == 0) return no;
        return {.certainty = said == Said::bare ? Certainty::hint : Certainty::likely,
                .reason = "digits alone"};
    }
    // Signs that only join words (pass_word, pass-word) do not count.
    std::size_t joining = 0;
    for (char c : value) joining += c == '_' || c == '-' || c == '.';
    bool const mixed = classes.digit > 0 || classes.sign > joining;
    if (random || (mixed && classes.count() >= 3 && value.size() >= 6)) {
        return {
            .certainty = Certainty::likely,
            .reason = random ? "no words: made up or made by a machine" : "mixes letters, digits or signs"};
    }
    if (mixed && said != Said::bare)
        return {.certainty = Certainty::likely, .reason = "mixes letters, digits or signs"};
    if (mixed)
        return {.certainty = classes.digit > 0 && joining == 0 ? Certainty::likely : Certainty::hint,
                .reason = "mixes letters and digits"};
    if (said != Said::quoted) return no;
    // Words alone, in quotes: names of fields and labels say what they are.
    static WordSet const labels({"pass",    "pwd",   "secret", "token", "key",   "auth",  "user",
                                 "name",    "field", "input",  "label", "type",  "hash",  "error",
                                 "message", "file",  "path",   "text",  "value", "login", "code"});
    if (labels.any_in(value) || joining > 0 || value.size() < 6) return no;
    return {.certainty = Certainty::hint, .reason = "a word in quotes"};
}

}  // namespace keepmum
