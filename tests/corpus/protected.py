"""A report that its laboratory protects, in English and in Chinese (one is the translation of the other), and texts that quote it."""

REPORT = [
    "Coating trial 7: what holds at minus forty",
    "The seventh trial was run from the second to the nineteenth of March in the small chamber of building four, with eighteen witness pieces of the usual glass.",
    "Twelve pieces carried the layered coating of last autumn, six a single thick layer for comparison, all of them polished by the same hand on the same day.",
    "The chamber was cooled by two degrees an hour, held for thirty hours at minus forty, and warmed again over a night; each piece went through this nine times.",
    "After the third cycle the single layers began to lift at the rim, first as a fine grey line and then as flakes that could be blown off.",
    "The layered coating held on eleven of twelve pieces, and on the twelfth it failed at a scratch that the photographs show was there before the trial began.",
    "We put this down to the thin first layer, which gives way a little while the glass shrinks, so that the hard layers above it are never pulled apart.",
    "Reflectance in the blue fell by less than one part in two hundred, which is within what the instrument itself drifts over a month.",
    "The recipe for the first layer is therefore fixed as it stands: a slow start, a pause of eleven minutes, and the second half at twice the rate.",
    "Nothing of this is to be told outside the group before the patent is filed; visitors are shown the older pieces in the hall.",
    "The next trial will ask how the coating takes dust and salt, and whether a cracked piece can be stripped and coated again.",
    "Open points: the rim of large mirrors, where the first layer comes out thinner, and a source of glass that does not depend on one supplier.",
]

REPORT_ZH = [
    "第七次镀膜试验：零下四十度下什么能撑住",
    "第七次试验于三月二日至十九日在四号楼的小试验箱内进行，共用了十八块常规玻璃的陪片。",
    "其中十二块采用去年秋天的多层膜，六块为单层厚膜作对照，全部由同一人在同一天抛光完成。",
    "试验箱每小时降温两度，在零下四十度保持三十小时，再用一夜回温；每块陪片都经历了九个循环。",
    "第三个循环之后，单层膜从边缘开始翘起，先是一道细细的灰线，随后成片脱落，一吹就掉。",
    "多层膜在十二块中有十一块完好，另一块在一道划痕处失效，照片表明这道划痕在试验之前就有。",
    "我们认为这要归功于很薄的第一层，玻璃收缩时它稍稍退让，上面的硬膜因此不会被拉开。",
    "蓝光反射率下降不到二百分之一，仍在仪器自身一个月的漂移范围之内。",
    "因此第一层的配方就此固定：慢速起步，停顿十一分钟，后一半以两倍速率完成。",
    "在专利提交之前，以上内容一律不对组外透露；参观者只看大厅里的旧样品。",
    "下一次试验将考察膜层如何耐受灰尘和盐雾，以及开裂的镜片能否退膜后重新镀制。",
    "待解决的问题：大镜边缘的第一层偏薄，以及不依赖单一供货商的玻璃来源。",
]

# Three sentences of it, in a mail that says other things around them; its clean twin says only those.
AROUND = ["Dear Mr Weber,", "thank you for the good talk last week and for the samples, which arrived without a scratch.",
          "Let us speak again once your own chamber is ready; the library here closes at six.", "Kind regards, Lin Yue"]
QUOTED = [4, 5, 6]  # paragraphs 5 to 7
QUOTE = [*AROUND[:2], " ".join(REPORT[number] for number in QUOTED), *AROUND[2:]]

AROUND_ZH = ["韦伯先生：", "您好！上周的交流很有收获，寄来的样品也完好收到，谢谢。", "等您的试验箱装好，我们再联系。图书馆六点关门。", "此致敬礼　林月"]
QUOTE_ZH = [*AROUND_ZH[:2], "".join(REPORT_ZH[number] for number in QUOTED), *AROUND_ZH[2:]]
