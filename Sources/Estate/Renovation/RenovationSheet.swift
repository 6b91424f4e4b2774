import Handbook
import Journal

/// The file of a renovation (装修档案): what was applied for, checked, found and paid, with the notice and the agreement to
/// be signed, and the receipt of the deposit.
public struct RenovationSheet: Report {
    public static let name = "renovation"
    public static let label = Label("装修档案", en: "Renovation file")
    var renovation = Ref<RenovationCase>.placeholder

    public static var columns: [ViewColumn<Self>] {
        columns(of: RenovationsView.self)
    }

    public init() {}

    public init(renovation: Ref<RenovationCase>) { self.renovation = renovation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
    }

    public func subjects(in context: ViewContext) throws -> [RenovationCase] {
        guard let known = context.estate.renovations.all[renovation] else {
            throw renovation.unknown.about("renovation")
        }
        return [known]
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let writer = rows.first.map { RenovationFileWriter($0, at: moment, language) }
        return Document(
            name: rows.first.map { "\(name)-\($0.unit.text)" } ?? name, title: label[language], language: language,
            sheets: writer.map { [$0.file, $0.notice, $0.agreement] + $0.receipts } ?? [], empty: ""
        )
    }
}

/// Writes the pages of one renovation's file.
private struct RenovationFileWriter {
    let row: RenovationSheet.Row
    let moment: Moment
    let language: Language

    init(_ row: RenovationSheet.Row, at moment: Moment, _ language: Language) {
        (self.row, self.moment, self.language) = (row, moment, language)
    }

    private var estate: Estate { row.estate }
    private var rule: Handbook.Renovation { estate.handbook.renovation }
    private var printed: String { word("打印于 \(clock(moment))", "Printed \(clock(moment))") }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
    private func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
    private func heading(_ chinese: String, _ english: String) -> String { "\(estate.name) \(word(chinese, english))" }

    /// Who reads may see money.
    private var showsMoney: Bool { row.context.reader.map { !Fees.hiddenFrom.contains($0) } ?? true }

    /// The first page: the application, papers, checks, violations, the deposit.
    var file: Sheet {
        let (from, until) = row.span
        var entries: [Sheet.Entry] = [
            .init(word("房号", "Unit"), row.unit.text), .init(word("登记号", "Number"), row.number),
            .init(word("状态", "State"), row.state.label[language]),
            .init(Label.applicant[language], row.applicant.label[language]),
            .init(word("业主", "Owner"), owners, isWide: true),
            .init(Label.contractor[language], row.contractor, isWide: true),
            .init(Label.works[language], row.works.text, isWide: true),
            .init(word("申报", "Applied"), clock(row.applied)),
            .init(word("资料齐全", "Papers complete"), row.completed.map(clock) ?? ""),
            .init(word("办妥期限", "Due"), row.due?.text ?? ""),
            .init(word("可开工", "May begin"), row.permit.map { clock($0.at) } ?? ""),
            .init(Label.consent[language], row.consent?[language] ?? ""),
            .init(word("告知邻居", "Neighbours told"), row.neighbours.map(clock) ?? ""),
        ]
        if row.permit != nil { entries.append(.init(word("期限", "Days"), "\(from) – \(until)", isWide: true)) }
        if let withdrawn = row.withdrawn { entries.append(.init(word("撤回", "Withdrawn"), withdrawn.why, isWide: true)) }
        let papers = row.works.papers.map {
            Sheet.Choice($0, isTicked: row.completed != nil || row.delivered.contains($0))
        }
        return Sheet(
            heading: heading("装修档案", "Renovation file"), number: row.number,
            blocks: [.entries(entries), .choices(word("资料", "Papers"), papers)] + extensions + workers + checks
                + violations
                + (showsMoney ? account : [])
                + [
                    .entries([
                        .init(word("经办人签名", "Handled by"), nil), .init(word("业主签名", "Owner"), nil),
                    ])
                ], foot: printed)
    }

    private var owners: String {
        let names = estate.people.residents(of: row.unit).filter { $0.role == .owner }.map(\.name)
        return names.isEmpty ? word("未登记", "unknown") : names.joined(separator: word("、", ", "))
    }

