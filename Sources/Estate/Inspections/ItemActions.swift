import Handbook
import Journal

/// Records what was found at one item of an inspection.
public protocol ItemAction: Action {
    var inspection: Ref<Inspection> { get set }
    /// Its clause.
    var item: String { get set }
    var result: ItemResult { get set }
    /// Required for an item that fails, and for one that does not apply.
    var note: String? { get set }
    /// Where it was found, or which of several was looked at.
    var place: String? { get set }
    /// Who puts it right; `nil`: 未指派.
    var who: Worker? { get set }
    /// By when it is put right.
    var due: Day? { get set }
    /// The number of the photo.
    var photo: String? { get set }
}

extension Label {
    static let foundAt = Label("位置", en: "Place")
    static let photo = Label("照片编号", en: "Photo number")
}

extension ItemAction {
    public init(
        inspection: Ref<Inspection>, item: String, result: ItemResult, note: String? = nil, place: String? = nil,
        who: Worker? = nil, due: Day? = nil
    ) {
        self.init()
        (self.inspection, self.item, self.result, self.note) = (inspection, item, result, note)
        (self.place, self.who, self.due) = (place, who, due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
        try visitor.field("item", &item, .clause)
        try visitor.field("result", &result)
        try visitor.field("note", &note)
        try visitor.field("place", &place, .foundAt)
        try visitor.field("who", &who, .rectifier)
        try visitor.field("due", &due, .rectifiedBy)
        try visitor.field("photo", &photo, .photo)
    }

    /// Only what fails is put right by somebody.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        switch key {
        case "who", "due", "photo": values["result"] == ItemResult.fail.rawValue
        default: true
        }
    }

    /// By when what fails is put right by the policy.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard values["result"] == ItemResult.fail.rawValue, let item = values["item"],
            let id = try? Ref<Inspection>(text: values["inspection"] ?? "", zone: estate.zone),
            let known = estate.inspections[id]
        else { return [:] }
        return ["due": estate.usualRemedy(of: item, in: known, on: Day(moment, in: estate.zone)).text]
    }

    func finding(_ metadata: Metadata) -> Finding {
        Finding(mark: result, note: note, place: place, photo: photo, at: metadata.at, by: metadata.by)
    }

    /// Refuses an item that the inspection does not have, and one without the note that its result needs.
    func check(in known: Inspection) throws {
        if !known.items.contains(item) {
            throw Refusal(
                .rule, "inspection.item", "这张检查表没有 \(item)（有：\(known.items.joined(separator: "、"))）",
                en: "there is no item \(item) (there are: \(known.items.joined(separator: ", ")))", field: "item")
        }
        if result == .fail, note == nil {
            throw Refusal(.rule, "inspection.note", "不合格须写明情况", en: "a failed item needs a note", field: "note")
        }
        if result == .notApplicable, note == nil {
            throw Refusal(
                .rule, "inspection.note", "不适用须写明原因", en: "say why the item does not apply", field: "note")
        }
        if result != .fail, who != nil || due != nil || photo != nil {
            throw Refusal(
                .rule, "inspection.remedy", "只有不合格项才指派整改", en: "only a failed item is put right by somebody",
                field: who != nil ? "who" : due != nil ? "due" : "photo")
        }
    }

    /// Fills in who puts a failed item right, and by when: seven days on (policy), the same day for a safety item.
    mutating func settleRemedy(_ plan: inout Plan, of known: Inspection, in estate: Estate) throws {
        guard result == .fail else { return }
        let isCritical = estate.contents(of: known)[item]?.isCritical ?? false
        let today = Day(plan.at, in: estate.zone)
        who = try who?.working(for: "who", in: estate) ?? known.remedies[item]?.who
        if let due, due < today { throw Refusal.dueEarly }
        due = due ?? estate.usualRemedy(of: item, in: known, on: today)
        if isCritical { plan.warn("inspection.critical") }
    }

    var remedy: Remedy? { result == .fail ? Remedy(who: who, due: due) : nil }
}

extension Estate {
    /// The day by which an item that fails today is put right: some days on (policy), a safety item the same day.
    fileprivate func usualRemedy(of item: String, in inspection: Inspection, on today: Day) -> Day {
        contents(of: inspection)[item]?.isCritical ?? false ? today : today.adding(handbook.inspections.days)
    }
}

