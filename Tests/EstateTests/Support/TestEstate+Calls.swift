import TestSupport

extension TestEstate {
    /// The id of a new incoming call.
    @discardableResult
    func ring(_ number: String = "") throws -> String { try self.do("call.ring", ["phone": number], by: "S02") }

    /// The id of an incoming call that was answered in time.
    func answered() throws -> String {
        let call = try ring()
        return try self.do("call.answer", ["call": call, "rings": "2"], by: "S02")
    }
}
