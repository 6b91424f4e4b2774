import Journal

/// The worker of a request (承办人): a staff member, or a craftsman, team or firm by name.
public struct Worker: TextValue {
    /// In facts a staff number, or the name of a worker outside the staff. As typed, it may be a staff member's name.
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .worker }

    /// The name that people use.
    public func name(in estate: Estate) -> String { estate.staff.name(of: text) }
    public func words(in estate: Estate, _ language: Language) -> String { name(in: estate) }

    /// The workers outside the staff from recent requests, the latest first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        var seen: Set<Worker> = []
        let named = estate.requests.all.values.suffix(500).reversed().flatMap {
            $0.workers + $0.assignments.reversed().map(\.to)
        }
        return named.filter { estate.staff.members[$0.text] == nil && seen.insert($0).inserted }.map {
            Candidate($0.text)
        }
    }

    /// The worker as facts name it, a staff member by number. Throws ``Refusal`` `staff.unknown` for a number that
    /// nobody has, and `staff.ambiguous` for a name that several members have.
    func known(in estate: Estate) throws -> Worker {
        if let member = estate.staff.member(text) { return Worker(member.code) }
        let codes = estate.staff.members.values.filter { $0.name == text }.map(\.code)
        if codes.count > 1 {
            throw Refusal.rule(
                "staff.ambiguous", "不止一位\(text)：\(codes.joined(separator: "、"))，请填工号",
                en: "several are called \(text): \(codes.joined(separator: ", ")); give the number")
        }
        let plain = text.halfwidth
        if plain.contains(where: \.isNumber), plain.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            _ = try estate.staff.named(text)
        }
        return self
    }

    /// The same, who has not left. Throws ``Refusal`` about a field.
    func working(for field: String, in estate: Estate) throws -> Worker {
        do {
            let worker = try known(in: estate)
            if estate.staff.members[worker.text] != nil { _ = try estate.staff.working(worker.text) }
            return worker
        } catch let refusal as Refusal { throw refusal.about(field) }
    }
}

extension [Worker] {
    /// The workers as facts name them, without repeats.
    func known(in estate: Estate) throws -> [Worker] {
        var seen: Set<Worker> = []
        return try map { try $0.known(in: estate) }.filter { seen.insert($0).inserted }
    }
}
