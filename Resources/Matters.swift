extension Handbook {
    /// Matters that the front desk passes to other departments: which there are, and by when they answer. All of it is
    /// policy.
    public struct Matters: Decodable, Equatable, Sendable {
        private struct Policy: Decodable, Equatable {
            let departments: [String]
            let days: Int
        }

        public let clause: String
        private let policy: Policy

        public var departments: [String] { policy.departments }
        /// The days within which a department answers, unless another day is said.
        public var days: Int { policy.days }
    }
}

extension Handbook {
    public var matters: Matters { self[Matters.self] }
}

extension Handbook.Matters: Chapter {
    public static let file = "matters.json"
    public static var shipped: [UInt8] { PackageResources.matters_json }

    public func check() throws(HandbookError.Reason) {
        try require((0...60).contains(days), "policy.days", "应为 0 到 60", "has to be from 0 to 60")
        try require(
            !departments.isEmpty && !departments.contains(""), "policy.departments", "至少一个部门，名称不能为空",
            "at least one department, each with a name")
    }
}
