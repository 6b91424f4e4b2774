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
    /// At most `limit` residents and units, best first. The query is a name, pinyin, a surname with what people call its
    /// bearer (陈先生), the digits of a unit (`32501`), a place and a name (`6-1陈`), a telephone number, or the last characters
    /// of a plate. A unit is found by its former codes as well. `withPlaces`: places of the estate, too.
    public func search(_ query: String, limit: Int, withPlaces: Bool = false) -> [PersonHit] {
        let typed = Plate.normalise(query)
        if typed.isEmpty { return [] }
        var matches: [PersonHit] = []
        if withPlaces {
            let query = Query(query)
            for place in places { if let rank = query.rank(of: [place.text]) { matches.append(match(place, rank)) } }
        }
        let hasPlaces = !matches.isEmpty
        // ASCII digits only: `isNumber` also holds for 四, which is part of names such as 李四.
        if typed.utf8.contains(where: { (48...57).contains($0) }) {
            let place = (try? UnitReader(query).place().joined()) ?? typed
            for unit in units.values {
                guard let rank = People.rank(of: unit.code.text.filter { $0 != "-" }, as: place, from: 3) else {
                    continue
                }
                matches += hits(in: unit.code, rank)
            }
            for (code, unit) in formerCodes where code.text.filter({ $0 != "-" }) == place {
                matches += hits(in: unit, Rank(.exact, length: code.text.count))
            }
            if typed.count >= 4 {
                for (plate, unit) in vehicles {
                    guard let rank = People.rank(of: plate.text, as: typed, from: 4) else { continue }
                    let resident = owner(of: unit) ?? residents(of: unit).first
                    var hit = resident.map { match($0, rank) } ?? match(unit, rank)
                    hit.plate = plate
                    matches.append(hit)
                }
                if let number = Phone.digits(of: query) {
                    for person in persons.values where person.isPresent {
                        let numbers = person.phone?.each.map(\.trunk) ?? []
                        guard let phone = numbers.first(where: { $0.contains(number) }) else { continue }
                        let matchKind: MatchKind = phone == number ? .exact : .contained
                        matches.append(match(person, Rank(matchKind, length: phone.count)))
                    }
                }
            }
        }
        if let query = NamedPlace(query) {
            let name = NameQuery(query.name)
            for person in persons.values where person.isPresent && query.holds(person.unit) {
                if let rank = person.knownName.flatMap(name.rank) { matches.append(match(person, rank)) }
            }
        } else if matches.isEmpty || hasPlaces {
            let name = NameQuery(query)
            for person in persons.values where person.isPresent {
                if let rank = person.knownName.flatMap(name.rank) { matches.append(match(person, rank)) }
            }
        }
        // Each resident and each car appears once, with the best match. Equal ranks keep the order of registration.
        struct Found: Hashable {
            let person: Ref<Person>
            let plate: Plate?
        }
        var seen: Set<Found> = []
        let ranked = matches.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        let unique = ranked.map(\.element).filter { hit in
            hit.person.map { seen.insert(Found(person: $0, plate: hit.plate)).inserted } ?? true
        }
        return Array(unique.prefix(limit))
    }

    /// The residents of a unit; the unit itself if it has none.
    private func hits(in unit: UnitCode, _ rank: Rank) -> [PersonHit] {
        let residents = residents(of: unit)
        return residents.isEmpty ? [match(unit, rank)] : residents.map { match($0, rank) }
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

/// A query for the name of a person: the name, or a surname with what people call its bearer.
private struct NameQuery {
    private let name: Query
    /// The surname alone; `nil` if the query has no more than a name.
    private let surname: Query?

    init(_ text: String) {
        name = Query(text)
        surname = NameQuery.surname(in: text.plain).map { Query($0) }
    }

    private static let spelledHonorifics = [
        "xiansheng", "nvshi", "nushi", "xiaojie", "taitai", "laoshi", "shifu", "ayi",
    ]

    private static func surname(in text: String) -> String? {
        let text = text.filter { !$0.isWhitespace }
        let endings = Array(Surname.honorifics) + spelledHonorifics
        if let ending = endings.filter({ text.lowercased().hasSuffix($0) }).max(by: { $0.count < $1.count }),
            text.count > ending.count
        {
            return String(text.dropLast(ending.count))
        }
        return text.count == 2 && "老小阿".contains(text.prefix(1)) ? String(text.suffix(1)) : nil
    }

    func rank(of text: String) -> Rank? {
        if let rank = name.rank(of: [text]) { return rank }
        // A surname begins the name.
        guard let kind = surname?.matchKind(of: text), kind < .contained else { return nil }
        return Rank(.prefix, length: text.count)
    }
}

/// A query for a resident by place and name: `6-1陈`, `3栋陈先生`.
private struct NamedPlace {
    let name: String
    private let parts: [String]

    init?(_ query: String) {
        let form = /(.*[0-9栋幢座楼元门梯室期区号#])[\s\-]*([^0-9\s\-][^0-9\-]*)/
        guard let match = query.plain.wholeMatch(of: form),
            let parts = try? UnitReader(String(match.output.1)).place(), !parts.isEmpty
        else { return nil }
        (self.parts, name) = (parts, String(match.output.2).trimmed)
    }

    /// Whether a unit lies in the place. The digits of several parts may be typed as one: 61 is 6-1 as well.
    func holds(_ unit: UnitCode) -> Bool {
        let own = unit.parts
        if own.count >= parts.count, zip(own, parts).allSatisfy({ $0 == $1 }) { return true }
        return parts.count == 1 && parts[0].count > 1 && own.joined().hasPrefix(parts[0])
    }
}
