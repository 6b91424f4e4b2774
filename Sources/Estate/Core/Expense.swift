import Journal

/// What something cost that a feature knows of and another feature has, e.g. the materials of a repair.
public struct Expense: Sendable {
    /// What it is, and for what: 用料 角阀 DN15 1 个.
    public let what: Label
    public let amount: Money
}

extension Estate {
    /// The parts of the state that ``expenses(of:)`` is worked out from.
    public var expenseParts: [Int] { Estate.features.flatMap { $0.expenseParts(in: self) } }

    /// The expenses of a record, of all features.
    public func expenses(of record: EntryID) -> [Expense] {
        Estate.features.flatMap { $0.expenses(of: record, in: self) }
    }

    /// The sum of the expenses of a record; `nil` if there are none.
    public func cost(of record: EntryID) -> Money? {
        let expenses = expenses(of: record)
        return expenses.isEmpty ? nil : expenses.reduce(.zero) { $0 + $1.amount }
    }
}
