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
    /// What the features tell of the visitor.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let purpose = values["purpose"], !purpose.isEmpty,
            let host = try? Host(values["host"]?.trimmed ?? "").resolve(in: estate).unit
        else { return [] }
        let visit = ExpectedVisit(name: values["name"]?.trimmed ?? "", host: host, purpose: purpose)
        return estate.notices(of: visit, at: moment).map { OutlookRow($0.label, weight: .strong) }
    }
}
