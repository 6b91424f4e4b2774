import Handbook
import Journal
import OrderedCollections

/// A post (岗位), which determines what its holder may do.
public typealias Role = Handbook.Role

extension Role: NamedChoice {
    public var label: Label {
        switch self {
        case .operator: Label("前台接待", en: "operator")
        case .guard: Label("门岗", en: "guard")
        case .supervisor: Label("客服主管", en: "supervisor")
        case .manager: Label("客服经理", en: "manager")
        case .regional: Label("区域经理", en: "regional manager")
        case .administrator: Label("管理员", en: "administrator")
        case .keeper: Label("物管科长", en: "materials chief")
        case .finance: Label("财务", en: "finance")
        }
    }
}

/// A member of the staff.
public struct StaffMember: Hashable, Sendable {
    /// The staff number, e.g. S01, as used by facts and `--as`.
    public let code: String
    public internal(set) var name: String
    public internal(set) var role: Role
    /// When they left. They stay on record, and act no more.
    public internal(set) var left: Moment?

    public var isPresent: Bool { left == nil }

    public init(code: String, name: String, role: Role) {
        (self.code, self.name, self.role) = (code, name, role)
    }
}

/// Staff members by number or name, at least one.
public struct StaffNames: FieldValue, Hashable {
    public let names: [String]

    public init(_ names: [String]) { self.names = names }

    public static var type: FieldType { .list(.staff) }
    public func check(in estate: Estate) throws { _ = try members(in: estate) }
    public static var placeholder: StaffNames { StaffNames([]) }

    public init(text: String, zone: Zone) throws {
        names = try [String](text: text, zone: zone)
        if names.isEmpty { throw Refusal.input("field.missing", "缺少必填项", en: "a required field is missing") }
    }

    public func text(zone: Zone) -> String { names.text(zone: zone) }

    /// The members. Throws ``Refusal`` `staff.unknown` about the field.
    func members(in estate: Estate, about field: String = "visitors") throws -> [StaffMember] {
        do { return try names.map { try estate.staff.named($0) } } catch let refusal as Refusal {
            throw refusal.about(field)
        }
    }
}

/// The staff, their PINs and their permissions.
public struct Staff: Sendable {
    public private(set) var members: OrderedDictionary<String, StaffMember> = [:]
    /// The PIN states by staff number. Members without a PIN have no entry.
    public internal(set) var pins: [String: PINState] = [:]
    /// The hash of the ``RecoveryCode`` that was made last; `nil` if none was.
    var recovery: String?

    /// The members who have not left.
    public var present: [StaffMember] { members.values.filter(\.isPresent) }

    /// The member with a staff number or, where only one has it, a name; of several, the one who has not left.
    public func member(_ text: String) -> StaffMember? {
        if let member = members[text] { return member }
        let named = members.values.filter { $0.name == text }
        if named.count == 1 { return named[0] }
        let present = named.filter(\.isPresent)
        return present.count == 1 ? present[0] : nil
    }

    /// The same. Throws ``Refusal`` `staff.unknown` if there is no such member.
    public func named(_ text: String) throws -> StaffMember {
        guard let member = member(text) else {
            throw Refusal.rule("staff.unknown", "没有这位员工：\(text)", en: "there is no such staff member: \(text)")
        }
        return member
    }

    /// The same, who has not left. Throws ``Refusal`` `staff.unknown` or `staff.left`.
    public func working(_ text: String) throws -> StaffMember {
        let member = try named(text)
        if member.left != nil {
            throw Refusal.rule("staff.left", "\(member.name) 已离职", en: "\(member.name) has left")
        }
        return member
    }

    /// The member's name; the number itself if it is unknown.
    public func name(of code: String) -> String { members[code]?.name ?? code }

    /// Whether a member may perform an action: a manager any, others those that list their role.
    public func permits(_ code: String, _ action: any Action.Type) -> Bool {
        guard let member = members[code], member.isPresent else { return false }
        let role = member.role
        return role == .manager || action.roles.contains(role)
    }

    /// The reason for which a member may not perform an action, with the roles that may; `nil` if the member may.
    public func disabledReason(of member: StaffMember, _ action: any Action.Type) -> Label? {
        if permits(member.code, action) { return nil }
        if let known = members[member.code], !known.isPresent {
            return Label("\(known.name) 已离职，不能再操作", en: "\(known.name) has left, and acts no more")
        }
        let roles = ([.manager] + Role.allCases.filter { $0 != .manager && action.roles.contains($0) })
        return Label(
            "\(member.role.label.chinese)不能“\(action.label.chinese)”；可以的有：\(roles.map(\.label.chinese).joined(separator: "、"))",
            en: "a \(member.role.label.english) may not “\(action.label.english)”; these may: "
                + roles.map(\.label.english).joined(separator: ", "))
    }

