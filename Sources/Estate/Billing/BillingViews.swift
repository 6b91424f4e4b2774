import Journal

/// The versions of the tariffs.
public struct TariffsView: PlainView {
    public static let name = "tariffs"
    public static let label = Label("收费标准", en: "Tariffs")
    public static let changesWithTime = false
    public static let timeKey: String? = "from"
    public static let looksAhead = true

    public struct Subject: Sendable {
        let tariff: Tariff
        /// The last day on which it applies.
        public let to: Day?
    }

    public static var columns: [ViewColumn<Self>] {
        Column("item", .fee) { $0.subject.tariff.item }
        Column("basis", .basis) { $0.subject.tariff.terms?.basis }
        Column("rate", .rate) { $0.subject.tariff.terms?.rate }
        Column("from", .firstDay) { $0.subject.tariff.from }
        Column("to", .lastDay) { $0.to }
        Column("kind", .unitKind) { $0.subject.tariff.kind }
        Column("nature", .nature) { $0.subject.tariff.terms?.nature }
        Column("payer", .payer) { $0.subject.tariff.terms?.payer }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Subject] {
        let billing = context.estate.billing
        return billing.tariffs.indices.map { Subject(tariff: billing.tariffs[$0], to: billing.lastDay(of: $0)) }
            .sorted { ($0.tariff.item, $0.tariff.from) < ($1.tariff.item, $1.tariff.from) }
    }
}

/// The meters, each with its last reading.
public struct MetersView: PlainView {
    public static let name = "meters"
    public static let label = Label("表具", en: "Meters")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("meter", .meter) { $0.number }
        Column("unit") { $0.unit }
        Column("item", .fee) { $0.item }
        Column("reading", .reading) { $0.readings.last?.value }
        Column("at", Label("抄表时间", en: "Read at")) { $0.readings.last?.at }
        Column("estimated", .estimated) { $0.readings.last.map { $0.kind == .estimated } }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Meter] { Array(context.estate.billing.meters.values) }
}

/// The readings of all meters.
public struct ReadingsView: PlainView {
    public static let name = "readings"
    public static let label = Label("抄表记录", en: "Readings")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public struct Subject: Sendable {
        public let meter: Meter
        public let reading: MeterReading
    }

    public static var columns: [ViewColumn<Self>] {
        Column("meter", .meter) { $0.meter.number }
        Column("unit") { $0.meter.unit }
        Column("item", .fee) { $0.meter.item }
        Column("at", Label("抄表时间", en: "Read at")) { $0.reading.at }
        Column("reading", .reading) { $0.reading.value }
        Column("kind", Label("种类", en: "Kind")) { $0.reading.kind }
        Column("turn", Label("走满一圈", en: "Turn of the dial")) { $0.reading.turn }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.billing.meters.values.flatMap { meter in
            meter.readings.map { Subject(meter: meter, reading: $0) }
        }.sorted { $0.reading.at < $1.reading.at }
    }
}

/// The bills of a period as they follow from the tariffs, beside those that are there: what `bill.generate` would issue.
public struct BillingView: View {
    public static let name = "billing"
    public static let label = Label("出账", en: "Billing")
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.unit }
        Column("item", .fee) { $0.item }
        Column("amount") { $0.amount }
        Column("how", .how) { $0.how }
        Column("state") { $0.state }
        Column("billed", Label("已出金额", en: "Billed")) { $0.billed }
        Column("from", .firstDay) { $0.from }
        Column("to", .lastDay) { $0.to }
        Column("payer", .payer) { $0.debtor }
        Column("nature", .nature) { $0.nature }
    }

    public init() {}

    public init(period: Period) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("period", &period) }

    public func subjects(in context: ViewContext) -> [BillingLine] {
        BillingRun(context.estate, of: context.period(period), at: context.moment).lines
    }
}
