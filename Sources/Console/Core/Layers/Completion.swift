import Estate
import Screen

/// A value proposed for a field.
struct Completion: Hashable {
    /// The text that the action reads.
    let value: String
    /// The text for the field.
    let text: String
    let detail: String
    /// Values for other fields that are still empty, by key.
    let others: [String: String]
    /// A code by a part of which it is found as well.
    let code: String?
    /// Whether what was typed is this value in full, or its full pinyin.
    var isExact = false
    /// See ``Candidate/isPast``.
    var isPast = false

    init(
        _ value: String, text: String? = nil, detail: String = "", others: [String: String] = [:], code: String? = nil
    ) {
        (self.value, self.text, self.detail, self.others) = (value, text ?? value, detail, others)
        self.code = code
    }

    init(_ candidate: Candidate, _ context: Context) {
        self.init(
            candidate.value, text: candidate.text, detail: context(candidate.detail), others: candidate.others,
            code: candidate.code)
        isPast = candidate.isPast
    }
}

extension Completion {
    /// The most suggestions for one text.
    static let most = 50

    /// The suggestions for the text of a field, best first. `candidates` are the field's own; lists are completed one
    /// element at a time.
    static func fitting(
        _ text: String, _ field: FieldDescription, _ candidates: [Candidate], _ context: Context
    ) -> [Completion] {
        let candidates = candidates.filter { !$0.isLost }
        switch field.type {
        case .unit: return people(text, context)
        case .location: return people(text, context, withPlaces: true)
        case .host: return hosts(text, context)
        case .plate: return plates(text, context)
        case .list(let element):
            let elements = elements(of: text)
            let found = fitting(elements.last ?? "", ofType: element, candidates, context)
            return found.filter { !elements.dropLast().contains($0.text) }
        default: return fitting(text, ofType: field.type, candidates, context)
        }
    }

    private static func fitting(
        _ text: String, ofType type: FieldType, _ candidates: [Candidate], _ context: Context
    ) -> [Completion] {
        let query = Query(text)
        func listed(_ candidates: [Candidate]) -> [(Completion, words: [String], further: [String])] {
            candidates.map { (Completion($0, context), [$0.text], [$0.detail.chinese, context($0.detail)]) }
        }
        // The members among the field's own candidates; without any, all staff.
        func members() -> [StaffMember] {
            let own = candidates.compactMap { context.estate.staff.members[$0.value] }
            return own.isEmpty ? context.estate.staff.present : own
        }
        switch type {
        case .staff: return best(of: staff(members(), context), query)
        case .worker:
            let others = candidates.filter { context.estate.staff.members[$0.value] == nil }
            return best(of: listed(others) + staff(members(), context), query)
        default: return best(of: listed(candidates), query)
        }
    }

    /// The field's text with the completion in place of the text, or of a list's last element.
    func replacing(_ typed: String, in field: FieldDescription) -> String {
        guard field.type.isList else { return text }
        return (Completion.elements(of: typed).dropLast() + [text]).joined(separator: ",")
    }

    /// The elements of a list as typed, the empty last one included.
    static func elements(of text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: isSeparator).map(String.init)
    }

    static func isSeparator(_ sign: Character) -> Bool { ",，、".contains(sign) }

    /// The completions whose text matches, best first, then those of which only the further words do; what is over comes
    /// after all others. An empty query matches all, in their order.
    private static func best(of all: [(Completion, words: [String], further: [String])], _ query: Query) -> [Completion]
    {
        if query.isEmpty { return all.prefix(most).map(\.0) }
        let code = Query(query.text.undashed)
        func rank(_ words: [String]) -> Rank? {
            // A number is typed without the dashes that are written in it: A1 is A-1.
            if let rank = query.rank(of: words) { return rank }
            return code.text.contains(where: \.isNumber) ? code.rank(of: words.map(\.undashed)) : nil
        }
        let ranked = all.enumerated().compactMap { place, item -> (Completion, group: Int, Rank, Int)? in
            var completion = item.0
            let group = completion.isPast ? 2 : 0
            if let rank = rank(item.words) {
                completion.isExact = rank.matchKind == .exact
                return (completion, group, rank, place)
            }
            return rank(item.further).map { (completion, group + 1, $0, place) }
        }
        return ranked.sorted { ($0.1, $0.2, $0.3) < ($1.1, $1.2, $1.3) }.prefix(most).map(\.0)
    }

    private static func people(
        _ text: String, _ context: Context, withPlaces: Bool = false
    ) -> [Completion] {
        context.estate.people.search(text, limit: most, withPlaces: withPlaces).map { match in
            completion(of: match, value: match.unit.text, context)
        }
    }

    private static func completion(of match: PersonHit, value: String, _ context: Context) -> Completion {
        let words = [match.name, match.tenure.map { context($0.label) }].compactMap { $0 }
        var completion = Completion(value, text: match.unit.text, detail: words.joined(separator: " "))
        completion.isExact = match.rank.matchKind == .exact
        return completion
    }

    /// Residents and units. Typed digits mean the unit, which comes before its residents.
    private static func hosts(_ text: String, _ context: Context) -> [Completion] {
        let digits = text.halfwidth.filter { $0 != "-" }
        var units: Set<UnitCode> = []
        return context.estate.people.search(text, limit: most, withPlaces: true).flatMap { match -> [Completion] in
            let isUnit = !digits.isEmpty && match.unit.text.filter { $0 != "-" }.contains(digits)
            let resident = completion(of: match, value: host(match, context), context)
            guard isUnit, match.person != nil, units.insert(match.unit).inserted else {
                return [isUnit && match.person != nil ? Completion(inexact: resident) : resident]
            }
            var unit = Completion(match.unit.text, detail: context(Label("只填房号", en: "the unit alone")))
            unit.isExact = resident.isExact
            return [unit, Completion(inexact: resident)]
        }
    }

    private init(inexact completion: Completion) {
        self = completion
        isExact = false
    }

    /// The resident's name, after the unit if it is not unique; without a resident the unit.
    private static func host(_ match: PersonHit, _ context: Context) -> String {
        guard let name = match.name else { return match.unit.text }
        return context.estate.people.persons(named: name).count == 1 ? name : "\(match.unit.text) \(name)"
    }

    /// Staff: by name, then by number or role. A member whose name is not unique is named by number.
    private static func staff(
        _ members: [StaffMember], _ context: Context
    ) -> [(Completion, words: [String], further: [String])] {
        members.map { member in
            let name = context.estate.staff.member(member.name) == nil ? member.code : member.name
            let role = context(member.role.label)
            let detail = name == member.code ? "\(member.name) \(role)" : "\(member.code) \(role)"
            return (
                Completion(name, detail: detail), [member.name, member.code], [member.role.label.chinese, role]
            )
        }
    }

    private static func plates(_ text: String, _ context: Context) -> [Completion] {
        let part = text.halfwidth.uppercased()
        guard part.count >= 3 else { return [] }
        return context.estate.people.vehicles.elements.lazy.filter { $0.key.text.contains(part) }.prefix(most).map {
            Completion($0.key.text, detail: $0.value.text)
        }
    }
}

extension String {
    /// Without dashes, as codes are typed.
    fileprivate var undashed: String { filter { !"-–—－".contains($0) } }
}
