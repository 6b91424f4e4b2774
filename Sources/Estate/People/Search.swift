import Foundation

/// A resident or a unit that matches a search.
public struct PersonHit: Hashable, Sendable {
    public let unit: UnitCode
    public let person: Ref<Person>?
    public let name: String?
    public let tenure: Tenure?
    /// The vehicle whose plate matched.
    public var plate: Plate?
    public let rank: Rank
}

extension People {
    /// At most `limit` residents and units, best first. The query is a name, pinyin, the digits of a unit (`32501`), a
    /// telephone number, or the last characters of a plate.
    public func search(_ query: String, limit: Int) -> [PersonHit] {
        let names = Query(query)
        let typed = Plate.normalise(query)
        if typed.isEmpty { return [] }
        var matches: [PersonHit] = []
        // ASCII digits only: `isNumber` also holds for 四, which is part of names such as 李四.
        if typed.utf8.contains(where: { (48...57).contains($0) }) {
            for unit in units.values {
                guard let rank = People.rank(of: unit.code.text.filter { $0 != "-" }, as: typed, from: 3) else {
                    continue
                }
                let residents = residents(of: unit.code)
                if residents.isEmpty { matches.append(match(unit.code, rank)) }
                matches += residents.map { match($0, rank) }
            }
            if typed.count >= 4 {
                for (plate, unit) in vehicles {
                    guard let rank = People.rank(of: plate.text, as: typed, from: 4) else { continue }
                    let resident = owner(of: unit) ?? residents(of: unit).first
                    var hit = resident.map { match($0, rank) } ?? match(unit, rank)
                    hit.plate = plate
                    matches.append(hit)
                }
                // A telephone number in any form that Phone reads: with +86, separators or an extension.
                if let number = (try? Phone(text: query, zone: .shanghai))?.trunk {
                    for person in persons.values {
                        guard let phone = person.phone?.trunk, phone.contains(number) else { continue }
                        let matchKind: MatchKind = phone == number ? .exact : .contained
                        matches.append(match(person, Rank(matchKind, length: phone.count)))
                    }
                }
            }
        } else {
            for person in persons.values {
                if let rank = names.rank(of: [person.name]) { matches.append(match(person, rank)) }
            }
        }
        // Each resident appears once, with the best match. Equal ranks keep the order of registration.
        var seen: Set<Ref<Person>> = []
        let ranked = matches.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        let unique = ranked.map(\.element).filter { $0.person.map { seen.insert($0).inserted } ?? true }
        return Array(unique.prefix(limit))
    }

    private func match(_ unit: UnitCode, _ rank: Rank) -> PersonHit {
        PersonHit(unit: unit, person: nil, name: nil, tenure: nil, rank: rank)
    }

    private func match(_ person: Person, _ rank: Rank) -> PersonHit {
        PersonHit(unit: person.unit, person: person.id, name: person.name, tenure: person.role, rank: rank)
    }

    /// The rank of a unit's or a plate's characters for typed text. Their end matches only `least` or more characters.
    private static func rank(of signs: String, as typed: String, from least: Int) -> Rank? {
        if signs.hasPrefix(typed) { return Rank(signs == typed ? .exact : .prefix, length: signs.count) }
        return signs.hasSuffix(typed) && typed.count >= least ? Rank(.contained, length: signs.count) : nil
    }
}
