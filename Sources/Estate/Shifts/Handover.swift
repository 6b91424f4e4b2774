import Handbook
import Journal

/// The answers to the numbered items of a handover (7.3), as text: `3:无;8:两件包裹`.
public struct HandoverAnswers: TextValue {
    public static var type: FieldType { .text }
    public let text: String

    public init(_ text: String) { self.text = text }

    /// Of answers by their items' numbers.
    public init(_ answers: [Int: String]) {
        let parts = answers.sorted { $0.key < $1.key }.map { "\($0.key):\(HandoverAnswers.plain($0.value))" }
        text = parts.joined(separator: ";")
    }

    /// Reads numbers and answers in any order. Throws ``Refusal`` `handover.malformed`.
    public init(text: String, zone: Zone) throws {
        var answers: [Int: String] = [:]
        for part in try String(text: text, zone: zone).split(whereSeparator: \.endsPart) {
            guard let (number, answer) = HandoverAnswers.read(part) else {
                throw Refusal.input(
                    "handover.malformed", "“\(part)”看不懂：写成 3:无;8:两件包裹", en: "“\(part)”: write 3:none;8:two parcels")
            }
            guard answers.updateValue(answer, forKey: number) == nil else {
                throw Refusal.input("handover.malformed", "第 \(number) 项写了两次", en: "item \(number) stands twice")
            }
        }
        self.init(answers)
    }

    private static func read(_ part: Substring) -> (Int, String)? {
        guard let colon = part.firstIndex(where: { ":：".contains($0) }),
            let number = Int(String(part[..<colon]).halfwidth), number > 0
        else { return nil }
        let answer = String(part[part.index(after: colon)...]).trimmed
        return answer.isEmpty ? nil : (number, answer)
    }

    public var answers: [Int: String] {
        Dictionary(text.split(whereSeparator: \.endsPart).compactMap(HandoverAnswers.read)) { first, _ in first }
    }

    /// An answer without the sign that separates two.
    static func plain(_ answer: String) -> String {
        String(answer.oneLine.map { $0.endsPart ? "，" : $0 }).trimmed
    }

    public func display(zone: Zone, language: Language) -> String {
        answers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "；")
    }
}

/// What was counted at a handover, as text: `对讲机 4/4;手电 3/4 一支送修`.
public struct HandoverCounts: TextValue {
    public static var type: FieldType { .text }
    /// How many there are, how many there have to be, and what is said of a difference.
    public struct Entry: Hashable, Sendable {
        public let name: String
        public let present: Int
        public let expected: Int?
        public let note: String?

        public init(_ name: String, _ present: Int, of expected: Int?, note: String? = nil) {
            (self.name, self.present, self.expected, self.note) = (name, present, expected, note)
        }

        public var differs: Bool { expected.map { $0 != present } ?? false }

        /// 手电 3/4 一支送修
        public var text: String {
            let count = expected.map { "\(present)/\($0)" } ?? "\(present)"
            return ([name, count] + [note.map(HandoverAnswers.plain)].compactMap { $0 }).joined(separator: " ")
        }

        /// `nil` if the text is not made so. A count may follow its name at once, and be one of 部, 把, 支, ….
        init?(_ part: Substring) {
            let typed = String(part).halfwidth.trimmed
            let words = (Entry.separated(typed) ?? typed).split(maxSplits: 2, whereSeparator: \.isWhitespace)
            guard words.count > 1, let name = words.first else { return nil }
            let counts = words[1].split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
            guard counts.count < 3, !counts.contains(nil), let present = counts[0],
                counts.allSatisfy({ (0...9999).contains($0 ?? -1) })
            else { return nil }
            self.init(
                String(name), present, of: counts.count > 1 ? counts[1] : nil,
                note: words.count > 2 ? String(words[2]) : nil)
        }

