import Foundation
import Synchronization

/// Search of Chinese text by pinyin: `zs`, `zhangs` and `zhangsan` all match 张三. All readings of a character count.
public enum Pinyin {
    /// Whether `query` matches `text` from the start of any character on: literally, by pinyin, or by initials.
    public static func matches(_ typed: String, in text: String) -> Bool {
        let query = Query(typed)
        return query.isEmpty || query.matchKind(of: text) != nil
    }

    /// The sort key of a text: each character replaced by its first reading, so that 李 (li) comes before 王 (wang).
    public static func spelled(_ text: String) -> String {
        text.reduce(into: "") { $0 += readings(of: $1).first ?? String($1) }.lowercased()
    }

    private static let cache = Mutex<[Character: [String]]>([:])

    /// The readings of a character, without tones. An ASCII character is its own reading; one without pinyin has none.
    static func readings(of sign: Character) -> [String] {
        if sign.isASCII { return [String(sign)] }
        if let cached = cache.withLock({ $0[sign] }) { return cached }
        let latin = String(sign).applyingTransform(.mandarinToLatin, reverse: false)?.lowercased()
        let plain = latin?.applyingTransform(.stripDiacritics, reverse: false)
        var readings = exceptions[sign] ?? []
        if let latin, let plain, plain.utf8.allSatisfy({ $0 < 0x80 }) {
            // ü is typed as v, and as u; in passports it is yu.
            let isUmlaut = latin.decomposedStringWithCanonicalMapping.unicodeScalars.contains("\u{308}")
            let spellings = isUmlaut ? ["v", "u", "yu"].map { plain.replacing("u", with: $0) } : [plain]
            readings += spellings.filter { !readings.contains($0) }
        }
        cache.withLock { $0[sign] = readings }
        return readings
    }

    /// Characters with further readings as a surname, in place names or in everyday words.
    private static let exceptions: [Character: [String]] = Dictionary(
        uniqueKeysWithValues: further.compactMap { entry in
            entry.first.map { ($0, entry.dropFirst(2).split(separator: " ").map(String.init)) }
        })

    /// A character and its readings, the one as a surname first.
    private static let further = [
        "单 shan dan chan", "曾 zeng ceng", "翟 zhai di", "解 xie jie", "查 zha cha", "仇 qiu chou",
        "朴 piao pu po", "盖 ge gai", "区 ou qu", "任 ren", "华 hua", "重 chong zhong", "乐 yue le yao",
        "长 zhang chang", "行 xing hang heng", "覃 qin tan", "尉 yu wei", "缪 miao mou miu", "冼 xian", "繁 po fan",
        "种 chong zhong", "员 yun yuan", "车 che ju", "秘 bi mi", "万 wan mo", "黑 he hei", "折 she zhe",
        "召 shao zhao", "宓 mi fu", "洗 xian xi", "逄 pang", "那 na nuo", "哈 ha", "都 du dou", "参 shen can cen",
        "调 diao tiao", "会 kuai hui gui", "还 huan hai", "藏 zang cang", "隗 wei kui", "郇 xun huan", "佴 nai er",
        "晟 sheng cheng", "喆 zhe", "𠮷 ji", "卜 bu bo", "沈 shen chen", "柏 bai bo", "贲 ben bi", "於 yu wu",
        "郗 xi chi", "郄 qie xi", "郤 xi qie", "钭 tou dou", "景 jing ying", "薄 bo bao", "叶 ye xie she",
        "莘 xin shen", "瞿 qu ju", "蔚 yu wei", "晁 chao zhao", "阚 kan han", "乜 nie mie", "亢 kang gang",
        "牟 mou mu", "俟 qi si", "澹 tan dan", "拓 tuo ta", "能 nai neng", "石 shi dan", "盛 sheng cheng",
        "强 qiang jiang", "贾 jia gu", "合 he ge", "炅 gui jiong", "炔 gui que", "阿 a e", "祭 zhai ji", "适 kuo shi",
        "冯 feng ping", "褚 chu zhu", "俞 yu shu", "粘 nian zhan", "隽 juan jun", "校 xiao jiao", "陆 lu liu",
        "谌 chen shen", "费 fei bi", "应 ying", "相 xiang", "纪 ji", "盍 he", "妫 gui", "仉 zhang", "笪 da", "呙 guo",
        "缑 gou", "逯 lu", "眭 sui", "禤 xuan", "訾 zi", "昝 zan", "仝 tong", "阙 que", "尹 yin", "邸 di", "靓 jing liang",
        "么 yao me", "南 nan na", "殷 yin yan", "颉 xie jie", "句 gou ju",
        "逢 pang feng", "泷 long shuang", "朝 chao zhao", "茜 qian xi", "露 lu lou", "传 chuan zhuan", "娜 na nuo",
        "莎 sha suo", "屏 ping bing", "系 xi ji", "省 sheng xing", "弹 dan tan", "奇 qi ji", "度 du duo",
        "降 jiang xiang", "角 jue jiao", "泊 bo po", "厦 xia sha", "巷 xiang hang", "堡 bao pu", "埔 pu bu",
        "番 fan pan", "枞 zong cong", "六 liu lu", "浚 jun xun", "渑 mian sheng", "蚌 bang beng", "大 da dai",
        "期 qi ji", "琢 zhuo zuo", "杉 shan sha", "桁 heng hang", "差 cha chai", "仔 zi zai", "得 de dei", "地 di de",
        "的 de di", "了 le liao", "着 zhe zhao zhuo", "和 he huo hu", "卡 ka qia", "吓 xia he", "咽 yan ye",
        "塞 sai se", "模 mo mu", "色 se shai", "熟 shu shou", "血 xue xie", "壳 ke qiao", "剥 bo bao",
        "落 luo la lao", "绿 lv lu", "率 lv shuai lu", "似 si shi", "宿 su xiu", "尾 wei yi", "轧 zha ya",
        "澄 cheng deng", "匙 shi chi", "提 ti di", "著 zhu zhuo", "嚼 jiao jue", "给 gei ji", "藉 ji jie",
    ]
}
