extension Handbook {
    /// A sentence of the standards and its clause.
    public struct Provision: Decodable, Equatable, Sendable {
        public let clause: String
        public let text: String
    }

    /// A stable key and its displayed Chinese name.
    public struct Term: Decodable, Equatable, Sendable, Identifiable {
        public let id: String
        public let name: String
    }

    /// A duty due on a fixed day of each month.
    public struct MonthlyDuty: Decodable, Equatable, Sendable {
        public let clause: String
        public let day: Int
        public let text: String
    }
}
