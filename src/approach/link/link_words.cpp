// How each reason is told, and what it weighs: pass is a note, warn amber, hold red.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "approach/link/judge_link.h"

namespace keepmum {

namespace {

using enum LinkReason;
using enum Outcome;

constexpr auto table = std::to_array<LinkWords>({
    {same_look, "same-look", "l1", hold,
     {"It looks like {what}, which you trust, and is another name: letters were exchanged for ones that look the same.",
      "它看起来像您信任的“{what}”，其实是另一个名字：有字母换成了长得一样的。"}},
    {one_slip, "one-slip", "l1", hold,
     {"It is one letter away from {what}, which you trust, and belongs to somebody else.", "它与您信任的“{what}”只差一个字母，属于另一个注册者。"}},
    {hyphens, "hyphens", "l1", warn,
     {"It is {what} with hyphens in it, and that is another name.", "它在“{what}”中间加了连字符，这是另一个名字。"}},
    {as_beginning, "as-beginning", "l1", hold,
     {"It begins like {what}, and belongs to whoever registered its end.", "开头写着“{what}”，但网站属于注册结尾那部分域名的人。"}},
    {added_word, "added-word", "l1", warn,
     {"It adds words to {what}; anybody can register such a name.", "它在“{what}”上加了别的词，这样的名字谁都能注册。"}},
    {other_ending, "other-ending", "l1", warn,
     {"It is the name of {what} under another ending. That may be theirs or anybody's: ask them in the way you know.",
      "名字与“{what}”相同，结尾不同。可能是他们的，也可能是别人的：请用您已知的方式向对方核实。"}},
    {uses_name, "uses-name", "l1", warn,
     {"It uses the name {what}; nothing shows that it is theirs.", "它用了“{what}”的名字，但看不出与对方有关。"}},
    {mixed_scripts, "mixed-scripts", "l1", hold,
     {"Its name mixes Latin letters with letters of another alphabet that look the same: that is how names are imitated.",
      "域名里混用了拉丁字母和另一种文字中长得一样的字母，这是仿冒网址的手法。"}},
    {posing_script, "posing-script", "l1", hold,
     {"Every letter of its name is of another alphabet and only looks Latin.", "域名里的字母全部来自另一种文字，只是看起来像拉丁字母。"}},
    {user_is_host, "user-is-host", "l1", hold,
     {"What stands before the @ ({what}) is no address at all; the link leads to what stands behind it.",
      "“@”前面的“{what}”根本不是网址，链接通向“@”后面的地方。"}},
    {target_differs, "target-differs", "l1", warn,
     {"The words shown name {what}, and the link leads elsewhere.", "显示的文字写着“{what}”，链接却通向别处。"}},
    {user_part, "user-part", "l2", warn,
     {"It carries a user name before an @; ordinary links do not.", "“@”前面带着用户名，普通链接不会这样写。"}},
    {number_host, "number-host", "l2", warn,
     {"It leads to a computer without a name ({what}); organisations use names.", "它通向一台没有域名的电脑（{what}），正规单位会用域名。"}},
    {odd_number_host, "odd-number-host", "l2", hold,
     {"It hides the number of a computer ({what}) in a form that people do not write.", "它把电脑的 IP 地址（{what}）写成了没人会这样写的形式。"}},
    {inside_host, "inside-host", "l2", pass,
     {"It leads to a computer inside your own network ({what}), or to this one.", "它通向您自己网络里的电脑，或者就是这一台（{what}）。"}},
    {short_link, "short-link", "l2", warn,
     {"It is a short link: nothing tells where it leads.", "这是短链接，看不出通向哪里。"}},
    {redirector, "redirector", "l2", pass,
     {"It goes by way of a page that counts clicks and sends you on.", "它先经过一个统计点击的页面，再转到别处。"}},
    {leads_on, "leads-on", "l2", pass,
     {"It sends you on to {what}.", "它会再转到“{what}”。"}},
    {odd_port, "odd-port", "l2", warn,
     {"It uses an unusual port ({what}).", "它用了不常见的端口（{what}）。"}},
    {escaped_host, "escaped-host", "l2", warn,
     {"Letters of its name are written as codes, so that people cannot read it.", "域名里的字母写成了编码，让人看不懂。"}},
    {disguised, "disguised", "l2", hold,
     {"It is written so that people read it otherwise than a browser does.", "它的写法让人看到的和浏览器读到的不一样。"}},
    {not_encrypted, "not-encrypted", "", pass,
     {"It is not encrypted (http): whoever sits in between can read and change it.", "没有加密（http），中间的人可以看到和改动内容。"}},
    {script, "script", "l2", hold,
     {"It is no link but a piece of program.", "这不是链接，而是一段程序。"}},
    {device_link, "device-link", "l4", hold,
     {"Scanning it links somebody's device to your account: they would read along from then on.",
      "扫了它，就把别人的设备绑定到您的账号上，从此对方能看到您的消息。"}},
    {sign_in, "sign-in", "l4", warn,
     {"Scanning it signs somebody in with your account. Right only if you opened that sign-in page yourself, just now.",
      "扫了它，就用您的账号登录。只有登录页是您自己刚刚打开的才可以扫。"}},
    {sign_in_key, "sign-in-key", "l4", warn,
     {"It holds the secret of a second sign-in step. Whoever has a picture of it has the second step too.",
      "里面是两步验证的密钥。谁有这张图，谁就有您的第二步验证。"}},
    {open_wifi, "open-wifi", "l4", warn,
     {"It joins the open network “{what}”: everybody near can listen, and anybody can give a network that name.",
      "它会连上没有密码的无线网“{what}”：附近的人都能窃听，谁都可以起这个名字。"}},
    {weak_wifi, "weak-wifi", "l4", warn,
     {"It joins the network “{what}”, whose protection (WEP) was broken long ago.", "它会连上无线网“{what}”，其保护方式（WEP）早已被攻破。"}},
    {personal_wifi, "personal-wifi", "l4", warn,
     {"It carries somebody's own sign-in to the network “{what}”.", "它带着某个人登录无线网“{what}”的账号。"}},
    {shared_wifi, "shared-wifi", "", pass,
     {"It joins the network “{what}” with a password; who runs it, the code does not say.", "它会用密码连上无线网“{what}”；网是谁开的，二维码没有说。"}},
    {profile, "profile", "l4", warn,
     {"It installs a mobile plan or profile on the telephone.", "它会在手机上安装电话卡或配置文件。"}},
    {program, "program", "l6", warn,
     {"It brings a file that runs, or may run, on your device ({what}).", "它会带来能在您设备上运行的文件（{what}）。"}},
    {program_from_nowhere, "program-from-nowhere", "l6", hold,
     {"It installs a program from a place that cannot be checked ({what}).", "它要从无法核实的地方安装程序（{what}）。"}},
    {files_of_anybody, "files-of-anybody", "", pass,
     {"Anybody can put files or pages there: the name of the service vouches for nothing.", "那里谁都可以放文件或网页，网站的名气不能为内容担保。"}},
    {opens_app, "opens-app", "l7", warn,
     {"It opens an app ({what}) and hands it a task.", "它会打开应用（{what}）并让它办事。"}},
    {payment, "payment", "", warn,
     {"It pays somebody: look at the name that your app shows before you agree.", "它是付款码：确认之前，请看清应用里显示的收款人。"}},
    {calls, "calls", "", pass,
     {"It calls or writes to somebody ({what}).", "它会打电话或发消息（{what}）。"}},
    {contact, "contact", "", pass,
     {"It is a visiting card or a place; nothing is opened.", "这是名片或地点，不会打开什么。"}},
    {text_only, "text-only", "", pass,
     {"It is text and no link.", "这是文字，不是链接。"}},
    {trusted, "trusted", "", pass,
     {"It is {what}, which you trust.", "它就是您信任的“{what}”。"}},
    {nothing_known, "nothing-known", "", pass,
     {"Nothing about the link itself speaks against it. That does not vouch for what is behind it.", "链接本身没有可疑之处，但这不能为后面的内容担保。"}},
});

}  // namespace

LinkWords const& words_of(LinkReason reason) {
    auto const* const row = std::find_if(table.begin(), table.end(), [reason](LinkWords const& words) { return words.reason == reason; });
    return row == table.end() ? table.back() : *row;
}

std::string tell(Language language, LinkNote const& note) {
    std::string out(words_of(note.reason).told.in(language));
    constexpr std::string_view slot = "{what}";
    if (std::size_t const at = out.find(slot); at != std::string::npos) out.replace(at, slot.size(), note.what);
    return out;
}

}  // namespace keepmum
