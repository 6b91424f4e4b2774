import Journal

/// Ends the particulars whose retention is over: by class and month, all but those that are held or still needed.
public struct ExpireParticulars: Action {
    public static let name = "particulars.expire"
    public static let label = Label("删除到期的个人信息", en: "End particulars that are due")
    public static let roles: Set<Role> = []
    /// What was due before this day; the present day unless given.
    var until: Day?

    public init() {}

    public init(until: Day) { self.until = until }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("until", &until, Label("此日之前到期", en: "Due before"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let today = Day(plan.now, in: estate.zone)
        let until = until ?? today
        if until > today {
            throw Refusal(
                .rule, "particulars.early", "还没有到 \(until.text)，不能提前删除", en: "\(until.text) has not come yet",
                field: "until")
        }
        let due = estate.dueParticulars(before: until, on: today)
        if due.isEmpty { throw Refusal.rule("particulars.nothing", "没有到期的个人信息", en: "no particulars are due") }
        for fact in due.expired { plan.record(fact) }
        for fact in due.single { plan.record(fact) }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let today = Day(moment, in: estate.zone)
        let due = estate.dueParticulars(before: min(until ?? today, today), on: today)
        if due.isEmpty { return nil }
        func name(_ kind: String) -> Label {
            let known = estate.handbook.particulars[kind]
            return Label(known?.name ?? kind, en: known?.english ?? kind)
        }
        let left = Dictionary(grouping: due.single, by: \.key.kind).sorted { $0.key < $1.key }
        let facts =
            due.expired.map { Label.fact(name($0.key.kind), $0.key.period.text) }
            + left.map { kind, facts in
                let count = Set(facts.map(\.record)).count
                return estate.handbook.particulars[kind]?.from == .leaving
                    ? Label.fact(name(kind), "\(count) 条（已离开）", en: "\(count) who left")
                    : Label.fact(name(kind), "\(count) 条的更正", en: "corrections of \(count)")
            }
        return Confirmation(
            Label("删除这些到期的个人信息？删除后不能恢复", en: "End these particulars? They cannot be brought back"), facts,
            yes: Label("删除", en: "end them"))
    }
}

/// What is due: whole months, and single records, of persons who have left or recorded after the month that ends.
private struct DueParticulars {
    let expired: [ParticularsExpired]
    let single: [ParticularsErased]

    var isEmpty: Bool { expired.isEmpty && single.isEmpty }
}

extension Estate {
    /// The endings of what was due before a day.
    fileprivate func dueParticulars(before until: Day, on today: Day) -> DueParticulars {
        DueParticulars(expired: dueMonths(before: until, on: today), single: dueRecords(before: until, on: today))
    }

    private func isDue(_ period: ParticularsPeriod, before until: Day) -> Bool {
        lastDay(of: period.kind, period.month).map { $0 < until } ?? false
    }

    /// What is due of months that are not, by key: of persons who left so long ago, and corrections of what ends with an
    /// earlier month.
    private func dueRecords(before until: Day, on today: Day) -> [ParticularsErased] {
        let retention = Retention(self)
        return particularsPeriods.filter { !isDue($0, before: until) }.flatMap { period in
            let why =
                handbook.particulars[period.kind]?.from == .leaving
                ? ParticularsErased.departed : ParticularsErased.followed
            let lastDay = retention.lastDays(in: period)
            return period.places.flatMap { place in
                let due = readable(in: place).filter { lastDay($0.entry).map { $0 < until } ?? false }
                var (facts, places) = ([ParticularsErased](), [String: Int]())
                for (name, entry) in due where keepsParticulars(of: entry.record, on: today) == nil {
                    let key = "\(name.generation) \(entry.record)"
                    if let place = places[key] {
                        facts[place].entries.append(Ref(entry.id))
                    } else {
                        places[key] = facts.count
                        facts.append(
                            ParticularsErased(
                                record: Ref(entry.record), why: why,
                                key: EndedKey(name, period.month), entries: [Ref(entry.id)]))
                    }
                }
                return facts
            }
        }
    }

    private func dueMonths(before until: Day, on today: Day) -> [ParticularsExpired] {
        particularsPeriods.filter { isDue($0, before: until) }.flatMap { period in
            period.places.compactMap { place in
                let readable = readable(in: place)
                let kept = readable.filter { keepsParticulars(of: $0.entry.record, on: today) != nil }
                guard kept.count < readable.count, let generation = sealedLines.generation(of: place) else {
                    return nil
                }
                return ParticularsExpired(
                    key: EndedKey(KeyName(place, generation: generation), period.month),
                    kept: kept.map { Ref($0.entry.id) }, due: lastDay(of: period.kind, period.month)?.adding(1))
            }
        }
    }
}

/// The key of a class, month and node, as facts about endings state it.
struct EndedKey: Sendable {
    fileprivate(set) var kind = ""
    fileprivate(set) var period = Period.placeholder
    private var node = ""
    private var generation = 0

    init() {}

    init(_ name: KeyName, _ period: Period) {
        (kind, self.period, node, generation) = (name.place.kind, period, name.place.node, name.generation)
    }

    var name: KeyName { KeyName(KeyPlace(kind, month: period.text, node: node), generation: generation) }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &kind, Label("类别", en: "Class"))
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("node", &node, Label("节点", en: "Node"))
        try visitor.field("generation", &generation, Label("密钥代次", en: "Key generation"))
    }
}