/// One item is marked; a failed one needs a note, and so does one that does not apply.
public struct MarkItem: ActionFact, ItemAction {
    public static let name = "inspection.mark"
    static let kind: StaticString = "inspection.marked"
    static var merging: Merging<Self> { .derived { fact, estate in estate.inspections.all.holds(fact.inspection) } }
    public static let label = Label("检查项打分", en: "Mark an item")
    public static let roles = inspectors
    public var inspection = Ref<Inspection>.placeholder
    public var item = ""
    public var result = ItemResult.pass
    public var note: String?
    public var place: String?
    public var who: Worker?
    public var due: Day?
    public var photo: String?

    public init() {}

    var subject: EntryID? { inspection.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        if known.closed != nil {
            throw Refusal.rule("inspection.closed", "这次巡检已经结束，只能复查不合格项", en: "this inspection is closed")
        }
        try plan.refuse(before: known.opened, .inspectionBegan)
        try check(in: known)
        try settleRemedy(&plan, of: known, in: estate)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.change(inspection) {
            $0.findings[item] = finding(metadata)
            $0.remedies[item] = remedy
        }
    }
}

/// A failed item is inspected again; passed items are not. One that fails again gets another day.
public struct RecheckItem: ActionFact, ItemAction {
    public static let name = "inspection.recheck"
    static let kind: StaticString = "inspection.rechecked"
    static var merging: Merging<Self> { .grows { fact, estate in estate.inspections.all.holds(fact.inspection) } }
    public static let label = Label("复查", en: "Recheck an item")
    public static let roles = inspectors
    public var inspection = Ref<Inspection>.placeholder
    public var item = ""
    public var result = ItemResult.pass
    public var note: String?
    public var place: String?
    public var who: Worker?
    public var due: Day?
    public var photo: String?

    public init() {}

    var subject: EntryID? { inspection.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        try check(in: known)
        try known.refuseUnlessOpen(item)
        if let last = known.rechecks[item]?.last?.at ?? known.closed {
            try plan.refuse(before: last, Label("上次检查", en: "the last check"))
        }
        if result == .notApplicable {
            throw Refusal(
                .rule, "inspection.recheck", "复查只有合格、不合格", en: "a recheck passes or fails", field: "result")
        }
        try settleRemedy(&plan, of: known, in: estate)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.change(inspection) {
            $0.rechecks[item, default: []].append(finding(metadata))
            if let remedy { $0.remedies[item] = remedy }
        }
    }
}

/// It is said who puts a failed item right, and by when.
public struct AssignItem: ActionFact {
    public static let name = "inspection.assign"
    static let kind: StaticString = "inspection.assigned"
    static var merging: Merging<Self> { .derived { fact, estate in estate.inspections.all.holds(fact.inspection) } }
    public static let label = Label("指派整改", en: "Assign a rectification")
    public static let roles = inspectors
    var inspection = Ref<Inspection>.placeholder
    var item = ""
    var who = Worker.placeholder
    var due: Day?

    public init() {}

    public init(inspection: Ref<Inspection>, item: String, who: Worker, due: Day? = nil) {
        (self.inspection, self.item, self.who, self.due) = (inspection, item, who, due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
        try visitor.field("item", &item, .clause)
        try visitor.field("who", &who, .rectifier)
        try visitor.field("due", &due, .rectifiedBy)
    }

    var subject: EntryID? { inspection.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        try known.refuseUnlessOpen(item)
        who = try who.working(for: "who", in: estate)
        if let due, due < Day(plan.at, in: estate.zone) { throw Refusal.dueEarly }
        due = due ?? known.remedies[item]?.due
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.change(inspection) { $0.remedies[item] = Remedy(who: who, due: due) }
    }
}

extension Inspection {
    /// Throws ``Refusal`` `inspection.recheck` unless an item failed and is still to be put right.
    fileprivate func refuseUnlessOpen(_ item: String) throws {
        guard rectification(of: item) == .open else {
            throw Refusal(
                .rule, "inspection.recheck", "只复查巡检结束后仍待整改的不合格项",
                en: "only open failures of a closed inspection are rechecked",
                field: "item")
        }
    }
}
