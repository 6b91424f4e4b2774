import Estate
import Journal

extension Receipts: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        for day in simulation.timeline.days {
            for hour in 8...19 { ReceiptSimulation(simulation: simulation).schedule(on: day, hour: hour) }
        }
    }
}

/// Receipts for who pays at the desk, now and then a copy, and invoices for who asks for one.
struct ReceiptSimulation {
    let simulation: Simulation

    /// Prints the receipts of the last hour's payments at the desk.
    func schedule(on day: Day, hour: Int) {
        let moment = simulation.timeline.moment(day, hour: hour, minute: 50)
        simulation.schedule(at: moment) { batch in
            var random = simulation.generator("receipts", day.number * 24 + hour)
            let since = moment.adding(seconds: -3600)
            let payments = simulation.store.estate.fees.payments.values.suffix(400)
            for payment in payments where payment.received > since && payment.voided == nil {
                if ["现金", "刷卡"].contains(payment.method) {
                    for _ in 0..<(random.chance(6) ? 2 : 1) {
                        try batch.perform(PrintReceipt(payment: payment.id), by: payment.by, at: moment)
                    }
                }
                // Transfers may bounce.
                if ["微信", "支付宝"].contains(payment.method), random.chance(5) {
                    try invoice(payment.id, at: moment, &random, &batch)
                }
            }
        }
    }

    private func invoice(
        _ payment: Ref<Payment>, at moment: Moment, _ random: inout SeededGenerator, _ batch: inout Store.Batch
    ) throws {
        let number = 26_330_000_000 + random.between(10000...99999)
        try batch.perform(
            InvoicePayment(payment: payment, number: "\(number)"), by: Roster.finance, at: moment)
        if random.chance(10) {
            try batch.perform(
                InvoicePayment(payment: payment, number: "\(number + 1)", isRed: true), by: Roster.finance, at: moment)
        }
    }
}
