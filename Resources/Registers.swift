extension Handbook {
    /// The registers of the gate (登记簿): goods that leave, keys, parcels, lost property.
    public struct Registers: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let dueDays: [String: Int]
            let arrearsRoles: [String]
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// The days after which an entry of a register is due unless it says otherwise, 0 for the same day; `nil`: it has no
        /// due day.
        public func dueDays(of register: String) -> Int? { policy.dueDays[register] }

        /// The roles that are told of unpaid fees when a slip is made out. Whoever else makes one out is never told.
        public var arrearsRoles: [String] { policy.arrearsRoles }
    }
}

extension Handbook {
    public var registers: Registers { self[Registers.self] }
}

extension Handbook.Registers: Chapter {
    public static let file = "registers.json"
    public static var shipped: [UInt8] { PackageResources.registers_json }

    public func check() throws(HandbookError.Reason) {
        for (register, days) in policy.dueDays.sorted(by: { $0.key < $1.key }) {
            try require(
                (0...3650).contains(days), "policy.dueDays.\(register)", "应为 0 到 3650（天）", "has to be 0 to 3,650 days")
        }
        try require(
            !policy.arrearsRoles.contains("guard"), "policy.arrearsRoles", "门岗不参与催费",
            "a guard has no part in collecting")
    }
}
