import Handbook
import Journal

/// The renovations, their passes and violations.
public struct Renovations: Sendable {
    public private(set) var all = EntityTable<RenovationCase>()
    public private(set) var passes = EntityTable<Pass>()
    public private(set) var violations = EntityTable<Violation>()
    private var byUnit: [UnitCode: [Ref<RenovationCase>]] = [:]
    /// The ids of those that are not ended, so that a key press at the gate need not look at all.
    private var openIDs: Set<Ref<RenovationCase>> = []
    /// The applications with the highest number of their node and year.
    private(set) var lastApplications: [Series: Ref<RenovationCase>] = [:]

    /// The applications that are numbered one after another.
    struct Series: Hashable {
        /// An index into ``Nodes/all``.
        let node: Int
        /// The year in which the works were applied for, whenever that was recorded.
        let year: Int
    }

    /// The renovations of a unit, in order.
    public func of(_ unit: UnitCode) -> [RenovationCase] { byUnit[unit]?.compactMap { all[$0] } ?? [] }

    /// Those that are not ended, in the order of the applications.
    public var open: [RenovationCase] {
        openIDs.compactMap { all[$0] }.sorted { ($0.applied, $0.id.id) < ($1.applied, $1.id.id) }
    }

    public func passes(of renovation: RenovationCase) -> [Pass] { renovation.passes.compactMap { passes[$0] } }
    public func violations(of renovation: RenovationCase) -> [Violation] {
        renovation.violations.compactMap { violations[$0] }
    }

    func known(_ id: Ref<Violation>) throws -> Violation {
        guard let violation = violations[id] else { throw id.unknown }
        return violation
    }

    // MARK: Changes by facts

    mutating func add(_ renovation: RenovationCase, in year: Int) {
        all.add(renovation)
        byUnit[renovation.unit, default: []].append(renovation.id)
        if renovation.isOpen { openIDs.insert(renovation.id) }
        let series = Series(node: renovation.node, year: year)
        let last = lastApplications[series].flatMap { all.value(of: $0, \.serial) } ?? 0
        if renovation.serial >= last { lastApplications[series] = renovation.id }
    }

    mutating func change(_ id: Ref<RenovationCase>, _ body: (inout RenovationCase) -> Void) {
        all.change(id) { renovation in
            body(&renovation)
            if renovation.isOpen { openIDs.insert(id) } else { openIDs.remove(id) }
        }
    }

    mutating func change(_ id: Ref<Violation>, _ body: (inout Violation) -> Void) { violations.change(id, body) }

    /// Brings a renovation to a state.
    mutating func move(
        _ id: Ref<RenovationCase>, to state: RenovationState, at moment: Moment,
        _ body: (inout RenovationCase) -> Void = { _ in }
    ) {
        change(id) { renovation in
            (renovation.state, renovation.changed) = (state, moment)
            body(&renovation)
        }
    }

    /// Notes papers as there. Once all are, the clock starts at the latest of their moments, whichever was recorded last.
    mutating func deliver(_ papers: (RenovationCase) -> [String], of id: Ref<RenovationCase>, at moment: Moment) {
        change(id) { renovation in
            guard renovation.state == .applied else { return }
            let new = papers(renovation).filter {
                renovation.works.papers.contains($0) && !renovation.delivered.contains($0)
            }
            renovation.delivered += new
            let last = new.isEmpty ? renovation.lastDelivered : max(renovation.lastDelivered ?? moment, moment)
            renovation.lastDelivered = last
            guard renovation.missingPapers.isEmpty else { return }
            let completed = last ?? moment
            (renovation.state, renovation.changed, renovation.completed) = (.papers, completed, completed)
        }
    }

    mutating func add(_ pass: Pass) {
        guard all.holds(pass.renovation) else { return }
        passes.add(pass)
        change(pass.renovation) { $0.passes.append(pass.id) }
    }

    mutating func add(_ violation: Violation) {
        guard all.holds(violation.renovation) else { return }
        violations.add(violation)
        change(violation.renovation) { $0.violations.append(violation.id) }
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for id in byUnit[unit] ?? [] { change(id) { $0.unit = code } }
        if let own = byUnit.removeValue(forKey: unit) { byUnit[code] = own + (byUnit[code] ?? []) }
    }
}

