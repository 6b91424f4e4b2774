import Estate
import Journal

/// Who the requests are given to, and what is told of how far they are. It has dice of its own.
struct Assigning {
    private let life: Life
    private var dice: Dice

    private static let craftsmen = ["维修班老黄", "维修班小林"]
    private static let firms = ["维修班老黄", "宏达防水", "电梯维保"]
    private static let notes = ["已与业主约定上门时间", "已现场查看，待配件到货", "已报价，待业主确认", "材料已到，明日施工", "已开工", "已处理一半，业主要求周末再来"]

    init(life: Life) {
        self.life = life
        dice = life.dice("assigning")
    }

    /// Most are given to somebody within the hour; of what takes days, something is told now and then.
    mutating func see(to request: Ref<Request>, _ requestClass: RequestClass, opened: Moment, by: String) {
        guard let worker = worker(for: requestClass), dice.chance(85) else { return }
        let at = opened.adding(minutes: dice.between(3...50))
        let days = requestClass == .repairWorks ? dice.between(10...30) : nil
        let due = days.map { life.span.day(of: at).adding($0) }
        plan(AssignRequest(request: request, to: Worker(worker), due: due), on: request, at: at, by: by)
        guard requestClass == .repairWorks || dice.chance(12) else { return }
        for delay in [dice.between(2...20), dice.between(30...200)].prefix(dice.between(1...2)) {
            let moment = life.span.office(from: at.adding(minutes: delay * 60), &dice)
            plan(
                ReportProgress(request: request, note: dice.pick(Self.notes)), on: request, at: moment,
                by: dice.pick(Crew.administrators))
        }
    }

    private mutating func worker(for requestClass: RequestClass) -> String? {
        switch requestClass {
        case .complaint:
            dice.chance(8) ? dice.pick(Crew.administrators) : dice.pick(["保安队", "保洁班", Crew.supervisor])
        case .minorRepair: dice.chance(3) ? dice.pick(Crew.administrators) : dice.pick(Self.craftsmen)
        case .repairWorks: dice.pick(Self.firms)
        case .special: dice.pick(["保洁班", "绿化班"])
        case .other: dice.pick(Crew.operators)
        case .event: nil
        }
    }

    /// Unless it is done by then.
    private func plan(_ action: some Action, on request: Ref<Request>, at moment: Moment, by: String) {
        let life = life
        life.plan(at: moment) { batch in
            guard life.store.estate.requests[request]?.isOpen == true else { return }
            try batch.perform(action, by: by, at: moment)
        }
    }
}
