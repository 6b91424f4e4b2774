import Handbook
import Journal

/// One line of a statement of a bank, WeChat or Alipay (对账单流水): money that came to an account, or left it.
public struct BankLine: Entity, Sendable {
    public static let entity = "bankline"
    public static let label = Label("对账单流水", en: "statement line")
    public let id: Ref<BankLine>
    /// The account of the handbook.
    public let account: String
    public let at: Moment
    /// Below zero for money that left.
    public let sum: Money
    /// The numbers by which the service, and its merchant, know it.
    public let references: [String]
    public let note: String?
    let payer: Particular<String?>
}

extension BankLine {
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.reconciliations.lines.values.suffix(200).reversed().map {
            Candidate($0.id.id.text, text: $0.words(in: estate))
        }
    }

    public static func known(_ id: Ref<BankLine>, in estate: Estate) -> BankLine? {
        estate.reconciliations.lines[id]
    }

    public func words(in estate: Estate) -> String {
        "\(account) \(at.display(zone: estate.zone, language: .chinese)) \(sum.grouped)"
    }
}

/// The accounts with statements (policy).
public enum StatementAccounts: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.reconciliation.accounts.map { Candidate($0.name) }
    }
}

/// Whether money came or left, as statements say it. A bank's 借 is money that left the account, its 贷 money that came.
public enum MoneyDirection: String, NamedChoice {
    case `in`, out

    public var label: Label {
        switch self {
        case .in: Label("收入", en: "in")
        case .out: Label("支出", en: "out")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .in: ["收", "贷", "贷方", "转入", "存入", "入账", "c", "cr"]
        case .out: ["支", "借", "借方", "付", "转出", "支取", "出账", "已支出", "退款", "d", "dr"]
        }
    }
}

/// A line of a statement is recorded. The same line is recorded once.
public struct RecordBankLine: ActionFact, MoneyFlow {
    public static let name = "bankline.record"
    static let kind: StaticString = "bankline.recorded"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.reconciliations.line(of: fact.account.text, fact.references, fact.sum.money) == nil
                ? nil : .doubled(Label("这一笔流水已有", en: "the line had been recorded"))
        }
    }
    public static let label = Label("登记对账单流水", en: "Record a statement line")
    public static let roles: Set<Role> = [.supervisor, .finance]
    var account = Word<StatementAccounts>.placeholder
    /// The amount, with the direction or a sign; or one of the two columns of a bank.
    var amount: SignedAmount?
    var direction: MoneyDirection?
    var credit: SignedAmount?
    var debit: SignedAmount?
    var references: [String] = []
    var note: String?
    var payer = Particular<String?>(nil)
    var status: String?
    var sum = SignedAmount.zero

    public init() {}

    /// Money that came to an account.
    public init(account: String, amount: Money, references: [String], note: String? = nil) {
        (self.account, self.amount, direction) = (Word(account), SignedAmount(amount), .in)
        (self.references, self.note) = (references, note)
    }

    init(_ line: BankLine) {
        account = Word(line.account)
        amount = SignedAmount(line.sum < .zero ? .zero - line.sum : line.sum)
        direction = line.sum < .zero ? .out : .in
        (references, note, payer) = (line.references, line.note, line.payer)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("account", &account, Label("账户", en: "Account"))
        try visitor.asked("amount", &amount)
        try visitor.asked("direction", &direction, Label("收/支", en: "In/out"))
        try visitor.asked("credit", &credit, Label("收入金额", en: "In"))
        try visitor.asked("debit", &debit, Label("支出金额", en: "Out"))
        try visitor.field("references", &references, Label("交易单号", en: "Numbers"))
        try visitor.field("note", &note, Label("摘要", en: "Note"))
        try visitor.particular("payer", &payer, Label("对方", en: "Other side"))
        try visitor.asked("status", &status, Label("交易状态", en: "State"))
        try visitor.derived("sum", &sum, Label("发生额", en: "Amount"))
    }

    public static func asks(for key: String, with values: [String: String]) -> Bool {
        !["credit", "debit", "status"].contains(key)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        sum = SignedAmount(signed)
        if sum == .zero {
            throw Refusal(
                .input, "bankline.amount", "没有金额", en: "there is no amount", field: "amount")
        }
        // A merchant's bill has a sign before each cell.
        note = note.map { $0.hasPrefix("`") ? String($0.dropFirst()) : $0 }
        references = references.map { $0.plain.filter { !$0.isWhitespace } }.filter { !$0.meansNothing }
        if estate.reconciliations.line(of: account.text, references, sum.money) != nil {
            throw Refusal(
                .rule, "bankline.known", "这一笔流水已有", en: "this line was recorded already", field: "references")
        }
    }

    /// What came or, below zero, left.
    var signed: Money {
        if let amount {
            let size = amount.money < .zero ? .zero - amount.money : amount.money
            return direction.map { $0 == .in ? size : .zero - size } ?? amount.money
        }
        func size(_ amount: SignedAmount?) -> Money {
            let money = amount?.money ?? .zero
            return money < .zero ? .zero - money : money
        }
        return size(credit) - size(debit)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.reconciliations.add(
            BankLine(
                id: Ref(metadata.id), account: account.text, at: metadata.at, sum: sum.money, references: references,
                note: note, payer: payer))
    }
}

