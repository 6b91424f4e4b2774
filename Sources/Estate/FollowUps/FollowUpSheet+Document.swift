import Handbook
import Journal

extension FollowUpSheet {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let writer = SheetWriter(estate: estate, moment: moment, language: language)
        let day = Day(asOf: moment, in: estate.zone)
        return Document(
            name: rows.count == 1 ? "\(name)-\(rows[0].unit.text)-\(rows[0].number)" : "\(name)-\(day.text)",
            title: label[language], language: language, sheets: rows.map(writer.sheet),
            empty: Label("没有到期的回访", en: "no return visits are due")[language])
    }
}

/// Lays out the sheet of one visit: the case, its state, the contents and the signature.
private struct SheetWriter {
    let estate: Estate
    let moment: Moment
    let language: Language

    func sheet(_ row: FollowUpSheet.Row) -> Sheet {
        let followUp = row.subject
        let attempts = followUp.reports.filter { !$0.result.isVisit }
        return Sheet(
            heading: "\(estate.name) \(FollowUpSheet.label[language])", number: row.number,
            blocks: [.entries(subject(row) + window(row.visit))] + rectification(followUp)
                + table(of: attempts, row.visit)
                + [
                    .heading(word("回访", "The visit")), .entries(visitors(row.visit, followUp.visit)),
                    way(followUp.visit),
                ]
                + contents(followUp.visit) + [result(followUp.visit), signature(followUp.visit)]
                + nextRectification(followUp),
            foot: foot)
    }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
    private func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
    private func span(_ first: Day, _ last: Day) -> String { "\(first.text) \(word("至", "to")) \(last.text)" }
    private var comma: String { word("、", ", ") }
    private var none: String { word("无", "none") }

    // MARK: The case

    private func subject(_ row: FollowUpSheet.Row) -> [Sheet.Entry] {
        let visit = row.visit
        let stage = visit.stage == .single ? "" : word("（", " (") + visit.stage.label[language] + word("）", ")")
        let service = estate.requests[visit.request]?.period.map {
            Sheet.Entry(word("服务期", "Period"), span($0.lowerBound, $0.upperBound), isWide: true)
        }
        let workers =
            visit.workers.isEmpty
            ? []
            : [
                Sheet.Entry(word("承办人", "Done by"), visit.workers.joined(separator: comma), isWide: true)
            ]
        return [
            .init(word("房号", "Unit"), visit.unit.text),
            .init(word("类别", "Class"), visit.class.label[language] + stage),
            .init(word("业主", "Resident"), row.resident?.name ?? none),
            .init(word("电话", "Phone"), row.resident?.phone?.masked ?? none),
            .init(word("内容", "Text"), visit.text, isWide: true),
            .init(word("受理", "Opened"), clock(row.opened)),
            .init(word("完成", "Completed"), row.completed.map(clock) ?? none),
        ] + [service].compactMap { $0 } + workers
    }

    private func window(_ visit: FollowUpsView.Row) -> [Sheet.Entry] {
        let cycle = visit.cycle > 1 ? word("　第 \(visit.cycle) 轮", "  cycle \(visit.cycle)") : ""
        return [
            .init(word("期限", "Window"), span(visit.opens, visit.due)),
            .init(word("状态", "State"), visit.state.label[language] + cycle),
            .init(word("回访人员", "Must go"), required(visit).joined(separator: comma), isWide: true),
        ]
            + (visit.appointed.map {
                let who = visit.appointees.joined(separator: comma)
                return [Sheet.Entry(word("预约", "Appointed"), "\(clock($0)) \(who)", isWide: true)]
            } ?? [])
    }

    private func required(_ visit: FollowUpsView.Row) -> [String] { visit.requiredVisitors.map { $0.label[language] } }

    /// The shortcomings of the visit that this one repeats, and the day of the rectification.
    private func rectification(_ followUp: FollowUp) -> [Sheet.Block] {
        guard let visit = followUp.after.flatMap({ estate.followUps[$0] })?.visit else { return [] }
        let shortcomings = visit.shortcomings.map { word("：", ": ") + $0 } ?? ""
        return [
            .entries([
                .init(
                    word("前次回访", "Before"),
                    "\(clock(visit.at)) \(visit.result.label[language])\(shortcomings)", isWide: true),
                .init(word("整改完成", "Rectified"), followUp.opens.text, isWide: true),
            ])
        ]
    }

