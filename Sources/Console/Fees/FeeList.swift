import Estate
import Screen

/// The units in arrears, the largest amount first; the title shows the collection rate of three months.
struct FeeList: ViewSource {
    typealias Shown = ArrearsView
    static let name = "fees"
    static let label = ArrearsView.label
    static let creates: (any Action.Type)? = ReceivePayment.self
    static func parts(of estate: Estate) -> [Int] { [estate.$fees, estate.$people, estate.$staff] }
    static let granularity = ClockGranularity.day
    static func empty(_ context: Context) -> Label { Label("没有欠费", en: "nobody owes anything") }
    /// Who has paid is gone, and the next Enter is not meant for the household below.
    static let selectsNext = false
    static func groups(_ row: Row) -> [String] { row.groups }
    static let nothingSelected = Label("没有选中的住户：↓ 选下一户", en: "no household is selected: ↓ selects the next")

    static let commands: [Command] =
        [
            rowCommand(
                "fees.receive", Label("收款", en: "Receive"), doc: Label("登记这一户的收款", en: "this unit pays"),
                keys: [.enter],
                priority: 9, action: ReceivePayment.self
            ) { row, _ in
                // The bills say that the money is for a former owner's account.
                .form(
                    ReceivePayment.self, prefill: row.account.isPresent ? [:] : ["bills": row.overdueBills],
                    fixed: ["unit": row.unit],
                    title: Label(
                        "收款 · \(row.unit.text) \(row.owner ?? "")", en: "Payment · \(row.unit.text) \(row.owner ?? "")")
                )
            },
            rowCommand(
                "fees.dun", Label("催缴", en: "Remind"), doc: Label("登记一次催缴及承诺", en: "a reminder, and what was promised"),
                keys: [.control("r")], priority: 6, action: RecordDunning.self
            ) { row, _ in
                .fill(.reminder(of: row.unit.text, owner: row.owner))
            },
            callOut(
                about: { row in row.debtor.map { .record($0.id.id) } ?? .arrears(row.unit) },
                then: { [.pane(.keepOrder($0.account.id), name: name)] }),
        ] + collecting

    static let columns: [ListColumn<Row>] = [
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.unit },
        ListColumn("owner", Label("业主", en: "Owner"), Column("", min: 6, ideal: 10, priority: 5)) {
            Pinyin.spelled($0.owner ?? "")
        },
        ListColumn("owed", Label("欠费", en: "Owed"), .fixed("", 10, alignment: .right, priority: 8)) { $0.owed },
        ListColumn("periods", Label("期数", en: "Bills"), .fixed("", 5, alignment: .right, priority: 4)) { $0.periods },
        ListColumn("days", Label("逾期", en: "Overdue"), .fixed("", 7, alignment: .right, priority: 3)) { $0.days },
        ListColumn("outcome", Label("催缴结果", en: "Reminded"), .filling("", min: 8, priority: 2)) {
            Pinyin.spelled($0.outcome ?? "")
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        ArrearsView().subjects(in: context.view).map { Row($0, in: context.view) }
    }
    static func updated(_ arrears: Fees.Arrears, _ context: Context) -> Row? {
        context.estate.fees.arrears(of: arrears.account, at: context.now, zone: context.view.zone)
            .map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.account.id }
    static func subject(_ row: Row) -> String? { row.unit.text }
    static func words(_ row: Row) -> [String] {
        [
            row.unit.text, row.owner ?? "", row.outcome ?? "", row.account.isPresent ? "" : "原业主",
            row.standing.label.chinese, row.collector?.name ?? "", row.isLimitationNear ? "时效将满" : "",
        ]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let days = context(Label("\(row.days) 天", en: "\(row.days) d"))
        return [
            Line(row.unit.text, .strong), owner(row, context),
            Line(row.owed.grouped),
            Line(context(Label("\(row.periods)期", en: "\(row.periods)")), .muted),
            Line(days, .muted), outcome(row, context),
        ]
    }

