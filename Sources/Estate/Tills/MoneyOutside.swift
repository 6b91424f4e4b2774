import Journal

// Money that is received or paid back without an open till is in no till: nobody counts it, and no daily close has it.
// Who never opens a till, such as finance entering transfers, is told of cash only.

/// The money of one cashier, day and method that is in no till (班外收款).
public struct MoneyOutside: Sendable {
    public let day: Day
    public let cashier: String
    /// When the first of it came or went.
    public fileprivate(set) var first: Moment
    public fileprivate(set) var line: TillLine
}

extension Estate {
    /// What came or went since the first of some tills was opened, at their nodes, and is in none of them: by day, cashier
    /// and method.
    public func moneyOutside(_ tills: [Till]) -> [MoneyOutside] {
        struct Key: Hashable { let day: Day, cashier: String, method: String }
        let since = Dictionary(tills.map { ($0.node, $0.opened) }, uniquingKeysWith: min)
        var found: [Key: MoneyOutside] = [:]
        forEachMovement(since: tills) { movement, till in
            guard till == nil, let opened = since[movement.node], opened <= movement.at,
                Estate.isCounted(movement.method)
                    || self.tills.holders.contains(Till.Holder(cashier: movement.cashier, node: movement.node))
            else { return }
            let day = Day(movement.at, in: zone)
            let key = Key(day: day, cashier: movement.cashier, method: movement.method)
            var money =
                found[key]
                ?? MoneyOutside(
                    day: day, cashier: movement.cashier, first: movement.at, line: TillLine(method: movement.method))
            money.first = min(money.first, movement.at)
            money.line.add(movement, in: self)
            found[key] = money
        }
        let methods = inOrder(found.keys.map(\.method), cashFirst: true)
        func place(_ method: String) -> Int { methods.firstIndex(of: method) ?? methods.count }
        return found.values.sorted {
            ($0.day.number, $0.cashier, place($0.line.method)) < ($1.day.number, $1.cashier, place($1.line.method))
        }
    }

    /// Whether money of a method is counted at the close of a till, whoever took it: cash, and what is not stated. The
    /// rest is of those who open tills.
    private static func isCounted(_ method: String?) -> Bool {
        method == nil || method == PaymentMethods.cash || method == Label.unstatedMethod.chinese
    }

    /// Whether money that a member receives or pays back at a node would be in no till, where tills are in use.
    func isOutsideTills(_ member: String, _ method: String?, on node: String, at moment: Moment) -> Bool {
        guard let index = nodes.all.firstIndex(where: { $0.name == node }) else { return false }
        let own = Till.Holder(cashier: member, node: index)
        let isUsed =
            Estate.isCounted(method) ? tills.holders.contains { $0.node == index } : tills.holders.contains(own)
        return isUsed && tills.all.values.last { $0.holder == own && $0.holdsNext(at: moment) } == nil
    }
}

extension Plan {
    /// Warns of money that is in no till.
    mutating func warnOutsideTills(_ method: String?, in estate: Estate) {
        if estate.isOutsideTills(by, method, on: node, at: at) { warn("till.none") }
    }
}

/// An action that takes money or gives it back at a till. Its question says so if no till is open.
protocol TillAction: Action {
    var method: Word<PaymentMethods>? { get }
    /// Whether money changes hands.
    var movesMoney: Bool { get }
}

extension TillAction {
    var movesMoney: Bool { true }

    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? {
        let isOutside = movesMoney && estate.isOutsideTills(member, method?.text, on: node, at: moment)
        return confirmation(in: estate, at: moment)?.adding(isOutside ? .outsideTills : nil)
    }
}

extension ReceivePayment: TillAction {}
extension ReceivePrepayment: TillAction {}
extension RefundPayment: TillAction {}

extension Label {
    static let outsideTills = Label("没有开收银班，这笔不会进日结", en: "no till is open: this will be in no daily close")
    static let moneyOutside = Label("班外收款", en: "Outside any till")
}
