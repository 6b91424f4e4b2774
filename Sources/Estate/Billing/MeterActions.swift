import Journal

extension Label {
    static let meter = Label("表号", en: "Meter")
    static let reading = Label("读数", en: "Reading")
    static let estimated = Label("估读", en: "Estimated")
}

private let meterRoles: Set<Role> = [.finance, .supervisor]
private let readerRoles: Set<Role> = [.operator, .finance, .supervisor]

/// A unit has a meter for an item.
public struct AddMeter: ActionFact, RegisterFact {
    public static let name = "meter.add"
    static let kind: StaticString = "meter.added"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.billing.meters[fact.meter.text] == nil
                ? nil : .doubled(Label("表号已登记", en: "the meter was there"))
        }
    }
    public static let label = Label("登记表具", en: "Add a meter")
    public static let introduces: Set<String> = ["meter"]
    public static let roles = meterRoles
    var meter = MeterNumber.placeholder
    var unit = UnitCode.placeholder
    var item = Word<TariffItems>.placeholder

    public init() {}

    public init(meter: String, unit: UnitCode, item: String) {
        (self.meter, self.unit, self.item) = (MeterNumber(meter), unit, Word(item))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("meter", &meter, .meter)
        try visitor.field("unit", &unit)
        try visitor.field("item", &item, .fee)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if let known = estate.billing.meters[meter.text] {
            throw Refusal(
                .rule, "meter.exists", "表号已登记：\(meter.text)（\(known.unit.text)）",
                en: "the meter \(meter.text) is there already, at \(known.unit.text)", field: "meter")
        }
    }

    func affectedIDs(in estate: Estate) -> [String]? { [meter.text] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.billing.meters[meter.text] = Meter(number: meter.text, unit: unit, item: item.text)
    }
}

/// A meter was read (抄表), or its reading estimated. The first reading is the baseline.
public struct ReadMeter: ActionFact {
    public static let name = "meter.read"
    static let kind: StaticString = "meter.read"
    static var merging: Merging<Self> {
        .derived { fact, estate in estate.billing.meters[fact.meter.text] != nil }
    }
    public static let label = Label("抄表", en: "Read a meter")
    public static let roles = readerRoles
    var meter = MeterNumber.placeholder
    var reading = Quantity.placeholder
    var estimated: Bool?
    /// Whether the dial has begun again at zero since the last reading.
    var rollover: Bool?
    var turn: Quantity?

    public init() {}

    public init(meter: String, reading: Quantity, estimated: Bool? = nil) {
        (self.meter, self.reading, self.estimated) = (MeterNumber(meter), reading, estimated)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("meter", &meter, .meter)
        try visitor.field("reading", &reading, .reading)
        try visitor.field("estimated", &estimated, .estimated)
        try visitor.field("rollover", &rollover, Label("走满一圈", en: "Rolled over"))
        try visitor.derived("turn", &turn, Label("一圈", en: "One turn"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let (before, after) = try estate.billing.known(meter).neighbours(at: plan.at)
        if let before, rollover == true, reading < before.value, estimated != true, after == nil {
            turn = before.value.fullTurn
            plan.warn("meter.rolledOver")
        } else if rollover == true {
            throw Refusal(
                .rule, "reading.rollover", "走满一圈，只能是比上次小的最后一次实际读数",
                en: "only the last reading that was taken and is below the one before it tells of a rollover",
                field: "rollover")
        }
        if let before, turn == nil, reading < before.value {
            throw Refusal(
                .rule, "reading.below", ReadMeter.below(before, estate.zone).chinese,
                en: ReadMeter.below(before, estate.zone).english, field: "reading")
        }
        if let after, after.turn == nil, after.value < reading {
            let day = Day(after.at, in: estate.zone).text
            throw Refusal(
                .rule, "reading.above", "大于其后的读数 \(after.value.text)（\(day)）",
                en: "the reading after it is \(after.value.text) (\(day))", field: "reading")
        }
        estimated = estimated == true ? true : nil
        rollover = turn == nil ? nil : true
    }

    private static func below(_ before: MeterReading, _ zone: Zone) -> Label {
        let (value, day) = (before.value.text, Day(before.at, in: zone).text)
        return Label(
            "小于上次读数 \(value)（\(day)）：看错了请改；走满一圈的注明；换了表的用“换表”登记",
            en:
                "below the last reading \(value) (\(day)): correct it, say that the dial rolled over, or record a replacement"
        )
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let number = try? MeterNumber(text: values["meter"] ?? "", zone: estate.zone),
            let last = estate.billing.meters[number.text]?.readings.last(where: { $0.kind != .estimated }),
            let reading = try? Quantity(text: values["reading"] ?? "", zone: estate.zone), reading < last.value
        else { return [:] }
        return ["reading": below(last, estate.zone)]
    }

    /// Later readings of the meter build on it, and the bills of what it measures.
    func affectedIDs(in estate: Estate) -> [String]? {
        guard let known = estate.billing.meters[meter.text] else { return [meter.text] }
        let bills = estate.fees.bills(of: known.unit).filter { $0.item == known.item && $0.origin.how != nil }
        return [meter.text] + bills.map(\.id.id.text)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.billing.meters[meter.text]?.add(
            MeterReading(
                at: metadata.at, value: reading, kind: estimated == true ? .estimated : .read, turn: turn))
    }
}

extension Quantity {
    /// The least number of whole digits' capacity above it, of a dial with four digits or more: 9987 turns at 10000.
    fileprivate var fullTurn: Quantity {
        var turn = 10_000 * Quantity.scale
        while turn <= scaled { turn *= 10 }
        return Quantity(scaled: turn)
    }
}

/// A meter was replaced by another, which bears its number on: the last reading of the one, the first of the other.
public struct ReplaceMeter: ActionFact {
    public static let name = "meter.replace"
    static let kind: StaticString = "meter.replaced"
    static var merging: Merging<Self> {
        .derived { fact, estate in estate.billing.meters[fact.meter.text] != nil }
    }
    public static let label = Label("换表", en: "Replace a meter")
    public static let roles = readerRoles
    var meter = MeterNumber.placeholder
    var closing = Quantity.placeholder
    var opening = Quantity.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("meter", &meter, .meter)
        try visitor.field("closing", &closing, Label("旧表止码", en: "Closing reading"))
        try visitor.field("opening", &opening, Label("新表起码", en: "Opening reading"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.billing.known(meter)
        guard let last = known.readings.last else {
            throw Refusal(
                .rule, "meter.unread", "这只表还没有读数：先抄表", en: "the meter has no reading yet: read it first",
                field: "meter")
        }
        try plan.refuse(before: last.at, Label("上次抄表", en: "the last reading"))
        if let before = known.neighbours(at: plan.at).before, closing < before.value {
            throw Refusal(
                .rule, "reading.below", "止码小于上次读数 \(before.value.text)",
                en: "the closing reading is below the last one, \(before.value.text)", field: "closing")
        }
    }

    func affectedIDs(in estate: Estate) -> [String]? { [meter.text] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let (closing, opening) = (closing, opening)
        estate.billing.meters[meter.text]?.add(
            MeterReading(at: metadata.at, value: closing, kind: .closing, turn: nil))
        estate.billing.meters[meter.text]?.add(
            MeterReading(at: metadata.at, value: opening, kind: .opening, turn: nil))
    }
}
