import Foundation
import Synchronization

/// Finding Chinese text by its pinyin: `zs`, `zhangs` and `zhangsan` all find 张三. Every reading of a character counts.
public enum Pinyin {
    /// Whether `query` is found in `text` from the start of some character on: as it stands, by pinyin, or by initials.
    public static func matches(_ query: String, in text: String) -> Bool {
        let wanted = query.halfwidth.lowercased().filter { !$0.isWhitespace }
        if wanted.isEmpty { return true }
        let signs = text.lowercased().filter { !$0.isWhitespace }
        if signs.contains(wanted) { return true }
        guard wanted.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let all = Array(signs)
        return all.indices.contains { match(wanted[...], all[$0...]) }
    }

    /// Each sign takes up the start of one of its readings, or itself.
    private static func match(_ query: Substring, _ signs: ArraySlice<Character>) -> Bool {
        if query.isEmpty { return true }
        guard let sign = signs.first else { return false }
        let rest = signs.dropFirst()
        for reading in readings(of: sign) {
            let common = zip(reading, query).prefix { $0 == $1 }.count
            // The longest start first: zhangsan is zhang and san before it is z and hangsan.
            for length in stride(from: common, to: 0, by: -1) where match(query.dropFirst(length), rest) { return true }
        }
        return false
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

/// Somebody or somewhere that a few typed signs lead to.
public struct Match: Hashable, Sendable {
    public let unit: UnitCode
    public let person: Ref<Person>?
    public let name: String?
    public let tenure: Tenure?
}

extension People {
    /// Residents and units by name, pinyin, room digits (`32501`), telephone or the plate's last characters, best first.
    public func search(_ query: String, limit: Int) -> [Match] {
        let wanted = query.halfwidth.uppercased().filter { !" -".contains($0) }
        if wanted.isEmpty { return [] }
        var found: [Match] = []
        var seen: Set<Match> = []
        func add(_ match: Match) { if seen.insert(match).inserted { found.append(match) } }
        func add(_ person: Person) {
            add(Match(unit: person.unit, person: person.id, name: person.name, tenure: person.role))
        }
        // A telephone number as people write it: +86, slashes, an extension.
        let number = wanted.filter(\.isNumber).count >= 4 ? (try? Phone(text: query, zone: .shanghai))?.trunk : nil
        if wanted.contains(where: \.isNumber) {
            for unit in units.values where found.count < limit {
                let digits = unit.code.text.filter { $0 != "-" }
                guard digits == wanted || digits.hasSuffix(wanted) && wanted.count >= 3 || digits.hasPrefix(wanted)
                else {
                    continue
                }
                let residents = residents(of: unit.code)
                if residents.isEmpty { add(Match(unit: unit.code, person: nil, name: nil, tenure: nil)) }
                residents.forEach(add)
            }
            if wanted.count >= 4 {
                for (plate, unit) in vehicles where found.count < limit && plate.text.hasSuffix(wanted) {
                    residents(of: unit).prefix(1).forEach(add)
                }
            }
            if let number {
                for person in persons.values
                where found.count < limit && person.phone?.trunk.contains(number) == true {
                    add(person)
                }
            }
        } else {
            for person in persons.values where found.count < limit && Pinyin.matches(query, in: person.name) {
                add(person)
            }
        }
        return Array(found.prefix(limit))
    }
}
