import Handbook
import Journal

/// What stands against a renovation, or has to be looked at.
public enum RenovationFlag: String, NamedChoice {
    case consentWithdrawn, noConsent, ownerChanged, tenantLeft, overdue, violation, dueUnknown

    public var label: Label {
        switch self {
        case .consentWithdrawn: Label("业主撤回同意", en: "consent taken back")
        case .noConsent: Label("缺业主书面同意", en: "no consent of the owner")
        case .ownerChanged: Label("业主已变更", en: "the owner has changed")
        case .tenantLeft: Label("租户已搬离", en: "the tenant has left")
        case .overdue: Label("施工期已过", en: "beyond the agreed days")
        case .violation: Label("违规待报告", en: "a violation to be reported")
        case .dueUnknown: Label("期限待定", en: "no day is due yet")
        }
    }
}

extension Estate {
    /// Whether the unit was sold since the works were applied for, and the new owner has not consented.
    func lacksOwner(_ renovation: RenovationCase) -> Bool {
        let sales = fees.sales(of: renovation.unit)
        guard let sale = sales.last, sale.at > renovation.applied else { return false }
        return !renovation.hasConsent || renovation.consents.last.map { $0.at < sale.at } ?? true
    }

    /// Whether the owner's consent is needed and not there.
    func lacksConsent(_ renovation: RenovationCase) -> Bool {
        !renovation.hasConsent && (renovation.applicant == .tenant || !renovation.consents.isEmpty)
    }

    /// Throws ``Refusal`` `renovation.owner` or `renovation.consent` where works may not begin, or go on.
    func refuseWithoutConsent(_ renovation: RenovationCase) throws {
        if lacksOwner(renovation) {
            throw Refusal(
                .rule, "renovation.owner", "\(renovation.unit.text) 已过户，要新业主的书面同意",
                en: "\(renovation.unit.text) was sold: the new owner's written consent is needed", field: "renovation")
        }
        if lacksConsent(renovation) {
            throw Refusal(
                .rule, "renovation.consent",
                renovation.consents.isEmpty ? "租户申请装修，要业主书面同意才能开工" : "业主已撤回同意，要重新书面同意",
                en: renovation.consents.isEmpty
                    ? "a tenant needs the owner's written consent" : "the owner took the consent back",
                field: "renovation")
        }
    }

    /// What stands against a renovation at a moment, as long as it is open.
    public func flags(of renovation: RenovationCase, at moment: Moment) -> [RenovationFlag] {
        guard renovation.isOpen else {
            return renovations.violations(of: renovation).contains(where: \.isToReport) ? [.violation] : []
        }
        let today = Day(moment, in: zone)
        let isRunning = renovation.state == .permitted || renovation.state == .rectifying
        let isBefore = renovation.state == .applied || renovation.state == .papers
        var flags: [RenovationFlag] = []
        if lacksOwner(renovation) { flags.append(.ownerChanged) }
        if lacksConsent(renovation) { flags.append(renovation.consents.isEmpty ? .noConsent : .consentWithdrawn) }
        if renovation.applicant == .tenant, !isLet(renovation.unit, at: moment) { flags.append(.tenantLeft) }
        if isRunning, let until = renovation.until, until < today { flags.append(.overdue) }
        if renovations.violations(of: renovation).contains(where: \.isToReport) { flags.append(.violation) }
        if isBefore, !renovation.isSimple, renovation.completed != nil, due(of: renovation) == nil {
            flags.append(.dueUnknown)
        }
        return flags
    }
}
