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
    private static let units = ["3-2-501", "3-2-502", "3-2-503"]
    private static let items = ["S-01", "S-02"]

    init(seed: UInt64) throws {
        test = try TestEstate(now: "2026-01-02T08:00", handbook: ["inspections.json": Self.areas])
        random = SeededRandom(seed: seed)
        for item in Self.items {
            try test.do(
                "stock.item",
                ["sku": item, "name": "物资\(item)", "unit": "个", "kind": "consumable", "opening": "20", "price": "2"])
        }
    }

    /// Records `count` actions in order of time, one in eight of them late. Those that the rules refuse are left out.
    mutating func run(_ count: Int, from start: String = "2026-01-02T09:00") throws {
        let first = at(start).milliseconds
        let length = at("2026-03-28T09:00").milliseconds - first
        test.clock.set("2026-03-31T18:00")
        let test = test
        try test.store.perform(by: "S01") { batch in
            for step in 0..<count {
                var moment = Moment(milliseconds: first + length * Int64(step) / Int64(count))
                if random.below(8) == 0 { moment = moment.adding(seconds: -random.below(20 * 86_400)) }
                // Some at midnight sharp, which belongs to the day that begins.
                if random.below(20) == 0 { moment = Day(moment, in: .shanghai).start(in: .shanghai) }
                guard let (name, fields) = next(at: moment) else { continue }
                let action = try Estate.action(named: name).read(fields.mapValues { .string($0) }, zone: .shanghai)
                do {
                    try batch.perform(action, by: member(for: name), at: moment)
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
        let unit = random.pick(Self.units)
        switch random.below(32) {
        case 0, 1, 2: return ("request.open", request(unit, on: Day(moment, in: .shanghai)))
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
        case 21, 22, 23: return renovation(of: unit, on: Day(moment, in: .shanghai), in: estate)
        case 24, 25, 26, 27: return stock()
        case 28:
            let events = estate.requests.all.values.filter { $0.class == .event }.map(\.id)
            return recent(events, &random).map { ("event.attend", ["request": $0, "unit": unit]) }
        case 29:
            switch random.below(4) {
            case 0:
                return recent(estate.fees.payments.values.map(\.id), &random).map {
                    ("payment.void", ["payment": $0, "why": "退票"])
                }
            case 1:
                return recent(estate.fees.bills.values.map(\.id), &random).map {
                    ("bill.void", ["bill": $0, "why": "开错"])
                }
            default:
                return recent(estate.fees.bills.values.map(\.id), &random).map {
                    ("bill.reduce", ["bill": $0, "amount": "20", "why": "停梯"])
                }
            }
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
    /// Counting, and settling what another counted, are different members' work; so is voiding what one received.
    private mutating func member(for action: String) -> String {
        switch action {
        case "call.answer": random.pick(["S01", "S02", "S04", "S06"])
        case "stock.count": "S08"
        case "payment.void": "S07"
        default: "S01"
        }
    }

    /// A special service has a period.
    private mutating func request(_ unit: String, on day: Day) -> [String: String] {
        let classes = [
            "complaint", "complaint", "complaint", "repair.minor", "repair.minor", "repair.works", "special", "event",
            "other", "other",
        ]
        var fields = ["class": random.pick(classes), "unit": unit, "text": "事\(number)"]
        if fields["class"] == "special" {
            let from = day.adding(random.below(5) - 1)
            (fields["from"], fields["to"]) = (from.text, from.adding(random.below(9)).text)
        }
        return fields
    }

    private mutating func renovation(of unit: String, on day: Day, in estate: Estate) -> (String, [String: String])? {
        let open = estate.renovations.all.values.filter { $0.state == .applied || $0.state == .papers }
        guard random.below(3) > 0, let known = open.suffix(4).randomElement(using: &random) else {
            return (
                "renovation.apply",
                [
                    "unit": unit, "contractor": "甲", "works": random.pick(["刷墙", "卫生间翻新", "装空调"]),
                    "papers": random.pick(["complete", "incomplete"]), "applicant": "owner",
                ]
            )
        }
        let members = ["renovation": known.id.id.text]
        if random.below(8) == 0 { return ("renovation.withdraw", members.merging(["why": "不装了"]) { $1 }) }
        if known.state == .applied { return ("renovation.papers", members) }
        let charges = ["deposit": "0", "fee": "0", "until": day.adding(60).text]
        return ("renovation.permit", members.merging(charges) { $1 })
    }

    private mutating func stock() -> (String, [String: String]) {
        let item = ["sku": random.pick(Self.items)]
        func with(_ fields: [String: String]) -> [String: String] { item.merging(fields) { $1 } }
        // Near what is there, so that some agree.
        let onHand = test.estate.materials.item(StockNumber(item["sku"] ?? ""))?.onHand.text ?? ""
        let figure = max(0, (Int(onHand) ?? 0) + random.pick([0, 0, 0, 1, -1]))
        switch random.below(7) {
        case 0: return ("stock.receive", with(["qty": "\(1 + random.below(3))", "price": "2"]))
        case 1: return ("stock.issue", with(["qty": "\(1 + random.below(3))", "to": "维修班"]))
        case 2: return ("stock.card", with(["qty": "\(figure)"]))
        case 3, 4: return ("stock.count", with(["qty": "\(figure)"]))
        default: return ("stock.settle", item)
        }
    }

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
