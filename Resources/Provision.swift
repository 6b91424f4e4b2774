extension Handbook {
    /// A sentence of the standards, and where it stands.
    public struct Provision: Decodable, Equatable, Sendable {
        public let clause: String
        public let text: String
    }

    /// A stable key and the Chinese name people read.
    public struct Term: Decodable, Equatable, Sendable, Identifiable {
        public let id: String
        public let name: String
    }

    /// Something due on a fixed day of each month.
    public struct MonthlyDuty: Decodable, Equatable, Sendable {
        public let clause: String
        public let day: Int
        public let text: String
    }
}
