import Journal

/// Money of a deposit (押金) that came or went back. It passes the till and is booked by method and day, and belongs to no
/// account: it is neither revenue nor collected, and never nets what is owed.
public struct DepositMovement: Sendable {
    /// The case that it belongs to.
    public let record: EntryID
    public fileprivate(set) var unit: UnitCode
    /// Below zero for money that went back.
    public let amount: Money
    public let method: String?
    public let at: Moment
    /// The code of the member who took or gave it.
    public let by: String
    /// The node that recorded it, as an index into ``Nodes/all``.
    let node: Int
    /// The number of its receipt, of its node; 0 for none.
    public let receipt: Int
}

/// The movements of all deposits.
public struct Deposits: Sendable {
    public private(set) var movements: [DepositMovement] = []
    private var last: [Int: DepositMovement] = [:]

    /// When the first money came.
    public var firstReceived: Moment? { movements.lazy.map(\.at).min() }

    /// The number of the last receipt of a node, as an index into ``Nodes/all``; 0 for none.
    func lastReceipt(of node: Int) -> Int { last[node]?.receipt ?? 0 }

    /// The cases with the last receipts.
    var lastRecords: [EntryID] { last.values.map(\.record) }

    /// What came less what went back, by month and method as it is booked.
    func totals(in zone: Zone) -> [Period: [String: Money]] {
        movements.reduce(into: [:]) { totals, movement in
            let method = movement.method ?? Label.unstatedMethod.chinese
            totals[Period(movement.at, in: zone), default: [:]][method, default: .zero] += movement.amount
        }
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for index in movements.indices where movements[index].unit == unit { movements[index].unit = code }
    }

    mutating func add(_ movement: DepositMovement) {
        movements.append(movement)
        if movement.receipt > lastReceipt(of: movement.node) { last[movement.node] = movement }
    }
}

extension Label {
    static let depositsIncluded = Label("其中押金", en: "Deposits")
}

extension Estate {
    /// The number of the last receipt that a node gave: payments and deposits have one sequence.
    func lastReceipt(of node: String) -> Int {
        guard let index = nodes.all.firstIndex(where: { $0.name == node }) else { return 0 }
        let paid = fees.lastPayments[index].flatMap { fees.payments[$0]?.receipt } ?? 0
        return max(paid, deposits.lastReceipt(of: index))
    }

    /// A receipt's number as it is printed; `nil` for none.
    func receiptNumber(_ receipt: Int, of node: Int) -> String? {
        guard receipt > 0, nodes.all.indices.contains(node) else { return nil }
        return "\(nodes.all[node].name)-\(receipt.padded(6))"
    }
}
