import Journal

/// What a call is about: a return visit, a request or a missed call by its id, or what a unit owes by the unit.
public enum CallSubject: Hashable, Sendable {
    case record(EntryID)
    case arrears(UnitCode)
}

extension CallSubject: FieldValue {
    public static var type: FieldType { .reference("unit|followup|request|call") }
    public static var placeholder: CallSubject { .arrears(.placeholder) }

    /// An id, or a unit.
    public init(text: String, zone: Zone) throws {
        if let id = EntryID(text.halfwidth.uppercased()) {
            self = .record(id)
        } else if let unit = try? UnitCode(text: text, zone: zone) {
            self = .arrears(unit)
        } else {
            throw Refusal.input(
                "about.malformed", "“\(text)”不是回访、工单、通话的编号，也不是房号",
                en: "“\(text)” is neither a unit nor the id of a return visit, a request or a call")
        }
    }

    public func text(zone: Zone) -> String {
        switch self {
        case .record(let id): id.text
        case .arrears(let unit): unit.text
        }
    }
}

extension CallSubject {
    /// What the estate knows of a subject.
    public struct Known: Sendable {
        public let unit: UnitCode?
        public let person: Ref<Person>?
        public let phone: Phone?
        /// In a few words, as they are said to the person.
        public let words: Label
    }

    /// Throws ``Refusal`` `about.unknown` when nothing of that id or name is there.
    public func known(in estate: Estate) throws -> Known {
        switch self {
        case .arrears(let unit):
            try estate.people.check(unit)
            return Known(of: unit, Label("物业费欠费", en: "arrears"), in: estate)
        case .record(let id):
            if let visit = estate.followUps[Ref(id)] {
                let text = estate.requests[visit.request]?.text ?? ""
                return Known(of: visit.unit, Label("预约回访：\(text)", en: "a return visit: \(text)"), in: estate)
            }
            if let request = estate.requests[Ref(id)] {
                return Known(
                    of: request.unit, Label("工单：\(request.text)", en: "a request: \(request.text)"), in: estate)
            }
            if let call = estate.calls[Ref(id)] {
                return Known(
                    unit: call.unit, person: call.person, phone: call.phone, words: Label("回复未接来电", en: "a missed call")
                )
            }
            throw Refusal(
                .rule, "about.unknown", "没有这条回访、工单或通话：\(id)",
                en: "there is no such return visit, request or call: \(id)", field: "about")
        }
    }
}

extension CallSubject.Known {
    /// What concerns a unit is said to its owner, or to whoever of it has a telephone.
    fileprivate init(of unit: UnitCode, _ words: Label, in estate: Estate) {
        let residents = estate.people.residents(of: unit)
        let person = [estate.people.owner(of: unit), residents.first { $0.phone != nil }].compactMap { $0 }
            .first { $0.phone != nil }
        self.init(unit: unit, person: person?.id, phone: person?.phone, words: words)
    }
}