        /// 手电3支 as 手电 3; `nil` for what is not written so.
        private static func separated(_ typed: String) -> String? {
            let name = typed.prefix { !$0.isWhitespace && !$0.isNumber }
            let count = typed[name.endIndex...].prefix { $0.isASCII && $0.isNumber }
            let unit = typed[count.endIndex...]
            guard !name.isEmpty, (1...4).contains(count.count), unit.count < 2,
                unit.unicodeScalars.allSatisfy(\.properties.isIdeographic)
            else { return nil }
            return "\(name) \(count)"
        }
    }

    public let text: String

    public init(_ text: String) { self.text = text }

    public init(_ entries: [Entry]) { text = entries.map(\.text).joined(separator: ";") }

    /// Counts, and what is said in other words, which is kept as it was written: 齐全. Throws ``Refusal``
    /// `handover.malformed` for what is counted twice.
    public init(text: String, zone: Zone) throws {
        var names: Set<String> = []
        let parts = try String(text: text, zone: zone).split(whereSeparator: \.endsPart).map { part in
            guard let entry = Entry(part) else { return String(part).oneLine.trimmed }
            guard names.insert(entry.name).inserted else {
                throw Refusal.input("handover.malformed", "\(entry.name) 写了两次", en: "\(entry.name) stands twice")
            }
            return entry.text
        }
        self.text = parts.filter { !$0.isEmpty }.joined(separator: ";")
    }

    public var entries: [Entry] { text.split(whereSeparator: \.endsPart).compactMap { Entry($0) } }

    /// What is no count.
    private var remarks: [String] {
        text.split(whereSeparator: \.endsPart).filter { Entry($0) == nil }.map { String($0).trimmed }
    }

    public func display(zone: Zone, language: Language) -> String {
        (entries.map(\.text) + remarks).joined(separator: "；")
    }

    /// The same with the counts that the estate expects, where none were given.
    func expecting(_ stock: [Handbook.Shifts.Stock]) -> HandoverCounts {
        let counts = entries.map { entry in
            let expected = stock.first { $0.name == entry.name }?.count ?? entry.expected
            return Entry(entry.name, entry.present, of: expected, note: entry.note).text
        }
        return HandoverCounts((counts + remarks).joined(separator: ";"))
    }
}

extension Character {
    /// Whether the character separates two answers or counts.
    fileprivate var endsPart: Bool { ";；\n".contains(self) }
}

/// What the outgoing member says at a handover, and what the incoming one answers.
public struct Handover: Sendable {
    public var items: HandoverAnswers?
    public var equipment: HandoverCounts?
    public var keys: HandoverCounts?
    /// Whether the ritual was gone through.
    public var ritual: Bool?

    public init(
        items: HandoverAnswers? = nil, equipment: HandoverCounts? = nil, keys: HandoverCounts? = nil,
        ritual: Bool? = nil
    ) {
        (self.items, self.equipment, self.keys, self.ritual) = (items, equipment, keys, ritual)
    }

    /// What is there in another number than it has to be.
    public var differences: [HandoverCounts.Entry] {
        ((equipment?.entries ?? []) + (keys?.entries ?? [])).filter(\.differs)
    }

    /// The numbers of the items without an answer, and what was not counted.
    public func missing(by rule: Handbook.Shifts) -> (items: [Int], stock: [String]) {
        let answers = items?.answers ?? [:]
        var missing: [Int] = []
        var uncounted: [String] = []
        for (index, item) in rule.items.enumerated() where answers[index + 1] == nil {
            let (stock, counts) =
                switch item.id {
                case "equipment": (rule.equipment, equipment)
                case "keys": (rule.keys, keys)
                default: ([Handbook.Shifts.Stock](), HandoverCounts?.none)
                }
            let counted = Set(counts?.entries.map(\.name) ?? [])
            let open = stock.map(\.name).filter { !counted.contains($0) }
            uncounted += open
            if stock.isEmpty || open.count == stock.count { missing.append(index + 1) }
        }
        return (missing, uncounted)
    }
}

/// The incoming member's answer to a handover.
public struct HandoverSignature: Sendable {
    public let by: String
    public let at: Moment
    /// The numbers of the items that were confirmed.
    public let confirmed: [Int]
    /// What the member does not agree with (保留意见).
    public let reservation: String?
    public let ritual: Bool?
}
