import Journal

/// A card that is to be asked: an ending, and the vehicles whose plates have it.
public struct DrillQuestion: Sendable {
    /// The last four characters.
    public let ending: String
    public let vehicles: [Vehicle]
    /// `nil` the first time, and after plate or occupant changed.
    public let card: DrillCard?

    /// The first plate, by which the card is answered.
    public var plate: Plate? { vehicles.lazy.compactMap(\.number.value).first }
}

/// What a member has to drill now: what is due, the earliest first, then new plates as far as the day allows.
public struct DrillSession: Sendable {
    public private(set) var due: [DrillQuestion] = []
    public private(set) var new: [DrillQuestion] = []
    /// The cards that come again within minutes and are not due yet.
    public private(set) var soon: [DrillQuestion] = []
    /// The cards that the member answered today.
    public private(set) var answered = 0

    /// The next one. When nothing else is left, what comes within minutes is asked at once.
    public var next: DrillQuestion? { due.first ?? new.first ?? soon.first }

    init(of member: String, in estate: Estate, at moment: Moment) {
        let (zone, rule, today) = (estate.zone, estate.handbook.drills, Day(moment, in: estate.zone))
        var dated: [(due: Moment, question: DrillQuestion)] = []
        // What was never asked, as the ids of its vehicles: a big estate has many more than a day asks.
        var unasked: [(ending: String, ids: [Ref<Vehicle>])] = []
        var begun = 0
        func question(_ ending: String, _ ids: [Ref<Vehicle>], _ card: DrillCard?) -> DrillQuestion {
            DrillQuestion(ending: ending, vehicles: ids.compactMap { estate.people.allVehicles[$0] }, card: card)
        }
        for (ending, alike) in estate.people.found.byEnding where !alike.isEmpty {
            let ids = alike.count < 2 ? alike : alike.sorted { $0.id < $1.id }
            guard let card = estate.drillCard(of: ids, for: member) else {
                unasked.append((ending, ids))
                continue
            }
            if Day(card.last, in: zone) == today { answered += 1 }
            if Day(card.first, in: zone) == today { begun += 1 }
            dated.append((card.due(in: zone, by: rule), question(ending, ids, card)))
        }
        dated.sort { $0.due != $1.due ? $0.due < $1.due : $0.question.isBefore($1.question) }
        due = dated.filter { $0.due <= moment }.map(\.question)
        soon = dated.filter { $0.due > moment && Day($0.due, in: zone) == today }.map(\.question)
        let allowed = max(0, rule.newPerDay - begun)
        if allowed > 0 {
            unasked.sort { $0.ids[0].id < $1.ids[0].id }
            new = unasked.prefix(allowed).map { question($0.ending, $0.ids, nil) }
        }
    }
}

extension DrillQuestion {
    /// The order of registration of their first vehicles.
    fileprivate func isBefore(_ other: DrillQuestion) -> Bool {
        guard let one = vehicles.first, let another = other.vehicles.first else { return false }
        return one.id.id < another.id.id
    }
}

extension Estate {
    /// What a member has to drill at a moment.
    public func drill(of member: String, at moment: Moment) -> DrillSession {
        DrillSession(of: member, in: self, at: moment)
    }
}
