import Estate

/// Who works at the grown estate.
enum Crew {
    static let manager = StaffMember(code: "S01", name: "周敏", role: .manager)

    static let others = [
        StaffMember(code: "S02", name: "王芳", role: .operator),
        StaffMember(code: "S03", name: "李娜", role: .operator),
        StaffMember(code: "S04", name: "张强", role: .guard),
        StaffMember(code: "S05", name: "刘洋", role: .guard),
        StaffMember(code: "S06", name: "陈刚", role: .guard),
        StaffMember(code: "S07", name: "赵静", role: .supervisor),
        StaffMember(code: "S08", name: "吴霞", role: .administrator),
        StaffMember(code: "S09", name: "孙涛", role: .regional),
        StaffMember(code: "S10", name: "许婷", role: .finance),
    ]

    static let operators = ["S02", "S03"]
    static let guards = ["S04", "S05", "S06"]
    static let supervisor = "S07"
    static let administrator = "S08"
    static let regional = "S09"
    static let finance = "S10"
}