    /// The workers with passes.
    private var workers: [Sheet.Block] {
        if row.passes.isEmpty { return [] }
        return [
            .heading(Label.passes[language]),
            .table(
                [word("姓名", "Name"), Label.trade[language], word("发证", "Issued")],
                row.passes.map { [$0.name.text, $0.trade ?? "", clock($0.at)] }),
        ]
    }

    private var extensions: [Sheet.Block] {
        row.extensions.isEmpty
            ? []
            : [
                .heading(ExtendRenovation.label[language]),
                .table(
                    [word("时间", "At"), word("原到", "Was"), word("延到", "Until"), word("原因", "Why")],
                    row.extensions.map { [clock($0.at), $0.former.text, $0.until.text, $0.why] }),
            ]
    }

    private var checks: [Sheet.Block] {
        let rows =
            row.checks.map { ($0.at, $0.stage ?? "", $0.note, $0.by) }
            + row.acceptances.map {
                (
                    $0.at, AcceptRenovation.label[language],
                    $0.result.label[language] + ($0.note.map { word("：", ": ") + $0 } ?? ""), $0.by
                )
            }
        if rows.isEmpty { return [] }
        return [
            .heading(word("现场检查", "Checks")),
            .table(
                [word("时间", "At"), word("检查点", "Check point"), word("情况", "Found"), word("检查人", "By")],
                rows.sorted { $0.0 < $1.0 }.map { [clock($0.0), $0.1, $0.2, estate.staff.name(of: $0.3)] }),
        ]
    }

    private var violations: [Sheet.Block] {
        if row.violations.isEmpty { return [] }
        return [
            .heading(Label.violation[language]),
            .table(
                [
                    word("时间", "At"), word("什么", "What"), word("证据", "Evidence"), word("制止", "Told to stop"),
                    word("改正", "Put right"), word("报告", "Reported"),
                ],
                row.violations.map { one in
                    [
                        clock(one.at), one.what, one.evidence ?? "", one.ordered ?? "",
                        one.obeyed.map(clock) ?? word("未改", "no"),
                        one.report.map { [$0.to, $0.number ?? "", clock($0.at)].joined(separator: " ") } ?? "",
                    ]
                }),
        ]
    }

    private var fee: [Sheet.Block] {
        guard let permit = row.permit, permit.fee > .zero else { return [] }
        return [.entries([.init(Label.renovationFee[language], permit.fee.grouped, isWide: true)])]
    }

    /// The account of the deposit: what was collected, kept and given back, and what is left.
    private var account: [Sheet.Block] {
        if row.subject.deposits.isEmpty { return [] }
        var lines: [(at: Moment, cells: [String])] = row.subject.deposits.map { permit in
            let number = estate.receiptNumber(permit.receipt, of: permit.node) ?? ""
            return (
                permit.at,
                [
                    word("收押金", "Collected"), "\(permit.method ?? Label.unstatedMethod[language]) \(number)",
                    permit.deposit.grouped,
                ]
            )
        }
        lines += row.deductions.map { one in
            let signed = one.signer.map { word("签名 \($0)", "signed by \($0)") } ?? word("未签名", "not signed")
            return (
                one.at,
                [
                    word("扣款", "Deducted"),
                    [one.why, one.evidence ?? "", signed].filter { !$0.isEmpty }.joined(separator: "，"),
                    (Money.zero - one.amount).grouped,
                ]
            )
        }
        lines += row.refunds.map {
            ($0.at, [word("退还", "Refunded"), $0.method ?? "", (Money.zero - $0.amount).grouped])
        }
        let table = lines.sorted { $0.at < $1.at }.map { [clock($0.at)] + $0.cells }
        return fee + [
            .heading(word("押金账", "The deposit")),
            .table(
                [word("时间", "At"), word("事项", "What"), word("说明", "Note"), word("金额", "Amount")],
                table + [["", word("余额", "Left"), "", row.subject.balance.grouped]]),
        ]
    }

