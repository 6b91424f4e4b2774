import Journal

/// One method of a till: as it was frozen if the till is closed, else as far as it is counted.
public struct TillMethod: Sendable {
    public let till: Till
    /// Frozen or, of an open till, live.
    let line: TillLine
    /// What passed by the method as it stands now.
    let now: TillLine?

    public var method: String { line.method }
    public var count: Till.Count? { till.count(of: method) }

    /// Whether it was counted, and nothing has come or gone since. Before that nobody is shown what has to be there.
    public var isCounted: Bool { !till.isOpen || count.map { !till.isStale($0, now) } ?? false }
    public var counted: Money? { isCounted ? count?.counted : nil }
    public var expected: Money? { isCounted ? line.expected.money : nil }

    public var difference: Money? {
        guard let counted, let expected else { return nil }
        return counted - expected
    }

    /// By what the money that passed differs from what was frozen: voided or entered later.
    public var later: Money? {
        if till.isOpen { return nil }
        let later = (now?.expected.money ?? .zero) - line.expected.money
        return later == .zero ? nil : later
    }

    public var why: String? { till.reasons[method] }
}

extension Estate {
    /// The methods of some tills, till by till.
    public func tillMethods(of tills: [Till]) -> [TillMethod] {
        let passed = passed(tills)
        return tills.flatMap { till -> [TillMethod] in
            let now = passed[till.id] ?? [:]
            guard let closing = till.closing else {
                let methods = tillMethodNames(now)
                let more = till.counts.map(\.method).filter { !methods.contains($0) }
                return (methods + Set(more).sorted()).map {
                    TillMethod(till: till, line: now[$0] ?? TillLine(method: $0), now: now[$0])
                }
            }
            let frozen = Set(closing.lines.map(\.method))
            let added = now.keys.filter { !frozen.contains($0) }.sorted().map { TillLine(method: $0) }
            return (closing.lines + added).map { TillMethod(till: till, line: $0, now: now[$0.method]) }
        }
    }
}

extension Estate {
    /// The methods that a till has to count: those of the handbook, cash first, and what else has passed it.
    func tillMethodNames(_ lines: [String: TillLine]) -> [String] {
        inOrder(handbook.fees.methods + Array(lines.keys), cashFirst: true)
    }
}

/// The tills of the cashiers, by method; then what was received or paid back outside any till. What has to be there shows
/// once it is counted, to everybody.
public struct TillsView: PlainView {
    public static let name = "tills"
    public static let label = Label("日结", en: "Tills")
    public static let changesWithTime = false
    public static let timeKey: String? = "opened"

    /// A method of a till, or money that is in none.
    public enum Subject: Sendable {
        case method(TillMethod)
        case outside(MoneyOutside)
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.till?.id }
        Column("cashier", Label("收银员", en: "Cashier")) { $0.estate.staff.name(of: $0.cashier) }
        Column("opened", Label("开始", en: "Opened")) { $0.opened }
        Column("closed", Label("日结", en: "Closed")) { $0.till?.closing?.at }
        Column("method", .paymentMethod) { $0.method }
        Column("float", .float) { $0.method == PaymentMethods.cash ? $0.till?.float : nil }
        Column("received", Label("实收", en: "Received")) { $0.received }
        Column("payments", Label("笔数", en: "Payments")) { $0.isShown ? $0.line.count : nil }
        Column("deposits", Label("其中押金", en: "Deposits")) { $0.isShown ? $0.line.deposits : nil }
        Column("refunded", Label("退款", en: "Refunded")) { $0.isShown ? $0.line.refunded : nil }
        Column("expected", .expected) { $0.expected }
        Column("counted", .counted) { $0.counted }
        Column("difference", Label("长短款", en: "Difference")) { $0.difference }
        Column("why") { $0.why }
        Column("slip", .slip) { $0.count?.slip }
        Column("receiver", .receiver) { row in row.till?.closing.map { row.estate.staff.name(of: $0.receiver) } }
        Column("later", Label("日结后变动", en: "Changed since")) { $0.later }
        Column("outside", .moneyOutside) { $0.inTill == nil }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        let tills = Array(context.estate.tills.all.values)
        return context.estate.tillMethods(of: tills).map { .method($0) }
            + context.estate.moneyOutside(tills).map { .outside($0) }
    }
}

extension TillsView.Subject {
    public var inTill: TillMethod? { if case .method(let method) = self { method } else { nil } }
    public var till: Till? { inTill?.till }

    public var cashier: String {
        switch self {
        case .method(let method): method.till.cashier
        case .outside(let money): money.cashier
        }
    }

    /// When the till was opened; outside any, when the first of the money came.
    public var opened: Moment {
        switch self {
        case .method(let method): method.till.opened
        case .outside(let money): money.first
        }
    }

    var line: TillLine {
        switch self {
        case .method(let method): method.line
        case .outside(let money): money.line
        }
    }

    public var method: String { line.method }
    /// Whether the money that passed may be seen: it was counted, or never will be.
    var isShown: Bool { inTill?.isCounted ?? true }
    public var received: Money? { isShown ? line.received : nil }
    public var refunded: Money? { isShown ? line.refunded : nil }
    public var count: Till.Count? { inTill?.count }
    public var isCounted: Bool { inTill?.isCounted ?? false }
    public var expected: Money? { inTill?.expected }
    public var counted: Money? { inTill?.counted }
    public var difference: Money? { inTill?.difference }
    public var later: Money? { inTill?.later }
    public var why: String? { inTill?.why }
}
