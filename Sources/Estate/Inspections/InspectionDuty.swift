import Handbook
import Journal

extension Estate {
    /// The inspections by which the duty of a week was done (5.1): complete ones of the customer areas, by the day on which
    /// they were closed; of one day only the first counts, if the policy wants different days.
    public func areaInspections(of week: Week) -> [Inspection] {
        let rule = handbook.inspections
        var days: Set<Day> = []
        let closed = inspections.made(in: week).compactMap { inspection in
            inspection.isComplete ? inspection.closed.map { (closed: $0, inspection: inspection) } : nil
        }
        return closed.filter { coversAreas($0.inspection) }.sorted { $0.closed < $1.closed }
            .filter { !rule.onSeveralDays || days.insert(Day($0.closed, in: zone)).inserted }.map(\.inspection)
    }

    /// Whether an inspection is one of the customer areas.
    func coversAreas(_ inspection: Inspection) -> Bool { handbook.inspections.coversAreas(inspection.template) }
}

extension DutyRule {
    /// The inspections of the customer areas in each week since the first inspection (5.1).
    static let inspection = DutyRule.weekly(
        "inspection", Label("客户区域巡检", en: "Inspection of the areas"), .supervisor, by: OpenInspection.self,
        times: { $0.inspections.visits.perWeek }, parts: { [$0.$inspections] },
        since: { estate in
            estate.inspections.all.values.first { estate.coversAreas($0) }.map {
                Week(Day($0.opened, in: estate.zone))
            }
        },
        done: { estate, week in
            estate.areaInspections(of: week).compactMap { inspection in
                inspection.closing.map { Duty.Fulfilment(fact: Ref($0.fact), at: $0.at, due: nil) }
            }
        })
}

extension Estate {
    /// The title of the template by which the customer areas are inspected.
    var areaTemplate: String? {
        let rule = handbook.inspections
        return rule.names.compactMap { rule.template(named: $0) }.first(where: \.coversAreas)?.title
    }
}
