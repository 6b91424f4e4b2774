import Handbook
import Journal
import TestSupport

@testable import Estate

/// A random history of renovations in three units, applied to an estate without a disk: actions that the rules accept, and
/// facts that another node recorded without having heard of these. The seed determines it.
struct RandomRenovations {
    struct Entry {
        let fact: any Fact
        let metadata: Metadata
    }

    /// A change of state, and the action of the fact that made it.
    struct Change {
        let action: String
        let from: RenovationState?
        let to: RenovationState
    }

    private(set) var estate: Estate
    private(set) var entries: [Entry] = []
    private(set) var changes: [Change] = []
    let base: Estate
    private var random: SeededRandom
    private var count: UInt64 = 0
    private(set) var minutes = 0

    static let units = ["3-2-501", "3-2-502", "3-2-503"]
    static let start = at("2026-01-05")

    static func initialState(_ handbook: Handbook) -> Estate {
        var estate = Estate(handbook: handbook)
        let metadata = Metadata(id: EntryID(high: 0, low: 1), at: at("2025-12-01"), by: "S01")
        AddStaff(staff: "S01", name: "S01", role: .manager).apply(to: &estate, metadata)
        for code in units { AddUnit(unit: unit(code)).apply(to: &estate, metadata) }
        return estate
    }

    init(on initialState: Estate, seed: UInt64) {
        (base, estate, random) = (initialState, initialState, SeededRandom(seed: seed))
    }

    var now: Moment { RandomRenovations.start.adding(seconds: minutes * 60) }

    /// Performs one more action if the rules accept it.
    mutating func step() throws {
        minutes += random.below(3 * 1440)
        guard let (name, members) = action() else { return }
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        // One in eight was decided by a node that had not heard of the latest facts.
        let known = random.below(8) == 0 ? replay(entries.dropLast(random.below(4))) : estate
        let node = random.below(8) == 0 ? 1 : 0
        var plan = Plan(by: "S01", at: now, now: now, node: "") { _ in EntryID(high: 0, low: 0) }
        guard EstateTests.refusal({ try action.perform(&plan, in: known) }) == nil else { return }
        for (_, fact, _) in plan.facts { record(fact, by: name, node: node) }
    }

    private mutating func action() -> (String, [String: String])? {
        let cases = estate.renovations.all.values
        if cases.isEmpty || random.below(12) == 0 {
            return (
                "renovation.apply",
                [
                    "unit": random.pick(RandomRenovations.units), "contractor": "甲",
                    "works": random.pick(["刷墙", "卫生间", "装空调"]),
                    "papers": random.pick(["complete", "incomplete"]), "applicant": random.pick(["owner", "tenant"]),
                ]
            )
        }
        let known = random.pick(Array(cases.suffix(4)))
        var members = ["renovation": known.id.id.text]
        let name = random.pick(estate.handbook.renovation.transitions.map(\.action).filter { $0 != "renovation.apply" })
        let amount = random.pick(["1", "100", "333.33", known.balance.text, "2000", "2500"])
        let day = Day(now, in: .shanghai)
        switch name {
        case "renovation.consent":
            members["signer"] = "李四"
            members["withdrawn"] = random.pick(["yes", "no", "no"])
        case "renovation.paper": members["paper"] = known.missingPapers.first ?? "无"
        case "renovation.notice": (members["decorator"], members["contractor"]) = ("李四", "王工")
        case "renovation.agree":
            (members["from"], members["to"], members["hours"]) = (day.text, day.adding(60).text, "8–12")
        case "renovation.permit":
            members["deposit"] = random.pick(["0", "500", "2000"])
            (members["fee"], members["until"], members["method"]) = ("0", day.adding(30).text, "现金")
        case "renovation.extend": (members["until"], members["why"]) = (day.adding(90).text, "材料")
        case "renovation.pass": members["name"] = "工\(minutes)"
        case "renovation.check": members["note"] = "好"
        case "renovation.violation": members["what"] = "堆料"
        case "renovation.accept": members["result"] = random.pick(["passed", "failed"])
        case "renovation.deduct": (members["amount"], members["why"]) = (amount, "划痕")
        case "renovation.refund": members["refund"] = amount
        case "renovation.withdraw": members["why"] = "不装了"
        default: break
        }
        return (name, members)
    }

    private mutating func record(_ fact: any Fact, by action: String, node: Int) {
        count += 1
        let id = EntryID(high: 1, low: count &* 0x9E37_79B9_7F4A_7C15)
        let entry = Entry(fact: fact, metadata: Metadata(id: id, at: now, by: "S01", node: node))
        let before = Dictionary(estate.renovations.all.values.map { ($0.id, $0.state) }) { $1 }
        entries.append(entry)
        RandomRenovations.apply(entry, to: &estate)
        for known in estate.renovations.all.values where before[known.id] != known.state {
            changes.append(Change(action: action, from: before[known.id], to: known.state))
        }
    }

    private static func apply(_ entry: Entry, to estate: inout Estate) {
        if entry.fact.noteConflict(in: &estate, entry.metadata, until: .distantFuture) {
            entry.fact.apply(to: &estate, entry.metadata)
        }
    }

    /// The state from some of the entries.
    func replay(_ entries: some Sequence<Entry>) -> Estate {
        entries.reduce(into: base) { RandomRenovations.apply($1, to: &$0) }
    }
}