    /// The attempts, and an empty row while the visit is to be made.
    private func table(of attempts: [FollowUpReport], _ visit: FollowUpsView.Row) -> [Sheet.Block] {
        var rows = attempts.map { [clock($0.at), names($0.visitors), $0.result.label[language]] }
        if visit.visitedAt == nil, visit.state != .void { rows.append(["", "", ""]) }
        if rows.isEmpty { return [] }
        return [
            .heading(word("未遇或拒访", "Attempts")),
            .table([word("时间", "When"), word("回访人", "Visitors"), word("情况", "What")], rows),
        ]
    }

    private func names(_ staff: [String]) -> String { staff.map { estate.staff.name(of: $0) }.joined(separator: comma) }

    // MARK: The visit

    private func visitors(_ visit: FollowUpsView.Row, _ report: FollowUpReport?) -> [Sheet.Entry] {
        guard let report else {
            let roles = required(visit)
            return [.init(word("回访时间", "Visited at"), nil, isWide: roles.count > 1)] + roles.map { .init($0, nil) }
        }
        let absent = report.absent.map { $0.label[language] }.joined(separator: comma)
        return [
            .init(word("回访时间", "Visited at"), clock(report.at)), .init(word("回访人", "Visitors"), names(report.visitors)),
        ] + (absent.isEmpty ? [] : [.init(word("人员不符", "Absent"), absent, isWide: true)])
            + (report.ownWork.isEmpty
                ? [] : [.init(FollowUpDeviation.ownWork.label[language], names(report.ownWork), isWide: true)])
    }

    private func way(_ report: FollowUpReport?) -> Sheet.Block {
        .choices(
            word("回访方式", "Manner"),
            FollowUpWay.allCases.map { Sheet.Choice($0.label[language], isTicked: report?.way == $0) })
    }

    /// The five contents of a visit (section 3), as the handbook lists them.
    private func contents(_ report: FollowUpReport?) -> [Sheet.Block] {
        estate.handbook.followUps.contents.map { content in
            let english = RecordFollowUp.description.first { $0.key == content.id }?.label.english ?? content.id
            let name = word(content.name, english)
            if content.id == "satisfaction" {
                return .choices(
                    name, (1...5).map { Sheet.Choice(satisfaction($0), isTicked: report?.satisfaction == $0) })
            }
            return .words(name, report.map { $0.text(of: content.id) ?? none }, lines: 2)
        }
    }

    private func satisfaction(_ grade: Int) -> String {
        let ends = [1: word(" 很不满意", " very poor"), 5: word(" 很满意", " very good")]
        return "\(grade)\(ends[grade] ?? "")"
    }

    private func result(_ report: FollowUpReport?) -> Sheet.Block {
        .choices(
            word("结果", "Result"),
            [FollowUpResult.satisfied, .unsatisfied].map {
                Sheet.Choice($0.label[language], isTicked: report?.result == $0)
            })
    }

    private func signature(_ report: FollowUpReport?) -> Sheet.Block {
        .choices(
            word("业主签名", "Signature"),
            [
                .init(word("签名", "signed by"), isTicked: report?.signer != nil, hasRoom: true, value: report?.signer),
                .init(
                    word("另有纸质签名，编号", "on other paper, number"), isTicked: report?.paper != nil, hasRoom: report == nil,
                    value: report?.paper),
                .init(
                    word("拒绝签名，原因", "refused, because"), isTicked: report?.unsigned != nil, hasRoom: report == nil,
                    value: report?.unsigned),
            ])
    }

    /// The rectification after an unsatisfactory visit; blank lines while the visit is to be made.
    private func nextRectification(_ followUp: FollowUp) -> [Sheet.Block] {
        guard followUp.voided == nil, followUp.visit?.result != .satisfied else { return [] }
        let next = followUp.next.flatMap { estate.followUps[$0] }
        return [
            .heading(word("不满意时的整改", "Rectification, if not satisfied")),
            .entries([
                .init(word("整改内容", "What"), next?.rectification, isWide: true),
                .init(word("责任人", "By whom"), nil), .init(word("整改完成", "Rectified"), next?.opens.text),
            ]),
        ]
    }

    private var foot: String {
        // The handbook quotes the standards, which are in Chinese.
        let manner = estate.handbook.followUps.manner.map(\.text).joined(separator: "；")
        return word("\(manner)。截至 \(clock(moment))", "as of \(clock(moment))")
    }
}
