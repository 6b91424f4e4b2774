import Journal
import TestSupport

@testable import Estate

/// The return visits (section 3), from the facts that called for them, made them and voided them.
extension IndicatorOracle {
    struct Visit {
        let id: String
        let request: String
        let requestClass: String
        /// The last day, as ``TestCalendar`` numbers them.
        let due: Int
        /// Whether it follows a rectification, so that it is no case of its own.
        let isRepetition: Bool
        var made: (at: Moment, isSatisfied: Bool)?
        var voided: Moment?
        var isRectified = false

        var awaitsRectification: Bool { made.map { !$0.isSatisfied } ?? false && !isRectified && voided == nil }
    }

    /// The rate of a class: of the visits whose day lies in the month and is over, those that were made.
    func visits(of requestClass: String) -> Figure {
        let calendar = TestCalendar.shared
        let cases = visits.filter { visit in
            let over = calendar.end(of: visit.due)
            return visit.requestClass == requestClass && !visit.isRepetition
                && calendar.month(of: visit.due) == period.text && over <= Int(end.milliseconds)
                && (visit.made != nil || visit.voided.map { Int($0.milliseconds) >= over } ?? true)
        }
        return share(cases.map { .init(id: $0.id, isCounted: $0.made != nil) })
    }

    /// What unsatisfied owners found wanting.
    var unsatisfied: [Figure.Case] {
        visits.filter(\.awaitsRectification).map { .init(id: $0.id, isCounted: true) }
    }

    var visits: [Visit] {
        var visits = VisitBook()
        for entry in entries { visits.note(entry) }
        return visits.all
    }
}

/// The return visits that the facts so far call for.
private struct VisitBook {
    private(set) var all: [IndicatorOracle.Visit] = []
    private var classes: [String: String] = [:]
    /// The last days of special services.
    private var ends: [String: Int] = [:]
    /// When events that are over were done.
    private var done: [String: Int] = [:]

    private static func day(_ moment: Moment) -> Int { TestCalendar.shared.day(of: Int(moment.milliseconds)) }

    mutating func note(_ entry: IndicatorOracle.Entry) {
        let (request, today) = (entry.data["request"] ?? "", VisitBook.day(entry.at))
        switch entry.kind {
        case "request.opened":
            classes[entry.id] = entry.data["class"]
            guard let middle = entry.data["middle"], let last = entry.data["end"], let from = entry.data["from"],
                let to = entry.data["to"]
            else { return }
            let (first, end) = (VisitBook.day(at(from)), VisitBook.day(at(to)))
            ends[entry.id] = end
            add(middle, entry.id, due: first + (end - first) * 2 / 3)
            add(last, entry.id, due: end + 3)
        case "request.completed":
            done[request] = today
            let households = entry.objects["households"] ?? []
            let ids = classes[request] == "event" ? households.compactMap { $0["followup"] } : entry.lists["followups"]
            for id in ids ?? [] { add(id, request, due: due(request, today)) }
        case "event.attended":
            if let day = done[request] { add(entry.id, request, due: due(request, day)) }
        case "request.reopened":
            done[request] = nil
            if let end = ends[request], today <= end { return }
            for index in all.indices where all[index].request == request && all[index].voided == nil {
                if all[index].made == nil || all[index].awaitsRectification { all[index].voided = entry.at }
            }
        case "followup.recorded":
            guard let index = place(of: entry), let result = entry.data["result"],
                ["satisfied", "unsatisfied"].contains(result)
            else { return }
            all[index].made = (entry.at, result == "satisfied")
        case "followup.rectified":
            guard let index = place(of: entry) else { return }
            all[index].isRectified = true
            add(entry.id, all[index].request, due: due(all[index].request, today), isRepetition: true)
        default: return
        }
    }

    private func place(of entry: IndicatorOracle.Entry) -> Int? { all.firstIndex { $0.id == entry.data["followup"] } }

    private func due(_ request: String, _ done: Int) -> Int {
        switch classes[request] {
        case "repair.works", "event": TestCalendar.shared.monthAfter(done)
        case "other": done + 7
        default: done + 3
        }
    }

    private mutating func add(_ id: String, _ request: String, due: Int, isRepetition: Bool = false) {
        all.append(
            IndicatorOracle.Visit(
                id: id, request: request, requestClass: classes[request] ?? "", due: due, isRepetition: isRepetition))
    }
}
