import Estate
import Journal

/// The course of events: an agenda, worked off day by day into the store.
///
/// Whatever is planned behind now simply does not come about, so that now finds everything in the middle of things.
final class Life {
    let store: Store
    let town: Town
    let span: Span
    private let seed: UInt64
    private let clock: TravellingClock
    private var agenda = Agenda()

    init(store: Store, town: Town, span: Span, clock: TravellingClock, seed: UInt64) {
        (self.store, self.town, self.span, self.clock, self.seed) = (store, town, span, clock, seed)
    }

    func dice(_ purpose: String, _ number: Int = 0) -> Dice { Dice(seed: seed, purpose, number) }

    func plan(at moment: Moment, _ step: @escaping Agenda.Step) {
        if moment <= span.now { agenda.add(step, at: moment) }
    }

    /// Performs all at once on the founding day, before life begins.
    func prepare(_ body: (inout Store.Batch) throws -> Void) throws {
        clock.now = span.founded.adding(minutes: 60)
        try store.perform(by: Crew.manager.code, body)
    }

    /// One batch a day: a sync for each action would take minutes.
    func live() throws {
        for day in span.days {
            let end = min(day.end(in: span.zone).adding(seconds: -1), span.now)
            clock.now = end
            try store.perform(by: Crew.manager.code) { batch in
                while let step = agenda.next(by: end) { try step(&batch) }
            }
        }
    }
}
