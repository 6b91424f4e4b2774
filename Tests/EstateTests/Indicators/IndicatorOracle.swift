import Foundation
import Journal
import TestSupport

@testable import Estate

/// A second calculation of the month's figures, from the lines of the journal as JSON, with the rules written out. It knows
/// neither the product's states nor its handbook.
struct IndicatorOracle {
    struct Entry {
        let id: String
        let kind: String
        let at: Moment
        let by: String
        let data: [String: String]
        /// Lists of texts, and of objects with texts.
        let lists: [String: [String]]
        let objects: [String: [[String: String]]]
    }

    /// A figure: the part and the whole, or a count alone; and the records behind it, each with whether it counts.
    struct Figure: Equatable {
        var part: Int
        /// `nil` for a count.
        var whole: Int?
        var cases: Set<Case>

        struct Case: Hashable {
            let id: String
            var part = ""
            let isCounted: Bool
        }
    }

    let entries: [Entry]
    let period: Period
    let end: Moment

    /// The figures of a month as of a moment: all that happened before it, or at it unless it is midnight.
    init(_ all: [Entry], _ period: Period, at moment: Moment) {
        let isMidnight = Day(moment, in: .shanghai).start(in: .shanghai) == moment
        entries = all.filter { $0.at < moment || !isMidnight && $0.at == moment }
        (self.period, end) = (period, moment)
    }

    /// The entries of a journal in order.
    static func entries(of folder: String) throws -> [Entry] {
        var entries: [Entry] = []
        try Journal(at: folder).catchUp { line in
            guard let json = try? JSONValue(parsing: String(decoding: line.data, as: UTF8.self)),
                case .object(let members) = json
            else { return }
            var (data, lists, objects) = ([String: String](), [String: [String]](), [String: [[String: String]]]())
            for (key, value) in members {
                data[key] = value.text
                guard case .array(let all) = value else { continue }
                data[key] = "\(all.count)"
                lists[key] = all.compactMap(\.text)
                objects[key] = all.compactMap { one in
                    if case .object(let members) = one { members.compactMapValues(\.text) } else { nil }
                }
            }
            let kind = String(decoding: line.kind, as: UTF8.self)
            var at = data["at"].flatMap { try? Moment(text: $0, zone: .shanghai) } ?? line.written
            // A bill that comes late holds from the first day of its period.
            if kind == "bill.issued", let period = data["period"] { at = min(at, TestSupport.at("\(period)-01")) }
            entries.append(
                Entry(
                    id: line.id.text, kind: kind, at: at, by: line.by, data: data, lists: lists, objects: objects))
        }
        return entries
    }

    /// The lines that name a record, for a failure to show.
    func lines(about id: String) -> String {
        entries.filter { $0.id == id || $0.data.values.contains(id) }
            .map { "\($0.kind) \($0.at.text(in: .shanghai)) \($0.data)" }.joined(separator: "\n")
    }

    func all(_ kind: String) -> [Entry] { entries.filter { $0.kind == kind } }

    private func isInMonth(_ moment: Moment) -> Bool { moment.text(in: .shanghai).hasPrefix(period.text) }

    func share(_ cases: [Figure.Case]) -> Figure {
        Figure(part: cases.count(where: \.isCounted), whole: cases.count, cases: Set(cases))
    }

    // MARK: Calls

    /// Incoming calls of the month that were answered, by the number of rings.
    var rings: Figure {
        var cases: [Figure.Case] = []
        for call in all("call.rang") where isInMonth(call.at) && call.data["direction"] != "outgoing" {
            guard let answer = entries.first(where: { $0.kind == "call.answered" && $0.data["call"] == call.id }) else {
                continue
            }
            cases.append(.init(id: call.id, isCounted: (Int(answer.data["rings"] ?? "") ?? 99) <= 3))
        }
        return share(cases)
    }

    // MARK: Visits

    /// The answers of the month: satisfied or not. Of a household that is entered as having taken part later than the end,
    /// no visit is known by then.
    var satisfaction: Figure {
        let known = Set(visits.map(\.id))
        return share(
            all("followup.recorded").filter { isInMonth($0.at) }.compactMap { visit in
                guard let id = visit.data["followup"], known.contains(id) else { return nil }
                switch visit.data["result"] {
                case "satisfied": return .init(id: id, isCounted: true)
                case "unsatisfied": return .init(id: id, isCounted: false)
                default: return nil
                }
            })
    }

    // MARK: Requests

    /// Residents by unit: who was recorded before the end and had not left.
    private var occupied: Int {
        let left = Set(all("person.left").compactMap { $0.data["person"] })
        return Set(all("person.added").filter { !left.contains($0.id) }.compactMap { $0.data["unit"] }).count
    }

    var complaints: Figure {
        let cases = all("request.opened").filter { $0.data["class"] == "complaint" && isInMonth($0.at) }
        return Figure(
            part: cases.count, whole: occupied, cases: Set(cases.map { .init(id: $0.id, isCounted: true) }))
    }

    /// How often complaints were reopened in the month.
    var reopenings: Int {
        let complaints = Set(all("request.opened").filter { $0.data["class"] == "complaint" }.map(\.id))
        return all("request.reopened").filter { isInMonth($0.at) }.compactMap { $0.data["request"] }.count(
            where: complaints.contains)
    }

    private var openRequests: [Entry] {
        all("request.opened").filter { request in
            let changes = entries.filter {
                ["request.completed", "request.reopened"].contains($0.kind) && $0.data["request"] == request.id
            }
            return changes.last?.kind != "request.completed"
        }
    }

