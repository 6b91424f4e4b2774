import Journal

/// A visitor who is being registered, for the features that know something of the visit.
struct ExpectedVisit {
    let name: String
    /// The unit or the place.
    let host: UnitCode
    let purpose: String
}

/// What a feature tells the gate of a visitor. It never keeps anybody out.
struct VisitNotice: Hashable {
    /// The warning on the receipt.
    let code: String
    let label: Label

    init(_ code: String, _ label: Label) { (self.code, self.label) = (code, label) }
}

extension Estate {
    /// What the features tell of a visitor.
    func notices(of visit: ExpectedVisit, at moment: Moment) -> [VisitNotice] {
        Estate.features.flatMap { $0.notices(of: visit, in: self, at: moment) }
    }

    /// What the features tell of a demand in such words.
    func notices(onDemand text: String, of unit: UnitCode?, at moment: Moment) -> [OutlookRow] {
        text.isEmpty
            ? []
            : Estate.features.flatMap { $0.notices(onDemand: text, of: unit, in: self, at: moment) }.map {
                OutlookRow($0)
            }
    }
}

extension ArriveVisitor {
    /// A plate may be typed first, where the name is asked for.
    public static func place(of text: String, typedFor key: String, in estate: Estate) -> String? {
        guard key == "name", let plate = try? Plate(text: text, zone: estate.zone) else { return nil }
        return plate.isRecognised(by: estate.handbook.gate.plates) ? "plate" : nil
    }

    /// The purpose that a visitor came for last, else the first that the handbook offers, once it is known where they go.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let (name, host) = (values["name"]?.trimmed ?? "", values["host"]?.trimmed ?? "")
        guard !name.isEmpty, !host.isEmpty else { return [:] }
        let last = estate.gate.visits.values.suffix(500).last { $0.name == name }?.purpose
        return (last ?? estate.handbook.gate.purposes.first).map { ["purpose": $0] } ?? [:]
    }

    /// What is known of the visitor while the form is filled in, and what the features tell of the case.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        let name = values["name"]?.trimmed ?? ""
        let host = (values["host"]?.trimmed).flatMap { $0.isEmpty ? nil : try? Host($0).resolve(in: estate).unit }
        let plate = (values["plate"]?.trimmed).flatMap {
            $0.isEmpty || Plate.isNothing($0) ? nil : try? Plate(text: $0, zone: estate.zone)
        }
        let verdicts = estate.verdicts(name: name, host: host, plate: plate, at: moment)
        var rows = verdicts.map { OutlookRow($0.label, weight: $0.isStrong ? .strong : .plain) }
        if let purpose = values["purpose"], !purpose.isEmpty, let host {
            let visit = ExpectedVisit(name: name, host: host, purpose: purpose)
            rows += estate.notices(of: visit, at: moment).map { OutlookRow($0.label, weight: .strong) }
        }
        return rows
    }
}
