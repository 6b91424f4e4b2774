import Journal

// What passes a till follows from the payments, refunds and deposits of its cashier at its desk. A closed till keeps
// what it was.

/// Money that a cashier took or gave back.
enum TillMovement {
    case payment(Payment)
    case refund(Refund)
    case deposit(DepositMovement)

    var cashier: String {
        switch self {
        case .payment(let payment): payment.by
        case .refund(let refund): refund.by
        case .deposit(let movement): movement.by
        }
    }

    var at: Moment {
        switch self {
        case .payment(let payment): payment.received
        case .refund(let refund): refund.at
        case .deposit(let movement): movement.at
        }
    }

    var node: Int {
        switch self {
        case .payment(let payment): payment.node
        case .refund(let refund): refund.node
        case .deposit(let movement): movement.node
        }
    }

    var method: String {
        let method =
            switch self {
            case .payment(let payment): payment.method
            case .refund(let refund): refund.method
            case .deposit(let movement): movement.method
            }
        return method ?? Label.unstatedMethod.chinese
    }
}

extension Estate {
    /// What has passed a till by method, as it stands now: after the close it differs from what was frozen by what was
    /// voided or entered later.
    public func passed(_ till: Till) -> [String: TillLine] { passed([till])[till.id] ?? [:] }

    /// The same of several tills.
    func passed(_ tills: [Till]) -> [Ref<Till>: [String: TillLine]] {
        var lines: [Ref<Till>: [String: TillLine]] = [:]
        func change(_ till: Till, _ method: String, _ body: (inout TillLine) -> Void) {
            body(&lines[till.id, default: [:]][method, default: TillLine(method: method)])
        }
        for till in tills where till.float > .zero {
            change(till, PaymentMethods.cash) { $0.expected = SignedAmount(till.float) }
        }
        forEachMovement(since: tills) { movement, till in
            if let till { change(till, movement.method) { $0.add(movement, in: self) } }
        }
        return lines
    }

    /// When money passed an open till last, or was counted.
    func lastMovement(of till: Till) -> Moment {
        var last = till.counts.map(\.at).max() ?? till.opened
        forEachMovement(since: [till]) { movement, holder in
            if holder != nil { last = max(last, movement.at) }
        }
        return last
    }

    /// Passes each payment that stands, each refund and each movement of a deposit since the first of some tills was opened, with the one of these
    /// tills that holds it; `nil` for none.
    func forEachMovement(since tills: [Till], _ body: (TillMovement, Till?) -> Void) {
        let search = TillSearch(tills)
        let payments = fees.payments.values
        for index in (tills.map(\.firstPayment).min() ?? payments.endIndex)..<payments.endIndex {
            let payment = payments[index]
            if payment.voided != nil { continue }
            let till = search.till(of: payment.by, at: payment.received) { $0.holds(payment, index) }
            body(.payment(payment), till)
        }
        guard let first = tills.map(\.opened).min() else { return }
        for refund in fees.refundsByUnit.values.joined() where refund.at >= first {
            body(.refund(refund), search.till(of: refund.by, at: refund.at) { $0.holds(refund) })
        }
        for movement in deposits.movements where movement.at >= first {
            body(.deposit(movement), search.till(of: movement.by, at: movement.at) { $0.holds(movement) })
        }
    }
}

extension TillLine {
    mutating func add(_ movement: TillMovement, in estate: Estate) {
        switch movement {
        case .payment(let payment):
            received += payment.amount
            expected = SignedAmount(expected.money + payment.amount)
            count += 1
            for share in payment.posted {
                guard let bill = estate.fees.bills[share.bill], estate.nature(of: bill) == .deposit else { continue }
                deposits += share.amount
            }
        case .refund(let refund):
            refunded += refund.amount
            expected = SignedAmount(expected.money - refund.amount)
        case .deposit(let movement):
            expected = SignedAmount(expected.money + movement.amount)
            if movement.amount < .zero { return refunded -= movement.amount }
            received += movement.amount
            deposits += movement.amount
            count += 1
        }
    }
}

extension Fees {
    /// The index of the first payment that a till opened now may hold: the next, unless it is dated back.
    func firstPayment(of cashier: String, since opened: Moment) -> Int {
        let last = payments.values.suffix(2000)
        return last.firstIndex { $0.by == cashier && $0.received > opened } ?? last.endIndex
    }
}

extension Till {
    func holds(_ payment: Payment, _ index: Int) -> Bool {
        guard payment.node == node, index >= firstPayment, payment.received >= opened else { return false }
        guard let closing else { return true }
        return payment.received < closing.at || payment.received == closing.at && index < closing.lastPayment
    }

    fileprivate func holds(_ refund: Refund) -> Bool {
        refund.node == node && opened < refund.at && closing.map { refund.at <= $0.at } ?? true
    }

    fileprivate func holds(_ movement: DepositMovement) -> Bool {
        movement.node == node && opened < movement.at && closing.map { movement.at <= $0.at } ?? true
    }

    /// Whether it holds money of its cashier that is recorded next, of a moment.
    func holdsNext(at moment: Moment) -> Bool { opened <= moment && closing.map { moment < $0.at } ?? true }

    /// Whether money of a method has come or gone since it was counted: it is counted again.
    func isStale(_ count: Count, _ line: TillLine?) -> Bool { count.expected != line?.expected.money ?? .zero }
}

/// Finds the till of a cashier at a moment.
private struct TillSearch {
    private let byCashier: [String: [Till]]

    init(_ tills: [Till]) {
        byCashier = Dictionary(grouping: tills, by: \.cashier).mapValues { $0.sorted { $0.opened < $1.opened } }
    }

    /// The earliest of the tills opened by the moment that holds what happened then; one is closed before the next is
    /// opened, so that only the last ones are looked at.
    func till(of cashier: String, at moment: Moment, where holds: (Till) -> Bool) -> Till? {
        guard let tills = byCashier[cashier] else { return nil }
        var (low, high) = (0, tills.count)
        while low < high {
            let middle = (low + high) / 2
            if tills[middle].opened <= moment { low = middle + 1 } else { high = middle }
        }
        return tills[max(0, low - 3)..<low].first(where: holds)
    }
}
