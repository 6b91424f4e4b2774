import Handbook
import Journal

extension Label {
    static let till = Label("收银班", en: "Till")
    static let counted = Label("清点数", en: "Counted")
    static let receiver = Label("接收人", en: "Received by")
    static let float = Label("备用金", en: "Float")
    static let surplus = Label("长款", en: "Surplus")
    static let shortage = Label("短款", en: "Shortage")
}

/// A member who signs beside the one who acts, by number or name. Finance is offered first.
public struct Cosigner: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .staff }
    public static var isFreeText: Bool { false }

    public static func candidates(in estate: Estate) -> [Candidate] {
        let order: [Role] = [.finance, .supervisor, .manager]
        return order.flatMap { role in estate.staff.present.filter { $0.role == role } }.map {
            Candidate($0.code, text: $0.name, detail: $0.role.label)
        }
    }

    public func check(in estate: Estate) throws { _ = try estate.staff.working(text) }

    public func words(in estate: Estate, _ language: Language) -> String { estate.staff.name(of: text) }
}

/// A cashier begins a shift with a float in the till.
public struct OpenTill: ActionFact {
    public static let name = "till.open"
    static let kind: StaticString = "till.opened"
    static var merging: Merging<Self> {
        .suspicious { _, estate, metadata in
            estate.tills.open(of: metadata.by).isEmpty
                ? nil : .suspicious(Label("同一收银员另一节点还有未结的收银班", en: "the cashier had an open till at another node"))
        }
    }
    public static let label = Label("开始收银", en: "Open a till")
    public static let roles = ReceivePayment.roles
    var float = Money.zero

    public init() {}

    public init(float: Money) { self.float = float }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("float", &float, .float)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if let open = estate.tills.open(of: plan.by).first {
            let since = open.opened.display(zone: estate.zone, language: .chinese)
            throw Refusal.rule(
                "till.open", "\(estate.staff.name(of: plan.by)) 从 \(since) 起的收银班还没有结，请先日结",
                en: "\(estate.staff.name(of: plan.by)) has a till since \(since): close it first")
        }
        // What came before is in the till that was closed.
        let closings = estate.tills.all.values.filter { $0.cashier == plan.by }.compactMap { $0.closing?.at }
        try plan.refuse(before: closings.max() ?? .distantPast, Label("上一班日结", en: "the last till was closed"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.tills.add(
            Till(
                id: Ref(metadata.id), cashier: metadata.by, opened: metadata.at, float: float, node: metadata.node,
                firstPayment: estate.fees.firstPayment(of: metadata.by, since: metadata.at)))
    }
}

/// What was counted of one method: typed before anything else is shown (盲点), and never changed. Counting again is
/// another count.
public struct CountTill: ActionFact {
    public static let name = "till.count"
    static let kind: StaticString = "till.counted"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.tills.all.value(of: fact.till) { $0.isOpen ? nil : .doubled(.tillClosed) } ?? .unknown
        }
    }
    public static let label = Label("收银点数", en: "Count a till")
    public static let roles = ReceivePayment.roles
    var till = Ref<Till>.placeholder
    var method = Word<PaymentMethods>.placeholder
    var counted = SignedAmount.zero
    var slip: SlipNumber?
    /// What had to be there.
    var expected = SignedAmount.zero

    public init() {}

    public init(till: Ref<Till>, method: String, counted: Money, slip: String? = nil) {
        (self.till, self.method, self.counted) = (till, Word(method), SignedAmount(counted))
        self.slip = slip.map { SlipNumber($0) }
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("till", &till, .till)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("counted", &counted, .counted)
        try visitor.field("slip", &slip, Label("结算单、缴款单号", en: "Slip number"))
        try visitor.derived("expected", &expected, .expected)
    }

    var subject: EntryID? { till.id }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.openTill(till, for: plan)
        expected = estate.passed(known)[method.text]?.expected ?? .zero
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.tills.change(till) {
            $0.counts.append(
                Till.Count(
                    method: method.text, counted: counted.money, expected: expected.money, slip: slip?.text,
                    at: metadata.at, by: metadata.by))
        }
    }
}

