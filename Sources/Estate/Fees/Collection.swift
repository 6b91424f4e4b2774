import Journal

extension Fees {
    /// What was billed and collected of some bills (收缴率): money allocated to them ÷ (billed − approved reductions).
    public struct Collection: Sendable {
        public private(set) var billed = Money.zero
        public private(set) var reduced = Money.zero
        public private(set) var received = Money.zero
        /// What each household still owes of them; nothing of who has paid up.
        private var open: [UnitCode: Money] = [:]

        init(_ bills: some Sequence<Bill> = []) { for bill in bills { add(bill) } }

        mutating func add(_ bill: Bill) {
            if bill.voided != nil { return }
            billed += bill.amount
            reduced += bill.reduced
            received += bill.paid
            open[bill.unit, default: .zero] += bill.outstanding
        }

        public var households: Int { open.count }
        public var paidHouseholds: Int { open.values.count { $0 <= .zero } }
        public var net: Money { billed - reduced }

        /// `nil` if there is nothing to collect (无应收).
        public var rate: Share? { Share(received.fen, of: net.fen) }
        /// The share of households that have paid up (户缴清率), which is a figure of its own.
        public var householdRate: Share? { Share(paidHouseholds, of: households) }

        /// What is still to be received for a target in percent: the least amount with which the rate reaches it; `nil` if
        /// there is nothing to collect.
        public func missing(to percent: Int) -> Money? {
            guard net > .zero else { return nil }
            let needed = (net.fen * Int128(percent) + 99) / 100
            return Money(fen: max(0, needed - received.fen))
        }

        /// The fewest households that close the gap to a target if each pays all that it owes, and what that is: those that
        /// owe most, of equal ones the first by unit.
        public func closing(to percent: Int) -> [(unit: UnitCode, owed: Money)] {
            var rest = missing(to: percent) ?? .zero
            let debtors = open.filter { $0.value > .zero }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            return debtors.prefix { debtor in
                defer { rest -= debtor.value }
                return rest > .zero
            }.map { ($0.key, $0.value) }
        }
    }
}

/// The bills of a period that count in collection rates: all fees together, and 物业服务费 apart.
public struct PeriodCollection: Sendable {
    public internal(set) var all = Fees.Collection()
    public internal(set) var service = Fees.Collection()

    mutating func add(_ bill: Bill, _ nature: BillNature) {
        all.add(bill)
        if nature == .service { service.add(bill) }
    }
}

extension Estate {
    /// The bills of a period that count in collection rates: neither deposits nor 公共收益.
    func ratedBills(of period: Period) -> [(bill: Bill, nature: BillNature)] {
        var natures: [String: BillNature] = [:]
        return fees.bills(for: period).compactMap { bill in
            let nature = bill.origin.nature ?? natures[bill.item] ?? nature(ofItem: bill.item)
            if bill.origin.nature == nil { natures[bill.item] = nature }
            return handbook.billing.nature(nature.rawValue)?.inRates ?? true ? (bill, nature) : nil
        }
    }

    public func collection(of period: Period) -> PeriodCollection {
        ratedBills(of: period).reduce(into: PeriodCollection()) { $0.add($1.bill, $1.nature) }
    }
}

/// The collection rate of a month and the two before it, all as of the same moment (5.2).
public struct CollectionView: View {
    public static let name = "collection"
    public static let label = Label("收缴率", en: "Collection rate")
    var period: Period?

    /// One month's collection.
    @dynamicMemberLookup
    public struct Subject: Sendable {
        public let period: Period
        /// 0 for the month (当月), 1 for the one before it (上月), 2 for the one before that (上上月).
        public let age: Int
        /// In percent.
        public let target: Int
        public let sum: Fees.Collection
        /// The same of 物业服务费 alone.
        public let service: Fees.Collection

        public subscript<Value>(dynamicMember path: KeyPath<Fees.Collection, Value>) -> Value { sum[keyPath: path] }
        /// Percent, two decimals, truncated; `nil` where nothing is billed (无应收).
        public var rate: String? { sum.rate?.text }
        public var met: Bool? { sum.rate?.meets(percent: target) }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("period") { $0.period }
        Column("age", Label("账龄", en: "Age")) { $0.age }
        Column("billed", .billed) { $0.sum.billed }
        Column("reduced") { $0.sum.reduced }
        Column("received", .collected) { $0.sum.received }
        Column("rate", .collectionRate) { $0.rate }
        Column("target") { $0.target }
        Column("met") { $0.met }
        Column("households", .households) { $0.sum.households }
        Column("paidHouseholds", .paidHouseholds) { $0.sum.paidHouseholds }
        Column("householdRate", .householdRate) { $0.sum.householdRate?.text }
        Column("missing", .missing) { $0.sum.missing(to: $0.target) }
        Column("fewest", .fewest) { $0.sum.closing(to: $0.target).count }
        Column("serviceBilled", Label("物业费应收", en: "Service billed")) { $0.service.billed }
        Column("serviceReduced", Label("物业费减免", en: "Service reduced")) { $0.service.reduced }
        Column("serviceReceived", Label("物业费实收", en: "Service received")) { $0.service.received }
        Column("serviceRate", .serviceRate) { $0.service.rate?.text }
    }

    public init() {}

    public init(period: Period?) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("period", &period) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["period"].map { $0 >= Period(window.today).text } ?? true
    }

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.handbook.fees.targets.map { target in
            let month = context.period(period).adding(-target.age)
            let collection = context.estate.collection(of: month)
            return Subject(
                period: month, age: target.age, target: target.percent, sum: collection.all,
                service: collection.service)
        }
    }
}

extension Label {
    static let billed = Label("应收", en: "Billed")
    static let collected = Label("实收", en: "Received")
    static let collectionRate = Label("收缴率%", en: "Rate %")
    static let households = Label("户数", en: "Households")
    static let paidHouseholds = Label("缴清户", en: "Paid up")
    static let householdRate = Label("户缴清率%", en: "Households %")
    static let missing = Label("达标还差", en: "Missing")
    static let fewest = Label("最少户数", en: "Fewest")
    static let serviceRate = Label("物业费率%", en: "Service %")
}
