// Conversations as people copy them out of a window, and the text forms of WeChat and QQ.
//
//   Name 2026-03-01 17:01:00          a head alone on its line, the text below      (WeChat, QQ the other way round)
//   Vincent, [31.10.2024 15:50]       likewise                                      (Telegram's window)
//   Vincent Wu  10:02 AM              likewise, without a date                      (LinkedIn's, Teams', Slack's window)
//   17:01<tab>Name<tab>text            below a line with the day                    (LINE)
//   Name: text      10:02 Name: text      [31/10 10:02] Name: text                  a head before the text
//   text                              nobody named: one message a paragraph
//
// None of these has a grammar. A file is taken for the form that most of its lines fit, and what does not fit goes on with the message
// before, so that no word is lost whatever was guessed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

constexpr std::size_t longest_head = 120, longest_name = 60;

struct Head {
    std::string_view name, id;
    ChatStamp stamp;
    bool dated = false;   // with a date, which makes it sure
    bool tabbed = false;  // parted by tabs, likewise
};

// The id behind a name, as QQ and WeChat put it: "Name(12345)", "Name<a@b>".
void part_id(Head& head) {
    for (auto const& [open, close] : {std::pair{'(', ')'}, std::pair{'<', '>'}}) {
        if (!head.name.ends_with(close)) continue;
        std::size_t const at = head.name.rfind(open);
        if (at == std::string_view::npos || at == 0) continue;
        head.id = head.name.substr(at + 1, head.name.size() - at - 2);
        head.name = trim_blank(head.name.substr(0, at));
    }
}

bool is_name(std::string_view name) {
    if (name.empty() || name.size() > longest_name) return false;
    return std::any_of(name.begin(), name.end(), [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; });
}

// Whether the line may hold a time at all; most do not, and are spared the rest. Full-width digits begin with EF.
bool may_hold_time(std::string_view line) {
    auto const begins_digit = [](char c) { return is_digit(c) || static_cast<unsigned char>(c) >= 0xEF || (c >= '\xD9' && c <= '\xDB'); };
    return std::any_of(line.begin(), line.end(), begins_digit);
}

// A line that is nothing but a name and a time.
bool read_head(std::string_view line, Head& head) {
    line = trim_blank(line);
    head = {};
    if (line.size() < 5 || line.size() > longest_head) return false;
    // The time first.
    std::size_t end = read_stamp(line, 0, head.stamp);
    if (end > 0 && head.stamp.has_time && end < line.size() && skip_blank(line, end) > end) {
        head.name = trim_blank(line.substr(end));
        head.dated = head.stamp.has_date;
        part_id(head);
        // "10:02 we leave" is a text: a time alone before words is no head.
        return head.dated && is_name(head.name) && head.name.find_first_of(":：") == std::string_view::npos;
    }
    // The name first: the stamp must reach to the end of the line.
    static constexpr std::string_view blanks = " \t[\xC2\xE2\xE3";  // and the first bytes of wide ones
    for (std::size_t at = line.find_first_of(blanks, 1); at != std::string_view::npos; at = line.find_first_of(blanks, at + 1)) {
        std::size_t begin = skip_blank(line, at);
        bool const bracket = begin < line.size() && line[begin] == '[';
        begin += bracket;
        // Most words are no number; the halves of the day that may stand first are Chinese or Korean.
        if (begin < line.size() && !is_digit(line[begin]) && static_cast<unsigned char>(line[begin]) < 0x80) continue;
        end = read_stamp(line, begin, head.stamp);
        if (end == begin || !head.stamp.has_time) continue;
        if (bracket && line.substr(end, 1) == "]") ++end;
        if (skip_blank(line, end) != line.size()) continue;
        head.name = trim_blank(line.substr(0, at));
        if (head.name.ends_with(',') || head.name.ends_with(':')) head.name.remove_suffix(1);
        head.dated = head.stamp.has_date;
        part_id(head);
        return is_name(head.name);
    }
    return false;
}

