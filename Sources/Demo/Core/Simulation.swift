import Estate
import Journal

/// A discrete-event simulation of an estate's work.
///
/// The features put events on a queue; each event performs actions and may schedule further events. The simulation runs
/// the events in order of time and writes each day's actions with the clock at the end of that day. Events after
/// `timeline.now` are dropped, so that work is left open at that moment.
final class Simulation {
    /// Performs the actions of one event.
    typealias Event = (inout Store.Batch) throws -> Void

    let store: Store
    let plan: EstatePlan
    let timeline: Timeline
    private let seed: UInt64
    private let clock: SimulationClock
    private var queue = EventQueue<Event>()
    private var services: [ObjectIdentifier: any SimulationService] = [:]

    /// Founds the estate in an empty folder.
    init(at folder: String, name: String, seed: UInt64, timeline: Timeline) throws {
        let clock = SimulationClock(at: timeline.founded)
        let ids = SeededIDs(seed: seed)
        _ = try Store.found(
            at: folder, name: name, zone: timeline.zone, staff: [Roster.manager], clock: { clock.now },
            newID: { ids.next(at: $0) })
        // An estate reads its handbook when it is opened.
        try RenovationPolicy.write(in: folder)
        try PatrolPolicy.write(in: folder)
        store = try Store(at: folder, zone: timeline.zone, clock: { clock.now }, newID: { ids.next(at: $0) })
        plan = try EstatePlan(seed: seed, zone: timeline.zone)
        (self.timeline, self.clock, self.seed) = (timeline, clock, seed)
    }

    /// A generator for one purpose; see ``SeededGenerator/init(seed:_:_:)``.
    func generator(_ purpose: String, _ number: Int = 0) -> SeededGenerator {
        SeededGenerator(seed: seed, purpose, number)
    }

    /// Schedules an event; one after `timeline.now` is dropped. Events of the same moment run in the order of scheduling.
    func schedule(at moment: Moment, _ event: @escaping Event) {
        if moment <= timeline.now { queue.add(event, at: moment) }
    }

    /// The simulation's only instance of a service, made on first use.
    subscript<Service: SimulationService>(_: Service.Type) -> Service {
        if let known = services[ObjectIdentifier(Service.self)] as? Service { return known }
        let service = Service(self)
        services[ObjectIdentifier(Service.self)] = service
        return service
    }

    func run() throws {
        let features = Estate.featureTypes.compactMap { $0 as? any SimulatedFeature.Type }
        clock.now = timeline.founded.adding(minutes: 60)
        try store.perform(by: Roster.manager.code) { batch in
            for feature in features { try feature.prepare(self, &batch) }
        }
        for feature in features { feature.schedule(in: self) }
        // One batch per day: syncing after each action would take minutes.
        for day in timeline.days {
            let end = min(day.end(in: timeline.zone).adding(seconds: -1), timeline.now)
            clock.now = end
            try store.perform(by: Roster.manager.code) { batch in
                while let next = queue.next(through: end) { try next.event(&batch) }
            }
        }
    }
}

/// A feature whose work is simulated: an extension of the feature's type, in its folder here.
protocol SimulatedFeature {
    /// Records the data that exists from the founding day on, and schedules what is fixed for the whole simulated time.
    /// Called for each feature before any ``schedule(in:)``.
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws

    /// Schedules the feature's events.
    static func schedule(in simulation: Simulation)
}

extension SimulatedFeature {
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {}
    static func schedule(in simulation: Simulation) {}
}

/// A part of a feature's simulation that other features use as well, with state of its own: `simulation[CallSimulation.self]`.
protocol SimulationService: AnyObject {
    /// The simulation owns the service; the service must not retain it.
    init(_ simulation: Simulation)
}
