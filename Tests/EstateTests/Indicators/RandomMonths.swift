import Foundation
import Journal
import TestSupport

@testable import Estate

/// A random history of three months in which everything happens that a figure counts.
struct RandomMonths {
    let test: TestEstate
    private var random: SeededRandom
    private var number = 0

    /// A template of the customer areas that is soon gone through.
    static let areas =
        #"{"policy":{"templates":[{"name":"small","title":"小检","areas":true,"items":["#
        + (1...8).map { #"{"id":"X\#($0)","text":"第 \#($0) 处"}"# }.joined(separator: ",") + "]}]}}"

    static let months = ["2026-01", "2026-02", "2026-03"]

    init(seed: UInt64) throws {
        test = try TestEstate(now: "2026-01-02T08:00", handbook: ["inspections.json": Self.areas])
        random = SeededRandom(seed: seed)
    }

    /// Records `count` actions in order of time, one in eight of them late. Those that the rules refuse are left out.
    mutating func run(_ count: Int) throws {
        let first = at("2026-01-02T09:00").milliseconds
        let length = at("2026-03-28T09:00").milliseconds - first
        test.clock.set("2026-03-31T18:00")
        let (test, members) = (test, ["S01", "S02", "S04", "S06"])
        try test.store.perform(by: "S01") { batch in
            for step in 0..<count {
                var moment = Moment(milliseconds: first + length * Int64(step) / Int64(count))
                if random.below(8) == 0 { moment = moment.adding(seconds: -random.below(20 * 86_400)) }
                // Some at midnight sharp, which belongs to the day that begins.
                if random.below(20) == 0 { moment = Day(moment, in: .shanghai).start(in: .shanghai) }
                guard let (name, fields) = next(at: moment) else { continue }
                let action = try Estate.action(named: name).read(fields.mapValues { .string($0) }, zone: .shanghai)
                do {
                    try batch.perform(action, by: name == "call.answer" ? random.pick(members) : "S01", at: moment)
                } catch is Refusal {
                    continue
                }
            }
        }
    }

    private mutating func next(at moment: Moment) -> (String, [String: String])? {
        number += 1
        let estate = test.estate
        func recent<Kind: Entity>(_ ids: [Ref<Kind>], _ random: inout SeededRandom) -> String? {
            ids.isEmpty ? nil : random.pick(Array(ids.suffix(6))).id.text
        }
        let unit = random.pick(["3-2-501", "3-2-502", "3-2-503"])
        let classes = ["complaint", "complaint", "repair.minor", "other"]
        switch random.below(22) {
        case 0, 1, 2: return ("request.open", ["class": random.pick(classes), "unit": unit, "text": "事\(number)"])
        case 3, 4:
            var fields = ["to": random.pick(["S06", "维修队"])]
            if random.below(2) == 0 { fields["due"] = Day(moment, in: .shanghai).adding(random.below(9)).text }
            return recent(Array(estate.requests.open), &random).map {
                ("request.assign", fields.merging(["request": $0]) { $1 })
            }
        case 5, 6: return recent(Array(estate.requests.open), &random).map { ("request.complete", ["request": $0]) }
        case 7:
            return recent(estate.requests.all.values.map(\.id), &random).map {
                ("request.reopen", ["request": $0, "why": "又坏"])
            }
        case 8, 9, 10:
            let result = random.pick(["satisfied", "satisfied", "unsatisfied", "unreachable"])
            return recent(Array(estate.followUps.pending), &random).map {
                ("followup.record", ["followup": $0, "result": result, "visitors": "S05,S06", "signer": "李四"])
            }
        case 11:
            return recent(Array(estate.followUps.awaitingRectification), &random).map {
                ("followup.rectified", ["followup": $0])
            }
        case 12, 13: return ("call.ring", ["direction": random.below(6) == 0 ? "outgoing" : "incoming"])
        case 14, 15:
            return recent(Array(estate.calls.open), &random).map {
                ("call.answer", ["call": $0, "rings": "\(1 + random.below(5))"])
            }
        case 16: return ("inspection.open", ["template": "small"])
        case 17, 18:
            return recent(estate.inspections.open, &random).map {
                let isBad = random.below(4) == 0
                var fields = ["inspection": $0, "item": "X\(1 + random.below(8))", "result": isBad ? "fail" : "pass"]
                if isBad { fields["note"] = "不合格" }
                return ("inspection.mark", fields)
            }
        case 19:
            if random.below(2) == 0 {
                return recent(estate.inspections.open, &random).map { ("inspection.close", ["inspection": $0]) }
            }
            let failed = estate.inspections.all.values.flatMap { one in one.failed.map { (one.id, $0) } }
            guard !failed.isEmpty else { return nil }
            let (id, item) = random.pick(failed)
            return (
                "inspection.recheck",
                ["inspection": id.id.text, "item": item, "result": random.pick(["pass", "fail"]), "note": "复查"]
            )
        case 20:
            let people = estate.people.persons.values.filter { $0.left == nil }.map(\.id)
            if random.below(2) == 0, !people.isEmpty {
                return recent(people, &random).map { ("person.leave", ["person": $0]) }
            }
            return ("person.add", ["name": "人\(number)", "unit": unit, "role": random.pick(["owner", "tenant"])])
        default:
            if random.below(2) == 0 {
                return (
                    "bill.issue",
                    [
                        "unit": unit, "period": random.pick(Self.months), "item": "费\(number)", "amount": "100",
                        "due": "2026-03-31",
                    ]
                )
            }
            return ("payment.receive", ["unit": unit, "amount": random.pick(["30", "100", "170"])])
        }
    }
}

extension RandomMonths {
    /// Marks every item and closes an inspection, so that some are complete.
    func inspect(on day: String) throws {
        let id = try test.do("inspection.open", ["template": "small"], at: "\(day)T09:00")
        for item in 1...8 {
            try test.do(
                "inspection.mark", ["inspection": id, "item": "X\(item)", "result": "pass"], at: "\(day)T09:30")
        }
        try test.do("inspection.close", ["inspection": id], at: "\(day)T10:00")
    }
}