// "(Sun)", "（日）", "Sunday", "星期日"; nothing else may vanish with a date.
bool is_weekday(std::string_view word) {
    static constexpr std::string_view english[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static constexpr std::string_view signs[] = {"一", "二", "三", "四", "五", "六", "日", "天", "月", "火", "水", "木", "金", "土"};
    for (auto const& [open, close] : {std::pair<std::string_view, std::string_view>{"(", ")"}, {"（", "）"}}) {
        if (!word.starts_with(open) || !word.ends_with(close) || word.size() < open.size() + close.size()) continue;
        word = word.substr(open.size(), word.size() - open.size() - close.size());
    }
    for (std::string_view const name : english) {
        if (word == name || word == name.substr(0, 3)) return true;
    }
    for (std::string_view const front : {"星期", "周", "週"}) {
        if (word.starts_with(front)) word.remove_prefix(front.size());
    }
    return std::find(std::begin(signs), std::end(signs), word) != std::end(signs);
}

// A line that holds a date and else only what draws a line.
bool read_day(std::string_view line, ChatStamp& stamp) {
    if (line.size() > longest_head) return false;
    std::size_t begin = 0;
    auto const skip_rule = [&](std::size_t at) {
        for (;;) {
            std::size_t next = skip_blank(line, at);
            for (std::string_view const rule : {"-", "—", "─", "=", "*"}) {
                if (line.substr(next, rule.size()) == rule) next += rule.size();
            }
            if (next == at) return at;
            at = next;
        }
    };
    begin = skip_rule(0);
    stamp = {};
    std::size_t end = read_date(line, begin, stamp);
    if (end == begin) return false;
    // "2026/03/01(Sun)", "2026.03.01 Sunday"
    return is_weekday(trim_blank(line.substr(end))) || skip_rule(end) == line.size();
}

// "Name: text", maybe behind a time. The name, and where the text begins; 0 where there is none.
std::size_t read_speaker(std::string_view line, Head& head) {
    head = {};
    std::size_t at = skip_blank(line, 0);
    bool const bracket = at < line.size() && line[at] == '[';
    std::size_t const stamp_end = read_stamp(line, at + bracket, head.stamp);
    if (stamp_end > at + bracket) {
        at = stamp_end;
        if (bracket && line.substr(at, 1) == "]") ++at;
        at = skip_blank(line, at);
        if (line.substr(at, 2) == "- ") at += 2;
    } else {
        head.stamp = {};
    }
    head.dated = head.stamp.has_date;
    if (stamp_end > 0 && head.stamp.has_time && stamp_end < line.size() && line[stamp_end] == '\t') {
        std::size_t const tab = line.substr(0, stamp_end + 3 * longest_name).find('\t', stamp_end + 1);
        head.name = tab == std::string_view::npos ? std::string_view() : trim_blank(line.substr(stamp_end + 1, tab - stamp_end - 1));
        head.tabbed = !head.name.empty();
        if (head.tabbed) return tab + 1;
    }
    std::size_t letters = 0;
    for (std::size_t end = at; end < line.size() && letters <= 40; ++end) {
        bool const wide = static_cast<unsigned char>(line[end]) >= 0xE3, full = wide && line.substr(end, 3) == "：";
        if (line[end] == ':' || full) {
            head.name = trim_blank(line.substr(at, end - at));
            if (line.substr(end, 3) == "://" || !is_name(head.name) || is_digit(head.name.back())) return 0;
            part_id(head);
            return end + (full ? 3 : 1);
        }
        // Sentences end before a name does.
        if (line[end] == '?' || line[end] == '!' || line[end] == ';') return 0;
        if (wide && (line.substr(end, 3) == "。" || line.substr(end, 3) == "，")) return 0;
        letters += (static_cast<unsigned char>(line[end]) & 0xC0) != 0x80;
    }
    return 0;
}

// What windows put in the place of what is no text.
ChatMessage::Kind judge_text(std::string_view text) {
    static constexpr std::string_view media[] = {"[图片]", "[照片]",   "[视频]", "[语音]", "[表情]",  "[動畫表情]", "[动画表情]", "[文件]",
                                                 "[位置]", "[圖片]",   "[影片]", "[Photo]", "[Video]", "[Sticker]",  "[Voice]"};
    static constexpr std::string_view payments[] = {"[转账]", "[轉帳]", "[红包]", "[紅包]", "[微信红包]", "[微信转账]"};
    if (text.empty()) return ChatMessage::Kind::unread;
    if (std::find(std::begin(media), std::end(media), text) != std::end(media)) return ChatMessage::Kind::media;
    auto const begins = [&](std::string_view front) { return text.starts_with(front); };
    bool const payment = std::any_of(std::begin(payments), std::end(payments), begins);
    return payment ? ChatMessage::Kind::payment : ChatMessage::Kind::text;
}

enum class Form : std::uint8_t { heads, speakers, paragraphs };

class PastedReader {
  public:
    PastedReader(std::string_view text, ChatExport& out) : text_(text), out_(out) {}

    void read() {
        out_.conversations.emplace_back();
        survey();
        out_.dialect = wechat_ ? "wechat" : "pasted";
        order_ = vote_.choose();
        ChatLines lines(text_);
        while (lines.next()) read_line(lines);
        flush(text_.size());
        if (form_ == Form::heads) drop_quotations();
    }

  private:
    std::vector<ChatMessage>& messages() { return out_.conversations.back().messages; }

    void survey() {
        ChatLines lines(text_);
        std::size_t filled = 0, heads = 0, dated = 0, speakers = 0, days = 0, wechat = 0, tabbed = 0;
        bool first_is_head = false;
        std::size_t names_alone = 0, last_filled = 0;  // behind an empty line, as WeChat's window copies them
        for (std::size_t line = 1; lines.next(); ++line) {
            if (trim_blank(lines.line()).empty()) continue;
            bool const behind_empty = last_filled + 1 < line || line == 1;
            last_filled = line;
            ++filled;
            Head head;
            ChatStamp day;
            bool const time = may_hold_time(lines.line());
            if (time && read_head(lines.line(), head)) {
                ++heads;
                if (!head.dated) count(timed_names_, head.name);
                dated += head.dated;
                wechat += head.dated && head.stamp.digits[0] == 4 && head.stamp.parted_by == '-';
                first_is_head = first_is_head || filled == days + 1;
                vote_.see(head.stamp);
            } else if (time && read_day(lines.line(), day)) {
                ++days;
                vote_.see(day);
            } else if (read_speaker(lines.line(), head) > 0) {
                ++speakers;
                std::string_view const trimmed = trim_blank(lines.line());
                names_alone += behind_empty && (trimmed.ends_with(':') || trimmed.ends_with("："));
                tabbed += head.tabbed;
                count(speaker_lines_, head.name);
                vote_.see(head.stamp);
            }
        }
        tabs_ = tabbed > 1 || (tabbed == 1 && filled < 6);
        bool const enough_heads = heads > 0 && (dated > 0 || heads > 1);
        // QQ's own export has a title before the first head.
        if (tabs_) form_ = Form::speakers;
        else if (enough_heads && (first_is_head || (dated > 1 && dated * 5 >= filled))) form_ = Form::heads;
        else if (speakers > 0 && (are_speakers(filled, speakers) || (names_alone > 1 && names_alone == speakers))) form_ = Form::speakers;
        if (form_ != Form::paragraphs) out_.conversations.front().messages.reserve(form_ == Form::heads ? heads : speakers);
        wechat_ = form_ == Form::heads && (wechat * 2 > heads || days > 0);
    }

    using Names = std::unordered_map<std::string_view, std::size_t>;

    // Beyond that many names it is no conversation of people.
    static void count(Names& names, std::string_view name) {
        if (auto const found = names.find(name); found != names.end()) ++found->second;
        else if (names.size() < 65'536) names.emplace(name, 1);
    }

    // "meet at 12:00" may be a text: words and a time are a head where they recur, or stand behind an empty line.
    bool heads_a_message(Head const& head) const {
        if (head.dated || behind_empty_) return true;
        auto const found = timed_names_.find(head.name);
        return found != timed_names_.end() && found->second > 1;
    }

    // Whether the words before colons are names: they recur, or nearly every line has one.
    bool are_speakers(std::size_t filled, std::size_t speakers) {
        std::size_t recurring = 0;
        for (auto const& [name, count] : speaker_lines_) recurring += count > 1 || means_me(name);
        only_recurring_ = recurring >= 2;
        if (recurring >= 2) return true;
        return speakers * 10 >= filled * 8 && speakers >= 2 && speaker_lines_.size() <= std::max<std::size_t>(4, speakers / 2);
    }

    void read_line(ChatLines const& lines) {
        read_one(lines);
        behind_empty_ = trim_blank(lines.line()).empty();
    }

    void read_one(ChatLines const& lines) {
        Head head;
        ChatStamp day;
        std::string_view const line = lines.line();
        if (form_ == Form::paragraphs) {
            if (trim_blank(line).empty()) return flush(lines.begin());
            if (!open_) start(lines.begin(), {});
            return add(line);
        }
        if (form_ == Form::heads && may_hold_time(line)) {
            if (read_head(line, head) && heads_a_message(head)) {
                flush(lines.begin());
                if (!head.stamp.has_date && day_.has_date) add_day(head.stamp);
                return start(lines.begin(), head);
            }
            if (read_day(line, day)) {
                flush(lines.begin());
                day_ = day;
                return;
            }
        } else if (form_ == Form::speakers && may_hold_time(line) && read_day(line, day)) {
            flush(lines.begin());
            day_ = day;
            return;
        } else if (std::size_t const text = form_ == Form::heads ? 0 : read_speaker(line, head); text > 0 && speaks(head)) {
            flush(lines.begin());
            if (!head.stamp.has_date && day_.has_date && head.stamp.has_time) add_day(head.stamp);
            start(lines.begin(), head);
            return add(line.substr(skip_blank(line, text)));
        }
        if (trim_blank(line).empty() && !open_) return;
        if (!open_) start(lines.begin(), {});
        add(line);
    }

    bool speaks(Head const& head) const {
        if (tabs_) return head.tabbed;
        if (!only_recurring_) return true;
        auto const found = speaker_lines_.find(head.name);
        return means_me(head.name) || found == speaker_lines_.end() || found->second > 1;
    }

    void add_day(ChatStamp& stamp) const {
        stamp.parts = day_.parts;
        stamp.digits = day_.digits;
        stamp.parted_by = day_.parted_by;
        stamp.has_date = true;
    }

    void start(std::size_t begin, Head const& head) {
        ChatMessage& message = messages().emplace_back();
        message.span = {begin, begin};
        message.sender = std::string(head.name);
        message.sender_id = std::string(head.id);
        message.when = write_stamp(head.stamp, order_);
        open_ = true;
    }

    void add(std::string_view line) {
        ChatMessage& message = messages().back();
        if (!message.text.empty()) message.text += '\n';
        message.text += line;
    }

    void flush(std::size_t end) {
        if (!open_) return;
        open_ = false;
        ChatMessage& message = messages().back();
        message.span.end = end;
        std::string_view const trimmed = trim_blank(message.text);
        if (trimmed.size() != message.text.size()) message.text = std::string(trimmed);
        message.kind = judge_text(message.text);
    }

    // "[引用](2026-03-01 17:01:00)Name: words" repeats what another wrote. It goes where that message is there and
    // says the same; else it stays, for it could be anything.
    void drop_quotations() {
        static constexpr std::string_view mark = "[引用](";
        auto const quotes = [](ChatMessage const& message) { return message.text.starts_with(mark); };
        if (!std::any_of(messages().begin(), messages().end(), quotes)) return;
        std::unordered_map<std::string_view, std::size_t> times;
        for (std::size_t i = 0; i < messages().size(); ++i) {
            ChatMessage& message = messages()[i];
            std::string_view const text = message.text;
            std::size_t const close = text.starts_with(mark) ? text.find(')') : std::string_view::npos;
            if (close != std::string_view::npos) {
                std::size_t const line_end = std::min(text.find('\n'), text.size());
                ChatStamp stamp;
                read_stamp(text, mark.size(), stamp);
                auto const earlier = times.find(write_stamp(stamp, order_));
                std::size_t const colon = text.find(": ", close);
                bool const same = earlier != times.end() && colon != std::string_view::npos && colon < line_end &&
                                  messages()[earlier->second].text.starts_with(trim_blank(text.substr(colon + 2, line_end - colon - 2)));
                if (same && line_end < text.size()) message.text.erase(0, line_end + 1);
            }
            if (!message.when.empty()) times.emplace(message.when, i);
        }
    }

    std::string_view text_;
    ChatExport& out_;
    Form form_ = Form::paragraphs;
    DateOrderVote vote_;
    DateOrder order_ = DateOrder::day_month_year;
    ChatStamp day_;
    Names speaker_lines_, timed_names_;
    bool behind_empty_ = true, open_ = false, tabs_ = false, only_recurring_ = false, wechat_ = false;
};

}  // namespace

void read_pasted(std::string_view text, ChatExport& out) { PastedReader(text, out).read(); }

}  // namespace keepmum
