import Estate
import Screen

/// The details of a renovation: its flags and its clock, then the site, then the deposit.
extension RenovationList {
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        heading(row, context) + formalities(row, context) + violations(row, context) + deposit(row, context)
            + site(row, context) + signatures(row, context) + resident(of: row.unit, context)
    }

    private static func heading(_ row: Row, _ context: Context) -> [Line] {
        [
            Line([
                Span("\(row.unit.text)  ", .strong), Span("\(context(row.state.label))  ", style(of: row.state)),
                Span(row.works.text), Span("  \(row.number)", .muted),
            ])
        ] + row.flags.map { Line("! \(context($0.label))", .warning) }
    }

    /// The clock with its explanation, and what is missing by name.
    private static func formalities(_ row: Row, _ context: Context) -> [Line] {
        var lines: [Line] = []
        if let clock = row.clock {
            let due = row.due.map { context(Label("\($0.text) 前办妥，", en: "due \($0.text), ")) } ?? ""
            lines.append(
                detailLine(
                    context(Label("时限", en: "Clock")), due + context(clock), row.inTime == false ? .danger : .text))
        }
        let missing = row.missing
        if !missing.isEmpty {
            let names = missing.map { context($0) }.joined(separator: context(Label("、", en: ", ")))
            lines.append(detailLine(context(Label("还缺", en: "Missing")), names, .warning))
        }
        if let permit = row.permit {
            let inTime =
                switch row.inTime {
                case true: context(Label("  按期", en: "  in time"))
                case false: context(Label("  超期", en: "  late"))
                case nil: ""
                }
            lines.append(
                detailLine(
                    context(Label("可开工", en: "May begin")),
                    "\(context.clock(permit.at))  \(context.estate.staff.name(of: permit.by))\(inTime)",
                    row.inTime == false ? .warning : .text))
        }
        return lines
    }

    private static func violations(_ row: Row, _ context: Context) -> [Line] {
        row.violations.map { violation in
            let shown = ViolationList.Row(violation, in: context.view)
            return detailLine(
                context(Label("违规", en: "Violation")),
                "\(context.clock(violation.at))  \(violation.what)  \(context(ViolationList.words(of: shown, context)))",
                ViolationList.style(of: shown.state))
        }
    }

    /// `押金  收 2,000.00  扣 300.00  退 0.00  余 1,700.00`, then each item.
    private static func deposit(_ row: Row, _ context: Context) -> [Line] {
        guard context.seesDeposits, row.held > .zero else { return [] }
        let account = Label(
            "收 \(row.held.grouped)  扣 \(row.deducted.grouped)  退 \(row.refunded.grouped)  余 \(row.balance.grouped)",
            en:
                "held \(row.held.grouped)  kept \(row.deducted.grouped)  refunded \(row.refunded.grouped)  left \(row.balance.grouped)"
        )
        var lines = [detailLine(context(Label("押金", en: "Deposit")), context(account), .strong)]
        if let due = row.refundDue {
            lines.append(
                detailLine(
                    context(Label("退押期限", en: "Refund due")), due.text, due < context.today ? .danger : .text))
        }
        lines += row.deductions.map { item in
            let signer =
                item.signer.map { context(Label("签名 \($0)", en: "signed \($0)")) }
                ?? context(Label("未签名", en: "not signed"))
            let words = [context.clock(item.at), item.amount.grouped, item.why, item.evidence, signer]
            return detailLine(
                context(Label("扣", en: "Kept")), words.compactMap { $0 }.joined(separator: "  "),
                item.signer == nil ? .warning : .text)
        }
        return lines
            + row.refunds.map { refund in
                detailLine(
                    context(Label("退", en: "Refunded")),
                    [context.clock(refund.at), refund.amount.grouped, refund.method].compactMap { $0 }
                        .joined(separator: "  "))
            }
    }

    private static func site(_ row: Row, _ context: Context) -> [Line] {
        var lines: [Line] = []
        let phone = (row.works.phone.value ?? nil)?.masked
        let responsible = row.works.responsible.value ?? nil
        lines.append(
            detailLine(
                context(Label("施工单位", en: "Contractor")),
                [row.contractor, responsible, phone].compactMap { $0 }.joined(separator: "  ")))
        if let until = row.until {
            let from = row.agreement.map { "\($0.from.text) – " } ?? ""
            lines.append(detailLine(context(Label("施工期", en: "Works")), "\(from)\(until.text)"))
        }
        lines += row.extensions.map {
            detailLine(
                context(Label("延期", en: "Extended")),
                "\(context.clock($0.at))  \($0.former.short) → \($0.until.short)  \($0.why)")
        }
        if !row.passes.isEmpty {
            let workers = zip(row.workers, row.passes).map { name, pass in
                pass.trade.map { "\(name)（\($0)）" } ?? name
            }
            lines.append(
                detailLine(
                    context(Label("施工人员", en: "Workers")), workers.joined(separator: context(Label("、", en: ", ")))))
        }
        lines += row.checks.reversed().map { check in
            detailLine(
                context(Label("检查", en: "Check")),
                [context.clock(check.at), check.stage, check.note].compactMap { $0 }.joined(separator: "  "), .info)
        }
        return lines
            + row.acceptances.reversed().map { check in
                detailLine(
                    context(Label("完工检查", en: "Acceptance")),
                    [context.clock(check.at), context(check.result.label), check.note].compactMap { $0 }
                        .joined(separator: "  "), check.result == .passed ? .good : .danger)
            }
    }

    private static func signatures(_ row: Row, _ context: Context) -> [Line] {
        var lines = [detailLine(context(Label("申请人", en: "Applicant")), context(row.applicant.label))]
        if let consent = row.consent {
            lines.append(detailLine(context(Label("业主同意", en: "Consent")), context(consent)))
        }
        if let notice = row.notice {
            lines.append(
                detailLine(context(Label("告知书", en: "Notice")), "\(notice.decorator)、\(notice.contractor)"))
        }
        if let agreement = row.agreement {
            lines.append(detailLine(context(Label("协议", en: "Agreement")), agreement.hours))
        }
        if let told = row.neighbours {
            lines.append(
                detailLine(
                    context(Label("邻居", en: "Neighbours")),
                    context(Label("\(context.clock(told)) 已告知", en: "told \(context.clock(told))"))))
        }
        if let withdrawn = row.withdrawn {
            lines.append(
                detailLine(
                    context(Label("撤回", en: "Withdrawn")), "\(context.clock(withdrawn.at))  \(withdrawn.why)", .warning)
            )
        }
        return lines
    }
}
