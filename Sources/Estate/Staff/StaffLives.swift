import Journal

/// A staff member's name was wrong, or they have another post.
public struct ChangeStaff: ActionFact, RegisterFact {
    public static let name = "staff.change"
    static let kind: StaticString = "staff.changed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard estate.staff.members[fact.staff.text] != nil else { return .unknown }
            let isDemoted = fact.role.map { $0 != .manager } ?? false
            return isDemoted && estate.staff.isLastManager(fact.staff.text) ? .lastManager : nil
        }
    }
    public static let label = Label("更正员工", en: "Correct a staff member")
    public static let roles: Set<Role> = []
    var staff = StaffName.placeholder
    var name: Name?
    var role: Role?
    var formerName: String?
    var formerRole: Role?

    public init() {}

    public init(staff: String, name: String? = nil, role: Role? = nil) {
        (self.staff, self.name, self.role) = (StaffName(staff), name.map { Name($0) }, role)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff)
        try visitor.field("name", &name)
        try visitor.field("role", &role)
        try visitor.derived("formerName", &formerName, .former(Glossary.label(of: "name")))
        try visitor.derived("formerRole", &formerRole, .former(Glossary.label(of: "role")))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.staff.working(staff.text)
        staff = StaffName(known.code)
        if name?.text == known.name { name = nil }
        if role == known.role { role = nil }
        if name == nil, role == nil {
            throw Refusal.rule("staff.unchanged", "\(known.name) 没有改动", en: "nothing of \(known.name) is changed")
        }
        if let role, role != .manager { try estate.staff.keepManager(known, about: "role") }
        (formerName, formerRole) = (name == nil ? nil : known.name, role == nil ? nil : known.role)
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.staff.change(staff.text) { member in
            member.name = name?.text ?? member.name
            member.role = role ?? member.role
        }
    }
}

/// A staff member leaves. They stay on record, act no more, and their number is not given again.
public struct LeaveStaff: ActionFact, RegisterFact {
    public static let name = "staff.leave"
    static let kind: StaticString = "staff.left"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard let member = estate.staff.members[fact.staff.text] else { return .unknown }
            if !member.isPresent { return .doubled(Label("已登记离职", en: "they had been recorded as gone")) }
            return estate.staff.isLastManager(fact.staff.text) ? .lastManager : nil
        }
    }
    public static let label = Label("登记离职", en: "A staff member leaves")
    public static let roles: Set<Role> = []
    var staff = StaffName.placeholder

    public init() {}

    public init(staff: String) { self.staff = StaffName(staff) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("staff", &staff) }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.staff.working(staff.text)
        staff = StaffName(known.code)
        try estate.staff.keepManager(known, about: "staff")
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.staff.change(staff.text) { $0.left = metadata.at }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = try? estate.staff.working(staff.text), !estate.staff.isLastManager(known.code) else {
            return nil
        }
        return Confirmation(
            Label("\(known.name) 已离职？之后不能再登录和操作", en: "\(known.name) has left? They can sign in no more"),
            [.fact(Glossary.label(of: "role"), known.role.label.chinese, en: known.role.label.english)],
            yes: Label("已离职", en: "has left"))
    }
}

extension Conflict.Reason {
    /// Two nodes have each removed one of the last two managers.
    fileprivate static let lastManager = Conflict.Reason.doubled(
        Label("是最后一位经理，未作改动", en: "they are the last manager; nothing was changed"))
}

extension Staff {
    /// Throws ``Refusal``: `staff.lastManager` for the only manager, `staff.lastManagerPin` for the only one with a PIN.
    fileprivate func keepManager(_ member: StaffMember, about field: String) throws {
        if isLastManager(member.code) {
            throw Refusal(
                .rule, "staff.lastManager", "\(member.name) 是最后一位经理：先登记另一位经理",
                en: "\(member.name) is the last manager: register another first", field: field)
        }
        if isLastManagerWithPIN(member.code) {
            throw Refusal(
                .rule, "staff.lastManagerPin", "\(member.name) 是唯一有密码的经理：先为另一位经理设置密码",
                en: "\(member.name) is the only manager with a PIN: set another manager’s first", field: field)
        }
    }
}
