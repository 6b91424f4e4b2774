import Journal

/// Which payment is which line of a statement (Rules, The 5th): by amount and reference, else by amount and day.
struct StatementMatching {
    private(set) var lineOf: [Ref<Payment>: Ref<BankLine>] = [:]
    private(set) var paymentOf: [Ref<BankLine>: Ref<Payment>] = [:]
    /// The deposits that came, by their place among the movements.
    private(set) var depositOf: [Ref<BankLine>: Int] = [:]

    /// Of all standing payments, deposits and all lines, so that the end of a month changes nothing.
    ///
    /// 1. A line with the payment's slip number and amount. 2. A line of the payment's account with its amount, on the same
    /// day, then up to the policy's days apart, the nearest first; not where both have numbers, which then differ.
    init(_ estate: Estate) {
        let (rule, zone) = (estate.handbook.reconciliation, estate.zone)
        let lines = estate.reconciliations.lines.values.filter { $0.sum > .zero }
        if lines.isEmpty { return }
        var byReference: [String: [BankLine]] = [:]
        var byAmount: [Key: [BankLine]] = [:]
        for line in lines {
            for number in line.references { byReference[number.uppercased(), default: []].append(line) }
            byAmount[Key(account: line.account, amount: line.sum), default: []].append(line)
        }
        let payments = estate.fees.payments.values.filter { $0.voided == nil }
        for payment in payments {
            guard let slip = payment.slip,
                let line = byReference[slip]?.first(where: { $0.sum == payment.amount && paymentOf[$0.id] == nil })
            else { continue }
            match(payment, line)
        }
        for days in 0...rule.days {
            for payment in payments where lineOf[payment.id] == nil {
                guard let account = payment.method.flatMap({ rule.account(of: $0) }) else { continue }
                let day = Day(payment.received, in: zone)
                let near = (byAmount[Key(account: account.name, amount: payment.amount)] ?? []).filter { line in
                    !isTaken(line.id) && (payment.slip == nil || line.references.isEmpty)
                        && abs(Day(line.at, in: zone).days(since: day)) == days
                }
                let nearest = near.min {
                    abs($0.at.seconds(since: payment.received)) < abs($1.at.seconds(since: payment.received))
                }
                if let nearest { match(payment, nearest) }
            }
            for (place, deposit) in estate.deposits.movements.enumerated() where deposit.amount > .zero {
                guard !depositOf.values.contains(place),
                    let account = deposit.method.flatMap({ rule.account(of: $0) }),
                    let line = byAmount[Key(account: account.name, amount: deposit.amount)]?.first(where: { line in
                        !isTaken(line.id) && abs(Day(line.at, in: zone).days(since: Day(deposit.at, in: zone))) == days
                    })
                else { continue }
                depositOf[line.id] = place
            }
        }
    }

    /// Whether a line is a payment or a deposit.
    func isTaken(_ line: Ref<BankLine>) -> Bool { paymentOf[line] != nil || depositOf[line] != nil }

    private struct Key: Hashable {
        let account: String
        let amount: Money
    }

    private mutating func match(_ payment: Payment, _ line: BankLine) {
        lineOf[payment.id] = line.id
        paymentOf[line.id] = payment.id
    }
}

/// What stands on one side only: a payment of an account with statements that no line tells of, or a line that is no
/// payment.
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
            guard !matching.isTaken(line.id), period == nil || period == month else { continue }
            found.append(
                Unmatched(
                    side: .statement, at: line.at, account: line.account, method: nil, amount: line.sum,
                    reference: line.references.first, unit: nil, note: line.note))
        }
        for payment in fees.payments.values where payment.voided == nil && matching.lineOf[payment.id] == nil {
            let month = Period(payment.received, in: zone)
            guard period == nil || period == month, let method = payment.method,
                let account = handbook.reconciliation.account(of: method),
                stated.contains(Month(account: account.name, period: month))
            else { continue }
            found.append(
                Unmatched(
                    side: .book, at: payment.received, account: account.name, method: method, amount: payment.amount,
                    reference: payment.slip ?? receiptNumber(of: payment), unit: payment.unit, note: nil))
        }
        let matched = Set(matching.depositOf.values)
        for (place, deposit) in deposits.movements.enumerated() where deposit.amount > .zero && !matched.contains(place)
        {
            let month = Period(deposit.at, in: zone)
            guard period == nil || period == month, let method = deposit.method,
                let account = handbook.reconciliation.account(of: method),
                stated.contains(Month(account: account.name, period: month))
            else { continue }
            found.append(
                Unmatched(
                    side: .book, at: deposit.at, account: account.name, method: method, amount: deposit.amount,
                    reference: receiptNumber(deposit.receipt, of: deposit.node), unit: deposit.unit,
                    note: Label.deposit.chinese))
        }
        return found.sorted {
            ($0.account, $0.at, $0.amount, $0.side.rawValue) < ($1.account, $1.at, $1.amount, $1.side.rawValue)
        }
    }
}
