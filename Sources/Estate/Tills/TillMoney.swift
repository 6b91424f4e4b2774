import Journal

// What passes a till follows from the payments, refunds and deposits of its cashier at its desk. A closed till keeps what it was.

extension Estate {
    /// What has passed a till by method, as it stands now: after the close it differs from what was frozen by what was
    /// voided or entered later.
    public func passed(_ till: Till) -> [String: TillLine] { passed([till])[till.id] ?? [:] }

    /// The same of several tills.
    func passed(_ tills: [Till]) -> [Ref<Till>: [String: TillLine]] {
        let search = TillSearch(tills)
        var lines: [Ref<Till>: [String: TillLine]] = [:]
        func change(_ till: Till, _ method: String?, _ body: (inout TillLine) -> Void) {
            let method = method ?? Label.unstatedMethod.chinese
            body(&lines[till.id, default: [:]][method, default: TillLine(method: method)])
        }
        for till in tills where till.float > .zero {
            change(till, PaymentMethods.cash) { $0.expected = SignedAmount(till.float) }
        }
        let payments = fees.payments.values
        for index in (tills.map(\.firstPayment).min() ?? payments.endIndex)..<payments.endIndex {
            let payment = payments[index]
            guard payment.voided == nil,
                let till = search.till(of: payment.by, at: payment.received, where: { $0.holds(payment, index) })
            else { continue }
            change(till, payment.method) { line in
                line.received += payment.amount
                line.expected = SignedAmount(line.expected.money + payment.amount)
                line.count += 1
                for share in payment.posted {
                    if let bill = fees.bills[share.bill], nature(of: bill) == .deposit { line.deposits += share.amount }
                }
            }
        }
        for movement in deposits.movements {
            guard let till = search.till(of: movement.by, at: movement.at, where: { $0.holds(movement) }) else {
                continue
            }
            change(till, movement.method) { line in
                line.expected = SignedAmount(line.expected.money + movement.amount)
                if movement.amount < .zero { return line.refunded -= movement.amount }
                line.received += movement.amount
                line.deposits += movement.amount
                line.count += 1
            }
        }
        for refund in fees.refundsByUnit.values.joined() {
            guard let till = search.till(of: refund.by, at: refund.at, where: { $0.holds(refund) }) else { continue }
            change(till, refund.method) { line in
                line.refunded += refund.amount
                line.expected = SignedAmount(line.expected.money - refund.amount)
            }
        }
        return lines
    }

    /// When money passed an open till last, or was counted.
    func lastMovement(of till: Till) -> Moment {
        let payments = fees.payments.values
        let received = (min(till.firstPayment, payments.endIndex)..<payments.endIndex).lazy.compactMap { index in
            let payment = payments[index]
            return payment.by == till.cashier && payment.voided == nil && till.holds(payment, index)
                ? payment.received : nil
        }
        let refunded = fees.refundsByUnit.values.joined().lazy.filter { $0.by == till.cashier && till.holds($0) }.map(
            \.at)
        let deposited = deposits.movements.lazy.filter { $0.by == till.cashier && till.holds($0) }.map(\.at)
        return [received.max(), refunded.max(), deposited.max(), till.counts.map(\.at).max()].compactMap { $0 }
            .reduce(till.opened, max)
    }

    /// The methods that a till has to count: those of the handbook, cash first, and what else has passed it.
    func methods(of lines: [String: TillLine]) -> [String] {
        let known = handbook.fees.methods
        let (cash, others) = (known.filter { $0 == PaymentMethods.cash }, known.filter { $0 != PaymentMethods.cash })
        return cash + others + lines.keys.filter { !known.contains($0) }.sorted()
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
        opened < refund.at && closing.map { refund.at <= $0.at } ?? true
    }

    func holds(_ movement: DepositMovement) -> Bool {
        movement.node == node && opened < movement.at && closing.map { movement.at <= $0.at } ?? true
    }

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
