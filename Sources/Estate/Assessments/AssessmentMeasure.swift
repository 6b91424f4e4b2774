import Journal

/// What a member is assessed by, each drawn from facts.
public enum AssessmentMeasure: String, NamedChoice {
    case rings, steps, visits, inspections, complaints, shifts, drill, training

    public var label: Label {
        switch self {
        case .rings: Label("三声内接听", en: "answered in time")
        case .steps: Label("接听步骤齐全", en: "calls by the script")
        case .visits: Label("按时回访", en: "return visits in time")
        case .inspections: Label("巡检点名问题", en: "named by inspections")
        case .complaints: Label("被投诉", en: "complaints about them")
        case .shifts: Label("准时到岗", en: "shifts in time")
        case .drill: Label("车牌练习", en: "plates known in drills")
        case .training: Label("培训合格", en: "trainings passed")
        }
    }

    /// Whether each case counts against the member: there is no share of good ones.
    public var isOfFaults: Bool { self == .inspections || self == .complaints }
}

/// A fact that a figure of an assessment counts.
public struct AssessmentCase: Sendable {
    /// The id of the call, return visit, inspection, request, planned shift, answer or training.
    public let id: EntryID
    public let at: Moment
    public let isGood: Bool
}

/// The ids of the facts behind a figure. A table for people shows how many there are.
public struct FactList: FieldValue, Hashable {
    public let ids: [EntryID]

    public init(_ ids: [EntryID]) { self.ids = ids }

    public static var type: FieldType { .list(.reference(JournalEntry.entity)) }
    public static var isRequired: Bool { false }
    public static var placeholder: FactList { FactList([]) }
    public var isAbsent: Bool { ids.isEmpty }

    public init(text: String, zone: Zone) throws {
        ids = try [Ref<JournalEntry>](text: text, zone: zone).map(\.id)
    }

    public func text(zone: Zone) -> String { ids.map(\.text).joined(separator: ",") }

    public func display(zone: Zone, language: Language) -> String {
        ids.isEmpty ? "—" : language == .chinese ? "\(ids.count) 条" : "\(ids.count)"
    }

    public func write(to json: inout JSONWriter, zone: Zone) {
        ids.map { Ref<JournalEntry>($0) }.write(to: &json, zone: zone)
    }
}

/// The facts about some members within some days.
struct AssessmentFacts {
    private var cases: [String: [AssessmentMeasure: [AssessmentCase]]] = [:]
    private let members: Set<String>
    private let span: Range<Moment>

    /// `moment`: as of when; nothing later counts.
    init(of members: Set<String>, in estate: Estate, from: Day, to: Day, at moment: Moment) {
        self.members = members
        let start = from.start(in: estate.zone)
        // What happened at the moment itself counts.
        span = start..<max(start, min(to.end(in: estate.zone), moment.adding(seconds: 1)))
        addCalls(estate)
        addVisits(estate)
        addFaults(estate)
        addShifts(estate, at: moment)
        addTraining(estate)
    }

    /// The cases of a member by a measure, in the order of time.
    func cases(of member: String, _ measure: AssessmentMeasure) -> [AssessmentCase] {
        (cases[member]?[measure] ?? []).sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    private mutating func add(_ measure: AssessmentMeasure, _ id: EntryID, _ at: Moment, good: Bool, to member: String)
    {
        if members.contains(member), span.contains(at) {
            cases[member, default: [:]][measure, default: []].append(AssessmentCase(id: id, at: at, isGood: good))
        }
    }

    /// 1.1: answered within three rings; 1.2 to 1.8: no other step left out. A missed call is nobody's.
    private mutating func addCalls(_ estate: Estate) {
        let limit = estate.handbook.calls.rings.limit
        for call in estate.calls.all.values where span.contains(call.rang) && members.contains(call.by) {
            if let inTime = call.inTime(limit: limit) { add(.rings, call.id.id, call.rang, good: inTime, to: call.by) }
            if call.isReached, !call.isOpen {
                let omitted = call.omissions(limit: limit).filter { $0 != .rings }
                add(.steps, call.id.id, call.rang, good: omitted.isEmpty, to: call.by)
            }
        }
    }

    /// 3: the visits that a member made, alone or with others.
    private mutating func addVisits(_ estate: Estate) {
        for followUp in estate.followUps.all.values {
            guard let visit = followUp.visit, span.contains(visit.at) else { continue }
            let onTime = followUp.isOnTime(in: estate.zone)
            for member in Set(visit.visitors) { add(.visits, followUp.id.id, visit.at, good: onTime, to: member) }
        }
    }

    /// 5.1: failed items of inspections of the member's work, and those whose note names them; complaints that were linked
    /// to them.
    private mutating func addFaults(_ estate: Estate) {
        for inspection in estate.inspections.all.values {
            for (_, finding) in inspection.findings where finding.mark == .fail && span.contains(finding.at) {
                for member in members where inspection.staff.contains(member) || estate.names(finding, member) {
                    add(.inspections, inspection.id.id, finding.at, good: false, to: member)
                }
            }
        }
        for concern in estate.assessments.concerns {
            add(.complaints, concern.request.id, concern.at, good: false, to: concern.staff)
        }
    }

    /// 7.3: the planned shifts that have begun.
    private mutating func addShifts(_ estate: Estate, at moment: Moment) {
        let planned = estate.rosters.standing.filter { span.contains($0.from) && members.contains($0.staff) }
        if planned.isEmpty { return }
        let book = AttendanceBook(estate, at: moment)
        for shift in planned {
            let state = book.attendance(of: shift).state
            if state == .upcoming { continue }
            add(.shifts, shift.id.id, shift.from, good: state == .present, to: shift.staff)
        }
    }

    /// 7.7 and 4.
    private mutating func addTraining(_ estate: Estate) {
        for member in members {
            for answer in estate.drills.answers[member] ?? [] {
                add(.drill, answer.id, answer.at, good: answer.isGood, to: member)
            }
        }
        // One without a result was neither passed nor failed.
        for training in estate.trainings.all.values where training.result != nil {
            for member in training.staff {
                add(.training, training.id.id, training.at, good: training.result == .passed, to: member)
            }
        }
    }
}

extension Estate {
    /// Whether a finding names a member.
    func names(_ finding: Finding, _ member: String) -> Bool {
        guard let name = staff.members[member]?.name, name.count > 1, let note = finding.note else { return false }
        return note.contains(name)
    }
}
