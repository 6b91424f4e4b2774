import Journal

/// The bills that a payment pays, and how much of each: `2026-03 物业费 241.25；2026-04 水费 30.00`.
///
/// A bill is named by its period and item, since it is the unit's, or by its id. Without an amount the payment pays what
/// is left to pay of it. An item in quotes is taken as it stands: `2026-03 "水费 2" 30.00`; without them its last word is
/// the amount if it is one, unless the unit has a bill for all of the words. An item with 违约金 behind it is the late fee
/// of the bill. `预收`: none, all of the money is prepaid.
public struct PaidBills: FieldValue, Hashable {
    struct Share: Hashable, Sendable {
        let bill: Name
        /// `nil`: as much as is left to pay.
        let amount: Money?
        /// The item if its last word, which can be an amount, is none.
        var longerItem: String?

        init(bill: Name, amount: Money?, longerItem: String? = nil) {
            (self.bill, self.amount, self.longerItem) = (bill, amount, longerItem)
        }

        /// A part of a bill's 违约金.
        init(lateFeeOf bill: Bill, _ amount: Money, in estate: Estate) {
            self.init(bill: .of(bill.period, item: bill.item + estate.handbook.fees.penalty.name), amount: amount)
        }

        var period: Period? { if case .of(let period, _) = bill { period } else { nil } }
        fileprivate var text: String { bill.text + (amount.map { " \($0.text)" } ?? "") }
    }

    enum Name: Hashable, Sendable {
        case id(Ref<Bill>)
        case of(Period, item: String)

        fileprivate var text: String {
            switch self {
            case .id(let id): id.id.text
            case .of(let period, let item): "\(period.text) \(PaidBills.quoted(item))"
            }
        }
    }

    let shares: [Share]

    public static var type: FieldType { .list(.reference(Bill.entity)) }
    public static var placeholder: PaidBills { PaidBills(shares: []) }
    public static func isNothing(_ text: String) -> Bool { text.meansNothing }

    private static let prepaid = ["预收", "预存", "预缴", "prepaid"]

    /// Whether a text says that money is for no bill.
    static func isRest(_ text: String) -> Bool { prepaid.contains(text.plain.lowercased()) }

    init(shares: [Share]) { self.shares = shares }

    public init(text: String, zone: Zone) throws {
        let plain = text.plain
        if PaidBills.isRest(plain) {
            shares = []
        } else if let bills = try? [Ref<Bill>](text: plain, zone: zone), !bills.isEmpty {
            shares = bills.map { Share(bill: .id($0), amount: nil) }
        } else {
            shares = try PaidBills.parts(text.withoutInvisible).map { try PaidBills.share($0.trimmed, zone) }
        }
    }

    private static let separators: Set<Character> = [";", "；", ",", "，", "、", "\n"]
    private static let quotes: [Character: Character] = ["\"": "\"", "“": "”"]

    /// The shares of a text. A separator stands before a period and outside quotes: an item may have one in its name.
    private static func parts(_ text: String) -> [String] {
        var (parts, part, rest) = ([String](), "", text[...])
        while let sign = rest.first {
            if part.last?.isWhitespace ?? false, let quotation = quotation(rest) {
                part += rest[..<quotation.rest.startIndex]
                rest = quotation.rest
                continue
            }
            rest.removeFirst()
            if separators.contains(sign), rest.prefixMatch(of: /\s*[0-9０-９]{4}\s*[-\/.年]/) != nil {
                parts.append(part)
                part = ""
            } else {
                part.append(sign)
            }
        }
        return parts + [part]
    }

    /// The quoted item with which a text begins, and what follows it.
    private static func quotation(_ text: Substring) -> (item: String, rest: Substring)? {
        guard let closing = text.first.flatMap({ quotes[$0] }) else { return nil }
        var (item, rest) = ("", text.dropFirst())
        while let sign = rest.popFirst() {
            if sign == closing {
                guard rest.first == closing else { return (item, rest) }
                rest.removeFirst()
            }
            item.append(sign)
        }
        return nil
    }

