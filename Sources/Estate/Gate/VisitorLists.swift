import Journal

/// A visitor whom the desk registered in advance (预约来访).
public struct ExpectedVisitor: Entity, HostedVisitor, Sendable {
    public static let entity = "expectation"
    public static let label = Label("预约来访", en: "expected visitor")
    public let id: Ref<ExpectedVisitor>
    public let name: Particular<String>
    public internal(set) var host: UnitCode
    public let hostWords: Particular<String?>
    public let from, to: Day
    public let plate: Particular<Plate?>
    public let by: String
    /// The visit by which they arrived.
    public internal(set) var visit: Ref<Visit>?

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.gate.lists.expected.filter { $0.visit == nil }.map {
            Candidate($0.id.id.text, text: $0.name.text, detail: $0.hostName)
        }
    }

    public static func known(_ id: Ref<ExpectedVisitor>, in estate: Estate) -> ExpectedVisitor? {
        estate.gate.lists.expected.first { $0.id == id }
    }

    public func words(in estate: Estate) -> String { "\(name.text) \(hostName)" }

    /// Whether they have not come and may come on a day.
    public func isAwaited(on day: Day) -> Bool { visit == nil && from <= day && day <= to }
}

/// A visitor who was turned away (谢绝进入), and never counts as inside.
public struct RefusedVisitor: Sendable {
    public let id: Ref<JournalEntry>
    public let name: Particular<String>
    /// Where they wanted to go, as it was said.
    public let host: Particular<Host?>
    public let why: String
    public let at: Moment
    public let by: String
}

/// Who is not to be admitted, until a day.
public struct BarredVisitor: Sendable {
    public let id: Ref<JournalEntry>
    public let name: Particular<String?>
    public let plate: Particular<Plate?>
    public let why: String
    public let until: Day
    public let by: String

    /// Whether a name or a plate is theirs.
    func fits(name: String, plate: Plate?) -> Bool {
        if !name.isEmpty, let known = self.name.value ?? nil, known == name { return true }
        guard let plate, let known = self.plate.value ?? nil else { return false }
        return known.shares(plate)
    }
}

/// Who is expected, was turned away, or is not to be admitted.
public struct VisitorLists: Sendable {
    public internal(set) var expected: [ExpectedVisitor] = []
    public internal(set) var refused: [RefusedVisitor] = []
    public internal(set) var barred: [BarredVisitor] = []

    mutating func arrive(_ id: Ref<ExpectedVisitor>, with visit: Ref<Visit>) {
        guard let index = expected.firstIndex(where: { $0.id == id }), expected[index].visit == nil else { return }
        expected[index].visit = visit
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for index in expected.indices where expected[index].host == unit { expected[index].host = code }
    }

    /// The entries that today's work needs.
    func retainedIDs(_ window: RetentionWindow) -> [EntryID] {
        expected.filter { $0.to >= window.firstDay }.map(\.id.id)
            + refused.filter { $0.at >= window.since }.map(\.id.id)
            + barred.filter { $0.until >= window.firstDay }.map(\.id.id)
    }

    /// Why the particulars of an entry are still needed on a day.
    func needs(_ record: EntryID, on day: Day) -> Label? {
        if barred.contains(where: { $0.id.id == record && $0.until >= day }) {
            return Label("限制进入未到期", en: "they are not to be admitted yet")
        }
        if expected.contains(where: { $0.id.id == record && $0.visit == nil && $0.to >= day }) {
            return Label("预约未到期", en: "they are still expected")
        }
        return nil
    }
}

extension ExpectedVisitor {
    /// The name, with the host and the plate for the other fields; `nil` once the name has ended.
    var candidate: Candidate? {
        name.value.map { name in
            let plate = (plate.value ?? nil)?.text
            var others = ["host": hostName]
            others["plate"] = plate
            let words = [hostName, plate].compactMap { $0 }.joined(separator: " ")
            return Candidate(
                name, detail: Label("今日预约 \(words)", en: "expected today \(words)"), others: others,
                code: plate)
        }
    }
}

extension Estate {
    /// The visitors who are expected on a day and have not come.
    func awaited(on day: Day) -> [ExpectedVisitor] { gate.lists.expected.filter { $0.isAwaited(on: day) } }

    /// The names of recent visitors, without those who are expected at the same host.
    func frequentNames(except awaited: [ExpectedVisitor]) -> [Candidate] {
        let known = Set(awaited.compactMap { visitor in visitor.name.value.map { [$0, visitor.hostName] } })
        return gate.frequent { visit in known.contains([visit.name, visit.hostName]) ? nil : visit.name }
    }

    /// The registration in advance that an arrival fulfils: of the same name, at the same host if one is given, or of a
    /// plate.
    func expected(name: String, host: UnitCode?, plate: Plate?, at moment: Moment) -> ExpectedVisitor? {
        awaited(on: Day(moment, in: zone)).first { expected in
            if !name.isEmpty, expected.name.value == name, host == nil || host == expected.host { return true }
            guard let plate, let known = expected.plate.value ?? nil else { return false }
            return known.shares(plate)
        }
    }
}
