import Journal

extension Estate {
    /// The money of some months by method and day as it stands now: payments by the day they were received, without voided
    /// ones, less refunds by the day they were made; deposits the same.
    func booked(in periods: ClosedRange<Period>? = nil) -> [Period: [String: [Day: Money]]] {
        var booked: [Period: [String: [Day: Money]]] = [:]
        func add(_ amount: Money, _ method: String?, at moment: Moment) {
            let day = Day(moment, in: zone)
            let period = Period(day)
            if let periods, !periods.contains(period) { return }
            booked[period, default: [:]][method ?? Label.unstatedMethod.chinese, default: [:]][day, default: .zero] +=
                amount
        }
        for payment in fees.payments.values where payment.voided == nil {
            add(payment.amount, payment.method, at: payment.received)
        }
        for movement in deposits.movements { add(movement.amount, movement.method, at: movement.at) }
        for refund in fees.refundsByUnit.values.joined() { add(.zero - refund.amount, refund.method, at: refund.at) }
        return booked
    }

    /// The methods of a month, those of the handbook first.
    func inOrder(_ methods: some Sequence<String>) -> [String] {
        let known = handbook.fees.methods
        return Set(methods).sorted {
            (known.firstIndex(of: $0) ?? known.count, $0) < (known.firstIndex(of: $1) ?? known.count, $1)
        }
    }

    /// The methods of a month that had money and are not checked yet.
    public func methodsLeft(of period: Period) -> [String] {
        let done = Set(reconciliations.of(period).map(\.method))
        return inOrder((booked(in: period...period)[period] ?? [:]).keys.filter { !done.contains($0) })
    }
}
