/// How far back something that was typed before is looked for: some weeks of a busy gate, and no key waits for it.
private let reach = 2000
/// How many different values are recalled of one field.
private let most = 200

extension Action {
    /// The first of each of some texts.
    static func distinct(_ texts: some Sequence<String>) -> [Candidate] {
        var seen: Set<String> = []
        return texts.prefix(reach).filter { seen.insert($0).inserted }.prefix(most).map { Candidate($0) }
    }
}

extension Gate {
    /// The last visitors, each once with one host: by a part of their visit, with the rest of it for the other fields.
    func frequent(_ part: (Visit) -> String?) -> [Candidate] {
        var seen: Set<[String]> = []
        var found: [Candidate] = []
        for visit in visits.values.reversed().prefix(reach) where found.count < most {
            guard let text = part(visit), seen.insert([text, visit.name, visit.host.text]).inserted else { continue }
            let (plate, phone) = (visit.plate.map(\.text), visit.phone.map(\.text))
            var others = ["name": visit.name, "host": visit.host.text, "purpose": visit.purpose]
            (others["plate"], others["phone"]) = (plate, phone)
            let words: [String?] = [visit.name, visit.host.text, visit.purpose, plate, visit.phone?.masked]
            let detail = words.compactMap { $0 }.filter { $0 != text }.joined(separator: " ")
            found.append(Candidate(text, detail: detail, others: others))
        }
        return found
    }
}
