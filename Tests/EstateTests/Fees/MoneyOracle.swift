import Journal

@testable import Estate

/// The same rules as ``Fees`` by plain lists and repeated searches, without its indices and without its code.
struct MoneyOracle {
    struct Owed {
        let id: EntryID
        let unit: UnitCode
        let period: Period
        let due: Day
        let item: String
        let gross: Int
        var net: Int
        var isVoided = false
    }

    struct Received {
        let id: EntryID
        let unit: UnitCode
        let at: Moment
        var left: Int
        var isVoided = false
    }

    var bills: [Owed] = []
    var payments: [Received] = []
    /// What each payment pays of each bill, in the order of its first share.
    var shares: [(payment: EntryID, bill: EntryID, fen: Int)] = []

    /// What each payment pays of each bill's 违约金, and what was waived.
    var late: [(payment: EntryID, bill: EntryID, fen: Int)] = []
    var waived: [EntryID: Int] = [:]
    /// By how much more each bill asked for after each fact.
    var changes: [(bill: EntryID, at: Moment, fen: Int)] = []

    func paid(_ bill: EntryID) -> Int { shares.filter { $0.bill == bill }.reduce(0) { $0 + $1.fen } }

    mutating func apply(_ fact: any Fact, _ metadata: Metadata) {
        let before = Dictionary(bills.map { ($0.id, $0.net - paid($0.id)) }) { $1 }
        change(by: fact, metadata)
        // What pays a late bill at once was there from the first day of its period.
        let at = fact is IssueBill ? fact.holds(since: metadata, in: .shanghai) : metadata.at
        for bill in bills {
            let more = bill.net - paid(bill.id) - (before[bill.id] ?? bill.net)
            if more != 0 { changes.append((bill.id, at, more)) }
        }
    }

    /// 违约金 counted day by day: what has come up of it, and on how many days.
    func lateFee(_ bill: Owed, on day: Day, grace: Int, perMillion: Int) -> (days: Int, fen: Int) {
        if bill.isVoided { return (0, 0) }
        var (days, sum, date) = (0, 0, bill.due.adding(grace + 1))
        while date <= day {
            // What was owed when the day began.
            let later = changes.filter { $0.bill == bill.id && $0.at >= date.start(in: .shanghai) }
            let owed = later.reduce(bill.net - paid(bill.id)) { $0 - $1.fen }
            if owed > 0 {
                days += 1
                sum += owed * perMillion
            }
            date = date.adding(1)
        }
        return (days, (sum + 500_000) / 1_000_000)
    }

    private mutating func change(by fact: any Fact, _ metadata: Metadata) {
        switch fact {
        case let bill as IssueBill:
            bills.append(
                Owed(
                    id: metadata.id, unit: bill.unit, period: bill.period, due: bill.due, item: bill.item,
                    gross: bill.amount.cents, net: bill.amount.cents))
        case let payment as ReceivePayment:
            payments.append(
                Received(id: metadata.id, unit: payment.unit, at: metadata.at, left: payment.amount.cents))
            for part in payment.lateFees where bills.contains(where: { $0.id == part.bill.id && !$0.isVoided }) {
                late.append((metadata.id, part.bill.id, part.amount.cents))
                payments[payments.count - 1].left -= part.amount.cents
            }
            for part in payment.designated { pay(part.bill.id, payments.count - 1, part.amount?.cents ?? .max) }
            for bill in open(payment.unit) where bill.period == payment.period {
                pay(bill.id, payments.count - 1, .max)
            }
        case let void as VoidPayment:
            guard let place = payments.firstIndex(where: { $0.id == void.payment.id }) else { return }
            shares.removeAll { $0.payment == void.payment.id }
            late.removeAll { $0.payment == void.payment.id }
            payments[place].left = 0
            payments[place].isVoided = true
        case let reduction as ReduceBill: lower(reduction.bill.id, by: reduction.amount.cents)
        case let void as VoidBill:
            for share in late where share.bill == void.bill.id {
                if let place = payments.firstIndex(where: { $0.id == share.payment }) {
                    payments[place].left += share.fen
                }
            }
            late.removeAll { $0.bill == void.bill.id }
            lower(void.bill.id, by: .max)
            if let place = bills.firstIndex(where: { $0.id == void.bill.id }) { bills[place].isVoided = true }
        case let waiver as WaiveLateFee: waived[waiver.bill.id, default: 0] += waiver.amount.cents
        case let refund as RefundPayment:
            var rest = refund.amount.cents
            let latest = payments.indices.filter { payments[$0].unit == refund.unit && !payments[$0].isVoided }
                .sorted { (payments[$0].at, $0) > (payments[$1].at, $1) }
            for place in latest { rest -= take(place, rest) }
            for place in latest.sorted(by: >) where rest > 0 {
                for share in shares where share.payment == payments[place].id { payments[place].left += share.fen }
                shares.removeAll { $0.payment == payments[place].id }
                for share in late where share.payment == payments[place].id { payments[place].left += share.fen }
                late.removeAll { $0.payment == payments[place].id }
                rest -= take(place, rest)
            }
        default: return
        }
        settle()
    }

    private mutating func take(_ place: Int, _ fen: Int) -> Int {
        let part = min(fen, payments[place].left)
        payments[place].left -= part
        return part
    }

    private mutating func lower(_ bill: EntryID, by fen: Int) {
        guard let place = bills.firstIndex(where: { $0.id == bill }) else { return }
        bills[place].net -= min(fen, bills[place].net)
        while paid(bill) > bills[place].net, let last = shares.lastIndex(where: { $0.bill == bill }) {
            let excess = min(paid(bill) - bills[place].net, shares[last].fen)
            shares[last].fen -= excess
            if let payment = payments.firstIndex(where: { $0.id == shares[last].payment }) {
                payments[payment].left += excess
            }
            if shares[last].fen == 0 { shares.remove(at: last) }
        }
    }

    private func open(_ unit: UnitCode) -> [Owed] {
        bills.enumerated().filter { $0.element.unit == unit && paid($0.element.id) < $0.element.net }
            .sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
    }

    private mutating func pay(_ bill: EntryID, _ payment: Int, _ limit: Int) {
        guard let owed = bills.first(where: { $0.id == bill }) else { return }
        let part = min(owed.net - paid(bill), payments[payment].left, limit)
        guard part > 0 else { return }
        payments[payment].left -= part
        if let known = shares.firstIndex(where: { $0.payment == payments[payment].id && $0.bill == bill }) {
            shares[known].fen += part
        } else {
            shares.append((payments[payment].id, bill, part))
        }
    }

    /// As long as a unit has money and an open bill: the oldest money to the oldest due bill.
    private mutating func settle() {
        while true {
            let next = payments.indices.filter { payments[$0].left > 0 && !open(payments[$0].unit).isEmpty }
                .min { (payments[$0].at, $0) < (payments[$1].at, $1) }
            guard let next, let bill = open(payments[next].unit).first else { return }
            pay(bill.id, next, .max)
        }
    }
}