    /// An item as it is read back: in quotes, which are doubled within it, where it may be read as more or less.
    private static func quoted(_ item: String) -> String {
        let isPlain =
            !item.contains { separators.contains($0) || quotes[$0] != nil }
            && (try? Money(text: item.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? "", zone: .utc))
                == nil
        return isPlain ? item : "\"\(item.replacing("\"", with: "\"\""))\""
    }

    /// Reads `2026-03 物业费 241.25`, the item in quotes or not.
    private static func share(_ text: String, _ zone: Zone) throws -> Share {
        let malformed = Refusal.input(
            "bills.malformed", "“\(text)”读不懂，例：2026-03 物业费 241.25；2026-04 水费 30.00",
            en: "“\(text)” names no bill, e.g. 2026-03 rent 241.25; 2026-04 water 30.00")
        guard let space = text.firstIndex(where: \.isWhitespace),
            let period = try? Period(text: String(text[..<space]), zone: zone)
        else { throw malformed }
        let item = String(text[space...]).trimmed
        if let (name, rest) = quotation(item[...]) {
            let amount = try rest.allSatisfy(\.isWhitespace) ? nil : Money(text: String(rest), zone: zone)
            return Share(bill: .of(period, item: name), amount: amount)
        }
        if let space = item.lastIndex(where: \.isWhitespace),
            let amount = try? Money(text: String(item[space...]), zone: zone)
        {
            return Share(
                bill: .of(period, item: String(item[..<space]).trimmed), amount: amount, longerItem: item)
        }
        return Share(bill: .of(period, item: item), amount: nil)
    }

    public func text(zone: Zone) -> String {
        if shares.isEmpty { return "预收" }
        return shares.map(\.text).joined(separator: isOfIDs ? "," : "；")
    }

    private var isOfIDs: Bool {
        shares.allSatisfy { if case .id = $0.bill { $0.amount == nil } else { false } }
    }
}

extension PaidBills {
    /// What `amount` of a unit's money is for, bills and 违约金 as of a day. Throws ``Refusal``: `bill.unknown`;
    /// `bills.amount` for more than is left to pay of a bill, or more than the payment has; `bills.account` for bills of
    /// several owners.
    func designations(
        of amount: Money, by unit: UnitCode, in estate: Estate, on day: Day
    ) throws -> (bills: [Designation], lateFees: [Allocation]) {
        var (rest, taken, accounts) = (amount, [Debt: Money](), Set<Account>())
        var (bills, lateFees) = ([Designation](), [Allocation]())
        for share in shares {
            let share = share.known(of: unit, in: estate)
            let (bill, isLateFee) = try bill(of: share, of: unit, in: estate, on: day, taken)
            let debt = Debt(bill: bill.id, isLateFee: isLateFee)
            let open = debt.balance(in: estate, on: day) - (taken[debt] ?? .zero)
            let part = share.amount ?? min(rest, open)
            if part > open || open == .zero {
                let name = "\(bill.period.text) \(bill.item)\(isLateFee ? estate.handbook.fees.penalty.name : "")"
                throw Refusal(
                    .rule, "bills.amount", "\(name) 只欠 \(open.grouped) 元",
                    en: "only \(open.grouped) is left to pay of \(name)", field: "bills")
            }
            if part > rest {
                throw Refusal(
                    .rule, "bills.amount", "各账单的金额合计超过收款 \(amount.grouped) 元",
                    en: "the bills come to more than the payment of \(amount.grouped)", field: "bills")
            }
            rest -= part
            taken[debt, default: .zero] += part
            accounts.insert(estate.fees.account(of: bill))
            if isLateFee {
                if part > .zero { lateFees.append(Allocation(bill: bill.id, amount: part)) }
            } else {
                bills.append(Designation(bill.id, share.amount))
            }
        }
        if accounts.count > 1 {
            throw Refusal(
                .rule, "bills.account", "这些账单分属过户前后的业主，请分开收款",
                en: "the bills are owed by owners before and after a sale: receive their money separately",
                field: "bills")
        }
        return (bills, lateFees)
    }

    /// A bill, or its 违约金.
    private struct Debt: Hashable {
        let bill: Ref<Bill>
        let isLateFee: Bool

        func balance(in estate: Estate, on day: Day) -> Money {
            guard let bill = estate.fees.bills[bill] else { return .zero }
            return isLateFee ? estate.lateFee(of: bill, on: day)?.balance ?? .zero : bill.outstanding
        }
    }

