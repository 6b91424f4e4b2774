import Journal

// Payments that may be one and the same (疑似重复).
extension Fees {
    private static let secondsAlike = 10 * 60

    /// Whether another node has received the same amount of the unit within ten minutes.
    func hasTwin(of payment: ReceivePayment, _ metadata: Metadata) -> Bool {
        standing(payment.unit, payment.amount, near: metadata.at).contains { $0.node != metadata.node }
    }

    /// A payment with the same slip number, or of the same unit, amount and method within a number of seconds.
    func alike(_ payment: ReceivePayment, at moment: Moment, seconds: Int = secondsAlike) -> Payment? {
        if let slip = payment.slip?.text, let known = payments(with: slip), known.voided == nil { return known }
        return standing(payment.unit, payment.amount, near: moment, seconds).last { $0.method == payment.method?.text }
    }

    /// Whether a bill asks for less than was shown when a payment was posted.
    func isPaidMeanwhile(_ posted: [Allocation]) -> Bool {
        posted.contains { share in bills.value(of: share.bill) { $0.outstanding < share.amount } ?? false }
    }

    /// Whether another node has received 违约金 of the same bills.
    func isLateFeePaidElsewhere(_ paid: [Allocation], _ node: Int) -> Bool {
        paid.contains { share in
            (lateFees[share.bill]?.paid ?? []).contains { other in
                payments.value(of: other.payment) { $0.node != node } ?? false
            }
        }
    }

    private func standing(
        _ unit: UnitCode, _ amount: Money, near moment: Moment, _ seconds: Int = secondsAlike
    ) -> [Payment] {
        let ids = (paymentsByUnit[unit] ?? []).filter { id in
            payments.value(of: id) {
                $0.amount == amount && $0.voided == nil && abs($0.received.seconds(since: moment)) < seconds
            } ?? false
        }
        return ids.compactMap { payments[$0] }
    }
}
