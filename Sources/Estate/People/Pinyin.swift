import Foundation
import Synchronization

/// Finding Chinese text by its pinyin: `zs`, `zhangs` and `zhangsan` all find 张三. Every reading of a character counts.
public enum Pinyin {
    /// Whether `query` is found in `text` from the start of some character on: as it stands, by pinyin, or by initials.
    public static func matches(_ query: String, in text: String) -> Bool {
        let wanted = Wanted(query)
        return wanted.isEmpty || wanted.likeness(of: text) != nil
    }

    /// What a text is sorted by: its signs spelled out, each with its first reading, so that 李 stands before 王.
    public static func spelled(_ text: String) -> String {
        text.reduce(into: "") { $0 += readings(of: $1).first ?? String($1) }.lowercased()
    }

    private static let cache = Mutex<[Character: [String]]>([:])

    /// The readings of a character in plain letters; an ASCII character reads as itself, anything else not at all.
    static func readings(of sign: Character) -> [String] {
        if sign.isASCII { return [String(sign)] }
        if let known = cache.withLock({ $0[sign] }) { return known }
        let latin = String(sign).applyingTransform(.mandarinToLatin, reverse: false)?
            .applyingTransform(.stripDiacritics, reverse: false)?.lowercased()
        var found = others[sign] ?? []
        if let latin, latin.utf8.allSatisfy({ $0 < 0x80 }), !found.contains(latin) { found.append(latin) }
        cache.withLock { $0[sign] = found }
        return found
    }

    /// Characters that have another reading as a surname, in a place name or in everyday words.
    private static let others: [Character: [String]] = [
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
