// WeChat has no export of its own; these are the tables that WeChatMsg and PyWxDump write.
//
//   localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender     WeChatMsg
//   id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime                                    PyWxDump
//
// Types (PyWxDump's list): 1 text, 3 picture, 34 voice, 37 friend request with its greeting, 42 card, 43 video, 47
// sticker, 48 place, 49 by its sub-type (5 link, 6 file, 19 chat history, 33 and 36 mini-program, 57 quotation, 2000
// transfer, 2001 red packet), 50 call, 10000 the program's own. The text of a quotation lies in a compressed field that these
// tables leave out: such a message is there, and unread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/json_pull.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"
#include "format/chat/table.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;

// The text of the first element of that name, as far as one can be told without reading the whole; "" where none is.
std::string element(std::string_view xml, std::string_view name) {
    std::string const open = "<" + std::string(name) + ">", close = "</" + std::string(name) + ">";
    std::size_t const begin = xml.find(open);
    if (begin == std::string_view::npos) return {};
    std::size_t const end = xml.find(close, begin + open.size());
    if (end == std::string_view::npos) return {};
    std::string_view content = trim_blank(xml.substr(begin + open.size(), end - begin - open.size()));
    if (content.starts_with("<![CDATA[") && content.ends_with("]]>")) return std::string(content.substr(9, content.size() - 12));
    return undo_references(content);
}

// An attribute of the first element.
std::string attribute(std::string_view xml, std::string_view name) {
    std::string const front = " " + std::string(name) + "=";
    std::size_t const begin = xml.find(front);
    if (begin == std::string_view::npos || begin + front.size() >= xml.size()) return {};
    char const quote = xml[begin + front.size()];
    if (quote != '"' && quote != '\'') return {};
    std::size_t const from = begin + front.size() + 1, end = xml.find(quote, from);
    return end == std::string_view::npos ? std::string() : undo_references(xml.substr(from, end - from));
}

// Parts that hold words of people, one a line.
std::string join(std::initializer_list<std::string> parts) {
    std::string out;
    for (std::string const& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += '\n';
        out += part;
    }
    return out;
}

bool is_markup(std::string_view text) { return text.starts_with('<') && text.find('>') != std::string_view::npos; }

void make_card(ChatMessage& message, std::string_view xml, std::int64_t sub) {
    message.text = join({element(xml, "title"), element(xml, "des"), element(xml, "feedesc"), element(xml, "pay_memo")});
    if (message.text.empty() && !is_markup(xml)) message.text = std::string(xml);
    std::string target = element(xml, "url");
    if (!target.empty() && target != message.text) message.links.push_back({element(xml, "title"), std::move(target)});
    if (sub == 2000 || sub == 2001 || sub == 2003) message.kind = Kind::payment;
    else if (message.text.empty()) message.kind = Kind::unread;
    else message.kind = sub == 57 || sub == 19 || sub == 40 || sub == 1 ? Kind::text : Kind::media;
}

void make_message(ChatMessage& message, std::int64_t type, std::int64_t sub, std::string content) {
    switch (type) {
        case 1:
            message.kind = content.empty() ? Kind::unread : Kind::text;
            message.text = std::move(content);
            return;
        case 37:
            message.kind = Kind::invitation;
            message.text = is_markup(content) ? attribute(content, "content") : content;
            return;
        case 3: case 34: case 43: case 47: case 62:
            message.kind = Kind::media;
            if (!is_markup(content)) message.text = std::move(content);
            return;
        case 42:
            message.kind = Kind::media;
            message.text = is_markup(content) ? attribute(content, "nickname") : content;
            return;
        case 48:
            message.kind = Kind::media;
            message.text = is_markup(content) ? join({attribute(content, "poiname"), attribute(content, "label")}) : content;
            return;
        case 49: return make_card(message, content, sub);
        case 50:
            message.kind = Kind::call;
            message.text = is_markup(content) ? std::string() : content;
            return;
        case 10000: case 10002:
            message.kind = Kind::system;
            message.text = is_markup(content) ? html_words(content).text : content;
            return;
        default:
            message.text = is_markup(content) ? html_words(content).text : std::move(content);
            message.kind = message.text.empty() ? Kind::unread : Kind::text;
    }
}