extension BankLine {
    /// Statements as banks, WeChat and Alipay export them. What was not paid, and what neither came nor left, is passed over.
    static let importKind = ImportKind(
        "banklines", Label("对账单流水", en: "Statement lines"), identity: ["account", "references", "at"],
        headers: [
            "account": ["账户名称", "渠道"],
            "amount": ["交易金额", "发生额", "订单金额", "应结订单金额", "总金额", "收支金额"],
            "at": [
                "交易时间", "交易日期", "交易日", "记账日期", "入账时间", "发生时间", "付款时间", "交易创建时间", "日期",
            ],
            "direction": ["收支", "收支类型", "借贷标志", "借贷方向", "收付标志", "借贷"],
            "credit": ["贷方发生额", "贷方金额", "转入金额", "存入金额", "收入", "贷方"],
            "debit": ["借方发生额", "借方金额", "转出金额", "支取金额", "支出", "借方"],
            "references": [
                "商户单号", "交易订单号", "商家订单号", "商户订单号", "微信订单号", "支付宝交易号", "账务流水号", "业务流水号", "交易流水号", "流水号", "凭证号",
                "回单号", "交易号",
            ],
            "note": ["备注", "商品", "商品说明", "商品名称", "用途", "附言", "摘要说明", "交易摘要"],
            "payer": ["交易对方", "对方户名", "对方名称", "付款人", "对方账号名称"],
            "status": ["当前状态", "状态", "交易结果"],
        ],
        implied: accountsByColumn, takesFirst: true, passesOver: isPassedOver, ends: ["#", "---", "总交易"]
    ) { estate in
        estate.reconciliations.lines.values.map { (RecordBankLine($0), $0.at) }
    }
}

extension BankLine {
    /// Columns that only the statements of one account have.
    private static let accountsByColumn = Dictionary(
        uniqueKeysWithValues: [
            "微信": ["当前状态", "微信订单号", "微信支付业务单号"], "支付宝": ["交易订单号", "支付宝交易号", "业务流水号"],
            "银行": ["借方发生额", "贷方发生额", "借贷标志", "对方户名", "收付标志"],
        ].flatMap { account, columns in columns.map { ($0, (key: "account", value: account)) } })

    /// What was not paid, or was paid back as a whole: its refund is a row of the same state.
    private static let failed = ["已全额退款", "关闭", "失败", "撤销", "未支付", "待付款", "等待", "冲正"]
    private static let neutral = ["/", "-", "不计收支", "中性交易", "其他"]

    /// Whether a row tells of no money that came or left.
    @Sendable private static func isPassedOver(_ texts: [String: String]) -> Bool {
        let status = texts["status"] ?? ""
        if failed.contains(where: status.contains) || texts["direction"].map({ neutral.contains($0.plain) }) ?? false {
            return true
        }
        return ["amount", "credit", "debit"].allSatisfy { key in
            (texts[key].flatMap { try? SignedAmount(text: $0, zone: .shanghai) })?.money ?? .zero == .zero
                && texts[key]?.contains { "123456789".contains($0) } != true
        }
    }
}
