import Handbook
import Journal

/// A member's card: vehicles whose plates end in the same four characters, and what the member recalls of them.
public struct DrillCard: Sendable {
    /// The vehicles that were asked together, in the order of their ids.
    public let vehicles: [Ref<Vehicle>]
    public let staff: String
    /// Where each vehicle belonged, and who lived there, when it was answered: what the answer was about.
    fileprivate var homes: [Home]
    public fileprivate(set) var recall: Recall
    /// When it was first asked, and when last.
    public let first: Moment
    public fileprivate(set) var last: Moment

    struct Home: Hashable, Sendable {
        var unit: UnitCode
        let residents: [Ref<Person>]
    }

    /// When it is asked again, the days capped by the policy.
    public func due(in zone: Zone, by rule: Handbook.Drills) -> Moment {
        switch recall.next {
        case .minutes(let minutes): last.adding(seconds: minutes * 60)
        case .days(let days): Day(last, in: zone).adding(min(days, rule.maximumDays)).start(in: zone)
        }
    }
}

/// The state of a card.
public enum DrillState: String, NamedChoice {
    case new, learning, review

    public var label: Label {
        switch self {
        case .new: Label("要重新学", en: "new")
        case .learning: Label("学习中", en: "learning")
        case .review: Label("复习", en: "review")
        }
    }
}

/// An answer in a drill, without the plate.
public struct DrillAnswer: Sendable {
    public let id: EntryID
    public let at: Moment
    public let isGood: Bool
}

/// The drill of the residents' plates (练习, 7.7): each member's cards. Only answered ones are kept.
public struct Drills: Sendable {
    /// By member, then by each of the vehicles.
    private var cards: [String: [Ref<Vehicle>: DrillCard]] = [:]
    /// Each member's answers, in order: part of their training.
    public private(set) var answers: [String: [DrillAnswer]] = [:]

    public func card(of vehicle: Ref<Vehicle>, for member: String) -> DrillCard? { cards[member]?[vehicle] }

    /// A member's cards, each once, in the order of their vehicles.
    public func cards(of member: String) -> [DrillCard] {
        (cards[member] ?? [:]).filter { $0.value.vehicles.first == $0.key }.sorted { $0.key.id < $1.key.id }.map(
            \.value)
    }

    /// The members with cards.
    public var members: [String] { cards.keys.sorted() }

    fileprivate mutating func count(_ result: DrillResult, _ metadata: Metadata) {
        answers[metadata.by, default: []].append(
            DrillAnswer(id: metadata.id, at: metadata.at, isGood: result == .good))
    }

    /// Replaces the cards of its vehicles, also those that had other vehicles beside them.
    fileprivate mutating func put(_ card: DrillCard) {
        var own = cards[card.staff] ?? [:]
        for former in card.vehicles.compactMap({ own[$0] }) where former.vehicles != card.vehicles {
            for vehicle in former.vehicles { own[vehicle] = nil }
        }
        for vehicle in card.vehicles { own[vehicle] = card }
        cards[card.staff] = own
    }

    fileprivate mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for (member, own) in cards {
            cards[member] = own.mapValues { card in
                var card = card
                for index in card.homes.indices where card.homes[index].unit == unit { card.homes[index].unit = code }
                return card
            }
        }
    }
}

extension Estate {
    /// Where vehicles belong, and which owners and tenants live there.
    private func homes(of vehicles: [Ref<Vehicle>]) -> [DrillCard.Home] {
        vehicles.compactMap { people.allVehicles[$0] }.map { vehicle in
            let residents = people.residents(of: vehicle.unit).filter { $0.role == .owner || $0.role == .tenant }
            return DrillCard.Home(unit: vehicle.unit, residents: residents.map(\.id))
        }
    }

    /// The member's card of vehicles, if plates and occupants are as they were when it was answered.
    public func drillCard(of vehicles: [Ref<Vehicle>], for member: String) -> DrillCard? {
        guard let first = vehicles.first, let card = drills.card(of: first, for: member), card.vehicles == vehicles,
            card.homes == homes(of: vehicles)
        else { return nil }
        return card
    }

    /// Whether plates and occupants of a card are as they were when it was answered.
    func isCurrent(_ card: DrillCard) -> Bool {
        guard let first = card.vehicles.first.flatMap({ people.allVehicles[$0] }), first.removed == nil else {
            return false
        }
        return people.vehiclesAlike(first) == card.vehicles && card.homes == homes(of: card.vehicles)
    }

    /// Applies an answer: a card whose plates or occupants have changed begins anew.
    mutating func answerDrill(_ vehicles: [Ref<Vehicle>], _ result: DrillResult, _ metadata: Metadata) {
        drills.count(result, metadata)
        guard var card = drillCard(of: vehicles, for: metadata.by) else {
            drills.put(
                DrillCard(
                    vehicles: vehicles, staff: metadata.by, homes: homes(of: vehicles), recall: Recall(result),
                    first: metadata.at, last: metadata.at))
            return
        }
        card.recall.answer(result, after: Day(metadata.at, in: zone).days(since: Day(card.last, in: zone)))
        card.last = metadata.at
        drills.put(card)
    }
}

extension Drills: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Drills.self]
    static let actions: [any Action.Type] = [AnswerDrill.self]
    static let views: [any View.Type] = [DrillsView.self]

    /// An answer is checked against the residents' vehicles, which every checkpoint keeps. What is due follows from the
    /// whole history.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.drills.rename(unit, to: code)
    }
}
