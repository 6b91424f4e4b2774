import Handbook
import Journal
import OrderedCollections

/// The stage of a return visit: a special service has two visits, other classes have one (3.4).
public enum FollowUpStage: String, NamedChoice {
    case single, middle, end

    public var label: Label {
        switch self {
        case .single: Label("—", en: "single")
        case .middle: Label("中期", en: "mid")
        case .end: Label("结束", en: "end")
        }
    }
}

/// The result of a visit or of an attempt.
public enum FollowUpResult: String, NamedChoice {
    case satisfied, unsatisfied, unreachable, refused

    public var label: Label {
        switch self {
        case .satisfied: Label("满意", en: "satisfied")
        case .unsatisfied: Label("不满意", en: "unsatisfied")
        case .unreachable: Label("无人在家", en: "unreachable")
        case .refused: Label("拒访", en: "refused")
        }
    }

    /// Whether a visit took place. Nobody home and refused are attempts.
    public var isVisit: Bool { self == .satisfied || self == .unsatisfied }
}

/// How a visit was made. Normally face to face and on the spot (section 3); one by telephone is a deviation.
public enum FollowUpWay: String, NamedChoice {
    case face, site, both, phone

    public var label: Label {
        switch self {
        case .face: Label("当面", en: "face to face")
        case .site: Label("实地", en: "on the spot")
        case .both: Label("当面并实地", en: "both")
        case .phone: Label("电话", en: "by telephone")
        }
    }
}

/// A departure from section 3 that a visit is listed with. The visit counts as covered all the same.
public enum FollowUpDeviation: String, NamedChoice {
    case absent, ownWork, phone

    public var label: Label {
        switch self {
        case .absent: Label("人员不符", en: "visitor missing")
        case .ownWork: Label("承办人自访", en: "own work")
        case .phone: Label("电话回访", en: "by telephone")
        }
    }
}

/// The state of a return visit at a moment.
public enum FollowUpState: String, NamedChoice {
    case upcoming, open, overdue, done, late, void, closed

    public var label: Label {
        switch self {
        case .upcoming: Label("未到期", en: "upcoming")
        case .open: Label("待回访", en: "open")
        case .overdue: Label("逾期", en: "overdue")
        case .done: Label("及时", en: "done")
        case .late: Label("逾期回访", en: "late")
        case .void: Label("作废", en: "void")
        case .closed: Label("无法回访", en: "closed")
        }
    }

    /// Whether the visit is to be made now.
    public var isPending: Bool { self == .open || self == .overdue }
}

/// The report of one visit or attempt, with the five contents that section 3 prescribes.
public struct FollowUpReport: Sendable {
    let id: EntryID
    public let at: Moment
    public let by: String
    public let result: FollowUpResult
    /// Staff numbers.
    public let visitors: [String]
    /// The required roles that were absent (人员不符).
    public let absent: [Role]
    /// Staff numbers of visitors, or of the author, who had done the work themselves (承办人自访).
    public let ownWork: [String]
    public let signer: String?
    /// The number of the paper that the owner signed.
    public let paper: String?
    /// The reason for which the owner did not sign.
    public let unsigned: String?
    public let quality: String?
    public let effect: String?
    /// 1 to 5.
    public let satisfaction: Int?
    public let shortcomings: String?
    public let suggestions: String?
    /// `nil` if it was not stated, as in older records.
    public let way: FollowUpWay?
    /// Who puts right what was wanting, and by when; `nil` if nothing was, and in older records.
    public let rectifier: Worker?
    public let rectifiedBy: Day?

    public var deviations: [FollowUpDeviation] {
        FollowUpDeviation.allCases.filter {
            switch $0 {
            case .absent: !absent.isEmpty
            case .ownWork: !ownWork.isEmpty
            case .phone: result.isVisit && way == .phone
            }
        }
    }

    /// The owner's signature, or the reason for its absence (section 3).
    public var signature: Label? {
        if let unsigned { return Label("拒签：\(unsigned)", en: "not signed: \(unsigned)") }
        if signer == nil, paper == nil { return nil }
        func words(_ signed: String, _ onPaper: String, _ comma: String) -> String {
            [signer.map { "\(signed) \($0)" }, paper.map { "\(onPaper) \($0)" }].compactMap { $0 }
                .joined(separator: comma)
        }
        return Label(words("签名", "纸质签名", "，"), en: words("signed", "signed on paper", ", "))
    }

