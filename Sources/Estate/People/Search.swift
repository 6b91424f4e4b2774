import Foundation

/// Somebody or somewhere that a few typed signs lead to.
public struct Match: Hashable, Sendable {
    public let unit: UnitCode
    public let person: Ref<Person>?
    public let name: String?
    public let tenure: Tenure?
    /// The vehicle that led there.
    public var plate: Plate?
    public let rank: Rank
}

extension People {
    /// Residents and units by name, pinyin, room digits (`32501`), telephone or the plate's last characters, best first.
    public func search(_ query: String, limit: Int) -> [Match] {
        let wanted = Wanted(query)
        let typed = Plate.normalise(query)
        if typed.isEmpty { return [] }
        var found: [Match] = []
        // 四 is a number to Unicode, and 李四 is none.
        if typed.utf8.contains(where: { (48...57).contains($0) }) {
            for unit in units.values {
                guard let rank = People.rank(of: unit.code.text.filter { $0 != "-" }, as: typed, from: 3) else {
                    continue
                }
                let residents = residents(of: unit.code)
                if residents.isEmpty { found.append(match(unit.code, rank)) }
                found += residents.map { match($0, rank) }
            }
            if typed.count >= 4 {
                for (plate, unit) in vehicles {
                    guard let rank = People.rank(of: plate.text, as: typed, from: 4) else { continue }
                    let holder = owner(of: unit) ?? residents(of: unit).first
                    var hit = holder.map { match($0, rank) } ?? match(unit, rank)
                    hit.plate = plate
                    found.append(hit)
                }
                // A telephone number as people write it: +86, slashes, an extension.
                if let number = (try? Phone(text: query, zone: .shanghai))?.trunk {
                    for person in persons.values {
                        guard let phone = person.phone?.trunk, phone.contains(number) else { continue }
                        let likeness: Likeness = phone == number ? .exact : .contained
                        found.append(match(person, Rank(likeness, length: phone.count)))
                    }
                }
            }
        } else {
            for person in persons.values {
                if let rank = wanted.rank(of: [person.name]) { found.append(match(person, rank)) }
            }
        }
        // A resident is named once, by what led there best. The order within a rank is that of the register.
        var seen: Set<Ref<Person>> = []
        let best = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        let once = best.map(\.element).filter { $0.person.map { seen.insert($0).inserted } ?? true }
        return Array(once.prefix(limit))
    }

    private func match(_ unit: UnitCode, _ rank: Rank) -> Match {
        Match(unit: unit, person: nil, name: nil, tenure: nil, rank: rank)
    }

    private func match(_ person: Person, _ rank: Rank) -> Match {
        Match(unit: person.unit, person: person.id, name: person.name, tenure: person.role, rank: rank)
    }

    /// How a unit's or a plate's signs answer what was typed; their end only from so many signs on.
    private static func rank(of signs: String, as typed: String, from least: Int) -> Rank? {
        if signs.hasPrefix(typed) { return Rank(signs == typed ? .exact : .prefix, length: signs.count) }
        return signs.hasSuffix(typed) && typed.count >= least ? Rank(.contained, length: signs.count) : nil
    }
}
