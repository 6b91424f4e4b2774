import Estate
import Screen

/// The commands on a renovation: the next step by its state, and what may happen at any time.
extension RenovationList {
    static let commands: [Command] = [
        rowCommand(
            "renovations.next", Label("下一步", en: "Next step"),
            doc: Label(
                "按状态：收资料、登记可开工、现场检查、完工检查、退押金", en: "papers, registration, check, acceptance or refund, by the state"),
            keys: [.enter], priority: 9,
            disabledReason: { row, context in
                guard let step = RenovationStep(of: row) else { return Label("已了结", en: "it is over") }
                return context.disabledReason(step.action)
            }, run: { row, context in next(row, context) }),
        rowCommand(
            "renovations.papers", Label("资料签名", en: "Papers"),
            doc: Label(
                "收到的资料逐样勾；告知书双签、邻居、协议、业主同意", en: "tick the papers that came; notice, neighbours, agreement, consent"),
            keys: [.control("b")], priority: 7, action: DeliverPaper.self,
            disabledReason: { row, context in
                PaperMenu(row, context).isEmpty ? Label("资料和签名都齐了", en: "papers and signatures are all there") : nil
            }, run: { row, context in .open(PaperMenu(row, context).layer(context)) }),
        rowCommand(
            "renovations.violation", Label("违规", en: "Violation"),
            doc: Label("记一条违规：做了什么、证据、怎么制止", en: "what they did, the evidence, how they were told to stop"),
            keys: [.control("n")], priority: 8, action: RecordViolation.self,
            disabledReason: notNow(RecordViolation.self)
        ) { row, _ in form(RecordViolation.self, row) },
        rowCommand(
            "renovations.pass", Label("出入证", en: "Pass"), doc: Label("给施工人员办出入证", en: "a pass for a worker"),
            keys: [.control("a")], priority: 6, action: IssuePass.self, disabledReason: notNow(IssuePass.self)
        ) { row, _ in form(IssuePass.self, row) },
        rowCommand(
            "renovations.extend", Label("延期", en: "Extend"),
            doc: Label("施工延期，出入证随之有效", en: "works and passes go on longer"),
            keys: [.control("e")], priority: 6, action: ExtendRenovation.self,
            disabledReason: notNow(ExtendRenovation.self)
        ) { row, _ in
            let until = row.until.map { Label("（现到 \($0.short)）", en: " (now until \($0.short))") } ?? .none
            return form(ExtendRenovation.self, row, remark: until)
        },
        rowCommand(
            "renovations.finish", Label("报完工", en: "Finished"),
            doc: Label("装修人报完工，等完工检查", en: "the works are finished and wait for the check"),
            keys: [.control("o")], priority: 5, action: FinishRenovation.self,
            disabledReason: notNow(FinishRenovation.self)
        ) { row, _ in
            .confirm(
                Label("\(row.unit.text) 报完工？", en: "The works in \(row.unit.text) are finished?"),
                about: [Label("\(row.contractor) · \(row.works.text)", en: "\(row.contractor) · \(row.works.text)")],
                yes: Label("完工", en: "finished"),
                .perform(
                    FinishRenovation(renovation: row.id),
                    done: Label("\(row.unit.text) 已报完工，待检查", en: "\(row.unit.text) is finished and to be checked")))
        },
        rowCommand(
            "renovations.deduct", Label("扣押金", en: "Deduct"),
            doc: Label("从押金扣一项：金额、原因、证据、业主签名", en: "keep an item back: amount, reason, evidence, signature"),
            keys: [.control("r")], priority: 4, action: DeductDeposit.self,
            disabledReason: { row, context in
                row.balance <= .zero
                    ? Label("没有押金可扣", en: "no deposit is held") : notNow(DeductDeposit.self)(row, context)
            }
        ) { row, _ in form(DeductDeposit.self, row, remark: balance(of: row)) },
        rowCommand(
            "renovations.withdraw", Label("撤回", en: "Withdraw"),
            doc: Label("不装修了：写明原因，出入证失效，押金退还", en: "it is not made: why; passes end and the deposit goes back"),
            keys: [.control("u"), .delete], priority: 3, action: WithdrawRenovation.self,
            disabledReason: notNow(WithdrawRenovation.self)
        ) { row, _ in form(WithdrawRenovation.self, row) },
        rowCommand(
            "renovations.print", Label("打印", en: "Print"),
            doc: Label("打印施工证、出入证或案卷", en: "the sheet for the door, the passes or the case file"),
            keys: [.control("g")], priority: 5
        ) { row, context in .printing(row.subject, context) },
        Command(
            "renovations.board", Label("按状态", en: "By state"),
            doc: Label("按状态分组，再按回到先到期的在前", en: "grouped by state; again for what is due first"),
            keys: [.control("s")], priority: 2,
            run: { session, context in
                var settings = session.pane(ListPane<RenovationList>.self)?.settings ?? ListSettings()
                settings.groupedOn = settings.isGrouped ? nil : context.today
                return .settings(settings, pane: name)
            }),
    ]

