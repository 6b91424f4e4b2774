import Foundation
import Synchronization

/// Search of Chinese text by pinyin: `zs`, `zhangs` and `zhangsan` all match 张三. All readings of a character count.
public enum Pinyin {
    /// Whether `query` matches `text` from the start of any character on: literally, by pinyin, or by initials.
    public static func matches(_ query: String, in text: String) -> Bool {
        let query = Wanted(query)
        return query.isEmpty || query.likeness(of: text) != nil
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
        let latin = String(sign).applyingTransform(.mandarinToLatin, reverse: false)?
            .applyingTransform(.stripDiacritics, reverse: false)?.lowercased()
        var readings = exceptions[sign] ?? []
        if let latin, latin.utf8.allSatisfy({ $0 < 0x80 }), !readings.contains(latin) { readings.append(latin) }
        cache.withLock { $0[sign] = readings }
        return readings
    }

    /// Characters with further readings as a surname, in place names or in everyday words.
    private static let exceptions: [Character: [String]] = [
        "单": ["shan", "dan", "chan"], "曾": ["zeng", "ceng"], "翟": ["zhai", "di"], "解": ["xie", "jie"],
        "查": ["zha", "cha"], "仇": ["qiu", "chou"], "朴": ["piao", "pu"], "盖": ["ge", "gai"], "区": ["ou", "qu"],
        "任": ["ren"], "华": ["hua"], "重": ["chong", "zhong"], "乐": ["yue", "le"], "长": ["chang", "zhang"],
        "行": ["xing", "hang"], "覃": ["qin", "tan"], "尉": ["yu", "wei"], "缪": ["miao", "mou"], "冼": ["xian"],
        "繁": ["po", "fan"], "种": ["chong", "zhong"], "员": ["yun", "yuan"], "车": ["che", "ju"], "秘": ["bi", "mi"],
        "万": ["wan", "mo"], "黑": ["he", "hei"], "折": ["she", "zhe"], "召": ["shao", "zhao"], "宓": ["mi", "fu"],
        "洗": ["xian", "xi"], "逄": ["pang"], "那": ["na"], "哈": ["ha"], "都": ["du", "dou"], "参": ["shen", "can"],
        "调": ["diao", "tiao"], "会": ["hui", "kuai"], "还": ["huan", "hai"], "藏": ["zang", "cang"],
        "隗": ["wei", "kui"], "郇": ["xun", "huan"], "佴": ["nai", "er"], "晟": ["sheng", "cheng"], "喆": ["zhe"],
        "𠮷": ["ji"],
    ]
}
