import Journal

/// A sale of a unit (过户), with which another account opens.
struct Sale: Sendable {
    let id: Ref<JournalEntry>
    let at: Moment
    /// Who owned the unit before; `nil` if nobody was registered.
    let former: Ref<Person>?
    let owner: Ref<Person>
}

/// The account (账户) of a unit and its ownership: bills and payments belong to one, and no money crosses to another.
public struct Account: Hashable, Sendable {
    public let unit: UnitCode
    /// The sale that opened it; `nil` for the first.
    let sale: EntryID?
    /// Whether it is that of the present owner.
    public let isPresent: Bool

    /// A name that no other account has: of the present one the unit's code.
    public var id: String { isPresent ? unit.text : "\(unit.text) \(sale?.text ?? "-")" }
}

extension Fees {
    /// The account of a unit at a moment; the present one unless said.
    public func account(of unit: UnitCode, at moment: Moment = .distantFuture) -> Account {
        let sales = sales(of: unit)
        let last = sales.last { $0.at <= moment }
        return Account(unit: unit, sale: last?.id.id, isPresent: last?.id == sales.last?.id)
    }

    /// All accounts of a unit, the first one first.
    public func accounts(of unit: UnitCode) -> [Account] {
        let sales = sales(of: unit)
        let openings: [EntryID?] = [nil] + sales.map(\.id.id)
        return openings.map { Account(unit: unit, sale: $0, isPresent: $0 == sales.last?.id.id) }
    }

    /// The owner whose account it was; `nil` if it is the present one, or nobody was registered.
    public func owner(of account: Account) -> Ref<Person>? {
        let sales = sales(of: account.unit)
        let index = account.sale.map { sale in sales.firstIndex { $0.id.id == sale } ?? sales.count - 1 } ?? -1
        return sales.indices.contains(index + 1) ? sales[index + 1].former : nil
    }

    func account(of bill: Bill) -> Account { account(of: bill.unit, at: bill.since) }

    func account(of payment: Payment) -> Account { account(of: payment.unit, at: payment.since) }

    public func bills(of account: Account) -> [Bill] { own(bills(of: account.unit), account) { self.account(of: $0) } }

    public func unpaidBills(of account: Account) -> [Bill] {
        own(unpaidBills(of: account.unit), account) { self.account(of: $0) }
    }

    /// The payments of an account with prepaid money, the oldest first.
    func prepayments(of account: Account) -> [Payment] {
        own(prepayments(of: account.unit), account) { self.account(of: $0) }
    }

    /// What an account owes, due or not.
    func owed(by account: Account) -> Money { unpaidBills(of: account).reduce(.zero) { $0 + $1.outstanding } }

    public func payments(of account: Account) -> [Payment] {
        own(payments(of: account.unit), account) { self.account(of: $0) }
    }

    /// The prepaid money of a unit's present account.
    public func prepaid(of unit: UnitCode) -> Money { prepaid(of: account(of: unit)) }

    public func prepaid(of account: Account) -> Money { prepayments(of: account).reduce(.zero) { $0 + $1.prepaid } }

    /// The latest moment at which money of an account can have become prepaid: by a payment, a reduction or a voided bill.
    func lastGain(of account: Account) -> Moment {
        let freed = bills(of: account).flatMap { $0.reductions.map(\.at) + [$0.voided].compactMap { $0 } }
        return (prepayments(of: account).map(\.received) + freed).max() ?? .distantPast
    }

    /// Throws ``Refusal`` `unit.saleMoney` for a sale before which and after which one payment would pay.
    func refuseSale(of unit: UnitCode, at moment: Moment) throws {
        let isCrossed = payments(of: unit).contains { payment in
            guard payment.voided == nil else { return false }
            let moments = bills(of: unit).filter { $0.allocations.contains { $0.payment == payment.id } }.map(\.since)
            let sides = Set((moments + (payment.prepaid > .zero ? [payment.since] : [])).map { $0 >= moment })
            return sides.count > 1
        }
        if isCrossed {
            throw Refusal.rule(
                "unit.saleMoney", "过户时间前后的账单有同一笔收款：请把过户时间填在收款之后，或先作废这笔收款",
                en: "one payment paid bills before and after that moment: give a later one, or void the payment first")
        }
    }

    private func own<Entry>(_ all: [Entry], _ account: Account, _ belongs: (Entry) -> Account) -> [Entry] {
        sales(of: account.unit).isEmpty ? all : all.filter { belongs($0) == account }
    }

    /// The moment whose account money goes to: that of the first known bill that it is for, else of the oldest open bill
    /// of the stated period, else that of its receipt.
    func since(paying unit: UnitCode, for known: [Ref<Bill>], _ period: Period?, at moment: Moment) -> Moment {
        if let bill = known.lazy.compactMap({ bills[$0] }).first { return bill.since }
        guard let period, !sales(of: unit).isEmpty,
            !bills(of: account(of: unit, at: moment)).contains(where: { $0.period == period })
        else { return moment }
        return unpaidBills(of: unit).first { $0.period == period }?.since ?? moment
    }
}

extension Estate {
    /// The owner of an account, also of a former one, and one who has left.
    public func owner(of account: Account) -> Person? {
        account.isPresent ? people.lastOwner(of: account.unit) : fees.owner(of: account).flatMap { people.persons[$0] }
    }
}
