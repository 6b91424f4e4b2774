import Handbook
import Journal

/// Particulars of persons (个人信息): how long they are kept, and how they end.
///
/// They stand sealed in the journal, by class and month; ``Particular`` opens them, and ``Endings`` says what has ended.
public struct Particulars: Sendable {
    /// Records that must not end yet, with the last day of that and the reason.
    private(set) var holds: [EntryID: (until: Day, why: String)] = [:]
    /// The facts that first ended the months of each class.
    private var expiries: [Month: Duty.Fulfilment] = [:]

    private struct Month: Hashable {
        let kind: String
        let period: Period
    }

    mutating func noteExpiry(of kind: String, _ period: Period, _ done: Duty.Fulfilment) {
        let month = Month(kind: kind, period: period)
        if expiries[month] == nil { expiries[month] = done }
    }

    /// What ended a month of a class first; `nil` if nothing has.
    func expiry(of kind: String, _ period: Period) -> Duty.Fulfilment? { expiries[Month(kind: kind, period: period)] }

    mutating func hold(_ record: EntryID, until day: Day, why: String) { holds[record] = (day, why) }

    /// Whether a record is held on a day.
    func isHeld(_ record: EntryID, on day: Day) -> Bool { holds[record].map { $0.until >= day } ?? false }
}

/// The months of a class, with the records in them.
struct ParticularsPeriod: Sendable {
    let kind: String
    let month: Period
    let places: [KeyPlace]
}

extension Estate {
    /// The classes and months of which sealed records are known, in order.
    var particularsPeriods: [ParticularsPeriod] {
        let order = handbook.particulars.classes.map(\.id)
        let places = Dictionary(grouping: sealedLines.places) { [$0.kind, $0.month] }
        return places.compactMap { key, places in
            (try? Period(text: key[1], zone: zone)).map { ParticularsPeriod(kind: key[0], month: $0, places: places) }
        }.sorted {
            (order.firstIndex(of: $0.kind) ?? order.count, $0.month.number)
                < (order.firstIndex(of: $1.kind) ?? order.count, $1.month.number)
        }
    }

    /// The last day on which a month's records of a class are kept: the days of the class after the month's last day;
    /// `nil` if that begins for each when the person leaves.
    func lastDay(of kind: String, _ month: Period) -> Day? {
        guard let known = handbook.particulars[kind], known.from == .recording else { return nil }
        return month.last.adding(handbook.particulars.days(of: kind))
    }

    /// The lines of a place that have not ended.
    func readable(in place: KeyPlace) -> [(name: KeyName, entry: SealedLines.Entry)] {
        sealedLines.names(of: place).flatMap { name in
            (sealedLines.entries[name] ?? Chunks()).filter { !endings.holds(name, $0.id) }.map { (name, $0) }
        }
    }

    /// Why a record is never erased on request; `nil` if it may be.
    func legalRetentionReason(_ record: EntryID) -> Label? {
        let kinds = sealedLines.entries(of: record).map(\.name.place.kind)
        guard let known = kinds.lazy.compactMap({ self.handbook.particulars[$0] }).first(where: { $0.readers != nil })
        else { return nil }
        let days = handbook.particulars.days(of: known.id)
        return Label(
            "\(known.name)是收付凭证的一部分，保存 \(days) 天，不按要求删除",
            en: "\(known.english.lowercased()) prove money or rights, and are kept for \(days) days")
    }

    /// Why a record must not end on a day; `nil` if it may.
    func keepsParticulars(of record: EntryID, on day: Day) -> Label? {
        if particulars.isHeld(record, on: day) {
            let why = particulars.holds[record]?.why ?? ""
            return Label("留存中：\(why)", en: "held: \(why)")
        }
        return needsParticulars(of: record, on: day)
    }
}

extension Particulars: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Particulars.self]
    static let actions: [any Action.Type] = [
        ExpireParticulars.self, EraseParticulars.self, HoldParticulars.self,
    ]
    static let facts: [any Fact.Type] = [ParticularsExpired.self, ParticularsErased.self, KeysDestroyed.self]
    static let views: [any View.Type] = [ParticularsView.self]
    static let duties = [ParticularsDuty.rule]

    static func sealingRule(of kind: String, by handbook: Handbook) -> SealingRule? {
        handbook.particulars.sealed.first { $0.kind == kind }.map { sealed in
            let readers = handbook.particulars[sealed.class]?.readers.map { Set($0.compactMap(Role.init)) }
            return SealingRule(kind: sealed.class, fields: Set(sealed.fields), readers: readers)
        }
    }
}