    /// The text of one of the five contents, by its key in the handbook.
    public func text(of content: String) -> String? {
        switch content {
        case "quality": quality
        case "effect": effect
        case "satisfaction": satisfaction.map(String.init)
        case "shortcomings": shortcomings
        case "suggestions": suggestions
        default: nil
        }
    }
}

/// An agreement with the owner: when the visit is made, and by whom (预约).
public struct Appointment: Hashable, Sendable {
    public let time: Moment
    /// Staff numbers.
    public let visitors: [String]
}

/// A return visit (回访) and its reports.
public struct FollowUp: Entity, Sendable {
    public static let entity = "followup"
    public static let label = Label("回访", en: "return visit")
    public let id: Ref<FollowUp>
    public let request: Ref<Request>
    public let `class`: RequestClass
    public let stage: FollowUpStage
    /// The unit, or the place.
    public internal(set) var unit: UnitCode
    /// 1, and one more for each reopening of the request and each visit after a rectification.
    public let cycle: Int
    public let opens: Day
    /// The last day on which it is in time; it ends at 24:00.
    public let due: Day
    /// The unsatisfactory visit that this one repeats after the rectification.
    public let after: Ref<FollowUp>?
    /// When the work was finished or put right, from which on it may be visited; `nil` for a visit that follows from the
    /// period of a special service.
    let finished: Moment?
    /// The workers of the request; `nil` if the visit was planned before the work was done.
    public let workers: [Worker]?
    /// The rectification of the former visit's shortcomings; `nil` if none was recorded.
    public internal(set) var rectification: String?
    public internal(set) var reports: [FollowUpReport] = []
    public internal(set) var voided: Moment?
    /// The appointment that no report has followed yet.
    public internal(set) var appointment: Appointment?
    /// When it was closed as 无法回访, and why. A visit that is made after all still counts.
    public internal(set) var closed: (at: Moment, why: String)?
    /// The visit that repeats this one after the rectification.
    public internal(set) var next: Ref<FollowUp>?

    /// The report of the visit; `nil` while there are only attempts.
    public var visit: FollowUpReport? { reports.last.flatMap { $0.result.isVisit ? $0 : nil } }
    /// The number of attempts: nobody home, or refused.
    public var attempts: Int { reports.count { !$0.result.isVisit } }
    /// Whether the owner was not satisfied and the rectification is outstanding.
    public var awaitsRectification: Bool { visit?.result == .unsatisfied && next == nil && voided == nil }

    /// Whether the visit is of the current cycle, which began at `reopened`: pending and not void, awaiting
    /// rectification, or made since then.
    func serves(since reopened: Moment?) -> Bool {
        guard let visit else { return voided == nil }
        return awaitsRectification || reopened.map { visit.at >= $0 } ?? true
    }

    public func isOnTime(in zone: Zone) -> Bool { visit.map { due.isMet(at: $0.at, in: zone) } ?? false }

    public func state(at moment: Moment, in zone: Zone) -> FollowUpState {
        if visit != nil { return isOnTime(in: zone) ? .done : .late }
        if voided != nil { return .void }
        if closed != nil { return .closed }
        if Day(asOf: moment, in: zone) < opens { return .upcoming }
        return due.isOver(asOf: moment, in: zone) ? .overdue : .open
    }
}

extension FollowUp {
    /// The visits to be made, then those that await rectification.
    public static func candidates(in estate: Estate) -> [Candidate] {
        (estate.followUps.pending.elements + estate.followUps.awaitingRectification.elements).compactMap {
            estate.followUps[$0]
        }.map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: Label(
                    "\($0.class.label.chinese) \($0.due.short)", en: "\($0.class.label.english) \($0.due.short)"))
        }
    }

    public static func known(_ id: Ref<FollowUp>, in estate: Estate) -> FollowUp? { estate.followUps[id] }
    public func words(in estate: Estate) -> String { "\(unit.text) \(estate.requests[request]?.text ?? "")" }
}