struct TypeName {
    std::string_view name;
    std::int64_t type, sub;
};
// PyWxDump writes types as words.
constexpr TypeName type_names[] = {
    {"文本", 1, 0}, {"图片", 3, 0}, {"语音", 34, 0}, {"视频", 43, 0},
    {"动画表情", 47, 0}, {"表情", 47, 0}, {"位置", 48, 0}, {"名片", 42, 0},
    {"好友请求", 37, 0}, {"文件", 49, 6}, {"卡片式链接", 49, 5}, {"合并转发的聊天记录", 49, 19},
    {"小程序", 49, 33}, {"带有引用的文本消息", 49, 57}, {"转账", 49, 2000}, {"红包", 49, 2001},
    {"语音通话", 50, 0}, {"通话", 50, 0}, {"系统通知", 10000, 0}, {"拍一拍", 10000, 0},
};

class WeChatTable {
  public:
    WeChatTable(ChatTable& table, ChatExport& out) : table_(table), out_(out) {}

    void read() {
        out_.dialect = "wechat";
        out_.owner_known = true;
        bool const words = table_.column("type_name") != ChatTable::none;
        while (table_.next()) words ? read_dumped() : read_exported();
    }

  private:
    std::string cell(std::string_view name) const { return table_.cell(table_.column(name)); }

    Conversation& place(std::string const& id, std::string const& title) {
        auto const [found, fresh] = places_.emplace(id, out_.conversations.size());
        Conversation& conversation = fresh ? out_.conversations.emplace_back() : out_.conversations[found->second];
        if (conversation.title.empty()) conversation.title = title;
        return conversation;
    }

    void read_exported() {
        bool const mine = cell("IsSender") == "1";
        std::string name = cell("Remark");
        if (name.empty()) name = cell("NickName");
        std::string const id = cell("Sender");
        if (name.empty()) name = id;
        ChatMessage& message = place(cell("TalkerId"), mine ? std::string() : name).messages.emplace_back();
        message.span = table_.span();
        message.mine = mine;
        message.sender = std::move(name);
        message.sender_id = id;
        ChatStamp stamp;
        std::string const time = cell("StrTime");
        if (read_stamp(time, 0, stamp) > 0) message.when = write_stamp(stamp, DateOrder::year_month_day);
        else message.when = write_epoch(whole_number(cell("CreateTime")) * 1000);
        make_message(message, whole_number(cell("Type")), whole_number(cell("SubType")), cell("StrContent") + table_.surplus());
    }

    void read_dumped() {
        bool const mine = cell("is_sender") == "1";
        std::string const talker = cell("talker"), room = cell("room_name");
        ChatMessage& message = place(room.empty() ? talker : room, room).messages.emplace_back();
        message.span = table_.span();
        message.mine = mine;
        message.sender = mine ? "我" : talker;
        message.sender_id = talker;
        ChatStamp stamp;
        std::string const time = cell("CreateTime");
        if (read_stamp(time, 0, stamp) > 0) message.when = write_stamp(stamp, DateOrder::year_month_day);
        std::string const name = cell("type_name");
        std::int64_t type = whole_number(name), sub = 0;
        for (TypeName const& row : type_names) {
            if (row.name != name) continue;
            type = row.type;
            sub = row.sub;
        }
        make_message(message, type, sub, cell("msg") + table_.surplus());
    }

    ChatTable& table_;
    ChatExport& out_;
    std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

void read_wechat_table(ChatTable& table, ChatExport& out) { WeChatTable(table, out).read(); }

}  // namespace keepmum
