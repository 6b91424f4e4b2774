import TestSupport
import Testing

@testable import Estate

extension TestEstate {
    /// The id of the return visit to 3-2-501 after a minor repair that was completed at `done`.
    func minorRepair(done: String) throws -> String { try request("repair.minor", done: done).visit }

    /// The ids of a completed request and of its return visit.
    func request(
        _ requestClass: String, unit: String = "3-2-501", opened: String = "2026-01-02T09:00", done: String
    ) throws -> (id: String, visit: String) {
        let request = try self.do("request.open", ["class": requestClass, "unit": unit, "text": "诉求"], at: opened)
        try self.do("request.complete", ["request": request], at: done)
        return (request, try #require(estate.followUps.of(ref(request)).last).id.id.text)
    }

    /// Records a return visit, signed by the owner, or an attempt. The manager records it.
    @discardableResult
    func visit(
        _ visit: String, _ result: FollowUpResult = .satisfied, visitors: String = "S06", at time: String,
        _ more: [String: String] = [:]
    ) throws -> String {
        var members = ["followup": visit, "result": result.rawValue, "visitors": visitors]
        if result.isVisit { members["signer"] = "李四" }
        return try self.do("followup.record", members.merging(more) { $1 }, at: time)
    }

    /// The rate of a class in a period, as of a moment.
    func rate(_ requestClass: RequestClass, _ period: String, asOf time: String) throws -> RatesView.Row {
        try #require(show(RatesView.self, ["period": period], asOf: time).first { $0.class == requestClass })
    }
}
