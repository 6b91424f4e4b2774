import Journal

/// Which payment, refund or deposit is which line of a statement (Rules, The 5th): by amount and reference, else by amount and day.
struct StatementMatching {
    private(set) var lineOf: [BookedEntry.Source: Ref<BankLine>] = [:]
    private(set) var sourceOf: [Ref<BankLine>: BookedEntry.Source] = [:]
    /// The unit of the entry that a line is.
    private(set) var unitOf: [Ref<BankLine>: UnitCode] = [:]

    /// Of all that is booked and all lines, so that the end of a month changes nothing. A refund is a line of money that
    /// left.
    ///
    /// 1. A line with the payment's slip number and amount. 2. A line of the payment's account with its amount, on the same
    /// day, then up to the policy's days apart, the nearest first; not where both have numbers, which then differ.
    init(_ estate: Estate) {
        let (rule, zone) = (estate.handbook.reconciliation, estate.zone)
        let lines = estate.reconciliations.lines.values
        if lines.isEmpty { return }
        var byReference: [String: [BankLine]] = [:]
        var byAmount: [Key: [BankLine]] = [:]
        for line in lines {
            for number in line.references { byReference[number.uppercased(), default: []].append(line) }
            byAmount[Key(account: line.account, amount: line.sum), default: []].append(line)
        }
        var booked: [BookedEntry] = []
        estate.forEachBooked { booked.append($0) }
        for entry in booked {
            guard let slip = entry.slip,
                let line = byReference[slip]?.first(where: { $0.sum == entry.amount && sourceOf[$0.id] == nil })
            else { continue }
            match(entry, line)
        }
        for days in 0...rule.days {
            for entry in booked where lineOf[entry.source] == nil {
                guard let account = entry.method.flatMap({ rule.account(of: $0) }) else { continue }
                let day = Day(entry.at, in: zone)
                let near = (byAmount[Key(account: account.name, amount: entry.amount)] ?? []).filter { line in
                    sourceOf[line.id] == nil && (entry.slip == nil || line.references.isEmpty)
                        && abs(Day(line.at, in: zone).days(since: day)) == days
                }
                let nearest = near.min {
                    abs($0.at.seconds(since: entry.at)) < abs($1.at.seconds(since: entry.at))
                }
                if let nearest { match(entry, nearest) }
            }
        }
    }

    private struct Key: Hashable {
        let account: String
        let amount: Money
    }

    private mutating func match(_ entry: BookedEntry, _ line: BankLine) {
        lineOf[entry.source] = line.id
        sourceOf[line.id] = entry.source
        unitOf[line.id] = entry.unit
    }

    func payment(of line: Ref<BankLine>) -> Ref<Payment>? {
        if case .payment(let id)? = sourceOf[line] { id } else { nil }
    }

    func refund(of line: Ref<BankLine>) -> Ref<JournalEntry>? {
        if case .refund(let id)? = sourceOf[line] { id } else { nil }
    }

    func isDeposit(_ line: Ref<BankLine>) -> Bool {
        if case .deposit? = sourceOf[line] { true } else { false }
    }
}

/// What stands on one side only: a payment or refund of an account with statements that no line tells of, or a line that
/// is neither.
public struct Unmatched: Sendable {
    public enum Side: String, NamedChoice {
        case book, statement

        public var label: Label {
            switch self {
            case .book: Label("账上有，对账单没有", en: "booked, not on the statement")
            case .statement: Label("对账单有，账上没有", en: "on the statement, not booked")
            }
        }
    }

    public let side: Side
    public let at: Moment
    public let account: String
    public let method: String?
    public let amount: Money
    public let reference: String?
    public let unit: UnitCode?
    public let note: String?
}

extension Estate {
    private func receiptNumber(of entry: BookedEntry) -> String? {
        switch entry.source {
        case .payment(let id): fees.payments[id].flatMap { receiptNumber(of: $0) }
        case .refund: nil
        case .deposit(let place):
            receiptNumber(deposits.movements[place].receipt, of: deposits.movements[place].node)
        }
    }

    private func note(on entry: BookedEntry) -> String? {
        if case .deposit = entry.source { Label.deposit.chinese } else { nil }
    }

    /// What is unmatched of the months that an account has statements of; of one month if it is given.
    public func unmatched(of period: Period? = nil) -> [Unmatched] {
        unmatched(of: period, StatementMatching(self))
    }

    func unmatched(of period: Period? = nil, _ matching: StatementMatching) -> [Unmatched] {
        struct Month: Hashable { let account: String; let period: Period }
        var stated: Set<Month> = []
        var found: [Unmatched] = []
        for line in reconciliations.lines.values {
            let month = Period(line.at, in: zone)
            stated.insert(Month(account: line.account, period: month))
            guard matching.sourceOf[line.id] == nil, period == nil || period == month else { continue }
            found.append(
                Unmatched(
                    side: .statement, at: line.at, account: line.account, method: nil, amount: line.sum,
                    reference: line.references.first, unit: nil, note: line.note))
        }
        forEachBooked { entry in
            let month = Period(entry.at, in: zone)
            guard matching.lineOf[entry.source] == nil, period == nil || period == month, let method = entry.method,
                let account = handbook.reconciliation.account(of: method),
                stated.contains(Month(account: account.name, period: month))
            else { return }
            found.append(
                Unmatched(
                    side: .book, at: entry.at, account: account.name, method: method, amount: entry.amount,
                    reference: entry.slip ?? receiptNumber(of: entry), unit: entry.unit, note: note(on: entry)))
        }
        return found.sorted {
            ($0.account, $0.at, $0.amount, $0.side.rawValue) < ($1.account, $1.at, $1.amount, $1.side.rawValue)
        }
    }
}
