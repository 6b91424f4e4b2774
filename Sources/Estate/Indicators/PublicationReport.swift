import Handbook
import Journal

/// What is made public once a year (公示): charges, 公共收益, staff and performance. No household is in it.
public struct PublicationReport: ReportOfYear {
    public static let name = "publication"
    public static let label = Label("物业服务公示", en: "Public notice")
    public var year: Int?

    /// A line of the notice.
    public struct Subject: Sendable {
        public let year: Int
        public let part: PublicationPart
        public let text: Label
        public let value: Label
        public let remark: Label
    }

    public static var columns: [ViewColumn<Self>] {
        Column("year", Label("年度", en: "Year")) { $0.year }
        Column("part", Label("部分", en: "Part")) { $0.part }
        Column("text") { $0.text }
        Column("value", Label("数值", en: "Value")) { $0.value }
        Column("remark", Label("备注", en: "Remark")) { $0.remark }
    }

    public init() {}

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let year = reportedYear(in: context)
        let estate = context.estate
        func lines(_ part: PublicationPart, _ all: [(Label, Label, Label)]) -> [Subject] {
            all.map { Subject(year: year, part: part, text: $0.0, value: $0.1, remark: $0.2) }
        }
        let served = YearFigures(year, in: context).figures.compactMap { figure -> (Label, Label, Label)? in
            if figure.value == .none { return nil }
            let remark = figure.target.map {
                Label(figure.indicator.words($0, .chinese), en: figure.indicator.words($0, .english))
            }
            return (
                figure.indicator.label,
                Label(
                    figure.indicator.words(figure.value, .chinese), en: figure.indicator.words(figure.value, .english)),
                remark ?? .none
            )
        }
        return lines(.charges, estate.charges(on: context.day)) + lines(.income, estate.commonIncome(of: year))
            + lines(.staff, estate.staffByRole()) + lines(.service, served)
    }
}

/// The parts of the notice.
public enum PublicationPart: String, NamedChoice {
    case charges, income, staff, service

    public var label: Label {
        switch self {
        case .charges: Label("收费项目和标准", en: "Charges")
        case .income: Label("公共收益", en: "Common income")
        case .staff: Label("服务人员", en: "Staff")
        case .service: Label("服务情况", en: "Service")
        }
    }

    /// - Parameter isOver: whether the year is.
    fileprivate func heads(isOver: Bool) -> [Label] {
        switch self {
        case .charges: [Label("项目", en: "Item"), Label("标准", en: "Rate"), Label("计费方式", en: "Basis")]
        case .income: [Label("项目", en: "Item"), Label("应收（元）", en: "Billed"), Label("实收（元）", en: "Received")]
        case .staff: [Label("岗位", en: "Post"), Label("人数", en: "Number"), Label("姓名", en: "Names")]
        case .service:
            [
                Label("指标", en: "Figure"), isOver ? Label("全年", en: "The year") : Label("今年以来", en: "So far"),
                Label("标准", en: "Target"),
            ]
        }
    }
}

extension Estate {
    /// The tariffs in force on a day.
    fileprivate func charges(on day: Day) -> [(Label, Label, Label)] {
        let versions = Dictionary(grouping: billing.tariffs.enumerated().filter { $1.from <= day }) {
            ChargeKey(item: $0.element.item, kind: $0.element.kind)
        }
        let current = versions.compactMap { _, all in
            all.max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }?.element
        }
        let order = billing.items
        return current.filter { $0.terms != nil }.sorted {
            (order.firstIndex(of: $0.item) ?? 0, $0.kind?.rawValue ?? "")
                < (order.firstIndex(of: $1.item) ?? 0, $1.kind?.rawValue ?? "")
        }.compactMap { tariff in
            tariff.terms.map { terms in
                let kind = tariff.kind.map { Label("（\($0.label.chinese)）", en: " (\($0.label.english))") } ?? .none
                return (
                    Label(tariff.item + kind.chinese, en: tariff.item + kind.english),
                    terms.basis.priced(terms.rate.text(zone: zone), for: tariff.item), terms.basis.label
                )
            }
        }
    }

    private struct ChargeKey: Hashable {
        let item: String
        let kind: UnitKind?
    }

    /// What of the year's bills is 公共收益, by item.
    fileprivate func commonIncome(of year: Int) -> [(Label, Label, Label)] {
        var sums: [(item: String, sum: Fees.Collection)] = []
        for bill in YearFigures.months(of: year).flatMap({ fees.bills(for: $0) }) where bill.voided == nil {
            guard bill.origin.nature ?? nature(ofItem: bill.item) == .income else { continue }
            if let index = sums.firstIndex(where: { $0.item == bill.item }) {
                sums[index].sum.add(bill)
            } else {
                sums.append((bill.item, Fees.Collection([bill])))
            }
        }
        return sums.map {
            (Label(verbatim: $0.item), Label(verbatim: $0.sum.net.grouped), Label(verbatim: $0.sum.received.grouped))
        }
    }

    /// The members by their posts.
    fileprivate func staffByRole() -> [(Label, Label, Label)] {
        Role.allCases.compactMap { role in
            let members = staff.members.values.filter { $0.role == role && $0.left == nil }.sorted { $0.code < $1.code }
            if members.isEmpty { return nil }
            let names = members.map(\.name)
            return (
                role.label, Label(verbatim: "\(members.count)"),
                Label(names.joined(separator: "、"), en: names.joined(separator: ", "))
            )
        }
    }
}

extension PublicationReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let year = rows.first?.subject.year
        let asOf = year.flatMap { YearFigures.asOf(moment, in: $0, estate.zone) }
        let since = asOf.map { word("，\($0.chinese)", ", \($0.english)") } ?? ""
        let blocks = PublicationPart.allCases.flatMap { part -> [Sheet.Block] in
            let own = rows.filter { $0.part == part }
            if own.isEmpty {
                return part == .income
                    ? [.heading(part.label[language]), .text(word("本年度没有公共收益。", "There was no common income."))] : []
            }
            return [
                .heading(part.label[language]),
                .table(
                    part.heads(isOver: asOf == nil).map { $0[language] },
                    own.map { [$0.text[language], $0.value[language], $0.remark[language]] }),
            ]
        }
        let sheet = Sheet(
            heading: "\(estate.name) \(label[language])", number: year.map { word("\($0) 年度", "\($0)") + since } ?? "",
            blocks: blocks + [
                .entries([
                    .init(word("物业服务企业", "Company"), nil), .init(word("公示日期", "Posted on"), nil),
                    .init(word("意见请告", "Tell us"), word("前台（客服部）", "the front desk"), isWide: true),
                ])
            ],
            foot: word(
                "公示不列任何住户的欠费。截至 ", "No household's debts are made public. As of ")
                + Day(asOf: moment, in: estate.zone).text)
        return Document(
            name: year.map { "\(name)-\($0)" } ?? name, title: label[language], language: language,
            sheets: rows.isEmpty ? [] : [sheet], empty: Label("没有可公示的内容", en: "nothing to be made public")[language])
    }
}
