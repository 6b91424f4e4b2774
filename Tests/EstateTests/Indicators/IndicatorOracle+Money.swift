import Journal
import TestSupport

@testable import Estate

/// Collection rates (5.2), by ``MoneyOracle`` from the facts about bills and payments.
extension IndicatorOracle {
    /// Of the month that lies so many months back: what was received of what was billed.
    func collection(_ age: Int) -> Figure {
        let month = period.adding(-age)
        let money = money
        let bills = money.bills.filter { $0.period == month && !$0.isVoided }
        let cases = bills.map { Figure.Case(id: $0.id.text, isCounted: $0.net <= money.paid($0.id)) }
        return Figure(
            part: bills.reduce(0) { $0 + money.paid($1.id) }, whole: bills.reduce(0) { $0 + $1.net }, cases: Set(cases))
    }

    private var money: MoneyOracle {
        entries.reduce(into: MoneyOracle()) { oracle, entry in
            guard let fact = entry.moneyFact else { return }
            let id: Ref<Bill> = ref(entry.id)
            oracle.apply(fact, Metadata(id: id.id, at: entry.at, by: entry.by))
        }
    }
}

extension IndicatorOracle.Entry {
    /// What is recorded of money, for ``MoneyOracle``.
    fileprivate var moneyFact: (any Fact)? {
        let amount = data["amount"].map { money($0) } ?? .zero
        let why = data["why"] ?? ""
        return switch kind {
        case "bill.issued":
            IssueBill(
                unit: unit(data["unit"] ?? ""), period: month(data["period"] ?? ""), item: data["item"] ?? "",
                amount: amount, due: day(data["due"] ?? ""))
        case "bill.reduced": ReduceBill(bill: ref(data["bill"] ?? ""), amount: amount, why: why)
        case "bill.voided": VoidBill(bill: ref(data["bill"] ?? ""), why: why)
        case "payment.received": ReceivePayment(unit: unit(data["unit"] ?? ""), amount: amount)
        case "payment.voided": VoidPayment(payment: ref(data["payment"] ?? ""), why: why)
        default: nil
        }
    }
}
