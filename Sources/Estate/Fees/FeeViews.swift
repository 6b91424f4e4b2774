import Journal

/// The bills of a unit, or all.
public struct BillsView: PlainView {
    public static let name = "bills"
    public static let label = Label("账单", en: "Bills")
    public static let timeKey: String? = "due"

    public struct Row: Record {
        public var id = Ref<Bill>.placeholder
        public var unit = UnitCode.placeholder
        public var period = Period.placeholder
        public var item = ""
        public var amount = Money.zero
        public var reduced = Money.zero
        public var paid = Money.zero
        public var due = Day.placeholder

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("unit", &unit, .unit)
            try visitor.field("period", &period, Label("账期", en: "Period"))
            try visitor.field("item", &item, Label("费目", en: "Item"))
            try visitor.field("amount", &amount, Label("金额", en: "Amount"))
            try visitor.field("reduced", &reduced, Label("减免", en: "Reduced"))
            try visitor.field("paid", &paid, Label("已收", en: "Paid"))
            try visitor.field("due", &due, Label("到期日", en: "Due"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] { estate.fees.bills.values.map(Row.init) }
}

extension BillsView.Row {
    public init(_ bill: Bill) {
        (id, unit, period, item) = (bill.id, bill.unit, bill.period, bill.item)
        (amount, reduced, paid, due) = (bill.amount, bill.reduced, bill.paid, bill.due)
    }
}

/// The money received.
public struct PaymentsView: PlainView {
    public static let name = "payments"
    public static let label = Label("收款", en: "Payments")
    public static let timeKey: String? = "received"

    public struct Row: Record {
        public var id = Ref<Payment>.placeholder
        public var unit = UnitCode.placeholder
        public var amount = Money.zero
        public var received = Moment.placeholder
        public var method: String?
        public var prepaid = Money.zero
        public var voided: Moment?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("unit", &unit, .unit)
            try visitor.field("amount", &amount, Label("金额", en: "Amount"))
            try visitor.field("received", &received, Label("收到", en: "Received"))
            try visitor.field("method", &method, Label("方式", en: "Method"))
            try visitor.field("prepaid", &prepaid, Label("预收", en: "Prepaid"))
            try visitor.field("voided", &voided, Label("作废", en: "Voided"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.fees.payments.values.map {
            var row = Row()
            (row.id, row.unit, row.amount, row.received) = ($0.id, $0.unit, $0.amount, $0.received)
            (row.method, row.prepaid, row.voided) = ($0.method, $0.prepaid, $0.voided)
            return row
        }
    }
}

/// The units that owe, by what is past its due date; the largest sum first.
public struct ArrearsView: PlainView {
    public static let name = "arrears"
    public static let needsHistory = false
    public static let label = Label("欠费", en: "Arrears")

    public struct Row: Record {
        public var unit = UnitCode.placeholder
        public var owner: String?
        public var owed = Money.zero
        public var oldest = Day.placeholder
        public var periods = 0
        public var days = 0
        /// The last promise or outcome of a reminder.
        public var promise: Day?
        public var outcome: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("unit", &unit, .unit)
            try visitor.field("owner", &owner, Label("业主", en: "Owner"))
            try visitor.field("owed", &owed, Label("欠费", en: "Owed"))
            try visitor.field("oldest", &oldest, Label("最早到期", en: "Oldest due"))
            try visitor.field("periods", &periods, Label("期数", en: "Periods"))
            try visitor.field("days", &days, Label("天数", en: "Days"))
            try visitor.field("promise", &promise, Label("承诺日", en: "Promised for"))
            try visitor.field("outcome", &outcome, Label("催缴结果", en: "Outcome"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.fees.arrears(at: moment, zone: estate.zone).map { arrears in
            var row = Row()
            (row.unit, row.owner) = (arrears.unit, estate.people.owner(of: arrears.unit)?.name)
            (row.owed, row.oldest, row.periods) = (arrears.owed, arrears.oldest, arrears.periods)
            row.days = arrears.days
            let last = estate.fees.dunnings[arrears.unit]?.last
            (row.promise, row.outcome) = (last?.promise, last?.outcome)
            return row
        }.sorted { ($1.owed, $0.unit) < ($0.owed, $1.unit) }
    }
}

/// The collection rate of a month and the two before it, all as of the same moment (5.2).
public struct CollectionView: View {
    public static let name = "collection"
    public static let label = Label("收缴率", en: "Collection rate")
    var period: Period?

    public struct Row: Record {
        public var period = Period.placeholder
        /// 0 for the month (当月), 1 for the one before it (上月), 2 for the one before that (上上月).
        public var age = 0
        public var billed = Money.zero
        public var reduced = Money.zero
        public var received = Money.zero
        /// Percent, two decimals, truncated; nothing where nothing is billed (无应收).
        public var rate: String?
        public var target = 0
        public var met: Bool?
        public var households = 0
        public var paidHouseholds = 0

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("period", &period, Label("账期", en: "Period"))
            try visitor.field("age", &age, Label("账龄", en: "Age"))
            try visitor.field("billed", &billed, Label("应收", en: "Billed"))
            try visitor.field("reduced", &reduced, Label("减免", en: "Reduced"))
            try visitor.field("received", &received, Label("实收", en: "Received"))
            try visitor.field("rate", &rate, Label("收缴率%", en: "Rate %"))
            try visitor.field("target", &target, Label("标准%", en: "Target %"))
            try visitor.field("met", &met, Label("达标", en: "Met"))
            try visitor.field("households", &households, Label("户数", en: "Households"))
            try visitor.field("paidHouseholds", &paidHouseholds, Label("缴清户", en: "Paid up"))
        }
    }

    public init() {}

    public init(period: Period?) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("账期", en: "Period"))
    }

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        let period = period ?? Period(Day(asOf: moment, in: estate.zone))
        return estate.handbook.fees.targets.map { target in
            let month = period.adding(-target.age)
            let sum = estate.fees.collection(of: month)
            var row = Row()
            (row.period, row.age, row.target) = (month, target.age, target.percent)
            (row.billed, row.reduced, row.received) = (sum.billed, sum.reduced, sum.received)
            (row.rate, row.met) = (sum.rate?.text, sum.rate?.meets(percent: target.percent))
            (row.households, row.paidHouseholds) = (sum.households, sum.paidHouseholds)
            return row
        }
    }
}

/// The reminders.
public struct DunningsView: PlainView {
    public static let name = "dunnings"
    public static let label = Label("催缴", en: "Reminders")
    public static let timeKey: String? = "at"

    public struct Row: Record {
        public var id = Ref<Dunning>.placeholder
        public var unit = UnitCode.placeholder
        public var at = Moment.placeholder
        public var by = ""
        public var channel = ""
        public var outcome = ""
        public var promise: Day?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("unit", &unit, .unit)
            try visitor.field("at", &at, Label("时间", en: "At"))
            try visitor.field("by", &by, Label("催缴人", en: "By"))
            try visitor.field("channel", &channel, Label("方式", en: "Channel"))
            try visitor.field("outcome", &outcome, Label("结果", en: "Outcome"))
            try visitor.field("promise", &promise, Label("承诺日", en: "Promised for"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.fees.dunnings.values.flatMap { $0 }.sorted { ($0.at, $0.id.id) < ($1.at, $1.id.id) }.map {
            var row = Row()
            (row.id, row.unit, row.at, row.by) = ($0.id, $0.unit, $0.at, estate.staff.name(of: $0.by))
            (row.channel, row.outcome, row.promise) = ($0.channel, $0.outcome, $0.promise)
            return row
        }
    }
}