/// The return visits of the estate.
public struct FollowUps: Sendable {
    public internal(set) var all = EntityTable<FollowUp>()
    /// The visits that are neither made nor void nor closed.
    public internal(set) var pending: OrderedSet<Ref<FollowUp>> = []
    /// The visits that await rectification.
    public private(set) var awaitingRectification: OrderedSet<Ref<FollowUp>> = []
    /// The targets that were set, in the order of recording.
    var targets: [VisitTarget] = []
    private var byRequest: [Ref<Request>: [Ref<FollowUp>]] = [:]

    public subscript(id: Ref<FollowUp>) -> FollowUp? { all[id] }

    public func of(_ request: Ref<Request>) -> [FollowUp] { byRequest[request]?.compactMap { all[$0] } ?? [] }

    /// The visit to be made in place of `id`: itself, or the last repetition after rectifications. Throws ``Refusal``
    /// `followup.unknown`.
    func current(_ id: Ref<FollowUp>) throws -> FollowUp {
        guard var followUp = all[id] else { throw id.unknown }
        while let next = followUp.next, let later = all[next] { followUp = later }
        return followUp
    }

    // MARK: Changes by facts

    mutating func add(_ followUp: FollowUp) {
        all.add(followUp)
        pending.append(followUp.id)
        byRequest[followUp.request, default: []].append(followUp.id)
    }

    /// Plans a visit in the middle or at the end of a special service's period (3.4).
    mutating func plan(
        _ id: Ref<FollowUp>, _ stage: FollowUpStage, of request: Request, _ window: (opens: Day, due: Day)
    ) {
        add(
            FollowUp(
                id: id, request: request.id, class: request.class, stage: stage, unit: request.unit,
                cycle: 1, opens: window.opens, due: window.due, after: nil, finished: nil,
                workers: nil))
    }

    /// Plans the visit after a request was completed.
    mutating func plan(
        _ id: Ref<FollowUp>, of request: Request, unit: UnitCode, done: Moment, _ handbook: Handbook, _ zone: Zone
    ) {
        let day = Day(done, in: zone)
        let stage: FollowUpStage = request.class == .special ? .end : .single
        add(
            FollowUp(
                id: id, request: request.id, class: request.class, stage: stage, unit: unit,
                cycle: nextCycle(of: request.id, stage, unit), opens: day,
                due: request.visitDue ?? handbook.due(request.class, done: day),
                after: nil, finished: done, workers: request.workers))
    }

    /// Plans the visit that follows a rectification.
    mutating func plan(
        _ id: Ref<FollowUp>, after former: FollowUp, rectified: Moment, due: Day?, note: String?, _ handbook: Handbook,
        _ zone: Zone
    ) {
        let day = Day(rectified, in: zone)
        add(
            FollowUp(
                id: id, request: former.request, class: former.class, stage: former.stage, unit: former.unit,
                cycle: nextCycle(of: former.request, former.stage, former.unit), opens: day,
                due: due ?? handbook.due(former.class, done: day),
                after: former.id, finished: rectified, workers: former.workers, rectification: note))
        all.change(former.id) { $0.next = id }
        awaitingRectification.remove(former.id)
    }

    private func nextCycle(of request: Ref<Request>, _ stage: FollowUpStage, _ unit: UnitCode) -> Int {
        1 + (of(request).filter { $0.stage == stage && $0.unit == unit }.map(\.cycle).max() ?? 0)
    }

    /// Voids the visits of a reopened request that are pending or await rectification: the new cycle has visits of its
    /// own. A visit already made stays. All visits of a special service stay until its period is over, since they
    /// follow from the period and not from the completion.
    mutating func void(of request: Request, at moment: Moment, zone: Zone) {
        if let period = request.period, Day(moment, in: zone) <= period.upperBound { return }
        for id in byRequest[request.id] ?? [] {
            guard let visit = all[id], visit.visit == nil || visit.awaitsRectification, visit.voided == nil else {
                continue
            }
            all.change(id) { $0.voided = moment }
            pending.remove(id)
            awaitingRectification.remove(id)
        }
    }

