import Handbook
import Journal

/// Months of a unit that a payment paid in advance (预存), and the discount for it.
///
/// A bill of these months and items is reduced by the discount when it is issued, as far as the payment's money is still
/// there: what was refunded meanwhile takes its part of the discount with it, and a payment that is voided takes back all.
public struct PrepaidTerm: Sendable {
    public let payment: Ref<Payment>
    public let from: Period
    public let to: Period
    public let items: [String]
    public let discount: Percentage
    public let agreed: Moment
}

/// A percentage with two decimals: `2.5`.
public struct Percentage: DecimalValue {
    public let scaled: Int
    public init(scaled: Int) { self.scaled = scaled }
    public static let places = 2
    public static let writtenPlaces = 0
    public static let label = Label("百分比", en: "percentage")
    public static let units = ["%", "％"]

    /// The part of an amount, rounded half up to a fen.
    func part(of amount: Money) -> Money {
        Money(fen: (amount.fen * Int128(scaled) * 2 + 10_000) / 20_000)
    }
}

extension Fees {
    /// The discount of a new bill, and the payment in advance that it is for; `nil` if none is.
    func discount(
        of amount: Money, for unit: UnitCode, _ period: Period, _ item: String, since: Moment
    ) -> (payment: Ref<Payment>, amount: Money)? {
        guard
            let term = prepaidTerms[unit]?.last(where: {
                $0.from <= period && period <= $0.to && $0.items.contains(item)
            }),
            let payment = payments[term.payment], account(of: payment) == account(of: unit, at: since)
        else { return nil }
        let whole = term.discount.part(of: amount)
        let price = amount - whole
        // In proportion to what the money that is left pays of the price.
        let part =
            payment.prepaid >= price
            ? whole : Money(fen: whole.fen * payment.prepaid.fen / price.fen)
        return part > .zero ? (term.payment, part) : nil
    }

    /// The discounts that a payment in advance has had so far.
    func discounts(of term: PrepaidTerm, _ unit: UnitCode) -> Money {
        bills(of: unit).reduce(.zero) { $0 + $1.discount(by: term.payment) }
    }
}

extension Estate {
    /// What a unit pays for as many months as may be paid in advance, by the tariffs of a day's month; `nil` if it has none.
    func mostPrepaid(of unit: UnitCode, on day: Day) -> Money? {
        guard let known = people.units[unit] else { return nil }
        let charge = billing.items.reduce(Money.zero) { sum, item in
            BillParts(of: known, for: item, in: Period(day), self, meters: []).parts.reduce(sum) { $0 + $1.amount }
        }
        return charge > .zero ? Money(fen: charge.fen * Int128(handbook.fees.prepayment.mostMonths)) : nil
    }
}

/// What a unit pays for some months in advance.
struct PrepaymentOffer {
    let from: Period
    let to: Period
    let items: [String]
    let discount: Percentage
    /// What is charged without the discount.
    private(set) var charge = Money.zero
    /// The sum of the bills as they will be, each with its discount.
    private(set) var price = Money.zero

    /// From the tariffs as they are known. Throws ``Refusal`` `prepayment.months`, `.billed` or `.tariff`.
    init(
        _ estate: Estate, for unit: People.Unit, from first: Period?, months: Int, item: String?,
        discount: Percentage?, at moment: Moment
    ) throws {
        let (policy, now) = (estate.handbook.fees.prepayment, Period(Day(asOf: moment, in: estate.zone)))
        guard (1...policy.mostMonths).contains(months) else {
            throw Refusal(
                .rule, "prepayment.months", "一次预存 1 到 \(policy.mostMonths) 个月",
                en: "1 to \(policy.mostMonths) months can be paid in advance", field: "months")
        }
        let billed = estate.fees.bills(of: unit.code).filter { $0.voided == nil && (item == nil || $0.item == item) }
        let terms = estate.fees.prepaidTerms[unit.code] ?? []
        let taken = (billed.map(\.period) + terms.filter { estate.fees.isStanding($0) }.map(\.to)).max()
        from = first ?? max(now, taken.map { $0.adding(1) } ?? now)
        to = from.adding(months - 1)
        let last = now.adding(policy.mostMonths)
        if to > last {
            throw Refusal(
                .rule, "prepayment.months", "最多预存到 \(last.text)", en: "no more than up to \(last.text)", field: "months"
            )
        }
        if let taken = ([taken].compactMap { $0 } + [now.adding(-1)]).max(), from <= taken {
            throw Refusal(
                .rule, "prepayment.billed", "\(taken.text) 已过、已出账或已预存：从 \(taken.adding(1).text) 起",
                en: "\(taken.text) is over, billed or paid already: begin with \(taken.adding(1).text)", field: "from")
        }
        self.discount = discount ?? Percentage(scaled: policy.discount(for: months))
        var charged: [String] = []
        for number in from.number...to.number {
            for item in item.map({ [$0] }) ?? estate.billing.items {
                let parts = BillParts(of: unit, for: item, in: Period(number: number), estate, meters: []).parts
                if !parts.isEmpty, !charged.contains(item) { charged.append(item) }
                for part in parts {
                    charge += part.amount
                    price += part.amount - self.discount.part(of: part.amount)
                }
            }
        }
        items = charged
        if items.isEmpty {
            throw Refusal(
                .rule, "prepayment.tariff", "\(unit.code.text) 没有可预存的收费标准（按表计量的不预存）",
                en: "no tariff applies to \(unit.code.text) that can be paid in advance", field: "item")
        }
    }
}

extension Fees {
    /// The months that a payment is for, if it was made in advance.
    func term(of payment: Payment) -> PrepaidTerm? {
        prepaidTerms[payment.unit]?.last { $0.payment == payment.id }
    }

    /// Whether the payment of a term was not voided.
    func isStanding(_ term: PrepaidTerm) -> Bool { payments.value(of: term.payment) { $0.voided == nil } ?? false }
}
