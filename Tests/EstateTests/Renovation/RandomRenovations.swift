import Handbook
import Journal
import TestSupport

@testable import Estate

/// A random history of renovations in three units at two nodes, applied to states without a disk. For a while the nodes do
/// not hear of one another; then each inserts the other's facts among its own and rewinds to the state before. The seed
/// determines it.
struct RandomRenovations {
    struct Entry {
        let action: String
        let fact: any Fact
        let metadata: Metadata
        /// Its place in the one order of all facts.
        let place: Int
    }

    /// A change of state, and the action of the fact that made it.
    struct Change {
        let action: String
        let from: RenovationState?
        let to: RenovationState
    }

    /// One node: what it has heard, in order, and the state that follows.
    struct Machine {
        let name: String
        /// Its index into ``Nodes/all``.
        let index: Int
        fileprivate(set) var entries: [Entry] = []
        fileprivate(set) var estate: Estate
    }

    private(set) var machines: [Machine]
    private(set) var changes: [Change] = []
    /// How often facts were inserted before others.
    private(set) var rewinds = 0
    let base: Estate
    /// What both knew when they were parted; `nil` while they hear of one another.
    private var parting: (entries: [Entry], estate: Estate)?
    private var random: SeededRandom
    private var count: UInt64 = 0
    private(set) var minutes = 0

    static let units = ["3-2-501", "3-2-502", "3-2-503"]
    /// Some days before a new year, so that numbers begin anew.
    static let start = at("2026-12-10")

    /// The state that two nodes agree on, of which each has recorded something.
    static func initialState() throws -> Estate {
        let nodes = try TestNodes(2, skew: 0)
        for (index, place) in ["大堂", "车库"].enumerated() {
            try nodes[index].do("place.add", ["place": place])
            nodes.pass(seconds: 60)
            try nodes.deliverAll()
        }
        return nodes[0].store.estate
    }

    init(on initialState: Estate, seed: UInt64) {
        (base, random) = (initialState, SeededRandom(seed: seed))
        machines = ["node0", "node1"].map { name in
            let index = initialState.nodes.all.firstIndex { $0.name == name } ?? 0
            return Machine(name: name, index: index, estate: initialState)
        }
    }

    var now: Moment { RandomRenovations.start.adding(seconds: minutes * 60) }

    /// Performs one more action if the rules accept it.
    mutating func step() throws {
        minutes += random.below(2 * 1440)
        if random.below(8) == 0 { if parting == nil { part() } else { meet() } }
        let index = random.below(2)
        guard let (name, members) = action(in: machines[index].estate) else { return }
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        let moment = random.below(6) == 0 ? now.adding(seconds: -random.below(20 * 86400)) : now
        var plan = Plan(by: "S01", at: moment, now: now, node: machines[index].name) { _ in EntryID(high: 0, low: 0) }
        guard EstateTests.refusal({ try action.perform(&plan, in: machines[index].estate) }) == nil else { return }
        for (_, fact, _) in plan.facts {
            count += 1
            let id = EntryID(high: 1, low: count &* 0x9E37_79B9_7F4A_7C15)
            let metadata = Metadata(id: id, at: moment, by: "S01", node: machines[index].index)
            let entry = Entry(action: name, fact: fact, metadata: metadata, place: Int(count))
            for heard in machines.indices where heard == index || parting == nil {
                machines[heard].entries.append(entry)
                apply(entry, at: heard)
            }
        }
    }

    private mutating func part() { parting = (machines[0].entries, machines[0].estate) }

    /// Both hear of all: each goes back to the parting, and applies what both recorded since in the one order.
    mutating func meet() {
        guard let parting else { return }
        self.parting = nil
        let known = parting.entries.count
        let since = machines.map { $0.entries.dropFirst(known) }
        rewinds += since.allSatisfy { !$0.isEmpty } ? 1 : 0
        let merged = since.flatMap { $0 }.sorted { $0.place < $1.place }
        for index in machines.indices {
            machines[index].entries = parting.entries + merged
            machines[index].estate = parting.estate
            for entry in merged { apply(entry, at: index) }
        }
    }

    private mutating func action(in estate: Estate) -> (String, [String: String])? {
        let cases = estate.renovations.all.values
        if cases.isEmpty || random.below(12) == 0 {
            return (
                "renovation.apply",
                [
                    "unit": random.pick(RandomRenovations.units), "contractor": "甲",
                    "works": random.pick(["刷墙", "卫生间", "装空调"]),
                    "papers": random.pick(["complete", "complete", "incomplete"]),
                    "applicant": random.pick(["owner", "owner", "tenant"]),
                ]
            )
        }
        let known = random.pick(Array(cases.suffix(4)))
        var members = ["renovation": known.id.id.text]
        if random.below(25) == 0 {
            members["why"] = "换机"
            return ("renovation.takeover", members)
        }
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
        case "renovation.accept": members["result"] = random.pick(["passed", "passed", "failed"])
        case "renovation.deduct": (members["amount"], members["why"]) = (amount, "划痕")
        case "renovation.refund": members["refund"] = amount
        case "renovation.withdraw": members["why"] = "不装了"
        default: break
        }
        return (name, members)
    }

    /// Applies an entry at a node, and notes the change of state that it makes.
    private mutating func apply(_ entry: Entry, at index: Int) {
        let id = Ref<RenovationCase>(entry.fact.subject ?? entry.metadata.id)
        let before = machines[index].estate.renovations.all[id]?.state
        RandomRenovations.apply(entry, to: &machines[index].estate)
        if let after = machines[index].estate.renovations.all[id]?.state, after != before {
            changes.append(Change(action: entry.action, from: before, to: after))
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