    /// The notice of what is forbidden, with room for two signatures.
    var notice: Sheet {
        Sheet(
            heading: heading("装修告知书", "Notice"), number: row.number,
            blocks: [
                .text(word("\(row.unit.text) 装修人、\(row.contractor)：", "\(row.unit.text), \(row.contractor):")),
                .heading(word("一律不得", "Forbidden")),
                .table(
                    [word("序号", "No."), word("事项", "What")], rule.forbidden.enumerated().map { ["\($0 + 1)", $1] }),
                .table([word("类别", "Class"), word("要求", "Needs")], rule.restricted.map { [$0.name, $0.text] }),
                .text("\(Label.workHours[language])\(word("：", ": "))\(rule.hours.text)"),
                .entries([
                    .init(word("装修人签名", "Decorator"), row.notice?.decorator),
                    .init(word("施工单位签名", "Contractor"), row.notice?.contractor),
                    .init(word("日期", "Date"), row.notice.map { Day($0.at, in: estate.zone).text }, isWide: true),
                ]),
            ],
            foot: word("业主选哪家公司、用哪种材料，物业不指定、不推销。\(printed)", printed))
    }

    /// The agreement with what it has to name.
    var agreement: Sheet {
        let agreed = row.subject.agreement
        let texts = [
            row.works.text, agreed.map { "\($0.from.text) – \($0.to.text)" }, agreed?.hours,
        ]
        let table = rule.agreement.enumerated().map { index, item in
            ["\(index + 1)", item, (texts.indices.contains(index) ? texts[index] : nil) ?? ""]
        }
        return Sheet(
            heading: heading("装修管理服务协议", "Agreement"), number: row.number,
            blocks: [
                .entries([
                    .init(word("房号", "Unit"), row.unit.text), .init(Label.contractor[language], row.contractor),
                ]),
                .table([word("序号", "No."), word("约定事项", "Item"), word("内容", "Agreed")], table),
                .entries([
                    .init(word("业主（装修人）签名", "Owner"), nil), .init(word("施工单位（章）", "Contractor"), nil),
                    .init(word("物业（章）", "Estate"), nil),
                    .init(word("日期", "Date"), agreed.map { Day($0.at, in: estate.zone).text }),
                ]),
            ], foot: printed)
    }

    /// The receipts of the deposits.
    var receipts: [Sheet] { showsMoney ? row.subject.deposits.map(receipt) : [] }

    private func receipt(of permit: RenovationCase.Permit) -> Sheet {
        let number = estate.receiptNumber(permit.receipt, of: permit.node) ?? ""
        return Sheet(
            heading: heading("押金收据", "Receipt of a deposit") + marks(of: permit), number: number,
            blocks: [
                .entries([
                    .init(word("收据号", "Number"), number),
                    .init(word("收款时间", "Received"), clock(permit.at)),
                    .init(word("房号", "Unit"), row.unit.text),
                    .init(word("交款人", "Paid by"), payer(of: permit)),
                    .init(word("款项", "For"), "\(Label.deposit[language]) \(row.number)"),
                    .init(word("付款方式", "Method"), permit.method ?? Label.unstatedMethod[language]),
                    .init(word("金额", "Amount"), "￥\(permit.deposit.grouped)", isWide: true),
                    .init(word("大写", "In capitals"), permit.deposit.writtenOut, isWide: true),
                    .init(Label.receivedBy[language], estate.staff.name(of: permit.by)),
                    .init(word("收款单位（章）", "Seal"), ""),
                ])
            ],
            foot: word(
                "押金不是收入，不抵欠费；完工检查合格、观察期满后退还，退款时收回本收据。\(rule.receiptLost)。本收据不作发票使用。\(printed)",
                "A deposit is no revenue and pays no debt; it goes back after the works, against this receipt. \(printed)"
            ))
    }

    /// Who paid, as an owner or a tenant of that time.
    private func payer(of permit: RenovationCase.Permit) -> String {
        guard let person = permit.payer.flatMap({ estate.people.persons[$0] }) else {
            return word("未登记", "unknown")
        }
        return "\(person.name)\(word("（\(person.role.label.chinese)）", " (\(person.role.label.english))"))"
    }

    /// A receipt that is not printed on the day of the payment is a copy, and what went back says so.
    private func marks(of permit: RenovationCase.Permit) -> String {
        let isCopy = Day(moment, in: estate.zone) > Day(permit.at, in: estate.zone)
        let copy = isCopy ? word("（补打）", " (copy)") : ""
        let holder = estate.nodes.name(of: permit.holder)
        guard estate.balance(of: row.subject, on: holder) == .zero else { return copy }
        return copy + (row.refunded > .zero ? word("（已退）", " (refunded)") : word("（已扣完）", " (kept)"))
    }
}