/// The daily close (日结): what was counted is handed over, what passed is frozen, and each surplus or shortage becomes a
/// fact of its own.
public struct CloseTill: Action {
    public static let name = "till.close"
    public static let label = Label("日结交款", en: "Close a till")
    public static let roles = ReceivePayment.roles
    var till = Ref<Till>.placeholder
    var receiver = Cosigner.placeholder

    public init() {}

    public init(till: Ref<Till>, receiver: String) { (self.till, self.receiver) = (till, Cosigner(receiver)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("till", &till, .till)
        try visitor.field("receiver", &receiver, .receiver)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.openTill(till, for: plan)
        let receiver = try estate.staff.working(receiver.text)
        if receiver.code == known.cashier {
            throw Refusal(
                .rule, "till.receiver", "接收人不能是收银员本人", en: "another than the cashier takes the money over",
                field: "receiver")
        }
        let lines = try estate.linesToClose(known)
        try plan.refuse(
            before: estate.lastMovement(of: known), Label("最后一笔收款、退款或清点", en: "the last payment, refund or count"))
        plan.record(TillClosed(till: till, receiver: StaffName(receiver.code), lines: lines))
        for line in lines where line.difference != .zero {
            plan.record(
                TillDiffered(till: till, method: Word(line.method), amount: SignedAmount(line.difference)))
        }
        plan.answer = till.id
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.tills.all[till], known.isOpen, let lines = try? estate.linesToClose(known),
            let receiver = estate.staff.member(receiver.text), receiver.code != known.cashier
        else { return nil }
        return Confirmation(
            Label("日结并交给 \(receiver.name)？", en: "Close the till and hand it over to \(receiver.name)?"),
            lines.filter { $0.counted != .zero || $0.expected != .zero }.map { line in
                let words = line.differenceWords
                return .fact(
                    Label(line.method, en: line.method),
                    "清点 \(line.counted.money.grouped)\(words.map { "，\($0.chinese)" } ?? "")",
                    en: "counted \(line.counted.money.grouped)\(words.map { ", \($0.english)" } ?? "")")
            }, yes: Label("日结", en: "close"))
    }
}

extension TillLine {
    var difference: Money { counted.money - expected.money }

    /// `短款 3.00`; `nil` if there is no difference.
    var differenceWords: Label? { difference.differenceWords }
}

extension Money {
    /// `短款 3.00` of an amount below zero, `长款 3.00` of one above; `nil` of zero.
    public var differenceWords: Label? {
        if self == .zero { return nil }
        let kind = self > .zero ? Label.surplus : .shortage
        let amount = (self > .zero ? self : .zero - self).grouped
        return Label("\(kind.chinese) \(amount)", en: "\(kind.english.lowercased()) \(amount)")
    }
}

extension Estate {
    /// A till that a member may count and close: their own; supervisors, finance and managers do it for others. Throws
    /// ``Refusal``.
    fileprivate func openTill(_ id: Ref<Till>, for plan: Plan) throws -> Till {
        let known = try tills.known(id)
        if !known.isOpen { throw Refusal.rule("till.closed", "这一班已经日结", en: "this till was closed already") }
        if known.cashier != plan.by, staff.member(plan.by)?.role == .operator {
            throw Refusal.rule(
                "till.notYours", "这是 \(staff.name(of: known.cashier)) 的收银班，请由本人、主管或财务日结",
                en: "this is the till of \(staff.name(of: known.cashier)): they, a supervisor or finance close it")
        }
        try plan.refuse(before: known.opened, Label("开始收银", en: "the till was opened"))
        return known
    }

