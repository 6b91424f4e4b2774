import TestSupport

extension TestEstate {
    /// The id of a new visit.
    @discardableResult
    func arrive(
        _ name: String, host: String = "3-2-501", purpose: String = "探亲", by: String = "S03", at time: String? = nil
    ) throws -> String {
        try self.do("visitor.arrive", ["name": name, "host": host, "purpose": purpose], by: by, at: time)
    }
}