    private func assignments(of request: Entry) -> [Entry] {
        all("request.assigned").filter { $0.data["request"] == request.id }
    }

    var unassigned: Figure {
        let cases = openRequests.filter { assignments(of: $0).isEmpty }.map { Figure.Case(id: $0.id, isCounted: true) }
        return Figure(part: cases.count, whole: nil, cases: Set(cases))
    }

    var overdue: Figure {
        let cases = openRequests.filter { request in
            let reopened = all("request.reopened").last { $0.data["request"] == request.id }
            let last = assignments(of: request).last { one in reopened.map { one.at >= $0.at } ?? true }
            func moment(_ text: String?) -> Moment? { text.flatMap { try? Moment(text: $0, zone: .shanghai) } }
            let due =
                last?.data["due"].map { day($0).adding(1).start(in: .shanghai) }
                ?? moment((reopened ?? request).data["finishBy"])
            // A deadline ends at 24:00 of its day, and as of 24:00 it is over.
            if let due, due <= end { return true }
            // Nobody was sent.
            guard assignments(of: request).isEmpty, let due = moment(request.data["respondBy"]) else { return false }
            return due <= end
        }.map { Figure.Case(id: $0.id, isCounted: true) }
        return Figure(part: cases.count, whole: nil, cases: Set(cases))
    }

    /// Assigned within a day, or completed within a day by who took it.
    var response: Figure {
        let day: Int64 = 24 * 3600 * 1000
        return share(
            all("request.opened").filter { isInMonth($0.at) }.compactMap { request in
                let completed = all("request.completed").first { $0.data["request"] == request.id }
                let first = (assignments(of: request) + [completed].compactMap { $0 }).map(\.at.milliseconds).min()
                guard let first else {
                    return end.milliseconds - request.at.milliseconds >= day + 1000
                        ? .init(id: request.id, isCounted: false) : nil
                }
                return .init(id: request.id, isCounted: first - request.at.milliseconds < day + 1000)
            })
    }

    // MARK: Inspections

    private struct Checked {
        let opened: Entry
        let closed: Moment?
        let isComplete: Bool
        /// The items that failed and did not pass since.
        let open: Set<String>
    }

    private var inspections: [Checked] {
        all("inspection.opened").map { opened in
            var marks: [String: String] = [:]
            var failed: Set<String> = []
            var closed: Moment?
            for entry in entries where entry.data["inspection"] == opened.id {
                guard entry.kind == "inspection.marked" || entry.kind == "inspection.rechecked" else {
                    if entry.kind == "inspection.closed" { closed = entry.at }
                    continue
                }
                guard let item = entry.data["item"] else { continue }
                if entry.kind == "inspection.marked" { marks[item] = entry.data["result"] }
                if entry.data["result"] == "fail" { failed.insert(item) } else { failed.remove(item) }
            }
            return Checked(
                opened: opened, closed: closed,
                isComplete: closed != nil && marks.count == Int(opened.data["items"] ?? ""),
                open: closed == nil ? [] : failed)
        }
    }

    /// Two on two days in each week whose Sunday lies in the month and is over; from the first whole week on.
    var weekly: Figure {
        func monday(_ moment: Moment) -> Int {
            let number = Day(moment, in: .shanghai).number
            return number - ((number + 3) % 7 + 7) % 7
        }
        let first = all("estate.founded").first.map { Day($0.at, in: .shanghai).number } ?? 0
        var (done, due) = (0, 0)
        var cases: Set<Figure.Case> = []
        for sunday in period.first.number...period.last.number where (sunday + 4) % 7 == 0 {
            let start = sunday - 6
            if start < first || Day(number: sunday + 1).start(in: .shanghai) > end { continue }
            let own = inspections.filter {
                $0.opened.data["template"] == "small" && monday($0.closed ?? $0.opened.at) == start
            }
            // Of those closed on one day the first counts.
            var firsts: [Day: Checked] = [:]
            for one in own where one.isComplete {
                guard let closed = one.closed else { continue }
                let day = Day(closed, in: .shanghai)
                if firsts[day]?.closed.map({ $0 <= closed }) ?? false { continue }
                firsts[day] = one
            }
            let counted = Set(firsts.values.map(\.opened.id))
            done += min(2, counted.count)
            due += 2
            // Two cases a week: the first that count, others in place of the missed, then what is missing.
            let slots =
                firsts.values.sorted { ($0.closed ?? .distantPast) < ($1.closed ?? .distantPast) }.map {
                    Figure.Case(id: $0.opened.id, isCounted: true)
                }.prefix(2)
                + own.filter { !counted.contains($0.opened.id) }.map { .init(id: $0.opened.id, isCounted: false) }
            cases.formUnion(slots.prefix(2))
            for number in slots.prefix(2).count..<2 {
                let week = Week(Day(number: sunday)).text
                cases.insert(.init(id: "", part: "\(week)-\(number + 1)", isCounted: false))
            }
        }
        return Figure(part: done, whole: due, cases: cases)
    }

    /// The failed items of closed inspections, and what unsatisfied owners found wanting.
    var rectifications: Figure {
        let cases =
            inspections.flatMap { one in
                one.open.map { Figure.Case(id: one.opened.id, part: $0, isCounted: true) }
            } + unsatisfied
        return Figure(part: cases.count, whole: nil, cases: Set(cases))
    }
}

extension JSONValue {
    fileprivate var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
