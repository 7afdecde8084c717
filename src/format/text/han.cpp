// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/han.h"

#include <algorithm>
#include <bitset>
#include <iterator>
#include <string_view>
#include <vector>

namespace keepmum {

namespace {

// Traditional and simplified in turns, sorted by the traditional one.
constexpr std::u16string_view pairs =
#include "format/text/han.inc"
    ;

// The commonest characters of general writing, then those of offices, forms and markings.
constexpr std::u16string_view common =
    u"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    u"用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    u"日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    u"美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    u"解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    u"计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    u"完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运每八六七九"
    u"级字料备密机绝秘限号码姓证份银行卡户账付款同约签章甲乙丙丁方乙委局厅省县区镇村街室楼层栋座电话手箱邮"
    u"址网站登录系统测试验报告研究项技术图纸样附录目录说明书请示批复函通知会议纪要记录决定意见办主任书经理总"
    u"首席职员工薪资奖金合同价格成本利润客户供应商采购销售市场单元万亿百千零整日期时间地点负责参加内容工作"
    u"情况问题建议措施计划安排完成进度质量标准要求检查审核批准同意不得外泄传播复制保存销毁涉内部公开仅供阅读"
    u"使用李王张刘陈杨黄赵吴周徐孙朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶余潘"
    u"杜戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚护身籍贯族汉男"
    u"别父母夫妻婚病医药院飞船卫星导弹武器雷达舰艇潜核火箭射轨空航装兵师团营连排班指挥司令参谋侦察演习基地"
    u"热言文件你世界早晚夜今昨明快乐谢再欢迎您好吗吧呢啊哦爱喜";

bool contains_common(char16_t character) {
    static std::vector<char16_t> const sorted = [] {
        std::vector<char16_t> all(common.begin(), common.end());
        std::sort(all.begin(), all.end());
        return all;
    }();
    return std::binary_search(sorted.begin(), sorted.end(), character);
}

}  // namespace

char32_t fold_han(char32_t character) {
    if (character < 0x3400 || character > 0x9FFF) return character;
    std::size_t low = 0, high = pairs.size() / 2;
    while (low < high) {
        std::size_t const middle = (low + high) / 2;
        if (pairs[middle * 2] < character) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low * 2 < pairs.size() && pairs[low * 2] == character ? pairs[low * 2 + 1] : character;
}

bool is_common_han(char32_t character) {
    if (character < 0x4E00 || character > 0x9FFF) return false;
    constexpr char32_t first = 0x4E00, last = 0x9FFF;
    static std::bitset<last - first + 1> const common = [] {
        std::bitset<last - first + 1> bits;
        for (char32_t c = first; c <= last; ++c) bits[c - first] = contains_common(static_cast<char16_t>(fold_han(c)));
        return bits;
    }();
    return common[character - first];
}

}  // namespace keepmum
