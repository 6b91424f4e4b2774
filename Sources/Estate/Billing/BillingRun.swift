import Journal

/// Whether a bill that follows from the tariffs is there.
public enum BillingState: String, NamedChoice {
    case new, exists, changed

    public var label: Label {
        switch self {
        case .new: Label("待出", en: "new")
        case .exists: Label("已出", en: "exists")
        case .changed: Label("不一致", en: "changed")
        }
    }
}

/// A bill that follows from the tariffs, beside the one that is there.
public struct BillingLine: Sendable {
    public let unit: UnitCode
    public let period: Period
    public let item: String
    public let amount: Money
    public let how: String
    public let state: BillingState
    public let nature: BillNature
    public let debtor: Debtor
    let days: ClosedRange<Day>
    /// What was billed already for these days; `nil` if nothing was.
    public let billed: Money?
    /// The moment whose account is to owe it.
    let since: Moment

    public var from: Day { days.lowerBound }
    public var to: Day { days.upperBound }
}

/// The bills of a period: those to be issued, those that are there, and those that would be otherwise now.
public struct BillingRun: Sendable {
    public private(set) var lines: [BillingLine] = []
    /// The units that are billed by area and have none.
    public private(set) var withoutArea: [UnitCode] = []
    /// The items of the month before that no tariff is for: one may have been forgotten.
    public private(set) var withoutTariff: [String] = []

    public init(_ estate: Estate, of period: Period, at now: Moment, item: String? = nil, unit: UnitCode? = nil) {
        let items = item.map { [$0] } ?? estate.billing.items
        let meters = Dictionary(grouping: estate.billing.meters.values, by: \.unit)
        if item == nil { withoutTariff = estate.itemsWithoutTariff(in: period, unit) }
        let units = unit.map { estate.people.units[$0].map { [$0] } ?? [] } ?? Array(estate.people.units.values)
        for unit in units {
            let known = estate.fees.bills(of: unit.code).filter { $0.voided == nil }
            for item in items {
                add(unit, item, period, known.filter { $0.item == item }, meters[unit.code] ?? [], estate, at: now)
            }
        }
    }

    private mutating func add(
        _ unit: People.Unit, _ item: String, _ period: Period, _ all: [Bill], _ meters: [Meter], _ estate: Estate,
        at now: Moment
    ) {
        let known = all.filter { $0.period == period }
        // By a reading that came late, days are in this period that were billed with those of a later reading.
        let others = all.filter { $0.period != period && $0.origin.days != nil }
        let parts = BillParts(
            of: unit, for: item, in: period, estate, meters: meters.filter { $0.item == item }
        ).parts
        for part in parts {
            let since = estate.fees.start(part, of: unit.code, issued: now, zone: estate.zone)
            let bills = (known + others).filter { $0.isFor(any: part.days) }
            let fits =
                bills.count == 1
                && bills.allSatisfy { bill in
                    bill.amount == part.amount && (bill.origin.days ?? part.days) == part.days
                        && bill.origin.debtor ?? part.party.debtor == part.party.debtor
                        && estate.fees.account(of: bill) == estate.fees.account(of: unit.code, at: since)
                        && (bill.origin.days != nil || parts.count == 1)
                }
            lines.append(
                BillingLine(
                    unit: unit.code, period: period, item: item, amount: part.amount, how: part.how,
                    state: bills.isEmpty ? .new : fits ? .exists : .changed, nature: part.nature,
                    debtor: part.party.debtor, days: part.days,
                    billed: bills.isEmpty ? nil : bills.reduce(.zero) { $0 + $1.amount }, since: since))
        }
        // What was generated and would not be any more.
        for bill in known {
            guard let how = bill.origin.how, !parts.contains(where: { bill.isFor(any: $0.days) }) else { continue }
            lines.append(
                BillingLine(
                    unit: unit.code, period: period, item: item, amount: .zero, how: how, state: .changed,
                    nature: estate.nature(of: bill), debtor: estate.debtor(of: bill),
                    days: bill.origin.days ?? period.first...period.last, billed: bill.amount, since: bill.issued))
        }
        if unit.area == nil, !withoutArea.contains(unit.code),
            [period.first, period.last].contains(where: {
                estate.billing.terms(of: item, for: unit.kind, on: $0)?.basis == .area
            })
        {
            withoutArea.append(unit.code)
        }
    }

    /// The sum of the lines in a state.
    public func sum(_ state: BillingState) -> (count: Int, amount: Money) {
        let lines = lines.filter { $0.state == state }
        return (lines.count, lines.reduce(.zero) { $0 + $1.amount })
    }
}

extension Estate {
    /// The items that were billed for the month before a period, to all or to one unit, and have no tariff in it. Deposits
    /// and items of no standing nature, such as the fee of a renovation, are billed once.
    public func itemsWithoutTariff(in period: Period, _ unit: UnitCode? = nil) -> [String] {
        let former = fees.bills(for: period.adding(-1)).filter {
            $0.voided == nil && (unit == nil || $0.unit == unit) && ![.deposit, .other].contains(nature(of: $0))
        }
        return Set(former.map(\.item)).filter { !billing.hasTariff(for: $0, in: period) }.sorted()
    }
}

extension Fees {
    /// When a part begins to hold: not before its party's account does, nor after the next account begins.
    fileprivate func start(_ part: BillPart, of unit: UnitCode, issued: Moment, zone: Zone) -> Moment {
        let start = min(issued, part.days.lowerBound.start(in: zone))
        guard let sale = part.party.sale else { return start }
        return max(start, sales(of: unit).first { $0.id.id == sale }?.at ?? start)
    }
}
