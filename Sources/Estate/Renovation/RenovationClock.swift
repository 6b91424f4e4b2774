import Handbook
import Journal

// The two working days of the formalities (5.3), and how they are counted.

extension Label {
    static let dueUnknown = Label("期限待定（放假安排未公布）", en: "not known yet: the holidays are not published")
}

extension Estate {
    /// The day by which the formalities are due if the papers are complete on a day; `nil` where the calendar is not
    /// published.
    func renovationDue(completed day: Day) -> Day? {
        let days = handbook.renovation.permit.workingDays
        return try? WorkingDays.deadline(from: day, adding: days, by: handbook).due
    }

    /// The day by which the formalities of a renovation are due: that of its permit, else by the present calendar. `nil`
    /// while papers are missing, of a small matter, and where the calendar is not published.
    public func due(of renovation: RenovationCase) -> Day? {
        guard !renovation.isSimple, let completed = renovation.completed else { return nil }
        return renovation.permit?.due ?? renovationDue(completed: Day(completed, in: zone))
    }

    /// Whether the formalities were done in time; `nil` as long as that is open, and where no day is due.
    public func isInTime(_ renovation: RenovationCase, at moment: Moment) -> Bool? {
        guard let due = due(of: renovation) else { return nil }
        if let permit = renovation.permit { return due.isMet(at: permit.at, in: zone) }
        if renovation.state == .withdrawn { return nil }
        return moment > due.end(in: zone) ? false : nil
    }

    /// The clock in words: `还有 1 个工作日：02-14 补班算，02-15 至 02-23 春节不算`. `nil` where none runs.
    public func clock(of renovation: RenovationCase, at moment: Moment) -> Label? {
        guard renovation.state == .papers, !renovation.isSimple, let completed = renovation.completed else {
            return nil
        }
        guard let due = due(of: renovation) else { return .dueUnknown }
        let today = Day(asOf: moment, in: zone)
        let start = Day(completed, in: zone)
        let left = today < due ? (1...due.days(since: today)).count { handbook.isWorkingDay(today.adding($0)) } : 0
        let (chinese, english) =
            switch due.days(since: today) {
            case ..<0: ("超期 \(today.days(since: due)) 天", "\(today.days(since: due)) days late")
            case 0: ("今天到期", "due today")
            default: ("还有 \(left) 个工作日", "\(left) working days left")
            }
        let remarks = handbook.remarks(from: start.adding(1), to: due)
        if remarks.isEmpty { return Label(chinese, en: english) }
        return Label(
            "\(chinese)：\(remarks.map(\.chinese).joined(separator: "，"))",
            en: "\(english): \(remarks.map(\.english).joined(separator: ", "))")
    }
}

extension Handbook {
    /// Whether a day of a published year is worked.
    func isWorkingDay(_ day: Day) -> Bool {
        switch kind(of: day) {
        case .worked: true
        case .ordinary: day.weekday <= 5
        case .off, .unpublished: false
        }
    }

    /// Which days of a span are counted or left out against their weekday, and why: days alike in a row together.
    fileprivate func remarks(from first: Day, to last: Day) -> [Label] {
        var spans: [(why: Label, first: Day, last: Day)] = []
        for number in first.number...max(first.number, last.number) {
            let day = Day(number: number)
            guard let why = remark(on: day) else { continue }
            if let former = spans.last, former.why == why, former.last.adding(1) == day {
                spans[spans.count - 1].last = day
            } else {
                spans.append((why, day, day))
            }
        }
        return spans.map { why, first, last in
            let days = first == last ? first.short : "\(first.short) 至 \(last.short)"
            let english = first == last ? first.short : "\(first.short) to \(last.short)"
            return Label("\(days) \(why.chinese)", en: "\(english) \(why.english)")
        }
    }

    private func remark(on day: Day) -> Label? {
        switch kind(of: day) {
        case .worked: Label("补班算", en: "is worked instead")
        case .off(let name): Label("\(name)不算", en: "is a holiday")
        case .ordinary where day.weekday > 5: Label("周末不算", en: "is a weekend")
        case .ordinary, .unpublished: nil
        }
    }
}
