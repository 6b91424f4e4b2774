import Estate
import Journal

/// A made-up estate with several months of life, for trying the console out and for showing it.
public struct Demo {
    /// The estate's name, as it is said on the telephone.
    public static let name = "翠湖花园"

    /// Founds an estate in an empty folder and fills it with what happened there until `now`.
    ///
    /// Nothing in it is real. The same seed and the same moment give the same estate, down to the ids; nothing lies in the
    /// future of `now`, and what is under way then is left so. Throws ``Refusal`` or ``JournalError``.
    public static func fill(at folder: String, seed: UInt64, now: Moment, zone: Zone = .shanghai) throws {
        let span = Span(now: now, zone: zone)
        let clock = TravellingClock(at: span.founded)
        let ids = SeededIDs(seed: seed)
        let store = try Store.found(
            at: folder, name: name, zone: zone, staff: [Crew.manager], clock: { clock.now }, newID: { ids.next(at: $0) }
        )
        let town = try Town(seed: seed, zone: zone)
        let life = Life(store: store, town: town, span: span, clock: clock, seed: seed)

        try MovingIn(life: life).begin()
        let visits = ReturnVisits(life: life)
        let requests = RequestLife(life: life, visits: visits)
        let telephone = Telephone(life: life, requests: requests)
        Billing(life: life, telephone: telephone).begin()
        telephone.begin()
        requests.begin()
        GateLife(life: life).begin()
        PatrolLife(life: life).begin()
        InspectionLife(life: life).begin()
        try life.live()
    }
}