    /// The lines of a till with what was counted. Throws ``Refusal`` `till.uncounted` if a method is not counted, or
    /// money has come since.
    fileprivate func linesToClose(_ till: Till) throws -> [TillLine] {
        let passed = passed(till)
        var (lines, missing) = ([TillLine](), [String]())
        for method in tillMethodNames(passed) {
            var line = passed[method] ?? TillLine(method: method)
            if let count = till.count(of: method), !till.isStale(count, passed[method]) {
                line.counted = SignedAmount(count.counted)
                lines.append(line)
            } else if till.count(of: method) != nil || passed[method] != nil || method == PaymentMethods.cash {
                missing.append(method)
            }
        }
        // A method that is in no list, and that nothing has come by.
        for count in till.counts where !lines.contains(where: { $0.method == count.method }) {
            if missing.contains(count.method) { continue }
            var line = TillLine(method: count.method)
            line.counted = SignedAmount(till.count(of: count.method)?.counted ?? .zero)
            lines.append(line)
        }
        if missing.isEmpty { return lines }
        throw Refusal.rule(
            "till.uncounted", "还没有点数，或点数后又有进出：\(missing.joined(separator: "、"))",
            en: "not counted, or changed since: \(missing.joined(separator: ", "))")
    }
}

extension Label {
    fileprivate static let tillClosed = Label("这一班已经日结", en: "the till had been closed")
    static let expected = Label("应有", en: "Expected")
}

/// A till was closed: what passed it by method is frozen.
struct TillClosed: Fact {
    static let kind: StaticString = "till.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.tills.all.value(of: fact.till) { $0.isOpen ? nil : .doubled(.tillClosed) } ?? .unknown
        }
    }
    static let action: (any Action.Type)? = CloseTill.self
    var till = Ref<Till>.placeholder
    var receiver = StaffName.placeholder
    var lines: [TillLine] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("till", &till, .till)
        try visitor.field("receiver", &receiver, .receiver)
        try visitor.field("lines", &lines)
    }

    var subject: EntryID? { till.id }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let count = estate.fees.payments.count
        estate.tills.change(till) {
            $0.closing = Till.Closing(at: metadata.at, receiver: receiver.text, lines: lines, lastPayment: count)
        }
    }
}

/// A surplus (长款) or a shortage (短款) of one method at the close.
struct TillDiffered: Fact {
    static let kind: StaticString = "till.differed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.tills.all.holds(fact.till) } }
    static let action: (any Action.Type)? = CloseTill.self
    static let label = Label("长短款", en: "Surplus or shortage")
    var till = Ref<Till>.placeholder
    var method = Word<PaymentMethods>.placeholder
    var amount = SignedAmount.zero

    var ownLabel: Label { amount.money > .zero ? .surplus : .shortage }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("till", &till, .till)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("amount", &amount)
    }

    var subject: EntryID? { till.id }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.tills.change(till) { $0.differences[method.text] = amount.money }
    }
}

/// Why a method came out too much or too little.
public struct ExplainTill: ActionFact {
    public static let name = "till.explain"
    static let kind: StaticString = "till.explained"
    static var merging: Merging<Self> { .derived { fact, estate in estate.tills.all.holds(fact.till) } }
    public static let label = Label("长短款原因", en: "Explain a difference")
    public static let roles = ReceivePayment.roles
    var till = Ref<Till>.placeholder
    var method = Word<PaymentMethods>.placeholder
    var why = ""

    public init() {}

    public init(till: Ref<Till>, method: String, why: String) {
        (self.till, self.method, self.why) = (till, Word(method), why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("till", &till, .till)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("why", &why)
    }

    var subject: EntryID? { till.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.tills.known(till)
        if known.count(of: method.text) == nil {
            throw Refusal(
                .rule, "till.uncounted", "\(method.text) 还没有点数", en: "\(method.text) was not counted", field: "method")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.tills.change(till) { $0.reasons[method.text] = why }
    }
}
