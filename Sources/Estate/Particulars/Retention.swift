import Handbook
import Journal

/// How long sealed lines are kept: by their own month, by that of the record that they are about, or from a departure on.
///
/// A correction of a visit, or the plate at its exit, may be of a later month than the arrival. It ends with the arrival.
struct Retention {
    private let estate: Estate
    /// The months of the records about which there are other lines.
    private let homes: [EntryID: KeyPlace]

    init(_ estate: Estate) { (self.estate, homes) = (estate, estate.sealedLines.homes) }

    /// For the lines of a month, the last day on which each is kept; `nil` while the person is here.
    func lastDays(in months: ParticularsPeriod) -> (SealedLines.Entry) -> Day? {
        guard let known = estate.handbook.particulars[months.kind] else { return { _ in nil } }
        switch known.from {
        case .leaving:
            let days = estate.handbook.particulars.days(of: known.id)
            return { entry in
                Estate.features.lazy.compactMap { $0.departure(of: entry.record, in: estate) }.first
                    .map { Day($0, in: estate.zone).adding(days) }
            }
        case .recording:
            let last = estate.lastDay(of: known.id, months.month)
            return { entry in lastDayOfRecord(of: entry).map { min($0, last ?? $0) } ?? last }
        }
    }

    /// The last day of the record that a line is about, unless the line made a record of its own, such as a pass.
    private func lastDayOfRecord(of entry: SealedLines.Entry) -> Day? {
        guard entry.id != entry.record, let home = homes[entry.record],
            !Estate.entities.contains(where: { $0.holds(entry.id, in: estate) }),
            let month = try? Period(text: home.month, zone: estate.zone)
        else { return nil }
        return estate.lastDay(of: home.kind, month)
    }
}

extension SealedLines {
    /// The places of the lines that made the records about which there are other lines.
    fileprivate var homes: [EntryID: KeyPlace] {
        let records = Set(entries.values.joined().lazy.filter { $0.id != $0.record }.map(\.record))
        if records.isEmpty { return [:] }
        var homes: [EntryID: KeyPlace] = [:]
        for (name, own) in entries {
            for entry in own where records.contains(entry.id) { homes[entry.id] = name.place }
        }
        return homes
    }
}

extension Entity {
    fileprivate static func holds(_ id: EntryID, in estate: Estate) -> Bool { known(Ref(id), in: estate) != nil }
}