    mutating func appoint(_ appointment: Appointment, for id: Ref<FollowUp>) {
        all.change(id) { $0.appointment = appointment }
    }

    /// Takes a case that could not be visited out of the queue.
    mutating func close(_ id: Ref<FollowUp>, at moment: Moment, why: String) {
        all.change(id) { $0.closed = (moment, why) }
        pending.remove(id)
    }

    mutating func report(_ report: FollowUpReport, on id: Ref<FollowUp>, zone: Zone) {
        all.change(id) { visit in
            visit.reports.append(report)
            // An attempt on an earlier day leaves the appointment as it is.
            if let appointed = visit.appointment?.time, Day(report.at, in: zone) >= Day(appointed, in: zone) {
                visit.appointment = nil
            }
        }
        if report.result.isVisit { pending.remove(id) }
        if all[id]?.awaitsRectification == true { awaitingRectification.append(id) }
    }
}

extension FollowUps: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.FollowUps.self]
    static let actions: [any Action.Type] = [
        RecordFollowUp.self, RectifyFollowUp.self, AppointFollowUp.self, CloseFollowUp.self,
        SetTarget.self,
    ]
    static let facts: [any Fact.Type] = [FollowUpRecorded.self, FollowUpAppointed.self]
    static let views: [any View.Type] = [FollowUpsView.self, RouteView.self, RatesView.self, TargetsView.self]
    static let reports: [any Report.Type] = [FollowUpSheet.self]
    static let duties = [duty]
    static let entities: [any Entity.Type] = [FollowUp.self]

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        guard let person = estate.people.persons[Ref(record)] else { return nil }
        let open = estate.followUps.pending.elements + estate.followUps.awaitingRectification.elements
        func isTheirs(_ followUp: FollowUp) -> Bool {
            guard followUp.unit == person.unit, let left = person.left else { return followUp.unit == person.unit }
            return estate.requests[followUp.request].map { $0.opened <= left } ?? false
        }
        return open.contains { estate.followUps[$0].map(isTheirs) ?? false }
            ? Label("这户还要回访", en: "a return visit of the unit is to be made") : nil
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for id in estate.followUps.all.values.map(\.id) {
            estate.followUps.all.change(id) { if $0.unit == unit { $0.unit = code } }
        }
    }

    /// The cases that are open or still to be visited, with all their return visits.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let all = estate.followUps
        let cases = Set(estate.requests.open).union(
            (all.pending.elements + all.awaitingRectification.elements).compactMap { all[$0]?.request })
        return cases.flatMap { [$0.id] + all.of($0).map(\.id.id) }
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label? {
        let count = estate.followUps.pending.count { estate.followUps[$0].map { $0.due <= day } ?? false }
        return count == 0 ? nil : Label("回访 \(count)", en: "visits \(count)")
    }

    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] {
        estate.followUps.of(Ref(id)).map(\.id.id)
    }

    /// What unsatisfied owners found wanting. Where the request was reopened instead, its new cycle takes the place.
    static func rectifications(in estate: Estate, onlyOpen: Bool) -> [Rectification] {
        let all = estate.followUps
        let visits = onlyOpen ? all.awaitingRectification.compactMap { all[$0] } : Array(all.all.values)
        return visits.compactMap { followUp in
            guard let visit = followUp.visit, visit.result == .unsatisfied, followUp.voided == nil else { return nil }
            return Rectification(
                kind: FollowUp.entity, subject: followUp.id.id, item: nil, text: followUp.words(in: estate),
                note: visit.shortcomings, place: nil, photo: nil, found: visit.at, who: visit.rectifier?.text,
                due: visit.rectifiedBy, isCritical: false, state: followUp.next == nil ? .open : .rectified,
                rechecks: followUp.next == nil ? 0 : 1)
        }
    }
}

extension FollowUp: CallReason {
    func callDetails(in estate: Estate) -> CallSubject.Details {
        let text = estate.requests[request]?.text ?? ""
        return CallSubject.Details(
            to: unit, Label("预约回访：\(text)", en: "a return visit: \(text)"), in: estate)
    }
}
