import Journal

/// What collection is broken down by.
public enum CollectionGrouping: String, NamedChoice {
    case month, building, collector

    public var label: Label {
        switch self {
        case .month: Label("按月", en: "by month")
        case .building: Label("按楼栋", en: "by building")
        case .collector: Label("按收款人", en: "by collector")
        }
    }
}

/// The collection of twelve months up to a period, and that of the period by building and by who received it.
public struct CollectionByView: View {
    public static let name = "collectionby"
    public static let label = Label("收缴分析", en: "Collection by")
    var period: Period?

    public struct Subject: Sendable {
        public let by: CollectionGrouping
        /// A month, a building, or a member's name.
        public let group: String
        public let period: Period
        /// In percent.
        public let target: Int
        /// `nil` of a collector, who bills nothing.
        public let sum: Fees.Collection?
        public let service: Fees.Collection?
        public let received: Money
        /// Of the amount to collect; of a collector: what they received ÷ all that is to be collected of the period.
        public let share: Share?
        /// Of a collector: those that they received money of.
        public let households: Int
    }

    public static var columns: [ViewColumn<Self>] {
        Column("by", Label("分组", en: "By")) { $0.by }
        Column("group", Label("名目", en: "Group")) { $0.group }
        Column("period") { $0.period }
        Column("billed", .billed) { $0.sum?.billed }
        Column("reduced") { $0.sum?.reduced }
        Column("received", .collected) { $0.received }
        Column("rate", .collectionRate) { $0.share?.text }
        Column("target") { $0.sum == nil ? nil : $0.target }
        Column("met") { $0.met }
        Column("households", .households) { $0.households }
        Column("paidHouseholds", .paidHouseholds) { $0.sum?.paidHouseholds }
        Column("householdRate", .householdRate) { $0.sum?.householdRate?.text }
        Column("missing", .missing) { $0.missing }
        Column("fewest", .fewest) { $0.fewest }
        Column("serviceRate", .serviceRate) { $0.service?.rate?.text }
    }

    public init() {}

    public init(period: Period?) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("period", &period) }

    public func subjects(in context: ViewContext) -> [Subject] {
        let (estate, period) = (context.estate, context.period(period))
        let months = (-11...0).map { age in
            let month = period.adding(age)
            return Subject(
                .month, month.text, month, estate.target(age: -age), estate.collection(of: month))
        }
        var buildings: [String: PeriodCollection] = [:]
        var collectors: [String: (received: Money, units: Set<UnitCode>)] = [:]
        var whole = PeriodCollection()
        for (bill, nature) in estate.ratedBills(of: period) {
            whole.add(bill, nature)
            buildings[bill.unit.building, default: PeriodCollection()].add(bill, nature)
            for share in bill.allocations where bill.voided == nil {
                guard let by = estate.fees.payments.value(of: share.payment, \.by) else { continue }
                collectors[by, default: (.zero, [])].received += share.amount
                collectors[by]?.units.insert(bill.unit)
            }
        }
        return months
            + buildings.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }.map {
                Subject(.building, $0.key, period, estate.target(age: 0), $0.value)
            }
            + collectors.sorted { ($1.value.received, $0.key) < ($0.value.received, $1.key) }.map { member, own in
                Subject(
                    by: .collector, group: estate.staff.name(of: member), period: period, target: estate.target(age: 0),
                    sum: nil, service: nil, received: own.received,
                    share: Share(own.received.fen, of: whole.all.net.fen), households: own.units.count)
            }
    }
}

extension CollectionByView.Subject {
    fileprivate init(
        _ by: CollectionGrouping, _ group: String, _ period: Period, _ target: Int, _ collection: PeriodCollection
    ) {
        self.init(
            by: by, group: group, period: period, target: target, sum: collection.all, service: collection.service,
            received: collection.all.received, share: collection.all.rate, households: collection.all.households)
    }

    /// A month whose rate is watched (5.2).
    public init(_ month: CollectionView.Subject) {
        self.init(
            by: .month, group: month.period.text, period: month.period, target: month.target, sum: month.sum,
            service: month.service, received: month.sum.received, share: month.sum.rate,
            households: month.sum.households)
    }

    public var met: Bool? { sum?.rate?.meets(percent: target) }
    public var missing: Money? { sum?.missing(to: target) }
    public var fewest: Int? { sum?.closing(to: target).count }
}

extension Estate {
    /// The target of a month that is `age` months old, in percent: that of the oldest for older ones.
    fileprivate func target(age: Int) -> Int {
        let targets = handbook.fees.targets.sorted { $0.age < $1.age }
        return (targets.last { $0.age <= age } ?? targets.first)?.percent ?? 100
    }
}