/// The particulars of a class, of a month and a node end, but for some. Their key is destroyed after this.
struct ParticularsExpired: TimelessFact {
    static let kind: StaticString = "particulars.expired"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = ExpireParticulars.self
    /// The latest key.
    var key = EndedKey()
    /// The records that stay.
    var kept: [Ref<JournalEntry>] = []
    /// The day on which that was due; `nil` in older lines.
    var due: Day?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try key.fields(&visitor)
        try visitor.field("kept", &kept)
        try visitor.field("due", &due)
    }

    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let name = key.name
        estate.endings.end(name.place, through: name.generation, keeping: kept.map(\.id))
        estate.endings.ask(metadata.id, by: metadata.by)
        estate.particulars.noteExpiry(
            of: key.kind, key.period, Duty.Fulfilment(fact: Ref(metadata.id), at: metadata.at, due: due))
    }
}

/// Ends the particulars of one record on request.
public struct EraseParticulars: Action {
    public static let name = "particulars.erase"
    public static let label = Label("删除个人信息", en: "Erase particulars")
    public static let roles: Set<Role> = []
    var record = Ref<JournalEntry>.placeholder
    var why = ""

    public init() {}

    public init(record: EntryID, why: String) { (self.record, self.why) = (Ref(record), why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("record", &record, .record)
        try visitor.field("why", &why)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.requireParticulars(of: record)
        let today = Day(plan.now, in: estate.zone)
        if let reason = estate.legalRetentionReason(record.id) ?? estate.keepsParticulars(of: record.id, on: today) {
            throw Refusal(
                .rule, "particulars.kept", "不能删除：\(reason.chinese)", en: "it cannot be erased: \(reason.english)",
                field: "record")
        }
        for (name, entries) in estate.sealedLines.entries(of: record.id) {
            let left = entries.filter { !estate.endings.holds(name, $0.id) }
            guard !left.isEmpty, let period = try? Period(text: name.place.month, zone: estate.zone) else { continue }
            plan.record(
                ParticularsErased(
                    record: record, why: why, key: EndedKey(name, period), entries: left.map { Ref($0.id) }))
        }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard (try? estate.requireParticulars(of: record)) != nil, estate.legalRetentionReason(record.id) == nil,
            estate.keepsParticulars(of: record.id, on: Day(moment, in: estate.zone)) == nil
        else { return nil }
        let words =
            Estate.entities.lazy.compactMap { $0.words(of: record.id, in: estate) }.first ?? estate.words(of: record.id)
        return Confirmation(
            Label("删除个人信息：\(words)？删除后不能恢复", en: "Erase the particulars of \(words)? They cannot be brought back"),
            [.fact(Glossary.label(of: "why"), why)], yes: Label("删除", en: "erase"))
    }
}

extension Estate {
    /// The words of a record that is no entity, such as who was turned away.
    fileprivate func words(of record: EntryID) -> String {
        let records = Estate.features.lazy.flatMap { $0.personRecords(in: self, latest: .max) }
        return records.first { $0.id == record }?.words.joined(separator: " ") ?? ""
    }
}

extension Entity {
    fileprivate static func words(of id: EntryID, in estate: Estate) -> String? {
        known(Ref(id), in: estate)?.words(in: estate)
    }
}

/// The particulars of one record end, as far as one key seals them. That key is replaced after this.
struct ParticularsErased: TimelessFact {
    static let kind: StaticString = "particulars.erased"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = EraseParticulars.self
    var record = Ref<JournalEntry>.placeholder
    var why = ""
    var key = EndedKey()
    /// The lines that end.
    var entries: [Ref<JournalEntry>] = []

    /// The reason where nobody asked: the time after the departure is over.
    fileprivate static let departed = "离开后到期"
    /// The reason where what it corrects has ended with its month.
    fileprivate static let followed = "随原记录到期"

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("record", &record, .record)
        try visitor.field("why", &why)
        try key.fields(&visitor)
        try visitor.field("entries", &entries)
    }

    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.endings.end(entries.map(\.id), under: key.name)
        estate.endings.ask(metadata.id, by: metadata.by)
    }
}

/// Keeps the particulars of a record until a day, for an incident.
public struct HoldParticulars: ActionFact, TimelessFact {
    public static let name = "particulars.hold"
    static let kind: StaticString = "particulars.held"
    static var merging: Merging<Self> { .derived }
    public static let label = Label("留存个人信息", en: "Hold particulars")
    public static let roles: Set<Role> = []
    var record = Ref<JournalEntry>.placeholder
    var why = ""
    /// The last day of the hold.
    var until = Day.placeholder

    public init() {}

    public init(record: EntryID, why: String, until: Day) {
        (self.record, self.why, self.until) = (Ref(record), why, until)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("record", &record, .record)
        try visitor.field("why", &why)
        try visitor.field("until", &until, Label("留存至", en: "Held through"))
    }

    var answer: EntryID? { nil }
    func affectedIDs(in estate: Estate) -> [String]? { [record.id.text] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.requireParticulars(of: record)
        let today = Day(plan.now, in: estate.zone)
        if until < today {
            throw Refusal(
                .rule, "particulars.past", "\(until.text) 已过", en: "\(until.text) is past", field: "until")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.particulars.hold(record.id, until: until, why: why)
    }
}

extension Estate {
    /// Throws ``Refusal`` `particulars.unknown` or `particulars.ended` unless a record has particulars.
    fileprivate func requireParticulars(of record: Ref<JournalEntry>) throws {
        if hasParticulars(record.id) { return }
        if sealedLines.entries(of: record.id).isEmpty {
            throw Refusal(
                .rule, "particulars.unknown", "这条记录没有封存的个人信息：\(record.id)",
                en: "no particulars of this record are sealed: \(record.id)", field: "record")
        }
        throw Refusal(
            .rule, "particulars.ended", "这条记录的个人信息已删除", en: "the particulars of this record have ended",
            field: "record")
    }
}

extension Label {
    fileprivate static let record = Label("记录", en: "Record")
}