    /// Who has sold the unit and still owes is marked.
    private static func owner(_ row: Row, _ context: Context) -> Line {
        let name = row.owner ?? "—"
        return row.account.isPresent
            ? Line(name) : [Span(context(Label("原·", en: "ex-")), .muted), Span(name)]
    }

    /// What was promised, else the last outcome and its day; after a promise that nobody was reached. Only a broken promise
    /// and one for today stand out: nearly all rows are overdue.
    private static func outcome(_ row: Row, _ context: Context) -> Line {
        let last = row.lastContact
        let day = last.map { Day($0.at, in: context.view.zone).short } ?? ""
        guard let promise = row.promise else {
            return last == nil ? Line("") : [Span(row.outcome ?? "", .info), Span(" \(day)", .faint)]
        }
        let words: Span =
            switch row.standing {
            case .broken: Span(context(Label("失约 \(promise.short)", en: "broken promise \(promise.short)")), .warning)
            case .today: Span(context(Label("今日承诺", en: "promised today")), .warning)
            default: Span(context(Label("承诺 \(promise.short)", en: "promised \(promise.short)")), .info)
            }
        return last?.isReached ?? true ? [words] : [words, Span(" \(row.outcome ?? "") \(day)", .muted)]
    }

    /// What the rows owe together and, if they are all units in arrears, the collection rates.
    struct FeeTally: Sendable {
        let owed: Money
        let count: Int
        /// Promises that are due today, and those that were broken.
        let due, broken: Int
        /// Accounts with a bill that can soon not be sued for any more.
        let ending: Int
        let rates: [CollectionView.Subject]?

        init(_ rows: [Row], rates: [CollectionView.Subject]?) {
            (owed, count, self.rates) = (rows.reduce(.zero) { $0 + $1.owed }, rows.count, rates)
            let standings = rows.map(\.standing)
            (due, broken) = (standings.count { $0 == .today }, standings.count { $0 == .broken })
            ending = rows.count(where: \.isLimitationNear)
        }
    }

    static func tally(_ rows: [Row], _ context: Context) -> FeeTally {
        FeeTally(rows, rates: CollectionView(period: nil).subjects(in: context.view))
    }

    static func tally(filtered rows: [Row], of all: FeeTally, _ context: Context) -> FeeTally {
        FeeTally(rows, rates: nil)
    }

    /// 合计 12,345.00 当月 76.4/80▼ 上月 91.2/90✓ … 今日承诺 2 失约 5; of filtered rows how many in place of the rates.
    static func summary(_ tally: FeeTally, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let names = context.estate.handbook.fees.targets.map(\.name)
        let english = ["this", "last", "before"]
        let total = Label("合计 \(tally.owed.grouped)", en: "total \(tally.owed.grouped)")
        let due: [(Int, Label)] = [
            (tally.due, Label("今日承诺", en: "due today")), (tally.broken, Label("失约", en: "broken")),
            (tally.ending, Label("时效将满", en: "limitation")),
        ]
        let promises = due.filter { $0.0 > 0 }.map { Span(" \(context($0.1)) \($0.0)", .warning) }
        guard let rates = tally.rates else {
            let count = Label(" \(tally.count) 户", en: " \(tally.count) households")
            return [Span(context(total), .strong), Span(context(count), .muted)] + promises
        }
        let spans = rates.enumerated().flatMap { index, row in
            let name = context(Label(names[index], en: english[min(index, 2)]))
            guard let rate = row.rate, let met = row.met else {
                return [Span(" \(name) \(context(Label("无应收", en: "nothing billed")))", .muted)]
            }
            return [
                Span(" \(name) ", .muted), Span("\(rate.dropLast())", met ? .good : .danger),
                Span("/\(row.target)\(met ? glyphs.done : glyphs.down)", met ? .good : .danger),
            ]
        }
        return [Span(context(total), .strong)] + spans + promises
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let bills = context.estate.fees.unpaidBills(of: row.account)
        let limitation = row.limitation.map { day in
            let left = day.days(since: context.today)
            return detailLine(
                context(.limitation),
                left < 0
                    ? context(Label("\(day.text) 已满", en: "over since \(day.text)"))
                    : context(Label("\(day.text)，还有 \(left) 天", en: "\(day.text), \(left) days left")), .warning)
        }
        return [
            Line([
                Span("\(row.unit.text)  ", .strong), Span("\(row.owner ?? "—")  "), Span(row.owed.grouped, .strong),
                Span(context(Label(" 元", en: " yuan")), .muted),
            ])
        ]
            + (row.isLimitationNear ? [limitation].compactMap { $0 } : [])
            + context.estate.requests.open(of: row.unit).prefix(2).map {
                detailLine(
                    context(Label("未办结", en: "Open request")), "\(context($0.class.label))  \($0.text)", .warning)
            }
            + zip(bills, words(of: bills, context)).map { bill, words in
                detailLine(bill.period.text, words, bill.due < context.today ? .text : .muted)
            }
            + context.estate.fees.reminders(of: row.unit).prefix(4).map { dunning in
                detailLine(
                    context.clock(dunning.at),
                    [
                        dunning.channel, dunning.outcome,
                        dunning.promise.map { context(Label("承诺 \($0.text)", en: "promised \($0.text)")) } ?? "",
                    ]
                    .joined(separator: "  "), .info)
            } + resident(of: row.unit, context)
    }

