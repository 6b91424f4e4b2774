import Journal

/// What the work on arrears adds to an account in arrears.
extension ViewRow<ArrearsView> {
    /// The overdue bills.
    var overdue: [Bill] { estate.fees.unpaidBills(of: subject.account).filter { $0.due < context.day } }
    public var lastContact: Contact? { estate.contacts(of: subject.unit).first }
    /// The earliest day on which the time to sue for one of these bills ends.
    public var limitation: Day? { overdue.map { estate.limitation(of: $0) }.min() }

    /// Whether that day is near or past (policy: 90 days).
    public var isLimitationNear: Bool {
        let days = estate.handbook.collecting.rhythm.limitationDays
        return limitation.map { $0.days(since: context.day) <= days } ?? false
    }

    /// Whether somebody was reached about one of these bills.
    public var isContacted: Bool {
        let bills = Set(overdue.map(\.id))
        return estate.contacts(of: subject.unit).contains { $0.isReached && $0.bills.contains(where: bills.contains) }
    }

    /// Who collects: the member's code, or whoever else sees to it, and the name.
    public var collector: (code: String, name: String)? {
        estate.collector(of: subject.unit).map { ($0, estate.staff.name(of: $0)) }
    }

    /// What is promised of these bills, and whether it is due.
    public var standing: PromiseStanding {
        guard let promise else { return .none }
        return promise < context.day ? .broken : promise == context.day ? .today : .open
    }
}

/// Whether money that is owed was promised, and for when.
public enum PromiseStanding: String, NamedChoice {
    case today, broken, open, none

    public var label: Label {
        switch self {
        case .today: Label("今日承诺", en: "promised today")
        case .broken: Label("失约", en: "promise broken")
        case .open: Label("承诺未到期", en: "promised")
        case .none: Label("没有承诺", en: "no promise")
        }
    }
}

extension Label {
    static let collector = Label("催缴人", en: "Collector")
}
