import Journal

/// Money that is booked: a payment that is not voided, a refund, or money of a deposit.
struct BookedEntry {
    enum Source: Hashable {
        case payment(Ref<Payment>)
        case refund(Ref<JournalEntry>)
        case deposit(Ref<JournalEntry>)
    }

    let source: Source
    let unit: UnitCode
    /// Below zero for what went back.
    let amount: Money
    let at: Moment
    let method: String?
    let slip: String?
}

extension Estate {
    /// Passes what is booked: the payments in the order of recording, then the refunds and the deposits.
    func forEachBooked(_ body: (BookedEntry) -> Void) {
        for payment in fees.payments.values where payment.voided == nil {
            body(
                BookedEntry(
                    source: .payment(payment.id), unit: payment.unit, amount: payment.amount, at: payment.received,
                    method: payment.method, slip: payment.slip))
        }
        for refund in fees.refundsByUnit.values.joined().sorted(by: { ($0.at, $0.id.id) < ($1.at, $1.id.id) }) {
            body(
                BookedEntry(
                    source: .refund(refund.id), unit: refund.unit, amount: .zero - refund.amount, at: refund.at,
                    method: refund.method, slip: nil))
        }
        for movement in deposits.movements {
            body(
                BookedEntry(
                    source: .deposit(movement.id), unit: movement.unit, amount: movement.amount, at: movement.at,
                    method: movement.method, slip: nil))
        }
    }

    /// The money of some months by method and day as it stands now: payments by the day they were received, without voided
    /// ones, less refunds by the day they were made; deposits the same.
    func booked(in periods: ClosedRange<Period>? = nil) -> [Period: [String: [Day: Money]]] {
        var booked: [Period: [String: [Day: Money]]] = [:]
        forEachBooked { entry in
            let day = Day(entry.at, in: zone)
            let (period, method) = (Period(day), entry.method ?? Label.unstatedMethod.chinese)
            if let periods, !periods.contains(period) { return }
            booked[period, default: [:]][method, default: [:]][day, default: .zero] += entry.amount
        }
        return booked
    }

    /// The methods of a month that had money and are not checked yet.
    public func methodsLeft(of period: Period) -> [String] {
        let done = Set(reconciliations.of(period).map(\.method))
        return inOrder((booked(in: period...period)[period] ?? [:]).keys.filter { !done.contains($0) })
    }
}