    static func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let estate = context.estate
        let arrears = estate.fees.arrears(of: unit, at: context.now, zone: estate.zone)
        let prepaid = estate.fees.prepaid(of: unit)
        if prepaid > .zero, arrears.isEmpty {
            let words = Label("预收 \(prepaid.grouped)", en: "\(prepaid.grouped) prepaid")
            let payments = estate.fees.payments(of: unit).filter { $0.prepaid > .zero }
            // The headline has the amount; of several payments each has its own.
            let lines = payments.map { payment in
                let left = payments.count == 1 ? "" : "  \(payment.prepaid.grouped)"
                return detailLine(
                    context.clock(payment.received), "\(payment.method ?? context(.unstatedMethod))\(left)")
            }
            return CardSection(
                headline: [Span(context(words), .good)], title: Label("预收", en: "Prepaid"), lines: lines,
                records: payments.map(\.id.id.text), priority: 3)
        }
        if arrears.isEmpty { return nil }
        let totals = arrears.flatMap { arrears in
            let (whose, english) = arrears.account.isPresent ? ("欠费", "owes") : ("原业主欠费", "the former owner owes")
            let words = Label(
                "\(whose) \(arrears.owed.grouped)（\(arrears.periods) 期）",
                en: "\(english) \(arrears.owed.grouped) (\(arrears.periods) bills)")
            return [Span(context(words), arrears.account.isPresent ? .danger : .warning), Span("  ")]
        }
        let bills = arrears.flatMap { arrears in
            estate.fees.unpaidBills(of: arrears.account).map { (bill: $0, account: arrears.account) }
        }
        let lines = zip(bills, words(of: bills.map(\.bill), context)).map { owed, words in
            let debtor = owed.account.isPresent ? "" : "  \(estate.owner(of: owed.account)?.name ?? "")"
            return detailLine(owed.bill.period.text, words + debtor)
        }
        return CardSection(
            headline: Array(totals.dropLast()), title: Label("欠费", en: "Arrears"), lines: lines,
            records: bills.map(\.account.id), priority: 8)
    }

    /// Item, outstanding amount and due date of bills, in columns.
    private static func words(of bills: [Bill], _ context: Context) -> [String] {
        let measure = TextWidth()
        let item = bills.map { measure.width(of: $0.item) }.max() ?? 0
        let amount = bills.map(\.outstanding.grouped.count).max() ?? 0
        return bills.map { bill in
            let owed = measure.pad(bill.outstanding.grouped, to: amount, align: .right)
            let due = Label("到期 \(bill.due.text)", en: "due \(bill.due.text)")
            return "\(measure.pad(bill.item, to: item))  \(owed)  \(context(due))"
        }
    }
}