    /// The form of an action on a renovation.
    static func form(
        _ action: any Action.Type, _ row: Row, fixed: [String: any FieldValue] = [:], remark: Label = .none,
        then: [Intent] = []
    ) -> Intent {
        let whose = "\(row.unit.text) \(row.contractor)"
        return .form(
            action, fixed: fixed.merging(["renovation": row.id]) { $1 },
            title: Label(
                "\(action.label.chinese) · \(whose)\(remark.chinese)",
                en: "\(action.label.english) · \(whose)\(remark.english)"),
            then: then)
    }

    private static func next(_ row: Row, _ context: Context) -> Intent {
        switch RenovationStep(of: row) {
        case .papers: return .open(PaperMenu(row, context).layer(context))
        case .consent: return form(ConsentRenovation.self, row, fixed: ["withdrawn": ""])
        case .permit:
            return form(PermitRenovation.self, row, fixed: isFree(row, context) ? nothingCharged : [:])
        case .check: return form(CheckRenovation.self, row)
        case .accept: return form(AcceptRenovation.self, row)
        case .refund: return form(RefundDeposit.self, row, remark: balance(of: row))
        case nil: return .none
        }
    }

    private static let nothingCharged: [String: any FieldValue] = [
        "deposit": Money.zero, "fee": Money.zero, "method": "",
    ]

    /// Whether nothing may be charged: a small matter, or a place that forbids it.
    private static func isFree(_ row: Row, _ context: Context) -> Bool {
        let allowance = context.estate.handbook.renovation.allowance
        return row.isSimple || allowance.deposit.allowed == false && allowance.fee.allowed == false
    }

    private static func balance(of row: Row) -> Label {
        Label("（余 \(row.balance.grouped)）", en: " (\(row.balance.grouped) held)")
    }

    /// Why an action is not possible in a renovation's state, by the handbook's table.
    private static func notNow(_ action: any Action.Type) -> @Sendable (Row, Context) -> Label? {
        { row, context in
            if context.estate.handbook.renovation.allows(action.name, in: row.state) { return nil }
            let (state, name) = (row.state.label, action.label)
            return Label("现在是“\(state.chinese)”，不能\(name.chinese)", en: "it is \(state.english): not possible now")
        }
    }
}

extension Intent {
    /// Writes one of a renovation's papers to be printed; a menu if there are several.
    static func printing(_ renovation: RenovationCase, _ context: Context) -> Intent {
        func item(_ label: Label, _ doc: Label, _ report: some Report) -> MenuLayer.Item? {
            guard let document = try? report.document(of: context.estate, at: context.now, context.language)
            else { return nil }
            return .init(label: label, doc: doc, intents: [.effect(.save(document))])
        }
        let passes = renovation.passes.count
        let items = [
            renovation.permit == nil
                ? nil
                : item(
                    PermitSheet.label, Label("贴在门上，A4 一张", en: "to hang at the door"),
                    PermitSheet(renovation: renovation.id)),
            passes == 0
                ? nil
                : item(
                    PassSheet.label, Label("\(passes) 张，一页几张", en: "\(passes), several a page"),
                    PassSheet(renovation: renovation.id)),
            // The file has the deposit's account.
            !context.seesDeposits
                ? nil
                : item(
                    Label("案卷", en: "Case file"),
                    Label("登记、告知书、检查、违规、押金账", en: "papers, notice, checks, violations, deposit"),
                    RenovationSheet(renovation: renovation.id)),
        ].compactMap { $0 }
        if items.count == 1 { return .several(items[0].intents) }
        if items.isEmpty { return .error(Label("没有可打印的", en: "there is nothing to print")) }
        let words = Label("打印 · \(renovation.unit.text)", en: "Print · \(renovation.unit.text)")
        return .open(MenuLayer(title: Line(context(words), .title), items: items, isNumbered: true))
    }
}
