import Journal

// Units and residents as the actions that would record them, for files.

extension People {
    /// The units with all their states and former codes.
    var unitRegistrations: [AddUnit] {
        units.values.map { known in
            var unit = AddUnit(unit: known.code, area: known.area, use: known.kind)
            (unit.states, unit.since) = (known.occupancies.map(\.state), known.occupancies.map(\.from))
            if !formerCodes.isEmpty { unit.former = Array(codes(of: known.code).dropFirst()) }
            return unit
        }
    }
}

extension Estate {
    /// The residents, behind who has left and owned an account, in the order in which they left.
    var personRegistrations: [AddPerson] {
        var (bought, owners): ([Ref<Person>: Moment], Set<Ref<Person>>) = ([:], [])
        for unit in people.units.keys {
            for sale in fees.sales(of: unit) {
                bought[sale.owner] = sale.at
                owners.formUnion([sale.owner, sale.former].compactMap { $0 })
            }
            if let last = people.lastOwner(of: unit) { owners.insert(last.id) }
        }
        let left = people.persons.values.filter { !$0.isPresent && owners.contains($0.id) }
            .sorted { ($0.left ?? .distantPast) < ($1.left ?? .distantPast) }
        return (left + people.persons.values.filter(\.isPresent)).map { person in
            var (numbers, first) = (person.numbers[...], [Phone]())
            while let number = numbers.first, number.note == nil || first.isEmpty {
                first.append(number.phone)
                if number.note != nil { break }
                numbers.removeFirst()
            }
            var added = AddPerson(name: person.name, unit: person.unit, role: person.role, phone: Phone(first))
            added.phones = numbers.isEmpty ? nil : NotedPhones(numbers: Array(numbers))
            (added.bought, added.left) = (bought[person.id], person.left)
            return added
        }
    }
}
