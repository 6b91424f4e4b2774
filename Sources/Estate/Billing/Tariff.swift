import Handbook
import Journal

/// What a tariff's rate is multiplied by (计费方式).
public enum TariffBasis: String, NamedChoice {
    case area, fixed, parking, meter

    public var label: Label {
        switch self {
        case .area: Label("按面积", en: "by area")
        case .fixed: Label("按户", en: "per unit")
        case .parking: Label("按车位", en: "per parking space")
        case .meter: Label("按表", en: "by meter")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .area: ["面积", "建筑面积", "元/㎡"]
        case .fixed: ["固定", "定额", "每户"]
        case .parking: ["车位"]
        case .meter: ["抄表", "用量", "水表", "电表"]
        }
    }
}

extension TariffBasis {
    /// A rate with its unit: `2.80 元/㎡·月`. A meter's item says by its name what it measures.
    func priced(_ rate: String, for item: String) -> Label {
        let unit =
            switch self {
            case .area: Label("元/㎡·月", en: "yuan/m² a month")
            case .fixed: Label("元/户·月", en: "yuan/unit a month")
            case .parking: Label("元/车位·月", en: "yuan/space a month")
            case .meter where item.contains("电"): Label("元/度", en: "yuan/kWh")
            case .meter where item.contains("水"): Label("元/吨", en: "yuan/m³")
            case .meter where item.contains("气"): Label("元/m³", en: "yuan/m³")
            case .meter: Label("元/表上一个单位", en: "yuan/unit of the meter")
            }
        return Label("\(rate) \(unit.chinese)", en: "\(rate) \(unit.english)")
    }
}

/// The nature of an item (费用性质): what the money is. The handbook says which natures count in collection rates.
public enum BillNature: String, NamedChoice {
    case service, parking, passThrough, income, deposit, other

    public var label: Label {
        switch self {
        case .service: Label("物业服务费", en: "service fee")
        case .parking: Label("车位费", en: "parking fee")
        case .passThrough: Label("代收代付", en: "passed through")
        case .income: Label("公共收益", en: "common income")
        case .deposit: Label("押金", en: "deposit")
        case .other: Label("其他", en: "other")
        }
    }
}

/// Who pays by a tariff: the owner, or who lives in the unit.
public enum TariffPayer: String, NamedChoice {
    case owner, occupant

    public var label: Label {
        switch self {
        case .owner: Label("业主", en: "owner")
        case .occupant: Label("使用人", en: "occupant")
        }
    }

    public var synonyms: [String] { self == .owner ? ["产权人"] : ["住户", "租户", "使用者"] }
}

/// Who owes a bill. An occupant leaves the owner jointly liable.
public enum Debtor: String, NamedChoice {
    case owner, occupant, developer

    public var label: Label {
        switch self {
        case .owner: Label("业主", en: "owner")
        case .occupant: Label("租户", en: "tenant")
        case .developer: Label("开发商", en: "developer")
        }
    }
}

/// A price for one square metre, unit, parking space or measured unit, in ten-thousandths of a yuan; for a month unless
/// it is measured.
public struct Rate: DecimalValue {
    public let scaled: Int
    public init(scaled: Int) { self.scaled = scaled }
    public static let places = 4
    public static let writtenPlaces = 2
    public static let label = Label("单价", en: "rate")
    public static let units = ["¥", "￥", "元/平方米", "元/㎡", "元/m2", "元/吨", "元/度", "元/m³", "元/月", "元/户", "元"]
}

/// A dial's reading or a measured quantity, in thousandths.
public struct Quantity: DecimalValue {
    public let scaled: Int
    public init(scaled: Int) { self.scaled = scaled }
    public static let places = 3
    public static let writtenPlaces = 0
    public static let label = Label("读数", en: "reading")
    public static let units = ["吨", "度", "m³", "m3", "立方米", "立方", "方", "kWh"]
}

/// A version of a tariff: what an item costs from a day on, or that it is charged no longer.
public struct Tariff: Sendable {
    public struct Terms: Hashable, Sendable {
        public let basis: TariffBasis
        public let rate: Rate
        public let nature: BillNature
        public let payer: TariffPayer
    }

    public let item: String
    /// The kind of units that it is for; `nil` for those without a tariff of their own. Parking spaces and storerooms
    /// are billed by area or per unit only by a tariff for them.
    public let kind: UnitKind?
    public let from: Day
    /// `nil`: charged no longer.
    public let terms: Terms?
}

extension Billing {
    /// The items that have or had a tariff, in the order of recording.
    public var items: [String] {
        tariffs.reduce(into: []) { if !$0.contains($1.item) { $0.append($1.item) } }
    }

    /// The version of a kind's own tariff that is in force on a day, with its place in the order of recording. Of two
    /// from one day the later recorded counts.
    private func version(of item: String, for kind: UnitKind?, on day: Day) -> (place: Int, tariff: Tariff)? {
        tariffs.enumerated().filter { $1.item == item && $1.kind == kind && $1.from <= day }
            .max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map { ($0.offset, $0.element) }
    }

    /// What an item costs on a day for units of a kind; `nil` if it is not charged.
    public func terms(of item: String, for kind: UnitKind, on day: Day) -> Tariff.Terms? {
        let general = version(of: item, for: nil, on: day)
        if let own = version(of: item, for: kind, on: day) {
            // The end of an item ends the tariffs of all kinds.
            let isEnded =
                general.map { $0.tariff.terms == nil && ($0.tariff.from, $0.place) > (own.tariff.from, own.place) }
            return isEnded ?? false ? nil : own.tariff.terms
        }
        return general?.tariff.terms.flatMap { Billing.isGeneral($0.basis, for: kind) ? $0 : nil }
    }

    /// Whether an item is charged on a day of a period, for units of any kind.
    func hasTariff(for item: String, in period: Period) -> Bool {
        let days = tariffs.filter { $0.item == item }.map(\.from).filter { $0 <= period.last }
        return UnitKind.allCases.contains { kind in
            ([period.first] + days).contains { $0 >= period.first && terms(of: item, for: kind, on: $0) != nil }
        }
    }

    /// Whether a tariff without a kind is also for units of a kind.
    private static func isGeneral(_ basis: TariffBasis, for kind: UnitKind) -> Bool {
        switch basis {
        case .area, .fixed: kind != .parking && kind != .storage
        case .parking: kind == .parking
        case .meter: true
        }
    }

    /// The last day of a version: the day before the next one for the same units, or the end of the item; `nil` if
    /// nothing follows.
    func lastDay(of place: Int) -> Day? {
        let tariff = tariffs[place]
        let next = tariffs.enumerated().filter { index, other in
            other.item == tariff.item && (other.kind == tariff.kind || other.kind == nil && other.terms == nil)
                && (other.from, index) > (tariff.from, place)
        }
        return next.map(\.element.from).min()?.adding(-1)
    }
}

/// The items with a tariff.
public enum TariffItems: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.billing.items.map { Candidate($0) } }
}

extension Estate {
    /// The nature of a bill: as its tariff had it, else by the name of the item.
    public func nature(of bill: Bill) -> BillNature { bill.origin.nature ?? nature(ofItem: bill.item) }

    func nature(ofItem item: String) -> BillNature {
        BillNature(rawValue: handbook.billing.nature(ofItem: item)) ?? .other
    }
}
