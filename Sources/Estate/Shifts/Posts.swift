/// The roles that take a post.
let shiftRoles: Set<Role> = [.guard, .operator, .supervisor]

/// The posts at which shifts were opened, and the gate's.
public enum Posts: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        Set(estate.shifts.all.values.map(\.post) + [Gate.mainPost]).sorted().map { Candidate($0) }
    }

    /// One text for posts that look alike. Shifts and visits have no other.
    static func canonical(_ post: String) -> String {
        // Plain names are the rule, and each visitor's fact has one.
        let isPlain = post.unicodeScalars.allSatisfy { (" "..."~").contains($0) || ("一"..."\u{9FFF}").contains($0) }
        return isPlain ? post : post.withoutInvisible.halfwidth
    }
}

/// The staff member who takes a post, by number or name. Members who are off duty are offered, guards first.
public struct Watchman: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .staff }

    public static func candidates(in estate: Estate) -> [Candidate] {
        let onDuty = Set(estate.shifts.open.map(\.staff))
        let free = estate.staff.present.filter { shiftRoles.contains($0.role) && !onDuty.contains($0.code) }
        return (free.filter { $0.role == .guard } + free.filter { $0.role != .guard }).map {
            Candidate($0.code, text: $0.name)
        }
    }

    /// The same by the member's code. Throws ``Refusal`` `staff.unknown`, `staff.left`, or `shift.role` for one who
    /// cannot sign for a post.
    func resolved(in estate: Estate) throws -> Watchman {
        let member = try estate.staff.working(text)
        guard member.role == .manager || shiftRoles.contains(member.role) else {
            throw Refusal.rule(
                "shift.role", "\(member.name) 的岗位不当班，不能接班", en: "\(member.name) cannot be on duty at a post")
        }
        return Watchman(member.code)
    }
}
