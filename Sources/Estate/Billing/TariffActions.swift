import Journal

private let tariffRoles: Set<Role> = [.finance, .supervisor]

/// What an item costs from a day on (收费标准). A later version with the same first day replaces it.
public struct SetTariff: ActionFact, RegisterFact {
    public static let name = "tariff.set"
    static let kind: StaticString = "tariff.set"
    static var merging: Merging<Self> { .derived }
    public static let label = Label("收费标准", en: "Set a tariff")
    public static let roles = tariffRoles
    public static let introduces: Set<String> = ["item"]
    var item = Word<TariffItems>.placeholder
    var basis = TariffBasis.placeholder
    /// Yuan for one of ``basis``, up to four places.
    var rate = Rate.placeholder
    var from = Day.placeholder
    var units: UnitKind?
    var nature: BillNature?
    var payer: TariffPayer?

    public init() {}

    public init(
        item: String, basis: TariffBasis, rate: Rate, from: Day, nature: BillNature? = nil, payer: TariffPayer? = nil
    ) {
        (self.item, self.basis, self.rate, self.from) = (Word(item), basis, rate, from)
        (self.nature, self.payer) = (nature, payer)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("item", &item, .fee)
        try visitor.field("basis", &basis, .basis)
        try visitor.field("rate", &rate, .rate)
        try visitor.field("from", &from, .firstDay)
        try visitor.field("kind", &units, .unitKind)
        try visitor.field("nature", &nature, .nature)
        try visitor.field("payer", &payer, .payer)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if rate.scaled == 0 {
            throw Refusal(.input, "rate.zero", "单价必须大于零", en: "a rate must be above zero", field: "rate")
        }
        if basis == .parking {
            guard units ?? .parking == .parking else {
                throw Refusal(
                    .rule, "tariff.parking", "按车位收的只能是车位", en: "only parking spaces are billed by the space",
                    field: "kind")
            }
            units = nil
        }
        nature = nature ?? estate.nature(ofItem: item.text)
        payer = payer ?? .owner
        let (last, terms) = (estate.billing.tariffs.last { $0.item == item.text && $0.kind == units }, terms)
        if last?.from == from, last?.terms == terms {
            throw Refusal.rule("tariff.unchanged", "这个标准已登记", en: "this tariff is there already")
        }
    }

    private var terms: Tariff.Terms {
        Tariff.Terms(basis: basis, rate: rate, nature: nature ?? .other, payer: payer ?? .owner)
    }

    func holds(since metadata: Metadata, in zone: Zone) -> Moment { min(metadata.at, from.start(in: zone)) }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.billing.tariffs.append(Tariff(item: item.text, kind: units, from: from, terms: terms))
    }
}

/// An item is charged no longer from a day on, for all units or those of a kind.
public struct EndTariff: ActionFact, RegisterFact {
    public static let name = "tariff.end"
    static let kind: StaticString = "tariff.ended"
    static var merging: Merging<Self> { .derived { fact, estate in estate.billing.items.contains(fact.item.text) } }
    public static let label = Label("停止收费", en: "End a tariff")
    public static let roles = tariffRoles
    var item = Word<TariffItems>.placeholder
    /// The first day on which it is not charged.
    var from = Day.placeholder
    var units: UnitKind?

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("item", &item, .fee)
        try visitor.field("from", &from, Label("从这天起不收", en: "First day without"))
        try visitor.field("kind", &units, .unitKind)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.billing.check(item: item.text)
        let kinds = units.map { [$0] } ?? UnitKind.allCases
        if kinds.allSatisfy({ estate.billing.terms(of: item.text, for: $0, on: from) == nil }) {
            throw Refusal(
                .rule, "tariff.ended", "\(from.text) 起本来就不收 \(item.text)",
                en: "\(item.text) is not charged from \(from.text) on", field: "from")
        }
    }

    func holds(since metadata: Metadata, in zone: Zone) -> Moment { min(metadata.at, from.start(in: zone)) }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.billing.tariffs.append(Tariff(item: item.text, kind: units, from: from, terms: nil))
    }
}

extension Billing {
    /// Throws ``Refusal`` `tariff.unknown` for an item without a tariff.
    func check(item: String) throws {
        if items.contains(item) { return }
        throw Refusal(
            .rule, "tariff.unknown",
            items.isEmpty ? "还没有收费标准" : "没有 \(item) 的收费标准（有：\(items.joined(separator: "、"))）",
            en: "there is no tariff for \(item)", field: "item")
    }
}
