import Handbook
import Journal

/// The manager ends what is due, of each class and month, on the day after the last on which it is kept (Rules, Particulars).
enum ParticularsDuty {
    static let rule = DutyRule.perCase(
        "particulars", Label("个人信息到期", en: "Particulars due"), .manager, by: ExpireParticulars.self, field: nil,
        parts: {
            [
                $0.$particulars, $0.sealedLines.placeCount, $0.endings.count, $0.$gate, $0.$calls, $0.$registers,
                $0.$renovations, $0.$incidents, $0.$people,
            ]
        }
    ) { estate in
        let retention = Retention(estate)
        return estate.particularsPeriods.flatMap { estate.cases(of: $0, by: retention) }
    }
}

extension Estate {
    /// What has ended of a month, and what is left of it.
    fileprivate func cases(of months: ParticularsPeriod, by retention: Retention) -> [DutyCase] {
        let (id, done) = (
            "\(months.kind)-\(months.month.text)", particulars.expiry(of: months.kind, months.month)
        )
        let subject = "\(handbook.particulars[months.kind]?.name ?? months.kind) \(months.month.text)"
        func one(_ id: String, _ due: Day, _ done: Duty.Fulfilment?) -> DutyCase {
            DutyCase(id: id, subject: subject, opens: due, due: due, done: done, note: nil)
        }
        let past = done.flatMap { done in
            (done.due ?? lastDay(of: months.kind, months.month)?.adding(1)).map { one(id, $0, done) }
        }
        let rest = dayDue(of: months, by: retention).map { one(done == nil ? id : "\(id)-rest", $0, nil) }
        return [past, rest].compactMap(\.self)
    }

    /// The first day on which anything is to be ended that is left of a month: not before a hold is over, and not while
    /// it is needed.
    private func dayDue(of months: ParticularsPeriod, by retention: Retention) -> Day? {
        let today = Day(Moment(milliseconds: latest.milliseconds), in: zone)
        // What was undone ends with the others, and is no duty by itself.
        let left = months.places.filter { !hasEnded($0) }.flatMap { readable(in: $0) }
            .filter { !undone.holds($0.entry.id) }
        let lastDay = retention.lastDays(in: months)
        return left.compactMap { _, entry -> Day? in
            guard let last = lastDay(entry) else { return nil }
            if last < today, needsParticulars(of: entry.record, on: today) != nil { return nil }
            return max(last, particulars.holds[entry.record]?.until ?? last).adding(1)
        }.min()
    }

    /// Whether all lines of a place have ended together, so that none has to be looked at.
    private func hasEnded(_ place: KeyPlace) -> Bool {
        sealedLines.generation(of: place).map { endings.isWhole(place, through: $0) } ?? true
    }
}