    /// The acting member, by number or name. Throws ``Refusal`` `staff.unknown` or `staff.notAllowed`.
    func check(_ text: String, may action: any Action.Type) throws -> StaffMember {
        let member = try working(text)
        guard let why = disabledReason(of: member, action) else { return member }
        throw Refusal.rule("staff.notAllowed", why.chinese, en: why.english)
    }

    mutating func add(_ member: StaffMember) { members[member.code] = member }

    mutating func change(_ code: String, _ body: (inout StaffMember) -> Void) {
        guard var member = members[code] else { return }
        body(&member)
        members[code] = member
    }

    /// Whether nobody else could manage the estate.
    func isLastManager(_ code: String) -> Bool {
        members[code].map { $0.role == .manager && $0.isPresent } ?? false
            && !present.contains { $0.role == .manager && $0.code != code }
    }
}

extension Staff: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Staff.self]
    static let actions: [any Action.Type] = [AddStaff.self, ChangeStaff.self, LeaveStaff.self, ClearPIN.self]
    static let facts: [any Fact.Type] = [EstateFounded.self, PINSet.self, PINRemoved.self, StaffLocked.self]
    static let views: [any View.Type] = [StaffView.self]

    /// The working set has all members and PINs.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}

/// The estate is founded.
struct EstateFounded: TimelessFact {
    static let kind: StaticString = "estate.founded"
    static var merging: Merging<Self> {
        .first { _, estate, _ in
            estate.name.isEmpty ? nil : .doubled(Label("小区已建立", en: "the estate was there"))
        }
    }
    static let action: (any Action.Type)? = nil
    static let label = Label("建立小区", en: "The estate begins")
    var name = ""
    var zone = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name)
        try visitor.field("zone", &zone)
    }

    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.name = name
        estate.founded = metadata.at
        estate.zone = Zone(zone) ?? .shanghai
    }
}

/// A staff member joins.
public struct AddStaff: ActionFact, TimelessFact {
    public static let name = "staff.add"
    static let kind: StaticString = "staff.added"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.staff.members[fact.staff.text] == nil
                ? nil : .doubled(Label("工号已有人使用", en: "the staff number was taken"))
        }
    }
    public static let label = Label("登记员工", en: "Add a staff member")
    public static let roles: Set<Role> = [.manager]
    var staff = Name.placeholder
    var name = Name.placeholder
    var role = Role.operator

    public init() {}

    public init(staff: String, name: String, role: Role) {
        (self.staff, self.name) = (Name(staff.withoutInvisible.halfwidth), Name(name.withoutInvisible.oneLine))
        self.role = role
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff)
        try visitor.field("name", &name)
        try visitor.field("role", &role)
    }

    func affectedIDs(in estate: Estate) -> [String]? { nil }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        staff = Name(staff.text.halfwidth)
        if staff.text.contains(where: { ",，、:".contains($0) || $0.isWhitespace }) {
            throw Refusal(
                .input, "staff.malformed", "工号不能有逗号、冒号或空格", en: "a staff number has no commas, colons or spaces")
        }
        if estate.staff.members[staff.text] != nil {
            throw Refusal.rule(
                "staff.exists", "工号 \(staff.text) 已有人使用", en: "the staff number \(staff.text) is taken")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.staff.add(StaffMember(code: staff.text, name: name.text, role: role))
    }
}

/// The staff and their sign-in state.
public struct StaffView: PlainView {
    public static let name = "staff"
    public static let label = Label("员工", en: "Staff")

    public static var columns: [ViewColumn<Self>] {
        Column("staff") { $0.staff }
        Column("name") { $0.name }
        Column("role") { $0.role }
        Column("pin", Label("有密码", en: "PIN")) { $0.pin }
        Column("locked", Label("锁定到", en: "Locked until")) { $0.locked }
        Column("left", Label("离职", en: "Left")) { $0.left }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> OrderedDictionary<String, StaffMember>.Values {
        context.estate.staff.members.values
    }
}

extension ViewRow<StaffView> {
    public var staff: String { subject.code }
    /// Whether signing in asks for a PIN.
    public var pin: Bool { estate.staff.pins[subject.code] != nil }
    /// The end of the lock after wrong tries.
    public var locked: Moment? { estate.staff.pins[subject.code]?.locked(at: context.moment) }
}
