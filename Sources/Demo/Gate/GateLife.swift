import Estate
import Journal

/// The gate: visitors come and go, the guards change and hand over by name.
final class GateLife {
    private static let post = "门岗"

    private let life: Life
    private var span: Span { life.span }
    private var names: Names
    private var plates: Plates
    private var strangers: Telephones
    private var dice: Dice
    /// Visits whose end nobody saw.
    private var unseen: Set<Ref<Visit>> = []
    private var shift: Ref<Shift>?

    init(life: Life) {
        self.life = life
        names = Names(dice: life.dice("visitors' names"))
        plates = Plates(dice: life.dice("visitors' plates"))
        strangers = Telephones(dice: life.dice("visitors' telephones"))
        dice = life.dice("gate")
    }

    func begin() {
        for stay in StayPlan(life: life).stays() {
            life.plan(at: stay.arrives) { [self] batch in try arrive(stay, &batch) }
        }
        for day in span.days {
            for index in Crew.shiftHours.indices { change(to: index, on: day) }
        }
    }

    private func arrive(_ stay: Stay, _ batch: inout Store.Batch) throws {
        let household = dice.pick(life.town.households)
        let party = dice.between(stay.purpose.party)
        let unique = life.town.uniqueNames[household.unit] ?? []
        // Friends ask for people, couriers for doors.
        let named = stay.purpose.name == "探亲访友" && !unique.isEmpty && dice.chance(40) ? dice.pick(unique) : nil
        let visit = Ref<Visit>(
            try batch.perform(
                ArriveVisitor(
                    name: names.next(), host: try Host(text: named ?? household.unit.text, zone: span.zone),
                    purpose: stay.purpose.name, plate: try plate(of: stay.purpose, household),
                    phone: dice.chance(30) ? try strangers.next() : nil, count: party > 1 ? party : nil,
                    document: document(for: stay.purpose)),
                by: Crew.atGate(stay.arrives, span), at: stay.arrives
            ).id)
        switch stay.end {
        case .leaves(let moment):
            life.plan(at: moment) { [self] batch in
                try batch.perform(LeaveVisitor(visit: visit), by: Crew.atGate(moment, span), at: moment)
            }
        case .unseen: unseen.insert(visit)
        case .stays: break
        }
    }

    private func plate(of purpose: VisitPurpose, _ household: Household) throws -> Plate? {
        guard dice.chance(purpose.cars) else { return nil }
        if let own = household.plates.first, purpose.name == "探亲访友", dice.chance(12) { return own }
        return try plates.typed()
    }

    private func document(for purpose: VisitPurpose) -> String? {
        switch purpose.name {
        case "施工", "装修", "公务": dice.chance(70) ? "工作证 \(1000 + dice.below(9000))" : nil
        case "看房", "搬家", "家政":
            dice.chance(45) ? "居民身份证 \(dice.chance(60) ? "已核验" : String(1000 + dice.below(9000)))" : nil
        default: nil
        }
    }

    // MARK: Shifts

    private func change(to index: Int, on day: Day) {
        let moment = span.moment(day, hour: Crew.shiftHours[index])
        let next = Crew.onGuard(day: day, shift: index)
        life.plan(at: moment) { [self] batch in
            let former = Crew.atGate(moment.adding(minutes: -1), span)
            if let shift {
                for visit in life.store.estate.gate.inside.filter(unseen.contains) {
                    let why = dice.pick(["换班清点时已不在场", "电话核实已离开，时间不明", "道闸故障期间离场", "被访住户称早已离开"])
                    try batch.perform(LoseVisitor(visit: visit, why: why), by: former, at: moment)
                    unseen.remove(visit)
                }
                try batch.perform(
                    CloseShift(
                        shift: shift, next: next, handed: Array(life.store.estate.gate.inside), notes: notes(index)),
                    by: former, at: moment)
            }
            shift = Ref(try batch.perform(OpenShift(post: Self.post, staff: next), by: next, at: moment).id)
        }
    }

    private func notes(_ index: Int) -> String? {
        let name = Crew.shiftNames[(index + 2) % 3]
        guard dice.chance(45) else { return nil }
        return "\(name)："
            + dice.pick([
                "设备正常，钥匙齐全", "3 号楼门禁已报修", "东门道闸偏慢，留意", "对讲机一台充电中", "地库有车未熄灯，已通知车主", "雨具已收回",
            ])
    }
}
