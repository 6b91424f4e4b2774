import Journal

/// What accounts in arrears are put together by.
public enum ArrearsGrouping: String, NamedChoice {
    case building, age, collector, promise

    public var label: Label {
        switch self {
        case .building: Label("楼栋", en: "Building")
        case .age: Label("账龄", en: "Age")
        case .collector: Label("催缴人", en: "Collector")
        case .promise: Label("承诺", en: "Promise")
        }
    }
}

/// Accounts in arrears that belong together. By age an account stands in each group that a bill of it belongs to, with what
/// it owes of these bills; else in one group with all that it owes. So the groups of any kind owe what all accounts owe.
public struct ArrearsGroup: Sendable {
    public let by: ArrearsGrouping
    /// The building, the place of the bucket, the code of the member, or the standing.
    public let key: String
    public let label: Label
    public fileprivate(set) var households = 0
    public fileprivate(set) var owed = Money.zero
    /// Promises that are due today, and those that were broken.
    public fileprivate(set) var due = 0
    public fileprivate(set) var broken = 0
    /// Accounts of which nobody was reached about what is owed now.
    public fileprivate(set) var uncontacted = 0
    /// The collection rate of the present month, of a building.
    public fileprivate(set) var rate: Share?

    /// A name that no other group has.
    public var id: String { "\(by.rawValue) \(key)" }

    fileprivate init(_ by: ArrearsGrouping, _ key: String, _ label: Label) {
        (self.by, self.key, self.label) = (by, key, label)
    }
}

extension ViewRow<ArrearsView> {
    /// The names of the groups that the account belongs to, of all kinds.
    public var groups: [String] {
        ArrearsGrouping.allCases.flatMap { by in shares(by).map { "\(by.rawValue) \($0.key)" } }
    }

    /// The groups of a kind that the account belongs to, and what it owes in each.
    fileprivate func shares(_ by: ArrearsGrouping) -> [(key: String, owed: Money)] {
        switch by {
        case .building: [(subject.unit.building, subject.owed)]
        case .collector: [(collector?.code ?? "", subject.owed)]
        case .promise: [(standing.rawValue, subject.owed)]
        case .age:
            overdue.reduce(into: [Int: Money]()) { sums, bill in
                sums[Fees.Ageing.bucket(of: bill, on: context.day), default: .zero] += bill.outstanding
            }.map { ("\($0)", $1) }
        }
    }
}

extension ArrearsGroup {
    /// The groups of a kind, in order: buildings as they are numbered, the youngest debts first, the largest sum first.
    public static func groups(of rows: [ViewRow<ArrearsView>], by: ArrearsGrouping) -> [ArrearsGroup] {
        var groups: [String: ArrearsGroup] = [:]
        for row in rows {
            let (standing, isContacted) = (row.standing, row.isContacted)
            for (key, owed) in row.shares(by) {
                var group = groups[key] ?? ArrearsGroup(by, key, label(of: key, by, row))
                group.households += 1
                group.owed += owed
                group.due += standing == .today ? 1 : 0
                group.broken += standing == .broken ? 1 : 0
                group.uncontacted += isContacted ? 0 : 1
                groups[key] = group
            }
        }
        if by == .building, let context = rows.first?.context { collect(&groups, context) }
        return groups.values.sorted { one, other in
            switch by {
            case .building: (one.key.count, one.key) < (other.key.count, other.key)
            case .age: (one.key.count, one.key) < (other.key.count, other.key)
            case .collector: (other.owed, one.key) < (one.owed, other.key)
            case .promise: place(one.key) < place(other.key)
            }
        }
    }

    private static func place(_ standing: String) -> Int {
        PromiseStanding.allCases.firstIndex { $0.rawValue == standing } ?? 0
    }

    private static func label(of key: String, _ by: ArrearsGrouping, _ row: ViewRow<ArrearsView>) -> Label {
        switch by {
        case .building: key.allSatisfy(\.isNumber) ? Label("\(key) 栋", en: "building \(key)") : Label(key, en: key)
        case .age: Fees.Ageing.labels[Int(key) ?? 0]
        case .collector:
            row.collector.map { Label($0.name, en: $0.name) } ?? Label("还没有人催过", en: "nobody yet")
        case .promise: PromiseStanding(rawValue: key)?.label ?? .none
        }
    }

    /// Adds the collection rate of the present month by building.
    private static func collect(_ groups: inout [String: ArrearsGroup], _ context: ViewContext) {
        var sums: [String: Fees.Collection] = [:]
        for (bill, _) in context.estate.ratedBills(of: Period(context.day)) {
            sums[bill.unit.building, default: Fees.Collection()].add(bill)
        }
        for building in groups.keys { groups[building]?.rate = sums[building]?.rate }
    }
}

/// The accounts in arrears by building, age, collector or promise.
public struct ArrearsGroupsView: View {
    public static let name = "arrearsgroups"
    public static let label = Label("欠费汇总", en: "Arrears in groups")
    var by: ArrearsGrouping?

    public static var columns: [ViewColumn<Self>] {
        Column("group", Label("分组", en: "Group")) { $0.subject.label.chinese }
        Column("households", Label("户数", en: "Households")) { $0.households }
        Column("owed", Label("欠费", en: "Owed")) { $0.owed }
        Column("rate", Label("当月收缴率%", en: "This month's rate %")) { $0.rate?.text }
        Column("due", Label("今日承诺", en: "Promised today")) { $0.due }
        Column("broken", Label("失约", en: "Broken")) { $0.broken }
        Column("uncontacted", Label("未联系", en: "Not contacted")) { $0.uncontacted }
    }

    public init() {}

    public init(by: ArrearsGrouping) { self.by = by }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("by", &by, Label("按", en: "By"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [ArrearsGroup] {
        let rows = ArrearsView().subjects(in: context).map { ViewRow<ArrearsView>($0, in: context) }
        return ArrearsGroup.groups(of: rows, by: by ?? .building)
    }
}
