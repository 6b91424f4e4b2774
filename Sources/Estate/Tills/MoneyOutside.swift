import Journal

// Money that is received or paid back without an open till is in no till: nobody counts it, and no daily close has it.

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
            guard till == nil, let opened = since[movement.node], opened <= movement.at else { return }
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

    /// Whether money that a member receives or pays back at a node would be in no till, where tills are in use.
    func isOutsideTills(_ member: String, on node: String, at moment: Moment) -> Bool {
        guard let index = nodes.all.firstIndex(where: { $0.name == node }) else { return false }
        let own = tills.all.values.lazy.filter { $0.node == index }
        return !own.isEmpty && !own.contains { $0.cashier == member && $0.holdsNext(at: moment) }
    }

    func outsideTillsFact(_ member: String, on node: String, at moment: Moment) -> Label? {
        isOutsideTills(member, on: node, at: moment) ? .outsideTills : nil
    }
}

extension Plan {
    /// Warns of money that is in no till.
    mutating func warnOutsideTills(in estate: Estate) {
        if estate.isOutsideTills(by, on: node, at: at) { warn("till.none") }
    }
}

extension ReceivePayment {
    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? {
        confirmation(in: estate, at: moment)?.adding(estate.outsideTillsFact(member, on: node, at: moment))
    }
}

extension ReceivePrepayment {
    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? {
        confirmation(in: estate, at: moment)?.adding(estate.outsideTillsFact(member, on: node, at: moment))
    }
}

extension RefundPayment {
    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? {
        confirmation(in: estate, at: moment)?.adding(estate.outsideTillsFact(member, on: node, at: moment))
    }
}

extension Label {
    static let outsideTills = Label("没有开收银班，这笔不会进日结", en: "no till is open: this will be in no daily close")
    static let moneyOutside = Label("班外收款", en: "Outside any till")
}
