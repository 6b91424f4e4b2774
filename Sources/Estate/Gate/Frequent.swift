/// The number of latest values that are searched: some weeks of a busy gate, without a delay at a key press.
private let searchLimit = 2000
/// The number of different values that are offered.
private let resultLimit = 200

extension Action {
    /// Recent values as candidates, without repeats.
    static func distinct(_ texts: some Sequence<String>) -> [Candidate] {
        var seen: Set<String> = []
        return texts.prefix(searchLimit).filter { seen.insert($0).inserted }.prefix(resultLimit).map { Candidate($0) }
    }
}

extension Gate {
    /// Recent visits as candidates for the field that `part` extracts, with their values for the other fields of the
    /// form. A visitor appears once for each host.
    func frequent(_ part: (Visit) -> String?) -> [Candidate] {
        var seen: Set<[String]> = []
        var candidates: [Candidate] = []
        for visit in visits.values.reversed().prefix(searchLimit) where candidates.count < resultLimit {
            guard let text = part(visit), seen.insert([text, visit.name, visit.hostName]).inserted else { continue }
            let (plate, phone) = (visit.plate.map(\.text), visit.phone.map(\.text))
            var others = ["name": visit.name, "host": visit.hostName, "purpose": visit.purpose]
            (others["plate"], others["phone"]) = (plate, phone)
            let words: [String?] = [visit.name, visit.hostName, visit.purpose, plate, visit.phone?.masked]
            let detail = words.compactMap { $0 }.filter { $0 != text }.joined(separator: " ")
            candidates.append(Candidate(text, detail: detail, others: others, code: plate))
        }
        return candidates
    }
}