    /// What the bills ask for together, and their 违约金 that is named, as of a day; `nil` if one of them is unknown.
    func asked(of unit: UnitCode, in estate: Estate, on day: Day) -> Money? {
        try? shares.reduce(.zero) { sum, share in
            let (bill, isLateFee) = try bill(of: share, of: unit, in: estate, on: day, [:])
            return sum + (share.amount ?? Debt(bill: bill.id, isLateFee: isLateFee).balance(in: estate, on: day))
        }
    }

    /// The bill that a share is of. After a sale in mid-month two bills have one name: then it is the one that still asks
    /// for as much, first that of the account on the day.
    private func bill(
        of share: Share, of unit: UnitCode, in estate: Estate, on day: Day, _ taken: [Debt: Money]
    ) throws -> (bill: Bill, isLateFee: Bool) {
        switch share.bill {
        case .id(let id):
            let bill = try estate.fees.known(id)
            if bill.unit == unit { return (bill, false) }
            throw Refusal(
                .rule, "bill.unknown", "这张账单是 \(bill.unit.text) 的", en: "the bill is one of \(bill.unit.text)",
                field: "bills")
        case .of(let period, let item):
            let fees = estate.fees
            func known(_ item: String, isLateFee: Bool) -> Bill? {
                let named = fees.bills(of: unit).filter { $0.period == period && $0.item == item }
                let valid = named.filter { $0.voided == nil }
                if valid.count < 2 { return valid.first ?? named.first }
                let account = fees.account(of: unit, at: day.end(in: estate.zone))
                let ordered = valid.filter { fees.account(of: $0) == account } + valid
                func open(_ bill: Bill) -> Money {
                    let debt = Debt(bill: bill.id, isLateFee: isLateFee)
                    return debt.balance(in: estate, on: day) - (taken[debt] ?? .zero)
                }
                return ordered.first { open($0) > .zero && open($0) >= share.amount ?? .zero }
                    ?? ordered.first { open($0) > .zero } ?? ordered.first
            }
            if let bill = known(item, isLateFee: false) { return (bill, false) }
            let lateFee = estate.handbook.fees.penalty.name
            if item.hasSuffix(lateFee),
                let bill = known(String(item.dropLast(lateFee.count)).trimmed, isLateFee: true)
            {
                return (bill, true)
            }
            throw Refusal(
                .rule, "bill.unknown", "\(unit.text) 没有 \(period.text) \(item) 的账单",
                en: "\(unit.text) has no bill for \(item) of \(period.text)", field: "bills")
        }
    }
}

extension Fees {
    /// The open bills of a unit for an item, of a period or of all, the oldest due first: those of the account at a moment
    /// or, if it has none, of the last owner who has.
    func designations(for item: String, _ period: Period?, by unit: UnitCode, at moment: Moment) -> [Designation] {
        let bills = unpaidBills(of: unit).filter { $0.item == item && (period == nil || $0.period == period) }
        let present = account(of: unit, at: moment)
        let owing = bills.contains { account(of: $0) == present } ? present : bills.last.map { account(of: $0) }
        return bills.filter { account(of: $0) == owing }.map { Designation($0.id, nil) }
    }
}

extension PaidBills.Share {
    /// The share as it is meant for a unit: `2026-03 水费 2` is no amount where there is such an item.
    fileprivate func known(of unit: UnitCode, in estate: Estate) -> PaidBills.Share {
        guard case .of(let period, _) = bill, let longerItem,
            estate.fees.hasBill(of: unit, for: period, longerItem)
        else { return self }
        return PaidBills.Share(bill: .of(period, item: longerItem), amount: nil)
    }
}

/// The number of a bank slip, a receipt or a payment service (流水号, 收据号), by which a payment is known again.
public struct SlipNumber: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static var isFreeText: Bool { false }
    public static func isNothing(_ text: String) -> Bool { text.meansNothing }

    /// Without spaces, letters capital. Throws ``Refusal`` for a number that a spreadsheet has made a power of ten.
    public init(text: String, zone: Zone) throws {
        let plain = try String(text: text, zone: zone).plain.filter { !$0.isWhitespace }.uppercased()
        if plain.isPowerOfTen { throw Refusal.damaged("slip.damaged", text, .powerOfTen) }
        self.text = plain.withoutZeroDecimals
    }
}
