import Handbook
import Journal

/// The dunning letters (催缴函) to households in arrears, one a sheet, with a receipt to be cut off.
public struct DunningLetter: Report {
    public static let name = "dunningletter"
    public static let label = Label("催缴函", en: "Dunning letter")
    /// The households; all in arrears unless given.
    var unit: [UnitCode] = []
    /// The day by which to pay.
    var due: Day?

    public struct Subject: Sendable {
        public let arrears: Fees.Arrears
        public let due: Day
        /// The overdue bills, the oldest first.
        public let bills: [Bill]
    }

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.arrears.unit }
        Column("owner") { $0.owner }
        Column("who", Label("致", en: "To")) { $0.addressee }
        Column("total", Label("欠费合计", en: "Owed")) { $0.arrears.owed }
        Column("capitals", .capitals) { $0.arrears.owed.writtenOut }
        Column("periods", Label("期数", en: "Periods")) { $0.arrears.periods }
        Column("oldest", Label("最早到期", en: "Oldest due")) { $0.arrears.oldest }
        Column("due", .payBy) { $0.subject.due }
        Column("former", .formerOwner) { !$0.arrears.account.isPresent }
    }

    public init() {}

    public init(units: [UnitCode]) { unit = units }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("due", &due, .payBy)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let estate = context.estate
        for unit in unit { try estate.people.check(unit) }
        let payBy = due ?? context.day.adding(estate.handbook.collecting.rhythm.letterDays)
        let all =
            unit.isEmpty
            ? estate.fees.arrears(at: context.moment, zone: context.zone).sorted { $0.unit < $1.unit }
            : unit.flatMap { estate.fees.arrears(of: $0, at: context.moment, zone: context.zone) }
        return all.map { arrears in
            let bills = estate.fees.unpaidBills(of: arrears.account).filter { $0.due < context.day }
            return Subject(arrears: arrears, due: payBy, bills: bills)
        }
    }
}

extension ViewRow<DunningLetter> {
    var owner: String? { estate.owner(of: subject.arrears.account)?.name }

    /// The tenants who owe by agreement; the owner is jointly liable, sees and receives the letter.
    var tenants: [String] {
        guard subject.arrears.account.isPresent, subject.bills.contains(where: { estate.debtor(of: $0) == .occupant })
        else {
            return []
        }
        return estate.people.residents(of: subject.arrears.unit).filter { $0.role == .tenant }.map(\.name)
    }

    /// Who owes: the developer, the tenants and the owner, or the owner.
    var addressee: String {
        if subject.bills.allSatisfy({ estate.debtor(of: $0) == .developer }) { return "建设单位" }
        return (tenants + [owner ?? "业主"]).joined(separator: "、")
    }
}

extension DunningLetter {
    /// What the letter says that must not be used to collect; `nil` for nothing.
    public static func warning(in estate: Estate) -> String? {
        estate.handbook.fees.forbidden.warning(for: estate.handbook.collecting.letter.text)
    }

    /// The words of the letter that the estate has not filled in, by their names.
    public static func blanks(in estate: Estate) -> [Label] {
        estate.handbook.collecting.letter.blanks.map { field in
            switch field {
            case .agreement: Label("合同名称", en: "contract")
            case .clauseNumber: Label("合同条款", en: "clause")
            case .ways: Label("交费方式", en: "ways to pay")
            case .contactPerson: Label("联系人", en: "whom to ask")
            case .company: Label("公司名称", en: "company")
            }
        }
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let day = Day(asOf: moment, in: estate.zone)
        return Document(
            name: "\(name)-" + (rows.count == 1 ? "\(rows[0].arrears.unit.text)-" : "") + day.text,
            title: label[language], language: language, sheets: rows.map { sheet($0, on: day) },
            empty: Label("没有欠费", en: "nobody owes anything")[language])
    }

    /// The letter is Chinese whoever prints it.
    private static func sheet(_ row: Row, on day: Day) -> Sheet {
        let estate = row.estate
        let lateFees = estate.lateFees(of: row.arrears.account, on: day)
        let owed = row.arrears.owed + lateFees.reduce(.zero) { $0 + $1.balance }
        let words = estate.handbook.collecting.letter
        let values = [
            "unit": row.arrears.unit.text, "who": row.addressee, "owner": row.owner ?? "", "day": day.text,
            "contract": words.agreement, "clause": words.clauseNumber, "capitals": owed.writtenOut,
            "amount": owed.grouped, "payBy": row.subject.due.text, "ways": words.ways,
            "contact": words.contactPerson, "estate": estate.name,
        ]
        func filled(_ text: String) -> String {
            values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        let joint = row.tenants.isEmpty ? [] : [Sheet.Block.text(filled(words.joint))]
        return Sheet(
            heading: filled(words.company) + " 催缴函", number: "\(day.text) \(row.arrears.unit.text)",
            blocks: [
                .text(filled(words.greeting)), .text(filled(words.debt)),
                table(of: row.subject.bills, lateFees, estate.handbook.fees.penalty.name),
                .text(filled(words.total)), .text(filled(words.pay)), .text(filled(words.contact)),
            ] + joint + [
                .text(filled(words.law)),
                .entries([.init("催收单位（章）", filled(words.company)), .init("日期", day.text)]),
                .heading("回执"),
                .entries([
                    .init("房号", row.arrears.unit.text), .init("签收人", nil), .init("与交费人关系", nil),
                    .init("签收日期", nil),
                ]),
            ], foot: "")
    }
}

extension DunningLetter {
    /// The bills, with their 违约金 where the policy asks for it; last the bills of which only that is owed.
    private static func table(of bills: [Bill], _ lateFees: [LateFee], _ name: String) -> Sheet.Block {
        let header = ["所属期", "收费项目", "到期日", "本金"]
        func cells(_ bill: Bill) -> [String] {
            [bill.period.text, bill.item, bill.due.text, bill.outstanding.grouped]
        }
        if lateFees.isEmpty { return .table(header, bills.map(cells)) }
        let balances = Dictionary(uniqueKeysWithValues: lateFees.map { ($0.bill.id, $0.balance) })
        let listed = Set(bills.map(\.id))
        return .table(
            header + [name],
            (bills + lateFees.map(\.bill).filter { !listed.contains($0.id) }).map { bill in
                cells(bill) + [(balances[bill.id] ?? .zero).grouped]
            })
    }
}

extension Label {
    fileprivate static let payBy = Label("交费期限", en: "Pay by")
}
