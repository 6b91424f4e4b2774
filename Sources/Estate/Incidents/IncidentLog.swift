import Journal

/// One line of an incident's log.
public struct IncidentEntry: Sendable {
    let incident: Incident
    public let at: Moment
    public let what: What
    public let text: String
    public let by: String
    public let flag: Flag?

    public enum What: String, NamedChoice {
        case opened, step, told, seen, closed, debriefed

        public var label: Label {
            switch self {
            case .opened: Label("开始", en: "opened")
            case .step: Label("步骤", en: "step")
            case .told: Label("告知", en: "told")
            case .seen: Label("见到", en: "seen")
            case .closed: Label("结束", en: "closed")
            case .debriefed: Label("复盘", en: "debriefed")
            }
        }
    }

    /// What is unusual about a step. It counts all the same.
    public enum Flag: String, NamedChoice {
        case repeated, early

        public var label: Label {
            switch self {
            case .repeated: Label("重复", en: "repeated")
            case .early: Label("未按次序", en: "out of order")
            }
        }
    }

    public var minute: Int { incident.minutes(at: at) }
}

extension Estate {
    /// Who was told, or that the name has ended.
    public func name(of told: Incident.Told) -> String { told.who.map(staff.name) ?? told.person.text { $0 ?? "" } }

    /// All that was recorded of an incident, in the order in which it happened.
    public func log(of incident: Incident) -> [IncidentEntry] {
        func entry(_ what: IncidentEntry.What, _ text: String, _ at: Moment, _ by: String, _ flag: IncidentEntry.Flag?)
            -> IncidentEntry
        {
            IncidentEntry(incident: incident, at: at, what: what, text: text, by: by, flag: flag)
        }
        var entries = [entry(.opened, incident.kind, incident.opened, incident.by, nil)]
        var done: Set<Int> = []
        for step in incident.steps.inOrder(of: \.at) {
            var flag: IncidentEntry.Flag?
            if let number = step.number {
                let isEarly = number > 1 && (1..<number).contains { !done.contains($0) }
                flag = done.contains(number) ? .repeated : isEarly ? .early : nil
                done.insert(number)
            }
            let number = step.number.map { "\($0). " } ?? ""
            entries.append(entry(.step, number + step.text, step.at, step.by, flag))
        }
        entries += incident.told.map { entry(.told, name(of: $0), $0.at, $0.by, nil) }
        var seen: Set<Ref<Visit>> = []
        entries += incident.sightings.map {
            let words = gate.visits[$0.visit]?.words(in: self) ?? "—"
            return entry(.seen, words, $0.at, $0.by, seen.insert($0.visit).inserted ? nil : .repeated)
        }
        entries += [
            incident.closing.map { entry(.closed, $0.note, $0.at, $0.by, nil) },
            incident.debrief.map { entry(.debriefed, $0.note, $0.at, $0.by, nil) },
        ].compactMap { $0 }
        return entries.inOrder(of: \.at)
    }
}

extension Array {
    /// Sorted by a moment; what has the same keeps its order.
    fileprivate func inOrder(of moment: (Element) -> Moment) -> [Element] {
        enumerated().sorted { (moment($0.element), $0.offset) < (moment($1.element), $1.offset) }.map(\.element)
    }
}