extension Renovations: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Renovation.self]
    static let actions: [any Action.Type] = [
        ApplyRenovation.self, ConsentRenovation.self, DeliverPaper.self, CompletePapers.self, SignNotice.self,
        TellNeighbours.self, AgreeRenovation.self, PermitRenovation.self, ExtendRenovation.self, IssuePass.self,
        CheckRenovation.self, RecordViolation.self, ObeyViolation.self, ReportViolation.self, FinishRenovation.self,
        AcceptRenovation.self, DeductDeposit.self, RefundDeposit.self, WithdrawRenovation.self, TakeOverDeposit.self,
    ]
    static let facts: [any Fact.Type] = [RenovationPermitted.self]
    static let views: [any View.Type] = [
        RenovationsView.self, ViolationsView.self, PermitsView.self, PassesView.self,
    ]
    static let reports: [any Report.Type] = [PermitSheet.self, PassSheet.self, RenovationSheet.self]
    static let entities: [any Entity.Type] = [RenovationCase.self, Pass.self, Violation.self]
    static let duties = [RenovationDuties.permit, RenovationDuties.refund, RenovationDuties.report]

    static let warnings = [
        "renovation.open": Label("这户还有没了结的装修", en: "the unit has a renovation already"),
        "renovation.notice": Label("告知书未双签", en: "the notice is not signed by both"),
        "renovation.neighbours": Label("邻居未告知", en: "the neighbours were not told"),
        "renovation.agreement": Label("管理服务协议未签", en: "the agreement is not signed"),
        "renovation.charges": Label("当地是否准许收取未设定", en: "whether it may be charged here is not set"),
        "renovation.unsigned": Label("扣款没有业主签名", en: "the deduction is not signed"),
        "renovation.violations": Label("还有违规没有改正", en: "violations were not put right"),
        "renovation.observation": Label("观察期未满", en: "the observation is not over"),
        "refund.method": Label("不是原路退回", en: "it goes back another way than it came"),
        "pass.none": Label("没有出入证", en: "no pass"), "pass.expired": Label("出入证已到期", en: "the pass has expired"),
        "pass.early": Label("还没到开工日", en: "the works have not begun"),
        "pass.withdrawn": Label("装修已撤回，出入证作废", en: "the pass was withdrawn"),
        "pass.doubled": Label("已有同名的出入证", en: "there is a pass of this name"),
        "work.hours": Label("不在允许施工的时间", en: "noisy work is not allowed now"),
    ]

    /// For so many days after its end a renovation is known at the gate.
    static let gateDays = 30

    /// Open ones, those that ended lately, and those with the last numbers.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let since = window.today.adding(-2 * gateDays).start(in: estate.zone)
        let renovations = estate.renovations
        let kept = renovations.all.values.filter { renovation in
            renovation.ended.map { $0 >= since } ?? true
                || renovations.violations(of: renovation).contains(where: \.isToReport)
        }
        let last = renovations.lastApplications.values.map(\.id)
        return kept.map(\.id.id) + last + estate.deposits.lastRecords
    }

    /// Whether a month was billed is not known of every month.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { !(action is PermitRenovation) }

    /// Workers with passes, and who is responsible on a site.
    static func personRecords(in estate: Estate, latest count: Int) -> [PersonRecord] {
        let renovations = estate.renovations
        let passes = renovations.passes.values.suffix(count).reversed().compactMap { pass in
            PersonRecord(
                pass.id.id, Pass.entity, names: [pass.name.value],
                about: [renovations.all[pass.renovation]?.unit.text, pass.trade, Day(pass.at, in: estate.zone).text])
        }
        let responsible = renovations.all.values.suffix(count).reversed().compactMap { renovation in
            PersonRecord(
                renovation.id.id, RenovationCase.entity, names: [renovation.works.responsible.value ?? nil],
                phones: [renovation.works.phone.value ?? nil],
                about: [renovation.unit.text, renovation.works.contractor])
        }
        return passes + responsible
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.renovations.rename(unit, to: code)
        estate.deposits.rename(unit, to: code)
    }

    /// The formalities to be done by the day.
    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label? {
        let count = estate.renovations.open.count { renovation in
            renovation.state == .papers && estate.due(of: renovation).map { $0 <= day } ?? false
        }
        return count == 0 ? nil : Label("装修手续 \(count)", en: "permits \(count)")
    }

    /// The bill of the fee.
    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] {
        estate.renovations.all[Ref(id)]?.permit?.bill.map { [$0.id] } ?? []
    }

    /// The workers' names are needed while the site is open.
    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        let site = estate.renovations.passes[Ref(record)]?.renovation ?? Ref(record)
        return estate.renovations.all[site].flatMap {
            $0.isOpen ? Label("装修还没有了结", en: "the renovation is not over") : nil
        }
    }
}
