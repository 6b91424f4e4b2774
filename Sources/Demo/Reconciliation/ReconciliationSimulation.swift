import Estate
import Journal

extension Reconciliations: SimulatedFeature {
    static func schedule(in simulation: Simulation) { ReconciliationSimulation(simulation: simulation).schedule() }
}

/// The 5th of each month with finance: the statements of the month before, what differs, and why. One of them was late.
struct ReconciliationSimulation {
    let simulation: Simulation

    private var timeline: Timeline { simulation.timeline }

    func schedule() {
        for (place, month) in timeline.months.dropFirst().enumerated() {
            let period = month.adding(-1)
            let statements = timeline.moment(month.first.adding(1), hour: 10, minute: 20)
            // Statements are imported since the last but one month.
            if month >= timeline.currentMonth.adding(-1) {
                simulation.schedule(at: statements) { batch in try record(period, at: statements, &batch) }
            }
            // On a weekend's 5th they meet on Monday.
            let usual = month.first.adding(4)
            let day = usual.adding(usual.weekday > 5 ? 8 - usual.weekday : 0).adding(place == 1 ? 4 : 0)
            let moment = timeline.moment(day, hour: 15, minute: 10)
            simulation.schedule(at: moment) { batch in try reconcile(period, place, at: moment, &batch) }
        }
    }

    /// The lines of the WeChat and the bank statement. Some payments are not there, and one line is no payment.
    private func record(_ period: Period, at moment: Moment, _ batch: inout Store.Batch) throws {
        var random = simulation.generator("statements", period.number)
        let accounts = ["微信": "微信", "银行转账": "银行", "银行代扣": "银行"]
        for payment in simulation.store.estate.fees.payments.values
        where payment.voided == nil && Period(payment.received, in: timeline.zone) == period {
            guard let account = payment.method.flatMap({ accounts[$0] }), !random.chance(1) else { continue }
            let number = "\(period.text.replacing("-", with: ""))\(1_000_000_000 + random.below(900_000_000))"
            try batch.perform(
                RecordBankLine(
                    account: account, amount: payment.amount, references: [number], note: "\(payment.unit.text) 物业费"),
                by: Roster.finance, at: payment.received.adding(seconds: account == "银行" ? 40 : 2))
        }
        for deposit in simulation.store.estate.deposits.movements
        where deposit.amount > .zero && Period(deposit.at, in: timeline.zone) == period {
            guard let account = deposit.method.flatMap({ accounts[$0] }) else { continue }
            try batch.perform(
                RecordBankLine(
                    account: account, amount: deposit.amount,
                    references: ["8\(random.between(1_000_000...9_999_999))"], note: "\(deposit.unit.text) 装修押金"),
                by: Roster.finance, at: deposit.at.adding(seconds: account == "银行" ? 40 : 2))
        }
        try batch.perform(
            RecordBankLine(
                account: "银行", amount: Money(fen: random.between(100...900) * 100),
                references: ["9\(random.between(100_000...999_999))"], note: "物业费 未注明房号"),
            by: Roster.finance, at: timeline.moment(period.first.adding(17), hour: 11, minute: 8))
    }

    private func reconcile(_ period: Period, _ place: Int, at moment: Moment, _ batch: inout Store.Batch) throws {
        for (index, method) in simulation.store.estate.methodsLeft(of: period).enumerated() {
            let at = moment.adding(minutes: index * 4)
            let booked =
                simulation.store.estate.reconciledMethods(of: period, at: timeline.day(of: moment))
                .first { $0.method == method }?.booked ?? .zero
            let (error, why) = difference(of: method, place)
            try batch.perform(
                Reconcile(period: period, method: method, counted: booked + error, with: Roster.finance),
                by: Roster.supervisor, at: at)
            if let why {
                try batch.perform(
                    ExplainReconciliation(period: period, method: method, why: why), by: Roster.supervisor,
                    at: at.adding(minutes: 2))
            }
        }
    }

    private func difference(of method: String, _ place: Int) -> (Money, why: String?) {
        switch (method, place % 3) {
        case ("刷卡", 0): (Money(fen: -1860), "POS 手续费从到账中扣，财务另记费用")
        case ("现金", 1): (Money(fen: -500), "收银短款 5.00，已记长短款")
        case ("银行转账", 2): (Money(fen: 26400), "一笔转账未注明房号，已联系付款人")
        default: (.zero, nil)
        }
    }
}
